/*
 *   Accept           =  "Accept" HCOLON [ accept-range *(COMMA accept-range) ]         RFC 3261 20.1, 25.1
 *   accept-range     =  media-range *(SEMI accept-param)
 *   media-range      =  ( "*" "/" "*" / ( m-type SLASH "*" ) / ( m-type SLASH m-subtype ) ) *( SEMI m-parameter )
 *   accept-param     =  ("q" EQUAL qvalue) / generic-param
 *   Accept-Encoding  =  "Accept-Encoding" HCOLON [ encoding *(COMMA encoding) ]        RFC 3261 20.2
 *   encoding         =  codings *(SEMI accept-param)
 *   codings          =  content-coding / "*"                                           content-coding = token
 *   Accept-Language  =  "Accept-Language" HCOLON [ language *(COMMA language) ]        RFC 3261 20.3
 *   language         =  language-range *(SEMI accept-param)
 *   language-range   =  ( ( 1*8ALPHA *( "-" 1*8ALPHA ) ) / "*" )
 *
 * The star is a token character, and an m-parameter looks like a generic-param, so a media-range is two tokens with
 * parameters (and so is a star before a subtype, which means nothing but is let through). An empty value means that nothing is acceptable (Accept), or nothing but identity (Accept-Encoding).
 */
import { ALPHA, CLASS, TOKEN } from '../../core/chars.ts';
import { type FieldCodec, listCodec } from '../../core/codec.ts';
import { type ClauseId, EncodeError } from '../../core/error.ts';
import { formatParams, type Param, scanParams } from '../../core/params.ts';
import { scanListOrNothing, scanToken, takeSeparator } from '../../core/scan.ts';
import { open, type Scanner } from '../../core/scanner.ts';
import { token } from '../../core/write.ts';

/** A media type or a range of them; a star stands for any. `preference` reads the `q` of its parameters. */
export interface AcceptRange {
  readonly type: string;
  readonly subtype: string;
  readonly params: readonly Param[];
}

/** A content coding, or a language range; a star stands for any. */
export interface AcceptItem {
  readonly name: string;
  readonly params: readonly Param[];
}

const ACCEPT: ClauseId = 'RFC3261-20.1';
const LANGUAGE: ClauseId = 'RFC3261-20.3';

export const accept: FieldCodec<readonly AcceptRange[]> = /* @__PURE__ */ listCodec<AcceptRange>({
  name: 'Accept',
  rule: 'Accept',
  clause: ACCEPT,
  scan: (s) => scanListOrNothing(s, scanRange),
  format: (value) => value.map(formatRange).join(', '),
});

export const acceptEncoding: FieldCodec<readonly AcceptItem[]> = /* @__PURE__ */ itemsField(
  'Accept-Encoding',
  'RFC3261-20.2',
  (s) => scanToken(s, 'codings'),
  (name, path) => token(name, path, 'RFC3261-20.2'),
);

export const acceptLanguage: FieldCodec<readonly AcceptItem[]> = /* @__PURE__ */ itemsField(
  'Accept-Language',
  LANGUAGE,
  scanLanguageRange,
  formatLanguageRange,
);

function scanRange(s: Scanner): AcceptRange | undefined {
  const type = scanToken(s, 'media-range');
  if (type === undefined) return undefined;
  if (!takeSeparator(s, 0x2f)) return s.unexpected('media-range', ACCEPT, '/');
  const subtype = scanToken(s, 'media-range');
  if (subtype === undefined) return undefined;
  const params = scanParams(s);
  return params === undefined ? undefined : { type, subtype, params };
}

function formatRange({ type, subtype, params }: AcceptRange, i: number): string {
  const name = `${token(type, `[${i}].type`, ACCEPT)}/${token(subtype, `[${i}].subtype`, ACCEPT)}`;
  return name + formatParams(params, `[${i}].params`, ACCEPT);
}

function itemsField(
  name: string,
  clause: ClauseId,
  scanName: (s: Scanner) => string | undefined,
  formatName: (name: string, path: string) => string,
): FieldCodec<readonly AcceptItem[]> {
  const scanItem = (s: Scanner): AcceptItem | undefined => {
    const item = scanName(s);
    if (item === undefined) return undefined;
    const params = scanParams(s);
    return params === undefined ? undefined : { name: item, params };
  };
  return listCodec<AcceptItem>({
    name,
    rule: name,
    clause,
    scan: (s) => scanListOrNothing(s, scanItem),
    format: (value) =>
      value
        .map((item, i) => formatName(item.name, `[${i}].name`) + formatParams(item.params, `[${i}].params`))
        .join(', '),
  });
}

function scanLanguageRange(s: Scanner): string | undefined {
  if (s.take(0x2a)) return '*';
  const { codes, end, pos } = s;
  let p = pos;
  for (;;) {
    const from = p;
    while (p < end && p - from < 8 && ((CLASS[codes[p] as number] as number) & ALPHA) !== 0) p++;
    s.pos = p;
    if (p === from) return s.unexpected('language-range', LANGUAGE, 'a letter');
    if (p === end || codes[p] !== 0x2d) break;
    p++;
  }
  if (p < end && ((CLASS[codes[p] as number] as number) & TOKEN) !== 0) {
    return s.fail('syntax', 'language-range', LANGUAGE, 'up to eight letters between hyphens');
  }
  return s.text.slice(pos, p);
}

function formatLanguageRange(name: string, path: string): string {
  const s = open(name, 'language-range', LANGUAGE, undefined);
  if (s.error === undefined && scanLanguageRange(s) !== undefined && s.pos === s.end) return name;
  throw new EncodeError(`${JSON.stringify(name)} is no language-range`, path, LANGUAGE);
}
