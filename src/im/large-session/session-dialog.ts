/*
 * The dialog of a session at either end, as long as it stands: it is refreshed by whichever end the session timer says
 * (RFC 4028), what the peer asks within it is answered, and it ends with one BYE.
 */

import type { SipRequest, SipResponse } from '../../sip/message.ts';
import {
  expiry,
  largerMinimum,
  nextRefresh,
  refreshMethod,
  refreshSessionTimer,
  retryAfter422,
  type SessionTimer,
  type SessionTimerHeaders,
  sessionTimerFrom2xx,
} from '../../sip/session-timer.ts';
import { earlier, octetsOf } from '../../sip/transaction/timing.ts';
import { sipUri } from '../../sip/uri.ts';
import type { Content } from '../content.ts';
import { completeRequest, type DialogState } from '../dialog/dialog.ts';
import { readResponse } from '../dialog/read-response.ts';
import { composeInDialog } from '../dialog/requests.ts';
import { nextVia, type SipTurn, sendAck, sendRequest } from './transactions.ts';

/** Plain data that JSON can hold. */
export interface SessionDialog {
  readonly dialog: DialogState;
  /** What this end described last, and what the peer did: the octets, one character each. */
  readonly ownDescription: string;
  readonly peerDescription: string;
  /** The methods of the peer. */
  readonly allow?: readonly string[] | undefined;
  readonly timer?: SessionTimer | undefined;
  /** Seconds: the largest Min-SE that was heard. */
  readonly minimum?: number | undefined;
  readonly refreshAt?: number | undefined;
  readonly expiresAt?: number | undefined;
  /** The refresh that is under way. */
  readonly refresh?: Refresh | undefined;
}

interface Refresh {
  readonly key: string;
  readonly method: 'UPDATE' | 'INVITE';
  readonly timer: SessionTimerHeaders;
}

/** One step of a session that has a dialog. */
export interface DialogTurn extends SipTurn {
  session: SessionDialog;
}

const SHORTEST_INTERVAL = 90;
/**
 * Milliseconds until a refresh is sent again that met one of the peer: 2.1 to 4 s for the end that made the Call-ID, 0 to
 * 2 s for the other one (RFC 3261 14.1).
 */
const AFTER_GLARE = { uac: 2100, uas: 1000 };
const NO_TIMER: SessionTimerHeaders = { supported: false, required: false };
const NOTHING = new Uint8Array(0);

/** Starts the session timer, or where there is none ends that which runs. @duty LM-R3 (reduce) */
export function startTimer(turn: DialogTurn, timer: SessionTimer | undefined): void {
  turn.session = {
    ...turn.session,
    timer,
    refreshAt: timer === undefined ? undefined : nextRefresh(timer, turn.at),
    expiresAt: timer === undefined ? undefined : expiry(timer, turn.at),
  };
}

/** Min-SE of the peer holds for all later requests; one below the least that there may be counts as that. */
export function heedMinimum(turn: DialogTurn, received: number | undefined): void {
  const minimum = received === undefined ? undefined : Math.max(SHORTEST_INTERVAL, received);
  turn.session = { ...turn.session, minimum: largerMinimum(turn.session.minimum, minimum) };
}

/** When the dialog is to be refreshed or ended, in milliseconds. */
export function dialogWakeAt({ refreshAt, expiresAt }: SessionDialog): number | undefined {
  return earlier(refreshAt, expiresAt);
}

/** Lets time pass; answers whether the session has expired. */
export function wakeDialog(turn: DialogTurn): boolean {
  const { refreshAt, expiresAt, refresh, timer } = turn.session;
  if (expiresAt !== undefined && turn.at >= expiresAt) return true;
  if (timer === undefined || refreshAt === undefined || turn.at < refreshAt) return false;
  turn.session = { ...turn.session, refreshAt: undefined };
  if (refresh === undefined) sendRefresh(turn, refreshSessionTimer(timer, turn.session.minimum));
  return false;
}

/** UPDATE where the peer allows it, or else INVITE with the description as it is (RFC 4028 7.4). */
function sendRefresh(turn: DialogTurn, timer: SessionTimerHeaders): void {
  const { dialog, allow, ownDescription } = turn.session;
  const method = refreshMethod(allow);
  const body: Content | undefined = method === 'INVITE' ? description(ownDescription) : undefined;
  const sent = composeInDialog(dialog, method, { via: nextVia(turn), timer, body });
  const key = sendRequest(turn, sent.request);
  turn.session = { ...turn.session, dialog: sent.dialog, refresh: { key, method, timer } };
}

export function description(octets: string): Content {
  return { contentType: 'application/sdp', content: octetsOf(octets) };
}

/**
 * Takes a response to the refresh; answers whether the dialog is lost by it (RFC 3261 12.2.1.2). After any other failure
 * the session goes on until it expires.
 */
export function refreshed(turn: DialogTurn, response: SipResponse): boolean {
  const { refresh, dialog } = turn.session;
  const read = readResponse(response);
  if (refresh === undefined || !read.ok || response.status < 200) return false;
  const { status, timer: headers = NO_TIMER, allow } = read.value;
  if (status >= 300) return refreshFailed(turn, refresh, status, headers);
  turn.session = {
    ...turn.session,
    refresh: undefined,
    allow: allow ?? turn.session.allow,
    dialog: completeRequest(dialog, 'uac', bare(refresh.method, dialog), response),
  };
  if (refresh.method === 'INVITE') acknowledge(turn, turn.session.dialog, response);
  startTimer(turn, sessionTimerFrom2xx(refresh.timer, headers));
  return false;
}

function refreshFailed(turn: DialogTurn, refresh: Refresh, status: number, headers: SessionTimerHeaders): boolean {
  const { allow = [], dialog } = turn.session;
  turn.session = { ...turn.session, refresh: undefined };
  heedMinimum(turn, headers.minimum);
  const longer = status === 422 ? retryAfter422(refresh.timer, headers) : undefined;
  if (longer !== undefined) sendRefresh(turn, longer);
  else if (status === 491) turn.session = { ...turn.session, refreshAt: turn.at + AFTER_GLARE[dialog.side] };
  else if (refresh.method === 'UPDATE' && (status === 405 || status === 501)) {
    turn.session = { ...turn.session, allow: allow.filter((method) => method !== 'UPDATE') };
    sendRefresh(turn, refresh.timer);
  }
  return status === 481 || status === 408;
}

/** What `completeRequest` looks at in a request of this end. */
function bare(method: string, { remoteTarget }: DialogState): SipRequest {
  return { method, uri: sipUri.format(remoteTarget), fields: [], body: NOTHING };
}

/** Acknowledges a 2xx, the first time. */
export function acknowledge(turn: SipTurn, dialog: DialogState, accepted: SipResponse): void {
  sendAck(turn, composeInDialog(dialog, 'ACK', { via: nextVia(turn) }).request, accepted);
}

/** Ends a dialog; answers the key of the transaction. */
export function sendBye(turn: SipTurn, dialog: DialogState): string {
  return sendRequest(turn, composeInDialog(dialog, 'BYE', { via: nextVia(turn) }).request);
}
