/** Milliseconds that reading 100 000 of anything may take: ten times what it does, for machines that are busy. */
export const MOST = 2000;
const MOST_RUNS = 8;

/**
 * Milliseconds of the quickest of several runs; the others may have waited for other programs or for the compiler.
 * One that takes no more than `enough` is the last.
 */
export function quickest(run: () => void, enough: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < MOST_RUNS && least > enough; i++) {
    const start = performance.now();
    run();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}
