import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { toUtf8 } from '../core/octets.ts';
import { isComposing } from './iscomposing.ts';
import { resourceLists } from './resource-lists.ts';

const has = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;
const folder = mkdtempSync(join(tmpdir(), 'oma-schemas-'));
afterAll(() => rmSync(folder, { recursive: true }));

function validates(program: string, options: readonly string[], octets: Uint8Array): boolean {
  const file = join(folder, 'document.xml');
  writeFileSync(file, octets);
  return spawnSync(program, [...options, file]).status === 0;
}

const byXmllint = (kind: 'schema' | 'relaxng', name: string, octets: Uint8Array): boolean =>
  validates('xmllint', ['--nonet', '--noout', `--${kind}`, `grammars/${name}`], octets);

describe.skipIf(!has('xmllint'))('schemas of the RFCs (skipped where xmllint is not installed)', () => {
  const y = { name: { local: 'y', prefix: 'x', namespace: 'urn:x' }, attributes: [], children: ['1'] };
  const attributes = [{ name: { local: 'z', prefix: 'x', namespace: 'urn:x' }, value: '"&<>\'' }];
  const displayName = { text: 'Ä & <b> "c"', language: 'de' };

  test('composed resource lists are valid by RFC 4826 and RFC 5364', () => {
    const octets = resourceLists.encode({
      lists: [
        {
          name: 'a',
          displayName,
          attributes,
          members: [
            {
              kind: 'entry',
              uri: 'sip:a@example.com',
              copyControl: 'to',
              anonymize: true,
              count: 2,
              attributes: [],
              extensions: [],
            },
            { kind: 'entry', uri: 'tel:+49123', copyControl: 'bcc', displayName, attributes, extensions: [y] },
            { kind: 'entry-ref', ref: 'a/b', displayName, attributes, extensions: [y] },
            { kind: 'external', anchor: 'http://example.com/a', copyControl: 'cc', attributes: [], extensions: [y] },
            { kind: 'list', members: [], attributes: [] },
            { kind: 'extension', element: y },
          ],
        },
        { members: [], attributes: [] },
      ],
    });
    expect(byXmllint('schema', 'recipient-list.xsd', octets)).toBe(true);
  });

  test.each([
    '<entry/>',
    '<entry uri="a" cp:copyControl="all"/>',
    '<entry uri="a" cp:anonymize="yes"/>',
    '<entry uri="a" cp:count="-1"/>',
    '<entry-ref/>',
    '<entry uri="a">b</entry>',
  ])('what is malformed to us is invalid to the schema: %s', (member) => {
    const namespaces = 'xmlns="urn:ietf:params:xml:ns:resource-lists" xmlns:cp="urn:ietf:params:xml:ns:copycontrol"';
    const octets = toUtf8(`<resource-lists ${namespaces}><list>${member}</list></resource-lists>`);
    expect(resourceLists.decode(octets)).toMatchObject({ value: { lists: [{ members: [{ kind: 'malformed' }] }] } });
    expect(byXmllint('schema', 'recipient-list.xsd', octets)).toBe(false);
  });

  test('composed isComposing documents are valid by RFC 3994', () => {
    const full = {
      state: 'active',
      lastActive: '2003-01-27T10:43:00.5-05:00',
      contentType: 'text/plain',
      refresh: 90,
      extensions: [y],
    };
    for (const value of [{ state: 'idle' }, full]) {
      expect(byXmllint('schema', 'im-iscomposing.xsd', isComposing.encode(value))).toBe(true);
    }
  });

  test.each([
    '<lastactive>2003-02-29T10:43:00Z</lastactive>',
    '<refresh>0</refresh>',
    '<refresh>1</refresh><refresh>1</refresh>',
  ])('what is malformed to us is invalid to the schema: %s', (content) => {
    const root = 'isComposing xmlns="urn:ietf:params:xml:ns:im-iscomposing"';
    const octets = toUtf8(`<${root}><state>active</state>${content}</isComposing>`);
    expect(isComposing.decode(octets)).toMatchObject({ value: { malformed: [{}] } });
    expect(byXmllint('schema', 'im-iscomposing.xsd', octets)).toBe(false);
  });
});

// RFC 5438 7.2.1.1
const NOTIFICATION = `<?xml version="1.0" encoding="UTF-8"?>
<imdn xmlns="urn:ietf:params:xml:ns:imdn">
 <message-id>34jk324j</message-id>
 <datetime>2008-04-04T12:16:49-05:00</datetime>
 <recipient-uri>im:bob@example.com</recipient-uri>
 <original-recipient-uri
    >im:bob@example.com</original-recipient-uri>
 <delivery-notification>
  <status>
   <delivered/>
  </status>
 </delivery-notification>
</imdn>
`;

describe.each([
  ['xmllint', (octets: Uint8Array) => byXmllint('relaxng', 'imdn.rng', octets)],
  ['jing', (octets: Uint8Array) => validates('jing', ['grammars/imdn.rng'], octets)],
] as const)('the schema of RFC 5438 by %s', (program, accepts) => {
  test.skipIf(!has(program))(`the RFC's example is valid, another status is not (skipped without ${program})`, () => {
    expect(accepts(toUtf8(NOTIFICATION))).toBe(true);
    expect(accepts(toUtf8(NOTIFICATION.replace('delivered', 'displayed')))).toBe(false);
    expect(accepts(toUtf8(NOTIFICATION.replace('datetime', 'date').replace('/datetime', '/date')))).toBe(false);
  });
});
