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
import { openRange, withoutBlanks } from '../core/scanner.ts';
import { asciiLower } from '../core/text.ts';
import { type Head, skipLws } from './head.ts';
import { nameAt } from './names.ts';

const COLON = 0x3a;
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

/** The fields of a head, one entry each in every list. */
export interface FieldTable {
  /** The name as `nameKey` gives it; empty for a line that has no name or no colon behind it. */
  readonly names: readonly string[];
  /** Where the value begins and ends, without the blanks around it. */
  readonly from: readonly number[];
  readonly to: readonly number[];
}

export function tabulate(head: Head): FieldTable {
  const { octets, lines } = head;
  const names: string[] = [];
  const from: number[] = [];
  const to: number[] = [];
  for (let i = 1; i + 1 < lines.length; i++) {
    const begin = lines[i] as number;
    const next = lines[i + 1] as number;
    let p = begin;
    while (octets[p] !== COLON && p < next) p++;
    const name = nameAt(octets, begin, p) ?? unregisteredName(head, begin, p, next);
    p = name === '' ? begin : p + 1;
    if (octets[p] === SP) p++;
    const end = valueEnd(octets, p, next);
    names.push(name);
    from.push(isVisible(octets[p] as number) ? p : skipLws(octets, p, end));
    to.push(end);
  }
  return { names, from, to };
}

/** Neither a blank nor part of a line end. */
function isVisible(code: number): boolean {
  return code > SP;
}

/** A name that is not in the table, or has blanks before its colon; empty where the line is no field. */
function unregisteredName(head: Head, begin: number, colon: number, next: number): string {
  const { octets, text } = head;
  const end = nameEnd(octets, begin);
  let p = end;
  while (octets[p] === SP || octets[p] === HTAB) p++;
  if (end === begin || p !== colon || colon === next) return '';
  return nameAt(octets, begin, end) ?? asciiLower(text.slice(begin, end));
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
  if (table.names[i] !== '') return undefined;
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
  const from = table.from[i] as number;
  const to = table.to[i] as number;
  if (!isFolded(head, i)) {
    const s = openRange(head.text, head.octets, from, to, options);
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
  const from = table.from[i] as number;
  const to = table.to[i] as number;
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
