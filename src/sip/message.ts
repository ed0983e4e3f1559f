/*
 * A SIP message (RFC 3261 7): plain readonly data, whether composed or received. A received one keeps its octets:
 * its fields are found in one pass and parsed when they are asked for; untouched it encodes to the octets it came in.
 */
import type { BytesCodec, Decoded } from '../core/codec.ts';
import { EncodeError } from '../core/error.ts';
import { limits } from '../core/limits.ts';
import { conversions } from '../core/octets.ts';
import { refuse } from '../core/result.ts';
import { sameText } from '../core/text.ts';
import { line, token, wellFormed } from '../core/write.ts';
import { type Field, type FieldTable, nameEnd, ReceivedField, shownText, tabulate } from './field.ts';
import { type Head, type HeadOptions, scanHead, streamError } from './head.ts';

/** A request as plain data. `uri` is the Request-URI as text; `version` is SIP/2.0 where absent. */
export interface SipRequest {
  readonly method: string;
  readonly uri: string;
  readonly version?: string | undefined;
  readonly fields: readonly Field[];
  readonly body: Uint8Array;
}

/** A response as plain data. */
export interface SipResponse {
  readonly status: number;
  readonly reason: string;
  readonly version?: string | undefined;
  readonly fields: readonly Field[];
  readonly body: Uint8Array;
}

export type SipMessage = SipRequest | SipResponse;

export function isRequest(message: SipMessage): message is SipRequest {
  return 'method' in message;
}

interface SipMessageCodec extends BytesCodec<SipMessage> {
  /** `consumed` tells how many octets the message took; what follows in a datagram is the caller's. */
  decode(octets: Uint8Array, options?: HeadOptions): Decoded<SipMessage>;
}

export const sipMessage: SipMessageCodec = {
  name: 'sip-message',
  mediaType: 'message/sip',
  clause: 'RFC3261-7',
  decode,
  encode,
  encodedLength,
};

/** What a received message keeps beside its data: its octets and where its fields lie in them. */
export interface Parts {
  readonly head: Head;
  /** Where the body ends. */
  readonly to: number;
  /** Made when a field is first asked for. */
  table: FieldTable | undefined;
  fields: readonly Field[] | undefined;
  body: Uint8Array | undefined;
}

/** The parts are private, so that no plain object can pass for a received message. */
abstract class Received {
  readonly #parts: Parts;

  constructor(head: Head, to: number) {
    this.#parts = { head, to, table: undefined, fields: undefined, body: undefined };
  }

  get fields(): readonly Field[] {
    const parts = this.#parts;
    parts.fields ??= readFields(parts.head, tableOf(parts));
    return parts.fields;
  }

  get body(): Uint8Array {
    const parts = this.#parts;
    parts.body ??= parts.head.octets.subarray(parts.head.end, parts.to);
    return parts.body;
  }

  static partsOf(message: SipMessage): Parts | undefined {
    return #parts in message ? message.#parts : undefined;
  }
}

/** The parts of a received message; `undefined` for a composed one. */
export const partsOf: (message: SipMessage) => Parts | undefined = Received.partsOf;

export function tableOf(parts: Parts): FieldTable {
  parts.table ??= tabulate(parts.head);
  return parts.table;
}

class ReceivedRequest extends Received implements SipRequest {
  readonly method: string;
  readonly uri: string;
  readonly version: string;

  constructor(head: Head, to: number) {
    super(head, to);
    const { text, lines } = head;
    const from = lines[0] as number;
    const methodEnd = text.indexOf(' ', from);
    const uriEnd = text.indexOf(' ', methodEnd + 1);
    this.method = text.slice(from, methodEnd);
    this.uri = shownText(head, methodEnd + 1, uriEnd);
    this.version = text.slice(uriEnd + 1, lineEnd(head));
  }

  toJSON(): SipRequest {
    const { method, uri, version, fields, body } = this;
    return { method, uri, version, fields, body };
  }
}

class ReceivedResponse extends Received implements SipResponse {
  readonly status: number;
  readonly reason: string;
  readonly version: string;

  constructor(head: Head, to: number) {
    super(head, to);
    const { text, lines } = head;
    const from = lines[0] as number;
    const versionEnd = text.indexOf(' ', from);
    this.version = text.slice(from, versionEnd);
    this.status = Number(text.slice(versionEnd + 1, versionEnd + 4));
    const reason = versionEnd + 5;
    this.reason = shownText(head, reason, lineEnd(head));
  }

  toJSON(): SipResponse {
    const { status, reason, version, fields, body } = this;
    return { status, reason, version, fields, body };
  }
}

function lineEnd(head: Head): number {
  const end = (head.lines[1] as number) - 1;
  return head.octets[end - 1] === 0x0d ? end - 1 : end;
}

function readFields(head: Head, table: FieldTable): readonly Field[] {
  const fields: Field[] = [];
  for (let i = 0; i < table.names.length; i++) {
    const begin = head.lines[i + 1] as number;
    const name = table.names[i] === '' ? '' : head.text.slice(begin, nameEnd(head.octets, begin));
    const value = shownText(head, table.from[i] as number, table.to[i] as number);
    fields.push(new ReceivedField(name, value, head.octets.subarray(begin, head.lines[i + 2])));
  }
  return fields;
}

export function headOf(message: SipMessage): Head | undefined {
  return partsOf(message)?.head;
}

/**
 * Reads one message. Refused only where nothing can be framed or answered: no start-line, no end of head, a limit,
 * bare LF. A datagram's body is what Content-Length says, or all that is there where it says nothing usable; on a
 * stream such a message is refused (RFC 3261 18.3).
 */
function decode(octets: Uint8Array, options?: HeadOptions): Decoded<SipMessage> {
  const outcome = scanHead(octets, options);
  if (outcome.kind !== 'head') {
    if (outcome.kind === 'broken') return refuse(outcome.error);
    const expected = 'the blank line behind the fields';
    return refuse({ code: 'truncated', rule: 'message-header', clause: 'RFC3261-7', offset: octets.length, expected });
  }
  const { head } = outcome;
  const available = octets.length - head.end;
  const length = head.contentLength;
  if (options?.framing === 'stream') {
    const error = streamError(head, limits(options.limits).message);
    if (error !== undefined) return refuse(error);
    if (length > available) {
      return refuse({ code: 'truncated', rule: 'message-body', clause: 'RFC3261-18.3', offset: octets.length });
    }
  }
  const to = head.end + (length >= 0 && length <= available ? length : available);
  const response = isStatusLine(head);
  const value: SipMessage = response ? new ReceivedResponse(head, to) : new ReceivedRequest(head, to);
  return { ok: true, value, notes: head.notes, consumed: to };
}

/** No method has a "/", so that a start-line which begins like a version is no Request-Line. */
function isStatusLine(head: Head): boolean {
  const from = head.lines[0] as number;
  return sameText(head.text.slice(from, from + 4), 'SIP/');
}

/** The octets of a message: a received one's own, a composed one's fields in order and nothing besides. Throws EncodeError. */
function encode(message: SipMessage): Uint8Array {
  const own = partsOf(message);
  // A copy: `slice` of a Buffer is a view.
  if (own !== undefined) return new Uint8Array(own.head.octets.subarray(own.head.lines[0], own.to));
  const pieces = [startLine(message)];
  let raw: Uint8Array[] | undefined;
  const { fields, body } = message;
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i] as Field;
    const octets = ReceivedField.octetsOf(field);
    if (octets === undefined) pieces.push(formatField(field, i));
    else {
      raw ??= [];
      raw.push(octets);
      pieces.push('');
    }
  }
  return raw === undefined ? joinText(pieces, body) : joinMixed(pieces, raw, body);
}

function joinText(pieces: readonly string[], body: Uint8Array): Uint8Array {
  const head = `${pieces.join('')}\r\n`;
  const length = conversions.utf8Length(head);
  const octets = new Uint8Array(length + body.length);
  if (length === head.length) conversions.writeAscii(head, octets, 0);
  else conversions.writeUtf8(head, octets, 0);
  octets.set(body, length);
  return octets;
}

/** Fields that were received and not changed go out as they came, whatever octets they hold. */
function joinMixed(pieces: readonly string[], raw: readonly Uint8Array[], body: Uint8Array): Uint8Array {
  let length = 2 + body.length;
  for (const piece of pieces) length += conversions.utf8Length(piece);
  for (const octets of raw) length += octets.length;
  const whole = new Uint8Array(length);
  let at = 0;
  let next = 0;
  for (const piece of pieces) {
    if (piece !== '') at += conversions.writeUtf8(piece, whole, at);
    else {
      const octets = raw[next++] as Uint8Array;
      whole.set(octets, at);
      at += octets.length;
    }
  }
  whole[at] = 0x0d;
  whole[at + 1] = 0x0a;
  whole.set(body, at + 2);
  return whole;
}

function encodedLength(message: SipMessage): number {
  const own = partsOf(message);
  if (own !== undefined) return own.to - (own.head.lines[0] as number);
  const { fields, body } = message;
  let text = startLine(message);
  let length = 2 + body.length;
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i] as Field;
    const octets = ReceivedField.octetsOf(field);
    if (octets === undefined) text += formatField(field, i);
    else length += octets.length;
  }
  return length + conversions.utf8Length(text);
}

function formatField(field: Field, i: number): string {
  const name = token(field.name, `fields[${i}].name`, 'RFC3261-7.3');
  return `${name}: ${line(field.value, `fields[${i}].value`, 'RFC3261-7.3')}\r\n`;
}

function startLine(message: SipMessage): string {
  const version = message.version ?? 'SIP/2.0';
  if (!/^SIP\/\d+\.\d+$/i.test(version)) throw new EncodeError('no SIP version', 'version', 'RFC3261-7.1');
  if (!isRequest(message)) {
    const { status, reason } = message;
    if (!Number.isInteger(status) || status < 100 || status > 999) {
      throw new EncodeError(`${status} has not three digits`, 'status', 'RFC3261-7.2');
    }
    return `${version} ${status} ${line(reason, 'reason', 'RFC3261-7.2')}\r\n`;
  }
  const { method, uri } = message;
  if (!/^[!-~\u0080-\u{10ffff}]+$/u.test(uri)) throw new EncodeError('no URI', 'uri', 'RFC3261-7.1');
  return `${token(method, 'method', 'RFC3261-7.1')} ${wellFormed(uri, 'uri', 'RFC3261-7.1')} ${version}\r\n`;
}
