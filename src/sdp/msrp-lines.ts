/*
 * The lines by which an endpoint describes itself and its message medium (RFC 4975 8), made of what a client wants.
 */
import { type ClauseId, EncodeError, type ParseError, within } from '../core/error.ts';
import { scanHost } from '../core/host.ts';
import type { Result } from '../core/result.ts';
import { open } from '../core/scanner.ts';
import { asciiLower } from '../core/text.ts';
import { type MsrpUri, msrpUri } from '../msrp/uri.ts';
import type { SdpCodec } from './access.ts';
import { attributeCodecs } from './attributes.ts';
import { isSdpToken } from './chars.ts';
import { DIRECTIONS, type Direction } from './direction.ts';
import { type FileDate, fileDate } from './file-date.ts';
import { fileIcon } from './file-icon.ts';
import { type FileRange, fileRange } from './file-range.ts';
import { type FileSelector, fileSelector } from './file-selector.ts';
import { acceptTypes, acceptWrappedTypes, type FormatEntry } from './format-list.ts';
import { fingerprint, type Hash } from './hash.ts';
import { fileDisposition, fileTransferId, type Setup, setup } from './keywords.ts';
import { mediaLine } from './media-line.ts';
import { filesize, maxSize } from './numbers.ts';
import { connectionData, origin } from './origin.ts';
import { path } from './path.ts';
import type { SdpLine, SdpMedia } from './session.ts';

/** The offer of a large message (change request 9.1.1.2 step 5). */
const DUTY = 'LM-E5';
const PATH: ClauseId = 'RFC4975-8.2';

/** Who made a session description, and which one it is (RFC 4566 5.2). */
export interface OriginInput {
  /** `-` where absent. */
  readonly username?: string | undefined;
  /** Digits, at most 2**63-1 (RFC 3264 5). */
  readonly sessionId: string | number;
  /** One more with each new description of the session; 1 where absent. At most 2**63-1. */
  readonly version?: string | number | undefined;
  /** An IPv4 address, an IPv6 address without brackets, or a fully qualified domain name. */
  readonly address: string;
}

/** What an offer and an answer that takes it have in common. */
export interface MsrpEndpoint {
  readonly origin: OriginInput;
  /** `s=`; `-` where absent. */
  readonly sessionName?: string | undefined;
  /** Of `c=`; the host of the endpoint's own URI where absent, as RFC 4975 8.1 wants it. */
  readonly address?: string | undefined;
  /** Of the `m=` line; that of the endpoint's own URI where absent, and no other one but 0, which ends the medium. */
  readonly port?: number | undefined;
  /**
   * The MSRP URIs by which this side is reached, relays first and the endpoint's own URI last. All name their port: 9 for
   * who will only connect (RFC 6135 4.2.2). With `msrps` in the first one the medium goes over TLS.
   */
  readonly path: readonly (string | MsrpUri)[];
  /** What this side accepts: `message/cpim`, `text/*`, `*`. */
  readonly acceptTypes: readonly string[];
  /** What it accepts inside a wrapper besides. */
  readonly acceptWrappedTypes?: readonly string[] | undefined;
  /** Octets of the largest message that it accepts. */
  readonly maxSize?: number | undefined;
  /** Octets of the whole message that will be sent, its wrapper included. */
  readonly fileSize?: number | undefined;
  /** Which file is sent or wanted; its size is that of the file alone. */
  readonly fileSelector?: FileSelector | undefined;
  readonly fileTransferId?: string | undefined;
  readonly fileDisposition?: string | undefined;
  readonly fileDate?: FileDate | undefined;
  /** The Content-ID of the icon, without brackets. */
  readonly fileIcon?: string | undefined;
  readonly fileRange?: FileRange | undefined;
  /** The hash of the certificate for TLS. */
  readonly fingerprint?: Hash | undefined;
  /** Further attributes of the medium, in order, as they stand behind `a=`: `chatroom:nickname`. */
  readonly attributes?: readonly string[] | undefined;
}

/** `v=`, `o=`, `s=`, `c=`, and the lines that say when. Throws EncodeError. */
export function sessionLines(
  given: OriginInput,
  sessionName: string | undefined,
  address: string,
  addressPath: string,
  times: readonly SdpLine[],
): readonly SdpLine[] {
  const own = {
    username: given.username ?? '-',
    sessionId: decimal(given.sessionId, 'origin.sessionId'),
    version: decimal(given.version ?? 1, 'origin.version'),
    ...connectionOf(given.address, 'origin.address'),
  };
  return [
    { type: 'v', value: '0' },
    { type: 'o', value: written(origin, own, 'origin') },
    { type: 's', value: sessionName ?? '-' },
    { type: 'c', value: written(connectionData, connectionOf(address, addressPath), 'address') },
    ...times,
  ];
}

const MAX = 2n ** 63n - 1n;

function decimal(value: string | number, path: string): string {
  const text = String(value);
  if (/^\d{1,19}$/.test(text) && BigInt(text) <= MAX) return text;
  throw new EncodeError(`${JSON.stringify(value)} is no number up to 2**63-1`, path, 'RFC3264-5', DUTY);
}

function connectionOf(address: string, path: string): { netType: string; addressType: string; address: string } {
  const literal = String(address).includes(':');
  const s = open(literal ? `[${address}]` : String(address), 'connection-address', 'RFC4566-5.7', undefined);
  if (s.error !== undefined || scanHost(s) === undefined || s.pos !== s.end) {
    const reason = `${JSON.stringify(address)} is neither an address without brackets nor a domain name`;
    throw new EncodeError(reason, path, 'RFC4566-5.7', DUTY);
  }
  return { netType: 'IN', addressType: literal ? 'IP6' : 'IP4', address };
}

/** The URIs of a path: their first is the hop that the peer connects to, their last the endpoint itself. */
export interface PathParts {
  readonly uris: readonly MsrpUri[];
  readonly own: MsrpUri;
  readonly secure: boolean;
}

/** Throws EncodeError on what is no path of an offer or answer. */
export function pathParts(given: readonly (string | MsrpUri)[]): PathParts {
  const uris = given.map((uri, i) => (typeof uri === 'string' ? parsed(msrpUri.parse(uri), uri, `path[${i}]`) : uri));
  const [first] = uris;
  const own = uris[uris.length - 1];
  if (first === undefined || own === undefined) throw new EncodeError('at least one URI', 'path', PATH, DUTY);
  for (const [i, { port }] of uris.entries()) {
    if (port === undefined) throw new EncodeError('a URI without a port', `path[${i}]`, PATH, DUTY);
  }
  return { uris, own, secure: first.scheme === 'msrps' };
}

/** The host of a URI as `c=` has it. */
export function hostOf({ host }: MsrpUri): string {
  return host.startsWith('[') ? host.slice(1, -1) : host;
}

/** What a medium says besides what an offer and an answer find in different ways. */
export interface MediumParts {
  readonly path: PathParts;
  readonly setup: Setup;
  /** Not written where absent. */
  readonly direction: Direction | undefined;
  readonly accepted: readonly FormatEntry[];
}

/** The lines of a message medium (facts in the order of RFC 4975's examples). Throws EncodeError. */
export function mediumOf(input: MsrpEndpoint, parts: MediumParts): SdpMedia {
  const { own, secure, uris } = parts.path;
  const port = input.port ?? (own.port as number);
  if (port !== 0 && port !== own.port) {
    throw new EncodeError(`the port of the URI is ${own.port}`, 'port', 'RFC4975-8.1', DUTY);
  }
  const lines: SdpLine[] = [
    { type: 'm', value: written(mediaLine, { media: 'message', port, proto: protocol(secure), formats: ['*'] }, '') },
  ];
  const add = <T>(codec: SdpCodec<T>, value: T | undefined, name: string, duty?: string): void => {
    if (value !== undefined) lines.push({ type: 'a', value: attribute(codec, value, name, duty) });
  };
  add(path, uris, 'path');
  add(acceptTypes, parts.accepted, 'acceptTypes');
  add(acceptWrappedTypes, input.acceptWrappedTypes?.map(wrappedType), 'acceptWrappedTypes');
  add(setup, parts.setup, 'setup');
  add(maxSize, input.maxSize, 'maxSize');
  if (parts.direction !== undefined) lines.push({ type: 'a', value: directionText(parts.direction) });
  add(filesize, input.fileSize, 'fileSize', 'LM-E6');
  add(fileSelector, input.fileSelector, 'fileSelector');
  add(fileTransferId, input.fileTransferId, 'fileTransferId');
  add(fileDisposition, input.fileDisposition, 'fileDisposition');
  add(fileDate, input.fileDate, 'fileDate');
  add(fileIcon, input.fileIcon, 'fileIcon');
  add(fileRange, input.fileRange, 'fileRange');
  add(fingerprint, input.fingerprint, 'fingerprint');
  input.attributes?.forEach((text, i) => {
    lines.push({ type: 'a', value: further(text, `attributes[${i}]`) });
  });
  return { lines };
}

export function protocol(secure: boolean): string {
  return secure ? 'TCP/TLS/MSRP' : 'TCP/MSRP';
}

/** One entry of a list of types. Throws EncodeError. */
export function acceptedType(text: string, i: number): FormatEntry {
  return entryOf(text, `acceptTypes[${i}]`);
}

function wrappedType(text: string, i: number): FormatEntry {
  return entryOf(text, `acceptWrappedTypes[${i}]`);
}

function entryOf(text: string, at: string): FormatEntry {
  const [entry, second] = parsed(acceptTypes.parse(text), text, at);
  if (second !== undefined) throw new EncodeError('one type an entry', at, 'RFC4975-8.6', DUTY);
  return entry as FormatEntry;
}

/** An attribute with its value, if it has one. Throws EncodeError under the name of the input. */
export function attribute<T>(codec: SdpCodec<T>, value: T, name: string, duty?: string): string {
  const text = written(codec, value, name, duty);
  return text === '' ? codec.name : `${codec.name}:${text}`;
}

function written<T>(codec: SdpCodec<T>, value: T, name: string, duty: string = DUTY): string {
  try {
    return codec.format(value);
  } catch (error) {
    const placed = within(name, error);
    if (!(placed instanceof EncodeError)) throw placed;
    throw new EncodeError(placed.reason, placed.path, placed.clause, duty);
  }
}

function directionText(value: Direction): Direction {
  if (DIRECTIONS.includes(value)) return value;
  throw new EncodeError(`none of ${DIRECTIONS.join(', ')}`, 'direction', 'RFC4566-6', 'LM-E5a');
}

const OWN_ATTRIBUTES: ReadonlySet<string> = /* @__PURE__ */ new Set([
  ...DIRECTIONS,
  ...attributeCodecs.map(({ name }) => name),
]);

/** Whether the input has a part of its own for the attribute, or MSRP does without it. */
export function isOwnAttribute(text: string): boolean {
  return OWN_ATTRIBUTES.has(asciiLower(attributeName(text)));
}

function attributeName(text: string): string {
  const colon = text.indexOf(':');
  return colon < 0 ? text : text.slice(0, colon);
}

function further(text: string, path: string): string {
  if (!isSdpToken(attributeName(text)) || /[\0\r\n]/.test(text) || text.endsWith(':') || !text.isWellFormed()) {
    throw new EncodeError(`${JSON.stringify(text)} is no attribute`, path, 'RFC4566-9', DUTY);
  }
  if (!isOwnAttribute(text)) return text;
  throw new EncodeError(`${attributeName(text)} is not given as a further attribute`, path, 'RFC4975-8', DUTY);
}

/** The value of a text that the caller gave. Throws EncodeError. */
function parsed<T>(read: Result<T>, text: string, path: string): T {
  if (read.ok) return read.value;
  const { code, offset, clause }: ParseError = read.error;
  throw new EncodeError(`${JSON.stringify(text)}: ${code} at ${offset}`, path, clause, DUTY);
}
