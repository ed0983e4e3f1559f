/*
 * The INVITE that brings a large message: judged before the application hears of it, and answered as the application
 * decides (RFC 3261 8.2, 13.3.1).
 */

import { EncodeError } from '../../core/error.ts';
import { conversions } from '../../core/octets.ts';
import { unwrap } from '../../core/result.ts';
import { sameText } from '../../core/text.ts';
import { REASSEMBLY_LIMITS } from '../../msrp/reassemble.ts';
import { answerMsrpOffer, type MsrpAcceptance } from '../../sdp/msrp-answer.ts';
import { type MsrpMedia, readMsrpMedia } from '../../sdp/msrp-media.ts';
import { sdp } from '../../sdp/session.ts';
import { get } from '../../sip/access.ts';
import { contact, isWildcard } from '../../sip/headers/contact.ts';
import { tagOf, to } from '../../sip/headers/name-addrs.ts';
import { requireField } from '../../sip/headers/token-lists.ts';
import type { SipRequest } from '../../sip/message.ts';
import { answerSessionTimer, readSessionTimer } from '../../sip/session-timer.ts';
import { createDialog, type DialogState } from '../dialog/dialog.ts';
import { composeResponse, type ResponseInput } from '../dialog/responses.ts';
import { type LargeMessageInvite, readLargeMessageInvite } from '../large-message.ts';
import { sessionDescription } from './description.ts';
import { SESSION_METHODS } from './in-dialog.ts';
import type { ReceivingOptions, ReceivingTurn } from './receiving-state.ts';
import { heedMinimum, startTimer } from './session-dialog.ts';
import { sendResponse } from './transactions.ts';

/** A response that is not the application's to decide. */
interface Refusal {
  readonly status: number;
  readonly input?: ResponseInput | undefined;
}

const SDP_ONLY: ResponseInput = { accept: [{ type: 'application', subtype: 'sdp', params: [] }] };

/** What the INVITE offers, or why it is refused before anybody is asked. */
export function judgeInvite(
  invite: SipRequest,
  options: ReceivingOptions,
  tag: string,
): { readonly read: LargeMessageInvite } | { readonly refusal: Refusal } {
  const refused = (status: number, input?: ResponseInput) => ({ refusal: { status, input } });
  if (invite.version !== undefined && !sameText(invite.version, 'SIP/2.0')) return refused(505);
  const callee = get(invite, to);
  if (callee?.ok === true && tagOf(callee.value) !== undefined) return refused(481);
  const unsupported = unsupportedTags(invite, options);
  if (unsupported !== undefined) return { refusal: unsupported };
  if (earlyDialog(invite, tag) === undefined) return refused(400);
  if (needsSips(invite, options, tag)) return refused(416);
  const offer = sessionDescription(invite);
  if (offer === undefined) return invite.body.length === 0 ? refused(488) : refused(415, SDP_ONLY);
  if (!offer.ok) return refused(400);
  const read = readLargeMessageInvite(invite);
  if (!read.ok) return refused(readMsrpMedia(offer.value).ok ? 400 : 488);
  const timer = readSessionTimer(invite);
  if (!timer.ok) return refused(400);
  const timed = answerSessionTimer(timer.value, options.timer);
  return timed.accepted ? { read: read.value } : refused(422, { timer: timed.headers });
}

/** The 420 of a request that requires what this end does not know (RFC 3261 8.2.2.3). */
function unsupportedTags(request: SipRequest, { supported = [] }: ReceivingOptions): Refusal | undefined {
  const required = get(request, requireField);
  if (required?.ok === false) return { status: 400 };
  const known = ['timer', ...supported];
  const unsupported = required?.value.filter((tag) => !known.some((one) => sameText(one, tag))) ?? [];
  return unsupported.length === 0 ? undefined : { status: 420, input: { unsupported } };
}

/** The dialog that a response with the tag makes; `undefined` where the INVITE lets none be made. */
export function earlyDialog(invite: SipRequest, tag: string): DialogState | undefined {
  const dialog = createDialog('uas', invite, { ...composeResponse(invite, 100, { toTag: tag }), status: 180 });
  return dialog.ok ? dialog.value : undefined;
}

/** Whether the dialog must be one of SIPS URIs, which the Contact of this end is not (RFC 3261 12.1.1). */
function needsSips(invite: SipRequest, options: ReceivingOptions, tag: string): boolean {
  const own = contact.parse(options.contact);
  const [first] = own.ok ? own.value : [];
  if (first === undefined || isWildcard(first) || first.uri.scheme !== 'sip') return false;
  try {
    composeResponse(invite, 180, { toTag: tag, contact: first });
    return false;
  } catch (error) {
    if (error instanceof EncodeError && error.path === 'contact') return true;
    throw error;
  }
}

/** Responds with what all responses of this end say. Throws EncodeError where the input is no part of the response. */
export function respond(turn: ReceivingTurn, request: SipRequest, status: number, input: ResponseInput = {}): void {
  const { tag, options } = turn.state;
  sendResponse(turn, request, composeResponse(request, status, { toTag: tag, server: options.release, ...input }));
}

/** What a 2xx to INVITE or UPDATE says besides, and a 180. */
export function capabilities({
  contact: reached,
  allow = SESSION_METHODS,
  supported = [],
}: ReceivingOptions): ResponseInput {
  return { contact: reached, allow, supported: ['timer', ...supported] };
}

/** Refuses the INVITE, and that is the end. */
export function refuseInvite(turn: ReceivingTurn, status: number, input?: ResponseInput): void {
  respond(turn, turn.invite, status, input);
  turn.end('refused', status);
}

/**
 * Accepts the INVITE: 200 with the answer, and with the session timer (RFC 4028 9). Throws EncodeError on a medium that
 * does not answer the offer. An offer of which nothing can be taken is answered 488.
 *
 * @duty LM-G0 (build) @duty LM-E5, LM-E5a (parse)
 */
export function acceptInvite(turn: ReceivingTurn, media: MsrpAcceptance): void {
  const { invite } = turn;
  const { options, tag } = turn.state;
  const offer = unwrap(sessionDescription(invite) as NonNullable<ReturnType<typeof sessionDescription>>);
  const answer = answerMsrpOffer(offer, media);
  const [peer, own] = [readMsrpMedia(offer), readMsrpMedia(answer)];
  if (!peer.ok || !own.ok || own.value.port === 0 || peer.value.path.length === 0) {
    refuseInvite(turn, 488);
    return;
  }
  const headers = unwrap(readSessionTimer(invite));
  const timed = answerSessionTimer(headers, options.timer);
  const octets = sdp.encode(answer);
  const response = composeResponse(invite, 200, {
    ...capabilities(options),
    toTag: tag,
    server: options.release,
    timer: timed.headers,
    body: { contentType: 'application/sdp', content: octets },
  });
  sendResponse(turn, invite, response);
  turn.change({
    phase: 'answered',
    session: {
      dialog: unwrap(createDialog('uas', invite, response)),
      ownDescription: text(octets),
      peerDescription: text(sdp.encode(offer)),
      allow: unwrap(readLargeMessageInvite(invite)).allow,
    },
  });
  if (timed.accepted) startTimer(turn, timed.timer);
  heedMinimum(turn, headers.minimum);
  beginMedium(turn, own.value, peer.value);
}

function beginMedium(turn: ReceivingTurn, own: MsrpMedia, peer: MsrpMedia): void {
  const active = own.setup === 'active';
  turn.change({
    medium: {
      own: own.path,
      peer: peer.path,
      active,
      acceptTypes: own.acceptTypes,
      largest: own.maxSize ?? peer.fileSize ?? REASSEMBLY_LIMITS.message,
      connection: 'awaited',
      binding: undefined,
    },
  });
  turn.wait();
  const { path, fingerprint } = peer;
  turn.emit({ type: active ? 'connect-msrp' : 'await-msrp', path, fingerprint });
}

/** One character an octet. */
function text(octets: Uint8Array): string {
  return conversions.latin1(octets, 0, octets.length);
}
