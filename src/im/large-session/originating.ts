/*
 * The session of the client that sends a large message (change request 9.1.1 to 9.1.3), as a reducer: SIP and MSRP of one
 * message from the INVITE to the BYE. The caller moves octets, and wakes it.
 */
import { type ClauseId, EncodeError, within } from '../../core/error.ts';
import type { Step } from '../../core/step.ts';
import { mediaType } from '../../mime/media-type.ts';
import { fromPath } from '../../msrp/headers/path.ts';
import type { SipRequest } from '../../sip/message.ts';
import { clientKey } from '../../sip/transaction/key.ts';
import { DEFAULT_TIMING, earlier } from '../../sip/transaction/timing.ts';
import { isSipUri, sipUri } from '../../sip/uri.ts';
import { readLargeMessageInvite } from '../large-message.ts';
import { connected, contentCame, disconnected, msrpCame, wakeDelivery } from './delivery.ts';
import type { OriginatingEffect, OriginatingEvent } from './events.ts';
import { answer, answerInDialog } from './in-dialog.ts';
import { acceptedBesides, cancelInvite, invited, sendInvite } from './invite.ts';
import type {
  OriginatingInput,
  OriginatingPhase,
  OriginatingState,
  OriginatingTurn,
  OriginatingWaits,
  Why,
} from './originating-state.ts';
import { end, isConnected, release, released, withSession } from './release.ts';
import { checkSending, type Sending, sendingWakeAt } from './sending.ts';
import { dialogWakeAt, refreshed, wakeDialog } from './session-dialog.ts';
import { failSip, forget, receiveSip, type SipOccurrence, sipLayer, sipWakeAt, wakeSip } from './transactions.ts';

const CLAUSE: ClauseId = 'OMA-IM-9.1.1.2';

const WAITS: OriginatingWaits = {
  answer: 180_000,
  connection: 30_000,
  content: 120_000,
  response: 30_000, // RFC 4975 7.1.1
  report: 120_000,
};

export type OriginatingStep = Step<OriginatingState, OriginatingEffect>;

/** The session of the client that sends a large message, begun with `start` and driven with `step`. */
export const largeSession: {
  /** Sends the INVITE. Throws EncodeError where it is none of a large message, or the content is not what it offers. */
  start(input: OriginatingInput): OriginatingStep;
  /**
   * What becomes of a session by an event. The state given stays as it is. Nothing that comes from the network makes it
   * throw; content that was not asked for throws EncodeError.
   */
  step(state: OriginatingState, event: OriginatingEvent): OriginatingStep;
} = { start, step };

/** @duty LM-0 (reduce) */
function start(input: OriginatingInput): OriginatingStep {
  const { at, invite, ids, reliable, timing = DEFAULT_TIMING, sent } = input;
  const sending = sendingOf(input);
  const effects: OriginatingEffect[] = [];
  const inviteKey = clientKey(invite);
  if (inviteKey === undefined) throw new EncodeError('an INVITE has Via and CSeq', 'invite', 'RFC3261-8.1.1');
  const waits: OriginatingWaits = { ...WAITS, ...input.waits };
  const turn: OriginatingTurn = {
    at,
    sip: sipLayer(invite, { ids, reliable, timing }),
    state: {
      phase: 'inviting',
      invite: '',
      inviteKey,
      again: false,
      isFocus: false,
      sending,
      deferred: sent?.messageId,
      waits,
      until: at + waits.answer,
    },
    emit: (effect) => effects.push(effect),
  };
  if (sent !== undefined) turn.emit({ type: 'deferred', event: sent });
  sendInvite(turn, invite);
  return finish(turn, effects, undefined);
}

/** What is to be sent, as the INVITE offers it. Throws EncodeError. */
function sendingOf(input: OriginatingInput): Sending {
  const { invite, content, chunkSize = 2048, window = 8, successReport = true, failureReport = 'yes' } = input;
  const offered = readLargeMessageInvite(invite);
  if (!offered.ok)
    throw new EncodeError(`no INVITE of a large message: ${offered.error.rule}`, 'invite', CLAUSE, 'LM-0');
  const { contact, media } = offered.value;
  const { size } = content;
  if (contact === undefined) throw new EncodeError('no Contact', 'invite', 'RFC3261-8.1.1.8', 'LM-G0');
  const to = sipUri.parse(invite.uri);
  if (to.ok && to.value.scheme === 'sips' && (!isSipUri(contact.uri) || contact.uri.scheme !== 'sips')) {
    throw new EncodeError('to a SIPS URI the Contact is one too', 'invite', 'RFC3261-8.1.1.8', 'LM-G0');
  }
  if (media.path.length === 0) throw new EncodeError('the offer has no path', 'invite', 'RFC4975-8.2', 'LM-E5');
  if (!Number.isSafeInteger(size) || size < 1 || size !== (offered.value.content?.size ?? size)) {
    throw new EncodeError(`${size} octets are not what the INVITE offers`, 'content.size', CLAUSE, 'LM-E6');
  }
  const sending: Sending = {
    size,
    contentType: typeof content.contentType === 'string' ? content.contentType : mediaType.format(content.contentType),
    messageId: content.messageId,
    chunkSize,
    window,
    successReport,
    failureReport,
    toPath: '',
    fromPath: fromPath.format(media.path),
    sent: 0,
    waiting: [],
    acknowledged: [],
    reported: [],
    failed: [],
  };
  try {
    checkSending(sending);
  } catch (error) {
    throw within('content', error);
  }
  return sending;
}

function step({ sip, ...state }: OriginatingState, event: OriginatingEvent): OriginatingStep {
  const effects: OriginatingEffect[] = [];
  const turn: OriginatingTurn = { at: event.at, sip, state, emit: (effect) => effects.push(effect) };
  take(turn, event);
  return finish(turn, effects, event);
}

function take(turn: OriginatingTurn, event: OriginatingEvent): void {
  switch (event.type) {
    case 'sip':
      occurred(turn, receiveSip(turn, event.message));
      break;
    case 'sip-error':
      sipFailed(turn);
      break;
    case 'msrp-connected':
      connected(turn);
      break;
    case 'msrp':
      msrpCame(turn, event.message);
      break;
    case 'msrp-closed':
      disconnected(turn);
      break;
    case 'content':
      contentCame(turn, event.from, event.octets);
      break;
    case 'cancel':
      stop(turn, { cause: 'cancelled' });
      break;
    case 'wake':
      wake(turn);
      break;
  }
}

/** The state, and when to wake it: told where that has changed, or the last time is over. */
function finish(
  turn: OriginatingTurn,
  effects: OriginatingEffect[],
  event: OriginatingEvent | undefined,
): OriginatingStep {
  const { state, sip } = turn;
  const wakeAt = earlier(sipWakeAt(sip), phaseWakeAt(turn));
  if (wakeAt !== state.wakeAt || (event?.type === 'wake' && wakeAt !== undefined)) {
    effects.push({ type: 'wake', at: wakeAt });
  }
  return { state: { ...state, sip, wakeAt }, effects };
}

function phaseWakeAt(turn: OriginatingTurn): number | undefined {
  const { session, sending, until } = turn.state;
  if (!isConnected(turn)) return until;
  const next = earlier(until, sendingWakeAt(sending));
  return session === undefined ? next : earlier(next, dialogWakeAt(session));
}

/** Stops whatever is under way. */
function stop(turn: OriginatingTurn, why: Why): void {
  const { phase } = turn.state;
  if (phase === 'inviting' || phase === 'proceeding') cancelInvite(turn, why);
  else if (isConnected(turn)) release(turn, why);
}

/** A SIP message could not be sent: what waits for an answer gets none. */
function sipFailed(turn: OriginatingTurn): void {
  for (const occurrence of failSip(turn)) occurred(turn, occurrence);
  stop(turn, { cause: 'sip-error' });
}

function occurred(turn: OriginatingTurn, occurrence: SipOccurrence | undefined): void {
  if (occurrence === undefined) return;
  const { state } = turn;
  if (occurrence.type === 'response') responded(turn, occurrence);
  else if (occurrence.type === 'request') requested(turn, occurrence.request);
  else if (occurrence.type === 'no-ack') stop(turn, { cause: 'expired' });
  else if (occurrence.type === 'ack') return;
  else if (occurrence.key === state.inviteKey || occurrence.key === state.byeKey) {
    end(turn, { cause: occurrence.type === 'timeout' ? 'no-response' : 'sip-error' });
  } else if (occurrence.key === state.session?.refresh?.key) {
    stop(turn, { cause: occurrence.type === 'timeout' ? 'expired' : 'sip-error' });
  }
}

function responded(turn: OriginatingTurn, { key, response }: Extract<SipOccurrence, { type: 'response' }>): void {
  const { inviteKey, byeKey, session } = turn.state;
  if (key === undefined) acceptedBesides(turn, response);
  else if (key === inviteKey) invited(turn, response);
  else if (key === byeKey && response.status >= 200) end(turn);
  else if (key === session?.refresh?.key && withSession(turn, (dialog) => refreshed(dialog, response)) === true) {
    stop(turn, { cause: 'expired' });
  }
}

const WITH_DIALOG: readonly OriginatingPhase[] = ['connecting', 'sending', 'acknowledging', 'reporting', 'releasing'];

function requested(turn: OriginatingTurn, request: SipRequest): void {
  if (!WITH_DIALOG.includes(turn.state.phase)) {
    answer(turn, request, 481);
    return;
  }
  const bye = withSession(turn, (dialog) => answerInDialog(dialog, request));
  // Where both ends say BYE at once, the own one is answered too.
  if (bye === true && turn.state.phase !== 'releasing') released(turn);
}

function wake(turn: OriginatingTurn): void {
  for (const occurrence of wakeSip(turn)) occurred(turn, occurrence);
  const { phase, until, inviteKey } = turn.state;
  if (phase === 'inviting' || phase === 'proceeding') {
    if (until !== undefined && turn.at >= until) cancelInvite(turn, { cause: 'no-response' });
  } else if (phase === 'cancelling') {
    if (until === undefined || turn.at < until) return;
    forget(turn, inviteKey);
    end(turn);
  } else if (isConnected(turn)) {
    if (withSession(turn, wakeDialog) === true) release(turn, { cause: 'expired' });
    else wakeDelivery(turn);
  }
}
