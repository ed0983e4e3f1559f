/*
 * A pager-mode message to three recipients: its content goes in CPIM, and each recipient sees of the others what
 * copyControl says. Composed, measured, and read back. `npm run build && node examples/pager-to-many.mjs`
 */
import { chooseMode, composePagerMessage, readPagerMessage, sipMessage, unwrap, withDialog } from 'oma-simple-im';
import { cpim, cpimDateTime, cpimFrom, getCpim } from 'oma-simple-im/cpim';

const wrapped = cpim.encode({
  headers: [
    { name: 'From', value: 'Alice <sip:alice@home1.example>' },
    { name: 'DateTime', value: '2026-11-22T12:00:00Z' },
  ],
  content: {
    fields: [{ name: 'Content-Type', value: 'text/plain;charset=UTF-8' }],
    body: new TextEncoder().encode('Lunch at noon?'),
  },
});

const request = composePagerMessage({
  from: '"Alice" <sip:alice@home1.example>',
  to: {
    list: [
      { uri: 'sip:bob@home1.example', copyControl: 'to' },
      { uri: 'sip:carol@home2.example', copyControl: 'cc' },
      { uri: 'tel:+12125550123', copyControl: 'bcc' },
    ],
    factory: 'sip:im-factory@home1.example',
  },
  release: 'IM-client/OMA1.0 acme/phone-1.2',
  body: { contentType: 'message/cpim', content: wrapped },
});

const whole = withDialog(request, {
  via: 'SIP/2.0/TCP phone.home1.example;branch=z9hG4bKmany1',
  from: '<sip:alice@home1.example>;tag=a1',
  callId: 'many1@phone.home1.example',
  cseq: 1,
});
const { mode, octets, exact, duty } = chooseMode(whole);
const sent = sipMessage.encode(whole);
console.log(`${mode} mode by ${duty}: ${octets} octets${exact ? '' : ' at least'}, ${sent.length} sent`);

const read = unwrap(readPagerMessage(unwrap(sipMessage.decode(sent))));
for (const { uri, copyControl } of read.to.list) console.log(`${copyControl}: ${uri}`);

const message = unwrap(cpim.decode(read.body.content));
console.log(`from ${unwrap(getCpim(message, cpimFrom)).uri} in ${unwrap(getCpim(message, cpimDateTime)).year}`);
console.log(new TextDecoder().decode(message.content.body));
