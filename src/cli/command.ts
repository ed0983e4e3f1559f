/*
 * The shape of a command, and what all of them share.
 */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { EncodeError } from '../core/error.ts';
import { TOLERANCES, type Tolerance } from '../core/tolerance.ts';
import { fromHex } from './hex.ts';
import { InputError, type Io, readInput, write } from './io.ts';
import { WrongValue } from './json.ts';

/** All is well · an input was refused, or a check found an error · the command was called wrongly. */
export const DONE = 0;
export const REFUSED = 1;
export const WRONG_USE = 2;

export type ExitCode = typeof DONE | typeof REFUSED | typeof WRONG_USE;

export interface Command {
  readonly name: string;
  /** In one line. */
  readonly summary: string;
  /** Behind the command's name. */
  readonly usage: string;
  /** A whole command line, and what it shows. */
  readonly example: readonly [line: string, what: string];
  readonly options: Options;
  run(args: readonly string[], io: Io): Promise<number>;
}

export interface Option {
  readonly type: 'boolean' | 'string';
  readonly multiple?: boolean;
  readonly what: string;
  /** What completion offers. */
  readonly values?: readonly string[];
}

export type Options = Readonly<Record<string, Option>>;

/** Called wrongly: reported on standard error, exit code 2. */
export class WrongUse extends Error {}

export interface Arguments {
  readonly flags: ReadonlySet<string>;
  /** All values of an option, in order. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly files: readonly string[];
}

/** Strictly: an unknown option throws WrongUse, as does a value that an option does not know. */
export function readArguments(args: readonly string[], options: Options): Arguments {
  const flags = new Set<string>();
  const values = new Map<string, string[]>();
  let parsed: ReturnType<typeof parseArgs>;
  const config: NonNullable<ParseArgsConfig['options']> = {};
  for (const [name, { type }] of Object.entries(options)) config[name] = { type, multiple: true };
  try {
    parsed = parseArgs({ args: [...args], options: config, allowPositionals: true, strict: true });
  } catch (error) {
    throw new WrongUse(error instanceof Error ? error.message : String(error));
  }
  for (const [name, given] of Object.entries(parsed.values)) {
    const option = options[name] as Option;
    for (const value of given as readonly (string | boolean)[]) {
      if (typeof value === 'boolean') {
        flags.add(name);
        continue;
      }
      if (option.values !== undefined && !option.values.includes(value)) {
        throw new WrongUse(`--${name} ${value}: one of ${option.values.join(', ')}`);
      }
      const known = values.get(name) ?? [];
      if (known.length > 0 && option.multiple !== true) throw new WrongUse(`--${name} is given twice`);
      values.set(name, [...known, value]);
    }
  }
  return { flags, values, files: parsed.positionals };
}

export const HEX_OPTION: Option = { type: 'boolean', what: 'the files are hex dumps' };

export const TOLERATE_OPTION: Option = {
  type: 'string',
  multiple: true,
  what: 'what to tolerate, or all',
  values: ['all', ...Object.keys(TOLERANCES)],
};

export function tolerances({ values }: Arguments): readonly Tolerance[] {
  const names = values.get('tolerate') ?? [];
  return names.includes('all') ? (Object.keys(TOLERANCES) as Tolerance[]) : (names as Tolerance[]);
}

/**
 * Does the same for each file; one that fails is reported and does not stop the rest. Answers the worst exit code.
 * Throws WrongUse where no file is named.
 */
export async function forEachFile(
  { files, flags }: Arguments,
  io: Io,
  each: (file: string, octets: Uint8Array) => Promise<ExitCode>,
): Promise<ExitCode> {
  if (files.length === 0) throw new WrongUse('no file is named; "-" is standard input');
  let worst: ExitCode = DONE;
  for (const file of files) {
    const code = await oneFile(file, io, flags.has('hex'), each);
    if (code > worst) worst = code;
  }
  return worst;
}

async function oneFile(
  file: string,
  io: Io,
  hex: boolean,
  each: (file: string, octets: Uint8Array) => Promise<ExitCode>,
): Promise<ExitCode> {
  try {
    const octets = await readInput(file, io);
    const dump = hex ? fromHex(new TextDecoder().decode(octets)) : octets;
    if (typeof dump === 'string') throw new WrongValue(dump);
    return await each(file, dump);
  } catch (error) {
    if (error instanceof EncodeError || error instanceof WrongValue) {
      await write(io.stderr, `oma-im: ${file}: ${error.message}\n`);
      return REFUSED;
    }
    if (!(error instanceof InputError)) throw error;
    await write(io.stderr, `oma-im: ${error.message}\n`);
    return WRONG_USE;
  }
}
