import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { FieldCodec } from '../core/codec.ts';
import { unwrap } from '../core/result.ts';
import { contentType } from '../mime/content-headers.ts';
import {
  byteRange,
  failureReport,
  frameMsrp,
  fromPath,
  getMsrp,
  isMsrpRequest,
  msrp,
  msrpDecoder,
  msrpMessageId,
  msrpStatus,
  successReport,
  toPath,
  useNickname,
} from './index.ts';

interface Verdict {
  /** The start-line behind "MSRP ". */
  readonly start: string;
  /** Octets of the body, null where there is none. */
  readonly body: number | null;
  readonly flag: string;
  /** Headers that are refused, and the code. */
  readonly refused?: Readonly<Record<string, string>>;
}

interface Row {
  readonly file: string;
  readonly source: string;
  readonly what: string;
  /** A body holds its own end-line, so that the verdict is of the octets as a whole. */
  readonly comesWhole?: boolean;
  readonly messages: readonly Verdict[];
  readonly ends: { readonly kind: string; readonly code?: string; readonly offset?: number };
}

const FOLDER = new URL('../../fixtures/msrp/', import.meta.url);
const read = (file: string): Uint8Array => new Uint8Array(readFileSync(new URL(file, FOLDER)));
const rows = JSON.parse(readFileSync(new URL('index.json', FOLDER), 'utf8')) as readonly Row[];
const CODECS = [
  toPath,
  fromPath,
  msrpMessageId,
  successReport,
  failureReport,
  byteRange,
  msrpStatus,
  useNickname,
  contentType,
];

function verdictOf(octets: Uint8Array): Verdict {
  const message = unwrap(msrp.decode(octets));
  const refused: Record<string, string> = {};
  for (const codec of CODECS as readonly FieldCodec<unknown>[]) {
    const result = getMsrp(message, codec);
    if (result?.ok === false) refused[codec.name] = result.error.code;
  }
  const { transactionId, continuation: flag } = message;
  const errors = Object.keys(refused).length === 0 ? {} : { refused };
  if (!isMsrpRequest(message)) {
    const comment = message.comment === undefined ? '' : ` ${message.comment}`;
    return { start: `${transactionId} ${message.status}${comment}`, body: null, flag, ...errors };
  }
  return { start: `${transactionId} ${message.method}`, body: message.body?.length ?? null, flag, ...errors };
}

describe('the collection of streams', () => {
  it('has a row for each file', () => {
    const files = readdirSync(FOLDER).filter((file) => file.endsWith('.msrp'));
    expect(rows.map(({ file }) => file).sort()).toEqual(files.sort());
  });

  it.each(rows)('$file: $what', ({ file, messages, ends }) => {
    let rest = read(file);
    const found: Verdict[] = [];
    let frame = frameMsrp(rest);
    for (; frame.kind === 'complete'; frame = frameMsrp(rest)) {
      const octets = rest.subarray(0, frame.length);
      found.push(verdictOf(octets));
      expect(msrp.encode(unwrap(msrp.decode(octets)))).toEqual(octets);
      rest = rest.subarray(frame.length);
    }
    expect(found).toEqual(messages);
    if (ends.kind === 'broken') expect(frame).toMatchObject({ error: { code: ends.code, offset: ends.offset } });
    expect(rest.length === 0 ? 'end' : frame.kind).toBe(ends.kind);
  });

  const split = rows.filter(({ comesWhole }) => comesWhole !== true);
  it.each(split)('$file, in pieces of 7 octets', ({ file, messages, ends }) => {
    const octets = read(file);
    const decoder = msrpDecoder();
    const found: [number | null, string][] = [];
    let body: number | null = null;
    let last = 'end';
    for (let at = 0; at < octets.length; at += 7) {
      for (const event of decoder.push(octets.subarray(at, at + 7))) {
        if (event.kind === 'head') body = event.hasBody ? 0 : null;
        else if (event.kind === 'body') body = (body as number) + event.octets.length;
        else if (event.kind === 'end') found.push([body, event.continuation]);
        last = event.kind;
      }
    }
    expect(found).toEqual(messages.map((message) => [message.body, message.flag]));
    expect(last === 'broken').toBe(ends.kind === 'broken');
  });
});
