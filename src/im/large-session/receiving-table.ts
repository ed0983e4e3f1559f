/*
 * The state chart of the receiving end: which event leads from one phase to another. What stays in its phase is not
 * listed.
 */

/**
 * The life of the session.
 *
 *   offered    the INVITE is with the application
 *   answered   it was accepted, and the ACK has not come
 *   receiving  the dialog stands
 *   leaving    this end wants to say BYE, which it must not before the ACK (RFC 3261 15)
 *   releasing  BYE is sent
 *   ended      over; repetitions are still answered
 */
export type ReceivingPhase = 'offered' | 'answered' | 'receiving' | 'leaving' | 'releasing' | 'ended';

/** What is told: requests by their method, `response`, or the type of the event. */
export type ReceivingTrigger =
  | 'INVITE'
  | 'ACK'
  | 'BYE'
  | 'CANCEL'
  | 'response'
  | 'accept'
  | 'refuse'
  | 'cancel'
  | 'wake'
  | 'msrp'
  | 'msrp-closed'
  | 'sip-error';

export interface ReceivingTransition {
  /** Undefined before the INVITE. */
  readonly from: ReceivingPhase | undefined;
  readonly on: ReceivingTrigger;
  readonly to: ReceivingPhase;
}

const rows = (from: ReceivingPhase | undefined, on: string, to: ReceivingPhase): readonly ReceivingTransition[] =>
  on.split(' ').map((trigger) => ({ from, on: trigger as ReceivingTrigger, to }));

export const RECEIVING_TABLE: readonly ReceivingTransition[] = /* @__PURE__ */ [
  rows(undefined, 'INVITE', 'offered'),
  rows(undefined, 'INVITE', 'ended'),
  rows('offered', 'accept', 'answered'),
  rows('offered', 'accept refuse cancel CANCEL BYE wake sip-error', 'ended'),
  rows('answered', 'ACK', 'receiving'),
  rows('answered', 'wake', 'releasing'),
  rows('answered', 'cancel wake msrp msrp-closed', 'leaving'),
  rows('answered', 'BYE sip-error', 'ended'),
  rows('receiving', 'cancel wake msrp msrp-closed response sip-error', 'releasing'),
  rows('receiving', 'cancel wake msrp msrp-closed response', 'leaving'),
  rows('receiving', 'BYE', 'ended'),
  rows('leaving', 'ACK wake', 'releasing'),
  rows('leaving', 'BYE sip-error', 'ended'),
  rows('releasing', 'response BYE wake sip-error', 'ended'),
].flat();
