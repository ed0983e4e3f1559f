/*
 *   Use-Nickname  =  "Use-Nickname:" SP nickname                                         RFC 7701 7.1
 *   nickname      =  DQUOTE 1*1023(qdtext / qd-esc) DQUOTE
 *   qdtext        =  SP / HTAB / %x21 / %x23-5B / %x5D-7E / UTF8-NONASCII                RFC 4975 9
 *   qd-esc        =  (BACKSLASH BACKSLASH) / (BACKSLASH DQUOTE)
 *
 * The name by which a participant of a chat room wants to be shown: 1 to 1023 octets.
 */
import { type FieldCodec, fieldCodec } from '../../core/codec.ts';
import { type ClauseId, EncodeError } from '../../core/error.ts';
import { conversions } from '../../core/octets.ts';
import type { Scanner } from '../../core/scanner.ts';
import { isMsrp, TEXT } from '../chars.ts';
import { formatText } from '../text.ts';

const CLAUSE: ClauseId = 'RFC7701-7.1';
const LONGEST = 1023;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** The nickname without its quotes and with its escapes resolved. */
export const useNickname: FieldCodec<string> = /* @__PURE__ */ fieldCodec<string>({
  name: 'Use-Nickname',
  rule: 'Use-Nickname',
  clause: CLAUSE,
  scan: scanNickname,
  format: formatNickname,
});

function scanNickname(s: Scanner): string | undefined {
  const { codes, end, pos } = s;
  if (!s.take(QUOTE)) return s.unexpected('nickname', CLAUSE, '"');
  let value = '';
  let from = s.pos;
  for (; s.pos < end && codes[s.pos] !== QUOTE; s.pos++) {
    const code = codes[s.pos] as number;
    if (code === BACKSLASH) {
      const next = codes[s.pos + 1];
      if (s.pos + 1 === end) break;
      if (next !== QUOTE && next !== BACKSLASH) return s.fail('escape', 'qd-esc', CLAUSE, '\\\\ or \\"', s.pos + 1);
      value += s.text.slice(from, s.pos);
      from = ++s.pos;
    } else if (code !== s.nonAscii && !isMsrp(code, TEXT)) return s.unexpected('nickname', CLAUSE);
  }
  if (s.pos >= end || codes[s.pos] !== QUOTE) return s.fail('unterminated', 'nickname', CLAUSE, '"', pos);
  value += s.text.slice(from, s.pos++);
  const length = conversions.utf8Length(value);
  if (length >= 1 && length <= LONGEST) return value;
  return s.fail('range', 'nickname', CLAUSE, `1 to ${LONGEST} octets`, pos);
}

function formatNickname(value: string): string {
  formatText(value, '');
  const length = conversions.utf8Length(value);
  if (length < 1 || length > LONGEST) throw new EncodeError(`${length} octets are no nickname`, '', CLAUSE);
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}
