import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkLaws, checkRefusesToFormat } from '../../testing/laws.ts';
import { checkGrowth, checkInvalid, checkValid, type InvalidRow, named, type ValidRow } from '../../testing/rows.ts';
import { pAssertedService, pPreferredService } from './services.ts';

const SIX = ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => `urn:urn-7:${letter}`);
const LONGEST = `urn:urn-7:${'a'.repeat(27)}`;

const VALID: readonly ValidRow<readonly string[]>[] = [
  ['urn:urn-7:3gpp-service.exampletelephony.version1', ['urn:urn-7:3gpp-service.exampletelephony.version1']],
  ['urn:urn-7:3gpp-service.ims.icsi.oma.cpm.msg', ['urn:urn-7:3gpp-service.ims.icsi.oma.cpm.msg']],
  ['urn:urn-7:3gpp-service.ims.icsi.oma.cpm.largemsg', ['urn:urn-7:3gpp-service.ims.icsi.oma.cpm.largemsg']],
  ['urn:urn-7:3gpp-application.ims.iari.rcse.im', ['urn:urn-7:3gpp-application.ims.iari.rcse.im']],
  ['urn:urn-7:a', ['urn:urn-7:a']],
  ['urn:urn-7:-', ['urn:urn-7:-']],
  ['urn:urn-7:7.7', ['urn:urn-7:7.7']],
  ['URN:Urn-7:A.b', ['URN:Urn-7:A.b']],
  [LONGEST, [LONGEST]],
  [`urn:urn-7:a.${'b'.repeat(64)}`, [`urn:urn-7:a.${'b'.repeat(64)}`]],
  ['urn:urn-7:a,urn:urn-7:b', ['urn:urn-7:a', 'urn:urn-7:b'], 'urn:urn-7:a, urn:urn-7:b'],
  ['urn:urn-7:a \t,\t urn:urn-7:a', ['urn:urn-7:a', 'urn:urn-7:a'], 'urn:urn-7:a, urn:urn-7:a'],
  [SIX.join(', '), SIX],
];

const INVALID: readonly InvalidRow[] = [
  ['', 'truncated', 'Service-ID', 0],
  ['urn:urn-7', 'syntax', 'Service-ID', 0],
  ['urn:urn-7:', 'truncated', 'top-level', 10],
  ['urn:urn-7:.a', 'syntax', 'top-level', 10],
  ['urn:urn-7:a.', 'truncated', 'sub-service-id', 12],
  ['urn:urn-7:a..b', 'syntax', 'sub-service-id', 12],
  ['urn%3Aurn-7%3A3gpp-service.ims.icsi.oma.cpm.msg', 'syntax', 'Service-ID', 0],
  ['urn:urn-7:3gpp_service', 'trailing', 'P-Preferred-Service', 14],
  [`${LONGEST}a`, 'syntax', 'top-level', 37],
  ['urn:urn-7:a,', 'truncated', 'Service-ID', 12],
  ['urn:urn-7:a;b=c', 'trailing', 'P-Preferred-Service', 11],
  ['urn:urn-7:a urn:urn-7:b', 'trailing', 'P-Preferred-Service', 11],
  ['<urn:urn-7:a>', 'syntax', 'Service-ID', 0],
  ['urn:urn-7:\u00e4', 'syntax', 'top-level', 10],
  ['urn:urn-7:a.\r\n', 'control', 'sub-service-id', 12],
  ['urn:urn-\u0017:a', 'syntax', 'Service-ID', 0],
  ['urn:oma:a', 'syntax', 'Service-ID', 0],
  ['\u017f', 'syntax', 'Service-ID', 0],
];

const anyService = fc
  .tuple(
    fc.constantFrom('urn:urn-7:', 'URN:URN-7:'),
    fc.stringMatching(/^[A-Za-z0-9-]{1,27}(\.[A-Za-z0-9-]{1,30}){0,4}$/),
  )
  .map(([prefix, id]) => prefix + id);

describe('P-Preferred-Service and P-Asserted-Service', () => {
  it.each(named(VALID))('reads %j', (_, row) => checkValid(pPreferredService, row));
  it.each(named(INVALID))('refuses %j', (_, row) => checkInvalid(pPreferredService, row));
  it('have one shape and two names', () => {
    expect([pPreferredService.name, pAssertedService.name]).toEqual(['P-Preferred-Service', 'P-Asserted-Service']);
    for (const row of VALID) checkValid(pAssertedService, row);
  });
  it('obey the laws', () => checkLaws(pPreferredService, fc.array(anyService, { minLength: 1, maxLength: 5 })));
  it('refuse to write what is no Service-ID', () => {
    expect(checkRefusesToFormat(pPreferredService, []).path).toBe('P-Preferred-Service');
    for (const id of [
      '',
      'urn:urn-7:',
      'urn:urn-7:a.',
      `urn:urn-7:${'a'.repeat(28)}`,
      'urn:urn-7:a,urn:urn-7:b',
      'urn:urn-7:a\r\nX: y',
      'urn%3Aurn-7%3Aa',
      'urn:urn-7:a ',
    ]) {
      expect(checkRefusesToFormat(pPreferredService, ['urn:urn-7:a', id]).path).toBe('[1]');
    }
  });
  it.each(['a', '.a', ', urn:urn-7:a', '..'])('grow linearly on %j', (unit) =>
    checkGrowth(pPreferredService, 'urn:urn-7:a.a', unit),
  );
});

describe('PM-10-IMS: P-Preferred-Service', () => {
  it('carries the service raw, not %-escaped as a feature tag has it', () => {
    const service = 'urn:urn-7:3gpp-service.ims.icsi.oma.cpm.msg';
    expect(pPreferredService.format([service])).toBe(service);
    expect(checkRefusesToFormat(pPreferredService, [encodeURIComponent(service)]).clause).toBe('RFC6050-4.4');
  });
});
