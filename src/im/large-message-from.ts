/*
 * The large message that a pager message becomes where it is too large: the same input, and what the session needs.
 */
import { EncodeError } from '../core/error.ts';
import { isMediaType } from '../mime/media-type.ts';
import { writeContent } from './content.ts';
import { type CpimContent, type CpimContentInput, cpimContent } from './cpim-content.ts';
import type { InitialRequestInput } from './initial-request.ts';
import type { LargeMessageInput } from './large-message.ts';
import type { PagerMessageInput } from './pager-message.ts';

/** What a session needs besides the message; `dateTime` and `notifications` are for one that is not in CPIM yet. */
export interface LargeMessageSession
  extends Omit<LargeMessageInput, keyof InitialRequestInput | 'content'>,
    Pick<CpimContentInput, 'dateTime' | 'notifications'> {}

/**
 * The input of `composeLargeMessageInvite`; its `content` is what MSRP will carry, in message/cpim. Throws EncodeError
 * that names path and duty.
 *
 * @duty LM-0 (decide)
 */
export function largeMessageFrom(
  { body, ...message }: PagerMessageInput,
  { dateTime, notifications, ...session }: LargeMessageSession,
): LargeMessageInput & { readonly content: CpimContent } {
  const to = message.to as LargeMessageInput['to']; // the composer refuses a session
  const { type, octets } = writeContent(body);
  if (!isMediaType(type, 'message/cpim')) {
    const { from, anonymous } = message;
    const content = cpimContent({ from, to, anonymous, body, dateTime, notifications });
    return { ...message, to, ...session, content };
  }
  if (dateTime === undefined && notifications === undefined) {
    return { ...message, to, ...session, content: { contentType: type, content: octets } };
  }
  const path = dateTime === undefined ? 'notifications' : 'dateTime';
  throw new EncodeError('the message is in CPIM already', path, 'RFC3862-2', 'LM-0');
}
