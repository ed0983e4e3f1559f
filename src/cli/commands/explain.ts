/* oma-im explain: a message taken apart for people, with what every part means and which duty it serves or breaks. */
import { passes } from '../../check/check.ts';
import { type ExplainedPart, type Explanation, explain as explainOctets } from '../../check/explain.ts';
import { findDuty } from '../../spec/duties.ts';
import { type Command, DONE, forEachFile, type Options, REFUSED, readArguments } from '../command.ts';
import { type Io, write } from '../io.ts';
import { clip, type Paint, painter, printable } from '../style.ts';
import { tree } from '../tree.ts';
import { CHECK_OPTIONS, checkOptions, findingLine, fixLines, summary } from './check.ts';

const OPTIONS: Options = {
  ...CHECK_OPTIONS,
  plain: { type: 'boolean', what: 'without colour, and without cutting lines to the width of the terminal' },
};

export const explain: Command = {
  name: 'explain',
  summary: 'show every part of a message, what it means, and which duty it serves or breaks',
  usage: 'FILE… [--profile sip|oma-im] [--role ROLE] [--kind KIND] [--plain] [--tolerate NAME] [--hex]',
  example: ['oma-im explain invite.sip', 'an annotated tree; exit code 1 where something is wrong'],
  options: OPTIONS,
  run(args, io) {
    const given = readArguments(args, OPTIONS);
    const options = checkOptions(given);
    const isPlain = given.flags.has('plain');
    return forEachFile(given, io, async (file, octets) => {
      const explanation = explainOctets(octets, options);
      await write(io.stdout, textOf(file, octets, explanation, isPlain, io));
      return passes(explanation.report) ? DONE : REFUSED;
    });
  },
};

function textOf(
  file: string,
  octets: Uint8Array,
  { report, parts }: Explanation,
  isPlain: boolean,
  { columns, ...io }: Io,
): string {
  const paint: Paint = isPlain ? (_, text) => text : painter({ columns, ...io });
  const width = isPlain ? Number.POSITIVE_INFINITY : columns;
  const { kind, role } = report;
  const guessed = kind.guessed ? ', by how it begins' : '';
  const seen = role.is === undefined ? '' : `; seen at ${role.is}${role.guessed ? ', by its Via' : ''}`;
  const lines = [
    paint(
      'bold',
      `${printable(file)}: ${kind.is}${guessed}, ${octets.length} octets${seen}; ${summary(report.findings)}`,
    ),
  ];
  for (const part of parts) lines.push(...partLines(part, octets, paint, width));
  return `${lines.join('\n')}\n\n`;
}

/** Offsets of up to five digits each stand in a column. */
const MARGIN = 13;

function partLines(part: ExplainedPart, octets: Uint8Array, paint: Paint, width: number): readonly string[] {
  const { range, depth, name, means, value, serves, findings } = part;
  const inset = '  '.repeat(depth);
  const [from, to] = range;
  const room = (text: string, taken: number): string => clip(text, Math.max(8, width - taken));
  const own = `${inset}${shown(octets, range, name)}`;
  const place = `${from}-${to}`.padStart(MARGIN - 2);
  const lines = [`${paint('grey', place)}  ${paint('bold', room(own, MARGIN))}`];
  const indent = `${' '.repeat(MARGIN)}${inset}  `;
  const add = (text: string, mark: (text: string) => string): void => {
    lines.push(`${indent}${mark(room(text, indent.length))}`);
  };
  if (means !== undefined) add(means, (text) => paint('blue', text));
  if (typeof value === 'object' && value !== null) {
    for (const line of tree(value, indent)) lines.push(room(line, 0));
  }
  for (const duty of serves) {
    add(`serves ${duty}: ${findDuty(duty)?.summary ?? ''}`, (text) => paint('green', text));
  }
  for (const finding of findings) {
    lines.push(`${indent}${findingLine(finding, paint)}`);
    const broken = finding.duty === undefined ? undefined : findDuty(finding.duty);
    if (broken !== undefined) add(`breaks ${broken.id}: ${broken.summary}`, (text) => paint('yellow', text));
    for (const line of fixLines(finding, paint)) lines.push(`${indent}${line}`);
  }
  return lines;
}

/** The first line of a part as it stands, or what it is where it holds others. */
function shown(octets: Uint8Array, [from, to]: ExplainedPart['range'], name: string): string {
  if (name.includes('/')) return `${name}, ${to - from} octets`;
  let end = from;
  while (end < to && octets[end] !== 0x0d && octets[end] !== 0x0a) end++;
  const text = new TextDecoder().decode(octets.subarray(from, end));
  return printable(text === '' ? name : text);
}
