import type { ClauseId, ParseError } from './error.ts';
import type { ParseOptions } from './options.ts';
import { type Ok, type Refused, type Result, refuse } from './result.ts';
import { open, type Scanner } from './scanner.ts';
import { type Writer, written } from './writer.ts';

/** A text artefact: a header value, a URI, an attribute value. */
export interface Codec<T> {
  readonly name: string;
  /** The grammar rule of the whole value, by the standard's name. */
  readonly rule: string;
  readonly clause: ClauseId;
  readonly compact?: string | undefined;
  /** Reads one value, unfolded. Never throws. */
  parse(text: string, options?: ParseOptions): Result<T>;
  /** Writes the canonical form. Throws EncodeError on a value that the rule does not let through. */
  format(value: T): string;
}

/** A codec of header values: besides whole texts it reads a range that a message has opened in its scanner. */
export interface FieldCodec<T> extends Codec<T> {
  /** Whether several fields of the name are one comma list, in order (RFC 3261 7.3.1); the value is an array then. */
  readonly list: boolean;
  /** Where `name` stands in the table of header names; -1 until it has been looked up there. */
  row?: number | undefined;
  /** Writes what `format` gives. Throws EncodeError. */
  write(w: Writer, value: T): void;
  /** Reads from `s.pos`; `undefined` is refusal and `s.error` says why. The caller sees to what is left over. */
  scan(s: Scanner): T | undefined;
}

/** What `decode` answers: a result, and how many of the octets the value took. */
export type Decoded<T> = (Ok<T> & { readonly consumed: number }) | Refused;

/** An octet artefact: a SIP message, a CPIM message, an MSRP frame, a multipart body, an XML document. */
export interface BytesCodec<T> {
  readonly name: string;
  readonly mediaType?: string | undefined;
  readonly clause: ClauseId;
  /** Reads one artefact. Never throws. The value may hold views of `octets`, which must not be changed afterwards. */
  decode(octets: Uint8Array, options?: ParseOptions): Result<T>;
  /** Throws EncodeError. */
  encode(value: T): Uint8Array;
  /** The exact number of octets of `encode(value)`, without encoding. */
  encodedLength(value: T): number;
}

/** Where the first message of a stream ends. */
export type Frame =
  | { readonly kind: 'complete'; readonly length: number }
  | { readonly kind: 'incomplete'; readonly needed?: number }
  | { readonly kind: 'broken'; readonly error: ParseError };

interface CodecParts<T> {
  readonly name: string;
  readonly rule: string;
  readonly clause: ClauseId;
  readonly compact?: string;
  scan(s: Scanner): T | undefined;
}

/** Either of the two makes the other. */
type Format<T> = { format(value: T): string } | { write(w: Writer, value: T): void };

/** The codec of a text that is no header value. */
export function textCodec<T>(parts: CodecParts<T> & Format<T>): Codec<T> & { scan(s: Scanner): T | undefined } {
  return codec(parts, false);
}

/** The codec of a header whose value stands alone. */
export function fieldCodec<T>(parts: CodecParts<T> & Format<T>): FieldCodec<T> {
  return codec(parts, false);
}

/** The codec of a header that is a comma list, over all fields of its name. */
export function listCodec<E>(parts: CodecParts<readonly E[]> & Format<readonly E[]>): FieldCodec<readonly E[]> {
  return codec(parts, true);
}

/** All codecs are objects of one shape, so that code which runs over many of them stays fast. */
function codec<T>(parts: CodecParts<T> & Format<T>, list: boolean): FieldCodec<T> {
  const { name, rule, clause, compact, scan } = parts;
  const format = 'format' in parts ? parts.format : (value: T): string => written(parts.write, value);
  const write = 'write' in parts ? parts.write : (w: Writer, value: T): void => w.utf8(parts.format(value));
  const parse = (text: string, options?: ParseOptions): Result<T> => parseText(parts, text, options);
  return { name, rule, clause, compact, list, row: -1, scan, write, format, parse };
}

function parseText<T>(parts: CodecParts<T>, text: string, options: ParseOptions | undefined): Result<T> {
  const s = open(text, parts.rule, parts.clause, options);
  return finish(s, s.error === undefined ? parts.scan(s) : undefined, parts.rule, parts.clause);
}

/** Turns what a scan gave into a result: refused, or left something over, or whole. */
export function finish<T>(s: Scanner, value: T | undefined, rule: string, clause: ClauseId): Result<T> {
  if (value !== undefined && s.error === undefined) {
    if (s.pos === s.end) return { ok: true, value, notes: s.takeNotes() };
    s.fail('trailing', rule, clause);
  }
  return refuse(s.takeError());
}
