/* oma-im conformance: the vectors put to any program that speaks the testee protocol, and its score. */
import { writeFileSync } from 'node:fs';
import { type Question, questionsOf, type Strictness, type Verdict } from '../../vectors/conformance.ts';
import {
  compareExpectations,
  countVerdict,
  type Failure,
  formatExpectations,
  newScore,
} from '../../vectors/conformance-score.ts';
import { type Arguments, type Command, DONE, type Options, REFUSED, readArguments, WrongUse } from '../command.ts';
import { drive, NoTestee, type Testee } from '../conformance/drive.ts';
import { ownVectors, readExpectations, readVectorFile, vectorFiles } from '../conformance/files.ts';
import { launch } from '../conformance/launch.ts';
import { isClean, type Run, toJson, writeText } from '../conformance/report.ts';
import { InputError, type Io, write } from '../io.ts';

const OPTIONS: Options = {
  testee: { type: 'string', what: 'the command that starts the program, as a shell takes it' },
  vectors: { type: 'string', what: 'the folder of vector files; those of this package where none is named' },
  expect: { type: 'string', what: 'a file of the vectors that fail, one id a line: these and no others' },
  'write-expect': { type: 'string', what: 'writes such a file of the vectors that failed' },
  strict: { type: 'boolean', what: 'error codes, offsets and tolerances bind as well' },
  timeout: { type: 'string', what: 'seconds without an answer after which the program hangs (10)' },
  jobs: { type: 'string', what: 'how many of the program run at a time (1)' },
  json: { type: 'boolean', what: 'one JSON object' },
};

export const conformance: Command = {
  name: 'conformance',
  summary: 'put the vectors to any program that speaks the testee protocol, and score it',
  usage:
    '--testee COMMAND [--vectors DIR] [--expect FILE | --write-expect FILE] [--strict] [--timeout SECONDS] [--jobs N] [--json]',
  example: [
    `oma-im conformance --testee 'oma-im testee' --strict`,
    'passed, failed and skipped by artefact, duty and bug type; exit code 1 where a vector fails, or does not as expected',
  ],
  options: OPTIONS,
  async run(args, io) {
    const given = readArguments(args, OPTIONS);
    const command = given.values.get('testee')?.[0];
    if (command === undefined || command.trim() === '') throw new WrongUse('no program is named: --testee COMMAND');
    return runConformance(given, command, () => launch(command), io);
  },
};

/** `start` starts the testee that `name` names. Throws WrongUse, and InputError. */
export async function runConformance(
  { values, flags, files }: Arguments,
  name: string,
  start: () => Testee,
  io: Io,
): Promise<number> {
  const option = (key: string): string | undefined => values.get(key)?.[0];
  if (files.length > 0) throw new WrongUse(`${files[0]}: vectors are named by their folder, with --vectors`);
  const [expect, writeExpect] = [option('expect'), option('write-expect')];
  if (expect !== undefined && writeExpect !== undefined)
    throw new WrongUse('--expect and --write-expect exclude each other');
  const strict = flags.has('strict');
  const timeout = wholeNumber('timeout', option('timeout') ?? '10', 3600) * 1000;
  const jobs = wholeNumber('jobs', option('jobs') ?? '1', 256);
  const expected = expect === undefined ? undefined : readExpectations(expect);
  const vectors = option('vectors') ?? ownVectors();
  const paths = vectorFiles(vectors);

  const places = new Map<string, number>();
  const [failures, asked, score]: [Failure[], Set<string>, Run['score']] = [[], new Set(), newScore()];
  const tell = (question: Question, verdict: Verdict): void => {
    countVerdict(score, question, verdict);
    const { id, artefact } = question;
    if (expected?.has(id) === true) asked.add(id);
    if (verdict.status === 'failed') failures.push({ id, artefact, kind: verdict.kind, why: verdict.why });
  };
  const questions = allQuestions(paths, { strict }, places);
  let conduct: Run['conduct'];
  try {
    conduct = await drive(questions, start, { strict, timeout, jobs }, tell);
  } catch (error) {
    if (error instanceof NoTestee) throw new InputError(`${name}: answers nothing: ${error.message}`);
    throw error;
  }
  // Several programs at a time, or one that answers in another order, are told in the order of the vectors.
  failures.sort((a, b) => (places.get(a.id) as number) - (places.get(b.id) as number));
  const surprises = expected === undefined ? undefined : compareExpectations(expected, failures, asked);
  const run: Run = { testee: name, vectors, strict, score, failures, conduct, surprises };
  if (flags.has('json')) await write(io.stdout, `${JSON.stringify(toJson(run))}\n`);
  else await writeText(run, io);
  if (writeExpect === undefined) return isClean(run) ? DONE : REFUSED;
  writeFile(writeExpect, formatExpectations(failures));
  return DONE;
}

/** The questions of all files in their order; only the file that is being asked about is held. */
function* allQuestions(
  paths: readonly string[],
  strictness: Strictness,
  places: Map<string, number>,
): Generator<Question> {
  for (const path of paths) {
    for (const question of questionsOf(readVectorFile(path), strictness)) {
      if (places.has(question.id)) throw new InputError(`${path}: ${question.id} stands in another file, too`);
      places.set(question.id, places.size);
      yield question;
    }
  }
}

function wholeNumber(option: string, text: string, most: number): number {
  if (/^[1-9][0-9]{0,4}$/.test(text) && Number(text) <= most) return Number(text);
  throw new WrongUse(`--${option} ${text}: a whole number from 1 to ${most}`);
}

function writeFile(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new InputError(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
