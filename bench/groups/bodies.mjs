// CPIM, multipart, external bodies and resource lists. CPIM and external bodies have no peer on the registry: they stand
// beside the implementation that regular expressions and `split` give, which finds the same and checks less.
import { strict as assert } from 'node:assert';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import mimemessage from 'mimemessage';
import { SaxesParser } from 'saxes';
import * as txml from 'txml';
import { cpim, cpimDateTime, cpimFrom, cpimSubject, cpimTo, getCpim, instant } from '../../dist/cpim/index.js';
import { decodeMultipart, mediaType, readExternalBody } from '../../dist/mime/index.js';
import { resourceLists } from '../../dist/xml/index.js';
import { cpimBySplit, externalBodyByRegex } from '../plain-bodies.mjs';

const OURS = 'oma-simple-im';
const octets = (text) => new TextEncoder().encode(text);
const text = (bytes) => Buffer.from(bytes).toString('utf8');
const taken = (result) => {
  if (!result.ok) throw new Error(`${result.error.code} at ${result.error.offset}`);
  return result.value;
};

export const groups = [cpimGroup(), multipartGroup(), externalBodyGroup(), listGroup(20), listGroup(1000)];

function cpimGroup() {
  const message = octets(
    [
      'From: MR SANDERS <im:piglet@100akerwood.com>',
      'To: Depressed Donkey <im:eeyore@100akerwood.com>',
      'DateTime: 2000-12-13T13:40:00-08:00',
      'Subject: the weather will be fine today',
      'Subject:;lang=fr beau temps prevu pour aujourd\\u0027hui',
      'NS: imdn <urn:ietf:params:imdn>',
      'imdn.Message-ID: 34jk324j',
      'imdn.Disposition-Notification: positive-delivery, negative-delivery',
      '',
      'Content-type: text/plain; charset=utf-8',
      'Content-ID: <1234567890@foo.com>',
      '',
      `${'Here is the text of my message. '.repeat(6)}`,
    ].join('\r\n'),
  );
  const verify = ({ headers, content }) => {
    assert.deepEqual(
      headers.map(({ name }) => name),
      ['From', 'To', 'DateTime', 'Subject', 'Subject', 'NS', 'imdn.Message-ID', 'imdn.Disposition-Notification'],
    );
    assert.equal(content.body.length, 192);
  };
  const verifyTyped = (found) =>
    assert.deepEqual(found, {
      from: 'im:piglet@100akerwood.com',
      to: ['im:eeyore@100akerwood.com'],
      time: Date.UTC(2000, 11, 13, 21, 40),
      subjects: ['the weather will be fine today', "beau temps prevu pour aujourd'hui"],
    });
  const entrants = [
    { name: OURS, omits: 'headers are read when asked for', run: () => taken(cpim.decode(message)), verify },
    {
      name: `${OURS}, five headers typed`,
      run: () => typedCpim(taken(cpim.decode(message))),
      verify: verifyTyped,
    },
    { name: 'regex and split', omits: 'checks no character, no namespace', run: () => cpimBySplit(message), verify },
  ];
  return { title: `CPIM decode: ${message.length} octets, 8 headers`, entrants };
}

function typedCpim(message) {
  return {
    from: taken(getCpim(message, cpimFrom)).uri,
    to: taken(getCpim(message, cpimTo)).map(({ uri }) => uri),
    time: instant(taken(getCpim(message, cpimDateTime))),
    subjects: taken(getCpim(message, cpimSubject)).map((subject) => subject.text),
  };
}

function multipartGroup() {
  const boundary = 'boundary1';
  const part = (type, body) =>
    `--${boundary}\r\nContent-Type: ${type}\r\nContent-ID: <part@example.com>\r\n\r\n${body}\r\n`;
  const parts = [
    ['application/sdp', 'v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n'.repeat(4)],
    ['application/resource-lists+xml', '<entry uri="sip:user@example.com"/>\r\n'.repeat(20)],
    ['text/plain', 'Hello World, nothing else happened today. '.repeat(10)],
  ];
  const type = `multipart/mixed;boundary="${boundary}"`;
  const body = octets(`${parts.map(([name, content]) => part(name, content)).join('')}--${boundary}--\r\n`);
  const whole = `Content-Type: ${type}\r\n\r\n${text(body)}`;
  const parsedType = taken(mediaType.parse(type));
  const verify = (found) =>
    assert.deepEqual(
      found,
      parts.map(([name, content]) => [name, content.length]),
    );
  const entrants = [
    {
      name: OURS,
      run: () => taken(decodeMultipart(body, parsedType)).parts,
      verify: (found) => verify(found.map(({ fields, body: content }) => [fields[0].value, content.length])),
    },
    {
      name: 'mimemessage',
      omits: 'bodies as text: what is no UTF-8 is lost',
      run: () => mimemessage.parse(whole),
      verify: (found) => verify(found.body.map((one) => [one.contentType().fulltype, one.body.length])),
    },
  ];
  return { title: `multipart decode: ${body.length} octets, 3 parts`, entrants };
}

function externalBodyGroup() {
  const type =
    'message/external-body; access-type="URL"; expiration="Mon, 24 June 2002 09:00:00 GMT"; ' +
    'URL="http://www.example.com/the-indirect-content"; size=52723; hash=10AB568E91245681AC1B';
  const body = octets('Content-Type: application/pidf+xml\r\nContent-Disposition: session\r\n\r\n');
  const verify = ({ url, size, hash, expiration, fields }) => {
    assert.deepEqual([url, size, hash], ['http://www.example.com/the-indirect-content', 52723, '10AB568E91245681AC1B']);
    assert.equal(expiration, Date.UTC(2002, 5, 24, 9));
    assert.deepEqual(
      fields.map(({ name, value }) => `${name}: ${value}`),
      ['Content-Type: application/pidf+xml', 'Content-Disposition: session'],
    );
  };
  const entrants = [
    { name: OURS, run: () => taken(readExternalBody(taken(mediaType.parse(type)), body)), verify },
    { name: 'regex and split', omits: 'checks nothing', run: () => externalBodyByRegex(type, body), verify },
  ];
  return { title: 'external body decode: a Content-Type of 5 parameters', entrants };
}

function listGroup(count) {
  const uris = Array.from({ length: count }, (_, i) => `sip:user${i}@example.com`);
  const entries = uris.map((uri, i) => `    <entry uri="${uri}" cp:copyControl="${['to', 'cc', 'bcc'][i % 3]}"/>\r\n`);
  const document =
    '<?xml version="1.0" encoding="UTF-8"?>\r\n<resource-lists xmlns="urn:ietf:params:xml:ns:resource-lists"\r\n' +
    '  xmlns:cp="urn:ietf:params:xml:ns:copyControl">\r\n  <list>\r\n' +
    `${entries.join('')}  </list>\r\n</resource-lists>\r\n`;
  const body = octets(document);
  const verify = (found) => assert.deepEqual(found, uris);
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '', parseTagValue: false });
  const entrants = [
    {
      name: OURS,
      run: () => taken(resourceLists.decode(body)),
      verify: ({ lists }) => verify(lists[0].members.map(({ uri }) => uri)),
    },
    {
      name: 'txml',
      omits: 'no check that the document is well-formed, no namespaces',
      run: () => txml.parse(text(body)),
      verify: (found) =>
        verify(
          found
            .find(({ tagName }) => tagName === 'resource-lists')
            .children[0].children.map(({ attributes }) => attributes.uri),
        ),
    },
    {
      name: 'saxes',
      omits: 'attributes in order of their coming, no document',
      run: () => listBySaxes(text(body)),
      verify,
    },
    {
      name: 'fast-xml-parser',
      omits: 'no namespaces',
      run: () => {
        const source = text(body);
        if (XMLValidator.validate(source) !== true) throw new Error('not well-formed');
        return parser.parse(source);
      },
      verify: (found) => verify(found['resource-lists'].list.entry.map(({ uri }) => uri)),
    },
  ];
  return { title: `resource lists decode: ${count} entries, ${body.length} octets`, entrants };
}

function listBySaxes(source) {
  const uris = [];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('opentag', ({ local, uri, attributes }) => {
    if (local === 'entry' && uri === 'urn:ietf:params:xml:ns:resource-lists') uris.push(attributes.uri.value);
  });
  parser.write(source).close();
  return uris;
}
