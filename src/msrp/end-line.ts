/*
 *   end-line           =  "-------" transact-id continuation-flag CRLF                   RFC 4975 9
 *   continuation-flag  =  "+" / "$" / "#"
 *
 * Behind a body a CRLF goes before it, which is no part of the body (RFC 4975 7.1). Nothing but these octets exactly
 * ends a body.
 */
import { conversions } from '../core/octets.ts';
import type { Continuation } from './message.ts';

const CR = 0x0d;
const LF = 0x0a;
const DASH = 0x2d;
const DASHES = 7;

/** Where the transaction id stands in the octets of a start-line. */
export interface IdPlace {
  readonly octets: Uint8Array;
  readonly idFrom: number;
  readonly idTo: number;
}

/** Octets of the end-line with the CRLF before it. */
export function endLineLength({ idFrom, idTo }: IdPlace): number {
  return 2 + DASHES + (idTo - idFrom) + 1 + 2;
}

/**
 * Whether the octets from `at` on agree with the end-line, as far as they go. `first` is the octet of the end-line
 * that stands at `at`: 0 the CR before it, 2 its first dash.
 */
export function agrees(octets: Uint8Array, at: number, id: IdPlace, first: 0 | 2): boolean {
  const { length } = octets;
  let p = at;
  if (first === 0) {
    if (p < length && octets[p++] !== CR) return false;
    if (p < length && octets[p++] !== LF) return false;
  }
  for (const to = Math.min(length, p + DASHES); p < to; p++) if (octets[p] !== DASH) return false;
  const idTo = Math.min(length, p + id.idTo - id.idFrom);
  for (let i = id.idFrom; p < idTo; p++, i++) if (octets[p] !== id.octets[i]) return false;
  if (p < length && !isFlag(octets[p++])) return false;
  if (p < length && octets[p++] !== CR) return false;
  return p >= length || octets[p] === LF;
}

function isFlag(octet: number | undefined): boolean {
  return octet === 0x24 || octet === 0x2b || octet === 0x23;
}

/**
 * The first dash at `from` or any number of times seven octets behind it, since of seven dashes one stands there; the
 * length or more where there is none. Four at a time: most bodies have few.
 */
function nextDash(octets: Uint8Array, from: number): number {
  const { length } = octets;
  const last = length - 3 * DASHES;
  let p = from;
  for (; p < last; p += 4 * DASHES) {
    if (octets[p] === DASH || octets[p + DASHES] === DASH) break;
    if (octets[p + 2 * DASHES] === DASH || octets[p + 3 * DASHES] === DASH) break;
  }
  while (p < length && octets[p] !== DASH) p += DASHES;
  return p;
}

/** The first end-line at `from` or behind it: where the CR before it stands, or -1. */
function searchEndLine(octets: Uint8Array, from: number, id: IdPlace): number {
  const last = octets.length - endLineLength(id);
  for (let p = nextDash(octets, from + 1 + DASHES); p < octets.length; p = nextDash(octets, p + DASHES)) {
    let dash = p;
    while (p - dash < DASHES - 1 && octets[dash - 1] === DASH) dash--;
    const at = dash - 2;
    if (at >= from && at <= last && agrees(octets, at, id, 0)) return at;
  }
  return -1;
}

const START = [0x4d, 0x53, 0x52, 0x50, 0x20]; // "MSRP "

/** Whether the octets from `at` on begin a message, as far as they go. */
export function startsMessage(octets: Uint8Array, at: number): boolean {
  const to = Math.min(START.length, octets.length - at);
  for (let i = 0; i < to; i++) if (octets[at + i] !== START[i]) return false;
  return true;
}

/**
 * Where a body that begins at `from` ends, or -1 where its end is not there yet. `promised` is the length that
 * Byte-Range gives, -1 where it gives none. What stands there is looked at first, so that a body may hold its own
 * end-line; but the octets decide (RFC 4975 7.3.1): where there is no end-line, it is searched. While the promised
 * one may still come, an end-line counts only with a message or nothing behind it.
 */
export function findBodyEnd(octets: Uint8Array, from: number, id: IdPlace, promised: number): number {
  const size = endLineLength(id);
  const waiting = mayEnd(octets, from, id, promised);
  if (waiting && from + promised + size <= octets.length) return from + promised;
  for (let at = searchEndLine(octets, from, id); at >= 0; at = searchEndLine(octets, at + size - 2, id)) {
    if (!waiting || startsMessage(octets, at + size)) return at;
  }
  return -1;
}

/** Whether the promised end is one, as far as the octets go. */
export function mayEnd(octets: Uint8Array, from: number, id: IdPlace, promised: number): boolean {
  return promised >= 0 && agrees(octets, from + promised, id, 0);
}

/** Where the last octets begin that may be the first ones of an end-line; the length where none do. */
export function partialEndLine(octets: Uint8Array, from: number, id: IdPlace): number {
  const first = Math.max(from, octets.length - endLineLength(id) + 1);
  for (let at = octets.indexOf(CR, first); at >= 0; at = octets.indexOf(CR, at + 1)) {
    if (agrees(octets, at, id, 0)) return at;
  }
  return octets.length;
}

/** Calls `found` with every place behind seven dashes or more, until it answers true. */
function behindDashes(octets: Uint8Array, found: (at: number) => boolean): boolean {
  for (let p = nextDash(octets, DASHES - 1); p < octets.length; p = nextDash(octets, p + DASHES)) {
    let from = p;
    while (p - from < DASHES - 1 && octets[from - 1] === DASH) from--;
    while (octets[p] === DASH) p++;
    if (p - from >= DASHES && found(p)) return true;
  }
  return false;
}

const SEVEN_DASHES: Uint8Array = /* @__PURE__ */ new Uint8Array(DASHES).fill(DASH);
/** Octets that are searched ahead at most: a message that is left after one chunk has not been searched whole. */
const AHEAD = 65_536;

/**
 * Where seven dashes stand in octets that are asked about from front to back. Few contents have any: then no chunk is
 * looked at for the end-line of its transaction. Each octet is searched once.
 */
export class DashSearch {
  readonly #octets: Uint8Array;
  /** From the place asked about last up to here none begin. */
  #clear = 0;
  /** Whether some begin here. */
  #found = false;

  constructor(octets: Uint8Array) {
    this.#octets = octets;
  }

  /** Whether seven dashes stand between `from` and `to`; `from` is never before an earlier one. */
  within(from: number, to: number): boolean {
    if (this.#clear < from) {
      this.#clear = from;
      this.#found = false;
    }
    if (!this.#found && this.#clear + DASHES <= to) this.#search(to);
    return this.#found && this.#clear + DASHES <= to;
  }

  #search(to: number): void {
    const octets = this.#octets;
    const end = Math.min(octets.length, Math.max(to, this.#clear + AHEAD));
    const at = conversions.indexOf(octets.subarray(this.#clear, end), SEVEN_DASHES);
    this.#found = at >= 0;
    this.#clear = at >= 0 ? this.#clear + at : end - DASHES + 1;
  }
}

/** Whether the text stands at `at`, with a continuation-flag behind it. */
function flagBehind(octets: Uint8Array, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (octets[at + i] !== text.charCodeAt(i)) return false;
  return isFlag(octets[at + text.length]);
}

/**
 * Whether the octets hold the end-line of a transaction: seven dashes, the id and a continuation-flag, wherever they
 * stand. Such a body cannot be sent in the transaction (RFC 4975 7.1).
 */
export function holdsEndLine(body: Uint8Array, transactionId: string): boolean {
  return behindDashes(body, (at) => flagBehind(body, at, transactionId));
}

/** Characters of the id that stay, so that what is random about it does. */
const STEM = 24;

/**
 * The transaction id if the body does not hold its end-line, else one made of its beginning and a number that does
 * not; always the same one for the same body.
 */
export function freeTransactionId(transactionId: string, body: Uint8Array): string {
  if (!holdsEndLine(body, transactionId)) return transactionId;
  const stem = `${transactionId.slice(0, STEM)}.`;
  const taken = new Set<number>();
  behindDashes(body, (at) => {
    const tail = conversions.latin1(body, at, Math.min(body.length, at + 33));
    if (tail.startsWith(stem)) taken.add(Number(/^[0-9]*/.exec(tail.slice(stem.length))));
    return false;
  });
  let number = 1;
  while (taken.has(number)) number++;
  return stem + number;
}

/** What the end-line says at its flag. */
export function flagOf(octets: Uint8Array, at: number): Continuation {
  return String.fromCharCode(octets[at] as number) as Continuation;
}
