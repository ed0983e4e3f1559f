import { describe, expect, it } from 'vitest';
import * as arbitrary from '../../testing/arbitraries.ts';
import { checkLaws, checkRefusesToFormat } from '../../testing/laws.ts';
import { checkGrowth, checkInvalid, checkValid, type InvalidRow, named, type ValidRow } from '../../testing/rows.ts';
import { priority } from './priority.ts';

const VALUES = [
  'emergency',
  'urgent',
  'normal',
  'non-urgent',
  'Emergency',
  'NORMAL',
  'x',
  '1',
  "-.!%*_+`'~",
  'a.b',
  '%00',
  'psap-callback',
];
const VALID: readonly ValidRow<string>[] = VALUES.map((value) => [value, value]);

const INVALID: readonly InvalidRow[] = [
  ['', 'truncated', 'priority-value', 0],
  [' urgent', 'syntax', 'priority-value', 0],
  ['urgent ', 'trailing', 'Priority', 6],
  ['very urgent', 'trailing', 'Priority', 4],
  ['urgent,normal', 'trailing', 'Priority', 6],
  ['urgent;q=1', 'trailing', 'Priority', 6],
  ['"urgent"', 'syntax', 'priority-value', 0],
  ['(urgent)', 'syntax', 'priority-value', 0],
  ['urgent/1', 'trailing', 'Priority', 6],
  ['\u00fcrgent', 'syntax', 'priority-value', 0],
  ['urgent\u212a', 'trailing', 'Priority', 6],
  ['\r\n', 'control', 'priority-value', 0],
  ['\ud800', 'encoding', 'priority-value', 0],
];

describe('Priority', () => {
  it.each(named(VALID))('reads %j', (_, row) => checkValid(priority, row));
  it.each(named(INVALID))('refuses %j', (_, row) => checkInvalid(priority, row));
  it('obeys the laws', () => checkLaws(priority, arbitrary.token));
  it.each(['', 'very urgent', 'a\r\n', '\u00fc', 'a,b'])('refuses to write %j', (value) =>
    expect(checkRefusesToFormat(priority, value).path).toBe('Priority'),
  );
  it.each(['a', ' '])('grows linearly on %j', (unit) => checkGrowth(priority, 'a', unit));
});
