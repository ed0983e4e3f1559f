/*
 * For tests: both ends of a session in one process, joined by a wire that behaves as badly as networks do. SIP goes as
 * datagrams, which are lost, doubled and overtaken; MSRP as a stream, whose octets come in other pieces than they went,
 * until it breaks. The clock is virtual and chance is seeded, so that each run can be repeated.
 */
import { unwrap } from '../../core/result.ts';
import { type MsrpDecoder, msrpDecoder } from '../../msrp/decoder.ts';
import type { MsrpMessage, MsrpRequestHead, MsrpResponseHead } from '../../msrp/message.ts';
import type { MsrpAcceptance } from '../../sdp/msrp-answer.ts';
import { isRequest, type SipRequest, sipMessage } from '../../sip/message.ts';
import type { DeferredEvent } from '../deferred/events.ts';
import type {
  OriginatingEffect,
  OriginatingEvent,
  OriginatingOutcome,
  ReceivingEffect,
  ReceivingEvent,
  ReceivingOutcome,
  SessionEffect,
} from './events.ts';
import { largeSession } from './originating.ts';
import type { OriginatingInput, OriginatingState } from './originating-state.ts';
import { receivingSession } from './receiving.ts';
import type { ReceivingInput, ReceivingState } from './receiving-state.ts';

export interface Weather {
  readonly seed: number;
  /** How likely a datagram is lost, and doubled. */
  readonly lost?: number | undefined;
  readonly doubled?: number | undefined;
  /** The longest that a datagram takes, in milliseconds. */
  readonly delay?: number | undefined;
  /** Octets that a piece of the stream has at most. */
  readonly piece?: number | undefined;
  /** The longest pause between two pieces, in milliseconds. */
  readonly pause?: number | undefined;
  /** After how many octets of MSRP the connection breaks. */
  readonly breaksAfter?: number | undefined;
  /** When the user at either end has enough, in milliseconds. */
  readonly cancelAt?: number | undefined;
  readonly stopAt?: number | undefined;
}

export interface Talk {
  readonly content: Uint8Array;
  readonly originating: Omit<OriginatingInput, 'at'>;
  readonly receiving: Omit<ReceivingInput, 'at' | 'invite'>;
  /** How the receiver takes it; it refuses where this is absent. */
  readonly media?: MsrpAcceptance | undefined;
  readonly weather: Weather;
  /** When the talk begins, in milliseconds. */
  readonly at?: number | undefined;
}

/** What both ends know when nothing is left to happen. */
export interface Talked {
  readonly at: number;
  readonly sent: OriginatingState;
  readonly received: ReceivingState | undefined;
  /** How each said that it is over, as often as it did. */
  readonly sender: readonly OriginatingOutcome[];
  readonly receiver: readonly ReceivingOutcome[];
  /** What arrived, where it belongs. */
  readonly octets: Uint8Array;
  readonly notifications: readonly SipRequest[];
  readonly deferred: readonly DeferredEvent[];
  readonly sipMessages: number;
}

/** Numbers from 0 to 1 that look random (xorshift, Marsaglia 2003). */
export function chance(seed: number): () => number {
  let state = (seed * 2_654_435_761 + 1) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 4_294_967_296;
  };
}

interface Due {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

/** What will happen, by its time. */
class Clock {
  now: number;
  readonly #due: Due[] = [];
  #order = 0;

  constructor(now: number) {
    this.now = now;
  }

  at(time: number, run: () => void): void {
    const due = { at: Math.max(time, this.now), order: this.#order++, run };
    let place = this.#due.length;
    while (place > 0 && isLater(this.#due[place - 1] as Due, due)) place--;
    this.#due.splice(place, 0, due);
  }

  run(): void {
    for (let steps = 0; ; steps++) {
      const next = this.#due.shift();
      if (next === undefined) return;
      if (steps > 2_000_000) throw new Error('the talk does not end');
      this.now = next.at;
      next.run();
    }
  }
}

function isLater(a: Due, b: Due): boolean {
  return a.at > b.at || (a.at === b.at && a.order > b.order);
}

type End = 'sender' | 'receiver';

/** One direction of the connection. */
interface Stream {
  readonly decoder: MsrpDecoder;
  waiting: Uint8Array[];
  head: MsrpRequestHead | MsrpResponseHead | undefined;
  body: Uint8Array[] | undefined;
  scheduled: boolean;
}

/** Lets two ends talk until nothing is left to happen. */
export function talk({ content, originating, receiving, media, weather, at = 0 }: Talk): Talked {
  const random = chance(weather.seed);
  const clock = new Clock(at);
  const {
    lost = 0,
    doubled = 0,
    delay = 20,
    piece = 4096,
    pause = 3,
    breaksAfter = Number.POSITIVE_INFINITY,
  } = weather;
  let sent: OriginatingState;
  let received: ReceivingState | undefined;
  const sender: OriginatingOutcome[] = [];
  const receiver: ReceivingOutcome[] = [];
  const notifications: SipRequest[] = [];
  const deferred: DeferredEvent[] = [];
  const octets = new Uint8Array(content.length);
  let sipMessages = 0;

  const timers = { sender: 0, receiver: 0 };
  function wake(end: End, time: number | undefined): void {
    const mine = ++timers[end];
    if (time === undefined) return;
    clock.at(time, () => {
      if (mine === timers[end]) tell(end, { type: 'wake', at: clock.now });
    });
  }

  function tell(end: End, event: OriginatingEvent | ReceivingEvent): void {
    if (end === 'sender') {
      const next = largeSession.step(sent, event as OriginatingEvent);
      sent = next.state;
      for (const effect of next.effects) doAsSender(effect);
    } else if (received !== undefined) {
      const next = receivingSession.step(received, event as ReceivingEvent);
      received = next.state;
      for (const effect of next.effects) doAsReceiver(effect);
    }
  }

  function doAsSender(effect: OriginatingEffect): void {
    if (effect.type === 'need-content') {
      const { from, to } = effect;
      clock.at(clock.now, () =>
        tell('sender', { type: 'content', at: clock.now, from, octets: content.subarray(from, to) }),
      );
    } else if (effect.type === 'deferred') deferred.push(effect.event);
    else if (effect.type === 'ended') sender.push(effect.outcome);
    else if (effect.type !== 'progress') doForBoth('sender', effect);
  }

  function doAsReceiver(effect: ReceivingEffect): void {
    if (effect.type === 'offered') {
      const answer: ReceivingEvent =
        media === undefined ? { type: 'refuse', at: clock.now } : { type: 'accept', at: clock.now, media };
      clock.at(clock.now + 1, () => tell('receiver', { ...answer, at: clock.now }));
    } else if (effect.type === 'received') octets.set(effect.octets, effect.from);
    else if (effect.type === 'complete') {
      clock.at(clock.now + 1, () => tell('receiver', { type: 'message', at: clock.now, octets }));
    } else if (effect.type === 'notify') notifications.push(effect.request);
    else if (effect.type === 'ended') receiver.push(effect.outcome);
    else if (effect.type !== 'deferred') doForBoth('receiver', effect);
  }

  type CommonEffect = Exclude<SessionEffect, { readonly type: 'deferred' }>;

  function doForBoth(end: End, effect: CommonEffect): void {
    if (effect.type === 'send-sip') datagram(end, effect.octets);
    else if (effect.type === 'wake') wake(end, effect.at);
    else if (effect.type === 'send-msrp') write(end, effect.pieces);
    else if (effect.type === 'close-msrp') close(end);
    else ready(end, effect.type === 'connect-msrp');
  }

  // SIP

  function datagram(from: End, message: Uint8Array): void {
    sipMessages++;
    for (let copies = random() < doubled ? 2 : 1; copies > 0; copies--) {
      if (random() < lost) continue;
      clock.at(clock.now + 1 + Math.floor(random() * delay), () => arrive(other(from), message));
    }
  }

  function arrive(to: End, message: Uint8Array): void {
    const read = unwrap(sipMessage.decode(message));
    const isNew = isRequest(read) && read.method === 'INVITE' && to === 'receiver';
    if (
      isNew &&
      (received === undefined || (received.phase === 'ended' && !receivingSession.matches(received, read)))
    ) {
      const begun = receivingSession.start({ ...receiving, invite: message, at: clock.now });
      received = begun.state;
      for (const effect of begun.effects) doAsReceiver(effect);
    } else tell(to, { type: 'sip', at: clock.now, message });
  }

  // MSRP

  const wants = { sender: false, receiver: false };
  let connecting: End | undefined;
  let connection: 'none' | 'open' | 'over' = 'none';
  let carried = 0;
  const streams: Record<End, Stream> = { sender: newStream(), receiver: newStream() };

  function ready(end: End, active: boolean): void {
    wants[end] = true;
    if (active) connecting = end;
    clock.at(clock.now + 1 + Math.floor(random() * delay), connect);
  }

  /** The end that connects can as soon as the other one listens. */
  function connect(): void {
    if (connection !== 'none' || connecting === undefined || !wants.sender || !wants.receiver) return;
    connection = 'open';
    for (const end of [other(connecting), connecting]) tell(end, { type: 'msrp-connected', at: clock.now });
  }

  function write(from: End, pieces: readonly Uint8Array[]): void {
    if (connection !== 'open') return;
    const stream = streams[other(from)];
    stream.waiting.push(...pieces);
    schedule(other(from));
  }

  function schedule(to: End): void {
    const stream = streams[to];
    if (stream.scheduled || stream.waiting.length === 0) return;
    stream.scheduled = true;
    clock.at(clock.now + 1 + Math.floor(random() * pause), () => {
      stream.scheduled = false;
      flow(to);
    });
  }

  /** Some of what waits goes over: parts of frames, and several of them. */
  function flow(to: End): void {
    const stream = streams[to];
    const waiting = joined(stream.waiting);
    const length = Math.min(waiting.length, 1 + Math.floor(random() * piece));
    stream.waiting = length < waiting.length ? [waiting.subarray(length)] : [];
    carried += length;
    if (carried > breaksAfter && connection === 'open') {
      breakDown();
      return;
    }
    for (const message of messages(stream, waiting.subarray(0, length))) {
      tell(to, { type: 'msrp', at: clock.now, message });
    }
    schedule(to);
  }

  function breakDown(): void {
    connection = 'over';
    for (const end of ['sender', 'receiver'] as const) {
      streams[end].waiting = [];
      if (wants[end]) tell(end, { type: 'msrp-closed', at: clock.now });
    }
  }

  /** What was written before still goes over; then the other end learns of it. */
  function close(end: End): void {
    wants[end] = false;
    if (connection === 'none') connection = 'over';
    if (connection !== 'open') return;
    const waitForRest = (): void => {
      if (streams[other(end)].waiting.length > 0) {
        clock.at(clock.now + 1, waitForRest);
        return;
      }
      if (connection === 'open' && wants[other(end)]) {
        connection = 'over';
        tell(other(end), { type: 'msrp-closed', at: clock.now });
      }
    };
    clock.at(clock.now + 1, waitForRest);
  }

  const begun = largeSession.start({ ...originating, at });
  sent = begun.state;
  for (const effect of begun.effects) doAsSender(effect);
  const { cancelAt, stopAt } = weather;
  if (cancelAt !== undefined) clock.at(at + cancelAt, () => tell('sender', { type: 'cancel', at: clock.now }));
  if (stopAt !== undefined) clock.at(at + stopAt, () => tell('receiver', { type: 'cancel', at: clock.now }));
  clock.run();
  return { at: clock.now, sent, received, sender, receiver, octets, notifications, deferred, sipMessages };
}

function other(end: End): End {
  return end === 'sender' ? 'receiver' : 'sender';
}

function newStream(): Stream {
  return { decoder: msrpDecoder(), waiting: [], head: undefined, body: undefined, scheduled: false };
}

/** The messages that become whole with these octets. */
function messages(stream: Stream, octets: Uint8Array): readonly MsrpMessage[] {
  const whole: MsrpMessage[] = [];
  for (const event of stream.decoder.push(octets)) {
    if (event.kind === 'broken') throw new Error(`a broken stream: ${event.error.rule}`);
    if (event.kind === 'head') {
      stream.head = event.message;
      stream.body = event.hasBody ? [] : undefined;
    } else if (event.kind === 'body') stream.body?.push(event.octets);
    else {
      const body = stream.body === undefined ? undefined : joined(stream.body);
      const { continuation } = event;
      const head = stream.head as MsrpRequestHead & MsrpResponseHead;
      const { transactionId, fields } = head;
      if ('method' in head) whole.push({ transactionId, method: head.method, fields, body, continuation });
      else {
        const { status, comment } = head as MsrpResponseHead;
        whole.push({ transactionId, status, comment, fields, continuation });
      }
    }
  }
  return whole;
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const [only, ...others] = pieces;
  if (only !== undefined && others.length === 0) return only;
  const octets = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    octets.set(piece, at);
    at += piece.length;
  }
  return octets;
}
