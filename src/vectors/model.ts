/*
 * The format of vector files: what a codec must make of an input, for this implementation and any other. `result`,
 * `value` and `canonical` bind everybody, `error` this implementation alone.
 */
import type { ErrorCode } from '../core/error.ts';
import type { Tolerance } from '../core/tolerance.ts';

export const VECTOR_SCHEMA = '../schema/vectors.schema.json';

export interface VectorFile {
  /** Where the JSON Schema of the file lies, seen from it. */
  readonly schema: typeof VECTOR_SCHEMA;
  /** The codec's name: `header/Via`, `sip-uri`. */
  readonly artefact: string;
  /** What the flags of the tests stand for. */
  readonly notes: Readonly<Record<string, VectorNote>>;
  readonly groups: readonly VectorGroup[];
}

/** Why a vector is there. */
export interface VectorNote {
  readonly bugType: BugType;
  readonly description: string;
  /** The clause that settles it. */
  readonly clause?: string | undefined;
  readonly links?: readonly string[] | undefined;
}

/** What an implementation gets wrong that fails such a vector. */
export const BUG_TYPES = ['conformance', 'interoperability', 'security', 'robustness'] as const;

export type BugType = (typeof BUG_TYPES)[number];

export interface VectorGroup {
  /** `parse`: the value of a header or another text; `decode`: octets. */
  readonly type: 'parse' | 'decode';
  /** Where the inputs come from. */
  readonly source: string;
  readonly tests: readonly Vector[];
}

export interface Vector {
  /** The artefact's name and a number: `header-via-7`. */
  readonly id: string;
  readonly comment: string;
  readonly clause?: string | undefined;
  readonly duty?: string | undefined;
  readonly input: VectorInput;
  /** `tolerated`: invalid, and valid for who applies the tolerances. */
  readonly result: 'valid' | 'invalid' | 'tolerated';
  readonly tolerances?: readonly Tolerance[] | undefined;
  /** What the input stands for, as JSON: octets as `{ base64 }`, what is absent left out. */
  readonly value?: unknown;
  /** The canonical form, where it is not the input itself; octets as `{ base64 }`. */
  readonly canonical?: string | Base64 | undefined;
  /** Octets that were taken, where something follows the value. */
  readonly consumed?: number | undefined;
  readonly error?: VectorError | undefined;
  readonly flags: readonly string[];
}

/** Text stands for itself, or for its UTF-8 where octets are read. */
export type VectorInput = string | Base64 | Repeated;

export interface Base64 {
  readonly base64: string;
}

/** `prefix`, `repeat` as many `times`, `suffix`: what is too long to be written down. */
export interface Repeated {
  readonly prefix: string;
  readonly repeat: string;
  readonly times: number;
  readonly suffix: string;
}

/** How this implementation refuses: offsets are UTF-16 units of a text, octets of octets. */
export interface VectorError {
  readonly code: ErrorCode;
  readonly offset: number;
  readonly rule: string;
}
