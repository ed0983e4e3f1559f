/*
 * The laws that every codec obeys, over generated values and over hostile text. They know no test framework: a law
 * that is broken throws, with fast-check's shrunk counterexample.
 */
import fc from 'fast-check';
import type { Codec } from '../core/codec.ts';
import { EncodeError } from '../core/error.ts';

export interface LawOptions {
  /** Cases per law; 200 where absent. */
  readonly runs?: number;
  /** Of the random source, so that a run can be repeated. */
  readonly seed?: number;
  /** Texts that come near to valid ones, besides the hostile ones that every codec gets. */
  readonly texts?: fc.Arbitrary<string>;
}

const HOSTILE = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(...'aZ09-.!%*_+`\'~ \t\r\n\0"\\<>()[]{}@,;:/?=&$\u007f\u0080\u00e9\ud800\udc00\ufeff\u212a'),
  }),
);

/** Throws where `format` and `parse` are no inverse of each other, or `parse` throws or points outside its input. */
export function checkLaws<T>(codec: Codec<T>, values: fc.Arbitrary<T>, options: LawOptions = {}): void {
  const { runs = 200, seed = 1 } = options;
  const parameters = { numRuns: runs, seed };
  fc.assert(
    fc.property(values, (value) => {
      const text = codec.format(value);
      const read = codec.parse(text);
      if (!read.ok) throw new Error(`parse refuses what format wrote: ${JSON.stringify(text)} ${read.error.code}`);
      if (!same(read.value, value)) throw new Error(`${JSON.stringify(text)} reads as ${JSON.stringify(read.value)}`);
    }),
    parameters,
  );
  const written = values.map((value) => codec.format(value));
  const damaged = fc.tuple(written, HOSTILE, fc.nat(), fc.nat(3)).map(([text, junk, at, cut]) => {
    const from = at % (text.length + 1);
    return text.slice(0, from) + junk + text.slice(from + cut);
  });
  const texts = fc.oneof(HOSTILE, damaged, ...(options.texts === undefined ? [] : [options.texts]));
  fc.assert(
    fc.property(texts, (text) => checkText(codec, text)),
    parameters,
  );
}

/** Throws where the codec breaks a law on this text, whether it is valid or not. */
export function checkText<T>(codec: Codec<T>, text: string): void {
  const read = codec.parse(text);
  if (!read.ok) {
    const { offset } = read.error;
    if (!(Number.isInteger(offset) && offset >= 0 && offset <= text.length)) {
      throw new Error(`offset ${offset} lies outside ${JSON.stringify(text)}`);
    }
    return;
  }
  const canonical = codec.format(read.value);
  const again = codec.parse(canonical);
  if (!again.ok) throw new Error(`the canonical form ${JSON.stringify(canonical)} is refused: ${again.error.code}`);
  if (!same(again.value, read.value)) throw new Error(`${JSON.stringify(text)} changes its value when formatted`);
  const twice = codec.format(again.value);
  if (twice !== canonical)
    throw new Error(`${JSON.stringify(canonical)} is no fixed point, it becomes ${JSON.stringify(twice)}`);
}

/** Throws where `format` writes what it should refuse, or throws anything but EncodeError. */
export function checkRefusesToFormat<T>(codec: Codec<T>, value: T): EncodeError {
  let text: string;
  try {
    text = codec.format(value);
  } catch (error) {
    if (error instanceof EncodeError) return error;
    throw error;
  }
  throw new Error(`format wrote ${JSON.stringify(text)}`);
}

/** Equal as plain data: what is absent and what is undefined are the same. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (a instanceof Uint8Array || b instanceof Uint8Array) return sameOctets(a, b);
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  for (const key of keys) if (!same(left[key], right[key])) return false;
  return true;
}

function sameOctets(a: unknown, b: unknown): boolean {
  if (!(a instanceof Uint8Array && b instanceof Uint8Array) || a.length !== b.length) return false;
  return a.every((octet, i) => octet === b[i]);
}
