import type { Frame } from '../core/codec.ts';
import { limits } from '../core/limits.ts';
import type { ParseOptions } from '../core/options.ts';
import { scanHead, streamError } from './head.ts';

/**
 * Where the first message of a stream ends (RFC 3261 18.3, 7.5). `complete` counts the CRLFs before the start-line
 * too: decode so many octets with `framing: 'stream'`. `incomplete` says how many more octets are needed once the
 * head is there; `broken` says that no later octet can mend the stream.
 */
export function frameSip(octets: Uint8Array, options?: ParseOptions): Frame {
  const outcome = scanHead(octets, { ...options, framing: 'stream' });
  if (outcome.kind === 'incomplete') return { kind: 'incomplete' };
  if (outcome.kind === 'broken') return outcome;
  const { head } = outcome;
  const error = streamError(head, limits(options?.limits).message);
  if (error !== undefined) return { kind: 'broken', error };
  const length = head.end + head.contentLength;
  return length <= octets.length
    ? { kind: 'complete', length }
    : { kind: 'incomplete', needed: length - octets.length };
}
