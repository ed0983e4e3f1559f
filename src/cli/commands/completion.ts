/* oma-im completion: what a shell needs to complete the command. */
import { composers } from '../../codecs.ts';
import { type Command, DONE, type Options, readArguments, WrongUse } from '../command.ts';
import { write } from '../io.ts';

const SHELLS = ['bash', 'zsh'];

/** The command knows all others, so that their options are listed in one place. */
export function completion(others: () => readonly Command[]): Command {
  const options: Options = {};
  return {
    name: 'completion',
    summary: 'print the completion script of a shell',
    usage: SHELLS.join('|'),
    example: ['source <(oma-im completion bash)', 'completes commands, options and files'],
    options,
    async run(args, io) {
      const [shell = '', ...more] = readArguments(args, options).files;
      if (!SHELLS.includes(shell) || more.length > 0)
        throw new WrongUse(`completion for which shell? ${SHELLS.join(' or ')}`);
      await write(io.stdout, shell === 'bash' ? bash(others()) : zsh(others()));
      return DONE;
    },
  };
}

/** What stands behind a command besides files. */
function wordsOf({ name }: Command): readonly string[] {
  if (name === 'compose') return Object.keys(composers);
  return name === 'completion' ? SHELLS : [];
}

function bash(commands: readonly Command[]): string {
  const cases = commands.map((command) => {
    const names = Object.keys(command.options).map((option) => `--${option}`);
    return `    ${command.name}) words='${[...wordsOf(command), ...names, '--help'].join(' ')}' ;;`;
  });
  const values = new Map<string, string>();
  for (const { options } of commands) {
    for (const [option, { values: known }] of Object.entries(options)) {
      if (known !== undefined) values.set(`--${option}`, known.join(' '));
    }
  }
  const known = [...values].map(
    ([option, words]) => `    ${option}) COMPREPLY=($(compgen -W '${words}' -- "$word")); return ;;`,
  );
  return `_oma_im() {
  local word=\${COMP_WORDS[COMP_CWORD]} words=
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W '${commands.map(({ name }) => name).join(' ')} --help --version' -- "$word"))
    return
  fi
  case \${COMP_WORDS[COMP_CWORD - 1]} in
${known.join('\n')}
  esac
  case \${COMP_WORDS[1]} in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word") $(compgen -f -- "$word"))
}
complete -o filenames -F _oma_im oma-im
`;
}

function zsh(commands: readonly Command[]): string {
  const described = commands.map(({ name, summary }) => `    '${name}:${quoted(summary)}'`);
  const cases = commands.map((command) => {
    const options = Object.entries(command.options).map(([name, { type, multiple, what, values }]) => {
      const value = type === 'string' ? `:${name}:${values === undefined ? '' : `(${values.join(' ')})`}` : '';
      return `'${multiple === true ? '*' : ''}--${name}[${quoted(what)}]${value}'`;
    });
    const words = wordsOf(command);
    const first = words.length === 0 ? [] : [`'1:what:(${words.join(' ')})'`];
    return `    ${command.name}) _arguments ${[...options, ...first, `'*:file:_files'`].join(' ')} ;;`;
  });
  return `#compdef oma-im
_oma_im() {
  local -a commands=(
${described.join('\n')}
  )
  if ((CURRENT == 2)); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  ((CURRENT--))
  case $command in
${cases.join('\n')}
  esac
}
compdef _oma_im oma-im
`;
}

/** Inside single quotes and brackets of a zsh specification. */
function quoted(text: string): string {
  return text.replace(/'/g, `'\\''`).replace(/[[\]:]/g, (character) => `\\${character}`);
}
