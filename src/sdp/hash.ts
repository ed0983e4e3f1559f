/*
 *   fingerprint-attribute  =  "fingerprint" ":" hash-func SP fingerprint                    RFC 4572 5
 *   fingerprint            =  2UHEX *(":" 2UHEX)          each byte in upper-case hex
 *   hash-selector          =  "hash:" hash-algorithm ":" hash-value                         RFC 5547 6
 */
import { textCodec } from '../core/codec.ts';
import { type ClauseId, EncodeError } from '../core/error.ts';
import type { Scanner } from '../core/scanner.ts';
import type { SdpCodec } from './access.ts';
import { SDP_CLASS, scanSdpToken, sdpToken, UPPER_HEX } from './chars.ts';

/** The hash of a certificate or of a file. */
export interface Hash {
  /** `sha-1`, `sha-256`; compares without case. */
  readonly algorithm: string;
  /** Its octets in hex: `72:24:5F`. */
  readonly value: string;
}

/** The hash of the certificate by which an endpoint proves itself over TLS. */
export const fingerprint: SdpCodec<Hash> = /* @__PURE__ */ textCodec<Hash>({
  name: 'fingerprint',
  rule: 'fingerprint-attribute',
  clause: 'RFC4572-5',
  scan: (s) => scanHash(s, 0x20, 'fingerprint', 'RFC4572-5'),
  format: (value) => formatHash(value, ' ', '', 'RFC4572-5'),
});

/** Algorithm, separator and value. */
export function scanHash(s: Scanner, separator: number, rule: string, clause: ClauseId): Hash | undefined {
  const algorithm = scanSdpToken(s, rule);
  if (algorithm === undefined) return undefined;
  if (!s.take(separator)) return s.unexpected(rule, clause, String.fromCharCode(separator));
  const { pos } = s;
  do {
    if (!takeUpperHex(s) || !takeUpperHex(s)) return s.unexpected(rule, clause, 'two hex digits in upper case');
  } while (s.take(0x3a));
  return { algorithm, value: s.text.slice(pos, s.pos) };
}

function takeUpperHex(s: Scanner): boolean {
  const code = s.peek();
  if (code < 0 || ((SDP_CLASS[code] as number) & UPPER_HEX) === 0) return false;
  s.pos++;
  return true;
}

/** Throws EncodeError. */
export function formatHash({ algorithm, value }: Hash, separator: string, path: string, clause: ClauseId): string {
  const at = path === '' ? '' : `${path}.`;
  if (typeof value !== 'string' || !/^[0-9A-F]{2}(?::[0-9A-F]{2})*$/.test(value)) {
    throw new EncodeError('octets in upper-case hex with colons between them', `${at}value`, clause);
  }
  return `${sdpToken(algorithm, `${at}algorithm`)}${separator}${value}`;
}
