import type { ClauseId, ParseError } from './error.ts';
import type { Tolerance } from './tolerance.ts';

/** A named tolerance that was used while reading. */
export interface Note {
  readonly tolerance: Tolerance;
  readonly clause: ClauseId;
  readonly offset: number;
}

export interface Ok<T> {
  readonly ok: true;
  readonly value: T;
  readonly notes: readonly Note[];
}

export interface Refused {
  readonly ok: false;
  readonly error: ParseError;
}

/** What reading input answers: a value with the tolerances that were used, or why it was refused. Never an exception. */
export type Result<T> = Ok<T> | Refused;

const NO_NOTES: readonly Note[] = Object.freeze([]);

export function ok<T>(value: T, notes: readonly Note[] = NO_NOTES): Ok<T> {
  return { ok: true, value, notes };
}

export function refuse(error: ParseError): Refused {
  return { ok: false, error };
}

/** Thrown by {@link unwrap} only. */
export class UnwrapError extends Error {
  readonly error: ParseError;

  constructor(error: ParseError) {
    const expected = error.expected === undefined ? '' : `, expected ${error.expected}`;
    super(`${error.code} in ${error.rule} at ${error.offset}${expected} (${error.clause})`);
    this.name = 'UnwrapError';
    this.error = error;
  }
}

/** The value of a result, for callers who prefer exceptions: throws {@link UnwrapError} where it was refused. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new UnwrapError(result.error);
}
