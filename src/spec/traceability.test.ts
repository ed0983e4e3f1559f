import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseVectors } from '../vectors/load.ts';
import { CLAUSES, findClause } from './clauses.ts';
import { DUTIES, type Duty, findDuty } from './duties.ts';
import { matrix } from './matrix.ts';
import { clauseCitations, type DutyProof, dutyCode, dutyProofs, type SourceFile, trace } from './traceability.ts';

const ROOT = new URL('../../', import.meta.url);

function files(folder: string, ending: string): SourceFile[] {
  return readdirSync(new URL(folder, ROOT), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}${name.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith(ending) && !path.includes('/compiled/'))
    .sort()
    .map((path) => ({ path, text: readFileSync(new URL(path, ROOT), 'utf8') }));
}

const sources = files('src/', '.ts').filter(({ path }) => !path.startsWith('src/spec/'));
const tests = sources.filter(({ path }) => path.endsWith('.test.ts'));
const code = sources.filter(({ path }) => !path.endsWith('.test.ts'));
const vectors = files('fixtures/vectors/', '.json');

/** A vector that names its duty proves it: what is valid shows the duty served, what is invalid a breach refused. */
function vectorProofs({ path, text }: SourceFile): DutyProof[] {
  const read = parseVectors(JSON.parse(text));
  if (!read.ok) return [];
  return read.file.groups.flatMap(({ tests: all }) =>
    all.flatMap(({ id, duty, result }) =>
      duty === undefined ? [] : [{ duty, negative: result === 'invalid', path, title: id }],
    ),
  );
}

const traced = trace(DUTIES, code.flatMap(dutyCode), [...tests.flatMap(dutyProofs), ...vectors.flatMap(vectorProofs)]);

describe('duties', () => {
  it('have ids of their own, and are found by them', () => {
    expect(new Set(DUTIES.map(({ id }) => id)).size).toBe(DUTIES.length);
    for (const duty of DUTIES) expect(findDuty(duty.id)).toBe(duty);
    expect(findDuty('PM-6')).toBeUndefined();
  });

  it('are each served by code and proved by tests, or say what is missing', () => {
    expect(traced.problems).toEqual([]);
  });

  it('stand in docs/duties.md as they are (npm run matrix writes it)', async () => {
    await expect(matrix(traced)).toMatchFileSnapshot('../../docs/duties.md');
  });
});

describe('clauses', () => {
  const cited = [...sources.flatMap(clauseCitations), ...vectors.flatMap((file) => clauseCitations(file))];

  it('that are cited are all registered', () => {
    const unknown = cited.filter(({ clause }) => findClause(clause) === undefined);
    expect(unknown.map(({ clause, path, line }) => `${path}:${line} ${clause}`)).toEqual([]);
  });

  it('that are registered are all cited, and each stands once', () => {
    const known = new Set<string>(cited.map(({ clause }) => clause));
    expect(CLAUSES.filter(({ id }) => !known.has(id)).map(({ id }) => id)).toEqual([]);
    expect(new Set(CLAUSES.map(({ id }) => id)).size).toBe(CLAUSES.length);
  });

  it('take their id apart into document and section', () => {
    expect(findClause('RFC3261-25.1')).toMatchObject({ document: 'RFC3261', section: '25.1', title: 'Basic Rules' });
    expect(findClause('OMA-IM-8.1.1')).toMatchObject({ document: 'OMA-IM', section: '8.1.1' });
  });
});

describe('the trace', () => {
  const row: Duty = {
    id: 'XX-1',
    level: 'SHALL',
    document: 'OMA-IM',
    section: '1',
    summary: 'a duty to try the trace on',
    owns: ['build', 'check'],
  };
  const inDocstring = (text: string) => dutyCode({ path: 'a.ts', text: `/** ${text} */` });
  const titled = (...titles: string[]) =>
    dutyProofs({ path: 'a.test.ts', text: titles.map((title) => `it('${title}', () => {});`).join('\n') });
  const proved = titled('XX-1: writes it', 'XX-1: throws on nothing');
  const whole = inDocstring('@duty XX-1 (build, check)');

  it('finds nothing wrong where all parts have code and tests of both kinds', () => {
    expect(trace([row], whole, proved).problems).toEqual([]);
  });

  it('finds a duty that does not exist, in code and in a test', () => {
    expect(trace([row], [...whole, ...inDocstring('@duty XX-2 (build)')], proved).problems).toEqual([
      'a.ts:1: there is no duty XX-2',
    ]);
    expect(trace([row], whole, [...proved, ...titled('XX-3: writes it')]).problems).toEqual([
      'a.test.ts: "writes it" proves XX-3, which is no duty',
    ]);
  });

  it('finds a part without code, a part that is none, and a docstring without parts', () => {
    const problems = (text: string) => trace([row], inDocstring(text), proved).problems;
    expect(problems('@duty XX-1 (build)')).toEqual(['XX-1: no code serves check']);
    expect(problems('@duty XX-1 (build, check, dance)')).toEqual([
      'a.ts:1: @duty XX-1 has the part "dance", which is none',
    ]);
    expect(problems('@duty XX-1 (build, check) @duty XX-1')).toEqual(['a.ts:1: @duty XX-1 names no part']);
    expect(problems('@duty XX-1 (build, check, parse)')).toEqual([
      'XX-1: code serves parse, which the duty does not own',
    ]);
  });

  it('holds what is marked open to the truth', () => {
    const open = { ...row, open: { check: 'no checker yet' } };
    expect(trace([open], inDocstring('@duty XX-1 (build)'), proved).problems).toEqual([]);
    expect(trace([open], whole, proved).problems).toEqual(['XX-1: check is marked open and has code']);
    expect(trace([{ ...row, open: { parse: 'never' } }], whole, proved).problems).toEqual([
      'XX-1: parse is marked open, which the duty does not own',
    ]);
  });

  it('wants a positive and a negative test, and takes none that is skipped', () => {
    expect(trace([row], whole, titled('XX-1: writes it')).problems).toEqual(['XX-1: no negative test']);
    expect(trace([row], whole, titled('XX-1: reports its absence')).problems).toEqual(['XX-1: no positive test']);
    const skipped = dutyProofs({ path: 'a.test.ts', text: `it.${'skip'}('XX-1: writes it', () => {});` });
    expect(skipped).toEqual([]);
  });

  it('knows a negative test by its words', () => {
    const words = ['refuses it', 'throws on it', 'reports it', 'is not served', 'counts octets, not characters'];
    const negative = titled(...words.map((text) => `XX-1: ${text}`)).map((proof) => proof.negative);
    expect(negative).toEqual([true, true, true, true, false]);
  });

  it('wants no tests of a duty that is open altogether', () => {
    expect(trace([{ ...row, open: { build: 'later', check: 'later' } }], [], []).problems).toEqual([]);
  });

  it('reads several duties in one docstring', () => {
    expect(inDocstring('@duty XX-1, XX-2 (build, check) @duty XX-3 (parse)')).toMatchObject([
      { duty: 'XX-1', parts: ['build', 'check'], line: 1 },
      { duty: 'XX-2', parts: ['build', 'check'], line: 1 },
      { duty: 'XX-3', parts: ['parse'], line: 1 },
    ]);
  });

  it('reads several duties in one title', () => {
    expect(titled('XX-1, XX-2: refuses both')).toMatchObject([
      { duty: 'XX-1', negative: true },
      { duty: 'XX-2', negative: true },
    ]);
  });

  it('reads the duties of a table from its rows', () => {
    const text = `it.each([['XX-1', 1], ['XX-2', 2]])('%s: refuses %i', () => {});`;
    expect(dutyProofs({ path: 'a.test.ts', text }).map(({ duty }) => duty)).toEqual(['XX-1', 'XX-2']);
  });

  it('takes no text for a title', () => {
    expect(dutyProofs({ path: 'a.test.ts', text: `const header = 'XX-1: value'; f(x, 'XX-2: y');` })).toEqual([]);
  });

  it('draws a row for each duty and lists what is open', () => {
    const page = matrix(
      trace([{ ...row, open: { check: 'no checker yet' } }], inDocstring('@duty XX-1 (build)'), proved),
    );
    expect(page).toContain('1 duties: 0 served whole, 1 in part, 0 open.');
    expect(page).toContain('| XX-1 | SHALL | 1 | a duty to try the trace on | ✓ |  | open |  |  |  | 1 | 1 | `a.ts` |');
    expect(page).toContain('| XX-1 | check | no checker yet |');
  });
});
