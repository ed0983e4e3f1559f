/*
 * The frame of a chunk without its body (RFC 4975 7.1.1). Most chunks of a message have numbers of as many digits, so
 * that their frames differ in the transaction id, in these digits and in the flag only: an arena is filled with one
 * frame over and over, and a chunk writes what is its own.
 */
import { ALPHANUM, IDENT, MSRP_CLASS } from './chars.ts';
import { encode } from './encode.ts';
import { formatIdent } from './ident.ts';
import type { MsrpField } from './message.ts';

/** Where the transaction id stands: behind "MSRP ". */
const ID = 5;
const DASHES = '\r\n-------'.length;
const AFTER_ID = ' SEND\r\n'.length;
const FLAG = '$\r\n'.length;
const ZERO = 0x30;
const BYTE_RANGE = 'Byte-Range: '.length;
const NOTHING: Uint8Array = new Uint8Array(0);

/** What the frames of a message have in common. */
export interface MessageHead {
  /** The headers before Byte-Range, and those behind it. */
  readonly own: readonly MsrpField[];
  readonly others: readonly MsrpField[];
  readonly total: number | '*';
  readonly interruptible: boolean;
}

/** The frame of all chunks with ids and numbers of some lengths. */
export class ChunkTemplate {
  readonly message: MessageHead;
  readonly #idLength: number;
  readonly #startDigits: number;
  /** 0 where the range ends with `*`. */
  readonly #endDigits: number;
  readonly #startBound: number;
  readonly #endBound: number;
  readonly octets: Uint8Array;
  /** Where the head ends and the tail begins. */
  readonly headEnd: number;
  /** Where the number of the first octet stands. */
  readonly #rangeAt: number;

  /** For an id of that length, and for a range with as many digits as this one. */
  constructor(message: MessageHead, idLength: number, start: number, end: number) {
    const { own, others, total, interruptible } = message;
    this.message = message;
    this.#idLength = idLength;
    const startDigits = digitsOf(start);
    const endDigits = interruptible ? 0 : digitsOf(end);
    this.#startDigits = startDigits;
    this.#endDigits = endDigits;
    this.#startBound = 10 ** startDigits;
    this.#endBound = interruptible ? Number.POSITIVE_INFINITY : 10 ** endDigits;
    const transactionId = '0'.repeat(idLength);
    const range = `${'0'.repeat(startDigits)}-${interruptible ? '*' : '0'.repeat(endDigits)}/${total}`;
    const fields = [...own, { name: 'Byte-Range', value: range }, ...others];
    this.octets = encode({ transactionId, method: 'SEND', fields, body: NOTHING, continuation: '+' });
    this.headEnd = this.octets.length - DASHES - idLength - FLAG;
    this.#rangeAt = own.reduce((at, field) => at + fieldLength(field), ID + idLength + AFTER_ID) + BYTE_RANGE;
  }

  /** Whether the frame has room for a chunk that comes behind the one it was made for. */
  fits(idLength: number, start: number, end: number): boolean {
    return idLength === this.#idLength && start < this.#startBound && end < this.#endBound;
  }

  /** Writes what is a chunk's own into a frame at `at`. Throws EncodeError where the id is none. */
  write(arena: Uint8Array, at: number, transactionId: string, start: number, end: number, flag: string): void {
    const { octets } = this;
    const idLength = this.#idLength;
    const startDigits = this.#startDigits;
    const endDigits = this.#endDigits;
    const idAt = at + ID;
    const endAt = at + this.headEnd + DASHES;
    let common = IDENT;
    for (let i = 0; i < idLength; i++) {
      const code = transactionId.charCodeAt(i);
      common &= MSRP_CLASS[code] as number;
      arena[idAt + i] = code;
      arena[endAt + i] = code;
    }
    if (common === 0 || ((MSRP_CLASS[arena[idAt] as number] as number) & ALPHANUM) === 0) {
      formatIdent(transactionId, 'transactionId'); // throws
    }
    const rangeAt = at + this.#rangeAt;
    writeNumber(start, arena, rangeAt, startDigits);
    if (endDigits > 0) writeNumber(end, arena, rangeAt + startDigits + 1, endDigits);
    arena[at + octets.length - FLAG] = flag.charCodeAt(0);
  }
}

/** Octets of a header that is all ASCII, with its line end. */
function fieldLength({ name, value }: MsrpField): number {
  return name.length + 2 + value.length + 2;
}

/** How many digits the number has. */
function digitsOf(value: number): number {
  let digits = 1;
  for (let bound = 10; value >= bound; bound *= 10) digits++;
  return digits;
}

/** 00 to 99: two digits for one division, which is the dearest part of writing a number. */
const PAIRS: Uint8Array = /* @__PURE__ */ Uint8Array.from({ length: 200 }, (_, i) =>
  '0123456789'.charCodeAt(i % 2 === 0 ? Math.floor(i / 20) : (i >> 1) % 10),
);
const INTEGER = 0x7fff_ffff;

/** The number at `at`, which has so many digits. */
function writeNumber(value: number, target: Uint8Array, at: number, digits: number): void {
  let p = at + digits;
  let large = value;
  while (large > INTEGER) {
    const tens = Math.floor(large / 10);
    target[--p] = ZERO + large - tens * 10;
    large = tens;
  }
  let rest = large | 0;
  while (p - at > 1) {
    const hundreds = (rest / 100) | 0;
    const pair = (rest - hundreds * 100) << 1;
    p -= 2;
    target[p] = PAIRS[pair] as number;
    target[p + 1] = PAIRS[pair + 1] as number;
    rest = hundreds;
  }
  if (p > at) target[at] = ZERO + rest;
}
