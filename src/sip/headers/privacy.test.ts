import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as arbitrary from '../../testing/arbitraries.ts';
import { checkFlood } from '../../testing/flood.ts';
import { checkLaws, checkRefusesToFormat } from '../../testing/laws.ts';
import { checkInvalid, checkValid, type InvalidRow, type ValidRow } from '../../testing/rows.ts';
import { privacy } from './privacy.ts';

const VALID: readonly ValidRow<readonly string[]>[] = [
  ['id', ['id']],
  ['ID', ['ID']],
  ['none', ['none']],
  ['header', ['header']],
  ['session', ['session']],
  ['user', ['user']],
  ['critical', ['critical']],
  ['history', ['history']],
  ['header;session;user', ['header', 'session', 'user']],
  ['id;critical', ['id', 'critical']],
  ['id;id', ['id', 'id']],
  ['x-own', ['x-own']],
  ['%41', ['%41']],
  ["a.b!c*d_e+f`g'h~i", ["a.b!c*d_e+f`g'h~i"]],
  ['1;2;3;4', ['1', '2', '3', '4']],
];

const INVALID: readonly InvalidRow[] = [
  ['', 'truncated', 'priv-value', 0],
  [';', 'syntax', 'priv-value', 0],
  ['id;', 'truncated', 'priv-value', 3],
  [';id', 'syntax', 'priv-value', 0],
  ['id;;user', 'syntax', 'priv-value', 3],
  ['id,user', 'trailing', 'Privacy-hdr', 2],
  ['id user', 'trailing', 'Privacy-hdr', 2],
  ['id; user', 'syntax', 'priv-value', 3],
  ['id ;user', 'trailing', 'Privacy-hdr', 2],
  ['id=1', 'trailing', 'Privacy-hdr', 2],
  ['"id"', 'syntax', 'priv-value', 0],
  ['<id>', 'syntax', 'priv-value', 0],
  ['\u0131d', 'syntax', 'priv-value', 0],
  ['id\0', 'trailing', 'Privacy-hdr', 2],
  ['id;\r\nX: y', 'control', 'priv-value', 3],
  ['\udc00', 'encoding', 'priv-value', 0],
];

describe('Privacy', () => {
  for (const row of VALID) it(`reads ${JSON.stringify(row[0])}`, () => checkValid(privacy, row));
  it.each(INVALID)('refuses %j', (...row) => checkInvalid(privacy, row));
  it('reads id beside none, which is for the strict check (bad input 46)', () => {
    checkValid(privacy, ['id;none', ['id', 'none']]);
  });
  it('obeys the laws', () => checkLaws(privacy, fc.array(arbitrary.token, { minLength: 1, maxLength: 4 })));
  it.each([
    [[], 'Privacy'],
    [['id', ''], '[1]'],
    [['id;user'], '[0]'],
    [['id\r\n'], '[0]'],
  ])('refuses to write %j', (values, path) => {
    expect(checkRefusesToFormat(privacy, values).path).toBe(path);
  });
  it('is linear', () => {
    checkFlood(privacy, '', 'id;', 'user');
    checkFlood(privacy, 'id', ' ', ';user');
  });
  it('PM-3: id asks for anonymity', () => {
    checkValid(privacy, ['id', ['id']]);
    expect(privacy.parse('id ').ok).toBe(false);
  });
  it('LM-G5: id asks for anonymity among others', () => {
    checkValid(privacy, ['header;id', ['header', 'id']]);
    expect(privacy.parse('header, id').ok).toBe(false);
  });
});
