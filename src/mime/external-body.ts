/*
 *   Content-Type: message/external-body; access-type="URL"; expiration="…"; URL="…"; size=…; hash=…; permission=…
 *   <blank line>
 *   fields of the content, which is elsewhere                          RFC 2046 5.2.3, RFC 2017, RFC 4483
 *
 *   URL-parameter  =  <"> URL-word *(*LWSP-char URL-word) <">          words of at most 40 characters, RFC 2017 3.1
 *
 * Content indirection. Names and the access-type compare without case; a value may be a token or quoted. A URL-word
 * that is longer is let through: those of RFC 4483's own examples are.
 */
import { allOf, HEX } from '../core/chars.ts';
import type { BytesCodec } from '../core/codec.ts';
import { type ClauseId, EncodeError, type ErrorCode, type ParseError } from '../core/error.ts';
import type { ParseOptions } from '../core/options.ts';
import type { Param } from '../core/params.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import { scanNumber } from '../core/scan.ts';
import { open } from '../core/scanner.ts';
import { asciiLower, sameText } from '../core/text.ts';
import { wellFormed, whole } from '../core/write.ts';
import { scanAbsoluteUri } from './absolute-uri.ts';
import { type Chunk, chunksLength, joinChunks } from './chunks.ts';
import { contentType } from './content-headers.ts';
import { readHead } from './entity-reader.ts';
import { getMime, type MimeField, writeFields } from './fields.ts';
import { isMediaType, type MediaType } from './media-type.ts';
import { mimeDate } from './mime-date.ts';

const GENERAL: ClauseId = 'RFC2046-5.2.3.1';
const URL_CLAUSE: ClauseId = 'RFC2017-3';

/** Content that is stored elsewhere. */
export interface ExternalBody {
  /** As spelt; compares without case. `URL` is that of content indirection. */
  readonly accessType: string;
  /** Where the content is. Mandatory where the access-type is URL. */
  readonly url?: string | undefined;
  /** Until when it is there, in milliseconds since 1970-01-01T00:00:00Z. */
  readonly expiration?: number | undefined;
  /** Octets. */
  readonly size?: number | undefined;
  /** Of the content, in hex digits; SHA-1 by RFC 4483 5.12. */
  readonly hash?: string | undefined;
  readonly permission?: 'read' | 'read-write' | undefined;
  /** All other parameters, in order. */
  readonly params: readonly Param[];
  /** What the content is: its Content-Type, Content-Disposition, Content-ID … */
  readonly fields: readonly MimeField[];
  /** The phantom body behind those fields, which access by URL leaves empty. */
  readonly phantom?: Uint8Array | undefined;
}

/** What an external body is written as. */
export interface ExternalBodyEntity {
  readonly contentType: MediaType;
  readonly body: Uint8Array;
}

/**
 * Reads a body by its Content-Type. Refused where the access-type is absent or given twice, where access by URL has no
 * URL, and where the value of a parameter that is known is wrong.
 *
 * @duty PM-9 (parse)
 */
export function readExternalBody(type: MediaType, body: Uint8Array, options?: ParseOptions): Result<ExternalBody> {
  const head = phantomHead(body, options);
  if (head.error !== undefined) return refuse(head.error);
  const read = new ParamReader(type);
  const accessType = read.value('access-type');
  const url = read.url(options);
  const expiration = read.expiration(options);
  const size = read.size(options);
  const hash = read.value('hash');
  const permission = read.permission();
  if (!isMediaType(type, 'message/external-body')) read.refuse('unsupported', 'Content-Type', 'message/external-body');
  if (accessType === undefined) read.refuse('missing', 'access-type', 'an access-type');
  else if (url === undefined && sameText(accessType, 'URL')) read.refuse('missing', 'URL', 'a URL');
  if (hash !== undefined && !allOf(hash, HEX)) read.refuse('syntax', 'hash', 'hex digits');
  if (read.error !== undefined) return refuse(read.error);
  const { fields } = head;
  const phantom = head.end < body.length ? body.subarray(head.end) : undefined;
  const params = type.params.filter(({ name }) => !OWN_PARAMS.includes(asciiLower(name)));
  return ok(
    { accessType: accessType ?? '', url, expiration, size, hash, permission, params, fields, phantom },
    head.notes,
  );
}

const OWN_PARAMS = ['access-type', 'url', 'expiration', 'size', 'hash', 'permission'];

/** A blank line may be missing behind the fields: nothing need follow them. */
function phantomHead(body: Uint8Array, options: ParseOptions | undefined): ReturnType<typeof readHead> {
  const head = readHead(body, options);
  return head.error?.code === 'truncated' && head.end === body.length ? { ...head, error: undefined } : head;
}

/** Takes the known parameters one by one; the first refusal is the one that counts. */
class ParamReader {
  error: ParseError | undefined = undefined;
  readonly #params: readonly Param[];

  constructor(type: MediaType) {
    this.#params = type.params;
  }

  refuse(code: ErrorCode, rule: string, expected: string): undefined {
    this.error ??= { code, rule, clause: rule === 'URL' ? URL_CLAUSE : GENERAL, offset: 0, expected };
    return undefined;
  }

  value(name: string): string | undefined {
    let value: string | undefined;
    for (const param of this.#params) {
      if (!sameText(param.name, name)) continue;
      if (value !== undefined) return this.refuse('duplicate', name, `one ${name}`);
      value = param.value ?? '';
    }
    return value;
  }

  url(options: ParseOptions | undefined): string | undefined {
    const value = this.value('URL');
    if (value === undefined) return undefined;
    const s = open(value.replace(/[ \t\r\n]+/g, ''), 'URL', URL_CLAUSE, options);
    const url = s.error === undefined ? scanAbsoluteUri(s, s.end) : undefined;
    if (url === undefined) this.error ??= { ...s.takeError(), offset: 0 };
    return url;
  }

  expiration(options: ParseOptions | undefined): number | undefined {
    const value = this.value('expiration');
    if (value === undefined) return undefined;
    const date = mimeDate.parse(value, options);
    if (date.ok) return date.value;
    this.error ??= { ...date.error, offset: 0 };
    return undefined;
  }

  size(options: ParseOptions | undefined): number | undefined {
    const value = this.value('size');
    if (value === undefined) return undefined;
    const s = open(value, 'size', GENERAL, options);
    const size = s.error === undefined ? scanNumber(s, Number.MAX_SAFE_INTEGER, 'size', GENERAL) : -1;
    if (size >= 0 && s.pos === s.end) return size;
    return s.error === undefined
      ? this.refuse('syntax', 'size', 'digits')
      : this.refuse(s.takeError().code, 'size', 'digits');
  }

  permission(): 'read' | 'read-write' | undefined {
    const value = this.value('permission');
    if (value === undefined) return undefined;
    if (sameText(value, 'read')) return 'read';
    return sameText(value, 'read-write') ? 'read-write' : this.refuse('syntax', 'permission', 'read or read-write');
  }
}

/**
 * What RFC 4483 lets a sender write: access by URL with an expiration (5.7), and a Content-Disposition (5.10) and a
 * Content-ID (RFC 2046 5.2.3) of the content. Characters of the URL that RFC 2017 wants escaped are. Throws EncodeError.
 *
 * @duty PM-9 (build)
 */
export function composeExternalBody(value: ExternalBody): ExternalBodyEntity {
  if (!sameText(value.accessType, 'URL'))
    throw new EncodeError('content indirection is by URL', 'accessType', 'RFC4483-5.4', 'PM-9');
  if (value.expiration === undefined) throw new EncodeError('absent', 'expiration', 'RFC4483-5.7', 'PM-9');
  for (const [name, clause] of MANDATORY_FIELDS) {
    const there = value.fields.some((field) => sameText(field.name, name));
    if (!there) throw new EncodeError(`no ${name}`, 'fields', clause, 'PM-9');
  }
  return writeExternalBody(value);
}

const MANDATORY_FIELDS: readonly (readonly [string, ClauseId])[] = [
  ['Content-Disposition', 'RFC4483-5.10'],
  ['Content-ID', 'RFC2046-5.2.3'],
];

function writeExternalBody(value: ExternalBody): ExternalBodyEntity {
  const { accessType, url, expiration, size, hash, permission, params, fields, phantom } = value;
  if (url === undefined && sameText(accessType, 'URL')) throw new EncodeError('absent', 'url', URL_CLAUSE);
  const own: Param[] = [{ name: 'access-type', value: accessType, quoted: true }];
  if (expiration !== undefined) own.push({ name: 'expiration', value: mimeDate.format(expiration), quoted: true });
  if (url !== undefined) own.push({ name: 'URL', value: words(escapedUrl(url)), quoted: true });
  if (size !== undefined)
    own.push({ name: 'size', value: String(whole(size, 0, Number.MAX_SAFE_INTEGER, 'size', GENERAL)) });
  if (hash !== undefined) {
    if (!allOf(hash, HEX)) throw new EncodeError('no hex digits', 'hash', 'RFC4483-5.12');
    own.push({ name: 'hash', value: hash });
  }
  if (permission !== undefined) own.push({ name: 'permission', value: permission });
  params.forEach(({ name }, i) => {
    if (OWN_PARAMS.includes(asciiLower(name))) throw new EncodeError('has a place of its own', `params[${i}]`, GENERAL);
  });
  const type: MediaType = { type: 'message', subtype: 'external-body', params: [...own, ...params] };
  const chunks: Chunk[] = [];
  writeFields(fields, 'fields', chunks);
  chunks.push('\r\n');
  if (phantom !== undefined) chunks.push(phantom);
  return { contentType: type, body: joinChunks(chunks) };
}

/** SPACE, double quotes, backslashes and what is not ASCII become %HH (RFC 2017 3.1); controls are the caller's mistake. */
function escapedUrl(url: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\0-\x1f\x7f]/.test(url)) throw new EncodeError('a control character', 'url', URL_CLAUSE);
  const text = wellFormed(url, 'url', URL_CLAUSE).replace(/[ "\\]|[^\0-\x7f]+/g, encodeURIComponent);
  const s = open(text, 'URL', URL_CLAUSE, { limits: { field: text.length } });
  if (scanAbsoluteUri(s, s.end) !== undefined) return text;
  throw new EncodeError(`${JSON.stringify(url)} is no absolute URI`, 'url', URL_CLAUSE);
}

/** At most 40 characters each, with a blank between them. */
function words(url: string): string {
  let text = url.slice(0, 40);
  for (let at = 40; at < url.length; at += 40) text += ` ${url.slice(at, at + 40)}`;
  return text;
}

/** The octets of those that were received. */
const received: WeakMap<ExternalBody, Uint8Array> = /* @__PURE__ */ new WeakMap();

/**
 * External bodies as entities: the octets are the fields of the entity with its Content-Type, a blank line, and the
 * body. Other fields of the entity are kept while it is untouched.
 */
export const externalBody: BytesCodec<ExternalBody> = {
  name: 'external-body',
  mediaType: 'message/external-body',
  clause: 'RFC2046-5.2.3',
  decode(octets, options) {
    const head = readHead(octets, options);
    if (head.error !== undefined) return refuse(head.error);
    const type = getMime(head, contentType, options);
    if (type === undefined) {
      return refuse({ code: 'missing', rule: 'Content-Type', clause: 'RFC2046-5.2.3', offset: head.end });
    }
    if (!type.ok) return type;
    const read = readExternalBody(type.value, octets.subarray(head.end), options);
    if (!read.ok) return refuse({ ...read.error, offset: head.end + read.error.offset });
    const notes = read.notes.map((note) => ({ ...note, offset: head.end + note.offset }));
    received.set(read.value, octets);
    return ok(read.value, [...head.notes, ...notes]);
  },
  encode: (value) => joinChunks(entityChunks(value)),
  encodedLength: (value) => chunksLength(entityChunks(value)),
};

function entityChunks(value: ExternalBody): readonly Chunk[] {
  const own = received.get(value);
  if (own !== undefined) return [own];
  const { contentType: type, body } = writeExternalBody(value);
  return [`Content-Type: ${contentType.format(type)}\r\n\r\n`, body];
}
