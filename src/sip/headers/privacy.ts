/*
 *   Privacy-hdr  =  "Privacy" HCOLON priv-value *(";" priv-value)                      RFC 3323 4.2
 *   priv-value   =  "header" / "session" / "user" / "none" / "critical" / token
 *   priv-value  =/  "id"                                                               RFC 3325 9.3
 *
 * The semicolon is a literal one: the rule lets no blanks stand around it.
 */
import { type FieldCodec, fieldCodec } from '../../core/codec.ts';
import type { ClauseId } from '../../core/error.ts';
import { added, scanToken } from '../../core/scan.ts';
import type { Scanner } from '../../core/scanner.ts';
import type { Writer } from '../../core/writer.ts';
import { writeList } from './comma-list.ts';

const CLAUSE: ClauseId = 'RFC3323-4.2';

/** What the network shall hide: values as spelt. `id` asks for anonymity. @duty PM-3, LM-G5 (parse) */
export const privacy: FieldCodec<readonly string[]> = /* @__PURE__ */ fieldCodec<readonly string[]>({
  name: 'Privacy',
  rule: 'Privacy-hdr',
  clause: CLAUSE,
  scan,
  write: (w, values) => writeList(w, values, 'Privacy', CLAUSE, writeValue, ';'),
});

function writeValue(w: Writer, value: string): void {
  w.token(value, '', CLAUSE);
}

function scan(s: Scanner): readonly string[] | undefined {
  let values: string[] | undefined;
  do {
    const value = scanToken(s, 'priv-value');
    if (value === undefined) return undefined;
    values = added(values, value);
  } while (s.take(0x3b));
  return values;
}
