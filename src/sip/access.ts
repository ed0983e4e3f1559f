/*
 * Reading and changing the fields of a message, keyed by codec: the codec's name says which fields, under their long
 * and compact forms. Reading parses on demand; a header that is broken costs itself only. Changing gives a new
 * message, in which every other field goes out as it came.
 */
import { type FieldCodec, fieldCodec } from '../core/codec.ts';
import type { ParseError } from '../core/error.ts';
import type { ParseOptions } from '../core/options.ts';
import { type Note, ok, type Result, refuse } from '../core/result.ts';
import type { Scanner } from '../core/scanner.ts';
import { line } from '../core/write.ts';
import { type Field, findField, isLast, malformedError, octetOffset, ReceivedField, scanField } from './field.ts';
import { isRequest, type SipMessage } from './message.ts';
import { rowOf, rowOfCodec, sameName } from './names.ts';
import { partsOf, tableOf } from './received.ts';

/** The codec of a header that has no grammar here: one line of text. */
export function textField(name: string): FieldCodec<string> {
  return fieldCodec({
    name,
    rule: 'header-value',
    clause: 'RFC3261-25.1',
    scan: scanText,
    format: (value) => line(value, name, 'RFC3261-25.1'),
  });
}

function scanText(s: Scanner): string | undefined {
  const { codes, end, pos } = s;
  for (let p = pos; p < end; p++) {
    const code = codes[p] as number;
    if ((code >= 0x20 && code < 0x7f) || code === 0x09 || code === s.nonAscii) continue;
    s.pos = p;
    return s.unexpected('header-value', 'RFC3261-25.1');
  }
  s.pos = end;
  return s.text.slice(pos, end);
}

/**
 * The value of a header: `undefined` where it is absent, its error where it is refused. The fields of a comma list
 * are one list, in order; any other header that occurs twice is refused (RFC 3261 7.3.1). A name instead of a codec
 * gives text.
 */
export function get<T>(message: SipMessage, codec: FieldCodec<T>, options?: ParseOptions): Result<T> | undefined;
export function get(message: SipMessage, name: string, options?: ParseOptions): Result<string> | undefined;
export function get<T>(
  message: SipMessage,
  key: FieldCodec<T> | string,
  options?: ParseOptions,
): Result<T | string> | undefined {
  const codec: FieldCodec<T | string> = typeof key === 'string' ? textField(key) : key;
  const parts = partsOf(message);
  const row = rowOfCodec(codec);
  if (parts !== undefined) {
    const table = tableOf(parts);
    const i = findField(parts.head, table, codec.name, row, 0);
    if (i < 0) return undefined;
    if (isLast(table, i)) {
      const result = scanField(parts.head, table, i, codec, options);
      return result.ok ? result : refuse({ ...result.error, field: i });
    }
  }
  const i = nextField(message, codec.name, row, 0);
  if (i < 0) return undefined;
  const first = readField(message, i, codec, options);
  const next = nextField(message, codec.name, row, i + 1);
  if (next < 0 || !first.ok) return first;
  if (codec.list) return merge(message, codec, [...(first.value as readonly unknown[])], first.notes, next, options);
  const expected = `one ${codec.name}`;
  return refuse({ code: 'duplicate', rule: codec.rule, clause: 'RFC3261-7.3.1', offset: 0, expected, field: next });
}

/** The elements of a list's further fields behind those of its first. */
function merge<T>(
  message: SipMessage,
  codec: FieldCodec<T>,
  list: unknown[],
  firstNotes: readonly Note[],
  from: number,
  options: ParseOptions | undefined,
): Result<T> {
  const row = rowOf(codec.name);
  const notes: Note[] = [...firstNotes];
  for (let i = from; i >= 0; i = nextField(message, codec.name, row, i + 1)) {
    const more = readField(message, i, codec, options);
    if (!more.ok) return more;
    for (const element of more.value as readonly unknown[]) list.push(element);
    notes.push(...more.notes);
  }
  return ok(list as T, notes);
}

/** Each field of a header by itself, in order. */
export function getAll<T>(message: SipMessage, codec: FieldCodec<T>, options?: ParseOptions): readonly Result<T>[];
export function getAll(message: SipMessage, name: string, options?: ParseOptions): readonly Result<string>[];
export function getAll<T>(
  message: SipMessage,
  key: FieldCodec<T> | string,
  options?: ParseOptions,
): readonly Result<T | string>[] {
  const codec: FieldCodec<T | string> = typeof key === 'string' ? textField(key) : key;
  const row = rowOf(codec.name);
  const results: Result<T | string>[] = [];
  for (let i = nextField(message, codec.name, row, 0); i >= 0; i = nextField(message, codec.name, row, i + 1)) {
    results.push(readField(message, i, codec, options));
  }
  return results;
}

/** Whether the message has a field of the name. */
export function has(message: SipMessage, name: string): boolean {
  return nextField(message, name, rowOf(name), 0) >= 0;
}

/** The next field of the name from number `from` on, or -1. `row` is that of the name. */
function nextField(message: SipMessage, name: string, row: number, from: number): number {
  const parts = partsOf(message);
  if (parts !== undefined) return findField(parts.head, tableOf(parts), name, row, from);
  const { fields } = message;
  for (let i = from; i < fields.length; i++) if (sameName((fields[i] as Field).name, name)) return i;
  return -1;
}

/** Field number `i` by the codec, whatever its name. */
export function readField<T>(message: SipMessage, i: number, codec: FieldCodec<T>, options?: ParseOptions): Result<T> {
  const parts = partsOf(message);
  const result =
    parts === undefined
      ? codec.parse((message.fields[i] as Field).value, options)
      : scanField(parts.head, tableOf(parts), i, codec, options);
  return result.ok ? result : refuse({ ...result.error, field: i });
}

/** The lines of a received head that are no fields at all: no name, no colon, or a name that is no token. */
export function malformedLines(message: SipMessage): readonly ParseError[] {
  const parts = partsOf(message);
  if (parts === undefined) return [];
  const table = tableOf(parts);
  const errors: ParseError[] = [];
  for (let i = 0; i < parts.head.lines.length - 2; i++) {
    const error = malformedError(parts.head, table, i);
    if (error !== undefined) errors.push(error);
  }
  return errors;
}

/**
 * Where in a received message an error of one of its fields lies: the octets from the offset to the end of the
 * value. `undefined` for a composed message, which has no octets yet, and for an error of no field.
 */
export function locate(message: SipMessage, error: ParseError): readonly [from: number, to: number] | undefined {
  const parts = partsOf(message);
  if (parts === undefined || error.field === undefined) return undefined;
  const { head } = parts;
  const table = tableOf(parts);
  const to = table[3 * error.field + 2];
  return to === undefined ? undefined : [octetOffset(head, table, error.field, error.offset), to];
}

/**
 * The message with one field of the header, at the place of its first one or at the end. A list is written as one
 * field. Throws EncodeError on a value that the codec does not let through.
 */
export function set<T>(message: SipMessage, codec: FieldCodec<T>, value: T): SipMessage {
  const field: Field = { name: codec.name, value: codec.format(value) };
  const fields: Field[] = [];
  let placed = false;
  for (const other of message.fields) {
    if (!sameName(other.name, codec.name)) fields.push(other);
    else if (!placed) {
      fields.push(field);
      placed = true;
    }
  }
  if (!placed) fields.push(field);
  return withFields(message, fields);
}

/** The message with one more field, behind the last of its name or at the end. Throws EncodeError. */
export function append<T>(message: SipMessage, codec: FieldCodec<T>, value: T): SipMessage {
  const fields = [...message.fields];
  const last = fields.findLastIndex((field) => sameName(field.name, codec.name));
  fields.splice(last < 0 ? fields.length : last + 1, 0, { name: codec.name, value: codec.format(value) });
  return withFields(message, fields);
}

/** The message without the fields of a header. */
export function remove(message: SipMessage, key: FieldCodec<never> | FieldCodec<unknown> | string): SipMessage {
  const name = typeof key === 'string' ? key : key.name;
  return withFields(
    message,
    message.fields.filter((field) => !sameName(field.name, name)),
  );
}

/** The message with another body. Its Content-Length is the caller's to set. */
export function withBody(message: SipMessage, body: Uint8Array): SipMessage {
  return { ...startOf(message), fields: message.fields, body };
}

function withFields(message: SipMessage, fields: readonly Field[]): SipMessage {
  return { ...startOf(message), fields, body: message.body };
}

type Start = { method: string; uri: string; version?: string } | { status: number; reason: string; version?: string };

function startOf(message: SipMessage): Start {
  const version = message.version === undefined ? {} : { version: message.version };
  if (isRequest(message)) return { method: message.method, uri: message.uri, ...version };
  return { status: message.status, reason: message.reason, ...version };
}

/** The octets of one field as they were received; `undefined` for a field that was made otherwise. */
export const receivedOctets: (field: Field) => Uint8Array | undefined = ReceivedField.octetsOf;
