/*
 *   percent-encoded  =  "%" HEXDIG HEXDIG                                                   RFC 5547 6, RFC 3986 2.1
 *
 * Text with octets written as %HH. Those that stand together are UTF-8.
 */
import { CLASS, HEX } from '../core/chars.ts';
import type { ClauseId } from '../core/error.ts';
import { utf8 } from '../core/octets.ts';
import type { Scanner } from '../core/scanner.ts';
import { SDP_CLASS } from './chars.ts';

const PERCENT = 0x25;

/** Characters of the class, of `nonAscii` code and %-escapes, resolved; at least one. */
export function scanEscaped(
  s: Scanner,
  mask: number,
  nonAscii: number,
  rule: string,
  clause: ClauseId,
): string | undefined {
  const { codes, end, pos } = s;
  let text = '';
  let from = pos;
  let p = pos;
  while (p < end) {
    const code = codes[p] as number;
    if (((SDP_CLASS[code] as number) & mask) !== 0 || code === nonAscii) p++;
    else if (code === PERCENT) {
      const to = escapesEnd(s, p);
      const decoded = to < 0 ? undefined : utf8(unescaped(s, p, to));
      if (decoded === undefined) return s.fail('escape', rule, clause, '% and two hex digits, UTF-8 together', p);
      text += s.text.slice(from, p) + decoded;
      p = to;
      from = to;
    } else break;
  }
  s.pos = p;
  return p === pos ? s.unexpected(rule, clause) : text + s.text.slice(from, p);
}

/** Where the escapes that begin here end; -1 where one of them is none. */
function escapesEnd({ codes, end }: Scanner, from: number): number {
  let p = from;
  for (; p < end && codes[p] === PERCENT; p += 3) {
    if (p + 2 >= end || !isHex(codes[p + 1] as number) || !isHex(codes[p + 2] as number)) return -1;
  }
  return p;
}

function isHex(code: number): boolean {
  return ((CLASS[code] as number) & HEX) !== 0;
}

function unescaped({ codes }: Scanner, from: number, to: number): Uint8Array {
  const octets = new Uint8Array((to - from) / 3);
  for (let i = 0, p = from; p < to; i++, p += 3) {
    octets[i] = (hexValue(codes[p + 1] as number) << 4) | hexValue(codes[p + 2] as number);
  }
  return octets;
}

function hexValue(code: number): number {
  return (code & 15) + (code > 0x39 ? 9 : 0);
}
