import { type ClauseId, EncodeError, within } from '../../core/error.ts';

/** Writes a list that may not be empty, with commas or another separator. Throws EncodeError; `format` names places inside its element. */
export function formatList<E>(
  elements: readonly E[],
  name: string,
  clause: ClauseId,
  format: (element: E) => string,
  separator = ', ',
): string {
  if (elements.length === 0) throw new EncodeError('at least one value', name, clause);
  let text = '';
  let i = 0;
  try {
    text = format(elements[0] as E);
    for (i = 1; i < elements.length; i++) text += separator + format(elements[i] as E);
  } catch (error) {
    throw within(`[${i}]`, error);
  }
  return text;
}
