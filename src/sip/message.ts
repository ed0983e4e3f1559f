/*
 * A SIP message (RFC 3261 7): plain readonly data, whether composed or received. A received one keeps its octets:
 * its fields are found in one pass and parsed when they are asked for; untouched it encodes to the octets it came in.
 */
import type { BytesCodec, Decoded } from '../core/codec.ts';
import { limits } from '../core/limits.ts';
import { refuse } from '../core/result.ts';
import { sameText } from '../core/text.ts';
import { encode, encodedLength } from './encode.ts';
import type { Field } from './field.ts';
import { type Head, type HeadOptions, scanHead, streamError } from './head.ts';
import { ReceivedRequest, ReceivedResponse } from './received.ts';

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
