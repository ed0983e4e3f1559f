/*
 * Values as JSON and back: octets are `{ "base64": … }`, what is absent is left out.
 */

import { utf8 } from '../core/octets.ts';

/** JSON.parse takes any depth; what walks its answer does not. */
const DEEPEST = 64;

/** A value that is not what was asked for; the message says what was. */
export class WrongValue extends Error {}

/** The value with its octets as base64. What holds none stays itself; JSON.stringify leaves out what is absent. */
export function toJson(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Uint8Array) return { base64: toBase64(value) };
  if ('toJSON' in value && typeof value.toJSON === 'function') return toJson(value.toJSON());
  if (Array.isArray(value)) {
    const list = value.map(toJson);
    return list.some((element, i) => element !== value[i]) ? list : value;
  }
  let changed: Map<string, unknown> | undefined;
  for (const [key, inner] of Object.entries(value)) {
    const plain = toJson(inner);
    if (plain === inner) continue;
    changed ??= new Map(Object.entries(value));
    changed.set(key, plain);
  }
  return changed === undefined ? value : Object.fromEntries(changed);
}

/** What JSON.parse gave, with each `{ "base64": … }` as octets. Throws WrongValue on base64 that is none. */
export function fromJson(value: unknown, depth = 0): unknown {
  if (depth > DEEPEST) throw new WrongValue(`nested more than ${DEEPEST} levels deep`);
  if (Array.isArray(value)) return value.map((inner) => fromJson(inner, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first?.[0] === 'base64') return fromBase64(first[1]);
  return Object.fromEntries(entries.map(([key, inner]) => [key, fromJson(inner, depth + 1)]));
}

export function toBase64(octets: Uint8Array): string {
  return Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength).toString('base64');
}

const ALPHABET = /^[A-Za-z0-9+/]*={0,2}$/;

/** `Buffer.from` skips what it does not know; here it is refused. Throws WrongValue. */
export function fromBase64(text: unknown): Uint8Array {
  if (typeof text !== 'string' || text.length % 4 !== 0 || !ALPHABET.test(text)) throw new WrongValue('no base64');
  const octets = Buffer.from(text, 'base64');
  return new Uint8Array(octets.buffer, octets.byteOffset, octets.byteLength);
}

/** The octets as JSON, with each `{ "base64": … }` as octets. Throws WrongValue. */
export function parseJson(octets: Uint8Array): unknown {
  const text = utf8(octets);
  if (text === undefined) throw new WrongValue('no UTF-8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new WrongValue(`no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  return fromJson(value);
}
