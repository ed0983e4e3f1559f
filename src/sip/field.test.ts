import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST, quickest } from '../testing/quickest.ts';
import { unfold } from './field.ts';

describe('unfold', () => {
  it.each([
    ['', ''],
    [' a ', 'a'],
    ['a b', 'a b'],
    ['a  b', 'a  b'],
    ['a\r\n b', 'a b'],
    ['a\n b', 'a b'],
    ['a \t\r\n \t b', 'a b'],
    ['a\r\n b\r\n\tc', 'a b c'],
    ['a\r\n \r\n \r\n b', 'a b'],
    ['\r\n a', 'a'],
    ['a\r\n ', 'a'],
    ['\r\n \r\n ', ''],
    ['a\r\r\n b', 'a\r b'],
    ['a\rb', 'a\rb'],
    ['a\nb', 'a\nb'],
    ['a\r\nb\r\n c', 'a\r\nb c'],
    ['a \r\n b', 'a b'],
    ['\u00a0a\r\n \ufeff', '\u00a0a \ufeff'],
    ['"a\r\n b"', '"a b"'],
  ])('%j becomes %j', (text, value) => {
    expect(unfold(text)).toBe(value);
  });

  it('leaves no fold, changes nothing else, and is done once', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', ' ', '\t', '\r\n ', '\n ', '\r\n\t', 'é') });
    fc.assert(
      fc.property(texts, (text) => {
        const value = unfold(text);
        expect(value).not.toContain('\n');
        expect(value.replace(/[ \t]/g, '')).toBe(text.replace(/[ \t\r\n]/g, ''));
        expect(unfold(value)).toBe(value);
      }),
    );
  });

  it('takes linear time', () => {
    for (const unit of ['\r\n z', '\r\n ', ' \r\n ', '\n', '\r', ' ', ' \t']) {
      const text = `a${unit.repeat(200_000)}b`;
      expect(quickest(() => unfold(text), MOST)).toBeLessThan(MOST);
    }
  });
});
