import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkFlood } from '../../testing/flood.ts';
import { checkLaws, checkRefusesToFormat } from '../../testing/laws.ts';
import { checkInvalid, checkValid, type InvalidRow, type ValidRow } from '../../testing/rows.ts';
import { requestDisposition } from './request-disposition.ts';

const ALL = [
  ...['proxy', 'redirect', 'cancel', 'no-cancel', 'fork', 'no-fork'],
  ...['recurse', 'no-recurse', 'parallel', 'sequential', 'queue', 'no-queue'],
];

const VALID: readonly ValidRow<readonly string[]>[] = [
  ...ALL.map((directive): ValidRow<readonly string[]> => [directive, [directive]]),
  ['proxy, recurse, parallel', ['proxy', 'recurse', 'parallel']],
  ['No-Fork', ['No-Fork']],
  ['proxy\t,redirect', ['proxy', 'redirect'], 'proxy, redirect'],
  ['fork,fork', ['fork', 'fork'], 'fork, fork'],
];

const INVALID: readonly InvalidRow[] = [
  ['', 'truncated', 'directive', 0],
  [' ', 'syntax', 'directive', 0],
  ['forks', 'syntax', 'directive', 0],
  ['for', 'syntax', 'directive', 0],
  ['no-proxy', 'syntax', 'directive', 0],
  ['proxy,', 'truncated', 'directive', 6],
  [',proxy', 'syntax', 'directive', 0],
  ['proxy,,fork', 'syntax', 'directive', 6],
  ['proxy, x', 'syntax', 'directive', 7],
  ['proxy fork', 'trailing', 'Request-Disposition', 5],
  ['proxy;fork', 'trailing', 'Request-Disposition', 5],
  ['"proxy"', 'syntax', 'directive', 0],
  ['for\u212a', 'syntax', 'directive', 0],
  ['constructor', 'syntax', 'directive', 0],
  ['fork\0', 'trailing', 'Request-Disposition', 4],
  ['\ud800', 'encoding', 'directive', 0],
];

describe('Request-Disposition', () => {
  for (const row of VALID) it(`reads ${JSON.stringify(row[0])}`, () => checkValid(requestDisposition, row));
  it.each(INVALID)('refuses %j', (...row) => checkInvalid(requestDisposition, row));
  it('obeys the laws', () => {
    checkLaws(requestDisposition, fc.array(fc.constantFrom(...ALL), { minLength: 1, maxLength: 4 }));
  });
  it('refuses to write anything else', () => {
    expect(checkRefusesToFormat(requestDisposition, []).path).toBe('Request-Disposition');
    expect(checkRefusesToFormat(requestDisposition, ['fork', 'x']).path).toBe('[1]');
  });
  it('is linear', () => {
    for (const unit of ['fork,', 'no-queue , ']) {
      checkFlood(requestDisposition, '', unit, 'fork');
    }
    checkFlood(requestDisposition, 'fork', ' ', ',fork');
  });
});
