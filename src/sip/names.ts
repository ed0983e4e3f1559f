/*
 * The one table of header names and compact forms (RFC 3261 7.3.3 and 20, and the documents beside the rows).
 * Every look-up goes through it, so a compact form is known wherever the long one is. The spelling received stays
 * in the message.
 */

import { asciiLower, sameText } from '../core/text.ts';
import type { Writer } from '../core/writer.ts';

/** Long names in their registered spelling, with their compact form. */
const NAMES: readonly (readonly [name: string, compact?: string])[] = [
  ['Accept'],
  ['Accept-Contact', 'a'],
  ['Accept-Encoding'],
  ['Accept-Language'],
  ['Alert-Info'],
  ['Allow'],
  ['Allow-Events', 'u'],
  ['Authentication-Info'],
  ['Authorization'],
  ['Call-ID', 'i'],
  ['Call-Info'],
  ['Contact', 'm'],
  ['Content-Disposition'],
  ['Content-Encoding', 'e'],
  ['Content-ID'],
  ['Content-Language'],
  ['Content-Length', 'l'],
  ['Content-Type', 'c'],
  ['CSeq'],
  ['Date'],
  ['Error-Info'],
  ['Event', 'o'],
  ['Expires'],
  ['From', 'f'],
  ['Identity', 'y'],
  ['Identity-Info', 'n'],
  ['In-Reply-To'],
  ['Max-Forwards'],
  ['MIME-Version'],
  ['Min-Expires'],
  ['Min-SE'],
  ['Organization'],
  ['P-Access-Network-Info'],
  ['P-Asserted-Identity'],
  ['P-Asserted-Service'],
  ['P-Preferred-Identity'],
  ['P-Preferred-Service'],
  ['Path'],
  ['Priority'],
  ['Privacy'],
  ['Proxy-Authenticate'],
  ['Proxy-Authorization'],
  ['Proxy-Require'],
  ['Reason'],
  ['Record-Route'],
  ['Refer-To', 'r'],
  ['Referred-By', 'b'],
  ['Reject-Contact', 'j'],
  ['Replaces'],
  ['Reply-To'],
  ['Request-Disposition', 'd'],
  ['Require'],
  ['Retry-After'],
  ['Route'],
  ['Security-Client'],
  ['Security-Server'],
  ['Security-Verify'],
  ['Server'],
  ['Service-Route'],
  ['Session-Expires', 'x'],
  ['Subject', 's'],
  ['Subscription-State'],
  ['Supported', 'k'],
  ['Timestamp'],
  ['To', 't'],
  ['Unsupported'],
  ['User-Agent'],
  ['Via', 'v'],
  ['Warning'],
  ['WWW-Authenticate'],
];

/** The row of a name that is not in the table. */
export const UNREGISTERED = 0;

const SLOTS = 1024;
/** Rows of the table, counted from 1, by a hash of their lower-case octets. */
const slots = new Uint8Array(SLOTS);
/** The lower-case octets of row n from 32 n on; what lies behind a name is zero. */
const STRIDE_BITS = 5;
const lowered = new Uint8Array((NAMES.length + 1) << STRIDE_BITS);
const spelt = new Uint8Array((NAMES.length + 1) << STRIDE_BITS);
const lengths = new Uint8Array(NAMES.length + 1);
const compactRows = new Uint8Array(256);
const byText = new Map<string, number>();

NAMES.forEach(([name, compact], i) => {
  const row = i + 1;
  const octets = new TextEncoder().encode(asciiLower(name));
  lowered.set(octets, row << STRIDE_BITS);
  spelt.set(new TextEncoder().encode(name), row << STRIDE_BITS);
  lengths[row] = octets.length;
  let slot = hash(octets, 0, octets.length);
  while (slots[slot] !== 0) slot = (slot + 1) % SLOTS;
  slots[slot] = row;
  byText.set(name, row).set(asciiLower(name), row);
  if (compact !== undefined) {
    compactRows[compact.charCodeAt(0)] = row;
    compactRows[compact.charCodeAt(0) - 32] = row;
    byText.set(compact, row).set(compact.toUpperCase(), row);
  }
});

function hash(octets: Uint8Array, from: number, to: number): number {
  const first = (octets[from] as number) | 32;
  const last = (octets[to - 1] as number) | 32;
  const middle = (octets[(from + to) >> 1] as number) | 32;
  return ((to - from) * 61 + first * 37 + last * 11 + middle * 5) & (SLOTS - 1);
}

/** The row of the registered name that stands in the octets; `UNREGISTERED` where none does. */
export function rowAt(octets: Uint8Array, from: number, to: number): number {
  const length = to - from;
  if (length === 1) return compactRows[octets[from] as number] as number;
  for (let slot = hash(octets, from, to); slots[slot] !== 0; slot = (slot + 1) & (SLOTS - 1)) {
    const row = slots[slot] as number;
    if (lengths[row] === length && matches(octets, from, length, row << STRIDE_BITS)) return row;
  }
  return UNREGISTERED;
}

function longName(row: number): string | undefined {
  return row === UNREGISTERED ? undefined : (NAMES[row - 1] as readonly [string])[0];
}

/** Bit 0x20 is the case of a letter, and only of a letter: it also parts a hyphen from CR. */
function matches(octets: Uint8Array, from: number, length: number, name: number): boolean {
  for (let i = 0; i < length; i++) {
    const code = octets[from + i] as number;
    const wanted = lowered[name + i] as number;
    if (code !== wanted && ((code | 32) !== wanted || wanted === 0x2d)) return false;
  }
  return true;
}

/** What a header codec is here: a name, and the row of it once it has been looked up. */
interface Named {
  readonly name: string;
  row?: number | undefined;
}

/** The row of a codec's name, which is looked up once. */
export function rowOfCodec(codec: Named): number {
  const known = codec.row;
  if (known !== undefined && known >= 0) return known;
  codec.row = rowOf(codec.name);
  return codec.row;
}

/** The row of a name, long or compact; `UNREGISTERED` where it is not in the table. */
export function rowOf(name: string): number {
  return byText.get(name) ?? byText.get(asciiLower(name)) ?? 0;
}

/** Writes the name of a codec, if it is a registered one in its registered spelling. */
export function writeName(w: Writer, codec: Named): boolean {
  const row = rowOfCodec(codec);
  if (codec.name !== longName(row)) return false;
  w.some(spelt, row << STRIDE_BITS, lengths[row] as number);
  return true;
}

/** Whether the two are names of one header: the same but for case, or one the compact form of the other. */
export function sameName(a: string, b: string): boolean {
  if (a === b) return true;
  const row = rowOf(a);
  return row === 0 ? sameText(a, b) : row === rowOf(b);
}

/** The long name in its registered spelling; an unknown name as it is. */
export function canonicalName(name: string): string {
  return longName(rowOf(name)) ?? name;
}

/** The compact form of a name, where it has one. */
export function compactName(name: string): string | undefined {
  return NAMES[rowOf(name) - 1]?.[1];
}
