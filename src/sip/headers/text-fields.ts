/*
 *   Organization    =  "Organization" HCOLON [TEXT-UTF8-TRIM]                        RFC 3261 20.25, 25.1
 *   Subject         =  ( "Subject" / "s" ) HCOLON [TEXT-UTF8-TRIM]                   RFC 3261 20.36
 *   TEXT-UTF8-TRIM  =  1*TEXT-UTF8char *(*LWS TEXT-UTF8char)
 *   TEXT-UTF8char   =  %x21-7E / UTF8-NONASCII
 *
 * Text for people, perhaps empty, without blanks at its ends.
 */
import { CLASS, VCHAR, WSP } from '../../core/chars.ts';
import { type FieldCodec, fieldCodec } from '../../core/codec.ts';
import type { ClauseId } from '../../core/error.ts';
import type { Scanner } from '../../core/scanner.ts';
import { line } from '../../core/write.ts';

export const organization: FieldCodec<string> = /* @__PURE__ */ peopleField('Organization', 'RFC3261-20.25');

export const subject: FieldCodec<string> = /* @__PURE__ */ peopleField('Subject', 'RFC3261-20.36', 's');

function peopleField(name: string, clause: ClauseId, compact?: string): FieldCodec<string> {
  return fieldCodec<string>({
    name,
    rule: name,
    clause,
    ...(compact === undefined ? {} : { compact }),
    scan: (s) => scanTrimmed(s, clause),
    format: (value) => line(value, name, clause),
  });
}

/** Up to the last character that is no blank; blanks in front are refused, those behind left over. */
function scanTrimmed(s: Scanner, clause: ClauseId): string | undefined {
  const { codes, end, pos } = s;
  let last = pos;
  for (let p = pos; p < end; p++) {
    const code = codes[p] as number;
    if (((CLASS[code] as number) & VCHAR) !== 0 || code === s.nonAscii) last = p + 1;
    else if (p === pos || ((CLASS[code] as number) & WSP) === 0) {
      s.pos = p;
      return s.unexpected('TEXT-UTF8-TRIM', clause);
    }
  }
  s.pos = last;
  return s.text.slice(pos, last);
}
