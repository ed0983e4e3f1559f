/*
 * The command `oma-im`: finds the command, and turns what went wrong into an exit code.
 */
import { type Command, DONE, WRONG_USE, WrongUse } from './command.ts';
import { check } from './commands/check.ts';
import { completion } from './commands/completion.ts';
import { compose } from './commands/compose.ts';
import { conformance } from './commands/conformance.ts';
import { decode } from './commands/decode.ts';
import { explain } from './commands/explain.ts';
import { mode } from './commands/mode.ts';
import { testee } from './commands/testee.ts';
import { InputError, type Io, write } from './io.ts';
import { painter } from './style.ts';
import { VERSION } from './version.ts';

export const COMMANDS: readonly Command[] = [
  decode,
  check,
  explain,
  compose,
  mode,
  testee,
  conformance,
  completion(() => COMMANDS),
];

/** Answers the exit code: 0 done, 1 an input was refused, 2 wrong use. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const [name, ...rest] = args;
  if (name === '--version') {
    await write(io.stdout, `${VERSION}\n`);
    return DONE;
  }
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') return help(name, rest[0], io);
  const command = COMMANDS.find((known) => known.name === name);
  if (command === undefined) return wrong(`no command ${JSON.stringify(name)}`, undefined, io);
  if (asksForHelp(rest)) {
    await write(io.stdout, helpOf(command, io));
    return DONE;
  }
  try {
    return await command.run(rest, io);
  } catch (error) {
    if (error instanceof WrongUse || error instanceof InputError) return wrong(error.message, command, io);
    throw error;
  }
}

/** Behind "--" everything is a file. */
function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return (end < 0 ? args : args.slice(0, end)).some((arg) => arg === '--help' || arg === '-h');
}

async function help(asked: string | undefined, name: string | undefined, io: Io): Promise<number> {
  const command = COMMANDS.find((known) => known.name === name);
  await write(asked === undefined ? io.stderr : io.stdout, command === undefined ? helpOfAll(io) : helpOf(command, io));
  return asked === undefined ? WRONG_USE : DONE;
}

async function wrong(message: string, command: Command | undefined, io: Io): Promise<number> {
  const usage =
    command === undefined ? 'oma-im --help tells the commands' : `usage: oma-im ${command.name} ${command.usage}`;
  await write(io.stderr, `oma-im: ${message}\n${usage}\n`);
  return WRONG_USE;
}

function helpOfAll(io: Io): string {
  const paint = painter(io);
  const rows = COMMANDS.map(({ name, summary }) => `  ${paint('bold', name.padEnd(12))}${summary}`);
  const examples = COMMANDS.map(({ example: [line, what] }) => `  ${line}\n      ${what}`);
  return `usage: oma-im COMMAND …

${rows.join('\n')}

Files are octets as they were on the wire; "-" is standard input. Exit codes: 0 done, 1 an input was refused or has
errors, 2 wrong use. oma-im COMMAND --help tells the options.

${examples.join('\n')}
`;
}

function helpOf({ name, summary, usage, example, options }: Command, io: Io): string {
  const paint = painter(io);
  const rows = Object.entries(options).map(([option, { what, values }]) => {
    const known = values === undefined ? '' : `: ${values.join(', ')}`;
    return `  ${paint('bold', `--${option}`.padEnd(22))} ${what}${known}`;
  });
  const list = rows.length === 0 ? '' : `\n${rows.join('\n')}\n`;
  return `usage: oma-im ${name} ${usage}\n\n${summary}\n${list}\n  ${example[0]}\n      ${example[1]}\n`;
}
