import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EncodeError } from '../core/error.ts';
import { get, set } from '../sip/access.ts';
import { withDialog } from '../sip/dialog-headers.ts';
import { acceptContact } from '../sip/headers/accept-contact.ts';
import { userAgent } from '../sip/headers/products.ts';
import { sipMessage } from '../sip/message.ts';
import { same } from '../testing/laws.ts';
import { asksForAnonymity, hasAnonymousFrom } from './anonymity.ts';
import { announces, asksForIm } from './feature-tags.ts';
import { composePagerMessage, type PagerMessageInput, readPagerMessage } from './pager-message.ts';

const input: PagerMessageInput = {
  from: '"Alice" <sip:alice@home1.example>',
  to: { user: 'sip:bob@home1.example' },
  release: 'IM-client/OMA1.0 acme/phone-1.2',
  body: 'Lunch?',
};
const composeWith = (changed: object): ReturnType<typeof composePagerMessage> =>
  composePagerMessage({ ...input, ...changed });
const value = (name: string, changed: object = {}): string | undefined =>
  composeWith(changed).fields.find((field) => field.name === name)?.value;

/** A message/cpim that names its sender. */
const NAMED = 'From: <im:alice@home1.example>\r\n\r\nContent-Type: text/plain\r\n\r\nhi';

describe('composePagerMessage', () => {
  test('PM-0: a MESSAGE without Contact and dialog, its body and length', () => {
    const request = composePagerMessage(input);
    expect(request.method).toBe('MESSAGE');
    expect(request.fields.map((field) => field.name)).toEqual([
      ...['From', 'To', 'Accept-Contact', 'User-Agent', 'Content-Type', 'Content-Length'],
    ]);
    expect(new TextDecoder().decode(request.body)).toBe('Lunch?');
    expect(value('Content-Type')).toBe('text/plain;charset=UTF-8');
    expect(value('Content-Length', { body: '€' })).toBe('3');
  });

  test('PM-1: Accept-Contact asks for the IM service', () => {
    expect(value('Accept-Contact')).toBe('*;+g.oma.sip-im');
    expect(asksForIm(composePagerMessage(input))).toBe(true);
  });

  test('PM-2: User-Agent tells the release version', () => {
    expect(value('User-Agent')).toBe('IM-client/OMA1.0 acme/phone-1.2');
  });

  test('PM-3: anonymity is Privacy id and an anonymous From', () => {
    const request = composeWith({ anonymous: true });
    expect(value('Privacy', { anonymous: true })).toBe('id');
    expect(value('From', { anonymous: true })).toBe('"Anonymous" <sip:anonymous@anonymous.invalid>');
    expect(asksForAnonymity(request) && hasAnonymousFrom(request)).toBe(true);
    expect(new TextDecoder().decode(sipMessage.encode(request))).not.toContain('alice');
    expect(asksForAnonymity(composePagerMessage(input)) || hasAnonymousFrom(composePagerMessage(input))).toBe(false);
  });

  test('PM-4: the Request-URI and To are the user', () => {
    expect(composePagerMessage(input).uri).toBe('sip:bob@home1.example');
    expect(value('To')).toBe('<sip:bob@home1.example>');
  });

  test('PM-7a, PM-7b: a group is addressed with its session type, To names it alone', () => {
    const to = { group: 'sip:team@home1.example' };
    expect(composeWith({ to }).uri).toBe('sip:team@home1.example;sessiontype=pre-defined');
    expect(value('To', { to })).toBe('<sip:team@home1.example>');
  });

  test('PM-8: a session is addressed by its identity', () => {
    expect(composeWith({ to: { session: 'sip:conf9@focus.example' } }).uri).toBe('sip:conf9@focus.example');
  });

  test('takes octets of any media type, and further headers in order', () => {
    const body = { contentType: 'image/png', content: new Uint8Array([0x89, 0, 0xff]) };
    const fields = [
      { name: 'Date', value: 'Sat, 13 Nov 2010 23:29:00 GMT' },
      { name: 'x-trace', value: 'é' },
    ];
    const request = composeWith({ body, fields });
    expect(request.body).toBe(body.content);
    expect(request.fields.slice(4, 6)).toEqual(fields);
  });

  test.each<[duty: string | undefined, path: string, what: object]>([
    ['PM-0', 'from', { from: '' }],
    ['PM-0', 'from', { from: 'sip:alice@home1.example\r\nEvil: 1' }],
    ['PM-0', 'from', { from: `${input.from};tag=1` }],
    ['PM-0', 'from', { from: 7 }],
    ['PM-2', 'release', { release: 'acme/1.0' }],
    ['PM-2', 'release', { release: '' }],
    ['PM-2', 'release', { release: 'IM-client/OMA1.0\nX: y' }],
    ['PM-3', 'anonymous', { anonymous: 'yes' }],
    ['PM-3', 'body', { anonymous: true, body: { contentType: 'message/cpim', content: NAMED } }],
    ['PM-3', 'fields[0]', { anonymous: true, fields: [{ name: 'reply-to', value: '<sip:alice@home1.example>' }] }],
    ['PM-4', 'to.user', { to: { user: 'sip:b@[::1' } }],
    ['PM-4', 'to', { to: {} }],
    ['PM-7a', 'to.group', { to: { group: '' } }],
    ['PM-8', 'to.session', { to: { session: 'sip:a@b c' } }],
    ['PM-0', 'body', { body: 5 }],
    ['PM-0', 'body.contentType', { body: { contentType: 'text', content: '' } }],
    ['PM-0', 'body.contentType', { body: { contentType: '', content: '' } }],
    [undefined, 'body', { body: '\ud800' }],
    [undefined, 'fields[0].value', { fields: [{ name: 'X', value: 'a\r\nb' }] }],
    [undefined, 'fields[0].value', { fields: [{ name: 'X', value: '\0' }] }],
    [undefined, 'fields[0].name', { fields: [{ name: 'X Y', value: '' }] }],
    ['PM-0', 'fields[0]', { fields: [{ name: 'm', value: '<sip:a@b.c>' }] }],
    [
      'PM-0',
      'fields[1]',
      {
        fields: [
          { name: 'X', value: '' },
          { name: 'v', value: 'x' },
        ],
      },
    ],
    [undefined, 'input', { colour: 'red' }],
  ])('%s: throws at %s for %j', (duty, path, changed) => {
    try {
      composeWith(changed);
    } catch (error) {
      expect(error).toBeInstanceOf(EncodeError);
      expect(error).toMatchObject({ duty, path });
      return;
    }
    throw new Error('composed');
  });

  test('PM-0: throws for an over-long value', () => {
    expect(() => composeWith({ from: `"${'x'.repeat(20_000)}" <sip:a@b.c>` })).toThrow(EncodeError);
  });
});

describe('readPagerMessage', () => {
  const texts = fc.string({ unit: 'grapheme', maxLength: 60 });
  const inputs: fc.Arbitrary<PagerMessageInput> = fc.record({
    from: fc.constantFrom('<sip:alice@h.example>', '"A, \\"B\\"" <sips:a@[::1]:5061;x>', '<tel:+12015550123>'),
    to: fc.constantFrom(
      { user: 'sip:bob@h.example' },
      { user: 'tel:+12015550123' },
      { group: 'sip:team@h.example;x=1' },
      { session: 'sip:conf@h.example' },
    ),
    release: fc.constantFrom('IM-client/OMA1.0', 'x IM-client/OMA2.1 (c) acme/1'),
    anonymous: fc.boolean(),
    body: fc.oneof(texts, fc.record({ contentType: fc.constant('image/png;a="b c"'), content: fc.uint8Array() })),
    fields: fc.constantFrom([], [{ name: 'X-A', value: '1' }]),
  });

  test('is the inverse of composing, also over the wire', () => {
    fc.assert(
      fc.property(inputs, (some) => {
        const request = composePagerMessage(some);
        const read = readPagerMessage(request);
        if (!read.ok || read.value.release === undefined) throw new Error('refused');
        const again = composePagerMessage({ ...read.value, release: read.value.release });
        // A session's identity comes back as a user's: both make the same request.
        if (!same(again, request)) throw new Error(JSON.stringify(again));
        const dialog = { via: 'SIP/2.0/UDP h.example', from: '<sip:a@b.c>;tag=1', callId: 'x', cseq: 1 };
        const received = sipMessage.decode(sipMessage.encode(withDialog(request, dialog)));
        if (!received.ok) throw new Error('not decoded');
        expect(readPagerMessage(received.value)).toEqual(read);
      }),
      { seed: 1 },
    );
  });

  test('PM-1, PM-2: reads what the client did not fulfil without refusing', () => {
    const bare = {
      method: 'MESSAGE',
      uri: 'sip:b@h.example',
      fields: [{ name: 'f', value: '<sip:a@h.example>;tag=1' }],
      body: new Uint8Array(0),
    };
    expect(readPagerMessage(bare)).toMatchObject({
      ok: true,
      value: {
        release: undefined,
        anonymous: false,
        from: { params: [] },
        body: { contentType: { type: 'text' } },
        fields: [],
      },
    });
    expect(asksForIm(bare)).toBe(false);
    const other = set(set(bare, userAgent, [{ name: 'acme' }]), acceptContact, [{ params: [{ name: 'audio' }] }]);
    expect(readPagerMessage(other)).toMatchObject({ ok: true, value: { release: undefined } });
    expect(asksForIm(other)).toBe(false);
    expect(get(other, acceptContact)?.ok).toBe(true);
  });

  test.each<[string, object, string, string]>([
    ['a response', { status: 200, reason: 'OK' }, 'unsupported', 'Method'],
    ['an INVITE', { method: 'INVITE', uri: 'sip:b@h.example' }, 'unsupported', 'Method'],
    ['a broken Request-URI', { method: 'MESSAGE', uri: '<sip:b@h.example>' }, 'syntax', 'scheme'],
    ['no From', { method: 'MESSAGE', uri: 'sip:b@h.example' }, 'missing', 'From'],
  ])('refuses %s', (_, start, code, rule) => {
    const message = { ...start, fields: [], body: new Uint8Array(0) } as never;
    expect(readPagerMessage(message)).toMatchObject({ ok: false, error: { code, rule } });
  });

  test.each(['f: <sip:', 'c: text'])('refuses a message with %j', (broken) => {
    const head = `MESSAGE sip:b@h.example SIP/2.0\r\nFrom: <sip:a@h.example>\r\n${broken}\r\n\r\n`;
    const got = sipMessage.decode(
      new TextEncoder().encode(broken.startsWith('f') ? head.replace(/From.*\r\n/, '') : head),
    );
    if (!got.ok) throw new Error('not decoded');
    expect(readPagerMessage(got.value).ok).toBe(false);
  });
});

test('LM-G4: a Contact announces its feature tags', () => {
  const head = (contact: string): string => `SIP/2.0 200 OK\r\nm: ${contact}\r\n\r\n`;
  const of = (contact: string): boolean => {
    const got = sipMessage.decode(new TextEncoder().encode(head(contact)));
    return got.ok && announces(got.value, 'automata');
  };
  expect(of('<sip:a@h.example>;automata')).toBe(true);
  expect(of('<sip:a@h.example>;automata="FALSE"')).toBe(false);
  expect(of('<sip:a@h.example>;+g.oma.sip-im')).toBe(false);
  expect(of('*')).toBe(false);
  expect(of('<sip:')).toBe(false);
});
