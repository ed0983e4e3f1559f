/*
 *   host             =  hostname / IPv4address / IPv6reference             RFC 3261 25.1
 *   hostname         =  *( domainlabel "." ) toplabel [ "." ]
 *   domainlabel      =  alphanum / alphanum *( alphanum / "-" ) alphanum
 *   toplabel         =  ALPHA / ALPHA *( alphanum / "-" ) alphanum
 *   IPv4address      =  1*3DIGIT "." 1*3DIGIT "." 1*3DIGIT "." 1*3DIGIT
 *   IPv6reference    =  "[" IPv6address "]"                                IPv6address: RFC 5954 4.1, RFC 3986 3.2.2
 */
import { ALPHA, CLASS, DIGIT, HEX, LABEL, runEnd, VCHAR } from './chars.ts';
import type { ClauseId } from './error.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { openRange, type Scanner } from './scanner.ts';
import type { Writer } from './writer.ts';

const CLAUSE: ClauseId = 'RFC3261-25.1';
const DOT = 0x2e;
const HYPHEN = 0x2d;
const BRACKET = 0x5b;

/** A host as written, an IPv6 literal with its brackets. */
export function scanHost(s: Scanner): string | undefined {
  const { codes, end, pos } = s;
  const p = hostEnd(codes, pos, end);
  if (p > 0) {
    s.pos = p;
    return s.text.slice(pos, p);
  }
  if (pos < end && codes[pos] === BRACKET) return scanIPv6Reference(s);
  const begun = pos < end && isHostname(codes[pos] as number);
  return begun ? s.fail('syntax', 'host', CLAUSE, undefined, pos) : s.unexpected('host', CLAUSE);
}

/** Writes the text if it is a host; otherwise nothing, and the answer is false. */
export function writeHost(w: Writer, host: string): boolean {
  const from = w.pos;
  // What is longer could not be read again.
  if (typeof host !== 'string' || host.length > DEFAULT_LIMITS.field || !w.run(host, VCHAR)) return false;
  if (hostEnd(w.octets, from, w.pos) === w.pos) return true;
  const s = openRange(host, w.octets, from, w.pos, undefined);
  if (host.charCodeAt(0) === BRACKET && scanIPv6Reference(s) !== undefined && s.pos === s.end) return true;
  w.back(from);
  return false;
}

/** Where the hostname or IPv4address ends that begins at `from`; -1 where none does. */
function hostEnd(codes: Uint8Array, from: number, end: number): number {
  const address = ipv4End(codes, from, end, 999);
  if (address > 0 && (address === end || !isHostname(codes[address] as number))) return address;
  let top = from;
  for (let label = from; ; ) {
    const p = runEnd(codes, label, end, LABEL);
    const more = p < end && codes[p] === DOT;
    if (p > label) {
      if (codes[label] === HYPHEN || codes[p - 1] === HYPHEN) return -1;
      top = label;
    } else if (more || p === from) return -1; // a dot may follow the last label only
    if (!more) return ((CLASS[codes[top] as number] as number) & ALPHA) !== 0 ? p : -1;
    label = p + 1;
  }
}

function isHostname(code: number): boolean {
  return ((CLASS[code] as number) & LABEL) !== 0 || code === DOT;
}

/**
 * Where the IPv4address that begins at `from` ends; -1 where none does. RFC 3261 lets each number have any three digits;
 * inside an IPv6 literal it is a dec-octet (RFC 3986 3.2.2).
 */
function ipv4End(codes: Uint8Array, from: number, end: number, max: 255 | 999): number {
  let p = from;
  for (let dots = 0; ; dots++) {
    const start = p;
    let value = 0;
    for (; p < end && ((CLASS[codes[p] as number] as number) & DIGIT) !== 0; p++) {
      value = value * 10 + (codes[p] as number) - 0x30;
    }
    const digits = p - start;
    if (digits === 0 || digits > 3 || value > max) return -1;
    if (max === 255 && digits > 1 && codes[start] === 0x30) return -1;
    if (dots === 3) return p;
    if (p === end || codes[p] !== DOT) return -1;
    p++;
  }
}

function scanIPv6Reference(s: Scanner): string | undefined {
  const { codes, end, pos } = s;
  let p = pos + 1;
  while (p < end && (((CLASS[codes[p] as number] as number) & HEX) !== 0 || codes[p] === 0x3a || codes[p] === DOT)) p++;
  if (p >= end) return s.fail('unterminated', 'IPv6reference', CLAUSE, ']', pos);
  if (codes[p] !== 0x5d) {
    s.pos = p;
    return s.unexpected('IPv6reference', CLAUSE, ']');
  }
  if (!isIPv6(codes, pos + 1, p)) return s.fail('syntax', 'IPv6address', 'RFC5954-4.1', undefined, pos + 1);
  s.pos = p + 1;
  return s.text.slice(pos, p + 1);
}

/** Eight groups of up to four hex digits, the last two also as an IPv4 address, or fewer around one "::". */
function isIPv6(codes: Uint8Array, from: number, to: number): boolean {
  let groups = 0;
  let compressed = false;
  let p = from;
  if (codes[p] === 0x3a) {
    if (codes[p + 1] !== 0x3a) return false;
    compressed = true;
    p += 2;
  }
  while (p < to) {
    const start = p;
    while (p < to && ((CLASS[codes[p] as number] as number) & HEX) !== 0) p++;
    if (p < to && codes[p] === DOT) {
      groups += 2;
      if (ipv4End(codes, start, to, 255) !== to) return false;
      break;
    }
    if (p === start || p - start > 4) return false;
    groups++;
    if (p === to) break;
    p++; // the colon: nothing else but a dot is left in the range
    if (p === to) return false;
    if (codes[p] === 0x3a) {
      if (compressed) return false;
      compressed = true;
      p++;
    }
  }
  return compressed ? groups <= 7 : groups === 8;
}
