/*
 * Who a notification is from (RFC 5438 7.1.2): its recipient-uri, which is the To of the copy that the recipient got,
 * or its original-recipient-uri, which is what To was before a server changed it. A server that does not disclose the
 * members of a list takes both out (8).
 */
import { uriComparison } from '../same-recipient.ts';

/** Whom a message was sent to. */
export interface Addressed {
  readonly to: readonly string[];
  readonly members?: readonly string[] | 'unknown' | undefined;
}

/** What a notification says about who reports. */
export interface Reporter {
  readonly recipientUri?: string | undefined;
  readonly originalRecipientUri?: string | undefined;
}

/** Equal for all URIs that are the same recipient, and for some that are not. */
export function addressKey(uri: string): string {
  return uriComparison().key(uri);
}

/** Whether two URIs are the same recipient, by the rules of their scheme. */
export function sameRecipient(a: string, b: string): boolean {
  return uriComparison().same(a, b);
}

/**
 * The recipient that a notification is from, as the message spelt it; `hidden` where it is a member and nobody says
 * which; `forged` where the message was not sent to it. `from` is who sent the notification, where that is certain: a
 * member that is another one than the recipient speaks for somebody else.
 */
export function recipientOf(
  { to, members }: Addressed,
  { recipientUri, originalRecipientUri }: Reporter,
  from: string | undefined,
): { readonly uri: string } | 'hidden' | 'forged' {
  const self = { uri: to[0] as string };
  // A recipient without an Original-To may write the same URI twice; that says nothing about the list.
  const original = originalRecipientUri === recipientUri ? undefined : originalRecipientUri;
  const named = recipientUri ?? original;
  const isSelf = (uri: string | undefined): boolean => uri !== undefined && to.some((one) => sameRecipient(one, uri));
  if (members === undefined) {
    return named === undefined || isSelf(recipientUri) || isSelf(original) ? self : 'forged';
  }
  if (members === 'unknown') {
    if (isSelf(recipientUri)) return self;
    if (original !== undefined && !isSelf(original)) return 'forged';
    return recipientUri === undefined ? 'hidden' : { uri: recipientUri };
  }
  const speaker = from === undefined ? undefined : memberOf(members, from);
  const member = memberOf(members, recipientUri) ?? memberOf(members, original);
  if (member !== undefined) return speaker === undefined || speaker === member ? { uri: member } : 'forged';
  if (isSelf(recipientUri)) return speaker === undefined ? self : 'forged';
  return recipientUri === undefined && (original === undefined || isSelf(original)) ? 'hidden' : 'forged';
}

/** The members of a list by their addresses. It is made for the first notification that comes for the list. */
const indexes = /* @__PURE__ */ new WeakMap<readonly string[], ReadonlyMap<string, readonly string[]>>();

function memberOf(members: readonly string[], uri: string | undefined): string | undefined {
  if (uri === undefined) return undefined;
  return indexOf(members)
    .get(addressKey(uri))
    ?.find((member) => sameRecipient(member, uri));
}

function indexOf(members: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const known = indexes.get(members);
  if (known !== undefined) return known;
  const index = new Map<string, string[]>();
  for (const member of members) {
    const key = addressKey(member);
    const same = index.get(key);
    if (same === undefined) index.set(key, [member]);
    else same.push(member);
  }
  indexes.set(members, index);
  return index;
}
