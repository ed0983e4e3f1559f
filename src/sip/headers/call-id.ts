/*
 *   Call-ID      =  ( "Call-ID" / "i" ) HCOLON callid                 RFC 3261 20.8
 *   In-Reply-To  =  "In-Reply-To" HCOLON callid *(COMMA callid)       RFC 3261 20.21
 *   callid       =  word [ "@" word ]
 *
 * Call-IDs compare octet for octet.
 */
import { runEnd, VCHAR, WORD } from '../../core/chars.ts';
import { type FieldCodec, fieldCodec, listCodec } from '../../core/codec.ts';
import { type ClauseId, EncodeError } from '../../core/error.ts';
import { scanList, scanRun } from '../../core/scan.ts';
import type { Scanner } from '../../core/scanner.ts';
import type { Writer } from '../../core/writer.ts';
import { writeList } from './comma-list.ts';

const CLAUSE: ClauseId = 'RFC3261-20.8';

export const callId: FieldCodec<string> = /* @__PURE__ */ fieldCodec<string>({
  name: 'Call-ID',
  compact: 'i',
  rule: 'Call-ID',
  clause: CLAUSE,
  scan: scanCallId,
  write: writeCallId,
});

/** Call-IDs of the requests that are answered. */
export const inReplyTo: FieldCodec<readonly string[]> = /* @__PURE__ */ listCodec<string>({
  name: 'In-Reply-To',
  rule: 'In-Reply-To',
  clause: 'RFC3261-20.21',
  scan: (s) => scanList(s, scanCallId),
  write: (w, values) => writeList(w, values, 'In-Reply-To', 'RFC3261-20.21', writeCallId),
});

function scanCallId(s: Scanner): string | undefined {
  const from = s.pos;
  if (scanRun(s, WORD, 'callid', CLAUSE) === undefined) return undefined;
  if (s.take(0x40) && scanRun(s, WORD, 'callid', CLAUSE) === undefined) return undefined;
  return s.slice(from, s.pos);
}

function writeCallId(w: Writer, value: string): void {
  const from = w.pos;
  if (!w.run(value, VCHAR) || !isCallId(w.octets, from, w.pos)) {
    throw new EncodeError(`${JSON.stringify(value)} is no Call-ID`, '', CLAUSE);
  }
}

function isCallId(octets: Uint8Array, from: number, to: number): boolean {
  const at = runEnd(octets, from, to, WORD);
  if (at === from || at === to) return at === to;
  return octets[at] === 0x40 && at + 1 < to && runEnd(octets, at + 1, to, WORD) === to;
}
