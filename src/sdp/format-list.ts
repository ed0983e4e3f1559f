/*
 *   accept-types  =  accept-types-label ":" format-list                                     RFC 4975 8.6
 *   format-list   =  format-entry *( SP format-entry)
 *   format-entry  =  ( ( (type "/" subtype) / (type "/" "*") ) *( ";" type-param ) ) / ("*")
 *   type-param    =  parm-attribute "=" parm-value           parm-value  =  token / quoted-string
 *   quoted-string =  DQUOTE *(qdtext / qd-esc) DQUOTE        no control octets, RFC 4975 9
 */
import { textCodec } from '../core/codec.ts';
import { type ClauseId, EncodeError } from '../core/error.ts';
import type { Param } from '../core/params.ts';
import { scanQuotedString } from '../core/scan.ts';
import type { Scanner } from '../core/scanner.ts';
import { sameText } from '../core/text.ts';
import { quote } from '../core/write.ts';
import type { SdpCodec } from './access.ts';
import { isSdpToken, scanSdpToken, sdpToken } from './chars.ts';

const CLAUSE: ClauseId = 'RFC4975-8.6';

/** A media type that is accepted: `message/cpim`, `text/*`, `*`. */
export interface FormatEntry {
  /** As spelt; compares without case. `*` without a subtype is any type. */
  readonly type: string;
  readonly subtype: string | undefined;
  readonly params: readonly Param[];
}

/** What an endpoint accepts as the content of a message. */
export const acceptTypes: SdpCodec<readonly FormatEntry[]> = /* @__PURE__ */ formatList('accept-types');

/** What it accepts inside a wrapper besides. */
export const acceptWrappedTypes: SdpCodec<readonly FormatEntry[]> = /* @__PURE__ */ formatList('accept-wrapped-types');

function formatList(name: string): SdpCodec<readonly FormatEntry[]> {
  return textCodec<readonly FormatEntry[]>({ name, rule: 'format-list', clause: CLAUSE, scan, format });
}

const NO_PARAMS: readonly Param[] = Object.freeze([]);

function scan(s: Scanner): readonly FormatEntry[] | undefined {
  const entries: FormatEntry[] = [];
  do {
    if (entries.length === s.limits.params) {
      return s.fail('limit', 'format-list', CLAUSE, `at most ${s.limits.params} types`);
    }
    const entry = scanEntry(s);
    if (entry === undefined) return undefined;
    entries.push(entry);
  } while (s.take(0x20));
  return entries;
}

function scanEntry(s: Scanner): FormatEntry | undefined {
  const type = scanSdpToken(s, 'format-entry');
  if (type === undefined) return undefined;
  if (!s.take(0x2f)) {
    return type === '*' ? { type, subtype: undefined, params: NO_PARAMS } : s.unexpected('format-entry', CLAUSE, '/');
  }
  const subtype = scanSdpToken(s, 'subtype');
  if (subtype === undefined) return undefined;
  const params = s.peek() === 0x3b ? scanParams(s) : NO_PARAMS;
  return params === undefined ? undefined : { type, subtype, params };
}

function scanParams(s: Scanner): readonly Param[] | undefined {
  const params: Param[] = [];
  while (s.take(0x3b)) {
    if (params.length === s.limits.params) {
      return s.fail('limit', 'type-param', CLAUSE, `at most ${s.limits.params} parameters`);
    }
    const name = scanSdpToken(s, 'parm-attribute');
    if (name === undefined) return undefined;
    if (!s.take(0x3d)) return s.unexpected('type-param', CLAUSE, '=');
    const quoted = s.peek() === 0x22;
    const at = s.pos;
    const value = quoted ? scanQuotedString(s) : scanSdpToken(s, 'parm-value');
    if (value === undefined) return undefined;
    if (quoted && !isPrintable(value)) return s.fail('control', 'quoted-string', CLAUSE, 'no control octet', at);
    params.push({ name, value, quoted: quoted ? true : undefined });
  }
  return params;
}

/** Whether no character is a control octet but HTAB. */
function isPrintable(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if ((code < 0x20 && code !== 0x09) || code === 0x7f) return false;
  }
  return true;
}

function format(entries: readonly FormatEntry[]): string {
  if (entries.length === 0) throw new EncodeError('at least one type', '', CLAUSE);
  return entries.map(formatEntry).join(' ');
}

function formatEntry({ type, subtype, params }: FormatEntry, i: number): string {
  if (subtype === undefined) {
    if (type === '*' && params.length === 0) return type;
    throw new EncodeError('"*" alone has no subtype', `[${i}]`, CLAUSE);
  }
  let text = `${sdpToken(type, `[${i}].type`)}/${sdpToken(subtype, `[${i}].subtype`)}`;
  for (const [k, { name, value, quoted }] of params.entries()) {
    const at = `[${i}].params[${k}]`;
    if (typeof value !== 'string' || !isPrintable(value)) throw new EncodeError('no text', `${at}.value`, CLAUSE);
    const bare = quoted !== true && isSdpToken(value);
    text += `;${sdpToken(name, `${at}.name`)}=${bare ? value : quote(value, `${at}.value`, CLAUSE)}`;
  }
  return text;
}

/**
 * What both lists accept, in the order of `own`, the narrower entry of each pair. Parameters count for nothing where one
 * of two entries has none (RFC 4975 8.6).
 */
export function commonFormats(own: readonly FormatEntry[], other: readonly FormatEntry[]): readonly FormatEntry[] {
  const common: FormatEntry[] = [];
  for (const entry of own) {
    for (const offered of other) {
      const narrower = covers(offered, entry) ? entry : covers(entry, offered) ? offered : undefined;
      if (narrower !== undefined && !common.includes(narrower)) common.push(narrower);
    }
  }
  return common.filter((entry, i) => !common.some((wider, k) => k !== i && isWildcard(wider) && covers(wider, entry)));
}

function isWildcard({ type, subtype }: FormatEntry): boolean {
  return type === '*' || subtype === '*';
}

/** Whether all that the second entry accepts is accepted by the first one. */
function covers(wide: FormatEntry, narrow: FormatEntry): boolean {
  if (wide.type === '*') return true;
  if (narrow.subtype === undefined || wide.subtype === undefined || !sameText(wide.type, narrow.type)) return false;
  return wide.subtype === '*' || sameText(wide.subtype, narrow.subtype);
}
