/* What the session of the sending end begins with, and what it is at any time. */
import type { MediaType } from '../../mime/media-type.ts';
import type { SipRequest } from '../../sip/message.ts';
import type { NameAddr } from '../../sip/name-addr.ts';
import type { Timing } from '../../sip/transaction/timing.ts';
import type { SentEvent } from '../deferred/events.ts';
import type { OriginatingEffect, OriginatingOutcome } from './events.ts';
import type { Sending } from './sending.ts';
import type { SessionDialog } from './session-dialog.ts';
import type { SipLayer, SipTurn } from './transactions.ts';

/**
 *   inviting       the INVITE went out
 *   proceeding     a provisional response came
 *   cancelling     nothing is to come of it: its final response is waited for, and a CANCEL goes out as soon as it may
 *   connecting     the INVITE was accepted, the MSRP connection is waited for
 *   sending        chunks go out
 *   acknowledging  all of them went out, not all have their response
 *   reporting      the success report is waited for
 *   releasing      BYE went out
 *   ended          nothing but repetitions are answered
 */
export type OriginatingPhase =
  | 'inviting'
  | 'proceeding'
  | 'cancelling'
  | 'connecting'
  | 'sending'
  | 'acknowledging'
  | 'reporting'
  | 'releasing'
  | 'ended';

/** How long is waited, in milliseconds. */
export interface OriginatingWaits {
  /** For the final response to the INVITE; then it is cancelled. */
  readonly answer: number;
  /** For the MSRP connection. */
  readonly connection: number;
  /** For the octets that `need-content` asks for. */
  readonly content: number;
  /** For the response to a chunk. */
  readonly response: number;
  /** For the success report once all was acknowledged. */
  readonly report: number;
}

/** What a session begins with. */
export interface OriginatingInput {
  /** Now, in milliseconds. */
  readonly at: number;
  /** The INVITE that `composeLargeMessageInvite` made and `withDialog` completed. */
  readonly invite: SipRequest;
  readonly content: {
    /** Octets that MSRP will carry: what the INVITE says. */
    readonly size: number;
    /** `message/cpim` mostly. */
    readonly contentType: string | MediaType;
    /** The Message-ID of MSRP, 4 to 32 characters that were never used before. */
    readonly messageId: string;
  };
  /** 26 letters and digits, random: what `identifiers` makes. Branches and MSRP transaction ids are made from it. */
  readonly ids: string;
  /** Whether SIP goes over TCP or TLS. */
  readonly reliable: boolean;
  readonly timing?: Timing | undefined;
  /** Octets of a chunk, 2048 where absent. */
  readonly chunkSize?: number | undefined;
  /** How many chunks may wait for their response at once; 8 where absent. */
  readonly window?: number | undefined;
  /** Whether a REPORT is asked for that the message has arrived; it is where absent (change request 9.1.1.2). */
  readonly successReport?: boolean | undefined;
  /** Which chunks are answered; all where absent. */
  readonly failureReport?: 'yes' | 'no' | 'partial' | undefined;
  /** 180 s for the answer, 30 s for the connection and a response, 120 s for content and report, where absent. */
  readonly waits?: Partial<OriginatingWaits> | undefined;
  /** What `sentEvent` says of INVITE and content, where they ask for notifications. */
  readonly sent?: SentEvent | undefined;
}

/** Plain data that JSON can hold. */
export interface OriginatingState {
  readonly phase: OriginatingPhase;
  readonly sip: SipLayer;
  /** The INVITE as it went out last: its octets, one character each. */
  readonly invite: string;
  readonly inviteKey: string;
  /** Whether it went out again after a 422. */
  readonly again: boolean;
  /** The methods of the peer, as responses have said. */
  readonly allow?: readonly string[] | undefined;
  /** The session identity, with its feature parameters. */
  readonly contact?: NameAddr | undefined;
  readonly isFocus: boolean;
  /** The dialog, once the INVITE was accepted. */
  readonly session?: SessionDialog | undefined;
  readonly byeKey?: string | undefined;
  readonly sending: Sending;
  /** The Message-ID by which the deferred message is known. */
  readonly deferred?: string | undefined;
  readonly waits: OriginatingWaits;
  /** When the phase has lasted too long, in milliseconds. */
  readonly until?: number | undefined;
  /** What is known of the outcome. */
  readonly why?: Why | undefined;
  /** The time that the last `wake` asked for. */
  readonly wakeAt?: number | undefined;
}

/** Why the session ends, as far as it is known when that is decided. */
export type Why = Pick<OriginatingOutcome, 'cause' | 'status' | 'problem' | 'retryAfter'> &
  Partial<Pick<OriginatingOutcome, 'warnings' | 'refusals'>>;

/** One step: functions change what it holds. */
export interface OriginatingTurn extends SipTurn {
  state: Omit<OriginatingState, 'sip'>;
  emit(effect: OriginatingEffect): void;
}
