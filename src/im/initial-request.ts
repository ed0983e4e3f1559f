/*
 * What the initial requests of both modes have in common (change request 8.1.1 steps 1 to 3 and 5, 9.1.1.1 steps 1, 2
 * and 5): composed, and read back. Errors name the duties of pager mode.
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
import { type ReadContent, TEXT_PLAIN, type WrittenContent } from './content.ts';
import { IM_ACCEPT_CONTACT } from './feature-tags.ts';
import { parseInput } from './input.ts';
import { type ListedBody, type ReadRecipient, readListedBody, withRecipientList } from './recipient-list.ts';
import { type ReleaseVersion, readReleaseVersion, releaseProducts, releaseVersion } from './release-version.ts';
import { readTarget, type Target, target } from './target.ts';

const CLAUSE: ClauseId = 'OMA-IM-8.1.1';

/** What a request of either mode is composed from. */
export interface InitialRequestInput {
  /** The sender, as a From value without tag. */
  readonly from: string | NameAddr;
  readonly to: Target;
  /** The client's release and products: `IM-client/OMA1.0 acme/phone-1.2`. */
  readonly release: string | ReleaseVersion;
  /** Whether the sender shall be hidden from the receivers. */
  readonly anonymous?: boolean | undefined;
  /** Further headers, in order; none that the composer or the stack writes itself. */
  readonly fields?: readonly Field[] | undefined;
}

/** What differs between the modes. */
export interface RequestKind {
  readonly method: string;
  readonly clause: ClauseId;
  /** The option tag of a request with a list of recipients. */
  readonly listTag: string;
  /** Headers, besides those that every request has, that have a part of the input of their own. */
  readonly own: readonly string[];
  /** Throws EncodeError on a further header that such a request does not have. */
  readonly examine?: (name: string, path: string) => void;
}

/** Headers of every request that have a part of the input of their own, or are the stack's. */
const OWN_HEADERS = [
  ...['From', 'To', 'Accept-Contact', 'User-Agent', 'Privacy', 'Content-Type', 'Content-Length'],
  ...['Via', 'Max-Forwards', 'Call-ID', 'CSeq'],
];

/** The parts of a request that its composer has made. */
export interface RequestParts {
  readonly receiver: Uri;
  /** What stands behind User-Agent. */
  readonly headers: readonly Field[];
  /** The body without the list of recipients. */
  readonly content: WrittenContent;
}

/** The request; throws EncodeError. */
export function writeRequest(kind: RequestKind, input: InitialRequestInput, parts: RequestParts): SipRequest {
  const anonymous = input.anonymous === true;
  const { listTag } = kind;
  const toSeveral = 'list' in input.to;
  const { type, octets: body } = 'list' in input.to ? withRecipientList(parts.content, input.to.list) : parts.content;
  const sender = readSender(input.from); // must be right also where it is hidden
  const fields: Field[] = [
    { name: 'From', value: from.format(anonymous ? ANONYMOUS : sender) },
    { name: 'To', value: to.format({ uri: parts.receiver, params: [] }) },
    { name: 'Accept-Contact', value: acceptContact.format([IM_ACCEPT_CONTACT]) },
    { name: 'User-Agent', value: userAgent.format(releaseProducts(readRelease(input.release))) },
    ...parts.headers,
  ];
  if (anonymous) fields.push({ name: 'Privacy', value: privacy.format(['id']) });
  if (toSeveral) fields.push({ name: 'Require', value: requireField.format([listTag]) });
  input.fields?.forEach((field, i) => {
    fields.push(further(kind, field, `fields[${i}]`, anonymous));
    if (toSeveral && withoutTag(field, listTag)[0] !== field) {
      throw new EncodeError(`${listTag} is not given as a field`, `fields[${i}]`, CLAUSE, 'PM-5a');
    }
  });
  fields.push({ name: 'Content-Type', value: contentType.format(type) });
  fields.push({ name: 'Content-Length', value: contentLength.format(body.length) });
  return { method: kind.method, uri: sipUri.format(target(input.to)), fields, body };
}

/** The sender that a caller gives. Throws EncodeError. */
export function readSender(given: string | NameAddr): NameAddr {
  const value = typeof given === 'string' ? parseInput(from, given, 'from', 'PM-0') : given;
  if (value.params.length > 0) throw new EncodeError("parameters of From are the stack's", 'from', CLAUSE, 'PM-0');
  return value;
}

function readRelease(given: string | ReleaseVersion): ReleaseVersion {
  return typeof given === 'string' ? parseInput(releaseVersion, given, 'release', 'PM-2') : given;
}

function further({ own, examine }: RequestKind, field: Field, path: string, anonymous: boolean): Field {
  const name = canonicalName(token(field.name, `${path}.name`, 'RFC3261-7.3'));
  line(field.value, `${path}.value`, 'RFC3261-7.3');
  examine?.(name, path);
  if (OWN_HEADERS.includes(name) || own.includes(name)) {
    throw new EncodeError(`${name} is not given as a field`, path, CLAUSE, 'PM-0');
  }
  if (anonymous && (IDENTIFYING_HEADERS as readonly string[]).includes(name)) {
    throw new EncodeError(`${name} would tell the identity`, path, 'RFC3323-4.1', 'PM-3');
  }
  return field;
}

/** What a request says, in either mode. */
export interface ReadRequest {
  readonly from: NameAddr;
  /** A session's identity looks like a user's and reads as one. */
  readonly to:
    | { readonly user: Uri }
    | { readonly group: Uri }
    | { readonly list: readonly ReadRecipient[]; readonly factory: Uri };
  readonly release: ReleaseVersion | undefined;
  readonly anonymous: boolean;
  readonly fields: readonly Field[];
  /** Who else received the message, where the server that sent it to the list tells. No client writes it. */
  readonly history?: readonly Recipient[];
}

/**
 * Takes a request apart, its body from the lists of recipients. Refused where it is none of the kind, where a From,
 * Request-URI or Content-Type is broken, and where a request to several has anything but a list and one content.
 */
export function readRequest(
  kind: RequestKind,
  message: SipMessage,
): Result<{ readonly request: ReadRequest; readonly content: ReadContent | ExternalBody }> {
  const { method, clause, listTag } = kind;
  if (!isRequest(message) || message.method !== method) {
    return refuse({ code: 'unsupported', rule: 'Method', clause, offset: 0, expected: method });
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
  const toSeveral =
    'factory' in receiver || (required?.ok === true && required.value.some((tag) => sameText(tag, listTag)));
  const body = readListedBody(type?.value ?? TEXT_PLAIN, message.body, toSeveral);
  if (!body.ok) return body;
  const { content, list, history } = body.value;
  if (list !== undefined && 'group' in receiver) {
    const expected = 'a group or a list';
    return refuse({ code: 'unsupported', rule: 'Request-URI', clause: CLAUSE, offset: 0, expected });
  }
  const products = get(message, userAgent);
  const found = products?.ok === true ? readReleaseVersion(products.value) : undefined;
  const own = [...OWN_HEADERS, ...kind.own];
  const fields = message.fields.filter(({ name }) => !own.includes(canonicalName(name)));
  const request: ReadRequest = {
    from: { ...author.value, params: author.value.params.filter((param) => param.name !== 'tag') },
    to: readReceiver(receiver, list),
    release: found?.ok === true ? found.value : undefined,
    anonymous: asksForAnonymity(message),
    fields: list === undefined ? fields : fields.flatMap((field) => withoutTag(field, listTag)),
    ...(history === undefined ? {} : { history }),
  };
  return ok({ request, content });
}

/** A list goes to the factory, also where no sessiontype says so. */
function readReceiver(receiver: ReturnType<typeof readTarget>, list: ListedBody['list']): ReadRequest['to'] {
  if ('group' in receiver) return receiver;
  const uri = 'factory' in receiver ? receiver.factory : receiver.user;
  return list === undefined ? { user: uri } : { list, factory: uri };
}

/** Require without an option tag that the composer writes itself. */
function withoutTag(field: Field, listTag: string): readonly Field[] {
  if (canonicalName(field.name) !== requireField.name) return [field];
  const tags = requireField.parse(field.value);
  if (!tags.ok || !tags.value.some((tag) => sameText(tag, listTag))) return [field];
  const others = tags.value.filter((tag) => !sameText(tag, listTag));
  return others.length === 0 ? [] : [{ name: field.name, value: requireField.format(others) }];
}
