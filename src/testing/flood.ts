import type { Codec } from '../core/codec.ts';

const TIMES = 100_000;
/** Ten times what linear time takes, so that a busy machine does not matter; quadratic time takes far more. */
const MOST_MILLISECONDS = 2000;
const MEGABYTE = 1_000_000;

/**
 * Throws where 100 000 units between `prefix` and `suffix` keep the codec busy for more than two seconds, or two
 * seconds a megabyte where they are more than one, with limits raised as well as with the default ones; or where the
 * default limits let them through. The best of three runs counts.
 */
export function checkFlood<T>(codec: Codec<T>, prefix: string, unit: string, suffix = ''): void {
  const text = prefix + unit.repeat(TIMES) + suffix;
  const most = MOST_MILLISECONDS * Math.max(1, text.length / MEGABYTE);
  const raised = { limits: { field: text.length, params: TIMES + 1 } };
  const busy = quickest(() => codec.parse(text, raised), most);
  if (busy > most) throw new Error(`100 000 times ${JSON.stringify(unit)} take ${busy} ms`);
  const refused = codec.parse(text);
  if (refused.ok || refused.error.code !== 'limit')
    throw new Error(`100 000 times ${JSON.stringify(unit)} meet no limit`);
  const limited = quickest(() => codec.parse(text), most);
  if (limited > most) throw new Error(`the limit for ${JSON.stringify(unit)} takes ${limited} ms`);
}

function quickest(run: () => void, most: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 3 && least > most; i++) {
    const start = performance.now();
    run();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}
