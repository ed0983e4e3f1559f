import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { check } from '../check/check.ts';
import { EncodeError } from '../core/error.ts';
import { unwrap } from '../core/result.ts';
import { sameText } from '../core/text.ts';
import { contentType } from '../mime/content-headers.ts';
import { decodeMultipart } from '../mime/multipart.ts';
import { sdp } from '../sdp/session.ts';
import { get, remove, set } from '../sip/access.ts';
import { withDialog } from '../sip/dialog-headers.ts';
import { contact } from '../sip/headers/contact.ts';
import { sessionExpires } from '../sip/headers/session-expires.ts';
import { type SipMessage, type SipRequest, sipMessage } from '../sip/message.ts';
import { same } from '../testing/laws.ts';
import { asksForAnonymity, hasAnonymousFrom } from './anonymity.ts';
import { cpimContent } from './cpim-content.ts';
import { announces, asksForIm, featureTags } from './feature-tags.ts';
import { type ImsProfile, readIms, withIms } from './ims.ts';
import {
  ALLOWED,
  composeLargeMessageInvite,
  type LargeMessageInput,
  type LargeMessageInvite,
  readLargeMessageInvite,
} from './large-message.ts';

const FACTORY = 'sip:im-factory@home1.example';
const input: LargeMessageInput = {
  from: '"Alice" <sip:alice@home1.example>',
  to: { user: 'sip:bob@home1.example' },
  release: 'IM-client/OMA1.0 acme/phone-1.2',
  contact: '<sip:alice@192.0.2.10:5060>',
  media: {
    origin: { sessionId: '3890844526', address: '192.0.2.10' },
    path: ['msrp://192.0.2.10:7654/jshA7weztas;tcp'],
  },
  content: { size: 4092 },
};
const toList = { list: ['sip:bob@home1.example', 'sip:carol@home2.example'], factory: FACTORY };
const hidden = { anonymous: true, contact: '<sip:192.0.2.10:5060>' };
const dialog = { via: 'SIP/2.0/TCP h.example;branch=z9hG4bK1', from: '<sip:a@b.c>;tag=1', callId: 'x', cseq: 1 };

const composeWith = (changed: object): SipRequest =>
  composeLargeMessageInvite({ ...input, ...changed } as LargeMessageInput);
const composeMedia = (changed: object): SipRequest => composeWith({ media: { ...input.media, ...changed } });
const value = (name: string, changed: object = {}): string | undefined =>
  composeWith(changed).fields.find((field) => field.name === name)?.value;
const served = (message: SipMessage): readonly string[] =>
  check(message, { profile: 'oma-im', context: { largeMessage: true } }).served;
const text = (octets: Uint8Array): string => new TextDecoder().decode(octets);
const attributes = (changed: object = {}): readonly string[] =>
  text(composeWith(changed).body)
    .split('\r\n')
    .filter((line) => line.startsWith('a='));
const again = (invite: LargeMessageInvite): SipRequest =>
  composeLargeMessageInvite(invite as unknown as LargeMessageInput);

/** The request with the value of a field, or its SDP, changed as text. */
function changed(request: SipRequest, name: string, change: (text: string) => string): SipRequest {
  if (name === 'body') return { ...request, body: new TextEncoder().encode(change(text(request.body))) };
  const fields = request.fields.map((field) =>
    sameText(field.name, name) ? { name: field.name, value: change(field.value) } : field,
  );
  return { ...request, fields };
}

const AT = '2026-11-22T12:00:00Z';

/** A message/cpim that names its sender. */
const NAMED = 'From: <im:alice@home1.example>\r\n\r\nContent-Type: text/plain\r\n\r\nhi';

describe('composeLargeMessageInvite', () => {
  test('LM-G0, LM-E1: an INVITE with Contact, without the headers of its dialog and without a tag of To', () => {
    const request = composeLargeMessageInvite(input);
    expect(request.method).toBe('INVITE');
    expect(request.fields.map((field) => field.name)).toEqual([
      ...['From', 'To', 'Accept-Contact', 'User-Agent', 'Contact', 'Allow', 'Supported', 'Session-Expires'],
      ...['Content-Type', 'Content-Length'],
    ]);
    expect(value('To')).toBe('<sip:bob@home1.example>');
    expect(value('Content-Length')).toBe(String(request.body.length));
    const whole = withDialog(request, dialog);
    expect(text(sipMessage.encode(whole))).toMatch(/^INVITE sip:bob@home1\.example SIP\/2\.0\r\nVia: /);
    expect(check(whole, { profile: 'oma-im', role: 'originating', context: { largeMessage: true } })).toMatchObject({
      findings: [],
      served: expect.arrayContaining(['LM-G0', 'LM-G1', 'LM-G2', 'LM-G3', 'LM-G4', 'LM-G6', 'LM-G7', 'LM-E2', 'LM-E6']),
    });
  });

  test('LM-G1: Accept-Contact asks for the IM service', () => {
    expect(value('Accept-Contact')).toBe('*;+g.oma.sip-im');
  });

  test('LM-G2: User-Agent tells the release version', () => {
    expect(value('User-Agent')).toBe('IM-client/OMA1.0 acme/phone-1.2');
  });

  test('LM-G3: Allow names the methods that the client supports', () => {
    expect(value('Allow')).toBe('INVITE, ACK, CANCEL, BYE, UPDATE, MESSAGE, OPTIONS');
    expect(value('Allow', { allow: [...ALLOWED, 'PRACK'] })).toMatch(/, PRACK$/);
  });

  test.each([
    ['<sip:alice@192.0.2.10:5060>', '<sip:alice@192.0.2.10:5060>;+g.oma.sip-im'],
    ['sip:192.0.2.10', '<sip:192.0.2.10>;+g.oma.sip-im'],
    ['<sip:a@h.example>;q=0.5', '<sip:a@h.example>;+g.oma.sip-im;q=0.5'],
    [
      '<sip:a@h.example;transport=tcp>;+G.OMA.sip-im;+g.oma.sip-im.large-message',
      '<sip:a@h.example;transport=tcp>;+G.OMA.sip-im;+g.oma.sip-im.large-message',
    ],
  ])('LM-G4: the Contact %s goes as %s', (given, written) => {
    expect(value('Contact', { contact: given })).toBe(written);
    expect(announces(composeWith({ contact: given }), featureTags.im)).toBe(true);
  });

  test('LM-G5: anonymity is Privacy id and an anonymous From, and nothing else tells who it is', () => {
    const request = composeWith(hidden);
    expect(value('Privacy', hidden)).toBe('id');
    expect(asksForAnonymity(request) && hasAnonymousFrom(request)).toBe(true);
    expect(text(sipMessage.encode(request))).not.toMatch(/alice/i);
    expect(served(request)).toContain('LM-G5');
    expect(served(composeLargeMessageInvite(input))).not.toContain('LM-G5');
  });

  test('LM-G5: an anonymous Contact may have a user part that names nobody', () => {
    const opaque = { anonymous: true, contact: '"Anonymous" <sip:a0017@h.example>' };
    expect(value('Contact', opaque)).toBe('"Anonymous" <sip:a0017@h.example>;+g.oma.sip-im');
    const already = { ...hidden, from: '<sip:x@anonymous.invalid>', contact: '<sip:x@h.example>' };
    expect(value('Contact', already)).toBe('<sip:x@h.example>;+g.oma.sip-im');
  });

  test('LM-G6: Supported has timer, in front of what else is supported', () => {
    expect(value('Supported')).toBe('timer');
    expect(value('Supported', { supported: ['100rel'] })).toBe('timer, 100rel');
    expect(value('Supported', { supported: ['100rel', 'Timer'] })).toBe('100rel, Timer');
  });

  test('LM-G7: Session-Expires has refresher=uac', () => {
    expect(value('Session-Expires')).toBe('1800;refresher=uac');
    expect(value('Session-Expires', { sessionExpires: 90 })).toBe('90;refresher=uac');
  });

  test('LM-E2: for one user the Request-URI is that user', () => {
    expect(composeLargeMessageInvite(input).uri).toBe('sip:bob@home1.example');
    expect(composeWith({ to: { user: 'tel:+12125550123' } }).uri).toBe('tel:+12125550123');
  });

  test('LM-E3a, LM-E3b, LM-E3c, LM-E3d: several are a list behind the offer, sent to the factory', () => {
    const request = composeWith({ to: toList });
    expect(request.uri).toBe(`${FACTORY};sessiontype=adhoc`);
    expect(value('To', { to: toList })).toBe(`<${FACTORY}>`);
    expect(value('Require', { to: toList })).toBe('recipient-list-invite');
    expect(value('Content-Type', { to: toList })).toBe('multipart/mixed;boundary=part-00000001');
    const { parts } = unwrap(decodeMultipart(request.body, unwrap(get(request, contentType) ?? never())));
    expect(parts.map(({ fields }) => fields.map((field) => field.value))).toEqual([
      ['application/sdp'],
      ['application/resource-lists+xml', 'recipient-list'],
    ]);
    expect(text((parts[1] ?? never()).body)).toContain('<entry uri="sip:carol@home2.example"/>');
    expect(served(request)).toEqual(expect.arrayContaining(['LM-E3a', 'LM-E3b', 'LM-E3c', 'LM-E3d', 'LM-E5', 'LM-E6']));
  });

  test('LM-E4a, LM-E4b: a group is addressed with its session type, To names it alone', () => {
    const to = { group: 'sip:team@home1.example' };
    expect(composeWith({ to }).uri).toBe('sip:team@home1.example;sessiontype=pre-defined');
    expect(value('To', { to })).toBe('<sip:team@home1.example>');
    expect(served(composeWith({ to }))).toEqual(expect.arrayContaining(['LM-E4a', 'LM-E4b']));
  });

  test('LM-E5, LM-E5a, LM-E6: the body is an offer to send, with the size of the message', () => {
    expect(value('Content-Type')).toBe('application/sdp');
    expect(text(composeLargeMessageInvite(input).body)).toBe(
      [
        ...['v=0', 'o=- 3890844526 1 IN IP4 192.0.2.10', 's=-', 'c=IN IP4 192.0.2.10', 't=0 0'],
        ...['m=message 7654 TCP/MSRP *', 'a=path:msrp://192.0.2.10:7654/jshA7weztas;tcp'],
        ...['a=accept-types:message/cpim', 'a=accept-wrapped-types:*', 'a=setup:actpass'],
        ...['a=sendonly', 'a=filesize:4092', ''],
      ].join('\r\n'),
    );
  });

  test('LM-E5: what the client accepts is what it says', () => {
    const lines = text(composeMedia({ acceptTypes: ['message/cpim', 'text/plain'], maxSize: 9 }).body);
    expect(lines).toContain('a=accept-types:message/cpim text/plain\r\n');
    expect(lines).not.toContain('accept-wrapped-types');
    expect(lines).toContain('a=max-size:9\r\n');
    expect(text(composeMedia({ acceptWrappedTypes: ['text/plain'] }).body)).toContain(
      'a=accept-types:message/cpim\r\na=accept-wrapped-types:text/plain\r\n',
    );
  });

  test('LM-E6: filesize counts the wrapper, the size of the file selector does not', () => {
    const content = cpimContent({ from: input.from, to: input.to, body: 'Lunch? €' });
    const octets = content.content.length;
    expect(octets).toBeGreaterThan(100);
    expect(attributes({ content })).toContain(`a=filesize:${octets}`);
    expect(attributes({ content, sizeAttributes: 'file-selector' })).toContain('a=file-selector:size:10');
    expect(attributes({ content, sizeAttributes: 'file-selector' }).join()).not.toContain('a=filesize');
    expect(attributes({ content, sizeAttributes: 'both' }).slice(-2)).toEqual([
      `a=filesize:${octets}`,
      'a=file-selector:size:10',
    ]);
    expect(attributes({ content: { size: 20, contentSize: 10 }, sizeAttributes: 'both' }).slice(-2)).toEqual([
      'a=filesize:20',
      'a=file-selector:size:10',
    ]);
  });

  test('LM-E6: content without a wrapper has one size, and a transfer encoding is no part of the file', () => {
    const plain = { content: { contentType: 'text/plain', content: '€€' }, sizeAttributes: 'both' };
    expect(attributes(plain).slice(-2)).toEqual(['a=filesize:6', 'a=file-selector:size:6']);
    const encoded = 'Subject: x\r\n\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAEC';
    const wrapped = { content: { contentType: 'message/cpim', content: encoded }, sizeAttributes: 'both' };
    expect(attributes(wrapped).slice(-2)).toEqual([`a=filesize:${encoded.length}`, 'a=file-selector:size:3']);
  });

  test('LM-E6: what else tells the file stands beside its size', () => {
    const media = { ...input.media, fileTransferId: 'Q6LM', fileSelector: { name: 'a "b".txt' } };
    expect(attributes({ media, content: { contentSize: 7 }, sizeAttributes: 'file-selector' }).slice(-2)).toEqual([
      'a=file-selector:name:"a %22b%22.txt" size:7',
      'a=file-transfer-id:Q6LM',
    ]);
    expect(attributes({ media }).slice(-3, -1)).toEqual(['a=filesize:4092', 'a=file-selector:name:"a %22b%22.txt"']);
  });

  const lists = { ...toList, list: [] };
  test.each<[duty: string | undefined, path: string, what: object]>([
    ['LM-G0', 'from', { from: '' }],
    ['LM-G0', 'from', { from: `${String(input.from)};tag=1` }],
    ['LM-G0', 'from', { from: 'sip:a@h.example\r\nEvil: 1' }],
    ['LM-G0', 'fields[0]', { fields: [{ name: 'm', value: '<sip:a@b.c>' }] }],
    ['LM-G0', 'fields[0]', { fields: [{ name: 'x', value: '1800' }] }],
    ['LM-G0', 'fields[0]', { fields: [{ name: 'Allow', value: 'BYE' }] }],
    ['LM-G0', 'fields[0]', { fields: [{ name: 'k', value: 'timer' }] }],
    ['LM-G0', 'fields[0]', { fields: [{ name: 'Via', value: 'x' }] }],
    [undefined, 'fields[0].value', { fields: [{ name: 'X', value: 'a\r\nb' }] }],
    ['LM-G0', 'contact', { contact: '<tel:+12125550123>' }],
    ['LM-G0', 'contact', { contact: '<sip:a@h.example>, <sip:b@h.example>' }],
    ['LM-G0', 'contact', { contact: '*' }],
    ['LM-G0', 'contact', { to: { user: 'sips:bob@h.example' } }],
    ['LM-G4', 'contact', { contact: '<sip:a@h.example>;+g.oma.sip-im="FALSE"' }],
    ['LM-G2', 'release', { release: 'acme/1.0' }],
    ['LM-G2', 'release', { release: undefined }],
    ['LM-G3', 'allow', { allow: [] }],
    ['LM-G3', 'allow', { allow: ['IN VITE'] }],
    ['LM-G3', 'allow', { allow: 'INVITE' }],
    ['LM-G4', 'contact', { contact: '' }],
    ['LM-G4', 'contact', { contact: undefined }],
    ['LM-G4', 'contact', { contact: '<sip:a@h.example' }],
    ['LM-G4', 'contact', { contact: { uri: { scheme: 'sip', host: 'h\r\n', params: [], headers: [] }, params: [] } }],
    ['LM-G5', 'anonymous', { anonymous: 'yes' }],
    ['LM-G5', 'content.content', { ...hidden, content: { contentType: 'message/cpim', content: NAMED } }],
    ['LM-G5', 'contact', { anonymous: true }],
    ['LM-G5', 'contact', { ...hidden, contact: '"A. Liddell" <sip:192.0.2.10>' }],
    ['LM-G5', 'contact', { ...hidden, contact: '<sip:%61LICE@192.0.2.10>' }],
    ['LM-G5', 'contact', { ...hidden, from: '<tel:+1-212-555-0123>', contact: '<sip:+12125550123@h.example>' }],
    ['LM-G5', 'fields[0]', { ...hidden, fields: [{ name: 'Reply-To', value: '<sip:alice@home1.example>' }] }],
    ['LM-G6', 'supported', { supported: ['a b'] }],
    ['LM-G6', 'supported', { supported: 5 }],
    ['LM-G7', 'sessionExpires', { sessionExpires: 89 }],
    ['LM-G7', 'sessionExpires', { sessionExpires: 1800.5 }],
    ['LM-G7', 'sessionExpires', { sessionExpires: 2 ** 32 }],
    ['LM-G7', 'sessionExpires', { sessionExpires: Number.NaN }],
    ['LM-G7', 'sessionExpires', { sessionExpires: '1800' }],
    ['LM-E2', 'to.user', { to: { user: 'sip:b@[::1' } }],
    ['LM-E2', 'to', { to: {} }],
    ['LM-E2', 'to', { to: { session: 'sip:conf9@focus.example' } }],
    ['LM-E3a', 'to.list', { to: lists }],
    ['LM-E3a', 'to.list[0]', { to: { ...toList, list: ['bob'] } }],
    ['LM-E3a', 'fields[0]', { to: toList, fields: [{ name: 'Require', value: 'Recipient-List-Invite' }] }],
    ['LM-E3b', 'to', { to: { list: toList.list } }],
    ['LM-E3b', 'to.factory', { to: { ...toList, factory: 'tel:+12125550123' } }],
    ['LM-E4a', 'to.group', { to: { group: '' } }],
    ['LM-E4a', 'to.group', { to: { group: 'tel:+12125550123' } }],
    ['LM-E6', 'content', { content: undefined }],
    ['LM-E6', 'content', { content: 'text' }],
    ['LM-E6', 'content.size', { content: {} }],
    ['LM-E6', 'content.size', { content: { contentSize: 5 } }],
    ['LM-E6', 'content.size', { content: { contentType: 'text/plain', content: '' } }],
    ['LM-E6', 'content.contentSize', { content: { size: 5 }, sizeAttributes: 'file-selector' }],
    ['LM-E6', 'content.contentSize', { content: { size: 5 }, sizeAttributes: 'both' }],
    ['LM-E6', 'content.contentType', { content: { contentType: 'text', content: 'x' } }],
    ['LM-E6', 'content.content', { content: { contentType: 'message/cpim', content: 'no CPIM' } }],
    [undefined, 'content.content', { content: { contentType: 'text/plain', content: '\ud800' } }],
    ['LM-E6', 'sizeAttributes', { sizeAttributes: 'size' }],
    [undefined, 'input', { colour: 'red' }],
  ])('%s: throws at %s for %j', (duty, path, what) => {
    expect(thrown(() => composeWith(what))).toMatchObject({ duty, path });
  });

  test.each([-1, 0, 1.5, 2 ** 53, Number.NaN, '4092'])('LM-E6: throws for a size of %j', (size) => {
    expect(thrown(() => composeWith({ content: { size } }))).toMatchObject({ duty: 'LM-E6' });
  });

  test.each<[duty: string, path: string, what: object]>([
    ['LM-E5', 'media.path', { path: [] }],
    ['LM-E5', 'media.path[0]', { path: ['msrp://h.example/x;tcp'] }],
    ['LM-E5', 'media.path[0]', { path: ['http://h.example'] }],
    ['LM-E5', 'media.path', { path: 'msrp://h.example:9/x;tcp' }],
    ['LM-E5', 'media.origin', { origin: undefined }],
    ['LM-E5', 'media.origin.address', { origin: { sessionId: 1, address: 5 } }],
    ['LM-E5', 'media.origin.address', { origin: { sessionId: 1, address: 'h h' } }],
    ['LM-E5', 'media.setup', { setup: 'passive' }],
    ['LM-E5a', 'media.direction', { direction: 'sendrecv' }],
    ['LM-E5a', 'media.direction', { direction: 'up' }],
    ['LM-E5', 'media.fileDate', { fileDate: 'today' }],
  ])('%s: throws at %s for the medium %j', (duty, path, what) => {
    expect(thrown(() => composeMedia(what))).toMatchObject({ duty, path });
  });

  test.each([
    ['media.origin.username', { origin: { ...input.media.origin, username: 'Alice' } }],
    ['media.path[0]', { path: ['msrp://alice@192.0.2.10:7654/x;tcp'] }],
  ])('LM-G5: throws at %s, which would tell the identity', (path, what) => {
    const media = { ...input.media, ...what };
    expect(thrown(() => composeWith({ ...hidden, media }))).toMatchObject({ duty: 'LM-G5', path });
    expect(composeWith({ media }).method).toBe('INVITE');
  });
});

test('LM-G0: throws nothing but EncodeError, whatever stands in place of a part of the input', () => {
  const rich: LargeMessageInput = {
    ...input,
    to: {
      list: [{ uri: 'sip:b@h.example', copyControl: 'to', displayName: { text: 'B', language: 'de' } }],
      factory: FACTORY,
    },
    contact: { displayName: 'A', uri: { scheme: 'sip', host: 'h.example', params: [], headers: [] }, params: [] },
    media: {
      ...{ ...input.media, address: 'h.example', sessionName: 'x', port: 7654, setup: 'active', direction: 'sendonly' },
      ...{ acceptTypes: ['message/cpim'], acceptWrappedTypes: ['*'], maxSize: 5, fileTransferId: 'a', fileIcon: 'a@b' },
      fileSelector: {
        name: 'a',
        type: { type: 'image', subtype: 'png', params: [] },
        hashes: [],
      },
      ...{ fileRange: { start: 1, stop: 2 }, attributes: ['x-a'], fileDisposition: 'render' },
    },
    content: { contentType: { type: 'text', subtype: 'plain', params: [] }, content: new Uint8Array(3) },
    sizeAttributes: 'both',
    ...{
      sessionExpires: 90,
      allow: ['BYE'],
      supported: ['a'],
      fields: [{ name: 'X-A', value: 'y' }],
      anonymous: false,
    },
  };
  expect(composeLargeMessageInvite(rich).method).toBe('INVITE');
  const junk = [
    null,
    5,
    -1,
    Number.NaN,
    true,
    '',
    'x',
    'a\r\nb',
    '\ud800',
    [],
    [null],
    {},
    { uri: null },
    { list: [] },
    () => 1,
  ];
  const wrong: string[] = [];
  const visit = (value: unknown, path: string, put: (part: unknown) => unknown): void => {
    for (const part of junk) {
      try {
        sipMessage.encode(composeLargeMessageInvite(put(part) as LargeMessageInput));
      } catch (error) {
        if (!(error instanceof EncodeError)) wrong.push(`${path} = ${JSON.stringify(part)}: ${String(error)}`);
      }
    }
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return;
    for (const [key, inner] of Object.entries(value)) {
      const whole = (part: unknown): unknown => {
        if (!Array.isArray(value)) return put({ ...value, [key]: part });
        return put(value.map((element, i) => (String(i) === key ? part : element)));
      };
      visit(inner, `${path}.${key}`, whole);
    }
  };
  visit(rich, '', (part) => part);
  expect(wrong).toEqual([]);
});

test('LM-E5: refuses what is no medium at all', () => {
  expect(thrown(() => composeWith({ media: undefined }))).toMatchObject({ duty: 'LM-E5', path: 'media' });
});

function never(): never {
  throw new Error('absent');
}

function thrown(make: () => unknown): unknown {
  try {
    make();
  } catch (error) {
    expect(error).toBeInstanceOf(EncodeError);
    return error;
  }
  throw new Error('composed');
}

describe('readLargeMessageInvite', () => {
  const targets: fc.Arbitrary<LargeMessageInput['to']> = fc.oneof(
    fc.constantFrom(
      { user: 'sip:bob@h.example' },
      { user: 'tel:+12015550123' },
      { group: 'sip:team@h.example;x=1' },
      { list: ['sip:b@h.example'], factory: FACTORY },
    ),
    fc.record({
      factory: fc.constant('sip:factory@[::1]:5061;transport=tcp'),
      list: fc.array(
        fc.record({
          uri: fc.constantFrom('sip:b@h.example', 'tel:+12015550123', 'sip:c@h.example;x=%22', 'sips:d@h.example'),
          copyControl: fc.constantFrom('to', 'cc', 'bcc', undefined),
          anonymize: fc.constantFrom(true, false, undefined),
          displayName: fc.constantFrom('B & C', { text: 'Böb', language: 'de' }, undefined),
        }),
        { minLength: 1, maxLength: 4 },
      ),
    }),
  );
  const sizes = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
  const media: fc.Arbitrary<LargeMessageInput['media']> = fc.record(
    {
      origin: fc.record(
        {
          sessionId: fc.constantFrom('0', '9223372036854775807', 7),
          version: fc.constantFrom('3', 4),
          address: fc.constantFrom('192.0.2.1', '2001:db8::1', 'h.example'),
          username: fc.constantFrom('-', 'guest'),
        },
        { requiredKeys: ['sessionId', 'address'] },
      ),
      path: fc.constantFrom(
        ['msrp://192.0.2.1:9/a;tcp'],
        ['msrps://relay.example:2855/r;tcp', 'msrps://[2001:db8::1]:7655/b;tcp;x=y'],
      ),
      acceptTypes: fc.constantFrom(['message/cpim'], ['message/cpim', 'text/*'], ['*']),
      acceptWrappedTypes: fc.constantFrom(['*'], ['text/plain', 'message/imdn+xml']),
      maxSize: sizes,
      setup: fc.constantFrom('active', 'actpass'),
      direction: fc.constant('sendonly'),
      fileSelector: fc.constantFrom(
        { name: 'a b' },
        { type: { type: 'image', subtype: 'png', params: [] } },
        { name: 'é%', hashes: [] },
      ),
      fileTransferId: fc.constant('Q6LMoGymJdh0IKIgD6wD0jkcfgva4xvE'),
      fileDisposition: fc.constantFrom('render', 'attachment'),
      fileRange: fc.constantFrom({ start: 1 }, { start: 3, stop: 9 }),
      attributes: fc.constantFrom(['chatroom:nickname'], ['x-a', 'x-b:c']),
    },
    { requiredKeys: ['origin', 'path'] },
  ) as fc.Arbitrary<unknown> as fc.Arbitrary<LargeMessageInput['media']>;
  const content = fc.oneof(
    fc.record({ size: sizes, contentSize: sizes }),
    fc.record({ contentType: fc.constant('text/plain'), content: fc.string({ unit: 'grapheme', minLength: 1 }) }),
    fc
      .string({ unit: 'grapheme', minLength: 1 })
      .map((body) => cpimContent({ ...{ from: input.from, to: input.to, body }, anonymous: true, dateTime: AT })),
  );
  const inputs: fc.Arbitrary<LargeMessageInput> = fc.record(
    {
      from: fc.constantFrom('<sip:alice@h.example>', '"A, \\"B\\"" <sips:a@[::1]:5061;x>', '<tel:+12015550123>'),
      to: targets,
      release: fc.constantFrom('IM-client/OMA1.0', 'x IM-client/OMA2.1 (c) acme/1'),
      contact: fc.constantFrom('<sips:c1@192.0.2.1;transport=tcp>', '<sips:[::1]>;+g.oma.sip-im.large-message;q=0.1'),
      anonymous: fc.boolean(),
      fields: fc.constantFrom([], [{ name: 'X-A', value: '1' }], [{ name: 'Require', value: '100rel' }]),
      media,
      content,
      sizeAttributes: fc.constantFrom('filesize', 'file-selector', 'both'),
      sessionExpires: fc.integer({ min: 90, max: 0xffff_ffff }),
      allow: fc.constantFrom(['INVITE'], ALLOWED),
      supported: fc.constantFrom([], ['100rel'], ['gruu', 'timer']),
    },
    { requiredKeys: ['from', 'to', 'release', 'contact', 'media', 'content'] },
  ) as fc.Arbitrary<LargeMessageInput>;
  const profiles: fc.Arbitrary<ImsProfile | undefined> = fc.constantFrom(undefined, {
    preferredIdentity: '<sip:alice@home1.example>',
    preferredService: 'urn:urn-7:3gpp-service.ims.icsi.oma.cpm.largemsg',
    accessNetworkInfo: '3GPP-E-UTRAN-FDD;utran-cell-id-3gpp=2620112345678901',
    pCscf: 'sip:pcscf.visited1.example;lr',
    serviceRoute: '<sip:orig@scscf1.home1.example;lr>',
    securityVerify: 'ipsec-3gpp;alg=hmac-sha-1-96;spi-c=98765432;spi-s=87654321;port-c=8642;port-s=7531',
  });

  test('LM-G0, LM-E1: is the inverse of composing, whatever the receivers, the privacy, the core and the offer', () => {
    fc.assert(
      fc.property(inputs, profiles, (some, profile) => {
        const request = composeLargeMessageInvite(some);
        const read = unwrap(readLargeMessageInvite(request));
        if (!same(again(read), request)) throw new Error(JSON.stringify(again(read)));
        const sent = profile === undefined ? request : withIms(request, profile);
        const received = unwrap(sipMessage.decode(sipMessage.encode(withDialog(sent, dialog))));
        const over = unwrap(readLargeMessageInvite(received));
        expect({ ...over, fields: [] }).toEqual({ ...read, fields: [] });
        if (profile === undefined) {
          expect(over.fields).toEqual(read.fields);
          return;
        }
        expect(unwrap(readIms(received)).preferredService).toHaveLength(1);
        const composed = again(over);
        expect(composed.body).toEqual(request.body);
        const names = (message: SipRequest): Set<string> => new Set(message.fields.map(({ name }) => name));
        expect(names(composed)).toEqual(names(sent));
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  test('LM-G0, LM-E1: the same over generated octets: reading never throws', () => {
    const base = text(sipMessage.encode(withDialog(composeWith({ to: toList }), dialog)));
    fc.assert(
      fc.property(fc.nat(base.length), fc.nat(20), fc.string({ maxLength: 4 }), (at, cut, put) => {
        const got = sipMessage.decode(new TextEncoder().encode(base.slice(0, at) + put + base.slice(at + cut)));
        if (!got.ok) return;
        readLargeMessageInvite(got.value);
        served(got.value);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  test.each([
    ['large-invite-one-user', { to: { user: { host: 'home1.example.net' } }, content: { size: 4092 } }],
    ['large-invite-predefined-group', { to: { group: { user: 'team' } }, anonymous: true }],
    ['large-invite-file-selector', { content: { size: 4092, contentSize: 4092 }, sizeAttributes: 'both' }],
    ['large-invite-adhoc-list', { to: { factory: { user: 'conf-factory' } }, content: { size: 20480 } }],
  ])('LM-E1: what %s says composes to an equivalent INVITE', (name, expected) => {
    const octets = readFileSync(new URL(`../../fixtures/messages/${name}.sip`, import.meta.url));
    const received = unwrap(sipMessage.decode(new Uint8Array(octets))) as SipRequest;
    const read = unwrap(readLargeMessageInvite(received));
    expect(read).toMatchObject(expected);
    const composed = again(read);
    expect(readLargeMessageInvite(composed)).toEqual({ ok: true, value: read, notes: [] });
    expect(composed.uri).toBe(received.uri);
    const values = (message: SipRequest): string[] =>
      message.fields
        .filter(({ name: header }) => !['Via', 'Max-Forwards', 'Call-ID', 'CSeq'].includes(header))
        .filter(({ name: header }) => !header.startsWith('Content-'))
        .map((field) => `${field.name}: ${field.value.replace(/;tag=.*/, '')}`)
        .sort();
    expect(values(composed)).toEqual(values(received));
    expect(served(received)).toEqual(served(withDialog(composed, dialog)));
  });

  test('LM-E1, LM-G1, LM-G2, LM-G3, LM-G4, LM-G6, LM-G7: does not refuse what fulfils no duty, and says so', () => {
    const names = ['Accept-Contact', 'User-Agent', 'Contact', 'Allow', 'Supported', 'Session-Expires'];
    const whole = composeLargeMessageInvite(input);
    const bare = { ...whole, fields: whole.fields.filter(({ name }) => !names.includes(name)) };
    expect(unwrap(readLargeMessageInvite(bare))).toMatchObject({
      ...{ release: undefined, contact: undefined, allow: undefined, supported: undefined, sessionExpires: undefined },
      ...{ anonymous: false, fields: [] },
    });
    expect(asksForIm(bare)).toBe(false);
    expect(served(bare)).toEqual(['LM-E2', 'LM-E5', 'LM-E5a', 'LM-E6']);
    expect(served(whole)).toEqual(expect.arrayContaining(['LM-G1', 'LM-G2', 'LM-G3', 'LM-G4', 'LM-G6', 'LM-G7']));
  });

  test('LM-G3, LM-G6, LM-G7: a header that is broken costs only itself', () => {
    const broken = ['Allow', 'Supported', 'Session-Expires'].reduce(
      (message: SipRequest, name) => changed(message, name, () => '('),
      composeLargeMessageInvite(input),
    );
    expect(unwrap(readLargeMessageInvite(broken))).toMatchObject({ allow: undefined, sessionExpires: undefined });
  });

  test('LM-G4: a Contact without the feature tag is read, and is not served', () => {
    const request = composeLargeMessageInvite(input);
    const bare = set(request, contact, [
      { uri: { scheme: 'sip', host: 'h.example', params: [], headers: [] }, params: [] },
    ]);
    expect(unwrap(readLargeMessageInvite(bare)).contact).toMatchObject({ params: [] });
    expect(served(bare)).not.toContain('LM-G4');
  });

  test('LM-G7: another refresher is read, and is not served', () => {
    const other = set(composeLargeMessageInvite(input), sessionExpires, { seconds: 60, params: [] });
    expect(unwrap(readLargeMessageInvite(other)).sessionExpires).toBe(60);
    expect(served(other)).not.toContain('LM-G7');
  });

  test.each<[duty: string, name: string, from: string | RegExp, to: string]>([
    ['LM-E3c', 'uri', ';sessiontype=adhoc', ''],
    ['LM-E3b', 'To', 'im-factory', 'bob'],
    ['LM-E3d', 'Content-Type', 'mixed', 'related'],
    ['LM-E5a', 'body', 'a=sendonly\r\n', ''],
    ['LM-E6', 'body', /a=filesize.*\r\n/, ''],
    ['LM-E6', 'body', /a=filesize.*\r\n/, 'a=filesize:-1\r\n'],
    ['LM-E5', 'body', /a=path.*\r\n/, ''],
  ])('%s: is not served where %s has %j as %j', (duty, name, from, to) => {
    const request = composeWith({ to: toList });
    const other =
      name === 'uri'
        ? { ...request, uri: request.uri.replace(from, to) }
        : changed(request, name, (old) => old.replace(from, to));
    expect(readLargeMessageInvite(other).ok).toBe(true);
    expect(served(request)).toContain(duty);
    expect(served(other)).not.toContain(duty);
  });

  test.each<[duty: string, to: object, uri: string]>([
    ['LM-E2', { user: 'sip:bob@h.example' }, 'sip:carol@h.example'],
    ['LM-E4a', { group: 'sip:team@h.example' }, 'sip:others@h.example;sessiontype=pre-defined'],
    ['LM-E4b', { group: 'sip:team@h.example' }, 'sip:team@h.example'],
  ])('%s: is not served where the Request-URI of %j is %s', (duty, to, uri) => {
    const request = composeWith({ to });
    expect(served(request)).toContain(duty);
    expect(served({ ...request, uri })).not.toContain(duty);
  });

  test('LM-E3a: who else received is read, and no part of what is composed', () => {
    const request = composeWith({ to: toList });
    const body = text(request.body).replace('recipient-list', 'recipient-list-history;handling=optional');
    const received = remove(
      { ...request, uri: 'sip:bob@home1.example', body: new TextEncoder().encode(body) },
      'Require',
    );
    const read = unwrap(readLargeMessageInvite(received));
    expect(read.to).toMatchObject({ user: { user: 'bob' } });
    expect(read.history?.map(({ uri }) => uri)).toEqual(toList.list);
    expect(read.content).toEqual({ size: 4092, contentSize: undefined });
  });

  const offer = composeLargeMessageInvite(input);
  const several = composeWith({ to: toList });
  const twoMedia = (body: string): string => `${body}m=audio 4000 RTP/AVP 0\r\n`;
  test.each<[duty: string, what: string, message: object, code: string, rule: string]>([
    ['LM-G0', 'a response', { ...offer, method: undefined, status: 200 }, 'unsupported', 'Method'],
    ['LM-G0', 'a MESSAGE', { ...offer, method: 'MESSAGE' }, 'unsupported', 'Method'],
    ['LM-G0', 'an INVITE in a dialog', changed(offer, 'To', (old) => `${old};tag=1`), 'unsupported', 'To'],
    ['LM-G0', 'a broken Contact', changed(offer, 'Contact', () => '<sip:'), 'truncated', 'host'],
    ['LM-G0', 'two Contacts', changed(offer, 'Contact', (old) => `${old}, ${old}`), 'unsupported', 'Contact'],
    ['LM-G0', 'a wildcard', changed(offer, 'Contact', () => '*'), 'unsupported', 'Contact'],
    [
      'LM-E3a',
      'no list',
      changed(several, 'body', (old) => old.replace(/recipient-list/, 'x')),
      'missing',
      'recipient-list',
    ],
    [
      'LM-E3a',
      'a list to a group',
      { ...several, uri: 'sip:g@h.example;sessiontype=pre-defined' },
      'unsupported',
      'Request-URI',
    ],
    [
      'LM-E3d',
      'a list alone',
      changed(several, 'body', (old) => old.slice(old.indexOf('\r\n--part') + 2)),
      'missing',
      'body-part',
    ],
    ['LM-E5', 'no SDP', changed(offer, 'Content-Type', () => 'text/plain'), 'missing', 'Content-Type'],
    ['LM-E5', 'no body', { ...remove(offer, 'Content-Type'), body: new Uint8Array(0) }, 'missing', 'Content-Type'],
    ['LM-E5', 'broken SDP', changed(offer, 'body', (old) => old.slice(5)), 'missing', 'proto-version'],
    ['LM-E5', 'audio', changed(offer, 'body', (old) => old.replace('m=message', 'm=audio')), 'missing', 'media-field'],
    ['LM-E5', 'two media', changed(offer, 'body', twoMedia), 'unsupported', 'media-descriptions'],
    ['LM-E5', 'a broken origin', changed(offer, 'body', (old) => old.replace('o=- 3', 'o=- x')), 'syntax', 'sess-id'],
  ])('%s: refuses %s', (_, __, message, code, rule) => {
    const read = readLargeMessageInvite(message as SipRequest);
    expect(read).toMatchObject({ ok: false, error: { code, rule } });
  });

  test('LM-E5: the offer that is read is the one in the body', () => {
    const session = unwrap(sdp.decode(offer.body));
    expect(session.media).toHaveLength(1);
    expect(unwrap(readLargeMessageInvite(offer)).media).toMatchObject({
      ...{ port: 7654, acceptTypes: ['message/cpim'], setup: 'actpass', direction: 'sendonly' },
      origin: { sessionId: '3890844526', version: '1' },
    });
  });
});
