/* The bodies inside fixtures/messages: multiparts, CPIM messages and XML documents, each decoded and encoded again. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BytesCodec } from '../../core/codec.ts';
import { sameText } from '../../core/text.ts';
import { cpim } from '../../cpim/message.ts';
import { contentType } from '../../mime/content-headers.ts';
import { type Entity, partEntity } from '../../mime/find-part.ts';
import { isMediaType } from '../../mime/media-type.ts';
import { decodeMultipart, encodeMultipart } from '../../mime/multipart.ts';
import { get } from '../../sip/access.ts';
import { sipMessage } from '../../sip/message.ts';
import { isComposing } from '../../xml/iscomposing.ts';
import { resourceLists } from '../../xml/resource-lists.ts';
import { printable } from '../style.ts';
import { inLines, type SectionMaker, type Word } from './section.ts';

/** A body of a kind, with the bodies inside it. */
interface Body {
  readonly kind: string;
  /** Why it is refused. */
  readonly code?: string;
  /** Whether it came back octet for octet. */
  readonly identical: boolean;
  readonly inner: readonly Entity[];
}

const DOCUMENTS: readonly BytesCodec<unknown>[] = [
  resourceLists as BytesCodec<unknown>,
  isComposing as BytesCodec<unknown>,
];

export const bodies: SectionMaker = async ({ fixtures, paint, columns }) => {
  const folder = join(fixtures, 'messages');
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.sip')).sort();
  const kinds = new Map<string, number>();
  const rest: Word[] = [];
  const wrong: string[] = [];
  let [total, identical] = [0, 0];
  for (const file of files) {
    const name = printable(file.slice(file.lastIndexOf('/') + 1, -4));
    for (const body of await bodiesIn(join(folder, file))) {
      total++;
      if (body.identical) {
        identical++;
        kinds.set(body.kind, (kinds.get(body.kind) ?? 0) + 1);
      } else {
        const text = `${name} (${body.code ?? 'differs'})`;
        rest.push({ text, shown: paint(body.code === undefined ? 'red' : 'yellow', text) });
      }
      const fault = faultOf(body, file.startsWith('deviations'));
      if (fault !== undefined) wrong.push(`${file}: ${body.kind}: ${fault}`);
    }
  }
  return {
    title: 'Bodies',
    summary: `${total} decoded and encoded again, ${identical} identical`,
    lines: [
      ...inLines('identical', [...kinds].map(counted), columns),
      ...(rest.length === 0 ? [] : inLines('refused', rest, columns)),
    ],
    wrong,
  };
};

function counted([kind, count]: readonly [string, number]): Word {
  return { text: `${kind} ${count}`, shown: `${kind} ${count}` };
}

/** A deviation may be refused; all else is read, and comes back as it came. */
function faultOf({ code, identical }: Body, deviates: boolean): string | undefined {
  if (code !== undefined) return deviates ? undefined : code;
  return identical ? undefined : 'does not encode to the octets that it came in';
}

async function bodiesIn(file: string): Promise<readonly Body[]> {
  const message = sipMessage.decode(new Uint8Array(await readFile(file)));
  const type = message.ok ? get(message.value, contentType) : undefined;
  if (!message.ok || type?.ok !== true) return [];
  const found: Body[] = [];
  const waiting: Entity[] = [{ contentType: type.value, body: message.value.body }];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const body = bodyOf(next);
    if (body === undefined) continue;
    found.push(body);
    waiting.push(...body.inner);
  }
  return found;
}

function bodyOf(entity: Entity): Body | undefined {
  const { contentType: type, body } = entity;
  if (sameText(type.type, 'multipart')) return multipartOf(entity);
  if (isMediaType(type, 'message/cpim')) return cpimOf(body);
  const codec = DOCUMENTS.find(({ mediaType }) => isMediaType(type, mediaType as string));
  if (codec === undefined) return undefined;
  const read = codec.decode(body);
  const kind = codec === resourceLists ? 'lists' : codec.name;
  if (!read.ok) return { kind, code: read.error.code, identical: false, inner: [] };
  return { kind, identical: isSame(codec.encode(read.value), body), inner: [] };
}

function multipartOf({ contentType: type, body }: Entity): Body {
  const kind = 'multipart';
  const read = decodeMultipart(body, type);
  if (!read.ok) return { kind, code: read.error.code, identical: false, inner: [] };
  const inner = read.value.parts.map((part) => partEntity(part, type)).flatMap((part) => (part.ok ? [part.value] : []));
  return { kind, identical: isSame(encodeMultipart(read.value), body), inner };
}

function cpimOf(body: Uint8Array): Body {
  const read = cpim.decode(body);
  if (!read.ok) return { kind: 'cpim', code: read.error.code, identical: false, inner: [] };
  const content = partEntity(read.value.content);
  return { kind: 'cpim', identical: isSame(cpim.encode(read.value), body), inner: content.ok ? [content.value] : [] };
}

function isSame(encoded: Uint8Array, received: Uint8Array): boolean {
  return Buffer.compare(encoded, received) === 0;
}
