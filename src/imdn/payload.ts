/*
 *   imdn        =  message-id datetime [recipient-uri original-recipient-uri [subject]]                   RFC 5438 11.1.9
 *                  (delivery-notification | display-notification | processing-notification)? other*
 *   message-id  =  token            datetime, subject = string            recipient-uri, original-recipient-uri = anyURI
 *
 * Where the text and the schema differ, the schema decides but twice: one of the notifications must be there, or an
 * extension in its place (11.1.6), and the subject has its language in xml:lang (11.1.5). The schema wants the two URIs
 * together. Elements of other namespaces are kept.
 */
import type { BytesCodec } from '../core/codec.ts';
import type { ClauseId } from '../core/error.ts';
import { conversions, toUtf8 } from '../core/octets.ts';
import type { ParseOptions } from '../core/options.ts';
import { type Result, refuse } from '../core/result.ts';
import { type DateTime, dateTime } from '../cpim/datetime.ts';
import type { CpimSubject } from '../cpim/subject.ts';
import { collapsed } from '../xml/datatypes.ts';
import { NO_ELEMENTS, scanElement, type XmlElement } from '../xml/element.ts';
import { XML_NAMESPACE } from '../xml/names.ts';
import { END, openXml, START, type XmlScanner } from '../xml/scanner.ts';
import { scanNotification } from './disposition.ts';
import { type InterworkingNotification, readInterworking } from './interworking.ts';
import { formatImdn, IMDN } from './payload-writer.ts';
import { bends, hasNoAttributes, nextIn, scanLeaf, scanText, wrong } from './strict-scan.ts';

const CLAUSE: ClauseId = 'RFC5438-11.1.9';

export interface DeliveryNotification {
  readonly type: 'delivery';
  readonly status: 'delivered' | 'failed' | 'forbidden' | 'error';
  /** Other elements behind the status. */
  readonly extensions?: readonly XmlElement[] | undefined;
}

export interface DisplayNotification {
  readonly type: 'display';
  readonly status: 'displayed' | 'forbidden' | 'error';
  readonly extensions?: readonly XmlElement[] | undefined;
}

/** Sent by intermediaries alone. */
export interface ProcessingNotification {
  readonly type: 'processing';
  readonly status: 'processed' | 'stored' | 'forbidden' | 'error';
  readonly extensions?: readonly XmlElement[] | undefined;
}

export type ImdnNotification =
  | DeliveryNotification
  | DisplayNotification
  | ProcessingNotification
  | InterworkingNotification;

/** What became of an instant message. */
export interface Imdn {
  /** The Message-ID of the instant message. */
  readonly messageId: string;
  /** When the instant message was sent. Absent only where the tolerance `imdn-datetime` let that through. */
  readonly dateTime?: DateTime | undefined;
  /** Who got the message, by its To. */
  readonly recipientUri?: string | undefined;
  /** Whom it was sent to, by its Original-To. */
  readonly originalRecipientUri?: string | undefined;
  readonly subject?: CpimSubject | undefined;
  /** Absent where it is of a kind that only an extension knows. */
  readonly notification?: ImdnNotification | undefined;
  /** Other elements. */
  readonly extensions?: readonly XmlElement[] | undefined;
}

/**
 * message/imdn+xml. A document that is received and not changed encodes to the octets it came in. Tolerances:
 * `xml-namespace`, `imdn-datetime`, `imdn-recipient-uri`, `imdn-content`.
 */
export const imdn: BytesCodec<Imdn> = {
  name: 'imdn',
  mediaType: 'message/imdn+xml',
  clause: CLAUSE,
  decode,
  encode: (value) => ReceivedImdn.octetsOf(value) ?? toUtf8(formatImdn(value)),
  encodedLength: (value) => ReceivedImdn.octetsOf(value)?.length ?? conversions.utf8Length(formatImdn(value)),
};

/** What was received keeps its octets; a changed copy does not. */
class ReceivedImdn implements Imdn {
  readonly messageId: string;
  readonly dateTime: DateTime | undefined;
  readonly recipientUri: string | undefined;
  readonly originalRecipientUri: string | undefined;
  readonly subject: CpimSubject | undefined;
  readonly notification: ImdnNotification | undefined;
  readonly extensions: readonly XmlElement[];
  readonly #octets: Uint8Array;

  constructor(octets: Uint8Array, parts: Parts) {
    this.messageId = parts.messageId;
    this.dateTime = parts.dateTime;
    this.recipientUri = parts.recipientUri;
    this.originalRecipientUri = parts.originalRecipientUri;
    this.subject = parts.subject;
    this.notification = parts.notification;
    this.extensions = parts.extensions ?? NO_ELEMENTS;
    this.#octets = octets;
  }

  static octetsOf(value: Imdn): Uint8Array | undefined {
    return #octets in value ? value.#octets : undefined;
  }
}

/** What has been read of a document. */
interface Parts {
  /** Empty until it is read. */
  messageId: string;
  dateTime: DateTime | undefined;
  recipientUri: string | undefined;
  originalRecipientUri: string | undefined;
  subject: CpimSubject | undefined;
  notification: ImdnNotification | undefined;
  extensions: XmlElement[] | undefined;
}

/** The elements of an IMDN as bits, in the order of the schema. */
const MESSAGE_ID = 1;
const DATE_TIME = 2;
const RECIPIENT_URI = 4;
const ORIGINAL_RECIPIENT_URI = 8;
const SUBJECT = 16;
const NOTIFICATION = 32;
const EXTENSION = 64;

function decode(octets: Uint8Array, options?: ParseOptions): Result<Imdn> {
  const s = openXml(octets, options);
  const value = s.next() === START ? scanDocument(s, octets) : undefined;
  if (value === undefined || s.error !== undefined) return refuse(s.takeError());
  return { ok: true, value, notes: s.takeNotes() };
}

function scanDocument(s: XmlScanner, octets: Uint8Array): Imdn | undefined {
  const { from } = s;
  const { namespace, local } = s.name;
  if (local !== 'imdn') wrong(s, 'syntax', 'imdn', from, 'the root element imdn');
  else if (namespace !== IMDN)
    bends(s, 'xml-namespace', 'syntax', 'imdn', from, `the namespace ${IMDN}`, 'RFC5438-11.1');
  if (s.error !== undefined || !hasNoAttributes(s, 'imdn')) return undefined;
  const parts: Parts = {
    messageId: '',
    dateTime: undefined,
    recipientUri: undefined,
    originalRecipientUri: undefined,
    subject: undefined,
    notification: undefined,
    extensions: undefined,
  };
  let seen = 0;
  for (let token = nextIn(s, 'imdn'); token !== END; token = nextIn(s, 'imdn')) {
    if (token !== START) return undefined;
    const place = s.name.namespace === namespace ? placeOf(s.name.local) : EXTENSION;
    if ((seen & place) !== 0 && place !== EXTENSION) wrong(s, 'duplicate', 'imdn', s.from, `one ${s.name.local}`);
    else if (seen >= place * 2) bends(s, 'imdn-content', 'syntax', 'imdn', s.from, 'the order of the schema');
    seen |= place;
    if (s.error !== undefined || !scanPart(s, parts, place, namespace)) return undefined;
  }
  if (!isComplete(s, seen)) return undefined;
  s.next();
  return new ReceivedImdn(octets, parts);
}

function placeOf(local: string): number {
  switch (local) {
    case 'message-id':
      return MESSAGE_ID;
    case 'datetime':
      return DATE_TIME;
    case 'recipient-uri':
      return RECIPIENT_URI;
    case 'original-recipient-uri':
      return ORIGINAL_RECIPIENT_URI;
    case 'subject':
      return SUBJECT;
    case 'delivery-notification':
    case 'display-notification':
    case 'processing-notification':
      return NOTIFICATION;
    default:
      return EXTENSION;
  }
}

/** Reads the element whose start-tag the scanner stands behind; says whether it could be read. */
function scanPart(s: XmlScanner, parts: Parts, place: number, namespace: string): boolean {
  const { from } = s;
  switch (place) {
    case MESSAGE_ID:
      if (!scanLeaf(s, 'message-id')) return false;
      parts.messageId = collapsed(s.characters());
      return parts.messageId !== '' || wrong(s, 'missing', 'message-id', from, 'an identifier');
    case DATE_TIME: {
      if (!scanLeaf(s, 'datetime')) return false;
      const read = dateTime.parse(collapsed(s.characters()));
      if (read.ok) parts.dateTime = read.value;
      return read.ok || bends(s, 'imdn-datetime', 'syntax', 'datetime', from, 'a date and time', 'RFC5438-11.1.2');
    }
    case RECIPIENT_URI:
      if (!scanLeaf(s, 'recipient-uri')) return false;
      parts.recipientUri = collapsed(s.characters());
      return true;
    case ORIGINAL_RECIPIENT_URI:
      if (!scanLeaf(s, 'original-recipient-uri')) return false;
      parts.originalRecipientUri = collapsed(s.characters());
      return true;
    case SUBJECT:
      parts.subject = scanSubject(s);
      return parts.subject !== undefined;
    case NOTIFICATION:
      parts.notification = scanNotification(s, namespace);
      return parts.notification !== undefined;
    default:
      return scanExtension(s, parts, namespace);
  }
}

/** The subject has its language, if it has one (RFC 5438 11.1.5), although the schema knows no attribute. */
function scanSubject(s: XmlScanner): CpimSubject | undefined {
  const [name] = s.attributeNames;
  const spoken = s.count === 1 && name?.local === 'lang' && name.namespace === XML_NAMESPACE;
  const lang = spoken ? s.attributeValues[0] : undefined;
  const read = spoken ? scanText(s, 'subject') : scanLeaf(s, 'subject');
  return read ? { lang, text: s.characters() } : undefined;
}

/** An element that the schema does not name: of another namespace, or it is none that may stand here. */
function scanExtension(s: XmlScanner, parts: Parts, namespace: string): boolean {
  const { from, name } = s;
  if (name.namespace === namespace || name.namespace === '') {
    bends(s, 'imdn-content', 'syntax', 'imdn', from, 'an element of the schema or of another namespace');
  }
  const element = s.error === undefined ? scanElement(s) : undefined;
  if (element === undefined) return false;
  const interworking = parts.notification === undefined ? readInterworking(element) : undefined;
  if (interworking !== undefined) parts.notification = interworking;
  else {
    parts.extensions ??= [];
    parts.extensions.push(element);
  }
  return true;
}

/** Whether all is there that must be; the scanner stands behind the end of the document. */
function isComplete(s: XmlScanner, seen: number): boolean {
  const { from } = s;
  if ((seen & MESSAGE_ID) === 0) return wrong(s, 'missing', 'imdn', from, 'message-id', 'RFC5438-11.1.1');
  if ((seen & DATE_TIME) === 0) bends(s, 'imdn-datetime', 'missing', 'imdn', from, 'datetime', 'RFC5438-11.1.2');
  const uris = seen & (RECIPIENT_URI | ORIGINAL_RECIPIENT_URI);
  if (uris === RECIPIENT_URI) bends(s, 'imdn-recipient-uri', 'missing', 'imdn', from, 'original-recipient-uri');
  else if (uris === ORIGINAL_RECIPIENT_URI || (uris === 0 && (seen & SUBJECT) !== 0)) {
    bends(s, 'imdn-recipient-uri', 'missing', 'imdn', from, 'recipient-uri');
  }
  if ((seen & (NOTIFICATION | EXTENSION)) === 0) wrong(s, 'missing', 'imdn', from, 'a notification', 'RFC5438-11.1.6');
  return s.error === undefined;
}
