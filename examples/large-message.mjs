/*
 * One message in the mode that its size asks for: too large for pager mode, it becomes the INVITE of a large message
 * session, with the octets that MSRP will carry. `npm run build && node examples/large-message.mjs`
 */
import { chooseMode, composePagerMessage, sipMessage, unwrap, withDialog } from 'oma-simple-im';
import { cpim } from 'oma-simple-im/cpim';
import { composeLargeMessageInvite, largeMessageFrom, readLargeMessageInvite } from 'oma-simple-im/im';
import { readNotificationRequest } from 'oma-simple-im/imdn';

const message = {
  from: '"Alice" <sip:alice@home1.example>',
  to: { user: 'sip:bob@home1.example' },
  release: 'IM-client/OMA1.0 acme/phone-1.2',
  body: 'The minutes of yesterday. '.repeat(100),
};
const dialog = {
  via: 'SIP/2.0/TCP phone.home1.example;branch=z9hG4bKlarge1',
  from: '<sip:alice@home1.example>;tag=a1',
  callId: 'large1@phone.home1.example',
  cseq: 1,
};
const { mode, octets, duty } = chooseMode(withDialog(composePagerMessage(message), dialog));
console.log(`${mode} mode by ${duty}: a MESSAGE would have ${octets} octets`);

const large = largeMessageFrom(message, {
  contact: '<sip:alice@192.0.2.10:5060>',
  media: {
    origin: { sessionId: '3890844526', address: '192.0.2.10' },
    path: ['msrp://192.0.2.10:7654/jshA7weztas;tcp'],
  },
  dateTime: '2026-11-22T12:00:00Z',
  notifications: { dispositions: ['positive-delivery', 'display'], messageId: 'jFzD4wQ7aUJ9' },
});
const sent = sipMessage.encode(withDialog(composeLargeMessageInvite(large), dialog));
console.log(`an INVITE of ${sent.length} octets for ${large.content.content.length} octets over MSRP`);

const { content, media, sessionExpires } = unwrap(readLargeMessageInvite(unwrap(sipMessage.decode(sent))));
console.log(
  `offered: ${content.size} octets, ${media.direction}, setup ${media.setup}, refreshed within ${sessionExpires} s`,
);
const asked = unwrap(readNotificationRequest(unwrap(cpim.decode(large.content.content))));
console.log(`wanted: ${asked.dispositions.map(({ type }) => type).join(', ')} of ${asked.messageId}`);
