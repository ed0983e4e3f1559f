/*
 *   token-char     =  %x21 / %x23-27 / %x2A-2B / %x2D-2E / %x30-39 / %x41-5A / %x5E-7E          RFC 4566 9
 *   non-ws-string  =  1*(VCHAR / %x80-FF)
 *
 * Character classes of SDP, as bits over the 256 octets; what stands outside ASCII is asked for by name.
 */
import { EncodeError } from '../core/error.ts';
import type { Scanner } from '../core/scanner.ts';

/** token-char: also the token of RFC 4975 9 and of RFC 2045 5.1. */
export const TOKEN_CHAR = 1;
export const VISIBLE = 2;
/** DIGIT and the letters A to F: each byte of a hash in upper case. */
export const UPPER_HEX = 4;
/** filename-char of RFC 5547 6: any octet except NUL, CR, LF, double quote and percent. */
export const FILENAME_CHAR = 8;
/** pchar of RFC 3986 3.3 without its escapes. */
export const PCHAR = 16;

export const SDP_CLASS: Uint8Array = /* @__PURE__ */ classes();

function classes(): Uint8Array {
  const table = new Uint8Array(256);
  for (let code = 0x01; code < 0x80; code++) {
    const character = String.fromCharCode(code);
    let bits = '\r\n"%'.includes(character) ? 0 : FILENAME_CHAR;
    if (code > 0x20 && code < 0x7f) bits |= VISIBLE;
    if ((bits & VISIBLE) !== 0 && !'"(),/:;<=>?@[\\]'.includes(character)) bits |= TOKEN_CHAR;
    if ('0123456789ABCDEF'.includes(character)) bits |= UPPER_HEX;
    if (/[-A-Za-z0-9._~!$&'()*+,;=:@]/.test(character)) bits |= PCHAR;
    table[code] = bits;
  }
  return table;
}

/** 1*token-char; `undefined` with the error set where none stands here. */
export function scanSdpToken(s: Scanner, rule: string): string | undefined {
  const { codes, end, pos } = s;
  let p = pos;
  while (p < end && ((SDP_CLASS[codes[p] as number] as number) & TOKEN_CHAR) !== 0) p++;
  s.pos = p;
  return p === pos ? s.unexpected(rule, 'RFC4566-9') : s.text.slice(pos, p);
}

/** non-ws-string; `undefined` with the error set where none stands here. */
export function scanNonWs(s: Scanner, rule: string): string | undefined {
  const { codes, end, pos } = s;
  let p = pos;
  while (p < end && (((SDP_CLASS[codes[p] as number] as number) & VISIBLE) !== 0 || codes[p] === s.nonAscii)) p++;
  s.pos = p;
  return p === pos ? s.unexpected(rule, 'RFC4566-9') : s.text.slice(pos, p);
}

/** The text if it is a token. Throws EncodeError. */
export function sdpToken(text: string, path: string): string {
  if (isSdpToken(text)) return text;
  throw new EncodeError(`${JSON.stringify(text)} is no token`, path, 'RFC4566-9');
}

export function isSdpToken(text: string): boolean {
  if (typeof text !== 'string' || text === '') return false; // from callers without types
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x7f || ((SDP_CLASS[code] as number) & TOKEN_CHAR) === 0) return false;
  }
  return true;
}

/** The text if it has neither blanks nor control characters, and is not empty. Throws EncodeError. */
export function nonWs(text: string, path: string): string {
  if (typeof text === 'string' && text !== '' && text.isWellFormed()) {
    let p = 0;
    while (p < text.length && (text.charCodeAt(p) > 0x7f || isVisible(text.charCodeAt(p)))) p++;
    if (p === text.length) return text;
  }
  throw new EncodeError(`${JSON.stringify(text)} is no word without blanks`, path, 'RFC4566-9');
}

function isVisible(code: number): boolean {
  return ((SDP_CLASS[code] as number) & VISIBLE) !== 0;
}
