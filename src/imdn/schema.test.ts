/* The RelaxNG schema of RFC 5438 11.1.9 judges what is written, and agrees with what is read. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { toUtf8 } from '../core/octets.ts';
import { type DateTime, dateTimeAt } from '../cpim/datetime.ts';
import type { XmlElement } from '../xml/element.ts';
import { type Imdn, type ImdnNotification, imdn } from './payload.ts';

const has = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;
const folder = mkdtempSync(join(tmpdir(), 'oma-imdn-'));
afterAll(() => rmSync(folder, { recursive: true }));
let batches = 0;

/** Of many documents in one go: whether each is valid, by the files that the program complains about. */
function verdicts(program: string, options: readonly string[], documents: readonly Uint8Array[]): readonly boolean[] {
  const place = join(folder, String(batches++));
  mkdirSync(place);
  const files = documents.map((_, i) => join(place, `${i}.xml`));
  files.forEach((file, i) => {
    writeFileSync(file, documents[i] as Uint8Array);
  });
  const { stdout, stderr, status } = spawnSync(program, [...options, ...files], { encoding: 'utf8' });
  const said = `${stdout}${stderr}`;
  const verdict = files.map((file) => !said.includes(`${file}:`) && !said.includes(`${file} fails`));
  expect(status === 0, said.slice(0, 500)).toBe(!verdict.includes(false));
  return verdict;
}

const PROGRAMS = [
  ['xmllint', ['--nonet', '--noout', '--relaxng', 'grammars/imdn.rng']],
  ['jing', ['grammars/imdn.rng']],
] as const;

const AT: DateTime = dateTimeAt(Date.UTC(2008, 3, 4, 17, 16, 49), '-05:00');
const BOB = { recipientUri: 'im:bob@example.com', originalRecipientUri: 'sip:list@example.com?a=b&c=%20' };
/** The schema wants elements in an extension, and lets text stand in those only. */
const EXTENSION: XmlElement = {
  name: { local: 'y', prefix: 'x', namespace: 'urn:x' },
  attributes: [{ name: { local: 'z', prefix: 'x', namespace: 'urn:x' }, value: '"&<>\'' }],
  children: [{ name: { local: 'y', prefix: '', namespace: 'urn:y' }, attributes: [], children: ['\u00c4 & <b>'] }],
};
const STATUSES: readonly ImdnNotification[] = [
  ...(['delivered', 'failed', 'forbidden', 'error'] as const).map((status) => ({ type: 'delivery', status }) as const),
  ...(['displayed', 'forbidden', 'error'] as const).map((status) => ({ type: 'display', status }) as const),
  ...(['processed', 'stored', 'forbidden', 'error'] as const).map(
    (status) => ({ type: 'processing', status }) as const,
  ),
  { type: 'interworking', status: 'legacy-sms' },
];
const WRITTEN: readonly Imdn[] = STATUSES.flatMap((notification): Imdn[] => {
  const least = { messageId: '34jk324j', dateTime: AT, notification };
  const extended = { ...notification, extensions: [EXTENSION, EXTENSION] } as ImdnNotification;
  return [
    least,
    { ...least, ...BOB },
    { ...least, ...BOB, subject: { text: ' Stra\u00dfe & <b> ]]> "c" ' }, extensions: [EXTENSION] },
    { ...least, notification: extended, extensions: [EXTENSION, EXTENSION] },
  ];
}).concat({ messageId: 'a', dateTime: AT, extensions: [EXTENSION] });

const ELEMENTS = fc.constantFrom(
  '<message-id>a</message-id>',
  '<datetime>2008-04-04T12:16:49-05:00</datetime>',
  '<recipient-uri>im:bob@example.com</recipient-uri><original-recipient-uri>im:a@b</original-recipient-uri>',
  '<recipient-uri>im:bob@example.com</recipient-uri>',
  '<original-recipient-uri>im:bob@example.com</original-recipient-uri>',
  '<subject>a</subject>',
  '<delivery-notification><status><delivered/></status></delivery-notification>',
  '<display-notification><status><displayed/><x:y/></status></display-notification>',
  '<processing-notification><status><stored></stored></status></processing-notification>',
  '<display-notification><status><delivered/></status></display-notification>',
  '<display-notification><status><x:y/></status></display-notification>',
  '<delivery-notification><status><error/><failed/></status></delivery-notification>',
  '<delivery-notification><status>error</status></delivery-notification>',
  '<delivery-notification><error/></delivery-notification>',
  '<delivery-notification><status><error xmlns=""/></status></delivery-notification>',
  '<delivery-notification><status><error/><x xmlns=""/></status></delivery-notification>',
  '<processing-notification><status/><x:y/></processing-notification>',
  '<x:y><a b="c">d</a></x:y>',
  '<other/>',
  '<y xmlns=""/>',
  '<message-id a="b">c</message-id>',
  '<!-- c --> <?d?>',
  'text',
);
/** Most begin as the schema wants it. */
const DOCUMENTS = fc
  .tuple(fc.nat(9), fc.array(ELEMENTS, { maxLength: 5 }))
  .filter(([, elements]) => elements.some((one) => /-notification>|<x:y>/.test(one)))
  .map(([way, elements]) => {
    const start = '<message-id>a</message-id><datetime>2008-04-04T12:16:49Z</datetime>';
    const root = '<imdn xmlns="urn:ietf:params:xml:ns:imdn" xmlns:x="urn:x">';
    return toUtf8(`${root}${way === 0 ? '' : start}${elements.join('')}</imdn>`);
  });

describe.each(PROGRAMS)('by %s', (program, options) => {
  const skip = it.skipIf(!has(program));

  skip(`everything that can be written is valid (skipped without ${program})`, () => {
    const found = verdicts(
      program,
      options,
      WRITTEN.map((value) => imdn.encode(value)),
    );
    expect(WRITTEN.filter((_, i) => found[i] !== true)).toEqual([]);
  });

  skip(`a document is read where it is valid, and only there (skipped without ${program})`, () => {
    const documents = fc.sample(DOCUMENTS, { numRuns: process.env.DEEP === undefined ? 200 : 3000, seed: 5438 });
    const ours = documents.map((document) => imdn.decode(document).ok);
    const theirs = verdicts(program, options, documents);
    const differing = documents.filter((_, i) => ours[i] !== theirs[i]);
    expect(differing.map((document) => new TextDecoder().decode(document))).toEqual([]);
    expect(ours.filter((ok) => ok).length).toBeGreaterThan(documents.length / 40);
  });

  skip(`a language of the subject, which the text wants, is not valid (skipped without ${program})`, () => {
    const value: Imdn = { ...(WRITTEN[0] as Imdn), ...BOB, subject: { lang: 'fr', text: 'a' } };
    expect(verdicts(program, options, [imdn.encode(value)])).toEqual([false]);
  });
});
