/*
 * Deferred messages: the network takes a message that it cannot deliver yet, and answers 202. The sender keeps the
 * Message-ID, so that the notification that comes a day later finds its message, even if the client was closed in
 * between. To one friend, to a list of three, to a group, and to a machine that answers a session.
 * `npm run build && node examples/deferred-messages.mjs`
 */
import { composePagerMessage, sipMessage, unwrap } from 'oma-simple-im';
import { appendCpim, cpim, cpimFrom, cpimTo, dateTimeAt } from 'oma-simple-im/cpim';
import {
  composeNotification,
  composeNotificationMessage,
  deferred,
  identifiers,
  notificationEvent,
  readNotificationMessage,
  responseEvent,
  sentEvent,
} from 'oma-simple-im/im';
import { composeAggregate, imdnMessageId, imdnOriginalTo, requestNotification } from 'oma-simple-im/imdn';

const HOUR = 60 * 60 * 1000;
const START = Date.UTC(2026, 10, 22, 12);
const ALICE = 'sip:alice@home1.example';
const RELEASE = 'IM-client/OMA1.0 acme/phone-1.2';

/** A client takes random octets; here they are counted, so that the story is the same each time. */
let count = 0;
const { messageId: newMessageId } = identifiers((octets) => new Uint8Array(octets).fill(++count));

/** What Alice writes: a CPIM message that asks to be told of its delivery and display. */
function write(hours, to, text) {
  let message = {
    headers: [],
    content: { fields: [{ name: 'Content-Type', value: 'text/plain' }], body: new TextEncoder().encode(text) },
  };
  message = appendCpim(message, cpimFrom, { name: 'Alice', uri: ALICE });
  message = appendCpim(message, cpimTo, { uri: to });
  const dispositions = ['positive-delivery', 'negative-delivery', 'display'].map((type) => ({ type }));
  return requestNotification(message, {
    dispositions,
    messageId: newMessageId(),
    at: dateTimeAt(START + hours * HOUR),
  });
}

const pager = (to, message) =>
  composePagerMessage({
    from: `<${ALICE}>`,
    to,
    release: RELEASE,
    body: { contentType: 'message/cpim', content: cpim.encode(message) },
  });

/** What the network carries: octets. */
const overTheWire = (message) => unwrap(sipMessage.decode(sipMessage.encode(message)));
const accepted = overTheWire({ status: 202, reason: 'Accepted', fields: [], body: new Uint8Array(0) });

/** Alice's client: its state, and what it is told. */
let client = deferred.start();
function happens(what, event) {
  const { state, effects } = deferred.step(client, event);
  client = state;
  const told = effects.map((effect) => {
    const { type, recipient, notification, until } = effect;
    if (type === 'store') return `keep the Message-ID until ${(until - START) / HOUR} h (${effect.duty})`;
    if (type === 'notified') return `${recipient} ${notification.notification.status}`;
    return notification === undefined
      ? type
      : `${type}: ${notification.recipientUri} ${notification.notification.status}`;
  });
  console.log(
    `${String((event.at - START) / HOUR).padStart(3)} h  ${what}${told.length === 0 ? '' : ` -> ${told.join(', ')}`}`,
  );
}

/** The message goes out, and is answered. */
function send(what, hours, to, message) {
  const request = overTheWire(pager(to, message));
  const event = unwrap(sentEvent(request, START + hours * HOUR));
  happens(what, event);
  happens('202 Accepted: it waits in the network', responseEvent(accepted, event.messageId, START + hours * HOUR));
}

/** A recipient's client notifies of what it got, and the MESSAGE with that arrives at Alice's client. */
function notify(what, hours, received, told) {
  const notification = composeNotification(received, { messageId: newMessageId(), ...told });
  const request = composeNotificationMessage(notification, { from: '<sip:im@home1.example>', release: RELEASE });
  happens(what, unwrap(notificationEvent(overTheWire(request), START + hours * HOUR)));
}

/** What a list server or an exploder makes of a message for one of those behind it. */
function copyFor(member, message, server) {
  const headers = message.headers.filter(({ name }) => name !== 'To');
  return appendCpim(appendCpim({ ...message, headers }, cpimTo, { uri: member }), imdnOriginalTo, { uri: server });
}

const delivered = { type: 'delivery', status: 'delivered' };
const displayed = { type: 'display', status: 'displayed' };
const failed = { type: 'delivery', status: 'failed' };

console.log('To Bob, who is offline');
const toBob = write(0, 'sip:bob@home1.example', 'Lunch at noon?');
send('Alice sends', 0, { user: 'sip:bob@home1.example' }, toBob);
const saved = JSON.stringify(client);
client = unwrap(deferred.restore(JSON.parse(saved)));
console.log(`     Alice closes her client and opens it again: ${client.size} message kept`);
notify('Bob is back, his client tells', 26, toBob, delivered);
notify('Bob reads it', 27, toBob, displayed);
notify('the network repeats itself', 27, toBob, displayed);

console.log('To a list of three');
const FACTORY = 'sip:im-factory@home1.example';
const three = ['sip:bob@home1.example', 'sip:carol@home2.example', 'tel:+12125550123'];
const toThree = write(28, FACTORY, 'Dinner?');
send('Alice sends', 28, { list: three, factory: FACTORY }, toThree);
notify('Bob gets it', 29, copyFor(three[0], toThree, FACTORY), delivered);
notify('the list server gives up on Carol', 30, copyFor(three[1], toThree, FACTORY), failed);
notify('Carol claims to have read it', 31, copyFor(three[1], toThree, FACTORY), displayed);
notify('the telephone gets it', 32, copyFor('tel:+1-212-555-0123', toThree, FACTORY), delivered);
notify('somebody else claims to have got it', 33, copyFor('sip:mallory@evil.example', toThree, FACTORY), delivered);

console.log('To a group, whose exploder collects what the members tell');
const TEAM = 'sip:team@home1.example';
const toTeam = write(34, TEAM, 'Meeting at nine.');
send('Alice sends', 34, { group: TEAM }, toTeam);
const collected = three.map((member, i) => {
  const told = composeNotification(copyFor(member, toTeam, TEAM), {
    messageId: newMessageId(),
    ...(i === 1 ? failed : delivered),
  });
  const arrived = overTheWire(composeNotificationMessage(told, { from: `<${TEAM}>`, release: RELEASE }));
  return unwrap(readNotificationMessage(arrived)).notifications[0];
});
let aggregate = { headers: [], content: composeAggregate(collected) };
aggregate = appendCpim(aggregate, cpimFrom, { uri: TEAM });
aggregate = appendCpim(aggregate, cpimTo, { uri: ALICE });
aggregate = appendCpim(aggregate, imdnMessageId, newMessageId());
const one = overTheWire(composeNotificationMessage(aggregate, { from: `<${TEAM}>`, release: RELEASE }));
happens('one MESSAGE tells of all', unwrap(notificationEvent(one, START + 50 * HOUR)));

console.log('A large message, for which a machine answers the session');
const large = {
  messageId: newMessageId(),
  method: 'INVITE',
  asked: ['positive-delivery'],
  to: ['sip:dave@home3.example'],
};
happens('Alice invites', { type: 'sent', at: START + 51 * HOUR, ...large });
const answer = overTheWire({
  status: 200,
  reason: 'OK',
  fields: [{ name: 'Contact', value: '<sip:store@home3.example>;automata' }],
  body: new Uint8Array(0),
});
happens('200 OK of a store', responseEvent(answer, large.messageId, START + 51 * HOUR));
happens('nobody fetches it, and the time is over', { type: 'tick', at: START + 300 * HOUR });
console.log(`     ${client.size} messages kept`);
