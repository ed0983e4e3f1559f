/*
 * The score of a testee: verdicts counted by artefact, duty and bug type, and compared with the failures expected.
 */
import type { FailureKind, Question, Verdict } from './conformance.ts';

export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

export interface Score {
  readonly total: Tally;
  readonly artefacts: Map<string, Tally>;
  readonly duties: Map<string, Tally>;
  /** Of the vectors that hold a case of the field; a vector may count for more than one. */
  readonly bugTypes: Map<string, Tally>;
  readonly kinds: Map<FailureKind, number>;
  /** Of those passed, how many had a value, or a canonical form, that could be compared. */
  readonly compared: { values: number; canonicalForms: number };
}

export function newScore(): Score {
  return {
    total: newTally(),
    artefacts: new Map(),
    duties: new Map(),
    bugTypes: new Map(),
    kinds: new Map(),
    compared: { values: 0, canonicalForms: 0 },
  };
}

function newTally(): Tally {
  return { passed: 0, failed: 0, skipped: 0 };
}

/** Counts the verdict. */
export function countVerdict(score: Score, { artefact, vector, bugTypes }: Question, verdict: Verdict): void {
  score.total[verdict.status]++;
  tallyOf(score.artefacts, artefact)[verdict.status]++;
  if (vector.duty !== undefined) tallyOf(score.duties, vector.duty)[verdict.status]++;
  for (const bugType of bugTypes) tallyOf(score.bugTypes, bugType)[verdict.status]++;
  if (verdict.status === 'failed') score.kinds.set(verdict.kind, (score.kinds.get(verdict.kind) ?? 0) + 1);
  if (verdict.status === 'passed') {
    score.compared.values += Number(verdict.value);
    score.compared.canonicalForms += Number(verdict.canonical);
  }
}

function tallyOf(tallies: Map<string, Tally>, name: string): Tally {
  const known = tallies.get(name) ?? newTally();
  tallies.set(name, known);
  return known;
}

/** Of the vectors that were not skipped, in percent, rounded down: 100 is said where nothing failed. */
export function percent({ passed, failed }: Tally): number | undefined {
  return passed + failed === 0 ? undefined : Math.floor((passed * 1000) / (passed + failed)) / 10;
}

export type ParsedExpectations =
  | { readonly ok: true; readonly ids: ReadonlySet<string> }
  | { readonly ok: false; readonly line: number; readonly message: string };

/** Reads a file of expected failures: one id a line; what follows `#` is a comment. */
export function parseExpectations(text: string): ParsedExpectations {
  const ids = new Set<string>();
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    const [id = '', ...more] = line
      .replace(/#.*$/, '')
      .split(/[ \t]+/)
      .filter((word) => word !== '');
    if (id === '') continue;
    if (more.length > 0) return { ok: false, line: i + 1, message: `more than one id: ${id} ${more.join(' ')}` };
    if (ids.has(id)) return { ok: false, line: i + 1, message: `${id} stands twice` };
    ids.add(id);
  }
  return { ok: true, ids };
}

export interface Failure {
  readonly id: string;
  readonly artefact: string;
  readonly kind: FailureKind;
  readonly why: string;
}

/** The file of expected failures that these make. */
export function formatExpectations(failures: readonly Failure[]): string {
  const lines = failures.map(({ id, kind, why }) => `${id}  # ${kind}: ${onOneLine(why)}`);
  return ['# Vectors that are expected to fail, one id a line.', ...lines, ''].join('\n');
}

function onOneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is replaced
  return text.replace(/[\x00-\x1f\x7f]+/g, ' ');
}

/** How failures differ from those expected; all three are empty where they match. */
export interface Surprises {
  readonly failed: readonly string[];
  /** Expected to fail, and passed or skipped. */
  readonly notFailed: readonly string[];
  /** Expected to fail, and no vector has that id. */
  readonly unknown: readonly string[];
}

/** `asked`: those of the expected that a vector has. */
export function compareExpectations(
  expected: ReadonlySet<string>,
  failures: readonly Failure[],
  asked: ReadonlySet<string>,
): Surprises {
  const failing = new Set(failures.map(({ id }) => id));
  const others = [...expected].filter((id) => !failing.has(id));
  return {
    failed: [...failing].filter((id) => !expected.has(id)),
    notFailed: others.filter((id) => asked.has(id)),
    unknown: others.filter((id) => !asked.has(id)),
  };
}
