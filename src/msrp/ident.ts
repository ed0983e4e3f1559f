/*
 *   ident       =  ALPHANUM  3*31ident-char                                              RFC 4975 9
 *   ident-char  =  ALPHANUM / "." / "-" / "+" / "%" / "="
 */
import { type ClauseId, EncodeError } from '../core/error.ts';
import type { Scanner } from '../core/scanner.ts';
import { ALPHANUM, allMsrp, IDENT, isMsrp } from './chars.ts';

const CLAUSE: ClauseId = 'RFC4975-9';
const SHORTEST = 4;
const LONGEST = 32;

/** Behind the ident that begins at `from`, or -1 where there is none of 4 to 32 characters. */
export function identEnd(octets: Uint8Array, from: number): number {
  let p = from;
  if (!isMsrp(octets[p], ALPHANUM)) return -1;
  while (p - from <= LONGEST && isMsrp(octets[p], IDENT)) p++;
  return p - from < SHORTEST || p - from > LONGEST ? -1 : p;
}

export function scanIdent(s: Scanner): string | undefined {
  const { codes, end, pos } = s;
  let p = pos;
  while (p < end && p - pos <= LONGEST && isMsrp(codes[p], p === pos ? ALPHANUM : IDENT)) p++;
  s.pos = p;
  if (p - pos < SHORTEST) return s.unexpected('ident', CLAUSE, 'four characters or more');
  if (p - pos > LONGEST) return s.fail('range', 'ident', CLAUSE, `at most ${LONGEST} characters`, pos);
  return s.text.slice(pos, p);
}

/** The text if it is an ident. Throws EncodeError. */
export function formatIdent(text: string, path: string): string {
  const good = allMsrp(text, IDENT) && text.length >= SHORTEST && text.length <= LONGEST;
  if (good && allMsrp(text.charAt(0), ALPHANUM)) return text;
  throw new EncodeError(`${JSON.stringify(text)} is no ident of ${SHORTEST} to ${LONGEST} characters`, path, CLAUSE);
}
