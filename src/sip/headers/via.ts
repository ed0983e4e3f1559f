/*
 *   Via            =  ( "Via" / "v" ) HCOLON via-parm *(COMMA via-parm)                RFC 3261 20.42, 25.1
 *   via-parm       =  sent-protocol LWS sent-by *( SEMI via-params )
 *   sent-protocol  =  protocol-name SLASH protocol-version SLASH transport            three tokens
 *   sent-by        =  host [ COLON port ]
 *   via-params     =  via-ttl / via-maddr / via-received / via-branch / via-extension
 *   via-received   =  "received" EQUAL (IPv4address / IPv6address)
 *   via-extension  =  generic-param
 *   SLASH          =  SWS "/" SWS          COLON  =  SWS ":" SWS
 *
 * An IPv6 address behind "received" stands without brackets; everything else is a generic-param. A branch without
 * the magic cookie, or none, is RFC 2543's and read like any other.
 */
import { CLASS, HEX } from '../../core/chars.ts';
import { type FieldCodec, listCodec } from '../../core/codec.ts';
import type { ClauseId } from '../../core/error.ts';
import { scanHost } from '../../core/host.ts';
import { type Param, scanParams, writeParams } from '../../core/params.ts';
import { scanList, scanNumber, scanToken, takeSeparator } from '../../core/scan.ts';
import { Scanner } from '../../core/scanner.ts';
import { sameText } from '../../core/text.ts';
import { whole } from '../../core/write.ts';
import type { Writer } from '../../core/writer.ts';
import { writeHostAt } from '../uri.ts';
import { writeList } from './comma-list.ts';

const CLAUSE: ClauseId = 'RFC3261-20.42';
const MAX_PORT = 65_535;
const SLASH = 0x2f;
const COLON = 0x3a;
const EQUAL = 0x3d;
const SIP2: readonly number[] = [0x53, 0x49, 0x50, SLASH, 0x32, 0x2e, 0x30, SLASH];
const RECEIVED = 'received';

/** One hop that the message has taken. */
export interface Via {
  /** `SIP` */
  readonly protocol: string;
  /** `2.0` */
  readonly version: string;
  /** `UDP`, `TCP`, `TLS` … */
  readonly transport: string;
  readonly host: string;
  readonly port?: number | undefined;
  readonly params: readonly Param[];
}

/** The hops, the last one first. */
export const via: FieldCodec<readonly Via[]> = /* @__PURE__ */ listCodec<Via>({
  name: 'Via',
  compact: 'v',
  rule: 'Via',
  clause: CLAUSE,
  scan: (s) => scanList(s, scanVia),
  write: (w, hops) => writeList(w, hops, 'Via', CLAUSE, writeVia),
});

function scanVia(s: Scanner): Via | undefined {
  const usual = takeSip2(s);
  const protocol = usual ? 'SIP' : scanPart(s, 'protocol-name');
  if (protocol === undefined) return undefined;
  const version = usual ? '2.0' : scanPart(s, 'protocol-version');
  if (version === undefined) return undefined;
  const transport = scanToken(s, 'transport');
  if (transport === undefined) return undefined;
  const from = s.pos;
  s.skipWsp();
  if (s.pos === from) return s.unexpected('via-parm', CLAUSE, 'a blank');
  const host = scanHost(s);
  if (host === undefined) return undefined;
  let port: number | undefined;
  if (takeSeparator(s, COLON)) {
    port = scanNumber(s, MAX_PORT, 'port', CLAUSE);
    if (port < 0) return undefined;
  }
  const params = scanParams(s, 'via-params', CLAUSE, scanReceived);
  return params === undefined ? undefined : { protocol, version, transport, host, port, params };
}

/** Steps over "SIP/2.0/", with which nearly every value begins. */
function takeSip2(s: Scanner): boolean {
  const { codes, end, pos } = s;
  if (end - pos < SIP2.length) return false;
  for (let i = 0; i < SIP2.length; i++) if (codes[pos + i] !== SIP2[i]) return false;
  s.pos = pos + SIP2.length;
  s.skipWsp();
  return true;
}

/** A token and the slash behind it. */
function scanPart(s: Scanner, rule: string): string | undefined {
  const part = scanToken(s, rule);
  if (part === undefined || takeSeparator(s, SLASH)) return part;
  return s.unexpected('sent-protocol', CLAUSE, '/');
}

/** "received" with a bare IPv6 address; of anything else nothing is consumed and nothing refused. */
function scanReceived(s: Scanner): Param | undefined {
  const { codes, end, pos } = s;
  const nameEnd = pos + RECEIVED.length;
  if (nameEnd >= end || ((codes[pos] as number) | 32) !== 0x72 || codes[pos + 1] === 0x70) return undefined;
  const name = s.slice(pos, nameEnd);
  if (!sameText(name, RECEIVED)) return undefined;
  s.pos = nameEnd;
  if (takeSeparator(s, EQUAL)) {
    const from = s.pos;
    let p = from;
    let colons = 0;
    for (; p < end; p++) {
      if (codes[p] === COLON) colons++;
      else if (codes[p] !== 0x2e && ((CLASS[codes[p] as number] as number) & HEX) === 0) break;
    }
    if (colons > 1 && isIPv6Address(s.slice(from, p))) {
      s.pos = p;
      return { name, value: s.slice(from, p), quoted: undefined };
    }
  }
  s.pos = pos;
  return undefined;
}

/** Asked while the shared scanner is at work, so it has a scanner of its own. */
function isIPv6Address(text: string): boolean {
  const literal = `[${text}]`;
  const codes = new Uint8Array(literal.length);
  for (let i = 0; i < literal.length; i++) codes[i] = Math.min(literal.charCodeAt(i), 0xff);
  const s = new Scanner().reset(literal, codes, 0, literal.length, undefined);
  return scanHost(s) !== undefined && s.pos === s.end;
}

function writeVia(w: Writer, { protocol, version, transport, host, port, params }: Via): void {
  w.token(protocol, 'protocol', CLAUSE);
  w.code(SLASH);
  w.token(version, 'version', CLAUSE);
  w.code(SLASH);
  w.token(transport, 'transport', CLAUSE);
  w.code(0x20);
  writeHostAt(w, host, 'host');
  if (port !== undefined) {
    w.code(COLON);
    w.number(whole(port, 0, MAX_PORT, 'port', CLAUSE));
  }
  writeParams(w, params, 'params', CLAUSE, writeReceived);
}

/** Writes the value of "received" where it is a bare IPv6 address. */
function writeReceived(w: Writer, { name, value }: Param): boolean {
  if (!sameText(name, RECEIVED) || value?.includes(':') !== true || !isIPv6Address(value)) return false;
  w.ascii(value);
  return true;
}
