/*
 *   attribute  =  (att-field ":" att-value) / att-field                                     RFC 4566 9
 *
 * Reading the lines of a section, keyed by codec: by the letter of a line or by the name of an attribute. Reading parses
 * on demand; a line that is broken costs itself only. Error offsets count from the value that the codec reads, `field` is
 * the number of the line in its section.
 */
import { type Codec, finish, textCodec } from '../core/codec.ts';
import { utf8Prefix } from '../core/octets.ts';
import type { ParseOptions } from '../core/options.ts';
import { type Result, refuse } from '../core/result.ts';
import { openRange, type Scanner } from '../core/scanner.ts';
import { sameText } from '../core/text.ts';
import { line } from '../core/write.ts';
import { lineOctets, lineText, placeOf } from './received.ts';
import type { SdpIndex } from './scan.ts';
import type { SdpLine, SdpSection } from './session.ts';

const COLON = 0x3a;
const ATTRIBUTE = 'a';

/** The codec of a line, whose name is the line's letter, or of an attribute, whose name is the attribute's. */
export interface SdpCodec<T> extends Codec<T> {
  /** Reads from `s.pos`; `undefined` is refusal and `s.error` says why. */
  scan(s: Scanner): T | undefined;
}

/** The codec of an attribute that has no grammar here: its value as text, empty where it has none. */
export function textAttribute(name: string): SdpCodec<string> {
  return textCodec({
    name,
    rule: 'att-value',
    clause: 'RFC4566-9',
    scan(s) {
      const { pos } = s;
      s.pos = s.end;
      return s.text.slice(pos, s.end);
    },
    format: (value) => line(value, name, 'RFC4566-9'),
  });
}

/** What the line of a letter says: `undefined` where there is none, an error where it is refused or there are two. */
export function getLine<T>(section: SdpSection, codec: SdpCodec<T>, options?: ParseOptions): Result<T> | undefined {
  return onlyOne(section, codec, codec.name, undefined, options);
}

/** Each line of a letter by itself, in order. */
export function getLines<T>(section: SdpSection, codec: SdpCodec<T>, options?: ParseOptions): readonly Result<T>[] {
  return each(section, codec, codec.name, undefined, options);
}

/**
 * What an attribute says: `undefined` where it is absent, an error where it is refused or stands twice. Names compare
 * without case, as the grammars of the attributes have them. A name instead of a codec gives text.
 */
export function getAttribute<T>(section: SdpSection, codec: SdpCodec<T>, options?: ParseOptions): Result<T> | undefined;
export function getAttribute(section: SdpSection, name: string, options?: ParseOptions): Result<string> | undefined;
export function getAttribute<T>(
  section: SdpSection,
  key: SdpCodec<T> | string,
  options?: ParseOptions,
): Result<T | string> | undefined {
  const codec: SdpCodec<T | string> = typeof key === 'string' ? textAttribute(key) : key;
  return onlyOne(section, codec, ATTRIBUTE, codec.name, options);
}

/** Each attribute of a name by itself, in order. */
export function getAttributes<T>(section: SdpSection, codec: SdpCodec<T>, options?: ParseOptions): readonly Result<T>[];
export function getAttributes(section: SdpSection, name: string, options?: ParseOptions): readonly Result<string>[];
export function getAttributes<T>(
  section: SdpSection,
  key: SdpCodec<T> | string,
  options?: ParseOptions,
): readonly Result<T | string>[] {
  const codec: SdpCodec<T | string> = typeof key === 'string' ? textAttribute(key) : key;
  return each(section, codec, ATTRIBUTE, codec.name, options);
}

/** How often an attribute stands in the section that has no value: `sendonly`. */
export function countProperty(section: SdpSection, name: string): number {
  let count = 0;
  for (let i = findLine(section, ATTRIBUTE, name, 0); i >= 0; i = findLine(section, ATTRIBUTE, name, i + 1)) {
    if (valueLength(section, i) === name.length) count++;
  }
  return count;
}

function valueLength(section: SdpSection, i: number): number {
  const place = placeOf(section);
  if (place === undefined) return (section.lines[i] as SdpLine).value.length;
  const { starts, ends } = place.index;
  return (ends[place.from + i] as number) - (starts[place.from + i] as number) - 2;
}

function onlyOne<T>(
  section: SdpSection,
  codec: SdpCodec<T>,
  type: string,
  name: string | undefined,
  options: ParseOptions | undefined,
): Result<T> | undefined {
  const i = findLine(section, type, name, 0);
  if (i < 0) return undefined;
  const field = findLine(section, type, name, i + 1);
  if (field < 0) return readLine(section, i, codec, name, options);
  const expected = name === undefined ? `one ${type}= line` : `one a=${name}`;
  return refuse({ code: 'duplicate', rule: codec.rule, clause: codec.clause, offset: 0, expected, field });
}

function each<T>(
  section: SdpSection,
  codec: SdpCodec<T>,
  type: string,
  name: string | undefined,
  options: ParseOptions | undefined,
): readonly Result<T>[] {
  const results: Result<T>[] = [];
  for (let i = findLine(section, type, name, 0); i >= 0; i = findLine(section, type, name, i + 1)) {
    results.push(readLine(section, i, codec, name, options));
  }
  return results;
}

/** The next line of the letter, and of the attribute where one is named, from line `i` of the section on; or -1. */
function findLine(section: SdpSection, type: string, name: string | undefined, i: number): number {
  const place = placeOf(section);
  if (place === undefined) {
    const { lines } = section;
    for (let k = i; k < lines.length; k++) {
      const { type: letter, value } = lines[k] as SdpLine;
      if (letter === type && (name === undefined || isNamed(value, 0, value.length, name))) return k;
    }
    return -1;
  }
  const { from, to } = place;
  const { octets, starts, ends, text } = place.index;
  const letter = type.charCodeAt(0);
  const length = name?.length ?? 0;
  for (let k = from + i; k < to; k++) {
    const start = starts[k] as number;
    if (octets[start] !== letter) continue;
    const behind = start + 2 + length;
    if (name === undefined) return k - from;
    // Most names have another length, which the octet behind them tells.
    if (octets[behind] !== COLON && behind !== ends[k]) continue;
    if (isNamed(text, start + 2, ends[k] as number, name)) return k - from;
  }
  return -1;
}

/** Whether the attribute that stands here has the name. */
function isNamed(text: string, at: number, end: number, name: string): boolean {
  const to = at + name.length;
  if (to !== end && (to > end || text.charCodeAt(to) !== COLON)) return false;
  return text.startsWith(name, at) || sameText(text.slice(at, to), name);
}

/** What line `i` of the section says, or the attribute in it, whose name and colon are left out then. */
function readLine<T>(
  section: SdpSection,
  i: number,
  codec: SdpCodec<T>,
  name: string | undefined,
  options: ParseOptions | undefined,
): Result<T> {
  const place = placeOf(section);
  const result =
    place === undefined
      ? readText((section.lines[i] as SdpLine).value, codec, name, options)
      : readReceived(place.index, place.from + i, codec, name, options);
  return result.ok ? result : refuse({ ...result.error, field: i });
}

function readText<T>(
  value: string,
  codec: SdpCodec<T>,
  name: string | undefined,
  options: ParseOptions | undefined,
): Result<T> {
  if (name === undefined || value.length === name.length) return codec.parse(value.slice(name?.length ?? 0), options);
  return value.length === name.length + 1 ? emptyValue() : codec.parse(value.slice(name.length + 1), options);
}

function readReceived<T>(
  index: SdpIndex,
  i: number,
  codec: SdpCodec<T>,
  name: string | undefined,
  options: ParseOptions | undefined,
): Result<T> {
  const from = (index.starts[i] as number) + 2;
  const end = index.ends[i] as number;
  let skip = name?.length ?? 0;
  if (name !== undefined && from + skip < end && from + ++skip === end) return emptyValue();
  if (index.ascii) {
    const s = openRange(index.text, index.octets, from + skip, end, options);
    return finish(s, codec.scan(s), codec.rule, codec.clause);
  }
  const text = lineText(index, i, skip);
  if (text !== undefined) return codec.parse(text, options);
  const offset = utf8Prefix(lineOctets(index, i, skip));
  return refuse({ code: 'encoding', rule: codec.rule, clause: codec.clause, offset, expected: 'UTF-8' });
}

/** An attribute with a colon has a value. */
function emptyValue(): Result<never> {
  return refuse({ code: 'truncated', rule: 'att-value', clause: 'RFC4566-9', offset: 0 });
}
