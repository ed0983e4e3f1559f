// node bench/run.mjs [--quick] [--json] [--only WORD]
//
// What this library takes beside its peers, in one run. Only the ratios mean anything on another machine.
import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { measure, table, used } from './harness.mjs';

const { values: options } = parseArgs({
  options: { quick: { type: 'boolean' }, json: { type: 'boolean' }, only: { type: 'string' } },
});

/** Each file of `groups/` is a subject. Its groups: `{ title, entrants: [{ name, omits, run, verify }] }`. */
const subjects = readdirSync(new URL('groups/', import.meta.url)).sort();
const groups = [];
for (const file of subjects) {
  const subject = await import(`./groups/${file}`);
  groups.push(...subject.groups.filter(({ title }) => options.only === undefined || title.includes(options.only)));
}

const report = [];
for (const { title, entrants } of groups) {
  const rows = measure(entrants, { quick: options.quick });
  report.push({ title, rows });
  if (!options.json) console.log([title, ...table(rows, 'oma-simple-im'), ''].join('\n'));
}
if (groups.length === 0) throw new Error(`no group has "${options.only}" in its title`);
if (!used()) throw new Error('nothing was measured');
if (options.json) console.log(JSON.stringify({ node: process.version, groups: report }, null, 2));
