/*
 * The server transactions of RFC 3261 17.2 as a reducer. Timer G is `resendAt`, H, I and J are `endsAt`.
 *
 *   INVITE      proceeding -> completed -> confirmed -> terminated        17.2.1, figure 7
 *   others      trying -> proceeding -> completed -> terminated           17.2.2, figure 8
 *
 * No 100 is made here: whoever answers does so at once, which 17.2.1 allows. A 2xx to INVITE ends the transaction; the
 * dialog repeats it until the ACK comes (13.3.1.4).
 */
import { type ClauseId, EncodeError } from '../../core/error.ts';
import type { Step } from '../../core/step.ts';
import type { SipRequest, SipResponse } from '../message.ts';
import { serverKey } from './key.ts';
import { DEFAULT_TIMING, earlier, kept, octetsOf, type Timing, type TransactionOptions } from './timing.ts';

const CLAUSE: ClauseId = 'RFC3261-17.2';

/** Plain data that JSON can hold. */
export interface ServerTransaction {
  readonly phase: 'trying' | 'proceeding' | 'completed' | 'confirmed' | 'terminated';
  readonly key: string;
  readonly invite: boolean;
  readonly reliable: boolean;
  readonly timing: Timing;
  /** The octets of the last response, one character each. */
  readonly response?: string | undefined;
  /** Milliseconds between the last two sendings of a final response. */
  readonly interval: number;
  readonly resendAt?: number | undefined;
  readonly endsAt?: number | undefined;
}

export type ServerTransactionEvent =
  /** The request once more, or the ACK of an INVITE. */
  | { readonly type: 'request'; readonly request: SipRequest; readonly at: number }
  /** What is answered. */
  | { readonly type: 'respond'; readonly response: SipResponse; readonly at: number }
  /** Time has passed: at `wakeAt` or later. */
  | { readonly type: 'wake'; readonly at: number }
  | { readonly type: 'transport-error'; readonly at: number };

export type ServerTransactionEffect =
  | { readonly type: 'send'; readonly octets: Uint8Array }
  /** No ACK came. */
  | { readonly type: 'timeout' }
  | { readonly type: 'transport-error' };

type ServerStep = Step<ServerTransaction, ServerTransactionEffect>;

/** Server transactions, begun with `start` and driven with `step`. */
export const serverTransaction: {
  /** For a request that is new, and no ACK. Throws EncodeError where `serverKey` finds no key in it. */
  start(request: SipRequest, options: TransactionOptions): ServerTransaction;
  /** Throws EncodeError where a response can't be encoded; nothing that comes from the network makes it throw. */
  step(state: ServerTransaction, event: ServerTransactionEvent): ServerStep;
  /** Whether a request is this transaction's once more, or the ACK to it. */
  matches(state: ServerTransaction, request: SipRequest): boolean;
  /** When to wake it, in milliseconds; `undefined` where it waits for no time. */
  wakeAt(state: ServerTransaction): number | undefined;
} = {
  start,
  step,
  matches: (state, request) => serverKey(request) === state.key,
  wakeAt: ({ resendAt, endsAt }) => earlier(resendAt, endsAt),
};

function start(request: SipRequest, { reliable, timing = DEFAULT_TIMING }: TransactionOptions): ServerTransaction {
  const key = serverKey(request);
  if (key === undefined) throw new EncodeError('a request has Via, From, Call-ID and CSeq', 'request', CLAUSE);
  const invite = request.method === 'INVITE';
  return { phase: invite ? 'proceeding' : 'trying', key, invite, reliable, timing, interval: timing.t1 };
}

function step(state: ServerTransaction, event: ServerTransactionEvent): ServerStep {
  if (state.phase === 'terminated') return { state, effects: [] };
  if (event.type === 'request') return repeat(state, event.request, event.at);
  if (event.type === 'respond') return respond(state, event.response, event.at);
  if (event.type === 'wake') return wake(state, event.at);
  return { state: terminated(state), effects: [{ type: 'transport-error' }] };
}

function repeat(state: ServerTransaction, request: SipRequest, at: number): ServerStep {
  const { phase, response, timing, reliable } = state;
  if (request.method === 'ACK') {
    if (phase !== 'completed' || !state.invite) return { state, effects: [] };
    if (reliable) return { state: terminated(state), effects: [] };
    return { state: { ...state, phase: 'confirmed', resendAt: undefined, endsAt: at + timing.t4 }, effects: [] };
  }
  const again = response !== undefined && phase !== 'confirmed';
  return { state, effects: again ? [send(response)] : [] };
}

function respond(state: ServerTransaction, response: SipResponse, at: number): ServerStep {
  const { phase, invite, reliable, timing } = state;
  if (phase === 'completed' || phase === 'confirmed') return { state, effects: [] };
  const text = kept(response);
  const answered: ServerTransaction = { ...state, response: text };
  const effects = [send(text)];
  if (response.status < 200) return { state: { ...answered, phase: 'proceeding' }, effects };
  if (invite && response.status < 300) return { state: terminated(answered), effects };
  if (!invite && reliable) return { state: terminated(answered), effects };
  const resendAt = invite && !reliable ? at + timing.t1 : undefined;
  return { state: { ...answered, phase: 'completed', resendAt, endsAt: at + 64 * timing.t1 }, effects };
}

function wake(state: ServerTransaction, at: number): ServerStep {
  const { phase, invite, resendAt, endsAt, interval, timing, response } = state;
  if (endsAt !== undefined && at >= endsAt) {
    const unacknowledged = invite && phase === 'completed';
    return { state: terminated(state), effects: unacknowledged ? [{ type: 'timeout' }] : [] };
  }
  if (response === undefined || resendAt === undefined || at < resendAt) return { state, effects: [] };
  const next = Math.min(2 * interval, timing.t2);
  return { state: { ...state, interval: next, resendAt: at + next }, effects: [send(response)] };
}

function terminated(state: ServerTransaction): ServerTransaction {
  return { ...state, phase: 'terminated', resendAt: undefined, endsAt: undefined };
}

function send(text: string): ServerTransactionEffect {
  return { type: 'send', octets: octetsOf(text) };
}
