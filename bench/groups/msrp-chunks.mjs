// 10 MB into MSRP chunks and back. No peer on the registry does either: they stand beside the implementation that
// strings, `match` and regular expressions give, and beside a plain copy of the octets, which is about the least that
// touching all of them can take.
import { strict as assert } from 'node:assert';
import { chunks, encodeChunks, isMsrpRequest, msrp, reassembler } from '../../dist/msrp/index.js';

const OURS = 'oma-simple-im';
const LENGTH = 10_000_000;
const SIZE = 2048;
const COUNT = Math.ceil(LENGTH / SIZE);

const content = new Uint8Array(LENGTH);
for (let i = 0, x = 1; i < LENGTH; i++) {
  x = (Math.imul(x, 1_103_515_245) + 12_345) & 0x7fff_ffff;
  content[i] = x >> 16;
}

const IDS = Array.from({ length: 2 * COUNT }, (_, i) => Buffer.from(`a786hjs2kd9.${10_000 + i}`).toString());
let next = 0;
const OPTIONS = {
  toPath: 'msrp://bob.example.com:8888/9di4eae923wzd;tcp',
  fromPath: 'msrp://alicepc.example.com:7777/iau39soe2843z;tcp',
  messageId: '12339sdqwer',
  contentType: 'message/cpim',
  successReport: 'yes',
  failureReport: 'yes',
  transactionId: () => IDS[next++ % IDS.length],
};

/** The frames, one string each, as octets. */
function chunksByRegex(octets, { toPath, fromPath, messageId, contentType, transactionId }) {
  const text = Buffer.from(octets.buffer, octets.byteOffset, octets.length).toString('latin1');
  const pieces = text.match(/[\s\S]{1,2048}/g) ?? [''];
  let sent = 0;
  return pieces.map((piece, i) => {
    let id = transactionId();
    while (!/^[A-Za-z0-9][A-Za-z0-9.+%=-]{3,31}$/.test(id) || isIn(piece, id)) id = transactionId();
    const from = sent + 1;
    sent += piece.length;
    const lines = [
      `MSRP ${id} SEND`,
      `To-Path: ${toPath}`,
      `From-Path: ${fromPath}`,
      `Message-ID: ${messageId}`,
      `Byte-Range: ${from}-${sent}/${text.length}`,
      'Success-Report: yes',
      'Failure-Report: yes',
      `Content-Type: ${contentType}`,
      '',
      piece,
      `-------${id}${i === pieces.length - 1 ? '$' : '+'}`,
      '',
    ];
    return Buffer.from(lines.join('\r\n'), 'latin1');
  });
}

function isIn(piece, id) {
  return new RegExp(`-------${id.replace(/[.+]/g, '\\$&')}[$+#]`).test(piece);
}

/** The message from its frames, whatever their order; no overlap, no limit. */
function messageByRegex(frames) {
  const pieces = frames.map((frame) => {
    const text = Buffer.from(frame.buffer, frame.byteOffset, frame.length).toString('latin1');
    const [, id, head] = /^MSRP (\S+) SEND\r\n([\s\S]*?)\r\n\r\n/.exec(text);
    const fields = Object.fromEntries(head.split('\r\n').map((line) => line.split(': ')));
    const [, from] = /^(\d+)-(\d+|\*)\/(\d+|\*)$/.exec(fields['Byte-Range']);
    const end = text.lastIndexOf(`\r\n-------${id}`);
    return { from: Number(from), body: text.slice(text.indexOf('\r\n\r\n') + 4, end) };
  });
  pieces.sort((a, b) => a.from - b.from);
  return Buffer.from(pieces.map(({ body }) => body).join(''), 'latin1');
}

function messageByCodec(frames) {
  const receiver = reassembler();
  let message;
  for (const frame of frames) {
    const read = msrp.decode(frame);
    if (!read.ok || !isMsrpRequest(read.value)) throw new Error('no request');
    const reception = receiver.receive(read.value);
    if (!reception?.ok) throw new Error('refused');
    message = reception.value.content ?? message;
  }
  return message;
}

/** The frames must be those of one message of this content, by a reader of nobody's. */
function verifyFrames(frames) {
  assert.equal(frames.length, COUNT);
  let sent = 0;
  for (const [i, frame] of frames.entries()) {
    const text = Buffer.from(frame.buffer, frame.byteOffset, frame.length).toString('latin1');
    const id = /^MSRP ([^ ]+) SEND\r\n/.exec(text)[1];
    const length = Math.min(SIZE, LENGTH - sent);
    const tail = `\r\n-------${id}${i === COUNT - 1 ? '$' : '+'}\r\n`;
    const body = text.indexOf('\r\n\r\n') + 4;
    assert.ok(text.slice(0, body).includes(`\r\nByte-Range: ${sent + 1}-${sent + length}/${LENGTH}\r\n`));
    assert.equal(text.slice(body + length), tail);
    assert.equal(Buffer.compare(frame.subarray(body, body + length), content.subarray(sent, sent + length)), 0);
    sent += length;
  }
}

const views = () => [...chunks(content, OPTIONS)];
/** Head, body and tail of a chunk are views that are made when they are asked for. */
const pieces = () => views().map(({ head, body, tail }) => [head, body, tail]);
const FRAMES = views().map((chunk) => encodeChunks([chunk]));
const verifyMessage = (message) => assert.equal(Buffer.compare(message, content), 0);
const copy = {
  name: 'a copy of the octets',
  omits: 'copies, and nothing else',
  run: () => content.slice(),
  verify: verifyMessage,
};

export const groups = [
  {
    title: `MSRP chunks: 10 MB into chunks of ${SIZE}`,
    entrants: [
      { name: OURS, run: views, verify: (list) => verifyFrames(list.map((chunk) => encodeChunks([chunk]))) },
      {
        name: `${OURS}, every view`,
        run: pieces,
        verify: (list) => verifyFrames(list.map((three) => Buffer.concat(three))),
      },
      { name: `${OURS}, joined`, run: () => encodeChunks(chunks(content, OPTIONS)), verify: verifyJoined },
      { name: 'strings and regex', run: () => chunksByRegex(content, OPTIONS), verify: verifyFrames },
      copy,
    ],
  },
  {
    title: `MSRP chunks: 10 MB out of frames of ${SIZE}`,
    entrants: [
      { name: OURS, run: () => messageByCodec(FRAMES), verify: verifyMessage },
      {
        name: 'strings and regex',
        omits: 'no limits, no overlap',
        run: () => messageByRegex(FRAMES),
        verify: verifyMessage,
      },
      copy,
    ],
  },
];

function verifyJoined(octets) {
  const first = octets.subarray(5, octets.indexOf(0x20, 5));
  assert.equal(
    octets.length,
    FRAMES.reduce((length, frame) => length + frame.length, 0),
  );
  assert.ok(Buffer.from(first).toString('latin1').startsWith('a786hjs2kd9.'));
}
