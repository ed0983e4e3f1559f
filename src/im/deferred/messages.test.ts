import { describe, expect, it } from 'vitest';
import { toUtf8 } from '../../core/octets.ts';
import { unwrap } from '../../core/result.ts';
import { cpim } from '../../cpim/message.ts';
import type { SipRequest } from '../../sip/message.ts';
import { composeNotification, composeNotificationMessage } from '../notification.ts';
import { composePagerMessage } from '../pager-message.ts';
import { notificationEvent, responseEvent, sentEvent } from './messages.ts';

const CONTENT = [
  'From: <sip:alice@h.example>',
  'To: <im:bob@h.example>',
  'DateTime: 2026-11-22T12:00:00Z',
  'NS: imdn <urn:ietf:params:imdn>',
  'imdn.Message-ID: 34jk324j',
  'imdn.Disposition-Notification: positive-delivery, display',
  '',
  'Content-Type: text/plain',
  '',
  'Hello',
].join('\r\n');
const how = { from: '<sip:alice@h.example>', release: 'IM-client/OMA1.0' };
const pager = (changed: object = {}, content = CONTENT): SipRequest =>
  composePagerMessage({
    ...{ ...how, to: { user: 'sip:bob@h.example' }, body: { contentType: 'message/cpim', content } },
    ...changed,
  });

describe('sentEvent', () => {
  it('PM-N2: tells whom a MESSAGE is for and what it asks for', () => {
    expect(unwrap(sentEvent(pager(), 5) as never)).toEqual({
      ...{ type: 'sent', at: 5, messageId: '34jk324j', method: 'MESSAGE' },
      ...{ asked: ['positive-delivery', 'display'], to: ['sip:bob@h.example', 'im:bob@h.example'] },
    });
    const hidden = CONTENT.replace('alice@h.example', 'anonymous@anonymous.invalid');
    const toGroup = pager({ anonymous: true, to: { group: 'sip:team@h.example' } }, hidden);
    expect(unwrap(sentEvent(toGroup, 5) as never)).toMatchObject({
      ...{ to: ['sip:team@h.example', 'im:bob@h.example'], members: 'unknown', anonymous: true },
    });
    const list = { list: ['sip:bob@h.example', 'tel:+12125550123'], factory: 'sip:factory@h.example' };
    expect(unwrap(sentEvent(pager({ to: list }), 5) as never)).toMatchObject({
      ...{ to: ['sip:factory@h.example', 'im:bob@h.example'], members: list.list },
    });
  });

  it('DF-1: tells of an INVITE what the content of its session asks for', () => {
    const invite = { method: 'INVITE', uri: 'sip:bob@h.example', fields: [], body: new Uint8Array(0) };
    const content = unwrap(cpim.decode(toUtf8(CONTENT)));
    expect(unwrap(sentEvent(invite, 5, content) as never)).toMatchObject({ method: 'INVITE', messageId: '34jk324j' });
    expect(sentEvent(invite, 5)).toBeUndefined();
  });

  it('PM-N2: where nothing is asked for, or no CPIM carried, there is no event; what is broken is refused', () => {
    expect(sentEvent(pager({ body: 'Hello' }), 5)).toBeUndefined();
    expect(sentEvent(pager({}, CONTENT.replace(/^imdn\.Disp.*\r\n/m, '')), 5)).toBeUndefined();
    expect(sentEvent(pager({}, 'x'), 5)?.ok).toBe(false);
    expect(sentEvent(pager({}, CONTENT.replace('34jk324j', '(')), 5)?.ok).toBe(false);
    expect(sentEvent({ ...pager(), uri: 'sip:b@[' }, 5)?.ok).toBe(false);
    expect(sentEvent({ ...pager(), fields: [{ name: 'Content-Type', value: '/' }] }, 5)?.ok).toBe(false);
    expect(sentEvent({ ...pager(), uri: 'sip:f@h.example;sessiontype=adhoc' }, 5)?.ok).toBe(false);
  });
});

it('DF-1: a response tells whether a machine answered', () => {
  const answer = { status: 200, reason: 'OK', body: new Uint8Array(0) };
  const of = (contact: string) => responseEvent({ ...answer, fields: [{ name: 'm', value: contact }] }, 'm1', 5);
  expect(of('<sip:a@h.example>;automata')).toEqual({
    type: 'response',
    at: 5,
    messageId: 'm1',
    status: 200,
    automata: true,
  });
  expect(of('<sip:a@h.example>;automata="FALSE"').automata).toBe(false);
});

it('PM-N2: notifications are told with who the network says has sent them; anything else is refused', () => {
  const told = { type: 'delivery', status: 'delivered', messageId: 'd834' } as const;
  const notification = composeNotification(unwrap(cpim.decode(toUtf8(CONTENT))), told);
  const fields = [{ name: 'P-Asserted-Identity', value: '"Bob" <sip:bob@h.example>' }];
  expect(unwrap(notificationEvent(composeNotificationMessage(notification, { ...how, fields }), 5))).toMatchObject({
    ...{ type: 'notification', at: 5, from: 'sip:bob@h.example', notifications: [{ messageId: '34jk324j' }] },
  });
  expect(unwrap(notificationEvent(composeNotificationMessage(notification, how), 5))).not.toHaveProperty('from');
  expect(notificationEvent(pager(), 5).ok).toBe(false);
});
