/*
 * What reading by the schema of RFC 5438 11.1.9 consists of: nothing stands where the schema has nothing, unless a
 * tolerance lets it through.
 */
import type { ClauseId, ErrorCode } from '../core/error.ts';
import type { Tolerance } from '../core/tolerance.ts';
import { END, START, type XmlScanner, type XmlToken } from '../xml/scanner.ts';

const CLAUSE: ClauseId = 'RFC5438-11.1.9';

/** An element with nothing but text, which `characters` gives then. */
export function scanLeaf(s: XmlScanner, rule: string): boolean {
  return hasNoAttributes(s, rule) && scanText(s, rule);
}

/** Nothing but text, up to the end of the element that has begun. */
export function scanText(s: XmlScanner, rule: string): boolean {
  const token = s.next();
  return token === END || (token === START && wrong(s, 'syntax', rule, s.from, 'text only'));
}

export function hasNoAttributes(s: XmlScanner, rule: string): boolean {
  if (s.count === 0) return true;
  return bends(s, 'imdn-content', 'syntax', rule, s.attributeOffsets[0] as number, 'no attributes');
}

/** The next tag, with nothing but blanks before it. */
export function nextIn(s: XmlScanner, rule: string): XmlToken {
  const token = s.next();
  if ((token === START || token === END) && !s.blank) {
    return s.fail('syntax', rule, CLAUSE, 'elements only', s.textFrom);
  }
  return token;
}

/** Lets through what the tolerance is for and notes it, or refuses it. */
export function bends(
  s: XmlScanner,
  tolerance: Tolerance,
  code: ErrorCode,
  rule: string,
  at: number,
  expected: string,
  clause: ClauseId = CLAUSE,
): boolean {
  if (!s.tolerates(tolerance)) return wrong(s, code, rule, at, expected, clause);
  s.note(tolerance, clause, at);
  return true;
}

export function wrong(
  s: XmlScanner,
  code: ErrorCode,
  rule: string,
  at: number,
  expected: string,
  clause: ClauseId = CLAUSE,
): false {
  s.fail(code, rule, clause, expected, at);
  return false;
}
