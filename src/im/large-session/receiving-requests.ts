/*
 * What the peer asks after its INVITE: to cancel it (RFC 3261 9.2), to end or refresh the session. And how this end
 * leaves it.
 */
import type { SipRequest } from '../../sip/message.ts';
import { serverKey } from '../../sip/transaction/key.ts';
import { matchesDialog } from '../dialog/dialog.ts';
import type { ReceivingCause } from './events.ts';
import { answerInDialog } from './in-dialog.ts';
import { earlyDialog, respond } from './receiving-invite.ts';
import type { ReceivingTurn } from './receiving-state.ts';
import { sendBye, startTimer } from './session-dialog.ts';
import { cancelled, forget } from './transactions.ts';

/** Answers a request that is none of this end's transactions yet. */
export function answerRequest(turn: ReceivingTurn, request: SipRequest): void {
  const { inviteKey, session, phase, cause } = turn.state;
  if (request.method === 'CANCEL') {
    answerCancel(turn, request);
    return;
  }
  if (serverKey(request) === inviteKey) {
    ignoreRepeated(turn);
    return;
  }
  if (phase === 'offered') {
    answerEarly(turn, request);
    return;
  }
  const refreshes = request.method === 'INVITE' || request.method === 'UPDATE';
  const leaves = phase === 'leaving' || phase === 'releasing';
  if (session === undefined || (refreshes && leaves)) {
    respond(turn, request, 481);
    return;
  }
  if (answerInDialog(turn, request)) turn.end(cause ?? 'released');
}

/** The INVITE once more, long after its transaction is over. */
function ignoreRepeated(turn: ReceivingTurn): void {
  const { sip, inviteKey } = turn.state;
  turn.sip = { ...sip, servers: sip.servers.filter(({ key }) => key !== inviteKey) };
}

function answerCancel(turn: ReceivingTurn, cancel: SipRequest): void {
  const { inviteKey, phase } = turn.state;
  respond(turn, cancel, inviteOf(cancel) === inviteKey ? 200 : 481);
  if (phase === 'offered' && cancelled(turn.sip, cancel) !== undefined) withdraw(turn);
}

/** The transaction of the INVITE that a CANCEL is about. */
export function inviteOf({ uri, fields, body }: SipRequest): string | undefined {
  return serverKey({ method: 'INVITE', uri, fields, body });
}

/** Before the INVITE is answered there is no more than an early dialog, which a BYE ends too (RFC 3261 15). */
function answerEarly(turn: ReceivingTurn, request: SipRequest): void {
  const dialog = earlyDialog(turn.invite, turn.state.tag);
  if (dialog === undefined || !matchesDialog(dialog, request)) {
    respond(turn, request, 481);
    return;
  }
  if (request.method !== 'BYE') {
    respond(turn, request, 500, { retryAfter: 5 });
    return;
  }
  respond(turn, request, 200);
  withdraw(turn);
}

function withdraw(turn: ReceivingTurn): void {
  respond(turn, turn.invite, 487);
  turn.end('cancelled', 487);
}

/** This end leaves: by BYE, as soon as it may be sent (RFC 3261 15). */
export function hangUp(turn: ReceivingTurn, cause: ReceivingCause): void {
  const { refresh } = turn.session;
  turn.closeConnection();
  startTimer(turn, undefined);
  if (refresh !== undefined) forget(turn, refresh.key);
  turn.change({ phase: 'leaving', cause, deadline: undefined });
  if (turn.sip.accepted.length === 0) sayBye(turn);
}

/** The ACK is here, or will not come. */
export function sayBye(turn: ReceivingTurn): void {
  turn.change({ phase: 'releasing', bye: sendBye(turn, turn.session.dialog) });
}
