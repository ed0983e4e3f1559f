/*
 * An expression of a compiled grammar made ready to be walked.
 */
import type { Expression } from './grammar.ts';

export type NodeKind = 'any' | 'seq' | 'rep' | 'rule' | 'octets' | 'range';

/** An expression made ready to be walked. */
export interface Node {
  readonly id: number;
  readonly kind: NodeKind;
  /** "RFC3261 token": the rule that the expression stands in. */
  readonly owner: string;
  /** In ABNF. */
  readonly text: string;
  /** Of 'any' and 'seq' all, of 'rep' the one repeated, of 'rule' the definition. */
  readonly parts: Node[];
  readonly min: number;
  readonly max: number;
  /** Of 'octets': as written in the rule. Of 'range': low and high. */
  readonly octets: readonly number[];
  /** Of 'octets': what an octet of the input must be, with its letters in lower case where `fold` is set. */
  readonly wanted: readonly number[];
  readonly fold: boolean;
  /** For an expression that is always one octet: which ones, 256 entries. */
  set: Uint8Array | undefined;
  /** Which octets it may begin with, 256 entries. */
  readonly first: Uint8Array;
  nullable: boolean;
  /** How many rules deep its shortest derivation goes. */
  depth: number;
  /** Of 'seq': parts that repeat an octet set and are followed by something that the set cannot begin: only their longest match counts. */
  greedy: (Node | undefined)[] | undefined;
}

export function makeNode(
  state: { next: number },
  kind: NodeKind,
  owner: string,
  text: string,
  parts: Node[],
  more: { min?: number; max?: number; octets?: readonly number[]; fold?: boolean } = {},
): Node {
  const octets = more.octets ?? [];
  const fold = more.fold ?? false;
  return {
    id: state.next++,
    kind,
    owner,
    text,
    parts,
    min: more.min ?? 1,
    max: more.max ?? 1,
    octets,
    wanted: fold ? octets.map(foldCase) : octets,
    fold,
    set: undefined,
    first: new Uint8Array(256),
    nullable: false,
    depth: Number.POSITIVE_INFINITY,
    greedy: undefined,
  };
}

export function makeExpression(
  state: { next: number },
  expression: Exclude<Expression, string>,
  owner: string,
  build: (part: Expression) => Node,
): Node {
  switch (expression[0]) {
    case 'any':
    case 'seq': {
      const [kind, ...rest] = expression;
      const parts = rest.map(build);
      const text = parts.map(enclosed).join(kind === 'any' ? ' / ' : ' ');
      return makeNode(state, kind, owner, text, parts);
    }
    case 'rep': {
      const [, min, most, inner] = expression;
      const part = build(inner);
      const max = most ?? Number.POSITIVE_INFINITY;
      const text = min === 0 && max === 1 ? `[ ${part.text} ]` : `${times(min, most)}${enclosed(part)}`;
      return makeNode(state, 'rep', owner, text, [part], { min, max });
    }
    case 'text': {
      const octets = [...expression[1]].map((c) => c.charCodeAt(0));
      return makeNode(state, 'octets', owner, `"${expression[1]}"`, [], { octets, fold: true });
    }
    case 'octets': {
      const [, ...octets] = expression;
      return makeNode(state, 'octets', owner, `%x${octets.map(hex).join('.')}`, [], { octets });
    }
    case 'range': {
      const [, low, high] = expression;
      return makeNode(state, 'range', owner, `%x${hex(low)}-${hex(high)}`, [], { octets: [low, high] });
    }
  }
}

function enclosed(node: Node): string {
  const several = (node.kind === 'any' || node.kind === 'seq') && node.parts.length > 1;
  return several ? `( ${node.text} )` : node.text;
}

function times(min: number, max: number | null): string {
  if (min === max) return String(min);
  return `${min === 0 ? '' : min}*${max ?? ''}`;
}

function hex(octet: number): string {
  return octet.toString(16).toUpperCase().padStart(2, '0');
}

/** The ASCII letter in lower case, any other octet as it is. */
export function foldCase(octet: number): number {
  return octet >= 0x41 && octet <= 0x5a ? octet + 32 : octet;
}
