import { type ClauseId, EncodeError } from '../../core/error.ts';

/** Writes a comma list that may not be empty. Throws EncodeError; `format` gets each element with its path. */
export function formatList<E>(
  elements: readonly E[],
  name: string,
  clause: ClauseId,
  format: (element: E, path: string) => string,
): string {
  if (elements.length === 0) throw new EncodeError('at least one value', name, clause);
  let text = '';
  for (let i = 0; i < elements.length; i++) {
    if (i > 0) text += ', ';
    text += format(elements[i] as E, `[${i}]`);
  }
  return text;
}
