import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { conversions, portable, toUtf8, utf8, utf8Prefix } from './octets.ts';

const octetArrays = fc.uint8Array({ maxLength: 64 });
const texts = fc.string({ unit: 'binary', maxLength: 32 });

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

describe('conversions', () => {
  it('are not the portable ones where there is a Buffer', () => {
    expect(conversions).not.toBe(portable);
  });

  it.each<[string, unknown]>([
    ['without Buffer', undefined],
    ['with another Buffer', {}],
    ['with a Buffer that lacks a method', { prototype: { latin1Slice: () => '' } }],
    ['with a Buffer that lacks another', { prototype: { latin1Slice: () => '', latin1Write: () => 0 } }],
  ])('are the portable ones %s', async (_name, buffer) => {
    vi.resetModules();
    vi.stubGlobal('Buffer', buffer);
    const fresh = await import('./octets.ts');
    vi.unstubAllGlobals();
    expect(fresh.conversions).toBe(fresh.portable);
  });

  it('give the same as the portable ones for any octets', () => {
    fc.assert(
      fc.property(octetArrays, fc.nat(64), fc.nat(64), (octets, a, b) => {
        const [from, to] = [Math.min(a, b, octets.length), Math.min(Math.max(a, b), octets.length)];
        const text = portable.latin1(octets, from, to);
        expect(conversions.latin1(octets, from, to)).toBe(text);
        expect([...text].map((character) => character.charCodeAt(0))).toEqual([...octets.subarray(from, to)]);
      }),
    );
  });

  it('give the same as the portable ones for any text', () => {
    fc.assert(
      fc.property(texts, fc.nat(5), (text, at) => {
        const length = portable.utf8Length(text);
        expect(conversions.utf8Length(text)).toBe(length);
        const [left, right] = [new Uint8Array(at + length), new Uint8Array(at + length)];
        expect([portable.writeUtf8(text, left, at), conversions.writeUtf8(text, right, at)]).toEqual([length, length]);
        expect(right).toEqual(left);
        expect(left.subarray(at)).toEqual(toUtf8(text));
      }),
    );
  });

  it('count the octets of the first and the last character of each length', () => {
    const edges = ['\0', '\x7f', '\x80', '\u07ff', '\u0800', '\ud7ff', '\ue000', '\uffff', '\u{10000}', '\u{10ffff}'];
    for (const edge of edges) expect(portable.utf8Length(`${edge}\u00e9`)).toBe(toUtf8(`${edge}\u00e9`).length);
  });

  it('give the same as the portable ones for ASCII', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii' }), fc.nat(5), (text, at) => {
        const [left, right] = [new Uint8Array(at + text.length), new Uint8Array(at + text.length)];
        portable.writeAscii(text, left, at);
        conversions.writeAscii(text, right, at);
        expect(right).toEqual(left);
        expect(utf8(left.subarray(at))).toBe(text);
      }),
    );
  });

  it('find where a few octets stand as the portable ones do', () => {
    const few = fc.uint8Array({ min: 0x2d, max: 0x2e, maxLength: 40 });
    fc.assert(
      fc.property(few, fc.uint8Array({ min: 0x2d, max: 0x2e, minLength: 1, maxLength: 7 }), (octets, sought) => {
        const latin1 = (some: Uint8Array): string => String.fromCharCode(...some);
        const at = latin1(octets).indexOf(latin1(sought));
        expect([portable.indexOf(octets, sought), conversions.indexOf(octets, sought)]).toEqual([at, at]);
      }),
    );
  });

  it('read views of larger buffers, and Buffers', () => {
    const whole = Uint8Array.from({ length: 300 }, (_, i) => i & 255);
    const view = whole.subarray(7, 290);
    for (const octets of [view, Buffer.from(view), Buffer.from(whole.buffer, 7, 283)]) {
      expect(conversions.latin1(octets, 1, 270)).toBe(portable.latin1(view, 1, 270));
    }
    const target = new Uint8Array(10).subarray(3, 8);
    expect(conversions.writeUtf8('é', target, 2)).toBe(2);
    expect([...new Uint8Array(target.buffer)]).toEqual([0, 0, 0, 0, 0, 0xc3, 0xa9, 0, 0, 0]);
  });

  it('read a long run in pieces without a call of too many arguments', () => {
    const octets = new Uint8Array(1_000_000).fill(0xff);
    expect(portable.latin1(octets, 0, octets.length)).toBe('\u00ff'.repeat(1_000_000));
    expect(portable.latin1(octets, 8191, 8193)).toBe('\u00ff\u00ff');
  });
});

describe('utf8', () => {
  it.each([
    ['C0 80', [0xc0, 0x80], 0],
    ['a surrogate', [0x61, 0xed, 0xa0, 0x80], 2],
    ['five octets', [0xf8, 0x88, 0x80, 0x80, 0x80], 0],
    ['a lone follower', [0x61, 0x80], 1],
    ['0xff', [0x61, 0x62, 0xff, 0x63], 2],
    ['above U+10FFFF', [0xf4, 0x90, 0x80, 0x80], 1],
    ['a character broken off', [0x61, 0xe2, 0x82, 0x41], 3],
    ['a character cut off', [0x61, 0xe2, 0x82], 3],
    ['an overlong slash', [0xe0, 0x80, 0xaf], 1],
  ])('refuses %s', (_name, octets, offset) => {
    expect(utf8(Uint8Array.from(octets))).toBeUndefined();
    expect(utf8Prefix(Uint8Array.from(octets))).toBe(offset);
  });

  it('keeps a byte order mark', () => {
    expect(utf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toBe('\ufeffa');
    expect(utf8(toUtf8('a\ufeff'))).toBe('a\ufeff');
  });

  it('reads what was written', () => {
    fc.assert(fc.property(texts, (text) => utf8(toUtf8(text)) === text));
  });

  it('leaves no state behind when it refuses', () => {
    expect(utf8(Uint8Array.of(0xe2, 0x82))).toBeUndefined();
    expect(utf8(Uint8Array.of(0xac))).toBeUndefined();
    expect(utf8(Uint8Array.of(0x61))).toBe('a');
  });
});

describe('utf8Prefix', () => {
  it('is the length where all is well, and lies inside where it is not', () => {
    expect(utf8Prefix(new Uint8Array(0))).toBe(0);
    expect(utf8Prefix(toUtf8('aé\u{1f600}'))).toBe(7);
    fc.assert(
      fc.property(octetArrays, (octets) => {
        const at = utf8Prefix(octets);
        expect(at).toBeLessThanOrEqual(octets.length);
        if (utf8(octets) !== undefined) expect(at).toBe(octets.length);
      }),
    );
  });
});
