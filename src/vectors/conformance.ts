/*
 * Vectors as questions to an implementation that speaks the testee protocol (docs/testee.md), and how its answers are
 * judged. Result, value and canonical form bind everybody; error codes, offsets and tolerances only who is held
 * strictly, as this implementation is.
 */
import { inputOctets, inputText, toBase64 } from './load.ts';
import type { BugType, Vector, VectorFile, VectorGroup } from './model.ts';
import { sameJson } from './run.ts';

/** One request about a vector. */
export interface Question {
  /** The vector's id; that of the second question about a tolerated vector ends in `+tolerances`. */
  readonly id: string;
  readonly artefact: string;
  readonly type: VectorGroup['type'];
  readonly vector: Vector;
  /** Whether the vector's tolerances are asked for. */
  readonly tolerant: boolean;
  /** Of the notes that the vector's flags name, each once. */
  readonly bugTypes: readonly BugType[];
}

/** Why a vector is failed: the answer's fault, or that of the program, which gave none. */
export const FAILURE_KINDS = [
  'result',
  'value',
  'canonical',
  'consumed',
  'error',
  'failure',
  'answer',
  'timeout',
  'crash',
  'flood',
] as const;

export type FailureKind = (typeof FAILURE_KINDS)[number];

export type Verdict =
  | { readonly status: 'passed'; readonly value: boolean; readonly canonical: boolean }
  | { readonly status: 'skipped'; readonly why: string }
  | { readonly status: 'failed'; readonly kind: FailureKind; readonly why: string };

export interface Strictness {
  /** Holds the testee to error codes, rules and offsets, to tolerances and to octets that come back as they were. */
  readonly strict: boolean;
}

/** What is asked about the vectors of a file, in their order. */
export function* questionsOf({ artefact, notes, groups }: VectorFile, { strict }: Strictness): Generator<Question> {
  for (const { type, tests } of groups) {
    for (const vector of tests) {
      const { id, flags, result } = vector;
      const bugTypes = [...new Set(flags.flatMap((flag) => notes[flag]?.bugType ?? []))];
      yield { id, artefact, type, vector, tolerant: false, bugTypes };
      if (strict && result === 'tolerated') {
        yield { id: `${id}+tolerances`, artefact, type, vector, tolerant: true, bugTypes };
      }
    }
  }
}

/** The line that puts the question, without its end; or why it cannot be put. */
export function requestLine(question: Question): { readonly line: string } | { readonly skipped: string } {
  const { id, artefact, type, vector, tolerant } = question;
  const text = type === 'parse' ? inputText(vector.input) : undefined;
  // The protocol lets header values come as they stand in a field, folded and with blanks around them, and undoes that
  // before the value is read; vectors of a header hold the value itself, which has neither.
  if (artefact.startsWith('header/') && text !== undefined && isOfField(text)) {
    return { skipped: 'a fold or blanks at the ends, which belong to the field and not to its value' };
  }
  const input = text === undefined ? { octets: toBase64(inputOctets(vector.input)) } : { text };
  const tolerances = tolerant ? { tolerances: vector.tolerances } : {};
  return { line: JSON.stringify({ id, artefact, op: 'decode', ...input, ...tolerances }) };
}

/** RFC 3261 7.3.1. */
function isOfField(text: string): boolean {
  return /\n[ \t]|^[ \t]|[ \t]$/.test(text);
}

/** Judges what the testee answered; `answer` is what JSON.parse gave. */
export function judge(question: Question, answer: Readonly<Record<string, unknown>>, { strict }: Strictness): Verdict {
  const { vector, tolerant } = question;
  const { outcome } = answer;
  switch (outcome) {
    case 'unsupported':
      return { status: 'skipped', why: textOf(answer.reason, 'unsupported') };
    case 'failure':
      return failed('failure', textOf(answer.message, 'the testee broke'));
    case 'valid':
      if (vector.result === 'invalid') return failed('result', 'is accepted');
      if (vector.result === 'tolerated' && strict && !tolerant) return failed('result', 'is accepted untold');
      return judgeValue(question, answer, strict);
    case 'incomplete':
      if (strict) return failed('result', 'is called incomplete where a datagram was given');
      return judgeRefusal(question, answer, strict);
    case 'invalid':
      return judgeRefusal(question, answer, strict);
    default:
      return failed('answer', `has the outcome ${shown(outcome)}, which the protocol does not know`);
  }
}

/** A tolerated input may be refused or not: to let it through is for the implementation to choose. */
function judgeRefusal(
  { vector, tolerant }: Question,
  { error: given }: Readonly<Record<string, unknown>>,
  strict: boolean,
): Verdict {
  const { result, error } = vector;
  if (result === 'valid' || tolerant) return failed('result', `is refused${told(given)}`);
  const { code, rule, offset } = isObject(given) ? given : {};
  if (strict && (code !== error?.code || rule !== error?.rule || offset !== error?.offset)) {
    return failed('error', `is refused${told(given)}, not ${error?.code} in ${error?.rule} at ${error?.offset}`);
  }
  return { status: 'passed', value: false, canonical: false };
}

function judgeValue(question: Question, answer: Readonly<Record<string, unknown>>, strict: boolean): Verdict {
  const { vector, artefact } = question;
  const value = comparable(artefact, answer.value);
  if (value === undefined ? strict : !sameJson(value, vector.value)) {
    return failed('value', value === undefined ? 'has no value' : `reads as ${shown(value)}`);
  }
  const { consumed } = answer;
  if (vector.consumed !== undefined && consumed !== vector.consumed && (strict || consumed !== undefined)) {
    return failed('consumed', `takes ${shown(consumed)} octets, not ${vector.consumed}`);
  }
  const canonical = judgeCanonical(question, answer, strict);
  if (canonical === 'wrong') {
    return failed('canonical', `is written as ${shown(answer.canonical)}, not ${shown(canonicalForm(vector))}`);
  }
  return { status: 'passed', value: value !== undefined, canonical: canonical === 'right' };
}

/** The value as vectors have it; `undefined` where the testee gives none. */
function comparable(artefact: string, value: unknown): unknown {
  if (value === undefined || value === null) return undefined;
  if (artefact !== 'sip-message' || !isObject(value)) return value;
  // What each header means is told beside the fields; the vectors of a message say what its fields are.
  const { headers, fields = headers, ...rest } = value;
  return { ...rest, fields: Array.isArray(fields) ? fields.map(nameAndValue) : fields };
}

function nameAndValue(field: unknown): unknown {
  return isObject(field) ? { name: field.name, value: field.value } : field;
}

/**
 * A text has one canonical form. Octets have none that a standard gives: they are right when they come back as they
 * were, and other octets count against those only who are held strictly.
 */
function judgeCanonical(
  { type, vector }: Question,
  { canonical, identical }: Readonly<Record<string, unknown>>,
  strict: boolean,
): 'right' | 'wrong' | 'untold' {
  if (type === 'decode' && vector.canonical === undefined && identical === true) return 'right';
  if (canonical === canonicalForm(vector)) return 'right';
  if (strict) return 'wrong';
  return canonical === undefined || canonical === null || type === 'decode' ? 'untold' : 'wrong';
}

/** As base64. Without a form of its own, what is taken of the input is it. */
function canonicalForm({ canonical, input, consumed }: Vector): string {
  return toBase64(canonical === undefined ? inputOctets(input).subarray(0, consumed) : inputOctets(canonical));
}

export function failed(kind: FailureKind, why: string): Verdict {
  return { status: 'failed', kind, why };
}

function told(error: unknown): string {
  if (!isObject(error)) return '';
  const { code, rule, offset } = error;
  return ` with ${textOf(code, 'no code')} in ${textOf(rule, 'no rule')} at ${shown(offset)}`;
}

const LONGEST = 200;

function textOf(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? clipped(value) : otherwise;
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : clipped(JSON.stringify(value));
}

function clipped(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
