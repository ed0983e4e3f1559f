/*
 * The screen of `npm start`: one section a layer. A new layer adds a section to the list in screen.ts.
 */
import type { Paint } from '../style.ts';

export interface Screen {
  /** The folder of fixtures. */
  readonly fixtures: string;
  readonly paint: Paint;
  readonly columns: number;
}

export interface Section {
  readonly title: string;
  /** What was done, in a few words. */
  readonly summary: string;
  readonly lines: readonly string[];
  /** What did not come out as it must, one line each. */
  readonly wrong: readonly string[];
}

export type SectionMaker = (screen: Screen) => Promise<Section>;

/** A text, and how it is shown: colours take no room. */
export interface Word {
  readonly text: string;
  readonly shown: string;
}

/** Words in lines of a width, behind a title in the margin. */
export function inLines(title: string, words: readonly Word[], columns: number): readonly string[] {
  const margin = 14;
  const lines: string[] = [];
  let line = `  ${title}`.padEnd(margin);
  let length = margin;
  for (const { text, shown } of words) {
    if (length > margin && length + text.length > columns) {
      lines.push(line.trimEnd());
      line = ' '.repeat(margin);
      length = margin;
    }
    line += `${shown}  `;
    length += text.length + 2;
  }
  return [...lines, line.trimEnd()];
}

/** Rows with each column as wide as its widest cell; the last one is as long as it is. */
export function inRows(rows: readonly (readonly string[])[]): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length);
  return rows.map(
    (row) => `  ${row.map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i] as number))).join('  ')}`,
  );
}
