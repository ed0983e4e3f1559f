/* Every header codec on the fields of fixtures/messages: what it reads, writes and reads again the same, what it refuses. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FieldCodec } from '../../core/codec.ts';
import { EncodeError } from '../../core/error.ts';
import { readField } from '../../sip/access.ts';
import { headerCodec, headerCodecs } from '../../sip/headers/registry.ts';
import { type SipMessage, sipMessage } from '../../sip/message.ts';
import { printable } from '../style.ts';
import { messageFiles } from './messages.ts';
import { inLines, type SectionMaker, type Word } from './section.ts';

interface Count {
  readonly read: number;
  readonly refused: number;
}

export const headers: SectionMaker = async ({ fixtures, paint, columns }) => {
  const counts = new Map<string, Count>();
  const untyped = new Set<string>();
  const wrong: string[] = [];
  for (const file of await messageFiles(fixtures)) {
    const message = sipMessage.decode(new Uint8Array(await readFile(join(fixtures, 'messages', file))));
    if (!message.ok) continue;
    for (const [i, { name }] of message.value.fields.entries()) {
      const codec = headerCodec(name);
      if (codec === undefined) {
        untyped.add(name);
        continue;
      }
      const { read, refused } = counts.get(codec.name) ?? { read: 0, refused: 0 };
      const outcome = tryField(message.value, i, codec);
      counts.set(codec.name, outcome === 'refused' ? { read, refused: refused + 1 } : { read: read + 1, refused });
      if (outcome === 'changed') wrong.push(`${file}: ${codec.name} does not read again as it was read`);
    }
  }
  const used = headerCodecs.filter(({ name }) => counts.has(name));
  const words = used.map(({ name }): Word => {
    const { read, refused } = counts.get(name) as Count;
    const sign = refused === 0 ? '' : `-${refused}`;
    return { text: `${name}=${read}${sign}`, shown: `${name}${paint('green', `=${read}`)}${paint('yellow', sign)}` };
  });
  const plain = (names: readonly string[]): Word[] => names.map((name) => ({ text: name, shown: name }));
  const unused = headerCodecs.filter(({ name }) => !counts.has(name)).map(({ name }) => name);
  const total = (of: keyof Count): number => [...counts.values()].reduce((sum, count) => sum + count[of], 0);
  return {
    title: 'Headers',
    summary: `${headerCodecs.length} codecs, ${total('read')} fields read, written and read again the same (=), ${total('refused')} refused (-)`,
    lines: [
      ...inLines('read', words, columns),
      ...inLines('not seen', plain(unused), columns),
      ...inLines('as text', plain([...untyped].sort().map(printable)), columns),
    ],
    wrong,
  };
};

/** Whether a field is read, and what is written of it reads as the same value. */
export function tryField(message: SipMessage, i: number, codec: FieldCodec<unknown>): 'same' | 'changed' | 'refused' {
  const first = readField(message, i, codec);
  if (!first.ok) return 'refused';
  try {
    const again = codec.parse(codec.format(first.value));
    return again.ok && JSON.stringify(again.value) === JSON.stringify(first.value) ? 'same' : 'changed';
  } catch (error) {
    if (error instanceof EncodeError) return 'changed';
    throw error;
  }
}
