/*
 * Text for people: colour on a terminal only, control characters of a message shown instead of obeyed.
 */
import type { Io } from './io.ts';

export type Colour = 'red' | 'green' | 'yellow' | 'blue' | 'grey' | 'bold';

const CODES: Readonly<Record<Colour, number>> = { red: 31, green: 32, yellow: 33, blue: 36, grey: 90, bold: 1 };

export type Paint = (colour: Colour, text: string) => string;

/** Colours where standard output is a terminal and NO_COLOR is not set (no-color.org). */
export function painter(io: Io): Paint {
  const on = io.isTerminal && (io.env.NO_COLOR ?? '') === '' && io.env.TERM !== 'dumb';
  return on ? (colour, text) => `\u001b[${CODES[colour]}m${text}\u001b[0m` : (_, text) => text;
}

/** The text with its control characters as escapes: what a message holds shall not drive the terminal. */
export function printable(text: string): string {
  let shown = '';
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    const control = code < 0x20 || (code >= 0x7f && code < 0xa0) || (code >= 0xd800 && code < 0xe000);
    const steering =
      (code >= 0x200b && code <= 0x200f) || (code >= 0x2028 && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
    if (control || steering) shown += code < 0x100 ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`;
    else shown += character;
  }
  return shown;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}

/** The text cut to a width, with an ellipsis where something is lost. */
export function clip(text: string, width: number): string {
  const characters = [...text];
  return characters.length <= width ? text : `${characters.slice(0, Math.max(0, width - 1)).join('')}…`;
}
