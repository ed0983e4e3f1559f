/*
 * A text artefact (a URI, a header value) as the testee protocol shows it.
 */
import type { Codec } from '../../core/codec.ts';
import { toUtf8, utf8, utf8Prefix } from '../../core/octets.ts';
import type { ParseOptions } from '../../core/options.ts';
import { unfold } from '../../sip/field.ts';
import { toBase64 } from '../json.ts';
import { type Answer, invalid } from './answer.ts';

/** Header values may come folded: they are unfolded before their codec sees them, and error offsets count from there. */
export function decodeText(
  codec: Codec<unknown>,
  given: string | Uint8Array,
  isHeader: boolean,
  options: ParseOptions,
): Answer {
  const text = typeof given === 'string' ? given : utf8(given);
  if (text === undefined) {
    const { rule, clause } = codec;
    return invalid({ code: 'encoding', rule, clause, offset: utf8Prefix(given as Uint8Array), expected: 'UTF-8' });
  }
  const result = codec.parse(isHeader ? unfold(text) : text, options);
  if (!result.ok) return invalid(result.error);
  const canonical = codec.format(result.value);
  return {
    outcome: 'valid',
    value: result.value,
    canonical: toBase64(toUtf8(canonical)),
    identical: canonical === text,
    consumed: typeof given === 'string' ? toUtf8(given).length : given.length,
    notes: result.notes.length === 0 ? undefined : result.notes,
  };
}
