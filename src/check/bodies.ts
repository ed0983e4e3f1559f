/*
 * What a message carries, taken apart as far as codecs go: bodies in multiparts and in CPIM, each with its place. In the
 * order of the octets, what holds others before them.
 */
import type { ParseError } from '../core/error.ts';
import { limits } from '../core/limits.ts';
import type { ParseOptions } from '../core/options.ts';
import type { Note, Result } from '../core/result.ts';
import { asciiLower, sameText } from '../core/text.ts';
import { type CpimMessage, cpim } from '../cpim/message.ts';
import { type Imdn, imdn } from '../imdn/payload.ts';
import { contentDisposition } from '../mime/content-headers.ts';
import { type ExternalBody, readExternalBody } from '../mime/external-body.ts';
import { getMime, type Part } from '../mime/fields.ts';
import { type Entity, partEntity } from '../mime/find-part.ts';
import type { MediaType } from '../mime/media-type.ts';
import { decodeMultipart, type Multipart } from '../mime/multipart.ts';
import { decodeTransfer } from '../mime/transfer-encoding.ts';
import { type SdpSession, sdp } from '../sdp/session.ts';
import { type ResourceLists, resourceLists } from '../xml/resource-lists.ts';
import type { Place } from './place.ts';

/** What all bodies have. */
interface Common {
  /** The media type in small letters: what findings name. */
  readonly type: string;
  readonly place: Place;
  /** The part that the body is of; `undefined` where it is not in a multipart or in CPIM. */
  readonly part: Part | undefined;
  readonly notes: readonly Note[];
}

export interface SdpBody extends Common {
  readonly kind: 'sdp';
  readonly session: SdpSession;
}

export interface CpimBody extends Common {
  readonly kind: 'cpim';
  readonly message: CpimMessage;
  /** The content, and what is in it. */
  readonly content: readonly Body[];
}

export interface ImdnBody extends Common {
  readonly kind: 'imdn';
  readonly imdn: Imdn;
}

export interface ListsBody extends Common {
  readonly kind: 'resource-lists';
  readonly document: ResourceLists;
  /** What Content-Disposition says it is for. */
  readonly purpose: string | undefined;
}

export interface MultipartBody extends Common {
  readonly kind: 'multipart';
  readonly multipart: Multipart;
}

export interface ExternalContent extends Common {
  readonly kind: 'external-body';
  readonly external: ExternalBody;
}

/** Of a type that has a codec, which refuses it. */
export interface RefusedBody extends Common {
  readonly kind: 'refused';
  readonly error: ParseError;
}

/** Of a type that nothing is known about. */
export interface OtherBody extends Common {
  readonly kind: 'other';
}

export type Body =
  | SdpBody
  | CpimBody
  | ImdnBody
  | ListsBody
  | MultipartBody
  | ExternalContent
  | RefusedBody
  | OtherBody;

/** An entity, and all that is in it. */
export function bodiesOf(entity: Entity, place: Place, options?: ParseOptions): readonly Body[] {
  const bodies: Body[] = [];
  take(bodies, { entity, place, part: undefined, depth: 0 }, options);
  return bodies;
}

interface Step {
  readonly entity: Entity;
  readonly place: Place;
  readonly part: Part | undefined;
  readonly depth: number;
}

type Decoder = (octets: Uint8Array, options: ParseOptions | undefined, common: CommonParts) => Result<Body>;
type CommonParts = Omit<Common, 'notes'>;

const DECODERS: ReadonlyMap<string, Decoder> = new Map<string, Decoder>([
  [
    'application/sdp',
    (octets, options, common) =>
      made(sdp.decode(octets, options), (session, notes) => ({ kind: 'sdp', ...common, notes, session })),
  ],
  [
    'message/imdn+xml',
    (octets, options, common) =>
      made(imdn.decode(octets, options), (value, notes) => ({ kind: 'imdn', ...common, notes, imdn: value })),
  ],
  [
    'application/resource-lists+xml',
    (octets, options, common) =>
      made(resourceLists.decode(octets, options), (document, notes) => {
        const disposition = common.part === undefined ? undefined : getMime(common.part, contentDisposition);
        const purpose = disposition?.ok === true ? disposition.value.type : undefined;
        return { kind: 'resource-lists', ...common, notes, document, purpose };
      }),
  ],
]);

function made<T>(result: Result<T>, body: (value: T, notes: readonly Note[]) => Body): Result<Body> {
  return result.ok ? { ok: true, value: body(result.value, result.notes), notes: result.notes } : result;
}

function take(bodies: Body[], step: Step, options: ParseOptions | undefined): void {
  const { entity, place, part, depth } = step;
  const { contentType } = entity;
  const type = `${asciiLower(contentType.type)}/${asciiLower(contentType.subtype)}`;
  const common: CommonParts = { type, place, part };
  const { octets } = place;
  if (sameText(contentType.type, 'multipart')) takeMultipart(bodies, step, common, contentType, options);
  else if (type === 'message/cpim') takeCpim(bodies, common, depth, options);
  else if (type === 'message/external-body') {
    const external = readExternalBody(contentType, octets);
    bodies.push(
      external.ok
        ? { kind: 'external-body', ...common, notes: external.notes, external: external.value }
        : refused(common, external.error),
    );
  } else {
    const read = DECODERS.get(type)?.(octets, options, common);
    if (read === undefined) bodies.push({ kind: 'other', ...common, notes: [] });
    else bodies.push(read.ok ? read.value : refused(common, read.error));
  }
}

function takeMultipart(
  bodies: Body[],
  { place, depth }: Step,
  common: CommonParts,
  type: MediaType,
  options: ParseOptions | undefined,
): void {
  const { nesting } = limits(options?.limits);
  if (depth === nesting) {
    const expected = `at most ${nesting} multiparts inside each other`;
    const clause = 'RFC2046-5.1.2';
    bodies.push(refused(common, { code: 'limit', rule: 'multipart-body', clause, offset: 0, expected }));
    return;
  }
  const read = decodeMultipart(place.octets, type, options);
  if (!read.ok) {
    bodies.push(refused(common, read.error));
    return;
  }
  bodies.push({ kind: 'multipart', ...common, notes: read.notes, multipart: read.value });
  for (const part of read.value.parts) takePart(bodies, part, type, place, depth + 1, options);
}

function takeCpim(bodies: Body[], common: CommonParts, depth: number, options: ParseOptions | undefined): void {
  const { place } = common;
  const read = cpim.decode(place.octets, options);
  if (!read.ok) {
    bodies.push(refused(common, read.error));
    return;
  }
  const content: Body[] = [];
  const { nesting } = limits(options?.limits);
  if (depth < nesting) takePart(content, read.value.content, undefined, place, depth + 1, options);
  bodies.push({ kind: 'cpim', ...common, notes: read.notes, message: read.value, content });
  for (const body of content) bodies.push(body);
}

/** A part whose Content-Type or transfer encoding cannot be read is none of these: its fields are looked at anyway. */
function takePart(
  bodies: Body[],
  part: Part,
  parent: MediaType | undefined,
  place: Place,
  depth: number,
  options: ParseOptions | undefined,
): void {
  const entity = partEntity(part, parent, options);
  if (!entity.ok) return;
  const octets = decodeTransfer(part, options);
  if (!octets.ok) {
    const { contentType } = entity.value;
    const type = `${asciiLower(contentType.type)}/${asciiLower(contentType.subtype)}`;
    bodies.push(refused({ type, place: place.inner(part.body), part }, octets.error));
    return;
  }
  take(bodies, { entity: entity.value, place: place.decoded(octets.value, part.body), part, depth }, options);
}

function refused(common: CommonParts, error: ParseError): RefusedBody {
  return { kind: 'refused', ...common, notes: [], error };
}
