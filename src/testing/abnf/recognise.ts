/*
 * Whether an input is a sentence of a rule. All derivations are followed at once (a choice of ABNF has no order, and
 * RFC 3261's hostname needs that), each rule once at each position. It is an oracle for tests: exact, and quick enough
 * for them.
 */
import type { Grammar } from './grammar.ts';
import { foldCase, type Node } from './node.ts';

export interface Recognition {
  /** 'work-limit' is no verdict: the input took more steps, or nests deeper, than was allowed. */
  readonly outcome: 'match' | 'no-match' | 'work-limit';
  /** The offset, in octets, behind the last octet that some derivation took. */
  readonly furthest: number;
}

export interface RecogniseOptions {
  /** Steps, 2 million unless said otherwise. */
  readonly workLimit?: number;
}

const WORK_LIMIT = 2_000_000;
/** Rules inside one another: few enough for the stack of any host. */
const DEPTH_LIMIT = 250;
const NONE: readonly number[] = [];
const ENCODER = new TextEncoder();

/** A text is taken as its UTF-8; one with a lone surrogate has none and matches nothing. */
export function recognise(
  grammar: Grammar,
  rule: string,
  input: Uint8Array | string,
  options: RecogniseOptions = {},
): Recognition {
  const node = grammar.rule(rule);
  if (typeof input === 'string') {
    const surrogate = loneSurrogate(input);
    if (surrogate >= 0) return { outcome: 'no-match', furthest: ENCODER.encode(input.slice(0, surrogate)).length };
  }
  const octets = typeof input === 'string' ? ENCODER.encode(input) : input;
  const walk = new Walk(octets, options.workLimit ?? WORK_LIMIT);
  try {
    const ends = walk.ends(node, 0);
    const outcome = ends.includes(octets.length) ? 'match' : 'no-match';
    return { outcome, furthest: walk.furthest };
  } catch (error) {
    if (error !== EXHAUSTED) throw error;
    return { outcome: 'work-limit', furthest: walk.furthest };
  }
}

/** The index of the first surrogate that has no partner, or -1. */
export function loneSurrogate(text: string): number {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0xd800 || code > 0xdfff) continue;
    const next = text.charCodeAt(i + 1);
    if (code > 0xdbff || !(next >= 0xdc00 && next <= 0xdfff)) return i;
    i++;
  }
  return -1;
}

/** Thrown by a walk that has used up its work limit. */
export const EXHAUSTED: unique symbol = Symbol('work limit');

/** One input under the rules of one grammar: where an expression that begins at a position may end. */
export class Walk {
  furthest = 0;
  readonly octets: Uint8Array;
  private work: number;
  private depth = 0;
  private readonly memo = new Map<number, readonly number[]>();
  private readonly singles: (readonly number[] | undefined)[] = [];

  constructor(octets: Uint8Array, workLimit: number) {
    this.octets = octets;
    this.work = workLimit;
  }

  /** Ascending, each once; not to be changed. Throws EXHAUSTED. */
  ends(node: Node, at: number): readonly number[] {
    if (--this.work < 0) throw EXHAUSTED;
    const { octets } = this;
    const octet = at < octets.length ? (octets[at] as number) : -1;
    if (node.set !== undefined) return octet >= 0 && node.set[octet] === 1 ? this.single(at + 1) : NONE;
    if (!node.nullable && (octet < 0 || node.first[octet] === 0)) return NONE;
    switch (node.kind) {
      case 'rule':
        return this.rule(node, at);
      case 'any':
        return this.any(node, at);
      case 'seq':
        return this.sequence(node, at);
      case 'rep':
        return (node.parts[0] as Node).set === undefined ? this.repetition(node, at) : this.run(node, at);
      default:
        return this.literal(node, at);
    }
  }

  private single(end: number): readonly number[] {
    if (end > this.furthest) this.furthest = end;
    let list = this.singles[end];
    if (list === undefined) {
      list = [end];
      this.singles[end] = list;
    }
    return list;
  }

  private literal(node: Node, at: number): readonly number[] {
    const { octets } = this;
    const { wanted } = node;
    for (let i = 0; i < wanted.length; i++) {
      const octet = octets[at + i];
      if (octet === undefined || (node.fold ? foldCase(octet) : octet) !== wanted[i]) {
        if (at + i > this.furthest) this.furthest = at + i;
        return NONE;
      }
    }
    return this.single(at + wanted.length);
  }

  private rule(node: Node, at: number): readonly number[] {
    const key = node.id * (this.octets.length + 1) + at;
    const known = this.memo.get(key);
    if (known !== undefined) return known;
    if (++this.depth > DEPTH_LIMIT) throw EXHAUSTED;
    const found = this.ends(node.parts[0] as Node, at);
    this.depth--;
    this.memo.set(key, found);
    return found;
  }

  private any(node: Node, at: number): readonly number[] {
    let found = NONE;
    for (const part of node.parts) {
      const ends = this.ends(part, at);
      if (ends.length === 0 || ends === found) continue;
      found = found.length === 0 ? ends : this.union([...found, ...ends]);
    }
    return found;
  }

  private sequence(node: Node, at: number): readonly number[] {
    let current = this.here(at);
    const { parts, greedy } = node;
    for (let i = 0; i < parts.length && current.length > 0; i++) {
      const part = parts[i] as Node;
      const run = greedy?.[i];
      if (current.length > 1) current = this.endsOfAll(part, run, current);
      else current = this.endsOf(part, run, current[0] as number);
    }
    return current;
  }

  private endsOf(part: Node, run: Node | undefined, at: number): readonly number[] {
    return run ? this.longest(run, at) : this.ends(part, at);
  }

  private endsOfAll(part: Node, run: Node | undefined, starts: readonly number[]): readonly number[] {
    const all: number[] = [];
    for (const from of starts) for (const end of this.endsOf(part, run, from)) all.push(end);
    return this.union(all);
  }

  /** The position itself as a list; unlike `single` it is no octet taken. */
  private here(at: number): readonly number[] {
    return this.singles[at] ?? [at];
  }

  private union(all: number[]): readonly number[] {
    this.work -= all.length;
    if (all.length < 2) return all;
    all.sort((a, b) => a - b);
    let kept = 1;
    for (let i = 1; i < all.length; i++) if (all[i] !== all[i - 1]) all[kept++] = all[i] as number;
    all.length = kept;
    return all;
  }

  private runLength(node: Node, at: number): number {
    const { octets } = this;
    const set = (node.parts[0] as Node).set as Uint8Array;
    const last = Math.min(octets.length, at + node.max);
    let end = at;
    while (end < last && set[octets[end] as number] === 1) end++;
    this.work -= (end - at) >> 3;
    if (end > this.furthest) this.furthest = end;
    return end - at;
  }

  private longest(node: Node, at: number): readonly number[] {
    const length = this.runLength(node, at);
    return length < node.min ? NONE : this.single(at + length);
  }

  private run(node: Node, at: number): readonly number[] {
    const length = this.runLength(node, at);
    if (length < node.min) return NONE;
    const found: number[] = [];
    for (let n = node.min; n <= length; n++) found.push(at + n);
    this.work -= found.length;
    return found;
  }

  private repetition(node: Node, at: number): readonly number[] {
    const part = node.parts[0] as Node;
    const found: number[] = [];
    const seen = new Set<number>();
    let current: readonly number[] = [at];
    for (let count = 0; current.length > 0; count++) {
      if (count >= node.min) {
        current = current.filter((end) => !seen.has(end));
        for (const end of current) {
          seen.add(end);
          found.push(end);
        }
      }
      if (count >= node.max) break;
      current = this.endsOfAll(part, undefined, current);
    }
    return this.union(found);
  }
}
