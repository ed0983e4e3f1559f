// Candidates run interleaved, round by round, in one process: what slows the machine slows them all. Minimum and median
// are over the rounds. Before anything is timed each candidate's result is verified: a wrong answer has no speed.

/** A round of one candidate lasts about `milliseconds`; `warmup` is how long it runs before it is timed. */
const QUICK = { rounds: 7, milliseconds: 8, warmup: 120 };
const FULL = { rounds: 25, milliseconds: 25, warmup: 600 };

/** Keeps results alive, so that no work can be left out. */
let sink;

/**
 * @param candidates `{ name, run, verify, omits }`; `verify(result)` throws where the result is wrong
 * @returns rows `{ name, omits, min, median, heap }`, in nanoseconds and octets an operation
 */
export function measure(candidates, { quick = false } = {}) {
  const { rounds, milliseconds, warmup } = quick ? QUICK : FULL;
  const entrants = candidates.map((candidate) => {
    try {
      candidate.verify(candidate.run());
    } catch (cause) {
      throw new Error(`${candidate.name} is wrong: ${cause.message}`, { cause });
    }
    return { ...candidate, times: calibrate(candidate.run, milliseconds, warmup), samples: [] };
  });
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < entrants.length; turn++) {
      // Another one begins each time: nobody always inherits the same neighbour's garbage.
      const entrant = entrants[(round + turn) % entrants.length];
      entrant.samples.push(time(entrant.run, entrant.times) / entrant.times);
    }
  }
  return entrants.map(({ name, omits, run, verify, samples }) => {
    verify(run());
    samples.sort((a, b) => a - b);
    return { name, omits, min: samples[0], median: samples[samples.length >> 1], heap: heap(run, samples[0]) };
  });
}

/** How often to run in a round, found out when the compiler has done its work. */
function calibrate(run, milliseconds, warmup) {
  for (let spent = 0; spent < warmup * 1e6; ) spent += time(run, 10);
  const target = milliseconds * 1e6;
  for (let times = 1; ; times *= 2) {
    const spent = time(run, times);
    if (spent >= target / 2) return Math.max(1, Math.round((times * target) / spent));
  }
}

function time(run, times) {
  const from = process.hrtime.bigint();
  for (let i = 0; i < times; i++) sink = run();
  return Number(process.hrtime.bigint() - from);
}

/** Nanoseconds: a long operation is tried less often. */
const LONGEST_TRY = 2e7;

/** Octets of JavaScript heap an operation: the median of tries short enough that no collection falls into one. */
function heap(run, nanoseconds) {
  if (globalThis.gc === undefined) return undefined;
  const once = Math.max(1, Math.min(grown(run, 1), grown(run, 1), grown(run, 1)));
  const times = Math.max(1, Math.min(1000, Math.floor(5e5 / once), Math.floor(LONGEST_TRY / nanoseconds)));
  const tries = Array.from({ length: 9 }, () => grown(run, times) / times).sort((a, b) => a - b);
  // Far below nothing: a collection fell into most of the tries after all.
  return tries[4] < -10_000 ? undefined : Math.max(0, Math.round(tries[4]));
}

function grown(run, times) {
  globalThis.gc();
  // A collection drops compiled code as well: the first runs pay for that, not for themselves.
  for (let i = 0; i < 3; i++) sink = run();
  const from = process.memoryUsage().heapUsed;
  for (let i = 0; i < times; i++) sink = run();
  return process.memoryUsage().heapUsed - from;
}

/** The rows as lines; `factor` is how many times as long as `reference` takes (the fastest where it is absent). */
export function table(rows, reference) {
  const base = rows.find((row) => row.name === reference) ?? rows.reduce((a, b) => (a.min < b.min ? a : b));
  const cells = rows.map((row) => [
    row.name,
    nanoseconds(row.min),
    nanoseconds(row.median),
    `${significant(row.min / base.min)}×`,
    row.heap === undefined ? '' : row.heap.toLocaleString('en'),
    row.omits ?? '',
  ]);
  const header = ['', 'ns/op min', 'median', `to ${base.name}`, 'heap B/op', 'does less'];
  const widths = header.map((_, i) => Math.max(...[header, ...cells].map((line) => line[i].length)));
  const line = (texts) =>
    texts.map((text, i) => (i === 0 || i === 5 ? text.padEnd(widths[i]) : text.padStart(widths[i]))).join('  ');
  return [header, ...cells].map((texts) => `  ${line(texts)}`.trimEnd());
}

const nanoseconds = (value) =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(value < 10 ? 2 : 1);
const significant = (value) => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(2));

/** For the last line: nothing that was computed may be thrown away unseen. */
export const used = () => sink !== undefined;
