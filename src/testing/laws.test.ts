import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TOKEN } from '../core/chars.ts';
import { type Codec, textCodec } from '../core/codec.ts';
import { EncodeError } from '../core/error.ts';
import { scanToken } from '../core/scan.ts';
import { token } from '../core/write.ts';
import { textOf, token as tokens } from './arbitraries.ts';
import { checkLaws, checkRefusesToFormat, checkText, same } from './laws.ts';

const good: Codec<string> = textCodec<string>({
  name: 'token',
  rule: 'token',
  clause: 'RFC3261-25.1',
  scan: (s) => scanToken(s),
  format: (value) => token(value, 'value', 'RFC3261-25.1'),
});
const refusal = (offset: number) =>
  ({ ok: false, error: { code: 'syntax', rule: 'token', clause: 'RFC3261-25.1', offset } }) as const;

/** Each breaks one law on purpose. */
const BROKEN: readonly (readonly [law: string, codec: Codec<string>, message: RegExp])[] = [
  ['format writes what parse refuses', { ...good, format: (value) => `${value} ` }, /parse refuses/],
  ['the value changes on the way', { ...good, format: (value) => `${token(value, 'v', 'RFC3261-25.1')}x` }, /reads as/],
  ['format refuses a value', { ...good, format: () => token('', 'v', 'RFC3261-25.1') }, /is no token/],
  [
    'parse throws',
    {
      ...good,
      parse: (text, options) => {
        if (text.includes('"')) throw new RangeError('planted');
        return good.parse(text, options);
      },
    },
    /planted/,
  ],
  [
    'an offset lies behind the input',
    { ...good, parse: (text, options) => (good.parse(text, options).ok ? good.parse(text) : refusal(text.length + 1)) },
    /lies outside/,
  ],
  [
    'an offset lies before the input',
    { ...good, parse: (text, options) => (good.parse(text, options).ok ? good.parse(text) : refusal(-1)) },
    /lies outside/,
  ],
  [
    'an offset is no number',
    { ...good, parse: (text, options) => (good.parse(text, options).ok ? good.parse(text) : refusal(Number.NaN)) },
    /lies outside/,
  ],
  [
    'format refuses what parse gave',
    {
      ...good,
      parse: (text, options) => {
        const read = good.parse(text, options);
        return read.ok || !text.includes('"') ? read : { ok: true, value: text, notes: [] };
      },
    },
    /is no token/,
  ],
];

/** What fast-check reports a broken law with: the counterexample, and the reason as its cause. */
function reasonOf(check: () => void): string {
  try {
    check();
  } catch (error) {
    expect(String(error)).toContain('Counterexample');
    return String((error as Error).cause);
  }
  throw new Error('no law was broken');
}

describe('checkLaws', () => {
  it('passes a good codec', () => {
    checkLaws(good, tokens, { runs: 50, seed: 7, texts: textOf(TOKEN) });
  });

  it.each(BROKEN)('fails where %s', (_law, codec, message) => {
    expect(reasonOf(() => checkLaws(codec, tokens))).toMatch(message);
  });

  it('tries the texts that it is given', () => {
    const seen = new Set<string>();
    const parse: typeof good.parse = (text, options) => {
      seen.add(text);
      return good.parse(text, options);
    };
    const spy: Codec<string> = { ...good, parse };
    checkLaws(spy, tokens, { texts: fc.constant('~given~') });
    expect(seen.has('~given~')).toBe(true);
    expect([...seen].some((text) => text.includes('\u0000') || text.includes('\ud800'))).toBe(true);
  });
});

describe('checkText', () => {
  it('passes good and refused texts', () => {
    checkText(good, 'abc');
    checkText(good, '');
  });

  it('fails where the canonical form is refused', () => {
    expect(() => checkText({ ...good, format: () => '' }, 'a')).toThrow(/is refused/);
  });

  it('fails where the value changes', () => {
    expect(() => checkText({ ...good, format: () => 'b' }, 'a')).toThrow(/changes its value/);
  });

  it('fails where the canonical form is no fixed point', () => {
    let times = 0;
    const codec: Codec<number> = {
      ...good,
      parse: () => ({ ok: true, value: 1, notes: [] }),
      format: () => `${times++}`,
    };
    expect(() => checkText(codec, 'a')).toThrow(/no fixed point/);
  });

  it('fails where format refuses what parse gave', () => {
    expect(() => checkText({ ...good, parse: () => ({ ok: true, value: 'a b', notes: [] }) }, 'a b')).toThrow(
      EncodeError,
    );
  });
});

describe('checkRefusesToFormat', () => {
  it('gives the EncodeError', () => {
    expect(checkRefusesToFormat(good, 'a b').path).toBe('value');
  });

  it('fails where something is written, or anything else is thrown', () => {
    expect(() => checkRefusesToFormat(good, 'ab')).toThrow(/format wrote "ab"/);
    const broken: Codec<string> = {
      ...good,
      format: () => {
        throw new TypeError('planted');
      },
    };
    expect(() => checkRefusesToFormat(broken, 'a')).toThrow(TypeError);
  });
});

describe('same', () => {
  it.each([
    [1, 1, true],
    [Number.NaN, Number.NaN, true],
    ['a', 'b', false],
    [undefined, undefined, true],
    [null, undefined, false],
    [null, null, true],
    [{ a: 1 }, { a: 1, b: undefined }, true],
    [{ a: 1 }, { a: 1, b: null }, false],
    [{ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }, true],
    [[1, 2], [1], false],
    [[], {}, false],
    [{ 0: 1 }, [1], false],
    [Uint8Array.of(1, 2), Uint8Array.of(1, 2), true],
    [Uint8Array.of(1, 2), Uint8Array.of(1, 3), false],
    [Uint8Array.of(1), Uint8Array.of(1, 2), false],
    [Uint8Array.of(1), [1], false],
    [{}, Uint8Array.of(), false],
    [1, {}, false],
  ])('%j and %j: %s', (a, b, equal) => {
    expect(same(a, b)).toBe(equal);
    expect(same(b, a)).toBe(equal);
  });
});
