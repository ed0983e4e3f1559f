import type { ParseError } from './error.ts';
import { conversions } from './octets.ts';

/**
 * An error for people: what is wrong, and the line around the offset with a caret under it. `input` is what was
 * parsed. Control and non-ASCII octets show as a middle dot, one column each.
 */
export function renderError(error: ParseError, input: string | Uint8Array): string {
  const expected = error.expected === undefined ? '' : `, expected ${error.expected}`;
  const title = `${error.code} in ${error.rule} at offset ${error.offset}${expected} (${error.clause})`;
  const from = Math.max(lineStart(input, error.offset), error.offset - 60);
  const to = Math.min(lineEnd(input, error.offset), error.offset + 40);
  const excerpt = typeof input === 'string' ? input.slice(from, to) : conversions.latin1(input, from, to);
  const shown = excerpt.replace(/[^\x20-\x7e]/g, '·');
  return `${title}\n  ${shown}\n  ${' '.repeat(error.offset - from)}^`;
}

function codeAt(input: string | Uint8Array, at: number): number {
  return typeof input === 'string' ? input.charCodeAt(at) : (input[at] ?? 0);
}

function lineStart(input: string | Uint8Array, offset: number): number {
  let from = Math.min(offset, input.length);
  while (from > 0 && codeAt(input, from - 1) !== 0x0a) from--;
  return from;
}

function lineEnd(input: string | Uint8Array, offset: number): number {
  let to = Math.min(offset, input.length);
  while (to < input.length && codeAt(input, to) !== 0x0d && codeAt(input, to) !== 0x0a) to++;
  return to;
}
