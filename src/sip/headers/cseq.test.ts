import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as arbitrary from '../../testing/arbitraries.ts';
import { checkFlood } from '../../testing/flood.ts';
import { checkLaws, checkRefusesToFormat } from '../../testing/laws.ts';
import { checkInvalid, checkValid, type InvalidRow, type ValidRow } from '../../testing/rows.ts';
import { type Cseq, cseq } from './cseq.ts';

const VALID: readonly ValidRow<Cseq>[] = [
  ['4711 INVITE', { number: 4711, method: 'INVITE' }],
  ['1 MESSAGE', { number: 1, method: 'MESSAGE' }],
  ['0 OPTIONS', { number: 0, method: 'OPTIONS' }],
  ['2147483647 BYE', { number: 2147483647, method: 'BYE' }],
  ['0009 INVITE', { number: 9, method: 'INVITE' }, '9 INVITE'],
  [`${'0'.repeat(40)}8 ACK`, { number: 8, method: 'ACK' }, '8 ACK'],
  ['1   INVITE', { number: 1, method: 'INVITE' }, '1 INVITE'],
  ['1\tINVITE', { number: 1, method: 'INVITE' }, '1 INVITE'],
  ['1 \t INVITE', { number: 1, method: 'INVITE' }, '1 INVITE'],
  ['1 invite', { number: 1, method: 'invite' }],
  ['1 NEWMETHOD', { number: 1, method: 'NEWMETHOD' }],
  [
    "139122385 !interesting-Method0123456789_*+`.%indeed'~",
    { number: 139122385, method: "!interesting-Method0123456789_*+`.%indeed'~" },
  ],
  ['1 %47ET', { number: 1, method: '%47ET' }],
  ['1 1', { number: 1, method: '1' }],
  ['7 *', { number: 7, method: '*' }],
];

const INVALID: readonly InvalidRow[] = [
  ['', 'truncated', 'CSeq', 0],
  ['INVITE', 'syntax', 'CSeq', 0],
  ['1', 'truncated', 'CSeq', 1],
  ['1 ', 'truncated', 'Method', 2],
  ['1INVITE', 'syntax', 'CSeq', 1],
  ['-1 INVITE', 'syntax', 'CSeq', 0],
  ['+1 INVITE', 'syntax', 'CSeq', 0],
  ['1.0 INVITE', 'syntax', 'CSeq', 1],
  ['0x1 INVITE', 'syntax', 'CSeq', 1],
  ['2147483648 INVITE', 'range', 'CSeq', 0],
  ['4294967297 INVITE', 'range', 'CSeq', 0],
  ['36893488147419103232 REGISTER', 'range', 'CSeq', 0],
  ['\u0665 INVITE', 'syntax', 'CSeq', 0],
  ['1\u00a0INVITE', 'syntax', 'CSeq', 1],
  ['1 INVITE x', 'trailing', 'CSeq', 8],
  ['1 INVITE;a', 'trailing', 'CSeq', 8],
  ['1 "INVITE"', 'syntax', 'Method', 2],
  ['1 \u0130NVITE', 'syntax', 'Method', 2],
  ['1 \0', 'control', 'Method', 2],
  ['1 \ud800', 'encoding', 'Method', 2],
];

describe('CSeq', () => {
  for (const row of VALID) it(`reads ${JSON.stringify(row[0])}`, () => checkValid(cseq, row));
  it.each(INVALID)('refuses %j (bad input 39)', (...row) => checkInvalid(cseq, row));
  it('obeys the laws', () => {
    checkLaws(cseq, fc.record({ number: fc.nat(0x7fff_ffff), method: arbitrary.token }));
  });
  it.each([
    [{ number: -1, method: 'A' }, 'number'],
    [{ number: 1.5, method: 'A' }, 'number'],
    [{ number: 2 ** 31, method: 'A' }, 'number'],
    [{ number: Number.NaN, method: 'A' }, 'number'],
    [{ number: 1, method: '' }, 'method'],
    [{ number: 1, method: 'A\r\nB' }, 'method'],
  ])('refuses to write %j', (value, path) => {
    expect(checkRefusesToFormat(cseq, value).path).toBe(path);
  });
  it.each([
    ['', '0'],
    ['', '9'],
    ['1', ' '],
    ['1 ', 'a'],
  ])('is linear: %j and %j over and over', (prefix, unit) => {
    checkFlood(cseq, prefix, unit, ' A');
  });
  it('PM-0: the method of a pager message', () => {
    checkValid(cseq, ['1 MESSAGE', { number: 1, method: 'MESSAGE' }]);
    expect(cseq.parse('MESSAGE 1').ok).toBe(false);
  });
});
