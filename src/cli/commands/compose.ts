/* oma-im compose: a message from what the user wants. */
import { type Composed, composerOf, composers, composeWhole } from '../../codecs.ts';
import { headerLines } from '../../sip/dialog-headers.ts';
import { type Command, DONE, forEachFile, type Options, readArguments, WrongUse } from '../command.ts';
import { readComposerInput } from '../composer-input.ts';
import { toHex } from '../hex.ts';
import { type Io, write } from '../io.ts';
import { parseJson, toJson } from '../json.ts';

const OPTIONS: Options = {
  hex: { type: 'boolean', what: 'the octets as a hex dump' },
  json: { type: 'boolean', what: 'the message as JSON, with the duties that it serves' },
  headers: { type: 'boolean', what: 'the header lines that a SIP stack takes, and the body behind a blank line' },
};

export const compose: Command = {
  name: 'compose',
  summary: 'compose a message from its input in JSON',
  usage: `${Object.keys(composers).join('|')} INPUT.json… [--hex | --json | --headers]`,
  example: ['oma-im compose pager-message input.json --headers', 'the lines to hand to a SIP stack'],
  options: OPTIONS,
  run(args, io) {
    const given = readArguments(args, OPTIONS);
    const [name = '', ...files] = given.files;
    const composer = composerOf(name);
    if (composer === undefined) throw new WrongUse(`compose what? One of ${Object.keys(composers).join(', ')}`);
    const forms = Object.keys(OPTIONS).filter((form) => given.flags.has(form));
    if (forms.length > 1) throw new WrongUse(`--${forms[0]} and --${forms[1]} exclude each other`);
    const flags = new Set<string>(); // --hex is about what goes out
    return forEachFile({ ...given, flags, files }, io, async (_, octets) => {
      const { input } = readComposerInput(parseJson(octets));
      await show(forms[0], composeWhole(composer, input), io);
      return DONE;
    });
  },
};

async function show(form: string | undefined, composed: Composed, io: Io): Promise<void> {
  const { octets, message, value, duties } = composed;
  if (form === 'json') return write(io.stdout, `${JSON.stringify(toJson({ ...value, duties }))}\n`);
  if (form === 'headers') {
    if (message === undefined) throw new WrongUse('--headers is about SIP messages');
    await write(io.stdout, `${headerLines(message).join('\n')}\n\n`);
    return write(io.stdout, message.body);
  }
  return write(io.stdout, form === 'hex' ? toHex(octets) : octets);
}
