/*
 *   message headers  =  *Header                                                       RFC 3862 2
 *   blank line
 *   content          =  MIME headers, a blank line, and the body                      RFC 3862 2.4
 *   Header           =  Header-name ":" *( ";" Parameter ) SP Header-value CRLF       RFC 3862 3.6
 *
 * A CPIM message: plain readonly data, whether made or received. A received one keeps its octets, and so does each of
 * its headers; a header that is broken costs only itself. The outer framing ends the body: a Content-Length of the
 * content frames nothing, and one that is wrong is noted.
 */
import type { BytesCodec } from '../core/codec.ts';
import { type ClauseId, EncodeError, type ErrorCode, type ParseError } from '../core/error.ts';
import { limits } from '../core/limits.ts';
import { utf8, utf8Prefix } from '../core/octets.ts';
import type { ParseOptions } from '../core/options.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import { sameText } from '../core/text.ts';
import { type Chunk, chunksLength, joinChunks } from '../mime/chunks.ts';
import { EntityReader, shownUtf8 } from '../mime/entity-reader.ts';
import { type MimeField, type Part, ReceivedPart, writePart } from '../mime/fields.ts';
import { CPIM_CLASS, NAMECHAR } from './chars.ts';
import { type CpimHeader, formatHeader, ReceivedCpimHeader } from './header.ts';
import { walkScopes } from './namespaces.ts';

const CLAUSE: ClauseId = 'RFC3862-2';
const HEADER: ClauseId = 'RFC3862-3.6';
const SP = 0x20;
const CR = 0x0d;
const LF = 0x0a;

/** A message with what is known about it. */
export interface CpimMessage {
  /** In order; a line that is no header has an empty name. */
  readonly headers: readonly CpimHeader[];
  /** The fields that say what the content is, and the content itself. */
  readonly content: Part;
}

class ReceivedCpimMessage implements CpimMessage {
  readonly headers: readonly CpimHeader[];
  readonly content: Part;
  readonly #octets: Uint8Array;

  constructor(octets: Uint8Array, headers: readonly CpimHeader[], content: Part) {
    this.#octets = octets;
    this.headers = headers;
    this.content = content;
  }

  static octetsOf(message: CpimMessage): Uint8Array | undefined {
    return #octets in message ? message.#octets : undefined;
  }
}

export const cpim: BytesCodec<CpimMessage> = {
  name: 'cpim',
  mediaType: 'message/cpim',
  clause: CLAUSE,
  decode,
  encode: (message) => joinChunks(chunksOf(message)),
  encodedLength: (message) => chunksLength(chunksOf(message)),
};

/** Heads that are longer are rare: this much of what may be a long body is looked at first. */
const WINDOW = 4096;

/**
 * Reads one message. Refused where its two heads cannot be told apart: no header, no blank line, one too many, no MIME
 * header, bare LF, a limit.
 */
function decode(octets: Uint8Array, options?: ParseOptions): Result<CpimMessage> {
  const most = Math.min(octets.length, 2 * limits(options?.limits).head + 1);
  let reader = new CpimReader(octets, Math.min(most, WINDOW), options);
  let message = reader.read();
  if (reader.error?.code === 'truncated' && most > WINDOW) {
    reader = new CpimReader(octets, most, options);
    message = reader.read();
  }
  return message === undefined ? refuse(reader.error as ParseError) : ok(message, reader.notes);
}

class CpimReader extends EntityReader {
  /** The end of the window. */
  readonly #to: number;

  constructor(octets: Uint8Array, to: number, options: ParseOptions | undefined) {
    super(octets, to, options);
    this.#to = to;
  }

  read(): CpimMessage | undefined {
    const { octets } = this;
    const start = this.behindBlankLines(0, 'message headers');
    if (start < 0) return undefined;
    const headers = this.readHeaders(start);
    if (headers === undefined) return undefined;
    const from = this.behindBlankLines(this.end, 'MIME headers');
    if (from < 0) return undefined;
    const fields = this.readFields(from, this.#to);
    if (fields === undefined) return undefined;
    if (!this.complete) return this.truncated('the blank line behind the MIME headers');
    if (fields.every(({ name }) => name === '')) {
      return this.fail('missing', 'MIME headers', 'RFC3862-2.4', from, 'a Content-Type');
    }
    this.noteContentLength(fields, from);
    return new ReceivedCpimMessage(octets, headers, new ReceivedPart(fields, octets, from, this.end, octets.length));
  }

  /** Where the octets go on behind the window, they are a head that is too long, or the window will be widened. */
  private truncated(expected: string): undefined {
    const cut = this.#to < this.octets.length && this.#to > WINDOW;
    return this.fail(cut ? 'limit' : 'truncated', 'message/cpim', CLAUSE, this.#to, expected);
  }

  /** Where the next block begins: there must be no blank line before it. -1 where there is one, or nothing at all. */
  private behindBlankLines(from: number, rule: string): number {
    const { octets } = this;
    let p = from;
    while (octets[p] === LF || (octets[p] === CR && octets[p + 1] === LF)) {
      if (octets[p] === LF && !this.allowsBareLf(p, rule, CLAUSE)) return -1;
      if (!this.tolerates('cpim-blank-lines')) {
        this.fail('syntax', rule, CLAUSE, p, from === 0 ? 'a header' : 'one blank line');
        return -1;
      }
      p += octets[p] === LF ? 1 : 2;
    }
    if (p > from) this.note('cpim-blank-lines', CLAUSE, from);
    if (p < this.#to) return p;
    this.truncated(rule);
    return -1;
  }

  /** The headers up to the blank line, behind which `end` stands then. */
  private readHeaders(from: number): readonly CpimHeader[] | undefined {
    const { limits } = this;
    const headers: CpimHeader[] = [];
    for (let p = from; p < this.#to; p = this.next) {
      this.high = 0;
      const lineEnd = this.takeLine(p, this.#to, 'Header', CLAUSE);
      if (lineEnd < 0) return undefined;
      if (this.next - from > limits.head) {
        return this.fail('limit', 'message headers', CLAUSE, from + limits.head, `at most ${limits.head} octets`);
      }
      if (lineEnd === p) {
        this.end = this.next;
        return headers;
      }
      if (lineEnd === this.#to) break;
      if (lineEnd - p > limits.field) {
        return this.fail('limit', 'Header', CLAUSE, p + limits.field, `at most ${limits.field} octets`);
      }
      if (headers.length === limits.fields) {
        return this.fail('limit', 'Header', CLAUSE, p, `at most ${limits.fields} headers`);
      }
      headers.push(this.header(p, lineEnd));
    }
    return this.truncated('the blank line behind the message headers');
  }

  private header(from: number, to: number): CpimHeader {
    const { octets, text } = this;
    let p = from;
    let dot = -1;
    let error: ParseError | undefined;
    for (; p < to; p++) {
      const octet = octets[p] as number;
      if (((CPIM_CLASS[octet] as number) & NAMECHAR) !== 0) continue;
      if (octet !== 0x2e) break;
      if (dot >= 0 || p === from) error ??= broken('syntax', 'Header-name', p - from, 'a name, or two around one dot');
      dot = p;
    }
    const nameEnd = p;
    if (dot === nameEnd - 1 && dot > from) error ??= broken('syntax', 'Header-name', nameEnd - from, 'a name');
    if (octets[p] === SP || octets[p] === 0x09) {
      error ??= broken('syntax', 'Header', p - from, ':');
      while (p < to && (octets[p] === SP || octets[p] === 0x09)) p++;
    }
    if (nameEnd === from || p === to || octets[p] !== 0x3a) {
      error ??= broken('syntax', 'Header', p - from, nameEnd === from ? 'a name' : ':');
      return new ReceivedCpimHeader('', undefined, this.shown(from, to), octets, from, from, this.next, error);
    }
    const name = text.slice(from, nameEnd);
    const paramsFrom = ++p;
    let params: string | undefined;
    if (p < to && octets[p] === 0x3b) {
      p = this.paramsEnd(p, to);
      params = this.shown(paramsFrom, p);
    }
    if (p === to) error ??= broken('truncated', 'Header', p - from, 'a blank');
    else if (octets[p] !== SP) error ??= broken('syntax', 'Header', p - from, 'a blank');
    else p++;
    if (p < to && (octets[p] === SP || octets[p] === 0x09)) {
      if (this.tolerates('cpim-two-blanks')) this.note('cpim-two-blanks', 'RFC3862-2.2', p);
      else error ??= broken('syntax', 'Header', p - from, 'one blank');
      while (p < to && (octets[p] === SP || octets[p] === 0x09)) p++;
    }
    if (this.high >= 0x80 && utf8(octets.subarray(from, to)) === undefined) {
      error ??= broken('encoding', 'Header', utf8Prefix(octets.subarray(from, to)), 'UTF-8');
    }
    return new ReceivedCpimHeader(name, params, this.shown(p, to), octets, from, p, this.next, error);
  }

  /** Where the parameters that begin at `from` end: at the first blank outside quotes. */
  private paramsEnd(from: number, to: number): number {
    const { octets } = this;
    let quoted = false;
    let p = from;
    for (; p < to; p++) {
      const octet = octets[p];
      if (octet === 0x22) quoted = !quoted;
      else if (octet === 0x5c && quoted) p++;
      else if (octet === SP && !quoted) break;
    }
    return Math.min(p, to);
  }

  private shown(from: number, to: number): string {
    return this.high < 0x80 ? this.text.slice(from, to) : shownUtf8(this.octets.subarray(from, to));
  }

  private noteContentLength(fields: readonly MimeField[], from: number): void {
    for (const { name, value } of fields) {
      if (name.length !== 14 || !sameText(name, 'Content-Length')) continue;
      if (value !== String(this.octets.length - this.end)) this.note('cpim-content-length', CLAUSE, from);
    }
  }
}

function broken(code: ErrorCode, rule: string, offset: number, expected: string): ParseError {
  return { code, rule, clause: HEADER, offset, expected };
}

/** Throws EncodeError. */
function chunksOf(message: CpimMessage): readonly Chunk[] {
  const own = ReceivedCpimMessage.octetsOf(message);
  if (own !== undefined) return [own];
  const { headers, content } = message;
  if (headers.length === 0) throw new EncodeError('a message has at least one header', 'headers', CLAUSE);
  if (headers.some(({ name }) => name.includes('.'))) checkPrefixes(headers);
  const chunks: Chunk[] = [];
  for (let i = 0; i < headers.length; i++) {
    const header = headers[i] as CpimHeader;
    chunks.push(ReceivedCpimHeader.octetsOf(header) ?? formatHeader(header, `headers[${i}]`));
  }
  chunks.push('\r\n');
  writePart(content, 'content', chunks);
  return chunks;
}

/** A prefix must be declared before it is used (RFC 3862 3.4); headers that were received go out as they came. */
function checkPrefixes(headers: readonly CpimHeader[]): void {
  walkScopes(headers, ({ namespace }, _, i) => {
    if (namespace !== undefined || ReceivedCpimHeader.octetsOf(headers[i] as CpimHeader) !== undefined) return;
    throw new EncodeError('no NS header before it declares the prefix', `headers[${i}].name`, 'RFC3862-3.4');
  });
}
