/*
 * When two URIs are the same: RFC 3261 19.1.4 for SIP and SIPS, RFC 3966 4 for tel, text for every other.
 */
import type { Param } from '../core/params.ts';
import { asciiLower, sameText } from '../core/text.ts';
import { sameTel } from './tel-uri.ts';
import { isSipUri, isTelUri, type SipUri, type Uri } from './uri.ts';

/** These count as different where only one of the URIs has them (19.1.4). */
const NEVER_IGNORED = ['user', 'ttl', 'method', 'maddr', 'transport'];

/** Whether the two URIs are equivalent. Note that this is no transitive relation (RFC 3261 19.1.4). */
export function sameUri(a: Uri, b: Uri): boolean {
  if (isSipUri(a)) return isSipUri(b) && sameSip(a, b);
  if (isTelUri(a)) return isTelUri(b) && sameTel(a, b);
  return !isSipUri(b) && !isTelUri(b) && a.scheme === b.scheme && a.rest === b.rest;
}

function sameSip(a: SipUri, b: SipUri): boolean {
  return (
    a.scheme === b.scheme &&
    sameEscaped(a.user, b.user, false) &&
    sameEscaped(a.password, b.password, false) &&
    sameText(a.host, b.host) &&
    a.port === b.port &&
    a.params.every((param) => paramAgrees(param, b.params)) &&
    b.params.every((param) => paramAgrees(param, a.params)) &&
    sameHeaders(a, b)
  );
}

function paramAgrees(param: Param, others: readonly Param[]): boolean {
  const other = others.find(({ name }) => sameEscaped(name, param.name, true));
  if (other === undefined) return !NEVER_IGNORED.includes(asciiLower(normalise(param.name)));
  return sameEscaped(param.value, other.value, true);
}

function sameHeaders(a: SipUri, b: SipUri): boolean {
  if (a.headers.length !== b.headers.length) return false;
  if (a.headers.length === 0) return true;
  const left = a.headers.map(headerKey).sort();
  const right = b.headers.map(headerKey).sort();
  return left.every((key, i) => key === right[i]);
}

/** Values compare as they are: what they mean is for the header of that name, which need not be one of ours. */
function headerKey(header: { readonly name: string; readonly value: string }): string {
  return `${asciiLower(normalise(header.name))}=${normalise(header.value)}`;
}

function sameEscaped(a: string | undefined, b: string | undefined, ignoreCase: boolean): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (a === b) return true;
  const x = normalise(a);
  const y = normalise(b);
  return ignoreCase ? sameText(x, y) : x === y;
}

/** Escapes of unreserved characters resolved, the others in upper case: RFC 3261 19.1.4. */
function normalise(text: string): string {
  if (!text.includes('%')) return text;
  return text.replace(/%[0-9A-Fa-f]{2}/g, (triplet) => {
    const character = decodeURIComponent(Number.parseInt(triplet.slice(1), 16) < 0x80 ? triplet : '%25');
    return /[-A-Za-z0-9_.!~*'()]/.test(character) ? character : triplet.toUpperCase();
  });
}
