/*
 * The notifications that the sender of the message asked for (RFC 5438 7.2). Which are due is said by the message itself,
 * which the application gives back once; its headers are kept for the day on which the user sees it.
 */
import { EncodeError } from '../../core/error.ts';
import { type CpimMessage, cpim } from '../../cpim/message.ts';
import { contentType } from '../../mime/content-headers.ts';
import { isMediaType } from '../../mime/media-type.ts';
import { get } from '../../sip/access.ts';
import { from, to } from '../../sip/headers/name-addrs.ts';
import type { SipRequest } from '../../sip/message.ts';
import type { NameAddr } from '../../sip/name-addr.ts';
import { formatUri } from '../../sip/uri.ts';
import { composeNotification, composeNotificationMessage, type NotificationInput } from '../notification.ts';
import type { ReceivingTurn } from './receiving-state.ts';
import { nextId } from './transactions.ts';

type Notice =
  | { readonly type: 'delivery'; readonly status: 'delivered' | 'failed' | 'forbidden' | 'error' }
  | { readonly type: 'display'; readonly status: 'displayed' };

/** The whole message is back: what is due of its delivery. */
export function notifyDelivery(turn: ReceivingTurn, octets: Uint8Array, status: Notice['status']): void {
  const { message } = turn.state;
  if (message === undefined || message.reassembly.state !== 'complete' || message.told !== undefined) return;
  const type = contentType.parse(message.contentType);
  if (!type.ok || !isMediaType(type.value, 'message/cpim')) return;
  const original = cpim.decode(octets);
  if (!original.ok) return;
  const headers = original.value.headers.map(({ name, params, value }) => ({ name, params, value }));
  const fields = original.value.content.fields.map(({ name, value }) => ({ name, value }));
  turn.change({ message: { ...message, told: { headers, fields, sent: [] } } });
  notify(turn, { type: 'delivery', status } as Notice);
}

/** The user has seen the message. */
export function notifyDisplay(turn: ReceivingTurn): void {
  notify(turn, { type: 'display', status: 'displayed' });
}

function notify(turn: ReceivingTurn, notice: Notice): void {
  const { message } = turn.state;
  if (message?.told === undefined) return;
  const { headers, fields, sent } = message.told;
  const request = notification(turn, { headers, content: { fields, body: NOTHING } }, { ...notice, sent });
  if (request === undefined) return;
  turn.change({ message: { ...message, told: { headers, fields, sent: [...sent, notice.type] } } });
  turn.emit({ type: 'notify', request });
}

const NOTHING = new Uint8Array(0);

/** The MESSAGE; `undefined` where the composers say that none is due, or that it could reach nobody. */
function notification(
  turn: ReceivingTurn,
  original: CpimMessage,
  notice: Notice & Pick<NotificationInput, 'sent'>,
): SipRequest | undefined {
  const { user, release } = turn.state.options;
  const invite = turn.invite;
  const [sender, receiver] = [get(invite, from), get(invite, to)];
  const own = user === undefined ? receiver : from.parse(user);
  if (!sender?.ok || !own?.ok) return undefined;
  const recipient = { name: own.value.displayName, uri: formatUri(own.value.uri) };
  const address: NameAddr = { ...own.value, params: [] };
  try {
    const input: NotificationInput = { ...notice, messageId: nextId(turn), recipient };
    const content = composeNotification(original, input);
    return composeNotificationMessage(content, { from: address, release, sender: sender.value.uri });
  } catch (error) {
    if (error instanceof EncodeError) return undefined;
    throw error;
  }
}
