/*
 * From JSON to vectors, and from a vector's input to what a codec is given. Files are for the caller to read.
 */
import { toUtf8, utf8 } from '../core/octets.ts';
import { vectorFile } from './model.schema.ts';
import type { VectorFile, VectorInput } from './model.ts';

export type ParsedVectors =
  | { readonly ok: true; readonly file: VectorFile }
  | { readonly ok: false; readonly issues: readonly VectorIssue[] };

/** What is wrong with a vector file, and where: `groups[0].tests[3].id`. */
export interface VectorIssue {
  readonly path: string;
  readonly message: string;
}

/** Takes what `JSON.parse` gave for a vector file. Never throws. */
export function parseVectors(json: unknown): ParsedVectors {
  const read = vectorFile.safeParse(json);
  if (!read.success) {
    const issues = read.error.issues.map(({ path, message }) => ({ path: pathText(path), message }));
    return { ok: false, issues };
  }
  const issues = [...contradictions(read.data)];
  return issues.length === 0 ? { ok: true, file: read.data } : { ok: false, issues };
}

/** The input as text; `undefined` where its octets are no UTF-8. */
export function inputText(input: VectorInput): string | undefined {
  if (typeof input === 'string') return input;
  if ('base64' in input) return utf8(fromBase64(input.base64));
  return input.prefix + input.repeat.repeat(input.times) + input.suffix;
}

/** The input as octets. */
export function inputOctets(input: VectorInput): Uint8Array {
  if (typeof input === 'object' && 'base64' in input) return fromBase64(input.base64);
  return toUtf8(inputText(input) as string);
}

export function fromBase64(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (octet) => octet.charCodeAt(0));
}

export function toBase64(octets: Uint8Array): string {
  let latin1 = '';
  for (const octet of octets) latin1 += String.fromCharCode(octet);
  return btoa(latin1);
}

/** What no schema says: the members that each result has, flags that have a note, ids that stand once. */
function* contradictions({ notes, groups }: VectorFile): Generator<VectorIssue> {
  const ids = new Set<string>();
  for (const [i, { tests }] of groups.entries()) {
    for (const [k, { id, result, error, value, tolerances, flags }] of tests.entries()) {
      const path = `groups[${i}].tests[${k}]`;
      if (ids.has(id)) yield { path: `${path}.id`, message: `${id} stands twice` };
      ids.add(id);
      if (result !== 'valid' && error === undefined) yield { path: `${path}.error`, message: `is missing: ${result}` };
      if (result === 'valid' && error !== undefined) yield { path: `${path}.error`, message: 'in a valid vector' };
      if (result !== 'invalid' && value === undefined)
        yield { path: `${path}.value`, message: `is missing: ${result}` };
      if (result === 'invalid' && value !== undefined) yield { path: `${path}.value`, message: 'in an invalid vector' };
      if ((result === 'tolerated') !== (tolerances !== undefined && tolerances.length > 0)) {
        yield { path: `${path}.tolerances`, message: 'belong to what is tolerated' };
      }
      for (const flag of flags) {
        if (!Object.hasOwn(notes, flag)) yield { path: `${path}.flags`, message: `${flag} has no note` };
      }
    }
  }
}

function pathText(path: readonly PropertyKey[]): string {
  let text = '';
  for (const key of path) text += typeof key === 'number' ? `[${key}]` : `${text === '' ? '' : '.'}${String(key)}`;
  return text;
}
