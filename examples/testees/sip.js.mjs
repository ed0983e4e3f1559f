// The grammar and the message parser of `sip.js`.
import { Parser } from 'sip.js/lib/core/messages/parser.js';
import { Grammar } from 'sip.js/lib/grammar/grammar.js';
import { INVALID, refuses, serve, valid } from './serve.mjs';

/** The rules of its grammar that are headers, by their names with `_` for `-`. */
const HEADERS =
  `Call-ID Contact Content-Disposition Content-Length Content-Type CSeq Event From Max-Forwards Min-SE Record-Route
  Refer-To Referred-By Replaces Require Session-Expires Subscription-State Supported To Via`.split(/\s+/);

const VALUES = {
  'Content-Length': (length) => length,
  'Max-Forwards': (hops) => hops,
  CSeq: ({ value, method_name }) => (method_name === undefined ? undefined : { number: value, method: method_name }),
};

function header(name) {
  // This rule begins with the name of the header.
  const before = name === 'Referred-By' ? 'Referred-By: ' : '';
  return (octets) => {
    const read = Grammar.parse(`${before}${octets}`, name.replaceAll('-', '_'));
    return read === -1 ? INVALID : valid({ value: read === undefined ? undefined : VALUES[name]?.(read) });
  };
}

function uri(octets) {
  const read = Grammar.URIParse(octets.toString());
  return refuses(read) ? INVALID : valid({ canonical: read.toRaw() });
}

const quiet = { warn() {}, error() {} };

serve({
  'sip-message': (octets) => (refuses(Parser.parseMessage(octets.toString(), quiet)) ? INVALID : valid()),
  'sip-uri': uri,
  ...Object.fromEntries(HEADERS.map((name) => [`header/${name}`, header(name)])),
});
