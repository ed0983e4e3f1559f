/*
 *   escaped  =  "%" HEXDIG HEXDIG                                        RFC 3261 25.1
 *
 * Runs of characters in which everything else is escaped. Values keep their escapes, so that what was received
 * can be sent again; `decodeEscapes` gives the characters.
 */
import { CLASS, HEX, runEnd } from '../core/chars.ts';
import { type ClauseId, EncodeError } from '../core/error.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import type { Scanner } from '../core/scanner.ts';
import type { Writer } from '../core/writer.ts';

const CLAUSE: ClauseId = 'RFC3261-25.1';

/** Characters of the classes in `mask` and %-escapes, possibly none, up to `to` at the most; as written. */
export function scanEscaped(s: Scanner, mask: number, rule: string, to: number = s.end): string | undefined {
  const { codes, pos } = s;
  let p = runEnd(codes, pos, to, mask);
  while (p < to && codes[p] === 0x25) {
    if (p + 2 >= to || !isHex(codes[p + 1] as number) || !isHex(codes[p + 2] as number)) {
      return s.fail('escape', rule, CLAUSE, '% and two hex digits', p);
    }
    p = runEnd(codes, p + 3, to, mask);
  }
  s.pos = p;
  return s.text.slice(pos, p);
}

/** Writes the text if it has `min` characters or more, all of the class or escaped. Throws EncodeError. */
export function writeEscaped(w: Writer, text: string, mask: number, min: number, path: string): void {
  if (!w.run(text, mask)) w.ascii(formatEscaped(text, mask, min, path));
}

/** The text if it has `min` characters or more, all of the class or escaped. Throws EncodeError. */
export function formatEscaped(text: string, mask: number, min: number, path: string): string {
  if (typeof text !== 'string') throw new EncodeError(`a value of type ${typeof text} is no text`, path, CLAUSE);
  const length = text.length;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code < 128 && ((CLASS[code] as number) & mask) !== 0) continue;
    if (code !== 0x25 || i + 2 >= length || !isHex(text.charCodeAt(i + 1)) || !isHex(text.charCodeAt(i + 2))) {
      throw new EncodeError(`${JSON.stringify(text[i])} must be escaped as %HH`, path, CLAUSE);
    }
    i += 2;
  }
  if (length < min) throw new EncodeError('may not be empty', path, CLAUSE);
  return text;
}

function isHex(code: number): boolean {
  return code < 128 && ((CLASS[code] as number) & HEX) !== 0;
}

/**
 * The characters that an escaped text stands for. Refused where the escapes are no UTF-8, or hide a control
 * character: `%00` is legal on the wire and a trap in every file name, data base key and C string.
 */
export function decodeEscapes(text: string): Result<string> {
  let decoded: string;
  try {
    decoded = decodeURIComponent(text);
  } catch {
    return refuse({ code: 'encoding', rule: 'escaped', clause: CLAUSE, offset: 0, expected: 'escaped UTF-8' });
  }
  if (!/\p{Cc}/u.test(decoded)) return ok(decoded);
  const offset = text.search(/\p{Cc}|%(?:[01]|7[Ff]|[Cc]2%[89])/u);
  return refuse({ code: 'control', rule: 'escaped', clause: CLAUSE, offset, expected: 'no control character' });
}

/** The text with all characters outside `mask` written as %HH of their UTF-8. Throws EncodeError on a lone surrogate. */
export function encodeEscapes(text: string, mask: number, path: string): string {
  if (!text.isWellFormed()) throw new EncodeError('a lone surrogate has no UTF-8', path, CLAUSE);
  let escaped = '';
  for (const character of text) {
    const code = character.charCodeAt(0);
    escaped += code < 128 && ((CLASS[code] as number) & mask) !== 0 ? character : escapeOctets(character);
  }
  return escaped;
}

function escapeOctets(character: string): string {
  let text = '';
  for (const octet of new TextEncoder().encode(character)) {
    text += `%${octet.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return text;
}
