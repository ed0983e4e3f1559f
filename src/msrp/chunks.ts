/*
 * A message as SEND requests (RFC 4975 5.1, 7.1.1). Each chunk is a finished frame in three pieces: head and tail are
 * written into an arena that many chunks share, the body is a view of the content and never copied.
 */

import { type ClauseId, EncodeError } from '../core/error.ts';
import { whole } from '../core/write.ts';
import { joinChunks } from '../mime/chunks.ts';
import { type ChunkOptions, ChunkWriter, type MsrpChunk } from './chunk-writer.ts';
import { DashSearch } from './end-line.ts';

const CLAUSE: ClauseId = 'RFC4975-7.1.1';

export interface StreamChunkOptions extends ChunkOptions {
  /** Octets of the whole message; every chunk says `*` where that is not known. */
  readonly total?: number | undefined;
}

/**
 * The chunks of a message, each made when it is asked for. Between two of them other requests may be sent; a message
 * that was left goes on with `from`. An empty message is one chunk, `1-0/0`. The content must not change before the last
 * chunk is sent: bodies are views of it, and it is searched for end-lines ahead. Throws EncodeError, on options at once.
 *
 * @duty LM-A2 (build), LM-A3 (build)
 */
export function chunks(content: Uint8Array, options: ChunkOptions): IterableIterator<MsrpChunk> {
  octetsOf(content, 'content');
  const from = whole(options.from ?? 0, 0, Math.max(0, content.length - 1), 'from', CLAUSE);
  return new ContentChunks(content, from, new ChunkWriter(options, content.length));
}

/** A generator's work, by hand: to enter and leave one takes as long as to write a chunk. */
class ContentChunks implements IterableIterator<MsrpChunk> {
  readonly #content: Uint8Array;
  readonly #writer: ChunkWriter;
  readonly #dashes: DashSearch;
  #at: number;
  #ended = false;

  constructor(content: Uint8Array, from: number, writer: ChunkWriter) {
    this.#content = content;
    this.#writer = writer;
    this.#dashes = new DashSearch(content);
    this.#at = from;
  }

  [Symbol.iterator](): this {
    return this;
  }

  next(): IteratorResult<MsrpChunk, undefined> {
    if (this.#ended) return { done: true, value: undefined };
    const content = this.#content;
    const writer = this.#writer;
    const at = this.#at;
    const last = content.length - at <= writer.size;
    const end = last ? content.length : writer.cut(content, at);
    const value = writer.write(content, last ? '$' : '+', at, end, this.#dashes.within(at, end));
    this.#at = end;
    this.#ended = last;
    return { done: false, value };
  }
}

/**
 * The chunks of a message whose octets come piece by piece, from a file that is larger than memory for instance. With
 * `from`, the first piece begins behind the octets that were sent before. No more than one chunk is held back. A body
 * is a view of a piece, which must not be changed then; only one that begins in one piece and ends in another is
 * copied. Throws EncodeError, on options at once; also where there are more or fewer octets than `total`: then
 * {@link abortChunk} tells the receiver.
 *
 * @duty LM-A2 (build)
 */
export function chunksFrom(
  source: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  options: StreamChunkOptions,
): AsyncGenerator<MsrpChunk, void, undefined> {
  const { total } = options;
  return cutStream(
    source,
    new ChunkWriter(options, total === undefined ? '*' : whole(total, 0, Number.MAX_SAFE_INTEGER, 'total', CLAUSE)),
  );
}

async function* cutStream(
  source: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  writer: ChunkWriter,
): AsyncGenerator<MsrpChunk, void, undefined> {
  const { size } = writer;
  let rest: Uint8Array[] = []; // what was read and not sent, at most `size` octets
  let held = 0;
  for await (const given of source) {
    const piece = octetsOf(given, 'source');
    let at = 0;
    // A chunk goes out once it is certain that more follows: the last one has another flag.
    while (held + piece.length - at > size) {
      if (held === 0) {
        const end = writer.cut(piece, at);
        yield writer.write(piece.subarray(at, end), '+');
        at = end;
        continue;
      }
      const joined = joinChunks([...rest, piece.subarray(at, at + size - held + 1)]);
      const end = writer.cut(joined, 0);
      yield writer.write(joined.subarray(0, end), '+');
      at += Math.max(0, end - held);
      rest = end < held ? [joined.subarray(end, held)] : [];
      held = Math.max(0, held - end);
    }
    if (at < piece.length) rest.push(piece.subarray(at));
    held += piece.length - at;
  }
  yield writer.write(rest.length === 1 ? (rest[0] as Uint8Array) : joinChunks(rest), '$');
}

/**
 * The chunk cut off behind the first `sent` octets of its body: with `+` the message goes on later, with `#` it is given
 * up. What is left of its body is sent with `from: range.end`. A chunk that cannot be interrupted may still be given up
 * at its end. Throws EncodeError.
 */
export function endChunk(chunk: MsrpChunk, sent: number, continuation: '+' | '#'): MsrpChunk {
  const { transactionId, range, interruptible, head, body, tail } = chunk;
  whole(sent, 0, body.length, 'sent', CLAUSE);
  if (sent < body.length && !interruptible) {
    throw new EncodeError('the chunk has said where it ends and cannot be interrupted', 'sent', CLAUSE);
  }
  if (sent === body.length && continuation === '+' && chunk.continuation === '$') {
    throw new EncodeError('nothing is left that could follow', 'sent', 'RFC4975-7.1');
  }
  const ended = tail.slice();
  ended[ended.length - 3] = continuation.charCodeAt(0);
  const cut = { start: range.start, end: range.start + sent - 1, total: range.total };
  return { transactionId, range: cut, interruptible, continuation, head, body: body.subarray(0, sent), tail: ended };
}

/** An empty chunk that gives the message up, where none is under way (RFC 4975 7.1, 7.3.2). Throws EncodeError. */
export function abortChunk(options: StreamChunkOptions): MsrpChunk {
  const writer = new ChunkWriter({ ...options, from: 0 }, options.total ?? '*');
  return writer.write(new Uint8Array(0), '#');
}

/** The octets of chunks, one behind the other: a copy, where the pieces cannot be written one by one. */
export function encodeChunks(sequence: Iterable<MsrpChunk>): Uint8Array {
  const pieces: Uint8Array[] = [];
  for (const { head, body, tail } of sequence) pieces.push(head, body, tail);
  return joinChunks(pieces);
}

function octetsOf(given: Uint8Array, path: string): Uint8Array {
  if (given instanceof Uint8Array) return given;
  throw new EncodeError('no octets', path, CLAUSE);
}
