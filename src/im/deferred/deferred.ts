import type { ClauseId, ErrorCode } from '../../core/error.ts';
import { ok, type Refused, type Result, refuse } from '../../core/result.ts';
import type { DeferredEvent } from './events.ts';
import { merge } from './merge.ts';
import { withReports } from './reports.ts';
import { savedDeferred } from './saved.schema.ts';
import { type DeferredOptions, type DeferredState, type KeptMessage, Store, shown } from './state.ts';
import { type DeferredStep, step } from './step.ts';

const CLAUSE: ClauseId = 'RFC5438-7.1.3';

/**
 * The messages that a client has sent and that may be deferred, as a state machine without clock and without
 * transport: what happens comes in as events, what the client should know or do goes out as effects.
 *
 * @duty PM-N2, DF-1 (reduce)
 */
export const deferred: {
  start(options?: DeferredOptions): DeferredState;
  step(state: DeferredState, event: DeferredEvent): DeferredStep;
  restore(saved: unknown): Result<DeferredState>;
  merge(a: DeferredState, b: DeferredState): DeferredStep;
  find(state: DeferredState, messageId: string): KeptMessage | undefined;
} = { start, step, restore, merge, find };

/** Nothing is kept yet. Throws EncodeError where an option is no whole number that makes sense. */
function start(options: DeferredOptions = {}): DeferredState {
  return Store.empty(options, 0);
}

/** What is known about the message; `undefined` where it is not kept. */
function find(state: DeferredState, messageId: string): KeptMessage | undefined {
  const message = Store.of(state).find(messageId);
  return message === undefined ? undefined : shown(message);
}

/**
 * The state that was saved: what `JSON.parse` made of it. Refused is what no state saves. What is too old by now or too
 * much is forgotten by the next event that forgets.
 */
function restore(saved: unknown): Result<DeferredState> {
  const read = savedDeferred.safeParse(saved);
  if (!read.success) {
    const [issue] = read.error.issues;
    return refused('syntax', `${issue?.path.join('.')}: ${issue?.message}`);
  }
  const { now, messages, ...options } = read.data;
  let store = Store.empty(options, now);
  let last = Number.NEGATIVE_INFINITY;
  for (const { reports, ...message } of messages) {
    if (store.find(message.messageId) !== undefined) return refused('duplicate', 'each Message-ID once');
    if (message.sentAt < last || message.sentAt > now) return refused('range', 'messages in the order of their time');
    last = message.sentAt;
    store = store.add(withReports(message, reports, options.mostRecipients));
  }
  return ok(store);
}

function refused(code: ErrorCode, expected: string): Refused {
  return refuse({ code, rule: 'SavedDeferred', clause: CLAUSE, offset: 0, expected });
}
