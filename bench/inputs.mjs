// The messages that are measured, what every reader must find in them, and the message that every composer writes.
import { readFileSync } from 'node:fs';

const octetsOf = (file) => new Uint8Array(readFileSync(new URL(`inputs/${file}`, import.meta.url)));

/** `facts` are read from the file by eye, not by a parser: they hold the parsers to something. */
export const MESSAGES = {
  pager: {
    what: 'MESSAGE, 919 octets, 14 headers, CPIM body',
    octets: octetsOf('pager-919.sip'),
    facts: {
      start: 'MESSAGE sip:bob@example.net',
      callId: 'asd88asd77a@192.0.2.17',
      cseq: 1,
      from: 'sip:alice@example.com',
      fromTag: '49583',
      branch: 'z9hG4bK776asdhds',
      body: 383,
    },
  },
  invite: {
    what: 'INVITE, 3687 octets, 19 headers, multipart of SDP and a list of 20',
    octets: octetsOf('invite-3687.sip'),
    facts: {
      start: 'INVITE sip:im-exploder@im.example.com',
      callId: '3848276298220188511@client.example.com',
      cseq: 2,
      from: 'sip:alice@example.com',
      fromTag: '9fxced76sl',
      branch: 'z9hG4bK4b43c2ff8.1',
      body: 2648,
    },
  },
  ok: {
    what: '200 OK, 1321 octets, 15 headers, SDP body',
    octets: octetsOf('ok-1321.sip'),
    facts: {
      start: '200 OK',
      callId: '3848276298220188511@client.example.com',
      cseq: 2,
      from: 'sip:alice@example.com',
      fromTag: '9fxced76sl',
      branch: 'z9hG4bK4b43c2ff8.1',
      body: 576,
    },
  },
};

/** What a composer is given: who and with what client is fixed, the rest is new with each message. */
export const PAGER = {
  from: 'sip:alice@example.com',
  displayName: 'Alice',
  to: 'sip:bob@example.net',
  release: 'IM-client/OMA1.0 acme/phone-1.2',
  acceptContact: '*;+g.oma.sip-im',
  contentType: 'text/plain;charset=UTF-8',
  viaHost: '192.0.2.17:5060',
  branch: 'z9hG4bK776asdhds',
  fromTag: '49583',
  callId: 'asd88asd77a@192.0.2.17',
  cseq: 1,
  text: 'Are you coming to the match tonight? Bring the flags and the drum. '.repeat(8).slice(0, 500),
};

/** A MESSAGE of 500 ASCII characters whose size is asked for. */
export const SIZED = (() => {
  const head = [
    `MESSAGE ${PAGER.to} SIP/2.0`,
    `Via: SIP/2.0/UDP ${PAGER.viaHost};branch=${PAGER.branch}`,
    'Max-Forwards: 70',
    `From: "Alice" <${PAGER.from}>;tag=${PAGER.fromTag}`,
    `To: <${PAGER.to}>`,
    `Call-ID: ${PAGER.callId}`,
    `CSeq: ${PAGER.cseq} MESSAGE`,
    `Accept-Contact: ${PAGER.acceptContact}`,
    `User-Agent: ${PAGER.release}`,
    `Content-Type: ${PAGER.contentType}`,
    'Content-Length: 500',
  ];
  // One flat string each, as they come from an editor and a template.
  const flat = (text) => Buffer.from(text).toString();
  const [start, text] = [flat(`${head.join('\r\n')}\r\n\r\n`), flat(PAGER.text)];
  return { start, text, octets: Buffer.from(start + text), length: start.length + text.length };
})();
