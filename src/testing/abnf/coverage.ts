/*
 * Which alternatives and optional parts of a rule a set of inputs has gone through: what the vectors of a codec leave
 * untried. An alternative counts where it is part of a derivation of a whole input.
 */
import type { Grammar } from './grammar.ts';
import type { Node } from './node.ts';
import { EXHAUSTED, loneSurrogate, Walk } from './recognise.ts';

export interface CoverageReport {
  readonly inputs: number;
  /** How many of the inputs are sentences of the rule; the others count for nothing. */
  readonly sentences: number;
  readonly alternatives: number;
  readonly hit: number;
  /** "RFC3261 host: IPv6reference", "RFC3261 hostport: [ … ] absent" … */
  readonly missed: readonly string[];
}

export interface Coverage {
  /** Whether the input is a sentence of the rule (and was counted). */
  add(input: Uint8Array | string): boolean;
  report(): CoverageReport;
}

const WORK_LIMIT = 20_000_000;
const ENCODER = new TextEncoder();

/** Counters for one rule and all that it leads to. */
export function coverage(grammar: Grammar, rule: string): Coverage {
  const root = grammar.rule(rule);
  const points = pointsOf(root);
  let inputs = 0;
  let sentences = 0;
  return {
    add(input) {
      inputs++;
      if (typeof input === 'string' && loneSurrogate(input) >= 0) return false;
      const octets = typeof input === 'string' ? ENCODER.encode(input) : input;
      const hits = derivation(root, new Walk(octets, WORK_LIMIT));
      if (!hits) return false;
      for (const hit of hits) if (points.has(hit)) points.set(hit, true);
      sentences++;
      return true;
    },
    report() {
      const missed = [...points].filter(([, hit]) => !hit).map(([point]) => point);
      return { inputs, sentences, alternatives: points.size, hit: points.size - missed.length, missed };
    },
  };
}

function isOptional(node: Node): boolean {
  return node.kind === 'rep' && node.min === 0 && node.max === 1;
}

const pointOf = (node: Node, what: string): string => `${node.owner}: ${what}`;

/** All alternatives and optional parts below the rule, none of them hit. */
function pointsOf(root: Node): Map<string, boolean> {
  const points = new Map<string, boolean>();
  const seen = new Set<Node>([root]);
  for (const node of seen) {
    if (node.kind === 'any') for (const part of node.parts) points.set(pointOf(node, part.text), false);
    if (isOptional(node)) {
      points.set(pointOf(node, `${node.text} present`), false);
      points.set(pointOf(node, `${node.text} absent`), false);
    }
    for (const part of node.parts) seen.add(part);
  }
  return points;
}

/** The points on all derivations of the whole input, or undefined where there is none (or none was found in time). */
function derivation(root: Node, walk: Walk): Set<string> | undefined {
  const hits = new Set<string>();
  const seen = new Set<string>();
  const open: { node: Node; from: number; to: number }[] = [];
  const mark = (node: Node, from: number, to: number): void => {
    const key = `${node.id} ${from} ${to}`;
    if (seen.has(key)) return;
    seen.add(key);
    open.push({ node, from, to });
  };
  try {
    if (!walk.ends(root, 0).includes(walk.octets.length)) return undefined;
    mark(root, 0, walk.octets.length);
    for (let next = open.pop(); next; next = open.pop()) expand(next.node, next.from, next.to, walk, mark, hits);
  } catch (error) {
    if (error !== EXHAUSTED) throw error;
    return undefined;
  }
  return hits;
}

type Mark = (node: Node, from: number, to: number) => void;

function expand(node: Node, from: number, to: number, walk: Walk, mark: Mark, hits: Set<string>): void {
  switch (node.kind) {
    case 'rule':
      mark(node.parts[0] as Node, from, to);
      return;
    case 'any':
      for (const part of node.parts) {
        if (!walk.ends(part, from).includes(to)) continue;
        hits.add(pointOf(node, part.text));
        mark(part, from, to);
      }
      return;
    case 'seq':
      through(node.parts, from, to, walk, mark);
      return;
    case 'rep':
      if (isOptional(node)) hits.add(pointOf(node, `${node.text} ${from === to ? 'absent' : 'present'}`));
      repeated(node.parts[0] as Node, from, to, walk, mark);
      return;
    case 'octets':
    case 'range':
  }
}

/** Marks each part over each stretch that lies on a way from `from` to `to`. */
function through(parts: readonly Node[], from: number, to: number, walk: Walk, mark: Mark): void {
  const starts: Set<number>[] = [new Set([from])];
  for (const part of parts) {
    const next = new Set<number>();
    for (const at of starts[starts.length - 1] as Set<number>) for (const end of walk.ends(part, at)) next.add(end);
    starts.push(next);
  }
  let goals = new Set([to]);
  for (let i = parts.length - 1; i >= 0; i--) {
    const part = parts[i] as Node;
    const before = new Set<number>();
    for (const at of starts[i] as Set<number>) {
      for (const end of walk.ends(part, at)) {
        if (!goals.has(end)) continue;
        before.add(at);
        mark(part, at, end);
      }
    }
    goals = before;
  }
}

function repeated(part: Node, from: number, to: number, walk: Walk, mark: Mark): void {
  const reached = new Set([from]);
  for (const at of reached) for (const end of walk.ends(part, at)) if (end <= to) reached.add(end);
  const useful = new Set([to]);
  for (const at of [...reached].sort((a, b) => b - a)) {
    for (const end of walk.ends(part, at)) {
      if (end === at || !useful.has(end)) continue;
      useful.add(at);
      mark(part, at, end);
    }
  }
}
