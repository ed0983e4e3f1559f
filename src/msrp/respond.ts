/*
 * Responses to MSRP requests (RFC 4975 7.2, 10): which are due, how they are made, what their codes mean.
 */

import type { FieldCodec } from '../core/codec.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import { getMsrp } from './access.ts';
import { fromPath, toPath } from './headers/path.ts';
import { failureReport } from './headers/reports.ts';
import { formatStatusCode } from './headers/status.ts';
import type { MsrpField, MsrpRequest, MsrpResponse } from './message.ts';
import { formatText } from './text.ts';
import type { MsrpUri } from './uri.ts';

/** What a code says, and what it asks of the sender of the request (RFC 4975 10). */
export interface MsrpStatusMeaning {
  readonly status: number;
  readonly meaning: string;
  /**
   * `go-on` with the message; `retry` once corrected; `stop-message`: no further chunk of it; `stop-type`: nothing more
   * of this Content-Type in the session; `stop-session`: no further request there; `timeout`: as if no response had come.
   */
  readonly sender: 'go-on' | 'retry' | 'stop-message' | 'stop-type' | 'stop-session' | 'timeout';
}

export const MSRP_STATUSES: readonly MsrpStatusMeaning[] = Object.freeze([
  { status: 200, meaning: 'the transaction was successful', sender: 'go-on' },
  { status: 400, meaning: 'the request was unintelligible', sender: 'retry' },
  { status: 403, meaning: 'the action is not allowed', sender: 'stop-message' },
  { status: 408, meaning: 'a transaction further on was not completed in time', sender: 'timeout' },
  { status: 413, meaning: 'the receiver does not want the rest of the message', sender: 'stop-message' },
  { status: 415, meaning: 'the media type is not understood', sender: 'stop-type' },
  { status: 423, meaning: 'a parameter is out of bounds', sender: 'retry' },
  { status: 481, meaning: 'there is no such session', sender: 'stop-session' },
  { status: 501, meaning: 'the method is not understood', sender: 'stop-message' },
  { status: 506, meaning: 'the session is bound to another connection', sender: 'stop-session' },
]);

/** The row of a code; `undefined` for one that RFC 4975 does not have. */
export function msrpStatusMeaning(status: number): MsrpStatusMeaning | undefined {
  return MSRP_STATUSES.find((row) => row.status === status);
}

/**
 * Whether a request is answered with this status (RFC 4975 7.1.2, 7.1.4, 7.2): a REPORT never; any other request always,
 * unless its Failure-Report is `no`, or `partial` and nothing went wrong. A Failure-Report that cannot be read is none.
 */
export function responseDue(request: MsrpRequest, status: number): boolean {
  if (request.method === 'REPORT') return false;
  const wanted = getMsrp(request, failureReport);
  if (wanted?.ok !== true || wanted.value === 'yes') return true;
  return wanted.value === 'partial' && !isSuccess(status);
}

export function isSuccess(status: number): boolean {
  return status >= 200 && status <= 299;
}

/**
 * The response to a request: to the previous hop for a SEND, all the way back for any other one, from the URI that the
 * request was sent to. Refused where the paths of the request cannot be read; then nobody can be answered. Throws
 * EncodeError on a status that has not three digits, and on a comment that is not one line.
 */
export function composeMsrpResponse(request: MsrpRequest, status: number, comment?: string): Result<MsrpResponse> {
  formatStatusCode(status, 'status');
  if (comment !== undefined) formatText(comment, 'comment');
  const paths = returnPaths(request, request.method === 'SEND');
  if (!paths.ok) return paths;
  return ok({ transactionId: request.transactionId, status, comment, fields: paths.value, continuation: '$' });
}

/** The paths of what goes back to the sender of a request, or to the previous hop only. */
export function returnPaths(request: MsrpRequest, toPreviousHop: boolean): Result<readonly MsrpField[]> {
  const back = readPath(request, fromPath);
  if (!back.ok) return back;
  const own = readPath(request, toPath);
  if (!own.ok) return own;
  return ok([
    { name: 'To-Path', value: toPath.format(toPreviousHop ? back.value.slice(0, 1) : back.value) },
    { name: 'From-Path', value: fromPath.format(own.value.slice(0, 1)) },
  ]);
}

function readPath(request: MsrpRequest, codec: FieldCodec<readonly MsrpUri[]>): Result<readonly MsrpUri[]> {
  const { rule, name } = codec;
  const expected = `a ${name}`;
  return getMsrp(request, codec) ?? refuse({ code: 'missing', rule, clause: 'RFC4975-9', offset: 0, expected });
}
