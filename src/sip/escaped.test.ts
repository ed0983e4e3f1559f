import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { URI_HEADER, USER } from '../core/chars.ts';
import { EncodeError } from '../core/error.ts';
import { open } from '../core/scanner.ts';
import { decodeEscapes, encodeEscapes, formatEscaped, scanEscaped } from './escaped.ts';

function scanned(text: string, to?: number): unknown {
  const s = open(text, 'user', 'RFC3261-25.1', undefined);
  const value = scanEscaped(s, USER, 'user', to);
  return s.error === undefined ? [value, s.pos] : [s.error.code, s.error.offset];
}

describe('scanEscaped', () => {
  it.each<[string, number | undefined, string, number]>([
    ['', undefined, '', 0],
    ['@a', undefined, '', 0],
    ['a%41%zz', 4, 'a%41', 4],
    ['a%fF@', undefined, 'a%fF', 4],
    ['%2', undefined, 'escape', 0],
    ['a%', undefined, 'escape', 1],
    ['%4g', undefined, 'escape', 0],
    ['%g4', undefined, 'escape', 0],
    ['%41', 2, 'escape', 0],
    ['%\u0661\u0661', undefined, 'escape', 0],
  ])('of %j up to %j gives %j, %d', (text, to, value, at) => {
    expect(scanned(text, to)).toEqual([value, at]);
  });
});

describe('formatEscaped', () => {
  it('lets through what a scan lets through', () => {
    expect(formatEscaped('a%41', USER, 1, 'p')).toBe('a%41');
    expect(formatEscaped('', USER, 0, 'p')).toBe('');
  });

  it.each([
    '',
    '@',
    '%41\n',
    '%41@a',
    '%41%',
    '%g4',
    '%',
    '%4',
    '%4g',
    'a%',
    '\r',
    '\n',
    '\0',
    'é',
    '\ud800',
    '%\u0661\u0661',
  ])('refuses %j', (text) => {
    expect(() => formatEscaped(text, USER, 1, 'p')).toThrow(EncodeError);
  });

  it('refuses what is no text', () => {
    for (const value of [undefined, null, 5, ['a']]) {
      expect(() => formatEscaped(value as never, USER, 0, 'p')).toThrow(EncodeError);
    }
  });
});

describe('decodeEscapes', () => {
  it('gives the characters', () => {
    expect(decodeEscapes('a%20%C3%A9%f0%9f%98%80')).toMatchObject({ ok: true, value: 'a é\u{1f600}' });
    expect(decodeEscapes('')).toMatchObject({ ok: true, value: '' });
  });

  it.each([
    ['%00', 0],
    ['%41%0d%0a', 3],
    ['a%1F', 1],
    ['%7f', 0],
    ['%C3%A9%C2%9b', 6],
    ['a\r%41', 1],
  ])('row 24: refuses the control character of %j at %d', (text, offset) => {
    expect(decodeEscapes(text)).toMatchObject({ ok: false, error: { code: 'control', rule: 'escaped', offset } });
  });

  it.each(['%C0%80', '%ED%A0%80', '%ff', '%zz', '%', '%4'])('refuses %j', (text) => {
    expect(decodeEscapes(text)).toMatchObject({ ok: false, error: { code: 'encoding', rule: 'escaped', offset: 0 } });
  });

  it('never throws, and points into the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('%', '0', '4', 'c', '3', 'a', '9', '\0', '\ud800') }), (text) => {
        const read = decodeEscapes(text);
        if (!read.ok) expect(read.error.offset >= 0 && read.error.offset <= text.length).toBe(true);
      }),
    );
  });
});

describe('encodeEscapes', () => {
  it('escapes what is outside the class, as UTF-8', () => {
    expect(encodeEscapes('a b%@é\u{1f600}\0', USER, 'p')).toBe('a%20b%25%40%C3%A9%F0%9F%98%80%00');
  });

  it('refuses a lone surrogate', () => {
    expect(() => encodeEscapes('\ud800', USER, 'p')).toThrow(EncodeError);
  });

  it('is undone by decodeEscapes', () => {
    const texts = fc.string({ unit: 'grapheme' }).filter((text) => !/\p{Cc}/u.test(text));
    fc.assert(
      fc.property(texts, fc.constantFrom(USER, URI_HEADER), (text, mask) => {
        const escaped = encodeEscapes(text, mask, 'p');
        expect(formatEscaped(escaped, mask, 0, 'p')).toBe(escaped);
        expect(decodeEscapes(escaped)).toMatchObject({ ok: true, value: text });
      }),
    );
  });
});
