import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkLaws, checkRefusesToFormat } from '../../testing/laws.ts';
import { checkGrowth, checkInvalid, checkValid, type InvalidRow, named, type ValidRow } from '../../testing/rows.ts';
import { organization, subject } from './text-fields.ts';

const VALID: readonly ValidRow<string>[] = [
  ['Boxes by Bob', 'Boxes by Bob'],
  ['Need more boxes', 'Need more boxes'],
  ['Tech Support', 'Tech Support'],
  ['', ''],
  ['x', 'x'],
  ['a  b\t c', 'a  b\t c'],
  ['"quoted", <bracketed>; =?utf-8?', '"quoted", <bracketed>; =?utf-8?'],
  ['\\', '\\'],
  ['\u00fcber', '\u00fcber'],
  ['\u{1f600} \u4e2d\u6587', '\u{1f600} \u4e2d\u6587'],
  ['\u00a0\ufeff\u2028', '\u00a0\ufeff\u2028'],
  ['Accept: x', 'Accept: x'],
];

const INVALID: readonly InvalidRow[] = [
  [' ', 'syntax', 'TEXT-UTF8-TRIM', 0],
  [' a', 'syntax', 'TEXT-UTF8-TRIM', 0],
  ['\ta', 'syntax', 'TEXT-UTF8-TRIM', 0],
  ['a ', 'trailing', 'Subject', 1],
  ['a\t \t', 'trailing', 'Subject', 1],
  ['a\rb', 'control', 'TEXT-UTF8-TRIM', 1],
  ['a\nb', 'control', 'TEXT-UTF8-TRIM', 1],
  ['a\r\n b', 'control', 'TEXT-UTF8-TRIM', 1],
  ['\0', 'control', 'TEXT-UTF8-TRIM', 0],
  ['a\u007f', 'control', 'TEXT-UTF8-TRIM', 1],
  ['a \u001b', 'control', 'TEXT-UTF8-TRIM', 2],
  ['\ud83d', 'encoding', 'TEXT-UTF8-TRIM', 0],
  ['a\ude00b', 'encoding', 'TEXT-UTF8-TRIM', 1],
];

const anyText = fc
  .string({ unit: 'binary' })
  .filter((text) => text.isWellFormed() && !/(?!\t)\p{Cc}|^[ \t]|[ \t]$/u.test(text));

describe('Organization and Subject', () => {
  it.each(named(VALID))('read %j', (_, row) => checkValid(subject, row));
  it.each(named(INVALID))('refuse %j', (_, row) => checkInvalid(subject, row));
  it('have one shape and two names', () => {
    for (const row of VALID) checkValid(organization, row);
    expect([organization.name, organization.compact]).toEqual(['Organization', undefined]);
    expect([subject.name, subject.compact]).toEqual(['Subject', 's']);
  });
  it('obey the laws', () => checkLaws(subject, anyText));
  it.each([' a', 'a ', 'a\r\nX: y', 'a\0', '\ud800', '\t'])('refuse to write %j', (value) =>
    expect(checkRefusesToFormat(organization, value).path).toBe('Organization'),
  );
  it.each([' ', 'a ', '\u00e9'])('grow linearly on %j', (unit) => checkGrowth(subject, 'a', unit));
});
