/*
 * Which transaction a message belongs to (RFC 3261 17.1.3, 17.2.3), as a text that two messages share where they
 * belong to the same one.
 */
import { findParam } from '../../core/params.ts';
import { asciiLower } from '../../core/text.ts';
import { get } from '../access.ts';
import { callId } from '../headers/call-id.ts';
import { cseq } from '../headers/cseq.ts';
import { from } from '../headers/name-addrs.ts';
import { type Via, via } from '../headers/via.ts';
import type { SipMessage, SipRequest } from '../message.ts';

const COOKIE = 'z9hG4bK';

/** The client transaction of a request, or of a response to it; `undefined` where Via or CSeq can't be read. */
export function clientKey(message: SipMessage): string | undefined {
  const branch = branchOf(topVia(message));
  const sequence = get(message, cseq);
  return branch === undefined || !sequence?.ok ? undefined : key([branch, sequence.value.method]);
}

/**
 * The server transaction of a request; an ACK has that of its INVITE. Without the cookie of RFC 3261 in its branch it is
 * known by what RFC 2543 had: Request-URI, From tag, Call-ID, CSeq number and the topmost Via. `undefined` where one of
 * these can't be read.
 */
export function serverKey(request: SipRequest): string | undefined {
  const top = topVia(request);
  if (top === undefined) return undefined;
  const method = request.method === 'ACK' ? 'INVITE' : request.method;
  const branch = branchOf(top);
  const sentBy = `${asciiLower(top.host)}:${top.port ?? ''}`;
  if (branch?.startsWith(COOKIE)) return key([branch, sentBy, method]);
  const [call, sender, sequence] = [get(request, callId), get(request, from), get(request, cseq)];
  if (!call?.ok || !sender?.ok || !sequence?.ok) return undefined;
  const tag = findParam(sender.value.params, 'tag')?.value ?? '';
  return key([request.uri, tag, call.value, String(sequence.value.number), sentBy, branch ?? '', method]);
}

function topVia(message: SipMessage): Via | undefined {
  const hops = get(message, via);
  return hops?.ok ? hops.value[0] : undefined;
}

function branchOf(hop: Via | undefined): string | undefined {
  return hop === undefined ? undefined : findParam(hop.params, 'branch')?.value;
}

/** No part holds the separator: a header's value has no line end. */
function key(parts: readonly string[]): string {
  return parts.join('\n');
}
