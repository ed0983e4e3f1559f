import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ParseError } from '../core/error.ts';
import { unwrap } from '../core/result.ts';
import { MOST, quickest } from '../testing/quickest.ts';
import {
  byteRange,
  frameMsrp,
  getMsrp,
  isMsrpRequest,
  type MsrpEvent,
  type MsrpMessage,
  msrp,
  msrpDecoder,
  toPath,
} from './index.ts';

const octets = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
const text = (value: Uint8Array): string => Buffer.from(value).toString('latin1');
const PATHS = 'To-Path: msrp://b.example.com:8888/9di;tcp\r\nFrom-Path: msrp://a.example.com:7777/iau;tcp\r\n';

/** What a stream comes to: each message in one line, and how it ends. */
interface Story {
  readonly messages: readonly string[];
  readonly error: ParseError | undefined;
}

const line = (start: object, body: string | undefined, continuation: string): string =>
  JSON.stringify([start, body, continuation]);
const startOf = (message: object): object =>
  JSON.parse(JSON.stringify({ ...JSON.parse(JSON.stringify(message)), body: undefined, continuation: undefined }));

/** Message by message, from the octets as a whole. */
function decoded(stream: Uint8Array): Story {
  const messages: string[] = [];
  for (let rest = stream; ; ) {
    const frame = frameMsrp(rest);
    if (frame.kind === 'broken') return { messages, error: frame.error };
    if (frame.kind === 'incomplete') return { messages, error: undefined };
    const message: MsrpMessage = unwrap(msrp.decode(rest.subarray(0, frame.length)));
    const body = isMsrpRequest(message) && message.body !== undefined ? text(message.body) : undefined;
    messages.push(line(startOf(message), body, message.continuation));
    rest = rest.subarray(frame.length);
  }
}

/** From pieces. Checks on the way that events come in order, and that views are not changed by what follows. */
function streamed(pieces: readonly Uint8Array[]): Story {
  const decoder = msrpDecoder();
  const messages: string[] = [];
  let start: object | undefined;
  let bodies: Uint8Array[] | undefined;
  for (const piece of pieces) {
    for (const event of decoder.push(piece)) {
      if (event.kind === 'head') {
        expect(start).toBeUndefined();
        start = event.message;
        bodies = event.hasBody ? [] : undefined;
      } else if (event.kind === 'body') {
        expect(event.octets.length).toBeGreaterThan(0);
        (bodies as Uint8Array[]).push(event.octets);
      } else if (event.kind === 'end') {
        messages.push(line(startOf(start as object), bodies?.map(text).join(''), event.continuation));
        start = undefined;
      } else return { messages, error: event.error };
    }
  }
  return { messages, error: undefined };
}

function split(stream: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = [...cuts.map((cut) => cut % (stream.length + 1)), 0, stream.length].sort((a, b) => a - b);
  return places.slice(1).map((to, i) => stream.slice(places[i], to));
}

const piece = fc.constantFrom(
  '\r\n',
  '-------',
  '------',
  'idOf0',
  'idOf1',
  '$',
  '+',
  '?',
  '\r',
  '\n',
  '-',
  'x',
  'MSRP ',
  '\x00\xff',
);
const bodies = fc.array(piece, { maxLength: 10 }).map((parts) => parts.join(''));
const chunks = fc.record({
  body: fc.option(bodies, { nil: undefined }),
  range: fc.constantFrom('none', 'right', 'star', 'short', 'long'),
  flag: fc.constantFrom('$', '+', '#'),
});

/** A chunk as octets; its body does not hold its own end-line. */
function written({ body, range, flag }: { body: string | undefined; range: string; flag: string }, i: number): string {
  const id = `idOf${i}`;
  if (body === undefined) return `MSRP ${id} ${i % 2 === 0 ? 'SEND' : '200 OK'}\r\n${PATHS}-------${id}${flag}\r\n`;
  const sound = body.replaceAll(`-------${id}`, '');
  const last = { right: sound.length, star: '*', short: Math.max(0, sound.length - 3), long: sound.length + 3 }[range];
  const header = last === undefined ? '' : `Byte-Range: 1-${last}/*\r\n`;
  return `MSRP ${id} SEND\r\n${PATHS}${header}Content-Type: a/b\r\n\r\n${sound}\r\n-------${id}${flag}\r\n`;
}

describe('a stream in pieces', () => {
  it('any splitting gives what the whole gives', () => {
    const streams = fc.array(chunks, { minLength: 1, maxLength: 4 }).map((all) => all.map(written).join(''));
    fc.assert(
      fc.property(streams, fc.array(fc.nat(), { maxLength: 12 }), fc.nat(3), (stream, cuts, more) => {
        const given = octets(stream + 'MSRP'.slice(0, more));
        const whole = decoded(given);
        expect(streamed(split(given, cuts))).toEqual(whole);
        expect(streamed(Array.from(given, (octet) => Uint8Array.of(octet)))).toEqual(whole);
      }),
      { numRuns: 400, seed: 4975 },
    );
  });

  it('any damage to a head gives the same error at the same place', () => {
    const streams = fc.tuple(fc.array(chunks, { minLength: 1, maxLength: 2 }), fc.nat(150), fc.nat(3), piece);
    fc.assert(
      fc.property(streams, fc.array(fc.nat(), { maxLength: 6 }), ([all, at, cut, junk], cuts) => {
        const stream = all.map(written).join('');
        const given = octets(stream.slice(0, at) + junk + stream.slice(at + cut));
        const whole = decoded(given);
        if (at > stream.indexOf('\r\n\r\n') && stream.includes('\r\n\r\n')) return; // damage to a body may end it
        expect(streamed(split(given, cuts))).toEqual(whole);
      }),
      { numRuns: 400, seed: 4975 },
    );
  });

  it('LM-A2: reads the example of RFC 4975 11.1 octet by octet, though its Byte-Range promises more', () => {
    const decoder = msrpDecoder();
    const message = `MSRP d93kswow SEND\r\n${PATHS}Byte-Range: 1-16/16\r\nContent-Type: text/plain\r\n\r\nHi, I'm Alice!\r\n-------d93kswow$\r\n`;
    const events = [...message].flatMap((octet) => decoder.push(octets(octet)));
    expect(events.at(-1)).toEqual({ kind: 'end', continuation: '$' });
  });

  it('gives the head with typed headers and the body as views before the end is there', () => {
    const decoder = msrpDecoder();
    const first = octets(`MSRP abcd SEND\r\n${PATHS}Byte-Range: 1-*/9\r\nContent-Type: a/b\r\n\r\nHello`);
    const [head, body, ...rest] = decoder.push(first);
    if (head?.kind !== 'head' || body?.kind !== 'body') throw new Error('a head and a body');
    expect(head).toMatchObject({ hasBody: true, message: { transactionId: 'abcd', method: 'SEND' } });
    expect(getMsrp(head.message, byteRange)).toMatchObject({ value: { start: 1, end: '*', total: 9 } });
    expect(getMsrp(head.message, toPath)).toMatchObject({ ok: true });
    expect(isMsrpRequest(head.message)).toBe(true);
    expect(body.octets.buffer).toBe(first.buffer);
    expect(text(body.octets)).toBe('Hello');
    expect(rest).toEqual([]);
    expect(decoder.push(octets('\r\n-------abcd'))).toEqual([]);
    expect(decoder.push(octets('+\r\nMSRP efgh 200 OK\r\n'))).toEqual([{ kind: 'end', continuation: '+' }]);
    const [response, end] = decoder.push(octets(`${PATHS}-------efgh$\r\n`));
    expect(response).toMatchObject({ kind: 'head', hasBody: false, message: { status: 200, comment: 'OK' } });
    expect(JSON.stringify(response)).toContain('"status":200,"comment":"OK","fields":[{"name":"To-Path"');
    expect(end).toEqual({ kind: 'end', continuation: '$' });
  });

  it('row 54: honours Byte-Range where its end-line comes with what looks like one', () => {
    const looks = 'a\r\n-------abcd$\r\nb';
    const message = octets(
      `MSRP abcd SEND\r\n${PATHS}Byte-Range: 1-18/18\r\nContent-Type: a/b\r\n\r\n${looks}\r\n-------abcd$\r\n`,
    );
    expect(streamed([message])).toEqual(decoded(message));
    expect(decoded(message).messages[0]).toContain(JSON.stringify(looks));
    const cut = message.length - 18; // behind the "b"
    expect(streamed([message.slice(0, cut), message.slice(cut)])).toEqual(decoded(message));
  });

  it('stays broken', () => {
    const broken = msrpDecoder();
    const events = broken.push(octets('HTTP/1.1 200 OK\r\n'));
    expect(events).toMatchObject([{ kind: 'broken', error: { code: 'start-line', offset: 0 } }]);
    expect(broken.push(octets('MSRP abcd 200\r\n'))).toEqual(events);
  });

  it('counts the offset of an error from the beginning of its message', () => {
    const good = `MSRP abcd 200\r\n${PATHS}-------abcd$\r\n`;
    const events = msrpDecoder().push(octets(`${good}MSRP efgh 200\r\nTo-Path: x\n`));
    expect(events.at(-1)).toMatchObject({ kind: 'broken', error: { code: 'bare-lf', offset: 25 } });
  });

  it('an end-line right behind the blank line breaks the stream, also octet by octet', () => {
    const given = octets(`MSRP abcd SEND\r\n${PATHS}\r\n-------abcd$\r\n`);
    expect(streamed(Array.from(given, (octet) => Uint8Array.of(octet)))).toEqual(decoded(given));
    expect(decoded(given).error).toMatchObject({ code: 'syntax', offset: given.length - 14 });
  });
});

describe('what is held', () => {
  it('a head that never ends meets the limit, however it comes', () => {
    const endless = octets(`MSRP abcd SEND\r\n${PATHS}${'X: 1\r\n'.repeat(20)}`);
    for (const size of [1, 7, 1000]) {
      const decoder = msrpDecoder({ limits: { head: 150 } });
      const events: MsrpEvent[] = [];
      for (let at = 0; at < endless.length; at += size) events.push(...decoder.push(endless.subarray(at, at + size)));
      expect(events[0]).toMatchObject({ kind: 'broken', error: { code: 'limit', offset: 150 } });
    }
  });

  it('octets of a body are handed out with what comes, all but those that may begin the end-line', () => {
    const decoder = msrpDecoder();
    decoder.push(octets(`MSRP abcd SEND\r\n${PATHS}Content-Type: a/b\r\n\r\n`));
    let given = 0;
    for (let i = 1; i <= 1000; i++) {
      for (const event of decoder.push(octets('\r\n-----'))) if (event.kind === 'body') given += event.octets.length;
      expect(7 * i - given).toBeLessThan(18); // the length of the end-line
    }
  });

  it('a body longer than every limit passes', () => {
    const decoder = msrpDecoder({ limits: { message: 100, head: 200 } });
    decoder.push(octets(`MSRP abcd SEND\r\n${PATHS}Content-Type: a/b\r\n\r\n`));
    for (let i = 0; i < 100; i++) expect(decoder.push(octets('x'.repeat(1000)))).toMatchObject([{ kind: 'body' }]);
    expect(decoder.push(octets('\r\n-------abcd$\r\n'))).toEqual([{ kind: 'end', continuation: '$' }]);
  });

  it.each([
    ['a head of 60 000 octets', `MSRP abcd SEND\r\n${PATHS}${`X: ${'y'.repeat(235)}\r\n`.repeat(248)}`],
    ['a body of near end-lines', `MSRP abcd SEND\r\n${PATHS}\r\n${'\r\n-------abcd?'.repeat(4_000)}`],
  ])('%s, octet by octet: linear time', (_, stream) => {
    const pieces = Array.from(octets(stream), (octet) => Uint8Array.of(octet));
    const run = (): void => {
      const decoder = msrpDecoder();
      for (const one of pieces) decoder.push(one);
    };
    expect(quickest(run, MOST)).toBeLessThan(MOST);
  });
});
