/*
 * A message as octets: a received one's own, a composed one's fields in order and nothing besides. What a field holds is
 * the codecs' matter; here it may only not end its line (RFC 3261 7.3).
 */
import { VCHAR } from '../core/chars.ts';
import { EncodeError, within } from '../core/error.ts';
import { conversions } from '../core/octets.ts';
import { line, wellFormed } from '../core/write.ts';
import { type Writer, writer } from '../core/writer.ts';
import { type Field, ReceivedField, writeTyped } from './field.ts';
import type { SipMessage } from './message.ts';
import { partsOf } from './received.ts';

const CR = 0x0d;
const LF = 0x0a;
const SP = 0x20;
const COLON = 0x3a;

/**
 * Throws EncodeError that names the field. As with every small Buffer, the octets of a short message may lie in a
 * block of memory that others share.
 */
export function encode(message: SipMessage): Uint8Array {
  const own = partsOf(message);
  if (own !== undefined) return copy(own.head.octets.subarray(own.head.lines[0], own.to), NO_OCTETS);
  const mark = writer.pos;
  try {
    writeHead(writer, message);
    return copy(writer.octets.subarray(mark, writer.pos), message.body);
  } finally {
    writer.back(mark);
  }
}

const NO_OCTETS = new Uint8Array(0);

function copy(head: Uint8Array, body: Uint8Array): Uint8Array {
  const octets = conversions.allocate(head.length + body.length);
  octets.set(head);
  octets.set(body, head.length);
  return octets;
}

/** The number of octets of `encode(message)`, without encoding the body. Throws EncodeError. */
export function encodedLength(message: SipMessage): number {
  const own = partsOf(message);
  if (own !== undefined) return own.to - (own.head.lines[0] as number);
  const mark = writer.pos;
  try {
    writeHead(writer, message);
    return writer.pos - mark + message.body.length;
  } finally {
    writer.back(mark);
  }
}

/** The start-line, the fields and the blank line. What was received and not changed goes out as it came. */
function writeHead(w: Writer, message: SipMessage): void {
  writeStartLine(w, message);
  const { fields } = message;
  let i = 0;
  try {
    for (; i < fields.length; i++) {
      const field = fields[i] as Field;
      const received = ReceivedField.octetsOf(field);
      if (received === undefined) writeField(w, field);
      else w.copy(received);
    }
  } catch (error) {
    throw within(`fields[${i}]`, error);
  }
  writeLineEnd(w);
}

function writeField(w: Writer, field: Field): void {
  if (!writeTyped(w, field)) {
    w.token(field.name, 'name', 'RFC3261-7.3');
    w.pair(COLON, SP);
    w.line(field.value, fieldValue);
  }
  writeLineEnd(w);
}

function writeLineEnd(w: Writer): void {
  w.pair(CR, LF);
}

/** One line of text, in which a control octet other than CR and LF may stand as a quoted-pair (RFC 3261 25.1). */
function fieldValue(value: string): string {
  const shown = typeof value === 'string' ? value.replace(/\\[^\r\n]/gu, '\\\\') : value;
  line(shown, 'value', 'RFC3261-7.3');
  return wellFormed(value, 'value', 'RFC3261-7.3');
}

function writeStartLine(w: Writer, message: SipMessage): void {
  const version = message.version ?? 'SIP/2.0';
  if (version !== 'SIP/2.0' && !/^SIP\/\d+\.\d+$/i.test(version)) {
    throw new EncodeError('no SIP version', 'version', 'RFC3261-7.1');
  }
  if ('status' in message) {
    const { status, reason } = message;
    if (!Number.isInteger(status) || status < 0 || status > 999) {
      throw new EncodeError(`${status} has not three digits`, 'status', 'RFC3261-7.2');
    }
    w.ascii(version);
    w.code(SP);
    w.ascii(String(status).padStart(3, '0'));
    w.code(SP);
    w.line(reason, reasonPhrase);
  } else {
    const { method, uri } = message;
    w.token(method, 'method', 'RFC3261-7.1');
    w.code(SP);
    if (!w.run(uri, VCHAR)) w.utf8(requestUri(uri));
    w.code(SP);
    w.ascii(version);
  }
  writeLineEnd(w);
}

/** Everything but blanks and control octets: what is wrong with a URI besides is for its codec to say. */
function requestUri(uri: string): string {
  for (let i = 0; i < uri.length; i++) {
    const code = uri.charCodeAt(i);
    if (code <= SP || code === 0x7f) throw new EncodeError('no URI', 'uri', 'RFC3261-7.1');
  }
  if (uri === '') throw new EncodeError('no URI', 'uri', 'RFC3261-7.1');
  return wellFormed(uri, 'uri', 'RFC3261-7.1');
}

/** A Reason-Phrase is the rest of its line, blanks at its ends too. */
function reasonPhrase(reason: string): string {
  line(`|${reason}|`, 'reason', 'RFC3261-7.2');
  return reason;
}
