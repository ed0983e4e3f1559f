/*
 * Bob gets one large message, stores it, and tells the sender that it was delivered. With the sender beside it:
 *   node examples/large-session-receiver.mjs received.bin udp 5070
 *   node examples/large-session-sender.mjs picture.raw udp 5070
 */
import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { isRequest, sipMessage, unwrap, withDialog } from 'oma-simple-im';
import { cpim } from 'oma-simple-im/cpim';
import { identifiers, outbox, receivingSession } from 'oma-simple-im/im';
import { openSip, plug } from './large-session-plug.mjs';

const [file = 'received.bin', transport = 'udp', port = '5070'] = process.argv.slice(2);
const sipPort = Number(port);
const msrpPort = sipPort + 2;
const make = identifiers((count) => randomBytes(count));
const via = `SIP/2.0/${transport.toUpperCase()} 127.0.0.1:${sipPort}`;

let session;
let notices = outbox.start({ reliable: transport === 'tcp' });
let noticeTimer;
const stored = openSync(file, 'w');

const own = {
  offered: ({ invite }, { tell }) => {
    console.log(`offered: ${invite.content.size} octets`);
    const media = {
      origin: { sessionId: String(Date.now()), address: '127.0.0.1' },
      path: [`msrp://127.0.0.1:${msrpPort}/${make.sessionId()};tcp`],
      acceptTypes: ['message/cpim'],
      acceptWrappedTypes: ['*'],
    };
    tell({ type: 'accept', media });
  },
  received: ({ from, octets }) => writeSync(stored, octets, 0, octets.length, from),
  complete: ({ size }, { tell }) => {
    console.log(`complete: ${size} octets`);
    tell({ type: 'message', octets: readFileSync(file) });
  },
  notify: ({ request }) => {
    open.add('notice');
    notify(request);
  },
  ended: ({ outcome }) => ended(outcome),
};

function notify(request) {
  const from = '<sip:bob@home1.example>';
  const dialog = {
    via: `${via};branch=${make.branch()}`,
    from: `${from};tag=${make.tag()}`,
    callId: make.callId(),
    cseq: 1,
  };
  stepNotices({ type: 'message', id: 'notice', request: withDialog(request, dialog) });
}

/** The notification is repeated until it is answered, as its transport needs it. */
function stepNotices(event) {
  const next = outbox.step(notices, { ...event, at: Date.now() });
  notices = next.state;
  for (const effect of next.effects) {
    if (effect.type === 'send') sip.send(effect.octets);
    if (effect.type === 'answered') finish(`notified: ${effect.response.status}`);
    if (effect.type === 'failed') finish(`not notified: ${effect.because}`);
  }
  clearTimeout(noticeTimer);
  const wakeAt = outbox.wakeAt(notices);
  if (wakeAt !== undefined) noticeTimer = setTimeout(stepNotices, wakeAt - Date.now(), { type: 'wake' });
}

function ended({ cause, size, received }) {
  const octets = received.reduce((sum, { start, end }) => sum + end - start + 1, 0);
  console.log(`ended: ${cause}, ${octets} of ${size} octets`);
  closeSync(stored);
  if (cause === 'complete') {
    // What was stored is the CPIM message; what is left is what it carries.
    writeFileSync(file, unwrap(cpim.decode(readFileSync(file))).content.body);
  }
  finish();
}

/** Both the session and the notification must be over. */
const open = new Set(['session']);
function finish(line) {
  if (line !== undefined) console.log(line);
  open.delete(line === undefined ? 'session' : 'notice');
  if (open.size > 0) return;
  clearTimeout(noticeTimer);
  session.stop();
  setTimeout(() => process.exit(0), 50);
}

const sip = openSip(
  transport,
  { port: sipPort },
  (octets) => {
    const message = unwrap(sipMessage.decode(octets));
    if (session !== undefined && !isRequest(message)) stepNotices({ type: 'sip', message });
    if (session !== undefined) return session.tell({ type: 'sip', message: octets });
    const options = {
      ids: make.transactionId(),
      reliable: transport === 'tcp',
      via,
      release: 'IM-client/OMA1.0 acme/phone-1.2',
    };
    const contact = `<sip:bob@127.0.0.1:${sipPort};transport=${transport}>;+g.oma.sip-im`;
    const begun = receivingSession.start({ ...options, contact, invite: octets, at: Date.now() });
    session = plug(receivingSession, begun, { send: (octets) => sip.send(octets), listenAt: msrpPort, own });
  },
  () => session?.tell({ type: 'sip-error' }),
);
console.log('ready');
