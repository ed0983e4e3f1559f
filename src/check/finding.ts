/*
 * What the checker says, and the shape of the rules that say it. A rule is data: what it asks, by which clause or
 * duty, how bad a breach is, and one pure function that looks at a message.
 */
import type { ClauseId, ParseError } from '../core/error.ts';
import type { CpimMessage } from '../cpim/message.ts';
import type { ImsProfile } from '../im/ims.ts';
import type { SipRequest } from '../sip/message.ts';
import type { GroupDocument } from '../xml/group-document.ts';
import type { Body } from './bodies.ts';
import type { FrameView } from './frame-view.ts';
import type { Range } from './place.ts';
import type { MessageView } from './view.ts';

/** `unknown`: what is at hand does not tell; nothing is guessed. */
export type Severity = 'error' | 'warning' | 'info' | 'unknown';

export interface Finding {
  readonly severity: Severity;
  readonly clause: ClauseId;
  /** The duty that is broken, where a duty is concerned. */
  readonly duty?: string;
  /** Octets of the message, counted from its first one. */
  readonly range: Range;
  /**
   * The header's long name, or `Request-URI`, `SIP-Version`, `Request-Line`, `Status-Line`, `message`; of what a message
   * carries its media type.
   */
  readonly field?: string;
  readonly message: string;
  /** What to write instead, where a right value can be computed. */
  readonly fix?: string;
}

/** A finding as a rule gives it: what is the same for all findings of the rule may be left out. */
export interface Found {
  readonly range: Range;
  readonly field?: string;
  readonly message: string;
  readonly fix?: string;
  readonly clause?: ClauseId;
  readonly severity?: Severity;
}

/** A rule of an RFC. */
export interface Rule {
  readonly clause: ClauseId;
  readonly severity: Severity;
  /** How bad it is in a message that claims to originate here: what a sender must do and a receiver lets pass. */
  readonly ofSender?: Severity;
  /** What is asked, in one line. */
  readonly asks: string;
  find(view: MessageView): readonly Found[];
}

/** A rule about what a message carries, of one kind. */
export interface BodyRule<K extends Body['kind']> {
  readonly kind: K;
  readonly clause: ClauseId;
  readonly severity: Severity;
  readonly asks: string;
  find(body: Extract<Body, { readonly kind: K }>): readonly Found[];
}

/** A rule about MSRP requests and responses. */
export interface FrameRule {
  readonly clause: ClauseId;
  readonly severity: Severity;
  readonly asks: string;
  find(view: FrameView): readonly Found[];
}

/** A message with what it carries; `view` is `undefined` where it is no SIP message. */
export interface Subject {
  readonly view: MessageView | undefined;
  readonly bodies: readonly Body[];
}

/** A rule that needs what the message does not tell about itself: without it, it says nothing. */
export interface ContextRule {
  readonly clause: ClauseId;
  readonly severity: Severity;
  readonly asks: string;
  find(subject: Subject, context: CheckContext): readonly Found[];
}

/** What a message says about a duty: whether it demonstrably fulfils it, and what is wrong. */
export interface Judgement {
  readonly served: boolean;
  readonly found: readonly Found[];
}

/** A duty of the change request. */
export interface DutyRule {
  readonly duty: string;
  readonly clause: ClauseId;
  readonly severity: Severity;
  readonly asks: string;
  /** `undefined` where the duty does not concern the message. */
  judge(view: MessageView, context: CheckContext): Judgement | undefined;
}

/** What a message does not tell about itself. A check that needs what is not given says `unknown` or nothing. */
export interface CheckContext {
  /** For whom the message is. */
  readonly target?: 'user' | 'group' | 'session' | 'list' | undefined;
  /** Whether a connection-oriented transport is known to be used end to end (RFC 3428 8). */
  readonly connectionOriented?: boolean | undefined;
  /** Whether the user asked for anonymity. */
  readonly anonymous?: boolean | undefined;
  /** The document of the group that the message is for. */
  readonly group?: GroupDocument | undefined;
  /** Who sends, where the message hides it: the URI that the rules of the group are asked about. */
  readonly sender?: string | undefined;
  /** Whether an INVITE begins the session of a large message, or one that lasts. */
  readonly largeMessage?: boolean | undefined;
  /** What the client's IMS core demands of it. */
  readonly ims?: ImsProfile | undefined;
  /** Whether the user asked to be told what becomes of the message. */
  readonly imdnRequested?: boolean | undefined;
  /** The INVITE that a response answers. */
  readonly invite?: SipRequest | undefined;
  /** The message that a notification is about. */
  readonly original?: CpimMessage | undefined;
}

/** The duty is fulfilled and nothing is wrong. */
export const SERVED: Judgement = { served: true, found: [] };

/** The duty is not fulfilled, for one reason. */
export function broken(found: Found): Judgement {
  return { served: false, found: [found] };
}

/** Why something is refused, in words. */
export function told({ code, rule, expected }: ParseError): string {
  return expected === undefined ? `${code} in ${rule}` : `${code} in ${rule}, expected ${expected}`;
}

/** What every rule has. */
interface Cited {
  readonly duty?: string;
  readonly clause: ClauseId;
  readonly severity: Severity;
}

/** A finding of a rule, with what all findings of the rule have in common; `severity` is that of the rule here. */
export function asFinding(rule: Cited, found: Found, severity: Severity = rule.severity): Finding {
  const { range, field, message, fix } = found;
  return {
    severity: found.severity ?? severity,
    clause: found.clause ?? rule.clause,
    ...(rule.duty === undefined ? {} : { duty: rule.duty }),
    range,
    ...(field === undefined ? {} : { field }),
    message,
    ...(fix === undefined ? {} : { fix }),
  };
}
