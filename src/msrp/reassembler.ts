/*
 * The octets of the messages of a session, chunk by chunk, until each is complete (RFC 4975 7.3.1). They are copied as
 * they come: what was received may be used for something else then, and no more is held than the limits say.
 */
import type { ParseError } from '../core/error.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import { getMsrp } from './access.ts';
import { msrpMessageId } from './headers/message-id.ts';
import type { MsrpRequest } from './message.ts';
import { firstEndingAt, type OctetRange } from './octet-ranges.ts';
import {
  REASSEMBLY_LIMITS,
  type Reassembly,
  type ReassemblyEffect,
  type ReassemblyLimits,
  reassemble,
  receivedChunk,
} from './reassemble.ts';

export interface ReassemblerLimits extends ReassemblyLimits {
  /** Messages that are incomplete at the same time. As many that ended are remembered, so that repeated chunks are known. */
  readonly messages: number;
  /** Octets of all messages that are incomplete. */
  readonly octets: number;
}

export const REASSEMBLER_LIMITS: ReassemblerLimits = Object.freeze({
  ...REASSEMBLY_LIMITS,
  messages: 10_000,
  octets: 67_108_864,
});

/** What a SEND request did to its message. */
export interface Reception {
  readonly messageId: string;
  readonly state: Reassembly;
  readonly effects: readonly ReassemblyEffect[];
  /** The whole message once it is complete. */
  readonly content: Uint8Array | undefined;
  /** Its Content-Type as it was written, by the first chunk that came. */
  readonly contentType: string | undefined;
}

export interface Reassembler {
  /**
   * Takes a SEND request. `undefined` where it has no body and ends no message. Refused where it has no Message-ID, where
   * its Byte-Range is broken or where a limit is exceeded: everything is as before then.
   */
  receive(request: MsrpRequest): Result<Reception> | undefined;
  /** What is known of a message; `undefined` where nothing is. */
  stateOf(messageId: string): Reassembly | undefined;
  /** Forgets a message, for instance one that was answered with 413. */
  forget(messageId: string): void;
}

interface Incoming {
  state: Reassembly;
  readonly contentType: string | undefined;
  readonly content: Content;
}

/**
 * Holds the messages of one session while they come in. It has a state: give every SEND request to it once.
 *
 * @duty LM-A2 (parse)
 */
export function reassembler(changed: Partial<ReassemblerLimits> = {}): Reassembler {
  const sound = Object.entries(changed).filter(([, value]) => value >= 0); // a limit is never off by accident
  const limits: ReassemblerLimits = { ...REASSEMBLER_LIMITS, ...Object.fromEntries(sound) };
  const incoming = new Map<string, Incoming>();
  const finished = new Map<string, Reassembly>();
  let held = 0;

  function forget(messageId: string): void {
    held -= incoming.get(messageId)?.content.held ?? 0;
    incoming.delete(messageId);
    finished.delete(messageId);
  }

  function finish(messageId: string, state: Reassembly): void {
    forget(messageId);
    finished.set(messageId, state);
    if (finished.size > limits.messages) finished.delete(finished.keys().next().value as string);
  }

  function receive(request: MsrpRequest): Result<Reception> | undefined {
    const id = getMsrp(request, msrpMessageId);
    if (id === undefined) return refuse(missing());
    if (!id.ok) return id;
    const chunk = receivedChunk(request);
    if (!chunk.ok) return chunk;
    const { body } = request;
    if (body === undefined && chunk.value.start === 1 && request.continuation !== '#') return undefined;
    const messageId = id.value;
    const known = incoming.get(messageId);
    const { state, effects } = reassemble(known?.state ?? finished.get(messageId), chunk.value, limits);
    const type = known === undefined ? getMsrp(request, 'Content-Type') : undefined;
    const contentType = known === undefined ? (type?.ok ? type.value : undefined) : known.contentType;
    for (const effect of effects) {
      if (effect.kind === 'refuse') return refuse(effect.error);
      if (effect.kind === 'ignore') return ok({ messageId, state, effects, content: undefined, contentType });
    }
    if (state.state === 'aborted') {
      finish(messageId, state);
      return ok({ messageId, state, effects, content: undefined, contentType });
    }
    if (known === undefined && incoming.size >= limits.messages) return refuse(limit(`${limits.messages} messages`));
    const message = known ?? { state, contentType, content: new Content() };
    const before = message.content.held;
    for (const effect of effects) {
      if (effect.kind !== 'store') continue;
      if (held + effect.octets > limits.octets) return refuse(limit(`${limits.octets} octets`));
      const octets = body as Uint8Array;
      const stored = effect.octets === octets.length ? octets : octets.subarray(0, effect.octets);
      message.content.write(effect.start, stored, state.received);
    }
    held += message.content.held - before;
    message.state = state;
    if (known === undefined) incoming.set(messageId, message);
    const complete = state.state === 'complete';
    const content = complete ? message.content.octets(state.total as number) : undefined;
    if (complete) finish(messageId, state);
    return ok({ messageId, state, effects, content, contentType });
  }

  return {
    receive,
    stateOf: (messageId) => incoming.get(messageId)?.state ?? finished.get(messageId),
    forget,
  };
}

function missing(): ParseError {
  return { code: 'missing', rule: 'Message-ID', clause: 'RFC4975-7.1.1', offset: 0, expected: 'a Message-ID' };
}

function limit(most: string): ParseError {
  return { code: 'limit', rule: 'data', clause: 'RFC4975-7.3.1', offset: 0, expected: `at most ${most} at a time` };
}

const SMALLEST_BLOCK = 256;
const LARGEST_BLOCK = 1_048_576;
/** Pieces that may lie unordered before they are put together, besides as many as there are ranges. */
const PIECES = 16_384;

/** Octets that came behind each other and stand behind each other in a block. */
interface Piece {
  readonly start: number;
  readonly block: Uint8Array;
  readonly from: number;
  to: number;
}

/**
 * The octets of one message in the order in which they came, so that a later one covers an earlier one. Memory grows with
 * what has come, never with what was announced.
 */
class Content {
  #pieces: Piece[] = [];
  #block: Uint8Array = new Uint8Array(0);
  #at = 0;
  /** Octets that are held, those that were covered by later ones too. */
  held = 0;
  /** Of `held`, when pieces were put together for the last time. */
  #settled = 0;

  /** `ranges` is what has been received, these octets included. */
  write(start: number, octets: Uint8Array, ranges: readonly OctetRange[]): void {
    for (let at = 0; at < octets.length; ) {
      if (this.#at === this.#block.length) this.#grow(octets.length - at);
      const length = Math.min(octets.length - at, this.#block.length - this.#at);
      this.#block.set(length === octets.length ? octets : octets.subarray(at, at + length), this.#at);
      this.#append(start + at, length);
      at += length;
    }
    this.held += octets.length;
    // What is put together has at least doubled, or there are as many pieces again: no octet is copied often.
    const many = this.#pieces.length > 2 * ranges.length + PIECES;
    if (many || this.held > 2 * this.#settled + LARGEST_BLOCK) this.#settle(ranges);
  }

  #append(start: number, length: number): void {
    const last = this.#pieces.at(-1);
    const from = this.#at;
    this.#at += length;
    if (last?.block === this.#block && start === last.start + last.to - last.from) last.to += length;
    else this.#pieces.push({ start, block: this.#block, from, to: from + length });
  }

  #grow(needed: number): void {
    const larger = Math.min(LARGEST_BLOCK, 2 * this.#block.length);
    this.#block = new Uint8Array(Math.max(SMALLEST_BLOCK, Math.min(needed, LARGEST_BLOCK), larger));
    this.#at = 0;
  }

  /** Drops what later octets cover, where that is worth it. */
  #settle(ranges: readonly OctetRange[]): void {
    let distinct = 0;
    for (const { start, end } of ranges) distinct += end - start + 1;
    if (this.held > 2 * distinct || this.#pieces.length > 2 * ranges.length + PIECES) {
      const blocks = this.#replay(ranges);
      this.#pieces = blocks.map((block, i) => ({
        start: (ranges[i] as OctetRange).start,
        block,
        from: 0,
        to: block.length,
      }));
      this.#block = new Uint8Array(0);
      this.#at = 0;
      this.held = distinct;
    }
    this.#settled = this.held;
  }

  /** The octets of each range. */
  #replay(ranges: readonly OctetRange[]): readonly Uint8Array[] {
    const blocks = ranges.map(({ start, end }) => new Uint8Array(end - start + 1));
    for (const { start, block, from, to } of this.#pieces) {
      const i = firstEndingAt(ranges, start);
      const range = ranges[i];
      if (range === undefined || range.start > start) continue; // behind a total that came later
      const length = Math.min(to - from, range.end - start + 1);
      (blocks[i] as Uint8Array).set(block.subarray(from, from + length), start - range.start);
    }
    return blocks;
  }

  /** The first `total` octets, all of which are there. */
  octets(total: number): Uint8Array {
    return total === 0 ? new Uint8Array(0) : (this.#replay([{ start: 1, end: total }])[0] as Uint8Array);
  }
}
