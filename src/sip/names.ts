/*
 * The one table of header names and compact forms (RFC 3261 7.3.3 and 20, and the documents beside the rows).
 * Every look-up goes through it, so a compact form is known wherever the long one is. The spelling received stays
 * in the message.
 */
import { asciiLower, sameText } from '../core/text.ts';

/** Long names in their registered spelling; the compact form behind a blank. */
const NAMES = [
  ...['Accept', 'Accept-Contact a', 'Accept-Encoding', 'Accept-Language', 'Alert-Info', 'Allow', 'Allow-Events u'],
  ...['Authentication-Info', 'Authorization', 'Call-ID i', 'Call-Info', 'Contact m', 'Content-Disposition'],
  ...['Content-Encoding e', 'Content-ID', 'Content-Language', 'Content-Length l', 'Content-Type c', 'CSeq', 'Date'],
  ...['Error-Info', 'Event o', 'Expires', 'From f', 'Identity y', 'Identity-Info n', 'In-Reply-To', 'Max-Forwards'],
  ...['MIME-Version', 'Min-Expires', 'Min-SE', 'Organization', 'P-Access-Network-Info', 'P-Asserted-Identity', 'P-Asserted-Service'],
  ...['P-Preferred-Identity', 'P-Preferred-Service', 'Path', 'Priority', 'Privacy', 'Proxy-Authenticate'],
  ...['Proxy-Authorization', 'Proxy-Require', 'Reason', 'Record-Route', 'Refer-To r', 'Referred-By b'],
  ...['Reject-Contact j', 'Replaces', 'Reply-To', 'Request-Disposition d', 'Require', 'Retry-After', 'Route'],
  ...['Security-Client', 'Security-Server', 'Security-Verify', 'Server', 'Service-Route', 'Session-Expires x'],
  ...['Subject s', 'Subscription-State', 'Supported k', 'Timestamp', 'To t', 'Unsupported', 'User-Agent', 'Via v'],
  ...['Warning', 'WWW-Authenticate'],
].map((row) => row.split(' ') as [string, string?]);

/** The number of a name in the table; 0 is no name of it. */
export type NameId = number;

const SLOTS = 1024;
const slots = new Uint8Array(SLOTS);
const lowered = ['', ...NAMES.map(([name]) => new TextEncoder().encode(asciiLower(name)))] as Uint8Array[];
const compactIds = new Uint8Array(128);
const byText = new Map<string, NameId>();

NAMES.forEach(([name, compact], row) => {
  const id = row + 1;
  const octets = lowered[id] as Uint8Array;
  let slot = hash(octets, 0, octets.length);
  while (slots[slot] !== 0) slot = (slot + 1) % SLOTS;
  slots[slot] = id;
  byText.set(name, id).set(asciiLower(name), id);
  if (compact !== undefined) {
    compactIds[compact.charCodeAt(0)] = id;
    compactIds[compact.charCodeAt(0) - 32] = id;
    byText.set(compact, id).set(compact.toUpperCase(), id);
  }
});

function hash(octets: Uint8Array, from: number, to: number): number {
  const first = (octets[from] as number) | 32;
  const last = (octets[to - 1] as number) | 32;
  const middle = (octets[(from + to) >> 1] as number) | 32;
  return ((to - from) * 61 + first * 37 + last * 11 + middle * 5) & (SLOTS - 1);
}

/** The name that stands in the octets; they are token characters already. */
export function nameIdAt(octets: Uint8Array, from: number, to: number): NameId {
  const length = to - from;
  if (length === 1) return compactIds[(octets[from] as number) & 127] as number;
  for (let slot = hash(octets, from, to); slots[slot] !== 0; slot = (slot + 1) & (SLOTS - 1)) {
    const id = slots[slot] as number;
    if (matches(octets, from, length, lowered[id] as Uint8Array)) return id;
  }
  return 0;
}

/** Token characters that differ only by bit 0x20 and are no letters do not occur in the names of the table. */
function matches(octets: Uint8Array, from: number, length: number, name: Uint8Array): boolean {
  if (name.length !== length) return false;
  for (let i = 0; i < length; i++) {
    if (((octets[from + i] as number) | 32) !== name[i]) return false;
  }
  return true;
}

export function nameId(name: string): NameId {
  return byText.get(name) ?? byText.get(asciiLower(name)) ?? 0;
}

/** Whether the two are names of one header: the same but for case, or one the compact form of the other. */
export function sameName(a: string, b: string): boolean {
  if (a === b) return true;
  const id = nameId(a);
  return id === 0 ? sameText(a, b) : id === nameId(b);
}

/** The long name in its registered spelling; an unknown name as it is. */
export function canonicalName(name: string): string {
  const id = nameId(name);
  return id === 0 ? name : (NAMES[id - 1] as [string])[0];
}

/** The compact form of a name, where it has one. */
export function compactName(name: string): string | undefined {
  const id = nameId(name);
  return id === 0 ? undefined : (NAMES[id - 1] as [string, string?])[1];
}
