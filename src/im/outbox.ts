/*
 * Sending MESSAGEs towards the server (change request 8.1.1 step 10) as a reducer: each is repeated as its transport
 * needs it until it is answered, and no second one goes to a URI while the first is pending (RFC 3428 8). What shall be
 * remembered for the reports that come later goes to `deferred` as its own events.
 */
import { type ClauseId, EncodeError } from '../core/error.ts';
import { unwrap } from '../core/result.ts';
import type { Step } from '../core/step.ts';
import { isRequest, type SipMessage, type SipRequest, type SipResponse, sipMessage } from '../sip/message.ts';
import {
  type ClientTransaction,
  type ClientTransactionEffect,
  type ClientTransactionEvent,
  clientTransaction,
} from '../sip/transaction/client.ts';
import { clientKey } from '../sip/transaction/key.ts';
import { DEFAULT_TIMING, earlier, kept, octetsOf, type Timing } from '../sip/transaction/timing.ts';
import type { DeferredEvent } from './deferred/events.ts';
import { responseEvent, sentEvent } from './deferred/messages.ts';
import { addressKey } from './deferred/recipients.ts';

const CLAUSE: ClauseId = 'RFC3428-8';

/** A message on its way. */
interface Pending {
  /** The Request-URI, so written that equal ones are one text. */
  readonly uri: string;
  readonly id: string;
  readonly messageId?: string | undefined;
  readonly transaction: ClientTransaction;
}

/** A message that has to wait for the one before it. */
interface Waiting {
  readonly uri: string;
  readonly id: string;
  /** The request's octets, one character each. */
  readonly request: string;
}

/** Plain data that JSON can hold. */
export interface Outbox {
  /** Whether the transport is reliable: TCP and TLS are, UDP is not. */
  readonly reliable: boolean;
  readonly timing: Timing;
  /** How many messages may wait; one more is refused. */
  readonly most: number;
  readonly pending: readonly Pending[];
  readonly waiting: readonly Waiting[];
}

export type OutboxEvent =
  /** A whole request, with Via, Call-ID and CSeq. `id` is the caller's name for it. */
  | { readonly type: 'message'; readonly id: string; readonly request: SipRequest; readonly at: number }
  /** A message that came in: a response to one of the requests, or anything else, which is left alone. */
  | { readonly type: 'sip'; readonly message: SipMessage; readonly at: number }
  /** Time has passed: at `wakeAt` or later. */
  | { readonly type: 'wake'; readonly at: number }
  /** The transport failed for everything that is on its way. */
  | { readonly type: 'transport-error'; readonly at: number };

export type OutboxEffect =
  | { readonly type: 'send'; readonly octets: Uint8Array }
  /** A final response. */
  | { readonly type: 'answered'; readonly id: string; readonly response: SipResponse }
  /** No answer will come, or the message was not sent: too many wait already. */
  | { readonly type: 'failed'; readonly id: string; readonly because: 'timeout' | 'transport-error' | 'number' }
  /** For `deferred.step`: a report was asked for. */
  | { readonly type: 'deferred'; readonly event: DeferredEvent };

type OutboxStep = Step<Outbox, OutboxEffect>;

/**
 * Messages on their way, begun with `start` and driven with `step`.
 *
 * @duty PM-10 (effect)
 */
export const outbox: {
  /** Nothing is on its way yet; 1000 may wait. */
  start(options: { readonly reliable: boolean; readonly timing?: Timing; readonly most?: number }): Outbox;
  /** Throws EncodeError where a request can't be sent; nothing that comes from the network makes it throw. */
  step(state: Outbox, event: OutboxEvent): OutboxStep;
  /** When to wake it, in milliseconds; `undefined` where it waits for no time. */
  wakeAt(state: Outbox): number | undefined;
} = {
  start: ({ reliable, timing = DEFAULT_TIMING, most = 1000 }) => ({ reliable, timing, most, pending: [], waiting: [] }),
  step,
  wakeAt: ({ pending }) =>
    pending.map(({ transaction }) => clientTransaction.wakeAt(transaction)).reduce(earlier, undefined),
};

function step(state: Outbox, event: OutboxEvent): OutboxStep {
  if (event.type === 'message') return accept(state, event.id, event.request, event.at);
  if (event.type !== 'sip') return drive(state, () => event, event.at);
  const { message, at } = event;
  if (isRequest(message)) return { state, effects: [] };
  const key = clientKey(message);
  return drive(
    state,
    ({ transaction }) => (transaction.key === key ? { type: 'response', response: message, at } : undefined),
    at,
  );
}

function accept(state: Outbox, id: string, request: SipRequest, at: number): OutboxStep {
  if (request.method !== 'MESSAGE')
    throw new EncodeError(`${request.method} is no MESSAGE`, 'request', CLAUSE, 'PM-10');
  const uri = addressKey(request.uri);
  if (!busy(state).has(uri)) return send(state, { uri, id }, request, at);
  if (state.waiting.length >= state.most) return { state, effects: [{ type: 'failed', id, because: 'number' }] };
  return { state: { ...state, waiting: [...state.waiting, { uri, id, request: kept(request) }] }, effects: [] };
}

/** The URIs that a message is on its way to. One that is answered only waits for repetitions of its answer. */
function busy({ pending }: Outbox): Set<string> {
  const unanswered = pending.filter(({ transaction }) => transaction.phase !== 'completed');
  return new Set(unanswered.map(({ uri }) => uri));
}

function send(state: Outbox, named: Pick<Pending, 'uri' | 'id'>, request: SipRequest, at: number): OutboxStep {
  const { reliable, timing } = state;
  const begun = clientTransaction.start(request, { at, reliable, timing });
  const asked = sentEvent(request, at);
  const messageId = asked?.ok === true ? asked.value.messageId : undefined;
  const pending: Pending = { ...named, messageId, transaction: begun.state };
  const effects = begun.effects.flatMap((effect) => told(pending, effect, at));
  if (asked?.ok === true) effects.push({ type: 'deferred', event: asked.value });
  return { state: { ...state, pending: [...state.pending, pending] }, effects };
}

/** Gives each transaction what concerns it; what waited for one that is answered goes out. */
function drive(state: Outbox, eventFor: (one: Pending) => ClientTransactionEvent | undefined, at: number): OutboxStep {
  const effects: OutboxEffect[] = [];
  const pending: Pending[] = [];
  for (const one of state.pending) {
    const event = eventFor(one);
    const next = event === undefined ? undefined : clientTransaction.step(one.transaction, event);
    for (const effect of next?.effects ?? []) effects.push(...told(one, effect, at));
    const transaction = next?.state ?? one.transaction;
    if (transaction.phase !== 'terminated') pending.push({ ...one, transaction });
  }
  return sendWaiting({ ...state, pending }, effects, at);
}

function sendWaiting(state: Outbox, effects: readonly OutboxEffect[], at: number): OutboxStep {
  const taken = busy(state);
  const waiting: Waiting[] = [];
  const all = [...effects];
  let sent: Outbox = state;
  for (const one of state.waiting) {
    if (taken.has(one.uri)) {
      waiting.push(one);
      continue;
    }
    taken.add(one.uri);
    const next = send(sent, one, unwrap(sipMessage.decode(octetsOf(one.request))) as SipRequest, at);
    sent = next.state;
    all.push(...next.effects);
  }
  return { state: { ...sent, waiting }, effects: all };
}

function told({ id, messageId }: Pending, effect: ClientTransactionEffect, at: number): OutboxEffect[] {
  if (effect.type === 'send') return [effect];
  if (effect.type !== 'response') return [{ type: 'failed', id, because: effect.type }];
  const { response } = effect;
  if (response.status < 200) return [];
  const answered: OutboxEffect = { type: 'answered', id, response };
  if (messageId === undefined) return [answered];
  return [answered, { type: 'deferred', event: responseEvent(response, messageId, at) }];
}
