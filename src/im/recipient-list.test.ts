import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EncodeError } from '../core/error.ts';
import { unwrap } from '../core/result.ts';
import { getCpim } from '../cpim/access.ts';
import { cpimFrom } from '../cpim/address.ts';
import { type CpimMessage, cpim } from '../cpim/message.ts';
import { contentType } from '../mime/content-headers.ts';
import type { ExternalBody } from '../mime/external-body.ts';
import { decodeMultipart } from '../mime/multipart.ts';
import { get } from '../sip/access.ts';
import { withDialog } from '../sip/dialog-headers.ts';
import { type SipRequest, sipMessage } from '../sip/message.ts';
import { same } from '../testing/laws.ts';
import { withIms } from './ims.ts';
import { chooseMode } from './mode.ts';
import { composePagerMessage, type PagerMessage, type PagerMessageInput, readPagerMessage } from './pager-message.ts';

const FACTORY = 'sip:im-factory@home1.example';
const LIST = 'Content-Type: application/resource-lists+xml\r\nContent-Disposition: recipient-list';
const HISTORY = `${LIST}-history;handling=optional`;
const TEXT = 'Content-Type: text/plain\r\n\r\nLunch?';
const input: PagerMessageInput = {
  from: '"Alice" <sip:alice@home1.example>',
  to: { list: ['sip:bob@home1.example', 'sip:carol@home2.example'], factory: FACTORY },
  release: 'IM-client/OMA1.0',
  body: 'Lunch?',
};
const composeWith = (changed: object): SipRequest => composePagerMessage({ ...input, ...changed } as PagerMessageInput);
const text = (octets: Uint8Array): string => new TextDecoder().decode(octets);
const value = (request: SipRequest, name: string): string | undefined =>
  request.fields.find((field) => field.name === name)?.value;
const bodyTo = (list: unknown): string => text(composeWith({ to: { list, factory: FACTORY } }).body);
const dialog = { via: 'SIP/2.0/UDP h.example;branch=z9hG4bK1', from: '<sip:a@b.c>;tag=1', callId: 'x', cseq: 1 };

const document = (...entries: string[]): string =>
  '<resource-lists xmlns="urn:ietf:params:xml:ns:resource-lists" xmlns:cp="urn:ietf:params:xml:ns:copycontrol">' +
  `<list>${entries.join('')}</list></resource-lists>`;
const entry = (uri: string, rest = ''): string => `<entry uri="${uri}"${rest}/>`;

/** A message as it might come, with parts as given. */
function received(parts: readonly string[], uri = `${FACTORY};sessiontype=adhoc`, fields = ''): PagerMessage {
  return unwrap(readPagerMessage(message(parts, uri, fields)));
}

function message(parts: readonly string[], uri = `${FACTORY};sessiontype=adhoc`, fields = ''): SipRequest {
  const body = [...parts.map((part) => `--b\r\n${part}\r\n`), '--b--'].join('');
  const head = `MESSAGE ${uri} SIP/2.0\r\nFrom: <sip:a@h.example>;tag=1\r\n${fields}`;
  return unwrap(
    sipMessage.decode(new TextEncoder().encode(`${head}Content-Type: multipart/mixed;boundary=b\r\n\r\n${body}`)),
  ) as SipRequest;
}

const list = (...entries: string[]): string => `${LIST}\r\n\r\n${document(...entries)}`;

describe('composing for several recipients', () => {
  test('PM-5a: the content comes first, the list of the recipients behind it, and Require names the extension', () => {
    const request = composePagerMessage(input);
    expect(value(request, 'Require')).toBe('recipient-list-message');
    expect(value(request, 'Content-Type')).toBe('multipart/mixed;boundary=part-00000001');
    expect(text(request.body)).toBe(
      '--part-00000001\r\nContent-Type: text/plain;charset=UTF-8\r\n\r\nLunch?\r\n' +
        `--part-00000001\r\n${LIST}\r\n\r\n` +
        '<?xml version="1.0" encoding="UTF-8"?>' +
        '<resource-lists xmlns="urn:ietf:params:xml:ns:resource-lists"><list>' +
        `${entry('sip:bob@home1.example')}${entry('sip:carol@home2.example')}</list></resource-lists>` +
        '\r\n--part-00000001--',
    );
  });

  test('PM-5b, PM-5c: the Request-URI is the conference factory with sessiontype=adhoc, To names it alone', () => {
    const request = composePagerMessage(input);
    expect(request.uri).toBe(`${FACTORY};sessiontype=adhoc`);
    expect(value(request, 'To')).toBe(`<${FACTORY}>`);
  });

  test('PM-5a: entries tell copyControl, anonymize and names; bcc is what nothing says', () => {
    const body = bodyTo([
      { uri: 'sip:b@h.example', copyControl: 'to', displayName: 'B & C' },
      { uri: 'tel:+12015550123', copyControl: 'cc', anonymize: true, displayName: { text: 'D', language: 'de' } },
      { uri: 'sip:e@h.example', copyControl: 'bcc', anonymize: true },
    ]);
    expect(body).toContain('<entry uri="sip:b@h.example" cp:copyControl="to"><display-name>B &amp; C</display-name>');
    expect(body).toContain('<entry uri="tel:+12015550123" cp:copyControl="cc" cp:anonymize="true">');
    expect(body).toContain('<display-name xml:lang="de">D</display-name>');
    expect(body).toContain('<entry uri="sip:e@h.example"/>');
  });

  test('PM-5a: who is named twice is written once, with the highest copyControl', () => {
    const body = bodyTo([
      { uri: 'sip:b@h.example', copyControl: 'cc' },
      { uri: 'sip:b@H.Example;x=1', copyControl: 'to' },
      'sip:%62@h.example',
    ]);
    expect(body.match(/<entry [^>]*>/g)).toEqual(['<entry uri="sip:b@h.example" cp:copyControl="to"/>']);
  });

  test('PM-5a: the boundary occurs in no part', () => {
    const { body } = composeWith({ body: '--part-00000001\r\n--part-00000002--' });
    expect(text(body).startsWith('--part-00000003\r\n')).toBe(true);
  });

  test.each<[duty: string | undefined, path: string, what: object]>([
    ['PM-5a', 'to.list', { to: { list: [], factory: FACTORY } }],
    ['PM-5a', 'to', { to: { list: [7], factory: FACTORY } }],
    ['PM-5a', 'to', { to: { list: 'sip:b@h.example', factory: FACTORY } }],
    ['PM-5a', 'to', { to: { list: [{ uri: 'sip:b@h.example', copyControl: 'all' }], factory: FACTORY } }],
    ['PM-5a', 'to', { to: { factory: FACTORY } }],
    ['PM-5a', 'to.list[1]', { to: { list: ['sip:b@h.example', 'bob'], factory: FACTORY } }],
    ['PM-5a', 'to.list[0].uri', { to: { list: [{ uri: 'sip:b@[' }], factory: FACTORY } }],
    ['PM-5a', 'to.list[0]', { to: { list: ['sip:b@h.example?Body=x'], factory: FACTORY } }],
    ['PM-5b', 'to', { to: { list: ['sip:b@h.example'] } }],
    ['PM-5b', 'to.factory', { to: { list: ['sip:b@h.example'], factory: '' } }],
    ['PM-5b', 'to.factory', { to: { list: ['sip:b@h.example'], factory: 'tel:+12015550123' } }],
    ['PM-5a', 'fields[0]', { fields: [{ name: 'Require', value: 'recipient-list-message' }] }],
    [
      'PM-0',
      'body.fields[0]',
      { body: { contentType: 'a/b', content: '', fields: [{ name: 'content-type', value: 'x/y' }] } },
    ],
    [
      undefined,
      'body.fields[0].value',
      { body: { contentType: 'a/b', content: '', fields: [{ name: 'Content-ID', value: 'a\r\nb' }] } },
    ],
    [
      'PM-0',
      'body.fields',
      {
        to: { user: 'sip:b@h.example' },
        body: { contentType: 'a/b', content: '', fields: [{ name: 'Content-ID', value: '<a@b>' }] },
      },
    ],
    ['PM-9', 'expiration', { body: { accessType: 'URL', url: 'http://h.example/', params: [], fields: [] } }],
  ])('%s: throws at %s for %j', (duty, path, changed) => {
    expect(() => composeWith(changed)).toThrow(EncodeError);
    expect(() => composeWith(changed)).toThrow(expect.objectContaining({ duty, path }));
  });
});

describe('reading a message to several', () => {
  const bob = { uri: 'sip:bob@h.example', copyControl: 'to', anonymize: false };

  test.each([
    ['the content first', [TEXT, list(entry('sip:bob@h.example', ' cp:copyControl="to"'))]],
    ['the list first', [list(entry('sip:bob@h.example', ' cp:copyControl="to"')), TEXT]],
    [
      'two lists, with duplicates',
      [list(entry('sip:bob@h.example')), TEXT, list(entry('sip:bob@H.EXAMPLE', ' cp:copyControl="to"'))],
    ],
    [
      'a list in base64',
      [
        TEXT,
        `${LIST}\r\nContent-Transfer-Encoding: base64\r\n\r\n${btoa(document(entry('sip:bob@h.example', ' cp:copyControl="to"')))}`,
      ],
    ],
    [
      'a list without Content-Disposition',
      [
        TEXT,
        `Content-Type: application/resource-lists+xml\r\n\r\n${document(entry('sip:bob@h.example', ' cp:copyControl="to"'))}`,
      ],
    ],
  ])('PM-5a: %s', (_, parts) => {
    const { to, body } = received(parts);
    expect(to).toMatchObject({ list: [bob], factory: { user: 'im-factory', params: [] } });
    expect(body).toMatchObject({ contentType: { type: 'text', subtype: 'plain' } });
    expect(text((body as { content: Uint8Array }).content)).toBe('Lunch?');
  });

  test('PM-5a: reads a list that only its disposition or Require announces', () => {
    const parts = [TEXT, list(entry('sip:bob@h.example'))];
    expect(received(parts, FACTORY).to).toMatchObject({ list: [{ copyControl: 'bcc' }], factory: { params: [] } });
    const fields = 'Require: path, Recipient-List-Message\r\nRequire: recipient-list-message\r\n';
    expect(received(parts, FACTORY, fields).fields).toEqual([{ name: 'Require', value: 'path' }]);
  });

  test('PM-5a: keeps the further fields of the part', () => {
    const { body } = received([`Content-ID: <1@h>\r\n${TEXT}`, list(entry('sip:bob@h.example'))]);
    expect(body).toMatchObject({ fields: [{ name: 'Content-ID', value: '<1@h>' }] });
  });

  test('PM-5a: tells who else received, and leaves a history that cannot be read where it is', () => {
    const history = `${HISTORY}\r\n\r\n${document(entry('sip:anonymous@anonymous.invalid', ' cp:copyControl="cc" cp:count="2"'))}`;
    const read = received([TEXT, history], 'sip:bob@h.example');
    expect(read).toMatchObject({
      to: { user: { user: 'bob' } },
      body: { contentType: { subtype: 'plain' } },
      history: [{ uri: 'sip:anonymous@anonymous.invalid', copyControl: 'cc', count: 2 }],
    });
    const broken = received([TEXT, `${HISTORY}\r\n\r\nnone`], 'sip:bob@h.example');
    expect(broken.body).toMatchObject({ contentType: { type: 'multipart' } });
    expect(broken).not.toHaveProperty('history');
    const two = received([TEXT, TEXT, history], 'sip:bob@h.example');
    expect(two.body).toMatchObject({ contentType: { type: 'multipart' } });
    expect(two.history).toHaveLength(1);
  });

  test('PM-4: a multipart to one user stays as it is, broken or whole', () => {
    for (const parts of [[TEXT, TEXT], [TEXT], []]) {
      expect(received(parts, 'sip:bob@h.example').body).toMatchObject({ contentType: { type: 'multipart' } });
    }
  });

  test.each<[what: string, parts: readonly string[], code: string, rule: string, uri?: string]>([
    ['no list', [TEXT], 'missing', 'recipient-list'],
    ['no parts', [], 'missing', 'recipient-list'],
    ['no content', [list(entry('sip:b@h.example'))], 'missing', 'body-part'],
    ['two contents', [TEXT, TEXT, list(entry('sip:b@h.example'))], 'unsupported', 'body-part'],
    ['an empty list', [TEXT, list()], 'missing', 'entry'],
    ['a recipient that is no URI', [TEXT, list(entry('bob'))], 'truncated', 'scheme'],
    ['an entry without a URI', [TEXT, list('<entry/>')], 'missing', 'entryType'],
    ['a reference', [TEXT, list('<entry-ref ref="x"/>')], 'unsupported', 'entry-ref'],
    ['a list of another type', [TEXT, `${LIST.replace('resource-lists', 'x')}\r\n\r\n`], 'unsupported', 'Content-Type'],
    ['a list that is no XML', [TEXT, `${LIST}\r\n\r\nbob`], 'syntax', 'prolog'],
    [
      'a content whose type is broken',
      ['Content-Type: x\r\n\r\n', list(entry('sip:b@h.example'))],
      'truncated',
      'media-type',
    ],
    [
      'a list in an unknown encoding',
      [TEXT, `${LIST}\r\nContent-Transfer-Encoding: zip\r\n\r\nx`],
      'unsupported',
      'mechanism',
    ],
    [
      'a group with a list',
      [TEXT, list(entry('sip:b@h.example'))],
      'unsupported',
      'Request-URI',
      'sip:g@h.example;sessiontype=pre-defined',
    ],
  ])('PM-5a: refuses %s', (_, parts, code, rule, uri) => {
    const read = readPagerMessage(message(parts, uri));
    expect(read.ok ? read.value : { code: read.error.code, rule: read.error.rule }).toEqual({ code, rule });
  });

  test('PM-5a: refuses a message to the factory that is no multipart', () => {
    const request = { ...message([]), fields: [{ name: 'From', value: '<sip:a@h.example>' }] };
    expect(readPagerMessage(request)).toMatchObject({ ok: false, error: { code: 'missing', rule: 'recipient-list' } });
  });

  test('PM-5a: many spellings of one address take linear time', () => {
    const entries = Array.from({ length: 9000 }, (_, i) => entry(`sip:b@h.example;x=${i}`));
    const from = performance.now();
    const { to } = received([TEXT, list(...entries)]);
    expect((to as { list: readonly unknown[] }).list.length).toBeGreaterThan(8000);
    expect(performance.now() - from).toBeLessThan(2000);
  });
});

const external: ExternalBody = {
  accessType: 'URL',
  url: 'https://store.example/a%20b?c="d"',
  expiration: Date.UTC(2026, 10, 22, 12),
  size: 4096,
  params: [],
  fields: [
    { name: 'Content-Type', value: 'image/png' },
    { name: 'Content-ID', value: '<1@store.example>' },
    { name: 'Content-Disposition', value: 'render' },
  ],
};

test('PM-9: an external body is written and read as one, to one and to several', () => {
  for (const to of [{ user: 'sip:b@h.example' }, input.to]) {
    const read = unwrap(readPagerMessage(composeWith({ to, body: external })));
    expect(read.body).toMatchObject({ accessType: 'URL', size: 4096, expiration: external.expiration });
  }
});

test('PM-9: an external body that does not read as one stays octets', () => {
  const body = { contentType: 'message/external-body;access-type=URL', content: '\r\n' };
  expect(unwrap(readPagerMessage(composeWith({ body }))).body).toMatchObject({ contentType: { type: 'message' } });
});

describe('laws', () => {
  const uris = fc.constantFrom('sip:b@h.example', 'sip:b@H.example;x=1', 'sips:c@[::1]:5061', 'tel:+12015550123');
  const recipient = fc.oneof(
    uris,
    fc.record(
      {
        uri: uris,
        copyControl: fc.constantFrom('to', 'cc', 'bcc'),
        anonymize: fc.boolean(),
        displayName: fc.oneof(fc.constant('<B>'), fc.record({ text: fc.constant('É'), language: fc.constant('fr') })),
      },
      { requiredKeys: ['uri'] },
    ),
  );
  const to = fc.oneof(
    fc.constantFrom({ user: 'sip:b@h.example' }, { group: 'sip:g@h.example' }, { session: 'sip:s@h.example' }),
    fc.record({ list: fc.array(recipient, { minLength: 1, maxLength: 6 }), factory: fc.constant(FACTORY) }),
  );
  const body = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 1400 }),
    fc.record({ contentType: fc.constant('image/png;a="b c"'), content: fc.uint8Array({ maxLength: 1400 }) }),
    fc.constantFrom('--part-00000001--', '\r\n--part-00000001\r\n', external),
  );
  const inputs = fc.record({
    from: fc.constant(input.from),
    to,
    release: fc.constant(input.release),
    anonymous: fc.boolean(),
    body,
    fields: fc.constantFrom([], [{ name: 'Require', value: 'path' }]),
  });
  const ims = { preferredIdentity: 'sip:alice@home1.example', pCscf: 'sip:pcscf.example' };

  test('whatever the receivers, the content and the privacy: the size is exact, and reading inverts composing', () => {
    fc.assert(
      fc.property(inputs, (some) => {
        const request = composePagerMessage(some as PagerMessageInput);
        const whole = withDialog(request, dialog);
        const octets = sipMessage.encode(whole);
        expect(sipMessage.encodedLength(whole)).toBe(octets.length);
        expect(sipMessage.encodedLength(request)).toBe(sipMessage.encode(request).length);
        expect(chooseMode(whole)).toEqual({
          mode: octets.length < 1300 ? 'pager' : 'large',
          octets: octets.length,
          exact: true,
          duty: octets.length < 1300 ? 'SEL-1' : 'SEL-3',
        });
        const prepared = withIms(whole, ims);
        expect(chooseMode(prepared).octets).toBe(sipMessage.encode(prepared).length);
        const { to: receivers, body: sent } = unwrap(readPagerMessage(prepared));
        const read = unwrap(readPagerMessage(unwrap(sipMessage.decode(octets))));
        expect({ receivers, sent }).toEqual({ receivers: read.to, sent: read.body });
        expect(read).toEqual(unwrap(readPagerMessage(request)));
        if (read.release === undefined) throw new Error('no release');
        const again = composePagerMessage({ ...read, release: read.release });
        if (!same(again, request)) throw new Error(JSON.stringify(again));
      }),
      { seed: 5 },
    );
  });
});

test('PM-5a: a CPIM message to three is composed, measured exactly, decoded and read back equal', () => {
  const wrapped: CpimMessage = {
    headers: [
      { name: 'From', params: '', value: 'Alice <sip:alice@home1.example>' },
      { name: 'DateTime', params: '', value: '2026-11-22T12:00:00Z' },
    ],
    content: { fields: [{ name: 'Content-Type', value: 'text/plain' }], body: new TextEncoder().encode('Lunch?') },
  };
  const recipients = [
    { uri: 'sip:bob@home1.example', copyControl: 'to', anonymize: false, displayName: undefined },
    { uri: 'sip:carol@home2.example', copyControl: 'cc', anonymize: true, displayName: undefined },
    { uri: 'tel:+12015550123', copyControl: 'bcc', anonymize: false, displayName: undefined },
  ] as const;
  const content = cpim.encode(wrapped);
  const request = composeWith({
    to: { list: recipients, factory: FACTORY },
    body: { contentType: 'message/cpim', content },
  });
  const whole = withDialog(request, dialog);
  const octets = sipMessage.encode(whole);
  expect(chooseMode(whole)).toMatchObject({ mode: 'pager', octets: octets.length, exact: true, duty: 'SEL-1' });

  const decoded = unwrap(sipMessage.decode(octets));
  const type = get(decoded, contentType);
  if (type === undefined) throw new Error('no Content-Type');
  expect(unwrap(decodeMultipart(decoded.body, unwrap(type))).parts).toHaveLength(2);
  const read = unwrap(readPagerMessage(decoded));
  expect(read.to).toMatchObject({ list: recipients });
  const inner = unwrap(cpim.decode((read.body as { content: Uint8Array }).content));
  expect(cpim.encode(inner)).toEqual(content);
  expect(getCpim(inner, cpimFrom)).toMatchObject({ ok: true, value: { uri: 'sip:alice@home1.example' } });
});
