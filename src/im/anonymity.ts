/*
 * Anonymity is more than one header (RFC 3323 4.1, RFC 3325 7): Privacy asks the network to hide the identity, and
 * the client itself must not tell it elsewhere.
 */
import { sameText } from '../core/text.ts';
import { get } from '../sip/access.ts';
import { from } from '../sip/headers/name-addrs.ts';
import { privacy } from '../sip/headers/privacy.ts';
import type { SipMessage } from '../sip/message.ts';
import type { NameAddr } from '../sip/name-addr.ts';
import { isSipUri } from '../sip/uri.ts';

/** `"Anonymous" <sip:anonymous@anonymous.invalid>`, RFC 3323 4.1.1.3. */
export const ANONYMOUS: NameAddr = {
  displayName: 'Anonymous',
  uri: { scheme: 'sip', user: 'anonymous', host: 'anonymous.invalid', params: [], headers: [] },
  params: [],
};

/** Headers that tell who sends, besides From (RFC 3323 4.1, table 1; RFC 3325 9.1). */
export const IDENTIFYING_HEADERS = [
  'Call-Info',
  'Contact',
  'Organization',
  'P-Asserted-Identity',
  'Referred-By',
  'Reply-To',
] as const;

/** Whether the message asks for the sender to be hidden: `id` among the values of Privacy. @duty PM-3, LM-G5 (parse) */
export function asksForAnonymity(message: SipMessage): boolean {
  const values = get(message, privacy);
  return values?.ok === true && values.value.some((value) => sameText(value, 'id'));
}

/** Whether From tells nobody's identity. @duty PM-3, LM-G5 (parse) */
export function hasAnonymousFrom(message: SipMessage): boolean {
  const sender = get(message, from);
  return sender?.ok === true && isSipUri(sender.value.uri) && sameText(sender.value.uri.host, 'anonymous.invalid');
}
