/* oma-im check: what is wrong with a message, and which duties it serves. */

import type { CheckReport } from '../../check/check.ts';
import { check as checkMessage, type Profile, passes, type Role } from '../../check/check.ts';
import type { Finding, Severity } from '../../check/finding.ts';
import {
  type Command,
  DONE,
  forEachFile,
  HEX_OPTION,
  type Options,
  REFUSED,
  readArguments,
  TOLERATE_OPTION,
  tolerances,
} from '../command.ts';
import { renderExcerpt } from '../excerpt.ts';
import { type Io, write } from '../io.ts';
import { type Colour, painter, printable } from '../style.ts';

const OPTIONS: Options = {
  profile: { type: 'string', what: 'what the message is held to', values: ['sip', 'oma-im'] },
  role: { type: 'string', what: 'where it was seen', values: ['originating', 'terminating', 'server'] },
  json: { type: 'boolean', what: 'one JSON object a file' },
  tolerate: TOLERATE_OPTION,
  hex: HEX_OPTION,
};

export const check: Command = {
  name: 'check',
  summary: 'say what is wrong with SIP messages, and which duties they serve',
  usage: 'FILE… [--profile sip|oma-im] [--role ROLE] [--json] [--tolerate NAME] [--hex]',
  example: [
    'oma-im check message.sip --profile oma-im',
    'findings by clause and duty; exit code 1 where one is an error',
  ],
  options: OPTIONS,
  run(args, io) {
    const given = readArguments(args, OPTIONS);
    const profile = (given.values.get('profile')?.[0] ?? 'oma-im') as Profile;
    const role = given.values.get('role')?.[0] as Role | undefined;
    const show = given.flags.has('json') ? showJson : showText;
    return forEachFile(given, io, async (file, octets) => {
      const report = checkMessage(octets, { profile, role, tolerances: tolerances(given) });
      await show(file, octets, report, io);
      return passes(report) ? DONE : REFUSED;
    });
  },
};

async function showJson(file: string, _octets: Uint8Array, report: CheckReport, io: Io): Promise<void> {
  await write(io.stdout, `${JSON.stringify({ file, passes: passes(report), ...report })}\n`);
}

const COLOURS: Readonly<Record<Severity, Colour>> = { error: 'red', warning: 'yellow', info: 'blue', unknown: 'grey' };

async function showText(file: string, octets: Uint8Array, { findings, served }: CheckReport, io: Io): Promise<void> {
  const paint = painter(io);
  const verdict = summary(findings);
  const lines = [paint('bold', `${printable(file)}: ${verdict}`)];
  for (const finding of findings) {
    const { severity, clause, duty, range, field, message } = finding;
    const cited = duty === undefined ? clause : `${duty}, ${clause}`;
    const where = field === undefined ? '' : `${printable(field)}: `;
    lines.push(
      `  ${paint(COLOURS[severity], severity)} [${range[0]}, ${range[1]}) ${where}${printable(message)} (${cited})`,
    );
    lines.push(...renderExcerpt(octets, range, io.columns - 4).map((line) => `    ${paint('grey', line)}`));
  }
  if (served.length > 0) lines.push(`  serves ${served.join(' ')}`);
  await write(io.stdout, `${lines.join('\n')}\n\n`);
}

function summary(findings: readonly Finding[]): string {
  const count = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length;
  const counted = (['error', 'warning', 'info', 'unknown'] as const).map(
    (severity) => [severity, count(severity)] as const,
  );
  const said = counted
    .filter(([, n]) => n > 0)
    .map(([severity, n]) => `${n} ${severity}${n > 1 && severity !== 'info' && severity !== 'unknown' ? 's' : ''}`);
  return said.length === 0 ? 'nothing is wrong' : said.join(', ');
}
