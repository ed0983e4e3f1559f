/*
 * The response to a request (RFC 3261 8.2.6), with what its status code asks for. What the request says is copied as it
 * came, so that a broken request can be answered too.
 */
import type { ClauseId } from '../../core/error.ts';
import { sameText } from '../../core/text.ts';
import { token, whole } from '../../core/write.ts';
import { get } from '../../sip/access.ts';
import type { Field } from '../../sip/field.ts';
import { type AcceptRange, accept } from '../../sip/headers/accept.ts';
import { contact, isWildcard } from '../../sip/headers/contact.ts';
import { recordRoute, tagOf, to } from '../../sip/headers/name-addrs.ts';
import { contentLength } from '../../sip/headers/numbers.ts';
import { server } from '../../sip/headers/products.ts';
import { type RetryAfter, retryAfter } from '../../sip/headers/retry-after.ts';
import { timestamp } from '../../sip/headers/timestamp.ts';
import { allow, requireField, supported, unsupported } from '../../sip/headers/token-lists.ts';
import { type Warning, warning } from '../../sip/headers/warning.ts';
import type { SipRequest, SipResponse } from '../../sip/message.ts';
import type { NameAddr } from '../../sip/name-addr.ts';
import { canonicalName } from '../../sip/names.ts';
import { type SessionTimerHeaders, withSessionTimer } from '../../sip/session-timer.ts';
import { sipUri } from '../../sip/uri.ts';
import type { Content } from '../content.ts';
import { checkInput, parseInput } from '../input.ts';
import { type ReleaseVersion, releaseProducts, releaseVersion } from '../release-version.ts';
import { responseInput } from './dialog.schema.ts';
import { isRefresh } from './dialog.ts';
import { reasonPhrase } from './reason-phrases.ts';
import { demand, dialogContact, furtherFields, readContacts, writeBody } from './write.ts';

const CLAUSE: ClauseId = 'RFC3261-8.2.6.2';

export interface ResponseInput {
  /** The standard's where absent. */
  readonly reason?: string | undefined;
  /** The tag of whoever answers, for a request whose To has none; the same in all responses to it. 100 needs none. */
  readonly toTag?: string | undefined;
  /** Where this end can be reached; one address where the response opens a dialog. A 3xx may have several in a text. */
  readonly contact?: string | NameAddr | undefined;
  readonly allow?: readonly string[] | undefined;
  readonly supported?: readonly string[] | undefined;
  /** What `answerSessionTimer` answers; a 422 has its Min-SE there. */
  readonly timer?: SessionTimerHeaders | undefined;
  /** For 415: what would be understood. */
  readonly accept?: readonly AcceptRange[] | undefined;
  /** For 420: option tags of the request's Require. */
  readonly unsupported?: readonly string[] | undefined;
  /** Seconds, or the whole header. */
  readonly retryAfter?: number | RetryAfter | undefined;
  readonly warnings?: readonly Warning[] | undefined;
  /** For 100: the seconds that have passed since the request came, as decimal digits. */
  readonly delay?: string | undefined;
  /** What answers, as a Server value with the release. */
  readonly server?: string | ReleaseVersion | undefined;
  readonly body?: Content | undefined;
  /** Further headers, in order; none that has a part of its own. */
  readonly fields?: readonly Field[] | undefined;
}

const COPIED = ['Via', 'From', 'To', 'Call-ID', 'CSeq'];
const OWN_HEADERS = [
  ...[...COPIED, 'Timestamp', 'Record-Route', 'Contact', 'Allow', 'Supported', 'Session-Expires', 'Min-SE'],
  ...['Accept', 'Unsupported', 'Retry-After', 'Warning', 'Server', 'Content-Type', 'Content-Length'],
];

/**
 * The response to a request. Throws EncodeError where the input is no part of such a response, or lacks what its status
 * code needs. A request with broken headers is answered like any other; an ACK has no response.
 *
 * @duty LM-G0 (build)
 */
export function composeResponse(request: SipRequest, status: number, input: ResponseInput = {}): SipResponse {
  checkInput(responseInput, input, 'RFC3261-8.2.6');
  whole(status, 100, 699, 'status', 'RFC3261-7.2');
  demand(request.method !== 'ACK', 'an ACK has no response', 'request', 'RFC3261-22.1');
  checkStatus(request, status, input);
  const opens = opensDialog(request, status);
  const content = writeBody(input.body);
  const fields: Field[] = [];
  for (const field of request.fields) {
    const name = canonicalName(field.name);
    if (name === 'To') fields.push(answered(request, field, status, input.toTag));
    else if (COPIED.includes(name) || (opens && name === 'Record-Route')) fields.push(field);
  }
  if (status === 100) fields.push(...copiedTime(request, input.delay));
  fields.push(...contacts(request, opens, input.contact));
  if (input.allow !== undefined) fields.push({ name: 'Allow', value: allow.format(input.allow) });
  if (input.supported !== undefined) fields.push({ name: 'Supported', value: supported.format(input.supported) });
  if (input.accept !== undefined) fields.push({ name: 'Accept', value: accept.format(input.accept) });
  if (input.unsupported !== undefined) {
    fields.push({ name: 'Unsupported', value: unsupported.format(input.unsupported) });
  }
  if (input.retryAfter !== undefined) fields.push({ name: 'Retry-After', value: formatRetryAfter(input.retryAfter) });
  if (input.warnings !== undefined) fields.push({ name: 'Warning', value: warning.format(input.warnings) });
  if (input.server !== undefined) fields.push({ name: 'Server', value: formatServer(input.server) });
  fields.push(...furtherFields(input.fields, OWN_HEADERS));
  const { reason = reasonPhrase(status), timer } = input;
  const bare: SipResponse = { status, reason, fields, body: content.body };
  const timed = timer === undefined ? bare : withSessionTimer(bare, timer);
  const length = { name: 'Content-Length', value: contentLength.format(content.body.length) };
  return { ...timed, fields: [...timed.fields, ...content.fields, length] };
}

/** Whether the response makes a dialog: an INVITE outside of one, answered 101 to 299 (RFC 3261 12.1). */
function opensDialog(request: SipRequest, status: number): boolean {
  const callee = get(request, to);
  const inside = callee?.ok === true && tagOf(callee.value) !== undefined;
  return request.method === 'INVITE' && status > 100 && status < 300 && !inside;
}

/** What a status code needs, and what it alone may have. */
function checkStatus(request: SipRequest, status: number, input: ResponseInput): void {
  const { accept, unsupported, allow, timer, delay, fields = [] } = input;
  const names = fields.map(({ name }) => canonicalName(name));
  const tellsWhat = accept !== undefined || names.includes('Accept-Encoding') || names.includes('Accept-Language');
  demand(status !== 415 || tellsWhat, 'a 415 tells what is understood', 'accept', 'RFC3261-8.2.3');
  demand(status !== 405 || allow !== undefined, 'a 405 lists the methods', 'allow', 'RFC3261-8.2.1');
  demand((status === 420) === (unsupported !== undefined), 'a 420, and no other', 'unsupported', 'RFC3261-8.2.2.3');
  demand(status !== 422 || timer !== undefined, 'a 422 has a Min-SE', 'timer', 'RFC4028-6');
  demand(status === 100 || delay === undefined, 'a 100 alone tells the delay', 'delay', 'RFC3261-8.2.6.1');
  const timed = timer?.interval !== undefined;
  demand(isRefresh(request.method) || !timed, `a ${request.method} does not refresh a session`, 'timer', 'RFC4028-4');
  if (unsupported === undefined) return;
  const required = get(request, requireField);
  const known = required?.ok === true ? required.value : [];
  unsupported.forEach((tag, i) => {
    const asked = known.some((one) => sameText(one, tag));
    demand(asked, `${tag} is not required`, `unsupported[${i}]`, 'RFC3261-8.2.2.3');
  });
}

/** The To of the request, with the tag of whoever answers where it has none. One that can't be read stays as it is. */
function answered(request: SipRequest, field: Field, status: number, tag: string | undefined): Field {
  const callee = get(request, to);
  if (!callee?.ok || tagOf(callee.value) !== undefined || (status === 100 && tag === undefined)) return field;
  demand(tag !== undefined, 'the To of the request has no tag', 'toTag', CLAUSE);
  return { name: field.name, value: `${field.value};tag=${token(tag, 'toTag', CLAUSE)}` };
}

/** The client's time, and how long this end took (RFC 3261 8.2.6.1). */
function copiedTime(request: SipRequest, delay: string | undefined): readonly Field[] {
  const sent = get(request, timestamp);
  return sent?.ok ? [{ name: 'Timestamp', value: timestamp.format({ time: sent.value.time, delay }) }] : [];
}

function contacts(request: SipRequest, opens: boolean, given: string | NameAddr | undefined): readonly Field[] {
  demand(!opens || given !== undefined, 'the response opens a dialog', 'contact', 'RFC3261-12.1.1');
  if (given === undefined) return [];
  const addresses = readContacts(given);
  if (opens) dialogContact(addresses, needsSips(request), 'RFC3261-12.1.1');
  return [{ name: 'Contact', value: contact.format(addresses) }];
}

/** Request-URI, and the first Record-Route or else Contact, decide whether the Contact is a SIPS URI (12.1.1). */
function needsSips(request: SipRequest): boolean {
  const uri = sipUri.parse(request.uri);
  if (uri.ok && uri.value.scheme === 'sips') return true;
  const routes = get(request, recordRoute);
  if (routes !== undefined) return routes.ok && routes.value[0]?.uri.scheme === 'sips';
  const callers = get(request, contact);
  const first = callers?.ok === true ? callers.value[0] : undefined;
  return first !== undefined && !isWildcard(first) && first.uri.scheme === 'sips';
}

function formatRetryAfter(given: number | RetryAfter): string {
  return retryAfter.format(typeof given === 'number' ? { seconds: given, params: [] } : given);
}

function formatServer(given: string | ReleaseVersion): string {
  const release = typeof given === 'string' ? parseInput(releaseVersion, given, 'server', 'LM-G2') : given;
  return server.format(releaseProducts(release));
}
