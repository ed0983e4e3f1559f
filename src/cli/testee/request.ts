/*
 * What a request of the testee protocol may hold, read with care: it comes from anybody.
 */
import type { Limits } from '../../core/limits.ts';
import { DEFAULT_LIMITS } from '../../core/limits.ts';
import { toUtf8 } from '../../core/octets.ts';
import { LENIENT, type Tolerance } from '../../core/tolerance.ts';
import type { HeadOptions } from '../../sip/head.ts';
import { fromBase64, WrongValue } from '../json.ts';

/** Something is asked for that this implementation does not do; the message is the answer's `reason`. */
export class Unsupported extends Error {}

export type Request = Readonly<Record<string, unknown>>;

/** `framing`, `tolerances` and `limits`. Throws Unsupported on what is none of ours. */
export function readOptions(request: Request): HeadOptions {
  const { framing, tolerances, limits } = request;
  if (framing !== undefined && framing !== 'datagram' && framing !== 'stream') {
    throw new Unsupported('framing is "datagram" or "stream"');
  }
  return { framing, tolerances: readTolerances(tolerances), limits: readLimits(limits) };
}

function readTolerances(given: unknown): readonly Tolerance[] {
  if (given === undefined) return [];
  if (given === 'all') return LENIENT;
  if (!Array.isArray(given)) throw new Unsupported('tolerances is a list of names, or "all"');
  const unknown = given.find((name) => !LENIENT.includes(name as Tolerance));
  if (unknown !== undefined) throw new Unsupported(`no tolerance of ours: ${JSON.stringify(unknown)}`);
  return given as readonly Tolerance[];
}

function readLimits(given: unknown): Partial<Limits> | undefined {
  if (given === undefined) return undefined;
  if (typeof given !== 'object' || given === null) throw new Unsupported('limits is an object');
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(DEFAULT_LIMITS, name)) throw new Unsupported(`no limit of ours: ${JSON.stringify(name)}`);
    if (!Number.isSafeInteger(value) || (value as number) < 0)
      throw new Unsupported(`limits.${name} is no whole number`);
  }
  return given as Partial<Limits>;
}

/** `octets`, or `text` as UTF-8. Throws WrongValue. */
export function readOctets({ octets, text }: Request): Uint8Array {
  if (octets !== undefined) return octetsOf(octets);
  if (typeof text !== 'string') throw new WrongValue('neither octets nor text is given');
  if (!text.isWellFormed()) throw new WrongValue('text has a lone surrogate, which no octets stand for');
  return toUtf8(text);
}

/** `text`, or `octets` as octets. Throws WrongValue. */
export function readText({ octets, text }: Request): string | Uint8Array {
  if (octets !== undefined) return octetsOf(octets);
  if (typeof text !== 'string') throw new WrongValue('neither octets nor text is given');
  return text;
}

function octetsOf(given: unknown): Uint8Array {
  try {
    return fromBase64(given);
  } catch {
    throw new WrongValue('octets is no base64');
  }
}
