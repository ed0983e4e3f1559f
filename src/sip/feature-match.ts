/*
 * Feature parameters as a predicate, and whether two predicates match: RFC 3841 8 and RFC 2533 5, without the detour
 * over RFC 2533's syntax.
 *
 * A predicate is a conjunction of terms, each a disjunction about one feature tag. Tags are independent of each other,
 * so two predicates match (there is a set of features that satisfies both) where each tag that both have has a value
 * that satisfies both of its terms. Negations in one disjunction leave out what all of them exclude: nothing, one
 * token, or one range of numbers. So a term stays small, and two of them are compared in one pass.
 */
import type { Param } from '../core/params.ts';
import { asciiLower } from '../core/text.ts';
import { type Feature, isFeatureTag, numericBounds, readFeature, type TagValue } from './headers/feature-params.ts';

/** A conjunction of terms by decoded feature tag, in lower case: `sip.audio`, `language`, `g.oma.sip-im`. */
export interface FeaturePredicate {
  readonly terms: ReadonlyMap<string, FeatureTerm>;
  /** Names of feature parameters whose value is none; they are no terms. */
  readonly unreadable: readonly string[];
}

/** The values that a feature may have. */
export interface FeatureTerm {
  /** Tokens in lower case, booleans among them. */
  readonly tokens: ReadonlySet<string>;
  /** The one string, which compares with case. */
  readonly string: string | undefined;
  /** Sorted; no two overlap. */
  readonly ranges: readonly NumberRange[];
  /** Where something was negated: all values but these. */
  readonly allBut: Excluded | undefined;
}

/** Both ends are inside. */
type NumberRange = readonly [from: number, to: number];
type Excluded = { readonly token: string } | { readonly range: NumberRange } | { readonly nothing: true };

const NOTHING: Excluded = { nothing: true };
const NO_TOKENS: ReadonlySet<string> = /* @__PURE__ */ new Set<string>();
/** Base tags that decode as they are; "sip." is put in front of the others. */
const BARE_TAGS: ReadonlySet<string> = /* @__PURE__ */ new Set(['language', 'type']);

/** The feature tag that a parameter's name stands for: `sip.audio` for `audio`, `a:b/c` for `+a!b'c` (RFC 3841 8). */
export function decodeFeatureTag(name: string): string {
  const tag = asciiLower(name);
  if (hasPlus(tag)) return tag.slice(1).replaceAll('!', ':').replaceAll("'", '/');
  return BARE_TAGS.has(tag) ? tag : `sip.${tag}`;
}

/**
 * The predicate of the feature parameters among the parameters. A tag that stands twice counts once, the first time;
 * so does a base tag that stands with and without "+" (RFC 3841 7.2.3).
 */
export function featurePredicate(params: readonly Param[]): FeaturePredicate {
  const terms = new Map<string, FeatureTerm>();
  const unreadable: string[] = [];
  const baseTags = new Set<string>();
  const features = params.filter(({ name }) => isFeatureTag(name));
  for (const { name } of features) if (!hasPlus(name)) baseTags.add(asciiLower(name));
  for (const param of features) {
    if (hasPlus(param.name) && baseTags.has(asciiLower(param.name.slice(1)))) continue;
    const tag = decodeFeatureTag(param.name);
    if (terms.has(tag)) continue;
    const read = readFeature(param);
    if (read.ok) terms.set(tag, term(read.value.value));
    else unreadable.push(param.name);
  }
  return { terms, unreadable };
}

/** The predicate of one term, that the feature is one of the tokens: what a request implies (RFC 3841 7.2.2). */
export function tokenTerm(tokens: readonly string[]): FeatureTerm {
  return { tokens: new Set(tokens.map(asciiLower)), string: undefined, ranges: [], allBut: undefined };
}

/** Whether some set of features satisfies both. */
export function predicatesMatch(a: FeaturePredicate, b: FeaturePredicate): boolean {
  for (const [tag, term] of a.terms) {
    const other = b.terms.get(tag);
    if (other === undefined ? isEmpty(term) : !meet(term, other)) return false;
  }
  for (const [tag, term] of b.terms) if (isEmpty(term) && !a.terms.has(tag)) return false;
  return true;
}

function hasPlus(name: string): boolean {
  return name.charCodeAt(0) === 0x2b;
}

function term(value: Feature['value']): FeatureTerm {
  if (typeof value === 'boolean') return tokenTerm([String(value)]);
  if ('string' in value) return { tokens: NO_TOKENS, string: value.string, ranges: [], allBut: undefined };
  const tokens = new Set<string>();
  const ranges: NumberRange[] = [];
  let allBut: Excluded | undefined;
  for (const tagValue of value) {
    if (tagValue.negated) allBut = allBut === undefined ? excluded(tagValue) : common(allBut, excluded(tagValue));
    else if ('numeric' in tagValue) ranges.push(numericBounds(tagValue.numeric));
    else tokens.add(tokenOf(tagValue));
  }
  return { tokens, string: undefined, ranges: disjoint(ranges), allBut };
}

function tokenOf(value: Exclude<TagValue, { readonly numeric: unknown }>): string {
  return 'boolean' in value ? String(value.boolean) : asciiLower(value.token);
}

function excluded(value: TagValue): Excluded {
  if (!('numeric' in value)) return { token: tokenOf(value) };
  const range = numericBounds(value.numeric);
  return range[0] <= range[1] ? { range } : NOTHING;
}

/** What both exclude. */
function common(a: Excluded, b: Excluded): Excluded {
  if ('token' in a && 'token' in b && a.token === b.token) return a;
  if (!('range' in a && 'range' in b)) return NOTHING;
  const range: NumberRange = [Math.max(a.range[0], b.range[0]), Math.min(a.range[1], b.range[1])];
  return range[0] <= range[1] ? { range } : NOTHING;
}

function disjoint(ranges: readonly NumberRange[]): readonly NumberRange[] {
  const sorted = ranges.filter(([from, to]) => from <= to).sort((a, b) => a[0] - b[0]);
  const merged: NumberRange[] = [];
  for (const [from, to] of sorted) {
    const last = merged.at(-1);
    if (last === undefined || from > last[1]) merged.push([from, to]);
    else if (to > last[1]) merged[merged.length - 1] = [last[0], to];
  }
  return merged;
}

function isEmpty({ tokens, string, ranges, allBut }: FeatureTerm): boolean {
  return tokens.size === 0 && string === undefined && ranges.length === 0 && allBut === undefined;
}

/** Whether some value satisfies both. */
function meet(a: FeatureTerm, b: FeatureTerm): boolean {
  if (a.allBut !== undefined && b.allBut !== undefined && !excludeAll(a.allBut, b.allBut)) return true;
  return namedValueMeets(a, b) || namedValueMeets(b, a);
}

/**
 * Whether two exclusions leave nothing. Only two ranges can: who compares with numbers says that the feature is one
 * (RFC 3841 7.2.4, RFC 2533 5.8.1), so there is no other value to fall back on.
 */
function excludeAll(a: Excluded, b: Excluded): boolean {
  if (!('range' in a && 'range' in b)) return false;
  const [low, high] = a.range[0] <= b.range[0] ? [a.range, b.range] : [b.range, a.range];
  return low[0] === -Infinity && low[1] >= high[0] && Math.max(low[1], high[1]) === Infinity;
}

/** Whether one of the values that `a` names satisfies `b`. */
function namedValueMeets(a: FeatureTerm, b: FeatureTerm): boolean {
  const { allBut } = b;
  for (const token of a.tokens) {
    if (b.tokens.has(token)) return true;
    if (allBut !== undefined && !('token' in allBut && allBut.token === token)) return true;
  }
  if (a.string !== undefined && (a.string === b.string || allBut !== undefined)) return true;
  if (allBut !== undefined && a.ranges.some((range) => !isInside(range, allBut))) return true;
  return rangesMeet(a.ranges, b.ranges);
}

function isInside([from, to]: NumberRange, excluded: Excluded): boolean {
  return 'range' in excluded && from >= excluded.range[0] && to <= excluded.range[1];
}

function rangesMeet(a: readonly NumberRange[], b: readonly NumberRange[]): boolean {
  for (let i = 0, k = 0; i < a.length && k < b.length; ) {
    const [left, right] = [a[i] as NumberRange, b[k] as NumberRange];
    if (left[1] < right[0]) i++;
    else if (right[1] < left[0]) k++;
    else return true;
  }
  return false;
}
