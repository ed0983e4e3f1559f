/*
 * Vectors as rows of a table, one codec at a time. Like the laws they know no test framework: what is wrong throws.
 */
import type { Codec } from '../core/codec.ts';
import type { ErrorCode } from '../core/error.ts';
import { same } from './laws.ts';

/** A text, the value it stands for, and its canonical form where that is another text. */
export type ValidRow<T> = readonly [text: string, value: T, canonical?: string];

/** A text that is refused, and how: the code, the grammar rule, and the offset in the text. */
export type InvalidRow = readonly [text: string, code: ErrorCode, rule: string, offset: number];

/** Throws where the text does not read as the value, or the value is not written in the canonical form. */
export function checkValid<T>(codec: Codec<T>, [text, value, canonical = text]: ValidRow<T>): void {
  const read = codec.parse(text);
  if (!read.ok) throw new Error(`${JSON.stringify(text)} is refused: ${JSON.stringify(read.error)}`);
  if (!same(read.value, value)) throw new Error(`${JSON.stringify(text)} reads as ${JSON.stringify(read.value)}`);
  const written = codec.format(value);
  if (written !== canonical) throw new Error(`${JSON.stringify(text)} is written as ${JSON.stringify(written)}`);
  const again = codec.parse(canonical);
  if (!again.ok || !same(again.value, value))
    throw new Error(`the canonical form ${JSON.stringify(canonical)} differs`);
}

/** Throws where the text is not refused as the row says. */
export function checkInvalid<T>(codec: Codec<T>, [text, code, rule, offset]: InvalidRow): void {
  const read = codec.parse(text);
  if (read.ok) throw new Error(`${JSON.stringify(text)} reads as ${JSON.stringify(read.value)}`);
  const { error } = read;
  if (error.code === code && error.rule === rule && error.offset === offset) return;
  throw new Error(`${JSON.stringify(text)} is refused with ${error.code}, ${error.rule}, ${error.offset}`);
}

const SMALL = 4_000;
const TIMES = 8;
/** Linear time gives 8, quadratic 64. */
const MOST = 28;
/** Less is quick enough, and too little to be told from noise: quadratic time takes hundreds. */
const NOISE_MILLISECONDS = 20;

/**
 * Throws where reading `prefix`, `unit` over and over, and `suffix` takes more than linear time. Limits are off. The
 * best of five runs counts, and what seems to grow is measured three times: others use the machine, too.
 */
export function checkGrowth<T>(codec: Codec<T>, prefix: string, unit: string, suffix = ''): void {
  const text = (length: number): string => prefix + unit.repeat(Math.ceil(length / unit.length)) + suffix;
  let times = 0;
  for (let attempt = 0; attempt < 3; attempt++) {
    const large = best(codec, text(SMALL * TIMES));
    if (large < NOISE_MILLISECONDS) return;
    times = large / best(codec, text(SMALL));
    if (times < MOST) return;
  }
  throw new Error(`${TIMES} times ${JSON.stringify(unit)} takes ${times} times as long`);
}

function best<T>(codec: Codec<T>, text: string): number {
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 5; run++) {
    const start = performance.now();
    codec.parse(text, { limits: { field: text.length, params: text.length } });
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

/** Rows with their text in front, which names the test. */
export function named<R extends readonly [string, ...unknown[]]>(rows: readonly R[]): [text: string, row: R][] {
  return rows.map((row) => [row[0], row]);
}
