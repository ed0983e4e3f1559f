/*
 * What a recipient tells the sender of a message that asked for it: that the message was delivered or displayed, or that
 * it was not (RFC 5438 7.2). It is a CPIM message, which a pager-mode MESSAGE carries back (12.1).
 */
import { type ClauseId, EncodeError, type ParseError } from '../core/error.ts';
import type { ParseOptions } from '../core/options.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import { asciiLower, sameText } from '../core/text.ts';
import { appendCpim, getCpim } from '../cpim/access.ts';
import { type CpimAddress, cpimFrom, cpimTo } from '../cpim/address.ts';
import { cpimDateTime, type DateTime } from '../cpim/datetime.ts';
import { type CpimMessage, cpim } from '../cpim/message.ts';
import { cpimSubject } from '../cpim/subject.ts';
import {
  imdnDispositionNotification,
  imdnMessageId,
  imdnOriginalTo,
  imdnRecordRoute,
  imdnRoute,
} from '../imdn/headers.ts';
import { notificationContent, readNotifications } from '../imdn/notifications.ts';
import type { Imdn } from '../imdn/payload.ts';
import { type NotificationRequest, readNotificationRequest } from '../imdn/request.ts';
import { contentDisposition } from '../mime/content-headers.ts';
import { getMime } from '../mime/fields.ts';
import { isMediaType } from '../mime/media-type.ts';
import type { Field } from '../sip/field.ts';
import type { SipMessage, SipRequest } from '../sip/message.ts';
import type { NameAddr } from '../sip/name-addr.ts';
import { isSipUri, isTelUri, type Uri } from '../sip/uri.ts';
import { dispositionOf } from './deferred/reports.ts';
import { checkInput } from './input.ts';
import { notificationInput, notificationMessageInput } from './notification.schema.ts';
import { composePagerMessage, type PagerMessage, readPagerMessage } from './pager-message.ts';
import type { ReleaseVersion } from './release-version.ts';
import { readUri } from './target.ts';

const DUTY = 'PM-N2';
const CONSTRUCTING: ClauseId = 'RFC5438-7.2.1';
const SENDING: ClauseId = 'RFC5438-12.1.1';
const CPIM_TYPE = 'message/cpim';

/** What is told of a message. Only servers tell of its processing. */
export type NotificationInput = NotificationOccasion &
  (
    | { readonly type: 'delivery'; readonly status: 'delivered' | 'failed' | 'forbidden' | 'error' }
    | { readonly type: 'display'; readonly status: 'displayed' | 'forbidden' | 'error' }
  );

interface NotificationOccasion {
  /** The Message-ID of the notification itself, as `identifiers` makes it. */
  readonly messageId: string;
  /** When the notification is made; it needs not say. */
  readonly at?: DateTime | undefined;
  /** Who notifies, where To names nobody or several. */
  readonly recipient?: CpimAddress | undefined;
  /** The types that were told of the message before: each of them is told once. */
  readonly sent?: readonly ('delivery' | 'display')[] | undefined;
  /** The status with which the request that brought the message was answered, where it was one. */
  readonly response?: number | undefined;
}

/**
 * The notification of a message. Throws EncodeError where the sender did not ask for it or has got one of that type,
 * where the message was refused or is a notification itself, and where it does not say whom to notify of what.
 */
export function composeNotification(original: CpimMessage, input: NotificationInput): CpimMessage {
  checkInput(notificationInput, input, CONSTRUCTING);
  const { type, status, messageId, at, sent = [], response = 200 } = input;
  const asked = requested(original);
  const disposition = dispositionOf(input);
  if (!asked.dispositions.some((one) => one.type === disposition)) {
    throw fault(`${disposition} was not asked for`, 'status', CONSTRUCTING);
  }
  if (sent.includes(type)) throw fault(`one ${type} notification was sent already`, 'sent', CONSTRUCTING);
  if (response < 200 || response > 299) {
    throw fault('the sender knows by the response that the message was refused', 'response', 'RFC5438-12.1.3.1');
  }
  if (messageId === asked.messageId) throw fault('it is that of the message', 'messageId', CONSTRUCTING);
  const sender = value(getCpim(original, cpimFrom), 'From', CONSTRUCTING);
  if (sender === undefined) throw fault('no From says whom to notify', 'original', CONSTRUCTING);
  const recipient = input.recipient ?? soleRecipient(original);
  const originalTo = value(getCpim(original, imdnOriginalTo), 'Original-To', 'RFC5438-11.1.4');
  const told: Imdn = {
    messageId: asked.messageId,
    dateTime: asked.at,
    recipientUri: recipient.uri,
    originalRecipientUri: (originalTo ?? recipient).uri,
    subject: value(getCpim(original, cpimSubject), 'Subject', 'RFC5438-11.1.5')?.[0],
    notification: { type, status } as Imdn['notification'],
  };
  let message: CpimMessage = { headers: [], content: notificationContent(told) };
  message = appendCpim(message, cpimFrom, recipient);
  message = appendCpim(message, cpimTo, sender);
  if (at !== undefined) message = appendCpim(message, cpimDateTime, at);
  message = appendCpim(message, imdnMessageId, messageId);
  const routes = value(getCpim(original, imdnRecordRoute), 'IMDN-Record-Route', CONSTRUCTING) ?? [];
  for (const route of routes) message = appendCpim(message, imdnRoute, route);
  return message;
}

/** What the sender asks for, with the time that a notification must give back. */
function requested(original: CpimMessage): NotificationRequest {
  const asked = value(readNotificationRequest(original), 'request', CONSTRUCTING);
  if (asked === undefined) throw fault('nothing was asked for', 'original', CONSTRUCTING);
  if (asked.at === undefined) throw fault('no DateTime says when it was sent', 'original', 'RFC5438-11.1.2');
  return asked;
}

function soleRecipient(original: CpimMessage): CpimAddress {
  const [first, second] = value(getCpim(original, cpimTo), 'To', 'RFC5438-11.1.3') ?? [];
  if (first !== undefined && second === undefined) return first;
  throw fault(`To names ${first === undefined ? 'nobody' : 'several'}`, 'recipient', 'RFC5438-11.1.3');
}

/** The value of a header of the message. Throws EncodeError where it is refused. */
function value<T>(read: Result<T> | undefined, what: string, clause: ClauseId): T | undefined {
  if (read === undefined || read.ok) return read?.value;
  throw fault(`its ${what} is refused: ${read.error.code} at ${read.error.offset}`, 'original', clause);
}

function fault(reason: string, path: string, clause: ClauseId): EncodeError {
  return new EncodeError(reason, path, clause, DUTY);
}

/** How a notification is sent. */
export interface NotificationMessageInput {
  /** Who notifies, as a From value without tag. */
  readonly from: string | NameAddr;
  /** The client's release and products. */
  readonly release: string | ReleaseVersion;
  /** The URI of the From of the request that brought the message; the To of the notification where absent. */
  readonly sender?: string | Uri | undefined;
  readonly anonymous?: boolean | undefined;
  readonly fields?: readonly Field[] | undefined;
}

/**
 * The MESSAGE that carries a notification: to the first of its IMDN-Route, where there is one, else to the sender of the
 * message. Throws EncodeError where the sender is anonymous and no route leads back, and where the content is no
 * notification or asks for one.
 */
export function composeNotificationMessage(notification: CpimMessage, input: NotificationMessageInput): SipRequest {
  checkInput(notificationMessageInput, input, SENDING);
  const { sender, ...rest } = input;
  checkNotification(notification);
  const route = value(getCpim(notification, imdnRoute), 'IMDN-Route', CONSTRUCTING)?.[0]?.uri;
  const to = route ?? sender ?? value(getCpim(notification, cpimTo), 'To', CONSTRUCTING)?.[0]?.uri;
  if (to === undefined) throw fault('neither a route nor a sender', 'sender', 'RFC5438-12.1.3.1');
  const user = readUri(to, 'sender', DUTY);
  if (isAnonymous(user)) throw fault('an anonymous sender cannot be reached without a route', 'sender', SENDING);
  return composePagerMessage({
    ...rest,
    to: { user },
    body: { contentType: CPIM_TYPE, content: cpim.encode(notification) },
  });
}

/** Throws EncodeError for what no notification is sent with. */
function checkNotification(notification: CpimMessage): void {
  const { content } = notification;
  const disposition = getMime(content, contentDisposition);
  const told = readNotifications(content);
  if (
    !told.ok ||
    told.value.length === 0 ||
    disposition?.ok !== true ||
    !sameText(disposition.value.type, 'notification')
  ) {
    throw fault('no notification', 'content', CONSTRUCTING);
  }
  for (const codec of [imdnDispositionNotification, imdnRecordRoute]) {
    if (getCpim(notification, codec as typeof imdnDispositionNotification) !== undefined) {
      throw fault(`a notification has no ${codec.name}`, 'headers', CONSTRUCTING);
    }
  }
}

/** Whether the URI tells nobody's identity (RFC 3323 4.1.1.3). */
function isAnonymous(uri: Uri): boolean {
  if (isSipUri(uri)) return sameText(uri.host, 'anonymous.invalid');
  return !isTelUri(uri) && asciiLower(uri.rest).endsWith('@anonymous.invalid');
}

/** A MESSAGE that carries notifications. */
export interface NotificationMessage {
  /** The request as any other in pager mode; its body is the CPIM message. */
  readonly pager: PagerMessage;
  readonly cpim: CpimMessage;
  /** One, or those of an aggregate in its order (RFC 5438 8.3). */
  readonly notifications: readonly Imdn[];
  /** Why parts of an aggregate cannot be read; they do not cost the others. */
  readonly malformed: readonly ParseError[];
}

/**
 * What a MESSAGE notifies of. Refused where it is none, or carries something else, or no notification in it can be read.
 * What a notification must not have is ignored (RFC 5438 7.2.1).
 */
export function readNotificationMessage(message: SipMessage, options?: ParseOptions): Result<NotificationMessage> {
  const pager = readPagerMessage(message);
  if (!pager.ok) return pager;
  const { body } = pager.value;
  if (!('contentType' in body) || !isMediaType(body.contentType, CPIM_TYPE)) return refuse(unsupported(CPIM_TYPE));
  const carried = cpim.decode(body.content, options);
  if (!carried.ok) return carried;
  const read = readNotifications(carried.value.content, options);
  if (!read.ok) return read;
  const notifications: Imdn[] = [];
  const malformed: ParseError[] = [];
  const notes = [...carried.notes, ...read.notes];
  for (const one of read.value) {
    if (one.ok) {
      notifications.push(one.value);
      notes.push(...one.notes);
    } else malformed.push(one.error);
  }
  if (notifications.length === 0) return refuse(malformed[0] ?? unsupported('message/imdn+xml'));
  return ok({ pager: pager.value, cpim: carried.value, notifications, malformed }, notes);
}

function unsupported(expected: string): ParseError {
  return { code: 'unsupported', rule: 'Content-Type', clause: SENDING, offset: 0, expected };
}
