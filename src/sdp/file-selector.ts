/*
 *   file-selector-attr  =  "file-selector" [":" selector *(SP selector)]                    RFC 5547 6
 *   selector            =  "name:" DQUOTE filename-string DQUOTE / "size:" filesize-value
 *                          / "type:" type "/" subtype *(";" ft-parameter) / "hash:" hash-algorithm ":" hash-value
 *   filename-string     =  1*(filename-char / percent-encoded)
 *   filename-char       =  any byte except NUL, CR, LF, double quotes, or percent
 *   ft-parameter        =  attribute "=" DQUOTE value-string DQUOTE        value-string  =  filename-string
 *
 * Names, sizes and types stand once; there may be several hashes.
 */
import { textCodec } from '../core/codec.ts';
import { type ClauseId, EncodeError } from '../core/error.ts';
import type { Param } from '../core/params.ts';
import type { Scanner } from '../core/scanner.ts';
import { asciiLower } from '../core/text.ts';
import { wellFormed } from '../core/write.ts';
import type { MediaType } from '../mime/media-type.ts';
import type { SdpCodec } from './access.ts';
import { FILENAME_CHAR, scanSdpToken, sdpToken } from './chars.ts';
import { scanEscaped } from './escape.ts';
import { formatHash, type Hash, scanHash } from './hash.ts';
import { formatInteger, scanInteger } from './numbers.ts';

const CLAUSE: ClauseId = 'RFC5547-6';
const COLON = 0x3a;
const QUOTE = 0x22;

/** Which file is meant. Empty in an answer to what an endpoint can do (RFC 5547 8.5). */
export interface FileSelector {
  /** With its %-escapes resolved. */
  readonly name?: string | undefined;
  /** Octets of the file itself, without a wrapper. */
  readonly size?: number | undefined;
  /** The values of its parameters are always quoted. */
  readonly type?: MediaType | undefined;
  readonly hashes: readonly Hash[];
}

export const fileSelector: SdpCodec<FileSelector> = /* @__PURE__ */ textCodec<FileSelector>({
  name: 'file-selector',
  rule: 'file-selector-attr',
  clause: CLAUSE,
  scan,
  format,
});

function scan(s: Scanner): FileSelector | undefined {
  let name: string | undefined;
  let size: number | undefined;
  let type: MediaType | undefined;
  const hashes: Hash[] = [];
  if (s.pos === s.end) return { name, size, type, hashes };
  do {
    const at = s.pos;
    const word = scanSdpToken(s, 'selector');
    if (word === undefined) return undefined;
    if (!s.take(COLON)) return s.unexpected('selector', CLAUSE, ':');
    const key = asciiLower(word);
    const twice = (key === 'name' && name !== undefined) || (key === 'size' && size !== undefined);
    if (twice || (key === 'type' && type !== undefined)) {
      return s.fail('duplicate', 'selector', CLAUSE, `one ${key} selector`, at);
    }
    if (key === 'name') name = scanQuoted(s, 'filename-string');
    else if (key === 'size') size = scanInteger(s, 'filesize-value', CLAUSE);
    else if (key === 'type') type = scanType(s);
    else if (key !== 'hash') return s.fail('syntax', 'selector', CLAUSE, 'name, size, type or hash', at);
    else if (hashes.length === s.limits.params) {
      return s.fail('limit', 'selector', CLAUSE, `at most ${s.limits.params} hashes`);
    } else {
      const hash = scanHash(s, COLON, 'hash-selector', CLAUSE);
      if (hash !== undefined) hashes.push(hash);
    }
    if (s.error !== undefined) return undefined;
  } while (s.take(0x20));
  return { name, size, type, hashes };
}

/** DQUOTE filename-string DQUOTE */
function scanQuoted(s: Scanner, rule: string): string | undefined {
  const { pos } = s;
  if (!s.take(QUOTE)) return s.unexpected(rule, CLAUSE, '"');
  const text = scanEscaped(s, FILENAME_CHAR, s.nonAscii, rule, CLAUSE);
  if (text === undefined) return undefined;
  if (s.take(QUOTE)) return text;
  return s.pos === s.end ? s.fail('unterminated', rule, CLAUSE, '"', pos) : s.unexpected(rule, CLAUSE);
}

function scanType(s: Scanner): MediaType | undefined {
  const type = scanSdpToken(s, 'type');
  if (type === undefined) return undefined;
  if (!s.take(0x2f)) return s.unexpected('filetype-selector', CLAUSE, '/');
  const subtype = scanSdpToken(s, 'subtype');
  if (subtype === undefined) return undefined;
  const params: Param[] = [];
  while (s.take(0x3b)) {
    if (params.length === s.limits.params) {
      return s.fail('limit', 'ft-parameter', CLAUSE, `at most ${s.limits.params} parameters`);
    }
    const name = scanSdpToken(s, 'ft-parameter');
    if (name === undefined) return undefined;
    if (!s.take(0x3d)) return s.unexpected('ft-parameter', CLAUSE, '=');
    const value = scanQuoted(s, 'value-string');
    if (value === undefined) return undefined;
    params.push({ name, value, quoted: true });
  }
  return { type, subtype, params };
}

function format({ name, size, type, hashes }: FileSelector): string {
  const selectors: string[] = [];
  if (name !== undefined) selectors.push(`name:${quoted(name, 'name')}`);
  if (type !== undefined) selectors.push(`type:${formatType(type)}`);
  if (size !== undefined) selectors.push(`size:${formatInteger(size, 'size', CLAUSE)}`);
  hashes.forEach((hash, i) => {
    selectors.push(`hash:${formatHash(hash, ':', `hashes[${i}]`, CLAUSE)}`);
  });
  return selectors.join(' ');
}

function formatType({ type, subtype, params }: MediaType): string {
  let text = `${sdpToken(type, 'type.type')}/${sdpToken(subtype, 'type.subtype')}`;
  for (const [i, { name, value }] of params.entries()) {
    const path = `type.params[${i}]`;
    if (value === undefined) throw new EncodeError('a parameter without a value', `${path}.value`, CLAUSE);
    text += `;${sdpToken(name, `${path}.name`)}=${quoted(value, `${path}.value`)}`;
  }
  return text;
}

/** With all that a filename-string may not hold as escapes. */
function quoted(text: string, path: string): string {
  if (typeof text !== 'string' || text === '') throw new EncodeError('no text, or none at all', path, CLAUSE);
  const escaped = wellFormed(text, path, CLAUSE).replace(
    /[\0\r\n"%]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
  return `"${escaped}"`;
}
