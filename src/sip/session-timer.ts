/*
 * The session timer of RFC 4028, as decisions of both ends over what a message says about it. There is no clock here:
 * intervals are seconds, times are milliseconds that the caller passes.
 */

import type { FieldCodec } from '../core/codec.ts';
import { type ClauseId, EncodeError } from '../core/error.ts';
import { ok, type Result } from '../core/result.ts';
import { sameText } from '../core/text.ts';
import { whole } from '../core/write.ts';
import { get, remove, set } from './access.ts';
import { minSE, refresher as readRefresher, sessionExpires } from './headers/session-expires.ts';
import { requireField, supported } from './headers/token-lists.ts';
import { isRequest, type SipMessage } from './message.ts';

/** The option tag (RFC 4028 12.3). */
const TIMER = 'timer';
const MAX_INTERVAL = 0xffff_ffff;
/** Seconds: no interval may be shorter, and what Min-SE is where it is absent (RFC 4028 4, 5). */
const SHORTEST_INTERVAL = 90;
/** Seconds, RFC 4028 4. */
const RECOMMENDED_INTERVAL = 1800;
/** Seconds, RFC 4028 10. */
const LONGEST_MARGIN = 32;
/** Methods that refresh a session (RFC 4028 4, table 1). */
const REFRESHING = ['INVITE', 'UPDATE'];

/** What a message says about the session timer. */
export interface SessionTimerHeaders {
  /** Whether `timer` is in Supported. */
  readonly supported: boolean;
  /** Whether `timer` is in Require. */
  readonly required: boolean;
  /** Session-Expires, in seconds. */
  readonly interval?: number | undefined;
  /** Who shall refresh: the client or the server of this transaction. */
  readonly refresher?: 'uac' | 'uas' | undefined;
  /** Min-SE, in seconds. */
  readonly minimum?: number | undefined;
}

/** The timer that runs after a 2xx. */
export interface SessionTimer {
  /** Seconds from one 2xx to the end of the session. */
  readonly interval: number;
  /** Which end sends the refreshes. Unlike uac and uas, this stays the same whoever sends the next request. */
  readonly refresher: 'local' | 'remote';
}

/** What the message says. Refused where Session-Expires or Min-SE can't be read; a broken list has no option tags. */
export function readSessionTimer(message: SipMessage): Result<SessionTimerHeaders> {
  const [expires, least] = [get(message, sessionExpires), get(message, minSE)];
  if (expires?.ok === false) return expires;
  if (least?.ok === false) return least;
  return ok({
    supported: hasTimer(message, supported),
    required: hasTimer(message, requireField),
    interval: expires?.value.seconds,
    refresher: expires === undefined ? undefined : readRefresher(expires.value),
    minimum: least?.value.seconds,
  });
}

function hasTimer(message: SipMessage, codec: FieldCodec<readonly string[]>): boolean {
  const tags = get(message, codec);
  return tags?.ok === true && tags.value.some((tag) => sameText(tag, TIMER));
}

/**
 * The message with these headers, and without those that are absent; other option tags stay. Throws EncodeError where
 * RFC 4028 does not let them stand in such a message.
 */
export function withSessionTimer<T extends SipMessage>(message: T, headers: SessionTimerHeaders): T;
export function withSessionTimer(message: SipMessage, headers: SessionTimerHeaders): SipMessage {
  checkPlace(message, headers);
  const { interval, refresher, minimum } = headers;
  let changed = withTimer(message, supported, headers.supported);
  changed = withTimer(changed, requireField, headers.required);
  if (interval === undefined) changed = remove(changed, sessionExpires);
  else {
    const params = refresher === undefined ? [] : [{ name: 'refresher', value: refresher }];
    changed = set(changed, sessionExpires, { seconds: interval, params });
  }
  if (minimum === undefined) return remove(changed, minSE);
  return set(changed, minSE, { seconds: minimum, params: [] });
}

function withTimer(message: SipMessage, codec: FieldCodec<readonly string[]>, wanted: boolean): SipMessage {
  if (hasTimer(message, codec) === wanted) return message;
  const tags = get(message, codec);
  if (tags?.ok === false) throw new EncodeError('can not be read', codec.name, codec.clause);
  const others = (tags?.value ?? []).filter((tag) => !sameText(tag, TIMER));
  if (wanted) return set(message, codec, [...others, TIMER]);
  return others.length === 0 ? remove(message, codec) : set(message, codec, others);
}

/** Which messages have these headers, and with what values (RFC 4028 table 1, sections 5 to 9). */
function checkPlace(message: SipMessage, { interval, refresher, minimum, required }: SessionTimerHeaders): void {
  const request = isRequest(message);
  const refreshes = request && REFRESHING.includes(message.method);
  const shortest = shortestFor(minimum);
  if (minimum !== undefined && !refreshes && (request || message.status !== 422)) {
    throw new EncodeError('Min-SE stands in INVITE, UPDATE and 422 only', 'minimum', 'RFC4028-5');
  }
  if (interval === undefined) {
    if (!request && message.status === 422 && minimum === undefined) {
      throw new EncodeError('a 422 has a Min-SE', 'minimum', 'RFC4028-6');
    }
    if (refresher === undefined) return;
    throw new EncodeError('a refresher without an interval', 'refresher', 'RFC4028-4');
  }
  if (refreshes) sound(interval, shortest, 'interval', 'RFC4028-7.1');
  else if (request || message.status < 200 || message.status > 299) {
    throw new EncodeError('Session-Expires stands in INVITE, UPDATE and their 2xx only', 'interval', 'RFC4028-4');
  } else if (refresher === undefined) {
    throw new EncodeError('a 2xx names the refresher', 'refresher', 'RFC4028-9');
  } else if (refresher === 'uac' && !required) {
    throw new EncodeError('a 2xx that has the client refresh requires timer', 'required', 'RFC4028-9');
  }
}

/** The shortest interval that a Min-SE lets through. Throws EncodeError. */
function shortestFor(minimum: number | undefined): number {
  return minimum === undefined ? SHORTEST_INTERVAL : sound(minimum, SHORTEST_INTERVAL, 'minimum', 'RFC4028-5');
}

function sound(seconds: number, min: number, path: string, clause: ClauseId): number {
  return whole(seconds, min, MAX_INTERVAL, path, clause);
}

/** What the client of a new session wishes. */
export interface SessionTimerWish {
  /** Seconds; 1800 where absent, which RFC 4028 4 recommends. */
  readonly interval?: number | undefined;
  /** Seconds: the shortest interval that it accepts. */
  readonly minimum?: number | undefined;
}

/**
 * What the INVITE of a new session says: this end refreshes. Throws EncodeError on an interval below the minimum or
 * below 90 seconds.
 *
 * @duty LM-G6, LM-G7 (build)
 */
export function offerSessionTimer(wish: SessionTimerWish = {}): SessionTimerHeaders {
  const { interval = RECOMMENDED_INTERVAL, minimum } = wish;
  const shortest = shortestFor(minimum);
  sound(interval, shortest, 'interval', 'RFC4028-7.1');
  return { supported: true, required: false, interval, refresher: 'uac', minimum };
}

/** The larger of two minimums, as what is known of a dialog grows with its 422s and requests (RFC 4028 7.4). */
export function largerMinimum(known: number | undefined, received: number | undefined): number | undefined {
  if (known === undefined || received === undefined) return known ?? received;
  return Math.max(known, received);
}

/**
 * What the request says when it is sent once more after a 422 (RFC 4028 7.4); `undefined` where the 422 asks for
 * nothing that the request has not offered already, so that it would be refused again.
 */
export function retryAfter422(
  request: SessionTimerHeaders,
  response: SessionTimerHeaders,
): SessionTimerHeaders | undefined {
  const minimum = largerMinimum(request.minimum, response.minimum);
  if (minimum === undefined || request.interval === undefined || minimum <= request.interval) return undefined;
  return { ...request, interval: minimum, minimum };
}

/**
 * The timer that the client of a transaction starts with a 2xx; `undefined` where the session does not expire. A 2xx
 * without Session-Expires turns the timer off (RFC 4028 7.2). With `keep`, a client that asked for one runs it for its
 * own benefit then, which the same section allows.
 *
 * A 2xx that names no refresher leaves the one that was asked for, or else the client. An interval below 90 seconds
 * counts as 90, so that no server can make a client refresh faster.
 *
 * @duty LM-R3 (reduce)
 */
export function sessionTimerFrom2xx(
  request: SessionTimerHeaders,
  response: SessionTimerHeaders,
  options: { readonly keep?: boolean | undefined } = {},
): SessionTimer | undefined {
  if (response.interval !== undefined) {
    const refresher = response.refresher ?? request.refresher ?? 'uac';
    return runningTimer(response.interval, refresher === 'uac');
  }
  return options.keep === true && request.interval !== undefined ? runningTimer(request.interval, true) : undefined;
}

function runningTimer(interval: number, local: boolean): SessionTimer {
  return { interval: Math.max(interval, SHORTEST_INTERVAL), refresher: local ? 'local' : 'remote' };
}

/** What a server decides for itself. */
export interface SessionTimerPolicy {
  /** Seconds: a client that supports the timer and asks for less is answered 422; 90 where absent. */
  readonly minimum?: number | undefined;
  /** Seconds: a longer interval is reduced to this, and where none is asked for this is. As asked for where absent. */
  readonly interval?: number | undefined;
  /** Who refreshes where the client leaves the choice; the client where absent. */
  readonly refresher?: 'uac' | 'uas' | undefined;
}

export type SessionTimerAnswer =
  /** What the 2xx says, and the timer that starts with it. */
  | { readonly accepted: true; readonly headers: SessionTimerHeaders; readonly timer: SessionTimer | undefined }
  /** What the 422 says. */
  | { readonly accepted: false; readonly headers: SessionTimerHeaders };

/**
 * What a server answers to an INVITE or UPDATE (RFC 4028 9, table 2). A client that does not support the timer is never
 * refused, and the server refreshes; the interval is then a proxy's, and one below 90 seconds starts no timer. Throws
 * EncodeError on a policy that allows less than 90 seconds.
 */
export function answerSessionTimer(request: SessionTimerHeaders, policy: SessionTimerPolicy = {}): SessionTimerAnswer {
  const least = sound(policy.minimum ?? SHORTEST_INTERVAL, SHORTEST_INTERVAL, 'minimum', 'RFC4028-9');
  const own = policy.interval === undefined ? undefined : sound(policy.interval, least, 'interval', 'RFC4028-9');
  const asked = request.interval;
  if (request.supported && asked !== undefined && asked < least) {
    return { accepted: false, headers: { supported: false, required: false, minimum: least } };
  }
  const interval = answeredInterval(request, own);
  if (interval === undefined)
    return { accepted: true, headers: { supported: true, required: false }, timer: undefined };
  const refresher = request.supported ? (request.refresher ?? policy.refresher ?? 'uac') : 'uas';
  const headers = { supported: true, required: request.supported, interval, refresher } as const;
  return { accepted: true, headers, timer: runningTimer(interval, refresher === 'uas') };
}

/** Never longer than asked for, never reduced below Min-SE. */
function answeredInterval(request: SessionTimerHeaders, own: number | undefined): number | undefined {
  const { interval: asked, minimum = SHORTEST_INTERVAL } = request;
  const wanted = own === undefined ? undefined : Math.max(own, minimum, SHORTEST_INTERVAL);
  if (asked === undefined) return request.supported ? wanted : undefined;
  if (asked < SHORTEST_INTERVAL) return undefined;
  return wanted === undefined ? asked : Math.min(asked, wanted);
}

/**
 * What a request that refreshes the session says: the interval and the refresher stay (RFC 4028 7.4). `minimum` is the
 * largest Min-SE that 422s and requests of the dialog had. Throws EncodeError where it is below 90 seconds.
 */
export function refreshSessionTimer(timer: SessionTimer, minimum?: number): SessionTimerHeaders {
  const shortest = shortestFor(minimum);
  const refresher = timer.refresher === 'local' ? 'uac' : 'uas';
  return { supported: true, required: false, interval: Math.max(shortest, timer.interval), refresher, minimum };
}

/** UPDATE where the peer's Allow names it, or else INVITE (RFC 4028 7.4). */
export function refreshMethod(allow: readonly string[] | undefined): 'UPDATE' | 'INVITE' {
  return allow?.includes('UPDATE') ? 'UPDATE' : 'INVITE';
}

/**
 * When this end sends the next refresh: half the interval after the 2xx, which came or went `at`. Milliseconds;
 * `undefined` where the peer refreshes.
 */
export function nextRefresh(timer: SessionTimer, at: number): number | undefined {
  return timer.refresher === 'local' ? at + timer.interval * 500 : undefined;
}

/**
 * When a session that nobody has refreshed ends with a BYE: 32 seconds or a third of the interval before it expires,
 * whichever is less (RFC 4028 10). Milliseconds; the last 2xx came or went `at`.
 */
export function expiry(timer: SessionTimer, at: number): number {
  return at + (timer.interval - Math.min(LONGEST_MARGIN, timer.interval / 3)) * 1000;
}
