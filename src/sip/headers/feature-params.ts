/*
 *   feature-param    =  enc-feature-tag [EQUAL LDQUOT (tag-value-list / string-value) RDQUOT]          RFC 3840 9
 *   enc-feature-tag  =  base-tags / other-tags
 *   other-tags       =  "+" ftag-name           ftag-name  =  ALPHA *( ALPHA / DIGIT / "!" / "'" / "." / "-" / "%" )
 *   tag-value-list   =  tag-value *("," tag-value)
 *   tag-value        =  ["!"] (token-nobang / boolean / numeric)
 *   boolean          =  "TRUE" / "FALSE"
 *   numeric          =  "#" numeric-relation number
 *   numeric-relation =  ">=" / "<=" / "=" / (number ":")
 *   number           =  [ "+" / "-" ] 1*DIGIT ["." 0*DIGIT]
 *   string-value     =  "<" *(qdtext-no-abkt / quoted-pair) ">"
 *
 * What a parameter of Contact, Accept-Contact or Reject-Contact says about a feature. A feature parameter is a
 * generic-param, so the headers keep it as one; here it gets its meaning.
 */
import { ALPHA, allOf, CLASS, DIGIT, FTAG, QDTEXT, QUOTED_PAIR, TOKEN, TOKEN_NOBANG, WSP } from '../../core/chars.ts';
import { finish } from '../../core/codec.ts';
import { type ClauseId, EncodeError } from '../../core/error.ts';
import type { ParseOptions } from '../../core/options.ts';
import { findParam, type Param } from '../../core/params.ts';
import { ok, type Result, refuse } from '../../core/result.ts';
import { scanRun } from '../../core/scan.ts';
import { open, type Scanner } from '../../core/scanner.ts';
import { asciiLower, sameText } from '../../core/text.ts';
import { only, quote } from '../../core/write.ts';

const CLAUSE: ClauseId = 'RFC3840-9';

/** Tags of the SIP tree that stand without "+" and without "sip.". */
const BASE_TAGS: ReadonlySet<string> = /* @__PURE__ */ new Set([
  ...['audio', 'automata', 'class', 'duplex', 'data', 'control', 'mobility', 'description', 'events', 'priority'],
  ...['methods', 'schemes', 'application', 'video', 'language', 'type', 'isfocus', 'actor', 'text', 'extensions'],
]);

/** A feature and what is said about it. */
export interface Feature {
  /** As spelt on the wire, with its "+" where it has one. */
  readonly tag: string;
  /**
   * `true` where the tag stands alone or is "TRUE", `false` where it is "FALSE"; the alternatives; or a string, which
   * compares with case.
   */
  readonly value: boolean | readonly TagValue[] | { readonly string: string };
}

export type TagValue =
  | { readonly negated: boolean; readonly token: string }
  | { readonly negated: boolean; readonly boolean: boolean }
  | { readonly negated: boolean; readonly numeric: Numeric };

/** A comparison with a number, or a range from one number to another. Numbers as spelt: `+5.125`. */
export type Numeric =
  | { readonly relation: '=' | '>=' | '<='; readonly number: string }
  | { readonly relation: 'range'; readonly from: string; readonly to: string };

/** Whether a parameter of this name is a feature parameter: a base tag, or anything that begins with "+". */
export function isFeatureTag(name: string): boolean {
  return name.charCodeAt(0) === 0x2b || BASE_TAGS.has(asciiLower(name));
}

/**
 * The parameters that are feature parameters, read. Error offsets count from the parameter's value, or from its name
 * where the name is at fault.
 */
export function features(params: readonly Param[], options?: ParseOptions): readonly Result<Feature>[] {
  return params.filter(({ name }) => isFeatureTag(name)).map((param) => readFeature(param, options));
}

/**
 * Whether the feature is announced or asked for: its tag is there and its value is not "FALSE" or "!TRUE".
 *
 * @duty PM-1, LM-G1, LM-G4 (parse)
 */
export function hasFeature(params: readonly Param[], tag: string): boolean {
  const param = findParam(params, tag);
  if (param === undefined) return false;
  return param.value === undefined || !(sameText(param.value, 'FALSE') || sameText(param.value, '!TRUE'));
}

/** Reads one parameter. Error offsets count from its value, or from its name where the name is at fault. */
export function readFeature(param: Param, options?: ParseOptions): Result<Feature> {
  const { name: tag, value, quoted } = param;
  if (!isWrittenTag(tag)) {
    const expected = 'a base tag, or "+" and a name';
    return refuse({ code: 'syntax', rule: 'enc-feature-tag', clause: CLAUSE, offset: 0, expected });
  }
  if (value === undefined) return ok({ tag, value: true });
  if (quoted !== true && allOf(value, TOKEN)) {
    return refuse({ code: 'syntax', rule: 'feature-param', clause: CLAUSE, offset: 0, expected: 'a value in quotes' });
  }
  const s = open(value, 'feature-param', CLAUSE, options);
  const read = s.error !== undefined ? undefined : s.peek() === 0x3c ? scanStringValue(s) : scanTagValues(s);
  return finish(s, read === undefined ? undefined : { tag, value: read }, 'feature-param', CLAUSE);
}

/** The feature as a parameter. Throws EncodeError: a tag that is no base tag needs its "+". */
export function featureParam(feature: Feature): Param {
  const { tag: name, value } = feature;
  if (!isWrittenTag(name)) {
    throw new EncodeError(`${JSON.stringify(name)} is no base tag, and no "+" and a name`, 'tag', CLAUSE);
  }
  if (value === true) return { name, value: undefined, quoted: undefined };
  if (value === false) return { name, value: 'FALSE', quoted: true };
  return { name, value: 'string' in value ? formatString(value.string) : formatTagValues(value), quoted: true };
}

/** The numbers that a comparison admits, both ends included. */
export function numericBounds(numeric: Numeric): readonly [from: number, to: number] {
  if (numeric.relation === 'range') return [Number(numeric.from), Number(numeric.to)];
  const number = Number(numeric.number);
  return [numeric.relation === '<=' ? -Infinity : number, numeric.relation === '>=' ? Infinity : number];
}

function isWrittenTag(name: string): boolean {
  if (name.charCodeAt(0) !== 0x2b) return BASE_TAGS.has(asciiLower(name));
  return allOf(name.slice(1, 2), ALPHA) && allOf(name.slice(1), FTAG);
}

/**
 * Quoted pairs have been resolved already, so a bracket inside is refused, whether it was escaped or not: the feature
 * could not be written again.
 */
function scanStringValue(s: Scanner): { readonly string: string } | undefined {
  const { codes, end, pos } = s;
  let p = pos + 1;
  for (; p < end && codes[p] !== 0x3e; p++) {
    const code = codes[p] as number;
    if (code !== 0x3c && (((CLASS[code] as number) & (QDTEXT | QUOTED_PAIR | WSP)) !== 0 || code === s.nonAscii))
      continue;
    s.pos = p;
    return s.unexpected('string-value', CLAUSE);
  }
  if (p === end) return s.fail('unterminated', 'string-value', CLAUSE, '>', pos);
  s.pos = p + 1;
  return { string: s.slice(pos + 1, p) };
}

/** The comma is a literal one: no blanks stand around it. */
function scanTagValues(s: Scanner): boolean | readonly TagValue[] | undefined {
  const values: TagValue[] = [];
  do {
    const value = scanTagValue(s);
    if (value === undefined) return undefined;
    values.push(value);
  } while (s.take(0x2c));
  const first = values[0] as TagValue;
  return values.length === 1 && 'boolean' in first && !first.negated ? first.boolean : values;
}

function scanTagValue(s: Scanner): TagValue | undefined {
  const negated = s.take(0x21);
  if (s.take(0x23)) {
    const numeric = scanNumeric(s);
    return numeric === undefined ? undefined : { negated, numeric };
  }
  const token = scanRun(s, TOKEN_NOBANG, 'tag-value', CLAUSE);
  if (token === undefined) return undefined;
  if (sameText(token, 'TRUE')) return { negated, boolean: true };
  return sameText(token, 'FALSE') ? { negated, boolean: false } : { negated, token };
}

function scanNumeric(s: Scanner): Numeric | undefined {
  const relation = s.take(0x3e) ? '>=' : s.take(0x3c) ? '<=' : '=';
  if (s.take(0x3d)) {
    const number = scanNumberText(s);
    return number === undefined ? undefined : { relation, number };
  }
  if (relation !== '=') return s.unexpected('numeric-relation', CLAUSE, '=');
  const from = scanNumberText(s);
  if (from === undefined) return undefined;
  if (!s.take(0x3a)) return s.unexpected('numeric-relation', CLAUSE, ':');
  const to = scanNumberText(s);
  return to === undefined ? undefined : { relation: 'range', from, to };
}

/** A number as spelt, once a double can hold it (RFC 3840 9). */
function scanNumberText(s: Scanner): string | undefined {
  const from = s.pos;
  if (!s.take(0x2b)) s.take(0x2d);
  if (scanRun(s, DIGIT, 'number', CLAUSE) === undefined) return undefined;
  if (s.take(0x2e)) while (s.pos < s.end && ((CLASS[s.peek()] as number) & DIGIT) !== 0) s.pos++;
  const text = s.slice(from, s.pos);
  return Number.isFinite(Number(text)) ? text : s.fail('range', 'number', CLAUSE, 'a number that a double holds', from);
}

function formatString(string: string): string {
  if (/[<>]/.test(string)) throw new EncodeError('an angle bracket inside a string value', 'value.string', CLAUSE);
  quote(string, 'value.string', CLAUSE);
  return `<${string}>`;
}

function formatTagValues(values: readonly TagValue[]): string {
  if (values.length === 0) throw new EncodeError('at least one value', 'value', CLAUSE);
  return values.map((value, i) => `${value.negated ? '!' : ''}${formatTagValue(value, `value[${i}]`)}`).join(',');
}

function formatTagValue(value: TagValue, path: string): string {
  if ('boolean' in value) return value.boolean ? 'TRUE' : 'FALSE';
  if ('numeric' in value) return formatNumeric(value.numeric, `${path}.numeric`);
  if (sameText(value.token, 'TRUE') || sameText(value.token, 'FALSE')) {
    throw new EncodeError(`${value.token} is a boolean`, `${path}.token`, CLAUSE);
  }
  return only(value.token, TOKEN_NOBANG, 'token without "!"', `${path}.token`, CLAUSE);
}

function formatNumeric(numeric: Numeric, path: string): string {
  if (numeric.relation === 'range') {
    return `#${formatNumber(numeric.from, `${path}.from`)}:${formatNumber(numeric.to, `${path}.to`)}`;
  }
  return `#${numeric.relation}${formatNumber(numeric.number, `${path}.number`)}`;
}

function formatNumber(text: string, path: string): string {
  const s = open(text, 'number', CLAUSE, undefined);
  if (s.error === undefined && scanNumberText(s) !== undefined && s.pos === s.end) return text;
  throw new EncodeError(`${JSON.stringify(text)} is no number`, path, CLAUSE);
}
