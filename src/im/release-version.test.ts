import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EncodeError } from '../core/error.ts';
import { checkLaws } from '../testing/laws.ts';
import {
  compareReleases,
  isImRelease,
  type ReleaseVersion,
  readReleaseVersion,
  releaseVersion,
} from './release-version.ts';

/** Every value of the field, with the release that must be found in it. */
const SEEN: readonly (readonly [value: string, enabler: string, major: number, minor: number])[] = [
  ['IM-client/OMA1.0 doubango/v0.0.0', 'IM-client', 1, 0],
  ['IM-client/OMA1.0 Mercuro-Gold/v4.0.1390.0', 'IM-client', 1, 0],
  ['IM-client/OMA1.0 Boghe/v2.0.121.757', 'IM-client', 1, 0],
  ['IM-client/OMA1.0 ios-ngn-stack/v00 (doubango r000)', 'IM-client', 1, 0],
  ['IM-client/OMA1.0 sipML5-v1.2016.03.04', 'IM-client', 1, 0],
  ['IM-client/OMA1.0 sipML5-v1.0.0.0', 'IM-client', 1, 0],
  ['IM-client/OMA1.0 Colibria-PerlClient/v1.01', 'IM-client', 1, 0],
  ['IM-client/OMA1.0 HW-Rto/V1.0', 'IM-client', 1, 0],
  ['IM-client/OMA1.0 Google/Pixel_2-9 Google/c24v0v014-27.0', 'IM-client', 1, 0],
  ['IM-client/OMA1.0 Google/Pixel_3-14 Goog/messages.android_20240603_01_rc01', 'IM-client', 1, 0],
  ['IM-client/OMA1.0 Samsung/Pixel_3-12 Samsung-RCS/6.0 3gpp-gba', 'IM-client', 1, 0],
  ['IM-client/OMA1.0 moto/Moto%20E-7.1.1 DTAG/RCSEAndr-9.99-B9556-debug Orange-RCS/v2.5.18.r553', 'IM-client', 1, 0],
  ['IM-client/OMA1.0 lineageos-messaging/1.0', 'IM-client', 1, 0],
  ['ExttoExt-client/Ext1.0 IM-client/OMA1.0 acme/RCSAndr-1', 'IM-client', 1, 0],
  ['PoC-client/OMA1.0 XmlLoader/v0.0', 'PoC-client', 1, 0],
  ['PoC-client/OMA1.0 MTK/v1.0', 'PoC-client', 1, 0],
  ['PoC-client/OMA1.0 Nokia-S60/v1.0', 'PoC-client', 1, 0],
  ['PoC-client/OMA1.0 GenakerOMAPoCSDK/3.0', 'PoC-client', 1, 0],
  ['PoC-client/OMA2.0 samsung/GT-I9100M Android/2.3.3 knpoc-07_004_02_01I/6.0 07_004.02.01I', 'PoC-client', 2, 0],
  ['CPM-client/OMA1.0 MSP/1.0', 'CPM-client', 1, 0],
  [
    'CPM-client/OMA2.2 RCS-client/UP_2.4 term-Xiaomi/MI 6-8.0.0 client-MF/1.1.0 OS-Android/8.0.0 Channel-terminal-000001 Channel-client-731184',
    'CPM-client',
    2,
    2,
  ],
  [
    'CPM-client/OMA2.2 RCS-client/UP_2.4 term-Mi/MI_Mi-10-V12.0.8.0.QJBCNXM client-JUPH/GB-2.0 OS-Android/V12.0.8.0.QJBCNXM',
    'CPM-client',
    2,
    2,
  ],
  [
    'CPM-client/OMA2.2 RCS-client/UP_2.4 term-Hisense/HNR550T-9 client-Rusty/1.0.0 OS-Android/9 Channel-terminal-000000 Channel-client-000000 3gpp-gba',
    'CPM-client',
    2,
    2,
  ],
  ['MCO-CPM-Client/OMA2.0', 'MCO-CPM-Client', 2, 0],
  ['IM-serv/OMA1.0 Dummy/v1.01', 'IM-serv', 1, 0],
  ['IM-serv/OMA2.0', 'IM-serv', 2, 0],
  ['IM-Sever/OMA5.1', 'IM-Sever', 5, 1],
  ['PoC-serv/OMA1.0', 'PoC-serv', 1, 0],
  ['PoC-serv/OMA1.0 MTK/v1.0', 'PoC-serv', 1, 0],
  ['CPM-serv/OMA2.2 RCS-serv/UP_2.3', 'CPM-serv', 2, 2],
];

describe('vectors', () => {
  test.each(SEEN)('%s', (value, enabler, major, minor) => {
    const read = releaseVersion.parse(value);
    expect(read).toMatchObject({ ok: true, value: { enabler, major, minor } });
    if (read.ok) expect(releaseVersion.format(read.value)).toBe(value);
  });

  test.each([
    ['acme/1.0', 'missing', 'oma-release', 0],
    ['(IM-client/OMA1.0)', 'missing', 'oma-release', 0],
    ['IM-client', 'missing', 'oma-release', 0],
    ['IM-client/1.0', 'missing', 'oma-release', 0],
    ['IM-client/OMA1', 'missing', 'oma-release', 0],
    ['IM-client/OMA1.0.1', 'missing', 'oma-release', 0],
    ['IM-client/OMA1234567890.0', 'missing', 'oma-release', 0],
    ['PoC-client/OMA_PCPS_1.0 x', 'missing', 'oma-release', 0],
    ['', 'truncated', 'User-Agent', 0],
    ['IM-client/OMA1.0 (open', 'unterminated', 'comment', 17],
    ['IM-client/OMA1.0\r\nX: y', 'control', 'User-Agent', 16],
  ])('refuses %j', (value, code, rule, offset) => {
    const read = releaseVersion.parse(value);
    expect(read).toMatchObject({ ok: false, error: { code, offset } });
    if (!read.ok && code === 'missing') expect(read.error.rule).toBe(rule);
  });
});

describe('laws', () => {
  const word = fc.string({ unit: fc.constantFrom(...'abcXYZ019-._%'), minLength: 1, maxLength: 8 });
  const plain = fc.oneof(
    fc.record({ name: word, version: fc.option(word, { nil: undefined }) }),
    word.map((text) => ({ comment: `(${text})` })),
  );
  const values: fc.Arbitrary<ReleaseVersion> = fc.record({
    enabler: fc.constantFrom('IM-client', 'IM-serv', 'im-CLIENT'),
    major: fc.nat(99),
    minor: fc.nat(99),
    before: fc.array(plain, { maxLength: 3 }),
    after: fc.array(plain, { maxLength: 3 }),
  });
  test('hold', () => checkLaws(releaseVersion, values));
});

test('PM-2: an IM release is found behind other products and before those of other enablers', () => {
  const read = releaseVersion.parse('PoC-client/OMA2.0 acme/1 IM-client/OMA1.0 rest');
  expect(read).toMatchObject({
    ok: true,
    value: { enabler: 'IM-client', before: [{}, {}], after: [{ name: 'rest' }] },
  });
});

test('PM-2: refuses a release that would not be found again', () => {
  const before = [{ name: 'IM-client', version: 'OMA2.0' }];
  const value = { enabler: 'IM-client', major: 1, minor: 0, before, after: [] };
  expect(() => releaseVersion.format(value)).toThrow(EncodeError);
  expect(() => releaseVersion.format({ ...value, before: [], enabler: 'IM client' })).toThrow(EncodeError);
});

test('LM-G2: releases compare by number', () => {
  const of = (text: string): ReleaseVersion => {
    const read = releaseVersion.parse(text);
    if (!read.ok) throw new Error(text);
    return read.value;
  };
  expect(compareReleases(of('IM-client/OMA1.9'), of('IM-client/OMA1.10'))).toBeLessThan(0);
  expect(compareReleases(of('IM-client/OMA2.0'), of('IM-client/OMA1.10'))).toBeGreaterThan(0);
  expect(compareReleases(of('IM-client/OMA1.0'), of('im-client/oma1.0'))).toBe(0);
  expect(isImRelease(of('IM-serv/OMA1.0'))).toBe(true);
  expect(isImRelease(of('CPM-client/OMA1.0'))).toBe(false);
  expect(readReleaseVersion([])).toMatchObject({ ok: false, error: { code: 'missing' } });
});
