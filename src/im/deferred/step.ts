/*
 * A message that is deferred: the network took it and has not delivered it (change request 8.1.1 note 2 and 9.1.1.2
 * last note). Where a report of its delivery was asked for, its Message-ID is kept, so that the notification that comes
 * hours or days later finds the message that it is about (RFC 5438 7.1.2, 7.1.3).
 */
import { type ClauseId, EncodeError } from '../../core/error.ts';
import { instant } from '../../cpim/datetime.ts';
import type { Imdn } from '../../imdn/payload.ts';
import type {
  DeferredEffect,
  DeferredEvent,
  NotificationEffect,
  NotificationEvent,
  ResponseEvent,
  SentEvent,
} from './events.ts';
import { recipientOf } from './recipients.ts';
import { asksForDelivery, isAsked, judge, knownSpelling } from './reports.ts';
import { type DeferredState, type Phase, Store } from './state.ts';

const CLAUSE: ClauseId = 'OMA-IM-8.1.1';

/** A state and what the client is told on the way to it. */
export interface DeferredStep {
  readonly state: DeferredState;
  readonly effects: readonly DeferredEffect[];
}

/**
 * What becomes of a state by an event. Neither is changed; the state can be stepped again. Events of messages that
 * are not kept change nothing. Throws EncodeError where the time of the event is none, or the state none of ours.
 *
 * @duty PM-N2, DF-1 (reduce)
 */
export function step(state: DeferredState, event: DeferredEvent): DeferredStep {
  if (!Number.isFinite(event.at)) throw new EncodeError(`${event.at} is no time`, 'at', CLAUSE);
  const effects: DeferredEffect[] = [];
  const store = forgetOld(Store.of(state).at(event.at), effects);
  switch (event.type) {
    case 'sent':
      return { state: sent(store, event, effects), effects };
    case 'response':
      return { state: answered(store, event, effects), effects };
    case 'notification':
      return { state: notified(store, event, effects), effects };
    case 'tick':
      return { state: store, effects };
  }
}

/** Without the messages whose time is over. The oldest goes first, so that nothing else is looked at. */
export function forgetOld(store: Store, effects: DeferredEffect[]): Store {
  let left = store;
  const since = left.now - left.options.keepFor;
  for (let old = left.oldest; old !== undefined && old.sentAt <= since; old = left.oldest) {
    effects.push({ type: 'forgotten', messageId: old.messageId, because: 'time' });
    left = left.drop(old);
  }
  return left;
}

/** Without the oldest of too many messages. */
export function forgetMost(store: Store, effects: DeferredEffect[]): Store {
  let left = store;
  for (let old = left.oldest; old !== undefined && left.size > left.options.most; old = left.oldest) {
    effects.push({ type: 'forgotten', messageId: old.messageId, because: 'number' });
    left = left.drop(old);
  }
  return left;
}

function sent(store: Store, event: SentEvent, effects: DeferredEffect[]): Store {
  const { messageId, method, asked, to, members } = event;
  if (store.find(messageId) !== undefined) {
    effects.push({ type: 'reused', messageId });
    return store;
  }
  if (event.anonymous === true && asked.length > 0) effects.push({ type: 'anonymous', messageId });
  if (!asksForDelivery(asked)) return store;
  const message = {
    messageId,
    method,
    asked,
    to,
    members,
    sentAt: store.now,
    phase: 'sent',
    reports: undefined,
  } as const;
  return forgetMost(store.add(message), effects);
}

/**
 * 202 to a MESSAGE: it is stored and will be delivered later (RFC 3428 7). 200 of a machine to an INVITE: it takes the
 * content, and somebody gets it later. After 408 nobody knows whether the message arrived, so it is still kept.
 */
function answered(store: Store, event: ResponseEvent, effects: DeferredEffect[]): Store {
  const { messageId, status } = event;
  const message = store.find(messageId);
  if (message === undefined || status < 200 || status === 408) return store;
  if (status >= 300) {
    if (message.phase !== 'sent') return store;
    effects.push({ type: 'refused', messageId, status });
    return store.drop(message);
  }
  const accepted = message.method === 'MESSAGE' && status === 202;
  const isDeferred = accepted || (message.method === 'INVITE' && status === 200 && event.automata === true);
  const phase: Phase = isDeferred ? 'deferred' : 'answered';
  if (message.phase === 'deferred' || message.phase === phase) return store;
  if (isDeferred) {
    const until = message.sentAt + store.options.keepFor;
    effects.push({ type: 'store', messageId, until, duty: accepted ? 'PM-N2' : 'DF-1' });
  }
  return store.replace({ ...message, phase });
}

function notified(store: Store, event: NotificationEvent, effects: DeferredEffect[]): Store {
  let next = store;
  for (const notification of event.notifications) {
    const { messageId } = notification;
    const message = next.find(messageId);
    if (message === undefined) {
      effects.push(withoutMessage(next, notification));
      continue;
    }
    const found = recipientOf(message, notification, event.from);
    if (found === 'forged') {
      effects.push({ type: 'forged-recipient', messageId, notification });
      continue;
    }
    const recipient = found === 'hidden' ? undefined : knownSpelling(message, found.uri);
    const told = { messageId, recipient, notification };
    const what = notification.notification;
    if (!isAsked(message.asked, what)) {
      effects.push({ type: 'unasked', ...told });
      continue;
    }
    if (what === undefined) {
      effects.push({ type: 'notified', ...told });
      continue;
    }
    const report = { recipient, type: what.type, status: what.status, at: next.now };
    const { reports, ...verdict } = { reports: undefined, ...judge(message, report, next.options.mostRecipients) };
    effects.push({ ...verdict, ...told });
    if (reports !== undefined) next = next.replace({ ...message, reports });
  }
  return next;
}

/** The time that a notification gives back is there for clients that keep no Message-IDs (RFC 5438 7.1.1.2). */
function withoutMessage(store: Store, notification: Imdn): NotificationEffect {
  const { messageId, dateTime } = notification;
  const sentAt = dateTime === undefined ? undefined : instant(dateTime);
  if (sentAt === undefined || sentAt > store.now - store.options.keepFor)
    return { type: 'unknown', messageId, notification };
  return { type: 'late', messageId, notification, sentAt };
}
