/* What the CPIM messages in fixtures/messages ask to be told, and the notifications in them. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Result } from '../../core/result.ts';
import { LENIENT } from '../../core/tolerance.ts';
import { type CpimMessage, cpim } from '../../cpim/message.ts';
import { readNotifications } from '../../imdn/notifications.ts';
import { type Imdn, imdn } from '../../imdn/payload.ts';
import { readNotificationRequest } from '../../imdn/request.ts';
import { contentType } from '../../mime/content-headers.ts';
import { findPart } from '../../mime/find-part.ts';
import { get } from '../../sip/access.ts';
import { sipMessage } from '../../sip/message.ts';
import { printable } from '../style.ts';
import { inLines, inRows, type SectionMaker, type Word } from './section.ts';

export const notifications: SectionMaker = async ({ fixtures, columns }) => {
  const folder = join(fixtures, 'messages');
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.sip')).sort();
  const asked = new Map<string, number>();
  const rows: string[][] = [];
  const wrong: string[] = [];
  let requests = 0;
  for (const file of files) {
    const message = await cpimIn(join(folder, file));
    if (message === undefined) continue;
    const request = readNotificationRequest(message);
    if (request?.ok === true) requests++;
    for (const { type } of request?.ok === true ? request.value.dispositions : []) {
      asked.set(type, (asked.get(type) ?? 0) + 1);
    }
    const read = readNotifications(message.content, { tolerances: LENIENT });
    if (!read.ok || read.value.length > 0) {
      rows.push([printable(file.slice(file.lastIndexOf('/') + 1, -4)), read.ok ? read.value.map(tell).join(', ') : '']);
      const fault = faultOf(message, read, file.startsWith('deviations'));
      if (fault !== undefined) wrong.push(`${file}: ${fault}`);
    }
  }
  const words = [...asked].map(([type, count]): Word => {
    const text = `${printable(type)} ${count}`;
    return { text, shown: text };
  });
  return {
    title: 'Notifications',
    summary: `${requests} messages ask for some, ${rows.length} are some`,
    lines: [...inLines('asked for', words, columns), ...inRows(rows)],
    wrong,
  };
};

function tell(read: Result<Imdn>): string {
  if (!read.ok) return read.error.code;
  const { notification, recipientUri } = read.value;
  const who = recipientUri === undefined ? '' : ` by ${recipientUri}`;
  const used = read.notes.length === 0 ? '' : ` (${read.notes.map(({ tolerance }) => tolerance).join(', ')})`;
  return printable(`${notification?.status}${who}${used}`);
}

/** Everything can be read, with no tolerance but in deviations, and comes back as it came. */
function faultOf(
  { content }: CpimMessage,
  read: Result<readonly Result<Imdn>[]>,
  deviates: boolean,
): string | undefined {
  const all = read.ok ? read.value : [read];
  const whole = Buffer.from(content.body);
  for (const one of all) {
    if (!one.ok) return one.error.code;
    if (one.notes.length > 0 && !deviates) return 'is read with tolerances only';
    if (!whole.includes(Buffer.from(imdn.encode(one.value)))) return 'does not encode to its own octets';
  }
  return undefined;
}

async function cpimIn(file: string): Promise<CpimMessage | undefined> {
  const message = sipMessage.decode(new Uint8Array(await readFile(file)));
  const type = message.ok ? get(message.value, contentType) : undefined;
  if (!message.ok || type?.ok !== true) return undefined;
  const found = findPart({ contentType: type.value, body: message.value.body }, 'message/cpim');
  const read = found?.ok === true ? cpim.decode(found.value.body) : undefined;
  return read?.ok === true ? read.value : undefined;
}
