// The library `sip`: messages, SIP URIs, and the headers that it reads.
import { createRequire } from 'node:module';
import { INVALID, latin1, listed, refuses, serve, valid } from './serve.mjs';

const sip = createRequire(import.meta.url)('sip');

const HEADERS = {
  To: undefined,
  From: undefined,
  Contact: undefined,
  Route: undefined,
  'Record-Route': undefined,
  Path: undefined,
  Via: undefined,
  'Refer-To': undefined,
  'Content-Length': (length) => length,
  CSeq: ({ seq, method }) => ({ number: seq, method }),
};

/** Headers are read in a message only; one that the library cannot read is missing there. */
function header(name, view) {
  return (octets) => {
    const message = sip.parse(`MESSAGE sip:a@b SIP/2.0\r\n${name}: ${octets}\r\n\r\n`);
    const read = message?.headers[name.toLowerCase()];
    return refuses(read) || Number.isNaN(read) ? INVALID : valid({ value: view?.(read) });
  };
}

function uri(octets) {
  const read = sip.parseUri(octets.toString());
  if (refuses(read)) return INVALID;
  const { schema: scheme, user, password, host, port, params, headers } = read;
  const value = { scheme, user, password, host, params: listed(params), headers: listed(headers) };
  if (!Number.isNaN(port)) value.port = port;
  return valid({ value, canonical: sip.stringifyUri(read) });
}

serve({
  'sip-message': (octets) => (refuses(sip.parse(latin1(octets))) ? INVALID : valid()),
  'sip-uri': uri,
  ...Object.fromEntries(Object.entries(HEADERS).map(([name, view]) => [`header/${name}`, header(name, view)])),
});
