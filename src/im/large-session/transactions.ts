/*
 * The SIP transactions of a session, client and server ones, and what RFC 3261 leaves to the dialog: the ACK to a 2xx is
 * sent once more with every repetition of it (13.2.2.4), a 2xx to INVITE is repeated until its ACK comes (13.3.1.4).
 * A turn is one step of a session: functions change what it holds, the states in it are never changed.
 */
import { type ClauseId, EncodeError } from '../../core/error.ts';
import { get } from '../../sip/access.ts';
import { cseq } from '../../sip/headers/cseq.ts';
import { tagOf, to } from '../../sip/headers/name-addrs.ts';
import { type Via, via } from '../../sip/headers/via.ts';
import { isRequest, type SipMessage, type SipRequest, type SipResponse, sipMessage } from '../../sip/message.ts';
import {
  type ClientTransaction,
  type ClientTransactionEvent,
  clientTransaction,
} from '../../sip/transaction/client.ts';
import { clientKey, serverKey } from '../../sip/transaction/key.ts';
import {
  type ServerTransaction,
  type ServerTransactionEvent,
  serverTransaction,
} from '../../sip/transaction/server.ts';
import { earlier, kept, octetsOf, type Timing } from '../../sip/transaction/timing.ts';

const CLAUSE: ClauseId = 'RFC3261-17';

/** Plain data that JSON can hold. */
export interface SipLayer {
  readonly clients: readonly ClientTransaction[];
  readonly servers: readonly ServerTransaction[];
  readonly accepted: readonly Acceptance[];
  readonly acks: readonly SentAck[];
  readonly reliable: boolean;
  readonly timing: Timing;
  /** Random text that the identifiers of the session begin with. */
  readonly ids: string;
  /** How many identifiers were made. */
  readonly used: number;
  /** The Via of this end, whatever its branch. */
  readonly hop: Via;
}

/** A 2xx to INVITE that is repeated until it is acknowledged. */
interface Acceptance {
  /** Of the INVITE. */
  readonly number: number;
  /** The octets of the response, one character each. */
  readonly response: string;
  readonly interval: number;
  readonly resendAt: number;
  readonly endsAt: number;
}

interface SentAck {
  /** The number of the INVITE, and the tag of whoever accepted it. */
  readonly key: string;
  /** The octets of the ACK, one character each. */
  readonly ack: string;
}

/** One step of a session, as far as SIP goes. */
export interface SipTurn {
  readonly at: number;
  sip: SipLayer;
  emit(effect: { readonly type: 'send-sip'; readonly octets: Uint8Array }): void;
}

/** What a message, or time, means to the session. */
export type SipOccurrence =
  /** A response to the request with the key; `undefined` for a 2xx to INVITE whose transaction is over. */
  | { readonly type: 'response'; readonly key: string | undefined; readonly response: SipResponse }
  /** A new request, to be answered. */
  | { readonly type: 'request'; readonly request: SipRequest }
  /** The 2xx to the INVITE of this number was acknowledged, or not in time. */
  | { readonly type: 'ack'; readonly number: number }
  | { readonly type: 'no-ack'; readonly number: number }
  /** The request with the key was not answered, or could not be sent. */
  | { readonly type: 'timeout' | 'transport-error'; readonly key: string };

/** How many requests of the peer are looked after at once, and how many ACKs are kept. */
const MOST_SERVERS = 64;
const MOST_ACKS = 32;
const IDS = /^[A-Za-z0-9]{26}$/;
const SERIAL = 6;

/** Begins with nothing under way. `first` is the request that begins the session; its Via is that of all others. Throws EncodeError. */
export function sipLayer(
  first: SipRequest,
  options: { readonly ids: string; readonly reliable: boolean; readonly timing: Timing },
): SipLayer {
  const { ids, reliable, timing } = options;
  if (!IDS.test(ids)) throw new EncodeError('26 letters and digits', 'ids', 'RFC3261-8.1.1.7');
  const hops = get(first, via);
  const hop = hops?.ok === true ? hops.value[0] : undefined;
  if (hop === undefined) throw new EncodeError('a request has a Via', 'invite', CLAUSE);
  return { clients: [], servers: [], accepted: [], acks: [], reliable, timing, ids, used: 0, hop };
}

/** An identifier of 32 letters and digits that the session has not used; the same ones come with every replay. */
export function nextId(turn: SipTurn): string {
  const { ids, used } = turn.sip;
  turn.sip = { ...turn.sip, used: used + 1 };
  return ids + used.toString(36).padStart(SERIAL, '0');
}

/** The Via of a new transaction. */
export function nextVia(turn: SipTurn): readonly [Via] {
  const branch = { name: 'branch', value: `z9hG4bK${nextId(turn)}` };
  const { hop } = turn.sip;
  return [{ ...hop, params: [...hop.params.filter(({ name }) => name !== 'branch'), branch] }];
}

/** Sends a request in a transaction of its own; answers the key of the transaction. Throws EncodeError. */
export function sendRequest(turn: SipTurn, request: SipRequest): string {
  const { reliable, timing } = turn.sip;
  const { state, effects } = clientTransaction.start(request, { at: turn.at, reliable, timing });
  turn.sip = { ...turn.sip, clients: [...turn.sip.clients, state] };
  for (const effect of effects) if (effect.type === 'send') send(turn, effect.octets);
  return state.key;
}

/** Sends the ACK to a 2xx, and keeps it for the repetitions of that. Throws EncodeError. */
export function sendAck(turn: SipTurn, ack: SipRequest, accepted: SipResponse): void {
  const text = kept(ack);
  turn.sip = { ...turn.sip, acks: [...turn.sip.acks.slice(1 - MOST_ACKS), { key: ackKey(accepted), ack: text }] };
  send(turn, octetsOf(text));
}

/** Whether there is room for the ACK to one more 2xx of a forked INVITE. */
export function canAcknowledge({ acks }: SipLayer): boolean {
  return acks.length < MOST_ACKS;
}

/** Sends a response in the transaction of its request; a request that is answered already stays so. Throws EncodeError. */
export function sendResponse(turn: SipTurn, request: SipRequest, response: SipResponse): void {
  const key = serverKey(request);
  const found = turn.sip.servers.find((one) => one.key === key);
  if (found === undefined) return;
  stepServer(turn, found, { type: 'respond', response, at: turn.at });
  if (request.method !== 'INVITE' || response.status < 200 || response.status > 299) return;
  const { t1 } = turn.sip.timing;
  const acceptance: Acceptance = {
    number: sequenceOf(request) ?? 0,
    response: kept(response),
    interval: t1,
    resendAt: turn.at + t1,
    endsAt: turn.at + 64 * t1,
  };
  turn.sip = { ...turn.sip, accepted: [...turn.sip.accepted, acceptance] };
}

/** The INVITE that a CANCEL is about, as long as it has no final response (RFC 3261 9.2). */
export function cancelled(sip: SipLayer, cancel: SipRequest): ServerTransaction | undefined {
  const key = serverKey(cancel);
  if (key === undefined) return undefined;
  const invite = `${key.slice(0, key.length - cancel.method.length)}INVITE`;
  return sip.servers.find((one) => one.key === invite && one.phase === 'proceeding');
}

/** Gives a client transaction up: nothing is sent for it any more, and no response expected. */
export function forget(turn: SipTurn, key: string): void {
  turn.sip = { ...turn.sip, clients: turn.sip.clients.filter((one) => one.key !== key) };
}

/** What a message means that came; `undefined` where it was a repetition, or nothing that could be understood. */
export function receiveSip(turn: SipTurn, received: SipMessage | Uint8Array): SipOccurrence | undefined {
  const message = received instanceof Uint8Array ? decoded(received) : received;
  if (message === undefined) return undefined;
  return isRequest(message) ? receiveRequest(turn, message) : receiveResponse(turn, message);
}

function decoded(octets: Uint8Array): SipMessage | undefined {
  const read = sipMessage.decode(octets);
  return read.ok ? read.value : undefined;
}

function receiveResponse(turn: SipTurn, response: SipResponse): SipOccurrence | undefined {
  const key = clientKey(response);
  const found = turn.sip.clients.find((one) => one.key === key);
  if (found !== undefined) {
    return stepClient(turn, found, { type: 'response', response, at: turn.at });
  }
  if (response.status < 200 || response.status > 299) return undefined;
  const sequence = get(response, cseq);
  if (!sequence?.ok || sequence.value.method !== 'INVITE') return undefined;
  const again = turn.sip.acks.find((one) => one.key === ackKey(response));
  if (again === undefined) return { type: 'response', key: undefined, response };
  send(turn, octetsOf(again.ack));
  return undefined;
}

function ackKey(accepted: SipResponse): string {
  const callee = get(accepted, to);
  return `${sequenceOf(accepted) ?? ''} ${callee?.ok === true ? (tagOf(callee.value) ?? '') : ''}`;
}

function sequenceOf(message: SipMessage): number | undefined {
  const sequence = get(message, cseq);
  return sequence?.ok === true ? sequence.value.number : undefined;
}

function receiveRequest(turn: SipTurn, request: SipRequest): SipOccurrence | undefined {
  const key = serverKey(request);
  if (key === undefined) return undefined;
  const found = turn.sip.servers.find((one) => one.key === key);
  if (found !== undefined) {
    stepServer(turn, found, { type: 'request', request, at: turn.at });
    return undefined;
  }
  if (request.method === 'ACK') return acknowledged(turn, request);
  const repeated = turn.sip.accepted.find(
    ({ number }) => request.method === 'INVITE' && number === sequenceOf(request),
  );
  if (repeated !== undefined) {
    send(turn, octetsOf(repeated.response));
    return undefined;
  }
  if (turn.sip.servers.length >= MOST_SERVERS) return undefined;
  const { reliable, timing } = turn.sip;
  const state = serverTransaction.start(request, { at: turn.at, reliable, timing });
  turn.sip = { ...turn.sip, servers: [...turn.sip.servers, state] };
  return { type: 'request', request };
}

function acknowledged(turn: SipTurn, ack: SipRequest): SipOccurrence | undefined {
  const number = sequenceOf(ack);
  const accepted = turn.sip.accepted.filter((one) => one.number !== number);
  if (number === undefined || accepted.length === turn.sip.accepted.length) return undefined;
  turn.sip = { ...turn.sip, accepted };
  return { type: 'ack', number };
}

/** Lets the time pass for everything under way. */
export function wakeSip(turn: SipTurn): readonly SipOccurrence[] {
  const { at } = turn;
  const occurrences = stepAll(turn, { type: 'wake', at });
  for (const one of turn.sip.accepted) {
    if (at < one.resendAt && at < one.endsAt) continue;
    const others = turn.sip.accepted.filter((other) => other !== one);
    if (at >= one.endsAt) {
      turn.sip = { ...turn.sip, accepted: others };
      occurrences.push({ type: 'no-ack', number: one.number });
      continue;
    }
    const interval = Math.min(2 * one.interval, turn.sip.timing.t2);
    turn.sip = { ...turn.sip, accepted: [...others, { ...one, interval, resendAt: at + interval }] };
    send(turn, octetsOf(one.response));
  }
  return occurrences;
}

/** Ends everything under way: what carries it is broken. */
export function failSip(turn: SipTurn): readonly SipOccurrence[] {
  turn.sip = { ...turn.sip, accepted: [] };
  return stepAll(turn, { type: 'transport-error', at: turn.at });
}

function stepAll(turn: SipTurn, event: ClientTransactionEvent & ServerTransactionEvent): SipOccurrence[] {
  const occurrences: SipOccurrence[] = [];
  for (const one of turn.sip.clients) {
    const occurrence = stepClient(turn, one, event);
    if (occurrence !== undefined) occurrences.push(occurrence);
  }
  for (const one of turn.sip.servers) stepServer(turn, one, event);
  return occurrences;
}

/** When to wake it, in milliseconds; `undefined` where it waits for no time. */
export function sipWakeAt({ clients, servers, accepted }: SipLayer): number | undefined {
  let next: number | undefined;
  for (const one of clients) next = earlier(next, clientTransaction.wakeAt(one));
  for (const one of servers) next = earlier(next, serverTransaction.wakeAt(one));
  for (const { resendAt, endsAt } of accepted) next = earlier(next, earlier(resendAt, endsAt));
  return next;
}

function stepClient(turn: SipTurn, old: ClientTransaction, event: ClientTransactionEvent): SipOccurrence | undefined {
  const { state, effects } = clientTransaction.step(old, event);
  turn.sip = { ...turn.sip, clients: replaced(turn.sip.clients, old, state) };
  let occurrence: SipOccurrence | undefined;
  for (const effect of effects) {
    if (effect.type === 'send') send(turn, effect.octets);
    else if (effect.type === 'response') occurrence = { type: 'response', key: old.key, response: effect.response };
    else occurrence = { type: effect.type, key: old.key };
  }
  return occurrence;
}

/** That nobody acknowledges a refusal, or that it can't be sent, changes nothing for the session. */
function stepServer(turn: SipTurn, old: ServerTransaction, event: ServerTransactionEvent): void {
  const { state, effects } = serverTransaction.step(old, event);
  turn.sip = { ...turn.sip, servers: replaced(turn.sip.servers, old, state) };
  for (const effect of effects) if (effect.type === 'send') send(turn, effect.octets);
}

function replaced<T extends { readonly phase: string }>(all: readonly T[], old: T, next: T): readonly T[] {
  return next.phase === 'terminated' ? all.filter((one) => one !== old) : all.map((one) => (one === old ? next : one));
}

function send(turn: SipTurn, octets: Uint8Array): void {
  turn.emit({ type: 'send-sip', octets });
}
