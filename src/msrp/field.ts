/*
 *   header      =  Message-ID / Success-Report / … / ext-header                          RFC 4975 9
 *   ext-header  =  hname ":" SP hval CRLF
 *   hname       =  ALPHA *token
 *   hval        =  utf8text
 *
 * One header of a received head: its name, its value as text, and its value by a codec.
 */
import { ALPHA, CLASS } from '../core/chars.ts';
import { type FieldCodec, finish } from '../core/codec.ts';
import { utf8, utf8Prefix } from '../core/octets.ts';
import type { ParseOptions } from '../core/options.ts';
import { type Result, refuse } from '../core/result.ts';
import { openRange } from '../core/scanner.ts';
import { isMsrp, MSRP_TOKEN } from './chars.ts';
import type { Head } from './head.ts';
import type { MsrpField } from './message.ts';

const SP = 0x20;
const COLON = 0x3a;

/** A header that was received keeps its octets, so that it can be sent again as it came. */
export class ReceivedField implements MsrpField {
  readonly name: string;
  readonly value: string;
  readonly #head: Head;
  readonly #line: number;

  constructor(head: Head, text: string, line: number, ascii: boolean) {
    const from = head.lines[line] as number;
    const to = (head.lines[line + 1] as number) - 2;
    const colon = nameEnd(head.octets, from);
    this.name = text.slice(from, Math.max(from, colon));
    const value = colon < 0 ? from : head.octets[colon + 1] === SP ? colon + 2 : colon + 1;
    this.value = ascii ? text.slice(value, to) : shownText(head.octets, text, value, to);
    this.#head = head;
    this.#line = line;
  }

  /** The octets of a received header with its line end; `undefined` for one that was made otherwise. */
  static octetsOf(field: MsrpField): Uint8Array | undefined {
    if (!(#head in field)) return undefined;
    const { octets, lines } = field.#head;
    return octets.subarray(lines[field.#line], lines[field.#line + 1]);
  }

  static read<T>(field: MsrpField, codec: FieldCodec<T>, options: ParseOptions | undefined): Result<T> {
    if (!(#head in field)) return codec.parse(field.value, options);
    return readLine(field.#head, field.#head.text(), field.#line, codec, options);
  }
}

/** The colon behind the name that begins here, or -1 where there is no such name. */
function nameEnd(octets: Uint8Array, from: number): number {
  let p = from;
  if (((CLASS[octets[p] as number] as number) & ALPHA) === 0) return -1;
  do p++;
  while (isMsrp(octets[p], MSRP_TOKEN));
  return octets[p] === COLON ? p : -1;
}

/** The header in line `line` of a head by a codec, whose name it has. */
export function readLine<T>(
  head: Head,
  text: string,
  line: number,
  codec: FieldCodec<T>,
  options: ParseOptions | undefined,
): Result<T> {
  const { rule, clause } = codec;
  const { octets, lines } = head;
  const from = (lines[line] as number) + codec.name.length + 2;
  const to = (lines[line + 1] as number) - 2;
  if (octets[from - 1] !== SP) return refuse({ code: 'syntax', rule, clause, offset: 0, expected: 'a blank' });
  const s = openRange(text, octets, from, to, options);
  const result = finish(s, codec.scan(s), rule, clause);
  if (result.ok || isAscii(octets, from, to)) return result;
  const value = utf8(octets.subarray(from, to));
  if (value !== undefined) return codec.parse(value, options);
  const offset = utf8Prefix(octets.subarray(from, to));
  return refuse({ code: 'encoding', rule, clause, offset, expected: 'UTF-8' });
}

function isAscii(octets: Uint8Array, from: number, to: number): boolean {
  for (let p = from; p < to; p++) if ((octets[p] as number) > 0x7f) return false;
  return true;
}

/** For showing: what is no UTF-8 stands as replacement characters. */
export function shownText(octets: Uint8Array, text: string, from: number, to: number): string {
  if (isAscii(octets, from, to)) return text.slice(from, to);
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(octets.subarray(from, to));
}
