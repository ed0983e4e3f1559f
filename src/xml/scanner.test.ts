import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ErrorCode } from '../core/error.ts';
import type { Limits } from '../core/limits.ts';
import { toUtf8 } from '../core/octets.ts';
import { ok, type Result, refuse, unwrap } from '../core/result.ts';
import { same } from '../testing/laws.ts';
import { rangeOf, scanElement, textOf, type XmlElement } from './element.ts';
import { readXml } from './reader.ts';
import { DONE, END, FAILED, openXml, START } from './scanner.ts';
import { formatElement } from './writer.ts';

const UNLIMITED: Partial<Limits> = { document: 2 ** 30, elements: 2 ** 30, depth: 2 ** 30, params: 2 ** 30 };

function octetsOf(document: string | readonly number[]): Uint8Array {
  return typeof document === 'string' ? toUtf8(document) : Uint8Array.from(document);
}

/** The tree as the strict scanner has it. */
function scan(octets: Uint8Array, limits?: Partial<Limits>): Result<XmlElement> {
  const s = openXml(octets, { limits });
  const root = s.next() === START ? scanElement(s) : undefined;
  return root !== undefined && s.next() === DONE ? ok(root) : refuse(s.takeError());
}

/** `{namespace}local`, the attributes, the children. */
type Sketch = readonly [string, Readonly<Record<string, string>>, ...(Sketch | string)[]];

function sketch({ name, attributes, children }: XmlElement): Sketch {
  const spelled = ({ namespace, local }: { namespace: string; local: string }): string =>
    namespace === '' ? local : `{${namespace}}${local}`;
  const values = Object.fromEntries(attributes.map((attribute) => [spelled(attribute.name), attribute.value]));
  return [spelled(name), values, ...children.map((child) => (typeof child === 'string' ? child : sketch(child)))];
}

describe('documents that are well-formed', () => {
  test.each<[string, Sketch]>([
    ['<a/>', ['a', {}]],
    ['<a></a>', ['a', {}]],
    ['<a ></a\t>', ['a', {}]],
    ['<?xml version="1.0"?><a/>', ['a', {}]],
    ["<?xml version='1.0' encoding='utf-8' standalone='yes' ?>\r\n<a/>\r\n", ['a', {}]],
    ['<?xml version = "1.0"\n encoding\t=\t"UTF-8"?><a/>', ['a', {}]],
    ['<?xml-stylesheet href="a"?><a/>', ['a', {}]],
    ['<!-- a - b --><a/><!----><?b?>', ['a', {}]],
    ['<a>1<!-- 2 -->3<?x 4 ?>5</a>', ['a', {}, '135']],
    ["<a><?x it's '?>b</a>", ['a', {}, 'b']],
    ['<a> <b/> </a>', ['a', {}, ' ', ['b', {}], ' ']],
    ['<a>x\r\ny\rz\n</a>', ['a', {}, 'x\ny\nz\n']],
    ['<a>&#13;&#xd;\r\n</a>', ['a', {}, '\r\r\n']],
    ['<a>&lt;&gt;&amp;&quot;&apos;&#65;&#x1F600;&#x000042;</a>', ['a', {}, '<>&"\'A\u{1f600}B']],
    ['<a><![CDATA[<b>&amp;]]]]><![CDATA[>]]></a>', ['a', {}, '<b>&amp;]]>']],
    ['<a><![CDATA[]]></a>', ['a', {}]],
    ['<a>]] ]> > " \'</a>', ['a', {}, ']] ]> > " \'']],
    ['<a b="1" c=\'2"\' d = "\'"/>', ['a', { b: '1', c: '2"', d: "'" }]],
    ['<a b="x\t\n\r\ny\r> ]]>"/>', ['a', { b: 'x   y > ]]>' }]],
    ['<a b="&#9;&#10;&#13;&lt;&#38;"/>', ['a', { b: '\t\n\r<&' }]],
    ['<a xmlns="urn:x"><b/></a>', ['{urn:x}a', {}, ['{urn:x}b', {}]]],
    ['<a xmlns="urn:x" b="1"><c xmlns=""/><d/></a>', ['{urn:x}a', { b: '1' }, ['c', {}], ['{urn:x}d', {}]]],
    ['<p:a p:b="1" b="2" xmlns:p="urn:x"/>', ['{urn:x}a', { '{urn:x}b': '1', b: '2' }]],
    [
      '<a xmlns:p="urn:x"><b xmlns:p="urn:y"><p:c/></b><p:c/></a>',
      ['a', {}, ['b', {}, ['{urn:y}c', {}]], ['{urn:x}c', {}]],
    ],
    ['<a xml:lang="fr"/>', ['a', { '{http://www.w3.org/XML/1998/namespace}lang': 'fr' }]],
    ['<a xmlns:xml="http://www.w3.org/XML/1998/namespace"/>', ['a', {}]],
    ['<é ü="ß">\u{1f600}\ufffd\u007f</é>', ['é', { ü: 'ß' }, '\u{1f600}\ufffd\u007f']],
    ['<a·.-_1/>', ['a·.-_1', {}]],
    [
      '<constructor toString="1"><prototype/><hasOwnProperty/></constructor>',
      ['constructor', { toString: '1' }, ['prototype', {}], ['hasOwnProperty', {}]],
    ],
    ['<a><__proto__>1</__proto__></a>', ['a', {}, ['__proto__', {}, '1']]],
  ])('%s', (document, expected) => {
    const read = unwrap(scan(toUtf8(document)));
    expect(sketch(read)).toEqual(expected);
    expect(sketch(unwrap(readXml(toUtf8(document))))).toEqual(expected);
  });

  test('elements know their octets', () => {
    const octets = toUtf8('<é>ü<b c="ß"/><d>\r\n</d ></é>');
    for (const read of [scan(octets), readXml(octets)]) {
      const root = unwrap(read);
      const shown = [root, ...root.children.filter((child) => typeof child !== 'string')].map((element) =>
        new TextDecoder().decode(octets.subarray(...(rangeOf(element) as [number, number]))),
      );
      expect(shown).toEqual(['<é>ü<b c="ß"/><d>\r\n</d ></é>', '<b c="ß"/>', '<d>\r\n</d >']);
    }
    expect(rangeOf({ name: { namespace: '', local: 'a', prefix: '' }, attributes: [], children: [] })).toBeUndefined();
  });

  test('what is read keeps nothing of the document before', () => {
    expect(scan(toUtf8('<p:a xmlns:p="urn:x"/>')).ok).toBe(true);
    expect(scan(toUtf8('<p:a/>')).ok).toBe(false);
  });
});

const OF_256 = Array.from({ length: 256 }, (_, i) => `p${i}="1"`).join(' ');

describe('documents that are refused', () => {
  const rows: [string | readonly number[], ErrorCode, string, number][] = [
    ['', 'truncated', 'document', 0],
    [' \r\n', 'truncated', 'document', 3],
    ['a', 'syntax', 'prolog', 0],
    ['<', 'truncated', 'STag', 1],
    ['<a', 'truncated', 'STag', 2],
    ['<a>', 'truncated', 'element', 3],
    ['<a>b', 'truncated', 'element', 4],
    ['<a></', 'truncated', 'ETag', 5],
    ['<a></a', 'truncated', 'ETag', 6],
    ['<a/', 'truncated', 'EmptyElemTag', 3],
    ['<a/ >', 'syntax', 'EmptyElemTag', 3],
    ['< a/>', 'syntax', 'STag', 1],
    ['<1/>', 'syntax', 'STag', 1],
    ['<-a/>', 'syntax', 'STag', 1],
    ['<a:b:c xmlns:a="u"/>', 'syntax', 'STag', 1],
    ['<:a/>', 'syntax', 'STag', 1],
    ['<a:/>', 'syntax', 'STag', 1],
    ['<a×/>', 'syntax', 'STag', 1],
    ['<a><b></a></b>', 'mismatch', 'ETag', 8],
    ['<a></ab>', 'mismatch', 'ETag', 5],
    ['<ab></a>', 'mismatch', 'ETag', 6],
    ['<a></a b>', 'syntax', 'ETag', 7],
    ['</a>', 'syntax', 'document', 0],
    ['<a/><b/>', 'trailing', 'document', 4],
    ['<a/>b', 'trailing', 'document', 4],
    ['<a/></a>', 'syntax', 'document', 4],
    ['<a/>\0', 'trailing', 'document', 4],
    ['<a b/>', 'syntax', 'Attribute', 4],
    ['<a b=c/>', 'syntax', 'AttValue', 5],
    ['<a b="c/>', 'unterminated', 'AttValue', 5],
    ['<a b="1"c="2"/>', 'syntax', 'STag', 8],
    ['<a b="<"/>', 'syntax', 'AttValue', 6],
    ['<a b="&"/>', 'syntax', 'EntityRef', 7],
    ['<a b="1" b="1"/>', 'duplicate', 'STag', 9],
    ['<a xmlns="u" xmlns="v"/>', 'duplicate', 'STag', 13],
    ['<a xmlns:p="u" xmlns:q="u" p:b="1" q:b="2"/>', 'duplicate', 'STag', 35],
    ['<p:a/>', 'missing', 'Prefix', 1],
    ['<a p:b="1"/>', 'missing', 'Prefix', 3],
    ['<a><b xmlns:p="u"/><p:c/></a>', 'missing', 'Prefix', 20],
    ['<a xmlns:p=""/>', 'syntax', 'NSAttName', 3],
    ['<a xmlns:xmlns="u"/>', 'syntax', 'NSAttName', 3],
    ['<a xmlns:xml="u"/>', 'syntax', 'NSAttName', 3],
    ['<a xmlns="http://www.w3.org/2000/xmlns/"/>', 'syntax', 'NSAttName', 3],
    ['<a xmlns:p="http://www.w3.org/XML/1998/namespace"/>', 'syntax', 'NSAttName', 3],
    ['<xmlns:a/>', 'syntax', 'STag', 1],
    ['<a>&</a>', 'syntax', 'EntityRef', 4],
    ['<a>& </a>', 'syntax', 'EntityRef', 4],
    ['<a>&lt</a>', 'syntax', 'EntityRef', 6],
    ['<a>&nbsp;</a>', 'unsupported', 'EntityRef', 3],
    ['<a>&#;</a>', 'syntax', 'CharRef', 5],
    ['<a>&#x;</a>', 'syntax', 'CharRef', 6],
    ['<a>&#X41;</a>', 'syntax', 'CharRef', 5],
    ['<a>&#65</a>', 'syntax', 'CharRef', 7],
    ['<a>&#1', 'truncated', 'CharRef', 6],
    ['<a>&#0;</a>', 'range', 'CharRef', 3],
    ['<a>&#11;</a>', 'range', 'CharRef', 3],
    ['<a>&#xD800;</a>', 'range', 'CharRef', 3],
    ['<a>&#xFFFE;</a>', 'range', 'CharRef', 3],
    ['<a>&#x110000;</a>', 'range', 'CharRef', 3],
    ['<a>&#99999999999999999999;</a>', 'range', 'CharRef', 3],
    ['<a>]]></a>', 'syntax', 'CharData', 3],
    ['<a>\0</a>', 'control', 'CharData', 3],
    ['<a>\u001f</a>', 'control', 'CharData', 3],
    ['<a b="\u0001"/>', 'control', 'AttValue', 6],
    ['<a>\ufffe</a>', 'syntax', 'Char', 3],
    ['<a b="\uffff"/>', 'syntax', 'Char', 6],
    ['<a><!-- \u0000 --></a>', 'control', 'Comment', 8],
    ['<a><!-- \uffff --></a>', 'syntax', 'Char', 8],
    ['<a><!-- -- --></a>', 'syntax', 'Comment', 8],
    ['<a><!-- --->', 'syntax', 'Comment', 8],
    ['<!-->', 'unterminated', 'Comment', 0],
    ['<!--', 'unterminated', 'Comment', 0],
    ['<a><!--</a>', 'unterminated', 'Comment', 3],
    ['<a><![CDATA[</a>', 'unterminated', 'CDSect', 3],
    ['<![CDATA[]]><a/>', 'syntax', 'document', 0],
    ['<a><![cdata[]]></a>', 'syntax', 'content', 3],
    ['<a><?xml version="1.0"?></a>', 'syntax', 'PITarget', 5],
    [' <?xml version="1.0"?><a/>', 'syntax', 'PITarget', 3],
    ['<?XML version="1.0"?><a/>', 'syntax', 'PITarget', 2],
    ['<a><? b?></a>', 'syntax', 'PITarget', 5],
    ['<a><?b</a>', 'syntax', 'PI', 6],
    ['<a><?b ', 'unterminated', 'PI', 3],
    ['<!DOCTYPE a><a/>', 'unsupported', 'doctypedecl', 0],
    ['<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 'unsupported', 'doctypedecl', 0],
    ['<a><!DOCTYPE a></a>', 'unsupported', 'doctypedecl', 3],
    ['<!doctype a><a/>', 'syntax', 'prolog', 0],
    ['<?xml version="1.1"?><a/>', 'unsupported', 'VersionNum', 15],
    ['<?xml?><a/>', 'syntax', 'XMLDecl', 5],
    ['<?xml encoding="UTF-8"?><a/>', 'syntax', 'XMLDecl', 6],
    ['<?xml version?><a/>', 'syntax', 'XMLDecl', 13],
    ['<?xml version=1.0?><a/>', 'syntax', 'XMLDecl', 14],
    ['<?xml version="1.0', 'unterminated', 'XMLDecl', 14],
    ['<?xml version="1.0" encoding="ISO-8859-1"?><a/>', 'encoding', 'EncodingDecl', 30],
    ['<?xml version="1.0" encoding="UTF-16"?><a/>', 'encoding', 'EncodingDecl', 30],
    ['<?xml version="1.0" standalone="maybe"?><a/>', 'syntax', 'SDDecl', 32],
    ['<?xml version="1.0" standalone="yes" encoding="UTF-8"?><a/>', 'syntax', 'XMLDecl', 37],
    ['<?xml version="1.0"encoding="UTF-8"?><a/>', 'syntax', 'XMLDecl', 19],
    ['\ufeff<a/>', 'encoding', 'document', 0],
    [[0xff, 0xfe, 0x3c, 0], 'encoding', 'document', 0],
    [[0xfe, 0xff, 0, 0x3c], 'encoding', 'document', 0],
    [[0, 0x3c, 0, 0x61], 'encoding', 'document', 0],
    [[0x3c, 0, 0x61, 0], 'encoding', 'document', 0],
    [[0x3c, 0x61, 0x3e, 0xe9, 0x3c], 'encoding', 'document', 4],
    [[0x3c, 0x61, 0x3e, 0xc0, 0x80, 0x3c], 'encoding', 'document', 3],
    [[0x3c, 0x61, 0x3e, 0xed, 0xa0, 0x80, 0x3c], 'encoding', 'document', 4],
    [[0x3c, 0xc0, 0x80, 0x3e], 'encoding', 'document', 1],
    [[0x80], 'encoding', 'document', 0],
    [`<a ${OF_256}/>`, 'limit', 'Attribute', 3 + 10 * 7 + 90 * 8 + 28 * 9],
    [`<a ${OF_256.replaceAll('p', 'xmlns:p')}/>`, 'limit', 'Attribute', 3 + 10 * 13 + 90 * 14 + 28 * 15],
    ['<a>'.repeat(33), 'limit', 'element', 96],
    [`<a>${'<b/>'.repeat(10_000)}</a>`, 'limit', 'element', 3 + 9999 * 4],
  ];
  const named = rows.map((row) => [JSON.stringify(row[0]).slice(0, 60), ...row] as const);

  test.each(named)('%s', (_, document, code, rule, offset) => {
    const octets = octetsOf(document);
    const refused = scan(octets);
    expect(refused).toMatchObject({ ok: false, error: { code, rule, offset } });
    expect(readXml(octets)).toEqual(refused);
  });

  test('a document above its limit is not looked at', () => {
    expect(scan(toUtf8(`<a>${' '.repeat(100)}</a>`), { document: 99 })).toMatchObject({
      error: { code: 'limit', rule: 'document', offset: 99 },
    });
  });

  test('512 levels are the most, whatever the limits say', () => {
    const nested = (levels: number): Uint8Array => toUtf8('<a>'.repeat(levels) + '</a>'.repeat(levels));
    expect(scan(nested(512), UNLIMITED).ok).toBe(true);
    expect(readXml(nested(512), { limits: UNLIMITED }).ok).toBe(true);
    expect(scan(nested(513), UNLIMITED)).toMatchObject({ error: { code: 'limit', offset: 512 * 3 } });
  });
});

describe('going back', () => {
  test('an element is read again as it was', () => {
    const s = openXml(toUtf8('<a><p:b xmlns:p="u" c="1"><p:d/>text</p:b><e/></a>'), undefined);
    s.next();
    s.next();
    const { from, depth, elements } = s;
    s.next();
    s.rewind(from, depth, elements);
    expect(s.next()).toBe(START);
    expect(s.attributeValues[0]).toBe('1');
    const first = scanElement(s);
    s.rewind(from, depth, elements);
    s.next();
    expect(scanElement(s)).toEqual(first);
    expect([s.next(), s.name.local, s.next(), s.next(), s.next()]).toEqual([START, 'e', END, END, DONE]);
    expect(s.elements).toBe(4);
  });

  test('what has failed goes on failing', () => {
    const s = openXml(toUtf8('<a>&b;<c/></a>'), undefined);
    expect([s.next(), s.next(), s.next()]).toEqual([START, FAILED, FAILED]);
  });
});

const LOCAL = fc.constantFrom('a', 'b', 'list', 'display-name', 'é', 'x.y-z_1', 'toString', '__proto__', 'constructor');
const NAMESPACE = fc.constantFrom('urn:x', 'urn:y', 'urn:a&b');
const TEXT = fc.string({
  unit: fc.constantFrom(...'ab <>&"\'\t\n\r]-?!#;é\u{1f600}\u0085\u2028\ufffd'),
  maxLength: 8,
});
const NAME = fc
  .tuple(LOCAL, fc.constantFrom('', 'p', 'q'), NAMESPACE)
  .map(([local, prefix, namespace]) => ({ local, prefix, namespace }));
const ATTRIBUTE_NAME = fc.oneof(
  LOCAL.map((local) => ({ local, prefix: '', namespace: '' })),
  // one prefix a namespace, so that the attributes of an element agree
  fc.tuple(LOCAL, fc.constantFrom(['r', 'urn:x'], ['s', 'urn:z'])).map(([local, [prefix, namespace]]) => {
    return { local, prefix: prefix as string, namespace: namespace as string };
  }),
);
const ATTRIBUTES = fc.uniqueArray(fc.record({ name: ATTRIBUTE_NAME, value: TEXT }), {
  maxLength: 4,
  selector: ({ name }) => `${name.local} ${name.namespace}`,
});

/** No text beside text, and none that is empty: such is not read. */
function joined(children: readonly (XmlElement | string)[]): (XmlElement | string)[] {
  const result: (XmlElement | string)[] = [];
  for (const child of children) {
    const last = result.at(-1);
    if (typeof child === 'string' && typeof last === 'string') result[result.length - 1] = last + child;
    else if (child !== '') result.push(child);
  }
  return result;
}

const { element: ELEMENT } = fc.letrec<{ element: XmlElement; child: XmlElement | string }>((tie) => ({
  element: fc.record({
    name: NAME,
    attributes: ATTRIBUTES,
    children: fc.array(tie('child'), { maxLength: 4, depthIdentifier: 'xml' }).map(joined),
  }),
  child: fc.oneof({ depthIdentifier: 'xml', maxDepth: 4 }, TEXT, tie('element')),
}));

const MARKUP = fc.constantFrom(
  ...['<', '>', '/', '&', ';', '"', "'", '=', ' ', '<a>', '</a>', '<b/>', '<!--', '-->', '<![CDATA[', ']]>', '<?x'],
  ...[
    '?>',
    'xmlns="urn:u"',
    'xmlns:p="urn:u"',
    ' c="1"',
    '&lt;',
    '&#65;',
    '&#0;',
    '\0',
    '\r',
    '\ud800',
    '\uffff',
    'p:',
    'é',
  ],
);

/** Near to a document: written, then damaged in places. */
const DAMAGED = fc
  .tuple(ELEMENT, fc.array(fc.tuple(fc.nat(), fc.nat(4), fc.oneof(MARKUP, fc.constant(''))), { maxLength: 3 }))
  .map(([element, damages]) => {
    let text = formatElement(element, undefined, '', 'XML-3');
    for (const [at, cut, junk] of damages) {
      const from = at % (text.length + 1);
      text = text.slice(0, from) + junk + text.slice(from + cut);
    }
    return text;
  });
const SOUP = fc.array(MARKUP, { maxLength: 20 }).map((pieces) => `<a>${pieces.join('')}</a>`);

describe('laws', () => {
  const runs = process.env.DEEP === undefined ? 300 : 20_000;

  test('what is written is read again, by the scanner and by the reader', () => {
    fc.assert(
      fc.property(ELEMENT, (element) => {
        const octets = toUtf8(formatElement(element, undefined, '', 'XML-3'));
        expect(same(unwrap(scan(octets)), element)).toBe(true);
        expect(same(unwrap(readXml(octets)), element)).toBe(true);
      }),
      { numRuns: runs, seed: 1 },
    );
  });

  test('scanner and fast-xml-parser have the same tree, or both refuse', () => {
    fc.assert(
      fc.property(fc.oneof(DAMAGED, SOUP), (text) => {
        const octets = toUtf8(text);
        const scanned = scan(octets);
        const read = readXml(octets);
        if (!scanned.ok) expect(read).toEqual(scanned);
        // A name outside the basic plane is one that fast-xml-parser does not know.
        else if (read.ok) expect(same(read.value, scanned.value)).toBe(true);
        else expect(text).toMatch(/[\u{10000}-\u{effff}]/u);
      }),
      { numRuns: runs, seed: 2 },
    );
  });

  test('any octets: no exception, and the offset lies in the input', () => {
    const octets = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      DAMAGED.map(toUtf8),
      fc.tuple(DAMAGED.map(toUtf8), fc.nat(), fc.nat(255)).map(([document, at, octet]) => {
        document[at % document.length] = octet;
        return document;
      }),
    );
    fc.assert(
      fc.property(octets, (document) => {
        const read = scan(document);
        if (read.ok) return;
        expect(read.error.offset).toBeGreaterThanOrEqual(0);
        expect(read.error.offset).toBeLessThanOrEqual(document.length);
      }),
      { numRuns: runs, seed: 3 },
    );
  });
});

const hasXmllint = spawnSync('xmllint', ['--version']).status === 0;

describe.skipIf(!hasXmllint)('agreement with xmllint (skipped where it is not installed)', () => {
  test('both accept, or both refuse', () => {
    const folder = mkdtempSync(join(tmpdir(), 'oma-xml-'));
    const documents = fc.sample(fc.oneof(DAMAGED, SOUP), { numRuns: 400, seed: 4 });
    const files = documents.map((document, i) => {
      const file = join(folder, `${i}.xml`);
      writeFileSync(file, toUtf8(document));
      return file;
    });
    const { stderr } = spawnSync('xmllint', ['--noout', '--nonet', ...files], { encoding: 'utf8', maxBuffer: 2 ** 26 });
    // A namespace error is none of XML: xmllint goes on, but says so. What a namespace's URI may be we do not judge.
    const complaints = new Set(
      Array.from(
        stderr.matchAll(/(\d+)\.xml:\d+: (?:parser|namespace) error(?!.* is not a valid URI)/g),
        ([, number]) => Number(number),
      ),
    );
    // xmllint sees no NUL behind the root element.
    const differ = documents.filter((document, i) => {
      return scan(toUtf8(document)).ok === complaints.has(i) && !document.includes('\0');
    });
    rmSync(folder, { recursive: true });
    expect(differ).toEqual([]);
    expect(complaints.size).toBeGreaterThan(50);
    expect(complaints.size).toBeLessThan(350);
  });
});

const MANY = 100_000;

describe('hostile documents', () => {
  const shapes: [name: string, document: string, refused: boolean][] = [
    ['nested elements', '<a>'.repeat(MANY), true],
    ['empty elements', `<a>${'<b/>'.repeat(MANY)}</a>`, false],
    ['attributes', `<a ${Array.from({ length: MANY }, (_, i) => `a${i}="1"`).join(' ')}/>`, false],
    ['equal attributes', `<a ${'b="1" '.repeat(MANY)}/>`, true],
    [
      'prefixed attributes',
      `<a xmlns:p="u" ${Array.from({ length: MANY }, (_, i) => `p:a${i}="1"`).join(' ')}/>`,
      false,
    ],
    ['namespace declarations', `<a ${Array.from({ length: MANY }, (_, i) => `xmlns:p${i}="u"`).join(' ')}/>`, false],
    ['declarations in every element', `<a>${'<b xmlns="u"/>'.repeat(MANY)}</a>`, false],
    ['CDATA sections', `<a>${'<![CDATA[]]]>'.repeat(MANY)}</a>`, false],
    ['CDATA sections with text', `<a>${'x<![CDATA[ ] ]]>'.repeat(MANY)}</a>`, false],
    ['comments', `${'<!-- - -->'.repeat(MANY)}<a>${'x<!---->'.repeat(MANY)}</a>`, false],
    ['processing instructions', `<a>${'<?x ? > ?>'.repeat(MANY)}</a>`, false],
    ['references', `<a>${'&lt;&#65;'.repeat(MANY)}</a>`, false],
    ['references in a value', `<a b="${'&lt;&#65;'.repeat(MANY)}"/>`, false],
    ['line ends in a value', `<a b="${'\r\n'.repeat(MANY)}"/>`, false],
    ['a number of many digits', `<a>&#${'0'.repeat(10 * MANY)}65;</a>`, false],
    ['a name of many letters', `<${'a'.repeat(MANY)}/>`, false],
    [
      'end-tags that differ at their end',
      `<a>${`<${'b'.repeat(60)}c></${'b'.repeat(60)}c>`.repeat(MANY / 10)}</a>`,
      false,
    ],
    ['blanks in tags', `<a${' '.repeat(10 * MANY)}></a${' '.repeat(10 * MANY)}>`, false],
    ['a text of a megabyte', `<a>${'x'.repeat(1_000_000)}</a>`, false],
    ['a text of a megabyte that is no ASCII', `<a>${'é'.repeat(500_000)}</a>`, false],
    ['brackets', `<a>${']'.repeat(10 * MANY)}</a>`, false],
    ['comments that are open', '<!--'.repeat(MANY), true],
    ['CDATA sections that are open', `<a>${'<![CDATA['.repeat(MANY)}`, true],
    ['quotes', `<a ${'"'.repeat(MANY)}`, true],
    ['the entities of a bomb', `<!DOCTYPE a [${'<!ENTITY b "&c;&c;">'.repeat(MANY)}]><a>&b;</a>`, true],
    [
      'one prefix deep in many declarations',
      `<a ${Array.from({ length: 120 }, (_, i) => `xmlns:p${i}="u"`).join(' ')}>${'<p0:b/>'.repeat(MANY)}</a>`,
      false,
    ],
  ];

  test.each(shapes)('%s take linear time with limits raised', (_, document, refused) => {
    const octets = toUtf8(document);
    let least = Number.POSITIVE_INFINITY;
    for (let run = 0; run < 3 && least > 300; run++) {
      const start = performance.now();
      expect(scan(octets, UNLIMITED).ok).toBe(!refused);
      least = Math.min(least, performance.now() - start);
    }
    expect(least).toBeLessThan(1000 * Math.max(1, octets.length / 1_000_000));
  });

  test.each(shapes)('%s are read as a tree within the limits, or refused', (_, document) => {
    const octets = toUtf8(document);
    const small = { limits: { document: 200_000 } };
    const start = performance.now();
    const read = readXml(octets, small);
    expect(performance.now() - start).toBeLessThan(2000);
    expect(read.ok).toBe(scan(octets, small.limits).ok);
  });
});

test('the text of an element is all text in it', () => {
  expect(textOf(unwrap(scan(toUtf8('<a>1<b>2</b>3</a>'))))).toBe('13');
  expect(textOf(unwrap(scan(toUtf8('<a>1</a>'))))).toBe('1');
  expect(textOf(unwrap(scan(toUtf8('<a/>'))))).toBe('');
});
