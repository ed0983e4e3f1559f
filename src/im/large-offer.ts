/*
 * The offer of a large message session (change request 9.1.1.2 steps 5 and 6; RFC 4975 8): one message medium, in one
 * direction, with the size of the message that will be sent.
 *
 *   a=filesize            what MSRP will carry, wrapper included: "the actual size of the total message"
 *   a=file-selector:size  the content alone, "not include any potential overhead added by a wrapper" (RFC 5547 6)
 */
import { type ClauseId, EncodeError, within } from '../core/error.ts';
import { toUtf8 } from '../core/octets.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import { wellFormed } from '../core/write.ts';
import { cpim } from '../cpim/message.ts';
import { contentType } from '../mime/content-headers.ts';
import { isMediaType, type MediaType } from '../mime/media-type.ts';
import { decodeTransfer } from '../mime/transfer-encoding.ts';
import { msrpUri } from '../msrp/uri.ts';
import { getLine } from '../sdp/access.ts';
import type { Direction } from '../sdp/direction.ts';
import type { FileSelector } from '../sdp/file-selector.ts';
import type { Hash } from '../sdp/hash.ts';
import { composeMsrpOffer, type MsrpMedia, type MsrpOffer, readMsrpMedia } from '../sdp/msrp-media.ts';
import { origin } from '../sdp/origin.ts';
import { type SdpSession, sdp } from '../sdp/session.ts';
import type { NameAddr } from '../sip/name-addr.ts';
import { hideInCpim, namesSender } from './anonymity.ts';
import type { Content } from './content.ts';
import { parseInput } from './input.ts';

const CLAUSE: ClauseId = 'OMA-IM-9.1.1.2';

/** What else than its size tells a file. */
export interface FileDescription {
  readonly name?: string | undefined;
  readonly type?: MediaType | undefined;
  readonly hashes?: readonly Hash[] | undefined;
}

/** Where and how the client takes part in the MSRP session. */
export interface LargeMessageMedia extends Omit<MsrpOffer, 'acceptTypes' | 'fileSize' | 'fileSelector'> {
  /** `message/cpim` with anything in it, where neither this nor `acceptWrappedTypes` is given. */
  readonly acceptTypes?: readonly string[] | undefined;
  /** Only `sendonly`, which is what is written. */
  readonly direction?: Direction | undefined;
  readonly fileSelector?: FileDescription | undefined;
}

/** Octets of the message that will be sent. */
export interface MessageSize {
  /** What MSRP will carry, wrapper included. */
  readonly size?: number | undefined;
  /** The content alone, without a wrapper and without a transfer encoding. */
  readonly contentSize?: number | undefined;
}

/** Which attributes tell the size. */
export type SizeAttributes = 'filesize' | 'file-selector' | 'both';

/** What the offer of a large message is composed from. */
export interface LargeOfferInput {
  readonly media: LargeMessageMedia;
  /** The message that will be sent, `message/cpim` mostly; or its size. */
  readonly content: MessageSize | Pick<Content, 'contentType' | 'content'>;
  /** `filesize` where absent. */
  readonly sizeAttributes?: SizeAttributes | undefined;
}

/**
 * The offer. Throws EncodeError that names the duty; an offer of `hidden` may not name who that is.
 *
 * @duty LM-E5, LM-E5a, LM-E6 (build) @duty LM-G5 (build)
 */
export function composeLargeOffer(input: LargeOfferInput, hidden?: NameAddr): SdpSession {
  const { media, content, sizeAttributes = 'filesize' } = input;
  const { acceptTypes, acceptWrappedTypes, direction = 'sendonly', fileSelector, ...rest } = media;
  if (direction !== 'sendonly') {
    throw new EncodeError(`a large message is not offered ${direction}`, 'media.direction', CLAUSE, 'LM-E5a');
  }
  const { size, contentSize } = measure(content, hidden !== undefined);
  const told = (attribute: SizeAttributes, octets: number | undefined, path: string): number | undefined => {
    if (sizeAttributes !== 'both' && sizeAttributes !== attribute) return undefined;
    if (octets !== undefined && Number.isSafeInteger(octets) && octets > 0) return octets;
    throw new EncodeError(`${octets} octets are no size of a message`, path, CLAUSE, 'LM-E6');
  };
  const fileSize = told('filesize', size, 'content.size');
  const selectedSize = told('file-selector', contentSize, 'content.contentSize');
  if (hidden !== undefined) keepHidden(media, hidden);
  const silent = acceptTypes === undefined && acceptWrappedTypes === undefined;
  try {
    return composeMsrpOffer({
      ...rest,
      acceptTypes: acceptTypes ?? ['message/cpim'],
      acceptWrappedTypes: silent ? ['*'] : acceptWrappedTypes,
      direction,
      fileSize,
      fileSelector: withSize(fileSelector, selectedSize),
    });
  } catch (error) {
    throw within('media', error);
  }
}

function withSize(told: LargeMessageMedia['fileSelector'], size: number | undefined): FileSelector | undefined {
  return told === undefined && size === undefined ? undefined : { ...told, size, hashes: told?.hashes ?? [] };
}

/** What the message is made of, in octets. */
function measure(content: LargeOfferInput['content'], hidden: boolean): MessageSize {
  if (!('contentType' in content)) return content;
  const given = content.contentType;
  const type = typeof given === 'string' ? parseInput(contentType, given, 'content.contentType', 'LM-E6') : given;
  const octets =
    typeof content.content === 'string'
      ? toUtf8(wellFormed(content.content, 'content.content', CLAUSE))
      : content.content;
  if (hidden) hideInCpim(type, octets, 'content.content');
  if (!isMediaType(type, 'message/cpim')) return { size: octets.length, contentSize: octets.length };
  const message = cpim.decode(octets);
  const inner = message.ok ? decodeTransfer(message.value.content) : message;
  if (inner.ok) return { size: octets.length, contentSize: inner.value.length };
  const { code, offset } = inner.error;
  throw new EncodeError(`no message/cpim: ${code} at ${offset}`, 'content.content', CLAUSE, 'LM-E6');
}

/** Who shall be hidden is not named where the connection is described. */
function keepHidden({ origin, path }: LargeMessageMedia, hidden: NameAddr): void {
  const users: [string | undefined, string][] = [[origin.username, 'media.origin.username']];
  path.forEach((given, i) => {
    const uri = typeof given === 'string' ? parseInput(msrpUri, given, `media.path[${i}]`, 'LM-E5') : given;
    users.push([uri.userinfo, `media.path[${i}]`]);
  });
  for (const [user, place] of users) {
    if (namesSender(user, hidden)) throw new EncodeError('would tell the identity', place, 'RFC3323-4.1', 'LM-G5');
  }
}

/** What an offer says, in the terms of its composer. */
export interface LargeOffer {
  readonly media: Omit<MsrpMedia, 'index' | 'secure' | 'errors' | 'fileSize' | 'fileSelector'> &
    Pick<LargeMessageMedia, 'origin' | 'sessionName' | 'fileSelector'>;
  /** Absent where the offer tells no size. */
  readonly content: MessageSize | undefined;
  readonly sizeAttributes: SizeAttributes;
}

/**
 * Reads an offer, given as octets of SDP. Refused where it is broken, and where it is of another medium or of several.
 *
 * @duty LM-E5, LM-E5a, LM-E6 (parse)
 */
export function readLargeOffer(octets: Uint8Array): Result<LargeOffer> {
  const session = sdp.decode(octets);
  if (!session.ok) return session;
  const { lines, media } = session.value;
  const read = readMsrpMedia(session.value);
  if (!read.ok) return read;
  if (media.length > 1) {
    const expected = 'one medium';
    return refuse({ code: 'unsupported', rule: 'media-descriptions', clause: CLAUSE, offset: 0, expected });
  }
  const made = getLine(session.value, origin);
  if (made === undefined || !made.ok) {
    return made ?? refuse({ code: 'missing', rule: 'origin-field', clause: 'RFC4566-5.2', offset: 0 });
  }
  const { username, sessionId, version, address } = made.value;
  const { index, secure, errors, fileSize: size, fileSelector, ...rest } = read.value;
  const { size: contentSize, name, type, hashes = [] } = fileSelector ?? {};
  const told = name !== undefined || type !== undefined || hashes.length > 0;
  return ok({
    media: {
      ...rest,
      origin: { username, sessionId, version, address },
      sessionName: lines.find((line) => line.type === 's')?.value,
      fileSelector: told ? { name, type, hashes } : undefined,
    },
    content: size === undefined && contentSize === undefined ? undefined : { size, contentSize },
    sizeAttributes: contentSize === undefined ? 'filesize' : size === undefined ? 'file-selector' : 'both',
  });
}
