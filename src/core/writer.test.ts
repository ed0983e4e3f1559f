import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { DIGIT, TOKEN } from './chars.ts';
import { EncodeError } from './error.ts';
import { quote } from './write.ts';
import { type Writer, writer, written } from './writer.ts';

const CLAUSE = 'RFC3261-25.1';
const text = (write: (w: Writer) => void) => written(write, undefined);

describe('the writer', () => {
  afterEach(() => {
    expect(writer.pos).toBe(0);
  });

  it('writes runs of a class and refuses all else without writing', () => {
    expect(text((w) => expect(w.run('abc-1', TOKEN)).toBe(true))).toBe('abc-1');
    for (const bad of ['', 'a b', 'é', '\u0141', 'a\u{1f600}', undefined as never, 5 as never]) {
      expect(text((w) => expect(w.run(bad, TOKEN)).toBe(false))).toBe('');
    }
    expect(text((w) => expect(w.run('12x', DIGIT)).toBe(false))).toBe('');
  });

  it('refuses what is no token with its path', () => {
    expect(() => text((w) => w.token('a b', 'params[0].name', CLAUSE))).toThrow(
      new EncodeError('"a b" is no token', 'params[0].name', CLAUSE),
    );
  });

  it('writes whole numbers as String does', () => {
    for (const n of [0, 9, 10, 99, 100, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 53 - 1]) {
      expect(text((w) => w.number(n))).toBe(String(n));
    }
    fc.assert(fc.property(fc.maxSafeNat(), (n) => text((w) => w.number(n)) === String(n)));
  });

  it('quotes as `quote` does', () => {
    const quoted = (value: string) => text((w) => w.quoted(value, 'x', CLAUSE));
    const characters = fc.oneof(fc.constantFrom('"', '\\', '\0', '\t', '\x7f', ' ', 'é', '😀'), fc.string());
    fc.assert(
      fc.property(fc.array(characters), (parts) => {
        const value = parts.join('').replaceAll(/[\r\n]/g, '');
        return quoted(value) === quote(value, 'x', CLAUSE);
      }),
    );
    for (const bad of ['a\rb', 'é\n', '\ud800', 5 as never]) {
      expect(() => quoted(bad)).toThrow(EncodeError);
      expect(() => quote(bad, 'x', CLAUSE)).toThrow(EncodeError);
    }
  });

  it('writes a line of text as it is, and asks about any other', () => {
    const asked: string[] = [];
    const ask = (other: string) => {
      asked.push(other);
      return `<${other}>`;
    };
    const line = (value: string) => text((w) => w.line(value, ask));
    expect(['a b', 'a\tb', '~'].map(line)).toEqual(['a b', 'a\tb', '~']);
    expect(asked).toEqual([]);
    expect(['', ' a', 'a ', 'é', 'a\nb'].map(line)).toEqual(['<>', '< a>', '<a >', '<é>', '<a\nb>']);
    expect(asked).toEqual(['', ' a', 'a ', 'é', 'a\nb']);
  });

  it('grows by every way of writing', () => {
    const long = 'x'.repeat(5000);
    const octets = new TextEncoder().encode(long);
    const writes: ((w: Writer) => void)[] = [
      (w) => w.ascii(long),
      (w) => w.utf8(long),
      (w) => w.copy(octets),
      (w) => w.some(octets, 0, 5000),
      (w) => w.run(long, TOKEN),
      (w) => {
        for (let i = 0; i < 5000; i++) w.code(0x78);
      },
      (w) => {
        for (let i = 0; i < 2500; i++) w.pair(0x78, 0x78);
      },
    ];
    for (const write of writes) {
      writer.octets = new Uint8Array(1);
      expect(text(write)).toBe(long);
    }
  });

  it('lets go of a great room once it is empty', () => {
    expect(text((w) => w.ascii('x'.repeat(200_000)))).toHaveLength(200_000);
    expect(writer.octets.length).toBeLessThanOrEqual(65_536);
  });

  it('nests, and forgets what was written before something was refused', () => {
    const inner = () => text((w) => w.ascii('inner'));
    const outer = text((w) => {
      w.ascii('a');
      w.ascii(inner());
      w.ascii('b');
    });
    expect(outer).toBe('ainnerb');
    expect(() =>
      text((w) => {
        w.ascii('half');
        throw new EncodeError('no', 'x', CLAUSE);
      }),
    ).toThrow('no');
  });
});
