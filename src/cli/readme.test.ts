/*
 * The parts of README.md that are made of the code: between `<!-- name -->` and `<!-- /name -->` stands what the
 * registry, the limits and tolerances, and the command line say. The test fails where one is stale.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { codecs } from '../codecs.ts';
import type { ClauseId } from '../core/error.ts';
import { DEFAULT_LIMITS } from '../core/limits.ts';
import { TOLERANCES } from '../core/tolerance.ts';
import { parseVectors } from '../vectors/load.ts';
import type { VectorFile } from '../vectors/model.ts';
import { oma } from './testing.ts';

const ROOT = new URL('../../', import.meta.url);
const text = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function clauseText(clause: ClauseId): string {
  return clause.replace(/^RFC(\d+)-/, 'RFC $1 ').replaceAll('-', ' ');
}

/** Subpaths that export no codecs of their own. */
const WITHOUT_CODECS = ['.', './testing', './vectors'];

/** The subpaths of the package, and what each exports: values by their names. */
async function subpaths(): Promise<readonly (readonly [subpath: string, names: ReadonlyMap<unknown, string>])[]> {
  const { exports } = JSON.parse(text('package.json')) as { readonly exports: Readonly<Record<string, unknown>> };
  const found: (readonly [string, ReadonlyMap<unknown, string>])[] = [];
  for (const path of Object.keys(exports)) {
    const file = new URL(`src/${path}/index.ts`, ROOT);
    if (WITHOUT_CODECS.includes(path) || !existsSync(file)) continue;
    const exported = Object.entries((await import(file.href)) as Readonly<Record<string, unknown>>);
    found.push([path.slice(2), new Map(exported.map(([name, value]) => [value, name]))]);
  }
  return found;
}

/** Vectors that are valid, and all others, by artefact. */
function vectorCounts(): ReadonlyMap<string, readonly [valid: number, invalid: number]> {
  const counts = new Map<string, readonly [number, number]>();
  for (const name of readdirSync(new URL('fixtures/vectors/', ROOT))) {
    if (!name.endsWith('.json')) continue;
    const read = parseVectors(JSON.parse(text(`fixtures/vectors/${name}`)));
    if (!read.ok) throw new Error(`${name}: ${read.issues[0]?.message}`);
    const { artefact, groups }: VectorFile = read.file;
    const results = groups.flatMap(({ tests }) => tests.map(({ result }) => result === 'valid'));
    const [valid, invalid] = counts.get(artefact) ?? [0, 0];
    const good = results.filter(Boolean).length;
    counts.set(artefact, [valid + good, invalid + results.length - good]);
  }
  return counts;
}

async function artefacts(): Promise<string> {
  const modules = await subpaths();
  const counts = vectorCounts();
  const rows = Object.entries(codecs).map(([name, codec]) => {
    if (codec === undefined) throw new Error(name);
    const found = modules.find(([, names]) => names.has(codec));
    if (found === undefined) throw new Error(`${name} is not exported by any subpath`);
    const rule = 'rule' in codec && codec.rule !== codec.name ? `\`${codec.rule}\`, ` : '';
    const vectors = counts.get(name);
    return [
      `\`${name}\``,
      `\`${found[1].get(codec)}\` from \`oma-simple-im/${found[0]}\``,
      rule + clauseText(codec.clause),
      vectors === undefined ? '' : vectors.join(' / '),
    ];
  });
  return table(['artefact', 'import', 'rule, clause', 'vectors: valid / invalid'], rows);
}

/** What each limit bounds is what its docstring says. */
function limits(): string {
  const source = text('src/core/limits.ts');
  const rows = Object.entries(DEFAULT_LIMITS).map(([name, value]) => {
    const what = new RegExp(`/\\*\\* ([^*]+?) \\*/\\s+readonly ${name}: number;`).exec(source)?.[1];
    if (what === undefined) throw new Error(`no docstring of the limit ${name}`);
    return [`\`${name}\``, value.toLocaleString('en').replaceAll(',', ' '), what.replace(/\.$/, '')];
  });
  return table(['limit', 'default', 'what it bounds'], rows);
}

function tolerances(): string {
  const rows = Object.entries(TOLERANCES).map(([name, { clause, what }]) => [`\`${name}\``, what, clauseText(clause)]);
  return table(['tolerance', 'what it lets through', 'bends'], rows);
}

/** A command that is run here, its standard input, and how many lines of its output are shown. */
interface Example {
  readonly command: string;
  readonly stdin?: string;
  readonly lines?: number;
}

const EXAMPLES: readonly Example[] = [
  { command: 'decode fixtures/messages/pager-one-user.sip', lines: 12 },
  { command: 'check fixtures/check/large-invite-broken.sip' },
  { command: 'testee', stdin: '{"id":1,"artefact":"header/Privacy","op":"decode","text":"id;critical"}' },
];

async function commands(): Promise<string> {
  const shown: string[] = [];
  for (const { command, stdin, lines } of EXAMPLES) {
    const { stdout } = await oma(command.split(' '), stdin === undefined ? {} : { stdin: `${stdin}\n` });
    const output = stdout.trimEnd().split('\n');
    const [before, after] = [
      stdin === undefined ? '' : `echo '${stdin}' | `,
      lines === undefined ? '' : ` | head -${lines}`,
    ];
    shown.push(`$ ${before}oma-im ${command}${after}`, ...output.slice(0, lines));
  }
  return `\`\`\`console\n${shown.join('\n')}\n\`\`\``;
}

/** The page with what stands between the two marks of a part. */
function withPart(page: string, name: string, content: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`README.md has no part ${begin} … ${end}`);
  return `${page.slice(0, from + begin.length)}\n${content}\n${page.slice(to)}`;
}

test('README.md shows what the code says (npx vitest run src/cli/readme.test.ts -u writes it)', async () => {
  const parts = {
    artefacts: await artefacts(),
    limits: limits(),
    tolerances: tolerances(),
    commands: await commands(),
  };
  let page = text('README.md');
  for (const [name, content] of Object.entries(parts)) page = withPart(page, name, content);
  await expect(page).toMatchFileSnapshot('../../README.md');
});

test('a part that is missing is an error, not a page without it', () => {
  expect(() => withPart('<!-- a -->', 'a', '')).toThrow('<!-- /a -->');
  expect(() => withPart('<!-- /a --> <!-- a -->', 'a', '')).toThrow('<!-- /a -->');
  expect(withPart('x\n<!-- a -->\nold\n<!-- /a -->\ny', 'a', 'new')).toBe('x\n<!-- a -->\nnew\n<!-- /a -->\ny');
});
