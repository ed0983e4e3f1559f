/*
 * A session description (RFC 4566 5): its lines in order, those that nobody knows too. What a line says is read when it
 * is asked for, by the codec of its type or of its attribute; a line that is broken costs only itself. A received session
 * keeps its octets and encodes to them.
 */
import type { BytesCodec } from '../core/codec.ts';
import { type ClauseId, EncodeError } from '../core/error.ts';
import { type Limits, limits } from '../core/limits.ts';
import { conversions } from '../core/octets.ts';
import type { ParseOptions } from '../core/options.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import { LineOrder } from './order.ts';
import { illFormedOctets, placeOf, ReceivedSession } from './received.ts';
import { A_MEDIUM, isLetter, lacksWords, scanSession } from './scan.ts';

const CLAUSE: ClauseId = 'RFC4566-5';

/** One line: `{ type: 'a', value: 'sendonly' }`. */
export interface SdpLine {
  /** One letter; compares with case. */
  readonly type: string;
  /** All behind the "=". */
  readonly value: string;
}

/** The lines of the session as a whole or of one medium. */
export interface SdpSection {
  readonly lines: readonly SdpLine[];
}

/** A medium: its `m=` line and those that describe it. */
export type SdpMedia = SdpSection;

/** A session: the lines that are about all of it, and its media in order. */
export interface SdpSession extends SdpSection {
  readonly media: readonly SdpMedia[];
}

/** @duty LM-E5 (build, parse) */
export const sdp: BytesCodec<SdpSession> = {
  name: 'sdp',
  mediaType: 'application/sdp',
  clause: CLAUSE,
  decode,
  encode,
  encodedLength,
};

/**
 * Reads a session. Refused where lines cannot be told apart or are not those of a session: no letter and "=", NUL, no
 * CRLF, `v=`, `o=`, `s=` or `t=` missing, another order, an `m=` or `c=` that lacks words, a limit.
 */
function decode(octets: Uint8Array, options?: ParseOptions): Result<SdpSession> {
  const index = scanSession(octets, limits(options?.limits), options?.tolerances);
  if ('code' in index) return refuse(index);
  return ok(new ReceivedSession(index), index.notes);
}

const NO_LIMIT: Limits = Object.freeze({
  ...limits(undefined),
  document: Number.POSITIVE_INFINITY,
  field: Number.POSITIVE_INFINITY,
  fields: Number.POSITIVE_INFINITY,
  parts: Number.POSITIVE_INFINITY,
});

/** Throws EncodeError that names the line. */
function encode(session: SdpSession): Uint8Array {
  const own = placeOf(session);
  // A copy: `slice` of a Buffer is a view.
  if (own !== undefined) return new Uint8Array(own.index.octets);
  return encodeAscii(session) ?? encodeWithCare(session);
}

/** The octets of a session that is sound and all ASCII; `undefined` for any other, which takes longer. */
function encodeAscii({ lines, media }: SdpSession): Uint8Array | undefined {
  let length = linesLength(lines);
  for (let i = 0; i < media.length; i++) length += linesLength((media[i] as SdpMedia).lines);
  if (!(length >= 0)) return undefined;
  const octets = conversions.allocate(length);
  const order = new LineOrder();
  let at = writeLines(lines, octets, 0, order, false);
  for (let i = 0; i < media.length && at >= 0; i++) {
    if (order.lacks() !== undefined) return undefined;
    at = writeLines((media[i] as SdpMedia).lines, octets, at, order, true);
  }
  return at < 0 || order.lacks() !== undefined ? undefined : octets;
}

/** The octets of the lines if all is ASCII. */
function linesLength(lines: readonly SdpLine[]): number {
  let length = 4 * lines.length;
  for (let i = 0; i < lines.length; i++) length += (lines[i] as SdpLine).value.length;
  return length;
}

/** Where the next line goes; -1 where one of these is not as it must be. An `m=` begins a medium and stands nowhere else. */
function writeLines(
  lines: readonly SdpLine[],
  target: Uint8Array,
  from: number,
  order: LineOrder,
  isMedium: boolean,
): number {
  if (isMedium && lines.length === 0) return -1;
  let at = from;
  for (let i = 0; i < lines.length; i++) {
    const { type, value } = lines[i] as SdpLine;
    const letter = type.charCodeAt(0);
    if (type.length !== 1 || typeof value !== 'string' || !isLetter(letter)) return -1;
    if ((letter === A_MEDIUM) !== (isMedium && i === 0) || order.step(letter) !== undefined) return -1;
    target[at] = letter;
    target[at + 1] = 0x3d;
    at += 2;
    const start = at;
    const { length } = value;
    for (let k = 0; k < length; k++) {
      const code = value.charCodeAt(k);
      if (code < 0x0e || code > 0x7f) {
        if (code > 0x7f || code === 0 || code === 0x0d || code === 0x0a) return -1;
      }
      target[at + k] = code;
    }
    at += length;
    if (lacksWords(target, letter, start, at)) return -1;
    target[at] = 0x0d;
    target[at + 1] = 0x0a;
    at += 2;
  }
  return at;
}

/** Line by line: one that was received and is no UTF-8 goes out as it came. */
function joined(session: SdpSession): Uint8Array {
  const octets = new Uint8Array(encodedLength(session));
  let at = 0;
  for (const line of allLines(session)) {
    const own = illFormedOctets(line);
    const text = own === undefined ? `${line.type}=${line.value}\r\n` : `${line.type}=`;
    at += conversions.writeUtf8(text, octets, at);
    if (own === undefined) continue;
    octets.set(own, at);
    at += own.length + 2;
    octets.set([0x0d, 0x0a], at - 2);
  }
  return octets;
}

/** The exact number of octets of `encode(session)`. */
function encodedLength(session: SdpSession): number {
  const own = placeOf(session);
  if (own !== undefined) return own.index.octets.length;
  let length = 0;
  for (const line of allLines(session)) length += lineLength(line);
  return length;
}

/** With its letter, "=" and CRLF. */
function lineLength(line: SdpLine): number {
  return 4 + (illFormedOctets(line)?.length ?? conversions.utf8Length(line.value));
}

function allLines({ lines, media }: SdpSession): readonly SdpLine[] {
  return [lines, ...media.map((medium) => medium.lines)].flat();
}

/** Sees to each line by itself before all are written, and reads what was written. Throws EncodeError. */
function encodeWithCare(session: SdpSession): Uint8Array {
  const sections = [session, ...session.media];
  for (const [i, { lines }] of sections.entries()) {
    if (i > 0 && lines.length === 0) throw new EncodeError(WITHOUT_MEDIUM, `media[${i - 1}].lines`, CLAUSE);
    for (const [k, line] of lines.entries()) {
      const misplaced = (line.type === 'm') !== (i > 0 && k === 0);
      const reason = lineFault(line) ?? (misplaced ? WITHOUT_MEDIUM : undefined);
      if (reason !== undefined) throw new EncodeError(reason, linePath(i, k), CLAUSE);
    }
  }
  const octets = joined(session);
  const found = scanSession(octets, NO_LIMIT, undefined);
  if (!('code' in found)) return octets;
  const { code, rule, clause, expected } = found;
  const path = code === 'missing' ? 'lines' : pathAt(sections, found.offset);
  throw new EncodeError(`${code} in ${rule}, expected ${expected}`, path, clause);
}

const WITHOUT_MEDIUM = 'an m= line begins a medium and stands nowhere else';

function linePath(section: number, line: number): string {
  return `${section === 0 ? '' : `media[${section - 1}].`}lines[${line}]`;
}

/** The path of the line in which the octet stands. */
function pathAt(sections: readonly SdpSection[], offset: number): string {
  let end = 0;
  for (const [i, { lines }] of sections.entries()) {
    for (const [k, line] of lines.entries()) {
      end += lineLength(line);
      if (offset < end) return linePath(i, k);
    }
  }
  return 'lines';
}

/** Why a line by itself is none. */
function lineFault({ type, value }: SdpLine): string | undefined {
  if (!/^[A-Za-z]$/.test(type)) return `${JSON.stringify(type)} is no letter`;
  if (typeof value !== 'string') return `a value of type ${typeof value} is no text`;
  if (/[\0\r\n]/.test(value)) return 'CR, LF or NUL in a line';
  return value.isWellFormed() ? undefined : 'a lone surrogate has no UTF-8';
}
