/*
 *   Header       =  Header-name ":" *( ";" Parameter ) SP Header-value CRLF                    RFC 3862 3.6
 *   Header-name  =  [ Name-prefix "." ] Name                Name = 1*NAMECHAR
 *   Parameter    =  Param-name "=" Param-value              Param-value = Token / Number / String
 *
 * One header as plain data, and the codecs of headers. A codec reads what stands behind the blank; one that takes
 * parameters reads what stands behind the colon. Names and everything else compare exactly.
 */
import { type Codec, finish, textCodec } from '../core/codec.ts';
import { type ClauseId, EncodeError, type ParseError } from '../core/error.ts';
import type { ParseOptions } from '../core/options.ts';
import { type Result, refuse } from '../core/result.ts';
import { open, openRange, type Scanner } from '../core/scanner.ts';
import { wellFormed } from '../core/write.ts';
import { CPIM_CLASS, NAMECHAR, TOKENCHAR } from './chars.ts';
import { escapeText, scanEscapedText, scanString } from './escape.ts';

const CLAUSE: ClauseId = 'RFC3862-3.6';

/** The namespace of the headers of RFC 3862 itself. */
export const CPIM_NAMESPACE = 'urn:ietf:params:cpim-headers:';

/** A header as spelt: the name with its prefix, the parameters with their semicolons, the value with its escapes. */
export interface CpimHeader {
  /** Empty for a line that is no header. */
  readonly name: string;
  readonly params?: string | undefined;
  readonly value: string;
}

/** Where a header lies in the message that it was received in. */
export interface HeaderPlace {
  readonly octets: Uint8Array;
  /** The octets as text, one UTF-16 unit each. */
  readonly text: string;
  /** Where the line begins, where what stands behind the colon does, and where the value does. */
  readonly from: number;
  readonly afterColon: number;
  readonly valueFrom: number;
  /** Where the line ends, without and with its CRLF. */
  readonly end: number;
  readonly next: number;
  readonly ascii: boolean;
  /** Why the line is no header; the offset counts from the line's beginning. */
  readonly error: ParseError | undefined;
}

/** A header that was received keeps its octets. */
export class ReceivedCpimHeader implements CpimHeader {
  readonly name: string;
  readonly params: string | undefined;
  readonly value: string;
  readonly #place: HeaderPlace;

  constructor(name: string, params: string | undefined, value: string, place: HeaderPlace) {
    this.name = name;
    this.params = params;
    this.value = value;
    this.#place = place;
  }

  static placeOf(header: CpimHeader): HeaderPlace | undefined {
    return #place in header ? header.#place : undefined;
  }
}

/** The octets of a received header with its line end; `undefined` for one that was made. */
export function headerOctets(header: CpimHeader): Uint8Array | undefined {
  const place = ReceivedCpimHeader.placeOf(header);
  return place?.octets.subarray(place.from, place.next);
}

/** Reads a header by a codec, whatever its name. A received one in ASCII is read in place. */
export function parseHeader<T>(header: CpimHeader, codec: CpimCodec<T>, options?: ParseOptions): Result<T> {
  const { rule, clause, params } = codec;
  const place = ReceivedCpimHeader.placeOf(header);
  if (place?.error !== undefined) {
    const offset = Math.min(Math.max(0, place.error.offset - (place.valueFrom - place.from)), header.value.length);
    return refuse({ ...place.error, offset });
  }
  if (params === 'none' && header.params !== undefined) {
    return refuse({ code: 'syntax', rule, clause, offset: 0, expected: 'no parameters' });
  }
  const wrong = params === 'left' ? paramsError(header) : undefined;
  if (wrong !== undefined) return refuse({ ...wrong, offset: 0 });
  if (place?.ascii === true && place.valueFrom - place.afterColon - (header.params?.length ?? 0) === 1) {
    const from = params === 'read' ? place.afterColon : place.valueFrom;
    const s = openRange(place.text, place.octets, from, place.end, options);
    return finish(s, codec.scan(s), rule, clause);
  }
  return codec.parse(params === 'read' ? `${header.params ?? ''} ${header.value}` : header.value, options);
}

/**
 * What a codec does with parameters: its header has none; it reads them, and its text begins behind the colon; or it
 * leaves them, and its text is the value alone.
 */
export type ParamsRule = 'none' | 'read' | 'left';

/** The codec of a header, which a message knows by namespace and name, whatever the prefix. */
export interface CpimCodec<T> extends Codec<T> {
  readonly namespace: string;
  /** The prefix that is declared where the namespace has none yet. */
  readonly prefix: string;
  /** Whether a message may have several of it. */
  readonly repeats: boolean;
  readonly params: ParamsRule;
  /** Reads from `s.pos`; `undefined` is refusal and `s.error` says why. */
  scan(s: Scanner): T | undefined;
}

/** A header that a message has once. */
export interface CpimOnce<T> extends CpimCodec<T> {
  readonly repeats: false;
}

/** A header that a message may have several times. */
export interface CpimRepeated<T> extends CpimCodec<T> {
  readonly repeats: true;
}

export interface CpimCodecParts<T> {
  readonly name: string;
  readonly rule: string;
  readonly clause: ClauseId;
  /** That of RFC 3862 where absent. */
  readonly namespace?: string;
  readonly prefix?: string;
  /** `none` where absent. */
  readonly params?: ParamsRule;
  scan(s: Scanner): T | undefined;
  format(value: T): string;
}

/** Makes the codec of a header that occurs once. */
export function cpimOnce<T>(parts: CpimCodecParts<T>): CpimOnce<T> {
  return { ...cpimCodec(parts), repeats: false };
}

/** Makes the codec of a header that may occur several times. */
export function cpimRepeated<T>(parts: CpimCodecParts<T>): CpimRepeated<T> {
  return { ...cpimCodec(parts), repeats: true };
}

function cpimCodec<T>(parts: CpimCodecParts<T>): Omit<CpimCodec<T>, 'repeats'> {
  const { name, rule, clause, namespace = CPIM_NAMESPACE, prefix = 'ns', params = 'none', scan, format } = parts;
  return { ...textCodec({ name, rule, clause, scan, format }), namespace, prefix, params };
}

/** The codec of a header that has no grammar here: its value as text, with its escapes resolved, without parameters. */
export function cpimText(namespace: string, name: string, prefix = 'ns'): CpimOnce<string> {
  return cpimOnce({
    name,
    namespace,
    prefix,
    rule: 'Header-value',
    clause: CLAUSE,
    params: 'left',
    scan: scanEscapedText,
    format: (value) => escapeText(value, name),
  });
}

/** A parameter of a header. */
export interface CpimParam {
  readonly name: string;
  /** Without its quotes and with its escapes resolved. */
  readonly value: string;
}

/** *( ";" Parameter ) */
export function scanCpimParams(s: Scanner): readonly CpimParam[] | undefined {
  const params: CpimParam[] = [];
  while (s.take(0x3b)) {
    if (params.length === s.limits.params) {
      return s.fail('limit', 'Parameter', CLAUSE, `at most ${s.limits.params} parameters`);
    }
    const name = scanName(s, 'Param-name');
    if (name === undefined) return undefined;
    if (!s.take(0x3d)) return s.unexpected('Parameter', CLAUSE, '=');
    const value = s.peek() === 0x22 ? scanString(s) : scanCpimToken(s);
    if (value === undefined) return undefined;
    params.push({ name, value });
  }
  return params;
}

/** Why the parameters of a header are none; the offset counts from the first semicolon. */
export function paramsError({ params }: CpimHeader): ParseError | undefined {
  if (params === undefined || params === '') return undefined;
  const s = open(params, 'Parameter', CLAUSE, undefined);
  const read = s.error === undefined ? finish(s, scanCpimParams(s), 'Parameter', CLAUSE) : refuse(s.takeError());
  return read.ok ? undefined : read.error;
}

/** Name = 1*NAMECHAR */
export function scanName(s: Scanner, rule: string): string | undefined {
  const { codes, end, pos } = s;
  let p = pos;
  while (p < end && ((CPIM_CLASS[codes[p] as number] as number) & NAMECHAR) !== 0) p++;
  s.pos = p;
  return p === pos ? s.unexpected(rule, CLAUSE, 'a name') : s.text.slice(pos, p);
}

/** Header-name = [ Name-prefix "." ] Name */
export function scanHeaderName(s: Scanner): string | undefined {
  const { pos } = s;
  if (scanName(s, 'Header-name') === undefined) return undefined;
  if (s.take(0x2e) && scanName(s, 'Header-name') === undefined) return undefined;
  return s.text.slice(pos, s.pos);
}

/** Token = 1*TOKENCHAR */
export function scanCpimToken(s: Scanner): string | undefined {
  const { codes, end, pos, nonAscii } = s;
  let p = pos;
  while (p < end && (((CPIM_CLASS[codes[p] as number] as number) & TOKENCHAR) !== 0 || codes[p] === nonAscii)) p++;
  s.pos = p;
  return p === pos ? s.unexpected('Token', CLAUSE) : s.text.slice(pos, p);
}

/** Writes a header that was made, with its line end. Throws EncodeError under `path`. */
export function formatHeader({ name, params = '', value }: CpimHeader, path: string): string {
  const named = open(name, 'Header-name', CLAUSE, undefined);
  if (named.error !== undefined || scanHeaderName(named) === undefined || named.pos !== named.end) {
    throw new EncodeError(`${JSON.stringify(name)} is no Header-name`, `${path}.name`, CLAUSE);
  }
  if (paramsError({ name, params, value }) !== undefined) {
    throw new EncodeError(`${JSON.stringify(params)} are no parameters`, `${path}.params`, CLAUSE);
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\0-\x1f\x7f]/.test(value)) throw new EncodeError('a control that is not escaped', `${path}.value`, CLAUSE);
  if (value.startsWith(' ')) throw new EncodeError('a second blank behind the colon', `${path}.value`, 'RFC3862-2.2');
  return `${name}:${params} ${wellFormed(value, `${path}.value`, CLAUSE)}\r\n`;
}
