/*
 * Sentences of a rule. What is chosen comes from outside, so that a seed, the octets of a fuzzer or a property test
 * can steer it. Optional parts and rare alternatives come as often as the usual ones; letters and digits are only
 * preferred among single octets.
 */
import type { Grammar } from './grammar.ts';
import type { Node } from './node.ts';

/** A whole number from 0 to n - 1. */
export type Choose = (n: number) => number;

export interface GenerateOptions {
  /** Rules inside one another; deeper the shortest derivation is taken. 40 unless said otherwise. */
  readonly maxDepth?: number;
  /** How often more than it must something is repeated. 4 unless said otherwise. */
  readonly maxRepeat?: number;
  /** Once as many octets are written, what is left is kept as short as the rules allow. 200 unless said otherwise. */
  readonly maxOctets?: number;
}

const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Choices from a seed, the same for the same seed everywhere. */
export function seeded(seed: number): Choose {
  let state = seed >>> 0;
  return (n) => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) % n;
  };
}

/** Choices from a list of numbers; when it is used up, always the first, which ends a sentence soon. */
export function fromNumbers(numbers: ArrayLike<number>): Choose {
  let next = 0;
  return (n) => (next < numbers.length ? (numbers[next++] as number) % n : 0);
}

/** A sentence of the rule, in octets. */
export function generate(grammar: Grammar, rule: string, choose: Choose, options: GenerateOptions = {}): Uint8Array {
  const limits = {
    maxDepth: options.maxDepth ?? 40,
    maxRepeat: options.maxRepeat ?? 4,
    maxOctets: options.maxOctets ?? 200,
  };
  const out: number[] = [];
  write(grammar.rule(rule), 0, { out, choose, ...limits });
  return Uint8Array.from(out);
}

/** A sentence of the rule as text. Throws TypeError where a rule of octets made something that is no UTF-8. */
export function generateText(grammar: Grammar, rule: string, choose: Choose, options: GenerateOptions = {}): string {
  return DECODER.decode(generate(grammar, rule, choose, options));
}

interface Run extends Required<GenerateOptions> {
  readonly out: number[];
  readonly choose: Choose;
}

function write(node: Node, depth: number, run: Run): void {
  const { out, choose } = run;
  const short = depth >= run.maxDepth || out.length >= run.maxOctets;
  if (node.set && !short && choose(3) > 0) {
    const plain = plainOctets(node.set);
    if (plain.length > 0) {
      out.push(plain[choose(plain.length)] as number);
      return;
    }
  }
  switch (node.kind) {
    case 'rule':
      write(node.parts[0] as Node, depth + 1, run);
      return;
    case 'seq':
      for (const part of node.parts) write(part, depth, run);
      return;
    case 'any':
      write(short ? shortest(node.parts) : (node.parts[choose(node.parts.length)] as Node), depth, run);
      return;
    case 'rep': {
      const times = short ? node.min : node.min + extra(node, run);
      for (let i = 0; i < times; i++) write(node.parts[0] as Node, depth, run);
      return;
    }
    case 'octets':
      for (const octet of node.octets) out.push(node.fold ? someCase(octet, choose) : octet);
      return;
    case 'range':
      out.push(inRange(node.octets[0] as number, node.octets[1] as number, choose));
  }
}

/** Now and then all that a bounded repetition allows; of octets a few more than of larger things; seldom a blank. */
function extra(node: Node, run: Run): number {
  const { choose, maxRepeat } = run;
  const allowed = node.max - node.min;
  if (isBlank((node.parts[0] as Node).first) && choose(4) > 0) return 0;
  if (allowed <= maxRepeat) return choose(allowed + 1);
  if (allowed <= 256 && choose(16) === 0) return allowed;
  const usual = (node.parts[0] as Node).set ? maxRepeat * 2 : maxRepeat;
  return choose(Math.min(allowed, usual) + 1);
}

function isBlank(first: Uint8Array): boolean {
  const blanks = (first[0x20] as number) + (first[0x09] as number);
  return blanks > 0 && first.reduce((sum, one) => sum + one, 0) === blanks;
}

function shortest(parts: readonly Node[]): Node {
  return parts.reduce((best, part) => (part.depth < best.depth ? part : best));
}

/** The case of the rule most of the time. */
function someCase(octet: number, choose: Choose): number {
  const small = octet | 0x20;
  const letter = small >= 0x61 && small <= 0x7a;
  return letter && choose(8) === 1 ? octet ^ 0x20 : octet;
}

function inRange(low: number, high: number, choose: Choose): number {
  const pick = choose(6);
  if (pick === 1) return low;
  if (pick === 2) return high;
  return low + choose(high - low + 1);
}

const plainOctetsOf = new WeakMap<Uint8Array, readonly number[]>();

function plainOctets(set: Uint8Array): readonly number[] {
  const known = plainOctetsOf.get(set);
  if (known) return known;
  const found: number[] = [];
  for (let octet = 0x30; octet <= 0x7a; octet++) {
    const alphanum = octet <= 0x39 || (octet >= 0x41 && octet <= 0x5a) || octet >= 0x61;
    if (alphanum && set[octet] === 1) found.push(octet);
  }
  plainOctetsOf.set(set, found);
  return found;
}
