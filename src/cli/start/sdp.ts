/* The sessions inside fixtures/messages and those of fixtures/sdp, decoded and encoded again; an offer and its answer. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contentType } from '../../mime/content-headers.ts';
import { findPart } from '../../mime/find-part.ts';
import { answerMsrpOffer } from '../../sdp/msrp-answer.ts';
import { composeMsrpOffer, readMsrpMedia } from '../../sdp/msrp-media.ts';
import { type SdpSession, sdp } from '../../sdp/session.ts';
import { get } from '../../sip/access.ts';
import { sipMessage } from '../../sip/message.ts';
import { printable } from '../style.ts';
import { inLines, inRows, type SectionMaker, type Word } from './section.ts';

interface Verdict {
  readonly file: string;
  readonly decode: 'valid' | 'tolerated' | 'invalid';
}

/** A session, and whether it must be decoded. */
interface Found {
  readonly name: string;
  readonly octets: Uint8Array;
  readonly valid: boolean;
}

export const sessions: SectionMaker = async ({ fixtures, paint, columns }) => {
  const found = [...(await inMessages(fixtures)), ...(await inCollection(fixtures))];
  const refused: Word[] = [];
  const wrong: string[] = [];
  for (const { name, octets, valid } of found) {
    const read = sdp.decode(octets);
    if (read.ok && Buffer.compare(sdp.encode(read.value), octets) !== 0) wrong.push(`${name}: comes back changed`);
    if (read.ok !== valid) wrong.push(`${name}: ${read.ok ? 'is not refused' : read.error.code}`);
    if (read.ok) continue;
    const text = printable(`${name} (${read.error.code})`);
    refused.push({ text, shown: paint('yellow', text) });
  }
  const offer = composeMsrpOffer({
    origin: { sessionId: '3890844526', address: '192.0.2.10' },
    path: ['msrp://192.0.2.10:7654/jshA7weztas;tcp'],
    acceptTypes: ['message/cpim', 'text/plain'],
    direction: 'sendonly',
    fileSize: 20_480,
  });
  const answer = answerMsrpOffer(offer, {
    origin: { sessionId: 1, address: 'b.example.com' },
    path: ['msrp://b.example.com:8493/si438dsaodes;tcp'],
    acceptTypes: ['*'],
  });
  return {
    title: 'Sessions',
    summary: `${found.length} decoded, ${found.length - refused.length} encoded again and identical`,
    lines: [
      ...inLines('refused', refused, columns),
      ...inRows([
        ['offer', described(offer)],
        ['answer', described(answer)],
      ]),
    ],
    wrong,
  };
};

/** What the other side reads. */
function described(session: SdpSession): string {
  const read = readMsrpMedia(session);
  if (!read.ok) return read.error.code;
  const { direction, setup, acceptTypes, fileSize } = read.value;
  const size = fileSize === undefined ? '' : `, ${fileSize} octets`;
  return `${direction}, ${setup}, ${acceptTypes.join(' ')}${size}, ${sdp.encodedLength(session)} octets of SDP`;
}

async function inMessages(fixtures: string): Promise<readonly Found[]> {
  const folder = join(fixtures, 'messages');
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sip')).sort();
  const found: Found[] = [];
  for (const file of files) {
    const message = sipMessage.decode(new Uint8Array(await readFile(join(folder, file))));
    const type = message.ok ? get(message.value, contentType) : undefined;
    if (!message.ok || type?.ok !== true) continue;
    const part = findPart({ contentType: type.value, body: message.value.body }, 'application/sdp');
    if (part?.ok === true) found.push({ name: file.slice(0, -4), octets: part.value.body, valid: true });
  }
  return found;
}

async function inCollection(fixtures: string): Promise<readonly Found[]> {
  const folder = join(fixtures, 'sdp');
  const verdicts = JSON.parse(await readFile(join(folder, 'verdicts.json'), 'utf8')) as readonly Verdict[];
  return Promise.all(
    verdicts.map(async ({ file, decode }) => ({
      name: file.slice(0, -4),
      octets: new Uint8Array(await readFile(join(folder, file))),
      valid: decode === 'valid',
    })),
  );
}
