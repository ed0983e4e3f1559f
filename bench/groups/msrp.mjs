// MSRP: whole messages read, and headers typed. No peer is on the registry: the codec stands beside the implementation
// that regular expressions and `split` give, which finds the same and checks less.
import { strict as assert } from 'node:assert';
import { byteRange, fromPath, getMsrp, msrp, msrpDecoder, msrpMessageId, toPath } from '../../dist/msrp/index.js';
import { msrpBySplit, typedBySplit } from '../plain-msrp.mjs';

const OURS = 'oma-simple-im';
const OMITS = 'checks no character and no length; its expressions take hostile input slowly';
const octets = (text) => new TextEncoder().encode(text);
const taken = (result) => {
  if (!result.ok) throw new Error(`${result.error.code} at ${result.error.offset}`);
  return result.value;
};
const PATHS = [
  'To-Path: msrp://bob.example.com:8888/9di4eae923wzd;tcp',
  'From-Path: msrp://alicepc.example.com:7777/iau39soe2843z;tcp',
];

function send(size, range) {
  const body = 'The quick brown fox jumps over the lazy dog.\r\n'.repeat(Math.ceil(size / 46)).slice(0, size);
  return octets(
    [
      'MSRP a786hjs2 SEND',
      ...PATHS,
      'Message-ID: 87652491',
      ...(range === undefined ? [] : [`Byte-Range: ${range}`]),
      'Success-Report: yes',
      'Failure-Report: yes',
      'Content-Type: text/plain',
      '',
      `${body}`,
      '-------a786hjs2$',
      '',
    ].join('\r\n'),
  );
}

const report = octets(
  [
    'MSRP dkei38sd REPORT',
    ...PATHS,
    'Message-ID: 87652491',
    'Byte-Range: 1-2048/2048',
    'Status: 000 200 OK',
    '-------dkei38sd$',
    '',
  ].join('\r\n'),
);

/** Every part as plain data, for the fields of a received message are made when they are asked for. */
function everything(message) {
  const { transactionId, method, fields, body, continuation } = message;
  return { transactionId, method, fields, body, continuation };
}

function typed(message) {
  return {
    to: taken(getMsrp(message, toPath)),
    from: taken(getMsrp(message, fromPath)),
    messageId: taken(getMsrp(message, msrpMessageId)),
    range: taken(getMsrp(message, byteRange)),
  };
}

function decodeGroup(what, message, fields, bodyLength) {
  const verify = (found) => {
    assert.equal(found.fields.length, fields);
    assert.deepEqual({ ...found.fields[0] }, { name: 'To-Path', value: PATHS[0].slice('To-Path: '.length) });
    assert.equal(found.body?.length, bodyLength);
    assert.equal(found.continuation, '$');
  };
  const entrants = [
    { name: OURS, run: () => taken(msrp.decode(message)), verify },
    { name: `${OURS}, every field`, run: () => everything(taken(msrp.decode(message))), verify },
    { name: 'regex and split', omits: OMITS, run: () => msrpBySplit(message), verify },
  ];
  return { title: `MSRP decode: ${what}, ${message.length} octets`, entrants };
}

function typedGroup() {
  const message = send(2048, '1-2048/2048');
  const verify = ({ to, from, messageId, range }) => {
    assert.deepEqual([to[0].host, to[0].port, to[0].sessionId], ['bob.example.com', 8888, '9di4eae923wzd']);
    assert.deepEqual([from.length, from[0].transport, from[0].params.length], [1, 'tcp', 0]);
    assert.equal(messageId, '87652491');
    assert.deepEqual({ ...range }, { start: 1, end: 2048, total: 2048 });
  };
  const entrants = [
    { name: OURS, run: () => typed(taken(msrp.decode(message))), verify },
    { name: 'regex and split', omits: OMITS, run: () => typedBySplit(msrpBySplit(message)), verify },
  ];
  return { title: 'MSRP decode, two paths, id and range typed: SEND of 2048 octets', entrants };
}

function streamGroup() {
  const message = send(2048, '1-2048/2048');
  const stream = new Uint8Array(message.length * 32);
  for (let i = 0; i < 32; i++) stream.set(message, i * message.length);
  const verify = (bodies) => assert.equal(bodies, 32 * 2048);
  const decoded = () => {
    let bodies = 0;
    for (let at = 0; at < stream.length; ) {
      const read = msrp.decode(stream.subarray(at));
      bodies += taken(read).body.length;
      at += read.consumed;
    }
    return bodies;
  };
  const pieces = () => {
    const decoder = msrpDecoder();
    let bodies = 0;
    for (let at = 0; at < stream.length; at += 1460) {
      for (const event of decoder.push(stream.subarray(at, at + 1460))) {
        if (event.kind === 'body') bodies += event.octets.length;
      }
    }
    return bodies;
  };
  const split = () => {
    let bodies = 0;
    for (let at = 0; at < stream.length; at += message.length) bodies += msrpBySplit(stream.subarray(at)).body.length;
    return bodies;
  };
  const entrants = [
    { name: OURS, run: decoded, verify },
    { name: `${OURS}, pieces of 1460 octets`, run: pieces, verify },
    { name: 'regex and split', omits: `${OMITS}; is told where messages begin`, run: split, verify },
  ];
  return { title: 'MSRP stream: 32 SENDs of 2048 octets', entrants };
}

export const groups = [
  decodeGroup('SEND', send(2048, '1-2048/2048'), 7, 2048),
  decodeGroup('SEND without Byte-Range', send(2048), 6, 2048),
  decodeGroup('SEND', send(65_536, '1-65536/65536'), 7, 65_536),
  decodeGroup('REPORT', report, 5, undefined),
  typedGroup(),
  streamGroup(),
];
