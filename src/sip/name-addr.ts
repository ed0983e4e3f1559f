/*
 *   name-addr      =  [ display-name ] LAQUOT addr-spec RAQUOT                       RFC 3261 25.1
 *   display-name   =  *(token LWS) / quoted-string
 *   LAQUOT         =  SWS "<"          RAQUOT  =  ">" SWS
 *   ( name-addr / addr-spec ) *( SEMI generic-param )
 *
 * Without the brackets a URI that holds a comma, question mark or semicolon may not stand here: what follows the
 * semicolon are parameters of the header (RFC 3261 20).
 */
import { CLASS, TOKEN } from '../core/chars.ts';
import type { ClauseId } from '../core/error.ts';
import { type Param, scanParams, writeParams } from '../core/params.ts';
import { scanQuotedString } from '../core/scan.ts';
import type { Scanner } from '../core/scanner.ts';
import { type Writer, written } from '../core/writer.ts';
import { scanUri, type Uri, writeUriAt } from './uri.ts';

const CLAUSE: ClauseId = 'RFC3261-25.1';

/** A URI with the name that people see, and the parameters of the header that holds it. */
export interface NameAddr {
  /** Without quotes, with quoted pairs resolved; absent where there is none. */
  readonly displayName?: string | undefined;
  readonly uri: Uri;
  readonly params: readonly Param[];
}

/** ( name-addr / addr-spec ) and the parameters behind it. */
export function scanNameAddr(s: Scanner): NameAddr | undefined {
  const { codes, end, pos } = s;
  const first = pos < end ? (codes[pos] as number) : -1;
  if (first === 0x3c) return scanBracketed(s, undefined);
  if (first === 0x22) {
    const displayName = scanQuotedString(s);
    if (displayName === undefined) return undefined;
    s.skipWsp();
    return scanBracketed(s, displayName);
  }
  let p = pos;
  let code = first;
  while (p < end && (((CLASS[code] as number) & TOKEN) !== 0 || code === 0x20 || code === 0x09))
    code = codes[++p] as number;
  if (p < end && code === 0x3c) {
    s.pos = p;
    return scanBracketed(s, withoutTrailingBlanks(s, pos, p));
  }
  return scanAddrSpec(s);
}

/** name-addr alone, as Route and its kin have it: the brackets are mandatory. */
export function scanRouteAddr(s: Scanner): NameAddr | undefined {
  const from = s.pos;
  const value = scanNameAddr(s);
  if (value === undefined || value.displayName !== undefined || s.codes[from] === 0x3c) return value;
  return s.fail('syntax', 'name-addr', CLAUSE, '<', from);
}

/** The display name of tokens; blanks alone are the SWS of LAQUOT. */
function withoutTrailingBlanks(s: Scanner, from: number, to: number): string | undefined {
  let end = to;
  while (end > from && (s.codes[end - 1] === 0x20 || s.codes[end - 1] === 0x09)) end--;
  return end === from ? undefined : s.text.slice(from, end);
}

/** A URI has no ">" in it, so it ends before the bracket by itself. */
function scanBracketed(s: Scanner, displayName: string | undefined): NameAddr | undefined {
  const open = s.pos;
  if (!s.take(0x3c)) return s.unexpected('name-addr', CLAUSE, '<');
  const uri = scanUri(s);
  if (uri === undefined) return undefined;
  if (!s.take(0x3e)) {
    if (s.pos === s.end) return s.fail('unterminated', 'name-addr', CLAUSE, '>', open);
    return s.unexpected('addr-spec', CLAUSE, '>');
  }
  const params = scanParams(s);
  return params === undefined ? undefined : { displayName, uri, params };
}

function scanAddrSpec(s: Scanner): NameAddr | undefined {
  const { codes, end, pos } = s;
  let to = pos;
  for (; to < end; to++) {
    const code = codes[to];
    if (code === 0x3b || code === 0x2c || code === 0x3f || code === 0x20 || code === 0x09) break;
  }
  const uri = scanUriUpTo(s, to);
  if (uri === undefined) return undefined;
  const params = scanParams(s);
  return params === undefined ? undefined : { displayName: undefined, uri, params };
}

function scanUriUpTo(s: Scanner, to: number): Uri | undefined {
  const end = s.end;
  s.end = to;
  const uri = scanUri(s);
  if (uri !== undefined && s.pos !== to) s.unexpected('addr-spec', CLAUSE);
  s.end = end;
  if (s.error === undefined) return uri;
  // Only the URI ends here, not the input.
  if (to < end && s.error.code === 'truncated') s.error = { ...s.error, code: 'syntax' };
  return undefined;
}

/** Writes `"name" <uri>;params`. Throws EncodeError with the path inside the value. */
export function writeNameAddr(w: Writer, value: NameAddr, clause: ClauseId = CLAUSE): void {
  const { displayName, uri, params } = value;
  if (displayName !== undefined) {
    w.quoted(displayName, 'displayName', clause);
    w.code(0x20);
  }
  w.code(0x3c);
  writeUriAt(w, 'uri', uri);
  w.code(0x3e);
  writeParams(w, params, 'params', clause);
}

/** The text that `writeNameAddr` writes. */
export function formatNameAddr(value: NameAddr, clause: ClauseId = CLAUSE): string {
  return written((w) => writeNameAddr(w, value, clause), value);
}
