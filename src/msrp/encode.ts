/*
 * A message as octets: a received one's own, a made one's headers in order and nothing besides. What a header holds is
 * the codecs' matter; here it may only not end its line.
 */
import { ALPHA, isClass } from '../core/chars.ts';
import { type ClauseId, EncodeError, within } from '../core/error.ts';
import { sameText } from '../core/text.ts';
import { type Chunk, chunksLength, joinChunks } from '../mime/chunks.ts';
import { allMsrp, MSRP_TOKEN } from './chars.ts';
import { holdsEndLine } from './end-line.ts';
import { ReceivedField } from './field.ts';
import { formatStatusCode } from './headers/status.ts';
import { formatIdent } from './ident.ts';
import type { MsrpField, MsrpMessage, MsrpRequest } from './message.ts';
import { receivedOf } from './received.ts';
import { formatText } from './text.ts';

const CLAUSE: ClauseId = 'RFC4975-9';
const BODY: ClauseId = 'RFC4975-7.1';

/** Throws EncodeError; also where the body holds the end-line, so that it needs another transaction id. */
export function encode(message: MsrpMessage): Uint8Array {
  const received = receivedOf(message);
  // A copy: `slice` of a Buffer is a view.
  if (received !== undefined) return new Uint8Array(received.head.octets.subarray(0, received.length));
  return joinChunks(chunksOf(message));
}

/** The number of octets of `encode(message)`, without encoding. Throws EncodeError. */
export function encodedLength(message: MsrpMessage): number {
  return receivedOf(message)?.length ?? chunksLength(chunksOf(message));
}

function chunksOf(message: MsrpMessage): readonly Chunk[] {
  const { transactionId, fields, continuation } = message;
  if (!fields.some(({ name }) => sameText(name, 'To-Path'))) throw new EncodeError('no To-Path', 'fields', CLAUSE);
  const chunks: Chunk[] = [`MSRP ${formatIdent(transactionId, 'transactionId')} ${startOf(message)}\r\n`];
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i] as MsrpField;
    chunks.push(ReceivedField.octetsOf(field) ?? formatField(field, i));
  }
  if ('method' in message) pushBody(message, chunks);
  if (!['$', '+', '#'].includes(continuation)) throw new EncodeError('$, + or #', 'continuation', CLAUSE);
  if ('status' in message && continuation !== '$') {
    throw new EncodeError('a response always ends with $', 'continuation', 'RFC4975-7.2');
  }
  chunks.push(`-------${transactionId}${continuation}\r\n`);
  return chunks;
}

function startOf(message: MsrpMessage): string {
  if ('method' in message) {
    if (/^[A-Z]+$/.test(message.method)) return message.method;
    throw new EncodeError(`${JSON.stringify(message.method)} is no method`, 'method', CLAUSE);
  }
  const code = formatStatusCode(message.status, 'status');
  return message.comment === undefined ? code : `${code} ${formatText(message.comment, 'comment')}`;
}

function pushBody({ body, transactionId }: MsrpRequest, chunks: Chunk[]): void {
  if (body === undefined) return;
  if (holdsEndLine(body, transactionId)) {
    throw new EncodeError('the body holds the end-line of this transaction', 'transactionId', BODY);
  }
  chunks.push('\r\n', body, '\r\n');
}

function formatField({ name, value }: MsrpField, i: number): string {
  try {
    if (!allMsrp(name, MSRP_TOKEN) || !isClass(name.charCodeAt(0), ALPHA)) {
      throw new EncodeError(`${JSON.stringify(name)} is no header name`, 'name', CLAUSE);
    }
    return `${name}: ${formatText(value, 'value')}\r\n`;
  } catch (error) {
    throw within(`fields[${i}]`, error);
  }
}
