/*
 * Notifications as the content of a CPIM message: one in message/imdn+xml, or what a URI-list server has collected in a
 * multipart/mixed of them (RFC 5438 7.2.1.1, 8.3). Content-Disposition says `notification` in both cases (7.2.1).
 */
import { EncodeError, within } from '../core/error.ts';
import type { ParseOptions } from '../core/options.ts';
import { ok, type Result } from '../core/result.ts';
import { sameText } from '../core/text.ts';
import { contentDisposition, contentType } from '../mime/content-headers.ts';
import { getMime, type MimeField, type Part } from '../mime/fields.ts';
import { partEntity } from '../mime/find-part.ts';
import { isMediaType } from '../mime/media-type.ts';
import { boundaryFor, decodeMultipart, encodeMultipart } from '../mime/multipart.ts';
import { decodeTransfer } from '../mime/transfer-encoding.ts';
import { type Imdn, imdn } from './payload.ts';

const IMDN_TYPE = 'message/imdn+xml';
const DISPOSITION: MimeField = { name: contentDisposition.name, value: 'notification' };

/**
 * The notifications in the content of a CPIM message, in order and each by itself: none where it is no notification, one,
 * or those of an aggregate. Refused where the content cannot be taken apart. What Content-Disposition says does not
 * matter.
 */
export function readNotifications(content: Part, options?: ParseOptions): Result<readonly Result<Imdn>[]> {
  const entity = partEntity(content, undefined, options);
  if (!entity.ok) return entity;
  const type = entity.value.contentType;
  if (isMediaType(type, IMDN_TYPE)) return ok([readPart(content, options)]);
  if (!isMediaType(type, 'multipart/mixed')) return ok([]);
  const read = decodeMultipart(content.body, type, options);
  if (!read.ok) return read;
  const notifications: Result<Imdn>[] = [];
  for (const part of read.value.parts) {
    const inner = partEntity(part, type, options);
    if (!inner.ok) notifications.push(inner);
    else if (isMediaType(inner.value.contentType, IMDN_TYPE)) notifications.push(readPart(part, options));
  }
  return ok(notifications, read.notes);
}

function readPart(part: Part, options: ParseOptions | undefined): Result<Imdn> {
  const body = decodeTransfer(part, options);
  return body.ok ? imdn.decode(body.value, options) : body;
}

/** Whether the content is a notification or says so: nobody is to be notified about it (RFC 5438 7.2.1). */
export function isNotification(content: Part): boolean {
  const disposition = getMime(content, contentDisposition);
  if (disposition?.ok === true && sameText(disposition.value.type, DISPOSITION.value)) return true;
  const read = readNotifications(content);
  return read.ok && read.value.length > 0;
}

/** What a CPIM message carries a notification in. Throws EncodeError. */
export function notificationContent(value: Imdn): Part {
  return { fields: [typeField(IMDN_TYPE), DISPOSITION], body: imdn.encode(value) };
}

/** What a CPIM message carries several notifications in. Throws EncodeError, for none at all too. */
export function composeAggregate(values: readonly Imdn[]): Part {
  if (values.length === 0) throw new EncodeError('at least one notification', '', 'RFC5438-8.3');
  const parts = values.map((value, i): Part => {
    try {
      return { fields: [typeField(IMDN_TYPE)], body: imdn.encode(value) };
    } catch (error) {
      throw within(`[${i}]`, error);
    }
  });
  const boundary = boundaryFor(parts);
  const type = contentType.format({
    type: 'multipart',
    subtype: 'mixed',
    params: [{ name: 'boundary', value: boundary }],
  });
  return { fields: [typeField(type), DISPOSITION], body: encodeMultipart({ boundary, parts }) };
}

function typeField(value: string): MimeField {
  return { name: contentType.name, value };
}
