import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../core/result.ts';
import { checkLaws, checkRefusesToFormat } from '../testing/laws.ts';
import { cpimText } from './header.ts';
import { cpimSubject } from './subject.ts';

describe('Subject', () => {
  it.each([
    [' the weather', { text: 'the weather' }],
    [";lang=fr beau temps prevu pour aujourd'hui", { lang: 'fr', text: "beau temps prevu pour aujourd'hui" }],
    [';lang=de-Latn-1996 x', { lang: 'de-Latn-1996', text: 'x' }],
    [' ', { text: '' }],
    [';lang=en ', { lang: 'en', text: '' }],
    [' ;lang=en x', { text: ';lang=en x' }],
    [' a "b" \'c\'', { text: 'a "b" \'c\'' }],
    [' \\\\\\n\\u0001 ', { text: '\\\n\u0001 ' }],
    [' \u00e4\u{1f600}', { text: '\u00e4\u{1f600}' }],
  ])('reads %j', (text, value) => {
    expect(unwrap(cpimSubject.parse(text))).toEqual({ lang: undefined, ...value });
    expect(cpimSubject.format(value)).toBe(text);
  });

  it.each([
    [' \\"\\\'\\a\\u00e4', '"\'a\u00e4'],
    [' x\\', 'x'],
    [' \\', ''],
    [' \\u', 'u'],
    [' \\u12', 'u12'],
    [' \\u12g4', 'u12g4'],
    [' \\\u00e4', '\u00e4'],
    [' \\\\u0041', '\\u0041'],
    [' \\ud83d\\ude00', '\u{1f600}'],
  ])('resolves the escapes of %j (RFC 3862 2.3.1)', (text, expected) => {
    expect(unwrap(cpimSubject.parse(text)).text).toBe(expected);
  });

  it.each([
    ['', 'truncated'],
    ['x', 'syntax'],
    ['  x', 'syntax'],
    [';lang= x', 'syntax'],
    [';lang=fr', 'truncated'],
    [';lang=fr;x=y z', 'syntax'],
    [';Lang=fr x', 'syntax'],
    [';x=y z', 'syntax'],
    [';lang=1a x', 'syntax'],
    [';lang=abcdefghi x', 'syntax'],
    [';lang=a- x', 'syntax'],
    [' a\tb', 'control'],
    [' a\0', 'control'],
    [' a\x7f', 'control'],
    [' a\\\n', 'control'],
    [' \\ud83d', 'encoding'],
    [' \\ude00\\ud83d', 'encoding'],
    [' \ud83d', 'encoding'],
  ])('refuses %j', (text, code) => {
    expect(cpimSubject.parse(text)).toMatchObject({ ok: false, error: { code } });
  });

  it('obeys the laws', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: fc.constantFrom(...'a\\u0d8"\'\n\0\x7f\u{1f600}') }),
    );
    const values = fc.record({
      lang: fc.constantFrom(undefined, 'fr', 'de-CH-1996'),
      text: text.map((one) => one.toWellFormed().replace(/^ +/, '')),
    });
    checkLaws(cpimSubject, values, { texts: fc.string({ unit: fc.constantFrom(...' \\u0d8;lang=e') }) });
  });

  it.each([
    [{ text: ' x' }, 'text'],
    [{ text: '\ud800' }, 'text'],
    [{ text: 'x', lang: '' }, 'lang'],
    [{ text: 'x', lang: 'fr;x=y' }, 'lang'],
  ])('does not write %j', (value, path) => {
    expect(checkRefusesToFormat(cpimSubject, value).path).toBe(path);
  });
});

describe('a header without a grammar', () => {
  it('obeys the laws', () => {
    checkLaws(
      cpimText('a:b', 'X'),
      fc.string({ unit: 'binary' }).map((text) => text.toWellFormed()),
    );
  });

  it('keeps a line break from its caller as an escape, never as octets', () => {
    expect(cpimText('a:b', 'X').format('a\r\nFrom: b')).toBe('a\\r\\nFrom: b');
  });
});
