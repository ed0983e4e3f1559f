/* One message of an exchange as the rules about exchanges see it, and the shape of these rules. */
import type { ClauseId } from '../core/error.ts';
import { callId } from '../sip/headers/call-id.ts';
import { cseq } from '../sip/headers/cseq.ts';
import type { Body } from './bodies.ts';
import type { Found, Severity } from './finding.ts';
import type { FrameView } from './frame-view.ts';
import type { MessageView } from './view.ts';

/** A SIP message, or an MSRP request or response. */
export interface FlowStep {
  /** Which message of the exchange it is, or is of. */
  readonly index: number;
  /** Milliseconds. */
  readonly at: number | undefined;
  readonly from: 'originating' | 'terminating';
  readonly view: MessageView | undefined;
  readonly frame: FrameView | undefined;
  readonly bodies: readonly Body[];
}

/** What is wrong with message number `index`. */
export interface FlowFound extends Found {
  readonly index: number;
}

/** What a rule remembers while it looks at an exchange. */
export interface FlowWatch {
  see(step: FlowStep): readonly FlowFound[];
  /** What is still missing when nothing more comes. */
  end?(): readonly FlowFound[];
}

/** A rule about the order of messages. */
export interface FlowRule {
  readonly duty?: string;
  readonly clause: ClauseId;
  readonly severity: Severity;
  readonly asks: string;
  begin(): FlowWatch;
}

/** What request and response of a transaction have in common, and no other transaction of the client has. */
export function transactionOf(view: MessageView): string | undefined {
  const [id, number] = [view.get(callId), view.get(cseq)];
  return id === undefined || number === undefined ? undefined : `${id} ${number.number} ${number.method}`;
}
