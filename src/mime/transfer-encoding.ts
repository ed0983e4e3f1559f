/*
 *   encoding          =  "Content-Transfer-Encoding" ":" mechanism                              RFC 2045 6.1
 *   mechanism         =  "7bit" / "8bit" / "binary" / "quoted-printable" / "base64" / ietf-token / x-token
 *   quoted-printable  =  qp-line *(CRLF qp-line)                                                RFC 2045 6.7
 *   qp-line           =  *(qp-segment transport-padding CRLF) qp-part transport-padding
 *   hex-octet         =  "=" 2(DIGIT / "A" / "B" / "C" / "D" / "E" / "F")
 *
 * Bodies keep their encoding; it is undone on demand. The length of lines, which concerns mail on its way, is not
 * looked at, and what decoders may make of illegal octets is not made: they are refused.
 */
import { CLASS, VCHAR } from '../core/chars.ts';
import { type FieldCodec, fieldCodec } from '../core/codec.ts';
import { type ClauseId, EncodeError, type ErrorCode } from '../core/error.ts';
import type { ParseOptions } from '../core/options.ts';
import { type Note, ok, type Result, refuse } from '../core/result.ts';
import { open, type Scanner } from '../core/scanner.ts';
import { asciiLower } from '../core/text.ts';
import { getMime, type Part } from './fields.ts';

const MECHANISM: ClauseId = 'RFC2045-6.1';
const QUOTED_PRINTABLE: ClauseId = 'RFC2045-6.7';
const BASE64: ClauseId = 'RFC2045-6.8';
const TSPECIALS = '()<>@,;:\\"/[]?=';

/** The mechanism as spelt; it compares without case. */
export const contentTransferEncoding: FieldCodec<string> = /* @__PURE__ */ fieldCodec<string>({
  name: 'Content-Transfer-Encoding',
  rule: 'mechanism',
  clause: MECHANISM,
  scan,
  format(value) {
    const s = open(value, 'mechanism', MECHANISM, undefined);
    if (s.error === undefined && scan(s) !== undefined && s.pos === s.end) return value;
    throw new EncodeError(`${JSON.stringify(value)} is no mechanism`, 'Content-Transfer-Encoding', MECHANISM);
  },
});

function scan(s: Scanner): string | undefined {
  const { codes, end, pos, text } = s;
  let p = pos;
  while (p < end && ((CLASS[codes[p] as number] as number) & VCHAR) !== 0 && !TSPECIALS.includes(text[p] as string))
    p++;
  s.pos = p;
  return p === pos ? s.unexpected('mechanism', MECHANISM) : text.slice(pos, p);
}

/**
 * The body of a part without its transfer encoding: a view where there is none (7bit, 8bit, binary), else new octets.
 * Refused where the encoding is unknown or its rules are broken. The tolerance `bare-lf` lets lines end in LF.
 */
export function decodeTransfer(part: Part, options?: ParseOptions): Result<Uint8Array> {
  const mechanism = getMime(part, contentTransferEncoding, options);
  if (mechanism !== undefined && !mechanism.ok) return mechanism;
  const lenient = options?.tolerances?.includes('bare-lf') === true;
  switch (asciiLower(mechanism?.value ?? '7bit')) {
    case '7bit':
    case '8bit':
    case 'binary':
      return ok(part.body);
    case 'base64':
      return decodeBase64(part.body, lenient);
    case 'quoted-printable':
      return decodeQuotedPrintable(part.body, lenient);
    default:
      return broken('unsupported', 'mechanism', MECHANISM, 0, 'base64 or quoted-printable');
  }
}

function broken(code: ErrorCode, rule: string, clause: ClauseId, offset: number, expected: string): Result<never> {
  return refuse({ code, rule, clause, offset, expected });
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const NO_VALUE = 0xff;
const VALUES = /* @__PURE__ */ new Uint8Array(256).fill(NO_VALUE);
for (let i = 0; i < 64; i++) VALUES[ALPHABET.charCodeAt(i)] = i;

function decodeBase64(octets: Uint8Array, lenient: boolean): Result<Uint8Array> {
  const out = new Uint8Array(((octets.length + 3) >> 2) * 3);
  let length = 0;
  let bits = 0;
  let count = 0; // digits of the group so far
  let padding = 0;
  const notes: Note[] = [];
  for (let p = 0; p < octets.length; p++) {
    const octet = octets[p] as number;
    const value = VALUES[octet] as number;
    if (value !== NO_VALUE && padding === 0) {
      bits = ((bits << 6) | value) & 0xffffff;
      if (++count < 4) continue;
      out[length++] = bits >> 16;
      out[length++] = (bits >> 8) & 0xff;
      out[length++] = bits & 0xff;
      count = 0;
    } else if (octet === 0x3d && (count > 1 || padding > 0) && count + padding < 4) padding++;
    else if (octet === 0x0d && octets[p + 1] === 0x0a) p++;
    else if (octet !== 0x0a) return broken('syntax', 'base64', BASE64, p, padding > 0 ? 'the end' : 'a digit');
    else if (lenient) notes.push({ tolerance: 'bare-lf', clause: BASE64, offset: p });
    else return broken('bare-lf', 'base64', BASE64, p, 'CRLF');
  }
  if (count + padding !== 0 && count + padding !== 4) {
    return broken('truncated', 'base64', BASE64, octets.length, 'four digits');
  }
  if (count > 1) {
    const unused = count === 2 ? 0xf : 0x3;
    if ((bits & unused) !== 0)
      return broken('range', 'base64', BASE64, octets.length, 'zero in the bits that are left');
    if (count === 2) out[length++] = (bits >> 4) & 0xff;
    else {
      out[length++] = (bits >> 10) & 0xff;
      out[length++] = (bits >> 2) & 0xff;
    }
  }
  return ok(out.subarray(0, length), notes);
}

function decodeQuotedPrintable(octets: Uint8Array, lenient: boolean): Result<Uint8Array> {
  const out = new Uint8Array(octets.length);
  let length = 0;
  let solid = 0; // octets written up to the last one that is no blank: those behind it go if the line ends
  const notes: Note[] = [];
  for (let p = 0; p < octets.length; p++) {
    const octet = octets[p] as number;
    if (octet === 0x3d) {
      const high = hexValue(octets[p + 1]);
      const low = hexValue(octets[p + 2]);
      if (high >= 0 && low >= 0) {
        out[length++] = (high << 4) | low;
        p += 2;
      } else {
        const next = softBreakEnd(octets, p + 1, lenient);
        if (next < 0) return broken('escape', 'hex-octet', QUOTED_PRINTABLE, p, '= and two of 0-9, A-F, or a line end');
        if (octets[next - 2] !== 0x0d) notes.push({ tolerance: 'bare-lf', clause: QUOTED_PRINTABLE, offset: next - 1 });
        p = next - 1;
      }
      solid = length;
    } else if (octet === 0x20 || octet === 0x09) out[length++] = octet;
    else if (octet === 0x0d || octet === 0x0a) {
      const crlf = octet === 0x0d && octets[p + 1] === 0x0a;
      if (octet === 0x0d && !crlf) return broken('control', 'qp-line', QUOTED_PRINTABLE, p, 'CRLF');
      if (!crlf && !lenient) return broken('bare-lf', 'qp-line', QUOTED_PRINTABLE, p, 'CRLF');
      if (!crlf) notes.push({ tolerance: 'bare-lf', clause: QUOTED_PRINTABLE, offset: p });
      length = solid;
      out[length++] = 0x0d;
      out[length++] = 0x0a;
      solid = length;
      if (crlf) p++;
    } else if (octet < 0x20 || octet > 0x7e) {
      return broken(
        octet > 0x7f ? 'syntax' : 'control',
        'safe-char',
        QUOTED_PRINTABLE,
        p,
        'a printable ASCII character',
      );
    } else {
      out[length++] = octet;
      solid = length;
    }
  }
  return ok(out.subarray(0, solid), notes);
}

/** Behind the line end that a soft line break has behind blanks; -1 where there is none. */
function softBreakEnd(octets: Uint8Array, from: number, lenient: boolean): number {
  let p = from;
  while (octets[p] === 0x20 || octets[p] === 0x09) p++;
  if (octets[p] === 0x0d && octets[p + 1] === 0x0a) return p + 2;
  return lenient && octets[p] === 0x0a ? p + 1 : -1;
}

/** Upper case alone is legal (RFC 2045 6.7). */
function hexValue(octet: number | undefined): number {
  if (octet === undefined) return -1;
  if (octet >= 0x30 && octet <= 0x39) return octet - 0x30;
  return octet >= 0x41 && octet <= 0x46 ? octet - 0x37 : -1;
}
