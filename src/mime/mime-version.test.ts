import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkLaws, checkRefusesToFormat } from '../testing/laws.ts';
import { checkGrowth, checkInvalid, checkValid, type InvalidRow, named, type ValidRow } from '../testing/rows.ts';
import { type MimeVersion, mimeVersion } from './mime-version.ts';

const version = (major: number, minor: number): MimeVersion => ({ major, minor });

const VALID: readonly ValidRow<MimeVersion>[] = [
  ['1.0', version(1, 0)],
  ['1.1', version(1, 1)],
  ['2.0', version(2, 0)],
  ['0.9', version(0, 9)],
  ['0.0', version(0, 0)],
  ['01.00', version(1, 0), '1.0'],
  ['1.007', version(1, 7), '1.7'],
  ['10.10', version(10, 10)],
  ['1.10', version(1, 10)],
  ['123456789.987654321', version(123_456_789, 987_654_321)],
  ['9007199254740991.0', version(9_007_199_254_740_991, 0)],
  ['1.9007199254740991', version(1, 9_007_199_254_740_991)],
];

const INVALID: readonly InvalidRow[] = [
  ['', 'truncated', 'MIME-Version', 0],
  ['1', 'truncated', 'MIME-Version', 1],
  ['1.', 'truncated', 'MIME-Version', 2],
  ['.0', 'syntax', 'MIME-Version', 0],
  ['1,0', 'syntax', 'MIME-Version', 1],
  ['1.0.0', 'trailing', 'MIME-Version', 3],
  ['1 .0', 'syntax', 'MIME-Version', 1],
  ['1. 0', 'syntax', 'MIME-Version', 2],
  ['-1.0', 'syntax', 'MIME-Version', 0],
  ['1.0 (produced by MetaSend Vx.x)', 'trailing', 'MIME-Version', 3],
  ['(produced by MetaSend Vx.x) 1.0', 'syntax', 'MIME-Version', 0],
  ['1.(produced by MetaSend Vx.x)0', 'syntax', 'MIME-Version', 2],
  ['"1.0"', 'syntax', 'MIME-Version', 0],
  ['9007199254740992.0', 'range', 'MIME-Version', 0],
  ['1.\u0660', 'syntax', 'MIME-Version', 2],
  ['1.0\r\n', 'trailing', 'MIME-Version', 3],
];

describe('MIME-Version', () => {
  it.each(named(VALID))('reads %j', (_, row) => checkValid(mimeVersion, row));
  it.each(named(INVALID))('refuses %j', (_, row) => checkInvalid(mimeVersion, row));
  it('obeys the laws', () => checkLaws(mimeVersion, fc.record({ major: fc.maxSafeNat(), minor: fc.maxSafeNat() })));
  it.each<[MimeVersion, string]>([
    [version(-1, 0), 'major'],
    [version(1, 0.5), 'minor'],
    [version(Number.NaN, 0), 'major'],
    [version(1, 2 ** 53), 'minor'],
  ])('refuses to write %j', (value, path) => expect(checkRefusesToFormat(mimeVersion, value).path).toBe(path));
  it.each(['0', '.', '1.'])('grows linearly on %j', (unit) => checkGrowth(mimeVersion, '0', unit));
});
