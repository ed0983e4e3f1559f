// This library in the shape of `peers.mjs`: what is listed here appears in every table, first and as the reference.
// `sizer(octets)` besides: a function from the text of a body to the length of that message with this body.
import { modeChooser, profile } from '../dist/im/index.js';
import { callId, cseq, field, from, get, headerCodec, sipMessage, sipUri, via } from '../dist/sip/index.js';

const taken = (result) => {
  if (!result?.ok) throw new Error(result === undefined ? 'absent' : `${result.error.code} at ${result.error.offset}`);
  return result.value;
};
const tag = ({ params }, name) => params.find((param) => param.name === name)?.value;

/** The codecs of a message's headers: an application imports those that it reads and looks none up. */
const plans = new WeakMap();

function plan(octets) {
  const { fields } = taken(sipMessage.decode(octets));
  const codecs = [...new Set(fields.map(({ name }) => headerCodec(name)))];
  if (codecs.includes(undefined)) throw new Error('a header without a codec');
  plans.set(octets, codecs);
  return codecs;
}

/** Every header of the message as its codec's value; a comma list is one value, whatever fields it came in. */
function typed(octets) {
  const codecs = plans.get(octets) ?? plan(octets);
  const message = taken(sipMessage.decode(octets));
  return { message, codecs, values: codecs.map((codec) => taken(get(message, codec))) };
}

/** Every value written anew: a message that nobody touched would only give its octets back. */
function encode({ message: { method, uri, status, reason, body }, codecs, values }) {
  const fields = codecs.map((codec, i) => field(codec, values[i]));
  return sipMessage.encode(method === undefined ? { status, reason, fields, body } : { method, uri, fields, body });
}

function view(decoded) {
  const message = decoded.message ?? taken(decoded);
  const sender = taken(get(message, from));
  return {
    start: message.method === undefined ? `${message.status} ${message.reason}` : `${message.method} ${message.uri}`,
    callId: taken(get(message, callId)),
    cseq: taken(get(message, cseq)).number,
    from: sipUri.format(sender.uri),
    fromTag: tag(sender, 'tag'),
    branch: tag(taken(get(message, via))[0], 'branch'),
    body: message.body.length,
  };
}

function prepare({ from, displayName, to, release, viaHost }) {
  const via = `SIP/2.0/UDP ${viaHost}`;
  return profile({ from: `"${displayName}" <${from}>`, to: { user: to }, release, via });
}

function composer(pager) {
  const prepared = prepare(pager);
  return ({ branch, fromTag, callId, cseq, text }) => prepared.encode({ branch, tag: fromTag, callId, cseq }, text);
}

/** Into octets that the caller has already, as no peer can. */
function composerInto(pager) {
  const prepared = prepare(pager);
  const buffer = new Uint8Array(65_536);
  return ({ branch, fromTag, callId, cseq, text }) => {
    const length = prepared.encodeInto(buffer, 0, { branch, tag: fromTag, callId, cseq }, text);
    return buffer.subarray(0, length);
  };
}

function sizer(octets) {
  const choose = modeChooser(taken(sipMessage.decode(octets)));
  return (text) => choose(text).octets;
}

export const OURS = {
  name: 'oma-simple-im',
  onDemand: (octets) => sipMessage.decode(octets),
  typed,
  view,
  encode,
  composer,
  sizer,
};

export const INTO_BUFFER = {
  name: 'oma-simple-im into a buffer',
  omits: { compose: 'allocates nothing: the caller has the room' },
  composer: composerInto,
};
