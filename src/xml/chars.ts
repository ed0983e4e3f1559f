/*
 * Characters of XML 1.0 (fifth edition) as classes over the 256 octets, and the few rules that need characters.
 *
 *   Char           ::=  #x9 | #xA | #xD | [#x20-#xD7FF] | [#xE000-#xFFFD] | [#x10000-#x10FFFF]           XML 2.2
 *   S              ::=  (#x20 | #x9 | #xD | #xA)+                                                        XML 2.3
 *   NameStartChar  ::=  ":" | [A-Z] | "_" | [a-z] | [#xC0-#xD6] | ...                                    XML 2.3
 *   NCName         ::=  Name - (Char* ':' Char*)                                                         XML Names 3
 */

/** What a name may hold after its beginning, the colon included, and every octet above 0x7f. */
export const NAME = 1;
/** S */
export const BLANK = 2;
/** What stands for itself in character data: not "<", "&", nor "]", which may begin "]]>". */
export const TEXT = 4;
/** What stands for itself in a quoted attribute value: no quote, no "<", no "&", no blank but the space. */
export const VALUE = 8;

export const XML_CLASS: Uint8Array = /* @__PURE__ */ classes();

function classes(): Uint8Array {
  const table = new Uint8Array(256);
  for (let code = 0x20; code < 0x80; code++) table[code] = TEXT | VALUE;
  for (const code of [0x09, 0x0a, 0x0d]) table[code] = TEXT | BLANK;
  table[0x20] = TEXT | VALUE | BLANK;
  for (let code = 0x80; code < 0x100; code++) table[code] = NAME;
  for (const name of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._:') {
    table[name.charCodeAt(0)] = TEXT | VALUE | NAME;
  }
  for (const quote of [0x22, 0x27]) table[quote] = TEXT;
  for (const special of [0x26, 0x3c]) table[special] = 0;
  table[0x5d] = VALUE;
  return table;
}

const START =
  'A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D\\u2070-\\u218F' +
  '\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}';
const NC_NAME = /* @__PURE__ */ new RegExp(`^[${START}][${START}\\-.0-9\\u00B7\\u0300-\\u036F\\u203F\\u2040]*$`, 'u');

/** Whether the text is a name without a colon. */
export function isNcName(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0x80) return NC_NAME.test(text);
    if (((XML_CLASS[code] as number) & NAME) === 0 || code === 0x3a) return false;
  }
  // Digits, "-" and ".", with which no name begins, come before all others.
  return text.charCodeAt(0) >= 0x41;
}

/** Whether XML 1.0 can carry the character at all, as itself or by reference. */
export function isChar(code: number): boolean {
  if (code < 0x20) return code === 0x09 || code === 0x0a || code === 0x0d;
  return code < 0xd800 || (code > 0xdfff && code < 0xfffe) || (code > 0xffff && code <= 0x10ffff);
}
