/*
 * A SIP MESSAGE in pager mode (change request 8.1.1; RFC 3428): composed from what the user wants, and read back.
 */
import { type ClauseId, EncodeError } from '../core/error.ts';
import { toUtf8 } from '../core/octets.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import { line, token, wellFormed } from '../core/write.ts';
import { contentType } from '../mime/content-headers.ts';
import type { MediaType } from '../mime/media-type.ts';
import { get } from '../sip/access.ts';
import type { Field } from '../sip/field.ts';
import { acceptContact } from '../sip/headers/accept-contact.ts';
import { from, to } from '../sip/headers/name-addrs.ts';
import { contentLength } from '../sip/headers/numbers.ts';
import { privacy } from '../sip/headers/privacy.ts';
import { userAgent } from '../sip/headers/products.ts';
import { isRequest, type SipMessage, type SipRequest } from '../sip/message.ts';
import type { NameAddr } from '../sip/name-addr.ts';
import { canonicalName } from '../sip/names.ts';
import { sipUri, type Uri } from '../sip/uri.ts';
import { ANONYMOUS, asksForAnonymity, IDENTIFYING_HEADERS } from './anonymity.ts';
import { IM_ACCEPT_CONTACT } from './feature-tags.ts';
import { checkInput } from './input.ts';
import { pagerMessageInput } from './pager-message.schema.ts';
import { type ReleaseVersion, readReleaseVersion, releaseProducts, releaseVersion } from './release-version.ts';
import { identity, readTarget, target } from './target.ts';

const CLAUSE: ClauseId = 'OMA-IM-8.1.1';

/** One receiver: a user, a pre-defined group, or the participants of a session that is no IM session. */
export type PagerTarget =
  | { readonly user: string | Uri }
  | { readonly group: string | Uri }
  | { readonly session: string | Uri };

/** Content of a message with its media type; text is written as UTF-8. */
export interface Content {
  readonly contentType: string | MediaType;
  readonly content: string | Uint8Array;
}

export interface PagerMessageInput {
  /** The sender, as a From value without tag. */
  readonly from: string | NameAddr;
  readonly to: PagerTarget;
  /** The client's release and products: `IM-client/OMA1.0 acme/phone-1.2`. */
  readonly release: string | ReleaseVersion;
  /** Whether the sender shall be hidden from the receivers. */
  readonly anonymous?: boolean | undefined;
  /** Text alone goes as `text/plain;charset=UTF-8`. */
  readonly body: string | Content;
  /** Further headers, in order; none that the composer or the stack writes itself. */
  readonly fields?: readonly Field[] | undefined;
}

/** What a pager-mode MESSAGE says: with a release, an input that composes to the same message again. */
export interface PagerMessage {
  readonly from: NameAddr;
  /** A session's identity looks like a user's and reads as one. */
  readonly to: { readonly user: Uri } | { readonly group: Uri };
  readonly release: ReleaseVersion | undefined;
  readonly anonymous: boolean;
  readonly body: { readonly contentType: MediaType; readonly content: Uint8Array };
  readonly fields: readonly Field[];
}

const TEXT_PLAIN: MediaType = {
  type: 'text',
  subtype: 'plain',
  params: [{ name: 'charset', value: 'UTF-8' }],
};

/** Headers of a MESSAGE that have a part of the input of their own, or are the stack's. */
const OWN_HEADERS = [
  ...['From', 'To', 'Accept-Contact', 'User-Agent', 'Privacy', 'Content-Type', 'Content-Length'],
  ...['Via', 'Max-Forwards', 'Call-ID', 'CSeq'],
];

/**
 * A pager-mode MESSAGE as plain data, without the headers of the transaction: `withDialog` or a stack adds those.
 * Throws EncodeError that names the duty, before anything is written.
 *
 * @duty PM-0, PM-1, PM-2, PM-3, PM-4, PM-7a, PM-7b, PM-8 (build)
 */
export function composePagerMessage(input: PagerMessageInput): SipRequest {
  checkInput(pagerMessageInput, input, CLAUSE);
  const anonymous = input.anonymous === true;
  const receiver: NameAddr = { uri: identity(input.to), params: [] };
  const [type, body] = content(input.body);
  const fields: Field[] = [
    { name: 'From', value: from.format(sender(input.from, anonymous)) },
    { name: 'To', value: to.format(receiver) },
    { name: 'Accept-Contact', value: acceptContact.format([IM_ACCEPT_CONTACT]) },
    { name: 'User-Agent', value: userAgent.format(releaseProducts(release(input.release))) },
  ];
  if (anonymous) fields.push({ name: 'Privacy', value: privacy.format(['id']) });
  input.fields?.forEach((field, i) => {
    fields.push(further(field, `fields[${i}]`, anonymous));
  });
  fields.push({ name: 'Content-Type', value: contentType.format(type) });
  fields.push({ name: 'Content-Length', value: contentLength.format(body.length) });
  return { method: 'MESSAGE', uri: sipUri.format(target(input.to)), fields, body };
}

/** The sender, hidden where asked for; the input's own value must be right in either case. */
function sender(given: string | NameAddr, anonymous: boolean): NameAddr {
  const value = typeof given === 'string' ? parseInput(from, given, 'from', 'PM-0') : given;
  if (value.params.length > 0) throw new EncodeError("parameters of From are the stack's", 'from', CLAUSE, 'PM-0');
  return anonymous ? ANONYMOUS : value;
}

function release(given: string | ReleaseVersion): ReleaseVersion {
  return typeof given === 'string' ? parseInput(releaseVersion, given, 'release', 'PM-2') : given;
}

function content(given: string | Content): [MediaType, Uint8Array] {
  if (typeof given === 'string') return [TEXT_PLAIN, toUtf8(wellFormed(given, 'body', CLAUSE))];
  const { contentType: type, content: body } = given;
  const mediaType = typeof type === 'string' ? parseInput(contentType, type, 'body.contentType', 'PM-0') : type;
  return [mediaType, typeof body === 'string' ? toUtf8(wellFormed(body, 'body.content', CLAUSE)) : body];
}

function further(field: Field, path: string, anonymous: boolean): Field {
  const name = canonicalName(token(field.name, `${path}.name`, 'RFC3261-7.3'));
  line(field.value, `${path}.value`, 'RFC3261-7.3');
  if (name === 'Contact') throw new EncodeError('a MESSAGE has no Contact', path, 'RFC3428-4', 'PM-0');
  if (OWN_HEADERS.includes(name)) throw new EncodeError(`${name} is not given as a field`, path, CLAUSE, 'PM-0');
  if (anonymous && (IDENTIFYING_HEADERS as readonly string[]).includes(name)) {
    throw new EncodeError(`${name} would tell the identity`, path, 'RFC3323-4.1', 'PM-3');
  }
  return field;
}

function parseInput<T>(codec: { parse(text: string): Result<T> }, text: string, path: string, duty: string): T {
  const read = codec.parse(text);
  if (read.ok) return read.value;
  const { code, offset, expected } = read.error;
  const wanted = expected === undefined ? '' : `, expected ${expected}`;
  throw new EncodeError(`${JSON.stringify(text)}: ${code} at ${offset}${wanted}`, path, CLAUSE, duty);
}

/**
 * What a pager-mode MESSAGE says. Refused is only what cannot be said in these terms: no MESSAGE request, or a
 * From, Request-URI or Content-Type that is broken. A duty that the message does not fulfil is the checker's matter.
 *
 * @duty PM-0, PM-1, PM-2, PM-3, PM-4, PM-7b (parse)
 */
export function readPagerMessage(message: SipMessage): Result<PagerMessage> {
  if (!isRequest(message) || message.method !== 'MESSAGE') {
    return refuse({ code: 'unsupported', rule: 'Method', clause: 'RFC3428-4', offset: 0, expected: 'MESSAGE' });
  }
  const uri = sipUri.parse(message.uri);
  if (!uri.ok) return uri;
  const receiver = readTarget(uri.value);
  if ('factory' in receiver) {
    const expected = 'one receiver';
    return refuse({ code: 'unsupported', rule: 'Request-URI', clause: CLAUSE, offset: 0, expected });
  }
  const author = get(message, from);
  if (author === undefined) return refuse({ code: 'missing', rule: 'From', clause: 'RFC3261-8.1.1.3', offset: 0 });
  if (!author.ok) return author;
  const type = get(message, contentType);
  if (type !== undefined && !type.ok) return type;
  const products = get(message, userAgent);
  const found = products?.ok === true ? readReleaseVersion(products.value) : undefined;
  return ok({
    from: { ...author.value, params: author.value.params.filter((param) => param.name !== 'tag') },
    to: receiver,
    release: found?.ok === true ? found.value : undefined,
    anonymous: asksForAnonymity(message),
    body: { contentType: type?.value ?? TEXT_PLAIN, content: message.body },
    fields: message.fields.filter(({ name }) => !OWN_HEADERS.includes(canonicalName(name))),
  });
}
