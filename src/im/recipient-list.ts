/*
 * Several recipients in one request (change request 8.1.1 step 5, 9.1.1.2 step 3; RFC 5363, 5365, 5366): their list is
 * a body beside the content, `application/resource-lists+xml` with the disposition `recipient-list`.
 */
import { type ClauseId, EncodeError, type ParseError } from '../core/error.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import { sameText } from '../core/text.ts';
import { contentDisposition, contentType } from '../mime/content-headers.ts';
import type { ExternalBody } from '../mime/external-body.ts';
import { getMime, type Part } from '../mime/fields.ts';
import { partEntity } from '../mime/find-part.ts';
import { isMediaType, type MediaType } from '../mime/media-type.ts';
import { boundaryFor, decodeMultipart, encodeMultipart } from '../mime/multipart.ts';
import { decodeTransfer } from '../mime/transfer-encoding.ts';
import { isSipUri, sipUri } from '../sip/uri.ts';
import { type Recipient, recipients } from '../xml/recipients.ts';
import { type DisplayName, type ListEntry, type ResourceLists, resourceLists } from '../xml/resource-lists.ts';
import { type ReadContent, readContent, type WrittenContent } from './content.ts';
import { uriComparison } from './same-recipient.ts';
import { type ListedRecipient, readUri } from './target.ts';

const CLAUSE: ClauseId = 'RFC5365-6';
const LIST_TYPE = 'application/resource-lists+xml';

/** The option tag of a MESSAGE with such a list (RFC 5365 5). */
export const RECIPIENT_LIST_MESSAGE = 'recipient-list-message';

/** The option tag of an INVITE with such a list (RFC 5366 3). */
export const RECIPIENT_LIST_INVITE = 'recipient-list-invite';

/**
 * The body with the content first and the list of its recipients behind it. Who is named twice stands there once, with
 * the highest of to, cc and bcc; `bcc`, which holds where nothing is said, is not written. The boundary depends on the
 * parts alone. Throws EncodeError where there is no recipient, or a URI is none or asks for a body.
 *
 * @duty PM-5a, LM-E3a, LM-E3d (build)
 */
export function withRecipientList(content: WrittenContent, list: readonly ListedRecipient[]): WrittenContent {
  const parts: readonly Part[] = [
    {
      fields: [{ name: 'Content-Type', value: contentType.format(content.type) }, ...content.fields],
      body: content.octets,
    },
    {
      fields: [
        { name: 'Content-Type', value: LIST_TYPE },
        { name: 'Content-Disposition', value: 'recipient-list' },
      ],
      body: resourceLists.encode(listOf(list)),
    },
  ];
  const boundary = boundaryFor(parts);
  const type: MediaType = { type: 'multipart', subtype: 'mixed', params: [{ name: 'boundary', value: boundary }] };
  return { type, octets: encodeMultipart({ boundary, parts }), fields: [] };
}

function listOf(list: readonly ListedRecipient[]): ResourceLists {
  if (list.length === 0) throw new EncodeError('no recipient', 'to.list', CLAUSE, 'PM-5a');
  const all = documentOf(list.map(entryOf));
  return documentOf(recipients([all], uriComparison()).recipients.map(canonicalEntry));
}

function documentOf(members: readonly ListEntry[]): ResourceLists {
  return { lists: [{ members, attributes: [] }] };
}

function entryOf(listed: ListedRecipient, i: number): ListEntry {
  const path = `to.list[${i}]`;
  const given = typeof listed === 'string' || 'scheme' in listed ? { uri: listed } : listed;
  const { copyControl, anonymize, displayName } = given;
  const uri = readUri(given.uri, given === listed ? `${path}.uri` : path, 'PM-5a');
  if (isSipUri(uri) && uri.headers.some(({ name }) => sameText(name, 'body'))) {
    throw new EncodeError('the URI asks for a body, which the message has already', path, CLAUSE, 'PM-5a');
  }
  const name: DisplayName | undefined = typeof displayName === 'string' ? { text: displayName } : displayName;
  return entry(sipUri.format(uri), { copyControl, anonymize, displayName: name });
}

function canonicalEntry({ uri, copyControl, anonymize, displayName }: Recipient): ListEntry {
  return entry(uri, {
    copyControl: copyControl === 'bcc' ? undefined : copyControl,
    anonymize: anonymize || undefined,
    displayName,
  });
}

function entry(uri: string, rest: Pick<ListEntry, 'copyControl' | 'anonymize' | 'displayName'>): ListEntry {
  return { kind: 'entry', uri, ...rest, attributes: [], extensions: [] };
}

/** A recipient of a list as it is read. */
export type ReadRecipient = Omit<Recipient, 'count'>;

/** A body whose lists, if any, are taken out. */
export interface ListedBody {
  /** What is left besides the lists. */
  readonly content: ReadContent | ExternalBody;
  readonly list: readonly ReadRecipient[] | undefined;
  /** Who else received the message, as the server tells it; a list whose `handling` is optional. */
  readonly history: readonly Recipient[] | undefined;
}

/**
 * Takes the lists out of a body; parts come in any order, and several lists are one (RFC 5363 4.1). `toSeveral` says
 * that the request is one with a list: it is refused without one, and a list that has no Content-Disposition counts.
 * Refused are also lists that cannot be read, or leave recipients open, and any number of contents other than one. A
 * history that does not fit stays in the content.
 *
 * @duty PM-5a, LM-E3a, LM-E3d (parse)
 */
export function readListedBody(type: MediaType, body: Uint8Array, toSeveral: boolean): Result<ListedBody> {
  const asItIs: ListedBody = { content: readContent(type, body), list: undefined, history: undefined };
  const split = sameText(type.type, 'multipart') ? decodeMultipart(body, type) : undefined;
  if (split?.ok !== true) {
    if (!toSeveral) return ok(asItIs);
    return split ?? refuse(error('missing', 'recipient-list', 'a list of the recipients'));
  }
  const [lists, histories, contents] = sorted(split.value.parts, toSeveral);
  const content = contents.length === 1 ? contentOf(contents[0] as Part, type) : undefined;
  const history = histories.length === 0 ? undefined : readHistory(histories);
  if (lists.length === 0) {
    if (toSeveral) return refuse(error('missing', 'recipient-list', 'a list of the recipients'));
    if (history === undefined || content?.ok !== true) return ok({ ...asItIs, history });
    return ok({ content: content.value, list: undefined, history });
  }
  if (content === undefined) {
    return refuse(error(contents.length === 0 ? 'missing' : 'unsupported', 'body-part', 'one content beside the list'));
  }
  if (!content.ok) return content;
  const list = readList(lists);
  return list.ok ? ok({ content: content.value, list: list.value, history }) : list;
}

/** The parts by what they are for: lists, histories, contents. */
function sorted(parts: readonly Part[], toSeveral: boolean): readonly [Part[], Part[], Part[]] {
  const kinds: [Part[], Part[], Part[]] = [[], [], []];
  for (const part of parts) {
    const disposition = getMime(part, contentDisposition);
    const purpose = disposition?.ok === true ? disposition.value.type : '';
    const isList =
      sameText(purpose, 'recipient-list') || (toSeveral && disposition === undefined && isResourceLists(part));
    kinds[isList ? 0 : sameText(purpose, 'recipient-list-history') ? 1 : 2].push(part);
  }
  return kinds;
}

/** How many parts are resource lists that do not say what they are for (RFC 5365 6). */
export function listsWithoutDisposition(type: MediaType, body: Uint8Array): number {
  const split = sameText(type.type, 'multipart') ? decodeMultipart(body, type) : undefined;
  if (split?.ok !== true) return 0;
  return split.value.parts.filter((part) => getMime(part, contentDisposition) === undefined && isResourceLists(part))
    .length;
}

function isResourceLists(part: Part): boolean {
  const type = getMime(part, contentType);
  return type?.ok === true && isMediaType(type.value, LIST_TYPE);
}

function contentOf(part: Part, parent: MediaType): Result<ReadContent | ExternalBody> {
  const entity = partEntity(part, parent);
  return entity.ok ? ok(readContent(entity.value.contentType, part.body, part.fields)) : entity;
}

function readList(parts: readonly Part[]): Result<readonly ReadRecipient[]> {
  const documents = readDocuments(parts);
  if (!documents.ok) return documents;
  const { recipients: found, references, malformed } = recipients(documents.value, uriComparison());
  if (malformed[0] !== undefined) return refuse(malformed[0].error);
  if (references.length > 0) return refuse(error('unsupported', 'entry-ref', 'a flat list without references'));
  if (found.length === 0) return refuse(error('missing', 'entry', 'a recipient'));
  for (const { uri } of found) {
    const read = sipUri.parse(uri);
    if (!read.ok) return read;
  }
  return ok(
    found.map(({ uri, copyControl, anonymize, displayName }) => ({ uri, copyControl, anonymize, displayName })),
  );
}

/** Nobody is harmed by a history that cannot be read. */
function readHistory(parts: readonly Part[]): readonly Recipient[] | undefined {
  const documents = readDocuments(parts);
  return documents.ok ? recipients(documents.value, uriComparison()).recipients : undefined;
}

function readDocuments(parts: readonly Part[]): Result<readonly ResourceLists[]> {
  const documents: ResourceLists[] = [];
  for (const part of parts) {
    if (!isResourceLists(part)) return refuse(error('unsupported', 'Content-Type', LIST_TYPE));
    const octets = decodeTransfer(part);
    if (!octets.ok) return octets;
    const document = resourceLists.decode(octets.value);
    if (!document.ok) return document;
    documents.push(document.value);
  }
  return ok(documents);
}

function error(code: ParseError['code'], rule: string, expected: string): ParseError {
  return { code, rule, clause: CLAUSE, offset: 0, expected };
}
