/*
 * A message as octets: a received one's own, a composed one's fields in order and nothing besides. What a field holds is
 * the codecs' matter; here it may only not end its line (RFC 3261 7.3).
 */
import { allOf, TOKEN } from '../core/chars.ts';
import { EncodeError, within } from '../core/error.ts';
import { conversions } from '../core/octets.ts';
import { line, token, wellFormed } from '../core/write.ts';
import { type Field, ReceivedField } from './field.ts';
import type { SipMessage } from './message.ts';
import { partsOf } from './received.ts';

const CR = 0x0d;
const LF = 0x0a;
const SP = 0x20;
const HTAB = 0x09;

/** Throws EncodeError that names the field. */
export function encode(message: SipMessage): Uint8Array {
  const own = partsOf(message);
  // A copy: `slice` of a Buffer is a view.
  if (own !== undefined) return new Uint8Array(own.head.octets.subarray(own.head.lines[0], own.to));
  const { fields, body } = message;
  let head = startLine(message);
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i] as Field;
    if (ReceivedField.octetsOf(field) !== undefined) return encodeMixed(message);
    head += `${field.name}: ${field.value}\r\n`;
  }
  head += '\r\n';
  const length = conversions.utf8Length(head);
  if (length !== head.length) return encodeMixed(message);
  const octets = new Uint8Array(length + body.length);
  conversions.writeAscii(head, octets, 0);
  if (!isSound(octets, length, fields)) return encodeMixed(message);
  octets.set(body, length);
  return octets;
}

/**
 * Whether the ASCII head has the lines that were meant and no others: one pass over all its octets instead of one over
 * each value. Where it has not, writing field by field finds which one it is.
 */
function isSound(octets: Uint8Array, length: number, fields: readonly Field[]): boolean {
  let controls = 0;
  for (let p = 0; p < length; p++) {
    const code = octets[p] as number;
    if ((code < SP && code !== HTAB) || code === 0x7f) controls++;
  }
  if (controls !== 2 * (fields.length + 2)) return false;
  let p = octets.indexOf(LF) + 1;
  for (let i = 0; i < fields.length; i++) {
    const { name, value } = fields[i] as Field;
    if (!allOf(name, TOKEN)) return false;
    const from = p + name.length + 2;
    p = from + value.length;
    if (octets[p] !== CR || octets[p + 1] !== LF) return false;
    if (value.length > 0 && (isBlank(octets[from] as number) || isBlank(octets[p - 1] as number))) return false;
    p += 2;
  }
  return true;
}

function isBlank(code: number): boolean {
  return code === SP || code === HTAB;
}

/** Field by field: what was received and not changed goes out as it came, whatever octets it holds. */
function encodeMixed(message: SipMessage): Uint8Array {
  const pieces: Uint8Array[] = [encoded(startLine(message))];
  message.fields.forEach((field, i) => {
    pieces.push(ReceivedField.octetsOf(field) ?? encoded(formatField(field, i)));
  });
  pieces.push(encoded('\r\n'), message.body);
  const octets = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    octets.set(piece, at);
    at += piece.length;
  }
  return octets;
}

function encoded(text: string): Uint8Array {
  const octets = new Uint8Array(conversions.utf8Length(text));
  conversions.writeUtf8(text, octets, 0);
  return octets;
}

/** The number of octets of `encode(message)`, without encoding. Throws EncodeError. */
export function encodedLength(message: SipMessage): number {
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

function formatField({ name, value }: Field, i: number): string {
  try {
    return `${token(name, 'name', 'RFC3261-7.3')}: ${fieldValue(value)}\r\n`;
  } catch (error) {
    throw within(`fields[${i}]`, error);
  }
}

/** One line of text, in which a control octet other than CR and LF may stand as a quoted-pair (RFC 3261 25.1). */
function fieldValue(value: string): string {
  const shown = typeof value === 'string' ? value.replace(/\\[^\r\n]/g, '\\\\') : value;
  line(shown, 'value', 'RFC3261-7.3');
  return wellFormed(value, 'value', 'RFC3261-7.3');
}

function startLine(message: SipMessage): string {
  const version = message.version ?? 'SIP/2.0';
  if (version !== 'SIP/2.0' && !/^SIP\/\d+\.\d+$/i.test(version)) {
    throw new EncodeError('no SIP version', 'version', 'RFC3261-7.1');
  }
  if ('status' in message) {
    const { status, reason } = message;
    if (!Number.isInteger(status) || status < 0 || status > 999) {
      throw new EncodeError(`${status} has not three digits`, 'status', 'RFC3261-7.2');
    }
    return `${version} ${String(status).padStart(3, '0')} ${reasonPhrase(reason)}\r\n`;
  }
  const { method, uri } = message;
  for (let i = 0; i < uri.length; i++) {
    const code = uri.charCodeAt(i);
    if (code <= SP || code === 0x7f) throw new EncodeError('no URI', 'uri', 'RFC3261-7.1');
  }
  if (uri === '') throw new EncodeError('no URI', 'uri', 'RFC3261-7.1');
  return `${token(method, 'method', 'RFC3261-7.1')} ${wellFormed(uri, 'uri', 'RFC3261-7.1')} ${version}\r\n`;
}

/** A Reason-Phrase is the rest of its line, blanks at its ends too. */
function reasonPhrase(reason: string): string {
  line(`|${reason}|`, 'reason', 'RFC3261-7.2');
  return reason;
}
