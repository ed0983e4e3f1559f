/*
 * The client transactions of RFC 3261 17.1 as a reducer. Timer A and E are `resendAt`, B, F, D and K are `endsAt`: one
 * time at which the request is sent once more, one at which the transaction ends.
 *
 *   INVITE      calling -> proceeding -> completed -> terminated          17.1.1, figure 5
 *   others      trying  -> proceeding -> completed -> terminated          17.1.2, figure 6
 *
 * A 2xx to INVITE ends the transaction; the dialog acknowledges it and each of its retransmissions (13.2.2.4).
 */
import { type ClauseId, EncodeError } from '../../core/error.ts';
import { unwrap } from '../../core/result.ts';
import type { Step } from '../../core/step.ts';
import { get } from '../access.ts';
import { cseq } from '../headers/cseq.ts';
import { to } from '../headers/name-addrs.ts';
import { via } from '../headers/via.ts';
import { type SipRequest, type SipResponse, sipMessage } from '../message.ts';
import { canonicalName } from '../names.ts';
import { clientKey } from './key.ts';
import { DEFAULT_TIMING, earlier, kept, octetsOf, type Timing, type TransactionOptions } from './timing.ts';

const CLAUSE: ClauseId = 'RFC3261-17.1';
/** Timer D in milliseconds: the server's 64*T1 is not known here, so at least its default. */
const TIMER_D = 32_000;

/** Plain data that JSON can hold. */
export interface ClientTransaction {
  readonly phase: 'calling' | 'trying' | 'proceeding' | 'completed' | 'terminated';
  readonly key: string;
  readonly invite: boolean;
  readonly reliable: boolean;
  readonly timing: Timing;
  /** The request's octets, one character each. */
  readonly request: string;
  /** Those of the ACK to a final response that is no 2xx. */
  readonly ack?: string | undefined;
  /** Milliseconds between the last two sendings. */
  readonly interval: number;
  readonly resendAt?: number | undefined;
  readonly endsAt?: number | undefined;
}

export type ClientTransactionEvent =
  | { readonly type: 'response'; readonly response: SipResponse; readonly at: number }
  /** Time has passed: at `wakeAt` or later. */
  | { readonly type: 'wake'; readonly at: number }
  | { readonly type: 'transport-error'; readonly at: number };

export type ClientTransactionEffect =
  | { readonly type: 'send'; readonly octets: Uint8Array }
  /** To whoever sent the request. */
  | { readonly type: 'response'; readonly response: SipResponse }
  | { readonly type: 'timeout' }
  | { readonly type: 'transport-error' };

type ClientStep = Step<ClientTransaction, ClientTransactionEffect>;

/** Client transactions, begun with `start` and driven with `step`. Neither throws on what comes from the network. */
export const clientTransaction: {
  /** Sends a whole request. Throws EncodeError where it can't be encoded, or its Via or CSeq can't be read. */
  start(request: SipRequest, options: TransactionOptions): ClientStep;
  step(state: ClientTransaction, event: ClientTransactionEvent): ClientStep;
  /** Whether a response is to this transaction's request. */
  matches(state: ClientTransaction, response: SipResponse): boolean;
  /** When to wake it, in milliseconds; `undefined` where it waits for no time. */
  wakeAt(state: ClientTransaction): number | undefined;
} = {
  start,
  step,
  matches: (state, response) => clientKey(response) === state.key,
  wakeAt: ({ resendAt, endsAt }) => earlier(resendAt, endsAt),
};

function start(request: SipRequest, { at, reliable, timing = DEFAULT_TIMING }: TransactionOptions): ClientStep {
  const key = clientKey(request);
  if (key === undefined) throw new EncodeError('a request has a Via with a branch, and a CSeq', 'request', CLAUSE);
  const state: ClientTransaction = {
    phase: request.method === 'INVITE' ? 'calling' : 'trying',
    key,
    invite: request.method === 'INVITE',
    reliable,
    timing,
    request: kept(request),
    interval: timing.t1,
    resendAt: reliable ? undefined : at + timing.t1,
    endsAt: at + 64 * timing.t1,
  };
  return { state, effects: [send(state.request)] };
}

function step(state: ClientTransaction, event: ClientTransactionEvent): ClientStep {
  if (state.phase === 'terminated') return { state, effects: [] };
  if (event.type === 'response') return respond(state, event.response, event.at);
  if (event.type === 'wake') return wake(state, event.at);
  return { state: terminated(state), effects: [{ type: 'transport-error' }] };
}

function respond(state: ClientTransaction, response: SipResponse, at: number): ClientStep {
  const { phase, invite, ack, timing, reliable } = state;
  if (phase === 'completed') return { state, effects: ack === undefined ? [] : [send(ack)] };
  const passed = { type: 'response', response } as const;
  if (response.status < 200) {
    const waiting = invite ? { resendAt: undefined, endsAt: undefined } : {};
    return { state: { ...state, ...waiting, phase: 'proceeding' }, effects: [passed] };
  }
  if (!invite) return { state: completed(state, at + timing.t4, reliable), effects: [passed] };
  if (response.status < 300) return { state: terminated(state), effects: [passed] };
  const acknowledged = kept(ackToFailure(unwrap(sipMessage.decode(octetsOf(state.request))) as SipRequest, response));
  const ends = at + Math.max(TIMER_D, 64 * timing.t1);
  return { state: { ...completed(state, ends, reliable), ack: acknowledged }, effects: [passed, send(acknowledged)] };
}

function wake(state: ClientTransaction, at: number): ClientStep {
  const { phase, resendAt, endsAt, interval, timing, request } = state;
  if (endsAt !== undefined && at >= endsAt) {
    return { state: terminated(state), effects: phase === 'completed' ? [] : [{ type: 'timeout' }] };
  }
  if (resendAt === undefined || at < resendAt) return { state, effects: [] };
  const doubled = phase === 'calling' ? 2 * interval : Math.min(2 * interval, timing.t2);
  const next = phase === 'proceeding' ? timing.t2 : doubled;
  return { state: { ...state, interval: next, resendAt: at + next }, effects: [send(request)] };
}

/** Over a reliable transport nothing can come twice: the transaction need not stay. */
function completed(state: ClientTransaction, endsAt: number, reliable: boolean): ClientTransaction {
  return reliable ? terminated(state) : { ...state, phase: 'completed', resendAt: undefined, endsAt };
}

function terminated(state: ClientTransaction): ClientTransaction {
  return { ...state, phase: 'terminated', resendAt: undefined, endsAt: undefined };
}

function send(text: string): ClientTransactionEffect {
  return { type: 'send', octets: octetsOf(text) };
}

/** Headers of the INVITE that its ACK has too. */
const OF_THE_INVITE = ['Max-Forwards', 'From', 'Call-ID', 'Route'];

/**
 * The ACK to a final response that is no 2xx: it has the To of the response, and the topmost Via and the number of the
 * INVITE (RFC 3261 17.1.1.3). Throws EncodeError where the INVITE's Via or CSeq can't be read.
 */
export function ackToFailure(invite: SipRequest, response: SipResponse): SipRequest {
  const [hops, sequence] = [get(invite, via), get(invite, cseq)];
  if (!hops?.ok || !sequence?.ok) throw new EncodeError('an INVITE has Via and CSeq', 'invite', CLAUSE);
  const receiver = get(response, to)?.ok ? response : invite;
  return {
    method: 'ACK',
    uri: invite.uri,
    fields: [
      { name: 'Via', value: via.format(hops.value.slice(0, 1)) },
      ...invite.fields.filter(({ name }) => OF_THE_INVITE.includes(canonicalName(name))),
      ...receiver.fields.filter(({ name }) => canonicalName(name) === 'To'),
      { name: 'CSeq', value: cseq.format({ number: sequence.value.number, method: 'ACK' }) },
      { name: 'Content-Length', value: '0' },
    ],
    body: new Uint8Array(0),
  };
}
