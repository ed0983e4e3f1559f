/*
 * The user plane of the sending end (change request 9.1.1.2, 9.4.2): the MSRP connection, chunks within the window, their
 * responses, the reports, and what the other end sends over it.
 */
import { ok, type Result } from '../../core/result.ts';
import { cpim } from '../../cpim/message.ts';
import { readNotifications } from '../../imdn/notifications.ts';
import type { Imdn } from '../../imdn/payload.ts';
import { contentType } from '../../mime/content-headers.ts';
import { isMediaType } from '../../mime/media-type.ts';
import { getMsrp } from '../../msrp/access.ts';
import { isMsrpRequest, type MsrpMessage, type MsrpRequest, type MsrpResponse, msrp } from '../../msrp/message.ts';
import { readReport } from '../../msrp/report.ts';
import { composeMsrpResponse, isSuccess, responseDue } from '../../msrp/respond.ts';
import type { OriginatingTurn, Why } from './originating-state.ts';
import { enter, isConnected, release } from './release.ts';
import {
  acknowledgedBy,
  chunkOf,
  isOfMessage,
  isOverdue,
  isReported,
  isSettled,
  nextWanted,
  progress,
  reportedBy,
  type Sending,
  sentChunk,
} from './sending.ts';
import { nextId } from './transactions.ts';

const NOTHING = new Uint8Array(0);

/** The connection stands: the message goes out. @duty LM-A2 (reduce) */
export function connected(turn: OriginatingTurn): void {
  if (turn.state.phase !== 'connecting') return;
  enter(turn, 'sending');
  askForContent(turn);
}

function askForContent(turn: OriginatingTurn): void {
  const { sending, waits } = turn.state;
  const wanted = nextWanted(sending);
  if (wanted === undefined) return;
  turn.state = { ...turn.state, sending: { ...sending, asked: { ...wanted, until: turn.at + waits.content } } };
  turn.emit({ type: 'need-content', ...wanted });
}

/** Sends the octets that were asked for; any others come too late. Throws EncodeError where they are too many. */
export function contentCame(turn: OriginatingTurn, from: number, octets: Uint8Array): void {
  const { phase, sending, waits } = turn.state;
  if (phase !== 'sending' || sending.asked?.from !== from) return;
  const chunk = chunkOf(sending, octets, () => nextId(turn));
  turn.emit({ type: 'send-msrp', pieces: [chunk.head, chunk.body, chunk.tail] });
  track(turn, sentChunk(sending, chunk, turn.at + waits.response));
  if (turn.state.sending.sent < sending.size) askForContent(turn);
  else allSent(turn);
}

/** Where only errors are answered, they are waited for as long as a response would be. */
function allSent(turn: OriginatingTurn): void {
  const { waits, sending } = turn.state;
  const silent = sending.failureReport === 'partial' && !sending.successReport;
  enter(turn, 'acknowledging', silent ? turn.at + waits.response : undefined);
  if (!silent) acknowledged(turn);
}

/** Goes on once no response is waited for: to the report, or to the end. @duty LM-REL, LM-A2n (reduce) */
function acknowledged(turn: OriginatingTurn): void {
  const { sending, waits } = turn.state;
  if (turn.state.phase !== 'acknowledging' || sending.waiting.length > 0) return;
  if (!sending.successReport) {
    release(turn, { cause: 'complete' });
    return;
  }
  enter(turn, 'reporting', turn.at + waits.report);
  settled(turn);
}

function settled(turn: OriginatingTurn): void {
  const { phase, sending } = turn.state;
  if (phase !== 'reporting') return;
  if (isReported(sending)) release(turn, { cause: 'complete' });
  else if (isSettled(sending)) release(turn, { cause: 'failure-report' });
}

/**
 * What has come of a message that was acknowledged, where no report comes any more. Behind a focus are others, who may
 * not have it; else the other end itself acknowledged it.
 */
function withoutReport({ state }: OriginatingTurn): Why {
  return { cause: state.isFocus && !isReported(state.sending) ? 'unreported' : 'complete' };
}

/** Tells the caller where something has changed. */
function track(turn: OriginatingTurn, sending: Sending): void {
  const before = progress(turn.state.sending);
  const now = progress(sending);
  turn.state = { ...turn.state, sending };
  if (now.sent === before.sent && now.acknowledged === before.acknowledged && now.reported === before.reported) return;
  turn.emit({ type: 'progress', ...now });
}

/** Takes what came over the connection. */
export function msrpCame(turn: OriginatingTurn, message: MsrpMessage): void {
  if (!isConnected(turn)) return;
  if (!isMsrpRequest(message)) chunkAnswered(turn, message);
  else if (message.method === 'REPORT') reportCame(turn, message);
  else requestCame(turn, message);
}

function chunkAnswered(turn: OriginatingTurn, response: MsrpResponse): void {
  const { sending } = turn.state;
  const { status } = response;
  if (!isOfMessage(sending, turn.sip.ids, response)) return;
  if (!isSuccess(status)) {
    release(turn, { cause: status === 408 ? 'msrp-timeout' : 'msrp-refused', status });
    return;
  }
  track(turn, acknowledgedBy(sending, response));
  if (turn.state.phase === 'sending') askForContent(turn);
  else acknowledged(turn);
}

/**
 * Follows a report. A focus tells about others, of whom one may fail; the message goes on to the rest.
 *
 * @duty LM-A3, LM-A2n (reduce)
 */
function reportCame(turn: OriginatingTurn, request: MsrpRequest): void {
  const read = readReport(request);
  if (!read.ok) return;
  const before = turn.state.sending;
  track(turn, reportedBy(before, read.value));
  if (turn.state.sending.failed === before.failed || turn.state.isFocus) settled(turn);
  else release(turn, { cause: 'failure-report', status: read.value.status.status });
}

/**
 * Answers what the other end asks. It binds the connection with a SEND that is empty, and may send notifications, which
 * the direction of the medium does not stop (RFC 4975 5.4, 8.9); nothing else.
 */
function requestCame(turn: OriginatingTurn, request: MsrpRequest): void {
  const { method, body = NOTHING } = request;
  const notifications = method === 'SEND' ? notificationsIn(request, body) : [];
  const welcome = body.length === 0 || notifications.length > 0;
  answer(turn, request, method === 'SEND' ? (welcome ? 200 : 403) : 501);
  if (notifications.length > 0) {
    turn.emit({ type: 'deferred', event: { type: 'notification', at: turn.at, notifications } });
  }
}

function notificationsIn(request: MsrpRequest, body: Uint8Array): readonly Imdn[] {
  const type = getMsrp(request, contentType);
  if (request.continuation !== '$' || type?.ok !== true || !isMediaType(type.value, 'message/cpim')) return [];
  const carried = cpim.decode(body);
  const read: Result<readonly Result<Imdn>[]> = carried.ok ? readNotifications(carried.value.content) : ok([]);
  return (read.ok ? read.value : []).flatMap((one) => (one.ok ? [one.value] : []));
}

function answer(turn: OriginatingTurn, request: MsrpRequest, status: number): void {
  if (!responseDue(request, status)) return;
  const response = composeMsrpResponse(request, status);
  if (response.ok) turn.emit({ type: 'send-msrp', pieces: [msrp.encode(response.value)] });
}

/** Lets time pass. */
export function wakeDelivery(turn: OriginatingTurn): void {
  const { phase, sending, until } = turn.state;
  const { at } = turn;
  const late = until !== undefined && at >= until;
  if (phase === 'connecting' && late) release(turn, { cause: 'no-connection' });
  else if (phase === 'reporting' && late) release(turn, withoutReport(turn));
  else if (phase === 'acknowledging' && late) release(turn, { cause: 'complete' });
  else if (phase !== 'sending' && phase !== 'acknowledging') return;
  else if (sending.asked !== undefined && at >= sending.asked.until) release(turn, { cause: 'no-content' });
  else if (isOverdue(sending, at)) overdue(turn);
}

/** A chunk that was not answered has arrived all the same where a report says so. */
function overdue(turn: OriginatingTurn): void {
  if (isReported(turn.state.sending)) release(turn, { cause: 'complete' });
  else release(turn, { cause: 'msrp-timeout' });
}

/** The connection is lost. */
export function disconnected(turn: OriginatingTurn): void {
  const { phase, sending } = turn.state;
  const arrived = phase === 'reporting' || isReported(sending);
  if (isConnected(turn)) release(turn, arrived ? withoutReport(turn) : { cause: 'msrp-closed' }, 'lost');
}
