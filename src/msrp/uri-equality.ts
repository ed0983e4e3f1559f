/*
 * When two MSRP URIs are the same: RFC 4975 6.1. Userinfo and parameters other than the transport do not count, and a
 * URI with a port is never the same as one without.
 */
import { asciiLower, sameText } from '../core/text.ts';
import type { MsrpUri } from './uri.ts';

/** Whether the two URIs name the same session, or the same host where neither has a session-id. */
export function sameMsrpUri(a: MsrpUri, b: MsrpUri): boolean {
  return (
    a.scheme === b.scheme &&
    a.port === b.port &&
    a.sessionId === b.sessionId &&
    sameText(a.transport, b.transport) &&
    (sameText(a.host, b.host) || hostKey(a.host) === hostKey(b.host))
  );
}

/** Equal for hosts that are equivalent: escapes of unreserved characters resolved, addresses by their number. */
function hostKey(host: string): string {
  if (host.startsWith('[')) return groups(host.slice(1, -1)).join(':');
  return asciiLower(
    host.replace(/%[0-9A-Fa-f]{2}/g, (triplet) => {
      const character = String.fromCharCode(Number.parseInt(triplet.slice(1), 16));
      return /[-A-Za-z0-9._~]/.test(character) ? character : triplet;
    }),
  );
}

/** The eight numbers of an IPv6 address (RFC 3986 3.2.2). */
function groups(address: string): readonly number[] {
  const [left = '', right] = address.split('::');
  const head = numbers(left);
  if (right === undefined) return head;
  const tail = numbers(right);
  return [...head, ...Array<number>(8 - head.length - tail.length).fill(0), ...tail];
}

function numbers(text: string): readonly number[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (!group.includes('.')) return [Number.parseInt(group, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
    return [a * 256 + b, c * 256 + d];
  });
}
