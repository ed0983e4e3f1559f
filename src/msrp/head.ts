/*
 *   msrp-req-or-resp  =  msrp-request / msrp-response                                    RFC 4975 9
 *   msrp-request      =  req-start headers [content-stuff] end-line
 *   msrp-response     =  resp-start headers end-line
 *   req-start         =  pMSRP SP transact-id SP method CRLF
 *   resp-start        =  pMSRP SP transact-id SP status-code [SP comment] CRLF
 *   method            =  mSEND / mREPORT / other-method          other-method = 1*UPALPHA
 *   content-stuff     =  *(Other-Mime-header CRLF) Content-Type 2CRLF data CRLF
 *
 * The head is read line by line, and reading may go on when more octets have come. Framer, decoder and incremental
 * decoder all come through here, so they cannot disagree.
 */
import type { ErrorCode, ParseError } from '../core/error.ts';
import { type Limits, limits } from '../core/limits.ts';
import { conversions } from '../core/octets.ts';
import type { ParseOptions } from '../core/options.ts';
import { isMsrp, TEXT } from './chars.ts';
import { agrees, endLineLength, flagOf, type IdPlace, startsMessage } from './end-line.ts';
import { identEnd } from './ident.ts';
import type { Continuation } from './message.ts';

const CR = 0x0d;
const LF = 0x0a;
const SP = 0x20;
const DASH = 0x2d;
const COLON = 0x3a;
/** Behind "MSRP " */
const ID = 5;
/** Longer heads are rare. */
const WINDOW = 512;

/** Where the parts of a head stand in octets that begin with it. */
export class Head implements IdPlace {
  octets: Uint8Array;
  readonly idFrom: number = ID;
  idTo = 0;
  /** Whether the start-line has a status-code. */
  isResponse = false;
  /** Where the lines begin: the start-line, the headers, and what ends the head. */
  readonly lines: number[] = [0];
  /** Behind the blank line or the end-line; 0 until it is found. */
  end = 0;
  /** What the end-line says where there is no body. */
  continuation: Continuation | undefined = undefined;
  /** The octets of the body that Byte-Range promises, -1 where it promises none. */
  promised = -1;
  error: ParseError | undefined = undefined;
  readonly limits: Limits;
  private hasToPath = false;
  /** Up to here the octets have been searched for the end of a line. */
  private searched = 0;
  /** The first octets as text, one UTF-16 unit each: engines find line ends in it with vector instructions. */
  private window = '';

  constructor(octets: Uint8Array, options: ParseOptions | undefined) {
    this.octets = octets;
    this.limits = limits(options?.limits);
  }

  /** Reads as far as the octets go; true once the head is whole. Where it never will be, `error` says why. */
  read(): boolean {
    const { octets, lines } = this;
    const to = Math.min(octets.length, this.limits.head);
    if (this.searched === 0) this.window = conversions.latin1(octets, 0, Math.min(to, WINDOW));
    let begin = lines[lines.length - 1] as number;
    for (;;) {
      const lf = this.nextLf(to);
      if (lf < 0) return this.interrupted(begin);
      if (lf === begin || octets[lf - 1] !== CR) return this.fail('bare-lf', 'headers', lf, 'CRLF');
      const lineEnd = lf - 1;
      const p = lf + 1;
      if (begin === 0) {
        if (!this.readStart(lineEnd)) return false;
      } else if (begin === lineEnd) {
        this.end = p;
        return this.isResponse ? this.fail('syntax', 'msrp-response', begin, 'an end-line') : this.finish();
      } else if (octets[begin] === DASH && this.isDashed(begin)) {
        return this.readEndLine(begin, p);
      } else if (!this.readField(begin, lineEnd)) return false;
      begin = p;
      lines.push(p);
    }
  }

  /** The next LF that was not found yet, or -1 where there is none before `to`. */
  private nextLf(to: number): number {
    let from = this.searched;
    let lf = this.window.indexOf('\n', from);
    if (lf < 0) {
      from = Math.max(from, this.window.length);
      lf = this.octets.subarray(from, to).indexOf(LF);
      if (lf >= 0) lf += from;
    }
    this.searched = lf < 0 ? to : lf + 1;
    return lf;
  }

  /** The octets end within a line. */
  private interrupted(begin: number): boolean {
    const { octets } = this;
    if (begin === 0 && !startsMessage(octets, 0)) return this.fail('start-line', 'pMSRP', 0, 'MSRP and one SP');
    const { head } = this.limits;
    return octets.length > head ? this.fail('limit', 'headers', head, `at most ${head} octets`) : false;
  }

  private readStart(to: number): boolean {
    const { octets } = this;
    if (to < ID || !startsMessage(octets, 0)) return this.fail('start-line', 'pMSRP', 0, 'MSRP and one SP');
    this.idTo = identEnd(octets, ID);
    if (this.idTo < 0) return this.fail('start-line', 'transact-id', ID, '4 to 32 characters');
    if (octets[this.idTo] !== SP) return this.fail('start-line', 'transact-id', this.idTo, 'one SP');
    let p = this.idTo + 1;
    const from = p;
    while (isUpper(octets[p])) p++;
    if (p > from) return p === to || this.fail('start-line', 'method', p, 'capitals up to the end of the line');
    while (isDigit(octets[p])) p++;
    if (p === from) return this.fail('start-line', 'method', p, 'a method in capitals, or three digits');
    if (p !== from + 3) return this.fail('start-line', 'status-code', from, 'three digits');
    this.isResponse = true;
    if (p < to && octets[p] !== SP) return this.fail('start-line', 'status-code', p, 'one SP or the end of the line');
    for (; p < to; p++) {
      const octet = octets[p] as number;
      if (octet < 0x80 && !isMsrp(octet, TEXT)) return this.fail('control', 'comment', p, 'text');
    }
    return true;
  }

  private readField(begin: number, to: number): boolean {
    const { octets, limits } = this;
    if (this.lines.length > limits.fields + 1) {
      return this.fail('limit', 'headers', begin, `at most ${limits.fields} headers`);
    }
    if (to - begin > limits.field) {
      return this.fail('limit', 'header', begin + limits.field, `at most ${limits.field} octets`);
    }
    if (!this.hasToPath && isNamed(octets, begin, 'To-Path')) this.hasToPath = true;
    else if (this.promised < 0 && isNamed(octets, begin, 'Byte-Range')) this.promised = promisedBy(octets, begin);
    return true;
  }

  /** Whether a line begins with seven dashes, as no header does. */
  private isDashed(begin: number): boolean {
    for (let p = begin; p < begin + 7; p++) if (this.octets[p] !== DASH) return false;
    return true;
  }

  private readEndLine(begin: number, next: number): boolean {
    const { octets } = this;
    if (next - begin !== endLineLength(this) - 2 || !agrees(octets, begin, this, 2)) {
      return this.fail('mismatch', 'end-line', begin, 'the transaction id of the start-line, a flag and CRLF');
    }
    this.end = next;
    this.continuation = flagOf(octets, next - 3);
    return this.finish();
  }

  private finish(): boolean {
    return this.hasToPath || this.fail('missing', 'To-Path', 0, 'a To-Path');
  }

  private fail(code: ErrorCode, rule: string, offset: number, expected: string): false {
    this.error = { code, rule, clause: 'RFC4975-9', offset, expected };
    return false;
  }

  /** The head, and perhaps what follows it, as text: one UTF-16 unit an octet. */
  text(): string {
    return this.end <= this.window.length ? this.window : conversions.latin1(this.octets, 0, this.end);
  }
}

function isUpper(octet: number | undefined): boolean {
  return octet !== undefined && octet >= 0x41 && octet <= 0x5a;
}

/** Whether the header that begins here has the name, whatever its case. */
export function isNamed(octets: Uint8Array, begin: number, name: string): boolean {
  const { length } = name;
  if (octets[begin + length] !== COLON) return false;
  for (let i = 0; i < length; i++) {
    const octet = octets[begin + i] as number;
    const code = name.charCodeAt(i);
    if (octet !== code && (octet ^ code) !== 0x20) return false;
    if (octet !== code && !isLetter(octet)) return false;
  }
  return true;
}

function isLetter(octet: number): boolean {
  return (octet | 0x20) >= 0x61 && (octet | 0x20) <= 0x7a;
}

const BYTE_RANGE = 'Byte-Range: '.length;

/**
 * The length of a body by its Byte-Range header, -1 where it tells none. Whether the range is right does not matter
 * here: it only says where to look.
 */
function promisedBy(octets: Uint8Array, begin: number): number {
  let p = begin + BYTE_RANGE;
  if (octets[p - 1] !== SP) return -1;
  let start = 0;
  for (; isDigit(octets[p]); p++) start = start * 10 + (octets[p] as number) - 0x30;
  if (octets[p] !== DASH || !isDigit(octets[p + 1])) return -1;
  let end = 0;
  for (p++; isDigit(octets[p]); p++) end = end * 10 + (octets[p] as number) - 0x30;
  return Math.max(-1, end - start + 1);
}

function isDigit(octet: number | undefined): boolean {
  return octet !== undefined && octet >= 0x30 && octet <= 0x39;
}
