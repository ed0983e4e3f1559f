/*
 * Writing an IMDN (RFC 5438 11.1.9) in the fewest octets: no blanks between elements, no prefix.
 */
import { type ClauseId, EncodeError, within } from '../core/error.ts';
import { dateTime } from '../cpim/datetime.ts';
import type { CpimSubject } from '../cpim/subject.ts';
import { isNcName } from '../xml/chars.ts';
import { collapsed } from '../xml/datatypes.ts';
import { XML_DECLARATION } from '../xml/declaration.ts';
import type { XmlElement } from '../xml/element.ts';
import { escapeText, escapeValue, formatElement, type Scope } from '../xml/writer.ts';
import { STATUSES } from './disposition.ts';
import { INTERWORKING, type InterworkingNotification, readInterworking } from './interworking.ts';
import type { Imdn, ImdnNotification } from './payload.ts';

export const IMDN = 'urn:ietf:params:xml:ns:imdn';

const CLAUSE: ClauseId = 'RFC5438-11.1.9';
const SCOPE: Scope = { prefix: '', namespace: IMDN, outer: undefined };
const INTERWORKING_SCOPE: Scope = { prefix: 'cpmimdn', namespace: INTERWORKING, outer: SCOPE };
const START = `${XML_DECLARATION}<imdn xmlns="${IMDN}"><message-id>`;

/** The document as text. Throws EncodeError. */
export function formatImdn(value: Imdn): string {
  const { notification, extensions = [] } = value;
  let text = `${START}${messageId(value.messageId)}</message-id>`;
  text += `<datetime>${sentAt(value)}</datetime>${recipient(value)}`;
  if (notification !== undefined) text += formatNotification(notification);
  else if (extensions.length === 0) {
    throw new EncodeError('neither a notification nor an extension', 'notification', 'RFC5438-11.1.6');
  } else if (extensions.some((element) => readInterworking(element) !== undefined)) {
    throw new EncodeError('an interworking notification has a place of its own', 'extensions', CLAUSE);
  }
  return `${text}${formatExtensions(extensions, SCOPE, 'extensions')}</imdn>`;
}

function messageId(text: string): string {
  if (text === '') throw new EncodeError('no identifier', 'messageId', 'RFC5438-11.1.1');
  return withoutBlanks(text, 'messageId');
}

function sentAt(value: Imdn): string {
  if (value.dateTime === undefined) throw new EncodeError('is missing', 'dateTime', 'RFC5438-11.1.2');
  try {
    return dateTime.format(value.dateTime);
  } catch (error) {
    throw within('dateTime', error);
  }
}

function recipient({ recipientUri, originalRecipientUri, subject }: Imdn): string {
  if (recipientUri === undefined || originalRecipientUri === undefined) {
    if (recipientUri !== undefined) throw new EncodeError('goes with recipientUri', 'originalRecipientUri', CLAUSE);
    if (originalRecipientUri === undefined && subject === undefined) return '';
    throw new EncodeError('goes with originalRecipientUri and subject', 'recipientUri', CLAUSE);
  }
  const uri = withoutBlanks(recipientUri, 'recipientUri');
  const original = withoutBlanks(originalRecipientUri, 'originalRecipientUri');
  const uris = `<recipient-uri>${uri}</recipient-uri><original-recipient-uri>${original}</original-recipient-uri>`;
  return subject === undefined ? uris : uris + formatSubject(subject);
}

function formatSubject({ lang, text }: CpimSubject): string {
  const language = lang === undefined ? '' : ` xml:lang="${escapeValue(lang, 'subject.lang', CLAUSE)}"`;
  return `<subject${language}>${escapeText(text, 'subject.text', CLAUSE)}</subject>`;
}

/** What XML Schema takes blanks away from. */
function withoutBlanks(text: string, path: string): string {
  const escaped = escapeText(text, path, CLAUSE);
  if (collapsed(text) === text) return escaped;
  throw new EncodeError('blanks at an end would be lost', path, CLAUSE);
}

function formatNotification(notification: ImdnNotification): string {
  if (notification.type === 'interworking') return formatInterworking(notification);
  const { type, status, extensions } = notification;
  const statuses = Object.hasOwn(STATUSES, type) ? STATUSES[type] : undefined;
  if (statuses === undefined) throw new EncodeError('no type of notification', 'notification.type', CLAUSE);
  if (!statuses.includes(status)) throw new EncodeError('no status of this type', 'notification.status', CLAUSE);
  const others = extensions === undefined ? '' : formatExtensions(extensions, SCOPE, 'notification.extensions');
  return `<${type}-notification><status><${status}/>${others}</status></${type}-notification>`;
}

function formatInterworking({ status, extensions = [] }: InterworkingNotification): string {
  if (!isNcName(status)) throw new EncodeError('no name of an element', 'notification.status', 'XML-NAMES-4');
  const others = formatExtensions(extensions, INTERWORKING_SCOPE, 'notification.extensions');
  const inside = `<cpmimdn:status><cpmimdn:${status}/>${others}</cpmimdn:status>`;
  const name = 'cpmimdn:interworking-notification';
  return `<${name} xmlns:cpmimdn="${INTERWORKING}">${inside}</${name}>`;
}

function formatExtensions(extensions: readonly XmlElement[], scope: Scope, path: string): string {
  let text = '';
  for (let i = 0; i < extensions.length; i++) {
    const element = extensions[i] as XmlElement;
    const { namespace } = element.name;
    if (namespace === IMDN || namespace === '') {
      throw new EncodeError('an extension is of another namespace', `${path}[${i}]`, CLAUSE);
    }
    text += formatElement(element, scope, `${path}[${i}]`, CLAUSE);
  }
  return text;
}
