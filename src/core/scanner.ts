import { isClass, WSP } from './chars.ts';
import type { ClauseId, ErrorCode, ParseError } from './error.ts';
import { DEFAULT_LIMITS, type Limits, limits } from './limits.ts';
import type { ParseOptions } from './options.ts';
import type { Note } from './result.ts';
import type { Tolerance } from './tolerance.ts';

/** Code of a character outside ASCII where the codes were made from a text. */
const NON_ASCII = 0x80;
/** Code of a lone surrogate: no rule admits it. */
export const ILL_FORMED = 0xff;

const NO_OCTETS = new Uint8Array(0);
const NO_NOTES: readonly Note[] = Object.freeze([]);
const NO_TOLERANCES: readonly Tolerance[] = Object.freeze([]);

/**
 * A place in what is being read: the text to cut values from, and beside it one octet a character to decide on.
 * In an ASCII message both are the head itself and nothing is copied; any other text has its characters outside
 * ASCII stand as one code, which is all that the grammars ask of them. Octets decide three times faster
 * than `charCodeAt`.
 *
 * One scanner serves all parsing: scans are synchronous, call nobody back, and leave nothing behind.
 */
export class Scanner {
  text = '';
  codes: Uint8Array = NO_OCTETS;
  pos = 0;
  end = 0;
  /** Where the value begins: error offsets count from here. */
  base = 0;
  /** The code of a character outside ASCII; -1 where octets are read in place, which have none. */
  nonAscii = -1;
  error: ParseError | undefined = undefined;
  limits: Limits = DEFAULT_LIMITS;
  tolerances: readonly Tolerance[] = NO_TOLERANCES;
  private notes: Note[] | undefined = undefined;

  /** Points the scanner at a range; what an earlier scan left is forgotten. */
  reset(text: string, codes: Uint8Array, from: number, to: number, options: ParseOptions | undefined): this {
    source = undefined;
    this.text = text;
    this.codes = codes;
    this.pos = from;
    this.end = to;
    this.base = from;
    this.nonAscii = -1;
    this.error = undefined;
    this.notes = undefined;
    this.limits = limits(options?.limits);
    this.tolerances = options?.tolerances ?? NO_TOLERANCES;
    return this;
  }

  /** Points the scanner at another range of the same. */
  again(from: number, to: number): void {
    this.pos = from;
    this.end = to;
    this.base = from;
    this.error = undefined;
    this.notes = undefined;
  }

  /** Refuses what stands at `at`; the first refusal is the one that counts. Always answers `undefined`. */
  fail(code: ErrorCode, rule: string, clause: ClauseId, expected?: string, at: number = this.pos): undefined {
    if (this.error !== undefined) return undefined;
    const offset = at - this.base;
    this.error = expected === undefined ? { code, rule, clause, offset } : { code, rule, clause, offset, expected };
    return undefined;
  }

  /** Refuses the character at `pos` by what it is: the end, a control octet, a lone surrogate, or just wrong. */
  unexpected(rule: string, clause: ClauseId, expected?: string): undefined {
    if (this.pos >= this.end) return this.fail('truncated', rule, clause, expected);
    const code = this.codes[this.pos] as number;
    if (code === ILL_FORMED) return this.fail('encoding', rule, clause, expected);
    const control = (code < 0x20 && code !== 0x09) || code === 0x7f;
    return this.fail(control ? 'control' : 'syntax', rule, clause, expected);
  }

  tolerates(tolerance: Tolerance): boolean {
    return this.tolerances.includes(tolerance);
  }

  note(tolerance: Tolerance, clause: ClauseId, at: number = this.pos): void {
    this.notes ??= [];
    this.notes.push({ tolerance, clause, offset: at - this.base });
  }

  takeNotes(): readonly Note[] {
    const notes = this.notes;
    if (notes === undefined) return NO_NOTES;
    this.notes = undefined;
    return notes;
  }

  takeError(): ParseError {
    const error = this.error as ParseError;
    this.error = undefined;
    return error;
  }

  /** The code at `pos`, or -1 at the end. */
  peek(): number {
    return this.pos < this.end ? (this.codes[this.pos] as number) : -1;
  }

  /** Steps over `code` if it stands here. */
  take(code: number): boolean {
    if (this.pos >= this.end || this.codes[this.pos] !== code) return false;
    this.pos++;
    return true;
  }

  /** Steps over SP and HTAB: LWS in a value that has been unfolded (RFC 3261 25.1, 7.3.1). */
  skipWsp(): void {
    const { codes, end } = this;
    let p = this.pos;
    while (p < end && (codes[p] === 0x20 || codes[p] === 0x09)) p++;
    this.pos = p;
  }

  /** The text from `from` to `to`. */
  slice(from: number, to: number): string {
    return this.text.slice(from, to);
  }
}

const shared = new Scanner();
let scratch = new Uint8Array(1024);

/** The shared scanner over a range of octets whose text is `text`, index by index. */
export function openRange(
  text: string,
  octets: Uint8Array,
  from: number,
  to: number,
  options: ParseOptions | undefined,
): Scanner {
  return shared.reset(text, octets, from, to, options);
}

/** What many ranges are read of. */
interface Source {
  readonly text: string;
  readonly octets: Uint8Array;
}

let source: Source | undefined;

/**
 * The same for one of many ranges of a source, as the values of a message are. From the second on the source stays in
 * place: the collector has to note each new object that is stored in an old one, which takes longer than all else here.
 */
export function openSource(of: Source, from: number, to: number, options: ParseOptions | undefined): Scanner {
  if (of !== source || shared.codes !== of.octets || options !== undefined) {
    shared.reset(of.text, of.octets, from, to, options);
    source = options === undefined ? of : undefined;
    return shared;
  }
  shared.again(from, to);
  return shared;
}

/** The shared scanner over a text. One longer than the field limit, which is 16 KiB by default, is refused at once. */
export function open(text: string, rule: string, clause: ClauseId, options: ParseOptions | undefined): Scanner {
  const length = text.length;
  const s = shared.reset(text, scratch, 0, length, options);
  if (length > s.limits.field) {
    return s.fail('limit', rule, clause, `at most ${s.limits.field} characters`, s.limits.field) ?? s;
  }
  if (length > scratch.length) scratch = new Uint8Array(length * 2);
  s.codes = scratch;
  s.nonAscii = NON_ASCII;
  const codes = scratch;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) codes[i] = code;
    else if (code < 0xd800 || code > 0xdfff) codes[i] = NON_ASCII;
    else if (code < 0xdc00 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      codes[i] = NON_ASCII;
      codes[++i] = NON_ASCII;
    } else codes[i] = ILL_FORMED;
  }
  return s;
}

/** Without blanks (SP, HTAB) at both ends; `trim()` would also take NBSP, a byte order mark and line separators. */
export function withoutBlanks(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isClass(text.charCodeAt(from), WSP)) from++;
  while (to > from && isClass(text.charCodeAt(to - 1), WSP)) to--;
  return from === 0 && to === text.length ? text : text.slice(from, to);
}
