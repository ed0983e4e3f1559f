/*
 *   MSRP dkei38sd SEND                                                                   RFC 4975 5.1, 9
 *   To-Path: msrp://bob.example.com:8888/9di4eae923wzd;tcp
 *   From-Path: msrp://alicepc.example.com:7777/iau39soe2843z;tcp
 *   Message-ID: 4564dpWd
 *   Byte-Range: 1-4/8
 *   Content-Type: text/plain
 *
 *   abcd
 *   -------dkei38sd+
 *
 * An MSRP message: plain readonly data, whether made or received. A received one keeps its octets: its headers are
 * parsed when they are asked for; untouched it encodes to the octets it came in.
 */
import type { BytesCodec, Decoded } from '../core/codec.ts';
import type { ParseOptions } from '../core/options.ts';
import { type Note, refuse } from '../core/result.ts';
import { encode, encodedLength } from './encode.ts';
import { scanFrame } from './frame.ts';
import { receivedMessage } from './received.ts';

/**
 * A header as plain data: the name as spelt, the value as it stands behind the blank. A line that is no header has an
 * empty name.
 */
export interface MsrpField {
  readonly name: string;
  readonly value: string;
}

/** What the end-line says: `$` the message ends here, `+` more follows, `#` it was given up. */
export type Continuation = '$' | '+' | '#';

/** What is known of a request before its body. */
export interface MsrpRequestHead {
  readonly transactionId: string;
  /** `SEND`, `REPORT`, `NICKNAME` or another one. */
  readonly method: string;
  readonly fields: readonly MsrpField[];
}

/** A request. Its body is a whole message, or a chunk of one. */
export interface MsrpRequest extends MsrpRequestHead {
  /** `undefined` where there is none, which is not the same as an empty one (RFC 4975 7.1). */
  readonly body: Uint8Array | undefined;
  readonly continuation: Continuation;
}

/** What is known of a response before its end-line. */
export interface MsrpResponseHead {
  readonly transactionId: string;
  /** 200, 400, 403, 408, 413, 415, 423, 481, 501, 506 or another one. */
  readonly status: number;
  readonly comment: string | undefined;
  readonly fields: readonly MsrpField[];
}

/** A response; it has no body (RFC 4975 7.2). */
export interface MsrpResponse extends MsrpResponseHead {
  /** Always `$`; a received one may say otherwise. */
  readonly continuation: Continuation;
}

export type MsrpMessage = MsrpRequest | MsrpResponse;

/** Whether a message, or the head of one, is a request. */
export function isMsrpRequest<M extends MsrpMessage | MsrpRequestHead | MsrpResponseHead>(
  message: M,
): message is Extract<M, MsrpRequestHead> {
  return 'method' in message;
}

interface MsrpCodec extends BytesCodec<MsrpMessage> {
  /** `consumed` tells how many octets the message took; what follows them is the next one's. */
  decode(octets: Uint8Array, options?: ParseOptions): Decoded<MsrpMessage>;
}

/** @duty LM-A2 (build, parse) */
export const msrp: MsrpCodec = { name: 'msrp', clause: 'RFC4975-9', decode, encode, encodedLength };

const NO_NOTES: readonly Note[] = Object.freeze([]);

/**
 * Reads one message. Refused only where nothing can be framed or answered: no start-line, no end-line, no To-Path, a
 * limit.
 */
function decode(octets: Uint8Array, options?: ParseOptions): Decoded<MsrpMessage> {
  const frame = scanFrame(octets, options);
  if (frame.kind === 'complete') {
    return { ok: true, value: receivedMessage(frame), notes: NO_NOTES, consumed: frame.length };
  }
  if (frame.kind === 'broken') return refuse(frame.error);
  const expected = 'CRLF, seven dashes, the transaction id, a flag and CRLF';
  return refuse({ code: 'truncated', rule: 'end-line', clause: 'RFC4975-9', offset: octets.length, expected });
}
