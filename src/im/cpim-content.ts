/*
 * Content inside message/cpim (RFC 3862), as both modes send it: from whom and to whom, when, and what the sender wants
 * to be told about it (RFC 5438 7.1.1). What MSRP carries and what `a=filesize` counts are these octets.
 */
import { EncodeError, within } from '../core/error.ts';
import { appendCpim } from '../cpim/access.ts';
import { cpimFrom, cpimTo } from '../cpim/address.ts';
import { cpimDateTime, type DateTime, dateTime } from '../cpim/datetime.ts';
import { type CpimMessage, cpim } from '../cpim/message.ts';
import { requestNotification } from '../imdn/request.ts';
import { contentType } from '../mime/content-headers.ts';
import type { ExternalBody } from '../mime/external-body.ts';
import { isMediaType, type MediaType } from '../mime/media-type.ts';
import { sipUri } from '../sip/uri.ts';
import { ANONYMOUS } from './anonymity.ts';
import { type Content, writeContent } from './content.ts';
import { cpimContentInput } from './cpim-content.schema.ts';
import { type InitialRequestInput, readSender } from './initial-request.ts';
import { checkInput, parseInput } from './input.ts';
import { identity } from './target.ts';

export interface CpimContentInput extends Pick<InitialRequestInput, 'from' | 'to' | 'anonymous'> {
  readonly body: string | Content | ExternalBody;
  /** When the message is sent. Who asks for notifications must say it (RFC 5438 7.1.1.2). */
  readonly dateTime?: string | DateTime | undefined;
  readonly notifications?: NotificationWish | undefined;
}

/** What the sender wants to be told. Asking anonymously is allowed, though RFC 5438 advises against it. */
export interface NotificationWish {
  /** `positive-delivery`, `negative-delivery`, `display`, `processing` … */
  readonly dispositions: readonly string[];
  readonly messageId: string;
}

/** The octets of a message/cpim, as the composers of both modes take them. */
export interface CpimContent {
  readonly contentType: MediaType;
  readonly content: Uint8Array;
}

const CPIM: MediaType = { type: 'message', subtype: 'cpim', params: [] };

/**
 * The content inside message/cpim. `To` is whom the request itself is for: of several users, the factory. Throws
 * EncodeError that names path and duty.
 *
 * @duty PM-3, LM-G5 (build)
 */
export function cpimContent(input: CpimContentInput): CpimContent {
  checkInput(cpimContentInput, input, 'OMA-IM-8.1.1');
  const { type, octets, fields } = writeContent(input.body);
  if (isMediaType(type, 'message/cpim')) {
    throw new EncodeError('is message/cpim already', 'body.contentType', 'RFC3862-2', 'PM-0');
  }
  const sender = readSender(input.from);
  const { displayName: name, uri } = input.anonymous === true ? ANONYMOUS : sender;
  const bare: CpimMessage = {
    headers: [],
    content: { fields: [{ name: 'Content-Type', value: contentType.format(type) }, ...fields], body: octets },
  };
  const addressed = appendCpim(
    at('from', () => appendCpim(bare, cpimFrom, { name, uri: sipUri.format(uri) })),
    cpimTo,
    { uri: sipUri.format(identity(input.to)) },
  );
  return { contentType: CPIM, content: cpim.encode(asking(dated(addressed, input), input)) };
}

function dated(message: CpimMessage, { dateTime: given }: CpimContentInput): CpimMessage {
  if (given === undefined) return message;
  const value = typeof given === 'string' ? parseInput(dateTime, given, 'dateTime', 'PM-0') : given;
  return at('dateTime', () => appendCpim(message, cpimDateTime, value));
}

function asking(message: CpimMessage, { dateTime: given, notifications }: CpimContentInput): CpimMessage {
  if (notifications === undefined) return message;
  if (given === undefined) throw new EncodeError('notifications need it', 'dateTime', 'RFC5438-7.1.1.2');
  const { dispositions, messageId } = notifications;
  const asked = dispositions.map((type) => ({ type }));
  return at('notifications', () => requestNotification(message, { dispositions: asked, messageId }));
}

function at<T>(path: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw within(path, error);
  }
}
