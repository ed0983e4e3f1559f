/*
 * The message medium of a session (RFC 4975 8): offered, and read from an offer or an answer. What answers an offer is in
 * msrp-answer.ts.
 */
import { EncodeError, type ParseError } from '../core/error.ts';
import type { ParseOptions } from '../core/options.ts';
import { type Note, ok, type Result, refuse } from '../core/result.ts';
import { sameText } from '../core/text.ts';
import type { MsrpUri } from '../msrp/uri.ts';
import { getAttribute, getLine, type SdpCodec } from './access.ts';
import { type Direction, direction } from './direction.ts';
import { type FileDate, fileDate } from './file-date.ts';
import { fileIcon } from './file-icon.ts';
import { type FileRange, fileRange } from './file-range.ts';
import { type FileSelector, fileSelector } from './file-selector.ts';
import { acceptTypes, acceptWrappedTypes, type FormatEntry } from './format-list.ts';
import { fingerprint, type Hash } from './hash.ts';
import { fileDisposition, fileTransferId, setup } from './keywords.ts';
import { type MediaLine, mediaLine } from './media-line.ts';
import {
  acceptedType,
  hostOf,
  isOwnAttribute,
  type MsrpEndpoint,
  mediumOf,
  pathParts,
  protocol,
  sessionLines,
} from './msrp-lines.ts';
import { filesize, maxSize } from './numbers.ts';
import { connectionData } from './origin.ts';
import { path } from './path.ts';
import type { SdpMedia, SdpSection, SdpSession } from './session.ts';

/** What is offered. */
export interface MsrpOffer extends MsrpEndpoint {
  /** `actpass` where absent; `active` for who cannot be reached. An offer has no other (RFC 6135 4.2.2). */
  readonly setup?: 'active' | 'actpass' | undefined;
  /** Not written where absent, which means `sendrecv`. A large message is offered `sendonly`. */
  readonly direction?: Direction | undefined;
}

/** What the message medium of a session says. A part that is absent, or cannot be read, is `undefined` or empty. */
export interface MsrpMedia {
  /** Its number among the media of the session, from 0. */
  readonly index: number;
  /** 0 where the medium is refused. */
  readonly port: number;
  /** Whether it goes over TLS: `TCP/TLS/MSRP`. */
  readonly secure: boolean;
  /** Of the `c=` of the medium or, without one, of the session. MSRP connects to the first URI of the path instead. */
  readonly address: string | undefined;
  readonly path: readonly MsrpUri[];
  /** As written: `message/cpim`, `text/*`, `*`. */
  readonly acceptTypes: readonly string[];
  readonly acceptWrappedTypes: readonly string[] | undefined;
  readonly maxSize: number | undefined;
  /** `holdconn` counts as none (RFC 6135 4.2.1). */
  readonly setup: 'active' | 'passive' | 'actpass' | undefined;
  /** The medium's, else the session's, else `sendrecv`. */
  readonly direction: Direction;
  readonly fileSize: number | undefined;
  readonly fileSelector: FileSelector | undefined;
  readonly fileTransferId: string | undefined;
  readonly fileDisposition: string | undefined;
  readonly fileDate: FileDate | undefined;
  readonly fileIcon: string | undefined;
  readonly fileRange: FileRange | undefined;
  readonly fingerprint: Hash | undefined;
  /** The medium's other attributes, in order, as they stand behind `a=`. */
  readonly attributes: readonly string[];
  /** Why parts that stand in the session cannot be read; `field` is the number of the line in the medium. */
  readonly errors: readonly ParseError[];
}

/**
 * An offer with one message medium. Throws EncodeError that names what is wrong in the input, and the duty.
 *
 * @duty LM-E5, LM-E5a, LM-E6 (build)
 */
export function composeMsrpOffer(input: MsrpOffer): SdpSession {
  const parts = pathParts(input.path);
  const role = input.setup ?? 'actpass';
  if (role !== 'active' && role !== 'actpass') {
    throw new EncodeError(`an offer is active or actpass, not ${role}`, 'setup', 'RFC6135-4.2.2', 'LM-E5');
  }
  const address = input.address ?? hostOf(parts.own);
  const addressPath = input.address === undefined ? 'path' : 'address';
  return {
    lines: sessionLines(input.origin, input.sessionName, address, addressPath, [{ type: 't', value: '0 0' }]),
    media: [
      mediumOf(input, {
        path: parts,
        setup: role,
        direction: input.direction,
        accepted: input.acceptTypes.map(acceptedType),
      }),
    ],
  };
}

/** Letters of RFC 4566; a session with any other one is to be ignored (section 5). */
const LETTERS = 'vosiuepcbtrzkam';

/**
 * What the first message medium of a session says, offer or answer. Refused is what cannot be said in these terms: a
 * session of another version or with lines of unknown types, without a message medium, or with one whose `m=` line, path
 * or direction is broken.
 *
 * @duty LM-E5, LM-E5a, LM-E6 (parse)
 */
export function readMsrpMedia(session: SdpSession, options?: ParseOptions): Result<MsrpMedia> {
  const foreign = foreignLine(session);
  if (foreign !== undefined) return refuse(foreign);
  const found = findMessageMedium(session);
  if (!found.ok) return found;
  const { index, line } = found.value;
  const medium = session.media[index] as SdpMedia;
  const way = direction(medium, session);
  if (!way.ok) return way;
  const errors: ParseError[] = [];
  const notes: Note[] = [];
  const value = <T>(result: Result<T> | undefined): T | undefined => {
    if (result === undefined) return undefined;
    if (result.ok) notes.push(...result.notes);
    else errors.push(result.error);
    return result.ok ? result.value : undefined;
  };
  const read = <T>(codec: SdpCodec<T>): T | undefined => value(getAttribute(medium, codec, options));
  const uris = getAttribute(medium, path, options);
  if (uris?.ok === false) return uris;
  const role = read(setup);
  const types = read(acceptTypes);
  const wrapped = read(acceptWrappedTypes);
  return ok(
    {
      index,
      port: line.port,
      secure: sameText(line.proto, protocol(true)),
      address: (value(getLine(medium, connectionData)) ?? value(getLine(session, connectionData)))?.address,
      path: uris?.value ?? [],
      acceptTypes: types?.map(typeText) ?? [],
      acceptWrappedTypes: wrapped?.map(typeText),
      maxSize: read(maxSize),
      setup: role === 'holdconn' ? undefined : role,
      direction: way.value,
      fileSize: read(filesize),
      fileSelector: read(fileSelector),
      fileTransferId: read(fileTransferId),
      fileDisposition: read(fileDisposition),
      fileDate: read(fileDate),
      fileIcon: read(fileIcon),
      fileRange: read(fileRange),
      fingerprint: read(fingerprint),
      attributes: furtherAttributes(medium),
      errors,
    },
    notes,
  );
}

function typeText(entry: FormatEntry): string {
  return acceptTypes.format([entry]);
}

function furtherAttributes({ lines }: SdpSection): readonly string[] {
  return lines.filter(({ type, value }) => type === 'a' && !isOwnAttribute(value)).map(({ value }) => value);
}

/** Why the session is one that has to be ignored, where it is. */
function foreignLine(session: SdpSession): ParseError | undefined {
  const { lines, media } = session;
  if (lines[0]?.value !== '0') {
    return { code: 'unsupported', rule: 'proto-version', clause: 'RFC4566-5.1', offset: 0, expected: '0', field: 0 };
  }
  for (const section of [session, ...media]) {
    const field = section.lines.findIndex(({ type }) => !LETTERS.includes(type));
    if (field < 0) continue;
    return { code: 'unsupported', rule: 'type', clause: 'RFC4566-5', offset: 0, expected: 'a known type', field };
  }
  return undefined;
}

/** The first medium that is one of messages over MSRP; without one, what is wrong with the first that is broken. */
function findMessageMedium({ media }: SdpSession): Result<{ readonly index: number; readonly line: MediaLine }> {
  let broken: ParseError | undefined;
  for (const [index, medium] of media.entries()) {
    const line = getLine(medium, mediaLine);
    if (line?.ok === true && isMessageMedium(line.value)) return ok({ index, line: line.value });
    if (line?.ok === false) broken ??= line.error;
  }
  const expected = 'm=message over TCP/MSRP';
  return refuse(broken ?? { code: 'missing', rule: 'media-field', clause: 'RFC4975-8.1', offset: 0, expected });
}

function isMessageMedium({ media, proto }: MediaLine): boolean {
  return sameText(media, 'message') && (sameText(proto, protocol(false)) || sameText(proto, protocol(true)));
}
