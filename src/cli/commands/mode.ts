/* oma-im mode: pager or large message mode. */
import { composers } from '../../codecs.ts';
import { chooseMode, type ModeOptions } from '../../im/mode.ts';
import { type Command, DONE, forEachFile, type Options, readArguments, WrongUse } from '../command.ts';
import { readComposerInput } from '../composer-input.ts';
import { write } from '../io.ts';
import { parseJson } from '../json.ts';
import { printable } from '../style.ts';

const OPTIONS: Options = {
  reserve: { type: 'string', what: 'octets that the stack and the first hops will add' },
  'connection-oriented': { type: 'boolean', what: 'a connection-oriented transport is known to be used end to end' },
  json: { type: 'boolean', what: 'one JSON object a file' },
};

export const mode: Command = {
  name: 'mode',
  summary: 'tell whether a message goes in pager mode or in large message mode',
  usage: 'INPUT.json… [--reserve OCTETS] [--connection-oriented] [--json]',
  example: ['oma-im mode input.json --reserve 400', 'the mode, the size of the request and the duty that decided'],
  options: OPTIONS,
  run(args, io) {
    const given = readArguments(args, OPTIONS);
    const reserve = readReserve(given.values.get('reserve')?.[0]);
    return forEachFile({ ...given, flags: new Set() }, io, async (file, octets) => {
      const { input, mode: own } = readComposerInput(parseJson(octets));
      const options: ModeOptions = {
        ...own,
        ...(reserve === undefined ? {} : { reserve }),
        ...(given.flags.has('connection-oriented') ? { connectionOriented: true } : {}),
      };
      const decision = chooseMode(composers['pager-message'].compose(input), options);
      const { mode: chosen, octets: size, exact, duty } = decision;
      const sum = options.reserve === undefined ? '' : ` and ${options.reserve} in reserve`;
      const text = `${printable(file)}: ${chosen} mode, ${exact ? '' : 'at least '}${size} octets${sum} (${duty})`;
      await write(io.stdout, `${given.flags.has('json') ? JSON.stringify({ file, ...decision }) : text}\n`);
      return DONE;
    });
  },
};

function readReserve(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[0-9]{1,9}$/.test(text)) return Number(text);
  throw new WrongUse(`--reserve ${text}: a number of octets`);
}
