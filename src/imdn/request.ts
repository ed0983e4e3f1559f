/*
 * Asking to be told what becomes of an instant message (RFC 5438 7.1.1): Message-ID, DateTime and
 * Disposition-Notification are headers of the CPIM message then.
 */
import { type ClauseId, EncodeError, within } from '../core/error.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import { appendCpim, getCpim } from '../cpim/access.ts';
import { cpimDateTime, type DateTime } from '../cpim/datetime.ts';
import type { CpimOnce } from '../cpim/header.ts';
import type { CpimMessage } from '../cpim/message.ts';
import { imdnDispositionNotification, imdnMessageId, type NotifyRequest } from './headers.ts';
import { isNotification } from './notifications.ts';

const MESSAGE_ID: ClauseId = 'RFC5438-7.1.1.1';
const DATE_TIME: ClauseId = 'RFC5438-7.1.1.2';
const DISPOSITION: ClauseId = 'RFC5438-7.1.1.3';

/** What the sender of a message wants to be told, and what a notification refers to. */
export interface NotificationRequest {
  /** At least one. */
  readonly dispositions: readonly NotifyRequest[];
  readonly messageId: string;
  /** When the message was sent. Absent where the sender left it out, though it must not (7.1.1.2). */
  readonly at?: DateTime | undefined;
}

/** What is asked; what the message has already must not be given again. */
export interface NotificationRequestInput {
  readonly dispositions: readonly NotifyRequest[];
  readonly messageId?: string | undefined;
  readonly at?: DateTime | undefined;
}

/**
 * The message with the headers that ask for notifications, under a prefix that stands for nothing else in it. Throws
 * EncodeError where nothing is asked, where the message is a notification itself or asks already, and where Message-ID
 * or DateTime would be missing or there twice.
 */
export function requestNotification(message: CpimMessage, request: NotificationRequestInput): CpimMessage {
  const { dispositions, messageId, at } = request;
  if (dispositions.length === 0) throw new EncodeError('nothing is asked', 'dispositions', DISPOSITION);
  if (isNotification(message.content)) {
    throw new EncodeError('nobody is notified about a notification', 'content', 'RFC5438-7.2.1');
  }
  const identified = withHeader(message, imdnMessageId, messageId, 'messageId', MESSAGE_ID);
  const dated = withHeader(identified, cpimDateTime, at, 'at', DATE_TIME);
  return withHeader(dated, imdnDispositionNotification, dispositions, 'dispositions', DISPOSITION);
}

/** The message with the header, which either it has or the caller gives. */
function withHeader<T>(
  message: CpimMessage,
  codec: CpimOnce<T>,
  value: T | undefined,
  path: string,
  clause: ClauseId,
): CpimMessage {
  const there = getCpim(message, codec);
  if (value === undefined) {
    if (there?.ok === true) return message;
    throw new EncodeError(there === undefined ? 'is missing' : `the ${codec.name} there is refused`, path, clause);
  }
  if (there !== undefined) throw new EncodeError(`${codec.name} is there already`, path, clause);
  try {
    codec.format(value);
  } catch (error) {
    throw within(path, error);
  }
  return appendCpim(message, codec, value);
}

/**
 * What the sender of a message asks for: `undefined` where that is nothing, and where the message is a notification,
 * whose requests are to be ignored (RFC 5438 7.2.1). Refused where one of the headers is, and without a Message-ID.
 */
export function readNotificationRequest(message: CpimMessage): Result<NotificationRequest> | undefined {
  const dispositions = getCpim(message, imdnDispositionNotification);
  if (dispositions === undefined || isNotification(message.content)) return undefined;
  if (!dispositions.ok) return dispositions;
  if (dispositions.value.length === 0) return undefined;
  const messageId = getCpim(message, imdnMessageId);
  if (messageId === undefined) {
    return refuse({ code: 'missing', rule: 'Message-ID', clause: MESSAGE_ID, offset: 0, expected: 'a Message-ID' });
  }
  if (!messageId.ok) return messageId;
  const at = getCpim(message, cpimDateTime);
  if (at !== undefined && !at.ok) return at;
  return ok({ dispositions: dispositions.value, messageId: messageId.value, at: at?.value });
}
