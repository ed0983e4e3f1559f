/*
 * One codec and one rule held against each other: what the rule generates must parse, and small changes of it must get
 * the same verdict from both. What differs on purpose is a row of `differences` in `grammars/index.json`.
 */
import { differences as rows } from './compiled/index.ts';
import { type GenerateOptions, generateText, seeded } from './generate.ts';
import type { Grammar } from './grammar.ts';
import { mutate } from './mutate.ts';
import { recognise } from './recognise.ts';

export interface AgreementOptions {
  readonly grammar: Grammar;
  /** "Session-Expires:value" for a codec that sees a header's value alone. */
  readonly rule: string;
  /** The codec's verdict. */
  readonly parse: (text: string) => boolean;
  /** What becomes of a text before either sees it: a header value has lost the blanks at its ends, for example. */
  readonly prepare?: (text: string) => string;
  /** Texts to compare besides; those that are sentences are mutated as well. */
  readonly texts?: readonly string[];
  readonly sentences: number;
  readonly mutants: number;
  readonly seed: number;
  /** The id of the row that says why the two differ here; undefined where nothing does. */
  readonly except?: (text: string, grammarSays: boolean, codecSays: boolean) => string | undefined;
  readonly generate?: GenerateOptions;
}

export interface Disagreement {
  readonly text: string;
  /** "given", "generated", or what the mutation did. */
  readonly origin: string;
  readonly grammar: boolean;
  readonly codec: boolean;
}

export interface Agreement {
  /** Of the texts that were given. */
  readonly texts: number;
  readonly generated: number;
  readonly mutants: number;
  /** Mutants that are sentences as well. */
  readonly valid: number;
  /** Inputs that the recogniser gave up on: no verdict, no comparison. */
  readonly undecided: number;
  readonly differences: readonly Disagreement[];
  /** By the id of the row. */
  readonly excused: ReadonlyMap<string, number>;
}

/** Throws RangeError when `except` names no row, or one that says the contrary of what was seen. */
export function agreement(options: AgreementOptions): Agreement {
  const { grammar, rule, parse, except, texts = [], prepare = (text: string) => text } = options;
  const choose = seeded(options.seed);
  const differences: Disagreement[] = [];
  const excused = new Map<string, number>();
  const count = { texts: texts.length, generated: 0, mutants: 0, valid: 0, undecided: 0 };

  const compare = (text: string, origin: string, grammarSays: boolean): void => {
    const codecSays = parse(text);
    if (codecSays === grammarSays) return;
    const id = except?.(text, grammarSays, codecSays);
    if (id === undefined) {
      differences.push({ text, origin, grammar: grammarSays, codec: codecSays });
      return;
    }
    requireRow(id, grammarSays);
    excused.set(id, (excused.get(id) ?? 0) + 1);
  };

  /** Whether the text is a sentence; undefined, and not compared, where the recogniser gave up. */
  const judge = (text: string, origin: string): boolean | undefined => {
    const { outcome } = recognise(grammar, rule, text);
    if (outcome === 'work-limit') {
      count.undecided++;
      return undefined;
    }
    compare(text, origin, outcome === 'match');
    return outcome === 'match';
  };

  const pool: string[] = [];
  for (const given of texts) {
    const text = prepare(given);
    if (judge(text, 'given') === true) pool.push(text);
  }
  for (let i = 0; i < options.sentences; i++) {
    const text = prepare(generateText(grammar, rule, choose, options.generate));
    pool.push(text);
    count.generated++;
    compare(text, 'generated', true);
  }
  for (let i = 0; i < options.mutants; i++) {
    const base = pool.length === 0 ? generateText(grammar, rule, choose, options.generate) : pool[i % pool.length];
    const { value, what } = mutate(base as string, choose);
    count.mutants++;
    if (judge(prepare(value), what) === true) count.valid++;
  }
  return { ...count, differences, excused };
}

function requireRow(id: string, grammarSays: boolean): void {
  const row = rows.find((one) => one.id === id);
  if (!row) throw new RangeError(`no row "${id}" among the differences in grammars/index.json`);
  const seen = grammarSays ? 'stricter' : 'more tolerant';
  if (row.codec !== seen) throw new RangeError(`row "${id}" says that the codec is ${row.codec}; here it is ${seen}`);
}
