import { describe, expect, it } from 'vitest';
import { EncodeError } from '../core/error.ts';
import { toUtf8 } from '../core/octets.ts';
import { unwrap } from '../core/result.ts';
import { getCpim } from '../cpim/access.ts';
import { cpimFrom, cpimTo } from '../cpim/address.ts';
import { dateTimeAt } from '../cpim/datetime.ts';
import { type CpimMessage, cpim } from '../cpim/message.ts';
import { imdnMessageId, imdnRoute } from '../imdn/headers.ts';
import { composeAggregate, readNotifications } from '../imdn/notifications.ts';
import { sipMessage } from '../sip/message.ts';
import { asksForIm } from './feature-tags.ts';
import {
  composeNotification,
  composeNotificationMessage,
  type NotificationInput,
  readNotificationMessage,
} from './notification.ts';
import { composePagerMessage } from './pager-message.ts';

const HEADERS = [
  'From: Alice <sip:alice@home1.example>',
  'To: Bob <sip:bob@home1.example>',
  'DateTime: 2026-11-22T12:00:00+01:00',
  'NS: imdn <urn:ietf:params:imdn>',
  'imdn.Message-ID: 34jk324j',
  'imdn.Disposition-Notification: positive-delivery, negative-delivery, display',
];

/** A message with some of its headers changed or taken out, and others behind them. */
function original(
  changed: Readonly<Record<string, string | undefined>> = {},
  ...further: readonly string[]
): CpimMessage {
  const headers = HEADERS.flatMap((line) => {
    const name = line.slice(0, line.indexOf(':'));
    if (!(name in changed)) return [line];
    return changed[name] === undefined ? [] : [`${name}: ${changed[name]}`];
  });
  const text = [...headers, ...further, '', 'Content-Type: text/plain', '', 'Hello'].join('\r\n');
  return unwrap(cpim.decode(toUtf8(text)));
}

const delivered: NotificationInput = { type: 'delivery', status: 'delivered', messageId: 'd834jied93rf' };
const displayed: NotificationInput = { type: 'display', status: 'displayed', messageId: 'dfjkleriou43' };
const compose = (message: CpimMessage, changed: object = {}): CpimMessage =>
  composeNotification(message, { ...delivered, ...changed } as NotificationInput);
const shown = (message: CpimMessage): string => new TextDecoder().decode(cpim.encode(message));
const payload = (message: CpimMessage) =>
  unwrap(unwrap(readNotifications(message.content))[0] as never) as Record<string, unknown>;

function fault(run: () => unknown): EncodeError {
  try {
    run();
  } catch (error) {
    if (error instanceof EncodeError) return error;
    throw error;
  }
  throw new Error('composed');
}

describe('composeNotification', () => {
  it('PM-N2: tells the sender what became of the message, as RFC 5438 7.2.1.1 shows', () => {
    const notification = compose(original());
    const [head] = shown(notification).split('<?xml');
    expect(head?.split('\r\n').slice(0, 7)).toEqual([
      'From: Bob <sip:bob@home1.example>',
      'To: Alice <sip:alice@home1.example>',
      'NS: imdn <urn:ietf:params:imdn>',
      'imdn.Message-ID: d834jied93rf',
      '',
      'Content-Type: message/imdn+xml',
      'Content-Disposition: notification',
    ]);
    expect(payload(notification)).toMatchObject({
      messageId: '34jk324j',
      dateTime: { hour: 12, offset: '+01:00' },
      recipientUri: 'sip:bob@home1.example',
      originalRecipientUri: 'sip:bob@home1.example',
      notification: { type: 'delivery', status: 'delivered' },
    });
  });

  it.each([
    ['delivered', 'positive-delivery'],
    ['failed', 'negative-delivery'],
    ['forbidden', 'negative-delivery'],
    ['error', 'negative-delivery'],
  ])('PM-N2: %s was asked for by %s, and refuses what was not asked for', (status, asked) => {
    const only = { 'imdn.Disposition-Notification': asked };
    expect(payload(compose(original(only), { status }))).toMatchObject({ notification: { status } });
    const others = ['positive-delivery', 'negative-delivery', 'display', 'processing'].filter((one) => one !== asked);
    const wrong = original({ 'imdn.Disposition-Notification': others.join(', ') });
    expect(fault(() => compose(wrong, { status }))).toMatchObject({
      path: 'status',
      clause: 'RFC5438-7.2.1',
      duty: 'PM-N2',
    });
  });

  it('a display is told where it was asked for, with any of its statuses', () => {
    for (const status of ['displayed', 'forbidden', 'error']) {
      expect(payload(compose(original(), { ...displayed, status }))).toMatchObject({
        notification: { type: 'display', status },
      });
    }
    const only = original({ 'imdn.Disposition-Notification': 'positive-delivery' });
    expect(fault(() => compose(only, displayed)).reason).toBe('display was not asked for');
  });

  it('copies IMDN-Record-Route to IMDN-Route in order, under whatever prefix', () => {
    const message = original(
      {},
      'imdn.IMDN-Record-Route: <sip:last@isp.example>',
      'NS: x <urn:ietf:params:imdn>',
      'x.IMDN-Record-Route: "First" <sip:first@isp.example>',
    );
    const notification = compose(message);
    expect(unwrap(getCpim(notification, imdnRoute) as never)).toEqual([
      { name: undefined, uri: 'sip:last@isp.example' },
      { name: 'First', uri: 'sip:first@isp.example' },
    ]);
    expect(shown(notification)).not.toContain('Record-Route');
  });

  it('gives back Original-To, the first Subject, the time; says who and when it is itself', () => {
    const message = original(
      {},
      'imdn.Original-To: <sip:team@home1.example>',
      'Subject:;lang=en Lunch',
      'Subject:;lang=fr Midi',
    );
    const at = dateTimeAt(1_800_000_000_000);
    const recipient = { name: 'Bob at work', uri: 'sip:bob@work.example' };
    const notification = compose(message, { at, recipient });
    expect(payload(notification)).toMatchObject({
      recipientUri: 'sip:bob@work.example',
      originalRecipientUri: 'sip:team@home1.example',
      subject: { lang: 'en', text: 'Lunch' },
    });
    expect(shown(notification)).toContain('\r\nDateTime: 2027-01-15T08:00:00Z\r\n');
    expect(unwrap(getCpim(notification, cpimFrom) as never)).toEqual(recipient);
  });

  it.each<[why: string, path: string, clause: string, message: CpimMessage, input: object]>([
    ['one of the type was sent', 'sent', '7.2.1', original(), { sent: ['display', 'delivery'] }],
    ['the message was refused', 'response', '12.1.3.1', original(), { response: 480, status: 'failed' }],
    ['the Message-ID is the message’s', 'messageId', '7.2.1', original(), { messageId: '34jk324j' }],
    ['the Message-ID is no token', '', '10', original(), { messageId: 'a b' }],
    ['nothing was asked for', 'original', '7.2.1', original({ 'imdn.Disposition-Notification': undefined }), {}],
    ['the request is broken', 'original', '7.2.1', original({ 'imdn.Disposition-Notification': '(' }), {}],
    ['there is no Message-ID', 'original', '7.2.1', original({ 'imdn.Message-ID': undefined }), {}],
    ['there is no DateTime', 'original', '11.1.2', original({ DateTime: undefined }), {}],
    ['there is no From', 'original', '7.2.1', original({ From: undefined }), {}],
    ['there is no To', 'recipient', '11.1.3', original({ To: undefined }), {}],
    ['there are two To', 'recipient', '11.1.3', original({}, 'To: <sip:carol@home2.example>'), {}],
    ['a route is broken', 'original', '7.2.1', original({}, 'imdn.IMDN-Record-Route: sip:x'), {}],
    ['it is a notification', 'original', '7.2.1', compose(original()), {}],
  ])('throws where %s', (_, path, clause, message, input) => {
    expect(fault(() => compose(message, input))).toMatchObject({ path, clause: `RFC5438-${clause}` });
  });

  it.each<[path: string, input: object]>([
    ['type', { type: 'processing', status: 'processed' }],
    ['status', { type: 'display', status: 'delivered' }],
    ['status', { status: 'displayed' }],
    ['messageId', { messageId: undefined }],
    ['sent', { sent: 'delivery' }],
    ['sent[0]', { sent: ['processing'] }],
    ['response', { response: '200' }],
  ])('PM-N2: refuses the input for its %s', (path, input) => {
    expect(fault(() => compose(original(), input))).toMatchObject({ path, duty: 'PM-N2' });
  });

  it('does not take other input', () => {
    expect(fault(() => compose(original(), { colour: 'red' })).reason).toBe('no input is named colour');
  });
});

describe('composeNotificationMessage', () => {
  const how = { from: '"Bob" <sip:bob@home1.example>', release: 'IM-client/OMA1.0 acme/phone-1.2' };

  it('PM-N2: is a pager message to the sender, as From of its SIP request or To of CPIM tells', () => {
    const notification = compose(original());
    const request = composeNotificationMessage(notification, { ...how, sender: 'sip:alice@home9.example' });
    expect(request).toMatchObject({ method: 'MESSAGE', uri: 'sip:alice@home9.example' });
    expect(asksForIm(request)).toBe(true);
    expect(request.fields.map(({ name, value }) => `${name}: ${value}`)).toEqual([
      'From: "Bob" <sip:bob@home1.example>',
      'To: <sip:alice@home9.example>',
      'Accept-Contact: *;+g.oma.sip-im',
      'User-Agent: IM-client/OMA1.0 acme/phone-1.2',
      'Content-Type: message/cpim',
      `Content-Length: ${request.body.length}`,
    ]);
    expect(composeNotificationMessage(notification, how).uri).toBe('sip:alice@home1.example');
    expect(unwrap(getCpim(unwrap(cpim.decode(request.body)), cpimTo) as never)).toHaveLength(1);
  });

  it('goes to the first IMDN-Route, even back to a hidden sender', () => {
    const hidden = { From: '"Anonymous" <sip:anonymous@anonymous.invalid>' };
    const message = original(
      hidden,
      'imdn.IMDN-Record-Route: <sip:store@isp.example;lr>',
      'imdn.IMDN-Record-Route: <sip:b@isp.example>',
    );
    const request = composeNotificationMessage(compose(message), { ...how, sender: 'sip:anonymous@anonymous.invalid' });
    expect(request.uri).toBe('sip:store@isp.example;lr');
  });

  it.each(['sip:anonymous@anonymous.invalid', 'sips:x@Anonymous.Invalid:5061', 'im:anonymous@ANONYMOUS.invalid'])(
    'PM-N2: refuses to answer the hidden sender %s, whom no route leads to',
    (uri) => {
      const error = fault(() => composeNotificationMessage(compose(original({ From: `<${uri}>` })), how));
      expect(error).toMatchObject({ path: 'sender', clause: 'RFC5438-12.1.1', duty: 'PM-N2' });
      expect(error.reason).toContain('anonymous');
    },
  );

  it.each<[path: string, message: CpimMessage]>([
    ['content', original()],
    [
      'content',
      {
        ...compose(original()),
        content: { ...compose(original()).content, fields: [{ name: 'Content-Type', value: 'message/imdn+xml' }] },
      },
    ],
    ['headers', { ...compose(original()), headers: original().headers }],
    [
      'headers',
      {
        ...compose(original()),
        headers: original({ 'imdn.Disposition-Notification': undefined }, 'imdn.IMDN-Record-Route: <sip:a@b.example>')
          .headers,
      },
    ],
    ['sender', { ...compose(original()), headers: [] }],
    [
      'sender',
      { ...compose(original()), headers: original({ 'imdn.Disposition-Notification': undefined, To: '<x:>' }).headers },
    ],
  ])('throws at %s for what no notification is sent with', (path, message) => {
    expect(fault(() => composeNotificationMessage(message, how)).path).toBe(path);
  });

  it.each<[string, object]>([
    ['PM-0', { from: 7 }],
    ['PM-2', { release: undefined }],
    ['PM-N2', { sender: 5 }],
    ['PM-3', { anonymous: 1 }],
  ])('names %s for %j', (duty, input) => {
    expect(fault(() => composeNotificationMessage(compose(original()), { ...how, ...input } as never)).duty).toBe(duty);
  });
});

describe('readNotificationMessage', () => {
  const how = { from: '<sip:bob@home1.example>', release: 'IM-client/OMA1.0' };

  it('PM-N2: is the inverse of composing, over the wire', () => {
    const notification = compose(original());
    const octets = sipMessage.encode(composeNotificationMessage(notification, how));
    const read = unwrap(readNotificationMessage(unwrap(sipMessage.decode(octets))));
    expect(read.notifications).toHaveLength(1);
    expect(read.notifications[0]).toMatchObject({
      messageId: '34jk324j',
      notification: { type: 'delivery', status: 'delivered' },
    });
    expect(unwrap(getCpim(read.cpim, imdnMessageId) as never)).toBe('d834jied93rf');
    expect(read.pager.to).toMatchObject({ user: { user: 'alice' } });
    expect(shown(read.cpim)).toBe(shown(notification));
    expect(read.malformed).toEqual([]);
  });

  it('a part of an aggregate that cannot be read costs itself alone', () => {
    const one = unwrap(readNotifications(compose(original()).content))[0];
    const content = composeAggregate([unwrap(one as never), unwrap(one as never)]);
    const body = new TextDecoder().decode(content.body).replace('<delivered', '<lost').replace('</delivered', '</lost');
    const aggregate = { ...compose(original()), content: { ...content, body: toUtf8(body) } };
    const pager = {
      ...how,
      to: { user: 'sip:alice@home1.example' },
      body: { contentType: 'message/cpim', content: cpim.encode(aggregate) },
    };
    const read = unwrap(readNotificationMessage(composePagerMessage(pager)));
    expect([read.notifications.length, read.malformed.length]).toEqual([1, 1]);
  });

  it.each<[what: string, contentType: string, content: Uint8Array | string]>([
    ['text', 'text/plain', 'Hello'],
    [
      'an external body',
      'message/external-body;access-type=URL;URL="http://a.example/"',
      'Content-Type: text/plain\r\n\r\n',
    ],
    ['a CPIM message that is broken', 'message/cpim', 'x'],
    ['a message', 'message/cpim', cpim.encode(original())],
    [
      'a notification that is broken',
      'message/cpim',
      'From: <sip:a@b.example>\r\n\r\nContent-Type: message/imdn+xml\r\n\r\n<imdn/>',
    ],
    [
      'an aggregate that is broken',
      'message/cpim',
      'From: <sip:a@b.example>\r\n\r\nContent-Type: multipart/mixed;boundary=x\r\n\r\n--y',
    ],
  ])('PM-N2: refuses %s', (_, contentType, content) => {
    const request = composePagerMessage({
      ...how,
      to: { user: 'sip:alice@home1.example' },
      body: { contentType, content },
    });
    expect(readNotificationMessage(request).ok).toBe(false);
  });

  it('PM-N2: refuses what is no MESSAGE', () => {
    expect(readNotificationMessage({ status: 200, reason: 'OK', fields: [], body: new Uint8Array(0) }).ok).toBe(false);
  });
});
