/*
 *   generic-message  =  start-line *message-header CRLF [ message-body ]            RFC 3261 7, 25.1
 *   Request-Line     =  Method SP Request-URI SP SIP-Version CRLF
 *   Status-Line      =  SIP-Version SP Status-Code SP Reason-Phrase CRLF
 *   SIP-Version      =  "SIP" "/" 1*DIGIT "." 1*DIGIT
 *   message-header   =  header-name HCOLON header-value CRLF          a line that begins with a blank continues it
 *
 * The head is read in one pass over its octets, which finds where its lines begin and what its Content-Length says.
 * Stream and datagram, framer and decoder all come through here, so they cannot disagree on where a message ends.
 */
import { CLASS, DIGIT, TOKEN } from '../core/chars.ts';
import type { ErrorCode, ParseError } from '../core/error.ts';
import { type Limits, limits } from '../core/limits.ts';
import { conversions } from '../core/octets.ts';
import type { ParseOptions } from '../core/options.ts';
import type { Note } from '../core/result.ts';

const CR = 0x0d;
const LF = 0x0a;
const SP = 0x20;
const HTAB = 0x09;

/** How the octets came. A stream may have CRLFs before a message (RFC 3261 7.5), and Content-Length is mandatory (18.3). */
export type Framing = 'datagram' | 'stream';

export interface HeadOptions extends ParseOptions {
  /** `datagram` where absent. */
  readonly framing?: Framing | undefined;
}

/** What the Content-Length fields of a head say, taken together. */
export type ContentLength = number;
export const NO_LENGTH: ContentLength = -1;
export const BAD_LENGTH: ContentLength = -2;
export const CONFLICTING_LENGTH: ContentLength = -3;

/** The places in a head. */
export interface Head {
  readonly octets: Uint8Array;
  /** The head, and perhaps what follows it, as text: one UTF-16 unit an octet. */
  readonly text: string;
  /** Where the lines begin: the start-line, the fields (folds belong to their field), the blank line. */
  readonly lines: readonly number[];
  /** The first octet of the body. */
  readonly end: number;
  /** Whether any field has more than one line. */
  readonly folded: boolean;
  readonly contentLength: ContentLength;
  readonly notes: readonly Note[];
}

export type HeadOutcome =
  | { readonly kind: 'head'; readonly head: Head }
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'broken'; readonly error: ParseError };

const INCOMPLETE: HeadOutcome = Object.freeze({ kind: 'incomplete' });
const NO_NOTES: readonly Note[] = Object.freeze([]);

/** A head that is longer is rare: this much of what may be a long body is looked at first. */
const WINDOW = 2048;

/** Finds the head at the beginning of the octets. */
export function scanHead(octets: Uint8Array, options: HeadOptions | undefined): HeadOutcome {
  const limit = limits(options?.limits);
  let start = 0;
  if (options?.framing === 'stream') while (octets[start] === CR && octets[start + 1] === LF) start += 2;
  const available = Math.min(octets.length, start + limit.head);
  if (available > start + WINDOW) {
    const outcome = scanWithin(octets, start, start + WINDOW, limit, options);
    if (outcome !== INCOMPLETE) return outcome;
  }
  const outcome = scanWithin(octets, start, available, limit, options);
  if (outcome !== INCOMPLETE || available === octets.length) return outcome;
  return broken('limit', 'message-header', available, `at most ${limit.head} octets`);
}

/** Where lines begin, until it is known how many there are: a list that grows takes several times its room. */
const begins: number[] = [];

/** Finds a head that ends before `n`. The text is for finding line ends, for which engines have vector instructions. */
function scanWithin(
  octets: Uint8Array,
  start: number,
  n: number,
  limit: Limits,
  options: HeadOptions | undefined,
): HeadOutcome {
  const text = conversions.latin1(octets, 0, n);
  const lenient = options?.tolerances?.includes('bare-lf') === true;
  const lines = begins;
  lines[0] = start;
  let count = 1;
  let notes: Note[] | undefined;
  let contentLength = NO_LENGTH;
  let begin = start;
  let folded = false;
  for (let first = start; ; ) {
    const lf = text.indexOf('\n', first);
    if (lf < 0) return INCOMPLETE;
    let to = lf - 1;
    if (to < first || octets[to] !== CR) {
      if (!lenient) return broken('bare-lf', 'message-header', lf, 'CRLF');
      notes ??= [];
      notes.push({ tolerance: 'bare-lf', clause: 'RFC3261-7', offset: lf });
      to = lf;
    }
    const next = lf + 1;
    if (count === 1) {
      const error = checkStartLine(octets, first, to);
      if (error !== undefined) return { kind: 'broken', error };
      if (next < n && isBlank(octets[next] as number)) return broken('start-line', 'start-line', next, 'no fold');
    } else {
      if (to === first) {
        const found = notes ?? NO_NOTES;
        const own = lines.slice(0, count);
        return { kind: 'head', head: { octets, text, lines: own, end: next, folded, contentLength, notes: found } };
      }
      if (next - begin > limit.field) {
        return broken('limit', 'message-header', begin + limit.field, `at most ${limit.field} octets`);
      }
      first = next;
      if (next === n) return INCOMPLETE;
      if (isBlank(octets[next] as number)) {
        folded = true;
        continue;
      }
      const letter = (octets[begin] as number) | 32;
      if (letter === 0x63 || letter === 0x6c) contentLength = addLength(octets, begin, to, contentLength);
      if (count > limit.fields + 1) {
        return broken('limit', 'message-header', begin, `at most ${limit.fields} fields`);
      }
    }
    lines[count++] = next;
    first = next;
    begin = next;
  }
}

function isBlank(code: number): boolean {
  return code === SP || code === HTAB;
}

function broken(code: ErrorCode, rule: string, offset: number, expected: string): HeadOutcome {
  return { kind: 'broken', error: { code, rule, clause: 'RFC3261-7', offset, expected } };
}

/** Only what makes a start-line at all is asked here; a version or URI that nobody serves must stay answerable. */
function checkStartLine(octets: Uint8Array, from: number, to: number): ParseError | undefined {
  if (octets[from] === 0xef && octets[from + 1] === 0xbb && octets[from + 2] === 0xbf) {
    return startLine('encoding', 'start-line', from, 'no byte order mark');
  }
  const version = versionEnd(octets, from, to);
  if (version > 0) return checkStatusLine(octets, version, to);
  let p = from;
  while (p < to && ((CLASS[octets[p] as number] as number) & TOKEN) !== 0) p++;
  if (p === from || octets[p] !== SP) return startLine('start-line', 'Method', p, 'a method and one SP');
  const uri = ++p;
  while (p < to && (octets[p] as number) > SP && octets[p] !== 0x7f) p++;
  if (p === uri || p === to || octets[p] !== SP) return startLine('start-line', 'Request-URI', p, 'a URI and one SP');
  if (versionEnd(octets, p + 1, to) !== to) return startLine('start-line', 'SIP-Version', p + 1, 'SIP/2.0 and CRLF');
  return undefined;
}

function checkStatusLine(octets: Uint8Array, from: number, to: number): ParseError | undefined {
  if (octets[from] !== SP) return startLine('start-line', 'SIP-Version', from, 'SP');
  let p = from + 1;
  while (p < to && ((CLASS[octets[p] as number] as number) & DIGIT) !== 0) p++;
  if (p !== from + 4 || p === to || octets[p] !== SP) {
    return startLine('start-line', 'Status-Code', from + 1, 'three digits and one SP');
  }
  for (; p < to; p++) {
    const code = octets[p] as number;
    if ((code < SP && code !== HTAB) || code === 0x7f) return startLine('control', 'Reason-Phrase', p, 'text');
  }
  return undefined;
}

/** Where the SIP-Version that begins at `from` ends, or -1. */
function versionEnd(octets: Uint8Array, from: number, to: number): number {
  if (to - from < 7 || octets[from + 3] !== 0x2f) return -1;
  const sip = ((octets[from] as number) | 32) === 0x73 && ((octets[from + 1] as number) | 32) === 0x69;
  if (!sip || ((octets[from + 2] as number) | 32) !== 0x70) return -1;
  const major = digitsEnd(octets, from + 4, to);
  if (major === from + 4 || octets[major] !== 0x2e) return -1;
  const minor = digitsEnd(octets, major + 1, to);
  return minor === major + 1 ? -1 : minor;
}

function digitsEnd(octets: Uint8Array, from: number, to: number): number {
  let p = from;
  while (p < to && ((CLASS[octets[p] as number] as number) & DIGIT) !== 0) p++;
  return p;
}

function startLine(code: ErrorCode, rule: string, offset: number, expected: string): ParseError {
  return { code, rule, clause: 'RFC3261-7', offset, expected };
}

const CONTENT_LENGTH = new TextEncoder().encode('content-length');

/** What the lengths say once the field at `begin` is added, if it is a Content-Length. */
function addLength(octets: Uint8Array, begin: number, to: number, known: ContentLength): ContentLength {
  let p = begin + 1;
  if (((octets[begin] as number) | 32) === 0x63) {
    for (p = begin; p < begin + 14; p++) {
      const code = octets[p] as number; // a CR is no "-", though it differs by bit 0x20 only
      if (code < SP || (code | 32) !== CONTENT_LENGTH[p - begin]) return known;
    }
  }
  while (octets[p] === SP || octets[p] === HTAB) p++;
  if (octets[p] !== 0x3a) return known;
  p = skipLws(octets, p + 1, to);
  const digits = p;
  let value = 0;
  for (; p < to && ((CLASS[octets[p] as number] as number) & DIGIT) !== 0; p++) {
    value = Math.min(value * 10 + ((octets[p] as number) - 0x30), Number.MAX_SAFE_INTEGER + 1);
  }
  const good = p > digits && skipLws(octets, p, to) === to && value <= Number.MAX_SAFE_INTEGER;
  if (known === BAD_LENGTH || !good) return BAD_LENGTH;
  return known === NO_LENGTH || known === value ? value : CONFLICTING_LENGTH;
}

/** The first octet that is neither blank nor fold; a CR without LF is no fold. */
export function skipLws(octets: Uint8Array, from: number, to: number): number {
  for (let p = from; p < to; p++) {
    const code = octets[p];
    if (code !== SP && code !== HTAB && code !== LF && (code !== CR || octets[p + 1] !== LF)) return p;
  }
  return to;
}

/** Why a message with this head cannot be told from what follows it on a stream, where it cannot. */
export function streamError(head: Head, limit: number): ParseError | undefined {
  const offset = head.lines[0] as number;
  const at = { rule: 'Content-Length', clause: 'RFC3261-18.3', offset } as const;
  if (head.contentLength === NO_LENGTH) return { code: 'missing', ...at, expected: 'Content-Length' };
  if (head.contentLength === BAD_LENGTH) return { code: 'syntax', ...at, expected: 'digits' };
  if (head.contentLength === CONFLICTING_LENGTH) return { code: 'mismatch', ...at, expected: 'one Content-Length' };
  if (head.end + head.contentLength - offset <= limit) return undefined;
  return { code: 'limit', ...at, expected: `a message of at most ${limit} octets` };
}
