/* The streams of fixtures/msrp: framed and decoded, then read octet by octet, and held against their verdicts. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame } from '../../core/codec.ts';
import { msrpDecoder } from '../../msrp/decoder.ts';
import { frameMsrp } from '../../msrp/frame.ts';
import { isMsrpRequest, type MsrpMessage, msrp } from '../../msrp/message.ts';
import { printable } from '../style.ts';
import { inLines, type SectionMaker, type Word } from './section.ts';

/** A row of fixtures/msrp/index.json. */
interface Stream {
  readonly file: string;
  readonly messages: readonly { readonly start: string; readonly body: number | null; readonly flag: string }[];
  /** A body holds its own end-line, so that the verdict is of the octets as a whole. */
  readonly comesWhole?: boolean;
  readonly ends: { readonly kind: string; readonly code?: string };
}

export const msrpStreams: SectionMaker = async ({ fixtures, paint, columns }) => {
  const folder = join(fixtures, 'msrp');
  const streams = JSON.parse(await readFile(join(folder, 'index.json'), 'utf8')) as readonly Stream[];
  const kinds = new Map<string, number>();
  const rest: Word[] = [];
  const wrong: string[] = [];
  let [total, bodies] = [0, 0];
  for (const { file, messages, comesWhole, ends } of streams) {
    const octets = new Uint8Array(await readFile(join(folder, file)));
    const { found, identical, end } = wholeMessages(octets);
    const told = found.map(tell);
    for (const message of found) {
      const kind = isMsrpRequest(message) ? message.method : String(message.status);
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
    total += found.length;
    bodies += messages.reduce((sum, { body }) => sum + (body ?? 0), 0);
    if (end !== 'end') rest.push(ending(printable(file.slice(0, -5)), end, paint('yellow', end)));
    if (!identical) wrong.push(`${file}: does not encode to the octets it came in`);
    if (told.join() !== messages.map(({ start, body, flag }) => `${start} ${body} ${flag}`).join()) {
      wrong.push(`${file}: ${told.join(', ')}`);
    }
    if (end !== (ends.code ?? ends.kind)) wrong.push(`${file}: the stream is ${end}`);
    const counted = comesWhole === true ? found.length : octetByOctet(octets);
    if (counted !== found.length) wrong.push(`${file}: ${counted} messages where it comes octet by octet`);
  }
  return {
    title: 'MSRP',
    summary: `${streams.length} streams, ${total} messages with ${bodies} octets of bodies, whole and octet by octet`,
    lines: [
      ...inLines(
        'messages',
        [...kinds].map(([kind, count]) => word(`${printable(kind)} ${count}`)),
        columns,
      ),
      ...inLines('not whole', rest, columns),
    ],
    wrong,
  };
};

function word(text: string): Word {
  return { text, shown: text };
}

function ending(name: string, end: string, shown: string): Word {
  return { text: `${name} (${end})`, shown: `${name} (${shown})` };
}

/** The messages of a stream, and how it ends: `end`, `incomplete`, or the code of the error. */
function wholeMessages(stream: Uint8Array): {
  readonly found: readonly MsrpMessage[];
  readonly identical: boolean;
  readonly end: string;
} {
  const found: MsrpMessage[] = [];
  let rest = stream;
  let identical = true;
  let frame: Frame = frameMsrp(rest);
  for (; frame.kind === 'complete'; frame = frameMsrp(rest)) {
    const octets = rest.subarray(0, frame.length);
    const read = msrp.decode(octets);
    if (!read.ok) return { found, identical, end: read.error.code };
    const written = msrp.encode(read.value);
    identical &&= written.length === octets.length && written.every((octet, i) => octet === octets[i]);
    found.push(read.value);
    rest = rest.subarray(frame.length);
  }
  const kind = frame.kind === 'broken' ? frame.error.code : frame.kind;
  return { found, identical, end: rest.length === 0 ? 'end' : kind };
}

function tell(message: MsrpMessage): string {
  const { transactionId, continuation } = message;
  if (isMsrpRequest(message)) {
    return `${transactionId} ${message.method} ${message.body?.length ?? null} ${continuation}`;
  }
  const comment = message.comment === undefined ? '' : ` ${message.comment}`;
  return `${transactionId} ${message.status}${comment} null ${continuation}`;
}

/** How many messages end where each octet comes alone. */
function octetByOctet(stream: Uint8Array): number {
  const decoder = msrpDecoder();
  let ends = 0;
  for (const octet of stream) {
    for (const event of decoder.push(Uint8Array.of(octet))) if (event.kind === 'end') ends++;
  }
  return ends;
}
