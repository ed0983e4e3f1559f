/*
 * Sentences of a rule for fast-check. A file of its own: fast-check is an optional peer dependency.
 */
import { type Arbitrary, array, nat } from 'fast-check';
import { fromNumbers, type GenerateOptions, generate, generateText } from './generate.ts';
import type { Grammar } from './grammar.ts';

const CHOICES = 400;

/** Sentences as text; a failing one shrinks towards the first alternatives and the fewest repetitions. */
export function sentence(grammar: Grammar, rule: string, options: GenerateOptions = {}): Arbitrary<string> {
  return choices().map((numbers) => generateText(grammar, rule, fromNumbers(numbers), options));
}

/** Sentences as octets, for rules that are not text. */
export function sentenceOctets(grammar: Grammar, rule: string, options: GenerateOptions = {}): Arbitrary<Uint8Array> {
  return choices().map((numbers) => generate(grammar, rule, fromNumbers(numbers), options));
}

function choices(): Arbitrary<number[]> {
  return array(nat(0xffff), { maxLength: CHOICES, size: 'max' });
}
