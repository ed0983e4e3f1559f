/*
 * The state of a dialog that an INVITE opens (RFC 3261 12), at either end, as plain data that JSON can hold. What comes
 * from the network is answered with a Result.
 */

import type { FieldCodec } from '../../core/codec.ts';
import type { ClauseId } from '../../core/error.ts';
import { ok, type Result, refuse } from '../../core/result.ts';
import { sameText } from '../../core/text.ts';
import { get } from '../../sip/access.ts';
import { callId } from '../../sip/headers/call-id.ts';
import { contact, isWildcard } from '../../sip/headers/contact.ts';
import { cseq } from '../../sip/headers/cseq.ts';
import { from, recordRoute, tagOf, to } from '../../sip/headers/name-addrs.ts';
import { supported } from '../../sip/headers/token-lists.ts';
import { via } from '../../sip/headers/via.ts';
import { isRequest, type SipMessage, type SipRequest, type SipResponse } from '../../sip/message.ts';
import type { NameAddr } from '../../sip/name-addr.ts';
import { isSipUri, sipUri, type Uri } from '../../sip/uri.ts';

/** Which end of a transaction: the one that sent the request, or the one that answers. */
export type Side = 'uac' | 'uas';

/** RFC 3261 12, in the standard's terms. */
export interface DialogState {
  readonly phase: 'early' | 'confirmed';
  /** Which end of the INVITE that opened the dialog this is. */
  readonly side: Side;
  readonly callId: string;
  readonly localTag: string;
  /** Absent where a peer of RFC 2543 wrote none. */
  readonly remoteTag?: string | undefined;
  /** Without tag. */
  readonly localUri: NameAddr;
  readonly remoteUri: NameAddr;
  /** The number of the last request sent. */
  readonly localSequence?: number | undefined;
  /** The number of the last request received. */
  readonly remoteSequence?: number | undefined;
  /** The number of the last INVITE sent, which its ACK repeats. */
  readonly inviteSequence?: number | undefined;
  /** This end's Contact, for requests that refresh the target. */
  readonly localTarget?: NameAddr | undefined;
  readonly remoteTarget: Uri;
  readonly routeSet: readonly NameAddr[];
  readonly secure: boolean;
  /** The option tags that this end announced, as its later requests do (RFC 4028 7.4). */
  readonly supported: readonly string[];
}

/** Whether requests of the method refresh session and remote target (RFC 4028 4; RFC 3261 12.2, RFC 3311 5.1). */
export function isRefresh(method: string): boolean {
  return method === 'INVITE' || method === 'UPDATE';
}

/**
 * The dialog that an INVITE and a response to it make: the response was received by the client, or is sent by the
 * server. Each To tag makes a dialog of its own. Refused where the response makes none, or where a header that the
 * state is made from is missing or can't be read.
 */
export function createDialog(side: Side, invite: SipRequest, response: SipResponse): Result<DialogState> {
  const { status } = response;
  if (invite.method !== 'INVITE' || status < 101 || status > 299) {
    const expected = 'an INVITE and a response from 101 to 299';
    return refuse({ code: 'unsupported', rule: 'dialog', clause: 'RFC3261-12.1', offset: 0, expected });
  }
  const client = side === 'uac';
  const [call, sequence] = [needed(invite, callId), needed(invite, cseq)];
  if (!call.ok) return call;
  if (!sequence.ok) return sequence;
  const [caller, callee] = [needed(invite, from), needed(response, to)];
  if (!caller.ok) return caller;
  if (!callee.ok) return callee;
  const [peer, own] = client ? [response, invite] : [invite, response];
  const target = contactOf(peer);
  if (!target.ok) return target;
  const routes = get(peer, recordRoute);
  if (routes?.ok === false) return routes;
  const [callerTag, calleeTag] = [tagOf(caller.value), tagOf(callee.value)];
  const localTag = client ? callerTag : calleeTag;
  if (localTag === undefined || (calleeTag === undefined && status < 200)) return missing('tag-param', 'RFC3261-12.1');
  const localTarget = contactOf(own);
  const options = get(own, supported);
  const number = sequence.value.number;
  return ok({
    phase: status < 200 ? 'early' : 'confirmed',
    side,
    callId: call.value,
    localTag,
    remoteTag: client ? calleeTag : callerTag,
    localUri: withoutParams(client ? caller.value : callee.value),
    remoteUri: withoutParams(client ? callee.value : caller.value),
    localSequence: client ? number : undefined,
    remoteSequence: client ? undefined : number,
    inviteSequence: client ? number : undefined,
    localTarget: localTarget.ok ? localTarget.value : undefined,
    remoteTarget: target.value.uri,
    routeSet: routeSet(side, routes?.value),
    secure: isSecure(invite),
    supported: options?.ok === true ? options.value : [],
  });
}

/** In order for the server, reversed for the client (RFC 3261 12.1.1, 12.1.2). */
function routeSet(side: Side, routes: readonly NameAddr[] = []): readonly NameAddr[] {
  return side === 'uac' ? routes.toReversed() : routes;
}

function withoutParams({ displayName, uri }: NameAddr): NameAddr {
  return { displayName, uri, params: [] };
}

/** Whether the INVITE went over TLS to a SIPS URI (RFC 3261 12.1.1, 12.1.2). */
function isSecure(invite: SipRequest): boolean {
  const [hops, uri] = [get(invite, via), sipUri.parse(invite.uri)];
  const transport = hops?.ok ? hops.value[0]?.transport : undefined;
  if (transport === undefined || !uri.ok || uri.value.scheme !== 'sips') return false;
  return ['TLS', 'TLS-SCTP', 'WSS'].some((name) => sameText(name, transport));
}

/** The first Contact: a SIP or SIPS URI, as a dialog needs (RFC 3261 12.1.1). */
function contactOf(message: SipMessage): Result<NameAddr> {
  const values = needed(message, contact);
  if (!values.ok) return values;
  const first = values.value[0];
  if (first !== undefined && !isWildcard(first) && isSipUri(first.uri)) return ok(first);
  const expected = 'a SIP or SIPS URI';
  return refuse({ code: 'unsupported', rule: 'Contact', clause: 'RFC3261-12.1', offset: 0, expected });
}

function needed<T>(message: SipMessage, codec: FieldCodec<T>): Result<T> {
  return get(message, codec) ?? missing(codec.name, codec.clause);
}

function missing(rule: string, clause: ClauseId): Result<never> {
  return refuse({ code: 'missing', rule, clause, offset: 0 });
}

/** Whether a message that was received belongs to the dialog (RFC 3261 12). */
export function matchesDialog(dialog: DialogState, message: SipMessage): boolean {
  const [call, caller, callee] = [get(message, callId), get(message, from), get(message, to)];
  if (!call?.ok || !caller?.ok || !callee?.ok || call.value !== dialog.callId) return false;
  const [sent, answered] = [tagOf(caller.value), tagOf(callee.value)];
  const [local, remote] = isRequest(message) ? [answered, sent] : [sent, answered];
  return sameTag(local, dialog.localTag) && sameTag(remote, dialog.remoteTag);
}

/** Tags are tokens, which compare without case (RFC 3261 7.3.1). */
function sameTag(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined ? a === b : sameText(a, b);
}

/**
 * The dialog once a request of the peer has come in, before it is answered. Refused with code `range` where the request
 * is out of order, to be answered 500 (RFC 3261 12.2.2). ACK and CANCEL have the number of their INVITE.
 */
export function receiveRequest(dialog: DialogState, request: SipRequest): Result<DialogState> {
  const sequence = needed(request, cseq);
  if (!sequence.ok) return sequence;
  if (request.method === 'ACK' || request.method === 'CANCEL') return ok(dialog);
  const { number } = sequence.value;
  const last = dialog.remoteSequence ?? 0;
  if (number >= last) return ok({ ...dialog, remoteSequence: number });
  return refuse({ code: 'range', rule: 'CSeq', clause: 'RFC3261-12.2.2', offset: 0, expected: `at least ${last}` });
}

/**
 * The dialog once a request in it, or the INVITE that opened it, has been answered: by the peer, with `side` uac, or by
 * this end. A 2xx to INVITE confirms the dialog, and one to INVITE or UPDATE refreshes the remote target where the
 * peer's message has a Contact (RFC 3261 12.2.1.2, 12.2.2); the 2xx that confirms an early dialog brings its own route
 * set (13.2.2.4). Any other response changes nothing.
 */
export function completeRequest(
  dialog: DialogState,
  side: Side,
  request: SipRequest,
  response: SipResponse,
): DialogState {
  if (response.status < 200 || response.status > 299 || !isRefresh(request.method)) return dialog;
  const peer = side === 'uac' ? response : request;
  const target = contactOf(peer);
  const refreshed = target.ok ? { ...dialog, remoteTarget: target.value.uri } : dialog;
  if (dialog.phase === 'confirmed' || request.method !== 'INVITE') return refreshed;
  const routes = get(peer, recordRoute);
  const set = routes?.ok === false ? dialog.routeSet : routeSet(side, routes?.value);
  return { ...refreshed, phase: 'confirmed', routeSet: set };
}
