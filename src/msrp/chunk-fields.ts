/*
 * What all heads of a message have in common, as headers (RFC 4975 7.1.1): the caller's options, checked.
 */
import { type ClauseId, EncodeError, within } from '../core/error.ts';
import { sameText } from '../core/text.ts';
import { type MediaType, mediaType } from '../mime/media-type.ts';
import type { ChunkOptions } from './chunk-writer.ts';
import { msrpMessageId } from './headers/message-id.ts';
import { fromPath, toPath } from './headers/path.ts';
import { failureReport, successReport } from './headers/reports.ts';
import type { MsrpField } from './message.ts';
import type { MsrpUri } from './uri.ts';

const CLAUSE: ClauseId = 'RFC4975-7.1.1';

/** Headers that the options have a member for, and those that MSRP has no use for (RFC 4975 7.1.1). */
const OWN_HEADERS = [
  ...['To-Path', 'From-Path', 'Message-ID', 'Byte-Range', 'Success-Report', 'Failure-Report', 'Status'],
  ...['Content-Type', 'Content-Transfer-Encoding'],
];

/** Those before Byte-Range. Throws EncodeError. */
export function ownFields(options: ChunkOptions): readonly MsrpField[] {
  return [
    { name: 'To-Path', value: path(toPath, options.toPath, 'toPath') },
    { name: 'From-Path', value: path(fromPath, options.fromPath, 'fromPath') },
    { name: 'Message-ID', value: value(msrpMessageId, options.messageId, 'messageId') },
  ];
}

/** Those behind it. Throws EncodeError. */
export function otherFields(options: ChunkOptions): readonly MsrpField[] {
  const { fields = [], contentType } = options;
  fields.forEach(({ name }, i) => {
    if (!OWN_HEADERS.some((own) => sameText(own, name))) return;
    throw new EncodeError(`${name} cannot be given here`, `fields[${i}].name`, CLAUSE);
  });
  const reports: MsrpField[] = [];
  if (options.successReport !== undefined) {
    reports.push({ name: 'Success-Report', value: value(successReport, options.successReport, 'successReport') });
  }
  if (options.failureReport !== undefined) {
    reports.push({ name: 'Failure-Report', value: value(failureReport, options.failureReport, 'failureReport') });
  }
  return [...reports, ...fields, { name: 'Content-Type', value: mediaTypeText(contentType) }];
}

function path(codec: typeof toPath, given: string | readonly MsrpUri[], member: string): string {
  if (typeof given !== 'string') return value(codec, given, member);
  const read = codec.parse(given);
  if (read.ok) return given;
  throw new EncodeError(`${JSON.stringify(given)} is no list of MSRP URIs`, member, 'RFC4975-9');
}

function mediaTypeText(given: string | MediaType): string {
  if (typeof given !== 'string') return value(mediaType, given, 'contentType');
  const read = mediaType.parse(given);
  if (read.ok) return mediaType.format(read.value); // without the blanks that MSRP does not have (RFC 4975 9)
  throw new EncodeError(`${JSON.stringify(given)} is no media type`, 'contentType', 'RFC4975-9');
}

function value<T>(codec: { format(value: T): string }, given: T, member: string): string {
  try {
    return codec.format(given);
  } catch (error) {
    throw within(member, error);
  }
}
