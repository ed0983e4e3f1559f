// Other people's parsers and builders behind one shape. Every member is optional:
//
//   onDemand(octets)   finds the headers, parses those that are asked for
//   typed(octets)      parses every header that it knows
//   view(value)        what the candidate itself found, as `facts` in inputs.mjs; a key that it can't tell is absent
//   encode(value)      octets of a value of `typed`
//   composer(pager)    a function that composes the message of `PAGER`; what the profile fixes is prepared once
//   omits              what it does less than the task, by task
//
// They are given octets and have to give octets: decoding the text belongs to their time, as it does in their transports.
import { createRequire } from 'node:module';
import { OutgoingRequestMessage } from 'sip.js/lib/core/messages/outgoing-request-message.js';
import { Parser as SipJsParser } from 'sip.js/lib/core/messages/parser.js';
import { Grammar as SipJsGrammar } from 'sip.js/lib/grammar/grammar.js';

const require = createRequire(import.meta.url);
const kirm = require('sip');
const jssipParser = require('jssip/lib/Parser');
const jssipMessage = require('jssip/lib/SIPMessage');
const jssipUri = require('jssip/lib/URI');
const drachtio = require('drachtio-srf/lib/sip-parser/parser');
const sipParsing = require('sip-parsing');

const utf8 = (octets) => Buffer.from(octets.buffer, octets.byteOffset, octets.length).utf8Slice();

/** The end of the road: every octet looked at once, and nothing found out. */
const octetLoop = {
  name: 'octet loop',
  omits: { onDemand: 'everything: reads each octet once' },
  onDemand(octets) {
    let sum = 0;
    for (let i = 0; i < octets.length; i++) sum += octets[i];
    return sum;
  },
  view: () => ({}),
};

const kirmPeer = {
  name: 'sip (kirm)',
  omits: {
    onDemand: 'parses From, To, Via, Contact, Route at once; nothing is validated',
    typed: '10 headers typed, the rest text; URIs stay text; nothing is validated',
    encode: 'no check of what is written',
  },
  onDemand: (octets) => kirm.parse(Buffer.from(octets.buffer, octets.byteOffset, octets.length)),
  typed: (octets) => kirm.parse(Buffer.from(octets.buffer, octets.byteOffset, octets.length)),
  view: ({ method, uri, status, reason, headers, content }) => ({
    start: method === undefined ? `${status} ${reason}` : `${method} ${uri}`,
    callId: headers['call-id'],
    cseq: headers.cseq.seq,
    from: headers.from.uri,
    fromTag: headers.from.params.tag,
    branch: headers.via[0].params.branch,
    body: content.length,
  }),
  encode: (value) => Buffer.from(kirm.stringify(value), 'latin1'),
};

const drachtioPeer = {
  name: 'drachtio-srf',
  omits: {
    onDemand: 'nothing is validated; splits multipart bodies by a regular expression',
    typed: '19 headers typed, the rest text; URIs mostly text; nothing is validated',
  },
  onDemand: (octets) => drachtio.parseSipMessage(utf8(octets), true),
  typed: (octets) => drachtio.parseSipMessage(utf8(octets), false),
  view({ method, uri, status, reason, headers, body }) {
    const { cseq, from, via } = headers;
    const typed =
      typeof from === 'string'
        ? {}
        : { cseq: cseq.seq, from: from.uri, fromTag: from.params.tag, branch: via[0].params.branch };
    const start = method === undefined ? `${status} ${reason}` : `${method} ${uri}`;
    return { start, callId: headers['Call-ID'] ?? headers['call-id'], body: body.length, ...typed };
  },
};

const sipParsingPeer = {
  name: 'sip-parsing',
  omits: { onDemand: 'headers as text; cuts a body at its first empty line; nothing is validated' },
  onDemand: (octets) => sipParsing.parse(utf8(octets)),
  view: (message) => ({
    start: message.is_request ? `${message.$rm} ${message.$ru}` : `${message.$rs} ${message.$rr}`,
    callId: message.$ci,
    cseq: message.$cs,
    from: message.$fu,
    fromTag: message.$ft,
  }),
};

/** JsSIP's builder asks its user agent for these. */
const jssipAgent = (release) => ({ configuration: { user_agent: release }, contact: {}, transport: {} });

const jssipPeer = {
  name: 'jssip',
  omits: {
    typed: '13 headers typed, the rest text; the body is text',
    compose: 'Allow and Supported besides; nothing is validated',
  },
  typed: (octets) => jssipParser.parseMessage(utf8(octets), {}),
  view: ({ method, ruri, status_code, reason_phrase, ...message }) => ({
    start: ruri === undefined ? `${status_code} ${reason_phrase}` : `${method} ${ruri}`,
    callId: message.call_id,
    cseq: message.cseq,
    from: message.from.uri.toString(),
    fromTag: message.from_tag,
    branch: message.via_branch,
    body: message.body.length,
  }),
  composer(pager) {
    const agent = jssipAgent(pager.release);
    const from_uri = jssipUri.parse(pager.from);
    const target = jssipUri.parse(pager.to);
    const headers = [`Accept-Contact: ${pager.acceptContact}`, `Content-Type: ${pager.contentType}`];
    return ({ branch, fromTag, callId, cseq, text }) => {
      const identity = { from_uri, from_display_name: pager.displayName, from_tag: fromTag, call_id: callId, cseq };
      const request = new jssipMessage.OutgoingRequest('MESSAGE', target, agent, identity, headers, text);
      request.setHeader('via', `SIP/2.0/UDP ${pager.viaHost};branch=${branch}`);
      return Buffer.from(request.toString());
    };
  },
};

const quiet = { warn() {}, error() {} };

const sipJsPeer = {
  name: 'sip.js',
  omits: {
    typed: '11 headers typed, the rest text; the body is text',
    compose: 'Supported besides; nothing is validated',
  },
  typed: (octets) => SipJsParser.parseMessage(utf8(octets), quiet),
  view: ({ method, ruri, statusCode, reasonPhrase, ...message }) => ({
    start: ruri === undefined ? `${statusCode} ${reasonPhrase}` : `${method} ${ruri}`,
    callId: message.callId,
    cseq: message.cseq,
    from: message.from.uri.toString(),
    fromTag: message.fromTag,
    branch: message.viaBranch,
    body: message.body.length,
  }),
  composer(pager) {
    const from = SipJsGrammar.URIParse(pager.from);
    const target = SipJsGrammar.URIParse(pager.to);
    const profile = { fromDisplayName: pager.displayName, userAgentString: pager.release, viaHost: pager.viaHost };
    const headers = [`Accept-Contact: ${pager.acceptContact}`];
    return ({ branch, fromTag, callId, cseq, text }) => {
      const body = { content: text, contentType: pager.contentType };
      const options = { ...profile, fromTag, callId, cseq };
      const request = new OutgoingRequestMessage('MESSAGE', target, from, target, options, headers, body);
      request.setViaHeader(branch, 'UDP');
      return Buffer.from(request.toString());
    };
  },
};

export const PEERS = [octetLoop, kirmPeer, drachtioPeer, sipParsingPeer, jssipPeer, sipJsPeer];
