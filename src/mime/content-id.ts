/*
 *   id               =  "Content-ID" ":" msg-id                                      RFC 2045 7
 *   msg-id           =  "<" id-left "@" id-right ">"                                 RFC 5322 3.6.4
 *   id-left          =  dot-atom-text
 *   id-right         =  dot-atom-text / no-fold-literal
 *   no-fold-literal  =  "[" *dtext "]"
 *   dot-atom-text    =  1*atext *("." 1*atext)
 *   atext            =  ALPHA / DIGIT / "!" / "#" / "$" / "%" / "&" / "'" / "*" / "+" / "-" / "/" / "=" / "?" / "^"
 *                       / "_" / "`" / "{" / "|" / "}" / "~"
 *   dtext            =  %d33-90 / %d94-126
 *
 * Mail's comments around the brackets have no place here, as in MIME-Version. A `cid:` URL names the part by the same
 * id, without brackets and %-escaped (RFC 2392 2).
 */
import { ALPHA, CLASS, DIGIT, VCHAR } from '../core/chars.ts';
import { type FieldCodec, fieldCodec } from '../core/codec.ts';
import { type ClauseId, EncodeError } from '../core/error.ts';
import { open, type Scanner } from '../core/scanner.ts';

const CLAUSE: ClauseId = 'RFC5322-3.6.4';
const ATEXT_MARKS = "!#$%&'*+-/=?^_`{|}~";

/** The id of a body part without its angle brackets: `1134299224244@example.net`. */
export const contentId: FieldCodec<string> = /* @__PURE__ */ fieldCodec<string>({
  name: 'Content-ID',
  rule: 'msg-id',
  clause: CLAUSE,
  scan(s) {
    if (!s.take(0x3c)) return s.unexpected('msg-id', CLAUSE, '<');
    const id = scanId(s);
    if (id === undefined) return undefined;
    if (!s.take(0x3e)) return s.unexpected('msg-id', CLAUSE, '>');
    return id;
  },
  format(value) {
    const s = open(value, 'msg-id', CLAUSE, undefined);
    if (s.error === undefined && scanId(s) !== undefined && s.pos === s.end) return `<${value}>`;
    throw new EncodeError(`${JSON.stringify(value)} is no id-left@id-right`, 'Content-ID', CLAUSE);
  },
});

function scanId(s: Scanner): string | undefined {
  const { pos } = s;
  if (!stepOverDotAtom(s, 'id-left')) return undefined;
  if (!s.take(0x40)) return s.unexpected('msg-id', CLAUSE, '@');
  if (!(s.peek() === 0x5b ? stepOverLiteral(s) : stepOverDotAtom(s, 'id-right'))) return undefined;
  return s.text.slice(pos, s.pos);
}

function stepOverDotAtom(s: Scanner, rule: string): boolean {
  const { codes, end } = s;
  let p = s.pos;
  let atom = p;
  for (; p < end; p++) {
    const code = codes[p] as number;
    if (isAtext(code)) continue;
    if (code !== 0x2e || p === atom) break;
    atom = p + 1;
  }
  s.pos = p;
  if (p === atom) s.unexpected(rule, CLAUSE, 'a character of an atom');
  return p !== atom;
}

function stepOverLiteral(s: Scanner): boolean {
  const { codes, end, pos } = s;
  let p = pos + 1;
  while (p < end && ((CLASS[codes[p] as number] as number) & VCHAR) !== 0 && !isBracket(codes[p] as number)) p++;
  s.pos = p;
  if (s.take(0x5d)) return true;
  if (p === end) s.fail('unterminated', 'no-fold-literal', CLAUSE, ']', pos);
  else s.unexpected('no-fold-literal', CLAUSE, ']');
  return false;
}

/** "[", "\" and "]", which dtext leaves out. */
function isBracket(code: number): boolean {
  return code >= 0x5b && code <= 0x5d;
}

function isAtext(code: number): boolean {
  if (((CLASS[code] as number) & (ALPHA | DIGIT)) !== 0) return true;
  return code < 0x80 && ATEXT_MARKS.includes(String.fromCharCode(code));
}
