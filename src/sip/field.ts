/*
 *   message-header  =  header-name HCOLON header-value CRLF                     RFC 3261 7.3, 25.1
 *   HCOLON          =  *( SP / HTAB ) ":" SWS
 *   LWS             =  [*WSP CRLF] 1*WSP                       may be replaced by one SP, RFC 3261 7.3.1
 *
 * One field of a received head: where its name and value lie, and its value as one line of text.
 */
import { CLASS, TOKEN } from '../core/chars.ts';
import { type FieldCodec, finish } from '../core/codec.ts';
import type { ParseError } from '../core/error.ts';
import { utf8, utf8Prefix } from '../core/octets.ts';
import type { ParseOptions } from '../core/options.ts';
import { type Result, refuse } from '../core/result.ts';
import { openSource, withoutBlanks } from '../core/scanner.ts';
import { sameText } from '../core/text.ts';
import type { Writer } from '../core/writer.ts';
import { type Head, skipLws } from './head.ts';
import { rowAt, UNREGISTERED, writeName } from './names.ts';

const COLON = 0x3a;
const CR = 0x0d;
const SP = 0x20;
const HTAB = 0x09;

/** A field as plain data: the name as spelt, the value unfolded. A line that is no field has an empty name. */
export interface Field {
  readonly name: string;
  readonly value: string;
}

/** A field that was received keeps its octets, so that it can be sent again as it came. */
export class ReceivedField implements Field {
  readonly name: string;
  readonly value: string;
  readonly #octets: Uint8Array;

  constructor(name: string, value: string, octets: Uint8Array) {
    this.name = name;
    this.value = value;
    this.#octets = octets;
  }

  /** The octets of a received field with its line end; `undefined` for one that was made otherwise. */
  static octetsOf(field: Field): Uint8Array | undefined {
    return #octets in field ? field.#octets : undefined;
  }
}

/** A field with the value that its codec writes, which is written when it is needed. */
class TypedField<T> implements Field {
  readonly name: string;
  readonly #codec: FieldCodec<T>;
  readonly #typed: T;

  constructor(codec: FieldCodec<T>, value: T) {
    this.name = codec.name;
    this.#codec = codec;
    this.#typed = value;
  }

  get value(): string {
    return this.#codec.format(this.#typed);
  }

  toJSON(): Field {
    return { name: this.name, value: this.value };
  }

  /** Writes the field without its line end and answers true; false for a field that was made otherwise. */
  static write(w: Writer, field: Field): boolean {
    if (!(#codec in field)) return false;
    const codec = field.#codec;
    if (!writeName(w, codec)) w.token(codec.name, 'name', 'RFC3261-7.3');
    w.pair(COLON, SP);
    codec.write(w, field.#typed);
    return true;
  }
}

/**
 * A field for a composed message, from a value instead of text. Encoding writes the value into the message's octets
 * without making a text of it; `value` is that text. A value that the codec does not let through throws EncodeError
 * there and not here.
 */
export function field<T>(codec: FieldCodec<T>, value: T): Field {
  return new TypedField(codec, value);
}

/** Writes a field that was made by `field`, without its line end; false for any other. */
export const writeTyped: (w: Writer, field: Field) => boolean = TypedField.write;

/** The fields of a head, three numbers each: `row`, `from`, `to`. One list of exact length is the least that engines hold. */
export type FieldTable = readonly number[];

/** The row of a line that has no name, or no colon behind it. */
const MALFORMED = 127;
/** The bits of the row; the bit above them says that another field of this row follows. */
const ROW = 127;
const FOLLOWED = 128;
/** Where the last field of each row stands in the table that is being made, counted from 1. */
const lastOf = new Int32Array(ROW + 1);

/** The row of the name of field `i`: registered, `UNREGISTERED` or `MALFORMED`. */
export const fieldRow = (table: FieldTable, i: number): number => (table[3 * i] as number) & ROW;
/** Where the value of field `i` begins, without the blanks before it. */
export const valueFrom = (table: FieldTable, i: number): number => table[3 * i + 1] as number;
/** Where the value of field `i` ends, without the blanks behind it. */
export const valueTo = (table: FieldTable, i: number): number => table[3 * i + 2] as number;

export function tabulate(head: Head): FieldTable {
  const { octets, lines } = head;
  const table = new Array<number>(3 * (lines.length - 2));
  let at = 0;
  for (let i = 1; i + 1 < lines.length; i++) {
    const begin = lines[i] as number;
    const next = lines[i + 1] as number;
    let p = begin;
    while (octets[p] !== COLON && p < next) p++;
    let row = rowAt(octets, begin, p);
    if (row === UNREGISTERED) row = unusualRow(octets, begin, p, next);
    p = row === MALFORMED ? begin : p + 1;
    if (octets[p] === SP) p++;
    const usualEnd = next - 2;
    const end =
      usualEnd > p && (octets[usualEnd - 1] as number) > SP && octets[usualEnd] === CR
        ? usualEnd
        : valueEnd(octets, p, next);
    table[at] = row;
    const before = lastOf[row] as number;
    if (before !== 0) table[before - 1] = row | FOLLOWED;
    lastOf[row] = at + 1;
    table[at + 1] = (octets[p] as number) > SP ? p : skipLws(octets, p, end);
    table[at + 2] = end;
    at += 3;
  }
  for (let i = 0; i < at; i += 3) lastOf[(table[i] as number) & ROW] = 0;
  return table;
}

/** The row of a name that is not in the table, or has blanks before its colon, or is none. */
function unusualRow(octets: Uint8Array, begin: number, colon: number, next: number): number {
  const end = nameEnd(octets, begin);
  let p = end;
  while (octets[p] === SP || octets[p] === HTAB) p++;
  return end === begin || p !== colon || colon === next ? MALFORMED : rowAt(octets, begin, end);
}

/** The next field with the name from number `from` on, or -1. `row` is that of the name. */
export function findField(head: Head, table: FieldTable, name: string, row: number, from: number): number {
  const length = table.length;
  for (let i = from, at = 3 * from; at < length; i++, at += 3) {
    if (((table[at] as number) & ROW) === row && (row !== UNREGISTERED || sameText(nameOf(head, table, i), name)))
      return i;
  }
  return -1;
}

/** Whether field `i` is the last of its name. */
export const isLast = (table: FieldTable, i: number): boolean => ((table[3 * i] as number) & FOLLOWED) === 0;

/** The name of field `i` as spelt; empty for a line that is none. */
export function nameOf(head: Head, table: FieldTable, i: number): string {
  const begin = head.lines[i + 1] as number;
  return fieldRow(table, i) === MALFORMED ? '' : head.text.slice(begin, nameEnd(head.octets, begin));
}

/** Where the name of the line that begins here ends. */
export function nameEnd(octets: Uint8Array, begin: number): number {
  let p = begin;
  while (((CLASS[octets[p] as number] as number) & TOKEN) !== 0) p++;
  return p;
}

/** The end of a value without the blanks and line ends behind it; a CR goes with its LF only. */
function valueEnd(octets: Uint8Array, from: number, to: number): number {
  let end = to;
  while (end > from) {
    const last = octets[end - 1] as number;
    if (last === 0x0a) end -= octets[end - 2] === 0x0d ? 2 : 1;
    else if (isBlank(last)) end--;
    else break;
  }
  return end;
}

/** Why line `i` of the fields is none, where it is none. */
export function malformedError(head: Head, table: FieldTable, i: number): ParseError | undefined {
  if (fieldRow(table, i) !== MALFORMED) return undefined;
  const begin = head.lines[i + 1] as number;
  const offset = nameEnd(head.octets, begin) - begin;
  const expected = offset === 0 ? 'a header name' : '":" behind the name';
  return { code: 'syntax', rule: 'message-header', clause: 'RFC3261-7.3', offset, expected, field: i };
}

/**
 * Field `i` by a codec. The codec reads the octets in place, where it refuses everything outside ASCII; only a field
 * that has such octets, or folds, is made a text first.
 */
export function scanField<T>(
  head: Head,
  table: FieldTable,
  i: number,
  codec: FieldCodec<T>,
  options: ParseOptions | undefined,
): Result<T> {
  const { rule, clause } = codec;
  const from = valueFrom(table, i);
  const to = valueTo(table, i);
  if (!isFolded(head, i)) {
    const s = openSource(head, from, to, options);
    const result = finish(s, codec.scan(s), rule, clause);
    if (result.ok || isAscii(head.octets, from, to)) return result;
  }
  const text = fieldText(head, from, to);
  if (text !== undefined) return codec.parse(text, options);
  const offset = utf8Prefix(head.octets.subarray(from, to));
  return refuse({ code: 'encoding', rule, clause, offset, expected: 'UTF-8' });
}

/** Whether the field has more than one line. */
function isFolded(head: Head, i: number): boolean {
  const { folded, text, lines } = head;
  return folded && text.indexOf('\n', lines[i + 1]) !== (lines[i + 2] as number) - 1;
}

function isAscii(octets: Uint8Array, from: number, to: number): boolean {
  for (let p = from; p < to; p++) if ((octets[p] as number) > 0x7f) return false;
  return true;
}

/** The value as one line, or `undefined` where its octets are no UTF-8. */
function fieldText(head: Head, from: number, to: number): string | undefined {
  const text = isAscii(head.octets, from, to) ? head.text.slice(from, to) : utf8(head.octets.subarray(from, to));
  return text === undefined ? undefined : unfold(text);
}

/** The value for showing: what is no UTF-8 stands as replacement characters. */
export function shownText(head: Head, from: number, to: number): string {
  return (
    fieldText(head, from, to) ??
    unfold(new TextDecoder('utf-8', { ignoreBOM: true }).decode(head.octets.subarray(from, to)))
  );
}

/** Each fold with the blanks around it becomes one SP; blanks at both ends go. One pass (RFC 3261 7.3.1). */
export function unfold(text: string): string {
  if (!text.includes('\n')) return withoutBlanks(text);
  let value = '';
  let from = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
    const next = text.charCodeAt(at + 1);
    if (next !== 0x20 && next !== 0x09) {
      value += text.slice(from, at + 1);
      from = at + 1;
      continue;
    }
    let before = text.charCodeAt(at - 1) === 0x0d ? at - 1 : at;
    while (before > from && isBlank(text.charCodeAt(before - 1))) before--;
    const part = text.slice(from, before);
    from = at + 1;
    while (from < text.length && isBlank(text.charCodeAt(from))) from++;
    value += part === '' && value.endsWith(' ') ? '' : `${part} `;
  }
  return withoutBlanks(value + text.slice(from));
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

/** The octet of a head at which character `offset` of the unfolded value of field `i` stands. */
export function octetOffset(head: Head, table: FieldTable, i: number, offset: number): number {
  const { octets } = head;
  const from = valueFrom(table, i);
  const to = valueTo(table, i);
  if (fieldText(head, from, to) === undefined) return Math.min(from + offset, to);
  let p = from;
  let units = 0;
  while (units < offset && p < to) {
    const blanks = blanksEnd(octets, p, to);
    const folds = foldsEnd(octets, blanks, to);
    const code = octets[p] as number;
    if (folds > blanks) {
      p = folds;
      units++;
    } else if (blanks > p) {
      const step = Math.min(blanks - p, offset - units);
      p += step;
      units += step;
    } else {
      p += code < 0x80 ? 1 : code < 0xe0 ? 2 : code < 0xf0 ? 3 : 4;
      units += code < 0xf0 ? 1 : 2;
    }
  }
  return p;
}

function blanksEnd(octets: Uint8Array, from: number, to: number): number {
  let p = from;
  while (p < to && isBlank(octets[p] as number)) p++;
  return p;
}

/** The end of the folds that begin at `from`, with the blanks behind them; `from` where none does. */
function foldsEnd(octets: Uint8Array, from: number, to: number): number {
  for (let p = from; ; ) {
    const lf = octets[p] === 0x0d ? p + 1 : p;
    if (lf >= to || octets[lf] !== 0x0a) return p;
    p = blanksEnd(octets, lf + 1, to);
  }
}
