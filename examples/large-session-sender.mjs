/*
 * Alice sends a file as one large message and waits until she is told that it was delivered. What the session knows is
 * saved with every step: when the program is killed, it says after its next start what has arrived. How to run it stands
 * in the program beside it; `die` as the last argument kills it half-way.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isRequest, sipMessage, unwrap, withDialog } from 'oma-simple-im';
import { cpim, dateTimeAt } from 'oma-simple-im/cpim';
import {
  composeLargeMessageInvite,
  composeResponse,
  identifiers,
  largeMessageFrom,
  largeSession,
  readNotificationMessage,
  sentEvent,
} from 'oma-simple-im/im';
import { openSip, plug } from './large-session-plug.mjs';

const [file = 'picture.raw', transport = 'udp', port = '5070', die] = process.argv.slice(2);
const sipPort = Number(port) + 1;
const saved = `${file}.session.json`;
const make = identifiers((count) => randomBytes(count));
const from = '<sip:alice@home1.example>';

/** The message with its wrapper, and the first step of its session. */
function begin() {
  const body = { contentType: 'application/octet-stream', content: readFileSync(file) };
  const messageId = make.messageId();
  const message = { from, to: { user: 'sip:bob@home1.example' }, release: 'IM-client/OMA1.0 acme/phone-1.2', body };
  const large = largeMessageFrom(message, {
    contact: `<sip:alice@127.0.0.1:${sipPort};transport=${transport}>`,
    media: {
      origin: { sessionId: String(Date.now()), address: '127.0.0.1' },
      path: [`msrp://127.0.0.1:9/${make.sessionId()};tcp`], // the port of who only connects
      setup: 'active',
    },
    dateTime: dateTimeAt(Date.now()),
    notifications: { dispositions: ['positive-delivery', 'negative-delivery'], messageId },
  });
  const via = `SIP/2.0/${transport.toUpperCase()} 127.0.0.1:${sipPort};branch=${make.branch()}`;
  const dialog = { via, from: `${from};tag=${make.tag()}`, callId: make.callId(), cseq: 1 };
  const invite = withDialog(composeLargeMessageInvite(large), dialog);
  const { contentType, content } = large.content;
  const at = Date.now();
  const first = largeSession.start({
    at,
    invite,
    content: { size: content.length, contentType, messageId: make.messageId() },
    ids: make.transactionId(),
    reliable: transport === 'tcp',
    chunkSize: 65_536,
    sent: unwrap(sentEvent(invite, at, unwrap(cpim.decode(content)))),
  });
  return { content, first };
}

const waits = new Set(['session', 'notification']);
function done(what) {
  waits.delete(what);
  if (waits.size > 0) return;
  rmSync(saved, { force: true });
  session.stop();
  setTimeout(() => process.exit(0), 50);
}

const octetsIn = (ranges) => ranges.reduce((sum, { start, end }) => sum + end - start + 1, 0);
const before = existsSync(saved) ? JSON.parse(readFileSync(saved, 'utf8')) : undefined;
const { content, first } = before === undefined ? begin() : { first: { state: before, effects: [] } };

const own = {
  'need-content': ({ from, to }, { tell, drained }) =>
    drained(() => tell({ type: 'content', from, octets: content.subarray(from, to) })),
  progress: ({ acknowledged }) => {
    if (die === 'die' && acknowledged > content.length / 2) process.kill(process.pid, 'SIGKILL');
  },
  ended: ({ outcome: { cause, status = '', size, acknowledged, reported } }) => {
    console.log(`ended: ${cause} ${status}`.trim());
    console.log(`${octetsIn(acknowledged)} of ${size} octets acknowledged, ${octetsIn(reported)} reported`);
    if (cause !== 'complete') done('notification');
    done('session');
  },
};

function take(octets) {
  const message = unwrap(sipMessage.decode(octets));
  if (!isRequest(message) || message.method !== 'MESSAGE') return session.tell({ type: 'sip', message });
  sip.send(sipMessage.encode(composeResponse(message, 200, { toTag: make.tag() })));
  const { messageId, recipientUri, notification } = unwrap(readNotificationMessage(message)).notifications[0];
  console.log(`${recipientUri} ${notification.status}${messageId.length > 0 ? '' : ' of nothing'}`);
  done('notification');
}

const sip = openSip(transport, { port: sipPort, to: Number(port) }, take, () => session.tell({ type: 'sip-error' }));
const session = plug(largeSession, first, {
  send: (octets) => sip.send(octets),
  own,
  saved: (state) => writeFileSync(saved, JSON.stringify(state)),
});
if (before !== undefined) {
  console.log(`restarted: ${octetsIn(before.sending.acknowledged)} of ${before.sending.size} octets were acknowledged`);
  session.tell({ type: 'msrp-closed' }); // it was lost with the program
}
