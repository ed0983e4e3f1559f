/*
 * What can be known of an expression before any input: the octets it may begin with, whether it may be empty, whether it
 * is always one octet, how deep it must go. The walk over an input lives on it.
 */
import type { Node } from './node.ts';

/** Works out sets, first octets, nullability and depth of nodes whose parts are among them or done already. */
export function prepare(nodes: readonly Node[]): void {
  while (nodes.map(settle).includes(true));
  for (const node of nodes) {
    if (node.depth === Number.POSITIVE_INFINITY) throw new RangeError(`${node.owner} has no end`);
  }
  for (const node of nodes) if (node.kind === 'seq') node.greedy = greedyParts(node);
  refuseLeftRecursion(nodes);
}

/** Whether anything about the node is news. */
function settle(node: Node): boolean {
  const before = `${node.nullable} ${node.depth} ${node.set === undefined}`;
  const set = node.set ?? octetSet(node);
  node.set = set;
  const grown = addFirst(node, set);
  node.nullable = isNullable(node);
  node.depth = depthOf(node);
  return grown || before !== `${node.nullable} ${node.depth} ${node.set === undefined}`;
}

function octetSet(node: Node): Uint8Array | undefined {
  const set = new Uint8Array(256);
  const { octets, wanted, parts } = node;
  switch (node.kind) {
    case 'octets':
      if (wanted.length !== 1) return undefined;
      addLetter(set, wanted[0] as number, node.fold);
      return set;
    case 'range':
      return set.fill(1, octets[0], (octets[1] as number) + 1);
    case 'rule':
    case 'any':
      if (parts.some((part) => part.set === undefined)) return undefined;
      for (const part of parts) addAll(set, part.set as Uint8Array);
      return set;
    case 'seq':
    case 'rep':
      return undefined;
  }
}

function addLetter(set: Uint8Array, octet: number, fold: boolean): void {
  set[octet] = 1;
  if (fold && octet >= 0x61 && octet <= 0x7a) set[octet - 32] = 1;
}

/** Whether the set grew. */
function addAll(set: Uint8Array, more: Uint8Array): boolean {
  let grown = false;
  for (let octet = 0; octet < 256; octet++) {
    if (more[octet] === 1 && set[octet] === 0) {
      set[octet] = 1;
      grown = true;
    }
  }
  return grown;
}

function addFirst(node: Node, set: Uint8Array | undefined): boolean {
  if (set) return addAll(node.first, set);
  if (node.kind === 'octets') {
    const [octet] = node.wanted;
    if (octet === undefined || node.first[octet] === 1) return false;
    addLetter(node.first, octet, node.fold);
    return true;
  }
  let grown = false;
  for (const part of node.parts) {
    grown = addAll(node.first, part.first) || grown;
    if (node.kind === 'seq' && !part.nullable) break;
  }
  return grown;
}

function isNullable(node: Node): boolean {
  switch (node.kind) {
    case 'octets':
      return node.octets.length === 0;
    case 'range':
      return false;
    case 'any':
      return node.parts.some((part) => part.nullable);
    case 'rep':
      return node.min === 0 || (node.parts[0] as Node).nullable;
    case 'seq':
    case 'rule':
      return node.parts.length > 0 && node.parts.every((part) => part.nullable);
  }
}

function depthOf(node: Node): number {
  const depths = node.parts.map((part) => part.depth);
  switch (node.kind) {
    case 'octets':
    case 'range':
      return 0;
    case 'any':
      return Math.min(...depths);
    case 'rep':
      return node.min === 0 ? 0 : (depths[0] as number);
    case 'seq':
      return Math.max(...depths);
    case 'rule':
      return depths.length === 0 ? Number.POSITIVE_INFINITY : 1 + (depths[0] as number);
  }
}

function greedyParts(node: Node): (Node | undefined)[] {
  return node.parts.map((part, index) => {
    const run = octetRun(part);
    if (!run) return undefined;
    const { set } = run.parts[0] as Node;
    for (const next of node.parts.slice(index + 1)) {
      if (next.first.some((may, octet) => may === 1 && set?.[octet] === 1)) return undefined;
      if (!next.nullable) return run;
    }
    return undefined;
  });
}

/** The repetition of an octet set that the expression is, if it is one. */
function octetRun(node: Node): Node | undefined {
  if (node.kind === 'rule') return octetRun(node.parts[0] as Node);
  return node.kind === 'rep' && (node.parts[0] as Node).set ? node : undefined;
}

function refuseLeftRecursion(nodes: readonly Node[]): void {
  const state = new Map<Node, 'open' | 'done'>();
  const visit = (node: Node): void => {
    if (state.get(node) === 'open') throw new RangeError(`${node.owner} is left-recursive`);
    if (state.has(node)) return;
    state.set(node, 'open');
    for (const part of node.parts) {
      visit(part);
      if (node.kind === 'seq' && !part.nullable) break;
    }
    state.set(node, 'done');
  };
  for (const node of nodes) visit(node);
}
