/*
 * A large message session from the INVITE to the BYE, seen from both ends: what one composes, the other decodes. Each end
 * keeps its dialog as plain data. `npm run build && node examples/dialog.mjs`
 */
import { sipMessage, unwrap } from 'oma-simple-im';
import {
  completeRequest,
  composeInDialog,
  composeResponse,
  createDialog,
  matchesDialog,
  readResponse,
  receiveRequest,
} from 'oma-simple-im/im';
import {
  answerSessionTimer,
  expiry,
  nextRefresh,
  offerSessionTimer,
  readSessionTimer,
  refreshMethod,
  refreshSessionTimer,
  sessionTimerFrom2xx,
  withSessionTimer,
} from 'oma-simple-im/sip';

const start = 1_700_000_000_000;
const seconds = (time) => (time - start) / 1000;
const via = (host, branch) => `SIP/2.0/TCP ${host};branch=z9hG4bK${branch}`;

/** What goes over the wire arrives as octets. */
function over(message) {
  const octets = sipMessage.encode(message);
  const received = unwrap(sipMessage.decode(octets));
  const first = new TextDecoder().decode(octets).split('\r\n')[0];
  console.log(`${first}, ${octets.length} octets`);
  return received;
}

// Alice invites Bob and offers to refresh the session every half hour.
const invite = withSessionTimer(
  {
    method: 'INVITE',
    uri: 'sip:bob@home1.example',
    fields: [
      { name: 'Via', value: via('192.0.2.10:5060', '1') },
      { name: 'Max-Forwards', value: '70' },
      { name: 'From', value: '"Alice" <sip:alice@home1.example>;tag=a1' },
      { name: 'To', value: '<sip:bob@home1.example>' },
      { name: 'Call-ID', value: 'session1@192.0.2.10' },
      { name: 'CSeq', value: '1 INVITE' },
      { name: 'Contact', value: '<sip:alice@192.0.2.10>;+g.oma.sip-im' },
      { name: 'Content-Length', value: '0' },
    ],
    body: new Uint8Array(0),
  },
  offerSessionTimer({ interval: 3600 }),
);
const arrived = over(invite);

// Bob accepts, and shortens the interval.
const answer = answerSessionTimer(unwrap(readSessionTimer(arrived)), { interval: 1800 });
const accepted = composeResponse(arrived, 200, {
  toTag: 'b1',
  contact: '<sip:bob@192.0.2.77>;+g.oma.sip-im',
  allow: ['INVITE', 'ACK', 'CANCEL', 'BYE', 'UPDATE'],
  timer: answer.headers,
});
let bob = unwrap(createDialog('uas', arrived, accepted));

// Alice acknowledges and starts the timer.
const ok = over(accepted);
let alice = unwrap(createDialog('uac', invite, ok));
const { allow, timer: said } = unwrap(readResponse(ok));
const timer = sessionTimerFrom2xx(unwrap(readSessionTimer(invite)), said);
over(composeInDialog(alice, 'ACK', { via: via('192.0.2.10:5060', '2') }).request);
console.log(`refresh after ${seconds(nextRefresh(timer, start))} s, BYE after ${seconds(expiry(timer, start))} s`);

// Half the interval later Alice refreshes the session.
const update = composeInDialog(alice, refreshMethod(allow), {
  via: via('192.0.2.10:5060', '3'),
  timer: refreshSessionTimer(timer),
});
const refresh = over(update.request);
bob = unwrap(receiveRequest(bob, refresh));
const again = answerSessionTimer(unwrap(readSessionTimer(refresh)));
const refreshed = over(composeResponse(refresh, 200, { contact: '<sip:bob@192.0.2.78>', timer: again.headers }));
alice = completeRequest(update.dialog, 'uac', update.request, refreshed);

// The message is delivered: Alice ends the session at Bob's new address.
const bye = over(composeInDialog(alice, 'BYE', { via: via('192.0.2.10:5060', '4') }).request);
console.log(
  `the dialog is Bob's: ${matchesDialog(bob, bye)}, number ${unwrap(receiveRequest(bob, bye)).remoteSequence}`,
);
over(composeResponse(bye, 200));
