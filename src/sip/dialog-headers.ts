/*
 * The seam between a composed request and the stack that sends it. The headers of the transaction and dialog are the
 * stack's: it adds them itself (`headerLines` leaves them out), or `withDialog` does (RFC 3261 8.1.1).
 */
import type { FieldCodec } from '../core/codec.ts';
import { EncodeError } from '../core/error.ts';
import { findParam } from '../core/params.ts';
import { line, token } from '../core/write.ts';
import type { Field } from './field.ts';
import { callId } from './headers/call-id.ts';
import { type Cseq, cseq } from './headers/cseq.ts';
import { from, to } from './headers/name-addrs.ts';
import { contentLength, maxForwards } from './headers/numbers.ts';
import { type Via, via } from './headers/via.ts';
import type { SipMessage, SipRequest } from './message.ts';
import type { NameAddr } from './name-addr.ts';
import { canonicalName, sameName } from './names.ts';

/** Headers that a stack writes itself for every request. */
const STACK_HEADERS = ['Via', 'Max-Forwards', 'From', 'To', 'Call-ID', 'CSeq', 'Content-Length'];

/** What makes a composed request a whole one; each part as text or as its codec's value. */
export interface Dialog {
  readonly via: string | readonly Via[];
  /** Its tag is what counts where the request has a From already: an anonymous one stays anonymous. */
  readonly from: string | NameAddr;
  /** Counts where the request has no To. */
  readonly to?: string | NameAddr | undefined;
  readonly callId: string;
  /** The sequence number; the method is the request's. */
  readonly cseq: number;
  /** 70 where absent (RFC 3261 8.1.1.6). */
  readonly maxForwards?: number | undefined;
}

/**
 * The request with Via, Max-Forwards, From, To, Call-ID and CSeq in front of its own fields, and with the
 * Content-Length of its body. Throws EncodeError where a part is no value of its header, or From has no tag.
 */
export function withDialog(request: SipRequest, dialog: Dialog): SipRequest {
  const sequence: Cseq = { number: dialog.cseq, method: request.method };
  const fields: Field[] = [
    { name: 'Via', value: via.format(typeof dialog.via === 'string' ? read(via, dialog.via, 'via') : dialog.via) },
    { name: 'Max-Forwards', value: maxForwards.format(dialog.maxForwards ?? 70) },
    { name: 'From', value: from.format(sender(request, dialog)) },
    { name: 'To', value: to.format(receiver(request, dialog)) },
    { name: 'Call-ID', value: callId.format(dialog.callId) },
    { name: 'CSeq', value: cseq.format(sequence) },
    ...request.fields.filter(({ name }) => !STACK_HEADERS.includes(canonicalName(name))),
    { name: 'Content-Length', value: contentLength.format(request.body.length) },
  ];
  const version = request.version === undefined ? {} : { version: request.version };
  return { method: request.method, uri: request.uri, ...version, fields, body: request.body };
}

function sender(request: SipRequest, dialog: Dialog): NameAddr {
  const given = typeof dialog.from === 'string' ? read(from, dialog.from, 'from') : dialog.from;
  const tag = findParam(given.params, 'tag');
  if (tag?.value === undefined) throw new EncodeError('From needs a tag', 'from', 'RFC3261-8.1.1.3');
  const own = request.fields.find(({ name }) => sameName(name, 'From'));
  if (own === undefined) return given;
  const value = read(from, own.value, 'From');
  return { ...value, params: [...value.params.filter((param) => param.name !== 'tag'), tag] };
}

function receiver(request: SipRequest, dialog: Dialog): NameAddr {
  const own = request.fields.find(({ name }) => sameName(name, 'To'));
  if (own !== undefined) return read(to, own.value, 'To');
  if (dialog.to === undefined)
    throw new EncodeError('the request has no To and none is given', 'to', 'RFC3261-8.1.1.2');
  return typeof dialog.to === 'string' ? read(to, dialog.to, 'to') : dialog.to;
}

function read<T>(codec: FieldCodec<T>, text: string, path: string): T {
  const result = codec.parse(text);
  if (result.ok) return result.value;
  const { code, offset, clause } = result.error;
  throw new EncodeError(`${JSON.stringify(text)} is refused: ${code} at ${offset}`, path, clause);
}

/**
 * The fields that a stack does not write by itself, one `Name: value` each, as stacks take them for extra headers.
 * Throws EncodeError where a field could not stand on a line.
 */
export function headerLines(message: SipMessage): readonly string[] {
  const own = message.fields.filter(({ name }) => !STACK_HEADERS.includes(canonicalName(name)));
  return own.map(({ name, value }) => `${token(name, 'name', 'RFC3261-7.3')}: ${line(value, name, 'RFC3261-7.3')}`);
}
