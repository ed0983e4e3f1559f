// `sdp-transform`: session descriptions.
import { parse, write } from 'sdp-transform';
import { serve } from './serve.mjs';

function sdp(octets) {
  const canonical = Buffer.from(write(parse(octets.toString())));
  return { outcome: 'valid', canonical: canonical.toString('base64'), identical: canonical.equals(octets) };
}

serve({ sdp });
