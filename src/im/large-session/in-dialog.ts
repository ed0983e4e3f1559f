/*
 * What the peer asks within the dialog, and the answers (RFC 3261 8.2, 12.2.2, 14.2; RFC 3311; RFC 4028 9).
 */

import { conversions } from '../../core/octets.ts';
import { sameText } from '../../core/text.ts';
import { type SdpSession, sdp } from '../../sdp/session.ts';
import { get } from '../../sip/access.ts';
import type { AcceptRange } from '../../sip/headers/accept.ts';
import { requireField } from '../../sip/headers/token-lists.ts';
import type { SipRequest } from '../../sip/message.ts';
import { answerSessionTimer, readSessionTimer, type SessionTimerAnswer } from '../../sip/session-timer.ts';
import { octetsOf } from '../../sip/transaction/timing.ts';
import { completeRequest, matchesDialog, receiveRequest } from '../dialog/dialog.ts';
import { composeResponse, type ResponseInput } from '../dialog/responses.ts';
import { answerAgain, sessionDescription } from './description.ts';
import { type DialogTurn, description, heedMinimum, startTimer } from './session-dialog.ts';
import { nextId, type SipTurn, sendResponse } from './transactions.ts';

/** What a session takes within its dialog. */
export const SESSION_METHODS: readonly string[] = ['INVITE', 'ACK', 'CANCEL', 'BYE', 'UPDATE', 'OPTIONS'];

/** Methods that are known, and have no place in such a session. */
const OTHER_METHODS = ['INFO', 'MESSAGE', 'NOTIFY', 'PRACK', 'PUBLISH', 'REFER', 'REGISTER', 'SUBSCRIBE'];

const SDP: AcceptRange = { type: 'application', subtype: 'sdp', params: [] };
const SUPPORTED: readonly string[] = ['timer'];

/** Answers a request, and where that matters with a tag of this end. */
export function answer(turn: SipTurn, request: SipRequest, status: number, input: ResponseInput = {}): void {
  if (request.method === 'ACK') return;
  sendResponse(turn, request, composeResponse(request, status, { toTag: nextId(turn), ...input }));
}

/** Answers a request of the peer; says whether it was the BYE that ends the dialog. */
export function answerInDialog(turn: DialogTurn, request: SipRequest): boolean {
  if (!matchesDialog(turn.session.dialog, request) || request.method === 'CANCEL') {
    answer(turn, request, 481);
    return false;
  }
  const received = receiveRequest(turn.session.dialog, request);
  if (!received.ok) {
    answer(turn, request, received.error.code === 'range' ? 500 : 400);
    return false;
  }
  turn.session = { ...turn.session, dialog: received.value };
  const unknown = unknownExtensions(request);
  if (unknown.length > 0) answer(turn, request, 420, { unsupported: unknown });
  else if (request.method === 'INVITE' || request.method === 'UPDATE') answerRefresh(turn, request);
  else if (request.method === 'BYE') {
    answer(turn, request, 200);
    return true;
  } else if (request.method === 'OPTIONS') {
    answer(turn, request, 200, { allow: SESSION_METHODS, accept: [SDP], supported: SUPPORTED });
  } else answer(turn, request, OTHER_METHODS.includes(request.method) ? 405 : 501, { allow: SESSION_METHODS });
  return false;
}

function unknownExtensions(request: SipRequest): readonly string[] {
  const required = get(request, requireField);
  if (required?.ok !== true) return [];
  return required.value.filter((tag) => !SUPPORTED.some((known) => sameText(known, tag)));
}

/** An INVITE or UPDATE refreshes the session, and may describe it once more. It goes on as it is, or the request fails. */
function answerRefresh(turn: DialogTurn, request: SipRequest): void {
  const asked = readSessionTimer(request);
  const offered = sessionDescription(request);
  const timer = asked.ok ? answerSessionTimer(asked.value) : undefined;
  if (turn.session.refresh?.method === 'INVITE') answer(turn, request, 491);
  else if (!asked.ok || timer === undefined || offered?.ok === false) answer(turn, request, 400);
  else if (!timer.accepted) answer(turn, request, 422, { timer: timer.headers });
  else if (offered === undefined && request.body.length > 0) answer(turn, request, 415, { accept: [SDP] });
  else {
    heedMinimum(turn, asked.value.minimum);
    // An INVITE without an offer is answered with one: the description of this end as it is.
    if (offered !== undefined) answerOffer(turn, request, offered.value, timer);
    else accept(turn, request, timer, request.method === 'INVITE' ? turn.session.ownDescription : undefined);
  }
}

type AcceptedTimer = Extract<SessionTimerAnswer, { readonly accepted: true }>;

function answerOffer(turn: DialogTurn, request: SipRequest, offer: SdpSession, timer: AcceptedTimer): void {
  const { ownDescription, peerDescription } = turn.session;
  const [own, peer] = [sdp.decode(octetsOf(ownDescription)), sdp.decode(octetsOf(peerDescription))];
  const answered = own.ok && peer.ok ? answerAgain(own.value, peer.value, offer) : undefined;
  if (answered === undefined) {
    answer(turn, request, 488);
    return;
  }
  const octets = sdp.encode(answered);
  const next = conversions.latin1(octets, 0, octets.length);
  turn.session = { ...turn.session, ownDescription: next };
  accept(turn, request, timer, next);
}

function accept(turn: DialogTurn, request: SipRequest, timer: AcceptedTimer, described: string | undefined): void {
  const response = composeResponse(request, 200, {
    contact: turn.session.dialog.localTarget,
    allow: SESSION_METHODS,
    timer: timer.headers,
    body: described === undefined ? undefined : description(described),
  });
  sendResponse(turn, request, response);
  turn.session = { ...turn.session, dialog: completeRequest(turn.session.dialog, 'uas', request, response) };
  startTimer(turn, timer.timer);
}
