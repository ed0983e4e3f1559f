import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as arbitrary from '../../testing/arbitraries.ts';
import { checkLaws, checkRefusesToFormat } from '../../testing/laws.ts';
import { checkGrowth, checkInvalid, checkValid, type InvalidRow, named, type ValidRow } from '../../testing/rows.ts';
import { numberParam } from './param-values.ts';
import { type RetryAfter, retryAfter } from './retry-after.ts';

const param = (name: string, value?: string, quoted?: true) => ({ name, value, quoted });
const retry = (seconds: number, comment?: string, ...params: ReturnType<typeof param>[]): RetryAfter => ({
  seconds,
  comment,
  params,
});

const VALID: readonly ValidRow<RetryAfter>[] = [
  ['18000;duration=3600', retry(18_000, undefined, param('duration', '3600'))],
  ["120 (I'm in a meeting)", retry(120, "I'm in a meeting")],
  ['0', retry(0)],
  ['120', retry(120)],
  ['120(x)', retry(120, 'x'), '120 (x)'],
  ['120 ()', retry(120, '')],
  ['120 (a (nested) one)', retry(120, 'a (nested) one')],
  ['120 (a \\) \\( one)', retry(120, 'a \\) \\( one')],
  ['120 (x);duration=60', retry(120, 'x', param('duration', '60'))],
  ['120 ( x ) ; duration = 60', retry(120, ' x ', param('duration', '60')), '120 ( x );duration=60'],
  ['120 (\u00fcber \u{1f600})', retry(120, '\u00fcber \u{1f600}')],
  ['120;a;b="c"', retry(120, undefined, param('a'), param('b', 'c', true))],
  ['4294967295', retry(4_294_967_295)],
];

const INVALID: readonly InvalidRow[] = [
  ['', 'truncated', 'delta-seconds', 0],
  ['Fri, 01 Jan 2010 16:00:00 GMT', 'syntax', 'delta-seconds', 0],
  ['-1', 'syntax', 'delta-seconds', 0],
  ['4294967296', 'range', 'delta-seconds', 0],
  ['120 (x', 'unterminated', 'comment', 4],
  ['120 ((x)', 'unterminated', 'comment', 4],
  ['120 (x\\', 'unterminated', 'comment', 4],
  ['120 (x))', 'trailing', 'Retry-After', 7],
  ['120 (x) (y)', 'trailing', 'Retry-After', 7],
  ['(x) 120', 'syntax', 'delta-seconds', 0],
  ['120 x', 'trailing', 'Retry-After', 3],
  ['120;', 'truncated', 'generic-param', 4],
  ['120 (x);', 'truncated', 'generic-param', 8],
  ['120;a (x)', 'trailing', 'Retry-After', 5],
  ['120 (\0)', 'control', 'comment', 5],
  ['120 (\\\r)', 'escape', 'quoted-pair', 6],
  ['120 (\udc00)', 'encoding', 'comment', 5],
];

const anyComment = fc
  .array(
    fc.oneof(fc.stringMatching(/^[ !-'*-[\]-~\u00e9\t]{0,6}$/), fc.constantFrom('(a)', '\\(', '\\\\', '()', '((b) c)')),
    { maxLength: 5 },
  )
  .map((parts) => parts.join(''));

describe('Retry-After', () => {
  it.each(named(VALID))('reads %j', (_, row) => checkValid(retryAfter, row));
  it.each(named(INVALID))('refuses %j', (_, row) => checkInvalid(retryAfter, row));
  it('obeys the laws', () =>
    checkLaws(
      retryAfter,
      fc.record({ seconds: fc.nat(), comment: fc.option(anyComment, { nil: undefined }), params: arbitrary.params }),
    ));
  it.each<[RetryAfter, string]>([
    [retry(-1), 'seconds'],
    [retry(2 ** 32), 'seconds'],
    [retry(1, '('), 'comment'],
    [retry(1, ')('), 'comment'],
    [retry(1, 'a\\'), 'comment'],
    [retry(1, 'a\r\nb'), 'comment'],
    [retry(1, '\ud800'), 'comment'],
    [retry(1, 'x', param('a b')), 'params[0].name'],
  ])('refuses to write %j', (value, path) => expect(checkRefusesToFormat(retryAfter, value).path).toBe(path));
  it.each(['(', '()', '\\(', ' ', ';a'])('grows linearly on %j', (unit) => checkGrowth(retryAfter, '1 (x)', unit));
  it.each(['(', '()', '\\(', ' '])('grows linearly inside the comment on %j', (unit) =>
    checkGrowth(retryAfter, '1 (', unit),
  );
});

describe('numberParam', () => {
  it.each([
    ['3600', 3600],
    ['0', 0],
    ['007', 7],
    ['9007199254740991', 9_007_199_254_740_991],
    ['9007199254740992', undefined],
    ['1e3', undefined],
    ['-1', undefined],
    ['1.5', undefined],
  ])('of duration=%s is %s', (value, expected) =>
    expect(numberParam([param('Duration', value)], 'duration')).toBe(expected),
  );
  it('is none without the parameter, without a value and in quotes', () => {
    expect(numberParam([param('a', '1')], 'duration')).toBeUndefined();
    expect(numberParam([param('duration')], 'duration')).toBeUndefined();
    expect(numberParam([param('duration', '1', true)], 'duration')).toBeUndefined();
    expect(numberParam([param('duration', '', true)], 'duration')).toBeUndefined();
  });
});
