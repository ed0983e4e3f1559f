/*
 * Pager messages of one sender to one receiver, prepared once: release version, Accept-Contact, identity and all other
 * headers that stay the same are written and checked when the profile is made. What differs between two messages is
 * checked when it comes. The octets are those that composing without a profile gives.
 */
import { allOf, TOKEN } from '../core/chars.ts';
import { type ClauseId, EncodeError } from '../core/error.ts';
import { conversions } from '../core/octets.ts';
import { token, wellFormed, whole } from '../core/write.ts';
import { withDialog } from '../sip/dialog-headers.ts';
import type { Field } from '../sip/field.ts';
import { callId } from '../sip/headers/call-id.ts';
import type { SipRequest } from '../sip/message.ts';
import { sipUri } from '../sip/uri.ts';
import { composePagerMessage, type PagerMessageInput } from './pager-message.ts';
import type { OneTarget } from './target.ts';

/** All of a pager message to one receiver but its content, and where it is sent from. */
export interface ProfileInput extends Omit<PagerMessageInput, 'body' | 'to'> {
  readonly to: OneTarget;
  /** Sent-protocol and sent-by of the Via, with parameters but without branch: `SIP/2.0/TCP phone.example`. */
  readonly via: string;
  /** The media type of the content; `text/plain;charset=UTF-8` where absent. */
  readonly contentType?: string | undefined;
  /** Adds to each request what a client profile asks for, IMS headers for example. It sees a request without content. */
  readonly prepare?: ((request: SipRequest) => SipRequest) | undefined;
}

/** What makes one message a transaction of its own (RFC 3261 8.1.1). */
export interface Transaction {
  readonly branch: string;
  /** The tag of From. */
  readonly tag: string;
  readonly callId: string;
  readonly cseq: number;
}

export interface Profile {
  /** The request without its transaction, as `composePagerMessage` gives it. Throws EncodeError on a lone surrogate. */
  compose(content: string | Uint8Array): SipRequest;
  /** The octets of the whole request. Throws EncodeError that names the part of the transaction that is wrong. */
  encode(transaction: Transaction, content: string | Uint8Array): Uint8Array;
  /**
   * The same into the caller's octets from `at` on, which spares their allocation; answers how many were written.
   * Throws EncodeError, before anything is written, where they have no room.
   */
  encodeInto(target: Uint8Array, at: number, transaction: Transaction, content: string | Uint8Array): number;
}

const CLAUSE: ClauseId = 'RFC3261-8.1.1';
const MAX_CSEQ = 2 ** 31 - 1;
/** Stands for each varying part while the fixed parts are written. */
const GAP = 'x';

/**
 * Prepares the messages of one sender to one receiver. Throws EncodeError that names the duty.
 *
 * @duty PM-0, PM-1, PM-2, PM-3, PM-4, PM-7a, PM-7b, PM-8 (build)
 */
export function profile(input: ProfileInput): Profile {
  const { via, contentType, prepare, ...rest } = input;
  const body = contentType === undefined ? '' : { contentType, content: '' };
  const composed = composePagerMessage({ ...rest, body });
  if ('list' in rest.to) throw new EncodeError('a profile is for one receiver', 'to.list', 'OMA-IM-8.1.1', 'PM-4');
  const request = prepare === undefined ? composed : prepare(composed);
  const fixed = fixedParts(request, via);
  const ascii = fixed.every((part) => conversions.utf8Length(part) === part.length);
  return {
    compose: (content) => withContent(request, octetsOf(content)),
    encode(transaction, content) {
      const laid = lay(fixed, ascii, transaction, content);
      const octets = conversions.allocate(laid.length);
      write(laid, octets, 0);
      return octets;
    },
    encodeInto(target, at, transaction, content) {
      const laid = lay(fixed, ascii, transaction, content);
      if (target.length - at < laid.length)
        throw new EncodeError(`no room for ${laid.length} octets`, 'target', CLAUSE);
      write(laid, target, at);
      return laid.length;
    },
  };
}

function octetsOf(content: string | Uint8Array): Uint8Array {
  if (typeof content !== 'string') return content;
  const octets = new Uint8Array(conversions.utf8Length(wellFormed(content, 'content', CLAUSE)));
  conversions.writeUtf8(content, octets, 0);
  return octets;
}

function withContent(request: SipRequest, body: Uint8Array): SipRequest {
  const fields = request.fields.map((field) =>
    field.name === 'Content-Length' ? { name: field.name, value: String(body.length) } : field,
  );
  return { ...request, fields, body };
}

type Fixed = readonly [string, string, string, string, string, string];

/** The head cut where branch, tag, Call-ID, CSeq number and Content-Length stand. */
function fixedParts(request: SipRequest, via: string): Fixed {
  const from = (request.fields.find((field) => field.name === 'From') as Field).value;
  const dialog = { via: `${via};branch=${GAP}`, from: `${from};tag=${GAP}`, callId: GAP, cseq: 1 };
  const parts = [`${request.method} ${sipUri.format(requestUri(request))} SIP/2.0\r\n`];
  for (const { name, value } of withDialog(request, dialog).fields) {
    const last = parts.length - 1;
    const [before, after] = gapIn(name, value);
    parts[last] += `${name}: ${before}`;
    if (after === undefined) parts[last] += '\r\n';
    else parts.push(`${after}\r\n`);
  }
  parts[parts.length - 1] += '\r\n';
  if (parts.length === 6) return parts as unknown as Fixed;
  throw new EncodeError('a header of the transaction stands twice', 'prepare', CLAUSE);
}

function requestUri(request: SipRequest): Parameters<typeof sipUri.format>[0] {
  const uri = sipUri.parse(request.uri);
  if (uri.ok) return uri.value;
  throw new EncodeError(`${request.uri} is no URI`, 'uri', CLAUSE);
}

/** The value before and behind what varies in a header; behind is absent where nothing does. */
function gapIn(name: string, value: string): readonly [string, string?] {
  if (name === 'Via' || name === 'From' || name === 'Call-ID') return [value.slice(0, -GAP.length), ''];
  if (name === 'CSeq') return ['', value.slice(1)];
  return name === 'Content-Length' ? ['', ''] : [value];
}

/** The head of one message; throws EncodeError that names the part of the transaction that is wrong. */
function headOf(fixed: Fixed, { branch, tag, callId: id, cseq }: Transaction, length: number): string {
  token(branch, 'branch', CLAUSE);
  token(tag, 'tag', CLAUSE);
  if (!allOf(id, TOKEN)) callId.format(id);
  whole(cseq, 0, MAX_CSEQ, 'cseq', CLAUSE);
  const [start, afterBranch, afterTag, afterId, afterCseq, end] = fixed;
  return `${start}${branch}${afterBranch}${tag}${afterTag}${id}${afterId}${cseq}${afterCseq}${length}${end}`;
}

/** A message before it is written: text that is `length` octets with the body behind it, or has the body in it. */
interface Laid {
  readonly text: string;
  readonly ascii: boolean;
  readonly body: Uint8Array | undefined;
  readonly length: number;
}

function lay(fixed: Fixed, ascii: boolean, transaction: Transaction, content: string | Uint8Array): Laid {
  if (typeof content === 'string') {
    const length = conversions.utf8Length(content);
    // One string and one write: a write costs as much as copying a thousand octets.
    const text = headOf(fixed, transaction, length) + wellFormed(content, 'content', CLAUSE);
    if (ascii && length === content.length) return { text, ascii, body: undefined, length: text.length };
    return { text, ascii: false, body: undefined, length: conversions.utf8Length(text) };
  }
  const text = headOf(fixed, transaction, content.length);
  const head = ascii ? text.length : conversions.utf8Length(text);
  return { text, ascii, body: content, length: head + content.length };
}

function write({ text, ascii, body, length }: Laid, target: Uint8Array, at: number): void {
  if (ascii) conversions.writeAscii(text, target, at);
  else conversions.writeUtf8(text, target, at);
  if (body !== undefined) target.set(body, at + length - body.length);
}
