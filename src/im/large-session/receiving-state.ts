/*
 * The receiving end of a large message session as plain data that JSON can hold, and a step of it under way. Octets of
 * the content are counted, not kept.
 */
import { unwrap } from '../../core/result.ts';
import type { Step } from '../../core/step.ts';
import type { CpimHeader } from '../../cpim/header.ts';
import type { MimeField } from '../../mime/fields.ts';
import type { Reassembly } from '../../msrp/reassemble.ts';
import type { MsrpUri } from '../../msrp/uri.ts';
import { type SipRequest, sipMessage } from '../../sip/message.ts';
import type { SessionTimerPolicy } from '../../sip/session-timer.ts';
import { earlier, octetsOf, type Timing } from '../../sip/transaction/timing.ts';
import type { ReceivingCause, ReceivingEffect } from './events.ts';
import type { ReceivingPhase } from './receiving-table.ts';
import { type DialogTurn, dialogWakeAt, type SessionDialog } from './session-dialog.ts';
import { type SipLayer, sipWakeAt } from './transactions.ts';

/** What a client needs to get a large message. */
export interface ReceivingInput extends ReceivingOptions {
  /** As it came: the octets of the whole message, or what they were decoded to. */
  readonly invite: SipRequest | Uint8Array;
  /** When it came, in milliseconds; all times of a session count from the same moment. */
  readonly at: number;
}

/** How the client takes part in the session. Plain data that JSON can hold. */
export interface ReceivingOptions {
  /** Whether SIP goes over a reliable transport: TCP and TLS are, UDP is not. */
  readonly reliable: boolean;
  readonly timing?: Timing | undefined;
  /** 26 random characters, as `identifiers` makes them. All identifiers of the session are made from them and a number. */
  readonly ids: string;
  /** The Via of what this end sends, without branch: `SIP/2.0/UDP 192.0.2.4:5060`. */
  readonly via: string;
  /** Where this end is reached while the session lasts, as a Contact value. */
  readonly contact: string;
  /** The client's release and products: `IM-client/OMA1.0 acme/phone-1.2`. */
  readonly release: string;
  /** Who gets the message, as a From value without tag; the To of the INVITE where absent. */
  readonly user?: string | undefined;
  /** Whether 180 is sent until the application has decided; else 100. */
  readonly ring?: boolean | undefined;
  /** The methods of Allow; what the session takes where absent. */
  readonly allow?: readonly string[] | undefined;
  /** Option tags besides `timer`. An INVITE that requires others is answered 420. */
  readonly supported?: readonly string[] | undefined;
  readonly timer?: SessionTimerPolicy | undefined;
  /**
   * Milliseconds: so long the application may take to decide, the peer to connect, and then between two chunks or
   * between the last one and BYE. 180 000 where absent.
   */
  readonly patience?: number | undefined;
}

/** Plain data that JSON can hold. */
export interface ReceivingState {
  readonly phase: ReceivingPhase;
  readonly options: ReceivingOptions;
  readonly sip: SipLayer;
  /** The octets of the INVITE, one character each. */
  readonly invite: string;
  /** Its transaction, also when that has ended. */
  readonly inviteKey: string;
  /** The tag of this end. */
  readonly tag: string;
  /** From the 200 on, until the session is over. */
  readonly session: SessionDialog | undefined;
  /** The transaction of the BYE that this end has sent. */
  readonly bye: string | undefined;
  readonly medium: Medium | undefined;
  readonly message: IncomingMessage | undefined;
  /** When patience ends. */
  readonly deadline: number | undefined;
  /** Why this end leaves, while it does. */
  readonly cause: ReceivingCause | undefined;
  readonly wakeAt: number | undefined;
}

/** What the two session descriptions agreed on. */
export interface Medium {
  readonly own: readonly MsrpUri[];
  readonly peer: readonly MsrpUri[];
  readonly active: boolean;
  readonly acceptTypes: readonly string[];
  /** Octets of the largest message that is taken. */
  readonly largest: number;
  readonly connection: 'awaited' | 'open' | 'closed';
  /** The transaction of the SEND that told the peer which session the connection is for. */
  readonly binding: string | undefined;
}

/** The message, from its first chunk on. */
export interface IncomingMessage {
  readonly messageId: string;
  readonly contentType: string;
  readonly reassembly: Reassembly;
  readonly successReport: boolean;
  /** What notifications are made from, once the application has given the message back. */
  readonly told: Told | undefined;
}

/** The headers of the message and the fields of its content, without which no notification can be made. */
export interface Told {
  readonly headers: readonly CpimHeader[];
  readonly fields: readonly MimeField[];
  /** The types of the notifications that were sent. */
  readonly sent: readonly ('delivery' | 'display')[];
}

const PATIENCE = 180_000;

/** A step under way: the state as it becomes, and what is to be done. */
export class ReceivingTurn implements DialogTurn {
  state: ReceivingState;
  readonly at: number;
  readonly #effects: ReceivingEffect[] = [];

  constructor(state: ReceivingState, at: number) {
    this.state = state;
    this.at = at;
  }

  get sip(): SipLayer {
    return this.state.sip;
  }

  set sip(sip: SipLayer) {
    this.change({ sip });
  }

  /** The INVITE as it came. */
  get invite(): SipRequest {
    return unwrap(sipMessage.decode(octetsOf(this.state.invite))) as SipRequest;
  }

  /** Only where the session stands. */
  get session(): SessionDialog {
    return this.state.session as SessionDialog;
  }

  set session(session: SessionDialog) {
    this.change({ session });
  }

  change(parts: Partial<ReceivingState>): void {
    this.state = { ...this.state, ...parts };
  }

  emit(effect: ReceivingEffect): void {
    this.#effects.push(effect);
  }

  /** Patience begins anew. */
  wait(): void {
    this.change({ deadline: this.at + (this.state.options.patience ?? PATIENCE) });
  }

  /** The session is over, for the reason that is nearest to the message. */
  end(cause: ReceivingCause, status?: number): void {
    if (this.state.phase === 'ended') return;
    this.closeConnection();
    const { sip, message, bye } = this.state;
    this.change({
      phase: 'ended',
      sip: { ...sip, accepted: [], clients: sip.clients.filter(({ key }) => key === bye) },
      session: undefined,
      deadline: undefined,
      cause: undefined,
    });
    const { state, received, total } = message?.reassembly ?? { received: [], total: '*' };
    const nearest = state === 'complete' ? 'complete' : state === 'aborted' ? 'aborted' : cause;
    const { messageId, contentType } = message ?? {};
    const size = total === '*' ? undefined : total;
    this.emit({ type: 'ended', outcome: { cause: nearest, status, messageId, contentType, size, received } });
  }

  closeConnection(): void {
    const { medium } = this.state;
    if (medium === undefined || medium.connection === 'closed') return;
    this.change({ medium: { ...medium, connection: 'closed' } });
    this.emit({ type: 'close-msrp' });
  }

  /** What the step comes to; who was woken is told again when to wake. */
  done(woken = false): Step<ReceivingState, ReceivingEffect> {
    const { sip, deadline, session } = this.state;
    const timed = earlier(deadline, session === undefined ? undefined : dialogWakeAt(session));
    const wakeAt = earlier(timed, sipWakeAt(sip));
    if (wakeAt !== this.state.wakeAt || (woken && wakeAt !== undefined)) {
      this.change({ wakeAt });
      this.emit({ type: 'wake', at: wakeAt });
    }
    return { state: this.state, effects: this.#effects };
  }
}
