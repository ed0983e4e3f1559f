/*
 * Text to octets and back. Where the runtime has Node's Buffer its conversions are used, since they are several
 * times faster; elsewhere the Encoding Standard's, which give the same.
 */

interface BufferMethods {
  latin1Slice(this: Uint8Array, from: number, to: number): string;
  utf8Slice(this: Uint8Array, from: number, to: number): string;
  utf8Write(this: Uint8Array, text: string, at: number, length: number): number;
  latin1Write(this: Uint8Array, text: string, at: number, length: number): number;
  indexOf(this: Uint8Array, sought: Uint8Array): number;
}

interface BufferFunctions {
  readonly prototype: BufferMethods;
  byteLength(text: string): number;
  allocUnsafe(length: number): Uint8Array;
}

interface Conversions {
  /** One UTF-16 unit an octet, 0x00 to 0xff. */
  latin1(octets: Uint8Array, from: number, to: number): string;
  /** Writes text of which every character is ASCII. */
  writeAscii(text: string, target: Uint8Array, at: number): void;
  /** Writes well-formed text as UTF-8 and answers how many octets that took. */
  writeUtf8(text: string, target: Uint8Array, at: number): number;
  /** Text of which the octets are known to be UTF-8. */
  utf8Text(octets: Uint8Array, from: number, to: number): string;
  /** Octets for the caller to fill: what they hold is left from before. */
  allocate(length: number): Uint8Array;
  /** Octets of the well-formed text in UTF-8. */
  utf8Length(text: string): number;
  /** Where a few octets, one at least, stand for the first time; -1 where they do not. */
  indexOf(octets: Uint8Array, sought: Uint8Array): number;
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

export const portable: Conversions = {
  latin1(octets, from, to) {
    let text = '';
    for (let at = from; at < to; at += 8192) {
      text += String.fromCharCode(...octets.subarray(at, Math.min(at + 8192, to)));
    }
    return text;
  },
  writeAscii(text, target, at) {
    encoder.encodeInto(text, target.subarray(at));
  },
  writeUtf8(text, target, at) {
    return encoder.encodeInto(text, target.subarray(at)).written;
  },
  utf8Text: (octets, from, to) => strict.decode(octets.subarray(from, to)),
  allocate: (length) => new Uint8Array(length),
  utf8Length(text) {
    let length = text.length;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code < 0x80) continue;
      if (code < 0x800) length += 1;
      else if (code < 0xd800 || code > 0xdfff) length += 2;
      else {
        length += 2; // a surrogate pair: two units, four octets
        i++;
      }
    }
    return length;
  },
  indexOf(octets, sought) {
    const first = sought[0] as number;
    for (let at = octets.indexOf(first); at >= 0; at = octets.indexOf(first, at + 1)) {
      let i = 1;
      while (i < sought.length && octets[at + i] === sought[i]) i++;
      if (i === sought.length) return at;
    }
    return -1;
  },
};

export const conversions: Conversions = withBuffer(globalThis as { Buffer?: unknown }) ?? portable;

function withBuffer(runtime: { Buffer?: unknown }): Conversions | undefined {
  const buffer = runtime.Buffer as BufferFunctions | undefined;
  if (typeof buffer?.prototype?.latin1Slice !== 'function') return undefined;
  const { latin1Slice, utf8Slice, latin1Write, utf8Write, indexOf } = buffer.prototype;
  if (typeof latin1Write !== 'function' || typeof utf8Write !== 'function') return undefined;
  return {
    latin1: (octets, from, to) => latin1Slice.call(octets, from, to),
    writeAscii: (text, target, at) => latin1Write.call(target, text, at, text.length),
    writeUtf8: (text, target, at) => utf8Write.call(target, text, at, target.length - at),
    utf8Text: (octets, from, to) => utf8Slice.call(octets, from, to),
    allocate(length) {
      const octets = buffer.allocUnsafe(length);
      return new Uint8Array(octets.buffer, octets.byteOffset, length);
    },
    utf8Length: (text) => buffer.byteLength(text),
    indexOf: (octets, sought) => indexOf.call(octets, sought),
  };
}

/** The octets as UTF-8; `undefined` where they are not. A byte order mark stays a character. */
export function utf8(octets: Uint8Array): string | undefined {
  try {
    return strict.decode(octets);
  } catch {
    return undefined;
  }
}

/** The well-formed text as UTF-8. */
export function toUtf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Where octets stop being UTF-8: at the first that cannot follow, or at their end where a character is cut off. */
export function utf8Prefix(octets: Uint8Array): number {
  let from = 0;
  let to = octets.length;
  while (from < to) {
    const middle = (from + to + 1) >> 1;
    if (isPrefix(octets.subarray(0, middle))) from = middle;
    else to = middle - 1;
  }
  return from;
}

/** Whether the octets are UTF-8 but for a last character that may be cut off. */
function isPrefix(octets: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(octets, { stream: true });
    return true;
  } catch {
    return false;
  }
}
