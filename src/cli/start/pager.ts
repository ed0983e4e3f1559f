/* The pager inputs of fixtures/inputs: composed, the mode chosen, the duties that the message serves. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { composers } from '../../codecs.ts';
import { chooseMode } from '../../im/mode.ts';
import { type SipMessage, sipMessage } from '../../sip/message.ts';
import { readComposerInput } from '../composer-input.ts';
import { parseJson } from '../json.ts';
import { inRows, type SectionMaker } from './section.ts';

export const pagerMessages: SectionMaker = async ({ fixtures }) => {
  const folder = join(fixtures, 'inputs');
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort();
  const composer = composers['pager-message'];
  const rows: string[][] = [];
  const wrong: string[] = [];
  for (const file of files) {
    try {
      const { input, mode } = readComposerInput(parseJson(new Uint8Array(await readFile(join(folder, file)))));
      const message = composer.compose(input);
      if (!survives(message)) wrong.push(`${file}: does not read back as it was composed`);
      const decision = chooseMode(message, mode);
      const size = `${decision.octets}${mode.reserve === undefined ? '' : `+${mode.reserve}`}`;
      const served = composer.duties(message, input).filter((duty) => !duty.startsWith('SEL'));
      rows.push([file.slice(0, -5), decision.mode, size, decision.duty, served.join(' ')]);
    } catch (error) {
      wrong.push(`${file}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return {
    title: 'Pager messages',
    summary: `${rows.length} of ${files.length} composed: mode by size in octets, and the duties that each serves`,
    lines: inRows(rows),
    wrong,
  };
};

/** Whether the octets of the message read as a message of the same octets, with the same body. */
function survives(message: SipMessage): boolean {
  const octets = sipMessage.encode(message);
  const read = sipMessage.decode(octets);
  if (!read.ok || read.consumed !== octets.length) return false;
  return Buffer.compare(read.value.body, message.body) === 0 && read.value.fields.length === message.fields.length;
}
