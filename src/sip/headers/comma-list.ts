import { type ClauseId, EncodeError, within } from '../../core/error.ts';
import { type Writer, written } from '../../core/writer.ts';

/** What stands between elements; a blank follows a comma. */
type Separator = ',' | ';' | ' ';

/** Writes a list that may not be empty, with commas or another separator. Throws EncodeError; `write` names places inside its element. */
export function writeList<E>(
  w: Writer,
  elements: readonly E[],
  name: string,
  clause: ClauseId,
  write: (w: Writer, element: E) => void,
  separator: Separator = ',',
): void {
  if (elements.length === 0) throw new EncodeError('at least one value', name, clause);
  let i = 0;
  try {
    for (; i < elements.length; i++) {
      if (i > 0) writeSeparator(w, separator);
      write(w, elements[i] as E);
    }
  } catch (error) {
    throw within(`[${i}]`, error);
  }
}

function writeSeparator(w: Writer, separator: Separator): void {
  if (separator === ',') w.pair(0x2c, 0x20);
  else w.code(separator === ';' ? 0x3b : 0x20);
}

/** The same of elements that are put together as text. */
export function formatList<E>(
  elements: readonly E[],
  name: string,
  clause: ClauseId,
  format: (element: E) => string,
  separator: Separator = ',',
): string {
  return written(
    (w) => writeList(w, elements, name, clause, (_, element) => w.utf8(format(element)), separator),
    elements,
  );
}
