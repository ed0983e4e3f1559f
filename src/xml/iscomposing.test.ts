import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EncodeError, type ErrorCode } from '../core/error.ts';
import { toUtf8 } from '../core/octets.ts';
import { unwrap } from '../core/result.ts';
import { same } from '../testing/laws.ts';
import type { XmlElement } from './element.ts';
import { type IsComposing, isComposing, secondsActive } from './iscomposing.ts';

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>';
const ROOT = '<isComposing xmlns="urn:ietf:params:xml:ns:im-iscomposing">';
const NOTHING = { attributes: [], extensions: [], malformed: [] };

const text = (octets: Uint8Array): string => new TextDecoder().decode(octets);
const read = (document: string): IsComposing => unwrap(isComposing.decode(toUtf8(document)));
const plain = (value: IsComposing): IsComposing => ({ ...value });
const composing = (content: string): string => `${DECLARATION}${ROOT}${content}</isComposing>`;
const ACTIVE = '<state>active</state>';

const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
// RFC 3994 5
const EXAMPLE = `<?xml version="1.0" encoding="UTF-8"?>
<isComposing xmlns="urn:ietf:params:xml:ns:im-iscomposing"
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
xsi:schemaLocation="urn:ietf:params:xml:ns:im-composing
iscomposing.xsd">
  <state>idle</state>
  <lastactive>2003-01-27T10:43:00Z</lastactive>
  <contenttype>audio</contenttype>
</isComposing>
`;

const extension = (local: string, prefix: string, namespace: string, ...children: string[]): XmlElement => ({
  name: { local, prefix, namespace },
  attributes: [],
  children,
});

describe('documents that are valid', () => {
  const rows: [document: string, value: IsComposing, canonical?: string][] = [
    [composing(ACTIVE), { state: 'active' }],
    [composing('<state>idle</state>'), { state: 'idle' }],
    [composing('<state>dreaming</state>'), { state: 'dreaming' }],
    [composing('<state></state>'), { state: '' }],
    [composing('<state/>'), { state: '' }, composing('<state></state>')],
    [composing('<state>&lt;é\u{1f600}&gt;</state>'), { state: '<é\u{1f600}>' }],
    [composing(`${ACTIVE}<refresh>90</refresh>`), { state: 'active', refresh: 90 }],
    [composing(`${ACTIVE}<refresh>1</refresh>`), { state: 'active', refresh: 1 }],
    [
      composing(`${ACTIVE}<refresh> +060\n</refresh>`),
      { state: 'active', refresh: 60 },
      composing(`${ACTIVE}<refresh>60</refresh>`),
    ],
    [composing(`${ACTIVE}<refresh>9007199254740991</refresh>`), { state: 'active', refresh: 9007199254740991 }],
    [composing(`${ACTIVE}<contenttype>text/plain</contenttype>`), { state: 'active', contentType: 'text/plain' }],
    [
      composing(`${ACTIVE}<lastactive>2003-01-27T10:43:00Z</lastactive>`),
      { state: 'active', lastActive: '2003-01-27T10:43:00Z' },
    ],
    [
      composing(`${ACTIVE}<lastactive>2004-02-29T24:00:00.000+14:00</lastactive>`),
      { state: 'active', lastActive: '2004-02-29T24:00:00.000+14:00' },
    ],
    [
      composing(`${ACTIVE}<lastactive>-12003-12-31T23:59:59.1234567</lastactive>`),
      { state: 'active', lastActive: '-12003-12-31T23:59:59.1234567' },
    ],
    [
      composing(
        `${ACTIVE}<lastactive>2003-01-27T10:43:00-05:30</lastactive><contenttype>audio</contenttype><refresh>90</refresh>`,
      ),
      { state: 'active', lastActive: '2003-01-27T10:43:00-05:30', contentType: 'audio', refresh: 90 },
    ],
    [
      composing(`<refresh>90</refresh>${ACTIVE}`),
      { state: 'active', refresh: 90 },
      composing(`${ACTIVE}<refresh>90</refresh>`),
    ],
    [
      composing(`${ACTIVE}<x:y xmlns:x="urn:x">1</x:y>`),
      { state: 'active', extensions: [extension('y', 'x', 'urn:x', '1')] },
    ],
    [
      composing(`${ACTIVE}<state xmlns="urn:x">idle</state>`),
      { state: 'active', extensions: [extension('state', '', 'urn:x', 'idle')] },
    ],
    [
      composing(`${ACTIVE}<more/>`),
      { state: 'active', extensions: [extension('more', '', 'urn:ietf:params:xml:ns:im-iscomposing')] },
    ],
    [
      `<p:isComposing xmlns:p="urn:ietf:params:xml:ns:im-iscomposing"><p:state>active</p:state></p:isComposing>`,
      { state: 'active' },
      composing(ACTIVE),
    ],
    [
      `${ROOT}\r\n <?a?><state><!-- -->act<![CDATA[ive]]></state>\r\n</isComposing>\r\n`,
      { state: 'active' },
      composing(ACTIVE),
    ],
    [
      EXAMPLE,
      {
        state: 'idle',
        lastActive: '2003-01-27T10:43:00Z',
        contentType: 'audio',
        attributes: [
          {
            name: { local: 'schemaLocation', prefix: 'xsi', namespace: XSI },
            value: 'urn:ietf:params:xml:ns:im-composing iscomposing.xsd',
          },
        ],
      },
      `${DECLARATION}${ROOT.slice(0, -1)} xmlns:xsi="${XSI}" xsi:schemaLocation="urn:ietf:params:xml:ns:im-composing iscomposing.xsd">` +
        '<state>idle</state><lastactive>2003-01-27T10:43:00Z</lastactive><contenttype>audio</contenttype></isComposing>',
    ],
  ];

  test.each(rows)('%s', (document, value, canonical = document) => {
    const octets = toUtf8(document);
    const result = isComposing.decode(octets);
    expect(result).toMatchObject({ ok: true, notes: [] });
    const got = unwrap(result);
    const wanted = { ...NOTHING, ...value };
    if (!same(got, wanted)) expect(got).toEqual(wanted);
    expect(isComposing.encode(got)).toBe(octets);
    expect(isComposing.encodedLength(got)).toBe(octets.length);
    expect(text(isComposing.encode(value))).toBe(canonical);
    expect(isComposing.encodedLength(value)).toBe(toUtf8(canonical).length);
    expect(same(read(canonical), wanted)).toBe(true);
  });
});

describe('documents that are refused', () => {
  const rows: [document: string, code: ErrorCode, rule: string, offset: number][] = [
    ['', 'truncated', 'document', 0],
    ['active', 'syntax', 'prolog', 0],
    [`<isComposing>${ACTIVE}</isComposing>`, 'syntax', 'isComposing', 0],
    [`<isComposing xmlns="urn:ietf:params:xml:ns:im-composing">${ACTIVE}</isComposing>`, 'syntax', 'isComposing', 0],
    [
      `${DECLARATION}<iscomposing xmlns="urn:ietf:params:xml:ns:im-iscomposing">${ACTIVE}</iscomposing>`,
      'syntax',
      'isComposing',
      38,
    ],
    [composing(''), 'missing', 'isComposing', 38],
    [composing('<refresh>90</refresh>'), 'missing', 'isComposing', 38],
    [composing('<State>active</State>'), 'missing', 'isComposing', 38],
    [composing('<state xmlns="">active</state>'), 'missing', 'isComposing', 38],
    [composing('<state a="1">active</state>'), 'missing', 'isComposing', 38],
    [composing('<state><active/></state>'), 'missing', 'isComposing', 38],
    [composing(`${ACTIVE}text`), 'syntax', 'isComposing', 38],
    [composing('active'), 'syntax', 'isComposing', 38],
    [`${ROOT}${ACTIVE}`, 'truncated', 'element', 80],
    [`${ROOT}<state>active</isComposing>`, 'mismatch', 'ETag', 74],
    [`${ROOT}${ACTIVE}</isComposing>x`, 'trailing', 'document', 94],
    [`${ROOT}<state>&active;</state></isComposing>`, 'unsupported', 'EntityRef', 66],
    [`${ROOT}<state>a&b</state></isComposing>`, 'syntax', 'EntityRef', 69],
    [`${ROOT}<state>\0</state></isComposing>`, 'control', 'CharData', 66],
    [`${ROOT}<state>&#xFFFF;</state></isComposing>`, 'range', 'CharRef', 66],
    [`${ROOT}<state>]]></state></isComposing>`, 'syntax', 'CharData', 66],
    [`<!DOCTYPE isComposing>${ROOT}${ACTIVE}</isComposing>`, 'unsupported', 'doctypedecl', 0],
    [`\ufeff${composing(ACTIVE)}`, 'encoding', 'document', 0],
    [`<?xml version="1.0" encoding="latin1"?>${ROOT}${ACTIVE}</isComposing>`, 'encoding', 'EncodingDecl', 30],
    [`${ROOT}${ACTIVE}${'<a>'.repeat(10_000)}`, 'limit', 'element', 80 + 31 * 3],
  ];
  const named = rows.map((row) => [JSON.stringify(row[0]).slice(0, 120), ...row] as const);

  test.each(named)('%s', (_, document, code, rule, offset) => {
    expect(isComposing.decode(toUtf8(document))).toMatchObject({ ok: false, error: { code, rule, offset } });
  });
});

describe('optional elements that are wrong cost only themselves', () => {
  test.each<[string, ErrorCode, string]>([
    ['<refresh>soon</refresh>', 'syntax', 'refresh'],
    ['<refresh/>', 'syntax', 'refresh'],
    ['<refresh>0</refresh>', 'range', 'refresh'],
    ['<refresh>-0</refresh>', 'range', 'refresh'],
    ['<refresh>-5</refresh>', 'syntax', 'refresh'],
    ['<refresh>1.5</refresh>', 'syntax', 'refresh'],
    ['<refresh>9007199254740992</refresh>', 'range', 'refresh'],
    ['<refresh><a xmlns="urn:x"/></refresh>', 'syntax', 'refresh'],
    ['<contenttype a="1">text</contenttype>', 'syntax', 'contenttype'],
    ['<lastactive>yesterday</lastactive>', 'syntax', 'lastactive'],
    ['<lastactive>2003-02-29T10:43:00Z</lastactive>', 'syntax', 'lastactive'],
    ['<lastactive>1900-02-29T10:43:00Z</lastactive>', 'syntax', 'lastactive'],
    ['<lastactive>2003-04-31T10:43:00Z</lastactive>', 'syntax', 'lastactive'],
    ['<lastactive>2003-13-01T10:43:00Z</lastactive>', 'syntax', 'lastactive'],
    ['<lastactive>2003-01-00T10:43:00Z</lastactive>', 'syntax', 'lastactive'],
    ['<lastactive>0000-01-01T10:43:00Z</lastactive>', 'syntax', 'lastactive'],
    ['<lastactive>02003-01-01T10:43:00Z</lastactive>', 'syntax', 'lastactive'],
    ['<lastactive>2003-01-01T24:00:01Z</lastactive>', 'syntax', 'lastactive'],
    ['<lastactive>2003-01-01T23:59:60Z</lastactive>', 'syntax', 'lastactive'],
    ['<lastactive>2003-01-01T10:43:00+15:00</lastactive>', 'syntax', 'lastactive'],
    ['<lastactive>2003-01-01T10:43:00+14:01</lastactive>', 'syntax', 'lastactive'],
    ['<lastactive>2003-01-01 10:43:00Z</lastactive>', 'syntax', 'lastactive'],
    ['<state>idle</state>', 'duplicate', 'state'],
    ['<refresh>1</refresh><refresh>2</refresh>', 'duplicate', 'refresh'],
    ['<contenttype>a</contenttype><contenttype>b</contenttype>', 'duplicate', 'contenttype'],
    [
      '<lastactive>2003-01-01T10:43:00Z</lastactive><lastactive>2003-01-01T10:43:00Z</lastactive>',
      'duplicate',
      'lastactive',
    ],
  ])('%s', (content, code, rule) => {
    const document = composing(ACTIVE + content);
    const value = read(document);
    const at = document.lastIndexOf(`<${rule}`);
    expect(value).toMatchObject({ state: 'active', malformed: [{ error: { code, rule, offset: at } }] });
    const written = text(isComposing.encode(plain(value)));
    expect(read(written)).toMatchObject({ malformed: [{ error: { code, rule } }] });
    expect(text(isComposing.encode(plain(read(written))))).toBe(written);
  });
});

test('another namespace or none, where it is tolerated', () => {
  for (const document of [
    `<isComposing>${ACTIVE}</isComposing>`,
    `<isComposing xmlns="urn:x">${ACTIVE}</isComposing>`,
  ]) {
    const result = isComposing.decode(toUtf8(document), { tolerances: ['xml-namespace'] });
    expect(result).toMatchObject({ ok: true, notes: [{ tolerance: 'xml-namespace', clause: 'RFC3994-6', offset: 0 }] });
    expect(text(isComposing.encode(plain(unwrap(result))))).toBe(composing(ACTIVE));
  }
});

test('how long "active" holds (RFC 3994 3.3)', () => {
  expect(secondsActive({ state: 'active' })).toBe(120);
  expect(secondsActive({ state: ' active\r\n', refresh: 90 })).toBe(90);
  expect(secondsActive({ state: 'idle', refresh: 90 })).toBe(0);
  expect(secondsActive({ state: 'Active' })).toBe(0);
  expect(secondsActive({ state: 'dreaming' })).toBe(0);
});

test.each<[IsComposing, string]>([
  [{ state: '\0' }, 'state'],
  [{} as IsComposing, 'state'],
  [{ state: 'active', refresh: 0 }, 'refresh'],
  [{ state: 'active', refresh: 1.5 }, 'refresh'],
  [{ state: 'active', refresh: Number.NaN }, 'refresh'],
  [{ state: 'active', lastActive: 'now' }, 'lastActive'],
  [{ state: 'active', lastActive: ' 2003-01-27T10:43:00Z' }, 'lastActive'],
  [{ state: 'active', contentType: '\ud800' }, 'contentType'],
  [{ state: 'active', extensions: [extension('a', 'p', '')] }, 'extensions[0].name'],
])('%j throws', (value, path) => {
  expect(() => isComposing.encode(value)).toThrow(EncodeError);
  expect(() => isComposing.encodedLength(value)).toThrow(`${path}: `);
});

const TEXT = fc.string({ unit: fc.constantFrom(...'ab/ <>&"\'\t\n\r]é\u{1f600}'), maxLength: 8 });
const maybe = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(values, { nil: undefined });
const VALUE: fc.Arbitrary<IsComposing> = fc.record({
  state: fc.oneof(fc.constantFrom('active', 'idle'), TEXT),
  lastActive: maybe(
    fc.date({ min: new Date(0), max: new Date(4102444800000), noInvalidDate: true }).map((date) => date.toISOString()),
  ),
  contentType: maybe(TEXT),
  refresh: maybe(fc.integer({ min: 1 })),
  attributes: fc.constantFrom([], [{ name: { local: 'a', prefix: 'x', namespace: 'urn:x' }, value: 'b' }]),
  extensions: fc.array(
    fc.record({
      name: fc.record({
        local: fc.constantFrom('state', 'y'),
        prefix: fc.constantFrom('', 'x', 'y'),
        namespace: fc.constantFrom('urn:x', 'urn:y'),
      }),
      attributes: fc.constant([]),
      children: fc.array(
        TEXT.filter((one) => one !== ''),
        { maxLength: 1 },
      ),
    }),
    { maxLength: 2 },
  ),
  malformed: fc.constant([]),
});

describe('laws', () => {
  const runs = process.env.DEEP === undefined ? 200 : 10_000;

  test('what is encoded decodes to the same value, in as many octets as was said', () => {
    fc.assert(
      fc.property(VALUE, (value) => {
        const octets = isComposing.encode(value);
        expect(isComposing.encodedLength(value)).toBe(octets.length);
        const got = unwrap(isComposing.decode(octets));
        if (!same(got, value)) expect(got).toEqual(value);
        expect(isComposing.encode(plain(got))).toEqual(octets);
      }),
      { numRuns: runs, seed: 1 },
    );
  });

  test('any octets and damaged documents: no exception, offsets in range, the canonical form is a fixed point', () => {
    const junk = fc.constantFrom(
      '<',
      '>',
      '<state>',
      '</state>',
      '<refresh>x</refresh>',
      '&',
      '&lt;',
      '\0',
      'é',
      '"',
      '',
    );
    const damaged = fc.tuple(VALUE, fc.nat(), fc.nat(6), junk).map(([value, at, cut, piece]) => {
      const document = text(isComposing.encode(value));
      const from = at % (document.length + 1);
      return toUtf8(document.slice(0, from) + piece + document.slice(from + cut));
    });
    fc.assert(
      fc.property(fc.oneof(damaged, fc.uint8Array({ maxLength: 30 })), (octets) => {
        const result = isComposing.decode(octets);
        if (!result.ok) {
          expect(result.error.offset).toBeGreaterThanOrEqual(0);
          expect(result.error.offset).toBeLessThanOrEqual(octets.length);
          return;
        }
        expect(isComposing.encode(result.value)).toBe(octets);
        const canonical = isComposing.encode(plain(result.value));
        expect(isComposing.encode(plain(unwrap(isComposing.decode(canonical))))).toEqual(canonical);
      }),
      { numRuns: runs, seed: 2 },
    );
  });
});
