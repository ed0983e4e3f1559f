/**
 * Every way in which input can be refused. The list is closed and part of semantic versioning: a new code is a
 * minor release, a code that changes its meaning a major one.
 */
export const ERROR_CODES = [
  'syntax', // the character at the offset is not what the rule allows
  'truncated', // the input ends before the rule is complete
  'unterminated', // a quote, bracket or comment is left open
  'trailing', // something follows the complete value
  'range', // a number outside its range
  'duplicate', // what may occur once occurs again
  'missing', // a mandatory element is absent
  'escape', // a bad % or backslash escape
  'encoding', // not UTF-8, a lone surrogate, a byte order mark
  'control', // CR, LF, NUL or another control octet where none may stand
  'bare-lf', // a line that ends in LF without CR
  'limit', // one of the limits is exceeded
  'start-line', // no request line and no status line
  'mismatch', // two parts that must agree differ
  'unsupported', // right by its grammar, but nothing that this codec can represent
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** A clause of a standard: document, dash, section (`RFC3261-25.1`); `OMA-…` are the change request's own. */
export type ClauseId = `RFC${number}-${string}` | `OMA-${string}` | `XML-${string}`;

/** Why input was refused, and where. Plain data. */
export interface ParseError {
  readonly code: ErrorCode;
  /** The grammar rule that was being read, by the standard's own name. */
  readonly rule: string;
  readonly clause: ClauseId;
  /** Counted from the start of what was parsed: UTF-16 units of a text, octets of octets. */
  readonly offset: number;
  /** What would have been right, in words. */
  readonly expected?: string;
  /** The number of the field in its message, where the error is that field's; `locate` turns it into octets. */
  readonly field?: number;
}

/** The caller handed something to `format`, `encode` or a composer that the standard does not let through. */
export class EncodeError extends Error {
  /** What is wrong, without path and clause. */
  readonly reason: string;
  /** Where in the value: `params[2].value`; empty where it is the value itself. */
  readonly path: string;
  readonly clause: ClauseId;
  /** The duty that the value would have broken, where one is concerned. */
  readonly duty: string | undefined;

  constructor(reason: string, path: string, clause: ClauseId, duty?: string) {
    super(`${path === '' ? 'value' : path}: ${reason} (${duty === undefined ? clause : `${duty}, ${clause}`})`);
    this.name = 'EncodeError';
    this.reason = reason;
    this.path = path;
    this.clause = clause;
    this.duty = duty;
  }
}

/**
 * The error with `path` in front of its own: what writes an element names places inside it, and what holds the element
 * says where that is once something is wrong. No path is put together for values that are right.
 */
export function within(path: string, error: unknown): unknown {
  if (!(error instanceof EncodeError)) return error;
  const inner = error.path;
  const whole = inner === '' ? path : `${path}${inner.startsWith('[') ? '' : '.'}${inner}`;
  return new EncodeError(error.reason, whole, error.clause, error.duty);
}
