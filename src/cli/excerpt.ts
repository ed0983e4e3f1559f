import type { Range } from '../check/view.ts';
import { conversions } from '../core/octets.ts';

/** The first line of a range with carets under it, as far as the width goes; control octets show as a middle dot. */
export function renderExcerpt(octets: Uint8Array, [from, to]: Range, width: number): readonly string[] {
  let begin = Math.min(from, octets.length);
  while (begin > 0 && octets[begin - 1] !== 0x0a && from - begin < width / 2) begin--;
  let end = Math.min(from, octets.length);
  while (end < octets.length && octets[end] !== 0x0d && octets[end] !== 0x0a && end - begin < width) end++;
  const line = conversions.latin1(octets, begin, end).replace(/[^\x20-\x7e]/g, '·');
  const carets = Math.max(1, Math.min(to, end) - from);
  return line === '' ? [] : [line, `${' '.repeat(from - begin)}${'^'.repeat(carets)}`];
}
