/*
 * What happens to a message that may be deferred, and what the client is told about it. All of it is plain data, so a
 * log of events can be kept as JSON and played again.
 */
import type { Imdn } from '../../imdn/payload.ts';

/** Each event carries the time at which it happened, in milliseconds since 1970. Time never goes back: an earlier one counts as the latest. */
export type DeferredEvent = SentEvent | ResponseEvent | NotificationEvent | TickEvent;

/** A message goes out: a MESSAGE, or the INVITE of the session that will deliver it. */
export interface SentEvent {
  readonly type: 'sent';
  readonly at: number;
  /** Its Message-ID (RFC 5438 7.1.1.1). */
  readonly messageId: string;
  readonly method: 'MESSAGE' | 'INVITE';
  /** What its Disposition-Notification asks for: `positive-delivery`, `display` …; for a session, what that of the content does. */
  readonly asked: readonly string[];
  /** The addresses that it goes to: the Request-URI, the To of CPIM where that is another. */
  readonly to: readonly [string, ...string[]];
  /** Who is behind the address, where that is not one user: the list, or `unknown` for a group. */
  readonly members?: readonly string[] | 'unknown' | undefined;
  /** Whether the sender is hidden. */
  readonly anonymous?: boolean | undefined;
}

/** The response to what was sent. */
export interface ResponseEvent {
  readonly type: 'response';
  readonly at: number;
  readonly messageId: string;
  readonly status: number;
  /** Whether its Contact has the feature tag `automata`: a machine answered (RFC 3840 10.7). */
  readonly automata?: boolean | undefined;
}

/** Notifications come in, one or an aggregate of them (RFC 5438 8.3). */
export interface NotificationEvent {
  readonly type: 'notification';
  readonly at: number;
  readonly notifications: readonly Imdn[];
  /** Who sent them, where the network vouches for it (P-Asserted-Identity). */
  readonly from?: string | undefined;
}

/** Time goes by. */
export interface TickEvent {
  readonly type: 'tick';
  readonly at: number;
}

/** What the client is told. A list of effects is in the order of what caused them. */
export type DeferredEffect =
  | StoreEffect
  /** The message was not accepted: its Message-ID is not kept any more. */
  | { readonly type: 'refused'; readonly messageId: string; readonly status: number }
  /** The Message-ID is not kept any more: its time is over, or there are too many younger ones. */
  | { readonly type: 'forgotten'; readonly messageId: string; readonly because: 'time' | 'number' }
  /** A Message-ID that is kept was used for another message, which is not kept: it must be unique (RFC 5438 6.3). */
  | { readonly type: 'reused'; readonly messageId: string }
  /** A hidden sender asks for notifications, which cannot find their way back (RFC 5438 12.1.1). */
  | { readonly type: 'anonymous'; readonly messageId: string }
  | NotificationEffect;

/** The message is deferred, and its Message-ID must outlive a restart until then. */
export interface StoreEffect {
  readonly type: 'store';
  readonly messageId: string;
  readonly until: number;
  /** PM-N2: a MESSAGE was accepted with 202. DF-1: a machine answered the INVITE. */
  readonly duty: 'PM-N2' | 'DF-1';
}

/** What a notification is, one effect for each. */
export type NotificationEffect =
  /** A recipient reports for the first time. */
  | (Told & { readonly type: 'notified' })
  /** The recipient has said so before. */
  | (Told & { readonly type: 'duplicate' })
  /** The recipient has said something else before, which stands: there is one notification of a type (RFC 5438 7.2.1). */
  | (Told & { readonly type: 'contradictory'; readonly before: string })
  /** The message did not ask for it. */
  | (Told & { readonly type: 'unasked' })
  /** So many recipients of a group have reported that this one is not remembered; it may be a duplicate. */
  | (Told & { readonly type: 'excess' })
  /** It names a recipient that the message was not sent to, or one of the recipients speaks for another (RFC 5438 14.1). */
  | { readonly type: 'forged-recipient'; readonly messageId: string; readonly notification: Imdn }
  /** The Message-ID is not kept, and by its `datetime` the message was sent longer ago than Message-IDs are kept. */
  | { readonly type: 'late'; readonly messageId: string; readonly notification: Imdn; readonly sentAt: number }
  /** The Message-ID is not kept, and nothing says that it once was. */
  | { readonly type: 'unknown'; readonly messageId: string; readonly notification: Imdn };

interface Told {
  readonly messageId: string;
  /** Who reports, as the message spelt the recipient; absent where the notification hides which member of a list it was. */
  readonly recipient: string | undefined;
  readonly notification: Imdn;
}
