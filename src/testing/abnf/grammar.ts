/*
 * The compiled grammars as they are shipped, and how one of them is put together: the rules of a document, those it
 * imports, and what it extends or replaces in its imports. Names compare without case (RFC 5234 2.1).
 */
import { prepare } from './analyse.ts';
import { documents } from './compiled/index.ts';
import { makeExpression, makeNode, type Node } from './node.ts';

/** An expression of RFC 5234 as data. A string is a reference: "rule" of the same document, or "RFC3261 rule". */
export type Expression =
  | string
  | readonly ['any', ...Expression[]]
  | readonly ['seq', ...Expression[]]
  | readonly ['rep', min: number, max: number | null, Expression]
  | readonly ['text', string]
  | readonly ['octets', ...number[]]
  | readonly ['range', low: number, high: number];

/** One document, as `grammars/compile.mjs` writes it. "X:value" is what stands behind the colon of header rule X. */
export interface CompiledDocument {
  readonly document: string;
  readonly section: string;
  readonly imports: readonly string[];
  /** Rules that add alternatives to a rule of an import. */
  readonly extends: Readonly<Record<string, string>>;
  /** Rules that take the place of a rule of an import, there too. */
  readonly replaces: Readonly<Record<string, string>>;
  readonly rules: Readonly<Record<string, Expression>>;
}

/** Where a codec and the grammar differ on purpose: a row of `differences` in `grammars/index.json`. */
export interface Difference {
  readonly id: string;
  readonly artefact: string;
  readonly document: string;
  readonly rule: string;
  readonly codec: 'stricter' | 'more tolerant';
  readonly reason: string;
  readonly clause: string;
}

export interface Grammar {
  readonly document: string;
  /** The rules of the document itself, its "X:value" rules and those it extends included. */
  readonly rules: readonly string[];
  /** A rule of the document or of one of its imports. Throws RangeError where there is none. */
  rule(name: string): Node;
}

const byName = new Map(documents.map((document) => [document.document, document]));
const linked = new Map<string, Grammar>();

/** The names of the documents that have a grammar: "RFC3261", "RFC3841", "OMA-IM" … */
export const grammarNames: readonly string[] = [...byName.keys()];

/** The grammar of a document. Throws RangeError for a document that has none. */
export function grammar(document: string): Grammar {
  const known = linked.get(document);
  if (known) return known;
  const found = link(compiledDocument(document));
  linked.set(document, found);
  return found;
}

function compiledDocument(document: string): CompiledDocument {
  const found = byName.get(document);
  if (!found) throw new RangeError(`no grammar of ${document}`);
  return found;
}

interface Source {
  readonly key: string;
  readonly document: CompiledDocument;
  readonly expressions: readonly { readonly document: CompiledDocument; readonly expression: Expression }[];
}

function link(document: CompiledDocument): Grammar {
  const scope = closure(document);
  const names = namesOf(scope);
  const { replaced, extensions } = changes(scope);
  const definitions = new Map<string, Node>();
  const state = { next: 0 };

  const target = (reference: string, from: CompiledDocument): string => {
    const key = reference.includes(' ') ? reference : `${from.document} ${reference}`;
    return replaced.get(key) ?? key;
  };
  const source = (key: string): Source => {
    const blank = key.indexOf(' ');
    const home = compiledDocument(key.slice(0, blank));
    const expression = home.rules[key.slice(blank + 1)];
    if (expression === undefined) throw new RangeError(`no rule ${key}`);
    return { key, document: home, expressions: [{ document: home, expression }, ...(extensions.get(key) ?? [])] };
  };
  const define = (key: string, fresh: Node[]): Node => {
    const known = definitions.get(key);
    if (known) return known;
    const { expressions } = source(key);
    const rule = makeNode(state, 'rule', key, key.slice(key.indexOf(' ') + 1), []);
    definitions.set(key, rule);
    fresh.push(rule);
    const build = (expression: Expression, from: CompiledDocument): Node => {
      if (typeof expression === 'string') return define(target(expression, from), fresh);
      const node = makeExpression(state, expression, key, (part) => build(part, from));
      fresh.push(node);
      return node;
    };
    const bodies = expressions.map(({ document: from, expression }) => build(expression, from));
    if (bodies.length === 1) rule.parts.push(bodies[0] as Node);
    else {
      const all = makeNode(state, 'any', key, bodies.map((b) => b.text).join(' / '), bodies);
      fresh.push(all);
      rule.parts.push(all);
    }
    return rule;
  };

  return {
    document: document.document,
    rules: Object.keys(document.rules),
    rule(name) {
      const key = names.get(name.toLowerCase());
      if (!key) throw new RangeError(`no rule ${name} in ${document.document}`);
      const fresh: Node[] = [];
      const node = define(replaced.get(key) ?? key, fresh);
      if (fresh.length > 0) prepare(fresh);
      return node;
    },
  };
}

/** The document and all it imports, itself first, nearer ones before farther ones. */
function closure(document: CompiledDocument): CompiledDocument[] {
  const found = [document];
  for (const one of found) {
    for (const name of one.imports) {
      const next = compiledDocument(name);
      if (!found.includes(next)) found.push(next);
    }
  }
  return found;
}

function namesOf(scope: readonly CompiledDocument[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const { document, rules, extends: extended } of scope) {
    for (const name of Object.keys(rules)) {
      const lower = name.toLowerCase();
      if (!names.has(lower)) names.set(lower, extended[name] ?? `${document} ${name}`);
    }
  }
  return names;
}

interface Changes {
  readonly replaced: Map<string, string>;
  readonly extensions: Map<string, { document: CompiledDocument; expression: Expression }[]>;
}

function changes(scope: readonly CompiledDocument[]): Changes {
  const replaced = new Map<string, string>();
  const extensions: Changes['extensions'] = new Map();
  for (const document of scope) {
    for (const [name, base] of Object.entries(document.replaces)) {
      if (!replaced.has(base)) replaced.set(base, `${document.document} ${name}`);
    }
    for (const [name, base] of Object.entries(document.extends)) {
      const expression = document.rules[name] as Expression;
      const list = extensions.get(base) ?? [];
      extensions.set(base, list);
      list.push({ document, expression });
    }
  }
  return { replaced, extensions };
}
