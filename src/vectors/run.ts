/*
 * Vectors against a codec.
 */
import type { AnyCodec } from '../codecs.ts';
import type { ParseOptions } from '../core/options.ts';
import type { Result } from '../core/result.ts';
import { inputOctets, inputText, toBase64 } from './load.ts';
import type { Base64, Vector, VectorFile } from './model.ts';

export interface VectorRun {
  readonly passed: number;
  readonly failures: readonly VectorFailure[];
}

export interface VectorFailure {
  readonly id: string;
  readonly why: string;
}

/** Runs every vector of the file against the codec. */
export function runVectors(file: VectorFile, codec: AnyCodec): VectorRun {
  const failures: VectorFailure[] = [];
  let passed = 0;
  for (const { tests } of file.groups) {
    for (const vector of tests) {
      const why = runVector(vector, codec);
      if (why === undefined) passed++;
      else failures.push({ id: vector.id, why });
    }
  }
  return { passed, failures };
}

/** Why the vector fails; `undefined` where it passes. */
export function runVector(vector: Vector, codec: AnyCodec): string | undefined {
  const strict = read(vector, codec, undefined);
  if (typeof strict === 'string') return strict;
  if (vector.result === 'valid') return judgeValue(vector, codec, strict);
  const refusal = judgeError(vector, strict);
  if (refusal !== undefined || vector.result === 'invalid') return refusal;
  const { tolerances } = vector;
  const lenient = read(vector, codec, { tolerances });
  if (typeof lenient === 'string') return lenient;
  if (lenient.ok) {
    const noted = new Set(lenient.notes.map(({ tolerance }) => tolerance));
    const missing = tolerances?.find((tolerance) => !noted.has(tolerance));
    if (missing !== undefined) return `no note tells that ${missing} was used`;
  }
  return judgeValue(vector, codec, lenient);
}

/** What the codec makes of the input, or why it cannot be given to it. */
function read({ input }: Vector, codec: AnyCodec, options: ParseOptions | undefined): Result<unknown> | string {
  if ('decode' in codec) return codec.decode(inputOctets(input), options);
  const text = inputText(input);
  return text === undefined ? 'the octets are no UTF-8, and the codec reads text' : codec.parse(text, options);
}

function judgeError({ error }: Vector, result: Result<unknown>): string | undefined {
  if (result.ok) return `is accepted as ${JSON.stringify(asJson(result.value))}`;
  const { code, offset, rule } = result.error;
  if (code === error?.code && offset === error.offset && rule === error.rule) return undefined;
  return `is refused with ${code} in ${rule} at ${offset}, not ${error?.code} in ${error?.rule} at ${error?.offset}`;
}

function judgeValue(vector: Vector, codec: AnyCodec, result: Result<unknown>): string | undefined {
  if (!result.ok) {
    const { code, offset, rule } = result.error;
    return `is refused with ${code} in ${rule} at ${offset}`;
  }
  const value = asJson(result.value);
  if (!sameJson(value, vector.value)) return `reads as ${JSON.stringify(value)}`;
  if (vector.consumed !== undefined) {
    const { consumed } = result as { consumed?: number };
    if (consumed !== vector.consumed) return `takes ${consumed} octets, not ${vector.consumed}`;
  }
  return judgeCanonical(vector, codec, result.value);
}

function judgeCanonical(vector: Vector, codec: AnyCodec, value: unknown): string | undefined {
  if ('encode' in codec) {
    const octets = toBase64(codec.encode(value));
    const wanted = canonicalOctets(vector);
    return octets === wanted ? undefined : `encodes to ${octets}, not ${wanted}`;
  }
  const text = codec.format(value);
  const wanted = vector.canonical ?? inputText(vector.input);
  return text === wanted ? undefined : `is written as ${JSON.stringify(text)}, not ${JSON.stringify(wanted)}`;
}

/** Without a canonical form of its own, what was taken of the input is it. */
function canonicalOctets({ canonical, input, consumed }: Vector): string {
  if (typeof canonical === 'object') return canonical.base64;
  return toBase64(canonical === undefined ? inputOctets(input).subarray(0, consumed) : inputOctets(canonical));
}

/** A value as vectors write it: plain JSON, octets as `{ base64 }`, what is absent left out. */
export function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, octetsAsBase64));
}

/** Looks at the holder's own member: Node's Buffer has turned itself into something else by now. */
function octetsAsBase64(this: Record<string, unknown>, key: string, shown: unknown): unknown {
  const member = this[key];
  return member instanceof Uint8Array ? ({ base64: toBase64(member) } satisfies Base64) : shown;
}

/** Equal as JSON: the order of members counts for nothing. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [Object.entries(a), b as Record<string, unknown>];
  if (left.length !== Object.keys(b).length) return false;
  return left.every(([key, value]) => Object.hasOwn(right, key) && sameJson(value, right[key]));
}
