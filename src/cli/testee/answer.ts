/*
 * The answers of the testee protocol.
 */
import type { EncodeError, ParseError } from '../../core/error.ts';

export type Outcome = 'valid' | 'invalid' | 'incomplete' | 'unsupported' | 'failure';

export interface Answer {
  readonly outcome: Outcome;
  readonly [key: string]: unknown;
}

export function invalid(error: ParseError): Answer {
  const { code, rule, clause, offset, expected } = error;
  return { outcome: 'invalid', error: { code, rule, clause, offset, expected } };
}

/** A value from the caller that the standard does not let through: the rule is its path. */
export function refusedValue(error: EncodeError): Answer {
  const { path, clause, message, duty } = error;
  return { outcome: 'invalid', error: { code: 'syntax', rule: path, clause, offset: 0, expected: message, duty } };
}
