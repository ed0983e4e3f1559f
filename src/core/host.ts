/*
 *   host             =  hostname / IPv4address / IPv6reference             RFC 3261 25.1
 *   hostname         =  *( domainlabel "." ) toplabel [ "." ]
 *   domainlabel      =  alphanum / alphanum *( alphanum / "-" ) alphanum
 *   toplabel         =  ALPHA / ALPHA *( alphanum / "-" ) alphanum
 *   IPv4address      =  1*3DIGIT "." 1*3DIGIT "." 1*3DIGIT "." 1*3DIGIT
 *   IPv6reference    =  "[" IPv6address "]"                                IPv6address: RFC 5954 4.1, RFC 3986 3.2.2
 */
import { ALPHA, CLASS, DIGIT, HEX } from './chars.ts';
import type { ClauseId } from './error.ts';
import type { Scanner } from './scanner.ts';

const CLAUSE: ClauseId = 'RFC3261-25.1';
const DOT = 0x2e;
const HYPHEN = 0x2d;
const ALPHANUM = ALPHA | DIGIT;

/** A host as written, an IPv6 literal with its brackets. */
export function scanHost(s: Scanner): string | undefined {
  const { codes, end, pos } = s;
  if (pos < end && codes[pos] === 0x5b) return scanIPv6Reference(s);
  let label = pos;
  let top = pos;
  let sound = true;
  let p = pos;
  for (; p < end; p++) {
    const code = codes[p] as number;
    if (((CLASS[code] as number) & ALPHANUM) !== 0) continue;
    if (code === HYPHEN) {
      if (p === label) sound = false;
    } else if (code === DOT) {
      if (p === label || codes[p - 1] === HYPHEN) sound = false;
      top = label;
      label = p + 1;
    } else break;
  }
  if (p === pos) return s.unexpected('host', CLAUSE);
  // A dot may follow the last label, which is then the one before it.
  if (label < p) top = label;
  sound &&= codes[p - 1] !== HYPHEN && ((CLASS[codes[top] as number] as number) & ALPHA) !== 0;
  if (!sound && !isIPv4(codes, pos, p, 999)) return s.fail('syntax', 'host', CLAUSE, undefined, pos);
  s.pos = p;
  return s.text.slice(pos, p);
}

/** RFC 3261 lets each number have any three digits; inside an IPv6 literal it is a dec-octet (RFC 3986 3.2.2). */
function isIPv4(codes: Uint8Array, from: number, to: number, max: 255 | 999): boolean {
  let dots = 0;
  let start = from;
  let value = 0;
  for (let p = from; p <= to; p++) {
    const code = p < to ? (codes[p] as number) : DOT;
    if (code === DOT) {
      const digits = p - start;
      if (digits === 0 || digits > 3 || value > max) return false;
      if (max === 255 && digits > 1 && codes[start] === 0x30) return false;
      if (p < to) dots++;
      start = p + 1;
      value = 0;
    } else if (((CLASS[code] as number) & DIGIT) === 0) return false;
    else value = value * 10 + code - 0x30;
  }
  return dots === 3;
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
      if (!isIPv4(codes, start, to, 255)) return false;
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
