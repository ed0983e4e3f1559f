/*
 * The INVITE that begins a large message session (change request 9.1.1.1, 9.1.1.2): composed from what the user wants,
 * and read back.
 */
import type { FieldCodec } from '../core/codec.ts';
import { type ClauseId, EncodeError, type ParseError } from '../core/error.ts';
import { findParam } from '../core/params.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import { sameText } from '../core/text.ts';
import { isMediaType, type MediaType } from '../mime/media-type.ts';
import { sdp } from '../sdp/session.ts';
import { get } from '../sip/access.ts';
import type { Field } from '../sip/field.ts';
import { contact, isWildcard } from '../sip/headers/contact.ts';
import { hasFeature } from '../sip/headers/feature-params.ts';
import { tagOf, to } from '../sip/headers/name-addrs.ts';
import { sessionExpires } from '../sip/headers/session-expires.ts';
import { allow, supported } from '../sip/headers/token-lists.ts';
import type { SipMessage, SipRequest } from '../sip/message.ts';
import type { NameAddr } from '../sip/name-addr.ts';
import { isSipUri, type Uri } from '../sip/uri.ts';
import { ANONYMOUS, namesSender } from './anonymity.ts';
import { featureTags } from './feature-tags.ts';
import {
  type InitialRequestInput,
  type ReadRequest,
  type RequestKind,
  readRequest,
  readSender,
  writeRequest,
} from './initial-request.ts';
import { checkInput, parseInput } from './input.ts';
import { largeMessageInput } from './large-message.schema.ts';
import { composeLargeOffer, type LargeOffer, type LargeOfferInput, readLargeOffer } from './large-offer.ts';
import { RECIPIENT_LIST_INVITE } from './recipient-list.ts';
import { identity, type Target, target } from './target.ts';

const GENERAL: ClauseId = 'OMA-IM-9.1.1.1';
const CLAUSE: ClauseId = 'OMA-IM-9.1.1.2';

export interface LargeMessageInput extends InitialRequestInput, LargeOfferInput {
  /** No session: the change request has large messages for users and groups alone. */
  readonly to: Exclude<Target, { readonly session: string | Uri }>;
  /** Where the client is reached while the session lasts, as a Contact value; `+g.oma.sip-im` is added where missing. */
  readonly contact: string | NameAddr;
  /** Seconds, 90 or more; 1800 where absent (RFC 4028 4). The client is the one who refreshes. */
  readonly sessionExpires?: number | undefined;
  /** Every method that the client supports; {@link ALLOWED} where absent. */
  readonly allow?: readonly string[] | undefined;
  /** The extensions that the client supports; `timer` is added where missing. */
  readonly supported?: readonly string[] | undefined;
}

/** What the INVITE of a large message says: with all its parts, an input that composes to the same INVITE again. */
export interface LargeMessageInvite extends ReadRequest, LargeOffer {
  readonly contact: NameAddr | undefined;
  readonly sessionExpires: number | undefined;
  readonly allow: readonly string[] | undefined;
  readonly supported: readonly string[] | undefined;
}

/** What a client of both modes needs: the session with its refreshes (RFC 4028 7.4), pager messages, OPTIONS. */
export const ALLOWED: readonly string[] = ['INVITE', 'ACK', 'CANCEL', 'BYE', 'UPDATE', 'MESSAGE', 'OPTIONS'];

const LARGE: RequestKind = {
  method: 'INVITE',
  clause: GENERAL,
  listTag: RECIPIENT_LIST_INVITE,
  own: ['Contact', 'Allow', 'Supported', 'Session-Expires'],
};

const SDP: MediaType = { type: 'application', subtype: 'sdp', params: [] };

/**
 * The INVITE as plain data, without the headers of the transaction: `withDialog` or a stack adds those. Throws
 * EncodeError that names the duty, before anything is written.
 *
 * @duty LM-G0, LM-G1, LM-G2, LM-G3, LM-G4, LM-G5, LM-G6, LM-G7 (build)
 * @duty LM-E1, LM-E2, LM-E3a, LM-E3b, LM-E3c, LM-E3d, LM-E4a, LM-E4b, LM-E5, LM-E5a, LM-E6 (build)
 */
export function composeLargeMessageInvite(input: LargeMessageInput): SipRequest {
  try {
    checkInput(largeMessageInput, input, GENERAL);
    const sender = readSender(input.from);
    const receiver = identity(input.to);
    const headers = headersOf(input, sender);
    const session = composeLargeOffer(input, input.anonymous === true ? sender : undefined);
    return writeRequest(LARGE, input, {
      receiver,
      headers,
      content: { type: SDP, octets: sdp.encode(session), fields: [] },
    });
  } catch (error) {
    throw inTermsOfLargeMode(error);
  }
}

/** The duties of pager mode in whose terms the parts that both modes have refuse an input, and those that they are here. */
const DUTIES: Readonly<Record<string, string>> = {
  'PM-0': 'LM-G0',
  'PM-1': 'LM-G1',
  'PM-2': 'LM-G2',
  'PM-3': 'LM-G5',
  'PM-4': 'LM-E2',
  'PM-5a': 'LM-E3a',
  'PM-5b': 'LM-E3b',
  'PM-7a': 'LM-E4a',
  'PM-8': 'LM-E2',
};

function inTermsOfLargeMode(error: unknown): unknown {
  if (!(error instanceof EncodeError) || error.duty === undefined) return error;
  const duty = DUTIES[error.duty];
  return duty === undefined ? error : new EncodeError(error.reason, error.path, clauseOf(error.clause, duty), duty);
}

function clauseOf(clause: ClauseId, duty?: string): ClauseId {
  if (clause === 'OMA-IM-8.1.1') return duty?.startsWith('LM-G') === true ? GENERAL : CLAUSE;
  return clause === 'RFC5365-6' ? 'RFC5366-4' : clause;
}

function headersOf(input: LargeMessageInput, sender: NameAddr): readonly Field[] {
  const { allow: methods = ALLOWED, supported: tags = [], sessionExpires: seconds = 1800 } = input;
  if (methods.length === 0) throw new EncodeError('no method', 'allow', GENERAL, 'LM-G3');
  const known = tags.some((tag) => sameText(tag, 'timer')) ? tags : ['timer', ...tags];
  const refresher = { name: 'refresher', value: 'uac' };
  if (seconds < 90) throw new EncodeError('less than 90 seconds', 'sessionExpires', 'RFC4028-4', 'LM-G7');
  return [
    written(contact, [contactOf(input, sender)], 'contact', 'LM-G4'),
    written(allow, methods, 'allow', 'LM-G3'),
    written(supported, known, 'supported', 'LM-G6'),
    written(sessionExpires, { seconds, params: [refresher] }, 'sessionExpires', 'LM-G7'),
  ];
}

function written<T>(codec: FieldCodec<T>, value: T, path: string, duty: string): Field {
  try {
    return { name: codec.name, value: codec.format(value) };
  } catch (error) {
    throw error instanceof EncodeError ? new EncodeError(error.reason, path, error.clause, duty) : error;
  }
}

/** Where the client is reached, with the feature tag of IM; it does not say who an anonymous sender is. */
function contactOf(input: LargeMessageInput, sender: NameAddr): NameAddr {
  const refused = (reason: string, clause: ClauseId, duty: string): EncodeError =>
    new EncodeError(reason, 'contact', clause, duty);
  const value = readContact(input.contact);
  const { uri, displayName, params } = value;
  if (!isSipUri(uri)) throw refused('no SIP or SIPS URI', 'RFC3261-8.1.1.8', 'LM-G0');
  const toward = target(input.to);
  if (toward.scheme === 'sips' && uri.scheme !== 'sips') {
    throw refused('to a SIPS URI the Contact is one too', 'RFC3261-8.1.1.8', 'LM-G0');
  }
  if (input.anonymous === true) {
    const named = displayName !== undefined && displayName !== ANONYMOUS.displayName;
    if (named || namesSender(uri.user, sender)) throw refused('would tell the identity', 'RFC3323-4.1', 'LM-G5');
  }
  if (hasFeature(params, featureTags.im)) return value;
  if (findParam(params, featureTags.im) !== undefined) throw refused('denies the feature of IM', GENERAL, 'LM-G4');
  return { ...value, params: [{ name: featureTags.im }, ...params] };
}

function readContact(given: string | NameAddr): NameAddr {
  if (typeof given !== 'string') return given;
  const [first, ...others] = parseInput(contact, given, 'contact', 'LM-G4');
  if (first !== undefined && !isWildcard(first) && others.length === 0) return first;
  throw new EncodeError('not one address', 'contact', 'RFC3261-8.1.1.8', 'LM-G0');
}

/**
 * What the INVITE of a large message says. Refused is only what cannot be said in these terms: no INVITE or one inside
 * a dialog; a From, Contact, Request-URI or Content-Type that is broken; a body that is not one offer of one medium, and
 * for several receivers their list. A duty that the INVITE does not fulfil is the checker's matter.
 *
 * @duty LM-G0, LM-G1, LM-G2, LM-G3, LM-G4, LM-G5, LM-G6, LM-G7 (parse)
 * @duty LM-E3a, LM-E3c, LM-E3d, LM-E4b, LM-E5, LM-E5a, LM-E6 (parse)
 */
export function readLargeMessageInvite(message: SipMessage): Result<LargeMessageInvite> {
  const read = readRequest(LARGE, message);
  if (!read.ok) return refuse({ ...read.error, clause: clauseOf(read.error.clause) });
  const { request, content } = read.value;
  const receiver = get(message, to);
  if (receiver?.ok === true && tagOf(receiver.value) !== undefined) {
    return refuse(error('unsupported', 'To', 'RFC3261-8.1.1.2', 'no tag, which only requests inside a dialog have'));
  }
  const reached = get(message, contact);
  if (reached?.ok === false) return reached;
  const [first, ...others] = reached?.value ?? [];
  if (others.length > 0 || (first !== undefined && isWildcard(first))) {
    return refuse(error('unsupported', 'Contact', 'RFC3261-8.1.1.8', 'one address'));
  }
  if (!('contentType' in content) || !isMediaType(content.contentType, 'application/sdp')) {
    return refuse(error('missing', 'Content-Type', CLAUSE, 'application/sdp'));
  }
  const offer = readLargeOffer(content.content);
  if (!offer.ok) return offer;
  const interval = get(message, sessionExpires);
  const methods = get(message, allow);
  const tags = get(message, supported);
  return ok({
    ...request,
    ...offer.value,
    contact: first,
    sessionExpires: interval?.ok === true ? interval.value.seconds : undefined,
    allow: methods?.ok === true ? methods.value : undefined,
    supported: tags?.ok === true ? tags.value : undefined,
  });
}

function error(code: ParseError['code'], rule: string, clause: ClauseId, expected: string): ParseError {
  return { code, rule, clause, offset: 0, expected };
}
