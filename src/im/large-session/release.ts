/*
 * How the session of the sending end comes to its end (change request 9.1.3): the message is given up where it is under
 * way, the MSRP connection closed, the dialog ended with a BYE; where there is no dialog, that is all.
 */
import { msrpStatusMeaning } from '../../msrp/respond.ts';
import type { OriginatingOutcome } from './events.ts';
import type { OriginatingPhase, OriginatingTurn, Why } from './originating-state.ts';
import { givingUp } from './sending.ts';
import { type DialogTurn, sendBye } from './session-dialog.ts';
import { nextId } from './transactions.ts';

/** The phases in which there is an MSRP connection, or one is awaited. */
const CONNECTED: readonly OriginatingPhase[] = ['connecting', 'sending', 'acknowledging', 'reporting'];

export function isConnected({ state }: OriginatingTurn): boolean {
  return CONNECTED.includes(state.phase);
}

/** Goes on to another phase, which may last until then. */
export function enter(turn: OriginatingTurn, phase: OriginatingPhase, until?: number): void {
  turn.state = { ...turn.state, phase, until };
}

/** Does something with the dialog; nothing where there is none. */
export function withSession<T>(turn: OriginatingTurn, run: (turn: DialogTurn) => T): T | undefined {
  const { session } = turn.state;
  if (session === undefined) return undefined;
  const inner: DialogTurn = { at: turn.at, sip: turn.sip, session, emit: turn.emit };
  const result = run(inner);
  turn.sip = inner.sip;
  turn.state = { ...turn.state, session: inner.session };
  return result;
}

/** Ends a session whose INVITE was accepted. @duty LM-REL (reduce) */
export function release(turn: OriginatingTurn, why: Why, connection: 'open' | 'lost' = 'open'): void {
  if (isConnected(turn) && connection === 'open') disconnect(turn, why);
  turn.state = { ...turn.state, why };
  const byeKey = withSession(turn, (dialog) => sendBye(dialog, dialog.session.dialog));
  turn.state = { ...turn.state, byeKey };
  enter(turn, 'releasing');
}

/** The other end has ended it. */
export function released(turn: OriginatingTurn): void {
  if (isConnected(turn)) turn.emit({ type: 'close-msrp' });
  end(turn, { cause: 'released' });
}

function disconnect(turn: OriginatingTurn, { cause, status }: Why): void {
  const { phase, sending } = turn.state;
  const gone = cause === 'msrp-refused' && msrpStatusMeaning(status ?? 0)?.sender === 'stop-session';
  const last = phase === 'sending' && !gone ? givingUp(sending, () => nextId(turn)) : undefined;
  if (last !== undefined) turn.emit({ type: 'send-msrp', pieces: [last.head, last.body, last.tail] });
  turn.emit({ type: 'close-msrp' });
}

/** The session is over; the reason that was known first counts. */
export function end(turn: OriginatingTurn, latest?: Why): void {
  const why = turn.state.why ?? latest ?? { cause: 'complete' };
  enter(turn, 'ended');
  turn.emit({ type: 'ended', outcome: outcomeOf(turn, why) });
}

function outcomeOf({ state }: OriginatingTurn, why: Why): OriginatingOutcome {
  const { size, sent, acknowledged, reported, failed } = state.sending;
  return { warnings: [], refusals: [], ...why, isFocus: state.isFocus, size, sent, acknowledged, reported, failed };
}
