/*
 * Searching a body for a media type, through multiparts inside each other (RFC 2046 5.1.2), in the order of the
 * octets. How deep is a limit, `nesting`; a multipart that is broken hides its own parts and no others.
 */
import type { ParseError } from '../core/error.ts';
import { limits } from '../core/limits.ts';
import type { ParseOptions } from '../core/options.ts';
import { type Note, ok, type Result, refuse } from '../core/result.ts';
import { sameText } from '../core/text.ts';
import { contentType } from './content-headers.ts';
import { getMime, type MimeField, type Part } from './fields.ts';
import { isMediaType, type MediaType } from './media-type.ts';
import { decodeMultipart } from './multipart.ts';

/** A body with what it is: of a message, of a part, of the content of a CPIM message. */
export interface Entity {
  readonly contentType: MediaType;
  readonly body: Uint8Array;
  /** The fields of its part; what else a message says about its body is the message's. */
  readonly fields?: readonly MimeField[] | undefined;
}

const TEXT_PLAIN: MediaType = { type: 'text', subtype: 'plain', params: [] };
const RFC822: MediaType = { type: 'message', subtype: 'rfc822', params: [] };

/**
 * What a part of a multipart is: by its Content-Type, or where it has none `text/plain`, in a `multipart/digest`
 * `message/rfc822` (RFC 2046 5.1.1, 5.1.5). The error of a Content-Type that is broken.
 */
export function partEntity(part: Part, parent?: MediaType, options?: ParseOptions): Result<Entity> {
  const { fields, body } = part;
  const type = getMime(part, contentType, options);
  if (type !== undefined) return type.ok ? ok({ contentType: type.value, fields, body }, type.notes) : type;
  const digest = parent !== undefined && isMediaType(parent, 'multipart/digest');
  return ok({ contentType: digest ? RFC822 : TEXT_PLAIN, fields, body });
}

/**
 * The first body of the media type `name` (`type/subtype`), the entity's own included. `undefined` where there is
 * none; an error where there is none and something on the way could not be read, or lay too deep.
 */
export function findPart(entity: Entity, name: string, options?: ParseOptions): Result<Entity> | undefined {
  const { found, notes, error } = search(entity, name, 1, options);
  const first = found[0];
  if (first !== undefined) return ok(first, notes);
  return error === undefined ? undefined : refuse(error);
}

/** All bodies of the media type, in order. An error where something on the way could not be read, or lay too deep. */
export function findParts(entity: Entity, name: string, options?: ParseOptions): Result<readonly Entity[]> {
  const { found, notes, error } = search(entity, name, Number.POSITIVE_INFINITY, options);
  return error === undefined ? ok(found, notes) : refuse(error);
}

interface Search {
  readonly found: readonly Entity[];
  readonly notes: readonly Note[];
  /** The first one: of a multipart or of a Content-Type. Its offset counts from the body of that multipart. */
  readonly error: ParseError | undefined;
}

function search(root: Entity, name: string, wanted: number, options: ParseOptions | undefined): Search {
  const { nesting } = limits(options?.limits);
  const found: Entity[] = [];
  const notes: Note[] = [];
  let error: ParseError | undefined;
  const waiting: { readonly read: Result<Entity>; readonly depth: number }[] = [{ read: ok(root), depth: 0 }];
  for (let next = waiting.pop(); next !== undefined && found.length < wanted; next = waiting.pop()) {
    const { read, depth } = next;
    if (!read.ok) {
      error ??= read.error;
      continue;
    }
    const entity = read.value;
    if (isMediaType(entity.contentType, name)) found.push(entity);
    else if (!sameText(entity.contentType.type, 'multipart')) continue;
    else if (depth === nesting) error ??= tooDeep(nesting);
    else {
      const inner = decodeMultipart(entity.body, entity.contentType, options);
      if (!inner.ok) {
        error ??= inner.error;
        continue;
      }
      for (const note of inner.notes) notes.push(note);
      for (const part of inner.value.parts.toReversed()) {
        waiting.push({ read: partEntity(part, entity.contentType, options), depth: depth + 1 });
      }
    }
  }
  return { found, notes, error };
}

function tooDeep(nesting: number): ParseError {
  const expected = `at most ${nesting} multiparts inside each other`;
  return { code: 'limit', rule: 'multipart-body', clause: 'RFC2046-5.1.2', offset: 0, expected };
}
