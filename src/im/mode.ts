/*
 * Pager mode or large message mode: by the size of the whole encoded request (change request 8.1; RFC 3428 8).
 */
import { conversions } from '../core/octets.ts';
import { get, has } from '../sip/access.ts';
import { from, tagOf } from '../sip/headers/name-addrs.ts';
import { contentLength } from '../sip/headers/numbers.ts';
import { type SipMessage, sipMessage } from '../sip/message.ts';

export interface ModeOptions {
  /** Whether a connection-oriented transport is known to be used end to end (RFC 3428 8); `false` where absent. */
  readonly connectionOriented?: boolean | undefined;
  /** Octets that the stack and the first hops will add (Via, Route); 0 where absent. */
  readonly reserve?: number | undefined;
  /** `oma-im`, which is the default: below 1300 octets; `rfc3428`: 1300 too. They differ for 1300 alone. */
  readonly profile?: 'oma-im' | 'rfc3428' | undefined;
}

export interface ModeDecision {
  readonly mode: 'pager' | 'large';
  /** Octets of the encoded request, without the reserve. */
  readonly octets: number;
  /** Whether the request has all its dialog headers; without them `octets` is a lower bound. */
  readonly exact: boolean;
  /** The duty that decided. */
  readonly duty: 'SEL-1' | 'SEL-2' | 'SEL-3';
}

const LIMIT = 1300;

/**
 * Whether the request may go in pager mode. Exactly 1300 octets are neither below nor above 1300, so they make a
 * large message by the change request, whatever the transport.
 *
 * @duty SEL-1, SEL-2, SEL-3, LM-0 (decide)
 */
export function chooseMode(request: SipMessage, options?: ModeOptions): ModeDecision {
  return decide(sipMessage.encodedLength(request), hasDialogHeaders(request), options);
}

/**
 * The same decision for one request with many bodies, as an editor asks it at every key: the head is measured once.
 * The chooser takes the body as text or octets, and counts no more of a text than it must.
 */
export function modeChooser(request: SipMessage, options?: ModeOptions): (body: string | Uint8Array) => ModeDecision {
  const exact = hasDialogHeaders(request);
  const head = sipMessage.encodedLength(request) - request.body.length;
  const stated = has(request, 'Content-Length') ? get(request, contentLength) : undefined;
  const digits = stated?.ok === true ? String(stated.value).length : 0;
  return (body) => {
    const length = typeof body === 'string' ? conversions.utf8Length(body) : body.length;
    const grown = digits === 0 ? 0 : digitsOf(length) - digits;
    return decide(head + grown + length, exact, options);
  };
}

function digitsOf(length: number): number {
  let digits = 1;
  for (let rest = length; rest >= 10; rest = Math.floor(rest / 10)) digits++;
  return digits;
}

function decide(octets: number, exact: boolean, options: ModeOptions | undefined): ModeDecision {
  const total = octets + (options?.reserve ?? 0);
  const limit = options?.profile === 'rfc3428' ? LIMIT + 1 : LIMIT;
  if (total < limit) return { mode: 'pager', octets, exact, duty: 'SEL-1' };
  if (total > LIMIT && options?.connectionOriented === true) return { mode: 'pager', octets, exact, duty: 'SEL-2' };
  return { mode: 'large', octets, exact, duty: 'SEL-3' };
}

/** What every request has when it leaves (RFC 3261 8.1.1). */
function hasDialogHeaders(request: SipMessage): boolean {
  const sender = get(request, from);
  if (sender?.ok !== true || tagOf(sender.value) === undefined) return false;
  return ['Via', 'To', 'Call-ID', 'CSeq', 'Max-Forwards'].every((name) => has(request, name));
}
