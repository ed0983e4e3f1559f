/*
 * Lines of a stream of octets, as they come; only the line that is being collected is kept.
 */
import type { Input } from '../io.ts';

const LF = 0x0a;

/** Longer lines are skipped, and stand as `undefined` in what is given. */
export const LONGEST_LINE: number = 64 * 1024 * 1024;

export async function* readLines(input: Input, longest: number = LONGEST_LINE): AsyncGenerator<Uint8Array | undefined> {
  let pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of input) {
    let from = 0;
    for (let at = piece.indexOf(LF); at >= 0; at = piece.indexOf(LF, from)) {
      length += at - from;
      if (length <= longest) pieces.push(piece.subarray(from, at));
      yield length <= longest ? joined(pieces) : undefined;
      pieces = [];
      length = 0;
      from = at + 1;
    }
    length += piece.length - from;
    if (length > longest) pieces = [];
    else if (from < piece.length) pieces.push(piece.subarray(from));
  }
  if (length > 0) yield length <= longest ? joined(pieces) : undefined;
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  return pieces.length === 1 ? (pieces[0] as Uint8Array) : Buffer.concat(pieces);
}
