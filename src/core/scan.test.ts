import { describe, expect, it } from 'vitest';
import { DIGIT } from './chars.ts';
import type { ErrorCode } from './error.ts';
import {
  scanComment,
  scanList,
  scanListOrNothing,
  scanNumber,
  scanQuotedString,
  scanRun,
  scanToken,
  takeSeparator,
} from './scan.ts';
import { open, openRange, type Scanner } from './scanner.ts';

const on = (text: string): Scanner => open(text, 'test', 'RFC3261-25.1', undefined);

/** What a scan gives, where it stops, or how it refuses. */
function scanned<T>(text: string, scan: (s: Scanner) => T): { value: T; rest: string } | [ErrorCode, number] {
  const s = on(text);
  const value = scan(s);
  return s.error === undefined ? { value, rest: text.slice(s.pos) } : [s.error.code, s.error.offset];
}

describe('a range of octets', () => {
  const over = (text: string, end: number) => openRange(text, new TextEncoder().encode(text), 0, end, undefined);

  it('ends where it ends, whatever stands behind it', () => {
    for (const behind of ['\r\n', '"', ')', 'a', '\0']) {
      const quoted = over(`"a\\${behind}"`, 3);
      expect(scanQuotedString(quoted)).toBeUndefined();
      expect(quoted.error).toMatchObject({ code: 'unterminated', rule: 'quoted-string', offset: 0 });
      const comment = over(`(a\\${behind})`, 3);
      expect(scanComment(comment)).toBeUndefined();
      expect(comment.error).toMatchObject({ code: 'unterminated', rule: 'comment', offset: 0 });
    }
    expect(scanToken(over('abc', 2))).toBe('ab');
    expect(scanNumber(over('123', 2), 999, 'x', 'RFC3261-25.1')).toBe(12);
    expect(takeSeparator(over(' ,', 1), 0x2c)).toBe(false);
    expect(scanList(over('a,b,c', 3), scanToken)).toEqual(['a', 'b']);
  });
});

describe('scanRun and scanToken', () => {
  it('take the longest run', () => {
    expect(scanned('12a', (s) => scanRun(s, DIGIT, 'x', 'RFC3261-25.1'))).toEqual({ value: '12', rest: 'a' });
    expect(scanned("a-.!%*_+`'~9/", scanToken)).toEqual({ value: "a-.!%*_+`'~9", rest: '/' });
  });

  it.each<[string, ErrorCode]>([
    ['', 'truncated'],
    [' a', 'syntax'],
    ['\u00e9', 'syntax'],
    ['\0', 'control'],
    ['\r', 'control'],
    ['\u007f', 'control'],
    ['\ud800', 'encoding'],
    ['\udc00\ud800', 'encoding'],
  ])('refuse %j with %s', (text, code) => {
    expect(scanned(text, scanToken)).toEqual([code, 0]);
  });
});

describe('scanNumber', () => {
  const number = (text: string, max: number) => scanned(text, (s) => scanNumber(s, max, 'n', 'RFC3261-25.1'));

  it.each([
    ['0', 0, 0],
    ['000', 0, 0],
    ['2147483647', 2 ** 31 - 1, 2 ** 31 - 1],
    ['0000000000000000000000002147483647', 2 ** 31 - 1, 2 ** 31 - 1],
    ['4294967295', 2 ** 32 - 1, 2 ** 32 - 1],
    ['9007199254740991', Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  ])('reads %s', (text, max, value) => {
    expect(number(text, max)).toEqual({ value, rest: '' });
  });

  it('reads a number behind 10 000 zeros exactly', () => {
    expect(number(`${'0'.repeat(10_000)}9007199254740991`, Number.MAX_SAFE_INTEGER)).toMatchObject({
      value: Number.MAX_SAFE_INTEGER,
    });
  });

  it.each([
    ['2147483648', 2 ** 31 - 1],
    ['4294967296', 2 ** 32 - 1],
    ['4294967314', 255], // 18, were it cut to 32 bits
    ['9007199254740992', Number.MAX_SAFE_INTEGER],
    ['9007199254740993', Number.MAX_SAFE_INTEGER],
    ['18446744073709551617', Number.MAX_SAFE_INTEGER],
    ['9'.repeat(400), Number.MAX_SAFE_INTEGER],
    ['1', 0],
  ])('refuses %s above its maximum', (text, max) => {
    expect(number(text, max)).toEqual(['range', 0]);
  });

  it.each(['', '-1', '+5', ' 5', '\u0665', 'x'])('refuses %j', (text) => {
    expect(number(text, 100)).toEqual([text === '' ? 'truncated' : 'syntax', 0]);
  });

  it.each(['5.0', '5e3', '0x10', '5 5'])('leaves over what is no digit in %j', (text) => {
    expect(number(text, 100)).toMatchObject({ value: text.startsWith('0') ? 0 : 5 });
  });
});

describe('scanQuotedString', () => {
  it.each([
    ['""', '', ''],
    ['"a"b', 'a', 'b'],
    ['"a\\"b"', 'a"b', ''],
    ['"\\a\\\\"', 'a\\', ''],
    ['"\\""', '"', ''],
    ['"\\\0\\\u007f"', '\0\u007f', ''],
    ['" \t "', ' \t ', ''],
    ['"\u00e9\u{1f600}\ufeff"', '\u00e9\u{1f600}\ufeff', ''],
    ['"a,b;c<d>"', 'a,b;c<d>', ''],
    ['"ab\\cd\\ef"', 'abcdef', ''],
  ])('reads %j', (text, value, rest) => {
    expect(scanned(text, scanQuotedString)).toEqual({ value, rest });
  });

  it.each<[string, ErrorCode, number]>([
    ['', 'truncated', 0],
    ['a', 'syntax', 0],
    ['"', 'unterminated', 0],
    ['"a', 'unterminated', 0],
    ['"a\\', 'unterminated', 0],
    ['"a\\"', 'unterminated', 0],
    ['"\0"', 'control', 1],
    ['"a\rb"', 'control', 2],
    ['"a\nb"', 'control', 2],
    ['"\u007f"', 'control', 1],
    ['"\\\r"', 'escape', 2],
    ['"\\\n"', 'escape', 2],
    ['"\\\u00e9"', 'escape', 2],
    ['"\ud800"', 'encoding', 1],
  ])('refuses %j with %s at %d', (text, code, offset) => {
    expect(scanned(text, scanQuotedString)).toEqual([code, offset]);
  });
});

describe('scanComment', () => {
  it.each([
    ['()', ''],
    ['(a)b', 'b'],
    ['(a (b (c)) d)', ''],
    ['(\\))', ''],
    ['(\\()', ''],
    ['(a\t\u00e9 "<)', ''],
    ['(\\\0)', ''],
  ])('reads %j as written', (text, rest) => {
    expect(scanned(text, scanComment)).toEqual({ value: text.slice(0, text.length - rest.length), rest });
  });

  it.each<[string, ErrorCode, number]>([
    ['(', 'unterminated', 0],
    ['(a', 'unterminated', 0],
    ['((a)', 'unterminated', 0],
    ['(\\', 'unterminated', 0],
    ['(\\)', 'unterminated', 0],
    ['(\\\n)', 'escape', 2],
    ['(\\\u00e9)', 'escape', 2],
    ['(a\0)', 'control', 2],
    ['(\ud800)', 'encoding', 1],
  ])('refuses %j with %s at %d', (text, code, offset) => {
    expect(scanned(text, scanComment)).toEqual([code, offset]);
  });

  it('keeps no stack for 100 000 open parentheses', () => {
    const text = '('.repeat(16_000);
    expect(scanned(text, scanComment)).toEqual(['unterminated', 0]);
    expect(scanned(`${text}${')'.repeat(384)}`, scanComment)).toEqual(['unterminated', 0]);
  });
});

describe('lists', () => {
  const list = (s: Scanner) => scanList(s, scanToken);

  it.each([
    ['a', ['a'], ''],
    ['a,b', ['a', 'b'], ''],
    ['a \t,\t b ,c', ['a', 'b', 'c'], ''],
    ['a b', ['a'], ' b'],
    ['a ', ['a'], ' '],
  ])('reads %j', (text, value, rest) => {
    expect(scanned(text, list)).toEqual({ value, rest });
  });

  it.each<[string, ErrorCode, number]>([
    ['', 'truncated', 0],
    [',a', 'syntax', 0],
    ['a,', 'truncated', 2],
    ['a,,b', 'syntax', 2],
    ['a, \0', 'control', 3],
  ])('refuses %j with %s at %d', (text, code, offset) => {
    expect(scanned(text, list)).toEqual([code, offset]);
  });

  it('may be empty where the header says so, and have another separator', () => {
    expect(scanned('', (s) => scanListOrNothing(s, scanToken))).toEqual({ value: [], rest: '' });
    expect(scanned('a,b', (s) => scanListOrNothing(s, scanToken))).toEqual({ value: ['a', 'b'], rest: '' });
    expect(scanned('a ; b,c', (s) => scanList(s, scanToken, 0x3b))).toEqual({ value: ['a', 'b'], rest: ',c' });
  });

  it('takes blanks only with the separator', () => {
    expect(scanned('  ; x', (s) => takeSeparator(s, 0x3b))).toEqual({ value: true, rest: 'x' });
    expect(scanned('  , x', (s) => takeSeparator(s, 0x3b))).toEqual({ value: false, rest: '  , x' });
    expect(scanned('  ', (s) => takeSeparator(s, 0x3b))).toEqual({ value: false, rest: '  ' });
  });
});
