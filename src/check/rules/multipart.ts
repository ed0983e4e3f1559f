/* Bodies as such, and the parts of multiparts: RFC 2045, RFC 2046 5.1. */
import { contentDisposition, contentType } from '../../mime/content-headers.ts';
import { contentId } from '../../mime/content-id.ts';
import { getMime, type MimeField, type Part, ReceivedMimeField } from '../../mime/fields.ts';
import { contentTransferEncoding } from '../../mime/transfer-encoding.ts';
import { type BodyRule, type Found, told } from '../finding.ts';
import type { Place, Range } from '../place.ts';

export const refusedBody: BodyRule<'refused'> = {
  kind: 'refused',
  clause: 'RFC3261-7.4',
  severity: 'error',
  asks: 'a body is what its Content-Type says',
  find: ({ place, error }) => [{ range: place.lineFrom(error.offset), message: told(error), clause: error.clause }],
};

const hasParts: BodyRule<'multipart'> = {
  kind: 'multipart',
  clause: 'RFC2046-5.1.1',
  severity: 'error',
  asks: 'a multipart body has a part',
  find({ multipart, place }) {
    return multipart.parts.length > 0 ? [] : [{ range: place.whole, message: 'missing: no part at all' }];
  },
};

const partFields: BodyRule<'multipart'> = {
  kind: 'multipart',
  clause: 'RFC2045-3',
  severity: 'error',
  asks: 'the fields of a part are ones by their grammar, and stand once',
  find: ({ multipart, place }) => multipart.parts.flatMap((part) => faultsInFields(part, place)),
};

const CODECS = [contentType, contentDisposition, contentTransferEncoding, contentId] as const;

/** What is wrong with the fields of a part that lies in the place. */
export function faultsInFields(part: Part, place: Place): readonly Found[] {
  const found: Found[] = [];
  for (const field of part.fields) {
    if (field.name === '') found.push({ range: rangeOfField(field, place), message: 'syntax in field-name' });
  }
  for (const codec of CODECS) {
    const result = getMime<unknown>(part, codec);
    if (result === undefined || result.ok) continue;
    const named = part.fields.filter(({ name }) => name.toLowerCase() === codec.name.toLowerCase());
    const field = part.fields[result.error.field ?? -1] ?? (named[0] as MimeField);
    const { clause } = result.error;
    found.push({ range: rangeOfField(field, place), message: `${codec.name}: ${told(result.error)}`, clause });
  }
  return found;
}

/** A field of a part that lies in the place, with its folds. */
export function rangeOfField(field: MimeField, place: Place): Range {
  const octets = ReceivedMimeField.octetsOf(field);
  return octets === undefined ? place.whole : place.rangeOf(octets);
}

export const MULTIPART_RULES: readonly BodyRule<'multipart'>[] = [hasParts, partFields];
