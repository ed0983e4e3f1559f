/*
 *   Call-ID      =  ( "Call-ID" / "i" ) HCOLON callid                 RFC 3261 20.8
 *   In-Reply-To  =  "In-Reply-To" HCOLON callid *(COMMA callid)       RFC 3261 20.21
 *   callid       =  word [ "@" word ]
 *
 * Call-IDs compare octet for octet.
 */
import { allOf, WORD } from '../../core/chars.ts';
import { type FieldCodec, fieldCodec, listCodec } from '../../core/codec.ts';
import { type ClauseId, EncodeError } from '../../core/error.ts';
import { scanList, scanRun } from '../../core/scan.ts';
import type { Scanner } from '../../core/scanner.ts';
import { formatList } from './comma-list.ts';

const CLAUSE: ClauseId = 'RFC3261-20.8';

export const callId: FieldCodec<string> = /* @__PURE__ */ fieldCodec<string>({
  name: 'Call-ID',
  compact: 'i',
  rule: 'Call-ID',
  clause: CLAUSE,
  scan: scanCallId,
  format: formatCallId,
});

/** Call-IDs of the requests that are answered. */
export const inReplyTo: FieldCodec<readonly string[]> = /* @__PURE__ */ listCodec<string>({
  name: 'In-Reply-To',
  rule: 'In-Reply-To',
  clause: 'RFC3261-20.21',
  scan: (s) => scanList(s, scanCallId),
  format: (values) => formatList(values, 'In-Reply-To', 'RFC3261-20.21', formatCallId),
});

function scanCallId(s: Scanner): string | undefined {
  const from = s.pos;
  if (scanRun(s, WORD, 'callid', CLAUSE) === undefined) return undefined;
  if (s.take(0x40) && scanRun(s, WORD, 'callid', CLAUSE) === undefined) return undefined;
  return s.slice(from, s.pos);
}

function formatCallId(value: string): string {
  const at = value.indexOf('@');
  const sound = at < 0 ? allOf(value, WORD) : allOf(value.slice(0, at), WORD) && allOf(value.slice(at + 1), WORD);
  if (sound) return value;
  throw new EncodeError(`${JSON.stringify(value)} is no Call-ID`, '', CLAUSE);
}
