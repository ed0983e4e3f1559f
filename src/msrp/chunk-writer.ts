/*
 * Writes the frames of one message (RFC 4975 7.1, 7.1.1). Heads and tails go into an arena that many chunks share; what
 * all heads have in common is encoded once.
 */
import { type ClauseId, EncodeError } from '../core/error.ts';
import { whole } from '../core/write.ts';
import type { MediaType } from '../mime/media-type.ts';
import { otherFields, ownFields } from './chunk-fields.ts';
import { ChunkTemplate, type MessageHead } from './chunk-template.ts';
import { holdsEndLine } from './end-line.ts';
import type { ByteRange } from './headers/byte-range.ts';
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

/**
 * One SEND request: `head`, `body` and `tail` in this order are its octets, views that are made when they are asked for.
 */
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

/** Octets in which frames of one template stand. */
interface Arena {
  readonly template: ChunkTemplate;
  readonly octets: Uint8Array;
}

/** A view is dearer than all the rest of a chunk; whoever joins, counts or drops chunks needs few of them. */
class WrittenChunk implements MsrpChunk {
  readonly transactionId: string;
  readonly continuation: Continuation;
  readonly #arena: Arena;
  readonly #at: number;
  readonly #content: Uint8Array;
  readonly #from: number;
  readonly #to: number;
  readonly #start: number;

  constructor(
    transactionId: string,
    continuation: Continuation,
    arena: Arena,
    at: number,
    content: Uint8Array,
    from: number,
    to: number,
    start: number,
  ) {
    this.transactionId = transactionId;
    this.continuation = continuation;
    this.#arena = arena;
    this.#at = at;
    this.#content = content;
    this.#from = from;
    this.#to = to;
    this.#start = start;
  }

  get range(): ByteRange & { readonly end: number } {
    const start = this.#start;
    return { start, end: start + this.#to - this.#from - 1, total: this.#arena.template.message.total };
  }

  get interruptible(): boolean {
    return this.#arena.template.message.interruptible;
  }

  get head(): Uint8Array {
    const { octets, template } = this.#arena;
    return octets.subarray(this.#at, this.#at + template.headEnd);
  }

  get body(): Uint8Array {
    return view(this.#content, this.#from, this.#to);
  }

  get tail(): Uint8Array {
    const { octets, template } = this.#arena;
    return octets.subarray(this.#at + template.headEnd, this.#at + template.octets.length);
  }

  toJSON(): MsrpChunk {
    const { transactionId, range, interruptible, continuation, head, body, tail } = this;
    return { transactionId, range, interruptible, continuation, head, body, tail };
  }
}

/** As `subarray`, but of a Buffer it is no Buffer either. */
function view({ buffer, byteOffset }: Uint8Array, from: number, to: number): Uint8Array {
  return new Uint8Array(buffer, byteOffset + from, to - from);
}

/** A chunk with more octets must be interruptible (RFC 4975 7.1.1). */
const LARGEST = 2048;
/** Octets of the longest character. */
const CHARACTER = 4;
/** Octets of an arena at most; the first ones are small, since most messages are. */
const ARENA = 65_536;
/** How often another transaction id is asked for before the source of ids is taken to be broken. */
const TRIES = 16;
const LONGEST_ID = 32;
const NOTHING: Uint8Array = new Uint8Array(0);

/** Writes the chunks of one message, one behind the other. What they have in common is encoded once. */
export class ChunkWriter {
  readonly size: number;
  readonly #transactionId: () => string;
  readonly #wholeCharacters: boolean;
  readonly #message: MessageHead;
  #sent: number;
  #lastId: string | undefined = undefined;
  #arena: Arena;
  /** How much of the arena is in use, and how far it is filled with frames. */
  #at = 0;
  #filled = 0;
  /** How many frames it was filled with the last time. */
  #frames = 0;

  constructor(options: ChunkOptions, total: number | '*') {
    const { size = LARGEST, from = 0, interruptible = false, wholeCharacters = false } = options;
    this.size = whole(size, wholeCharacters ? CHARACTER : 1, Number.MAX_SAFE_INTEGER, 'size', CLAUSE);
    this.#sent = whole(from, 0, Number.MAX_SAFE_INTEGER, 'from', CLAUSE);
    this.#transactionId = options.transactionId;
    this.#wholeCharacters = wholeCharacters;
    this.#message = {
      own: ownFields(options),
      others: otherFields(options),
      total,
      interruptible: interruptible || size > LARGEST,
    };
    // What is wrong in the options is found here.
    const template = new ChunkTemplate(this.#message, LONGEST_ID, this.#sent + 1, this.#sent);
    this.#arena = { template, octets: NOTHING };
  }

  /** Where a chunk that begins at `from` ends, `size` octets behind it or up to three before that. */
  cut(octets: Uint8Array, from: number): number {
    const to = from + this.size;
    if (!this.#wholeCharacters) return to;
    let at = to;
    while (at > to - CHARACTER && isWithin(octets[at] as number)) at--;
    return at > to - CHARACTER ? at : to;
  }

  /**
   * The chunk whose body are the octets `from` to `to`, which come behind those of the last chunk. `dashes` is whether
   * seven dashes may stand among them; without them they hold no end-line. Throws EncodeError.
   */
  write(
    octets: Uint8Array,
    continuation: Continuation,
    from: number = 0,
    to: number = octets.length,
    dashes: boolean = true,
  ): MsrpChunk {
    const start = this.#sent + 1;
    const end = this.#sent + to - from;
    const { total } = this.#message;
    if (total !== '*' && continuation !== '#' && (continuation === '$' ? end !== total : end >= total)) {
      const reason = continuation === '$' ? `${end} octets, not ${total}` : `more than ${total} octets`;
      throw new EncodeError(reason, 'source', CLAUSE);
    }
    if (end < start && start > 1) throw new EncodeError('nothing is left to be sent', 'source', CLAUSE);
    const transactionId = this.#freeId(dashes ? view(octets, from, to) : NOTHING);
    const arena = this.#room(transactionId, start, end);
    const at = this.#at;
    arena.template.write(arena.octets, at, transactionId, start, end, continuation);
    this.#at = at + arena.template.octets.length;
    this.#sent = end;
    return new WrittenChunk(transactionId, continuation, arena, at, octets, from, to, start);
  }

  /** RFC 4975 7.1: no id that is in use, none whose end-line the body holds. */
  #freeId(body: Uint8Array): string {
    for (let tries = 0; tries < TRIES; tries++) {
      const id = this.#transactionId();
      if (id === this.#lastId || (body.length > 0 && holdsEndLine(body, id))) continue;
      this.#lastId = id;
      return id;
    }
    throw new EncodeError(`${TRIES} ids in a row cannot be used`, 'transactionId', 'RFC4975-7.1');
  }

  /** An arena with a frame for such a chunk at `#at`. */
  #room(transactionId: string, start: number, end: number): Arena {
    const { template, octets } = this.#arena;
    const same = template.fits(transactionId.length, start, end);
    if (same && this.#at < this.#filled) return this.#arena;
    const next = same ? template : this.#templateFor(transactionId, start, end);
    const { length } = next.octets;
    const space = octets.length - this.#at >= length ? octets : this.#grow(length);
    // Twice as many frames as the last time, but one where each chunk may have another template.
    const most = Math.floor((space.length - this.#at) / length);
    this.#frames = same ? Math.min(2 * this.#frames, most) : 1;
    this.#filled = this.#at + this.#frames * length;
    space.set(next.octets, this.#at);
    for (let done = this.#at + length; done < this.#filled; done += done - this.#at) {
      space.copyWithin(done, this.#at, Math.min(done, this.#at + this.#filled - done));
    }
    this.#arena = { template: next, octets: space };
    return this.#arena;
  }

  #grow(least: number): Uint8Array {
    this.#at = 0;
    return new Uint8Array(Math.max(least, Math.min(ARENA, 2 * this.#arena.octets.length)));
  }

  #templateFor(transactionId: string, start: number, end: number): ChunkTemplate {
    formatIdent(transactionId, 'transactionId');
    return new ChunkTemplate(this.#message, transactionId.length, start, end);
  }
}

/** Whether the octet continues a character of UTF-8. */
function isWithin(octet: number): boolean {
  return (octet & 0xc0) === 0x80;
}
