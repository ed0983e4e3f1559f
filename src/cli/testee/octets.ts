/*
 * An octet artefact (a CPIM message, a multipart, an XML document) as the testee protocol shows it.
 */
import type { BytesCodec } from '../../core/codec.ts';
import { EncodeError } from '../../core/error.ts';
import type { ParseOptions } from '../../core/options.ts';
import { toBase64 } from '../json.ts';
import { type Answer, invalid } from './answer.ts';

export function decodeOctets(codec: BytesCodec<unknown>, octets: Uint8Array, options: ParseOptions): Answer {
  const result = codec.decode(octets, options);
  if (!result.ok) return invalid(result.error);
  // Frames and datagrams may be followed by something else: their codecs tell how much they took.
  const { value, notes, consumed = octets.length } = result as typeof result & { readonly consumed?: number };
  return {
    outcome: 'valid',
    value,
    canonical: toBase64(canonicalOctets(codec, value)),
    identical: Buffer.compare(codec.encode(value), octets.subarray(0, consumed)) === 0,
    consumed,
    notes: notes.length === 0 ? undefined : notes,
  };
}

/** The value written anew; where it holds something that only its own octets can say, those. */
export function canonicalOctets(codec: BytesCodec<unknown>, value: unknown): Uint8Array {
  try {
    return codec.encode(plain(value));
  } catch (error) {
    if (error instanceof EncodeError) return codec.encode(value);
    throw error;
  }
}

/** The value without the octets that it was received as. A line that is no field has nothing but its octets. */
function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map(plain);
  if ('toJSON' in value && typeof value.toJSON === 'function') return plain(value.toJSON());
  if ('name' in value && value.name === '') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}
