// Loads the sources as modules that can be put back to their beginning, and runs tests over one mutant after the other.
// A worker of its own, so that a mutant that never ends, or eats all memory, can be stopped.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Script } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import { framework, runTest } from './framework.mjs';
import { compiled } from './mutants.mjs';

const { root, codes, ticks, blocks } = workerData;
const require = createRequire(join(root, 'package.json'));

/** file -> its code, run by `load` */
const factories = new Map();
/** file -> what it exports */
let loaded = new Map();
/** Modules being loaded, one inside the other. */
let loading = 0;
/** Blocks that have been entered while modules load, and otherwise. */
const always = new Uint8Array(blocks);
const entered = new Uint8Array(blocks);
globalThis.__hit = entered;

const { exports: vitest, collect } = framework({ reset: () => (loaded = new Map()) });

function factory(file, code = codes.get(file)) {
  const wrapped = `(function (require, exports, __url) { ${code}\n})`;
  return new Script(wrapped, { filename: file }).runInThisContext();
}

function load(file) {
  const known = loaded.get(file);
  if (known !== undefined) return known;
  if (!factories.has(file)) factories.set(file, factory(file));
  const exports = {};
  loaded.set(file, exports);
  const isTest = file.endsWith('.test.ts');
  if (!isTest && loading++ === 0) globalThis.__hit = always;
  try {
    const resolve = (name) => {
      if (name === 'vitest') return vitest;
      return name.startsWith('.') ? load(join(dirname(file), name)) : require(name);
    };
    factories.get(file)(resolve, exports, pathToFileURL(join(root, file)).href);
  } finally {
    if (!isTest && --loading === 0) globalThis.__hit = entered;
  }
  return exports;
}

function testsOf(file) {
  loaded.delete(file);
  return collect(join(root, file), () => load(file));
}

function tick() {
  Atomics.add(ticks, 0, 1);
}

/** Which blocks have been entered since it was asked last. */
function takeEntered() {
  const found = new Set();
  for (let block = entered.indexOf(1); block >= 0; block = entered.indexOf(1, block + 1)) found.add(block);
  entered.fill(0);
  return found;
}

/** Runs all tests; answers which blocks each enters and how long it takes, and which blocks loading enters. */
async function measure({ testFiles }) {
  const files = [];
  const failing = [];
  for (const file of testFiles) {
    const begin = performance.now();
    let tests = [];
    try {
      tests = testsOf(file);
    } catch ({ message }) {
      failing.push(`${file}: ${message}`);
    }
    const milliseconds = performance.now() - begin;
    const collecting = takeEntered();
    const results = [];
    for (const test of tests) {
      tick();
      const start = performance.now();
      try {
        await runTest(test);
      } catch ({ message }) {
        failing.push(`${file} ${test.name}: ${message}`);
        takeEntered();
        continue;
      }
      results.push({ name: test.name, milliseconds: performance.now() - start, blocks: takeEntered() });
    }
    files.push({ file, milliseconds, blocks: collecting, tests: results });
  }
  return { always, files, failing };
}

/** Runs the tests asked for until one fails; answers which one. */
async function tryMutant({ file, source, affected, runs }) {
  for (const each of affected) loaded.delete(each);
  const original = factories.get(file);
  try {
    factories.set(file, factory(file, compiled(source)));
    for (const { testFile, names } of runs) {
      tick();
      const tests = testsOf(testFile);
      for (const test of tests) {
        if (!names.has(test.name)) continue;
        tick();
        try {
          await runTest(test);
        } catch {
          return `${testFile} ${test.name}`;
        }
      }
    }
    return undefined;
  } catch {
    return 'loading';
  } finally {
    if (original === undefined) factories.delete(file);
    else factories.set(file, original);
    for (const each of affected) loaded.delete(each);
  }
}

const tasks = { measure, tryMutant };
parentPort.on('message', async ({ task, ...rest }) => {
  try {
    parentPort.postMessage({ value: await tasks[task](rest) });
  } catch (cause) {
    parentPort.postMessage({ failure: cause.stack });
  }
});
