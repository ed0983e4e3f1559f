import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toUtf8, utf8 } from '../core/octets.ts';
import { MOST, quickest } from '../testing/quickest.ts';
import { getMsrp } from './access.ts';
import type { ChunkOptions, MsrpChunk } from './chunk-writer.ts';
import { abortChunk, chunks, chunksFrom, encodeChunks, endChunk } from './chunks.ts';
import { holdsEndLine } from './end-line.ts';
import { frameMsrp } from './frame.ts';
import { byteRange } from './headers/byte-range.ts';
import { isMsrpRequest, type MsrpRequest, msrp } from './message.ts';

const BOB = 'msrp://bob.example.com:8888/9di4eae923wzd;tcp';
const ALICE = 'msrp://alicepc.example.com:7777/iau39soe2843z;tcp';

function ids(stem = 'dkei38sd'): () => string {
  let n = 0;
  return () => `${stem}${n++}`;
}

function options(more: Partial<ChunkOptions> = {}): ChunkOptions {
  const given = { toPath: BOB, fromPath: ALICE, messageId: '4564dpWd', contentType: 'text/plain' };
  return { ...given, transactionId: ids(), ...more };
}

function text(...sequence: readonly MsrpChunk[]): string {
  return utf8(encodeChunks(sequence)) as string;
}

/** The requests that the octets are, by the framer and the codec. */
function requests(octets: Uint8Array): readonly MsrpRequest[] {
  const found: MsrpRequest[] = [];
  for (let at = 0; at < octets.length; ) {
    const rest = octets.subarray(at);
    const frame = frameMsrp(rest);
    if (frame.kind !== 'complete') throw new Error(`${frame.kind} at ${at}`);
    const read = msrp.decode(rest.subarray(0, frame.length));
    if (!read.ok || !isMsrpRequest(read.value)) throw new Error(`no request at ${at}`);
    found.push(read.value);
    at += frame.length;
  }
  return found;
}

function rangesOf(sequence: Iterable<MsrpChunk>): readonly string[] {
  return requests(encodeChunks(sequence)).map((request) => {
    const range = getMsrp(request, byteRange);
    if (range?.ok !== true) throw new Error('no Byte-Range');
    return `${byteRange.format(range.value)}${request.continuation}`;
  });
}

async function all(source: AsyncIterable<MsrpChunk>): Promise<readonly MsrpChunk[]> {
  const list: MsrpChunk[] = [];
  for await (const chunk of source) list.push(chunk);
  return list;
}

const refusal = (path: string, clause = 'RFC4975-7.1.1'): object => ({ name: 'EncodeError', path, clause });

function thrown(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

describe('chunks', () => {
  it('LM-A2: writes a message as SEND requests', () => {
    const more = { size: 4, successReport: 'yes', failureReport: 'partial' } as const;
    const fields = [{ name: 'Content-Disposition', value: 'render' }];
    expect(text(...chunks(toUtf8('abcdEFGH'), options({ ...more, fields })))).toBe(
      [
        'MSRP dkei38sd0 SEND',
        `To-Path: ${BOB}`,
        `From-Path: ${ALICE}`,
        'Message-ID: 4564dpWd',
        'Byte-Range: 1-4/8',
        'Success-Report: yes',
        'Failure-Report: partial',
        'Content-Disposition: render',
        'Content-Type: text/plain',
        '',
        'abcd',
        '-------dkei38sd0+',
        'MSRP dkei38sd1 SEND',
        `To-Path: ${BOB}`,
        `From-Path: ${ALICE}`,
        'Message-ID: 4564dpWd',
        'Byte-Range: 5-8/8',
        'Success-Report: yes',
        'Failure-Report: partial',
        'Content-Disposition: render',
        'Content-Type: text/plain',
        '',
        'EFGH',
        '-------dkei38sd1$',
        '',
      ].join('\r\n'),
    );
  });

  it('LM-A2: refuses what cannot be sent', () => {
    const content = toUtf8('abc');
    const rows: readonly (readonly [Partial<ChunkOptions>, string, string?])[] = [
      [{ toPath: 'sip:bob@example.com' }, 'toPath', 'RFC4975-9'],
      [{ fromPath: [] }, 'fromPath', 'RFC4975-9'],
      [{ toPath: `${BOB}\r\nX: y` }, 'toPath', 'RFC4975-9'],
      [{ messageId: 'abc' }, 'messageId', 'RFC4975-9'],
      [{ messageId: 'abcd\r\nX: y' }, 'messageId', 'RFC4975-9'],
      [{ contentType: 'text' }, 'contentType', 'RFC4975-9'],
      [{ contentType: { type: 'te xt', subtype: 'plain', params: [] } }, 'contentType.type', 'RFC3261-25.1'],
      [{ successReport: 'partial' as 'yes' }, 'successReport', 'RFC4975-9'],
      [{ failureReport: 'maybe' as 'yes' }, 'failureReport', 'RFC4975-9'],
      [{ size: 0 }, 'size'],
      [{ size: 2.5 }, 'size'],
      [{ size: 3, wholeCharacters: true }, 'size'],
      [{ from: 3 }, 'from'],
      [{ from: -1 }, 'from'],
      [{ fields: [{ name: 'byte-range', value: '1-3/3' }] }, 'fields[0].name'],
      [{ fields: [{ name: 'Content-Transfer-Encoding', value: 'base64' }] }, 'fields[0].name'],
    ];
    for (const [wrong, path, clause] of rows) {
      expect(thrown(() => chunks(content, options(wrong)))).toMatchObject(refusal(path, clause));
    }
    expect(thrown(() => chunks('abc' as unknown as Uint8Array, options()))).toMatchObject(refusal('content'));
    const field = { fields: [{ name: 'X', value: 'a\r\nb' }] };
    expect(() => chunks(content, options(field))).toThrow('control character 0x0d');
  });

  it('LM-A2: refuses transaction ids that are none, and those that never change', () => {
    for (const id of ['abc', 'a b c d', `a${'b'.repeat(32)}`, '.abcd', 'abcd\r\n', 'abcdé']) {
      const sequence = chunks(toUtf8('abc'), options({ transactionId: () => id }));
      expect(
        thrown(() => sequence.next()),
        id,
      ).toMatchObject({ name: 'EncodeError', clause: 'RFC4975-9' });
    }
    const sequence = chunks(toUtf8('abcd'), options({ transactionId: () => 'same', size: 2 }));
    sequence.next();
    expect(thrown(() => sequence.next())).toMatchObject(refusal('transactionId', 'RFC4975-7.1'));
  });

  it('an empty message is one chunk, 1-0/0', () => {
    expect(rangesOf(chunks(new Uint8Array(0), options()))).toEqual(['1-0/0$']);
    const [request] = requests(encodeChunks(chunks(new Uint8Array(0), options())));
    expect(request?.body).toHaveLength(0);
  });

  it('2048 octets a chunk by default, with an end; larger ones can be interrupted', () => {
    const content = new Uint8Array(5000);
    expect(rangesOf(chunks(content, options()))).toEqual(['1-2048/5000+', '2049-4096/5000+', '4097-5000/5000$']);
    expect(rangesOf(chunks(content, options({ size: 2049 })))).toEqual(['1-*/5000+', '2050-*/5000+', '4099-*/5000$']);
    expect(rangesOf(chunks(content, options({ interruptible: true, size: 4000 })))[0]).toBe('1-*/5000+');
    expect(rangesOf(chunks(new Uint8Array(8), options({ interruptible: true })))).toEqual(['1-*/8$']);
  });

  it('bodies are views of the content; heads and tails share arenas', () => {
    const content = new Uint8Array(100_000).subarray(5);
    const sequence = [...chunks(content, options())];
    expect(sequence.every(({ body }) => body.buffer === content.buffer)).toBe(true);
    expect(new Set(sequence.map(({ head }) => head.buffer)).size).toBeLessThan(10);
    expect(sequence.map(({ range }) => range.end - range.start + 1)).toEqual(sequence.map(({ body }) => body.length));
  });

  it('chooses another transaction id where the body holds the end-line', () => {
    const content = toUtf8('before -------dkei38sd0$ and -------dkei38sd1+ behind');
    const [only] = chunks(content, options());
    expect(only?.transactionId).toBe('dkei38sd2');
    expect(holdsEndLine(content, 'dkei38sd2')).toBe(false);
    expect(requests(encodeChunks([only as MsrpChunk]))[0]?.body).toEqual(content);
    // In another chunk it does not matter.
    const apart = [...chunks(content, options({ size: 10 }))];
    expect(apart.map(({ transactionId }) => transactionId)).toEqual(apart.map((_, i) => `dkei38sd${i}`));
    const gone = chunks(content, options({ transactionId: () => 'dkei38sd1' }));
    expect(thrown(() => gone.next())).toMatchObject(refusal('transactionId', 'RFC4975-7.1'));
  });

  it('looks for the end-line wherever a chunk begins', () => {
    const content = toUtf8(
      `${'x'.repeat(70_000)}-------dkei38sd0$${'-'.repeat(40)}dkei38sd1+${'-'.repeat(6)}dkei38sd2#`,
    );
    for (const size of [9, 17, 64, 100, 69_999, 70_003, 100_000]) {
      for (const more of [{}, { from: 69_990 }]) {
        const constant = ['dkei38sd0', 'dkei38sd1', 'dkei38sd2', 'dkei38sd3'];
        let asked = 0;
        const transactionId = (): string => constant[asked++ % constant.length] as string;
        const sequence = [...chunks(content, options({ size, ...more, transactionId }))];
        for (const { body, transactionId: id } of sequence) expect(holdsEndLine(body, id)).toBe(false);
        expect(requests(encodeChunks(sequence)).map(({ body }) => body?.length)).toEqual(
          sequence.map(({ body }) => body.length),
        );
      }
    }
  });

  it('ids of any length in turn, and numbers that grow, make sound frames', () => {
    let n = 0;
    const transactionId = (): string => `a${'b'.repeat(3 + (n % 5))}${n++ % 10}`;
    const sequence = [...chunks(new Uint8Array(1200), options({ size: 1, transactionId }))];
    expect(rangesOf(sequence)).toEqual(sequence.map((_, i) => `${i + 1}-${i + 1}/1200${i === 1199 ? '$' : '+'}`));
    expect(new Set(sequence.map(({ head }) => head.buffer)).size).toBeLessThan(20);
  });

  it('an id that is refused costs no octets: the chunk is asked for again', () => {
    const given = ['abcd1', 'no id', 'abcd2'];
    const sequence = chunks(toUtf8('abcd'), options({ size: 2, transactionId: () => given.shift() as string }));
    const [first] = [sequence.next().value as MsrpChunk];
    expect(() => sequence.next()).toThrow('no ident');
    const second = sequence.next().value as MsrpChunk;
    expect(rangesOf([first, second])).toEqual(['1-2/4+', '3-4/4$']);
    expect([sequence.next(), sequence.next()]).toEqual([
      { done: true, value: undefined },
      { done: true, value: undefined },
    ]);
  });

  it('a chunk is plain data as JSON', () => {
    const [only] = chunks(toUtf8('abc'), options());
    const { transactionId, range, interruptible, continuation, head, body, tail } = only as MsrpChunk;
    const plain = { transactionId, range, interruptible, continuation, head, body, tail };
    expect(JSON.parse(JSON.stringify(only))).toEqual(JSON.parse(JSON.stringify(plain)));
  });

  it('time grows with the content, whatever dashes it has', () => {
    for (const unit of ['-', '-------', '------x', '-------x', 'x']) {
      const content = toUtf8(unit.repeat(Math.ceil(1_000_000 / unit.length)));
      for (const size of [2048, 1_000_000]) {
        const run = (): void => {
          for (const { body } of chunks(content, options({ size }))) if (body.length === 0) throw new Error('empty');
        };
        expect(quickest(run, MOST)).toBeLessThan(MOST);
      }
    }
  });

  it('does not cut a character when asked', () => {
    const content = toUtf8('aé€😀'.repeat(50));
    for (const size of [4, 5, 6, 7, 11]) {
      for (const { body } of chunks(content, options({ size, wholeCharacters: true }))) {
        expect(utf8(body)).toBeDefined();
        expect(body.length).toBeLessThanOrEqual(size);
      }
    }
    const binary = new Uint8Array(20).fill(0x80);
    const sizes = [...chunks(binary, options({ size: 8, wholeCharacters: true }))].map(({ body }) => body.length);
    expect(sizes).toEqual([8, 8, 4]);
  });

  it('an interrupted message goes on where it was left', () => {
    const content = toUtf8('abcdefghij');
    const [first] = chunks(content, options({ size: 6, interruptible: true }));
    const cut = endChunk(first as MsrpChunk, 4, '+');
    const rest = [...chunks(content, options({ from: cut.range.end, transactionId: ids('next') }))];
    expect(rangesOf([cut, ...rest])).toEqual(['1-*/10+', '5-10/10$']);
    expect(cut.range).toEqual({ start: 1, end: 4, total: 10 });
    expect(first?.continuation).toBe('+'); // the chunk given stays as it is
    expect(utf8((first as MsrpChunk).tail)).toContain('+');
  });

  it('a message is given up with #, in a chunk or between two', () => {
    const content = toUtf8('abcdefghij');
    const [first] = chunks(content, options({ size: 6 }));
    expect(rangesOf([endChunk(first as MsrpChunk, 6, '#')])).toEqual(['1-6/10#']);
    const [open] = chunks(content, options({ interruptible: true }));
    expect(rangesOf([endChunk(open as MsrpChunk, 0, '#')])).toEqual(['1-*/10#']);
    expect(rangesOf([abortChunk(options({ from: 6 }))])).toEqual(['1-0/*#']);
    expect(rangesOf([abortChunk({ ...options(), total: 10 })])).toEqual(['1-0/10#']);
  });

  it('refuses to interrupt what has said where it ends, or is at its end', () => {
    const [closed] = chunks(toUtf8('abcdef'), options());
    expect(thrown(() => endChunk(closed as MsrpChunk, 3, '+'))).toMatchObject(refusal('sent'));
    expect(thrown(() => endChunk(closed as MsrpChunk, 7, '#'))).toMatchObject(refusal('sent'));
    expect(thrown(() => endChunk(closed as MsrpChunk, 6, '+'))).toMatchObject(refusal('sent', 'RFC4975-7.1'));
  });
});

describe('chunksFrom', () => {
  it('cuts any pieces as if they were one', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 30 }), { maxLength: 12 }),
        fc.integer({ min: 4, max: 20 }),
        fc.boolean(),
        fc.boolean(),
        async (pieces, size, wholeCharacters, known) => {
          const content = Uint8Array.from(pieces.flatMap((piece) => [...piece]));
          const total = known ? content.length : undefined;
          const streamed = await all(chunksFrom(pieces, { ...options({ size, wholeCharacters }), total }));
          const expected = [...chunks(content, options({ size, wholeCharacters }))];
          const facts = ({ body, range: { start, end }, continuation }: MsrpChunk): unknown => [
            [...body],
            [start, end, continuation],
          ];
          expect(streamed.map(facts)).toEqual(expected.map(facts));
          if (known) expect(encodeChunks(streamed)).toEqual(encodeChunks(expected));
        },
      ),
      { numRuns: 300, seed: 7 },
    );
  });

  it('a total that is not known is *, and a position may be large', async () => {
    const sequence = await all(chunksFrom([toUtf8('abc')], options({ from: 3_000_000_000 })));
    expect(rangesOf(sequence)).toEqual(['3000000001-3000000003/*$']);
  });

  it('takes no more of the source than one chunk needs, and does not copy pieces of whole chunks', async () => {
    let taken = 0;
    const piece = new Uint8Array(4096);
    function* source(): Generator<Uint8Array> {
      for (; taken < 1000; taken++) yield piece;
    }
    const sequence = chunksFrom(source(), options());
    const first = await sequence.next();
    expect(first.value?.body.buffer).toBe(piece.buffer);
    await sequence.next();
    expect(taken).toBeLessThan(3);
    await sequence.return();
  });

  it('refuses a source that has more or fewer octets than its total', async () => {
    const source = [toUtf8('abcdef')];
    for (const total of [5, 7, 2, 100]) {
      await expect(all(chunksFrom(source, { ...options({ size: 2 }), total }))).rejects.toMatchObject(
        refusal('source'),
      );
    }
    await expect(all(chunksFrom([], options({ from: 5 })))).rejects.toMatchObject(refusal('source'));
    await expect(all(chunksFrom(['abc'] as never, options()))).rejects.toMatchObject(refusal('source'));
    expect(thrown(() => chunksFrom(source, { ...options(), total: -1 }))).toMatchObject(refusal('total'));
    expect(rangesOf(await all(chunksFrom([], options())))).toEqual(['1-0/*$']);
  });
});
