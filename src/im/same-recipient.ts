/*
 * When two URIs of lists are the same recipient (RFC 5363 4.1): by the rules of their scheme, RFC 3261 19.1.4 for SIP,
 * RFC 3966 4 for tel. One that is no URI is the same as its own text alone.
 */
import { asciiLower } from '../core/text.ts';
import { decodeEscapes } from '../sip/escaped.ts';
import { isSipUri, isTelUri, sipUri, type Uri } from '../sip/uri.ts';
import { sameUri } from '../sip/uri-equality.ts';
import type { UriComparison } from '../xml/recipients.ts';

/** So many spellings of one address are compared with each other, further ones as text: the effort stays linear. */
const SPELLINGS = 32;

/** A comparison for the lists of one message: it reads each URI once. */
export function uriComparison(): UriComparison {
  const read = new Map<string, Uri | undefined>();
  const keys = new Map<string, string>();
  const spellings = new Map<string, number>();
  const parsed = (text: string): Uri | undefined => {
    if (!read.has(text)) {
      const result = sipUri.parse(text);
      read.set(text, result.ok ? result.value : undefined);
    }
    return read.get(text);
  };
  return {
    key(text) {
      const known = keys.get(text);
      if (known !== undefined) return known;
      const address = addressOf(parsed(text)) ?? text;
      const count = (spellings.get(address) ?? 0) + 1;
      spellings.set(address, count);
      const key = count > SPELLINGS ? text : address;
      keys.set(text, key);
      return key;
    },
    same(a, b) {
      if (a === b) return true;
      const [left, right] = [parsed(a), parsed(b)];
      return left !== undefined && right !== undefined && sameUri(left, right);
    },
  };
}

/** Equal for all URIs that are equivalent: less than what they are compared by. */
function addressOf(uri: Uri | undefined): string | undefined {
  if (uri === undefined) return undefined;
  if (isTelUri(uri)) return `tel ${asciiLower(uri.number.replace(/[-.()]+/g, ''))}`;
  if (!isSipUri(uri)) return undefined;
  const user = uri.user === undefined ? undefined : decodeEscapes(uri.user);
  const name = user?.ok === true ? user.value : (uri.user ?? '');
  return `${uri.scheme} ${uri.port ?? ''} ${asciiLower(uri.host)} ${name}`;
}
