// node bench/mutation/run.mjs [--count N] [--seed S] [--file WORD] [--all] [--least PERCENT]
//
// Do the tests notice when the code is wrong? One change at a time is made in core and sip (a comparison, a constant, a
// guard), and the tests that reach it are run until one fails. The score is how many of the changes are noticed; each
// that is not is named. A sample is drawn by the seed; --all takes every one, --file those of files whose path has WORD.
//
// Tests: those of core, sip, mime, im, check and the vectors. Left out: agreement with the grammars and the command
// line, which take longer than all others together; so the score is a lower bound. A mutant that makes a test last
// beyond all measure, or load no more, is noticed. equivalent.json has the changes that change nothing, with reasons.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { applied, compiled, dissect } from './mutants.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const MUTATED = /^src\/(core|sip)\//;
const TESTS = /^src\/((core|sip|mime|im|check|vectors)\/.*|codecs)\.test\.ts$/;
/** Longer than this in one test is for ever. */
const PATIENCE = 8_000;
const MEMORY_MIB = 1024;

/** What was tried came to no end, or ended the worker. */
class Stopped extends Error {}

const { values: options } = parseArgs({
  options: {
    count: { type: 'string', default: '400' },
    seed: { type: 'string', default: '1' },
    file: { type: 'string', default: '' },
    all: { type: 'boolean', default: false },
    least: { type: 'string', default: '85' },
  },
});

const files = readdirSync(join(ROOT, 'src'), { recursive: true })
  .map((name) => join('src', name))
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
  .sort();
const sources = new Map(files.map((file) => [file, readFileSync(join(ROOT, file), 'utf8')]));
const testFiles = files.filter((file) => TESTS.test(file));
const { mutants, measured, blocks } = dissectAll(
  files.filter((file) => MUTATED.test(file) && !file.endsWith('.test.ts')),
);
const equivalents = numberEquivalents(mutants);

const chosen = sample(mutants.filter((each) => !equivalents.has(each) && each.file.includes(options.file)));
console.log(`${mutants.length} mutants, ${equivalents.size} of them equivalent; ${chosen.length} are tried`);

const codes = new Map(files.map((file) => [file, compiled(sources.get(file))]));
const needs = new Map(files.map((file) => [file, imports(file)]));
const measuring = start(new Map([...codes, ...measured]));
const baseline = await measuring.ask({ task: 'measure', testFiles });
await measuring.stop();
const reached = reach(baseline);
for (const line of baseline.failing) console.log(`left out, it fails as it is: ${line}`);

let worker = start(codes);
const scores = new Map();
for (const mutant of chosen) {
  const noticed = await tried(mutant);
  const score = scores.get(mutant.file) ?? { killed: 0, all: 0 };
  scores.set(mutant.file, score);
  score.all++;
  if (noticed) score.killed++;
  else console.log(`survives: ${place(mutant)}`);
}
await worker.stop();
process.exitCode = report();

function dissectAll(paths) {
  const found = [];
  const hitting = new Map();
  let blocks = 0;
  for (const file of paths) {
    const dissected = dissect(file, sources.get(file), blocks);
    blocks = dissected.blocks;
    for (const mutant of dissected.mutants) found.push(mutant);
    hitting.set(file, compiled(dissected.measured));
  }
  return { mutants: found, measured: hitting, blocks };
}

/** A mutant is known by its file, its line of source and the change; the line's number may move. */
function numberEquivalents(all) {
  const reasons = JSON.parse(readFileSync(new URL('equivalent.json', import.meta.url), 'utf8'));
  const known = new Map();
  for (const each of all) {
    const key = `${each.file}|${each.source}|${each.what}`;
    known.set(key, [...(known.get(key) ?? []), each]);
  }
  const set = new Set();
  for (const { file, source, what } of reasons.flatMap(({ mutants: list }) => list)) {
    const same = known.get(`${file}|${source}|${what}`);
    if (same === undefined) throw new Error(`equivalent.json has what is no mutant: ${file} ${source} ${what}`);
    for (const each of same) set.add(each);
  }
  return set;
}

function sample(all) {
  if (options.all) return all;
  let state = Number(options.seed) >>> 0;
  const random = () => {
    state = (state + 0x9e3779b9) >>> 0; // splitmix32
    let z = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
  const drawn = all.map((mutant) => [random(), mutant]).sort(([a], [b]) => a - b);
  const order = new Map(all.map((mutant, i) => [mutant, i]));
  return drawn
    .slice(0, Number(options.count))
    .map(([, mutant]) => mutant)
    .sort((a, b) => order.get(a) - order.get(b));
}

/** The files that a file imports for their values. */
function imports(file) {
  const names = [...codes.get(file).matchAll(/require\("(\.[^"]+)"\)/g)].map(([, name]) => name);
  return names.map((name) => join(dirname(file), name));
}

/** All files that need `file`, itself too. */
function dependents(file) {
  const found = new Set([file]);
  for (const each of found) for (const other of files) if (needs.get(other).includes(each)) found.add(other);
  return found;
}

/** For each block the tests that enter it, cheapest file first; a block that loading enters concerns them all. */
function reach({ always, files: measuredFiles }) {
  return ({ file, block }, affected) => {
    const beside = file.replace(/\.ts$/, '.test.ts');
    const runs = [];
    for (const { file: testFile, milliseconds, blocks: collecting, tests } of measuredFiles) {
      if (!affected.has(testFile)) continue;
      // Names, so that what fails as it is stays out.
      const all = testFile === beside || always[block] === 1 || collecting.has(block);
      const picked = all ? tests : tests.filter((test) => test.blocks.has(block));
      if (picked.length === 0) continue;
      const names = new Set(picked.map(({ name }) => name));
      const cost = picked.reduce((sum, test) => sum + test.milliseconds, milliseconds);
      runs.push({ testFile, names, cost: testFile === beside ? 0 : cost });
    }
    return runs.sort((a, b) => a.cost - b.cost);
  };
}

async function tried(mutant) {
  const affected = dependents(mutant.file);
  const runs = reached(mutant, affected);
  const source = applied(sources.get(mutant.file), mutant);
  try {
    return (await worker.ask({ task: 'tryMutant', file: mutant.file, source, affected, runs })) !== undefined;
  } catch (cause) {
    if (!(cause instanceof Stopped)) throw cause;
    worker = start(codes);
    return true;
  }
}

/** A worker to ask one thing at a time; it is stopped when it shows no sign of life. */
function start(workerCodes) {
  const ticks = new Int32Array(new SharedArrayBuffer(4));
  const thread = new Worker(new URL('worker.mjs', import.meta.url), {
    workerData: { root: ROOT, codes: workerCodes, ticks, blocks },
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MIB },
  });
  const ask = (task) =>
    new Promise((resolve, reject) => {
      let last = -1;
      const watch = setInterval(() => {
        const now = Atomics.load(ticks, 0);
        if (now === last) done(() => thread.terminate().then(() => reject(new Stopped('it does not end'))));
        last = now;
      }, PATIENCE);
      const done = (settle) => {
        clearInterval(watch);
        for (const event of ['message', 'error', 'exit']) thread.removeAllListeners(event);
        settle();
      };
      thread.once('message', ({ value, failure }) =>
        done(() => (failure === undefined ? resolve(value) : reject(new Error(failure)))),
      );
      thread.once('error', (cause) => done(() => reject(new Stopped(cause.message))));
      thread.once('exit', () => done(() => reject(new Stopped('it ended'))));
      thread.postMessage(task);
    });
  return { ask, stop: () => thread.terminate() };
}

function place({ file, line, column, what, source }) {
  return `${file}:${line}:${column}  ${what}    ${source}`;
}

function report() {
  const rows = [...scores].map(([file, { killed, all }]) => [file, killed, all]);
  for (const layer of ['src/core/', 'src/sip/', 'src/']) {
    const inside = [...scores].filter(([file]) => file.startsWith(layer));
    const sum = (part) => inside.reduce((total, [, score]) => total + score[part], 0);
    rows.push([`${layer} in all`, sum('killed'), sum('all')]);
  }
  for (const [name, killed, all] of rows.filter(([, , count]) => count > 0)) {
    console.log(`${percent(killed, all).padStart(7)}  ${`${killed}/${all}`.padStart(9)}  ${name}`);
  }
  const [, killed, all] = rows.at(-1);
  return baseline.failing.length === 0 && (100 * killed) / all >= Number(options.least) ? 0 : 1;
}

function percent(killed, all) {
  return `${((100 * killed) / all).toFixed(1)} %`;
}
