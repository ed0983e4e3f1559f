// Whole SIP messages beside other SIP stacks.
import { MESSAGES, PAGER, SIZED } from '../inputs.mjs';
import { INTO_BUFFER, OURS } from '../ours.mjs';
import { PEERS } from '../peers.mjs';

const candidates = [OURS, INTO_BUFFER, ...PEERS];
const latin1 = (octets) => Buffer.from(octets).latin1Slice();

export const groups = [
  ...Object.values(MESSAGES).map((message) => decodeGroup('decode, headers on demand', 'onDemand', message)),
  ...Object.values(MESSAGES).map((message) => decodeGroup('decode, all headers typed', 'typed', message)),
  ...Object.values(MESSAGES).map(encodeGroup),
  composeGroup(),
  sizeGroup(),
];

function decodeGroup(task, member, { what, octets, facts }) {
  const entrants = able(member).map((one) => ({
    name: one.name,
    omits: one.omits?.[member],
    run: () => one[member](octets),
    verify: (value) => agree(one.view(value), facts),
  }));
  return { title: `${task}: ${what}`, entrants };
}

function encodeGroup({ what, octets, facts }) {
  const entrants = able('encode').map((one) => {
    const value = one.typed(octets);
    return {
      name: one.name,
      omits: one.omits?.encode,
      run: () => one.encode(value),
      verify: (written) => agree(one.view(one.typed(checked(written))), facts),
    };
  });
  return { title: `typed values to octets: ${what}`, entrants };
}

function composeGroup() {
  const entrants = able('composer').map((one) => {
    const compose = one.composer(PAGER);
    const { branch, fromTag, callId, cseq, text } = PAGER;
    return {
      name: one.name,
      omits: one.omits?.compose,
      run: () => compose({ branch, fromTag, callId, cseq, text }),
      verify: (octets) => composed(checked(octets)),
    };
  });
  return { title: 'compose a pager MESSAGE of 500 characters to octets', entrants };
}

function sizeGroup() {
  const verify = (length) => {
    if (length !== SIZED.length) throw new Error(`${length} octets, not ${SIZED.length}`);
  };
  const { start, text } = SIZED;
  const entrants = [
    ...able('sizer').map((one) => {
      const size = one.sizer(SIZED.octets);
      return { name: one.name, run: () => size(text), verify };
    }),
    {
      name: 'byteLength(text)',
      omits: 'adds the length of a head that is known',
      run: () => start.length + Buffer.byteLength(text),
      verify,
    },
    {
      name: 'byteLength(whole)',
      omits: 'joins a head that is known with the text',
      run: () => Buffer.byteLength(start + text),
      verify,
    },
    {
      name: 'encode(whole)',
      omits: 'joins a head that is known with the text',
      run: () => Buffer.from(start + text).length,
      verify,
    },
  ];
  return { title: 'size of a MESSAGE of 500 ASCII characters', entrants };
}

function able(member) {
  return candidates.filter((one) => one[member] !== undefined);
}

/** What a candidate found must be so; what it can't tell stands in its `omits`. */
function agree(found, facts) {
  for (const [key, value] of Object.entries(found)) {
    if (value !== facts[key]) throw new Error(`${key} is ${JSON.stringify(value)}, not ${JSON.stringify(facts[key])}`);
  }
}

/** A whole message of its stated length, read by none of the candidates. */
function checked(octets) {
  const text = latin1(octets);
  const end = text.indexOf('\r\n\r\n') + 4;
  const stated = /\r\nContent-Length: (\d+)\r\n/i.exec(text.slice(0, end - 2))?.[1];
  if (end < 4 || Number(stated) !== octets.length - end) throw new Error('Content-Length is not that of the body');
  return octets;
}

function composed(octets) {
  const text = latin1(octets);
  const wanted = [
    `MESSAGE ${PAGER.to} SIP/2.0\r\n`,
    `Via: SIP/2.0/UDP ${PAGER.viaHost};branch=${PAGER.branch}\r\n`,
    `<${PAGER.from}>;tag=${PAGER.fromTag}\r\n`,
    `Call-ID: ${PAGER.callId}\r\n`,
    `CSeq: ${PAGER.cseq} MESSAGE\r\n`,
    `Accept-Contact: ${PAGER.acceptContact}\r\n`,
    `User-Agent: ${PAGER.release}\r\n`,
    `Content-Type: ${PAGER.contentType}\r\n`,
    `\r\n\r\n${PAGER.text}`,
  ];
  for (const part of wanted) if (!text.includes(part)) throw new Error(`${JSON.stringify(part)} is not in it`);
}
