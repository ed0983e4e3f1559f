/*
 * What is written piece by piece, text beside octets that were received, and becomes one run of octets in the end.
 */
import { conversions } from '../core/octets.ts';

/** Well-formed text, which is written as UTF-8, and octets, which are written as they are. */
export type Chunk = string | Uint8Array;

/** The number of octets that {@link joinChunks} writes. */
export function chunksLength(chunks: readonly Chunk[]): number {
  let length = 0;
  for (const chunk of chunks) length += typeof chunk === 'string' ? conversions.utf8Length(chunk) : chunk.length;
  return length;
}

export function joinChunks(chunks: readonly Chunk[]): Uint8Array {
  const octets = new Uint8Array(chunksLength(chunks));
  let at = 0;
  for (const chunk of chunks) {
    if (typeof chunk === 'string') at += conversions.writeUtf8(chunk, octets, at);
    else {
      octets.set(chunk, at);
      at += chunk.length;
    }
  }
  return octets;
}
