import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type AnyCodec, codecOf, codecs, isBytesCodec } from '../codecs.ts';
import type { Codec } from '../core/codec.ts';
import { withoutBlanks } from '../core/scanner.ts';
import { inputText, parseVectors } from '../vectors/load.ts';
import { differences } from './abnf/compiled/index.ts';
import { type Agreement, agreement, coverage, grammar } from './abnf/index.ts';
import { AGREEMENT_ROWS, type AgreementRow, OTHER_CODECS, WITHOUT_RULE } from './agreement-rows.ts';

const DEEP = process.env.DEEP === '1';
const [SENTENCES, MUTANTS] = DEEP ? [2000, 5000] : [200, 500];
const SEED = 4475;
/** Longer texts try the limits, not the rules. */
const LONGEST = 1000;
const NO_LIMITS = { limits: { params: LONGEST } };

const VECTORS = new URL('../../fixtures/vectors/', import.meta.url);

/** The inputs of the vectors of each artefact. */
const inputs = new Map(
  readdirSync(VECTORS)
    .filter((name) => name.endsWith('.json'))
    .map((name) => {
      const parsed = parseVectors(JSON.parse(readFileSync(new URL(name, VECTORS), 'utf8')));
      if (!parsed.ok) throw new Error(`${name}: ${JSON.stringify(parsed.issues)}`);
      const { artefact, groups } = parsed.file;
      const texts = groups.flatMap(({ tests }) => tests.map(({ input }) => inputText(input)));
      return [artefact, texts.filter((text) => text !== undefined && text.length <= LONGEST) as string[]];
    }),
);

type Parse = Codec<unknown>['parse'];

const parseOf = (artefact: string): Parse => (OTHER_CODECS[artefact] ?? (codecOf(artefact) as Codec<unknown>)).parse;

const asItStands = (text: string): string => text;

function held({ artefact, document, rule, excuses, ...row }: AgreementRow, parse: Parse): Agreement {
  return agreement({
    grammar: grammar(document),
    rule,
    parse: (text) => parse(text, NO_LIMITS).ok,
    prepare: row.asItStands === true ? asItStands : withoutBlanks,
    texts: [...(inputs.get(artefact) ?? []), ...(row.texts ?? [])],
    sentences: SENTENCES,
    mutants: MUTANTS,
    seed: SEED,
    except(text) {
      const read = parse(text, NO_LIMITS);
      return excuses.find(({ explains }) => explains(text, read.ok ? undefined : read.error))?.id;
    },
  });
}

const results = new Map<AgreementRow, Agreement>();

/** Found out once; the later tests ask again. */
function resultOf(row: AgreementRow): Agreement {
  const result = results.get(row) ?? held(row, parseOf(row.artefact));
  results.set(row, result);
  return result;
}

/** A row of the table: how often each was tried, and which alternatives of the rule the vectors go through. */
function count(row: AgreementRow): string[] {
  const { artefact, document, rule } = row;
  const found = resultOf(row);
  const counters = coverage(grammar(document), rule);
  for (const text of inputs.get(artefact) ?? []) counters.add(withoutBlanks(text));
  const { hit, alternatives } = counters.report();
  const sum = [...found.excused.values()].reduce((all, one) => all + one, 0);
  const numbers = [found.texts, found.generated, found.mutants, found.valid, sum, found.differences.length];
  return [artefact, ...numbers.map(String), `${hit} of ${alternatives}`];
}

const HEAD = ['codec', 'vectors', 'generated', 'mutants', 'valid', 'excused', 'differences', 'tried by vectors'];

function table(rows: readonly (readonly string[])[]): string {
  const widths = HEAD.map((_, i) => Math.max(...rows.map((row) => (row[i] as string).length)));
  const line = (row: readonly string[]): string =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] as number) : cell.padStart(widths[i] as number))).join('  ');
  return rows.map(line).join('\n');
}

describe(`codec and grammar, seed ${SEED}`, () => {
  it.each(AGREEMENT_ROWS.map((row) => [row.artefact, row] as const))('%s agrees', (_, row) => {
    const { differences: found, ...counted } = resultOf(row);
    expect(found.slice(0, 5), `${found.length} differences from ${row.document} ${row.rule}, seed ${SEED}`).toEqual([]);
    expect(counted).toMatchObject({ generated: SENTENCES, mutants: MUTANTS, undecided: 0 });
  });

  it('every difference that is listed is met', () => {
    const met = new Set(AGREEMENT_ROWS.flatMap((row) => [...resultOf(row).excused.keys()]));
    expect(differences.map(({ id }) => id).filter((id) => !met.has(id))).toEqual([]);
  });

  it.runIf(DEEP)('all in numbers (npm run test:deep prints them)', () => {
    console.log(table([HEAD, ...AGREEMENT_ROWS.map(count)]));
  });
});

describe('the rows', () => {
  it('are one for every text codec, or say why there is none', () => {
    const all = Object.entries(codecs as Readonly<Record<string, AnyCodec>>);
    const names = all.filter(([, codec]) => !isBytesCodec(codec)).map(([name]) => name);
    const rows = [...AGREEMENT_ROWS.map(({ artefact }) => artefact), ...Object.keys(WITHOUT_RULE)];
    expect(rows.sort()).toEqual([...names, ...Object.keys(OTHER_CODECS)].sort());
  });
});

/** What parsers get wrong, put into ours. */
const PLANTED: readonly (readonly [artefact: string, what: string, (parse: Parse) => Parse])[] = [
  ['header/Session-Expires', 'trims with trim()', (parse) => (text) => parse(text.trim())],
  ['sip-uri', 'folds the long s', (parse) => (text) => parse(text.replaceAll('\u017f', 's'))],
  ['header/Content-Length', 'reads with parseInt', (parse) => (text) => parse(String(Number.parseInt(text, 10)))],
  ['header/Call-ID', 'takes one word', (parse) => (text) => parse(text.includes('@') ? '' : text)],
  [
    'header/Reply-To',
    'ends the display name at the first bracket',
    (parse) => (text, options) => (/"[^"]*<[^"]*"/.test(text) ? parse('', options) : parse(text, options)),
  ],
  ['header/Via', 'refuses blanks around the port', (parse) => (text) => parse(/[ \t]:/.test(text) ? '' : text)],
  ['header/Subject', 'stops at a NUL', (parse) => (text) => parse(text.replace(/\0.*/s, ''))],
  ['header/From', 'takes any port', (parse) => (text) => parse(text.replace(/:[0-9]+/, ':5060'))],
];

describe('a planted defect is found', () => {
  it.each(PLANTED)('%s: %s', (artefact, _, planted) => {
    const row = AGREEMENT_ROWS.find((one) => one.artefact === artefact) as AgreementRow;
    expect(held(row, planted(parseOf(artefact))).differences.length).toBeGreaterThan(0);
  });
});
