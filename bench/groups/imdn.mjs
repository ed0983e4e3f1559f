// Notifications: the delivery notification of RFC 5438 decoded and composed, and the headers that ask for it.
import { strict as assert } from 'node:assert';
import { XMLBuilder, XMLParser, XMLValidator } from 'fast-xml-parser';
import { SaxesParser } from 'saxes';
import * as txml from 'txml';
import { cpim, getCpim } from '../../dist/cpim/index.js';
import { imdn, imdnDispositionNotification, imdnMessageId } from '../../dist/imdn/index.js';

const OURS = 'oma-simple-im';
const NAMESPACE = 'urn:ietf:params:xml:ns:imdn';
const octets = (text) => new TextEncoder().encode(text);
const text = (bytes) => Buffer.from(bytes).toString('utf8');
const taken = (result) => {
  if (!result.ok) throw new Error(`${result.error.code} at ${result.error.offset}`);
  return result.value;
};

const DOCUMENT = `<?xml version="1.0" encoding="UTF-8"?>
<imdn xmlns="${NAMESPACE}">
      <message-id>34jk324j</message-id>
      <datetime>2008-04-04T12:16:49-05:00</datetime>
     <recipient-uri>im:bob@example.com</recipient-uri>
      <original-recipient-uri
        >im:bob@example.com</original-recipient-uri>
      <delivery-notification>
         <status>
            <delivered/>
         </status>
      </delivery-notification>
    </imdn>
`;
const CANONICAL = DOCUMENT.replace(/\s+</g, '<').replace(/\s+>/g, '>').trimEnd();

export const groups = [decodeGroup(), composeGroup(), requestGroup()];

function decodeGroup() {
  const body = octets(DOCUMENT);
  const verify = (found) =>
    assert.deepEqual(found, [
      '34jk324j',
      '2008-04-04T12:16:49',
      'im:bob@example.com',
      'im:bob@example.com',
      'delivered',
    ]);
  const pad = (number) => String(number).padStart(2, '0');
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '', parseTagValue: false });
  const entrants = [
    {
      name: OURS,
      run: () => taken(imdn.decode(body)),
      verify: ({ messageId, dateTime, recipientUri, originalRecipientUri, notification }) => {
        const { year, month, day, hour, minute, second } = dateTime;
        const date = `${year}-${pad(month)}-${pad(day)}T${pad(hour)}:${pad(minute)}:${pad(second)}`;
        verify([messageId, date, recipientUri, originalRecipientUri, notification.status]);
      },
    },
    {
      name: 'txml',
      omits: 'no check that the document is well-formed or valid, no namespaces, the time as text',
      run: () => txml.parse(text(body)),
      verify: (found) => {
        const { children } = found.find(({ tagName }) => tagName === 'imdn');
        const leaf = (name) => children.find(({ tagName }) => tagName === name).children[0];
        const time = leaf('datetime').slice(0, 19);
        const status = leaf('delivery-notification').children[0].tagName;
        verify([leaf('message-id'), time, leaf('recipient-uri'), leaf('original-recipient-uri'), status]);
      },
    },
    {
      name: 'saxes',
      omits: 'no check that the document is valid, the time as text',
      run: () => bySaxes(text(body)),
      verify: (found) => verify([found['message-id'], found.datetime.slice(0, 19), ...recipient(found), found.status]),
    },
    {
      name: 'fast-xml-parser',
      omits: 'no check that the document is valid, no namespaces, the time as text',
      run: () => {
        const source = text(body);
        if (XMLValidator.validate(source) !== true) throw new Error('not well-formed');
        return parser.parse(source);
      },
      verify: ({ imdn: found }) => {
        const [status] = Object.keys(found['delivery-notification'].status);
        verify([found['message-id'], found.datetime.slice(0, 19), ...recipient(found), status]);
      },
    },
  ];
  return { title: `IMDN decode: ${body.length} octets`, entrants };
}

const recipient = (found) => [found['recipient-uri'], found['original-recipient-uri']];

function bySaxes(source) {
  const found = {};
  let content = '';
  const parser = new SaxesParser({ xmlns: true });
  parser.on('opentag', ({ local, uri, isSelfClosing }) => {
    content = '';
    if (isSelfClosing && uri === NAMESPACE) found.status = local;
  });
  parser.on('text', (chunk) => {
    content += chunk;
  });
  parser.on('closetag', ({ local, isSelfClosing }) => {
    if (!isSelfClosing && local !== 'status') found[local] = content;
    content = '';
  });
  parser.write(source).close();
  return found;
}

function composeGroup() {
  const decoded = taken(imdn.decode(octets(DOCUMENT)));
  const value = { ...decoded };
  const time = '2008-04-04T12:16:49-05:00';
  const { messageId, recipientUri, originalRecipientUri } = decoded;
  const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@', suppressEmptyNode: true });
  const verify = (found) => assert.equal(text(found), CANONICAL);
  const element = (tagName, ...children) => ({ tagName, attributes: {}, children });
  const entrants = [
    { name: OURS, run: () => imdn.encode(value), verify },
    {
      name: 'txml',
      omits: 'nothing is checked, the time given as text',
      run: () =>
        octets(
          txml.stringify([
            { tagName: '?xml', attributes: { version: '1.0', encoding: 'UTF-8' }, children: [] },
            {
              tagName: 'imdn',
              attributes: { xmlns: NAMESPACE },
              children: [
                element('message-id', messageId),
                element('datetime', time),
                element('recipient-uri', recipientUri),
                element('original-recipient-uri', originalRecipientUri),
                element('delivery-notification', element('status', element('delivered'))),
              ],
            },
          ]),
        ),
      // It writes an element without content with its end-tag.
      verify: (found) => verify(octets(text(found).replace('<delivered></delivered>', '<delivered/>'))),
    },
    {
      name: 'fast-xml-parser',
      omits: 'nothing is checked, the time given as text',
      run: () =>
        octets(
          builder.build({
            '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
            imdn: {
              '@xmlns': NAMESPACE,
              'message-id': messageId,
              datetime: time,
              'recipient-uri': recipientUri,
              'original-recipient-uri': originalRecipientUri,
              'delivery-notification': { status: { delivered: '' } },
            },
          }),
        ),
      verify,
    },
  ];
  return { title: `IMDN compose: ${CANONICAL.length} octets`, entrants };
}

function requestGroup() {
  const message = octets(
    [
      'From: Alice <im:alice@example.com>',
      'To: Bob <im:bob@example.com>',
      'NS: imdn <urn:ietf:params:imdn>',
      'imdn.Message-ID: 34jk324j',
      'DateTime: 2006-04-04T12:16:49-05:00',
      'imdn.Disposition-Notification: positive-delivery, negative-delivery',
      '',
      'Content-type: text/plain',
      'Content-length: 12',
      '',
      'Hello World\n',
    ].join('\r\n'),
  );
  const verify = (found) => assert.deepEqual(found, ['34jk324j', 'positive-delivery', 'negative-delivery']);
  const entrants = [
    {
      name: OURS,
      run: () => {
        const received = taken(cpim.decode(message));
        return [taken(getCpim(received, imdnMessageId)), taken(getCpim(received, imdnDispositionNotification))];
      },
      verify: ([id, requests]) => verify([id, ...requests.map(({ type }) => type)]),
    },
    {
      name: 'regex and split',
      omits: 'one prefix only, checks nothing',
      run: () => {
        const head = text(message).split('\r\n\r\n', 1)[0];
        const id = /^imdn\.Message-ID: (.*)$/m.exec(head)[1];
        return [id, /^imdn\.Disposition-Notification: (.*)$/m.exec(head)[1].split(/ *, */)];
      },
      verify: ([id, requests]) => verify([id, ...requests]),
    },
  ];
  return { title: `IMDN request: two headers of a CPIM message of ${message.length} octets`, entrants };
}
