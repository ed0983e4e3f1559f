import { CLASS, TOKEN, VCHAR, WSP } from './chars.ts';
import { type ClauseId, EncodeError } from './error.ts';
import { conversions } from './octets.ts';
import { notText, token, wellFormed } from './write.ts';

/** What is longer is let go when its writing is over: one great value shall not hold its room for ever. */
const KEPT = 65_536;

/**
 * Where values are written: the mirror of the Scanner. Octets go straight to their place and are checked on their way,
 * so that no text is put together from pieces only to be taken apart again.
 *
 * One writer serves all formatting. Writing may nest: whoever begins remembers `pos`, takes what was written since and
 * drops it, with `take` or `back`.
 */
export class Writer {
  octets: Uint8Array = new Uint8Array(4096);
  pos = 0;

  /** Makes room for so many octets more. */
  reserve(length: number): void {
    if (this.pos + length > this.octets.length) this.grow(length);
  }

  private grow(length: number): void {
    const octets = new Uint8Array(2 * (this.pos + length));
    octets.set(this.octets.subarray(0, this.pos));
    this.octets = octets;
  }

  /** One ASCII character. */
  code(code: number): void {
    if (this.pos === this.octets.length) this.grow(1);
    this.octets[this.pos++] = code;
  }

  /** Two ASCII characters. */
  pair(first: number, second: number): void {
    this.reserve(2);
    this.octets[this.pos] = first;
    this.octets[this.pos + 1] = second;
    this.pos += 2;
  }

  /**
   * The text, if it has at least one character and all are of the classes in `mask`; otherwise nothing is written, and
   * the answer is false.
   */
  run(text: string, mask: number): boolean {
    if (typeof text !== 'string') return false; // from callers without types
    const length = text.length;
    this.reserve(length);
    const { octets, pos } = this;
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i);
      if (code > 127 || ((CLASS[code] as number) & mask) === 0) return false;
      octets[pos + i] = code;
    }
    this.pos = pos + length;
    return length !== 0;
  }

  /** The text if it is a token. Throws EncodeError. */
  token(text: string, path: string, clause: ClauseId): void {
    if (!this.run(text, TOKEN)) token(text, path, clause);
  }

  /** A text that is right already and has ASCII characters only. */
  ascii(text: string): void {
    const length = text.length;
    this.reserve(length);
    const { octets, pos } = this;
    if (length > 24) conversions.writeAscii(text, octets, pos);
    else for (let i = 0; i < length; i++) octets[pos + i] = text.charCodeAt(i);
    this.pos = pos + length;
  }

  /** A text that is right already. */
  utf8(text: string): void {
    this.reserve(3 * text.length);
    this.pos += conversions.writeUtf8(text, this.octets, this.pos);
  }

  /** A text of visible ASCII characters and blanks between them; any other as `check` lets it through. */
  line(text: string, check: (text: string) => string): void {
    if (!this.visible(text)) this.utf8(check(text));
  }

  private visible(text: string): boolean {
    const from = this.pos;
    if (!this.run(text, VCHAR | WSP)) return false;
    const { octets, pos } = this;
    if ((octets[from] as number) > 0x20 && (octets[pos - 1] as number) > 0x20) return true;
    this.pos = from;
    return false;
  }

  /** A few octets out of a table: what calls nothing is quickest for so few. */
  some(table: Uint8Array, from: number, length: number): void {
    this.reserve(length);
    const { octets, pos } = this;
    for (let i = 0; i < length; i++) octets[pos + i] = table[from + i] as number;
    this.pos = pos + length;
  }

  /** Octets as they are. */
  copy(octets: Uint8Array): void {
    this.reserve(octets.length);
    this.octets.set(octets, this.pos);
    this.pos += octets.length;
  }

  /** A whole number in decimal digits. */
  number(value: number): void {
    if (value > 0x7fff_ffff) this.ascii(String(value));
    else this.digits(value);
  }

  private digits(value: number): void {
    this.reserve(10);
    let digits = 1;
    for (let rest = value; rest >= 10; rest = (rest / 10) | 0) digits++;
    const { octets } = this;
    const end = this.pos + digits;
    let rest = value;
    for (let p = end - 1; p >= this.pos; p--) {
      const tens = (rest / 10) | 0;
      octets[p] = 0x30 + rest - tens * 10;
      rest = tens;
    }
    this.pos = end;
  }

  /**
   * The text as a quoted-string (RFC 3261 25.1): quotes, backslashes and control octets become quoted pairs.
   * Throws EncodeError on CR and LF, which no quoted pair admits, and on a lone surrogate.
   */
  quoted(text: string, path: string, clause: ClauseId): void {
    if (typeof text !== 'string') throw notText(text, path, clause);
    const length = text.length;
    this.reserve(2 * length + 2);
    const { octets } = this;
    let p = this.pos;
    octets[p++] = 0x22;
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i);
      if (code > 0x7f) {
        this.quotedWide(text, path, clause);
        return;
      }
      if ((code < 0x20 && code !== 0x09) || code === 0x22 || code === 0x5c || code === 0x7f) {
        if (code === 0x0a || code === 0x0d) throw new EncodeError('CR or LF inside a quoted-string', path, clause);
        octets[p++] = 0x5c;
      }
      octets[p++] = code;
    }
    octets[p++] = 0x22;
    this.pos = p;
  }

  /** One that has characters outside ASCII. */
  private quotedWide(text: string, path: string, clause: ClauseId): void {
    if (/[\r\n]/.test(text)) throw new EncodeError('CR or LF inside a quoted-string', path, clause);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a quoted pair is what they need
    const escaped = wellFormed(text, path, clause).replace(/["\\\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/g, '\\$&');
    this.utf8(`"${escaped}"`);
  }

  /** Forgets what was written from `mark` on. */
  back(mark: number): void {
    this.pos = mark;
    if (mark === 0 && this.octets.length > KEPT) this.octets = new Uint8Array(4096);
  }

  /** What was written from `mark` on, as text; it is forgotten here. */
  take(mark: number): string {
    const text = conversions.utf8Text(this.octets, mark, this.pos);
    this.back(mark);
    return text;
  }
}

/** The writer of all formatting. */
export const writer: Writer = new Writer();

/** The text that `write` writes of a value. What it had written when it throws is forgotten. */
export function written<T>(write: (w: Writer, value: T) => void, value: T): string {
  const mark = writer.pos;
  try {
    write(writer, value);
  } catch (error) {
    writer.back(mark);
    throw error;
  }
  return writer.take(mark);
}
