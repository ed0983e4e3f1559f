/* oma-im testee: the conformance protocol on standard input and output. */
import { type Command, DONE, type Options, readArguments, WrongUse } from '../command.ts';
import { serve } from '../testee/testee.ts';

const OPTIONS: Options = {};

export const testee: Command = {
  name: 'testee',
  summary: 'answer conformance tests: one JSON object a line in, one a line out',
  usage: '',
  example: [`echo '{"id":1,"op":"list"}' | oma-im testee`, 'all artefacts, and what can be asked of each'],
  options: OPTIONS,
  async run(args, io) {
    if (readArguments(args, OPTIONS).files.length > 0) throw new WrongUse('testee reads standard input');
    await serve(io.stdin, io.stdout);
    return DONE;
  },
};
