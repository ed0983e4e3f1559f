import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EncodeError, type ErrorCode } from '../core/error.ts';
import { toUtf8 } from '../core/octets.ts';
import type { ParseOptions } from '../core/options.ts';
import { type Result, unwrap } from '../core/result.ts';
import { LENIENT, type Tolerance } from '../core/tolerance.ts';
import { type DateTime, dateTime } from '../cpim/datetime.ts';
import { same } from '../testing/laws.ts';
import { MOST, quickest } from '../testing/quickest.ts';
import { childrenOf, textOf, type XmlElement } from '../xml/element.ts';
import { readXml } from '../xml/reader.ts';
import { type Imdn, type ImdnNotification, imdn } from './payload.ts';

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>';
const ROOT = '<imdn xmlns="urn:ietf:params:xml:ns:imdn">';
const ID = '<message-id>34jk324j</message-id>';
const TIME = '<datetime>2008-04-04T12:16:49-05:00</datetime>';
const BOB = '<recipient-uri>im:bob@example.com</recipient-uri>';
const ORIGINAL = '<original-recipient-uri>im:list@example.com</original-recipient-uri>';
const DELIVERED = '<delivery-notification><status><delivered/></status></delivery-notification>';
const AT: DateTime = unwrap(dateTime.parse('2008-04-04T12:16:49-05:00'));
const CPM = 'urn:oma:xml:cpm:imdn-extensions:1.0';

const text = (octets: Uint8Array): string => new TextDecoder().decode(octets);
const decode = (document: string, options?: ParseOptions): Result<Imdn> => imdn.decode(toUtf8(document), options);
/** The elements in a document. */
const whole = (...elements: readonly string[]): string => `${DECLARATION}${ROOT}${elements.join('')}</imdn>`;
const notified = (notification: string, ...more: readonly string[]): string => whole(ID, TIME, notification, ...more);
const standard = (type: string, status: string): string =>
  `<${type}-notification><status>${status}</status></${type}-notification>`;
/** The value without what only a received one has. */
const plain = (value: Imdn): Imdn => ({ ...value });
const LEAST: Imdn = {
  messageId: '34jk324j',
  dateTime: AT,
  notification: { type: 'delivery', status: 'delivered', extensions: [] },
  extensions: [],
};
const foreign = (local: string, ...children: (XmlElement | string)[]): XmlElement => ({
  name: { local, prefix: 'x', namespace: 'urn:x' },
  attributes: [],
  children,
});
const X = '<x:y xmlns:x="urn:x"/>';

// RFC 5438 7.2.1.1, 7.2.1.2 and 8.1
const example = (type: string, status: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<imdn xmlns="urn:ietf:params:xml:ns:imdn">
      <message-id>34jk324j</message-id>
      <datetime>2008-04-04T12:16:49-05:00</datetime>
     <recipient-uri>im:bob@example.com</recipient-uri>
      <original-recipient-uri
        >im:bob@example.com</original-recipient-uri>
      <${type}-notification>
         <status>
            <${status}/>
         </status>
      </${type}-notification>
    </imdn>
`;
const EXAMPLES = (
  [
    ['delivery', 'delivered'],
    ['display', 'displayed'],
    ['processing', 'processed'],
  ] as const
).map(([type, status]): [string, string, Imdn, string] => {
  const bob = 'im:bob@example.com';
  const value = {
    ...LEAST,
    recipientUri: bob,
    originalRecipientUri: bob,
    notification: { type, status, extensions: [] } as ImdnNotification,
  };
  const canonical = whole(ID, TIME, BOB, ORIGINAL.replace('list', 'bob'), standard(type, `<${status}/>`));
  return [`the example of RFC 5438 for ${type}`, example(type, status), value, canonical];
});

const STATUSES = [
  ['delivery', ['delivered', 'failed', 'forbidden', 'error']],
  ['display', ['displayed', 'forbidden', 'error']],
  ['processing', ['processed', 'stored', 'forbidden', 'error']],
] as const;

describe('documents that are valid', () => {
  it.each<[name: string, document: string, value: Imdn, canonical?: string]>([
    ...EXAMPLES,
    ['the least', notified(DELIVERED), LEAST],
    ...STATUSES.flatMap(([type, statuses]) =>
      statuses.map((status): [string, string, Imdn] => [
        `${type}: ${status}`,
        notified(standard(type, `<${status}/>`)),
        { ...LEAST, notification: { type, status, extensions: [] } as ImdnNotification },
      ]),
    ),
    [
      'the recipient',
      whole(ID, TIME, BOB, ORIGINAL, DELIVERED),
      { ...LEAST, recipientUri: 'im:bob@example.com', originalRecipientUri: 'im:list@example.com' },
    ],
    [
      'a subject with its language',
      whole(ID, TIME, BOB, ORIGINAL, '<subject xml:lang="fr"> Le \u00e9t\u00e9 &amp; apr\u00e8s </subject>', DELIVERED),
      {
        ...LEAST,
        recipientUri: 'im:bob@example.com',
        originalRecipientUri: 'im:list@example.com',
        subject: { lang: 'fr', text: ' Le \u00e9t\u00e9 & apr\u00e8s ' },
      },
    ],
    [
      'an empty subject and empty URIs',
      whole(ID, TIME, '<recipient-uri/><original-recipient-uri/><subject/>', DELIVERED),
      { ...LEAST, recipientUri: '', originalRecipientUri: '', subject: { text: '' } },
      whole(
        ID,
        TIME,
        '<recipient-uri></recipient-uri><original-recipient-uri></original-recipient-uri><subject></subject>',
        DELIVERED,
      ),
    ],
    [
      'a URI with what XML escapes',
      whole(ID, TIME, '<recipient-uri> sip:a&amp;b@c </recipient-uri>', ORIGINAL, DELIVERED),
      { ...LEAST, recipientUri: 'sip:a&b@c', originalRecipientUri: 'im:list@example.com' },
      whole(ID, TIME, '<recipient-uri>sip:a&amp;b@c</recipient-uri>', ORIGINAL, DELIVERED),
    ],
    [
      'a time in UTC with a fraction',
      whole(ID, '<datetime>2008-04-04T12:16:49.1234567z</datetime>', DELIVERED),
      { ...LEAST, dateTime: { ...AT, fraction: '1234567', offset: 'Z' } },
      whole(ID, '<datetime>2008-04-04T12:16:49.1234567Z</datetime>', DELIVERED),
    ],
    [
      'blanks around identifier and time',
      whole('<message-id>\r\n 34jk324j\t</message-id>', '<datetime>\n2008-04-04T12:16:49-05:00 </datetime>', DELIVERED),
      LEAST,
      notified(DELIVERED),
    ],
    [
      'an identifier in CDATA, with comments and references',
      notified(DELIVERED).replace('34jk324j', '<![CDATA[34]]>j<!-- -->k&#51;&#x32;4j'),
      LEAST,
      notified(DELIVERED),
    ],
    [
      'extensions',
      notified(
        standard('delivery', `<delivered/>${X}${X.replace('/>', ' z="1">a<b/></x:y>')}`),
        X,
        '<y xmlns="urn:z"/>',
      ),
      {
        ...LEAST,
        notification: {
          type: 'delivery',
          status: 'delivered',
          extensions: [
            foreign('y'),
            {
              ...foreign('y', 'a', {
                name: { local: 'b', prefix: '', namespace: 'urn:ietf:params:xml:ns:imdn' },
                attributes: [],
                children: [],
              }),
              attributes: [{ name: { local: 'z', prefix: '', namespace: '' }, value: '1' }],
            },
          ],
        },
        extensions: [
          foreign('y'),
          { name: { local: 'y', prefix: '', namespace: 'urn:z' }, attributes: [], children: [] },
        ],
      },
    ],
    [
      'a disposition that only an extension knows',
      notified('<x:y xmlns:x="urn:x">1</x:y>'),
      { messageId: '34jk324j', dateTime: AT, extensions: [foreign('y', '1')] },
    ],
    [
      'interworking',
      notified(
        `<cpmimdn:interworking-notification xmlns:cpmimdn="${CPM}"><cpmimdn:status><cpmimdn:legacy-sms/></cpmimdn:status></cpmimdn:interworking-notification>`,
      ),
      { ...LEAST, notification: { type: 'interworking', status: 'legacy-sms', extensions: [] } },
    ],
    [
      'interworking with an extension, and an extension',
      notified(
        X,
        `<interworking-notification xmlns="${CPM}">\n<status> <error/>${X}</status>\n</interworking-notification>`,
      ),
      {
        ...LEAST,
        notification: { type: 'interworking', status: 'error', extensions: [foreign('y')] },
        extensions: [foreign('y')],
      },
      notified(
        `<cpmimdn:interworking-notification xmlns:cpmimdn="${CPM}"><cpmimdn:status><cpmimdn:error/>${X}</cpmimdn:status></cpmimdn:interworking-notification>`,
        X,
      ),
    ],
    [
      'prefixes for everything',
      `<i:imdn xmlns:i="urn:ietf:params:xml:ns:imdn"><i:message-id>34jk324j</i:message-id><i:datetime>2008-04-04T12:16:49-05:00</i:datetime><i:delivery-notification><i:status><i:delivered></i:delivered></i:status></i:delivery-notification></i:imdn>`,
      LEAST,
      notified(DELIVERED),
    ],
    [
      'comments and processing instructions',
      `<!-- a --><?b?>${ROOT}${ID}<!-- a -->${TIME}<?b?>${DELIVERED}</imdn><?b?>`,
      LEAST,
      notified(DELIVERED),
    ],
  ])('%s', (_, document, value, canonical = document) => {
    const octets = toUtf8(document);
    const result = imdn.decode(octets);
    expect(result).toMatchObject({ ok: true, notes: [] });
    const got = unwrap(result);
    if (!same(got, value)) expect(got).toEqual(value);
    expect(imdn.encode(got)).toBe(octets);
    expect(imdn.encodedLength(got)).toBe(octets.length);
    expect(text(imdn.encode(value))).toBe(canonical);
    expect(imdn.encodedLength(value)).toBe(toUtf8(canonical).length);
    expect(same(unwrap(decode(canonical)), value)).toBe(true);
  });

  it('a received value is plain data', () => {
    const value = unwrap(decode(EXAMPLES[0]?.[1] as string));
    expect(JSON.parse(JSON.stringify(value))).toMatchObject({ messageId: '34jk324j', dateTime: { hour: 12 } });
    expect(structuredClone(plain(value))).toEqual(plain(value));
  });

  it('an interworking notification of another form stays an extension', () => {
    const inner = '<status><sms/></status>';
    const rows = [
      '',
      'text',
      `${inner}text`,
      inner + inner,
      '<status/>',
      '<status>text<sms/></status>',
      '<status><sms>1</sms></status>',
      '<status a="b"><sms/></status>',
      `<status>${X}</status>`,
      '<other><sms/></other>',
    ];
    for (const content of rows) {
      const document = notified(`<interworking-notification xmlns="${CPM}">${content}</interworking-notification>`);
      const value = unwrap(decode(document));
      expect(value.notification, content).toBeUndefined();
      expect(value.extensions, content).toMatchObject([{ name: { local: 'interworking-notification' } }]);
      expect(same(unwrap(decode(text(imdn.encode(plain(value))))), value)).toBe(true);
    }
    const beside = notified(
      DELIVERED,
      `<interworking-notification xmlns="${CPM}">${inner}</interworking-notification>`,
    );
    expect(unwrap(decode(beside))).toMatchObject({ notification: { type: 'delivery' }, extensions: [{}] });
    expect(text(imdn.encode(plain(unwrap(decode(beside)))))).toBe(beside);
  });
});

describe('documents that are refused', () => {
  const at = (document: string, needle: string): number => document.indexOf(needle);
  const rows: [document: string, code: ErrorCode, rule: string, at: string | number][] = [
    ['', 'truncated', 'document', 0],
    ['Hello', 'syntax', 'prolog', 0],
    [`${DECLARATION}<delivery xmlns="urn:ietf:params:xml:ns:imdn"/>`, 'syntax', 'imdn', '<delivery'],
    [notified(DELIVERED).replace('ns:imdn', 'ns:IMDN'), 'syntax', 'imdn', '<imdn'],
    [notified(DELIVERED).replace(' xmlns="urn:ietf:params:xml:ns:imdn"', ''), 'syntax', 'imdn', '<imdn'],
    [`${ROOT.slice(0, -1)}/>`, 'missing', 'imdn', 0],
    [whole(TIME, DELIVERED), 'missing', 'imdn', '</imdn'],
    [whole('<message-id/>', TIME, DELIVERED), 'missing', 'message-id', '<message-id'],
    [whole('<message-id> \n</message-id>', TIME, DELIVERED), 'missing', 'message-id', '<message-id'],
    [whole(ID, DELIVERED), 'missing', 'imdn', '</imdn'],
    [whole(ID, '<datetime/>', DELIVERED), 'syntax', 'datetime', '<datetime'],
    [whole(ID, TIME.replace('2008-04', '2008-99'), DELIVERED), 'syntax', 'datetime', '<datetime'],
    [whole(ID, TIME.replace('-05:00', ''), DELIVERED), 'syntax', 'datetime', '<datetime'],
    [whole(ID, TIME, BOB, DELIVERED), 'missing', 'imdn', '</imdn'],
    [whole(ID, TIME, ORIGINAL, DELIVERED), 'missing', 'imdn', '</imdn'],
    [whole(ID, TIME, '<subject>a</subject>', DELIVERED), 'missing', 'imdn', '</imdn'],
    [whole(ID, TIME), 'missing', 'imdn', '</imdn'],
    [whole(ID, ID, TIME, DELIVERED), 'duplicate', 'imdn', whole(ID).length - 7],
    [whole(ID, TIME, TIME, DELIVERED), 'duplicate', 'imdn', whole(ID, TIME).length - 7],
    [notified(DELIVERED, DELIVERED), 'duplicate', 'imdn', notified(DELIVERED).length - 7],
    [notified(DELIVERED, standard('display', '<displayed/>')), 'duplicate', 'imdn', '<display-'],
    [whole(TIME, ID, DELIVERED), 'syntax', 'imdn', '<message-id'],
    [whole(ID, TIME, ORIGINAL, BOB, DELIVERED), 'syntax', 'imdn', '<recipient'],
    [notified(DELIVERED, BOB, ORIGINAL), 'syntax', 'imdn', '<recipient'],
    [whole(X, ID, TIME, DELIVERED), 'syntax', 'imdn', '<message-id'],
    [whole(ID, TIME, X, DELIVERED), 'syntax', 'imdn', '<delivery'],
    [notified(DELIVERED, '<other/>'), 'syntax', 'imdn', '<other'],
    [notified(DELIVERED, '<other xmlns=""/>'), 'syntax', 'imdn', '<other'],
    [notified(standard('interworking', '<sms/>')), 'syntax', 'imdn', '<interworking'],
    [notified(DELIVERED, 'text'), 'syntax', 'imdn', 'text</imdn'],
    [notified('<delivery-notification/>'), 'missing', 'delivery-notification', '<delivery'],
    [notified(standard('delivery', '')), 'missing', 'status', '</status'],
    [notified(standard('delivery', X)), 'syntax', 'status', '<x:y'],
    [notified(standard('delivery', '<displayed/>')), 'syntax', 'status', '<displayed'],
    [notified(standard('display', '<delivered/>')), 'syntax', 'status', '<delivered'],
    [notified(standard('processing', '<failed/>')), 'syntax', 'status', '<failed'],
    [notified(standard('delivery', '<Delivered/>')), 'syntax', 'status', '<Delivered'],
    [notified(standard('delivery', '<constructor/>')), 'syntax', 'status', '<constructor'],
    [notified(standard('delivery', '<delivered xmlns="urn:x"/>')), 'syntax', 'status', '<delivered'],
    [notified(standard('delivery', '<delivered xmlns=""/>')), 'syntax', 'status', '<delivered'],
    [notified(standard('delivery', '<delivered/><x xmlns=""/>')), 'duplicate', 'status', '<x'],
    [notified(standard('delivery', '<delivered/><failed/>')), 'duplicate', 'status', '<failed'],
    [notified(standard('delivery', '<delivered>yes</delivered>')), 'syntax', 'delivered', 'yes'],
    [notified(standard('delivery', `<delivered>${X}</delivered>`)), 'syntax', 'delivered', '<x:y'],
    [notified(standard('delivery', 'delivered')), 'syntax', 'status', 'delivered'],
    [
      notified('<delivery-notification>delivered</delivery-notification>'),
      'syntax',
      'delivery-notification',
      'delivered<',
    ],
    [
      notified('<delivery-notification><delivered/></delivery-notification>'),
      'syntax',
      'delivery-notification',
      '<delivered',
    ],
    [notified(DELIVERED.replace('</delivery-', `${X}</delivery-`)), 'syntax', 'delivery-notification', '<x:y'],
    [
      notified(DELIVERED.replace('</delivery-', '<status><error/></status></delivery-')),
      'syntax',
      'delivery-notification',
      '<status><error',
    ],
    [notified(DELIVERED).replace('<imdn ', '<imdn a="b" '), 'syntax', 'imdn', 'a="b"'],
    [notified(DELIVERED).replace('<message-id', '<message-id xml:lang="en"'), 'syntax', 'message-id', 'xml:lang'],
    [notified(DELIVERED).replace('<status', '<status a="b"'), 'syntax', 'status', 'a="b"'],
    [notified(DELIVERED).replace('<delivered', '<delivered a="b"'), 'syntax', 'delivered', 'a="b"'],
    [
      notified(DELIVERED).replace('<delivery', '<delivery-notification a="b"><delivery'),
      'syntax',
      'delivery-notification',
      'a="b"',
    ],
    [whole(ID, TIME, BOB, ORIGINAL, '<subject lang="en">a</subject>', DELIVERED), 'syntax', 'subject', 'lang='],
    [whole('<message-id><b/></message-id>', TIME, DELIVERED), 'syntax', 'message-id', '<b/>'],
    [whole(ID, TIME, BOB, ORIGINAL, '<subject>a<b/></subject>', DELIVERED), 'syntax', 'subject', '<b/>'],
    // row 60 of what is hostile to XML
    [`<!DOCTYPE imdn SYSTEM "file:///etc/passwd">${ROOT}${ID}</imdn>`, 'unsupported', 'doctypedecl', 0],
    [`<!DOCTYPE imdn [<!ENTITY a "${'b'.repeat(9)}">]>${ROOT}</imdn>`, 'unsupported', 'doctypedecl', 0],
    [notified(DELIVERED).replace('34jk', '&a;'), 'unsupported', 'EntityRef', '&a;'],
    [notified(DELIVERED).replace('34jk', ']]>'), 'syntax', 'CharData', ']]>'],
    [notified(DELIVERED).replace('34jk', '\0'), 'control', 'CharData', '\0'],
    [notified(DELIVERED).replace('34jk', '&#0;'), 'range', 'CharRef', '&#0;'],
    [notified(DELIVERED).replace('34jk', '\ufffe'), 'syntax', 'Char', '\ufffe'],
    [notified('<x:y xmlns:x="urn:x">'.repeat(10_000)), 'limit', 'element', notified('').length - 7 + 31 * 21],
    [`\ufeff${ROOT}${ID}${TIME}${DELIVERED}</imdn>`, 'encoding', 'document', 0],
    [notified(DELIVERED).replace('UTF-8', 'UTF-16'), 'encoding', 'EncodingDecl', 'UTF-16'],
    [notified(DELIVERED).replace('"1.0"', '"1.1"'), 'unsupported', 'VersionNum', '1.1'],
    [notified(DELIVERED).replace('</imdn>', ''), 'truncated', 'element', notified(DELIVERED).length - 7],
    [`${notified(DELIVERED)}${ROOT}</imdn>`, 'trailing', 'document', notified(DELIVERED).length],
    [notified(DELIVERED).replace('</message-id>', '</datetime>'), 'mismatch', 'ETag', 'datetime>'],
    [notified(DELIVERED, '<x:y/>'), 'missing', 'Prefix', 'x:y'],
  ];

  /** Without what all have. */
  const shortened = (document: string): string =>
    [DECLARATION, ID, TIME].reduce((rest, part) => rest.replace(part, ''), document.replace(ROOT, '<imdn>'));

  it.each(rows.map((row) => [JSON.stringify(shortened(row[0])).slice(0, 160), ...row] as const))(
    '%s',
    (_, document, code, rule, where) => {
      const offset = typeof where === 'number' ? where : toUtf8(document.slice(0, at(document, where))).length;
      const result = decode(document);
      expect(result).toMatchObject({ ok: false, error: { code, rule, offset } });
      expect(!result.ok && result.error.clause).toMatch(/^(?:RFC5438|XML)-/);
    },
  );

  it.each([
    ['overlong', [0xc0, 0x80], 0],
    ['a surrogate', [0xed, 0xa0, 0x80], 1],
    ['too long', [0xf8, 0x88, 0x80, 0x80, 0x80], 0],
    ['Latin-1', [0xe9], 1],
  ])('octets that are no UTF-8: %s', (_, junk, offset) => {
    const document = toUtf8(notified(DELIVERED));
    const from = notified(DELIVERED).indexOf('34jk');
    const octets = new Uint8Array([...document.subarray(0, from), ...junk, ...document.subarray(from)]);
    expect(imdn.decode(octets)).toMatchObject({ ok: false, error: { code: 'encoding', offset: from + offset } });
  });
});

describe('deviations', () => {
  it.each<[string, string, readonly Tolerance[], Partial<Imdn>]>([
    ['no datetime', whole(ID, DELIVERED), ['imdn-datetime'], { dateTime: undefined }],
    [
      'a datetime without offset',
      whole(ID, '<datetime>2008-04-04T12:16:49</datetime>', DELIVERED),
      ['imdn-datetime'],
      { dateTime: undefined },
    ],
    [
      'a recipient without the original one',
      whole(ID, TIME, BOB, DELIVERED),
      ['imdn-recipient-uri'],
      { recipientUri: 'im:bob@example.com', originalRecipientUri: undefined },
    ],
    [
      'an original recipient alone',
      whole(ID, TIME, ORIGINAL, DELIVERED),
      ['imdn-recipient-uri'],
      { recipientUri: undefined, originalRecipientUri: 'im:list@example.com' },
    ],
    [
      'a subject without recipient',
      whole(ID, TIME, '<subject>a</subject>', DELIVERED),
      ['imdn-recipient-uri'],
      { subject: { lang: undefined, text: 'a' } },
    ],
    ['another order', whole(DELIVERED, ID, TIME), ['imdn-content', 'imdn-content'], {}],
    ['an extension first', whole(X, ID, TIME, DELIVERED), ['imdn-content', 'imdn-content', 'imdn-content'], {}],
    [
      'an extension before the status',
      notified(standard('delivery', `${X}<delivered/>`)),
      ['imdn-content'],
      { notification: { type: 'delivery', status: 'delivered', extensions: [foreign('y')] } },
    ],
    ['elements that the schema does not know', notified(DELIVERED, '<other/>'), ['imdn-content'], {}],
    ['elements of no namespace', notified(DELIVERED, '<other xmlns=""/>'), ['imdn-content'], {}],
    [
      'attributes',
      notified(DELIVERED).replace('<imdn ', '<imdn xsi:schemaLocation="a b" xmlns:xsi="urn:xsi" '),
      ['imdn-content'],
      {},
    ],
    ['another namespace', notified(DELIVERED).replace(':imdn', ':other'), ['xml-namespace'], {}],
    ['no namespace', notified(DELIVERED).replace(/ xmlns="[^"]*"/, ''), ['xml-namespace'], {}],
    [
      'an OMA client: neither namespace nor datetime',
      whole(ID, DELIVERED).replace(/ xmlns="[^"]*"/, ''),
      ['xml-namespace', 'imdn-datetime'],
      { dateTime: undefined },
    ],
  ])('%s: refused, or with its tolerance let through and noted', (_, document, names, value) => {
    const octets = toUtf8(document);
    expect(imdn.decode(octets)).toMatchObject({ ok: false });
    for (const tolerances of [names, LENIENT]) {
      const result = imdn.decode(octets, { tolerances });
      expect(result).toMatchObject({
        ok: true,
        value: { messageId: '34jk324j', notification: LEAST.notification, ...value },
      });
      expect(result.ok && result.notes.map(({ tolerance }) => tolerance)).toEqual(names);
      expect(imdn.encode(unwrap(result))).toBe(octets);
    }
    for (const name of new Set(names)) {
      const others = LENIENT.filter((one) => one !== name);
      expect(imdn.decode(octets, { tolerances: others }), `without ${name}`).toMatchObject({ ok: false });
    }
  });

  it('a note tells where, and which clause is bent', () => {
    const notes = (document: string): unknown => {
      const read = decode(document, { tolerances: LENIENT });
      return read.ok && read.notes;
    };
    const other = notified(DELIVERED).replace(':imdn', ':other');
    const [at, clause] = [other.indexOf('<imdn'), 'RFC5438-11.1'];
    expect(notes(other)).toEqual([{ tolerance: 'xml-namespace', clause, offset: at }]);
    expect(notes(whole(ID, DELIVERED))).toEqual([
      { tolerance: 'imdn-datetime', clause: 'RFC5438-11.1.2', offset: whole(ID, DELIVERED).indexOf('</imdn') },
    ]);
    expect(notes(whole(TIME, ID, DELIVERED))).toEqual([
      { tolerance: 'imdn-content', clause: 'RFC5438-11.1.9', offset: whole(TIME, ID, DELIVERED).indexOf('<message') },
    ]);
  });

  it('tolerances let through neither what has no identifier nor what says nothing', () => {
    const tolerances = LENIENT;
    for (const document of [whole(TIME, DELIVERED), whole(ID, TIME), notified(standard('delivery', X))]) {
      expect(decode(document, { tolerances })).toMatchObject({ ok: false, error: { code: 'missing' } });
    }
  });
});

describe('values that throw', () => {
  const bob = { recipientUri: 'im:bob@example.com', originalRecipientUri: 'im:bob@example.com' };
  const own = (local: string, namespace = 'urn:ietf:params:xml:ns:imdn'): XmlElement => ({
    ...foreign(local),
    name: { local, prefix: '', namespace },
  });
  const status = (type: string, word: string, extensions?: XmlElement[]): Partial<Imdn> => ({
    notification: { type, status: word, extensions } as ImdnNotification,
  });
  const sms: XmlElement = unwrap(
    readXml(toUtf8(`<interworking-notification xmlns="${CPM}"><status><sms/></status></interworking-notification>`)),
  );

  it.each<[string, Partial<Imdn>, string]>([
    ['no identifier', { messageId: '' }, 'messageId'],
    ['an identifier that is undefined', { messageId: undefined as unknown as string }, 'messageId'],
    ['an identifier between blanks', { messageId: ' a' }, 'messageId'],
    ['a control character', { messageId: 'a\0' }, 'messageId'],
    ['a line end behind the identifier', { messageId: 'a\r\n' }, 'messageId'],
    ['no time', { dateTime: undefined }, 'dateTime'],
    ['a time that is none', { dateTime: { ...AT, hour: 24 } }, 'dateTime.hour'],
    ['one URI', { recipientUri: 'im:a@b' }, 'originalRecipientUri'],
    ['the other URI', { originalRecipientUri: 'im:a@b' }, 'recipientUri'],
    ['a subject alone', { subject: { text: 'a' } }, 'recipientUri'],
    ['a URI between blanks', { ...bob, recipientUri: 'im:a@b\n' }, 'recipientUri'],
    ['U+FFFE in a URI', { ...bob, originalRecipientUri: 'im:\ufffe' }, 'originalRecipientUri'],
    ['a lone surrogate in a subject', { ...bob, subject: { text: '\ud800' } }, 'subject.text'],
    ['NUL in a language', { ...bob, subject: { text: '', lang: '\0' } }, 'subject.lang'],
    ['nothing that happened', { notification: undefined }, 'notification'],
    ['a type that is none', status('__proto__', 'delivered'), 'notification.type'],
    ['a status of another type', status('display', 'delivered'), 'notification.status'],
    ['an interworking status that is no name', status('interworking', 'a b'), 'notification.status'],
    ['an extension of ours', { extensions: [own('subject')] }, 'extensions[0]'],
    ['an extension in no namespace', { extensions: [foreign('y'), own('y', '')] }, 'extensions[1]'],
    ['a status as an extension', status('delivery', 'error', [own('failed')]), 'notification.extensions[0]'],
    ['the same of interworking', status('interworking', 'sms', [own('failed')]), 'notification.extensions[0]'],
    ['interworking as an extension', { notification: undefined, extensions: [sms] }, 'extensions'],
    ['an extension without a name', { extensions: [{ ...foreign(''), children: [] }] }, 'extensions[0].name'],
  ])('%s', (_, given, path) => {
    for (const write of [imdn.encode, imdn.encodedLength]) {
      expect(() => write({ ...LEAST, ...given })).toThrow(EncodeError);
      expect(() => write({ ...LEAST, ...given })).toThrow(expect.objectContaining({ path }));
    }
  });
});

const TEXT = fc.string({ unit: fc.constantFrom(...'ab:@. <>&"\'\t\n\r]\u00e9\u{1f600}'), maxLength: 8 });
const WORD = TEXT.map((one) => `a${one}b`);
const maybe = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(values, { nil: undefined });
const EXTENSION: fc.Arbitrary<XmlElement> = fc.record({
  name: fc.record({
    local: fc.constantFrom('y', 'status', 'imdn', 'interworking-notification'),
    prefix: fc.constantFrom('', 'x', 'cpmimdn'),
    namespace: fc.constantFrom('urn:x', 'urn:y', CPM),
  }),
  attributes: fc.constant([]),
  children: fc.array(
    TEXT.filter((one) => one !== ''),
    { maxLength: 1 },
  ),
});
const EXTENSIONS = fc.array(EXTENSION, { maxLength: 2 });
const NOTIFICATION = fc.oneof(
  ...STATUSES.map(([type, statuses]) =>
    fc.record({ type: fc.constant(type), status: fc.constantFrom(...statuses), extensions: EXTENSIONS }),
  ),
  fc.record({
    type: fc.constant('interworking' as const),
    status: fc.constantFrom('sms', 'legacy-mms', 'error', '\u00e9'),
    extensions: EXTENSIONS,
  }),
) as fc.Arbitrary<ImdnNotification>;
const DATE_TIME: fc.Arbitrary<DateTime> = fc.record({
  year: fc.nat(9999),
  month: fc.integer({ min: 1, max: 12 }),
  day: fc.integer({ min: 1, max: 28 }),
  hour: fc.nat(23),
  minute: fc.nat(59),
  second: fc.nat(59),
  fraction: maybe(fc.constantFrom('0', '123', '1234567')),
  offset: fc.constantFrom('Z', '-05:00', '+14:00', '-00:00'),
});
const RECIPIENT = fc.oneof(
  fc.constant({}),
  fc.record({
    recipientUri: WORD,
    originalRecipientUri: WORD,
    subject: maybe(fc.record({ lang: maybe(fc.constantFrom('fr', 'en-GB')), text: TEXT })),
  }),
);
const VALUE: fc.Arbitrary<Imdn> = fc
  .record({ messageId: WORD, dateTime: DATE_TIME, notification: NOTIFICATION, extensions: EXTENSIONS })
  .chain((value) => RECIPIENT.map((recipient) => ({ ...value, ...recipient })));

/** Pieces of which documents are put together that are right, nearly right, and wrong. */
const PIECES = fc.constantFrom(
  ...[ID, TIME, BOB, ORIGINAL, '<subject>a</subject>', DELIVERED, standard('display', '<error/>'), X],
  ...[standard('delivery', `<failed/>${X}`), standard('processing', '<stored/><stored/>'), '<other/>', ' ', 'x'],
  ...['<status>', '</status>', '<delivered/>', '<delivery-notification>', '</delivery-notification>', ' a="b"'],
  ...[
    '<message-id>',
    '</message-id>',
    '&amp;',
    '&b;',
    '<!---->',
    '<![CDATA[',
    ']]>',
    '\0',
    '"',
    ' xmlns=""',
    '</imdn>',
  ],
);
const ELEMENTS = [ID, TIME, BOB, ORIGINAL, '<subject>a</subject>', DELIVERED, X];
/** The elements of a document, each absent, there, or there again, and sometimes two of them in the other's place. */
const SHUFFLED = fc
  .tuple(fc.array(fc.nat(20), { minLength: 7, maxLength: 7 }), fc.nat(6), fc.nat(6), fc.nat(3))
  .map(([counts, i, j, swap]) => {
    const parts = ELEMENTS.map((element, k) => element.repeat(counts[k] === 0 ? 2 : (counts[k] as number) < 4 ? 0 : 1));
    if (swap === 0) [parts[i], parts[j]] = [parts[j] as string, parts[i] as string];
    return whole(...parts);
  });
const SOUP = fc.array(PIECES, { maxLength: 9 }).map((some) => whole(...some));
const DAMAGED = fc
  .tuple(VALUE, fc.array(fc.tuple(fc.nat(), fc.nat(4), PIECES), { maxLength: 2 }))
  .map(([value, damages]) => {
    let document = text(imdn.encode(value));
    for (const [at, cut, junk] of damages) {
      const from = at % (document.length + 1);
      document = document.slice(0, from) + junk + document.slice(from + cut);
    }
    return document;
  });
const DOCUMENTS = fc.oneof(SHUFFLED, SOUP, DAMAGED);
const RUNS = process.env.DEEP === undefined ? 200 : 20_000;

describe('laws', () => {
  it('what is encoded decodes to the same value, in as many octets as was said', () => {
    fc.assert(
      fc.property(VALUE, (value) => {
        const octets = imdn.encode(value);
        expect(imdn.encodedLength(value)).toBe(octets.length);
        const got = unwrap(imdn.decode(octets));
        if (!same(got, value)) expect(got).toEqual(value);
        expect(imdn.encode(plain(got))).toEqual(octets);
      }),
      { numRuns: RUNS, seed: 1 },
    );
  });

  it('any octets: no exception, offsets in range, what is untouched comes back, the canonical form is a fixed point', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 30 }), DOCUMENTS.map(toUtf8)), (octets) => {
        const result = imdn.decode(octets);
        const tolerant = imdn.decode(octets, { tolerances: LENIENT });
        if (!result.ok) {
          expect(result.error.offset).toBeGreaterThanOrEqual(0);
          expect(result.error.offset).toBeLessThanOrEqual(octets.length);
          if (tolerant.ok) {
            expect(tolerant.notes).not.toEqual([]);
            expect(imdn.encode(tolerant.value)).toBe(octets);
          }
          return;
        }
        expect(tolerant).toMatchObject({ ok: true, notes: [] });
        expect(imdn.encode(result.value)).toBe(octets);
        const canonical = imdn.encode(plain(result.value));
        const again = unwrap(imdn.decode(canonical));
        if (!same(plain(again), plain(result.value))) expect(plain(again)).toEqual(plain(result.value));
        expect(imdn.encode(plain(again))).toEqual(canonical);
      }),
      { numRuns: RUNS * 2, seed: 2 },
    );
  });
});

/** The schema of RFC 5438 over the tree that the reader of other documents gives; `undefined` for what is not valid. */
function byTree(root: XmlElement): Partial<Imdn> | undefined {
  const { namespace } = root.name;
  const isOwn = (element: XmlElement | undefined, local: string): element is XmlElement =>
    element?.name.local === local && element.name.namespace === namespace;
  const bare = (element: XmlElement): boolean => element.attributes.length === 0;
  const noText = (element: XmlElement): boolean => /^[ \t\r\n]*$/.test(textOf(element));
  const leaf = (element: XmlElement | undefined, local: string): string | undefined =>
    isOwn(element, local) && bare(element) && childrenOf(element).length === 0 ? textOf(element) : undefined;
  const foreigners = (elements: readonly XmlElement[]): boolean =>
    elements.every(({ name }) => name.namespace !== namespace && name.namespace !== '');
  if (root.name.local !== 'imdn' || namespace !== 'urn:ietf:params:xml:ns:imdn') return undefined;
  if (!bare(root) || !noText(root)) return undefined;
  const elements = [...childrenOf(root)];
  const messageId = leaf(elements.shift(), 'message-id')?.trim();
  const sent = dateTime.parse(leaf(elements.shift(), 'datetime')?.trim() ?? '');
  if (messageId === undefined || messageId === '' || !sent.ok) return undefined;
  const recipientUri = leaf(elements[0], 'recipient-uri');
  if (recipientUri !== undefined) elements.shift();
  const originalRecipientUri =
    recipientUri === undefined ? undefined : leaf(elements.shift(), 'original-recipient-uri');
  if (recipientUri !== undefined && originalRecipientUri === undefined) return undefined;
  const [next] = elements;
  let subject: string | undefined;
  if (recipientUri !== undefined && isOwn(next, 'subject')) {
    const lang = next.attributes.every(({ name }) => name.local === 'lang' && name.prefix === 'xml');
    subject = leaf(lang ? { ...next, attributes: [] } : next, 'subject');
    if (subject === undefined) return undefined;
    elements.shift();
  }
  const first = elements[0];
  const row = STATUSES.find(([type]) => isOwn(first, `${type}-notification`));
  let notification: unknown;
  if (row !== undefined && first !== undefined) {
    elements.shift();
    const [status, ...others] = childrenOf(first);
    if (!bare(first) || !noText(first) || others.length > 0 || !isOwn(status, 'status')) return undefined;
    const [value, ...extensions] = childrenOf(status);
    if (value === undefined || !bare(status) || !noText(status) || !foreigners(extensions)) return undefined;
    if (!row[1].some((one) => isOwn(value, one)) || !bare(value) || childrenOf(value).length > 0) return undefined;
    if (!noText(value)) return undefined;
    notification = { type: row[0], status: value.name.local, extensions };
  }
  if (!foreigners(elements) || (notification === undefined && elements.length === 0)) return undefined;
  return { messageId, dateTime: sent.value, notification: notification as ImdnNotification, extensions: elements };
}

describe('beside the reader of other documents, which gives a tree', () => {
  it('both refuse a document, or both read the same', () => {
    let valid = 0;
    fc.assert(
      fc.property(DOCUMENTS, (document) => {
        const result = decode(document);
        const tree = readXml(toUtf8(document));
        const wanted = tree.ok ? byTree(tree.value) : undefined;
        expect(result.ok, document).toBe(wanted !== undefined);
        if (!result.ok || wanted === undefined) return;
        valid++;
        const { messageId, dateTime: sent, notification, extensions } = result.value;
        if (notification?.type === 'interworking') return;
        const got = { messageId, dateTime: sent, notification, extensions };
        if (!same(got, wanted)) expect(got).toEqual(wanted);
      }),
      { numRuns: RUNS * 3, seed: 3 },
    );
    expect(valid).toBeGreaterThan(RUNS / 4);
  });
});

describe('what takes linear time', () => {
  const raised = { limits: { elements: 1_000_000, document: 100_000_000, params: 1_000_000, depth: 512 } };
  const times = 100_000;
  const declared = (document: string): string => document.replace('<imdn', '<imdn xmlns:x="urn:x"');

  it.each<[string, string]>([
    ['blanks', `${ROOT}${' '.repeat(times)}${ID}${TIME}${DELIVERED}</imdn>`],
    ['a long identifier', notified(DELIVERED).replace('34jk324j', 'a'.repeat(times))],
    [
      'blanks around the identifier',
      notified(DELIVERED).replace('34jk324j', `${' '.repeat(times)}a${' '.repeat(times)}`),
    ],
    ['a datetime that goes on', whole(ID, `<datetime>2008-04-04T12:16:49.${'1'.repeat(times)}Z</datetime>`, DELIVERED)],
    ['references', notified(DELIVERED).replace('34jk324j', '&amp;'.repeat(times))],
    ['comments', notified(DELIVERED, '<!---->'.repeat(times))],
    ['CDATA sections', notified(DELIVERED).replace('34jk324j', '<![CDATA[]]>'.repeat(times))],
    ['extensions', declared(notified(DELIVERED, '<x:y/>'.repeat(times)))],
    ['extensions that declare their prefix', notified(DELIVERED, X.repeat(times / 10))],
    ['extensions of the status', declared(notified(standard('delivery', `<error/>${'<x:y/>'.repeat(times)}`)))],
    [
      'attributes',
      notified(DELIVERED).replace(
        '<status',
        `<status${Array.from({ length: times / 10 }, (_, i) => ` a${i}=""`).join('')}`,
      ),
    ],
    ['the same element again', whole(ID, TIME.repeat(times), DELIVERED)],
    ['nested extensions', notified(DELIVERED, '<x:y xmlns:x="urn:x">'.repeat(times))],
    ['unknown elements', notified(DELIVERED, '<a/>'.repeat(times))],
    ['open tags', notified('<delivery-notification>'.repeat(times))],
  ])('%s', (_, document) => {
    const octets = toUtf8(document);
    for (const tolerances of [[], LENIENT]) {
      expect(quickest(() => imdn.decode(octets, { ...raised, tolerances }), MOST)).toBeLessThan(MOST);
    }
  });

  it('the default limits bound extensions', () => {
    expect(decode(notified(DELIVERED, X.repeat(times)))).toMatchObject({ ok: false, error: { code: 'limit' } });
  });
});
