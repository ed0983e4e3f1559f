/*
 * Anonymity is more than one header (RFC 3323 4.1, RFC 3325 7): Privacy asks the network to hide the identity, and
 * the client itself must not tell it elsewhere.
 */
import { EncodeError } from '../core/error.ts';
import { asciiLower, sameText } from '../core/text.ts';
import { getCpim } from '../cpim/access.ts';
import { cpimFrom } from '../cpim/address.ts';
import { cpim } from '../cpim/message.ts';
import { isMediaType, type MediaType } from '../mime/media-type.ts';
import { get } from '../sip/access.ts';
import { decodeEscapes } from '../sip/escaped.ts';
import { from } from '../sip/headers/name-addrs.ts';
import { privacy } from '../sip/headers/privacy.ts';
import type { SipMessage } from '../sip/message.ts';
import type { NameAddr } from '../sip/name-addr.ts';
import { isSipUri, isTelUri, sipUri, type Uri } from '../sip/uri.ts';

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

/**
 * Whether a user part, as written, is that of the sender, who shall be hidden. Where to reach the sender cannot be
 * hidden (RFC 3323 4.1.1.3), but who it is need not be said there; a sender without a name of its own tells nothing.
 */
export function namesSender(user: string | undefined, sender: NameAddr): boolean {
  const own = isAnonymous(sender.uri) ? undefined : userOf(sender.uri);
  return own !== undefined && user !== undefined && plain(user) === plain(own);
}

/**
 * Throws EncodeError where a message/cpim names its sender, who shall be hidden, in its own From: that header goes as
 * far as the message itself. One that cannot be read names nobody to a receiver that reads it.
 */
export function hideInCpim(type: MediaType, octets: Uint8Array, path: string): void {
  if (!isMediaType(type, 'message/cpim')) return;
  const message = cpim.decode(octets);
  const author = message.ok ? getCpim(message.value, cpimFrom) : undefined;
  if (author?.ok !== true) return;
  const uri = sipUri.parse(author.value.uri);
  if (uri.ok && isAnonymous(uri.value)) return;
  throw new EncodeError('the From of the CPIM message would tell the identity', path, 'RFC3323-4.1', 'PM-3');
}

function userOf(uri: Uri): string | undefined {
  return isTelUri(uri) ? uri.number : isSipUri(uri) ? uri.user : undefined;
}

/** Without escapes, case, and what makes a telephone number readable. */
function plain(user: string): string {
  const decoded = decodeEscapes(user);
  return asciiLower(decoded.ok ? decoded.value : user).replace(/[-.()]/g, '');
}

/** Whether the message asks for the sender to be hidden: `id` among the values of Privacy. @duty PM-3, LM-G5 (parse) */
export function asksForAnonymity(message: SipMessage): boolean {
  const values = get(message, privacy);
  return values?.ok === true && values.value.some((value) => sameText(value, 'id'));
}

/** Whether From tells nobody's identity. @duty PM-3, LM-G5 (parse) */
export function hasAnonymousFrom(message: SipMessage): boolean {
  const sender = get(message, from);
  return sender?.ok === true && isAnonymous(sender.value.uri);
}

function isAnonymous(uri: Uri): boolean {
  return isSipUri(uri) && sameText(uri.host, 'anonymous.invalid');
}
