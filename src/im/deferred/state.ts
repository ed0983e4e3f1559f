/*
 * The messages that are kept: by Message-ID, and in the order of their sending, in which the oldest goes first. A state
 * is never changed by what makes a new one of it; any of them can be kept and stepped again.
 */
import { type ClauseId, EncodeError } from '../../core/error.ts';
import { whole } from '../../core/write.ts';
import type { SentEvent } from './events.ts';
import { VersionedMap } from './versioned-map.ts';

const CLAUSE: ClauseId = 'RFC5438-7.1.3';
const DAY = 24 * 60 * 60 * 1000;

/** How long Message-IDs are kept, and how many. */
export interface DeferredOptions {
  /** Milliseconds from the sending of a message; 7 days where absent. */
  readonly keepFor?: number | undefined;
  /** Messages; 10 000 where absent. */
  readonly most?: number | undefined;
  /** Recipients of a group whose notifications are remembered for a message; 1000 where absent. */
  readonly mostRecipients?: number | undefined;
}

/** The options with what holds where nothing is said. */
export type DeferredLimits = { readonly [K in keyof DeferredOptions]-?: number };

/** `sent`: no final response yet. `answered`: it reached somebody. `deferred`: it waits in the network (PM-N2, DF-1). */
export type Phase = 'sent' | 'answered' | 'deferred';

export const PHASES: readonly Phase[] = ['sent', 'answered', 'deferred'];

/** What a recipient has reported. */
export interface Report {
  /** Absent where the notification hides which member of a list it was. */
  readonly recipient?: string | undefined;
  readonly type: 'delivery' | 'display' | 'processing' | 'interworking';
  readonly status: string;
  /** When the notification came. */
  readonly at: number;
}

/** A message whose Message-ID is kept. */
export interface KeptMessage extends Omit<SentEvent, 'type' | 'at' | 'anonymous'> {
  readonly sentAt: number;
  readonly phase: Phase;
  readonly reports: readonly Report[];
}

/** A state as it is saved: JSON, oldest message first. */
export interface SavedDeferred extends DeferredLimits {
  readonly now: number;
  readonly messages: readonly KeptMessage[];
}

/** What is known about messages that may be deferred. `JSON.stringify` saves it, `deferred.restore` takes it back. */
export interface DeferredState {
  /** How many messages are kept. */
  readonly size: number;
  /** The time of the latest event. */
  readonly now: number;
  toJSON(): SavedDeferred;
}

/** A message within a state: its place in the order, and its reports by the address of who reports. */
export interface Kept extends Omit<KeptMessage, 'reports'> {
  readonly place: number;
  /** Absent where nothing is reported, as it is with most of many messages. */
  readonly reports: Reports | undefined;
}

export type Reports = VersionedMap<string, readonly Report[]>;

export class Store implements DeferredState {
  readonly options: DeferredLimits;
  readonly now: number;
  readonly #byId: VersionedMap<string, Kept>;
  readonly #order: VersionedMap<number, string>;
  /** The first place that is taken, and the next that is free; equal where nothing is kept. */
  readonly #first: number;
  readonly #next: number;

  private constructor(
    options: DeferredLimits,
    now: number,
    byId: VersionedMap<string, Kept>,
    order: VersionedMap<number, string>,
    first: number,
    next: number,
  ) {
    this.options = options;
    this.now = now;
    this.#byId = byId;
    this.#order = order;
    this.#first = first;
    this.#next = next;
  }

  /** Throws EncodeError where an option is no whole number. */
  static empty({ keepFor = 7 * DAY, most = 10_000, mostRecipients = 1000 }: DeferredOptions, now: number): Store {
    whole(keepFor, 1, Number.MAX_SAFE_INTEGER, 'keepFor', CLAUSE);
    whole(most, 1, 2 ** 22, 'most', CLAUSE);
    whole(mostRecipients, 1, 2 ** 22, 'mostRecipients', CLAUSE);
    const options = { keepFor, most, mostRecipients };
    return new Store(options, now, VersionedMap.empty(), VersionedMap.empty(), 0, 0);
  }

  /** The store of a state, which nothing else makes. */
  static of(state: DeferredState): Store {
    if (state instanceof Store) return state;
    throw new EncodeError('no state: `restore` makes one of what was saved', 'state', CLAUSE);
  }

  get size(): number {
    return this.#byId.size;
  }

  find(messageId: string): Kept | undefined {
    return this.#byId.get(messageId);
  }

  get oldest(): Kept | undefined {
    const id = this.#order.get(this.#first);
    return id === undefined ? undefined : this.#byId.get(id);
  }

  /** At that time, or as it is where that is gone by. */
  at(time: number): Store {
    if (time <= this.now) return this;
    return new Store(this.options, time, this.#byId, this.#order, this.#first, this.#next);
  }

  /** With a message behind all others. Its Message-ID is none of theirs. */
  add(message: Omit<Kept, 'place'>): Store {
    const { options, now } = this;
    const place = this.#next;
    const byId = this.#byId.set(message.messageId, { ...message, place });
    return new Store(options, now, byId, this.#order.set(place, message.messageId), this.#first, place + 1);
  }

  /** With a message in the place of what it was before. */
  replace(message: Kept): Store {
    const byId = this.#byId.set(message.messageId, message);
    return new Store(this.options, this.now, byId, this.#order, this.#first, this.#next);
  }

  drop({ messageId, place }: Kept): Store {
    const byId = this.#byId.delete(messageId);
    const order = this.#order.delete(place);
    let first = this.#first;
    while (first < this.#next && order.get(first) === undefined) first++;
    return new Store(this.options, this.now, byId, order, first, this.#next);
  }

  /** Oldest first. */
  all(): readonly Kept[] {
    return this.#byId.values().toSorted((a, b) => a.place - b.place);
  }

  toJSON(): SavedDeferred {
    return { ...this.options, now: this.now, messages: this.all().map(shown) };
  }
}

/** A message as plain data, its reports in the order in which they came. */
export function shown({ messageId, method, asked, to, members, sentAt, phase, reports }: Kept): KeptMessage {
  const listed = reports?.values().flat() ?? [];
  return {
    messageId,
    method,
    asked,
    to,
    ...(members === undefined ? {} : { members }),
    sentAt,
    phase,
    reports: listed.sort(inOrder),
  };
}

/** By time, and where that is the same by what they say, so that the order is the same wherever they came from. */
export function inOrder(a: Report, b: Report): number {
  return (
    a.at - b.at ||
    compare(a.recipient ?? '', b.recipient ?? '') ||
    compare(a.type, b.type) ||
    compare(a.status, b.status)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
