import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EncodeError } from '../core/error.ts';
import { unwrap } from '../core/result.ts';
import { getCpim } from '../cpim/access.ts';
import { cpimFrom } from '../cpim/address.ts';
import { cpim } from '../cpim/message.ts';
import { readNotificationRequest } from '../imdn/request.ts';
import { type CpimContentInput, cpimContent } from './cpim-content.ts';
import { composePagerMessage } from './pager-message.ts';

const input: CpimContentInput = {
  from: '"Alice" <sip:alice@home1.example>',
  to: { user: 'sip:bob@home1.example' },
  body: 'Lunch?',
};
const contentWith = (changed: object): string =>
  new TextDecoder().decode(cpimContent({ ...input, ...changed } as CpimContentInput).content);

test('says from whom and to whom, and carries the content', () => {
  expect(contentWith({})).toBe(
    [
      ...['From: Alice <sip:alice@home1.example>', 'To: <sip:bob@home1.example>', ''],
      ...['Content-Type: text/plain;charset=UTF-8', '', 'Lunch?'],
    ].join('\r\n'),
  );
});

test('asks for notifications, which need a date and time', () => {
  const notifications = { dispositions: ['positive-delivery', 'display'], messageId: 'jFzD4wQ7aUJ9' };
  const { content } = cpimContent({ ...input, dateTime: '2026-11-22T12:00:00Z', notifications });
  const message = unwrap(cpim.decode(content));
  expect(unwrap(readNotificationRequest(message) ?? unreachable())).toMatchObject({
    ...{ messageId: 'jFzD4wQ7aUJ9', at: { year: 2026 } },
    dispositions: [{ type: 'positive-delivery' }, { type: 'display' }],
  });
  expect(thrown({ notifications })).toMatchObject({ path: 'dateTime', clause: 'RFC5438-7.1.1.2' });
});

test.each([
  [{ group: 'sip:team@home1.example' }, 'To: <sip:team@home1.example>'],
  [{ list: ['sip:b@h.example'], factory: 'sip:factory@home1.example' }, 'To: <sip:factory@home1.example>'],
])('to %j goes as %s', (to, header) => {
  expect(contentWith({ to })).toContain(`${header}\r\n`);
});

test('carries content of any media type with its fields, and the octets stay as they are', () => {
  const body = {
    contentType: 'image/png',
    content: new Uint8Array([0, 0xff]),
    fields: [{ name: 'Content-ID', value: '<a@b>' }],
  };
  const { content } = unwrap(cpim.decode(cpimContent({ ...input, body }).content));
  expect(content.fields.map(({ name, value }) => `${name}: ${value}`)).toEqual([
    'Content-Type: image/png',
    'Content-ID: <a@b>',
  ]);
  expect([...content.body]).toEqual([0, 0xff]);
  const body2 = cpimContent({ ...input, body: 'x' });
  expect(composePagerMessage({ ...input, release: 'IM-client/OMA1.0', body: body2 }).body).toEqual(body2.content);
});

test('PM-3, LM-G5: who shall be hidden is anonymous in CPIM too', () => {
  const content = contentWith({ anonymous: true });
  expect(content).toContain('From: Anonymous <sip:anonymous@anonymous.invalid>\r\n');
  expect(content).not.toMatch(/alice/i);
});

test.each<[path: string, what: object]>([
  ['from', { from: '' }],
  ['from', { from: 'sip:a@b.c\r\nX: y' }],
  ['from', { anonymous: true, from: 'sip:' }],
  ['to', { to: {} }],
  ['to.user', { to: { user: 'bob' } }],
  ['anonymous', { anonymous: 1 }],
  ['body', { body: 5 }],
  ['body.contentType', { body: { contentType: 'Message/CPIM', content: '' } }],
  ['dateTime', { dateTime: 'today' }],
  ['dateTime.month', { dateTime: { year: 2026, month: 13, day: 1, hour: 0, minute: 0, second: 0, offset: 'Z' } }],
  ['notifications', { notifications: 'display' }],
  [
    'notifications.dispositions',
    { dateTime: '2026-11-22T12:00:00Z', notifications: { dispositions: [], messageId: 'a' } },
  ],
  [
    'notifications.messageId',
    { dateTime: '2026-11-22T12:00:00Z', notifications: { dispositions: ['display'], messageId: 'a b' } },
  ],
  ['input', { colour: 'red' }],
])('throws at %s for %j', (path, what) => {
  expect(thrown(what)).toMatchObject({ path });
});

test('whatever the name and the content, it reads back', () => {
  const name = fc.string({ unit: 'grapheme', maxLength: 20 });
  fc.assert(
    fc.property(name, fc.uint8Array({ maxLength: 60 }), (displayName, octets) => {
      const from = { displayName, uri: { scheme: 'im', rest: 'a@b.c' }, params: [] };
      const body = { contentType: 'application/octet-stream', content: octets };
      let wrapped: Uint8Array;
      try {
        wrapped = cpimContent({ ...input, from, body }).content;
      } catch (error) {
        expect(error).toBeInstanceOf(EncodeError);
        return;
      }
      const message = unwrap(cpim.decode(wrapped));
      expect([...message.content.body]).toEqual([...octets]);
      expect(unwrap(getCpim(message, cpimFrom) ?? unreachable())).toMatchObject({ name: displayName, uri: 'im:a@b.c' });
    }),
    { seed: 1 },
  );
});

function thrown(what: object): unknown {
  try {
    contentWith(what);
  } catch (error) {
    expect(error).toBeInstanceOf(EncodeError);
    return error;
  }
  throw new Error('composed');
}

function unreachable(): never {
  throw new Error('absent');
}
