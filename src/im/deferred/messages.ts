/*
 * The events of messages as they are on the wire.
 */
import type { ParseOptions } from '../../core/options.ts';
import { ok, type Result } from '../../core/result.ts';
import { getCpim } from '../../cpim/access.ts';
import { cpimTo } from '../../cpim/address.ts';
import { type CpimMessage, cpim } from '../../cpim/message.ts';
import { readNotificationRequest } from '../../imdn/request.ts';
import { contentType } from '../../mime/content-headers.ts';
import type { ExternalBody } from '../../mime/external-body.ts';
import { isMediaType } from '../../mime/media-type.ts';
import { get } from '../../sip/access.ts';
import { pAssertedIdentity } from '../../sip/headers/name-addrs.ts';
import type { SipMessage, SipRequest, SipResponse } from '../../sip/message.ts';
import { sipUri } from '../../sip/uri.ts';
import { hasAnonymousFrom } from '../anonymity.ts';
import { type ReadContent, TEXT_PLAIN } from '../content.ts';
import { announces } from '../feature-tags.ts';
import { readNotificationMessage } from '../notification.ts';
import { readListedBody } from '../recipient-list.ts';
import { readTarget } from '../target.ts';
import type { NotificationEvent, ResponseEvent, SentEvent } from './events.ts';

/**
 * What it means that a request goes out: whom it is for, and what it asks for; `undefined` where it asks for nothing. An
 * INVITE is given with the CPIM message that its session will deliver. Refused where a part that tells so is broken.
 *
 * @duty PM-N2, DF-1 (reduce)
 */
export function sentEvent(request: SipRequest, at: number, content?: CpimMessage): Result<SentEvent> | undefined {
  const uri = sipUri.parse(request.uri);
  if (!uri.ok) return uri;
  const type = get(request, contentType);
  if (type !== undefined && !type.ok) return type;
  const receiver = readTarget(uri.value);
  const listed = readListedBody(type?.value ?? TEXT_PLAIN, request.body, 'factory' in receiver);
  if (!listed.ok) return listed;
  const carried = content === undefined ? carriedIn(listed.value.content) : ok(content);
  if (carried?.ok !== true) return carried;
  const asked = readNotificationRequest(carried.value);
  if (asked?.ok !== true) return asked;
  const self = 'user' in receiver ? receiver.user : 'group' in receiver ? receiver.group : receiver.factory;
  const addresses = getCpim(carried.value, cpimTo);
  const other = addresses?.ok === true && addresses.value.length === 1 ? addresses.value : [];
  const { list } = listed.value;
  const members = 'group' in receiver ? 'unknown' : list?.map(({ uri }) => uri);
  return ok({
    type: 'sent',
    at,
    messageId: asked.value.messageId,
    method: request.method === 'INVITE' ? 'INVITE' : 'MESSAGE',
    asked: asked.value.dispositions.map(({ type }) => type),
    to: [sipUri.format(self), ...other.map(({ uri }) => uri)],
    ...(members === undefined ? {} : { members }),
    ...(hasAnonymousFrom(request) ? { anonymous: true } : {}),
  });
}

/** The CPIM message in a body, if it is one. */
function carriedIn(body: ReadContent | ExternalBody): Result<CpimMessage> | undefined {
  if (!('contentType' in body) || !isMediaType(body.contentType, 'message/cpim')) return undefined;
  return cpim.decode(body.content);
}

/** What a response to the request of a message means. @duty PM-N2, DF-1 (reduce) */
export function responseEvent(response: SipResponse, messageId: string, at: number): ResponseEvent {
  return { type: 'response', at, messageId, status: response.status, automata: announces(response, 'automata') };
}

/**
 * What a MESSAGE that carries notifications means, one or an aggregate, with who the network says has sent it. Refused
 * where it carries none.
 *
 * @duty PM-N2 (reduce)
 */
export function notificationEvent(message: SipMessage, at: number, options?: ParseOptions): Result<NotificationEvent> {
  const read = readNotificationMessage(message, options);
  if (!read.ok) return read;
  const identity = get(message, pAssertedIdentity);
  const from = identity?.ok === true ? identity.value[0] : undefined;
  const { notifications } = read.value;
  const event = { type: 'notification', at, notifications } as const;
  return ok(from === undefined ? event : { ...event, from: sipUri.format(from.uri) }, read.notes);
}
