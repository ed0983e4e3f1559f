/*
 *   absolute-URI  =  scheme ":" hier-part [ "?" query ]                                RFC 3986 4.3
 *   hier-part     =  "//" authority path-abempty / path-absolute / path-rootless / path-empty
 *   authority     =  [ userinfo "@" ] host [ ":" port ]
 *   host          =  IP-literal / IPv4address / reg-name      IP-literal = "[" ( IPv6address / IPvFuture ) "]"
 *   IPvFuture     =  "v" 1*HEXDIG "." 1*( unreserved / sub-delims / ":" )
 *   pchar         =  unreserved / pct-encoded / sub-delims / ":" / "@"
 *   query         =  *( pchar / "/" / "?" )
 *
 * URIs of any scheme, as text: what CPIM headers and content indirection hold. No fragment, no relative reference.
 * Brackets may stand in paths and queries too, as RFC 2732 has it of RFC 2396: without them no SIP URI has IPv6.
 */
import { ALPHA, CLASS, DIGIT, HEX, SCHEME } from '../core/chars.ts';
import type { ClauseId } from '../core/error.ts';
import { scanHost } from '../core/host.ts';
import type { Scanner } from '../core/scanner.ts';

const CLAUSE: ClauseId = 'RFC3986-4.3';

// What may stand where, as bits over ASCII; "%" begins an escape and is none of them.
const REG_NAME = 1;
const USERINFO = 2;
const PCHAR = 4;
const QUERY = 8;
const PLACES = /* @__PURE__ */ places();

function places(): Uint8Array {
  const table = new Uint8Array(256);
  const add = (characters: string, bits: number): void => {
    for (let i = 0; i < characters.length; i++) {
      const code = characters.charCodeAt(i);
      table[code] = (table[code] as number) | bits;
    }
  };
  for (let code = 0; code < 128; code++) {
    if (((CLASS[code] as number) & (ALPHA | DIGIT)) !== 0) table[code] = REG_NAME | USERINFO | PCHAR | QUERY;
  }
  add("-._~!$&'()*+,;=", REG_NAME | USERINFO | PCHAR | QUERY);
  add(':', USERINFO | PCHAR | QUERY);
  add('@[]', PCHAR | QUERY);
  add('/?', QUERY);
  return table;
}

/** An absolute URI that ends at `to`, as written. */
export function scanAbsoluteUri(s: Scanner, to: number): string | undefined {
  const { codes, pos, text } = s;
  let p = pos;
  if (p < to && ((CLASS[codes[p] as number] as number) & ALPHA) !== 0) {
    do p++;
    while (p < to && ((CLASS[codes[p] as number] as number) & SCHEME) !== 0);
  }
  if (p === pos || p === to || codes[p] !== 0x3a) return s.fail('syntax', 'scheme', CLAUSE, 'a scheme and a colon', p);
  s.pos = p + 1;
  if (codes[s.pos] === 0x2f && codes[s.pos + 1] === 0x2f && s.pos + 1 < to && !stepOverAuthority(s, to))
    return undefined;
  while (stepOver(s, to, PCHAR) && s.pos < to && codes[s.pos] === 0x2f) s.pos++;
  if (s.error === undefined && s.pos < to && codes[s.pos] === 0x3f) {
    s.pos++;
    stepOver(s, to, QUERY);
  }
  if (s.error !== undefined) return undefined;
  return s.pos === to ? text.slice(pos, to) : s.unexpected('absolute-URI', CLAUSE);
}

/** Steps over characters of the place and escapes, possibly none; false where an escape is bad. */
function stepOver(s: Scanner, to: number, place: number): boolean {
  const { codes } = s;
  let p = s.pos;
  while (p < to) {
    if (((PLACES[codes[p] as number] as number) & place) !== 0) p++;
    else if (codes[p] !== 0x25) break;
    else if (p + 2 < to && isHex(codes[p + 1]) && isHex(codes[p + 2])) p += 3;
    else {
      s.fail('escape', 'pct-encoded', 'RFC3986-2.1', '% and two hex digits', p);
      return false;
    }
  }
  s.pos = p;
  return true;
}

function isHex(code: number | undefined): boolean {
  return ((CLASS[code as number] as number) & HEX) !== 0;
}

function stepOverAuthority(s: Scanner, to: number): boolean {
  const { codes } = s;
  s.pos += 2;
  const from = s.pos;
  if (!stepOver(s, to, USERINFO)) return false;
  if (s.pos < to && codes[s.pos] === 0x40) s.pos++;
  else s.pos = from; // there was no userinfo
  const good = codes[s.pos] === 0x5b && s.pos < to ? stepOverIpLiteral(s, to) : stepOver(s, to, REG_NAME);
  if (!good) return false;
  if (s.pos < to && codes[s.pos] === 0x3a) {
    do s.pos++;
    while (s.pos < to && ((CLASS[codes[s.pos] as number] as number) & DIGIT) !== 0);
  }
  if (s.pos === to || codes[s.pos] === 0x2f || codes[s.pos] === 0x3f) return true;
  s.unexpected('authority', CLAUSE, '"/", "?" or the end');
  return false;
}

function stepOverIpLiteral(s: Scanner, to: number): boolean {
  const { codes, end } = s;
  if (((codes[s.pos + 1] as number) | 0x20) === 0x76) return stepOverFuture(s, to);
  s.end = to;
  const host = scanHost(s);
  s.end = end;
  return host !== undefined;
}

function stepOverFuture(s: Scanner, to: number): boolean {
  const { codes, pos } = s;
  let p = pos + 2;
  while (p < to && isHex(codes[p])) p++;
  const dot = p;
  if (dot > pos + 2 && p < to && codes[p] === 0x2e) {
    do p++;
    while (p < to && ((PLACES[codes[p] as number] as number) & USERINFO) !== 0);
  }
  if (p > dot + 1 && p < to && codes[p] === 0x5d) {
    s.pos = p + 1;
    return true;
  }
  s.fail('syntax', 'IPvFuture', CLAUSE, 'v, hex digits, a dot and an address', Math.min(p, to));
  return false;
}
