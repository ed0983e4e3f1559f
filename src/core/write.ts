import { allOf, TOKEN } from './chars.ts';
import { type ClauseId, EncodeError } from './error.ts';

/** The text if it is a token. Throws EncodeError. */
export function token(text: string, path: string, clause: ClauseId): string {
  if (allOf(text, TOKEN)) return text;
  throw new EncodeError(`${describe(text)} is no token`, path, clause);
}

/** The text if it has at least one character and all are of the classes in `mask`. Throws EncodeError. */
export function only(text: string, mask: number, what: string, path: string, clause: ClauseId): string {
  if (allOf(text, mask)) return text;
  throw new EncodeError(`${describe(text)} is no ${what}`, path, clause);
}

/** The number if it is whole and from `min` to `max`. Throws EncodeError. */
export function whole(value: number, min: number, max: number, path: string, clause: ClauseId): number {
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new EncodeError(`${value} is no whole number from ${min} to ${max}`, path, clause);
}

/**
 * The text as a quoted-string (RFC 3261 25.1): quotes, backslashes and control octets become quoted pairs.
 * Throws EncodeError on CR and LF, which no quoted pair admits, and on a lone surrogate.
 */
export function quote(text: string, path: string, clause: ClauseId): string {
  if (typeof text !== 'string') throw notText(text, path, clause);
  let value = '"';
  let from = 0;
  let ascii = true;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x7f) ascii = false;
    if ((code > 0x22 && code !== 0x5c && code !== 0x7f) || code === 0x20 || code === 0x21 || code === 0x09) continue;
    if (code === 0x0a || code === 0x0d) throw new EncodeError('CR or LF inside a quoted-string', path, clause);
    value += `${text.slice(from, i)}\\`;
    from = i;
  }
  if (!ascii) wellFormed(text, path, clause);
  return from === 0 && value.length === 1 ? `"${text}"` : `${value}${text.slice(from)}"`;
}

/**
 * Free text of one line, as header fields without a grammar of their own hold (TEXT-UTF8char, RFC 3261 25.1).
 * Throws EncodeError on control octets other than HTAB, on blanks at either end, and on a lone surrogate.
 */
export function line(text: string, path: string, clause: ClauseId): string {
  if (typeof text !== 'string') throw notText(text, path, clause);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if ((code < 0x20 && code !== 0x09) || code === 0x7f) {
      throw new EncodeError(`control character ${hex(code)}`, path, clause);
    }
  }
  if (isBlank(text, 0) || isBlank(text, text.length - 1)) {
    throw new EncodeError('blanks at an end would be lost on the wire', path, clause);
  }
  return wellFormed(text, path, clause);
}

/** The text if it has no lone surrogate, which UTF-8 cannot carry. Throws EncodeError. */
export function wellFormed(text: string, path: string, clause: ClauseId): string {
  if (text.isWellFormed()) return text;
  throw new EncodeError('a lone surrogate has no UTF-8', path, clause);
}

function isBlank(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 0x20 || code === 0x09;
}

export function notText(text: string, path: string, clause: ClauseId): EncodeError {
  return new EncodeError(`${describe(text)} is no text`, path, clause);
}

function describe(text: string): string {
  if (typeof text !== 'string') return `a value of type ${typeof text}`;
  return text.length > 40 ? `${JSON.stringify(text.slice(0, 40))}…` : JSON.stringify(text);
}

function hex(code: number): string {
  return `0x${code.toString(16).padStart(2, '0')}`;
}
