/*
 * The feature tags by which the IM service is addressed and announced: parameters of Accept-Contact (RFC 3841) and
 * Contact (RFC 3840).
 */
import type { Param } from '../core/params.ts';
import { get } from '../sip/access.ts';
import { type AcceptContact, acceptContact } from '../sip/headers/accept-contact.ts';
import { contact } from '../sip/headers/contact.ts';
import { hasFeature } from '../sip/headers/feature-params.ts';
import type { SipMessage } from '../sip/message.ts';

/** The feature tags of OMA IM. */
export const featureTags = {
  im: '+g.oma.sip-im',
  largeMessage: '+g.oma.sip-im.large-message',
  systemMessage: '+g.oma.sip-im.system-message',
} as const;

/** `*;+g.oma.sip-im` @duty PM-1 (build) */
export const IM_ACCEPT_CONTACT: AcceptContact = { params: [{ name: featureTags.im }] };

/** Whether one of the message's Accept-Contact values asks for the IM service. @duty PM-1, LM-G1 (parse) */
export function asksForIm(message: SipMessage): boolean {
  const values = get(message, acceptContact);
  return values?.ok === true && values.value.some((value) => hasFeature(value.params, featureTags.im));
}

/** Whether one of the message's Contact values announces the feature, `automata` and `isfocus` among them. @duty LM-G4 (parse) */
export function announces(message: SipMessage, tag: string): boolean {
  const values = get(message, contact);
  return values?.ok === true && values.value.some((value) => 'params' in value && hasFeature(paramsOf(value), tag));
}

function paramsOf(value: { readonly params: readonly Param[] }): readonly Param[] {
  return value.params;
}
