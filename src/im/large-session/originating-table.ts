/*
 * The state chart of the sending end: which event leads from one phase to another. What stays in its phase is not
 * listed.
 */
import type { OriginatingPhase } from './originating-state.ts';

/**
 * What is told: responses by what they are, requests by their method, anything else by the type of the event. A `refusal`
 * is a response from 300 on.
 */
export type OriginatingTrigger =
  | 'provisional'
  | 'success'
  | 'refusal'
  | 'BYE'
  | 'cancel'
  | 'wake'
  | 'msrp-connected'
  | 'content'
  | 'msrp'
  | 'msrp-closed'
  | 'sip-error';

export interface OriginatingTransition {
  readonly from: OriginatingPhase;
  readonly on: OriginatingTrigger;
  readonly to: OriginatingPhase;
}

const rows = (from: OriginatingPhase, on: string, to: OriginatingPhase): readonly OriginatingTransition[] =>
  on.split(' ').map((trigger) => ({ from, on: trigger as OriginatingTrigger, to }));

export const ORIGINATING_TABLE: readonly OriginatingTransition[] = /* @__PURE__ */ [
  rows('inviting', 'provisional', 'proceeding'),
  rows('inviting', 'success', 'connecting'),
  rows('inviting', 'success', 'releasing'),
  rows('inviting', 'cancel wake', 'cancelling'),
  rows('inviting', 'success refusal wake sip-error', 'ended'),
  rows('proceeding', 'refusal', 'inviting'),
  rows('proceeding', 'success', 'connecting'),
  rows('proceeding', 'success', 'releasing'),
  rows('proceeding', 'cancel wake', 'cancelling'),
  rows('proceeding', 'success refusal sip-error', 'ended'),
  rows('cancelling', 'success', 'releasing'),
  rows('cancelling', 'success refusal wake sip-error', 'ended'),
  rows('connecting', 'msrp-connected', 'sending'),
  rows('connecting', 'cancel wake msrp-closed sip-error refusal', 'releasing'),
  rows('connecting', 'BYE', 'ended'),
  rows('sending', 'content', 'acknowledging'),
  rows('sending', 'content', 'reporting'),
  rows('sending', 'content cancel wake msrp msrp-closed sip-error refusal', 'releasing'),
  rows('sending', 'BYE', 'ended'),
  rows('acknowledging', 'msrp', 'reporting'),
  rows('acknowledging', 'msrp cancel wake msrp-closed sip-error refusal', 'releasing'),
  rows('acknowledging', 'BYE', 'ended'),
  rows('reporting', 'msrp cancel wake msrp-closed sip-error refusal', 'releasing'),
  rows('reporting', 'BYE', 'ended'),
  rows('releasing', 'success refusal wake sip-error', 'ended'),
].flat();
