/*
 * The timers of transactions (RFC 3261 17, table 4), and what client and server have in common.
 */
import { conversions } from '../../core/octets.ts';
import type { SipMessage } from '../message.ts';
import { sipMessage } from '../message.ts';

/** All in milliseconds. */
export interface Timing {
  /** An estimate of the round-trip time. */
  readonly t1: number;
  /** The longest interval between two retransmissions. */
  readonly t2: number;
  /** How long a message stays in the network. */
  readonly t4: number;
}

export const DEFAULT_TIMING: Timing = { t1: 500, t2: 4000, t4: 5000 };

/** What is the same for both ends of a transaction when it begins. */
export interface TransactionOptions {
  /** Now, in milliseconds; all times of a transaction count from the same moment. */
  readonly at: number;
  /** Whether the transport is reliable: TCP and TLS are, UDP is not. */
  readonly reliable: boolean;
  readonly timing?: Timing | undefined;
}

/** The octets of a message as text that JSON can hold: a transaction repeats them as they were. */
export function kept(message: SipMessage): string {
  const octets = sipMessage.encode(message);
  return conversions.latin1(octets, 0, octets.length);
}

export function octetsOf(text: string): Uint8Array {
  const octets = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) octets[i] = text.charCodeAt(i);
  return octets;
}

/** The earlier of two times; a time that is `undefined` never comes. */
export function earlier(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || (b !== undefined && b < a) ? b : a;
}
