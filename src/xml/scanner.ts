/*
 *   document   ::=  prolog element Misc*                                                        XML 2.1
 *   prolog     ::=  XMLDecl? Misc*            (a DOCTYPE is refused)                            XML 2.8
 *   Misc       ::=  Comment | PI | S
 *   element    ::=  EmptyElemTag | STag content ETag                                            XML 3
 *   STag       ::=  '<' Name (S Attribute)* S? '>'                                              XML 3.1
 *   Attribute  ::=  Name Eq AttValue
 *   content    ::=  CharData? ((element | Reference | CDSect | PI | Comment) CharData?)*        XML 3.1
 *   Reference  ::=  EntityRef | CharRef       (the five predefined entities only)               XML 4.1
 *   Comment    ::=  '<!--' ((Char - '-') | ('-' (Char - '-')))* '-->'                           XML 2.5
 *   PI         ::=  '<?' PITarget (S (Char* - (Char* '?>' Char*)))? '?>'                        XML 2.6
 *   CDSect     ::=  '<![CDATA[' (Char* - (Char* ']]>' Char*)) ']]>'                             XML 2.7
 *
 * A strict, namespace-aware pull scanner over octets: every octet is looked at once. It gives start-tags and
 * end-tags, and the character data before each. UTF-8 only.
 */
import type { ClauseId, ErrorCode, ParseError } from '../core/error.ts';
import { DEFAULT_LIMITS, type Limits, limits } from '../core/limits.ts';
import { conversions, utf8, utf8Prefix } from '../core/octets.ts';
import type { ParseOptions } from '../core/options.ts';
import type { Note } from '../core/result.ts';
import type { Tolerance } from '../core/tolerance.ts';
import { Bindings } from './bindings.ts';
import { BLANK, isChar, NAME, TEXT, VALUE, XML_CLASS } from './chars.ts';
import { scanDeclaration } from './declaration.ts';
import { type RawName, rawName, XML_NAMESPACE, XMLNS_NAMESPACE, type XmlName } from './names.ts';

/** What `next` came to. */
export type XmlToken = typeof FAILED | typeof DONE | typeof START | typeof END;
export const FAILED = 0;
/** The root element is closed and nothing follows. */
export const DONE = 1;
/** A start-tag: `name`, `count` attributes, and the text before it. An empty element's end comes next. */
export const START = 2;
/** An end-tag, and the text before it. */
export const END = 3;

/** Trees are read and written by functions that call themselves: deeper than this, whatever a caller allows, never. */
export const MAX_DEPTH = 512;
/** From how many attributes of one element on a set finds the duplicates. */
const MANY = 16;

const NO_OCTETS = new Uint8Array(0);
const NO_NAME: XmlName = { namespace: '', local: '', prefix: '' };
const NO_NOTES: readonly Note[] = Object.freeze([]);
const HIGH = /[\x80-\xff]/;

export class XmlScanner {
  /** Where scanning goes on: behind the tag that was given. */
  pos = 0;
  /** Where the tag begins. */
  from = 0;
  /** How many elements are open, the one of the start-tag included. */
  depth = 0;
  /** Start-tags so far. */
  elements = 0;
  name: XmlName = NO_NAME;
  /** Attributes of the start-tag, declarations of namespaces not counted. */
  count = 0;
  readonly attributeNames: XmlName[] = [];
  readonly attributeValues: string[] = [];
  readonly attributeOffsets: number[] = [];
  /** Whether there is nothing but blanks before the tag. */
  blank = true;
  /** Where the character data begins that is no blank. */
  textFrom = 0;
  error: ParseError | undefined = undefined;
  /** Where processing instructions stand: from, to, from, to … */
  readonly instructions: number[] = [];

  private octets: Uint8Array = NO_OCTETS;
  private text = '';
  private end = 0;
  private limits: Limits = DEFAULT_LIMITS;
  private tolerances: readonly Tolerance[] | undefined = undefined;
  private notes: Note[] | undefined = undefined;
  /** Whether the octets are known to be UTF-8 although some are no ASCII. */
  private wide = false;
  private empty = false;
  private rooted = false;
  private pieces = '';
  private runFrom = 0;
  private runTo = 0;
  private character = '';
  private readonly nameFrom: number[] = [];
  private readonly nameTo: number[] = [];
  private readonly rawNames: RawName[] = [];
  private readonly bindings: Bindings = new Bindings();

  /** Points the scanner at a document, behind its declaration; `error` says if that was refused. */
  reset(octets: Uint8Array, options: ParseOptions | undefined): this {
    this.limits = limits(options?.limits);
    this.tolerances = options?.tolerances;
    this.notes = undefined;
    this.error = undefined;
    this.octets = octets;
    this.end = octets.length;
    this.text = '';
    this.from = this.depth = this.elements = this.count = this.pos = 0;
    this.instructions.length = 0;
    this.wide = this.empty = this.rooted = false;
    this.bindings.clear();
    if (this.end > this.limits.document) {
      this.fail('limit', 'document', 'XML-2.1', `at most ${this.limits.document} octets`, this.limits.document);
      return this;
    }
    this.text = conversions.latin1(octets, 0, this.end);
    const after = scanDeclaration(this, octets, this.text);
    if (after >= 0) this.pos = after;
    return this;
  }

  /** Refuses what stands at `at`; the first refusal is the one that counts. Always answers FAILED. */
  fail(code: ErrorCode, rule: string, clause: ClauseId, expected?: string, at: number = this.pos): typeof FAILED {
    if (this.error === undefined) {
      const offset = Math.min(at, this.end);
      this.error = expected === undefined ? { code, rule, clause, offset } : { code, rule, clause, offset, expected };
    }
    return FAILED;
  }

  takeError(): ParseError {
    const error = this.error as ParseError;
    this.error = undefined;
    return error;
  }

  tolerates(tolerance: Tolerance): boolean {
    return this.tolerances?.includes(tolerance) ?? false;
  }

  note(tolerance: Tolerance, clause: ClauseId, offset: number): void {
    this.notes ??= [];
    this.notes.push({ tolerance, clause, offset });
  }

  takeNotes(): readonly Note[] {
    return this.notes ?? NO_NOTES;
  }

  /** The character data before the tag that was given, with references resolved and lines ended by LF (XML 2.11). */
  characters(): string {
    return this.runTo > this.runFrom ? this.pieces + this.lines(this.runFrom, this.runTo) : this.pieces;
  }

  /** Goes back before the start-tag that began at `from`, whose element was the `depth`th open and `elements`th. */
  rewind(from: number, depth: number, elements: number): void {
    while (this.depth >= depth) this.leave();
    this.elements = elements - 1;
    this.empty = false;
    this.pos = from;
  }

  next(): XmlToken {
    if (this.error !== undefined) return FAILED;
    this.pieces = '';
    this.blank = true;
    this.runFrom = this.runTo = 0;
    if (this.empty) {
      this.empty = false;
      this.leave();
      return END;
    }
    const { octets, end } = this;
    let p = this.pos;
    let run = p;
    for (;;) {
      while (p < end && ((XML_CLASS[octets[p] as number] as number) & BLANK) !== 0) p++;
      if (p < end && octets[p] !== 0x3c) {
        if (this.depth === 0) return this.outside(p);
        p = this.data(run, p);
        if (p < 0) return FAILED;
        run = this.runFrom;
      }
      if (p >= end) return this.atEnd();
      const code = octets[p + 1];
      if (code === 0x21 || code === 0x3f) {
        if (this.depth !== 0) this.flush(run, p);
        p = code === 0x3f ? this.instruction(p) : this.marked(p);
        if (p < 0) return FAILED;
        run = p;
        continue;
      }
      this.runFrom = run;
      this.runTo = p;
      this.from = p;
      return code === 0x2f ? this.endTag(p) : this.startTag(p);
    }
  }

  /** Character data that is not all blank, from `p` to the next "<" or the end; the run began at `run`. */
  private data(run: number, p: number): number {
    const { octets, end } = this;
    this.startText(p);
    for (;;) {
      while (p < end && ((XML_CLASS[octets[p] as number] as number) & TEXT) !== 0) p++;
      if (p >= end || octets[p] === 0x3c) {
        this.runFrom = run;
        return p;
      }
      const code = octets[p] as number;
      if (code === 0x26) {
        this.flush(run, p);
        p = this.reference(p);
        if (p < 0) return -1;
        this.pieces += this.character;
        run = p;
      } else if (code === 0x5d) {
        if (octets[p + 1] === 0x5d && octets[p + 2] === 0x3e) return this.bad('syntax', 'CharData', 'XML-2.4', p);
        p++;
      } else {
        p = this.unusual(p, 'CharData', 'XML-2.4');
        if (p < 0) return -1;
      }
    }
  }

  private startText(at: number): void {
    if (this.blank) this.textFrom = at;
    this.blank = false;
  }

  private startTag(from: number): XmlToken {
    const { octets, end } = this;
    if (this.depth === 0 && this.rooted) return this.fail('trailing', 'document', 'XML-2.1', undefined, from);
    const depth = Math.min(this.limits.depth, MAX_DEPTH);
    if (this.depth >= depth) return this.fail('limit', 'element', 'XML-3', `at most ${depth} levels`, from);
    if (this.elements >= this.limits.elements) {
      return this.fail('limit', 'element', 'XML-3', `at most ${this.limits.elements} elements`, from);
    }
    let p = from + 1;
    while (p < end && ((XML_CLASS[octets[p] as number] as number) & NAME) !== 0) p++;
    const raw = this.nameUpTo(from + 1, p, 'STag');
    if (raw === undefined) return FAILED;
    if (raw.prefix === 'xmlns') return this.fail('syntax', 'STag', 'XML-NAMES-3', 'no prefix xmlns', from + 1);
    this.nameFrom[this.depth] = from + 1;
    this.nameTo[this.depth] = p;
    let count = 0;
    let declared = false;
    for (;;) {
      const gap = p;
      while (p < end && ((XML_CLASS[octets[p] as number] as number) & BLANK) !== 0) p++;
      if (p >= end) return this.fail('truncated', 'STag', 'XML-3.1', undefined, p);
      const code = octets[p] as number;
      if (code === 0x3e) break;
      if (code === 0x2f) {
        if (octets[++p] !== 0x3e) return this.unexpected(p, 'EmptyElemTag', '>');
        this.empty = true;
        break;
      }
      if (p === gap) return this.unexpected(p, 'STag', 'white space, "/" or ">"');
      if (count >= this.limits.params) {
        return this.fail('limit', 'Attribute', 'XML-3.1', `at most ${this.limits.params} attributes`, p);
      }
      p = this.attribute(p, count);
      if (p < 0) return FAILED;
      if ((this.rawNames[count] as RawName).declares) declared = true;
      count++;
    }
    if (count > MANY && !this.namesDiffer(count)) return FAILED;
    this.pos = p + 1;
    this.rooted = true;
    this.depth++;
    this.elements++;
    this.count = count;
    if (declared && !this.declare()) return FAILED;
    return this.resolveNames(raw) ? START : FAILED;
  }

  /** Reads `Name Eq AttValue` as the attribute of that number and answers where it ends. */
  private attribute(from: number, at: number): number {
    const { octets, end } = this;
    let p = from;
    while (p < end && ((XML_CLASS[octets[p] as number] as number) & NAME) !== 0) p++;
    const raw = this.nameUpTo(from, p, 'Attribute');
    if (raw === undefined) return -1;
    while (p < end && ((XML_CLASS[octets[p] as number] as number) & BLANK) !== 0) p++;
    if (octets[p] !== 0x3d) return this.stray(p, 'Attribute', '=');
    p++;
    while (p < end && ((XML_CLASS[octets[p] as number] as number) & BLANK) !== 0) p++;
    p = this.value(p, at);
    if (p < 0) return -1;
    if (at < MANY) {
      for (let i = 0; i < at; i++) {
        if ((this.rawNames[i] as RawName).text === raw.text) return this.bad('duplicate', 'STag', 'XML-3.1', from);
      }
    }
    this.rawNames[at] = raw;
    this.attributeOffsets[at] = from;
    return p;
  }

  /** Reads a quoted value as that of the attribute `at` and answers where it ends. */
  private value(opening: number, at: number): number {
    const { octets, end } = this;
    const quote = octets[opening];
    if (quote !== 0x22 && quote !== 0x27) return this.stray(opening, 'AttValue', 'a quote');
    let p = opening + 1;
    let run = p;
    let value = '';
    for (;;) {
      while (p < end && ((XML_CLASS[octets[p] as number] as number) & VALUE) !== 0) p++;
      if (p >= end) return this.bad('unterminated', 'AttValue', 'XML-2.3', opening);
      const code = octets[p] as number;
      if (code === quote) break;
      if (code === 0x22 || code === 0x27) p++;
      else if (code === 0x26) {
        value += this.slice(run, p);
        p = this.reference(p);
        if (p < 0) return -1;
        value += this.character;
        run = p;
      } else if (code === 0x09 || code === 0x0a || code === 0x0d) {
        value += `${this.slice(run, p)} `;
        p += code === 0x0d && octets[p + 1] === 0x0a ? 2 : 1;
        run = p;
      } else if (code === 0x3c) return this.bad('syntax', 'AttValue', 'XML-2.3', p);
      else {
        p = this.unusual(p, 'AttValue', 'XML-2.3');
        if (p < 0) return -1;
      }
    }
    this.attributeValues[at] = value === '' ? this.slice(run, p) : value + this.slice(run, p);
    return p + 1;
  }

  private namesDiffer(count: number): boolean {
    const names = new Set<string>();
    for (let i = 0; i < count; i++) {
      names.add((this.rawNames[i] as RawName).text);
      if (names.size === i) this.bad('duplicate', 'STag', 'XML-3.1', this.attributeOffsets[i] as number);
    }
    return this.error === undefined;
  }

  private endTag(from: number): XmlToken {
    const { octets, end } = this;
    let p = from + 2;
    if (this.depth === 0) return this.fail('syntax', 'document', 'XML-2.1', 'no end-tag without a start-tag', from);
    const nameFrom = this.nameFrom[this.depth - 1] as number;
    const length = (this.nameTo[this.depth - 1] as number) - nameFrom;
    for (let i = 0; i < length; i++) {
      if (octets[p + i] === octets[nameFrom + i]) continue;
      if (p + i >= end) return this.fail('truncated', 'ETag', 'XML-3.1', undefined, end);
      return this.fail('mismatch', 'ETag', 'XML-3.1', this.slice(nameFrom, nameFrom + length), p);
    }
    p += length;
    if (p < end && ((XML_CLASS[octets[p] as number] as number) & NAME) !== 0) {
      return this.fail('mismatch', 'ETag', 'XML-3.1', this.slice(nameFrom, nameFrom + length), from + 2);
    }
    while (p < end && ((XML_CLASS[octets[p] as number] as number) & BLANK) !== 0) p++;
    if (octets[p] !== 0x3e) return this.unexpected(p, 'ETag', '>');
    this.pos = p + 1;
    this.leave();
    return END;
  }

  /** Closes the innermost element: its declarations end. */
  private leave(): void {
    this.bindings.leave(this.depth--);
  }

  /** Takes the declarations of namespaces out of the attributes (XML Names 3). */
  private declare(): boolean {
    const { rawNames, attributeValues, attributeOffsets } = this;
    let kept = 0;
    for (let i = 0; i < this.count; i++) {
      const raw = rawNames[i] as RawName;
      const value = attributeValues[i] as string;
      const at = attributeOffsets[i] as number;
      if (raw.declares) {
        if (!this.bind(raw.prefix === '' ? '' : raw.local, value, at)) return false;
        continue;
      }
      rawNames[kept] = raw;
      attributeValues[kept] = value;
      attributeOffsets[kept++] = at;
    }
    this.count = kept;
    return true;
  }

  private bind(prefix: string, namespace: string, at: number): boolean {
    const reserved = namespace === XML_NAMESPACE || namespace === XMLNS_NAMESPACE;
    if (prefix === 'xml' && namespace === XML_NAMESPACE) return true;
    if (reserved || prefix === 'xml' || prefix === 'xmlns') {
      this.fail('syntax', 'NSAttName', 'XML-NAMES-3', 'no reserved prefix or namespace', at);
      return false;
    }
    if (namespace === '' && prefix !== '') {
      this.fail('syntax', 'NSAttName', 'XML-NAMES-5', 'a namespace for the prefix', at);
      return false;
    }
    if (this.bindings.size >= this.limits.params) {
      this.fail('limit', 'NSAttName', 'XML-NAMES-3', `at most ${this.limits.params} in scope`, at);
      return false;
    }
    this.bindings.bind(prefix, namespace, this.depth);
    return true;
  }

  private resolveNames(raw: RawName): boolean {
    const name = this.bindings.resolve(raw, false);
    if (name === undefined) return this.undeclared(raw, this.from + 1);
    this.name = name;
    const { count, attributeNames } = this;
    let prefixed = 0;
    for (let i = 0; i < count; i++) {
      const written = this.rawNames[i] as RawName;
      const attribute = this.bindings.resolve(written, true);
      if (attribute === undefined) return this.undeclared(written, this.attributeOffsets[i] as number);
      attributeNames[i] = attribute;
      if (attribute.prefix !== '') prefixed++;
    }
    return prefixed < 2 || this.expandedNamesDiffer();
  }

  private undeclared({ prefix }: RawName, at: number): boolean {
    this.fail('missing', 'Prefix', 'XML-NAMES-5', `a declaration of ${prefix}`, at);
    return false;
  }

  /** Two prefixes may stand for one namespace: no attribute twice for all that (XML Names 6.3). */
  private expandedNamesDiffer(): boolean {
    const { count, attributeNames } = this;
    if (count > MANY) {
      const names = new Set<string>();
      for (let i = 0; i < count; i++) {
        const { local, namespace } = attributeNames[i] as XmlName;
        names.add(`${local} ${namespace}`);
        if (names.size === i) this.bad('duplicate', 'STag', 'XML-NAMES-6.3', this.attributeOffsets[i] as number);
      }
      return this.error === undefined;
    }
    for (let i = 1; i < count; i++) {
      const { local, namespace } = attributeNames[i] as XmlName;
      for (let j = 0; j < i; j++) {
        const other = attributeNames[j] as XmlName;
        if (other.local !== local || other.namespace !== namespace) continue;
        this.fail('duplicate', 'STag', 'XML-NAMES-6.3', undefined, this.attributeOffsets[i] as number);
        return false;
      }
    }
    return true;
  }

  /** Comment, CDATA section, or a declaration, which is refused; answers where it ends. */
  private marked(from: number): number {
    const { text } = this;
    if (text.startsWith('<!--', from)) {
      const p = this.stepTo(0x2d, 0x2d, from + 4, 'Comment', 'XML-2.5', from);
      if (p < 0 || this.octets[p + 2] === 0x3e) return p < 0 ? -1 : p + 3;
      if (p + 2 >= this.end) return this.bad('unterminated', 'Comment', 'XML-2.5', from);
      return this.bad('syntax', 'Comment', 'XML-2.5', p, 'no "--" inside');
    }
    if (text.startsWith('<![CDATA[', from)) {
      if (this.depth === 0) return this.bad('syntax', 'document', 'XML-2.1', from, 'no CDATA section here');
      let p = from + 9;
      for (;;) {
        p = this.stepTo(0x5d, 0x5d, p, 'CDSect', 'XML-2.7', from);
        if (p < 0) return -1;
        if (this.octets[p + 2] === 0x3e) break;
        p++;
      }
      this.startText(from);
      this.flush(from + 9, p);
      return p + 3;
    }
    if (text.startsWith('<!DOCTYPE', from)) {
      return this.bad('unsupported', 'doctypedecl', 'XML-2.8', from, 'a document without a DTD');
    }
    return this.bad('syntax', this.depth === 0 ? 'prolog' : 'content', 'XML-3.1', from);
  }

  private instruction(from: number): number {
    const { octets, end } = this;
    let p = from + 2;
    while (p < end && ((XML_CLASS[octets[p] as number] as number) & NAME) !== 0) p++;
    const target = this.nameUpTo(from + 2, p, 'PITarget');
    if (target === undefined) return -1;
    if (/^xml$/i.test(target.text)) return this.bad('syntax', 'PITarget', 'XML-2.6', from + 2, 'no target "xml"');
    if (octets[p] !== 0x3f && (p >= end || ((XML_CLASS[octets[p] as number] as number) & BLANK) === 0)) {
      return this.stray(p, 'PI', 'white space or "?>"');
    }
    p = this.stepTo(0x3f, 0x3e, p, 'PI', 'XML-2.6', from);
    if (p < 0) return -1;
    this.instructions.push(from, p + 2);
    return p + 2;
  }

  /** Where the two octets stand next, with every character before them checked. */
  private stepTo(first: number, second: number, p: number, rule: string, clause: ClauseId, from: number): number {
    const { octets, end } = this;
    while (p < end) {
      const code = octets[p] as number;
      if (code === first && octets[p + 1] === second) return p;
      if (code >= 0x20 && code < 0x80) p++;
      else if (code === 0x09 || code === 0x0a || code === 0x0d) p++;
      else {
        p = this.unusual(p, rule, clause);
        if (p < 0) return -1;
      }
    }
    return this.bad('unterminated', rule, clause, from);
  }

  /** Steps over a character outside ASCII; refuses a control character and what is no UTF-8. */
  private unusual(p: number, rule: string, clause: ClauseId): number {
    const { octets } = this;
    const code = octets[p] as number;
    if (code < 0x80) return this.bad('control', rule, clause, p);
    if (!this.wide && !this.isUtf8()) return -1;
    if (code === 0xef && octets[p + 1] === 0xbf && (octets[p + 2] as number) >= 0xbe) {
      return this.bad('syntax', 'Char', 'XML-2.2', p);
    }
    do p++;
    while ((octets[p] as number) >= 0x80 && octets[p] !== 0xef);
    return p;
  }

  private isUtf8(): boolean {
    if (utf8(this.octets) === undefined) {
      this.fail('encoding', 'document', 'XML-4.3.3', 'UTF-8', utf8Prefix(this.octets));
      return false;
    }
    this.wide = true;
    return true;
  }

  /** Resolves the reference at `from` into `character` and answers where it ends. */
  private reference(from: number): number {
    const { octets, text } = this;
    if (octets[from + 1] === 0x23) return this.characterReference(from);
    let p = from + 1;
    while (p < this.end && ((XML_CLASS[octets[p] as number] as number) & NAME) !== 0) p++;
    if (p === from + 1) return this.stray(p, 'EntityRef', 'an entity');
    if (octets[p] !== 0x3b) return this.stray(p, 'EntityRef', ';');
    switch (text.slice(from + 1, p)) {
      case 'amp':
        this.character = '&';
        break;
      case 'lt':
        this.character = '<';
        break;
      case 'gt':
        this.character = '>';
        break;
      case 'quot':
        this.character = '"';
        break;
      case 'apos':
        this.character = "'";
        break;
      default:
        return this.bad('unsupported', 'EntityRef', 'XML-4.1', from, 'one of the five predefined entities');
    }
    return p + 1;
  }

  private characterReference(from: number): number {
    const { octets, end } = this;
    const hex = octets[from + 2] === 0x78;
    const digits = from + (hex ? 3 : 2);
    let code = 0;
    let p = digits;
    for (; p < end; p++) {
      const digit = digitOf(octets[p] as number, hex);
      if (digit < 0) break;
      if (code <= 0x10ffff) code = code * (hex ? 16 : 10) + digit;
    }
    if (p === digits) return this.stray(p, 'CharRef', 'a digit');
    if (octets[p] !== 0x3b) return this.stray(p, 'CharRef', ';');
    if (!isChar(code)) return this.bad('range', 'CharRef', 'XML-4.1', from, 'a character of XML 1.0');
    this.character = String.fromCodePoint(code);
    return p + 1;
  }

  private nameUpTo(from: number, to: number, rule: string): RawName | undefined {
    if (from === to) {
      this.unexpected(from, rule, 'a name');
      return undefined;
    }
    const name = rawName(this.octets, from, to);
    if (name !== undefined) return name;
    if (this.wide || this.isUtf8()) this.fail('syntax', rule, 'XML-NAMES-4', 'a qualified name', from);
    return undefined;
  }

  private outside(at: number): typeof FAILED {
    const code = this.octets[at] as number;
    if (this.rooted) return this.fail('trailing', 'document', 'XML-2.1', undefined, at);
    if (code >= 0x80 && !this.isUtf8()) return FAILED;
    return this.fail(code < 0x20 ? 'control' : 'syntax', 'prolog', 'XML-2.8', '<', at);
  }

  private atEnd(): XmlToken {
    this.pos = this.end;
    if (this.depth > 0) return this.fail('truncated', 'element', 'XML-3', undefined, this.end);
    if (!this.rooted) return this.fail('truncated', 'document', 'XML-2.1', 'a root element', this.end);
    return DONE;
  }

  /** Refuses the octet at `at` by what it is: the end, a control octet, one that is no UTF-8, or just wrong. */
  unexpected(at: number, rule: string, expected: string): typeof FAILED {
    if (at >= this.end) return this.fail('truncated', rule, 'XML-3.1', expected, this.end);
    const code = this.octets[at] as number;
    if (code >= 0x80 && !this.wide && !this.isUtf8()) return FAILED;
    const control = code < 0x20 && ((XML_CLASS[code] as number) & BLANK) === 0;
    return this.fail(control ? 'control' : 'syntax', rule, 'XML-3.1', expected, at);
  }

  /** Refuses and answers -1, where a place is expected. */
  private bad(code: ErrorCode, rule: string, clause: ClauseId, at: number, expected?: string): number {
    this.fail(code, rule, clause, expected, at);
    return -1;
  }

  private stray(at: number, rule: string, expected: string): number {
    this.unexpected(at, rule, expected);
    return -1;
  }

  private flush(from: number, to: number): void {
    if (to > from) this.pieces += this.lines(from, to);
  }

  private lines(from: number, to: number): string {
    const text = this.slice(from, to);
    return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  }

  private slice(from: number, to: number): string {
    const text = this.text.slice(from, to);
    if (!this.wide || !HIGH.test(text)) return text;
    return utf8(this.octets.subarray(from, to)) as string;
  }
}

function digitOf(code: number, hex: boolean): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  if (!hex) return -1;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

const shared = new XmlScanner();

/** The shared scanner at the beginning of a document: scans are synchronous and call nobody back. */
export function openXml(octets: Uint8Array, options: ParseOptions | undefined): XmlScanner {
  return shared.reset(octets, options);
}
