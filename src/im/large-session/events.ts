/*
 * What happens to a large message session, and what is to be done then, at either end. All of it is plain data. Every
 * event has the time at which it happened, in milliseconds; all times of a session count from the same moment. Octets
 * of the content are counted from zero here: `from` is the first, `to` is behind the last.
 */
import type { MsrpMessage } from '../../msrp/message.ts';
import type { OctetRange } from '../../msrp/octet-ranges.ts';
import type { MsrpUri } from '../../msrp/uri.ts';
import type { Hash } from '../../sdp/hash.ts';
import type { MsrpAcceptance } from '../../sdp/msrp-answer.ts';
import type { RetryAfter } from '../../sip/headers/retry-after.ts';
import type { Warning } from '../../sip/headers/warning.ts';
import type { SipMessage, SipRequest } from '../../sip/message.ts';
import type { DeferredEvent } from '../deferred/events.ts';
import type { ImRefusal } from '../dialog/im-warning.ts';
import type { LargeMessageInvite } from '../large-message.ts';

/** What both ends are told. */
export type SessionEvent =
  /** A SIP message with the Call-ID of the session came: as it is, or the octets of a whole one. */
  | { readonly type: 'sip'; readonly at: number; readonly message: SipMessage | Uint8Array }
  /** What was to be sent last, or is on its way, could not be sent. */
  | { readonly type: 'sip-error'; readonly at: number }
  /** The connection asked for with `connect-msrp` stands, or the one waited for with `await-msrp` has come. */
  | { readonly type: 'msrp-connected'; readonly at: number }
  /** An MSRP message came over it. */
  | { readonly type: 'msrp'; readonly at: number; readonly message: MsrpMessage }
  /** The connection is lost, or could not be made. Not told where `close-msrp` asked for it. */
  | { readonly type: 'msrp-closed'; readonly at: number }
  /** Time has passed: what the last `wake` asked for. */
  | { readonly type: 'wake'; readonly at: number }
  /** The user wants no more of it. */
  | { readonly type: 'cancel'; readonly at: number };

/** What the client that sends the message is told. */
export type OriginatingEvent =
  | SessionEvent
  /** The octets that `need-content` asked for, from the first of them on: all, or as many as are at hand. */
  | { readonly type: 'content'; readonly at: number; readonly from: number; readonly octets: Uint8Array };

/** What the client that gets the message is told. */
export type ReceivingEvent =
  | SessionEvent
  /** The application takes the message that is offered, over the medium that the answer describes. */
  | { readonly type: 'accept'; readonly at: number; readonly media: MsrpAcceptance }
  /** It does not; 603 where no status is given. */
  | {
      readonly type: 'refuse';
      readonly at: number;
      readonly status?: number | undefined;
      readonly warnings?: readonly Warning[] | undefined;
    }
  /** The whole message, where `complete` has asked for it: what tells which notifications are due. */
  | {
      readonly type: 'message';
      readonly at: number;
      readonly octets: Uint8Array;
      /** What became of it; `delivered` where absent. */
      readonly status?: 'delivered' | 'failed' | 'forbidden' | 'error' | undefined;
    }
  /** The user has seen it. */
  | { readonly type: 'displayed'; readonly at: number };

/** What both ends have done. */
export type SessionEffect =
  /** A whole SIP message goes to where the INVITE went or came from, or to the route of the dialog. */
  | { readonly type: 'send-sip'; readonly octets: Uint8Array }
  /**
   * Connect to the first URI of the path; the certificate of a peer that nobody vouches for has the fingerprint of its
   * session description (RFC 4975 14.4).
   */
  | { readonly type: 'connect-msrp'; readonly path: readonly MsrpUri[]; readonly fingerprint?: Hash | undefined }
  /** The peer connects to this end; its first request is from this path. */
  | { readonly type: 'await-msrp'; readonly path: readonly MsrpUri[]; readonly fingerprint?: Hash | undefined }
  /** One MSRP message goes out, its pieces one behind the other. */
  | { readonly type: 'send-msrp'; readonly pieces: readonly Uint8Array[] }
  /** Close the connection once all has gone out, or stop to make or await one. */
  | { readonly type: 'close-msrp' }
  /** When to tell `wake`; this replaces what was asked before. `undefined`: never. */
  | { readonly type: 'wake'; readonly at: number | undefined }
  /** For the reducer of deferred messages. */
  | { readonly type: 'deferred'; readonly event: DeferredEvent };

/** What the client that sends the message has done. */
export type OriginatingEffect =
  | SessionEffect
  /** The octets `from` to before `to` of the content are to be sent, as soon as the connection takes them. */
  | { readonly type: 'need-content'; readonly from: number; readonly to: number }
  /** How far the message is: octets that were sent, acknowledged, and reported to have arrived. */
  | {
      readonly type: 'progress';
      readonly sent: number;
      readonly acknowledged: number;
      readonly reported: number;
    }
  /** The session is over. It happens once; nothing but repetitions are answered after it. */
  | { readonly type: 'ended'; readonly outcome: OriginatingOutcome };

/** What the client that gets the message has done. */
export type ReceivingEffect =
  | SessionEffect
  /** A message is offered: `accept` or `refuse`. */
  | { readonly type: 'offered'; readonly request: SipRequest; readonly invite: LargeMessageInvite }
  /** Octets of the content came, views of what was received. */
  | { readonly type: 'received'; readonly from: number; readonly octets: Uint8Array }
  /** All octets are there: `message` is to give them back in one piece where notifications may be due. */
  | {
      readonly type: 'complete';
      readonly messageId: string;
      readonly contentType: string | undefined;
      readonly size: number;
    }
  /** A notification is due: the MESSAGE to be sent, without the headers of its transaction. */
  | { readonly type: 'notify'; readonly request: SipRequest }
  /** The session is over. It happens once; nothing but repetitions are answered after it. */
  | { readonly type: 'ended'; readonly outcome: ReceivingOutcome };

/**
 * Why the session of the sending end is over.
 *
 *   complete        all went out, and what was asked for was acknowledged; `reported` tells what the reports say
 *   unreported      acknowledged, but only by a focus; the success report did not come (change request 9.1.1.2)
 *   failure-report  a REPORT says that octets did not arrive
 *   cancelled       the user wanted it
 *   no-response     nobody answered the INVITE
 *   refused         the INVITE was answered 300 to 699
 *   answer          it was accepted with an answer that the message cannot be sent by: `problem`
 *   no-connection   there was no MSRP connection in time
 *   no-content      the octets that were asked for did not come in time
 *   msrp-refused    a chunk was answered with an error
 *   msrp-timeout    a chunk was not answered in time
 *   msrp-closed     the MSRP connection was lost
 *   sip-error       a SIP message could not be sent
 *   released        the other end said BYE
 *   expired         nobody refreshed the session, or the other end knows it no more
 */
export type OriginatingCause =
  | 'complete'
  | 'unreported'
  | 'failure-report'
  | 'cancelled'
  | 'no-response'
  | 'refused'
  | 'answer'
  | 'no-connection'
  | 'no-content'
  | 'msrp-refused'
  | 'msrp-timeout'
  | 'msrp-closed'
  | 'sip-error'
  | 'released'
  | 'expired';

/** Why a 200 does not let the message be sent. */
export type AnswerProblem =
  /** It makes no dialog. */
  | 'dialog'
  /** There is no session description, it can't be read, or it has no path. */
  | 'description'
  /** The message medium is refused. */
  | 'medium'
  | 'direction'
  | 'accept-types'
  | 'max-size';

/** What is known when the session is over. It is plain data that JSON can hold. */
export interface OriginatingOutcome {
  readonly cause: OriginatingCause;
  /** Of the response to the INVITE, to a chunk, or of the REPORT, as the cause has it. */
  readonly status?: number | undefined;
  readonly problem?: AnswerProblem | undefined;
  /** When to try again, where a refusal says so. */
  readonly retryAfter?: RetryAfter | undefined;
  readonly warnings: readonly Warning[];
  /** What the warnings of an IM server mean. */
  readonly refusals: readonly ImRefusal[];
  /** Whether the other end was a focus, behind which are others. */
  readonly isFocus: boolean;
  /** Octets of the content. */
  readonly size: number;
  /** Octets that went out. */
  readonly sent: number;
  /** Octets that the next hop acknowledged, by number from 1. */
  readonly acknowledged: readonly OctetRange[];
  /** Octets that were reported to have arrived. */
  readonly reported: readonly OctetRange[];
  /** Octets that were reported not to have arrived. */
  readonly failed: readonly OctetRange[];
}

/** Why the session of the receiving end is over. */
export type ReceivingCause =
  | 'complete'
  /** The application or this end itself refused the INVITE. */
  | 'refused'
  /** The INVITE was cancelled before it was answered. */
  | 'cancelled'
  /** The user stopped it after it was accepted. */
  | 'stopped'
  /** The sender gave the message up. */
  | 'aborted'
  /** No ACK came. */
  | 'no-ack'
  /** Nobody connected, or the connection could not be made. */
  | 'no-connection'
  /** Nothing came over the connection for too long. */
  | 'stalled'
  | 'msrp-closed'
  | 'sip-error'
  /** The sender said BYE before all was there. */
  | 'released'
  | 'expired';

export interface ReceivingOutcome {
  readonly cause: ReceivingCause;
  /** Of the response that refused the INVITE. */
  readonly status?: number | undefined;
  readonly messageId?: string | undefined;
  readonly contentType?: string | undefined;
  /** Octets of the whole message, where it is known. */
  readonly size?: number | undefined;
  /** Octets that are there, by number from 1. */
  readonly received: readonly OctetRange[];
}
