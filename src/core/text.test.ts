import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asciiLower, sameText } from './text.ts';

describe('sameText', () => {
  it.each([
    ['', '', true],
    ['Tag', 'tAG', true],
    ['a', 'b', false],
    ['a', 'aa', false],
    ['k', '\u212a', false],
    ['s', '\u017f', false],
    ['i', '\u0130', false],
    ['é', 'É', false],
    ['@', '`', false],
    ['[', '{', false],
    ['Z', 'z', true],
    ['@A', '@a', true],
  ])('%j and %j: %s', (a, b, same) => {
    expect(sameText(a, b)).toBe(same);
    expect(sameText(b, a)).toBe(same);
  });
});

describe('asciiLower', () => {
  it('changes A to Z and nothing else', () => {
    expect(asciiLower('@AZ[`az{ÉK\u212a\u0130')).toBe('@az[`az{Ék\u212a\u0130');
    expect(asciiLower('abc')).toBe('abc');
  });

  it('agrees with sameText', () => {
    const near = fc.string({ unit: fc.constantFrom(...'aAkK\u212as\u017f@`') });
    fc.assert(fc.property(near, near, (a, b) => sameText(a, b) === (asciiLower(a) === asciiLower(b))));
  });
});
