/*
 *   unreserved  =  ALPHA / DIGIT / "-" / "." / "_" / "~"                             RFC 3986 2.3
 *   sub-delims  =  "!" / "$" / "&" / "'" / "(" / ")" / "*" / "+" / "," / ";" / "="
 *   ident-char  =  ALPHANUM / "." / "-" / "+" / "%" / "="                            RFC 4975 9
 *   token       =  1*(%x21 / %x23-27 / %x2A-2B / %x2D-2E / %x30-39 / %x41-5A / %x5E-7E)
 *
 * Character classes of MSRP as bits over the octets; a code of 0x80 and above has none.
 */
import { ALPHA, CLASS, DIGIT } from '../core/chars.ts';

export const ALPHANUM: number = 1;
export const IDENT: number = 2;
/** unreserved / "+" / "=" / "/" */
export const SESSION_ID: number = 4;
/** reg-name without its ";", which would be told from no parameter; "%" starts an escape and is none. */
export const REG_NAME: number = 8;
/** unreserved / sub-delims / ":" */
export const USERINFO: number = 16;
export const MSRP_TOKEN: number = 32;
/** SP / HTAB / %x21-7E */
export const TEXT: number = 64;

export const MSRP_CLASS: Uint8Array = /* @__PURE__ */ classes();

function classes(): Uint8Array {
  const table = new Uint8Array(256);
  const add = (bits: number, characters: string): void => {
    for (let i = 0; i < characters.length; i++) {
      const code = characters.charCodeAt(i);
      table[code] = (table[code] as number) | bits;
    }
  };
  for (let code = 0; code < 128; code++) {
    if (((CLASS[code] as number) & (ALPHA | DIGIT)) === 0) continue;
    table[code] = ALPHANUM | IDENT | SESSION_ID | REG_NAME | USERINFO | MSRP_TOKEN;
  }
  add(IDENT, '.-+%=');
  add(SESSION_ID, '-._~+=/');
  add(REG_NAME, "-._~!$&'()*+,=");
  add(USERINFO, "-._~!$&'()*+,=;:");
  add(MSRP_TOKEN, "!#$%&'*+-.^_`{|}~");
  for (let code = 0x20; code < 0x7f; code++) table[code] = (table[code] as number) | TEXT;
  add(TEXT, '\t');
  return table;
}

/** Whether the octet belongs to one of the classes in `mask`. */
export function isMsrp(octet: number | undefined, mask: number): boolean {
  return octet !== undefined && ((MSRP_CLASS[octet] as number) & mask) !== 0;
}

/** Whether the text has at least one character and all are of the classes in `mask`. */
export function allMsrp(text: string, mask: number): boolean {
  if (typeof text !== 'string') return false; // from callers without types
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127 || ((MSRP_CLASS[code] as number) & mask) === 0) return false;
  }
  return text.length > 0;
}
