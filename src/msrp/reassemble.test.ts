import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toUtf8, utf8 } from '../core/octets.ts';
import { MOST, quickest } from '../testing/quickest.ts';
import type { MsrpChunk } from './chunk-writer.ts';
import { chunks, encodeChunks } from './chunks.ts';
import { type MsrpEvent, msrpDecoder } from './decoder.ts';
import { isMsrpRequest, type MsrpRequest, type MsrpRequestHead, msrp } from './message.ts';
import { missingRanges } from './octet-ranges.ts';
import { type Reassembly, type ReassemblyEffect, type ReceivedChunk, reassemble, receivedChunk } from './reassemble.ts';
import { type Reassembler, type Reception, reassembler } from './reassembler.ts';

const PATHS = [
  { name: 'To-Path', value: 'msrp://bob.example.com:8888/9di4eae923wzd;tcp' },
  { name: 'From-Path', value: 'msrp://alicepc.example.com:7777/iau39soe2843z;tcp' },
];

/** A SEND request with a body, or without one where that is absent. */
function send(
  range: string | undefined,
  body: string | Uint8Array | undefined,
  continuation: '$' | '+' | '#' = '+',
  messageId: string | undefined = '4564dpWd',
): MsrpRequest {
  const fields = [...PATHS];
  if (messageId !== '') fields.push({ name: 'Message-ID', value: messageId });
  if (range !== undefined) fields.push({ name: 'Byte-Range', value: range });
  if (body !== undefined) fields.push({ name: 'Content-Type', value: 'text/plain' });
  const octets = typeof body === 'string' ? toUtf8(body) : body;
  return { transactionId: 'dkei38sd', method: 'SEND', fields, body: octets, continuation };
}

function received(receiver: Reassembler, request: MsrpRequest): Reception {
  const result = receiver.receive(request);
  if (result?.ok !== true) throw new Error(JSON.stringify(result));
  return result.value;
}

/** What the last of the requests gives. */
function last(...sequence: readonly MsrpRequest[]): Reception {
  const receiver = reassembler();
  return sequence.map((request) => received(receiver, request)).at(-1) as Reception;
}

const contentOf = ({ content }: Reception): string | undefined => (content === undefined ? undefined : utf8(content));

let count = 0;
const transactionId = (): string => `a786hjs2${count++}`;

function sendChunks(content: Uint8Array, messageId: string, size: number): readonly MsrpChunk[] {
  const [toPath, fromPath] = PATHS.map(({ value }) => value) as [string, string];
  return [...chunks(content, { toPath, fromPath, messageId, contentType: 'text/plain', size, transactionId })];
}

function requestOf(chunk: MsrpChunk): MsrpRequest {
  const read = msrp.decode(encodeChunks([chunk]));
  if (!read.ok || !isMsrpRequest(read.value)) throw new Error('no request');
  return read.value;
}

describe('reassembly', () => {
  it('LM-A2: puts the chunks of a message together, with its Content-Type', () => {
    const whole = last(send('1-4/8', 'abcd'), send('5-8/8', 'EFGH', '$'));
    expect(contentOf(whole)).toBe('abcdEFGH');
    expect(whole).toMatchObject({ contentType: 'text/plain', messageId: '4564dpWd', state: { state: 'complete' } });
    expect(contentOf(last(send(undefined, 'abc', '$')))).toBe('abc');
    expect(contentOf(last(send('1-0/0', '', '$')))).toBe('');
  });

  it('LM-A2: does not take a message for complete before $ and all octets have come', () => {
    const open = last(send('1-4/8', 'abcd'), send('5-8/8', 'EFGH'));
    expect(open).toMatchObject({ content: undefined, state: { state: 'incomplete', ended: false, total: 8 } });
    const gap = last(send('1-2/8', 'ab'), send('5-8/8', 'EFGH', '$'));
    expect(gap.content).toBeUndefined();
    expect(missingRanges(gap.state.received, gap.state.total as number)).toEqual([{ start: 3, end: 4 }]);
  });

  it('any content, in any order, with any chunks repeated, comes out the same', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 60 }),
        fc.integer({ min: 1, max: 12 }),
        fc.array(fc.nat(100), { maxLength: 6 }),
        fc.infiniteStream(fc.nat(1000)),
        (content, size, repeated, keys) => {
          const sequence = sendChunks(content, 'msg1', size);
          const more = repeated.map((i) => sequence[i % sequence.length] as MsrpChunk);
          const order = [...sequence, ...more]
            .map((chunk) => ({ chunk, key: keys.next().value as number }))
            .sort((a, b) => a.key - b.key);
          const receiver = reassembler();
          const complete: Uint8Array[] = [];
          for (const { chunk } of order) {
            const reception = received(receiver, requestOf(chunk));
            if (reception.content !== undefined) complete.push(reception.content);
          }
          expect(complete).toEqual([content]);
        },
      ),
      { numRuns: 400, seed: 11 },
    );
  });

  it('overlapping ranges agree with a model in which the last one received counts', () => {
    const piece = fc.tuple(fc.integer({ min: 1, max: 30 }), fc.uint8Array({ minLength: 1, maxLength: 20 }));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const receiver = reassembler();
        const model: number[] = [];
        for (const [start, body] of pieces) {
          received(receiver, send(`${start}-*/*`, body));
          body.forEach((octet, i) => {
            model[start - 1 + i] = octet;
          });
        }
        const total = 30;
        received(receiver, send('1-*/*', new Uint8Array(total - 1)));
        const reception = received(receiver, send(`${total}-*/*`, new Uint8Array(1), '$'));
        expect(reception.content).toEqual(new Uint8Array(total));
        const again = reassembler();
        received(again, send('1-*/*', new Uint8Array(50)));
        for (const [start, body] of pieces) received(again, send(`${start}-*/*`, body));
        const bodies = received(again, send('51-*/*', new Uint8Array(1), '$')).content as Uint8Array;
        expect([...bodies]).toEqual(Array.from({ length: 51 }, (_, i) => model[i] ?? 0));
      }),
      { numRuns: 200, seed: 5 },
    );
  });

  it('RFC 4975 7.3.1: bytes 50 to 150 overwrite bytes 50 to 100', () => {
    const whole = last(send('1-100/150', 'a'.repeat(100)), send('50-150/150', 'b'.repeat(101), '$'));
    expect(contentOf(whole)).toBe('a'.repeat(49) + 'b'.repeat(101));
  });

  it('the octets count, not the end of the range', () => {
    const short = last(send('1-16/16', 'fourteen octet', '$'));
    expect(contentOf(short)).toBe('fourteen octet');
    expect(short.effects).toContainEqual({ kind: 'total-changed', from: 16, to: 14 });
  });

  it('reports a total that changes', () => {
    expect(last(send('1-2/8', 'ab'), send('3-4/9', 'cd')).effects).toContainEqual({
      kind: 'total-changed',
      from: 8,
      to: 9,
    });
    const settled = last(send('3-*/*', 'cd', '$'), send('1-1/7', 'a'));
    expect(settled.effects).toContainEqual({ kind: 'total-changed', from: 7, to: 4 });
    expect(settled.state.total).toBe(4);
    const twice = last(send('3-*/*', 'cd', '$'), send('3-*/*', 'cde', '$'));
    expect(twice.effects).toContainEqual({ kind: 'total-changed', from: 4, to: 5 });
  });

  it('reports octets behind the total, and does not give them out', () => {
    expect(last(send('1-*/3', 'abcdef')).effects).toContainEqual({ kind: 'beyond-total', total: 3, end: 6 });
    const late = last(send('3-*/*', 'c', '$'), send('2-*/*', 'bXYZ'));
    expect(late.effects).toContainEqual({ kind: 'beyond-total', total: 3, end: 5 });
    expect(late.effects).toContainEqual({ kind: 'store', start: 2, octets: 2 });
    const early = last(send('2-*/*', 'bcdefgh'), send('20-*/*', 'x'), send('1-*/*', 'abc', '$'));
    expect(early.effects).toContainEqual({ kind: 'beyond-total', total: 3, end: 20 });
    expect(contentOf(early)).toBe('abc');
    const trimmed = last(send('2-*/*', 'bcdefgh'), send('20-*/*', 'x'), send('3-*/*', 'c', '$'), send('1-1/3', 'a'));
    expect(contentOf(trimmed)).toBe('abc');
    const behind = last(send('3-*/*', 'c', '$'), send('9-*/*', 'x'));
    expect(behind.effects).not.toContainEqual(expect.objectContaining({ kind: 'store' }));
    expect(behind.state.received).toEqual([{ start: 3, end: 3 }]);
  });

  it('# gives the message up; what comes later is ignored', () => {
    const receiver = reassembler();
    received(receiver, send('1-*/8', 'abcd'));
    expect(received(receiver, send('5-*/8', undefined, '#'))).toMatchObject({
      content: undefined,
      state: { state: 'aborted' },
      effects: [{ kind: 'abort' }],
    });
    expect(received(receiver, send('5-8/8', 'EFGH', '$')).effects).toEqual([{ kind: 'ignore' }]);
    expect(last(send('1-*/8', 'abcd', '#')).state.state).toBe('aborted');
  });

  it('a chunk that is repeated when the message was complete is ignored', () => {
    expect(last(send('1-3/3', 'abc', '$'), send('1-3/3', 'abc', '$'))).toMatchObject({
      content: undefined,
      effects: [{ kind: 'ignore' }],
    });
  });

  it('a SEND without body is no message', () => {
    expect(reassembler().receive(send('1-0/0', undefined, '$'))).toBeUndefined();
    expect(reassembler().receive(send(undefined, undefined, '$'))).toBeUndefined();
    expect(contentOf(last(send('1-*/*', 'abc'), send('4-*/*', undefined, '$')))).toBe('abc');
  });

  it('forgets a message on demand', () => {
    const receiver = reassembler({ octets: 4 });
    received(receiver, send('1-*/*', 'abcd'));
    expect(receiver.receive(send('1-*/*', 'efgh', '+', 'next'))).toMatchObject({ ok: false, error: { code: 'limit' } });
    receiver.forget('4564dpWd');
    receiver.forget('4564dpWd');
    expect(receiver.stateOf('4564dpWd')).toBeUndefined();
    expect(received(receiver, send('1-*/*', 'efgh', '+', 'next')).state.received).toEqual([{ start: 1, end: 4 }]);
    expect(receiver.stateOf('next')?.state).toBe('incomplete');
  });

  it('octets are copied: what was received may change', () => {
    const receiver = reassembler();
    const body = toUtf8('abcd');
    received(receiver, send('1-*/*', body));
    body.fill(0);
    expect(contentOf(received(receiver, send('5-5/5', 'e', '$')))).toBe('abcde');
  });
});

describe('hostile chunks', () => {
  const refusedWith = (code: string, ...sequence: readonly MsrpRequest[]): void => {
    const receiver = reassembler({ messages: 3, message: 1000, ranges: 4, octets: 2000 });
    const results = sequence.map((request) => receiver.receive(request));
    expect(results.at(-1)).toMatchObject({ ok: false, error: { code } });
  };

  it('refuses ranges that say nothing', () => {
    refusedWith('range', send('1-9007199254740993/*', 'abc'));
    refusedWith('range', send('9007199254740993-*/*', 'abc'));
    refusedWith('range', send('9007199254740991-*/*', 'abc'));
    refusedWith('range', send('0-5/5', 'abcde'));
    refusedWith('range', send('9-1/0', 'abc'));
    refusedWith('syntax', send('x', 'abc'));
  });

  it('refuses a request without Message-ID, or with one that is none', () => {
    refusedWith('missing', send('1-3/3', 'abc', '$', ''));
    refusedWith('truncated', send('1-3/3', 'abc', '$', 'a'));
    const { fields, ...rest } = send('1-3/3', 'abc', '$');
    refusedWith('duplicate', { ...rest, fields: [...fields, { name: 'message-id', value: 'abcd' }] });
  });

  it('LM-A2: refuses more than the limits let through, and allocates nothing that is only announced', () => {
    refusedWith('limit', send('1-*/1001', 'abc'));
    refusedWith('limit', send('1-*/9007199254740991', 'abc'));
    refusedWith('limit', send('9007199254740980-*/*', 'abc'));
    refusedWith('limit', send('1-*/*', new Uint8Array(1001)));
    refusedWith('limit', ...[1, 3, 5, 7, 9].map((start) => send(`${start}-*/*`, 'a')));
    refusedWith('limit', ...['a', 'b', 'c', 'd'].map((id) => send('1-*/*', 'a', '+', `msg${id}`)));
    refusedWith('limit', ...['a', 'b', 'c'].map((id) => send('1-*/*', new Uint8Array(900), '+', `msg${id}`)));
    const receiver = reassembler({ message: Number.MAX_SAFE_INTEGER });
    expect(received(receiver, send('9007199254740980-*/9007199254740990', 'abc')).state.received).toHaveLength(1);
    expect(reassembler({ message: Number.NaN }).receive(send('1-*/99999999', 'abc'))).toMatchObject({ ok: false });
  });

  it('what is refused changes nothing', () => {
    const receiver = reassembler({ message: 4 });
    received(receiver, send('1-*/*', 'abc'));
    const before = receiver.stateOf('4564dpWd');
    expect(receiver.receive(send('4-*/*', 'def'))).toMatchObject({ ok: false });
    expect(receiver.stateOf('4564dpWd')).toBe(before);
    expect(contentOf(received(receiver, send('4-*/*', 'd', '$')))).toBe('abcd');
  });

  it('10 000 interleaved messages come out whole, and no more are let in', () => {
    const receiver = reassembler();
    const ids = ['constructor', ...Array.from({ length: 9999 }, (_, i) => `msg.${i}`)];
    for (const id of ids) received(receiver, send('1-*/*', 'ab', '+', id));
    expect(receiver.receive(send('1-*/*', 'ab', '+', 'onemore'))).toMatchObject({
      ok: false,
      error: { code: 'limit' },
    });
    for (const id of ids) expect(contentOf(received(receiver, send('3-3/3', 'c', '$', id)))).toBe('abc');
    expect(received(receiver, send('1-3/3', 'abc', '$', ids[9999])).effects).toEqual([{ kind: 'ignore' }]);
  });

  it('remembers as many messages that ended as may be open', () => {
    const receiver = reassembler({ messages: 2 });
    for (const id of ['msg1', 'msg2', 'msg3']) received(receiver, send('1-1/1', 'a', '$', id));
    expect(receiver.stateOf('msg1')).toBeUndefined();
    expect(receiver.stateOf('msg2')?.state).toBe('complete');
  });

  it('octets that overlap by design are not held twice for long', () => {
    const receiver = reassembler({ octets: 8_000_000 });
    const body = new Uint8Array(1000);
    for (let i = 0; i < 20_000; i++) {
      body.fill(i);
      received(receiver, send(`${1 + (i % 3)}-*/*`, body));
    }
    const content = received(receiver, send('1003-*/*', 'x', '$')).content as Uint8Array;
    expect([0, 1, 1000, 1001, 1002].map((i) => content[i])).toEqual([30, 31, 31, 29, 0x78]);
  });

  it('time grows with the chunks, backwards, scattered or octet by octet', () => {
    const one = new Uint8Array(1);
    const chunk = (start: number, continuation: '+' | '$' = '+'): MsrpRequest =>
      send(`${start}-*/*`, one, continuation);
    const shapes: readonly ((i: number, n: number) => number)[] = [
      (i, n) => n - i,
      (i) => i + 1,
      (i, n) => ((i * 7919) % n) + 1,
      (i, n) => ((i * 2) % (n - 1 || 1)) + 1,
    ];
    for (const place of shapes) {
      const most = quickest(() => {
        const receiver = reassembler();
        for (let i = 0; i < 10_000; i++) receiver.receive(chunk(place(i, 10_000)));
      }, MOST);
      expect(most).toBeLessThan(MOST);
    }
  });
});

describe('the state of a message', () => {
  const step = (state: Reassembly | undefined, chunk: ReceivedChunk): Reassembly => reassemble(state, chunk).state;

  it('is plain data, and may be kept as JSON between two chunks', () => {
    let state: Reassembly | undefined;
    let kept: Reassembly | undefined;
    for (const [start, octets, continuation] of [
      [5, 4, '$'],
      [1, 2, '+'],
      [2, 3, '+'],
    ] as const) {
      const chunk = { start, octets, total: '*', continuation } as const;
      state = step(state, chunk);
      kept = step(kept === undefined ? undefined : JSON.parse(JSON.stringify(kept)), chunk);
      expect(kept).toEqual(state);
    }
    expect(state).toEqual({ state: 'complete', received: [{ start: 1, end: 8 }], total: 8, ended: true });
  });

  it('takes the pieces of a chunk as they come', () => {
    let state: Reassembly | undefined;
    let effects: readonly ReassemblyEffect[] = [];
    const pieces = [3, 4, 0] as const;
    let start = 1;
    for (const octets of pieces) {
      const continuation = octets === 0 ? '$' : '+';
      ({ state, effects } = reassemble(state, { start, octets, total: 7, continuation }));
      start += octets;
    }
    expect(effects).toEqual([{ kind: 'complete', total: 7 }]);
  });

  it('reads what a request says of itself', () => {
    expect(receivedChunk(send('5-*/*', 'abc'))).toMatchObject({
      ok: true,
      value: { start: 5, octets: 3, total: '*', continuation: '+' },
    });
    expect(receivedChunk(send(undefined, undefined, '$'))).toMatchObject({
      value: { start: 1, octets: 0, total: '*', continuation: '$' },
    });
  });
});

describe('50 MB through chunks, frames and reassembly', () => {
  const LENGTH = 50_000_000;

  /** Octets that look like anything, with dashes and line ends among them. */
  function anything(): Uint8Array {
    const octets = new Uint8Array(LENGTH);
    let x = 1;
    for (let i = 0; i < LENGTH; i++) {
      x = (Math.imul(x, 1_103_515_245) + 12_345) & 0x7fff_ffff;
      octets[i] = x >> 16;
    }
    const ends = ['\r\n-------', '\r\n-------a786hjs2', '-------', '\r', '\r\n\r\n', 'MSRP a786hjs2 SEND\r\n'];
    for (let i = 0; i < 2000; i++) octets.set(toUtf8(ends[i % ends.length] as string), i * 24_999);
    return octets;
  }

  it('LM-A2: they come out unchanged under hostile splitting', { timeout: 60_000 }, () => {
    const content = anything();
    const receiver = reassembler({ message: LENGTH, octets: LENGTH });
    const decoder = msrpDecoder();
    let head: MsrpRequestHead | undefined;
    let pieces: Uint8Array[] = [];
    let whole: Uint8Array | undefined;
    const take = (event: MsrpEvent): void => {
      if (event.kind === 'broken') throw new Error(event.error.code);
      if (event.kind === 'head') head = event.message as MsrpRequestHead;
      else if (event.kind === 'body') pieces.push(event.octets);
      else {
        const { transactionId: id, method, fields } = head as MsrpRequestHead;
        const body = pieces.length === 1 ? pieces[0] : new Uint8Array(Buffer.concat(pieces));
        pieces = [];
        const request = { transactionId: id, method, fields, body, continuation: event.continuation };
        whole = received(receiver, request).content ?? whole;
      }
    };
    // Octet by octet where heads, bodies and tails meet, several frames at once elsewhere.
    let glued: Uint8Array[] = [];
    const flush = (): void => {
      for (const event of decoder.push(new Uint8Array(Buffer.concat(glued)))) take(event);
      glued = [];
    };
    let number = 0;
    for (const chunk of sendChunks(content, 'large', 2048)) {
      const { head: start, body, tail } = chunk;
      if (number++ % 20 !== 0) glued.push(start, body, tail);
      else {
        flush();
        const frame = encodeChunks([chunk]);
        const edges = [start.length, start.length + body.length].flatMap((edge) =>
          [-3, -2, -1, 0, 1, 2, 3].map((d) => edge + d),
        );
        let at = 0;
        for (const edge of [...edges, ...Array.from(tail, (_, i) => start.length + body.length + i), frame.length]) {
          if (edge <= at) continue;
          for (const event of decoder.push(frame.subarray(at, edge))) take(event);
          at = edge;
        }
      }
      if (glued.length > 30) flush();
    }
    flush();
    expect(whole?.length).toBe(LENGTH);
    expect(Buffer.compare(whole as Uint8Array, content)).toBe(0);
  });
});
