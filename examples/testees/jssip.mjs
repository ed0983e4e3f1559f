// The grammar and the message parser of `jssip`.
import { createRequire } from 'node:module';
import { INVALID, refuses, serve, valid } from './serve.mjs';

const require = createRequire(import.meta.url);
const Grammar = require('jssip/lib/Grammar');
const Parser = require('jssip/lib/Parser');
const URI = require('jssip/lib/URI');

/** The rules of its grammar that are headers, by their names with `_` for `-`. */
const HEADERS =
  `Allow-Events Call-ID Contact Content-Disposition Content-Encoding Content-Length Content-Type CSeq Event Expires From
  Max-Forwards Min-Expires Proxy-Require Reason Record-Route Refer-To Replaces Require Route Session-Expires Subject
  Subscription-State Supported To Via`.split(/\s+/);

const VALUES = {
  'Content-Length': (length) => length,
  'Max-Forwards': (hops) => hops,
  CSeq: ({ value, method_name }) => (method_name === undefined ? undefined : { number: value, method: method_name }),
};

function header(name) {
  return (octets) => {
    const read = Grammar.parse(octets.toString(), name.replaceAll('-', '_'));
    return refuses(read) ? INVALID : valid({ value: VALUES[name]?.(read) });
  };
}

function uri(octets) {
  const read = URI.parse(octets.toString());
  return refuses(read) ? INVALID : valid({ canonical: read.toString() });
}

serve({
  'sip-message': (octets) => (refuses(Parser.parseMessage(octets.toString(), {})) ? INVALID : valid()),
  'sip-uri': uri,
  ...Object.fromEntries(HEADERS.map((name) => [`header/${name}`, header(name)])),
});
