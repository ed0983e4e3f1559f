import { describe, expect, it } from 'vitest';
import * as chars from './chars.ts';
import { allOf, CLASS, isClass } from './chars.ts';

const DIGITS = '0123456789';
const ALPHANUM = `abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ${DIGITS}`;
const MARK = "-_.!~*'()";
const range = (from: number, to: number, ...without: number[]) =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i)
    .filter((code) => !without.includes(code))
    .map((code) => String.fromCharCode(code))
    .join('');

/** Each class by the characters that its rule lists (RFC 3261 25.1, RFC 3840 9, RFC 3966 3). */
const RULES: readonly (readonly [name: string, bit: number, characters: string])[] = [
  ['DIGIT', chars.DIGIT, DIGITS],
  ['ALPHA', chars.ALPHA, ALPHANUM.slice(0, 52)],
  ['HEXDIG', chars.HEX, `${DIGITS}ABCDEFabcdef`],
  ['token', chars.TOKEN, `${ALPHANUM}-.!%*_+\`'~`],
  ['token-nobang', chars.TOKEN_NOBANG, `${ALPHANUM}-.%*_+\`'~`],
  ['word', chars.WORD, `${ALPHANUM}-.!%*_+\`'~()<>:\\"/[]?{}`],
  ['user', chars.USER, `${ALPHANUM}${MARK}&=+$,;?/`],
  ['password', chars.PASSWORD, `${ALPHANUM}${MARK}&=+$,`],
  ['paramchar', chars.URI_PARAM, `${ALPHANUM}${MARK}[]/:&+$`],
  ['hname', chars.URI_HEADER, `${ALPHANUM}${MARK}[]/?:+$`],
  ['tel paramchar', chars.TEL_PARAM, `${ALPHANUM}${MARK}[]/:&+$`],
  ['WSP', chars.WSP, ' \t'],
  ['scheme', chars.SCHEME, `${ALPHANUM}+-.`],
  ['uric', chars.URIC, `${ALPHANUM}${MARK};/?:@&=+$,`],
  ['ftag-name', chars.FTAG, `${ALPHANUM}!'.-%`],
  ['qdtext', chars.QDTEXT, range(0x21, 0x7e, 0x22, 0x5c)],
  ['ctext', chars.CTEXT, range(0x21, 0x7e, 0x28, 0x29, 0x5c)],
  ['VCHAR', chars.VCHAR, range(0x21, 0x7e)],
  ['quoted-pair', chars.QUOTED_PAIR, range(0x00, 0x7f, 0x0a, 0x0d)],
];

describe('character classes', () => {
  it.each(RULES)('%s holds exactly the characters of its rule', (_name, bit, characters) => {
    const held = range(0, 255)
      .split('')
      .filter((character) => ((CLASS[character.charCodeAt(0)] as number) & bit) !== 0);
    expect(held.join('')).toBe([...characters].sort((a, b) => a.charCodeAt(0) - b.charCodeAt(0)).join(''));
  });

  it('gives every class its own bit', () => {
    const bits = RULES.map(([, bit]) => bit);
    expect(new Set(bits).size).toBe(bits.length);
    for (const bit of bits) expect(Math.log2(bit) % 1).toBe(0);
  });

  it('has no class for octets outside ASCII', () => {
    expect(CLASS.subarray(0x80).every((classes) => classes === 0)).toBe(true);
  });
});

describe('isClass', () => {
  it('answers for any code, also above 255', () => {
    expect(isClass(0x30, chars.DIGIT)).toBe(true);
    expect(isClass(0x61, chars.DIGIT)).toBe(false);
    expect(isClass(0x61, chars.DIGIT | chars.ALPHA)).toBe(true);
    expect(isClass(0x0130, chars.DIGIT)).toBe(false); // 0x130 & 0xff is a zero
    expect(isClass(0x212a, chars.ALPHA)).toBe(false);
  });
});

describe('allOf', () => {
  it('wants one character at least, and all of the class', () => {
    expect(allOf('', chars.TOKEN)).toBe(false);
    expect(allOf('a', chars.TOKEN)).toBe(true);
    expect(allOf('a b', chars.TOKEN)).toBe(false);
    expect(allOf('ab\n', chars.TOKEN)).toBe(false);
    expect(allOf('\u0661', chars.DIGIT)).toBe(false);
    expect(allOf('\u0130', chars.DIGIT)).toBe(false);
    expect(allOf('\ud800', chars.TOKEN)).toBe(false);
  });
});
