/*
 *   Escape  =  "\" ( "u" 4(HEXDIG) / "b" / "t" / "n" / "r" / DQUOTE / "'" / "\" )        RFC 3862 2.3, 3.6
 *   String  =  DQUOTE *( Str-char / Escape ) DQUOTE
 *
 * Escapes stand for UTF-16 units, so a character outside the basic plane takes two of them. Any other character behind
 * a backslash stands for itself, and a backslash at the very end of a value for nothing (2.3.1). Written are the
 * escapes that 2.3.1 demands, and no others.
 */
import type { ClauseId } from '../core/error.ts';
import type { Scanner } from '../core/scanner.ts';
import { wellFormed } from '../core/write.ts';
import { CPIM_CLASS, PLAIN } from './chars.ts';

const CLAUSE: ClauseId = 'RFC3862-2.3';
const BACKSLASH = 0x5c;
const DQUOTE = 0x22;

/** *HEADERCHAR up to the end, with its escapes resolved. */
export function scanEscapedText(s: Scanner): string | undefined {
  return scanEscaped(s, -1);
}

/** A String that begins at `pos`, without its quotes and with its escapes resolved. */
export function scanString(s: Scanner): string | undefined {
  const { pos } = s;
  if (!s.take(DQUOTE)) return s.unexpected('String', CLAUSE, '"');
  const value = scanEscaped(s, DQUOTE);
  if (value === undefined || s.take(DQUOTE)) return value;
  return s.fail('unterminated', 'String', CLAUSE, '"', pos);
}

/** Up to the code `stop`, which is left standing, or the end. */
function scanEscaped(s: Scanner, stop: number): string | undefined {
  const { codes, end, text, nonAscii } = s;
  let value = '';
  let from = s.pos;
  let p = from;
  let units = false;
  while (p < end) {
    const code = codes[p] as number;
    if (code === stop) break;
    if (((CPIM_CLASS[code] as number) & PLAIN) !== 0 || code === nonAscii) {
      p++;
      continue;
    }
    if (code !== BACKSLASH) {
      s.pos = p;
      const expected = 'a character that is no control';
      return code === 0x09
        ? s.fail('control', 'HEADERCHAR', CLAUSE, expected)
        : s.unexpected('HEADERCHAR', CLAUSE, expected);
    }
    value += text.slice(from, p);
    p++;
    from = p;
    if (p === end) break;
    const unit = codes[p] === 0x75 ? hexUnit(text, p + 1, end) : -1;
    if (unit >= 0) {
      value += String.fromCharCode(unit);
      units = true;
      p += 5;
      from = p;
    } else {
      const control = CONTROLS.get(codes[p] as number);
      if (control !== undefined) {
        value += control;
        from = ++p;
      } else if (codes[p] === BACKSLASH || codes[p] === stop) p++; // stands for itself, and neither escapes nor ends
    }
  }
  const whole = value + text.slice(from, p);
  if (units && !whole.isWellFormed()) return s.fail('encoding', 'Escape', CLAUSE, 'both halves of a surrogate pair');
  s.pos = p;
  return whole;
}

const CONTROLS: ReadonlyMap<number, string> = /* @__PURE__ */ new Map([
  [0x62, '\b'],
  [0x74, '\t'],
  [0x6e, '\n'],
  [0x72, '\r'],
]);

/** The unit that four hex digits name, or -1. */
function hexUnit(text: string, from: number, end: number): number {
  if (from + 4 > end) return -1;
  let unit = 0;
  for (let p = from; p < from + 4; p++) {
    const code = text.charCodeAt(p);
    const letter = code | 0x20;
    if (code >= 0x30 && code <= 0x39) unit = unit * 16 + code - 0x30;
    else if (letter >= 0x61 && letter <= 0x66) unit = unit * 16 + letter - 0x57;
    else return -1;
  }
  return unit;
}

/** The text with its backslashes and control characters escaped. Throws EncodeError on a lone surrogate. */
export function escapeText(text: string, path: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is escaped
  return wellFormed(text, path, CLAUSE).replace(/[\0-\x1f\x7f\\]/g, escapeOf);
}

/** The text as a String. Throws EncodeError on a lone surrogate. */
export function formatString(text: string, path: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is escaped
  return `"${wellFormed(text, path, CLAUSE).replace(/[\0-\x1f\x7f\\"]/g, escapeOf)}"`;
}

const SHORT: ReadonlyMap<string, string> = /* @__PURE__ */ new Map([
  ['\\', '\\\\'],
  ['"', '\\"'],
  ['\b', '\\b'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\r', '\\r'],
]);

function escapeOf(character: string): string {
  return SHORT.get(character) ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
