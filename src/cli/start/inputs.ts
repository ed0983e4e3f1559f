/* The inputs of a composer in fixtures/inputs, composed: a row each, and what went wrong. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModeOptions } from '../../im/mode.ts';
import { type SipMessage, sipMessage } from '../../sip/message.ts';
import { readComposerInput } from '../composer-input.ts';
import { parseJson } from '../json.ts';

/** A composed message as a row shows it; `wrong` is what did not come out as it must. */
export interface Composed {
  readonly row: readonly string[];
  readonly wrong?: string | undefined;
}

/** Composes the inputs whose file has a name that `isWanted` takes. */
export async function composeInputs(
  fixtures: string,
  isWanted: (file: string) => boolean,
  compose: (input: unknown) => SipMessage,
  show: (message: SipMessage, input: unknown, mode: ModeOptions) => Composed,
): Promise<{
  readonly files: number;
  readonly rows: readonly (readonly string[])[];
  readonly wrong: readonly string[];
}> {
  const folder = join(fixtures, 'inputs');
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json') && isWanted(file)).sort();
  const rows: (readonly string[])[] = [];
  const wrong: string[] = [];
  for (const file of files) {
    try {
      const { input, mode } = readComposerInput(parseJson(new Uint8Array(await readFile(join(folder, file)))));
      const message = compose(input);
      if (!survives(message)) wrong.push(`${file}: does not read back as it was composed`);
      const shown = show(message, input, mode);
      if (shown.wrong !== undefined) wrong.push(`${file}: ${shown.wrong}`);
      rows.push([file.slice(0, -5), ...shown.row]);
    } catch (error) {
      wrong.push(`${file}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { files: files.length, rows, wrong };
}

/** Whether the octets of the message read as a message of the same octets, with the same body. */
function survives(message: SipMessage): boolean {
  const octets = sipMessage.encode(message);
  const read = sipMessage.decode(octets);
  if (!read.ok || read.consumed !== octets.length) return false;
  return Buffer.compare(read.value.body, message.body) === 0 && read.value.fields.length === message.fields.length;
}
