/*
 * Where a message ends: at the end-line with its own transaction id (RFC 4975 5.1, 7.1).
 */
import type { Frame } from '../core/codec.ts';
import type { ErrorCode, ParseError } from '../core/error.ts';
import type { ParseOptions } from '../core/options.ts';
import { agrees, endLineLength, findBodyEnd, mayEnd, partialEndLine } from './end-line.ts';
import { Head } from './head.ts';

/** A message that is whole: its head, and where its body ends, -1 where it has none. */
export interface WholeFrame {
  readonly kind: 'complete';
  readonly head: Head;
  readonly bodyTo: number;
  readonly length: number;
}

export type FrameOutcome =
  | WholeFrame
  | { readonly kind: 'incomplete'; readonly needed?: number }
  | { readonly kind: 'broken'; readonly error: ParseError };

const INCOMPLETE: FrameOutcome = Object.freeze({ kind: 'incomplete' });

/** Finds the message at the beginning of the octets. */
export function scanFrame(octets: Uint8Array, options: ParseOptions | undefined): FrameOutcome {
  const head = new Head(octets, options);
  if (!head.read()) return head.error === undefined ? INCOMPLETE : { kind: 'broken', error: head.error };
  if (head.continuation !== undefined) return { kind: 'complete', head, bodyTo: -1, length: head.end };
  const error = missingCrlf(octets, head.end, head, head.promised);
  if (error !== undefined) return { kind: 'broken', error };
  const bodyTo = findBodyEnd(octets, head.end, head, head.promised);
  const size = endLineLength(head);
  const most = head.limits.message;
  if (bodyTo >= 0) {
    return bodyTo + size > most ? tooLong(most) : { kind: 'complete', head, bodyTo, length: bodyTo + size };
  }
  const needed = partialEndLine(octets, head.end, head) + size - octets.length;
  return octets.length + needed > most ? tooLong(most) : { kind: 'incomplete', needed };
}

/**
 * Why there is no body at `from`, where it is certain that there is none: an end-line right behind the blank line,
 * without the CRLF that goes before it. Without this, whoever writes that waits for an answer that never comes.
 */
export function missingCrlf(octets: Uint8Array, from: number, head: Head, promised: number): ParseError | undefined {
  const to = from + endLineLength(head) - 2;
  if (octets.length < to || !agrees(octets, from, head, 2) || mayEnd(octets, from, head, promised)) return undefined;
  return error('syntax', 'content-stuff', from, 'a CRLF before the end-line');
}

function tooLong(most: number): FrameOutcome {
  return { kind: 'broken', error: error('limit', 'data', most, `a message of at most ${most} octets`) };
}

function error(code: ErrorCode, rule: string, offset: number, expected: string): ParseError {
  return { code, rule, clause: 'RFC4975-9', offset, expected };
}

/**
 * Where the first message of a stream ends. `complete`: decode so many octets. `incomplete`: `needed` octets, or more,
 * must come before it can be whole. `broken`: no later octet can mend the stream. A stream that is long or slow is
 * better read by `msrpDecoder`, which looks at every octet once.
 */
export function frameMsrp(octets: Uint8Array, options?: ParseOptions): Frame {
  const outcome = scanFrame(octets, options);
  return outcome.kind === 'complete' ? { kind: 'complete', length: outcome.length } : outcome;
}
