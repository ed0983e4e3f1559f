/*
 * The answer to an offer (RFC 3264 6): as many media in the same order, the message medium taken or refused, every other
 * one refused. Who connects is as RFC 6135 has it, files are as RFC 5547 8.3 has them.
 */
import { EncodeError } from '../core/error.ts';
import { type Direction, inverse } from './direction.ts';
import { fileSelector } from './file-selector.ts';
import { acceptTypes, commonFormats, type FormatEntry } from './format-list.ts';
import { fileTransferId, type Setup } from './keywords.ts';
import {
  acceptedType,
  attribute,
  hostOf,
  type MsrpEndpoint,
  mediumOf,
  type OriginInput,
  type PathParts,
  pathParts,
  sessionLines,
} from './msrp-lines.ts';
import { type MsrpMedia, readMsrpMedia } from './msrp-media.ts';
import type { SdpLine, SdpMedia, SdpSession } from './session.ts';

/** How an offer is taken. Where the two sides accept nothing in common, it is refused all the same. */
export interface MsrpAcceptance extends MsrpEndpoint {
  /** Where absent: `active` to `passive`, `passive` to all others. `active` answers `actpass` from behind a NAT. */
  readonly setup?: 'active' | 'passive' | undefined;
  /** What answers the offer's where absent: `recvonly` to `sendonly`. */
  readonly direction?: Direction | undefined;
  readonly refuse?: false | undefined;
}

export interface MsrpRefusal {
  readonly origin: OriginInput;
  /** `s=`; `-` where absent. */
  readonly sessionName?: string | undefined;
  /** Whether the medium is refused: port 0. */
  readonly refuse: true;
}

export type MsrpAnswer = MsrpAcceptance | MsrpRefusal;

/**
 * The answer. An offer whose message medium cannot be read has all of its media refused. The transfer's id and range and
 * the file's name, type and size are those of the offer unless the input has others. Throws EncodeError on what does not
 * answer the offer.
 */
export function answerMsrpOffer(offer: SdpSession, input: MsrpAnswer): SdpSession {
  const read = readMsrpMedia(offer);
  const media = read.ok ? read.value : undefined;
  const times = offer.lines.filter(({ type }) => 'trz'.includes(type));
  const parts = input.refuse === true ? undefined : pathParts(input.path);
  const own = input.refuse === true ? undefined : input.address;
  const address = own ?? (parts === undefined ? input.origin.address : hostOf(parts.own));
  const addressPath = own !== undefined ? 'address' : parts === undefined ? 'origin.address' : 'path';
  const taken = input.refuse === true || media === undefined ? undefined : take(media, input, parts as PathParts);
  return {
    lines: sessionLines(input.origin, input.sessionName, address, addressPath, times),
    media: offer.media.map((medium, i) => (i === media?.index ? (taken ?? refused(medium, media)) : refused(medium))),
  };
}

/** The medium that takes the offered one; `undefined` where the offer ends it or nothing is accepted by both sides. */
function take(offered: MsrpMedia, input: MsrpAcceptance, path: PathParts): SdpMedia | undefined {
  const accepted = commonFormats(input.acceptTypes.map(acceptedType), offeredTypes(offered));
  const direction = answerDirection(offered.direction, input.direction);
  const setup = answerSetup(offered.setup, input.setup);
  if (offered.port === 0 || accepted.length === 0) return undefined;
  if (path.secure !== offered.secure) {
    const expected = offered.secure ? 'msrps' : 'msrp';
    throw new EncodeError(`the offer asks for ${expected}`, 'path', 'RFC4975-8.1', 'LM-E5');
  }
  const file = { ...input, ...transferOf(offered, input) };
  return mediumOf(file, { path, setup, direction, accepted });
}

function offeredTypes({ acceptTypes: texts }: MsrpMedia): readonly FormatEntry[] {
  const read = acceptTypes.parse(texts.join(' '));
  return read.ok ? read.value : [];
}

/** What of the offer's transfer stands in the answer too (RFC 5547 8.1, 8.3.1). */
function transferOf(
  { fileTransferId, fileSelector, fileRange }: MsrpMedia,
  input: MsrpAcceptance,
): Pick<MsrpEndpoint, 'fileTransferId' | 'fileSelector' | 'fileRange'> {
  if (input.fileTransferId !== undefined && input.fileTransferId !== fileTransferId) {
    throw new EncodeError('an answer has the id of the offer', 'fileTransferId', 'RFC5547-8.1', 'LM-E5');
  }
  const selector = fileSelector === undefined ? undefined : { ...fileSelector, hashes: [] };
  return {
    fileTransferId,
    fileSelector: input.fileSelector ?? selector,
    fileRange: input.fileRange ?? fileRange,
  };
}

/** RFC 3264 6.1: who was offered one way takes it, or none. Not written where both ways are open and none is asked for. */
function answerDirection(offered: Direction, wanted: Direction | undefined): Direction | undefined {
  const answer = inverse(offered);
  if (wanted === undefined) return answer === 'sendrecv' ? undefined : answer;
  if (answer === 'sendrecv' || wanted === answer || wanted === 'inactive') return wanted;
  throw new EncodeError(`${wanted} does not answer ${offered}`, 'direction', 'RFC3264-6.1', 'LM-E5a');
}

/** RFC 4145 4.1; who offers nothing is active (RFC 4975 8.5). */
function answerSetup(offered: Setup | undefined, wanted: 'active' | 'passive' | undefined): 'active' | 'passive' {
  const answer = offered === 'passive' ? 'active' : 'passive';
  if (wanted === undefined || wanted === answer) return answer;
  if (offered === 'actpass' && wanted === 'active') return wanted;
  throw new EncodeError(`${wanted} does not answer ${offered ?? 'active'}`, 'setup', 'RFC4145-4.1', 'LM-E5');
}

/** The medium with port 0. One that would have been a transfer tells which (RFC 5547 8.3). */
function refused({ lines }: SdpMedia, media?: MsrpMedia): SdpMedia {
  const [first] = lines;
  const answer: SdpLine[] = [{ type: 'm', value: withoutPort(first?.value ?? '') }];
  if (media?.fileSelector !== undefined) {
    answer.push({ type: 'a', value: attribute(fileSelector, media.fileSelector, 'fileSelector') });
  }
  if (media?.fileTransferId !== undefined) {
    answer.push({ type: 'a', value: attribute(fileTransferId, media.fileTransferId, 'fileTransferId') });
  }
  return { lines: answer };
}

/** The line with 0 for its second word, whether that is a port or not. */
function withoutPort(line: string): string {
  const [media, , ...rest] = line.split(' ').filter((word) => word !== '');
  return [media, '0', ...rest].join(' ');
}
