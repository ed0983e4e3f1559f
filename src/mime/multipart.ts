/*
 *   multipart-body     =  [preamble CRLF] dash-boundary transport-padding CRLF              RFC 2046 5.1.1
 *                         body-part *encapsulation close-delimiter transport-padding [CRLF epilogue]
 *   dash-boundary      =  "--" boundary                   boundary = 0*69<bchars> bcharsnospace
 *   encapsulation      =  delimiter transport-padding CRLF body-part
 *   delimiter          =  CRLF dash-boundary              close-delimiter = delimiter "--"
 *   transport-padding  =  *LWSP-char
 *   body-part          =  MIME-part-headers [CRLF *OCTET]
 *
 * A delimiter is a whole line, so a boundary may begin another one. One search over the octets finds them all; parts
 * are views. Two delimiters that share one CRLF have an empty part between them.
 */
import { ALPHA, CLASS, DIGIT } from '../core/chars.ts';
import type { BytesCodec } from '../core/codec.ts';
import { type ClauseId, EncodeError, type ParseError } from '../core/error.ts';
import { conversions } from '../core/octets.ts';
import type { ParseOptions } from '../core/options.ts';
import type { Param } from '../core/params.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import { sameText } from '../core/text.ts';
import { type Chunk, chunksLength, joinChunks } from './chunks.ts';
import { contentType } from './content-headers.ts';
import { EntityReader, readHead } from './entity-reader.ts';
import { getMime, type MimeField, type Part, ReceivedPart, writeFields, writePart } from './fields.ts';
import type { MediaType } from './media-type.ts';

const CLAUSE: ClauseId = 'RFC2046-5.1.1';
const LF = 0x0a;
const CR = 0x0d;
const HYPHEN = 0x2d;

/** A multipart body. What is absent has no octets at all; a preamble or epilogue without octets still has its CRLF. */
export interface Multipart {
  /** Without quotes and without the leading hyphens. */
  readonly boundary: string;
  readonly preamble?: Uint8Array | undefined;
  readonly parts: readonly Part[];
  readonly epilogue?: Uint8Array | undefined;
}

/** One that was received keeps its octets. */
class ReceivedMultipart implements Multipart {
  readonly boundary: string;
  readonly preamble: Uint8Array | undefined;
  readonly parts: readonly Part[];
  readonly epilogue: Uint8Array | undefined;
  readonly #octets: Uint8Array;

  constructor(
    octets: Uint8Array,
    boundary: string,
    preamble: Uint8Array | undefined,
    parts: readonly Part[],
    epilogue: Uint8Array | undefined,
  ) {
    this.#octets = octets;
    this.boundary = boundary;
    this.preamble = preamble;
    this.parts = parts;
    this.epilogue = epilogue;
  }

  static octetsOf(multipart: Multipart): Uint8Array | undefined {
    return #octets in multipart ? multipart.#octets : undefined;
  }
}

/**
 * Splits a body. The boundary is that of its Content-Type. Refused where the boundary is absent or none, where no
 * delimiter or no close-delimiter is found, on bare LF, and past a limit (`parts`, and those of heads). A line of a
 * part's head that is no field costs only itself.
 */
export function decodeMultipart(
  octets: Uint8Array,
  boundary: string | MediaType,
  options?: ParseOptions,
): Result<Multipart> {
  const given = typeof boundary === 'string' ? boundary : boundaryParam(boundary);
  if (typeof given !== 'string') return refuse(given);
  const why = notBoundary(given);
  if (why !== undefined) return refuse(boundaryError('syntax', why));
  const splitter = new Splitter(octets, given, options);
  const value = splitter.split(given);
  return value === undefined ? refuse(splitter.error as ParseError) : ok(value, splitter.notes);
}

/** Finds the delimiters of one boundary. */
class Splitter extends EntityReader {
  readonly #dashBoundary: string;
  // Of the delimiter that was found last:
  /** Where its line begins. */
  #line = 0;
  /** Where what stands before it ends. */
  #before = 0;
  /** Behind its line; -1 where the octets end with it. */
  #behind = 0;
  #close = false;

  constructor(octets: Uint8Array, boundary: string, options: ParseOptions | undefined) {
    super(octets, octets.length, options);
    this.#dashBoundary = `--${boundary}`;
  }

  split(boundary: string): Multipart | undefined {
    const { octets } = this;
    if (!this.find(0)) {
      if (this.error === undefined) this.fail('missing', 'dash-boundary', CLAUSE, 0, this.#dashBoundary);
      return undefined;
    }
    const preamble = this.#line === 0 ? undefined : octets.subarray(0, this.#before);
    const parts: Part[] = [];
    while (!this.#close) {
      const from = this.#behind;
      if (parts.length === this.limits.parts) {
        return this.fail('limit', 'body-part', CLAUSE, from, `at most ${this.limits.parts} parts`);
      }
      if (!this.find(from) && (this.error !== undefined || !this.endsOpen())) return undefined;
      const to = Math.max(from, this.#before);
      const fields = this.readFields(from, to);
      if (fields === undefined) return undefined;
      parts.push(new ReceivedPart(fields, octets, from, this.end, to));
    }
    const epilogue = this.#behind < 0 ? undefined : octets.subarray(this.#behind);
    return new ReceivedMultipart(octets, boundary, preamble, parts, epilogue);
  }

  /** Finds the next line that is a delimiter; `from` begins a line. */
  private find(from: number): boolean {
    const { octets, text } = this;
    const dashBoundary = this.#dashBoundary;
    for (let at = text.indexOf(dashBoundary, from); at >= 0; at = text.indexOf(dashBoundary, at + 1)) {
      if (at !== 0 && octets[at - 1] !== LF) continue;
      if (this.isDelimiter(at, at + dashBoundary.length)) return true;
      if (this.error !== undefined) return false;
    }
    return false;
  }

  /** Whether the line goes on as a delimiter does, behind the dash-boundary that ends at `end`. */
  private isDelimiter(line: number, end: number): boolean {
    const { octets } = this;
    const close = octets[end] === HYPHEN && octets[end + 1] === HYPHEN;
    let p = close ? end + 2 : end;
    while (octets[p] === 0x20 || octets[p] === 0x09) p++;
    if (p === octets.length) {
      if (!close) return false;
      this.#behind = -1;
    } else if (octets[p] === CR && octets[p + 1] === LF) this.#behind = p + 2;
    else if (octets[p] !== LF) return false;
    else if (this.allowsBareLf(p, 'dash-boundary', CLAUSE)) this.#behind = p + 1;
    else return false;
    if (line === 0) this.#before = 0;
    else if (octets[line - 2] === CR) this.#before = line - 2;
    else if (this.allowsBareLf(line - 1, 'delimiter', CLAUSE)) this.#before = line - 1;
    else return false;
    this.#line = line;
    this.#close = close;
    return true;
  }

  /** Whether the last part may end with the octets. */
  private endsOpen(): boolean {
    const { length } = this.octets;
    if (!this.tolerates('multipart-close')) {
      this.fail('truncated', 'close-delimiter', CLAUSE, length, `${this.#dashBoundary}--`);
      return false;
    }
    this.note('multipart-close', CLAUSE, length);
    this.#close = true;
    this.#before = length;
    this.#behind = -1;
    return true;
  }
}

function boundaryParam(type: MediaType): string | ParseError {
  if (!sameText(type.type, 'multipart')) return boundaryError('unsupported', 'a multipart type');
  let value: string | undefined;
  for (const param of type.params) {
    if (!sameText(param.name, 'boundary')) continue;
    if (value !== undefined) return boundaryError('duplicate', 'one boundary');
    value = param.value ?? '';
  }
  return value ?? boundaryError('missing', 'a boundary parameter');
}

function boundaryError(code: ParseError['code'], expected: string): ParseError {
  return { code, rule: 'boundary', clause: CLAUSE, offset: 0, expected };
}

const BCHARS = "'()+_,-./:=? ";

/** Why the text is no boundary, or `undefined`. */
function notBoundary(text: string): string | undefined {
  if (text === '' || text.length > 70) return '1 to 70 characters';
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const letter = code < 0x80 && ((CLASS[code] as number) & (ALPHA | DIGIT)) !== 0;
    if (!letter && !BCHARS.includes(text[i] as string)) return 'bchars';
  }
  return text.endsWith(' ') ? 'no blank at the end' : undefined;
}

/**
 * The octets of a body: those of a received one, or its parts between delimiters. Throws EncodeError where the
 * boundary is none, or begins a line of a part; {@link boundaryFor} gives one that does not.
 */
export function encodeMultipart(multipart: Multipart): Uint8Array {
  return joinChunks(bodyChunks(multipart));
}

/** The number of octets of {@link encodeMultipart}. */
export function multipartLength(multipart: Multipart): number {
  return chunksLength(bodyChunks(multipart));
}

function bodyChunks(multipart: Multipart): readonly Chunk[] {
  const own = ReceivedMultipart.octetsOf(multipart);
  if (own !== undefined) return [own];
  const why = notBoundary(multipart.boundary);
  if (why !== undefined) throw new EncodeError(`expected ${why}`, 'boundary', CLAUSE);
  if (collides(multipart)) throw new EncodeError('begins a line of what it shall enclose', 'boundary', CLAUSE);
  return joinedParts(multipart);
}

function joinedParts({ boundary, preamble, parts, epilogue }: Multipart): readonly Chunk[] {
  const chunks: Chunk[] = preamble === undefined ? [] : [preamble, '\r\n'];
  parts.forEach((part, i) => {
    chunks.push(i === 0 ? `--${boundary}\r\n` : `\r\n--${boundary}\r\n`);
    writePart(part, `parts[${i}]`, chunks);
  });
  chunks.push(parts.length === 0 ? `--${boundary}--` : `\r\n--${boundary}--`);
  if (epilogue !== undefined) chunks.push('\r\n', epilogue);
  return chunks;
}

/** Everything that a delimiter must not be found in, as text with one unit an octet. */
function* enclosed(parts: readonly Part[], preamble: Uint8Array | undefined): Generator<string> {
  if (preamble !== undefined) yield conversions.latin1(preamble, 0, preamble.length);
  for (let i = 0; i < parts.length; i++) {
    const chunks: Chunk[] = [];
    writePart(parts[i] as Part, `parts[${i}]`, chunks);
    for (const chunk of chunks) yield typeof chunk === 'string' ? chunk : conversions.latin1(chunk, 0, chunk.length);
  }
}

/** Whether a line of the preamble or a part begins with the dash-boundary (RFC 2046 5.1.1 forbids it). */
function collides({ boundary, preamble, parts }: Multipart): boolean {
  const dashBoundary = `--${boundary}`;
  for (const text of enclosed(parts, preamble)) {
    for (let at = text.indexOf(dashBoundary); at >= 0; at = text.indexOf(dashBoundary, at + 1)) {
      if (at === 0 || text.charCodeAt(at - 1) === LF) return true;
    }
  }
  return false;
}

const PREFIX = 'part-';
const DIGITS = 8;

/**
 * A boundary that occurs nowhere in the parts and the preamble, not even as the beginning of another one. It depends
 * on nothing else, and takes one pass: the first number of a fixed width that does not follow the prefix anywhere.
 */
export function boundaryFor(parts: readonly Part[], preamble?: Uint8Array): string {
  const taken = new Set<string>();
  const needle = `--${PREFIX}`;
  for (const text of enclosed(parts, preamble)) {
    for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) {
      taken.add(text.slice(at + needle.length, at + needle.length + DIGITS));
    }
  }
  for (let n = 1; ; n++) {
    const number = String(n).padStart(DIGITS, '0');
    if (!taken.has(number)) return PREFIX + number;
  }
}

/** A multipart body with the fields of the entity that it is the body of; its Content-Type tells the boundary. */
export interface MultipartEntity {
  readonly fields: readonly MimeField[];
  readonly multipart: Multipart;
}

/** One that was received keeps its octets. */
class ReceivedEntity implements MultipartEntity {
  readonly fields: readonly MimeField[];
  readonly multipart: Multipart;
  readonly #octets: Uint8Array;

  constructor(octets: Uint8Array, fields: readonly MimeField[], multipart: Multipart) {
    this.#octets = octets;
    this.fields = fields;
    this.multipart = multipart;
  }

  static octetsOf(entity: MultipartEntity): Uint8Array | undefined {
    return #octets in entity ? entity.#octets : undefined;
  }
}

/**
 * Entities with a multipart body: the octets are fields, a blank line, and the body. Where the boundary of a value
 * is none or collides with a part, another one is written, into Content-Type too.
 */
export const multipart: BytesCodec<MultipartEntity> = {
  name: 'multipart',
  clause: CLAUSE,
  decode: decodeEntity,
  encode: (value) => joinChunks(entityChunks(value)),
  encodedLength: (value) => chunksLength(entityChunks(value)),
};

function decodeEntity(octets: Uint8Array, options?: ParseOptions): Result<MultipartEntity> {
  const head = readHead(octets, options);
  if (head.error !== undefined) return refuse(head.error);
  const { fields, end } = head;
  const type = getMime({ fields }, contentType, options);
  if (type === undefined) return refuse({ code: 'missing', rule: 'Content-Type', clause: CLAUSE, offset: end });
  if (!type.ok) return type;
  const body = decodeMultipart(octets.subarray(end), type.value, options);
  if (!body.ok) return refuse({ ...body.error, offset: end + body.error.offset });
  const notes = body.notes.map((note) => ({ ...note, offset: end + note.offset }));
  return ok(new ReceivedEntity(octets, fields, body.value), [...head.notes, ...notes]);
}

function entityChunks(entity: MultipartEntity): readonly Chunk[] {
  const received = ReceivedEntity.octetsOf(entity);
  if (received !== undefined) return [received];
  const { fields, multipart: value } = entity;
  const type = getMime({ fields }, contentType);
  if (type?.ok !== true || !sameText(type.value.type, 'multipart')) {
    throw new EncodeError('no Content-Type of a multipart', 'fields', CLAUSE);
  }
  const own = ReceivedMultipart.octetsOf(value);
  const free = own !== undefined || (notBoundary(value.boundary) === undefined && !collides(value));
  const boundary = free ? value.boundary : boundaryFor(value.parts, value.preamble);
  const named = boundaryParam(type.value) === boundary ? fields : withBoundary(fields, type.value, boundary);
  const chunks: Chunk[] = [];
  writeFields(named, 'fields', chunks);
  chunks.push('\r\n');
  return [...chunks, ...(own === undefined ? joinedParts({ ...value, boundary }) : [own])];
}

function withBoundary(fields: readonly MimeField[], type: MediaType, boundary: string): readonly MimeField[] {
  const others = type.params.filter((param) => !sameText(param.name, 'boundary'));
  const params: readonly Param[] = [...others, { name: 'boundary', value: boundary }];
  const value = contentType.format({ ...type, params });
  return fields.map((field) => (sameText(field.name, contentType.name) ? { name: field.name, value } : field));
}
