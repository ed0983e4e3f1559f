// As much of the test framework as the tests of core and sip use: it collects the tests of a file, and runs those asked
// for until one fails. The real one takes a second to begin, which is too long some thousand times.
import { readFileSync } from 'node:fs';
import { ChaiStyleAssertions, chai, JestAsymmetricMatchers, JestChaiExpect, JestExtend } from '@vitest/expect';

const { assert, expect: chaiExpect, use } = chai;

use(JestExtend);
use(JestChaiExpect);
use(ChaiStyleAssertions);
use(JestAsymmetricMatchers);

/** @param modules `{ reset }` forgets the modules that are loaded */
export function framework(modules) {
  let file;
  let tests = [];
  let suite;
  const globals = new Map();

  function describe(name, define) {
    const outer = suite;
    suite = { path: `${outer.path} > ${name}`, outer, before: [], after: [] };
    define();
    suite = outer;
  }

  function it(name, run) {
    const path = `${suite.path} > ${name}`;
    tests.push({ name: path, suite, run });
  }

  const vi = {
    resetModules: () => modules.reset(),
    stubGlobal(name, value) {
      if (!globals.has(name)) globals.set(name, globalThis[name]);
      globalThis[name] = value;
    },
    unstubAllGlobals() {
      for (const [name, value] of globals) globalThis[name] = value;
      globals.clear();
    },
  };

  const test = withVariants(it);
  const exports = {
    __esModule: true,
    describe: withVariants(describe),
    it: test,
    test,
    vi,
    expect: expectation(() => file),
    beforeEach: (run) => suite.before.push(run),
    afterEach: (run) => suite.after.push(run),
  };

  /** The tests that `load` defines; each has a name of its own. */
  function collect(path, load) {
    file = path;
    tests = [];
    suite = { path: '', outer: undefined, before: [], after: [] };
    load();
    const times = new Map();
    for (const each of tests) {
      const count = (times.get(each.name) ?? 0) + 1;
      times.set(each.name, count);
      each.name += ` #${count}`;
    }
    return tests;
  }

  return { exports, collect };
}

/** Runs a test with what stands around it; what is wrong throws. */
export async function runTest({ suite, run }) {
  const suites = [];
  for (let each = suite; each !== undefined; each = each.outer) suites.unshift(each);
  try {
    for (const { before } of suites) for (const hook of before) await hook();
    await run();
  } finally {
    for (const { after } of suites.reverse()) for (const hook of after) await hook();
  }
}

function withVariants(define) {
  const each = (rows) => (name, run) => {
    for (const row of rows) define(name, () => run(...(Array.isArray(row) ? row : [row])));
  };
  const skipped = () => undefined;
  return Object.assign((...args) => define(...args), {
    each,
    skip: skipped,
    skipIf: (condition) => (condition ? skipped : define),
    runIf: (condition) => (condition ? define : skipped),
  });
}

function expectation(currentFile) {
  const expect = (value, message) => {
    const assertion = chaiExpect(value, message);
    assertion.toMatchFileSnapshot = (path) =>
      chaiExpect(value).toBe(readFileSync(new URL(path, `file://${currentFile()}`), 'utf8'));
    return assertion;
  };
  return Object.assign(expect, chaiExpect, { fail: assert.fail });
}
