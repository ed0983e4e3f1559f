/*
 * What becomes of the INVITE: responses to it, those of a second callee too, and its CANCEL (RFC 3261 9, 13.2.2; change
 * request 9.1.1.1, 9.1.1.2).
 */
import { conversions } from '../../core/octets.ts';
import { unwrap } from '../../core/result.ts';
import { mediaType } from '../../mime/media-type.ts';
import { fromPath } from '../../msrp/headers/path.ts';
import { acceptTypes, commonFormats, type FormatEntry } from '../../sdp/format-list.ts';
import type { MsrpMedia } from '../../sdp/msrp-media.ts';
import { sdp } from '../../sdp/session.ts';
import { get, set } from '../../sip/access.ts';
import { callId } from '../../sip/headers/call-id.ts';
import { cseq } from '../../sip/headers/cseq.ts';
import { from, tagOf } from '../../sip/headers/name-addrs.ts';
import { via } from '../../sip/headers/via.ts';
import { type SipMessage, type SipRequest, type SipResponse, sipMessage } from '../../sip/message.ts';
import { readSessionTimer, retryAfter422, sessionTimerFrom2xx, withSessionTimer } from '../../sip/session-timer.ts';
import { kept, octetsOf } from '../../sip/transaction/timing.ts';
import { createDialog } from '../dialog/dialog.ts';
import { imRefusal } from '../dialog/im-warning.ts';
import { type ReadResponse, readResponse } from '../dialog/read-response.ts';
import { composeCancel } from '../dialog/requests.ts';
import { describedMedia, sessionDescription } from './description.ts';
import type { AnswerProblem } from './events.ts';
import type { OriginatingTurn, Why } from './originating-state.ts';
import { end, enter, release, withSession } from './release.ts';
import { acknowledge, heedMinimum, sendBye, startTimer } from './session-dialog.ts';
import { canAcknowledge, nextVia, sendRequest } from './transactions.ts';

const NO_TIMER = { supported: false, required: false };

/** The INVITE as it went out last. */
export function inviteOf({ state }: OriginatingTurn): SipRequest {
  return unwrap(sipMessage.decode(octetsOf(state.invite))) as SipRequest;
}

/**
 * Sends the INVITE towards the IM server, or sends it again.
 *
 * @duty LM-E7 (effect)
 */
export function sendInvite(turn: OriginatingTurn, invite: SipRequest): void {
  const inviteKey = sendRequest(turn, invite);
  turn.state = { ...turn.state, invite: kept(invite), inviteKey };
}

/**
 * Takes a response to the INVITE.
 *
 * @duty LM-R1, LM-R2 (reduce)
 */
export function invited(turn: OriginatingTurn, response: SipResponse): void {
  const read = readResponse(response);
  if (!read.ok) return;
  const { status, allow, contact } = read.value;
  turn.state = { ...turn.state, allow: allow ?? turn.state.allow, contact: contact ?? turn.state.contact };
  if (status < 200) proceeding(turn);
  else if (status < 300) accepted(turn, response, read.value);
  else refused(turn, response, read.value);
}

function proceeding(turn: OriginatingTurn): void {
  const { phase, until } = turn.state;
  if (phase === 'inviting') enter(turn, 'proceeding', until);
  // The CANCEL that could not go out before; it has gone out where its answer is waited for.
  else if (phase === 'cancelling' && until === undefined) sendCancel(turn);
}

/** Gives the INVITE up. CANCEL goes out once a provisional response has come (RFC 3261 9.1). */
export function cancelInvite(turn: OriginatingTurn, why: Why): void {
  const { phase } = turn.state;
  turn.state = { ...turn.state, why };
  enter(turn, 'cancelling');
  if (phase === 'proceeding') sendCancel(turn);
}

/** Where the INVITE is not answered 64*T1 later, it counts as cancelled (RFC 3261 9.1). */
function sendCancel(turn: OriginatingTurn): void {
  sendRequest(turn, composeCancel(inviteOf(turn)));
  enter(turn, 'cancelling', turn.at + 64 * turn.sip.timing.t1);
}

function refused(turn: OriginatingTurn, response: SipResponse, read: ReadResponse): void {
  const { status, retryAfter, warnings } = read;
  if (status === 422 && inviteAgain(turn, response)) return;
  tellDeferred(turn, read);
  const refusals = [...new Set(warnings.map(imRefusal))].filter((meaning) => meaning !== undefined);
  end(turn, { cause: 'refused', status, retryAfter, warnings, refusals });
}

/** The INVITE once more, as a new transaction with a longer interval (RFC 4028 7.4); one time is enough. */
function inviteAgain(turn: OriginatingTurn, response: SipResponse): boolean {
  const { phase, again } = turn.state;
  const invite = inviteOf(turn);
  const [offered, asked] = [readSessionTimer(invite), readSessionTimer(response)];
  const headers = offered.ok && asked.ok ? retryAfter422(offered.value, asked.value) : undefined;
  if (again || phase === 'cancelling' || headers === undefined) return false;
  const sequence = get(invite, cseq);
  const number = sequence?.ok === true ? sequence.value.number + 1 : 1;
  const timed = withSessionTimer(invite, headers);
  const renewed = set(set(timed, via, nextVia(turn)), cseq, { number, method: 'INVITE' });
  sendInvite(turn, renewed as SipRequest);
  turn.state = { ...turn.state, again: true };
  enter(turn, 'inviting', turn.state.until);
  return true;
}

/** @duty DF-1 (reduce) */
function tellDeferred(turn: OriginatingTurn, { status, automata }: ReadResponse): void {
  const { deferred: messageId } = turn.state;
  if (messageId === undefined) return;
  turn.emit({ type: 'deferred', event: { type: 'response', at: turn.at, messageId, status, automata } });
}

/**
 * Takes the 2xx: acknowledges it, keeps its Contact, starts the session timer, and connects, or ends the session at once
 * where nothing can be sent, or it comes too late.
 *
 * @duty LM-A1, LM-R3, LM-A2 (reduce)
 */
function accepted(turn: OriginatingTurn, response: SipResponse, read: ReadResponse): void {
  const invite = inviteOf(turn);
  tellDeferred(turn, read);
  const dialog = createDialog('uac', invite, response);
  turn.state = { ...turn.state, isFocus: read.isFocus };
  if (!dialog.ok) {
    end(turn, { cause: 'answer', problem: 'dialog' });
    return;
  }
  turn.state = {
    ...turn.state,
    session: {
      dialog: dialog.value,
      ownDescription: descriptionText(invite),
      peerDescription: descriptionText(response),
      allow: turn.state.allow,
    },
  };
  withSession(turn, (inner) => {
    acknowledge(inner, dialog.value, response);
    const offered = readSessionTimer(invite);
    const minimum = offered.ok ? offered.value.minimum : undefined;
    heedMinimum(inner, minimum);
    startTimer(inner, sessionTimerFrom2xx(offered.ok ? offered.value : NO_TIMER, read.timer ?? NO_TIMER));
  });
  const media = describedMedia(response);
  const problem = media?.ok === true ? problemOf(turn, media.value) : 'description';
  if (turn.state.phase === 'cancelling') release(turn, turn.state.why ?? { cause: 'cancelled' });
  else if (media?.ok !== true || problem !== undefined) release(turn, { cause: 'answer', problem });
  else connect(turn, media.value);
}

function descriptionText(message: SipMessage): string {
  const described = sessionDescription(message);
  if (described?.ok !== true) return '';
  const octets = sdp.encode(described.value);
  return conversions.latin1(octets, 0, octets.length);
}

/** Why the answer does not let the message be sent (RFC 3264 6, RFC 4975 8). @duty LM-A2 (reduce) */
function problemOf(turn: OriginatingTurn, media: MsrpMedia): AnswerProblem | undefined {
  const { size, contentType } = turn.state.sending;
  const type = mediaType.parse(contentType);
  const sent = type.ok ? `${type.value.type}/${type.value.subtype}` : '';
  const offered = describedMedia(inviteOf(turn));
  if (media.port === 0) return 'medium';
  if (media.path.length === 0) return 'description';
  if (offered?.ok === true && offered.value.secure !== media.secure) return 'medium';
  if (media.direction !== 'recvonly' && media.direction !== 'sendrecv') return 'direction';
  if (commonFormats(formats(sent), formats(media.acceptTypes.join(' '))).length === 0) return 'accept-types';
  return media.maxSize !== undefined && media.maxSize < size ? 'max-size' : undefined;
}

function formats(text: string): readonly FormatEntry[] {
  const read = acceptTypes.parse(text);
  return read.ok ? read.value : [];
}

/** Who answers `active` connects; in any other case this end does (RFC 6135 4.2, RFC 4975 5.4). */
function connect(turn: OriginatingTurn, { path, setup, fingerprint }: MsrpMedia): void {
  const { sending, waits } = turn.state;
  turn.state = { ...turn.state, sending: { ...sending, toPath: fromPath.format(path) } };
  turn.emit({ type: setup === 'active' ? 'await-msrp' : 'connect-msrp', path, fingerprint });
  enter(turn, 'connecting', turn.at + waits.connection);
}

/**
 * Takes a 2xx whose transaction is over: of another callee of a forked INVITE, or after the INVITE was given up. It is
 * acknowledged, and its dialog ended (RFC 3261 13.2.2.4).
 */
export function acceptedBesides(turn: OriginatingTurn, response: SipResponse): void {
  const invite = inviteOf(turn);
  if (!answers(response, invite) || !canAcknowledge(turn.sip)) return;
  const dialog = createDialog('uac', invite, response);
  if (!dialog.ok) return;
  acknowledge(turn, dialog.value, response);
  sendBye(turn, dialog.value);
}

function answers(response: SipResponse, invite: SipRequest): boolean {
  const keys = [response, invite].map((message) => {
    const [call, caller, sequence] = [get(message, callId), get(message, from), get(message, cseq)];
    if (!call?.ok || !caller?.ok || !sequence?.ok) return undefined;
    return `${call.value}\n${sequence.value.number}\n${tagOf(caller.value) ?? ''}`;
  });
  return keys[0] !== undefined && keys[0] === keys[1];
}
