/*
 *   media-type   =  m-type SLASH m-subtype *(SEMI m-parameter)           RFC 3261 25.1; tokens, SLASH = SWS "/" SWS
 *   m-parameter  =  m-attribute EQUAL m-value
 *   m-value      =  token / quoted-string
 */
import { TOKEN } from '../core/chars.ts';
import { type Codec, textCodec } from '../core/codec.ts';
import { type ClauseId, EncodeError, within } from '../core/error.ts';
import type { Param } from '../core/params.ts';
import { added, scanQuotedString, scanToken, takeSeparator } from '../core/scan.ts';
import type { Scanner } from '../core/scanner.ts';
import { sameText } from '../core/text.ts';
import { type Writer, written } from '../core/writer.ts';

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
    write: writeMediaType,
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

const NO_PARAMS: readonly Param[] = Object.freeze([]);

function scanMediaParams(s: Scanner): readonly Param[] | undefined {
  let params: Param[] | undefined;
  while (takeSeparator(s, 0x3b)) {
    if ((params?.length ?? 0) === s.limits.params) {
      return s.fail('limit', 'm-parameter', CLAUSE, `at most ${s.limits.params} parameters`);
    }
    const name = scanToken(s, 'm-attribute');
    if (name === undefined) return undefined;
    if (!takeSeparator(s, 0x3d)) return s.unexpected('m-parameter', CLAUSE, '=');
    const quoted = s.peek() === 0x22;
    const value = quoted ? scanQuotedString(s) : scanToken(s, 'm-value');
    if (value === undefined) return undefined;
    params = added<Param>(params, { name, value, quoted: quoted ? true : undefined });
  }
  return params ?? NO_PARAMS;
}

/** Writes a media type. Throws EncodeError. */
export function writeMediaType(w: Writer, { type, subtype, params }: MediaType): void {
  w.token(type, 'type', CLAUSE);
  w.code(0x2f);
  w.token(subtype, 'subtype', CLAUSE);
  for (let i = 0; i < params.length; i++) {
    try {
      writeMediaParam(w, params[i] as Param);
    } catch (error) {
      throw within(`params[${i}]`, error);
    }
  }
}

/** The text that `writeMediaType` writes. */
export function formatMediaType(value: MediaType): string {
  return written(writeMediaType, value);
}

function writeMediaParam(w: Writer, { name, value, quoted }: Param): void {
  if (value === undefined) throw new EncodeError('a parameter without a value', 'value', CLAUSE);
  w.code(0x3b);
  w.token(name, 'name', CLAUSE);
  w.code(0x3d);
  if (quoted === true || !w.run(value, TOKEN)) w.quoted(value, 'value', CLAUSE);
}
