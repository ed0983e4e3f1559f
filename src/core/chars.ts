/**
 * Character classes as one table of bits over the 256 octets. A code of 0x80 and above stands for a character
 * outside ASCII; which rules admit those is said where the class is used (`UTF8-NONASCII`).
 */
export const CLASS: Int32Array = new Int32Array(256);

export const DIGIT = 1;
export const ALPHA: number = 1 << 1;
export const HEX: number = 1 << 2;
/** token = 1*(alphanum / "-" / "." / "!" / "%" / "*" / "_" / "+" / "`" / "'" / "~"), RFC 3261 25.1 */
export const TOKEN: number = 1 << 3;
/** word, of which a Call-ID is made: token characters and ( ) < > : \ " / [ ] ? { }, RFC 3261 25.1 */
export const WORD: number = 1 << 4;
/** unreserved / user-unreserved; "%" starts an escape and is none of them */
export const USER: number = 1 << 6;
/** unreserved / "&" / "=" / "+" / "$" / "," */
export const PASSWORD: number = 1 << 7;
/** param-unreserved / unreserved */
export const URI_PARAM: number = 1 << 8;
/** hnv-unreserved / unreserved */
export const URI_HEADER: number = 1 << 9;
/** SP and HTAB */
export const WSP: number = 1 << 10;
/** qdtext without LWS: %x21 / %x23-5B / %x5D-7E */
export const QDTEXT: number = 1 << 11;
/** ctext without LWS: %x21-27 / %x2A-5B / %x5D-7E */
export const CTEXT: number = 1 << 12;
/** what may follow a backslash: %x00-09 / %x0B-0C / %x0E-7F */
export const QUOTED_PAIR: number = 1 << 13;
/** ALPHA / DIGIT / "+" / "-" / ".", RFC 3261 25.1 scheme */
export const SCHEME: number = 1 << 14;
/** uric = reserved / unreserved, without "%" and with the brackets of RFC 2732 left out, RFC 3261 25.1 */
export const URIC: number = 1 << 15;
/** token-nobang of RFC 3840 9: token without "!" */
export const TOKEN_NOBANG: number = 1 << 16;
/** ftag-name after its first letter: ALPHA / DIGIT / "!" / "'" / "." / "-" / "%", RFC 3840 9 */
export const FTAG: number = 1 << 17;
/** VCHAR, %x21-7E */
export const VCHAR: number = 1 << 18;
/** paramchar of RFC 3966 3: param-unreserved / unreserved */
export const TEL_PARAM: number = 1 << 19;

/** alphanum / "-": what a domainlabel is made of, RFC 3261 25.1 */
export const LABEL: number = 1 << 20;

function add(bit: number, characters: string): void {
  for (let i = 0; i < characters.length; i++) {
    const code = characters.charCodeAt(i);
    CLASS[code] = (CLASS[code] as number) | bit;
  }
}

function addRange(bit: number, from: number, to: number): void {
  for (let code = from; code <= to; code++) CLASS[code] = (CLASS[code] as number) | bit;
}

const DIGITS = '0123456789';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const ALPHANUM = LETTERS + DIGITS;
const UNRESERVED = `${ALPHANUM}-_.!~*'()`;

add(DIGIT, DIGITS);
add(ALPHA, LETTERS);
add(HEX, `${DIGITS}ABCDEFabcdef`);
add(TOKEN, `${ALPHANUM}-.!%*_+\`'~`);
add(TOKEN_NOBANG, `${ALPHANUM}-.%*_+\`'~`);
add(WORD, `${ALPHANUM}-.!%*_+\`'~()<>:\\"/[]?{}`);
add(USER, `${UNRESERVED}&=+$,;?/`);
add(PASSWORD, `${UNRESERVED}&=+$,`);
add(URI_PARAM, `${UNRESERVED}[]/:&+$`);
add(URI_HEADER, `${UNRESERVED}[]/?:+$`);
add(TEL_PARAM, `${UNRESERVED}[]/:&+$`);
add(WSP, ' \t');
add(SCHEME, `${ALPHANUM}+-.`);
add(URIC, `${UNRESERVED};/?:@&=+$,`);
add(LABEL, `${ALPHANUM}-`);
add(FTAG, `${ALPHANUM}!'.-%`);
addRange(QDTEXT, 0x21, 0x7e);
addRange(CTEXT, 0x21, 0x7e);
addRange(VCHAR, 0x21, 0x7e);
for (const code of [0x22, 0x5c]) CLASS[code] = (CLASS[code] as number) & ~QDTEXT;
for (const code of [0x28, 0x29, 0x5c]) CLASS[code] = (CLASS[code] as number) & ~CTEXT;
addRange(QUOTED_PAIR, 0x00, 0x7f);
for (const code of [0x0a, 0x0d]) CLASS[code] = (CLASS[code] as number) & ~QUOTED_PAIR;

/** Whether the code belongs to one of the classes in `mask`; codes above 255 belong to none. */
export function isClass(code: number, mask: number): boolean {
  return code < 256 && ((CLASS[code] as number) & mask) !== 0;
}

/** Where the run of characters of the classes in `mask` ends that begins at `from` and may reach `to`. */
export function runEnd(codes: Uint8Array, from: number, to: number, mask: number): number {
  let p = from;
  while (p < to && ((CLASS[codes[p] as number] as number) & mask) !== 0) p++;
  return p;
}

/** Whether every character of the text belongs to `mask`, and there is at least one. */
export function allOf(text: string, mask: number): boolean {
  if (typeof text !== 'string') return false; // from callers without types
  const length = text.length;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127 || ((CLASS[code] as number) & mask) === 0) return false;
  }
  return length !== 0;
}
