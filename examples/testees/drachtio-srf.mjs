// The parser of `drachtio-srf`: messages, SIP and tel URIs, and the headers that it reads.
import { createRequire } from 'node:module';
import { INVALID, latin1, listed, refuses, serve, valid } from './serve.mjs';

const parser = createRequire(import.meta.url)('drachtio-srf/lib/sip-parser/parser');

const HEADERS = {
  To: undefined,
  From: undefined,
  Contact: undefined,
  Route: undefined,
  'Record-Route': undefined,
  Path: undefined,
  Via: undefined,
  'Refer-To': undefined,
  'Referred-By': undefined,
  'P-Asserted-Identity': undefined,
  'Content-Length': (length) => length,
  CSeq: ({ seq, method }) => ({ number: seq, method }),
};

function header(name, view) {
  return (octets) => {
    const read = parser.getParser(name.toLowerCase())({ s: octets.toString(), i: 0 });
    return refuses(read) || Number.isNaN(read) ? INVALID : valid({ value: view?.(read) });
  };
}

function uri(octets) {
  const read = parser.parseUri(octets.toString());
  if (refuses(read)) return INVALID;
  const canonical = parser.stringifyUri(read);
  const { scheme, user, password, host, port, params, headers } = read;
  if (scheme === 'tel') return valid({ canonical });
  const value = { scheme, user, password, host, params: listed(params), headers: listed(headers) };
  if (!Number.isNaN(port)) value.port = port;
  return valid({ value, canonical });
}

serve({
  'sip-message': (octets) => (refuses(parser.parseSipMessage(latin1(octets), true)) ? INVALID : valid()),
  'sip-uri': uri,
  ...Object.fromEntries(Object.entries(HEADERS).map(([name, view]) => [`header/${name}`, header(name, view)])),
});
