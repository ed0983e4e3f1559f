import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EncodeError, type ErrorCode } from '../core/error.ts';
import { toUtf8 } from '../core/octets.ts';
import { unwrap } from '../core/result.ts';
import { same } from '../testing/laws.ts';
import type { XmlAttribute, XmlElement } from './element.ts';
import {
  type ListEntry,
  type ListMember,
  type NestedList,
  type ResourceList,
  type ResourceLists,
  resourceLists,
} from './resource-lists.ts';

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>';
const ROOT = '<resource-lists xmlns="urn:ietf:params:xml:ns:resource-lists">';
const WITH_COPY_CONTROL =
  '<resource-lists xmlns="urn:ietf:params:xml:ns:resource-lists" xmlns:cp="urn:ietf:params:xml:ns:copycontrol">';
const NONE = { attributes: [], extensions: [] };

const text = (octets: Uint8Array): string => new TextDecoder().decode(octets);
const read = (document: string): ResourceLists => unwrap(resourceLists.decode(toUtf8(document)));
/** One list with what stands in it, written compactly. */
const inList = (members: string, root = WITH_COPY_CONTROL): string =>
  `${DECLARATION}${root}<list>${members}</list></resource-lists>`;
const entry = (uri: string, more: Partial<ListEntry> = {}): ListEntry => ({ kind: 'entry', uri, ...NONE, ...more });
const list = (members: readonly ListMember[], more: Partial<ResourceList> = {}): ResourceList => ({
  members,
  attributes: [],
  ...more,
});
/** The value without what only a received one has. */
const plain = (value: ResourceLists): ResourceLists => ({ ...value });

const foreign = (
  local: string,
  prefix: string,
  namespace: string,
  ...children: (XmlElement | string)[]
): XmlElement => ({
  name: { local, prefix, namespace },
  attributes: [],
  children,
});

// RFC 5364 6, figure 3
const FIGURE_3 = `<?xml version="1.0" encoding="UTF-8"?>
<resource-lists xmlns="urn:ietf:params:xml:ns:resource-lists"
          xmlns:cp="urn:ietf:params:xml:ns:copycontrol">
  <list>
    <entry uri="sip:bill@example.com" cp:copyControl="to" />
    <entry uri="sip:randy@example.net" cp:copyControl="to"
                                       cp:anonymize="true"/>
    <entry uri="sip:joe@example.org" cp:copyControl="cc" />
    <entry uri="sip:ted@example.net" cp:copyControl="bcc" />
  </list>
</resource-lists>
`;

// RFC 4826 3.3
const EXAMPLE = `<?xml version="1.0" encoding="UTF-8"?>
<resource-lists xmlns="urn:ietf:params:xml:ns:resource-lists"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
 <list name="friends">
  <entry uri="sip:bill@example.com">
   <display-name>Bill Doe</display-name>
  </entry>
  <entry-ref ref="resource-lists/users/sip:bill@example.com/index/~~/resource-lists/list%5b@name=%22list1%22%5d"/>
  <list name="close-friends">
   <display-name>Close Friends</display-name>
   <entry uri="sip:joe@example.com">
    <display-name>Joe Smith</display-name>
   </entry>
   <external anchor="http://xcap.example.org/resource-lists/users/sip:a@example.org/index">
     <display-name>Marketing</display-name>
   </external>
  </list>
 </list>
</resource-lists>
`;

const a = 'sip:a@example.com';

describe('documents that are valid', () => {
  const rows: [name: string, document: string, value: ResourceLists, canonical?: string][] = [
    ['no list', `${DECLARATION}${ROOT}</resource-lists>`, { lists: [] }],
    ['an empty root element', `${ROOT.slice(0, -1)}/>`, { lists: [] }, `${DECLARATION}${ROOT}</resource-lists>`],
    ['an empty list', `${DECLARATION}${ROOT}<list/></resource-lists>`, { lists: [list([])] }],
    [
      'a list with a name',
      `${DECLARATION}${ROOT}<list name="a &amp; b"/></resource-lists>`,
      { lists: [list([], { name: 'a & b' })] },
    ],
    [
      'two lists',
      `${DECLARATION}${ROOT}<list/><list name=""/></resource-lists>`,
      { lists: [list([]), list([], { name: '' })] },
    ],
    ['an entry', inList(`<entry uri="${a}"/>`, ROOT), { lists: [list([entry(a)])] }],
    [
      'an entry with its end-tag',
      inList(`<entry uri="${a}"></entry>`, ROOT),
      { lists: [list([entry(a)])] },
      inList(`<entry uri="${a}"/>`, ROOT),
    ],
    [
      'a display name',
      inList(`<entry uri="${a}"><display-name>A &lt;b&gt;</display-name></entry>`, ROOT),
      { lists: [list([entry(a, { displayName: { text: 'A <b>' } })])] },
    ],
    [
      'a display name with its language',
      inList(`<entry uri="${a}"><display-name xml:lang="fr">É</display-name></entry>`, ROOT),
      { lists: [list([entry(a, { displayName: { text: 'É', language: 'fr' } })])] },
    ],
    [
      'an empty display name',
      inList(`<display-name></display-name>`, ROOT),
      { lists: [list([], { displayName: { text: '' } })] },
    ],
    [
      'copyControl to',
      inList(`<entry uri="${a}" cp:copyControl="to"/>`),
      { lists: [list([entry(a, { copyControl: 'to' })])] },
    ],
    [
      'copyControl cc and bcc',
      inList(`<entry uri="${a}" cp:copyControl="cc"/><entry uri="b" cp:copyControl="bcc"/>`),
      { lists: [list([entry(a, { copyControl: 'cc' }), entry('b', { copyControl: 'bcc' })])] },
    ],
    [
      'anonymize',
      inList(`<entry uri="${a}" cp:copyControl="to" cp:anonymize="true"/>`),
      { lists: [list([entry(a, { copyControl: 'to', anonymize: true })])] },
    ],
    [
      'anonymize as a number',
      inList(`<entry uri="${a}" cp:anonymize=" 0 "/>`),
      { lists: [list([entry(a, { anonymize: false })])] },
      inList(`<entry uri="${a}" cp:anonymize="false"/>`),
    ],
    [
      'count',
      inList(`<entry uri="sip:anonymous@anonymous.invalid" cp:copyControl="to" cp:count="2"/>`),
      { lists: [list([entry('sip:anonymous@anonymous.invalid', { copyControl: 'to', count: 2 })])] },
    ],
    [
      'count with a sign',
      inList(`<entry uri="${a}" cp:count="+0010"/>`),
      { lists: [list([entry(a, { count: 10 })])] },
      inList(`<entry uri="${a}" cp:count="10"/>`),
    ],
    [
      'another prefix for copyControl',
      `${ROOT}<list><entry uri="${a}" x:copyControl="to" xmlns:x="urn:ietf:params:xml:ns:copycontrol"/></list></resource-lists>`,
      { lists: [list([entry(a, { copyControl: 'to' })])] },
      inList(`<entry uri="${a}" cp:copyControl="to"/>`),
    ],
    [
      'prefixes for everything',
      `<r:resource-lists xmlns:r="urn:ietf:params:xml:ns:resource-lists"><r:list><r:entry uri="${a}"/></r:list></r:resource-lists>`,
      { lists: [list([entry(a)])] },
      inList(`<entry uri="${a}"/>`, ROOT),
    ],
    [
      'entry-ref and external',
      inList('<entry-ref ref="a/b"/><external anchor="http://a/b"><display-name>B</display-name></external>', ROOT),
      {
        lists: [
          list([
            { kind: 'entry-ref', ref: 'a/b', ...NONE },
            { kind: 'external', anchor: 'http://a/b', displayName: { text: 'B' }, ...NONE },
          ]),
        ],
      },
    ],
    [
      'copyControl on references',
      inList('<entry-ref ref="a" cp:copyControl="cc"/><external anchor="b" cp:anonymize="true"/>'),
      {
        lists: [
          list([
            { kind: 'entry-ref', ref: 'a', copyControl: 'cc', ...NONE },
            { kind: 'external', anchor: 'b', anonymize: true, ...NONE },
          ]),
        ],
      },
    ],
    [
      'lists in lists',
      inList(`<list name="b"><list><entry uri="${a}"/></list></list>`, ROOT),
      { lists: [list([{ kind: 'list', ...list([{ kind: 'list', ...list([entry(a)]) }], { name: 'b' }) }])] },
    ],
    [
      'an element of another namespace in a list',
      inList('<x:y xmlns:x="urn:x">1<x:z/>2</x:y>', ROOT),
      {
        lists: [
          list([{ kind: 'extension', element: foreign('y', 'x', 'urn:x', '1', foreign('z', 'x', 'urn:x'), '2') }]),
        ],
      },
    ],
    [
      'XInclude is an extension like any other',
      inList('<x:include xmlns:x="http://www.w3.org/2001/XInclude"/>', ROOT),
      { lists: [list([{ kind: 'extension', element: foreign('include', 'x', 'http://www.w3.org/2001/XInclude') }])] },
    ],
    [
      'an element of another namespace in an entry',
      inList(`<entry uri="${a}"><y xmlns="urn:x"/></entry>`, ROOT),
      { lists: [list([entry(a, { extensions: [foreign('y', '', 'urn:x')] })])] },
    ],
    [
      'an attribute of another namespace',
      inList(`<entry xmlns:c="urn:x" c:capacity="1" uri="${a}" cp:copyControl="to"/>`),
      {
        lists: [
          list([
            entry(a, {
              copyControl: 'to',
              attributes: [{ name: { local: 'capacity', prefix: 'c', namespace: 'urn:x' }, value: '1' }],
            }),
          ]),
        ],
      },
    ],
    [
      'an attribute of another namespace with our prefix',
      inList(
        `<entry xmlns:cp="urn:x" cp:capacity="1" xmlns:cp2="urn:ietf:params:xml:ns:copycontrol" uri="${a}" cp2:copyControl="to"/>`,
      ),
      {
        lists: [
          list([
            entry(a, {
              copyControl: 'to',
              attributes: [{ name: { local: 'capacity', prefix: 'cp', namespace: 'urn:x' }, value: '1' }],
            }),
          ]),
        ],
      },
    ],
    [
      'an attribute of the root element',
      `${DECLARATION}${ROOT.slice(0, -1)} xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b"></resource-lists>`,
      {
        lists: [],
        attributes: [
          {
            name: { local: 'schemaLocation', prefix: 'xsi', namespace: 'http://www.w3.org/2001/XMLSchema-instance' },
            value: 'a b',
          },
        ],
      },
    ],
    [
      'comments, CDATA sections and processing instructions',
      `${ROOT}<?a?><list><!-- b --><entry uri="${a}"><display-name><![CDATA[<]]>a<!-- -->b</display-name></entry></list></resource-lists>`,
      { lists: [list([entry(a, { displayName: { text: '<ab' } })])] },
      inList(`<entry uri="${a}"><display-name>&lt;ab</display-name></entry>`, ROOT),
    ],
    [
      'the same URI twice',
      inList('<entry uri="a"/><entry uri="a"/>', ROOT),
      { lists: [list([entry('a'), entry('a')])] },
    ],
    [
      'the example of RFC 4826',
      EXAMPLE,
      {
        lists: [
          list(
            [
              entry('sip:bill@example.com', { displayName: { text: 'Bill Doe' } }),
              {
                kind: 'entry-ref',
                ref: 'resource-lists/users/sip:bill@example.com/index/~~/resource-lists/list%5b@name=%22list1%22%5d',
                ...NONE,
              },
              {
                kind: 'list',
                ...list(
                  [
                    entry('sip:joe@example.com', { displayName: { text: 'Joe Smith' } }),
                    {
                      kind: 'external',
                      anchor: 'http://xcap.example.org/resource-lists/users/sip:a@example.org/index',
                      displayName: { text: 'Marketing' },
                      ...NONE,
                    },
                  ],
                  { name: 'close-friends', displayName: { text: 'Close Friends' } },
                ),
              },
            ],
            { name: 'friends' },
          ),
        ],
      },
      text(resourceLists.encode(plain(read(EXAMPLE)))),
    ],
    [
      'the example of RFC 5364',
      FIGURE_3,
      {
        lists: [
          list([
            entry('sip:bill@example.com', { copyControl: 'to' }),
            entry('sip:randy@example.net', { copyControl: 'to', anonymize: true }),
            entry('sip:joe@example.org', { copyControl: 'cc' }),
            entry('sip:ted@example.net', { copyControl: 'bcc' }),
          ]),
        ],
      },
      inList(
        '<entry uri="sip:bill@example.com" cp:copyControl="to"/>' +
          '<entry uri="sip:randy@example.net" cp:copyControl="to" cp:anonymize="true"/>' +
          '<entry uri="sip:joe@example.org" cp:copyControl="cc"/><entry uri="sip:ted@example.net" cp:copyControl="bcc"/>',
      ),
    ],
  ];

  test.each(rows)('%s', (_, document, value, canonical = document) => {
    const octets = toUtf8(document);
    const result = resourceLists.decode(octets);
    expect(result).toMatchObject({ ok: true, notes: [] });
    const got = unwrap(result);
    const wanted = { attributes: [], extensions: [], ...value };
    if (!same(got, wanted)) expect(got).toEqual(wanted);
    expect(resourceLists.encode(got)).toBe(octets);
    expect(resourceLists.encodedLength(got)).toBe(octets.length);
    expect(text(resourceLists.encode(value))).toBe(canonical);
    expect(resourceLists.encodedLength(value)).toBe(toUtf8(canonical).length);
    expect(same(read(canonical), wanted)).toBe(true);
  });

  test('a received value is plain data', () => {
    const value = read(FIGURE_3);
    expect(Object.keys(value)).toEqual(['lists', 'attributes', 'extensions', 'copyControlOfTheExamples']);
    expect(JSON.parse(JSON.stringify(value)).lists[0].members[1].copyControl).toBe('to');
  });
});

describe('documents that are refused', () => {
  const rows: [document: string, code: ErrorCode, rule: string, offset: number][] = [
    ['', 'truncated', 'document', 0],
    ['sip:a@b', 'syntax', 'prolog', 0],
    ['<resource-lists/>', 'syntax', 'resource-lists', 0],
    ['<resource-lists xmlns="urn:x"/>', 'syntax', 'resource-lists', 0],
    ['<resource-lists xmlns="urn:ietf:params:xml:ns:resource-list"/>', 'syntax', 'resource-lists', 0],
    ['<list xmlns="urn:ietf:params:xml:ns:resource-lists"/>', 'syntax', 'resource-lists', 0],
    ['<rls-services xmlns="urn:ietf:params:xml:ns:rls-services"/>', 'syntax', 'resource-lists', 0],
    [`<!DOCTYPE a [<!ENTITY b "c">]>${ROOT}</resource-lists>`, 'unsupported', 'doctypedecl', 0],
    [`${ROOT}<list><entry uri="&b;"/></list></resource-lists>`, 'unsupported', 'EntityRef', 80],
    [`${ROOT}`, 'truncated', 'element', 62],
    [`${ROOT}<list>`, 'truncated', 'element', 68],
    [`${ROOT}<list></resource-lists>`, 'mismatch', 'ETag', 70],
    [`${ROOT}</resource-lists><a/>`, 'trailing', 'document', 79],
    [`${ROOT}</resource-lists>a`, 'trailing', 'document', 79],
    [`${ROOT}a</resource-lists>`, 'syntax', 'resource-lists', 62],
    [`${ROOT}<list>a</list></resource-lists>`, 'syntax', 'listType', 68],
    [`${ROOT}<list><entry uri="a"/>b</list></resource-lists>`, 'syntax', 'listType', 84],
    [`${ROOT}<list><entry uri="a" uri="b"/></list></resource-lists>`, 'duplicate', 'STag', 83],
    [`${ROOT}<list><entry uri="a" cp:copyControl="to"/></list></resource-lists>`, 'missing', 'Prefix', 83],
    [`${ROOT}<list><entry uri=a/></list></resource-lists>`, 'syntax', 'AttValue', 79],
    [`${ROOT}<list><entry uri="a"><b></entry></list></resource-lists>`, 'mismatch', 'ETag', 88],
    [
      `${ROOT}<list><entry uri="a"><display-name>]]></display-name></entry></list></resource-lists>`,
      'syntax',
      'CharData',
      97,
    ],
    [`${ROOT}<list><entry uri="a">\0</entry></list></resource-lists>`, 'control', 'CharData', 83],
    [`${ROOT}<list><display-name>\uffff</display-name></list></resource-lists>`, 'syntax', 'Char', 82],
    [`${ROOT}<list><display-name><b>&c;</b></display-name></list></resource-lists>`, 'unsupported', 'EntityRef', 85],
    [`\ufeff${ROOT}</resource-lists>`, 'encoding', 'document', 0],
    [`<?xml version="1.0" encoding="iso-8859-1"?>${ROOT}</resource-lists>`, 'encoding', 'EncodingDecl', 30],
    [`${ROOT}${'<list>'.repeat(10_000)}`, 'limit', 'element', 62 + 31 * 6],
    [`${ROOT}<list>${'<entry uri="a"/>'.repeat(10_000)}</list></resource-lists>`, 'limit', 'element', 68 + 9998 * 16],
    [`${ROOT}<list>${'<entry/>'.repeat(10_000)}</list></resource-lists>`, 'limit', 'element', 68 + 9998 * 8],
  ];
  const named = rows.map((row) => [JSON.stringify(row[0]).slice(0, 130), ...row] as const);

  test.each(named)('%s', (_, document, code, rule, offset) => {
    expect(resourceLists.decode(toUtf8(document))).toMatchObject({ ok: false, error: { code, rule, offset } });
  });

  test('octets that are no UTF-8', () => {
    const octets = toUtf8(`${ROOT}<list name="??"/></resource-lists>`);
    octets.set([0xc0, 0x80], 74);
    expect(resourceLists.decode(octets)).toMatchObject({ error: { code: 'encoding', offset: 74 } });
  });
});

describe('members that are malformed cost only themselves', () => {
  test.each<[string, ErrorCode, string, number]>([
    [`<entry uri="${a}" cp:copyControl="all"/>`, 'syntax', 'copyControl', 31],
    [`<entry uri="${a}" cp:copyControl="TO"/>`, 'syntax', 'copyControl', 31],
    [`<entry uri="${a}" cp:copyControl=""/>`, 'syntax', 'copyControl', 31],
    [`<entry uri="${a}" cp:anonymize="yes"/>`, 'syntax', 'anonymize', 31],
    [`<entry uri="${a}" cp:count="-1"/>`, 'syntax', 'count', 31],
    [`<entry uri="${a}" cp:count="1e3"/>`, 'syntax', 'count', 31],
    [`<entry uri="${a}" cp:count="0x10"/>`, 'syntax', 'count', 31],
    [`<entry uri="${a}" cp:count="9007199254740992"/>`, 'range', 'count', 31],
    [
      `<entry uri="${a}" cp:count="1" ce:count="2" xmlns:ce="urn:ietf:params:xml:ns:copyControl"/>`,
      'duplicate',
      'count',
      44,
    ],
    ['<entry/>', 'missing', 'entryType', 0],
    ['<entry><x:y xmlns:x="urn:x"/>1</entry>', 'missing', 'entryType', 0],
    ['<entry URI="a"/>', 'missing', 'entryType', 0],
    ['<entry-ref/>', 'missing', 'entry-refType', 0],
    ['<external/>', 'missing', 'externalType', 0],
    ['<entry uri="a">b</entry>', 'syntax', 'entryType', 15],
    ['<entry uri="a"><x:y xmlns:x="urn:x"/>b</entry>', 'syntax', 'entryType', 37],
  ])('%s', (member, code, rule, offset) => {
    const before = `${DECLARATION}${WITH_COPY_CONTROL}<list><entry uri="first"/>`;
    const document = `${before}${member}<entry uri="last"/></list></resource-lists>`;
    const value = read(document);
    const members = value.lists[0]?.members ?? [];
    expect(members).toHaveLength(3);
    expect(members[1]).toMatchObject({ kind: 'malformed', error: { code, rule, offset: before.length + offset } });
    expect(members[2]).toMatchObject({ kind: 'entry', uri: 'last' });
    expect(text(resourceLists.encode(value))).toBe(document);
    // A changed document still says what was wrong.
    const again = read(text(resourceLists.encode(plain(value))));
    expect(again.lists[0]?.members[1]).toMatchObject({ kind: 'malformed', error: { code, rule } });
  });

  test('a display name that is more than text is kept as it is', () => {
    const name = '<display-name><b xmlns="urn:x">A</b></display-name>';
    const document = inList(`${name}<entry uri="a">${name}<display-name>B</display-name></entry>`, ROOT);
    const [first] = read(document).lists;
    expect(first).toMatchObject({ members: [{ kind: 'extension' }, { displayName: { text: 'B' } }] });
    expect(first?.displayName).toBeUndefined();
    const written = text(resourceLists.encode(plain(read(document))));
    expect(text(resourceLists.encode(plain(read(written))))).toBe(written);
  });

  test('a second display name is kept as it is', () => {
    const document = inList(
      '<display-name>A</display-name><display-name>B</display-name><entry uri="a"><display-name>C</display-name><display-name>D</display-name></entry>',
      ROOT,
    );
    expect(read(document).lists[0]).toMatchObject({
      displayName: { text: 'A' },
      members: [{ kind: 'extension' }, { displayName: { text: 'C' }, extensions: [{ children: ['D'] }] }],
    });
    expect(text(resourceLists.encode(plain(read(document))))).toBe(document);
  });

  test('a language of display names that is no xml:lang', () => {
    const document = inList('<display-name lang="fr">A</display-name>', ROOT);
    expect(read(document).lists[0]?.displayName).toBeUndefined();
    expect(text(resourceLists.encode(plain(read(document))))).toBe(document);
  });

  test('what stands beside the lists is kept', () => {
    const document = `${DECLARATION}${ROOT}<list/><entry uri="a"/><x:y xmlns:x="urn:x"/></resource-lists>`;
    expect(read(document).extensions).toHaveLength(2);
    expect(text(resourceLists.encode(plain(read(document))))).toBe(document);
  });
});

describe('deviations', () => {
  test.each([
    '<resource-lists><list><entry uri="sip:a@b"/></list></resource-lists>',
    '<resource-lists xmlns="urn:x"><list><entry uri="sip:a@b"/></list></resource-lists>',
    '<x:resource-lists xmlns:x="resource-lists"><x:list><x:entry uri="sip:a@b"/></x:list></x:resource-lists>',
  ])('another namespace or none, where it is tolerated: %s', (document) => {
    const octets = toUtf8(document);
    const result = resourceLists.decode(octets, { tolerances: ['xml-namespace'] });
    expect(result).toMatchObject({
      ok: true,
      value: { lists: [{ members: [{ uri: 'sip:a@b' }] }] },
      notes: [{ tolerance: 'xml-namespace', clause: 'RFC4826-3.1', offset: 0 }],
    });
    expect(resourceLists.encode(unwrap(result))).toBe(octets);
    expect(text(resourceLists.encode(plain(unwrap(result))))).toBe(inList('<entry uri="sip:a@b"/>', ROOT));
  });

  test("copyControl in the namespace of RFC 5366's examples is read, noted, and written as it was", () => {
    const root = WITH_COPY_CONTROL.replace('copycontrol', 'copyControl');
    const document = inList('<entry uri="a" cp:copyControl="cc"/><entry uri="b" cp:anonymize="1"/>', root);
    const result = resourceLists.decode(toUtf8(document));
    expect(result).toMatchObject({
      ok: true,
      value: { copyControlOfTheExamples: true },
      notes: [{ tolerance: 'copy-control-namespace', offset: document.indexOf('cp:copyControl=') }],
    });
    expect(text(resourceLists.encode(plain(unwrap(result))))).toBe(document.replace('"1"', '"true"'));
  });

  test('CRLF between elements, an entry without a scheme, an empty URI', () => {
    const document = `${ROOT}\r\n<list>\r\n<entry uri="+491234"/>\r\n<entry uri=""/>\r\n</list>\r\n</resource-lists>\r\n`;
    expect(read(document).lists[0]?.members).toMatchObject([{ uri: '+491234' }, { uri: '' }]);
  });
});

describe('values that throw', () => {
  const attribute = (local: string, prefix = '', namespace = ''): XmlAttribute => ({
    name: { local, prefix, namespace },
    value: '1',
  });
  const cc = 'urn:ietf:params:xml:ns:copycontrol';
  const inNamespace = (local: string): XmlElement => foreign(local, '', 'urn:ietf:params:xml:ns:resource-lists');

  test.each<[string, ListMember | ResourceLists, string]>([
    ['a control character in a URI', entry('sip:\0'), 'lists[0].members[0].uri'],
    ['a lone surrogate', entry('\ud800'), 'lists[0].members[0].uri'],
    ['no URI', entry(undefined as unknown as string), 'lists[0].members[0].uri'],
    ['copyControl all', entry('a', { copyControl: 'all' as 'to' }), 'lists[0].members[0].copyControl'],
    ['anonymize as text', entry('a', { anonymize: 'yes' as unknown as boolean }), 'lists[0].members[0].anonymize'],
    ['a count that is not whole', entry('a', { count: 1.5 }), 'lists[0].members[0].count'],
    ['a negative count', entry('a', { count: -1 }), 'lists[0].members[0].count'],
    [
      'U+FFFE in a display name',
      entry('a', { displayName: { text: '\ufffe' } }),
      'lists[0].members[0].displayName.text',
    ],
    [
      'NUL in a language',
      entry('a', { displayName: { text: '', language: '\0' } }),
      'lists[0].members[0].displayName.language',
    ],
    ['a second URI', entry('a', { attributes: [attribute('uri')] }), 'lists[0].members[0].attributes[0]'],
    [
      'copyControl among the others',
      entry('a', { attributes: [attribute('copyControl', 'c', cc)] }),
      'lists[0].members[0].attributes[0]',
    ],
    ['an entry as an extension', { kind: 'extension', element: inNamespace('entry') }, 'lists[0].members[0]'],
    ['a list as an extension', { lists: [], extensions: [inNamespace('list')] }, 'extensions[0]'],
    ['a second name', { lists: [list([], { attributes: [attribute('name')] })] }, 'lists[0].attributes[0]'],
    [
      'an extension that is none',
      { kind: 'extension', element: foreign('a b', '', '') },
      'lists[0].members[0].element.name',
    ],
    ['a nested list', { kind: 'list', ...list([entry('\0')]) }, 'lists[0].members[0].members[0].uri'],
  ])('%s', (_, given, path) => {
    const value: ResourceLists = 'kind' in given ? { lists: [list([given])] } : given;
    for (const write of [resourceLists.encode, resourceLists.encodedLength]) {
      expect(() => write(value)).toThrow(EncodeError);
      try {
        write(value);
      } catch (error) {
        expect((error as EncodeError).path).toBe(path);
      }
    }
  });
});

const TEXT = fc.string({ unit: fc.constantFrom(...'ab:@. <>&"\'\t\n\r]é\u{1f600}'), maxLength: 8 });
const maybe = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(values, { nil: undefined });
const DISPLAY_NAME = fc.record({ text: TEXT, language: maybe(fc.constantFrom('fr', 'en-GB')) });
const LOCAL = fc.constantFrom('y', 'capacity', 'entry', 'uri', 'name', 'copyControl');
const ATTRIBUTE = fc.record({
  name: fc.record({ local: LOCAL, prefix: fc.constantFrom('x', 'cp', 'cp2'), namespace: fc.constant('urn:x') }),
  value: TEXT,
});
const ATTRIBUTES = fc.uniqueArray(ATTRIBUTE, { selector: ({ name }) => name.local, maxLength: 2 });
const EXTENSION: fc.Arbitrary<XmlElement> = fc
  .record({
    name: fc.record({
      local: LOCAL,
      prefix: fc.constantFrom('', 'x', 'cp'),
      namespace: fc.constantFrom('urn:x', 'urn:y'),
    }),
    attributes: ATTRIBUTES,
    children: fc.array(
      TEXT.filter((one) => one !== ''),
      { maxLength: 1 },
    ),
  })
  .filter(({ name, attributes }) =>
    attributes.every((one) => one.name.prefix !== name.prefix || name.namespace === 'urn:x'),
  );
const COPIED = {
  displayName: maybe(DISPLAY_NAME),
  copyControl: maybe(fc.constantFrom('to' as const, 'cc' as const, 'bcc' as const)),
  anonymize: maybe(fc.boolean()),
  count: maybe(fc.nat()),
  attributes: ATTRIBUTES,
  extensions: fc.array(EXTENSION, { maxLength: 2 }),
};
const { list: LIST } = fc.letrec<{ list: ResourceList; member: ListMember; nested: NestedList }>((tie) => ({
  list: fc.record({
    name: maybe(TEXT),
    displayName: maybe(DISPLAY_NAME),
    members: fc.array(tie('member'), { maxLength: 4 }),
    attributes: ATTRIBUTES,
  }),
  nested: fc.record({
    kind: fc.constant('list' as const),
    name: maybe(TEXT),
    displayName: maybe(DISPLAY_NAME),
    members: fc.array(tie('member'), { maxLength: 3 }),
    attributes: ATTRIBUTES,
  }),
  member: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'lists' },
    fc.record({ kind: fc.constant('entry' as const), uri: TEXT, ...COPIED }),
    fc.record({ kind: fc.constant('entry-ref' as const), ref: TEXT, ...COPIED }),
    fc.record({ kind: fc.constant('external' as const), anchor: TEXT, ...COPIED }),
    fc.record({ kind: fc.constant('extension' as const), element: EXTENSION }),
    tie('nested'),
  ),
}));
const VALUE: fc.Arbitrary<ResourceLists> = fc.record({
  lists: fc.array(LIST, { maxLength: 3 }),
  attributes: ATTRIBUTES,
  extensions: fc.array(EXTENSION, { maxLength: 1 }),
});

/** Offsets move when a document is written anew. */
function withoutOffsets(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, inner) => (key === 'offset' ? undefined : inner)));
}

describe('laws', () => {
  const runs = process.env.DEEP === undefined ? 300 : 20_000;

  test('what is encoded decodes to the same value, in as many octets as was said', () => {
    fc.assert(
      fc.property(VALUE, (value) => {
        const octets = resourceLists.encode(value);
        expect(resourceLists.encodedLength(value)).toBe(octets.length);
        const got = read(text(octets));
        if (!same({ ...got, copyControlOfTheExamples: undefined }, value)) expect(got).toEqual(value);
        expect(resourceLists.encode(plain(got))).toEqual(octets);
      }),
      { numRuns: runs, seed: 1 },
    );
  });

  test('any octets and damaged documents: no exception, offsets in range, the canonical form is a fixed point', () => {
    const pieces = fc.constantFrom(
      ...[
        '<entry uri="a"/>',
        '<list>',
        '</list>',
        '<entry',
        '/>',
        ' cp:copyControl="all"',
        '<display-name>',
        '&amp;',
        'x',
      ],
      ...[
        '</display-name>',
        '<x:y xmlns:x="u">',
        '</x:y>',
        '<!---->',
        '<![CDATA[',
        ']]>',
        'xmlns="u"',
        '"',
        '&#0;',
        '\0',
      ],
      ...[' uri=""', '<entry>', '</entry>', '<external anchor="b">', '</external>', ' ', ' xmlns:cp="u"'],
    );
    const damaged = fc
      .tuple(VALUE, fc.array(fc.tuple(fc.nat(), fc.nat(4), pieces), { maxLength: 3 }))
      .map(([value, damages]) => {
        let document = text(resourceLists.encode(value));
        for (const [at, cut, junk] of damages) {
          const from = at % (document.length + 1);
          document = document.slice(0, from) + junk + document.slice(from + cut);
        }
        return toUtf8(document);
      });
    const soup = fc.array(pieces, { maxLength: 12 }).map((some) => toUtf8(inList(some.join(''))));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 30 }), damaged, soup), (octets) => {
        const result = resourceLists.decode(octets);
        if (!result.ok) {
          expect(result.error.offset).toBeGreaterThanOrEqual(0);
          expect(result.error.offset).toBeLessThanOrEqual(octets.length);
          return;
        }
        expect(resourceLists.encode(result.value)).toBe(octets);
        const canonical = resourceLists.encode(plain(result.value));
        const again = unwrap(resourceLists.decode(canonical));
        expect(withoutOffsets(again)).toEqual(withoutOffsets(result.value));
        expect(resourceLists.encode(plain(again))).toEqual(canonical);
      }),
      { numRuns: runs, seed: 2 },
    );
  });
});

test('an unlimited number of malformed entries takes linear time', () => {
  const octets = toUtf8(inList('<entry cp:copyControl="all"><x:y xmlns:x="u"/></entry>'.repeat(20_000)));
  const start = performance.now();
  const result = resourceLists.decode(octets, { limits: { elements: 1_000_000 } });
  expect(performance.now() - start).toBeLessThan(2000);
  expect(unwrap(result).lists[0]?.members).toHaveLength(20_000);
});
