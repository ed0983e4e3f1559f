/*
 *   MSRP-URI       =  msrp-scheme "://" authority ["/" session-id] ";" transport *( ";" URI-parameter )   RFC 4975 9
 *   msrp-scheme    =  "msrp" / "msrps"
 *   session-id     =  1*( unreserved / "+" / "=" / "/" )
 *   transport      =  "tcp" / 1*ALPHANUM
 *   URI-parameter  =  token ["=" token]
 *   authority      =  [ userinfo "@" ] host [ ":" port ]                                                  RFC 3986 3.2
 *   host           =  IP-literal / IPv4address / reg-name
 *
 * A reg-name may hold ";" by RFC 3986, behind which nothing tells the transport any more: here it ends the host.
 */
import { CLASS, HEX } from '../core/chars.ts';
import { type Codec, textCodec } from '../core/codec.ts';
import { type ClauseId, EncodeError } from '../core/error.ts';
import { scanHost } from '../core/host.ts';
import type { Param } from '../core/params.ts';
import { scanNumber } from '../core/scan.ts';
import { open, type Scanner } from '../core/scanner.ts';
import { whole } from '../core/write.ts';
import { ALPHANUM, allMsrp, MSRP_CLASS, MSRP_TOKEN, REG_NAME, SESSION_ID, USERINFO } from './chars.ts';

const CLAUSE: ClauseId = 'RFC4975-9';
const AUTHORITY: ClauseId = 'RFC3986-3.2';
const MAX_PORT = 65_535;
const COLON = 0x3a;
const SLASH = 0x2f;

/** Where a session of a participant is reached; without a session-id, a relay or a host. */
export interface MsrpUri {
  /** `msrps` where the connection is protected with TLS. */
  readonly scheme: 'msrp' | 'msrps';
  /** Names an account, with its escapes; no part of what URIs are compared by. */
  readonly userinfo?: string | undefined;
  /** As written, with its escapes; an IPv6 literal with its brackets. */
  readonly host: string;
  readonly port?: number | undefined;
  /** Compares with case. */
  readonly sessionId?: string | undefined;
  /** `tcp`; compares without case. */
  readonly transport: string;
  readonly params: readonly Param[];
}

/** @duty LM-A2 (parse) */
export const msrpUri: Codec<MsrpUri> & { scan(s: Scanner): MsrpUri | undefined } = /* @__PURE__ */ textCodec<MsrpUri>({
  name: 'msrp-uri',
  rule: 'MSRP-URI',
  clause: CLAUSE,
  scan: scanMsrpUri,
  format: formatMsrpUri,
});

const NO_PARAMS: readonly Param[] = Object.freeze([]);

/** Reads a URI from `s.pos` as far as it goes. */
export function scanMsrpUri(s: Scanner): MsrpUri | undefined {
  const scheme = scanScheme(s);
  if (scheme === undefined) return undefined;
  let userinfo: string | undefined;
  if (hasUserinfo(s)) {
    userinfo = scanEscaped(s, USERINFO, 'userinfo');
    if (userinfo === undefined) return undefined;
    s.pos++; // the "@"
  }
  const host = s.peek() === 0x5b ? scanHost(s) : scanEscaped(s, REG_NAME, 'host');
  if (host === undefined) return undefined;
  if (host === '') return s.unexpected('host', AUTHORITY, 'a host');
  let port: number | undefined;
  if (s.take(COLON)) {
    port = scanNumber(s, MAX_PORT, 'port', AUTHORITY);
    if (port < 0) return undefined;
  }
  let sessionId: string | undefined;
  if (s.take(SLASH)) {
    sessionId = scanClass(s, SESSION_ID, 'session-id');
    if (sessionId === undefined) return undefined;
  }
  if (!s.take(0x3b)) return s.unexpected('MSRP-URI', CLAUSE, '";" and the transport');
  const transport = scanClass(s, ALPHANUM, 'transport');
  if (transport === undefined) return undefined;
  const params = s.peek() === 0x3b ? scanUriParams(s) : NO_PARAMS;
  if (params === undefined) return undefined;
  return { scheme, userinfo, host, port, sessionId, transport, params };
}

/** msrp-scheme and "://" */
function scanScheme(s: Scanner): 'msrp' | 'msrps' | undefined {
  const { codes, end } = s;
  for (let i = 0; i < 4; i++, s.pos++) {
    const code = s.peek();
    if ((code | 0x20) !== 'msrp'.charCodeAt(i) || code < 0x41) return s.unexpected('msrp-scheme', CLAUSE, 'msrp');
  }
  const secure = s.take(0x73) || s.take(0x53);
  const p = s.pos;
  if (p + 2 < end && codes[p] === COLON && codes[p + 1] === SLASH && codes[p + 2] === SLASH) {
    s.pos = p + 3;
    return secure ? 'msrps' : 'msrp';
  }
  for (const code of [COLON, SLASH, SLASH]) if (!s.take(code)) break;
  return s.unexpected('MSRP-URI', CLAUSE, '://');
}

/** Whether an "@" ends what may be userinfo: nothing behind the userinfo may hold one. */
function hasUserinfo(s: Scanner): boolean {
  const { codes, end } = s;
  for (let p = s.pos; p < end; p++) {
    const code = codes[p] as number;
    if (code === 0x40) return true;
    if (((MSRP_CLASS[code] as number) & USERINFO) === 0 && code !== 0x25) return false;
  }
  return false;
}

/** Characters of the class and %-escapes, possibly none. */
function scanEscaped(s: Scanner, mask: number, rule: string): string | undefined {
  const { codes, end, pos } = s;
  let p = pos;
  while (p < end) {
    const code = codes[p] as number;
    if (((MSRP_CLASS[code] as number) & mask) !== 0) p++;
    else if (code !== 0x25) break;
    else if (p + 2 < end && isHex(codes[p + 1]) && isHex(codes[p + 2])) p += 3;
    else return s.fail('escape', rule, 'RFC3986-2.1', '% and two hex digits', p);
  }
  s.pos = p;
  return s.text.slice(pos, p);
}

function isHex(code: number | undefined): boolean {
  return ((CLASS[code as number] as number) & HEX) !== 0;
}

/** The longest run of characters of the class; at least one. */
function scanClass(s: Scanner, mask: number, rule: string): string | undefined {
  const { codes, end, pos } = s;
  let p = pos;
  while (p < end && ((MSRP_CLASS[codes[p] as number] as number) & mask) !== 0) p++;
  s.pos = p;
  return p === pos ? s.unexpected(rule, CLAUSE) : s.text.slice(pos, p);
}

function scanUriParams(s: Scanner): readonly Param[] | undefined {
  const params: Param[] = [];
  while (s.take(0x3b)) {
    if (params.length === s.limits.params) {
      return s.fail('limit', 'URI-parameter', CLAUSE, `at most ${s.limits.params} parameters`);
    }
    const name = scanClass(s, MSRP_TOKEN, 'URI-parameter');
    if (name === undefined) return undefined;
    const value = s.take(0x3d) ? scanClass(s, MSRP_TOKEN, 'URI-parameter') : undefined;
    if (s.error !== undefined) return undefined;
    params.push({ name, value, quoted: undefined });
  }
  return params;
}

/** Writes a URI. Throws EncodeError on what the grammar does not let through. */
export function formatMsrpUri(uri: MsrpUri): string {
  const { scheme, userinfo, host, port, sessionId, transport, params } = uri;
  if (scheme !== 'msrp' && scheme !== 'msrps') throw new EncodeError('msrp or msrps', 'scheme', CLAUSE);
  let text = `${scheme}://`;
  if (userinfo !== undefined) text += `${formatEscaped(userinfo, USERINFO, 'userinfo')}@`;
  text += formatHost(host);
  if (port !== undefined) text += `:${whole(port, 0, MAX_PORT, 'port', AUTHORITY)}`;
  if (sessionId !== undefined) text += `/${only(sessionId, SESSION_ID, 'session-id', 'sessionId')}`;
  text += `;${only(transport, ALPHANUM, 'transport', 'transport')}`;
  for (let i = 0; i < params.length; i++) {
    const { name, value } = params[i] as Param;
    text += `;${only(name, MSRP_TOKEN, 'token', `params[${i}].name`)}`;
    if (value !== undefined) text += `=${only(value, MSRP_TOKEN, 'token', `params[${i}].value`)}`;
  }
  return text;
}

function only(text: string, mask: number, what: string, path: string): string {
  if (allMsrp(text, mask)) return text;
  throw new EncodeError(`${JSON.stringify(text)} is no ${what}`, path, CLAUSE);
}

function formatHost(host: string): string {
  if (host === '') throw new EncodeError('may not be empty', 'host', AUTHORITY);
  if (typeof host !== 'string' || !host.startsWith('[')) return formatEscaped(host, REG_NAME, 'host');
  const s = open(host, 'host', AUTHORITY, undefined);
  if (s.error === undefined && scanHost(s) !== undefined && s.pos === s.end) return host;
  throw new EncodeError(`${JSON.stringify(host)} is no host`, 'host', AUTHORITY);
}

function formatEscaped(text: string, mask: number, path: string): string {
  if (typeof text !== 'string') throw new EncodeError(`a value of type ${typeof text} is no text`, path, AUTHORITY);
  const s = open(text, path, AUTHORITY, undefined);
  if (s.error === undefined && scanEscaped(s, mask, path) !== undefined && s.pos === s.end) return text;
  throw new EncodeError(`${JSON.stringify(text)} holds what must be escaped as %HH`, path, AUTHORITY);
}
