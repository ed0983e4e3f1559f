/*
 * Who sent what in an exchange, where nobody says it: the sender of the first SIP message is the originating side, and a
 * request by whom a message belongs to the same side has the same tag or the same MSRP URI.
 */

import { getMsrp } from '../msrp/access.ts';
import { fromPath } from '../msrp/headers/path.ts';
import { msrp } from '../msrp/message.ts';
import { msrpUri } from '../msrp/uri.ts';
import { readMsrpMedia } from '../sdp/msrp-media.ts';
import { get } from '../sip/access.ts';
import { from, tagOf } from '../sip/headers/name-addrs.ts';
import { isRequest, sipMessage } from '../sip/message.ts';
import { sipUri } from '../sip/uri.ts';
import type { FlowMessage } from './flow.ts';
import { guessKind } from './kind.ts';
import { MessageView } from './view.ts';

type Side = FlowMessage['from'];

/** The messages with who sent them; one that tells nothing has the side of the one before it. */
export function guessSides(messages: readonly Uint8Array[]): readonly FlowMessage[] {
  const caller = new Set<string>();
  const paths = new Map<string, Side>();
  let last: Side = 'originating';
  return messages.map((octets) => {
    const side = guessKind(octets) === 'msrp' ? sideOfFrame(octets, paths) : sideOfMessage(octets, caller, paths);
    last = side ?? last;
    return { from: last, octets };
  });
}

/** The tag in From is that of who sent the request, in its responses too. */
function sideOfMessage(octets: Uint8Array, caller: Set<string>, paths: Map<string, Side>): Side | undefined {
  const read = sipMessage.decode(octets);
  const sender = read.ok ? get(read.value, from) : undefined;
  if (!read.ok || sender?.ok !== true) return undefined;
  const identity = tagOf(sender.value) ?? sipUri.format(sender.value.uri);
  const isOwn = caller.size === 0 || caller.has(identity);
  if (caller.size === 0) caller.add(identity);
  const side: Side = isRequest(read.value) === isOwn ? 'originating' : 'terminating';
  for (const body of new MessageView(read.value).bodies) {
    const media = body.kind === 'sdp' ? readMsrpMedia(body.session) : undefined;
    const own = media?.ok === true ? media.value.path.at(-1) : undefined;
    if (own !== undefined) paths.set(msrpUri.format(own), side);
  }
  return side;
}

function sideOfFrame(octets: Uint8Array, paths: Map<string, Side>): Side | undefined {
  const read = msrp.decode(octets);
  const sender = read.ok ? getMsrp(read.value, fromPath) : undefined;
  const own = sender?.ok === true ? sender.value.at(-1) : undefined;
  if (own === undefined) return undefined;
  const text = msrpUri.format(own);
  const side = paths.get(text) ?? (paths.size === 0 ? 'originating' : 'terminating');
  paths.set(text, side);
  return side;
}
