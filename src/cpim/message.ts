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
import { type Chunk, chunksLength, joinChunks } from '../mime/chunks.ts';
import { EntityReader, shownUtf8 } from '../mime/entity-reader.ts';
import { type Part, ReceivedPart, writePart } from '../mime/fields.ts';
import { CPIM_CLASS, NAMECHAR } from './chars.ts';
import { type CpimHeader, formatHeader, headerOctets, ReceivedCpimHeader } from './header.ts';
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

/** A received message makes objects of its headers and its content when they are asked for. */
class ReceivedCpimMessage implements CpimMessage {
  readonly #reader: CpimReader;
  #headers: readonly CpimHeader[] | undefined = undefined;
  #content: Part | undefined = undefined;

  constructor(reader: CpimReader) {
    this.#reader = reader;
  }

  get headers(): readonly CpimHeader[] {
    this.#headers ??= this.#reader.headers();
    return this.#headers;
  }

  get content(): Part {
    this.#content ??= this.#reader.content();
    return this.#content;
  }

  toJSON(): CpimMessage {
    return { headers: this.headers, content: this.content };
  }

  static octetsOf(message: CpimMessage): Uint8Array | undefined {
    return #reader in message ? message.#reader.octets : undefined;
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
  reader.find();
  if (reader.error?.code === 'truncated' && most > WINDOW) {
    reader = new CpimReader(octets, most, options);
    reader.find();
  }
  if (reader.error !== undefined) return refuse(reader.error);
  return ok(new ReceivedCpimMessage(reader), [...reader.notes]);
}

class CpimReader extends EntityReader {
  /** The end of the window. */
  readonly #to: number;
  /** Where the lines of the headers begin, and where the blank line behind them does. */
  readonly #lines: number[] = [];
  /** Where the MIME fields begin, and where the body does. */
  #content = 0;
  #body = 0;

  constructor(octets: Uint8Array, to: number, options: ParseOptions | undefined) {
    super(octets, to, options);
    this.#to = to;
  }

  /** Finds the blocks and their lines; everything that makes a message refused is seen here. */
  find(): void {
    const start = this.behindBlankLines(0, 'message headers');
    if (start < 0 || !this.findLines(start, this.#lines, false)) return;
    this.#content = this.behindBlankLines(this.end, 'MIME headers');
    const fields: number[] = [];
    if (this.#content < 0 || !this.findLines(this.#content, fields, true)) return;
    this.#body = this.end;
    if (!this.checkFields(fields)) this.fail('missing', 'MIME headers', 'RFC3862-2.4', this.#content, 'a Content-Type');
    else if (this.tolerates('cpim-two-blanks')) this.noteTwoBlanks();
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

  /** Finds where lines begin, up to a blank line, behind which `end` stands then. A fold belongs to its field. */
  private findLines(from: number, lines: number[], folds: boolean): boolean {
    const { limits, octets, text } = this;
    let p = from;
    let begin = from;
    for (let lf = text.indexOf('\n', p); lf >= 0; lf = text.indexOf('\n', p)) {
      let lineEnd = lf - 1;
      if (lf === p || octets[lineEnd] !== CR) {
        if (!this.allowsBareLf(lf, 'Header', CLAUSE)) return false;
        lineEnd = lf;
      }
      if (!folds || !isBlank(octets[p])) {
        begin = p;
        lines.push(p);
        if (lineEnd === p) {
          this.end = lf + 1;
          return true;
        }
      }
      if (lf - begin >= limits.field || lf - from >= limits.head) {
        const expected = `at most ${limits.field} octets, ${limits.head} all together`;
        this.fail('limit', 'Header', CLAUSE, begin, expected);
        return false;
      }
      if (lines.length > limits.fields) {
        this.fail('limit', 'Header', CLAUSE, p, `at most ${limits.fields} headers`);
        return false;
      }
      p = lf + 1;
    }
    this.truncated(folds ? 'the blank line behind the MIME headers' : 'the blank line behind the message headers');
    return false;
  }

  /** Whether one of the lines is a field at all; a Content-Length that is wrong is noted. */
  private checkFields(lines: readonly number[]): boolean {
    const { octets } = this;
    const length = octets.length - this.#body;
    let good = false;
    for (let i = 0; i + 1 < lines.length; i++) {
      const from = lines[i] as number;
      const to = lines[i + 1] as number;
      good ||= this.colonBehindName(from, to) > 0;
      // "c" and "l" tell most other names
      if (((octets[from] as number) | 0x20) !== 0x63 || ((octets[from + 8] as number) | 0x20) !== 0x6c) continue;
      if (!saysLength(octets, from, to, length)) this.note('cpim-content-length', CLAUSE, from);
    }
    return good;
  }

  /** The content that was found. */
  content(): Part {
    const { octets } = this;
    const fields = this.readFields(this.#content, this.#body) ?? [];
    return new ReceivedPart(fields, octets, this.#content, this.#body, octets.length);
  }

  /** The headers that were found. */
  headers(): readonly CpimHeader[] {
    const { octets } = this;
    const lines = this.#lines;
    const headers: CpimHeader[] = [];
    for (let i = 0; i + 1 < lines.length; i++) {
      const next = lines[i + 1] as number;
      const end = octets[next - 2] === CR ? next - 2 : next - 1;
      headers.push(this.header(lines[i] as number, end, next));
    }
    return headers;
  }

  private header(from: number, to: number, next: number): CpimHeader {
    const { octets, text } = this;
    const end = this.nameEnd(from, to);
    let error = nameError(text.slice(from, end));
    let p = end;
    if (isBlank(octets[p])) {
      error ??= broken('syntax', 'Header', p - from, ':');
      while (p < to && isBlank(octets[p])) p++;
    }
    const ascii = this.isAscii(p, to);
    if (end === from || p === to || octets[p] !== 0x3a) {
      error ??= broken('syntax', 'Header', p - from, end === from ? 'a name' : ':');
      const place = { octets, text, from, afterColon: from, valueFrom: from, end: to, next, ascii, error };
      return new ReceivedCpimHeader('', undefined, this.shown(from, to, ascii), place);
    }
    const afterColon = ++p;
    let params: string | undefined;
    if (p < to && octets[p] === 0x3b) {
      p = this.paramsEnd(p, to);
      params = this.shown(afterColon, p, ascii);
    }
    if (p === to) error ??= broken('truncated', 'Header', p - from, 'a blank');
    else if (octets[p] !== SP) error ??= broken('syntax', 'Header', p - from, 'a blank');
    else p++;
    if (p < to && isBlank(octets[p])) {
      if (!this.tolerates('cpim-two-blanks')) error ??= broken('syntax', 'Header', p - from, 'one blank');
      while (p < to && isBlank(octets[p])) p++;
    }
    if (!ascii && utf8(octets.subarray(from, to)) === undefined) {
      error ??= broken('encoding', 'Header', utf8Prefix(octets.subarray(from, to)), 'UTF-8');
    }
    const place = { octets, text, from, afterColon, valueFrom: p, end: to, next, ascii, error };
    return new ReceivedCpimHeader(text.slice(from, end), params, this.shown(p, to, ascii), place);
  }

  /** Behind the characters of a name, dots among them. */
  private nameEnd(from: number, to: number): number {
    const { octets } = this;
    let p = from;
    while (p < to && (((CPIM_CLASS[octets[p] as number] as number) & NAMECHAR) !== 0 || octets[p] === 0x2e)) p++;
    return p;
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

  private isAscii(from: number, to: number): boolean {
    const { octets } = this;
    let high = 0;
    for (let p = from; p < to; p++) high |= octets[p] as number;
    return high < 0x80;
  }

  private shown(from: number, to: number, ascii: boolean): string {
    return ascii ? this.text.slice(from, to) : shownUtf8(this.octets.subarray(from, to));
  }

  private noteTwoBlanks(): void {
    for (const header of this.headers()) {
      const place = ReceivedCpimHeader.placeOf(header);
      if (place === undefined || place.error !== undefined) continue;
      const blanks = place.valueFrom - place.afterColon - (header.params?.length ?? 0);
      if (blanks > 1) this.note('cpim-two-blanks', 'RFC3862-2.2', place.valueFrom - blanks + 1);
    }
  }
}

const CONTENT_LENGTH = /* @__PURE__ */ new TextEncoder().encode('content-length');

/** Whether the field says this length, or is no Content-Length. */
function saysLength(octets: Uint8Array, from: number, to: number, length: number): boolean {
  let p = from;
  for (; p < from + 14; p++) if (((octets[p] as number) | 0x20) !== CONTENT_LENGTH[p - from]) return true;
  while (isBlank(octets[p])) p++;
  if (octets[p] !== 0x3a) return true;
  do p++;
  while (isBlank(octets[p]));
  let value = 0;
  const digits = p;
  for (; isDigit(octets[p]); p++) value = value * 10 + (octets[p] as number) - 0x30;
  while (isBlank(octets[p])) p++;
  return p > digits && value === length && to - p <= 2;
}

function isDigit(octet: number | undefined): boolean {
  return octet !== undefined && octet >= 0x30 && octet <= 0x39;
}

function isBlank(octet: number | undefined): boolean {
  return octet === SP || octet === 0x09;
}

/** Why the characters are no Header-name: more than one dot, or one that parts nothing. */
function nameError(name: string): ParseError | undefined {
  const dot = name.indexOf('.');
  if (dot < 0) return undefined;
  const second = name.indexOf('.', dot + 1);
  const at = dot === 0 ? 0 : second >= 0 ? second : dot === name.length - 1 ? name.length : -1;
  return at < 0 ? undefined : broken('syntax', 'Header-name', at, 'a name, or two around one dot');
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
    chunks.push(headerOctets(header) ?? formatHeader(header, `headers[${i}]`));
  }
  chunks.push('\r\n');
  writePart(content, 'content', chunks);
  return chunks;
}

/** A prefix must be declared before it is used (RFC 3862 3.4); headers that were received go out as they came. */
function checkPrefixes(headers: readonly CpimHeader[]): void {
  walkScopes(headers, ({ namespace }, _, i) => {
    if (namespace !== undefined || headerOctets(headers[i] as CpimHeader) !== undefined) return;
    throw new EncodeError('no NS header before it declares the prefix', `headers[${i}].name`, 'RFC3862-3.4');
  });
}
