/*
 * Reads a stream of messages as it comes, each octet once, and hands out the octets of a body before its end is known
 * (RFC 4975 5.1, 7.3.1). It holds no more than a head that is not whole yet, or octets that may begin an end-line.
 */
import type { ParseError } from '../core/error.ts';
import { limits } from '../core/limits.ts';
import type { ParseOptions } from '../core/options.ts';
import { agrees, endLineLength, findBodyEnd, flagOf, mayEnd, partialEndLine } from './end-line.ts';
import { missingCrlf } from './frame.ts';
import { Head } from './head.ts';
import type { Continuation, MsrpRequestHead, MsrpResponseHead } from './message.ts';
import { receivedHead } from './received.ts';

export type MsrpEvent =
  /** A message has begun; `hasBody` tells whether octets of a body, perhaps none, come before its end. */
  | { readonly kind: 'head'; readonly message: MsrpRequestHead | MsrpResponseHead; readonly hasBody: boolean }
  /** The next octets of its body: a view of what was pushed wherever that is possible. */
  | { readonly kind: 'body'; readonly octets: Uint8Array }
  /** It is whole. */
  | { readonly kind: 'end'; readonly continuation: Continuation }
  /** No later octet can mend the stream. */
  | { readonly kind: 'broken'; readonly error: ParseError };

export interface MsrpDecoder {
  /**
   * What the octets tell. They must not be changed as long as anything of the events is in use. Once the stream is
   * broken the answer stays the same.
   */
  push(octets: Uint8Array): readonly MsrpEvent[];
}

/**
 * A decoder for one stream. However the octets are split, the events are those of the messages that `msrp.decode`
 * reads, but for a body that holds its own end-line, which RFC 4975 7.1 forbids: there it may count what has come. A
 * body may be as long as it likes, whatever the limits.
 */
export function msrpDecoder(options?: ParseOptions): MsrpDecoder {
  return new StreamDecoder(options);
}

const NOTHING = new Uint8Array(0);

class StreamDecoder implements MsrpDecoder {
  readonly #options: ParseOptions | undefined;
  /** The most that is held of a head: one octet more than may be, by which the limit shows. */
  readonly #most: number;
  /** What was pushed and cannot be told yet. */
  #held: Uint8Array = NOTHING;
  #heldLength = 0;
  #head: Head | undefined = undefined;
  /** Octets of the body that were handed out, -1 while there is no body. */
  #given = -1;
  #broken: readonly MsrpEvent[] | undefined = undefined;

  constructor(options: ParseOptions | undefined) {
    this.#options = options;
    this.#most = limits(options?.limits).head + 1;
  }

  push(octets: Uint8Array): readonly MsrpEvent[] {
    if (this.#broken !== undefined) return this.#broken;
    const events: MsrpEvent[] = [];
    let rest: Uint8Array = octets;
    while (rest.length > 0 && this.#broken === undefined) {
      rest = this.#given < 0 ? this.#readHead(rest, events) : this.#readBody(rest, events);
    }
    return events;
  }

  /** Answers what is left of the octets. */
  #readHead(octets: Uint8Array, events: MsrpEvent[]): Uint8Array {
    const before = this.#heldLength;
    const visible = before === 0 ? octets : this.#hold(octets.subarray(0, this.#most - before));
    this.#head ??= new Head(visible, this.#options);
    const head = this.#head;
    head.octets = visible;
    if (!head.read()) {
      if (head.error !== undefined) return this.#break(head.error, events);
      if (before === 0) this.#hold(octets);
      return NOTHING;
    }
    events.push({ kind: 'head', message: receivedHead(head), hasBody: head.continuation === undefined });
    this.#release();
    if (head.continuation === undefined) this.#given = 0;
    else this.#end(head.continuation, events);
    return octets.subarray(head.end - before);
  }

  #readBody(octets: Uint8Array, events: MsrpEvent[]): Uint8Array {
    const head = this.#head as Head;
    const data = this.#heldLength === 0 ? octets : this.#hold(octets);
    const promised = head.promised < this.#given ? -1 : head.promised - this.#given;
    if (this.#given === 0) {
      const error = missingCrlf(data, 0, head, promised);
      if (error !== undefined) return this.#break({ ...error, offset: head.end }, events);
    }
    const end = findBodyEnd(data, 0, head, promised);
    if (end >= 0) {
      this.#give(data.subarray(0, end), events);
      this.#release();
      const next = end + endLineLength(head);
      this.#end(flagOf(data, next - 3), events);
      return data.subarray(next);
    }
    const from = this.#mayBeShort(data, head, promised) ? 0 : partialEndLine(data, 0, head);
    this.#give(data.subarray(0, from), events);
    this.#release();
    if (from < data.length) this.#hold(data.subarray(from));
    return NOTHING;
  }

  /** Whether a body may turn out to be missing altogether. */
  #mayBeShort(data: Uint8Array, head: Head, promised: number): boolean {
    const short = this.#given === 0 && data.length < endLineLength(head) - 2;
    return short && agrees(data, 0, head, 2) && !mayEnd(data, 0, head, promised);
  }

  #give(octets: Uint8Array, events: MsrpEvent[]): void {
    if (octets.length === 0) return;
    this.#given += octets.length;
    events.push({ kind: 'body', octets });
  }

  #end(continuation: Continuation, events: MsrpEvent[]): void {
    events.push({ kind: 'end', continuation });
    this.#head = undefined;
    this.#given = -1;
  }

  #break(error: ParseError, events: MsrpEvent[]): Uint8Array {
    const broken: MsrpEvent = { kind: 'broken', error };
    events.push(broken);
    this.#broken = [broken];
    this.#release();
    return NOTHING;
  }

  /** Adds a copy of the octets to what is held, and answers that. */
  #hold(octets: Uint8Array): Uint8Array {
    const length = this.#heldLength + octets.length;
    if (length > this.#held.length) {
      const wider = new Uint8Array(Math.max(length, 2 * this.#heldLength));
      wider.set(this.#held.subarray(0, this.#heldLength));
      this.#held = wider;
    }
    this.#held.set(octets, this.#heldLength);
    this.#heldLength = length;
    return this.#held.subarray(0, length);
  }

  #release(): void {
    this.#held = NOTHING;
    this.#heldLength = 0;
  }
}
