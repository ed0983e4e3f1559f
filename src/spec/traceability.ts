/*
 * From duty to code to test, read from the texts of the source files.
 *
 *   code   a docstring names the duty and the parts that the code serves:   @duty PM-1, LM-G1 (build, parse)
 *   test   a title begins with the duties it proves and a colon:            it('PM-1, PM-2: throws on an empty release')
 *          The title of a table may begin with %s where its rows name the duties: it.each(rows)('%s: refuses %j').
 *          It is a negative test where it says `refuses`, `throws`, `reports` or `does not`, `is not`,
 *          `are not`; otherwise a positive one.
 *   vector a vector names its duty: valid ones are positive, invalid ones negative.
 */
import type { ClauseId } from '../core/error.ts';
import { DUTY_PARTS, type Duty, type DutyPart } from './duties.ts';

/** A source file: its path from the root of the repository, with slashes, and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** A place in the code that serves a duty. */
export interface DutyCode {
  readonly duty: string;
  /** As written; empty where the docstring names none. */
  readonly parts: readonly string[];
  readonly path: string;
  readonly line: number;
}

/** A test or vector that proves a duty. */
export interface DutyProof {
  readonly duty: string;
  readonly negative: boolean;
  readonly path: string;
  readonly title: string;
}

/** A place that cites a clause. */
export interface ClauseCitation {
  readonly clause: ClauseId;
  readonly path: string;
  readonly line: number;
}

const DUTY_TAG = /@duty[ \t]+([A-Za-z0-9-]+(?:, [A-Za-z0-9-]+)*)(?:[ \t]+\(([^)\n]*)\))?/g;
const TITLE =
  /(?:\b(?:it|test)((?:\.[a-z]+)*)|\))\(\s*(['"`])(%s|[A-Z]{2,}-[A-Za-z0-9-]+(?:, [A-Z]{2,}-[A-Za-z0-9-]+)*): ((?:(?!\2)[^\\\n]|\\.)+)\2/g;
const SKIPPED = /\.(skip|todo)$/;
const DUTY_LITERAL = /(['"`])([A-Z]{2,}-[A-Za-z0-9-]+)\1/g;
const NEGATIVE = /\b(refuses|throws|reports|(does|is|are) not)\b/;
const CLAUSE = /(['"`])((?:RFC[0-9]+|OMA-[A-Z]+|XML)-[A-Za-z0-9.-]+)\1/g;

/** What the docstrings of a file say that it serves. */
export function dutyCode({ path, text }: SourceFile): DutyCode[] {
  return [...text.matchAll(DUTY_TAG)].flatMap((match) => {
    const parts = match[2] === undefined ? [] : match[2].split(', ');
    const line = lineOf(text, match.index);
    return (match[1] as string).split(', ').map((duty) => ({ duty, parts, path, line }));
  });
}

/** What the test titles of a file say that they prove; tests that are skipped prove nothing. */
export function dutyProofs({ path, text }: SourceFile): DutyProof[] {
  return [...text.matchAll(TITLE)].flatMap((match) => {
    if (SKIPPED.test(match[1] ?? '')) return [];
    const ids = match[3] as string;
    const title = match[4] as string;
    const negative = NEGATIVE.test(title);
    const duties = ids === '%s' ? rowDuties(text, match.index) : ids.split(', ');
    return duties.map((duty) => ({ duty, negative, path, title }));
  });
}

/** The duties in the rows of the table that stands before a title. */
function rowDuties(text: string, at: number): string[] {
  const rows = text.slice(Math.max(0, text.lastIndexOf('.each', at)), at);
  return [...new Set([...rows.matchAll(DUTY_LITERAL)].map((match) => match[2] as string))];
}

/** The clauses that the literals of a file cite. */
export function clauseCitations({ path, text }: SourceFile): ClauseCitation[] {
  return [...text.matchAll(CLAUSE)].map((match) => ({
    clause: match[2] as ClauseId,
    path,
    line: lineOf(text, match.index),
  }));
}

function lineOf(text: string, at: number): number {
  let line = 1;
  for (let i = text.indexOf('\n'); i >= 0 && i < at; i = text.indexOf('\n', i + 1)) line++;
  return line;
}

/** A duty with what serves and proves it. */
export interface TracedDuty {
  readonly duty: Duty;
  readonly code: readonly DutyCode[];
  readonly proofs: readonly DutyProof[];
}

export interface Trace {
  readonly duties: readonly TracedDuty[];
  /** What is wrong, one sentence each. */
  readonly problems: readonly string[];
}

/** Holds the registry against code and tests. */
export function trace(duties: readonly Duty[], code: readonly DutyCode[], proofs: readonly DutyProof[]): Trace {
  const ids = new Set(duties.map(({ id }) => id));
  const problems: string[] = [];
  for (const one of code) {
    const place = `${one.path}:${one.line}`;
    if (!ids.has(one.duty)) problems.push(`${place}: there is no duty ${one.duty}`);
    else if (one.parts.length === 0) problems.push(`${place}: @duty ${one.duty} names no part`);
    for (const part of one.parts) {
      if (!isPart(part)) problems.push(`${place}: @duty ${one.duty} has the part "${part}", which is none`);
    }
  }
  for (const { duty, path, title } of proofs) {
    if (!ids.has(duty)) problems.push(`${path}: "${title}" proves ${duty}, which is no duty`);
  }
  const traced = duties.map((duty) => ({
    duty,
    code: code.filter((one) => one.duty === duty.id),
    proofs: proofs.filter((one) => one.duty === duty.id),
  }));
  for (const one of traced) problems.push(...problemsOf(one));
  return { duties: traced, problems };
}

function problemsOf({ duty, code, proofs }: TracedDuty): string[] {
  const problems: string[] = [];
  const served = servedParts(code);
  for (const part of served) {
    if (!duty.owns.includes(part)) problems.push(`${duty.id}: code serves ${part}, which the duty does not own`);
    if (duty.open?.[part] !== undefined) problems.push(`${duty.id}: ${part} is marked open and has code`);
  }
  for (const part of duty.owns) {
    if (!served.has(part) && duty.open?.[part] === undefined) problems.push(`${duty.id}: no code serves ${part}`);
  }
  for (const part of Object.keys(duty.open ?? {}) as DutyPart[]) {
    if (!duty.owns.includes(part)) problems.push(`${duty.id}: ${part} is marked open, which the duty does not own`);
  }
  if (served.size === 0) return problems;
  if (!proofs.some(({ negative }) => !negative)) problems.push(`${duty.id}: no positive test`);
  if (!proofs.some(({ negative }) => negative)) problems.push(`${duty.id}: no negative test`);
  return problems;
}

/** The parts of a duty that the code serves. */
export function servedParts(code: readonly DutyCode[]): ReadonlySet<DutyPart> {
  return new Set(code.flatMap(({ parts }) => parts.filter(isPart)));
}

function isPart(part: string): part is DutyPart {
  return (DUTY_PARTS as readonly string[]).includes(part);
}
