/*
 *   QName     ::=  PrefixedName | UnprefixedName                                       XML Names 4
 *   NSAttName ::=  "xmlns:" NCName | "xmlns"                                           XML Names 3
 *
 * A document repeats few names many times. Each spelling is split and checked once and found again by its octets;
 * what it stands for is kept as long as no declaration comes or goes.
 */
import { utf8 } from '../core/octets.ts';
import { isNcName } from './chars.ts';

export const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';
export const XMLNS_NAMESPACE = 'http://www.w3.org/2000/xmlns/';

/** The name of an element or an attribute. Names are the same where namespace and local part are. */
export interface XmlName {
  /** The namespace's URI; empty where the name is in none. */
  readonly namespace: string;
  readonly local: string;
  /** As it was written; empty where there is none. */
  readonly prefix: string;
}

/** A name as it is spelled, before its prefix is looked up. */
export interface RawName {
  readonly octets: Uint8Array;
  readonly text: string;
  readonly prefix: string;
  readonly local: string;
  /** Whether the attribute of this name declares a namespace. */
  readonly declares: boolean;
  /** For which state of the declarations the two below hold. */
  generation: number;
  element: XmlName | undefined;
  attribute: XmlName | undefined;
}

const LONGEST_KEPT = 64;
const table: (RawName | undefined)[] = /* @__PURE__ */ new Array<RawName | undefined>(256).fill(undefined);

/** The name that stands from `from` to `to`; `undefined` where it is no QName or no UTF-8. */
export function rawName(octets: Uint8Array, from: number, to: number): RawName | undefined {
  const length = to - from;
  const ends = ((octets[from] as number) * 3) ^ ((octets[to - 1] as number) * 7);
  const slot = ((length * 5) ^ ends ^ ((octets[from + (length >> 1)] as number) * 13)) & 0xff;
  const known = table[slot];
  if (known !== undefined && known.octets.length === length && agrees(known.octets, octets, from)) return known;
  const copy = new Uint8Array(length);
  for (let i = 0; i < length; i++) copy[i] = octets[from + i] as number;
  const made = splitName(copy);
  if (made !== undefined && length <= LONGEST_KEPT) table[slot] = made;
  return made;
}

function agrees(known: Uint8Array, octets: Uint8Array, from: number): boolean {
  for (let i = 0; i < known.length; i++) if (known[i] !== octets[from + i]) return false;
  return true;
}

function splitName(octets: Uint8Array): RawName | undefined {
  const text = textOfName(octets);
  if (text === undefined) return undefined;
  const colon = text.indexOf(':');
  const prefix = colon < 0 ? '' : text.slice(0, colon);
  const local = colon < 0 ? text : text.slice(colon + 1);
  if (!isNcName(local) || (colon >= 0 && !isNcName(prefix))) return undefined;
  const declares = prefix === 'xmlns' || text === 'xmlns';
  return { octets, text, prefix, local, declares, generation: 0, element: undefined, attribute: undefined };
}

/** A text of its own: a slice of the document would keep the whole of it. */
function textOfName(octets: Uint8Array): string | undefined {
  if (octets.length > LONGEST_KEPT) return utf8(octets);
  let text = '';
  for (let i = 0; i < octets.length; i++) {
    const code = octets[i] as number;
    if (code >= 0x80) return utf8(octets);
    text += String.fromCharCode(code);
  }
  return text;
}
