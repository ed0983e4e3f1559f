/*
 * A conformance run in words and numbers.
 */
import { type Failure, percent, type Score, type Surprises, type Tally } from '../../vectors/conformance-score.ts';
import { type Io, write } from '../io.ts';
import { clip, painter, printable } from '../style.ts';
import type { Conduct } from './drive.ts';

export interface Run {
  readonly testee: string;
  readonly vectors: string;
  readonly strict: boolean;
  readonly score: Score;
  /** In the order of the vectors. */
  readonly failures: readonly Failure[];
  readonly conduct: Conduct;
  /** Where failures are expected. */
  readonly surprises: Surprises | undefined;
}

/** More failures are counted, not shown. */
const MOST_SHOWN = 40;

/** Whether something passed, nothing failed that was not expected to, and every break has its vector. */
export function isClean({ score, conduct, surprises }: Run): boolean {
  const asExpected =
    surprises === undefined ? score.total.failed === 0 : Object.values(surprises).every((ids) => ids.length === 0);
  return asExpected && score.total.passed > 0 && conduct.unexplained.length === 0;
}

export function toJson(run: Run): object {
  const { testee, vectors, strict, score, failures, conduct, surprises } = run;
  return {
    testee,
    vectors,
    strict,
    clean: isClean(run),
    ...withPercent(score.total),
    compared: score.compared,
    artefacts: tallies(score.artefacts),
    duties: tallies(score.duties),
    bugTypes: tallies(score.bugTypes),
    kinds: Object.fromEntries(sorted(score.kinds)),
    conduct,
    surprises,
    failures,
  };
}

function tallies(map: ReadonlyMap<string, Tally>): object {
  return Object.fromEntries(sorted(map).map(([name, tally]) => [name, withPercent(tally)]));
}

/** By name, in whatever order several programs at a time were done. */
function sorted<T>(map: ReadonlyMap<string, T>): readonly (readonly [string, T])[] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}

function withPercent(tally: Tally): object {
  return { ...tally, percent: percent(tally) };
}

export async function writeText(run: Run, io: Io): Promise<void> {
  const { testee, vectors, strict, score, conduct, surprises } = run;
  const paint = painter(io);
  const lines = [
    paint('bold', `${printable(testee)}: ${summary(score.total)}`),
    `vectors of ${printable(vectors)}${strict ? ', held strictly' : ''}; of those passed, ${score.compared.values} had a value and ${score.compared.canonicalForms} a canonical form to compare`,
    ...table('artefact', score.artefacts),
    ...table('duty', score.duties),
    ...table('bug type', score.bugTypes),
    ...counted(score.kinds),
    ...conductLines(conduct).map((line) => paint('yellow', line)),
    '',
    ...(surprises === undefined ? failureLines(run.failures, io) : surpriseLines(run, surprises, io)),
  ];
  await write(io.stdout, `${lines.join('\n')}\n`);
}

function summary(tally: Tally): string {
  const { passed, failed, skipped } = tally;
  return `${passed} passed, ${failed} failed, ${skipped} skipped${percentText(tally, ', ')}`;
}

function percentText(tally: Tally, before: string): string {
  const known = percent(tally);
  return known === undefined ? '' : `${before}${known.toFixed(1)} %`;
}

function table(head: string, rows: ReadonlyMap<string, Tally>): readonly string[] {
  if (rows.size === 0) return [];
  const width = Math.max(head.length, ...[...rows.keys()].map((name) => name.length));
  const line = (name: string, ...cells: readonly string[]): string =>
    `${name.padEnd(width)}${cells.map((cell) => cell.padStart(9)).join('')}`.trimEnd();
  const body = sorted(rows).map(([name, tally]) => {
    const { passed, failed, skipped } = tally;
    return line(name, `${passed}`, `${failed}`, `${skipped}`, percentText(tally, ''));
  });
  return ['', line(head, 'passed', 'failed', 'skipped'), ...body];
}

function counted(kinds: Score['kinds']): readonly string[] {
  return kinds.size === 0
    ? []
    : [
        '',
        `failed by ${sorted(kinds)
          .map(([kind, n]) => `${kind} ${n}`)
          .join(', ')}`,
      ];
}

function conductLines({ restarts, strayLines, outOfOrder, unexplained }: Conduct): readonly string[] {
  const lines: string[] = [];
  if (restarts > 0) lines.push(`the testee was started anew ${restarts} times`);
  if (strayLines > 0) lines.push(`${strayLines} lines of its output answer nothing that was asked`);
  if (outOfOrder > 0) lines.push(`${outOfOrder} answers came before those to earlier questions`);
  for (const why of unexplained.slice(0, MOST_SHOWN)) lines.push(`it broke, and no vector alone does it: ${why}`);
  return lines.map(printable);
}

function failureLines(failures: readonly Failure[], io: Io): readonly string[] {
  const paint = painter(io);
  const shown = failures.slice(0, MOST_SHOWN).map(({ id, kind, why }) => {
    return `${paint('red', 'failed')} ${id}: ${kind}: ${clip(printable(why), Math.max(20, io.columns - id.length - 20))}`;
  });
  const more = failures.length - shown.length;
  return more > 0 ? [...shown, `… and ${more} more: --json or --write-expect tells them all`] : shown;
}

function surpriseLines({ failures }: Run, { failed, notFailed, unknown }: Surprises, io: Io): readonly string[] {
  const surprising = new Set(failed);
  const lines = [
    ...failureLines(
      failures.filter(({ id }) => surprising.has(id)),
      io,
    ),
    ...notFailed.map((id) => `${id} was expected to fail, and does not`),
    ...unknown.map((id) => `${printable(id)} was expected to fail, and no vector has that id`),
  ];
  return lines.length === 0 ? ['the failures are those expected'] : lines;
}
