/*
 * What comes over the MSRP connection (RFC 4975 7.3): chunks are handed out and counted, answered as their sender wants
 * it, and reported when all octets are there. A session brings one message.
 */
import type { Result } from '../../core/result.ts';
import { contentType } from '../../mime/content-headers.ts';
import { getMsrp } from '../../msrp/access.ts';
import { msrpMessageId } from '../../msrp/headers/message-id.ts';
import { fromPath, toPath } from '../../msrp/headers/path.ts';
import { isMsrpRequest, type MsrpMessage, type MsrpRequest, type MsrpResponse, msrp } from '../../msrp/message.ts';
import {
  type Reassembly,
  type ReassemblyStep,
  type ReceivedChunk,
  reassemble,
  receivedChunk,
} from '../../msrp/reassemble.ts';
import { composeReport, reportDue } from '../../msrp/report.ts';
import { composeMsrpResponse, isSuccess, responseDue } from '../../msrp/respond.ts';
import { sameMsrpUri } from '../../msrp/uri-equality.ts';
import { acceptTypes, commonFormats } from '../../sdp/format-list.ts';
import type { IncomingMessage, Medium, ReceivingTurn } from './receiving-state.ts';
import { nextId } from './transactions.ts';

/** Byte-Range counts octets from 1; here those of the content are counted from 0. */
const FIRST = 1;

/**
 * The connection stands. The end that made it says at once by a SEND which session it is for (RFC 4975 5.4).
 */
export function bindConnection(turn: ReceivingTurn, medium: Medium): void {
  turn.wait();
  turn.change({ medium: { ...medium, connection: 'open' } });
  if (!medium.active) return;
  const binding = nextId(turn);
  turn.change({ medium: { ...medium, connection: 'open', binding } });
  send(turn, {
    transactionId: binding,
    method: 'SEND',
    fields: [
      { name: 'To-Path', value: toPath.format(medium.peer) },
      { name: 'From-Path', value: fromPath.format(medium.own.slice(-1)) },
      { name: 'Message-ID', value: nextId(turn) },
    ],
    body: undefined,
    continuation: '$',
  });
}

/**
 * Takes a message from the connection; answers whether the peer knows nothing of the session.
 *
 * @duty LM-A2 (parse), LM-0 (reduce)
 */
export function receiveMsrp(turn: ReceivingTurn, medium: Medium, message: MsrpMessage): boolean {
  if (!isMsrpRequest(message)) return message.transactionId === medium.binding && !isSuccess(message.status);
  turn.wait();
  if (!isForSession(medium, message)) answer(turn, message, 481);
  else if (message.method === 'SEND') receiveSend(turn, medium, message);
  else answer(turn, message, 501);
  return false;
}

/** The only URI of To-Path is that of this end (RFC 4975 7.3). */
function isForSession({ own }: Medium, request: MsrpRequest): boolean {
  const path = getMsrp(request, toPath);
  const last = own.at(-1);
  if (path?.ok !== true || last === undefined) return false;
  const [only, ...others] = path.value;
  return only !== undefined && others.length === 0 && sameMsrpUri(only, last);
}

/** The message of a session before its first chunk is counted, too. */
type Incoming = Omit<IncomingMessage, 'reassembly'> & { readonly reassembly: Reassembly | undefined };

function receiveSend(turn: ReceivingTurn, medium: Medium, request: MsrpRequest): void {
  const read = readSend(turn.state.message, medium, request);
  if (typeof read === 'number') answer(turn, request, read);
  else take(turn, medium, request, read.chunk, read.message);
}

/** The chunk and its message, or the status where there is nothing to take. */
function readSend(
  known: IncomingMessage | undefined,
  medium: Medium,
  request: MsrpRequest,
): number | { readonly chunk: ReceivedChunk; readonly message: Incoming } {
  const messageId = getMsrp(request, msrpMessageId);
  const chunk = receivedChunk(request);
  if (messageId?.ok !== true || !chunk.ok) return 400;
  const empty = request.body === undefined && chunk.value.start === FIRST && request.continuation !== '#';
  if (empty) return 200; // binds the connection, or keeps it
  if (known !== undefined && known.messageId !== messageId.value) return 403;
  const type = typeOf(request, known);
  if (type === undefined) return 400;
  if (type !== known?.contentType && !accepts(medium, type)) return 415;
  const begun = { reassembly: undefined, successReport: false, told: undefined };
  return { chunk: chunk.value, message: known ?? { messageId: messageId.value, contentType: type, ...begun } };
}

/** Without a body there is no Content-Type, which a chunk that gives the message up may lack. */
function typeOf(request: MsrpRequest, known: IncomingMessage | undefined): string | undefined {
  const type = getMsrp(request, 'Content-Type');
  if (type === undefined && request.body === undefined) return known?.contentType ?? '';
  return type?.ok === true ? type.value : undefined;
}

/** Parameters count for nothing (RFC 4975 8.6). */
function accepts({ acceptTypes: accepted }: Medium, text: string): boolean {
  if (text === '') return true;
  const type = contentType.parse(text);
  const own = acceptTypes.parse(accepted.join(' '));
  if (!type.ok || !own.ok) return false;
  return commonFormats(own.value, [{ ...type.value, params: [] }]).length > 0;
}

function take(
  turn: ReceivingTurn,
  { largest: message }: Medium,
  request: MsrpRequest,
  chunk: ReceivedChunk,
  incoming: Incoming,
): void {
  const before = incoming.reassembly;
  const step = reassemble(before, chunk, { message, ranges: MOST_RANGES });
  if (step.effects.some(({ kind }) => kind === 'refuse')) {
    answer(turn, request, 413);
    return;
  }
  const successReport = incoming.successReport || reportDue(request, 200);
  turn.change({ message: { ...incoming, reassembly: step.state, successReport } });
  handOut(turn, request, step);
  answer(turn, request, 200);
  if (step.state.state !== 'complete' || before?.state === 'complete') return;
  const size = step.state.total as number;
  const { messageId, contentType } = incoming;
  turn.emit({ type: 'complete', messageId, contentType, size });
  if (successReport) report(turn, request, size);
}

/** Ranges with gaps between them: on one connection chunks come in order. */
const MOST_RANGES = 256;

function handOut(turn: ReceivingTurn, { body }: MsrpRequest, { effects }: ReassemblyStep): void {
  for (const effect of effects) {
    if (effect.kind !== 'store' || body === undefined) continue;
    turn.emit({ type: 'received', from: effect.start - FIRST, octets: body.subarray(0, effect.octets) });
  }
}

/** One report of all octets (RFC 4975 7.1.3). */
function report(turn: ReceivingTurn, request: MsrpRequest, size: number): void {
  const range = { start: FIRST, end: size, total: size };
  sendIfMade(turn, composeReport(request, { transactionId: nextId(turn), status: 200, range }));
}

function answer(turn: ReceivingTurn, request: MsrpRequest, status: number): void {
  if (responseDue(request, status)) sendIfMade(turn, composeMsrpResponse(request, status));
}

/** A request whose paths can't be read has nobody to be answered. */
function sendIfMade(turn: ReceivingTurn, made: Result<MsrpRequest | MsrpResponse>): void {
  if (made.ok) send(turn, made.value);
}

function send(turn: ReceivingTurn, message: MsrpMessage): void {
  turn.emit({ type: 'send-msrp', pieces: [msrp.encode(message)] });
}
