/*
 *   NAMECHAR    =  any US-ASCII character except ".", CTLs and SEPARATORS                      RFC 3862 3.6
 *   TOKENCHAR   =  NAMECHAR / "." / UCS-high
 *   Str-char    =  %x20-21 / %x23-5B / %x5D-7E / UCS-high
 *   HEADERCHAR  =  UCS-no-CTL / Escape
 *
 * Character classes of CPIM, as bits over the 256 octets; what stands outside ASCII is asked for by name.
 */
export const NAMECHAR = 1;
export const TOKENCHAR = 2;
/** Printable ASCII and SP, without backslash. */
export const PLAIN = 4;
export const LETTER = 8;
export const LETTER_OR_DIGIT = 16;

export const CPIM_CLASS: Uint8Array = /* @__PURE__ */ classes();

function classes(): Uint8Array {
  const table = new Uint8Array(256);
  const separators = '()<>@,;:\\"/[]?={} ';
  for (let code = 0x20; code < 0x7f; code++) {
    let bits = code === 0x5c ? 0 : PLAIN;
    const character = String.fromCharCode(code);
    if (!separators.includes(character)) bits |= character === '.' ? TOKENCHAR : NAMECHAR | TOKENCHAR;
    const letter = (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;
    if (letter) bits |= LETTER;
    if (letter || (code >= 0x30 && code <= 0x39)) bits |= LETTER_OR_DIGIT;
    table[code] = bits;
  }
  return table;
}

/** Whether the text has at least one character and all are of the classes in `mask`. */
export function allOfClass(text: string, mask: number): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x7f || ((CPIM_CLASS[code] as number) & mask) === 0) return false;
  }
  return text !== '';
}
