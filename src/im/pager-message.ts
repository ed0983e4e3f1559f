/*
 * A SIP MESSAGE in pager mode (change request 8.1.1; RFC 3428): composed from what the user wants, and read back.
 */
import { type ClauseId, EncodeError } from '../core/error.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import { sameText } from '../core/text.ts';
import { line, token } from '../core/write.ts';
import { contentType } from '../mime/content-headers.ts';
import type { ExternalBody } from '../mime/external-body.ts';
import { get } from '../sip/access.ts';
import type { Field } from '../sip/field.ts';
import { acceptContact } from '../sip/headers/accept-contact.ts';
import { from, to } from '../sip/headers/name-addrs.ts';
import { contentLength } from '../sip/headers/numbers.ts';
import { privacy } from '../sip/headers/privacy.ts';
import { userAgent } from '../sip/headers/products.ts';
import { requireField } from '../sip/headers/token-lists.ts';
import { isRequest, type SipMessage, type SipRequest } from '../sip/message.ts';
import type { NameAddr } from '../sip/name-addr.ts';
import { canonicalName } from '../sip/names.ts';
import { sipUri, type Uri } from '../sip/uri.ts';
import type { Recipient } from '../xml/recipients.ts';
import { ANONYMOUS, asksForAnonymity, IDENTIFYING_HEADERS } from './anonymity.ts';
import { type Content, type ReadContent, TEXT_PLAIN, writeContent } from './content.ts';
import { IM_ACCEPT_CONTACT } from './feature-tags.ts';
import { checkInput, parseInput } from './input.ts';
import { pagerMessageInput } from './pager-message.schema.ts';
import {
  type ListedBody,
  RECIPIENT_LIST_MESSAGE,
  type ReadRecipient,
  readListedBody,
  withRecipientList,
} from './recipient-list.ts';
import { type ReleaseVersion, readReleaseVersion, releaseProducts, releaseVersion } from './release-version.ts';
import { identity, readTarget, type Target, target } from './target.ts';

const CLAUSE: ClauseId = 'OMA-IM-8.1.1';

export interface PagerMessageInput {
  /** The sender, as a From value without tag. */
  readonly from: string | NameAddr;
  readonly to: Target;
  /** The client's release and products: `IM-client/OMA1.0 acme/phone-1.2`. */
  readonly release: string | ReleaseVersion;
  /** Whether the sender shall be hidden from the receivers. */
  readonly anonymous?: boolean | undefined;
  /** Text alone goes as `text/plain;charset=UTF-8`. */
  readonly body: string | Content | ExternalBody;
  /** Further headers, in order; none that the composer or the stack writes itself. */
  readonly fields?: readonly Field[] | undefined;
}

/** What a pager-mode MESSAGE says: with a release, an input that composes to the same message again. */
export interface PagerMessage {
  readonly from: NameAddr;
  /** A session's identity looks like a user's and reads as one. */
  readonly to:
    | { readonly user: Uri }
    | { readonly group: Uri }
    | { readonly list: readonly ReadRecipient[]; readonly factory: Uri };
  readonly release: ReleaseVersion | undefined;
  readonly anonymous: boolean;
  /** An external body as an object, anything else as octets; without the lists of recipients. */
  readonly body: ReadContent | ExternalBody;
  readonly fields: readonly Field[];
  /** Who else received the message, where the server that sent it to the list tells. No client writes it. */
  readonly history?: readonly Recipient[];
}

/** Headers of a MESSAGE that have a part of the input of their own, or are the stack's. */
const OWN_HEADERS = [
  ...['From', 'To', 'Accept-Contact', 'User-Agent', 'Privacy', 'Content-Type', 'Content-Length'],
  ...['Via', 'Max-Forwards', 'Call-ID', 'CSeq'],
];

/**
 * A pager-mode MESSAGE as plain data, without the headers of the transaction: `withDialog` or a stack adds those.
 * Throws EncodeError that names the duty, before anything is written.
 *
 * @duty PM-0, PM-1, PM-2, PM-3, PM-4, PM-5a, PM-5b, PM-5c, PM-7a, PM-7b, PM-8, PM-9 (build)
 */
export function composePagerMessage(input: PagerMessageInput): SipRequest {
  checkInput(pagerMessageInput, input, CLAUSE);
  const anonymous = input.anonymous === true;
  const receiver: NameAddr = { uri: identity(input.to), params: [] };
  const content = writeContent(input.body);
  const toSeveral = 'list' in input.to;
  if (!toSeveral && content.fields.length > 0) {
    throw new EncodeError('the fields of the body are those of the message', 'body.fields', CLAUSE, 'PM-0');
  }
  const { type, octets: body } = 'list' in input.to ? withRecipientList(content, input.to.list) : content;
  const fields: Field[] = [
    { name: 'From', value: from.format(sender(input.from, anonymous)) },
    { name: 'To', value: to.format(receiver) },
    { name: 'Accept-Contact', value: acceptContact.format([IM_ACCEPT_CONTACT]) },
    { name: 'User-Agent', value: userAgent.format(releaseProducts(release(input.release))) },
  ];
  if (anonymous) fields.push({ name: 'Privacy', value: privacy.format(['id']) });
  if (toSeveral) fields.push({ name: 'Require', value: requireField.format([RECIPIENT_LIST_MESSAGE]) });
  input.fields?.forEach((field, i) => {
    fields.push(further(field, `fields[${i}]`, anonymous));
    if (toSeveral && withoutListTag(field)[0] !== field) {
      throw new EncodeError(`${RECIPIENT_LIST_MESSAGE} is not given as a field`, `fields[${i}]`, CLAUSE, 'PM-5a');
    }
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

/**
 * What a pager-mode MESSAGE says. Refused is only what cannot be said in these terms: no MESSAGE request, a From,
 * Request-URI or Content-Type that is broken, or a message to several with anything but a list and one content. A duty
 * that the message does not fulfil is the checker's matter.
 *
 * @duty PM-0, PM-1, PM-2, PM-3, PM-4, PM-5a, PM-5c, PM-7b, PM-9 (parse)
 */
export function readPagerMessage(message: SipMessage): Result<PagerMessage> {
  if (!isRequest(message) || message.method !== 'MESSAGE') {
    return refuse({ code: 'unsupported', rule: 'Method', clause: 'RFC3428-4', offset: 0, expected: 'MESSAGE' });
  }
  const uri = sipUri.parse(message.uri);
  if (!uri.ok) return uri;
  const author = get(message, from);
  if (author === undefined) return refuse({ code: 'missing', rule: 'From', clause: 'RFC3261-8.1.1.3', offset: 0 });
  if (!author.ok) return author;
  const type = get(message, contentType);
  if (type !== undefined && !type.ok) return type;
  const receiver = readTarget(uri.value);
  const required = get(message, requireField);
  const toSeveral = 'factory' in receiver || (required?.ok === true && required.value.some(isListTag));
  const body = readListedBody(type?.value ?? TEXT_PLAIN, message.body, toSeveral);
  if (!body.ok) return body;
  const { content, list, history } = body.value;
  if (list !== undefined && 'group' in receiver) {
    const expected = 'a group or a list';
    return refuse({ code: 'unsupported', rule: 'Request-URI', clause: CLAUSE, offset: 0, expected });
  }
  const products = get(message, userAgent);
  const found = products?.ok === true ? readReleaseVersion(products.value) : undefined;
  const fields = message.fields.filter(({ name }) => !OWN_HEADERS.includes(canonicalName(name)));
  return ok({
    from: { ...author.value, params: author.value.params.filter((param) => param.name !== 'tag') },
    to: readReceiver(receiver, list),
    release: found?.ok === true ? found.value : undefined,
    anonymous: asksForAnonymity(message),
    body: content,
    fields: list === undefined ? fields : fields.flatMap(withoutListTag),
    ...(history === undefined ? {} : { history }),
  });
}

/** A list goes to the factory, also where no sessiontype says so. */
function readReceiver(receiver: ReturnType<typeof readTarget>, list: ListedBody['list']): PagerMessage['to'] {
  if ('group' in receiver) return receiver;
  const uri = 'factory' in receiver ? receiver.factory : receiver.user;
  return list === undefined ? { user: uri } : { list, factory: uri };
}

function isListTag(tag: string): boolean {
  return sameText(tag, RECIPIENT_LIST_MESSAGE);
}

/** Require without the option tag that the composer writes itself. */
function withoutListTag(field: Field): readonly Field[] {
  if (canonicalName(field.name) !== requireField.name) return [field];
  const tags = requireField.parse(field.value);
  if (!tags.ok || !tags.value.some(isListTag)) return [field];
  const others = tags.value.filter((tag) => !isListTag(tag));
  return others.length === 0 ? [] : [{ name: field.name, value: requireField.format(others) }];
}
