import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as arbitrary from '../../testing/arbitraries.ts';
import { checkLaws, checkRefusesToFormat } from '../../testing/laws.ts';
import { checkGrowth, checkInvalid, checkValid, type InvalidRow, named, type ValidRow } from '../../testing/rows.ts';
import { type AccessInfo, type AccessNetwork, isNetworkProvided, pAccessNetworkInfo } from './access-network-info.ts';

const info = (name?: string, value?: string, quoted?: true): AccessInfo => ({ name, value, quoted });
const network = (access: string, ...infos: AccessInfo[]): AccessNetwork => ({ access, infos });

const VALID: readonly ValidRow<readonly AccessNetwork[]>[] = [
  ['IEEE-802.11', [network('IEEE-802.11')]],
  [
    '3GPP-E-UTRAN-FDD;utran-cell-id-3gpp=4600123456789ABCD',
    [network('3GPP-E-UTRAN-FDD', info('utran-cell-id-3gpp', '4600123456789ABCD'))],
  ],
  [
    '3GPP-UTRAN-TDD; utran-cell-id-3gpp=234151D0FCE11',
    [network('3GPP-UTRAN-TDD', info('utran-cell-id-3gpp', '234151D0FCE11'))],
    '3GPP-UTRAN-TDD;utran-cell-id-3gpp=234151D0FCE11',
  ],
  ['3GPP-GERAN;cgi-3gpp="23415ABCD"', [network('3GPP-GERAN', info('cgi-3gpp', '23415ABCD', true))]],
  ['ADSL;dsl-location="0;1,2"', [network('ADSL', info('dsl-location', '0;1,2', true))]],
  ['IEEE-802.11n;i-wlan-node-id=ac7ba1f00d42', [network('IEEE-802.11n', info('i-wlan-node-id', 'ac7ba1f00d42'))]],
  [
    '3GPP-E-UTRAN-FDD;local-time-zone="UTC+01:00";daylight-saving-time="01"',
    [network('3GPP-E-UTRAN-FDD', info('local-time-zone', 'UTC+01:00', true), info('daylight-saving-time', '01', true))],
  ],
  ['3GPP-GERAN;network-provided', [network('3GPP-GERAN', info('network-provided'))]],
  [
    'IEEE-802.11;i-wlan-node-id=0 , 3GPP-E-UTRAN;network-provided',
    [network('IEEE-802.11', info('i-wlan-node-id', '0')), network('3GPP-E-UTRAN', info('network-provided'))],
    'IEEE-802.11;i-wlan-node-id=0, 3GPP-E-UTRAN;network-provided',
  ],
  ['ADSL2+;np', [network('ADSL2+', info('np'))]],
  ['x;"bare, value"', [network('x', info(undefined, 'bare, value', true))]],
  ['x;[2001:db8::1]', [network('x', info(undefined, '[2001:db8::1]'))]],
  ['x;UE-local-IP-address=[2001:db8::1]', [network('x', info('UE-local-IP-address', '[2001:db8::1]'))]],
  ['x;a;a=1;A=""', [network('x', info('a'), info('a', '1'), info('A', '', true))]],
  ['x;a="\\"\\\\"', [network('x', info('a', '"\\', true))]],
];

const INVALID: readonly InvalidRow[] = [
  ['', 'truncated', 'access-type', 0],
  [' XGPON1', 'syntax', 'access-type', 0],
  [';a', 'syntax', 'access-type', 0],
  ['"x"', 'syntax', 'access-type', 0],
  ['x;', 'truncated', 'generic-param', 2],
  ['x;;a', 'syntax', 'generic-param', 2],
  ['x;a=', 'truncated', 'gen-value', 4],
  ['x;a=b c', 'trailing', 'P-Access-Network-Info', 5],
  ['x;a="b', 'unterminated', 'quoted-string', 4],
  ['x;"b', 'unterminated', 'quoted-string', 2],
  ['x;"b"=c', 'trailing', 'P-Access-Network-Info', 5],
  ['x;[::1', 'unterminated', 'IPv6reference', 2],
  ['x,', 'truncated', 'access-type', 2],
  ['x,,y', 'syntax', 'access-type', 2],
  ['x;a=b/c', 'trailing', 'P-Access-Network-Info', 5],
  ['x;a="\r\n"', 'control', 'quoted-string', 5],
  ['x;a="\ud800"', 'encoding', 'quoted-string', 5],
];

const anyInfo: fc.Arbitrary<AccessInfo> = fc.oneof(
  { arbitrary: arbitrary.param, weight: 4 },
  {
    arbitrary: fc.record({
      name: fc.constant(undefined),
      value: arbitrary.quotedText,
      quoted: fc.constant<true>(true),
    }),
    weight: 1,
  },
  { arbitrary: fc.ipV6().map((address) => info(undefined, `[${address}]`)), weight: 1 },
);

describe('P-Access-Network-Info', () => {
  it.each(named(VALID))('reads %j', (_, row) => checkValid(pAccessNetworkInfo, row));
  it.each(named(INVALID))('refuses %j', (_, row) => checkInvalid(pAccessNetworkInfo, row));
  it('obeys the laws', () => {
    const anyNetwork = fc.record({ access: arbitrary.token, infos: fc.array(anyInfo, { maxLength: 4 }) });
    checkLaws(pAccessNetworkInfo, fc.array(anyNetwork, { minLength: 1, maxLength: 4 }));
  });
  it('refuses to write what would read otherwise', () => {
    const path = (value: AccessNetwork): string => checkRefusesToFormat(pAccessNetworkInfo, [value]).path;
    expect(checkRefusesToFormat(pAccessNetworkInfo, []).path).toBe('P-Access-Network-Info');
    expect(path(network('x y'))).toBe('[0].access');
    expect(path(network('x', info('a'), info('b c', '1')))).toBe('[0].infos[1].name');
    expect(path(network('x', info('a', 'b\nc')))).toBe('[0].infos[0].value');
    expect(path(network('x', info('a', '[::1')))).toBe('[0].infos[0].value');
    expect(path(network('x', info()))).toBe('[0].infos[0].value');
    expect(path(network('x', info(undefined, 'token')))).toBe('[0].infos[0].value');
    expect(path(network('x', info(undefined, '\r', true)))).toBe('[0].infos[0].value');
  });
  it('quotes a value that is no token', () => {
    expect(pAccessNetworkInfo.format([network('x', info('a', 'b c'))])).toBe('x;a="b c"');
  });
  it('counts what it reads', () => {
    const read = pAccessNetworkInfo.parse(`x${';a'.repeat(129)}`);
    expect(read).toMatchObject({ ok: false, error: { code: 'limit', rule: 'access-info', offset: 258 } });
  });
  it.each([';a', ';"', ';"a"', ' ', ', x', ';[::1]', ';a="\\"'])('grows linearly on %j', (unit) =>
    checkGrowth(pAccessNetworkInfo, 'x', unit),
  );
});

describe('PM-10-IMS: P-Access-Network-Info', () => {
  it('says where the client is, by its own account', () => {
    const value = [network('3GPP-E-UTRAN-FDD', info('utran-cell-id-3gpp', '46001D0FC1234567'))];
    expect(pAccessNetworkInfo.format(value)).toBe('3GPP-E-UTRAN-FDD;utran-cell-id-3gpp=46001D0FC1234567');
    expect(value.some(isNetworkProvided)).toBe(false);
  });
  it('tells what the network wrote from what the client wrote', () => {
    const read = pAccessNetworkInfo.parse('3GPP-GERAN;cgi-3gpp=1;Network-Provided, IEEE-802.11;"network-provided"');
    expect(read.ok && read.value.map(isNetworkProvided)).toEqual([true, false]);
  });
});
