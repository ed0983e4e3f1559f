/* oma-im decode: what a message holds, and where. */
import type { ParseError } from '../../core/error.ts';
import { utf8 } from '../../core/octets.ts';
import { renderError } from '../../core/render.ts';
import { locate } from '../../sip/access.ts';
import { frameSip } from '../../sip/frame.ts';
import type { HeadOptions } from '../../sip/head.ts';
import { isRequest, type SipMessage, sipMessage } from '../../sip/message.ts';
import { headOf } from '../../sip/received.ts';
import {
  type Command,
  DONE,
  type ExitCode,
  forEachFile,
  HEX_OPTION,
  type Options,
  REFUSED,
  readArguments,
  TOLERATE_OPTION,
  tolerances,
} from '../command.ts';
import { type Io, write } from '../io.ts';
import { toJson } from '../json.ts';
import { clip, type Paint, painter, printable } from '../style.ts';
import { decodeMessage, type HeaderView, readHeaders } from '../testee/sip-message.ts';
import { tree } from '../tree.ts';

const OPTIONS: Options = {
  json: { type: 'boolean', what: 'one JSON object a message, as the testee answers' },
  stream: { type: 'boolean', what: 'a file is a stream: several messages, one behind the other' },
  tolerate: TOLERATE_OPTION,
  hex: HEX_OPTION,
};

export const decode: Command = {
  name: 'decode',
  summary: 'show what SIP messages hold, and where',
  usage: 'FILE… [--json] [--stream] [--tolerate NAME] [--hex]',
  example: ['oma-im decode message.sip', 'every field with its octet offset and what it says'],
  options: OPTIONS,
  run(args, io) {
    const given = readArguments(args, OPTIONS);
    const options: HeadOptions = {
      framing: given.flags.has('stream') ? 'stream' : 'datagram',
      tolerances: tolerances(given),
    };
    const show = given.flags.has('json') ? showJson : showTree;
    return forEachFile(given, io, (file, octets) => showAll(file, octets, options, io, show));
  },
};

type Show = (file: string, octets: Uint8Array, at: number, options: HeadOptions, io: Io) => Promise<number | undefined>;

/** Shows the message of a datagram, or message after message of a stream. */
async function showAll(file: string, octets: Uint8Array, options: HeadOptions, io: Io, show: Show): Promise<ExitCode> {
  let at = 0;
  do {
    const consumed = await show(file, octets, at, options, io);
    if (consumed === undefined) return REFUSED;
    at += consumed;
  } while (options.framing === 'stream' && at < octets.length);
  return DONE;
}

const showJson: Show = async (file, octets, at, options, io) => {
  const answer = decodeMessage(octets.subarray(at), options);
  await write(io.stdout, `${JSON.stringify({ file, offset: at, ...(toJson(answer) as object) })}\n`);
  return answer.outcome === 'valid' ? (answer.consumed as number) : undefined;
};

const showTree: Show = async (file, octets, at, options, io) => {
  const rest = octets.subarray(at);
  const frame = options.framing === 'stream' ? frameSip(rest, options) : undefined;
  if (frame?.kind === 'incomplete') {
    const needed = frame.needed === undefined ? 'more octets' : `${frame.needed} more octets`;
    await write(io.stderr, `oma-im: ${file}:${at}: incomplete, ${needed} are needed\n`);
    return undefined;
  }
  if (frame?.kind === 'broken') return refused(file, at, frame.error, rest, io);
  const result = sipMessage.decode(frame === undefined ? rest : rest.subarray(0, frame.length), options);
  if (!result.ok) return refused(file, at, result.error, rest, io);
  const { value, consumed, notes } = result;
  const left = frame === undefined ? rest.length - consumed : 0;
  const paint = painter(io);
  const lines = [paint('bold', `${printable(file)}: ${kind(value)}, ${consumed} octets`)];
  for (const { tolerance, clause, offset } of notes) {
    lines.push(paint('yellow', `${offsetText(at + offset)}  tolerated: ${tolerance} (${clause})`));
  }
  lines.push(...messageLines(value, at, options, paint, io.columns));
  if (left > 0) lines.push(paint('yellow', `${offsetText(at + consumed)}  ${left} octets behind the message`));
  await write(io.stdout, `${lines.join('\n')}\n\n`);
  for (const header of readHeaders(value, options)) {
    if (header.error !== undefined) await reportHeader(file, at, value, header, rest, io);
  }
  return consumed;
};

async function refused(file: string, at: number, error: ParseError, octets: Uint8Array, io: Io): Promise<undefined> {
  await write(io.stderr, `oma-im: ${file}:${at + error.offset}: ${renderError(error, octets)}\n`);
  return undefined;
}

/** A header that is refused costs itself only: it is reported, and the message counts as read. */
async function reportHeader(
  file: string,
  at: number,
  message: SipMessage,
  header: HeaderView,
  octets: Uint8Array,
  io: Io,
): Promise<void> {
  const error = header.error as ParseError;
  const offset = locate(message, error)?.[0] ?? error.offset;
  const name = header.name === '' ? 'a line' : header.name;
  await write(io.stderr, `oma-im: ${file}:${at + offset}: ${name}: ${renderError({ ...error, offset }, octets)}\n`);
}

function kind(message: SipMessage): string {
  return isRequest(message) ? `${printable(message.method)} request` : `response ${message.status}`;
}

function offsetText(offset: number): string {
  return String(offset).padStart(6);
}

function messageLines(
  message: SipMessage,
  at: number,
  options: HeadOptions,
  paint: Paint,
  columns: number,
): readonly string[] {
  const head = headOf(message);
  if (head === undefined) return [];
  const begin = (i: number): string => paint('grey', offsetText(at + (head.lines[i] as number)));
  const width = Math.max(20, columns - 8);
  const start = head.text.slice(head.lines[0], head.text.indexOf('\n', head.lines[0]));
  const lines = [`${begin(0)}  ${clip(printable(start.replace(/\r$/, '')), width)}`];
  readHeaders(message, options).forEach(({ name, value, typed, error }, i) => {
    const title = `${paint('blue', name === '' ? '?' : name)}: ${clip(printable(value), Math.max(20, width - name.length - 2))}`;
    lines.push(`${begin(i + 1)}  ${title}`);
    if (error !== undefined)
      lines.push(`${' '.repeat(10)}${paint('red', `${error.code} in ${error.rule} (${error.clause})`)}`);
    else if (typeof typed === 'object') lines.push(...tree(typed, ' '.repeat(10)).map((text) => clip(text, columns)));
  });
  lines.push(...bodyLines(message.body, at + head.end, paint, width));
  return lines;
}

const MOST_LINES = 40;

function bodyLines(body: Uint8Array, at: number, paint: Paint, width: number): readonly string[] {
  const begin = paint('grey', offsetText(at));
  if (body.length === 0) return [`${begin}  ${paint('grey', 'no body')}`];
  const text = utf8(body);
  if (text === undefined) return [`${begin}  body of ${body.length} octets, no text`];
  const all = text.split(/\r?\n/);
  const shown = all
    .slice(0, MOST_LINES)
    .map((line) => `${' '.repeat(8)}${paint('grey', '│')} ${clip(printable(line), width - 2)}`);
  const more = all.length - MOST_LINES;
  if (more > 0) shown.push(`${' '.repeat(8)}${paint('grey', `│ ${more} more lines`)}`);
  return [`${begin}  body of ${body.length} octets`, ...shown];
}
