/*
 * REPORT requests (RFC 4975 7.1.2 to 7.1.4, 7.3.2): what became of octets that were sent.
 */
import type { ParseError } from '../core/error.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import { getMsrp } from './access.ts';
import { type ByteRange, byteRange } from './headers/byte-range.ts';
import { msrpMessageId } from './headers/message-id.ts';
import { failureReport, successReport } from './headers/reports.ts';
import { type MsrpStatus, msrpStatus } from './headers/status.ts';
import { formatIdent } from './ident.ts';
import type { MsrpField, MsrpRequest } from './message.ts';
import { receivedChunk } from './reassemble.ts';
import { isSuccess, returnPaths } from './respond.ts';

/** What a report says beside what it takes from the SEND request. */
export interface ReportOptions {
  /** 4 to 32 characters with at least 64 bits of randomness. */
  readonly transactionId: string;
  /** 200, or the code of what went wrong, as in a response. */
  readonly status: number;
  readonly comment?: string | undefined;
  /** The octets that are reported on; absent, those that the SEND request has. */
  readonly range?: ByteRange | undefined;
}

/**
 * Whether a SEND request asks for a report with this status: of success, where its Success-Report is `yes`; of failure,
 * unless its Failure-Report is `no`. A response with the error serves as well, as long as none has been sent. No other
 * request asks for any.
 */
export function reportDue(request: MsrpRequest, status: number): boolean {
  if (request.method !== 'SEND') return false;
  if (isSuccess(status)) {
    const wanted = getMsrp(request, successReport);
    return wanted?.ok === true && wanted.value === 'yes';
  }
  const wanted = getMsrp(request, failureReport);
  return wanted?.ok !== true || wanted.value !== 'no';
}

/**
 * A REPORT on a SEND request, all the way back to its sender. It always has a Byte-Range: its end is counted, not taken
 * from the request (RFC 4975 7.1.4). Refused where the request lacks what the report must name; throws EncodeError on
 * options that are wrong.
 */
export function composeReport(request: MsrpRequest, options: ReportOptions): Result<MsrpRequest> {
  const transactionId = formatIdent(options.transactionId, 'transactionId');
  const { status, comment } = options;
  const told = msrpStatus.format({ namespace: '000', status, comment });
  const paths = returnPaths(request, false);
  if (!paths.ok) return paths;
  const messageId = getMsrp(request, msrpMessageId);
  if (messageId?.ok !== true) return messageId ?? missing('Message-ID', 'RFC4975-7.1.2');
  const range = options.range === undefined ? sentRange(request) : ok(options.range);
  if (!range.ok) return range;
  const fields: readonly MsrpField[] = [
    ...paths.value,
    { name: 'Message-ID', value: messageId.value },
    { name: 'Byte-Range', value: byteRange.format(range.value) },
    { name: 'Status', value: told },
  ];
  return ok({ transactionId, method: 'REPORT', fields, body: undefined, continuation: '$' });
}

/** The octets that the request really has. */
function sentRange(request: MsrpRequest): Result<ByteRange> {
  const chunk = receivedChunk(request);
  if (!chunk.ok) return chunk;
  const { start, octets, total, continuation } = chunk.value;
  const end = start - 1 + octets;
  if (octets === 0) return ok({ start: 1, end: 0, total });
  // A total that the octets disprove is not repeated.
  return ok({ start, end, total: continuation === '$' || (total !== '*' && total < end) ? end : total });
}

/** What a REPORT says. */
export interface MsrpReport {
  readonly messageId: string;
  readonly status: MsrpStatus;
  /** The octets that it is about; `undefined` where it does not say. */
  readonly range: ByteRange | undefined;
}

/**
 * Reads a REPORT. Refused where it is none, and where Message-ID, Status or Byte-Range are broken or the first two are
 * missing. A status means what it means in a response where its namespace is `000`, and only there.
 *
 * @duty LM-A3 (build)
 */
export function readReport(request: MsrpRequest): Result<MsrpReport> {
  if (request.method !== 'REPORT') {
    return refuse({ code: 'mismatch', rule: 'method', clause: 'RFC4975-7.3.2', offset: 0, expected: 'REPORT' });
  }
  const messageId = getMsrp(request, msrpMessageId);
  if (messageId?.ok !== true) return messageId ?? missing('Message-ID', 'RFC4975-7.1.2');
  const status = getMsrp(request, msrpStatus);
  if (status?.ok !== true) return status ?? missing('Status', 'RFC4975-7.1.2');
  const range = getMsrp(request, byteRange);
  if (range?.ok === false) return range;
  return ok({ messageId: messageId.value, status: status.value, range: range?.value });
}

function missing(rule: string, clause: ParseError['clause']): Result<never> {
  return refuse({ code: 'missing', rule, clause, offset: 0, expected: `a ${rule}` });
}
