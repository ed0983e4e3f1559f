/*
 * Chunks become a message again (RFC 4975 7.3.1), whatever their order, and however often and overlapping they come.
 * Here it is only counted which octets are there: the state is plain data and holds no content. Where the octets go,
 * and when they are a message, the effects say; `reassembler` does what they say.
 */
import type { ParseError } from '../core/error.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import { getMsrp } from './access.ts';
import { byteRange } from './headers/byte-range.ts';
import type { Continuation, MsrpRequest } from './message.ts';
import { addRange, type OctetRange } from './octet-ranges.ts';

/** What a chunk says of itself, and how many octets it has: those count, not the end of its range. */
export interface ReceivedChunk {
  /** The number of its first octet, from 1. */
  readonly start: number;
  readonly octets: number;
  readonly total: number | '*';
  readonly continuation: Continuation;
}

/** What is known of a message that is coming in. Plain data. */
export interface Reassembly {
  /** `aborted`: given up by the sender with `#`. */
  readonly state: 'incomplete' | 'complete' | 'aborted';
  readonly received: readonly OctetRange[];
  /** Octets of the whole message as far as that is known: the chunk with `$` decides, until then the last one that told. */
  readonly total: number | '*';
  /** Whether the chunk with `$` has come. */
  readonly ended: boolean;
}

export type ReassemblyEffect =
  /** The first `octets` octets of the chunk belong at `start`, over what may be there: the last one received counts. */
  | { readonly kind: 'store'; readonly start: number; readonly octets: number }
  /** All octets up to `total` are there. */
  | { readonly kind: 'complete'; readonly total: number }
  /** The sender gave the message up: what was stored is of no use. */
  | { readonly kind: 'abort' }
  /** Chunks disagree on the length of the message; `to` is what counts now. */
  | { readonly kind: 'total-changed'; readonly from: number; readonly to: number }
  /** There are octets behind the end of the message; if the end is certain, they are not stored. */
  | { readonly kind: 'beyond-total'; readonly total: number; readonly end: number }
  /** The message was complete or given up before. */
  | { readonly kind: 'ignore' }
  /** A limit is exceeded: nothing has changed. To be answered with 413. */
  | { readonly kind: 'refuse'; readonly error: ParseError };

export interface ReassemblyLimits {
  /** Octets of a message: what comes, and what is announced. */
  readonly message: number;
  /**
   * Ranges with gaps between them. A chunk that comes out of order copies them, since a state given stays as it is: so
   * many take no longer to copy than the octets of a few chunks. A sender that keeps to the order makes one.
   */
  readonly ranges: number;
}

export const REASSEMBLY_LIMITS: ReassemblyLimits = Object.freeze({ message: 16_777_216, ranges: 2048 });

const NEW: Reassembly = Object.freeze({ state: 'incomplete', received: [], total: '*', ended: false });

/** What a SEND request says of itself. Without a Byte-Range it begins at 1. Refused where that header is broken. */
export function receivedChunk(request: MsrpRequest): Result<ReceivedChunk> {
  const { body, continuation } = request;
  const octets = body?.length ?? 0;
  const range = getMsrp(request, byteRange);
  if (range === undefined) return ok({ start: 1, octets, total: '*', continuation });
  if (!range.ok) return range;
  const { start, total } = range.value;
  if (start + octets <= Number.MAX_SAFE_INTEGER) return ok({ start, octets, total, continuation });
  const expected = 'octets that can be counted';
  return refuse({ code: 'range', rule: 'range-start', clause: 'RFC4975-7.1.1', offset: 0, expected });
}

export interface ReassemblyStep {
  readonly state: Reassembly;
  readonly effects: readonly ReassemblyEffect[];
}

/**
 * The next state of a message when a chunk, or a piece of one, has come; `undefined` before the first. Pure: the state
 * given stays as it is.
 *
 * @duty LM-A2 (parse)
 */
export function reassemble(
  state: Reassembly | undefined,
  chunk: ReceivedChunk,
  limits: ReassemblyLimits = REASSEMBLY_LIMITS,
): ReassemblyStep {
  const before = state ?? NEW;
  if (before.state !== 'incomplete') return { state: before, effects: [{ kind: 'ignore' }] };
  if (chunk.continuation === '#') return { state: { ...before, state: 'aborted' }, effects: [{ kind: 'abort' }] };
  const end = chunk.start - 1 + chunk.octets;
  const largest = chunk.total === '*' ? end : Math.max(end, chunk.total);
  if (largest > limits.message) return refused(before, 'total', `a message of at most ${limits.message} octets`);
  const effects: ReassemblyEffect[] = [];
  const last = chunk.continuation === '$';
  const ended = before.ended || last;
  const total = last ? end : before.ended || chunk.total === '*' ? before.total : chunk.total;
  const said = chunk.total !== '*' && chunk.total !== total ? chunk.total : before.total;
  if (said !== '*' && total !== '*' && said !== total) effects.push({ kind: 'total-changed', from: said, to: total });
  const most = ended ? (total as number) : Number.POSITIVE_INFINITY;
  const known = before.received.at(-1)?.end ?? 0;
  if (total !== '*' && Math.max(end, known) > total) {
    effects.push({ kind: 'beyond-total', total, end: Math.max(end, known) });
  }
  const stored = { start: chunk.start, end: Math.min(end, most) };
  const received = addRange(known > most ? cutAt(before.received, most) : before.received, stored);
  if (received.length > limits.ranges) return refused(before, 'range-start', `at most ${limits.ranges} ranges`);
  const octets = stored.end - stored.start + 1;
  if (octets > 0) effects.push({ kind: 'store', start: chunk.start, octets });
  const complete = ended && (total === 0 || (received[0]?.start === 1 && received[0].end === total));
  if (complete) effects.push({ kind: 'complete', total: total as number });
  return { state: { state: complete ? 'complete' : 'incomplete', received, total, ended }, effects };
}

function refused(state: Reassembly, rule: string, expected: string): ReassemblyStep {
  const error: ParseError = { code: 'limit', rule, clause: 'RFC4975-7.3.1', offset: 0, expected };
  return { state, effects: [{ kind: 'refuse', error }] };
}

/** What the ranges have up to octet `most`. */
function cutAt(ranges: readonly OctetRange[], most: number): readonly OctetRange[] {
  const within = ranges.filter(({ start }) => start <= most);
  return within.map(({ start, end }) => ({ start, end: Math.min(end, most) }));
}
