/* What a response says to the client of a session (change request 9.1.1.1, 9.1.1.2), whatever else is broken in it. */
import type { FieldCodec } from '../../core/codec.ts';
import type { ParseError } from '../../core/error.ts';
import { ok, type Result, refuse } from '../../core/result.ts';
import { get } from '../../sip/access.ts';
import { type AcceptRange, accept } from '../../sip/headers/accept.ts';
import { contact, isWildcard } from '../../sip/headers/contact.ts';
import { hasFeature } from '../../sip/headers/feature-params.ts';
import { tagOf, to } from '../../sip/headers/name-addrs.ts';
import { type RetryAfter, retryAfter } from '../../sip/headers/retry-after.ts';
import { allow, unsupported } from '../../sip/headers/token-lists.ts';
import { type Warning, warning } from '../../sip/headers/warning.ts';
import { isRequest, type SipMessage } from '../../sip/message.ts';
import type { NameAddr } from '../../sip/name-addr.ts';
import { readSessionTimer, type SessionTimerHeaders } from '../../sip/session-timer.ts';

export interface ReadResponse {
  readonly status: number;
  readonly reason: string;
  /** The tag of whoever answered: which of the dialogs of a forked INVITE it is. */
  readonly toTag: string | undefined;
  /** The methods that Allow names. */
  readonly allow: readonly string[] | undefined;
  /** The session identity with its feature parameters: the first Contact. */
  readonly contact: NameAddr | undefined;
  /** Whether that Contact is a machine's, which stores the message to deliver it later (RFC 3840). */
  readonly automata: boolean;
  /** Whether that Contact is a focus: it has accepted, and those behind it have not yet. */
  readonly isFocus: boolean;
  readonly timer: SessionTimerHeaders | undefined;
  readonly retryAfter: RetryAfter | undefined;
  readonly warnings: readonly Warning[];
  /** What a 415 would take. */
  readonly accept: readonly AcceptRange[] | undefined;
  /** What a 420 does not know. */
  readonly unsupported: readonly string[] | undefined;
  /** Why headers are absent here that the response has. */
  readonly errors: readonly ParseError[];
}

/**
 * What a provisional or final response says. A header that can't be read costs only itself. Refused where the message
 * is no response.
 *
 * @duty LM-R1, LM-R2, LM-A1 (reduce)
 */
export function readResponse(message: SipMessage): Result<ReadResponse> {
  if (isRequest(message)) {
    return refuse({
      code: 'unsupported',
      rule: 'Status-Line',
      clause: 'RFC3261-7.2',
      offset: 0,
      expected: 'a response',
    });
  }
  const errors: ParseError[] = [];
  const valueFrom = <T>(result: Result<T> | undefined): T | undefined => {
    if (result?.ok === false) errors.push(result.error);
    return result?.ok ? result.value : undefined;
  };
  const read = <T>(codec: FieldCodec<T>): T | undefined => valueFrom(get(message, codec));
  const callee = read(to);
  const first = read(contact)?.[0];
  const identity = first === undefined || isWildcard(first) ? undefined : first;
  const features = identity?.params ?? [];
  return ok({
    status: message.status,
    reason: message.reason,
    toTag: callee === undefined ? undefined : tagOf(callee),
    allow: read(allow),
    contact: identity,
    automata: hasFeature(features, 'automata'),
    isFocus: hasFeature(features, 'isfocus'),
    timer: valueFrom(readSessionTimer(message)),
    retryAfter: read(retryAfter),
    warnings: read(warning) ?? [],
    accept: read(accept),
    unsupported: read(unsupported),
    errors,
  });
}
