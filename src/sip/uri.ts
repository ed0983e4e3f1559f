/*
 *   SIP-URI          =  "sip:" [ userinfo ] hostport uri-parameters [ headers ]          RFC 3261 25.1
 *   SIPS-URI         =  "sips:" [ userinfo ] hostport uri-parameters [ headers ]
 *   userinfo         =  ( user / telephone-subscriber ) [ ":" password ] "@"
 *   user             =  1*( unreserved / escaped / user-unreserved )
 *   password         =  *( unreserved / escaped / "&" / "=" / "+" / "$" / "," )
 *   hostport         =  host [ ":" port ]
 *   uri-parameters   =  *( ";" uri-parameter )
 *   uri-parameter    =  pname [ "=" pvalue ]                each name once, RFC 3261 19.1.1
 *   headers          =  "?" header *( "&" header )
 *   header           =  hname "=" hvalue
 *   absoluteURI      =  scheme ":" ( hier-part / opaque-part )
 *
 * A telephone-subscriber inside a SIP URI is made of user characters, so it is a user here. `tel:` is in tel-uri.ts.
 */

import { CLASS, PASSWORD, runEnd, SCHEME, URI_HEADER, URI_PARAM, URIC, USER } from '../core/chars.ts';
import { type Codec, textCodec } from '../core/codec.ts';
import { type ClauseId, EncodeError, within } from '../core/error.ts';
import { scanHost, writeHost } from '../core/host.ts';
import type { Param } from '../core/params.ts';
import { added, scanNumber } from '../core/scan.ts';
import { open, type Scanner } from '../core/scanner.ts';
import { asciiLower } from '../core/text.ts';
import { whole } from '../core/write.ts';
import { type Writer, written } from '../core/writer.ts';
import { scanEscaped, writeEscaped } from './escaped.ts';
import { formatTel, scanTel, type TelUri } from './tel-uri.ts';

const CLAUSE: ClauseId = 'RFC3261-25.1';
const MAX_PORT = 65_535;
const COLON = 0x3a;
const SIP: Uint8Array = new TextEncoder().encode('sip:');

/** A SIP or SIPS URI. User, password, parameters and headers keep their %-escapes; `decodeUser` resolves them. */
export interface SipUri {
  readonly scheme: 'sip' | 'sips';
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  /** As written; an IPv6 literal with its brackets. */
  readonly host: string;
  readonly port?: number | undefined;
  readonly params: readonly Param[];
  readonly headers: readonly UriHeader[];
}

export interface UriHeader {
  readonly name: string;
  readonly value: string;
}

/** A URI of any other scheme, kept whole: the scheme in lower case, and all behind its colon as written. */
export interface AbsoluteUri {
  readonly scheme: string;
  readonly rest: string;
}

export type Uri = SipUri | TelUri | AbsoluteUri;

/** Any URI that may stand where RFC 3261 has one: SIP, SIPS, tel, or another absolute URI. */
export const sipUri: Codec<Uri> & { scan(s: Scanner): Uri | undefined } = /* @__PURE__ */ textCodec<Uri>({
  name: 'sip-uri',
  rule: 'addr-spec',
  clause: CLAUSE,
  scan: scanUri,
  write: writeUri,
});

export function isSipUri(uri: Uri): uri is SipUri {
  return 'host' in uri;
}

export function isTelUri(uri: Uri): uri is TelUri {
  return 'number' in uri;
}

/** Reads a URI that takes all of the scanner's range. */
export function scanUri(s: Scanner): Uri | undefined {
  const { codes, end, pos } = s;
  if (pos + 4 < end && codes[pos + 3] === 0x3a && isScheme(codes, pos, 3, 0x73, 0x69, 0x70)) {
    s.pos = pos + 4;
    return scanSipUri(s, 'sip');
  }
  const p = runEnd(codes, pos, end, SCHEME);
  if (p === pos || p === end || codes[p] !== 0x3a) {
    s.pos = p;
    return s.unexpected('scheme', CLAUSE, 'a scheme and ":"');
  }
  s.pos = p + 1;
  const length = p - pos;
  if (isScheme(codes, pos, length, 0x73, 0x69, 0x70)) return scanSipUri(s, length === 3 ? 'sip' : 'sips');
  if (length === 3 && isScheme(codes, pos, 3, 0x74, 0x65, 0x6c)) return scanTel(s);
  return scanAbsolute(s, pos, p);
}

/** Whether the scheme is the three letters, or these and an s. */
function isScheme(codes: Uint8Array, at: number, length: number, a: number, b: number, c: number): boolean {
  if (((codes[at] as number) | 32) !== a || ((codes[at + 1] as number) | 32) !== b) return false;
  if (((codes[at + 2] as number) | 32) !== c) return false;
  return length === 3 || (length === 4 && ((codes[at + 3] as number) | 32) === 0x73);
}

function scanSipUri(s: Scanner, scheme: 'sip' | 'sips'): SipUri | undefined {
  const { codes, end, pos } = s;
  const at = runEnd(codes, pos, end, USER);
  let user: string | undefined;
  let password: string | undefined;
  if (at > pos && at < end && codes[at] === 0x40) {
    user = s.text.slice(pos, at);
    s.pos = at + 1;
  } else if (at < end && hasUserinfo(codes, at, end)) {
    user = scanEscaped(s, USER, 'user');
    if (user === undefined) return undefined;
    if (user === '') return s.unexpected('user', CLAUSE);
    if (s.take(0x3a)) {
      password = scanEscaped(s, PASSWORD, 'password');
      if (password === undefined) return undefined;
    }
    if (!s.take(0x40)) return s.unexpected('userinfo', CLAUSE);
  }
  const host = scanHost(s);
  if (host === undefined) return undefined;
  let port: number | undefined;
  if (s.take(0x3a)) {
    port = scanNumber(s, MAX_PORT, 'port', CLAUSE);
    if (port < 0) return undefined;
  }
  const params = s.pos < s.end ? scanUriParams(s) : NO_PARAMS;
  if (params === undefined) return undefined;
  const headers = s.pos < s.end ? scanUriHeaders(s) : NO_HEADERS;
  if (headers === undefined) return undefined;
  return { scheme, user, password, host, port, params, headers };
}

const NO_PARAMS: readonly Param[] = Object.freeze([]);
const NO_HEADERS: readonly UriHeader[] = Object.freeze([]);

/** Whether an "@" ends what may be userinfo; nothing behind the userinfo may hold one unescaped. */
function hasUserinfo(codes: Uint8Array, from: number, end: number): boolean {
  for (let p = from; p < end; p++) {
    const code = codes[p] as number;
    if (code === 0x40) return true;
    if (((CLASS[code] as number) & USER) === 0 && code !== 0x3a && code !== 0x25) return false;
  }
  return false;
}

function scanUriParams(s: Scanner): readonly Param[] | undefined {
  if (s.codes[s.pos] !== 0x3b) return NO_PARAMS;
  let params: Param[] | undefined;
  let seen: Set<string> | undefined;
  while (s.take(0x3b)) {
    if ((params?.length ?? 0) === s.limits.params) {
      return s.fail('limit', 'uri-parameters', CLAUSE, `at most ${s.limits.params} parameters`);
    }
    const at = s.pos;
    const name = scanEscaped(s, URI_PARAM, 'pname');
    if (name === undefined) return undefined;
    if (name === '') return s.unexpected('pname', CLAUSE);
    if (params !== undefined) {
      seen ??= new Set([asciiLower((params[0] as Param).name)]);
      const size = seen.size;
      if (seen.add(asciiLower(name)).size === size) {
        return s.fail('duplicate', 'uri-parameter', 'RFC3261-19.1.1', 'each parameter once', at);
      }
    }
    let value: string | undefined;
    if (s.take(0x3d)) {
      value = scanEscaped(s, URI_PARAM, 'pvalue');
      if (value === undefined) return undefined;
      if (value === '') return s.unexpected('pvalue', CLAUSE);
    }
    const param: Param = { name, value, quoted: undefined };
    params = added(params, param);
  }
  return params ?? NO_PARAMS;
}

function scanUriHeaders(s: Scanner): readonly UriHeader[] | undefined {
  if (!s.take(0x3f)) return NO_HEADERS;
  const headers: UriHeader[] = [];
  do {
    if (headers.length === s.limits.params) {
      return s.fail('limit', 'headers', CLAUSE, `at most ${s.limits.params} headers`);
    }
    const name = scanEscaped(s, URI_HEADER, 'hname');
    if (name === undefined) return undefined;
    if (name === '') return s.unexpected('hname', CLAUSE);
    if (!s.take(0x3d)) return s.unexpected('header', CLAUSE, '=');
    const value = scanEscaped(s, URI_HEADER, 'hvalue');
    if (value === undefined) return undefined;
    headers.push({ name, value });
  } while (s.take(0x26));
  return headers;
}

/** What no rule of ours knows is kept as it is, once it is made of URI characters. */
function scanAbsolute(s: Scanner, from: number, colon: number): AbsoluteUri | undefined {
  const letter = (s.codes[from] as number) | 32;
  if (letter < 0x61 || letter > 0x7a) return s.fail('syntax', 'scheme', CLAUSE, 'a letter', from);
  const rest = s.pos;
  const read = scanEscaped(s, URIC, 'absoluteURI');
  if (read === undefined) return undefined;
  if (read === '') return s.unexpected('absoluteURI', CLAUSE);
  if (s.peek() === 0x5b && AUTHORITY.test(s.text.slice(rest, s.pos)) && !scanIPv6Authority(s)) return undefined;
  return { scheme: asciiLower(s.text.slice(from, colon)), rest: s.text.slice(rest, s.pos) };
}

/** What may stand before an IPv6 literal: "//" and userinfo. */
const AUTHORITY = /^\/\/(?:[-A-Za-z0-9_.!~*'()&=+$,;?/%]+(?::[-A-Za-z0-9_.!~*'()&=+$,%]*)?@)?$/;

/** An IPv6 literal, its port, and what follows: a path, a query, or nothing. */
function scanIPv6Authority(s: Scanner): boolean {
  if (scanHost(s) === undefined) return false;
  if (s.take(0x3a) && scanNumber(s, MAX_PORT, 'port', CLAUSE) < 0) return false;
  const next = s.peek();
  return next === -1 || next === 0x2f || next === 0x3f ? scanEscaped(s, URIC, 'absoluteURI') !== undefined : true;
}

/** Writes a URI. Throws EncodeError on what the grammar does not let through. */
export function writeUri(w: Writer, uri: Uri): void {
  if (isSipUri(uri)) writeSipUri(w, uri);
  else w.ascii(isTelUri(uri) ? formatTel(uri) : formatAbsolute(uri));
}

function writeSipUri(w: Writer, uri: SipUri): void {
  if (uri.scheme !== 'sip' && uri.scheme !== 'sips') {
    throw new EncodeError('a SIP URI has the scheme sip or sips', 'scheme', CLAUSE);
  }
  if (uri.scheme === 'sip') w.some(SIP, 0, SIP.length);
  else w.ascii('sips:');
  if (uri.user !== undefined) {
    writeEscaped(w, uri.user, USER, 1, 'user');
    if (uri.password !== undefined) {
      w.code(COLON);
      writeEscaped(w, uri.password, PASSWORD, 0, 'password');
    }
    w.code(0x40);
  } else if (uri.password !== undefined) {
    throw new EncodeError('a password needs a user', 'password', CLAUSE);
  }
  writeHostAt(w, uri.host, 'host');
  if (uri.port !== undefined) {
    w.code(COLON);
    w.number(whole(uri.port, 0, MAX_PORT, 'port', CLAUSE));
  }
  if (uri.params.length > 0) writeUriParams(w, uri.params);
  if (uri.headers.length > 0) writeUriHeaders(w, uri.headers);
}

/** The text that `writeUri` writes. */
export function formatUri(uri: Uri): string {
  return written(writeUri, uri);
}

/** Writes a URI that stands at `path` of a value. Throws EncodeError. */
export function writeUriAt(w: Writer, path: string, uri: Uri): void {
  try {
    writeUri(w, uri);
  } catch (error) {
    throw within(path, error);
  }
}

function writeUriParams(w: Writer, params: readonly Param[]): void {
  let seen: Set<string> | undefined;
  let i = 0;
  try {
    for (; i < params.length; i++) {
      const { name, value } = params[i] as Param;
      w.code(0x3b);
      writeEscaped(w, name, URI_PARAM, 1, 'name');
      if (value !== undefined) {
        w.code(0x3d);
        writeEscaped(w, value, URI_PARAM, 1, 'value');
      }
      if (i === 0) continue;
      seen ??= new Set([asciiLower((params[0] as Param).name)]);
      if (seen.size === seen.add(asciiLower(name)).size) {
        throw new EncodeError('a parameter that stands twice', 'name', 'RFC3261-19.1.1');
      }
    }
  } catch (error) {
    throw within(`params[${i}]`, error);
  }
}

function writeUriHeaders(w: Writer, headers: readonly UriHeader[]): void {
  let i = 0;
  try {
    for (; i < headers.length; i++) {
      const { name, value } = headers[i] as UriHeader;
      w.code(i === 0 ? 0x3f : 0x26);
      writeEscaped(w, name, URI_HEADER, 1, 'name');
      w.code(0x3d);
      writeEscaped(w, value, URI_HEADER, 0, 'value');
    }
  } catch (error) {
    throw within(`headers[${i}]`, error);
  }
}

/** What is written must read as the same URI; a scheme that has a type of its own here does not. */
function formatAbsolute(uri: AbsoluteUri): string {
  const scheme = asciiLower(uri.scheme);
  const text = `${scheme}:${uri.rest}`;
  const s = open(text, 'absoluteURI', CLAUSE, undefined);
  const read = s.error === undefined ? scanUri(s) : undefined;
  if (read !== undefined && s.pos === s.end && read.scheme === scheme && 'rest' in read) return text;
  throw new EncodeError(`${JSON.stringify(text)} is no absolute URI`, 'rest', CLAUSE);
}

/** Writes a host. Throws EncodeError. */
export function writeHostAt(w: Writer, host: string, path: string): void {
  if (writeHost(w, host)) return;
  const shown = typeof host === 'string' ? JSON.stringify(host) : `a value of type ${typeof host}`;
  throw new EncodeError(`${shown} is no host`, path, CLAUSE);
}

/** The host as it is, once it is one. Throws EncodeError. */
export function formatHost(host: string, path: string): string {
  return written((w) => writeHostAt(w, host, path), host);
}
