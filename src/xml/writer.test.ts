import { describe, expect, test } from 'vitest';
import { EncodeError } from '../core/error.ts';
import type { XmlAttribute, XmlElement } from './element.ts';
import { escapeText, escapeValue, formatElement } from './writer.ts';

function element(
  local: string,
  prefix = '',
  namespace = '',
  attributes: readonly XmlAttribute[] = [],
  children: readonly (XmlElement | string)[] = [],
): XmlElement {
  return { name: { local, prefix, namespace }, attributes, children };
}

function attribute(local: string, value: string, prefix = '', namespace = ''): XmlAttribute {
  return { name: { local, prefix, namespace }, value };
}

function write(root: XmlElement): string {
  return formatElement(root, undefined, 'root', 'XML-3');
}

test('the five characters with a meaning are escaped', () => {
  expect(escapeText('a & b < c > "d" \'e\'', '', 'XML-2.4')).toBe('a &amp; b &lt; c &gt; "d" \'e\'');
  expect(escapeValue('a & b < c > "d" \'e\'', '', 'XML-2.3')).toBe('a &amp; b &lt; c &gt; &quot;d&quot; &apos;e&apos;');
  expect(escapeText(']]>', '', 'XML-2.4')).toBe(']]&gt;');
});

test('blanks that reading would change are escaped', () => {
  expect(escapeText('\t\r\n', '', 'XML-2.4')).toBe('\t&#13;\n');
  expect(escapeValue('\t\r\n', '', 'XML-2.3')).toBe('&#9;&#13;&#10;');
});

test.each(['\0', '\u0008', '\u000b', '\u001f', '\ud800', '\udc00a', '\ufffe', '\uffff'])(
  'what XML 1.0 cannot carry throws: %j',
  (text) => {
    expect(() => escapeText(`é${text}`, 'a.b', 'XML-2.4')).toThrow(EncodeError);
    expect(() => escapeValue(text, 'a.b', 'XML-2.3')).toThrow(/^a\.b: XML 1\.0 cannot carry U\+/);
  },
);

test('what is no text throws', () => {
  expect(() => escapeText({ toString: () => '<' } as unknown as string, 'x', 'XML-2.4')).toThrow(EncodeError);
  expect(() => escapeValue(undefined as unknown as string, 'x', 'XML-2.4')).toThrow(EncodeError);
});

describe('namespaces', () => {
  test.each<[string, XmlElement]>([
    ['<a/>', element('a')],
    ['<a xmlns="u"/>', element('a', '', 'u')],
    ['<a xmlns="u"><b/><c xmlns=""/></a>', element('a', '', 'u', [], [element('b', '', 'u'), element('c')])],
    ['<p:a xmlns:p="u" p:b="1" c="2"/>', element('a', 'p', 'u', [attribute('b', '1', 'p', 'u'), attribute('c', '2')])],
    [
      '<p:a xmlns:p="u"><p:b xmlns:p="v">1</p:b><p:c/></p:a>',
      element('a', 'p', 'u', [], [element('b', 'p', 'v', [], ['1']), element('c', 'p', 'u')]),
    ],
    [
      '<a xmlns:p="u" xmlns:q="v" p:b="1" q:b="2"/>',
      element('a', '', '', [attribute('b', '1', 'p', 'u'), attribute('b', '2', 'q', 'v')]),
    ],
    [
      '<a xml:lang="fr"/>',
      element('a', '', '', [attribute('lang', 'fr', 'xml', 'http://www.w3.org/XML/1998/namespace')]),
    ],
    ['<a xmlns="&amp;&quot;"/>', element('a', '', '&"')],
  ])('%s', (text, root) => {
    expect(write(root)).toBe(text);
  });
});

test.each<[string, XmlElement]>([
  ['a name with a blank', element('a b')],
  ['a name with a colon', element('a:b')],
  ['no name', element('')],
  ['a name that begins with a digit', element('1a')],
  ['a prefix that is no name', element('a', '1', 'u')],
  ['a prefix without a namespace', element('a', 'p')],
  ['the prefix xmlns', element('a', 'xmlns', 'u')],
  ['the prefix xml for another namespace', element('a', 'xml', 'u')],
  ['another prefix for the namespace of xml', element('a', 'p', 'http://www.w3.org/XML/1998/namespace')],
  ['a declaration as an attribute', element('a', '', '', [attribute('xmlns', 'u')])],
  ['a prefixed declaration', element('a', '', '', [attribute('p', 'u', 'xmlns', 'http://www.w3.org/2000/xmlns/')])],
  ['an attribute name that is none', element('a', '', '', [attribute('b c', '')])],
  ['an attribute in a namespace without a prefix', element('a', '', '', [attribute('b', '', '', 'u')])],
  ['an attribute twice', element('a', '', '', [attribute('b', '1'), attribute('b', '2')])],
  [
    'an attribute twice by two prefixes',
    element('a', '', '', [attribute('b', '1', 'p', 'u'), attribute('b', '2', 'q', 'u')]),
  ],
  ['one prefix for two namespaces', element('a', 'p', 'u', [attribute('b', '1', 'p', 'v')])],
  ['a lone surrogate', element('a', '', '', [], ['\ud800'])],
])('%s throws', (_, root) => {
  expect(() => write(root)).toThrow(EncodeError);
});

test('more than 512 levels throw, even where they never end', () => {
  const children: XmlElement[] = [];
  const endless = element('a', '', '', [], children);
  children.push(endless);
  expect(() => write(endless)).toThrow(/512 levels/);
});

test('the path tells where', () => {
  const inner = element('b', '', '', [attribute('c', '1'), attribute('d', '\0')]);
  expect(() => write(element('a', '', '', [], ['text', inner]))).toThrow(/^root\.children\[1\]\.attributes\[1\]: /);
});
