/*
 *   MIME-part-headers  =  *( field-name ":" unstructured CRLF )                   RFC 2045 3, RFC 2046 5.1.1
 *   field-name         =  1*<any CHAR, excluding CTLs, SPACE, and ":">            RFC 822 3.2
 *   fold               =  CRLF 1*( SP / HTAB )
 *
 * The head of a body part: fields up to a blank line, in one pass over the octets. Any number of blanks may stand
 * around the colon, none included; a fold becomes one SP; a line that is no field costs only itself.
 */
import type { ClauseId, ErrorCode, ParseError } from '../core/error.ts';
import { type Limits, limits } from '../core/limits.ts';
import { conversions, utf8 } from '../core/octets.ts';
import type { ParseOptions } from '../core/options.ts';
import type { Note } from '../core/result.ts';
import type { Tolerance } from '../core/tolerance.ts';
import { type MimeField, ReceivedMimeField } from './fields.ts';

const CLAUSE: ClauseId = 'RFC2046-5.1.1';
const LF = 0x0a;
const CR = 0x0d;
const SP = 0x20;
const HTAB = 0x09;
const COLON = 0x3a;
const NO_TOLERANCES: readonly Tolerance[] = Object.freeze([]);
const NO_NOTES: readonly Note[] = Object.freeze([]);

/** Reads heads line by line. What was refused and what was tolerated stays in it, with offsets into the octets. */
export class EntityReader {
  readonly octets: Uint8Array;
  /** The first octets as text, one UTF-16 unit each; as many as will be read. */
  readonly text: string;
  readonly limits: Limits;
  error: ParseError | undefined = undefined;
  /** Behind the fields that were read, and behind their blank line where there was one. */
  end = 0;
  /** Whether a blank line ended the fields. */
  complete = false;
  /** Behind the line that was taken last. */
  next = 0;
  /** 0x80 and above where the lines that were taken hold an octet outside ASCII. */
  high = 0;
  readonly #tolerances: readonly Tolerance[];
  #notes: Note[] | undefined = undefined;

  constructor(octets: Uint8Array, to: number, options: ParseOptions | undefined) {
    this.octets = octets;
    this.text = conversions.latin1(octets, 0, to);
    this.limits = limits(options?.limits);
    this.#tolerances = options?.tolerances ?? NO_TOLERANCES;
  }

  /** Refuses; always answers `undefined`. */
  fail(code: ErrorCode, rule: string, clause: ClauseId, offset: number, expected: string): undefined {
    this.error = { code, rule, clause, offset, expected };
    return undefined;
  }

  get notes(): readonly Note[] {
    return this.#notes ?? NO_NOTES;
  }

  tolerates(tolerance: Tolerance): boolean {
    return this.#tolerances.includes(tolerance);
  }

  note(tolerance: Tolerance, clause: ClauseId, offset: number): void {
    this.#notes ??= [];
    this.#notes.push({ tolerance, clause, offset });
  }

  /** Whether the line may end in the LF at `offset` without CR: noted where it may, refused where not. */
  allowsBareLf(offset: number, rule: string, clause: ClauseId): boolean {
    if (this.tolerates('bare-lf')) {
      this.note('bare-lf', clause, offset);
      return true;
    }
    this.fail('bare-lf', rule, clause, offset, 'CRLF');
    return false;
  }

  /** Where the line that begins at `from` ends, without its CRLF; -1 where it is refused. `to` ends a line as well. */
  takeLine(from: number, to: number, rule: string, clause: ClauseId): number {
    const { octets } = this;
    let { high } = this;
    let p = from;
    for (; p < to; p++) {
      const octet = octets[p] as number;
      if (octet === LF) break;
      high |= octet;
    }
    this.high = high;
    if (p === to) {
      this.next = to;
      return to;
    }
    this.next = p + 1;
    if (p > from && octets[p - 1] === CR) return p - 1;
    return this.allowsBareLf(p, rule, clause) ? p : -1;
  }

  /**
   * The fields that begin at `from`, up to a blank line or `to`. `undefined` where they cannot be read at all: a
   * limit, or bare LF that nobody tolerates.
   */
  readFields(from: number, to: number): readonly MimeField[] | undefined {
    const { octets, limits } = this;
    const fields: MimeField[] = [];
    this.complete = false;
    let p = from;
    while (p < to) {
      this.high = 0;
      let lineEnd = this.takeLine(p, to, 'MIME-part-headers', CLAUSE);
      if (lineEnd < 0) return undefined;
      if (lineEnd === p) {
        this.complete = true;
        p = this.next;
        break;
      }
      const begin = p;
      const colon = this.colonBehindName(begin, lineEnd);
      let value = this.trimmed(colon < 0 ? begin : colon + 1, lineEnd);
      for (p = this.next; p < to && isBlank(octets[p]); p = this.next) {
        lineEnd = this.takeLine(p, to, 'MIME-part-headers', CLAUSE);
        if (lineEnd < 0) return undefined;
        const more = this.trimmed(p, lineEnd);
        if (more !== '') value = value === '' ? more : `${value} ${more}`;
      }
      if (p - begin > limits.field) {
        return this.fail('limit', 'field', CLAUSE, begin + limits.field, `at most ${limits.field} octets`);
      }
      if (fields.length === limits.fields) {
        return this.fail('limit', 'MIME-part-headers', CLAUSE, begin, `at most ${limits.fields} fields`);
      }
      fields.push(new ReceivedMimeField(colon < 0 ? '' : this.nameBefore(begin, colon), value, octets, begin, p));
    }
    if (p - from > limits.head) {
      return this.fail('limit', 'MIME-part-headers', CLAUSE, from + limits.head, `at most ${limits.head} octets`);
    }
    this.end = p;
    return fields;
  }

  /** Where the colon behind a field-name stands, or -1. */
  protected colonBehindName(from: number, to: number): number {
    const { octets } = this;
    let p = from;
    while (p < to && (octets[p] as number) > SP && (octets[p] as number) < 0x7f && octets[p] !== COLON) p++;
    if (p === from) return -1;
    while (p < to && isBlank(octets[p])) p++;
    return p < to && octets[p] === COLON ? p : -1;
  }

  private nameBefore(from: number, colon: number): string {
    let to = colon;
    while (isBlank(this.octets[to - 1])) to--;
    return this.text.slice(from, to);
  }

  /** Text without blanks at its ends. What is no UTF-8 shows as replacement characters; reading it is refused. */
  private trimmed(from: number, to: number): string {
    const { octets } = this;
    while (from < to && isBlank(octets[from])) from++;
    while (to > from && isBlank(octets[to - 1])) to--;
    return this.high < 0x80 ? this.text.slice(from, to) : shownUtf8(octets.subarray(from, to));
  }
}

function isBlank(octet: number | undefined): boolean {
  return octet === SP || octet === HTAB;
}

/** The octets as UTF-8 for showing: what is none stands as replacement characters. */
export function shownUtf8(octets: Uint8Array): string {
  return utf8(octets) ?? new TextDecoder('utf-8', { ignoreBOM: true }).decode(octets);
}

/** The fields at the beginning of an entity, and where its body begins; or why there are none. */
export interface EntityHead {
  readonly fields: readonly MimeField[];
  readonly end: number;
  readonly notes: readonly Note[];
  readonly error: ParseError | undefined;
}

/** Reads the fields of an entity, which a blank line must end. */
export function readHead(octets: Uint8Array, options: ParseOptions | undefined): EntityHead {
  const to = Math.min(octets.length, limits(options?.limits).head + 1);
  const reader = new EntityReader(octets, to, options);
  const fields = reader.readFields(0, to) ?? [];
  if (reader.error === undefined && !reader.complete) {
    reader.fail('truncated', 'MIME-part-headers', CLAUSE, reader.end, 'the blank line behind the fields');
  }
  return { fields, end: reader.end, notes: reader.notes, error: reader.error };
}
