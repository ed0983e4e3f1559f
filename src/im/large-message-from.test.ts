import { expect, test } from 'vitest';
import { unwrap } from '../core/result.ts';
import { cpim } from '../cpim/message.ts';
import { readNotificationRequest } from '../imdn/request.ts';
import { cpimContent } from './cpim-content.ts';
import { composeLargeMessageInvite, readLargeMessageInvite } from './large-message.ts';
import { type LargeMessageSession, largeMessageFrom } from './large-message-from.ts';
import { chooseMode } from './mode.ts';
import { composePagerMessage, type PagerMessageInput } from './pager-message.ts';

const message: PagerMessageInput = {
  from: '"Alice" <sip:alice@home1.example>',
  to: { user: 'sip:bob@home1.example' },
  release: 'IM-client/OMA1.0',
  body: 'x'.repeat(1300),
  fields: [{ name: 'Date', value: 'Sat, 13 Nov 2010 23:29:00 GMT' }],
};
const session: LargeMessageSession = {
  contact: '<sip:192.0.2.10:5060>',
  media: { origin: { sessionId: 1, address: '192.0.2.10' }, path: ['msrp://192.0.2.10:7654/jshA7;tcp'] },
  dateTime: '2026-11-22T12:00:00Z',
};

test('LM-0: what is too large for pager mode becomes a large message with the same receivers, sender and content', () => {
  expect(chooseMode(composePagerMessage(message)).mode).toBe('large');
  const large = largeMessageFrom(message, { ...session, sessionExpires: 600 });
  const invite = composeLargeMessageInvite(large);
  expect(unwrap(readLargeMessageInvite(invite))).toMatchObject({
    ...{ to: { user: { user: 'bob' } }, from: { displayName: 'Alice' }, sessionExpires: 600, fields: message.fields },
    content: { size: large.content.content.length },
  });
  const carried = unwrap(cpim.decode(large.content.content));
  expect(new TextDecoder().decode(carried.content.body)).toBe(message.body);
});

test('LM-0: who sends anonymously stays hidden in both', () => {
  const large = largeMessageFrom({ ...message, anonymous: true }, session);
  expect(composeLargeMessageInvite(large).fields[0]?.value).toBe('"Anonymous" <sip:anonymous@anonymous.invalid>');
  expect(new TextDecoder().decode(large.content.content)).not.toContain('alice');
});

test('LM-0: asks for notifications inside CPIM', () => {
  const notifications = { dispositions: ['display'], messageId: 'jFzD4wQ7aUJ9' };
  const { content } = largeMessageFrom(message, { ...session, notifications });
  expect(readNotificationRequest(unwrap(cpim.decode(content.content)))).toMatchObject({ ok: true });
});

test('LM-0: content that is in CPIM already goes as it is, and is not dated again', () => {
  const body = cpimContent({ from: message.from, to: message.to, body: 'x' });
  const { dateTime, ...bare } = session;
  expect(largeMessageFrom({ ...message, body }, bare).content).toEqual(body);
  expect(() => largeMessageFrom({ ...message, body }, { ...bare, dateTime })).toThrow(
    'dateTime: the message is in CPIM',
  );
  const notifications = { dispositions: ['display'], messageId: 'a' };
  expect(() => largeMessageFrom({ ...message, body }, { ...bare, notifications })).toThrow('notifications: ');
});

test('LM-0, LM-E2: throws for a session, which no large message is for', () => {
  const to = { session: 'sip:conf9@focus.example' };
  expect(() => composeLargeMessageInvite(largeMessageFrom({ ...message, to }, session))).toThrow(/LM-E2/);
});
