/* The requests that the duties concern: the MESSAGE of pager mode, and the INVITE that begins a session. */
import type { ClauseId } from '../../core/error.ts';
import { RECIPIENT_LIST_INVITE, RECIPIENT_LIST_MESSAGE } from '../../im/recipient-list.ts';
import { tagOf, to } from '../../sip/headers/name-addrs.ts';
import type { Found } from '../finding.ts';
import type { Range } from '../place.ts';
import type { MessageView } from '../view.ts';

/** What the two kinds of request differ in, where a duty of one is also a duty of the other. */
export interface Mode {
  /** Where the change request speaks of it. */
  readonly clause: ClauseId;
  /** The option tag of a request that has a list of recipients, and who asks for it. */
  readonly listTag: string;
  readonly listClause: ClauseId;
  concerns(view: MessageView): boolean;
}

export const PAGER: Mode = {
  clause: 'OMA-IM-8.1.1',
  listTag: RECIPIENT_LIST_MESSAGE,
  listClause: 'RFC5365-6',
  concerns: ({ request }) => request?.method === 'MESSAGE',
};

/** An INVITE with a To tag belongs to a session that has begun. */
export const SESSION: Mode = {
  clause: 'OMA-IM-9.1.1.2',
  listTag: RECIPIENT_LIST_INVITE,
  listClause: 'RFC5366-3',
  concerns(view) {
    if (view.request?.method !== 'INVITE') return false;
    const receiver = view.get(to);
    return receiver === undefined || tagOf(receiver) === undefined;
  },
};

/** A header that is absent or says something else breaks the duty; of one that cannot be read nobody knows. */
export function withoutValue(view: MessageView, field: string, otherwise: string, fix?: string): Found {
  const range = view.rangeOf(field);
  if (view.isRefused(field)) return { range, field, message: `${field} cannot be read`, severity: 'unknown' };
  const absent = view.named(field).length === 0;
  const message = absent ? `missing: the message has no ${field}` : otherwise;
  return { range, field, message, ...(fix === undefined ? {} : { fix }) };
}

export function wholeOf({ head, message }: MessageView): Range {
  return [head.lines[0] as number, head.end + message.body.length];
}

export function bodyOf({ head, message }: MessageView): Range {
  return [head.end, head.end + message.body.length];
}
