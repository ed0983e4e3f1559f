/*
 * Scanners for the rules that many headers share, RFC 3261 25.1. Values are unfolded before they come here, so
 *
 *   LWS            =  1*WSP                 SWS  =  [LWS]
 *   token          =  1*(alphanum / "-" / "." / "!" / "%" / "*" / "_" / "+" / "`" / "'" / "~")
 *   quoted-string  =  SWS DQUOTE *(qdtext / quoted-pair) DQUOTE
 *   qdtext         =  LWS / %x21 / %x23-5B / %x5D-7E / UTF8-NONASCII
 *   quoted-pair    =  "\" (%x00-09 / %x0B-0C / %x0E-7F)
 *   COMMA          =  SWS "," SWS
 *
 * Each scans from `s.pos`, and answers `undefined` (numbers: -1) with `s.error` set where the rule does not match.
 */
import { CLASS, CTEXT, DIGIT, QDTEXT, QUOTED_PAIR, runEnd, TOKEN, WSP } from './chars.ts';
import type { ClauseId } from './error.ts';
import type { Scanner } from './scanner.ts';

const CLAUSE: ClauseId = 'RFC3261-25.1';

/** The longest run of characters of the classes in `mask`; at least one. */
export function scanRun(s: Scanner, mask: number, rule: string, clause: ClauseId): string | undefined {
  const { pos } = s;
  const p = runEnd(s.codes, pos, s.end, mask);
  s.pos = p;
  return p === pos ? s.unexpected(rule, clause) : s.text.slice(pos, p);
}

export function scanToken(s: Scanner, rule = 'token'): string | undefined {
  return scanRun(s, TOKEN, rule, CLAUSE);
}

/**
 * 1*DIGIT of which the value is at most `max`; -1 where there is no digit or the number is greater. Leading zeros
 * count for nothing, so the number stays exact however many digits there are.
 */
export function scanNumber(s: Scanner, max: number, rule: string, clause: ClauseId): number {
  const { codes, end, pos } = s;
  let p = pos;
  let value = 0;
  for (; p < end && ((CLASS[codes[p] as number] as number) & DIGIT) !== 0; p++) {
    value = value * 10 + ((codes[p] as number) - 0x30); // in this order every value up to 2**53-1 is exact
    if (value > max) {
      s.fail('range', rule, clause, `at most ${max}`, pos);
      return -1;
    }
  }
  s.pos = p;
  if (p === pos) {
    s.unexpected(rule, clause, 'a digit');
    return -1;
  }
  return value;
}

/** A quoted string that begins at `pos`, without its quotes and with its quoted pairs resolved. */
export function scanQuotedString(s: Scanner): string | undefined {
  const { codes, end, pos } = s;
  if (pos >= end || codes[pos] !== 0x22) return s.unexpected('quoted-string', CLAUSE, '"');
  const p = runEnd(codes, pos + 1, end, QDTEXT | WSP);
  if (p === end || codes[p] !== 0x22) return scanUnusualString(s);
  s.pos = p + 1;
  return s.text.slice(pos + 1, p);
}

/** One with quoted pairs, characters outside ASCII, or errors. */
function scanUnusualString(s: Scanner): string | undefined {
  const { codes, end, text, pos } = s;
  let value = '';
  let from = pos + 1;
  for (let p = from; p < end; p++) {
    const code = codes[p] as number;
    if (((CLASS[code] as number) & (QDTEXT | WSP)) !== 0 || code === s.nonAscii) continue;
    if (code === 0x22) {
      s.pos = p + 1;
      return from === pos + 1 ? text.slice(from, p) : value + text.slice(from, p);
    }
    s.pos = p;
    if (code !== 0x5c) return s.unexpected('quoted-string', CLAUSE);
    if (p + 1 === end) break;
    if (((CLASS[codes[p + 1] as number] as number) & QUOTED_PAIR) === 0) {
      return s.fail('escape', 'quoted-pair', CLAUSE, 'an ASCII character other than CR and LF', p + 1);
    }
    value += text.slice(from, p);
    from = p + 1;
    p++;
  }
  return s.fail('unterminated', 'quoted-string', CLAUSE, '"', pos);
}

/** comment = LPAREN *(ctext / quoted-pair / comment) RPAREN, from its first to its last parenthesis, as written. */
export function scanComment(s: Scanner): string | undefined {
  const { codes, end, pos } = s;
  let depth = 0;
  for (let p = pos; p < end; p++) {
    const code = codes[p] as number;
    if (((CLASS[code] as number) & (CTEXT | WSP)) !== 0 || code === s.nonAscii) continue;
    if (code === 0x28) depth++;
    else if (code === 0x29) {
      if (--depth === 0) {
        s.pos = p + 1;
        return s.text.slice(pos, p + 1);
      }
    } else if (code === 0x5c) {
      p++;
      if (p < end && ((CLASS[codes[p] as number] as number) & QUOTED_PAIR) === 0) {
        return s.fail('escape', 'quoted-pair', CLAUSE, 'an ASCII character other than CR and LF', p);
      }
    } else {
      s.pos = p;
      return s.unexpected('comment', CLAUSE);
    }
  }
  return s.fail('unterminated', 'comment', CLAUSE, ')', pos);
}

/** element *(separator element), with blanks around each separator (COMMA by default). */
export function scanList<E>(s: Scanner, element: (s: Scanner) => E | undefined, separator = 0x2c): E[] | undefined {
  const first = element(s);
  if (first === undefined) return undefined;
  if (!takeSeparator(s, separator)) return [first];
  const second = element(s);
  if (second === undefined) return undefined;
  const list = [first, second];
  while (takeSeparator(s, separator)) {
    const next = element(s);
    if (next === undefined) return undefined;
    list.push(next);
  }
  return list;
}

/**
 * The list with one element more; it may be another list. Most have one element or two, for which literals take their
 * room and a push that of seventeen.
 */
export function added<E>(list: E[] | undefined, element: E): E[] {
  if (list === undefined) return [element];
  if (list.length === 1) return [list[0] as E, element];
  list.push(element);
  return list;
}

/** A comma list that may be empty: `Allow`, `Supported`, `Accept` (RFC 3261 20). */
export function scanListOrNothing<E>(s: Scanner, element: (s: Scanner) => E | undefined): E[] | undefined {
  return s.pos === s.end ? [] : scanList(s, element);
}

/** SWS separator SWS; where the separator does not follow, nothing is consumed. */
export function takeSeparator(s: Scanner, separator: number): boolean {
  const { codes, end, pos } = s;
  if (pos >= end) return false;
  const p = codes[pos] === separator ? pos : runEnd(codes, pos, end, WSP);
  if (p === end || codes[p] !== separator) return false;
  s.pos = runEnd(codes, p + 1, end, WSP);
  return true;
}
