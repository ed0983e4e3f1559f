/*
 * The client that gets a large message, from the INVITE to the last notification, as a state machine without clock and
 * without transport: what happens comes in as events, what is to be done goes out as effects. The same events give the
 * same octets again. Nothing that comes from the network makes it throw.
 */
import type { Step } from '../../core/step.ts';
import { get } from '../../sip/access.ts';
import { expires } from '../../sip/headers/numbers.ts';
import { isRequest, type SipMessage, type SipRequest, sipMessage } from '../../sip/message.ts';
import { clientKey, serverKey } from '../../sip/transaction/key.ts';
import { DEFAULT_TIMING, kept } from '../../sip/transaction/timing.ts';
import { matchesDialog } from '../dialog/dialog.ts';
import type { ReceivingEffect, ReceivingEvent } from './events.ts';
import { acceptInvite, capabilities, judgeInvite, refuseInvite, respond } from './receiving-invite.ts';
import { bindConnection, receiveMsrp } from './receiving-msrp.ts';
import { notifyDelivery, notifyDisplay } from './receiving-notify.ts';
import { answerRequest, hangUp, inviteOf, sayBye } from './receiving-requests.ts';
import { type ReceivingInput, type ReceivingState, ReceivingTurn } from './receiving-state.ts';
import { refreshed, wakeDialog } from './session-dialog.ts';
import { failSip, nextId, receiveSip, type SipOccurrence, sipLayer, wakeSip } from './transactions.ts';

/**
 * The receiving client's session. State and events are plain data; the state holds counters, not content.
 *
 * @duty LM-0 (reduce) @duty LM-G0, LM-A2 (parse)
 */
export const receivingSession: {
  /**
   * Begins with an INVITE. One that can't be taken is answered, and the session is over. Throws EncodeError where the
   * input is wrong, but not on account of the INVITE.
   */
  start(input: ReceivingInput): Step<ReceivingState, ReceivingEffect>;
  /** Throws EncodeError on an `accept` or `refuse` that is no answer to the INVITE. */
  step(state: ReceivingState, event: ReceivingEvent): Step<ReceivingState, ReceivingEffect>;
  /** Whether a SIP message that came is of this session. */
  matches(state: ReceivingState, message: SipMessage): boolean;
} = { start, step, matches };

function start({ invite, at, ...options }: ReceivingInput): Step<ReceivingState, ReceivingEffect> {
  const read = invite instanceof Uint8Array ? decoded(invite) : invite;
  const first = read !== undefined && isRequest(read) && read.method === 'INVITE' ? read : undefined;
  const turn = new ReceivingTurn(beginning(first, options), at);
  turn.change({ tag: nextId(turn) });
  const fresh = first === undefined ? undefined : receiveSip(turn, first);
  if (first === undefined || fresh?.type !== 'request') turn.end('refused');
  else begin(turn, first);
  return turn.done();
}

function decoded(octets: Uint8Array): SipMessage | undefined {
  const read = sipMessage.decode(octets);
  return read.ok ? read.value : undefined;
}

function beginning(invite: SipRequest | undefined, options: ReceivingState['options']): ReceivingState {
  const { ids, reliable, timing = DEFAULT_TIMING, via } = options;
  const hop: SipRequest = { method: 'BYE', uri: '', fields: [{ name: 'Via', value: via }], body: new Uint8Array(0) };
  return {
    phase: 'offered',
    options,
    sip: sipLayer(hop, { ids, reliable, timing }),
    invite: invite === undefined ? '' : kept(invite),
    inviteKey: (invite === undefined ? undefined : serverKey(invite)) ?? '',
    tag: '',
    session: undefined,
    bye: undefined,
    medium: undefined,
    message: undefined,
    deadline: undefined,
    cause: undefined,
    wakeAt: undefined,
  };
}

function begin(turn: ReceivingTurn, invite: SipRequest): void {
  const { options, tag } = turn.state;
  const judged = judgeInvite(invite, options, tag);
  if ('refusal' in judged) {
    refuseInvite(turn, judged.refusal.status, judged.refusal.input);
    return;
  }
  if (options.ring === true) respond(turn, invite, 180, capabilities(options));
  else respond(turn, invite, 100);
  turn.wait();
  const limit = get(invite, expires);
  const { deadline } = turn.state;
  if (limit?.ok === true) turn.change({ deadline: Math.min(deadline as number, turn.at + limit.value * 1000) });
  turn.emit({ type: 'offered', request: invite, invite: judged.read });
}

function step(state: ReceivingState, event: ReceivingEvent): Step<ReceivingState, ReceivingEffect> {
  const turn = new ReceivingTurn(state, event.at);
  switch (event.type) {
    case 'sip':
      occur(turn, receiveSip(turn, event.message));
      break;
    case 'sip-error':
      failed(turn);
      break;
    case 'wake':
      woken(turn);
      break;
    case 'accept':
      if (state.phase === 'offered') acceptInvite(turn, event.media);
      break;
    case 'refuse':
      if (state.phase === 'offered') refuseInvite(turn, event.status ?? 603, { warnings: event.warnings });
      break;
    case 'cancel':
      if (state.phase === 'offered') refuseInvite(turn, 603);
      else if (stands(turn)) hangUp(turn, 'stopped');
      break;
    case 'message':
      notifyDelivery(turn, event.octets, event.status ?? 'delivered');
      break;
    case 'displayed':
      notifyDisplay(turn);
      break;
    default:
      overMsrp(turn, event);
  }
  return turn.done(event.type === 'wake');
}

/** Whether the session stands and this end wants it to. */
function stands(turn: ReceivingTurn): boolean {
  return turn.state.phase === 'answered' || turn.state.phase === 'receiving';
}

type MsrpEvent = Extract<ReceivingEvent, { readonly type: 'msrp-connected' | 'msrp' | 'msrp-closed' }>;

function overMsrp(turn: ReceivingTurn, event: MsrpEvent): void {
  const { medium, message } = turn.state;
  if (medium === undefined || medium.connection === 'closed' || !stands(turn)) return;
  if (event.type === 'msrp-connected') {
    if (medium.connection === 'awaited') bindConnection(turn, medium);
  } else if (event.type === 'msrp') {
    if (receiveMsrp(turn, medium, event.message)) hangUp(turn, 'no-connection');
  } else {
    turn.change({ medium: { ...medium, connection: 'closed' } });
    if (message?.reassembly.state === 'complete') turn.wait();
    else hangUp(turn, medium.connection === 'open' ? 'msrp-closed' : 'no-connection');
  }
}

function occur(turn: ReceivingTurn, occurrence: SipOccurrence | undefined): void {
  if (occurrence === undefined) return;
  const { phase } = turn.state;
  switch (occurrence.type) {
    case 'request':
      answerRequest(turn, occurrence.request);
      return;
    case 'ack':
      if (phase === 'answered') turn.change({ phase: 'receiving' });
      if (phase === 'leaving') sayBye(turn);
      return;
    case 'no-ack':
      if (stands(turn)) hangUp(turn, 'no-ack');
      else if (phase === 'leaving') sayBye(turn);
      return;
    default:
      ownRequest(turn, occurrence);
  }
}

/** What became of a request of this end: a BYE that nobody answers ends the session all the same. */
function ownRequest(
  turn: ReceivingTurn,
  occurrence: Extract<SipOccurrence, { readonly type: 'response' | 'timeout' | 'transport-error' }>,
): void {
  const { key } = occurrence;
  const { bye, cause = 'stopped', session } = turn.state;
  const final = occurrence.type !== 'response' || occurrence.response.status >= 200;
  if (key === undefined || !final) return;
  if (key === bye) turn.end(cause);
  else if (session !== undefined && key === session.refresh?.key && stands(turn)) {
    const lost = occurrence.type !== 'response' || refreshed(turn, occurrence.response);
    if (lost) hangUp(turn, 'expired');
  }
}

/** Without SIP no session can be begun or left; one that stands goes on as long as its medium does. */
function failed(turn: ReceivingTurn): void {
  for (const occurrence of failSip(turn)) occur(turn, occurrence);
  const { phase } = turn.state;
  if (phase === 'offered' || phase === 'answered' || phase === 'leaving') turn.end('sip-error');
}

function woken(turn: ReceivingTurn): void {
  for (const occurrence of wakeSip(turn)) occur(turn, occurrence);
  if (stands(turn) && wakeDialog(turn)) hangUp(turn, 'expired');
  const { deadline, phase, medium, message } = turn.state;
  if (deadline === undefined || turn.at < deadline) return;
  if (phase === 'offered') {
    refuseInvite(turn, get(turn.invite, expires) === undefined ? 480 : 487);
    return;
  }
  if (message?.reassembly.state === 'complete') {
    hangUp(turn, 'complete');
    return;
  }
  hangUp(turn, medium?.connection === 'awaited' ? 'no-connection' : 'stalled');
}

function matches({ inviteKey, session, sip, bye }: ReceivingState, message: SipMessage): boolean {
  if (!isRequest(message)) {
    const key = clientKey(message);
    return key === bye || sip.clients.some((one) => one.key === key);
  }
  const key = message.method === 'CANCEL' ? inviteOf(message) : serverKey(message);
  if (key !== undefined && (key === inviteKey || sip.servers.some((one) => one.key === key))) return true;
  return session !== undefined && matchesDialog(session.dialog, message);
}
