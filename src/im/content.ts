/*
 * What a message carries: text, octets of a media type, or content that is stored elsewhere (change request 8.1.1
 * step 9; RFC 4483).
 */
import { type ClauseId, EncodeError } from '../core/error.ts';
import { toUtf8 } from '../core/octets.ts';
import { sameText } from '../core/text.ts';
import { line, token, wellFormed } from '../core/write.ts';
import { contentType } from '../mime/content-headers.ts';
import { composeExternalBody, type ExternalBody, readExternalBody } from '../mime/external-body.ts';
import type { MimeField } from '../mime/fields.ts';
import { isMediaType, type MediaType } from '../mime/media-type.ts';
import { parseInput } from './input.ts';

const CLAUSE: ClauseId = 'OMA-IM-8.1.1';

/** Content of a message with its media type; text is written as UTF-8. */
export interface Content {
  readonly contentType: string | MediaType;
  readonly content: string | Uint8Array;
  /** Further fields of its body part, which only a message to several recipients has: Content-ID, Content-Language … */
  readonly fields?: readonly MimeField[] | undefined;
}

/** Content as it is read. */
export interface ReadContent {
  readonly contentType: MediaType;
  readonly content: Uint8Array;
  readonly fields?: readonly MimeField[] | undefined;
}

/** Content as it is written: what it is, its octets, the further fields of its part. */
export interface WrittenContent {
  readonly type: MediaType;
  readonly octets: Uint8Array;
  readonly fields: readonly MimeField[];
}

/** What a body without Content-Type is. */
export const TEXT_PLAIN: MediaType = {
  type: 'text',
  subtype: 'plain',
  params: [{ name: 'charset', value: 'UTF-8' }],
};

/**
 * The body for what the caller gives. Throws EncodeError under `body`.
 *
 * @duty PM-9 (build)
 */
export function writeContent(given: string | Content | ExternalBody): WrittenContent {
  if (typeof given === 'string') {
    return { type: TEXT_PLAIN, octets: toUtf8(wellFormed(given, 'body', CLAUSE)), fields: [] };
  }
  if ('accessType' in given) {
    const { contentType: type, body } = composeExternalBody(given);
    return { type, octets: body, fields: [] };
  }
  const { contentType: type, content, fields = [] } = given;
  for (const [i, { name, value }] of fields.entries()) {
    token(name, `body.fields[${i}].name`, 'RFC2045-3');
    line(value, `body.fields[${i}].value`, 'RFC2045-3');
    if (sameText(name, contentType.name)) {
      throw new EncodeError(`${name} is not given as a field`, `body.fields[${i}]`, CLAUSE, 'PM-0');
    }
  }
  const mediaType = typeof type === 'string' ? parseInput(contentType, type, 'body.contentType', 'PM-0') : type;
  const octets = typeof content === 'string' ? toUtf8(wellFormed(content, 'body.content', CLAUSE)) : content;
  return { type: mediaType, octets, fields };
}

/**
 * What a body is: an external one as an object, where it can be read and its part has no further fields.
 *
 * @duty PM-9 (parse)
 */
export function readContent(
  type: MediaType,
  content: Uint8Array,
  fields: readonly MimeField[] = [],
): ReadContent | ExternalBody {
  const further = fields.filter(({ name }) => !sameText(name, contentType.name));
  if (further.length > 0) return { contentType: type, content, fields: further };
  if (isMediaType(type, 'message/external-body')) {
    const external = readExternalBody(type, content);
    if (external.ok) return external.value;
  }
  return { contentType: type, content };
}
