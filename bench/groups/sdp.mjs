// Session descriptions beside sdp-transform and sdp.
import { strict as assert } from 'node:assert';
import { createRequire } from 'node:module';
import {
  acceptTypes,
  acceptWrappedTypes,
  connectionData,
  direction,
  fileSelector,
  filesize,
  fileTransferId,
  getAttribute,
  getLine,
  maxSize,
  mediaLine,
  origin,
  path,
  sdp,
  setup,
  timing,
} from '../../dist/sdp/index.js';

const require = createRequire(import.meta.url);
const sdpTransform = require('sdp-transform');
const sdpUtils = require('sdp');

const OURS = 'oma-simple-im';
const LINES = [
  'v=0',
  'o=alice 2890844526 2890844526 IN IP4 host.atlanta.example.com',
  's=-',
  'c=IN IP4 host.atlanta.example.com',
  't=0 0',
  'm=message 7654 TCP/MSRP *',
  'i=This is my latest picture',
  'a=path:msrp://atlanta.example.com:7654/jshA7weztas;tcp',
  'a=accept-types:message/cpim text/plain',
  'a=accept-wrapped-types:*',
  'a=setup:actpass',
  'a=max-size:1048576',
  'a=sendonly',
  'a=filesize:32349',
  'a=file-selector:name:"My cool picture.jpg" type:image/jpeg size:32349 hash:sha-1:72:24:5F:E8:65:3D:DA:F3:71:36',
  'a=file-transfer-id:vBnG916bdberum2fFEABR1FR3ExZMUrd',
];
const message = new TextEncoder().encode(`${LINES.join('\r\n')}\r\n`);
const utf8 = (octets) => Buffer.from(octets.buffer, octets.byteOffset, octets.length).utf8Slice();
const taken = (result) => {
  if (!result.ok) throw new Error(`${result.error.code} at ${result.error.offset}`);
  return result.value;
};

const ATTRIBUTES = [path, acceptTypes, acceptWrappedTypes, setup, maxSize, filesize, fileSelector, fileTransferId];

function typed(octets) {
  const session = taken(sdp.decode(octets));
  const [medium] = session.media;
  const lines = [
    taken(getLine(session, origin)),
    taken(getLine(session, connectionData)),
    taken(getLine(session, timing)),
    taken(getLine(medium, mediaLine)),
  ];
  return {
    lines,
    attributes: ATTRIBUTES.map((codec) => taken(getAttribute(medium, codec))),
    way: taken(direction(medium, session)),
  };
}

const allLines = ({ lines, media }) => [...lines, ...media.flatMap((medium) => medium.lines)];
const verifyLines = (session) =>
  assert.deepEqual(
    allLines(session).map(({ type, value }) => `${type}=${value}`),
    LINES,
  );
const verifyOctets = (octets) => assert.equal(utf8(octets), utf8(message));

const plain = JSON.parse(JSON.stringify(taken(sdp.decode(message))));
const view = sdpTransform.parse(utf8(message));

export const groups = [
  {
    title: `SDP decode: ${message.length} octets, ${LINES.length} lines`,
    entrants: [
      { name: OURS, run: () => taken(sdp.decode(message)), verify: verifyLines },
      {
        name: `${OURS}, all lines as objects`,
        run() {
          const session = taken(sdp.decode(message));
          return { session, count: session.lines.length + session.media[0].lines.length };
        },
        verify: ({ session }) => verifyLines(session),
      },
      {
        name: `${OURS}, four lines and nine attributes typed`,
        run: () => typed(message),
        verify({ lines, attributes, way }) {
          assert.equal(lines[3].port, 7654);
          assert.equal(attributes[0][0].sessionId, 'jshA7weztas');
          assert.equal(attributes[5], 32_349);
          assert.equal(attributes[6].name, 'My cool picture.jpg');
          assert.equal(way, 'sendonly');
        },
      },
      {
        name: 'sdp-transform',
        omits: 'MSRP attributes as text; loses the order of lines; nothing is validated',
        run: () => sdpTransform.parse(utf8(message)),
        verify(session) {
          assert.equal(session.media[0].port, 7654);
          assert.equal(session.media[0].direction, 'sendonly');
          assert.equal(session.media[0].invalid.length, 7);
        },
      },
      {
        name: 'sdp',
        omits: 'splits into lines and media; types origin and m= alone; nothing is validated',
        run() {
          const text = utf8(message);
          const [media] = sdpUtils.getMediaSections(text);
          const lines = sdpUtils.splitLines(media);
          return { lines, origin: sdpUtils.parseOLine(text), medium: sdpUtils.parseMLine(media) };
        },
        verify({ lines, medium }) {
          assert.deepEqual(lines, LINES.slice(5));
          assert.equal(medium.port, 7654);
        },
      },
    ],
  },
  {
    title: `SDP encode: ${message.length} octets, ${LINES.length} lines`,
    entrants: [
      { name: OURS, run: () => sdp.encode(plain), verify: verifyOctets },
      {
        name: 'sdp-transform',
        omits: 'writes lines in an order of its own; no check of what is written',
        run: () => Buffer.from(sdpTransform.write(view)),
        verify: (octets) => assert.deepEqual(utf8(octets).split('\r\n').sort(), [...LINES, ''].sort()),
      },
    ],
  },
];
