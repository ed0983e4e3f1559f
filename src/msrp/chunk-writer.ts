/*
 * Writes the frames of one message (RFC 4975 7.1, 7.1.1). Heads and tails go into an arena that many chunks share; what
 * all heads have in common is encoded once.
 */
import { type ClauseId, EncodeError, within } from '../core/error.ts';
import { sameText } from '../core/text.ts';
import { whole } from '../core/write.ts';
import { type MediaType, mediaType } from '../mime/media-type.ts';
import { ALPHANUM, IDENT, isMsrp } from './chars.ts';
import { encode } from './encode.ts';
import { holdsEndLine } from './end-line.ts';
import type { ByteRange } from './headers/byte-range.ts';
import { msrpMessageId } from './headers/message-id.ts';
import { fromPath, toPath } from './headers/path.ts';
import { failureReport, successReport } from './headers/reports.ts';
import { formatIdent } from './ident.ts';
import type { Continuation, MsrpField } from './message.ts';
import type { MsrpUri } from './uri.ts';

const CLAUSE: ClauseId = 'RFC4975-7.1.1';

/** What all chunks of a message have in common. */
export interface ChunkOptions {
  /** The URIs of the way there, the next hop first; a text is the value of the header. */
  readonly toPath: string | readonly MsrpUri[];
  readonly fromPath: string | readonly MsrpUri[];
  /** 4 to 32 characters, never used before. */
  readonly messageId: string;
  /**
   * Gives the transaction id of a chunk, 4 to 32 characters with at least 64 bits of randomness (RFC 4975 7.1). It is
   * asked again where the body holds the end-line that the id would make.
   */
  readonly transactionId: () => string;
  /** Of the whole message; every chunk tells it. */
  readonly contentType: string | MediaType;
  /** Further headers, for instance Content-Disposition; they stand before Content-Type. */
  readonly fields?: readonly MsrpField[] | undefined;
  /** Whether a REPORT shall tell that the message arrived; absent is `no`. */
  readonly successReport?: 'yes' | 'no' | undefined;
  /** Absent is `yes`: every chunk is answered. */
  readonly failureReport?: 'yes' | 'no' | 'partial' | undefined;
  /** Octets of the body of a chunk, 2048 where absent. Chunks of more can be interrupted, as they must. */
  readonly size?: number | undefined;
  /** Whether smaller chunks can be interrupted too: their range ends with `*`. */
  readonly interruptible?: boolean | undefined;
  /** Whether no chunk ends within a character of UTF-8. What is no UTF-8 is cut where the size says. */
  readonly wholeCharacters?: boolean | undefined;
  /** Octets that were sent before, where an interrupted message goes on. */
  readonly from?: number | undefined;
}

/** One SEND request: `head`, `body` and `tail` in this order are its octets. */
export interface MsrpChunk {
  readonly transactionId: string;
  /** Which octets of the message `body` is; the header says `*` for the end of a chunk that can be interrupted. */
  readonly range: ByteRange & { readonly end: number };
  readonly interruptible: boolean;
  /** `$` for the last chunk, `+` for any other one; `#` where the message was given up. */
  readonly continuation: Continuation;
  /** Up to the blank line. */
  readonly head: Uint8Array;
  /** A view of the content. */
  readonly body: Uint8Array;
  /** The CRLF behind the body, and the end-line. */
  readonly tail: Uint8Array;
}

/** A chunk with more octets must be interruptible (RFC 4975 7.1.1). */
const LARGEST = 2048;
/** Octets of the longest character. */
const CHARACTER = 4;
/** Octets of an arena at most; the first ones are small, since most messages are. */
const ARENA = 65_536;
/** How often another transaction id is asked for before the source of ids is taken to be broken. */
const TRIES = 16;
/** Digits of two numbers, and the dash between them. */
const RANGE = 33;
const LONGEST_ID = 32;
const NOTHING: Uint8Array = new Uint8Array(0);
/** Where the transaction id stands: behind "MSRP ". */
const ID = 5;
const DASHES = '\r\n-------';
const STAR = 0x2a;
const DASH = 0x2d;

/** Writes the chunks of one message, one behind the other. What they have in common is encoded once. */
export class ChunkWriter {
  readonly size: number;
  readonly #transactionId: () => string;
  readonly #wholeCharacters: boolean;
  readonly #own: readonly MsrpField[];
  readonly #others: readonly MsrpField[];
  readonly #total: number | '*';
  readonly #interruptible: boolean;
  /** What stands before the range in a frame, with zeros for the transaction id; made for ids of one length. */
  #before: Uint8Array = NOTHING;
  /** What stands behind it, without the body: the rest of the head, and the tail. */
  #after: Uint8Array = NOTHING;
  #headEnd = 0; // in `after`
  #idLength = 0;
  #sent: number;
  #lastId: string | undefined = undefined;
  #arena: Uint8Array = NOTHING;
  /** The arena's: asking it for its buffer takes as long as making a view. */
  #buffer: ArrayBufferLike = NOTHING.buffer;
  #at = 0;

  constructor(options: ChunkOptions, total: number | '*') {
    const { size = LARGEST, from = 0, interruptible = false, wholeCharacters = false } = options;
    this.size = whole(size, wholeCharacters ? CHARACTER : 1, Number.MAX_SAFE_INTEGER, 'size', CLAUSE);
    this.#sent = whole(from, 0, Number.MAX_SAFE_INTEGER, 'from', CLAUSE);
    this.#transactionId = options.transactionId;
    this.#wholeCharacters = wholeCharacters;
    this.#total = total;
    this.#interruptible = interruptible || size > LARGEST;
    this.#own = ownFields(options);
    this.#others = otherFields(options);
    this.#prepare(LONGEST_ID); // what is wrong in the options is found here
  }

  /** Where a chunk that begins at `from` ends, `size` octets behind it or up to three before that. */
  cut(octets: Uint8Array, from: number): number {
    const to = from + this.size;
    if (!this.#wholeCharacters) return to;
    let at = to;
    while (at > to - CHARACTER && isWithin(octets[at] as number)) at--;
    return at > to - CHARACTER ? at : to;
  }

  write(body: Uint8Array, continuation: Continuation): MsrpChunk {
    const start = this.#sent + 1;
    const end = this.#sent + body.length;
    const total = this.#total;
    if (total !== '*' && continuation !== '#' && (continuation === '$' ? end !== total : end >= total)) {
      const reason = continuation === '$' ? `${end} octets, not ${total}` : `more than ${total} octets`;
      throw new EncodeError(reason, 'source', CLAUSE);
    }
    if (end < start && start > 1) throw new EncodeError('nothing is left to be sent', 'source', CLAUSE);
    const transactionId = this.#freeId(body);
    if (transactionId.length !== this.#idLength) this.#prepare(transactionId.length);
    const before = this.#before;
    const after = this.#after;
    if (this.#arena.length - this.#at < before.length + RANGE + after.length) this.#grow();
    const arena = this.#arena;
    const buffer = this.#buffer;
    const from = this.#at;
    arena.set(before, from);
    let p = writeNumber(start, arena, from + before.length);
    arena[p++] = DASH;
    if (this.#interruptible) arena[p++] = STAR;
    else p = writeNumber(end, arena, p);
    arena.set(after, p);
    const tail = p + this.#headEnd;
    p += after.length;
    arena[p - 3] = continuation.charCodeAt(0);
    const idAt = from + ID;
    const endAt = tail + DASHES.length;
    for (let i = 0; i < transactionId.length; i++) {
      const code = transactionId.charCodeAt(i);
      if (!isMsrp(code, i === 0 ? ALPHANUM : IDENT)) formatIdent(transactionId, 'transactionId'); // throws
      arena[idAt + i] = code;
      arena[endAt + i] = code;
    }
    this.#at = p;
    this.#sent = end;
    return {
      transactionId,
      range: { start, end, total },
      interruptible: this.#interruptible,
      continuation,
      head: new Uint8Array(buffer, from, tail - from),
      body,
      tail: new Uint8Array(buffer, tail, p - tail),
    };
  }

  /** Encodes a frame without a body for ids of a length, so that only ids, range and flag are left to be written. */
  #prepare(idLength: number): void {
    const transactionId = '0'.repeat(idLength);
    const own = this.#own;
    const fields = [...own, { name: 'Byte-Range', value: `/${this.#total}` }, ...this.#others];
    const frame = encode({ transactionId, method: 'SEND', fields, body: NOTHING, continuation: '$' });
    const startLine = ID + idLength + ' SEND\r\n'.length;
    const range = own.reduce((at, field) => at + fieldLength(field), startLine) + 'Byte-Range: '.length;
    this.#before = frame.slice(0, range);
    this.#after = frame.slice(range);
    this.#headEnd = this.#after.length - DASHES.length - idLength - '$\r\n'.length;
    this.#idLength = idLength;
  }

  /** RFC 4975 7.1: no id that is in use, none whose end-line the body holds. */
  #freeId(body: Uint8Array): string {
    for (let tries = 0; tries < TRIES; tries++) {
      const id = this.#transactionId();
      if (id === this.#lastId || holdsEndLine(body, id)) continue;
      this.#lastId = id;
      return id;
    }
    throw new EncodeError(`${TRIES} ids in a row cannot be used`, 'transactionId', 'RFC4975-7.1');
  }

  #grow(): void {
    const least = this.#before.length + RANGE + this.#after.length;
    const length = Math.max(least, Math.min(ARENA, 2 * this.#arena.length));
    this.#buffer = new ArrayBuffer(length);
    this.#arena = new Uint8Array(this.#buffer);
    this.#at = 0;
  }
}

/** Whether the octet continues a character of UTF-8. */
function isWithin(octet: number): boolean {
  return (octet & 0xc0) === 0x80;
}

/** The text, all ASCII, at `at`; answers where it ends. */
function writeAscii(text: string, target: Uint8Array, at: number): number {
  for (let i = 0; i < text.length; i++) target[at + i] = text.charCodeAt(i);
  return at + text.length;
}

const INTEGER = 0x7fff_ffff;

/** The digits of the number at `at`; answers where they end. */
function writeNumber(value: number, target: Uint8Array, at: number): number {
  if (value > INTEGER) return writeAscii(String(value), target, at);
  let rest = value | 0;
  let end = at + 1;
  for (let bound = 10; rest >= bound; bound *= 10) end++;
  for (let p = end - 1; p >= at; p--) {
    const tens = (rest / 10) | 0;
    target[p] = 0x30 + rest - tens * 10;
    rest = tens;
  }
  return end;
}

/** Headers that the options have a member for, and those that MSRP has no use for (RFC 4975 7.1.1). */
const OWN_HEADERS = [
  ...['To-Path', 'From-Path', 'Message-ID', 'Byte-Range', 'Success-Report', 'Failure-Report', 'Status'],
  ...['Content-Type', 'Content-Transfer-Encoding'],
];

/** Octets of a header that is all ASCII, with its line end. */
function fieldLength({ name, value }: MsrpField): number {
  return name.length + 2 + value.length + 2;
}

function ownFields(options: ChunkOptions): readonly MsrpField[] {
  return [
    { name: 'To-Path', value: path(toPath, options.toPath, 'toPath') },
    { name: 'From-Path', value: path(fromPath, options.fromPath, 'fromPath') },
    { name: 'Message-ID', value: value(msrpMessageId, options.messageId, 'messageId') },
  ];
}

function otherFields(options: ChunkOptions): readonly MsrpField[] {
  const { fields = [], contentType } = options;
  fields.forEach(({ name }, i) => {
    if (!OWN_HEADERS.some((own) => sameText(own, name))) return;
    throw new EncodeError(`${name} cannot be given here`, `fields[${i}].name`, CLAUSE);
  });
  const reports: MsrpField[] = [];
  if (options.successReport !== undefined) {
    reports.push({ name: 'Success-Report', value: value(successReport, options.successReport, 'successReport') });
  }
  if (options.failureReport !== undefined) {
    reports.push({ name: 'Failure-Report', value: value(failureReport, options.failureReport, 'failureReport') });
  }
  return [...reports, ...fields, { name: 'Content-Type', value: mediaTypeText(contentType) }];
}

function path(codec: typeof toPath, given: string | readonly MsrpUri[], member: string): string {
  if (typeof given !== 'string') return value(codec, given, member);
  const read = codec.parse(given);
  if (read.ok) return given;
  throw new EncodeError(`${JSON.stringify(given)} is no list of MSRP URIs`, member, 'RFC4975-9');
}

function mediaTypeText(given: string | MediaType): string {
  if (typeof given !== 'string') return value(mediaType, given, 'contentType');
  const read = mediaType.parse(given);
  if (read.ok) return mediaType.format(read.value); // without the blanks that MSRP does not have (RFC 4975 9)
  throw new EncodeError(`${JSON.stringify(given)} is no media type`, 'contentType', 'RFC4975-9');
}

function value<T>(codec: { format(value: T): string }, given: T, member: string): string {
  try {
    return codec.format(given);
  } catch (error) {
    throw within(member, error);
  }
}
