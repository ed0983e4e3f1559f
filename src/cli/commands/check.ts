/* oma-im check: what is wrong with messages or a whole exchange of them, and which duties they serve. */

import { type CheckOptions, check as checkMessage, type Profile, passes, type Role } from '../../check/check.ts';
import type { Finding, Severity } from '../../check/finding.ts';
import { checkFlow, type FlowReport } from '../../check/flow.ts';
import { ARTEFACT_KINDS, type ArtefactKind } from '../../check/kind.ts';
import { guessSides } from '../../check/sides.ts';
import {
  type Arguments,
  type Command,
  DONE,
  type ExitCode,
  forEachFile,
  HEX_OPTION,
  type Option,
  type Options,
  REFUSED,
  readArguments,
  TOLERATE_OPTION,
  tolerances,
} from '../command.ts';
import { renderExcerpt } from '../excerpt.ts';
import { type Io, write } from '../io.ts';
import { type Colour, type Paint, painter, printable } from '../style.ts';

/** What `check` and `explain` ask for alike. */
export const CHECK_OPTIONS: Readonly<Record<'profile' | 'role' | 'kind' | 'tolerate' | 'hex', Option>> = {
  profile: { type: 'string', what: 'what the message is held to', values: ['sip', 'oma-im'] },
  role: { type: 'string', what: 'where it was seen', values: ['originating', 'terminating', 'server'] },
  kind: { type: 'string', what: 'what the files are; guessed where absent', values: ARTEFACT_KINDS },
  tolerate: TOLERATE_OPTION,
  hex: HEX_OPTION,
};

const OPTIONS: Options = {
  ...CHECK_OPTIONS,
  flow: { type: 'boolean', what: 'the files are the messages of one exchange, in order' },
  json: { type: 'boolean', what: 'one JSON object a file, or for the exchange' },
};

export const check: Command = {
  name: 'check',
  summary: 'say what is wrong with messages, and which duties they serve',
  usage: 'FILE… [--profile sip|oma-im] [--role ROLE] [--kind KIND] [--flow] [--json] [--tolerate NAME] [--hex]',
  example: [
    'oma-im check message.sip --profile oma-im',
    'findings by clause and duty; exit code 1 where one is an error',
  ],
  options: OPTIONS,
  run(args, io) {
    const given = readArguments(args, OPTIONS);
    return given.flags.has('flow') ? runFlow(given, io) : runFiles(given, io);
  },
};

/** The options as the checker takes them. */
export function checkOptions(given: Arguments): CheckOptions {
  const value = (name: string): string | undefined => given.values.get(name)?.[0];
  return {
    profile: (value('profile') ?? 'oma-im') as Profile,
    role: value('role') as Role | undefined,
    kind: value('kind') as ArtefactKind | undefined,
    tolerances: tolerances(given),
  };
}

async function runFiles(given: Arguments, io: Io): Promise<ExitCode> {
  const options = checkOptions(given);
  const json = given.flags.has('json');
  const all: Finding[] = [];
  let wrong = 0;
  const code = await forEachFile(given, io, async (file, octets) => {
    const report = checkMessage(octets, options);
    const right = passes(report);
    if (!right) wrong++;
    all.push(...report.findings);
    if (json) await write(io.stdout, `${JSON.stringify({ file, passes: right, ...report })}\n`);
    else await write(io.stdout, textOf(file, octets, report.findings, report.served, io));
    return right ? DONE : REFUSED;
  });
  if (given.files.length > 1 && !json) {
    const paint = painter(io);
    const verdict = `${given.files.length} files, ${wrong} of them with errors: ${summary(all)}`;
    await write(io.stdout, `${paint('bold', verdict)}\n`);
  }
  return code;
}

/** All files are read before the first is looked at; one that cannot be is left out. */
async function runFlow(given: Arguments, io: Io): Promise<ExitCode> {
  const { profile, tolerances: tolerated } = checkOptions(given);
  const files: string[] = [];
  const messages: Uint8Array[] = [];
  const code = await forEachFile(given, io, async (file, octets) => {
    files.push(file);
    messages.push(octets);
    return DONE;
  });
  const flow = guessSides(messages);
  const report = checkFlow(flow, { profile, tolerances: tolerated });
  const right = passes(report);
  if (given.flags.has('json')) {
    const senders = flow.map(({ from }, i) => ({ file: files[i], from }));
    await write(io.stdout, `${JSON.stringify({ files: senders, passes: right, ...report })}\n`);
  } else
    await write(
      io.stdout,
      flowText(
        files,
        flow.map(({ from }) => from),
        messages,
        report,
        io,
      ),
    );
  return right ? code : REFUSED;
}

function flowText(
  files: readonly string[],
  senders: readonly string[],
  messages: readonly Uint8Array[],
  { findings, served }: FlowReport,
  io: Io,
): string {
  const pieces = messages.map((octets, i) => {
    const title = `${files[i]} (${senders[i]})`;
    return textOf(
      title,
      octets,
      findings.filter(({ index }) => index === i),
      [],
      io,
    );
  });
  const paint = painter(io);
  const lines = [paint('bold', `exchange of ${messages.length} messages: ${summary(findings)}`)];
  if (served.length > 0) lines.push(`  serves ${served.join(' ')}`);
  return `${pieces.join('')}${lines.join('\n')}\n`;
}

const COLOURS: Readonly<Record<Severity, Colour>> = { error: 'red', warning: 'yellow', info: 'blue', unknown: 'grey' };

/** A finding in one line. */
export function findingLine({ severity, clause, duty, range, field, message }: Finding, paint: Paint): string {
  const cited = duty === undefined ? clause : `${duty}, ${clause}`;
  const where = field === undefined ? '' : `${printable(field)}: `;
  return `${paint(COLOURS[severity], severity)} [${range[0]}, ${range[1]}) ${where}${printable(message)} (${cited})`;
}

/** What to write instead, where that is known. */
export function fixLines({ fix }: Finding, paint: Paint): readonly string[] {
  return fix === undefined ? [] : [`${paint('green', 'fix:')} ${printable(fix)}`];
}

function textOf(
  file: string,
  octets: Uint8Array,
  findings: readonly Finding[],
  served: readonly string[],
  io: Io,
): string {
  const paint = painter(io);
  const lines = [paint('bold', `${printable(file)}: ${summary(findings)}`)];
  for (const finding of findings) {
    lines.push(`  ${findingLine(finding, paint)}`);
    lines.push(...renderExcerpt(octets, finding.range, io.columns - 4).map((line) => `    ${paint('grey', line)}`));
    lines.push(...fixLines(finding, paint).map((line) => `    ${line}`));
  }
  if (served.length > 0) lines.push(`  serves ${served.join(' ')}`);
  return `${lines.join('\n')}\n\n`;
}

export function summary(findings: readonly Finding[]): string {
  const count = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length;
  const counted = (['error', 'warning', 'info', 'unknown'] as const).map(
    (severity) => [severity, count(severity)] as const,
  );
  const said = counted
    .filter(([, n]) => n > 0)
    .map(([severity, n]) => `${n} ${severity}${n > 1 && severity !== 'info' && severity !== 'unknown' ? 's' : ''}`);
  return said.length === 0 ? 'nothing is wrong' : said.join(', ');
}
