/*
 *   media-type   =  m-type SLASH m-subtype *(SEMI m-parameter)           RFC 3261 25.1; tokens, SLASH = SWS "/" SWS
 *   m-parameter  =  m-attribute EQUAL m-value
 *   m-value      =  token / quoted-string
 */
import { allOf, TOKEN } from '../core/chars.ts';
import { type Codec, textCodec } from '../core/codec.ts';
import { type ClauseId, EncodeError, within } from '../core/error.ts';
import type { Param } from '../core/params.ts';
import { scanQuotedString, scanToken, takeSeparator } from '../core/scan.ts';
import type { Scanner } from '../core/scanner.ts';
import { sameText } from '../core/text.ts';
import { quote, token } from '../core/write.ts';

const CLAUSE: ClauseId = 'RFC3261-25.1';

/** What a body is: `message/cpim`, `multipart/mixed;boundary=…`. All parameters have a value. */
export interface MediaType {
  /** As spelt; compares without case. */
  readonly type: string;
  readonly subtype: string;
  readonly params: readonly Param[];
}

export const mediaType: Codec<MediaType> & { scan(s: Scanner): MediaType | undefined } =
  /* @__PURE__ */ textCodec<MediaType>({
    name: 'media-type',
    rule: 'media-type',
    clause: CLAUSE,
    scan: scanMediaType,
    format: formatMediaType,
  });

/** Whether the value is of the media type `name`, `type/subtype`, whatever its case and its parameters. */
export function isMediaType(value: MediaType, name: string): boolean {
  return sameText(`${value.type}/${value.subtype}`, name);
}

/** Reads from `s.pos` as far as the media type goes. */
export function scanMediaType(s: Scanner): MediaType | undefined {
  const type = scanToken(s, 'm-type');
  if (type === undefined) return undefined;
  if (!takeSeparator(s, 0x2f)) return s.unexpected('media-type', CLAUSE, '/');
  const subtype = scanToken(s, 'm-subtype');
  if (subtype === undefined) return undefined;
  const params = scanMediaParams(s);
  return params === undefined ? undefined : { type, subtype, params };
}

function scanMediaParams(s: Scanner): readonly Param[] | undefined {
  const params: Param[] = [];
  while (takeSeparator(s, 0x3b)) {
    if (params.length === s.limits.params) {
      return s.fail('limit', 'm-parameter', CLAUSE, `at most ${s.limits.params} parameters`);
    }
    const name = scanToken(s, 'm-attribute');
    if (name === undefined) return undefined;
    if (!takeSeparator(s, 0x3d)) return s.unexpected('m-parameter', CLAUSE, '=');
    const quoted = s.peek() === 0x22;
    const value = quoted ? scanQuotedString(s) : scanToken(s, 'm-value');
    if (value === undefined) return undefined;
    params.push({ name, value, quoted: quoted ? true : undefined });
  }
  return params;
}

/** Writes a media type. Throws EncodeError. */
export function formatMediaType({ type, subtype, params }: MediaType): string {
  let text = `${token(type, 'type', CLAUSE)}/${token(subtype, 'subtype', CLAUSE)}`;
  for (let i = 0; i < params.length; i++) {
    try {
      text += formatMediaParam(params[i] as Param);
    } catch (error) {
      throw within(`params[${i}]`, error);
    }
  }
  return text;
}

function formatMediaParam({ name, value, quoted }: Param): string {
  if (value === undefined) throw new EncodeError('a parameter without a value', 'value', CLAUSE);
  const bare = quoted !== true && allOf(value, TOKEN);
  return `;${token(name, 'name', CLAUSE)}=${bare ? value : quote(value, 'value', CLAUSE)}`;
}
