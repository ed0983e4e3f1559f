/* Every message of fixtures/messages: decoded, re-encoded, and its headers read. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sipMessage } from '../../sip/message.ts';
import { canonicalName } from '../../sip/names.ts';
import { printable } from '../style.ts';
import { readHeaders } from '../testee/sip-message.ts';
import { inLines, type SectionMaker, type Word } from './section.ts';

interface Row {
  readonly file: string;
  readonly expect?: {
    readonly decode: 'valid' | 'invalid';
    readonly code?: string;
    readonly refused?: readonly { readonly field: string }[];
  };
}

interface Read {
  readonly identical: boolean;
  /** Why the message is refused. */
  readonly code: string | undefined;
  readonly typed: number;
  readonly refused: readonly string[];
}

export const messages: SectionMaker = async ({ fixtures, paint, columns }) => {
  const folder = join(fixtures, 'messages');
  const expected = new Map((await readIndex(folder)).map((row) => [row.file, row.expect] as const));
  const files = await messageFiles(fixtures);
  const families = new Map<string, number>();
  const differing: Word[] = [];
  const refusals: Word[] = [];
  const wrong: string[] = [];
  let [identical, typed, refused] = [0, 0, 0];
  for (const file of files) {
    const read = readMessage(new Uint8Array(await readFile(join(folder, file))));
    const name = printable(file.slice(0, -4));
    const fault = faultOf(read, expected.get(file));
    if (fault !== undefined) wrong.push(`${file}: ${fault}`);
    if (read.identical) identical++;
    typed += read.typed;
    refused += read.refused.length;
    if (read.code !== undefined || read.refused.length > 0) {
      const text = `${name.slice(name.indexOf('/') + 1)} (${read.code ?? read.refused.join(', ')})`;
      refusals.push({ text, shown: paint('yellow', text) });
    }
    if (read.code !== undefined) continue;
    if (!read.identical) differing.push({ text: name, shown: paint('red', name) });
    else families.set(familyOf(name), (families.get(familyOf(name)) ?? 0) + 1);
  }
  const same = [...families].map(([family, count]): Word => {
    const text = `${family} ${count}`;
    return { text, shown: `${family} ${paint('green', String(count))}` };
  });
  return {
    title: 'SIP messages',
    summary: `${files.length} decoded and encoded again, ${identical} identical, ${typed} headers typed, ${refused} headers refused`,
    lines: [
      ...inLines('identical', same, columns),
      ...(differing.length === 0 ? [] : inLines('differ', differing, columns)),
      ...inLines('refused', refusals, columns),
    ],
    wrong,
  };
};

/** The files of fixtures/messages, from there. */
export async function messageFiles(fixtures: string): Promise<readonly string[]> {
  const files = await readdir(join(fixtures, 'messages'), { recursive: true });
  return files.filter((file) => file.endsWith('.sip')).sort();
}

/** The family of a message: one RFC's, or those whose names begin alike. */
function familyOf(name: string): string {
  return /^(?:rfc[0-9]+|[^-/]+)/.exec(name)?.[0] ?? name;
}

async function readIndex(folder: string): Promise<readonly Row[]> {
  return JSON.parse(await readFile(join(folder, 'index.json'), 'utf8')) as readonly Row[];
}

function readMessage(octets: Uint8Array): Read {
  const result = sipMessage.decode(octets);
  if (!result.ok) return { identical: false, code: result.error.code, typed: 0, refused: [] };
  const headers = readHeaders(result.value);
  return {
    identical: Buffer.compare(sipMessage.encode(result.value), octets.subarray(0, result.consumed)) === 0,
    code: undefined,
    typed: headers.filter(({ typed }) => typed !== undefined).length,
    refused: headers.filter(({ error }) => error !== undefined).map(({ name }) => canonicalName(name)),
  };
}

/** What differs from the index: a message that it says nothing about decodes, and none of its headers is refused. */
function faultOf({ identical, code, refused }: Read, expect: Row['expect']): string | undefined {
  if (code !== undefined || expect?.decode === 'invalid') {
    return code === expect?.code ? undefined : `${code ?? 'decoded'}, expected ${expect?.code ?? 'a message'}`;
  }
  if (!identical) return 'does not encode to the octets that it came in';
  const wanted = (expect?.refused ?? []).map(({ field }) => field);
  const same = wanted.length === refused.length && wanted.every((field) => refused.includes(field));
  return same ? undefined : `refused: ${refused.join(', ') || 'none'}, expected: ${wanted.join(', ') || 'none'}`;
}
