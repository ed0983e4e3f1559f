// npm run scores: the score of every testee here, and of this package, over the vectors of fixtures/vectors.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const OMA = here('../../dist/cli/main.js');
const node = (path, ...args) => [`"${process.execPath}"`, `"${here(path)}"`, ...args].join(' ');

const TESTEES = [
  ['oma-simple-im', node('../../dist/cli/main.js', 'testee')],
  ['sip', node('sip.mjs')],
  ['jssip', node('jssip.mjs')],
  ['sip.js', node('sip.js.mjs')],
  ['drachtio-srf', node('drachtio-srf.mjs')],
  ['sdp-transform', node('sdp-transform.mjs')],
  ['fast-xml-parser', node('fast-xml-parser.mjs')],
  ['Python email', `python3 "${here('python_email.py')}"`],
];
const BUG_TYPES = ['conformance', 'interoperability', 'security', 'robustness'];

const cells = (...values) => `| ${values.join(' | ')} |`;
const share = (tally) => (tally?.percent === undefined ? '' : `${tally.percent.toFixed(1)} %`);

console.log(cells('testee', 'passed', 'failed', 'skipped', 'score', ...BUG_TYPES));
console.log(cells(...Array(BUG_TYPES.length + 5).fill('---')));
for (const [name, command] of TESTEES) {
  const strict = name === 'oma-simple-im' ? ['--strict'] : [];
  const args = [OMA, 'conformance', '--json', ...strict, '--testee', command];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0 && status !== 1) {
    console.log(cells(name, 'did not run', ...Array(BUG_TYPES.length + 3).fill('')));
    console.error(stderr.split('\n')[0]);
    process.exitCode = 1;
    continue;
  }
  const report = JSON.parse(stdout);
  const { passed, failed, skipped, bugTypes } = report;
  console.log(cells(name, passed, failed, skipped, share(report), ...BUG_TYPES.map((type) => share(bugTypes[type]))));
}
