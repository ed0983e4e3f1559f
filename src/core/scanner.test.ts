import { describe, expect, it } from 'vitest';
import { ILL_FORMED, open, openRange, withoutBlanks } from './scanner.ts';

const CLAUSE = 'RFC3261-25.1';

describe('open', () => {
  it('has one code a UTF-16 unit', () => {
    const s = open('aé\u{1f600}\ud800z\udc00', 'x', CLAUSE, undefined);
    expect([...s.codes.subarray(0, s.end)]).toEqual([0x61, 0x80, 0x80, 0x80, ILL_FORMED, 0x7a, ILL_FORMED]);
    expect(s.nonAscii).toBe(0x80);
  });

  it('takes a lone high surrogate at the end for ill-formed', () => {
    const s = open('\ud83d', 'x', CLAUSE, undefined);
    expect(s.codes[0]).toBe(ILL_FORMED);
  });

  it.each(['\ud800', '\udbff', '\udc00', '\udfff'])('takes %j alone for ill-formed', (half) => {
    for (const text of [half, `${half}a`, `${half}${half}`]) {
      expect(open(text, 'x', CLAUSE, undefined).codes[0]).toBe(ILL_FORMED);
    }
  });

  it.each(['\ud7ff', '\ue000', '\u{10000}', '\u{10ffff}', '\u0080'])('takes %j for a character', (character) => {
    const s = open(character, 'x', CLAUSE, undefined);
    expect(new Set(s.codes.subarray(0, s.end))).toEqual(new Set([0x80]));
  });

  it('refuses a text above the field limit, and reads one at the limit', () => {
    expect(open('a'.repeat(16_384), 'x', CLAUSE, undefined).error).toBeUndefined();
    expect(open('a'.repeat(16_385), 'x', CLAUSE, undefined).error).toMatchObject({ code: 'limit', offset: 16_384 });
    expect(open('abc', 'x', CLAUSE, { limits: { field: 2 } }).error).toMatchObject({ code: 'limit', offset: 2 });
    expect(open('a'.repeat(70_000), 'x', CLAUSE, { limits: { field: 70_000 } }).error).toBeUndefined();
  });

  it('forgets what an earlier text left', () => {
    const first = open('abc', 'x', CLAUSE, { tolerances: ['bare-lf'], limits: { params: 1 } });
    first.pos = 2;
    first.note('bare-lf', CLAUSE);
    first.fail('syntax', 'x', CLAUSE);
    const s = open('d', 'x', CLAUSE, undefined);
    expect([s.pos, s.end, s.error, s.takeNotes(), s.tolerates('bare-lf')]).toEqual([0, 1, undefined, [], false]);
    expect(s.limits.params).toBe(128);
  });
});

describe('Scanner', () => {
  it('counts offsets from the beginning of its range', () => {
    const octets = new TextEncoder().encode('To: abc\r\n');
    const s = openRange('To: abc\r\n', octets, 4, 7, undefined);
    s.pos = 5;
    s.note('bare-lf', CLAUSE);
    s.unexpected('x', CLAUSE, 'y');
    expect(s.error).toEqual({ code: 'syntax', rule: 'x', clause: CLAUSE, offset: 1, expected: 'y' });
    expect(s.takeNotes()).toEqual([{ tolerance: 'bare-lf', clause: CLAUSE, offset: 1 }]);
    expect(s.takeNotes()).toEqual([]);
  });

  it('keeps the first refusal', () => {
    const s = open('abc', 'x', CLAUSE, undefined);
    s.fail('range', 'first', CLAUSE, undefined, 1);
    s.fail('syntax', 'second', CLAUSE);
    expect(s.takeError()).toEqual({ code: 'range', rule: 'first', clause: CLAUSE, offset: 1 });
    expect(s.error).toBeUndefined();
  });

  it('does not look beyond the end of its range', () => {
    const octets = new TextEncoder().encode('ab  ');
    const s = openRange('ab  ', octets, 0, 1, undefined);
    expect([s.peek(), s.take(0x61), s.peek(), s.take(0x62)]).toEqual([0x61, true, -1, false]);
    const blanks = openRange('ab  ', octets, 2, 3, undefined);
    blanks.skipWsp();
    expect(blanks.pos).toBe(3);
    expect(blanks.slice(0, 2)).toBe('ab');
  });
});

describe('withoutBlanks', () => {
  it.each([
    ['', ''],
    [' \t ', ''],
    [' a b\t', 'a b'],
    ['a', 'a'],
    ['\u00a0a\ufeff', '\u00a0a\ufeff'],
    ['\u2028a\v\f', '\u2028a\v\f'],
  ])('%j becomes %j', (text, value) => {
    expect(withoutBlanks(text)).toBe(value);
  });
});
