/*
 * The message on its way over MSRP (RFC 4975 7.1.1 to 7.1.4): which octets went out, which were acknowledged, which
 * were reported on. Counters, not content: the octets of each chunk are asked for.
 */
import type { ClauseId } from '../../core/error.ts';
import { whole } from '../../core/write.ts';
import { type ChunkOptions, ChunkWriter, type MsrpChunk } from '../../msrp/chunk-writer.ts';
import { abortChunk } from '../../msrp/chunks.ts';
import type { MsrpResponse } from '../../msrp/message.ts';
import { addRange, missingRanges, type OctetRange, octetsIn } from '../../msrp/octet-ranges.ts';
import type { MsrpReport } from '../../msrp/report.ts';
import { isSuccess } from '../../msrp/respond.ts';
import { earlier } from '../../sip/transaction/timing.ts';

const CLAUSE: ClauseId = 'RFC4975-7.1.1';
/** How many ranges that do not touch are kept: a peer can't have any number of them kept. */
const MOST_RANGES = 4096;

/** Plain data that JSON can hold. */
export interface Sending {
  /** Octets of the content. */
  readonly size: number;
  readonly contentType: string;
  readonly messageId: string;
  /** Octets of a chunk, at most. */
  readonly chunkSize: number;
  /** Chunks that may wait for their response at once. */
  readonly window: number;
  readonly successReport: boolean;
  readonly failureReport: 'yes' | 'no' | 'partial';
  /** The headers. */
  readonly toPath: string;
  readonly fromPath: string;
  /** Octets that went out. */
  readonly sent: number;
  /** The octets that are asked for, and how long in milliseconds they are waited for. */
  readonly asked?: { readonly from: number; readonly to: number; readonly until: number } | undefined;
  /** Chunks without a response, in the order in which they went out. */
  readonly waiting: readonly WaitingChunk[];
  readonly acknowledged: readonly OctetRange[];
  readonly reported: readonly OctetRange[];
  readonly failed: readonly OctetRange[];
}

interface WaitingChunk {
  readonly transactionId: string;
  readonly start: number;
  readonly end: number;
  /** Milliseconds. */
  readonly until: number;
}

/** The next octets that are to be asked for; `undefined` where some are, or the window is full, or all went out. */
export function nextWanted({
  sent,
  size,
  asked,
  waiting,
  window,
  chunkSize,
}: Sending): { readonly from: number; readonly to: number } | undefined {
  if (asked !== undefined || sent === size || waiting.length >= window) return undefined;
  return { from: sent, to: Math.min(sent + chunkSize, size) };
}

/** The chunk of octets that were asked for. Throws EncodeError where they are others. @duty LM-A2, LM-A3 (build) */
export function chunkOf(sending: Sending, octets: Uint8Array, transactionId: () => string): MsrpChunk {
  const { sent, size, asked } = sending;
  const most = asked === undefined ? 0 : asked.to - asked.from;
  whole(octets.length, 1, most, 'content.octets.length', CLAUSE);
  const writer = new ChunkWriter({ ...headersOf(sending, transactionId), from: sent }, size);
  return writer.write(octets, sent + octets.length === size ? '$' : '+');
}

/** The empty chunk by which the message is given up, where it can be: some of it went out, and not all. */
export function givingUp(sending: Sending, transactionId: () => string): MsrpChunk | undefined {
  const { sent, size } = sending;
  if (sent === 0 || sent === size) return undefined;
  return abortChunk({ ...headersOf(sending, transactionId), total: size });
}

function headersOf(sending: Sending, transactionId: () => string): ChunkOptions {
  const { toPath, fromPath, messageId, contentType, chunkSize, successReport, failureReport } = sending;
  return {
    toPath,
    fromPath,
    messageId,
    transactionId,
    contentType,
    size: chunkSize,
    successReport: successReport ? 'yes' : 'no',
    failureReport,
  };
}

/** The chunk went out; a response is waited for where all requests are answered. */
export function sentChunk(sending: Sending, { transactionId, range }: MsrpChunk, until: number): Sending {
  const { start, end } = range;
  const answered = sending.failureReport === 'yes';
  return {
    ...sending,
    sent: end,
    asked: undefined,
    waiting: answered ? [...sending.waiting, { transactionId, start, end, until }] : sending.waiting,
  };
}

/** The message once a chunk was acknowledged; the same where the response is to none that waits. */
export function acknowledgedBy(sending: Sending, { transactionId }: MsrpResponse): Sending {
  const chunk = sending.waiting.find((one) => one.transactionId === transactionId);
  if (chunk === undefined) return sending;
  const { start, end } = chunk;
  return {
    ...sending,
    waiting: sending.waiting.filter((one) => one !== chunk),
    acknowledged: addRange(sending.acknowledged, { start, end }),
  };
}

/** Whether a response is to a chunk of the message. Where only errors are answered, no chunk waits. */
export function isOfMessage(
  { failureReport, sent, waiting }: Sending,
  ids: string,
  { transactionId }: MsrpResponse,
): boolean {
  if (failureReport === 'yes') return waiting.some((one) => one.transactionId === transactionId);
  return sent > 0 && transactionId.startsWith(ids);
}

/**
 * The message once a report has come; the same where it is about another one, or about octets that never went out. A
 * report without a range is about all that went out.
 *
 * @duty LM-A3 (reduce)
 */
export function reportedBy(sending: Sending, { messageId, status, range }: MsrpReport): Sending {
  if (messageId !== sending.messageId || status.namespace !== '000') return sending;
  const start = range?.start ?? 1;
  const end = range === undefined || range.end === '*' ? sending.sent : Math.min(range.end, sending.sent);
  const kind = isSuccess(status.status) ? 'reported' : 'failed';
  const ranges = addRange(sending[kind], { start, end });
  return ranges.length > MOST_RANGES ? sending : { ...sending, [kind]: ranges };
}

/** Whether all octets were reported to have arrived. */
export function isReported({ reported, size }: Sending): boolean {
  return missingRanges(reported, size).length === 0;
}

/** Whether something was reported about each octet. */
export function isSettled({ reported, failed, size }: Sending): boolean {
  return missingRanges(failed.reduce(addRange, reported), size).length === 0;
}

/** The first chunk whose response is overdue at this time. */
export function isOverdue({ waiting }: Sending, at: number): boolean {
  return waiting.some(({ until }) => at >= until);
}

/** When to look again, in milliseconds. */
export function sendingWakeAt({ asked, waiting }: Sending): number | undefined {
  return waiting.reduce<number | undefined>((next, { until }) => earlier(next, until), asked?.until);
}

/** How far it is, in octets. */
export function progress({ sent, acknowledged, reported }: Sending): {
  readonly sent: number;
  readonly acknowledged: number;
  readonly reported: number;
} {
  return { sent, acknowledged: octetsIn(acknowledged), reported: octetsIn(reported) };
}

/** Throws EncodeError where a message can't be sent like that. */
export function checkSending(sending: Sending): void {
  whole(sending.window, 1, Number.MAX_SAFE_INTEGER, 'window', CLAUSE);
  new ChunkWriter({ ...headersOf(sending, () => sending.messageId), toPath: sending.fromPath }, sending.size);
}
