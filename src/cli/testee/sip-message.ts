/*
 * A whole SIP message as the testee protocol shows it: every header with what its codec makes of it.
 */
import type { ParseError } from '../../core/error.ts';
import { toUtf8 } from '../../core/octets.ts';
import type { ParseOptions } from '../../core/options.ts';
import { withoutBlanks } from '../../core/scanner.ts';
import { wellFormed } from '../../core/write.ts';
import { malformedLines, readField, textField } from '../../sip/access.ts';
import type { Field } from '../../sip/field.ts';
import { frameSip } from '../../sip/frame.ts';
import type { HeadOptions } from '../../sip/head.ts';
import { headerCodec } from '../../sip/headers/registry.ts';
import { isRequest, type SipMessage, sipMessage } from '../../sip/message.ts';
import { canonicalName } from '../../sip/names.ts';
import { sipUri } from '../../sip/uri.ts';
import { toBase64, WrongValue } from '../json.ts';
import { type Answer, invalid } from './answer.ts';

/** One header of a message: as received, and what its codec reads or why it does not. */
export interface HeaderView {
  readonly name: string;
  readonly value: string;
  readonly typed?: unknown;
  readonly error?: ParseError | undefined;
}

/** Every field of a message in order, read by the codec of its name. */
export function readHeaders(message: SipMessage, options?: ParseOptions): readonly HeaderView[] {
  const malformed = new Map(malformedLines(message).map((error) => [error.field, error]));
  return message.fields.map(({ name, value }, i) => {
    const error = malformed.get(i);
    if (error !== undefined) return { name, value, error };
    const codec = headerCodec(name);
    const result = readField(message, i, codec ?? textField(name), options);
    if (!result.ok) return { name, value, error: result.error };
    return codec === undefined ? { name, value } : { name, value, typed: result.value };
  });
}

export function decodeMessage(octets: Uint8Array, options: HeadOptions): Answer {
  let available = octets;
  if (options.framing === 'stream') {
    const frame = frameSip(octets, options);
    if (frame.kind === 'incomplete') return { outcome: 'incomplete', needed: frame.needed };
    if (frame.kind === 'broken') return invalid(frame.error);
    available = octets.subarray(0, frame.length);
  }
  const result = sipMessage.decode(available, options);
  if (!result.ok) return invalid(result.error);
  const { value: message, consumed, notes } = result;
  const headers = readHeaders(message, options);
  return {
    outcome: 'valid',
    value: { ...startOf(message), headers, fields: message.fields, body: message.body },
    headers,
    canonical: toBase64(sipMessage.encode(canonicalMessage(message, headers))),
    identical: isEnd(available.subarray(0, consumed), sipMessage.encode(message)),
    consumed,
    notes: notes.length === 0 ? undefined : notes,
  };
}

function startOf(message: SipMessage): object {
  const version = message.version ?? 'SIP/2.0';
  if (!isRequest(message)) return { status: message.status, reason: message.reason, version };
  return { method: message.method, uri: message.uri, version };
}

/** Whether the octets end with these, and have nothing before them but the CRLFs that a stream may begin with. */
function isEnd(octets: Uint8Array, end: Uint8Array): boolean {
  const before = octets.length - end.length;
  if (before < 0 || octets.subarray(0, before).some((octet) => octet !== 0x0d && octet !== 0x0a)) return false;
  return Buffer.compare(octets.subarray(before), end) === 0;
}

/**
 * The message in its normal form: long names in their registered spelling, each value as its codec writes it. A
 * header that is refused stays as it came, as far as it can stand on a line; else its octets do.
 */
export function canonicalMessage(message: SipMessage, headers: readonly HeaderView[]): SipMessage {
  const fields = message.fields.map((field, i) => canonicalField(field, headers[i] as HeaderView));
  const version = (message.version ?? 'SIP/2.0').toUpperCase();
  const { body } = message;
  if (!isRequest(message)) {
    return { status: message.status, reason: withoutBlanks(message.reason), version, fields, body };
  }
  const uri = sipUri.parse(message.uri);
  return { method: message.method, uri: uri.ok ? sipUri.format(uri.value) : message.uri, version, fields, body };
}

function canonicalField(field: Field, { name, value, typed, error }: HeaderView): Field {
  const codec = headerCodec(name);
  if (codec !== undefined && error === undefined) return { name: codec.name, value: codec.format(typed) };
  if (name === '' || hasControl(value)) return field;
  return error?.code === 'encoding' ? field : { name: canonicalName(name), value };
}

function hasControl(value: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  return /[\x00-\x08\x0a-\x1f\x7f]/.test(value);
}

/** The message that a JSON value stands for. Throws WrongValue where it stands for none. */
export function messageFrom(value: unknown): SipMessage {
  if (!isObject(value)) throw new WrongValue('the value is no object');
  const { version, body } = value;
  if (version !== undefined && typeof version !== 'string') throw new WrongValue('version is no text');
  const list = value.fields ?? value.headers ?? [];
  if (!Array.isArray(list)) throw new WrongValue('fields is no list');
  const rest = { version, fields: list.map(fieldFrom), body: bodyFrom(body) };
  const { method, uri, status, reason } = value;
  if (status === undefined) {
    if (typeof method !== 'string' || typeof uri !== 'string') throw new WrongValue('method or uri is no text');
    return { method, uri, ...rest };
  }
  if (typeof status !== 'number') throw new WrongValue('status is no number');
  if (reason !== undefined && typeof reason !== 'string') throw new WrongValue('reason is no text');
  return { status, reason: reason ?? '', ...rest };
}

/** A field has its value as text, or as its codec's value in `typed`. */
function fieldFrom(field: unknown, i: number): Field {
  if (!isObject(field) || typeof field.name !== 'string') throw new WrongValue(`fields[${i}] has no name`);
  const { name, value, typed } = field;
  if (typeof value === 'string') return { name, value };
  const codec = headerCodec(name);
  if (value !== undefined || typed === undefined || codec === undefined)
    throw new WrongValue(`fields[${i}] has no value`);
  return { name, value: codec.format(typed) };
}

function bodyFrom(body: unknown): Uint8Array {
  if (body === undefined) return new Uint8Array(0);
  if (body instanceof Uint8Array) return body;
  if (typeof body !== 'string') throw new WrongValue('body is neither text nor { "base64": … }');
  return toUtf8(wellFormed(body, 'body', 'RFC3261-7.4'));
}

function isObject(value: unknown): value is { readonly [key: string]: unknown; readonly name?: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
