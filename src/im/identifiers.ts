/*
 * The identifiers of messages, dialogs and sessions, from a source of random octets that the caller has: the library
 * has none, so that what it composes can be repeated. Each has 128 random bits as 26 letters and digits, which every
 * grammar that they stand in allows.
 *
 *   branch                "z9hG4bK" token                                            RFC 3261 8.1.1.7
 *   tag                   token, at least 32 random bits                             RFC 3261 19.3
 *   Call-ID               word                                                       RFC 3261 8.1.1.4
 *   imdn.Message-ID       Token, at least 64 random bits                             RFC 5438 6.3
 *   MSRP Message-ID       ident, transact-id likewise: 4 to 32 characters            RFC 4975 9
 *   session-id of a URI   at least 80 random bits                                    RFC 4975 14.1
 */
import { EncodeError } from '../core/error.ts';

/** Makes one identifier a call. */
export interface Identifiers {
  callId(): string;
  tag(): string;
  branch(): string;
  /** For CPIM, IMDN and MSRP. */
  messageId(): string;
  /** The session-id of an MSRP URI. */
  sessionId(): string;
  /** Of an MSRP request. */
  transactionId(): string;
}

const OCTETS = 16;
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/**
 * Identifiers from `random`, which answers with as many random octets as it is asked for:
 * `(count) => crypto.getRandomValues(new Uint8Array(count))`. Throws EncodeError where it answers with another number.
 */
export function identifiers(random: (count: number) => Uint8Array): Identifiers {
  const fresh = (): string => {
    const octets = random(OCTETS);
    if (octets.length !== OCTETS) throw new EncodeError(`${OCTETS} random octets are needed`, 'random', 'RFC3261-19.3');
    return base32(octets);
  };
  return {
    callId: fresh,
    tag: fresh,
    branch: () => `z9hG4bK${fresh()}`,
    messageId: fresh,
    sessionId: fresh,
    transactionId: fresh,
  };
}

/** Five bits a character, the last one filled up with zeros. */
function base32(octets: Uint8Array): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const octet of octets) {
    held = (held << 8) | octet;
    for (bits += 8; bits >= 5; bits -= 5) text += ALPHABET[(held >>> (bits - 5)) & 31];
    held &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + ALPHABET[(held << (5 - bits)) & 31];
}
