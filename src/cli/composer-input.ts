/*
 * The JSON that a composer is given on the command line: its input, and beside it what decides the mode.
 */
import type { ModeOptions } from '../im/mode.ts';
import { WrongValue } from './json.ts';

export interface ComposerInput {
  readonly input: Readonly<Record<string, unknown>>;
  readonly mode: ModeOptions;
}

/** Takes `connectionOriented`, `reserve` and `profile` out of the input. Throws WrongValue on types that are wrong. */
export function readComposerInput(value: unknown): ComposerInput {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new WrongValue('the input is no object');
  const { connectionOriented, reserve, profile, ...input } = value as Readonly<Record<string, unknown>>;
  if (connectionOriented !== undefined && typeof connectionOriented !== 'boolean') {
    throw new WrongValue('connectionOriented is true or false');
  }
  if (reserve !== undefined && (!Number.isSafeInteger(reserve) || (reserve as number) < 0)) {
    throw new WrongValue('reserve is a number of octets');
  }
  if (profile !== undefined && profile !== 'oma-im' && profile !== 'rfc3428') {
    throw new WrongValue('profile is "oma-im" or "rfc3428"');
  }
  return { input, mode: { connectionOriented, reserve: reserve as number | undefined, profile } };
}
