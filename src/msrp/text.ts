/*
 *   utf8text  =  *(HTAB / %x20-7E / UTF8-NONASCII)                                       RFC 4975 9
 *
 * Comments, and the values of headers that have no codec here.
 */
import { type FieldCodec, fieldCodec } from '../core/codec.ts';
import { type ClauseId, EncodeError } from '../core/error.ts';
import type { Scanner } from '../core/scanner.ts';
import { line } from '../core/write.ts';
import { isMsrp, TEXT } from './chars.ts';

const CLAUSE: ClauseId = 'RFC4975-9';

/** All text up to the end, blanks at its ends too. */
export function scanText(s: Scanner, rule: string): string | undefined {
  const { codes, end, pos } = s;
  for (let p = pos; p < end; p++) {
    const code = codes[p] as number;
    if (code === s.nonAscii || isMsrp(code, TEXT)) continue;
    s.pos = p;
    return s.unexpected(rule, CLAUSE);
  }
  s.pos = end;
  return s.text.slice(pos, end);
}

/** The text if it is utf8text. Throws EncodeError. */
export function formatText(text: string, path: string): string {
  if (typeof text !== 'string') throw new EncodeError(`a value of type ${typeof text} is no text`, path, CLAUSE);
  line(`|${text}|`, path, CLAUSE); // blanks at the ends are part of the text
  return text;
}

/** The codec of a header that has no grammar here. */
export function msrpText(name: string): FieldCodec<string> {
  return fieldCodec({
    name,
    rule: 'hval',
    clause: CLAUSE,
    scan: (s) => scanText(s, 'hval'),
    format: (value) => formatText(value, name),
  });
}
