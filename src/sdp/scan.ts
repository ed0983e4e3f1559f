/*
 *   type=value CRLF                         one letter, no blank on either side of "="          RFC 4566 5
 *   byte-string  =  1*(%x01-09/%x0B-0C/%x0E-FF)          any byte except NUL, CR, or LF         RFC 4566 9
 *
 * One pass over the octets finds the lines, holds their letters against the order, and sees that no line has an octet
 * that ends it early. What a line says is for its own codec, but for the number of words of `m=` and `c=`.
 */
import type { ClauseId, ErrorCode, ParseError } from '../core/error.ts';
import type { Limits } from '../core/limits.ts';
import { conversions } from '../core/octets.ts';
import type { Note } from '../core/result.ts';
import type { Tolerance } from '../core/tolerance.ts';
import { LineOrder } from './order.ts';

const CLAUSE: ClauseId = 'RFC4566-5';
const CR = 0x0d;
const LF = 0x0a;
const SP = 0x20;
const EQUALS = 0x3d;
const A_CONNECTION = 0x63;
export const A_MEDIUM = 0x6d;
const NO_NOTES: readonly Note[] = Object.freeze([]);

/** The lines of a session. */
export interface SdpIndex {
  readonly octets: Uint8Array;
  /** One UTF-16 unit an octet. */
  readonly text: string;
  /** Whether an index into the text is one into its UTF-8. */
  readonly ascii: boolean;
  /** Where the lines begin. */
  readonly starts: readonly number[];
  /** Where the lines end, without their CRLF. */
  readonly ends: readonly number[];
  /** The numbers of the `m=` lines, and after the last of them the number of lines. */
  readonly media: readonly number[];
  readonly notes: readonly Note[];
}

/** Reads a session's lines: the index, or why the octets are no session. */
export function scanSession(
  octets: Uint8Array,
  limits: Limits,
  tolerances: readonly Tolerance[] | undefined,
): SdpIndex | ParseError {
  const n = octets.length;
  if (n > limits.document) return error('limit', 'session-description', limits.document, 'a shorter session');
  if (octets[0] === 0xef && octets[1] === 0xbb && octets[2] === 0xbf) {
    return error('encoding', 'proto-version', 0, 'no byte order mark');
  }
  const order = new LineOrder();
  const starts: number[] = [];
  const ends: number[] = [];
  const media: number[] = [];
  let notes: Note[] | undefined;
  let all = 0;
  let section = 0;
  for (let p = 0; p < n; ) {
    const type = octets[p] as number;
    let q = p + 1;
    if (!isLetter(type)) return error('syntax', 'type', p, 'a letter');
    if (q === n || octets[q] !== EQUALS) return error(q === n ? 'truncated' : 'syntax', 'type', q, '"="');
    let code = EQUALS;
    // HTAB and others may stand in a line; NUL, LF and CR end it one way or another.
    do {
      all |= code;
      q++;
      if (q === n) break;
      code = octets[q] as number;
    } while (code > CR || (code !== CR && code !== LF && code !== 0));
    let next = q + 2;
    if (octets[q] !== CR || octets[q + 1] !== LF) {
      const tolerance = lineEnd(octets, q);
      if (typeof tolerance !== 'string') return tolerance;
      if (tolerances?.includes(tolerance) !== true) {
        return error(tolerance === 'bare-lf' ? 'bare-lf' : 'truncated', 'CRLF', q, 'CRLF');
      }
      notes ??= [];
      notes.push({ tolerance, clause: CLAUSE, offset: q });
      next = q === n ? n : q + 1;
    }
    if (next - p > limits.field) return error('limit', 'type', p + limits.field, `at most ${limits.field} octets`);
    if (type === A_MEDIUM) {
      const missing = missingField(order, p);
      if (missing !== undefined) return missing;
      if (media.length === limits.parts) return error('limit', 'media-field', p, `at most ${limits.parts} media`);
      section = starts.length;
      media.push(section);
    }
    if (starts.length - section === limits.fields) {
      return error('limit', 'session-description', p, `at most ${limits.fields} lines`);
    }
    const misplaced = order.step(type);
    if (misplaced !== undefined) {
      if (misplaced === 'duplicate' || tolerances?.includes('sdp-order') !== true) {
        return error(misplaced, 'session-description', p, expectedInstead(misplaced, type));
      }
      notes ??= [];
      notes.push({ tolerance: 'sdp-order', clause: CLAUSE, offset: p });
    }
    if (lacksWords(octets, type, p + 2, q)) {
      return error('truncated', type === A_MEDIUM ? 'media-field' : 'connection-field', q, 'another word');
    }
    starts.push(p);
    ends.push(q);
    p = next;
  }
  const missing = missingField(order, n);
  if (missing !== undefined) return missing;
  media.push(ends.length);
  const text = conversions.latin1(octets, 0, n);
  return { octets, text, ascii: all < 0x80, starts, ends, media, notes: notes ?? NO_NOTES };
}

export function isLetter(code: number): boolean {
  return (code | 32) >= 0x61 && (code | 32) <= 0x7a;
}

/** What has to be tolerated where no CRLF ends a line, or the error that nobody tolerates. */
function lineEnd(octets: Uint8Array, at: number): 'bare-lf' | 'sdp-last-line' | ParseError {
  if (at === octets.length) return 'sdp-last-line';
  if (octets[at] === LF) return 'bare-lf';
  if (octets[at] === CR && at + 1 === octets.length) return error('truncated', 'CRLF', at + 1, 'LF');
  return error('control', 'byte-string', at, octets[at] === CR ? 'CRLF' : 'no NUL');
}

/** Whether a line is no `m=` with port, protocol and format, or no `c=` with network, type and address. */
export function lacksWords(octets: Uint8Array, type: number, from: number, to: number): boolean {
  if (type === A_MEDIUM) return words(octets, from, to) < 4;
  return type === A_CONNECTION && words(octets, from, to) < 3;
}

/** How many words stand between blanks. */
function words(octets: Uint8Array, from: number, to: number): number {
  let count = 0;
  let before = SP;
  for (let p = from; p < to; p++) {
    const code = octets[p] as number;
    if (before === SP && code !== SP) count++;
    before = code;
  }
  return count;
}

function missingField(order: LineOrder, offset: number): ParseError | undefined {
  const field = order.lacks();
  if (field === undefined) return undefined;
  const { letter, rule, clause } = field;
  return { code: 'missing', rule, clause, offset, expected: `a ${letter}= line` };
}

function expectedInstead(misplaced: 'missing' | 'syntax' | 'duplicate', type: number): string {
  if (misplaced === 'missing') return 'a v= line';
  return misplaced === 'syntax' ? 'another order of lines' : `one ${String.fromCharCode(type)}= line`;
}

function error(code: ErrorCode, rule: string, offset: number, expected: string): ParseError {
  return { code, rule, clause: CLAUSE, offset, expected };
}
