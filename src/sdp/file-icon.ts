/*
 *   file-icon-attr  =  "file-icon:" cid-url                                                 RFC 5547 6
 *   cid-url         =  "cid" ":" content-id          an addr-spec in URL encoding           RFC 2392 2
 *   pchar           =  unreserved / pct-encoded / sub-delims / ":" / "@"                    RFC 3986 3.3
 */
import { textCodec } from '../core/codec.ts';
import { type ClauseId, EncodeError } from '../core/error.ts';
import { wellFormed } from '../core/write.ts';
import type { SdpCodec } from './access.ts';
import { PCHAR } from './chars.ts';
import { scanEscaped } from './escape.ts';

const CLAUSE: ClauseId = 'RFC5547-6';
const URL: ClauseId = 'RFC2392-2';
const SCHEME = /^cid:$/i;

/** The Content-ID of the body part that is a file's icon, without brackets and %-escapes. */
export const fileIcon: SdpCodec<string> = /* @__PURE__ */ textCodec<string>({
  name: 'file-icon',
  rule: 'file-icon-attr',
  clause: CLAUSE,
  scan(s) {
    const { pos } = s;
    if (!SCHEME.test(s.text.slice(pos, Math.min(pos + 4, s.end)))) return s.unexpected('cid-url', URL, 'cid:');
    s.pos = pos + 4;
    const id = scanEscaped(s, PCHAR, -1, 'content-id', URL);
    if (id === undefined) return undefined;
    const at = s.text.indexOf('@', pos + 5);
    return at < 0 || at > s.pos - 2 ? s.fail('syntax', 'content-id', URL, '@ between two parts', pos + 4) : id;
  },
  format(id) {
    const at = id.indexOf('@', 1);
    if (at < 0 || at === id.length - 1) throw new EncodeError('no id-left@id-right', '', URL);
    return `cid:${wellFormed(id, '', URL).replace(/[^-A-Za-z0-9._~!$&'()*+,;=:@]/gu, (text) => encodeURIComponent(text))}`;
  },
});
