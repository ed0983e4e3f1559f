import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quotedText } from '../testing/arbitraries.ts';
import { DIGIT } from './chars.ts';
import { EncodeError } from './error.ts';
import { scanQuotedString } from './scan.ts';
import { open } from './scanner.ts';
import { line, only, quote, token, wellFormed, whole } from './write.ts';

const CLAUSE = 'RFC3261-25.1';

function refused(write: () => unknown): EncodeError {
  try {
    write();
  } catch (error) {
    if (error instanceof EncodeError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('token and only', () => {
  it('let the class through', () => {
    expect(token("a-.!%*_+`'~", 'p', CLAUSE)).toBe("a-.!%*_+`'~");
    expect(only('09', DIGIT, 'number', 'p', CLAUSE)).toBe('09');
  });

  it.each(['', ' ', 'a b', 'a\r\nX: y', 'a\n', 'a\0', 'é', '\ud800', 'a,b', 'a:b'])('refuse %j', (text) => {
    const error = refused(() => token(text, 'fields[0].name', CLAUSE));
    expect([error.path, error.clause, error.duty]).toEqual(['fields[0].name', CLAUSE, undefined]);
    expect(error.message).toContain('fields[0].name');
    expect(refused(() => only(text, DIGIT, 'number', 'p', CLAUSE)).message).toContain('is no number');
  });

  it('refuse what is no text', () => {
    for (const value of [undefined, null, 5, {}, ['a']]) {
      expect(refused(() => token(value as never, 'p', CLAUSE)).message).toContain('is no token');
      expect(refused(() => only(value as never, DIGIT, 'number', 'p', CLAUSE)).message).toContain('of type');
    }
  });

  it('show the text in their message, and cut a long one', () => {
    expect(refused(() => token('a b', 'p', CLAUSE)).message).toContain('"a b" is no token');
    const longest = `a b${'c'.repeat(37)}`;
    expect(refused(() => token(longest, 'p', CLAUSE)).message).toContain(`"${longest}" is no token`);
    expect(refused(() => token(`${longest}d`, 'p', CLAUSE)).message).toContain(`"${longest}"… is no token`);
    expect(refused(() => token('a b'.repeat(100), 'p', CLAUSE)).message.length).toBeLessThan(120);
  });
});

describe('whole', () => {
  it('lets the range through', () => {
    expect([whole(0, 0, 5, 'p', CLAUSE), whole(5, 0, 5, 'p', CLAUSE)]).toEqual([0, 5]);
  });

  it.each([-1, 6, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '3', undefined])('refuses %j', (value) => {
    expect(refused(() => whole(value as number, 0, 5, 'p', CLAUSE)).path).toBe('p');
  });
});

describe('quote', () => {
  it.each([
    ['', '""'],
    ['a b', '"a b"'],
    ['a"b\\c', '"a\\"b\\\\c"'],
    ['\0\u001f\u007f', '"\\\0\\\u001f\\\u007f"'],
    ['\t', '"\t"'],
    ['é\u{1f600}\u0085', '"é\u{1f600}\u0085"'],
  ])('%j becomes %j', (text, quoted) => {
    expect(quote(text, 'p', CLAUSE)).toBe(quoted);
  });

  it.each(['\r', '\n', 'a\r\nX: y', '\ud800', 'a\udc00b', '\udc00\ud800'])('refuses %j', (text) => {
    expect(refused(() => quote(text, 'p', CLAUSE)).path).toBe('p');
  });

  it('reads as what was written', () => {
    fc.assert(
      fc.property(quotedText, (text) => {
        const s = open(quote(text, 'p', CLAUSE), 'quoted-string', CLAUSE, undefined);
        return scanQuotedString(s) === text && s.pos === s.end;
      }),
    );
  });
});

describe('line', () => {
  it.each(['', 'a', 'a b\tc', 'é', '\u0085', '\u2028'])('lets %j through', (text) => {
    expect(line(text, 'p', CLAUSE)).toBe(text);
  });

  it.each([' a', 'a ', '\ta', 'a\t', ' ', 'a\r\nX: y', 'a\rb', 'a\nb', '\0', '\u007f', '\v', '\ud800'])(
    'refuses %j',
    (text) => {
      expect(refused(() => line(text, 'p', CLAUSE)).path).toBe('p');
    },
  );
});

describe('wellFormed', () => {
  it('refuses lone surrogates only', () => {
    expect(wellFormed('\u{1f600}\0', 'p', CLAUSE)).toBe('\u{1f600}\0');
    expect(refused(() => wellFormed('\ud83d', 'p', CLAUSE)).clause).toBe(CLAUSE);
  });
});
