/*
 * Body parts as plain data (RFC 2045 2.4, 2.5): fields and a body, received or made. What was received keeps its
 * octets and goes out as it came.
 */
import type { Codec } from '../core/codec.ts';
import { type ClauseId, EncodeError } from '../core/error.ts';
import { conversions, utf8, utf8Prefix } from '../core/octets.ts';
import type { ParseOptions } from '../core/options.ts';
import { type Result, refuse } from '../core/result.ts';
import { sameText } from '../core/text.ts';
import { line } from '../core/write.ts';
import type { Chunk } from './chunks.ts';

const CLAUSE: ClauseId = 'RFC2046-5.1.1';
const LF = 0x0a;

/** A field as plain data: the name as spelt, the value unfolded. A line that is no field has an empty name. */
export interface MimeField {
  readonly name: string;
  readonly value: string;
}

/** What has fields and a body: a part of a multipart, the content of a CPIM message. */
export interface Part {
  readonly fields: readonly MimeField[];
  readonly body: Uint8Array;
}

/** A field that was received keeps its octets, folds and all, so that it can be sent again as it came. */
export class ReceivedMimeField implements MimeField {
  readonly name: string;
  readonly value: string;
  readonly #octets: Uint8Array;
  readonly #from: number;
  readonly #to: number;

  constructor(name: string, value: string, octets: Uint8Array, from: number, to: number) {
    this.name = name;
    this.value = value;
    this.#octets = octets;
    this.#from = from;
    this.#to = to;
  }

  static octetsOf(field: MimeField): Uint8Array | undefined {
    return #octets in field ? field.#octets.subarray(field.#from, field.#to) : undefined;
  }
}

/** A part that was received keeps its octets. */
export class ReceivedPart implements Part {
  readonly fields: readonly MimeField[];
  readonly body: Uint8Array;
  readonly #octets: Uint8Array;
  readonly #from: number;
  readonly #to: number;

  constructor(fields: readonly MimeField[], octets: Uint8Array, from: number, bodyFrom: number, to: number) {
    this.fields = fields;
    this.body = octets.subarray(bodyFrom, to);
    this.#octets = octets;
    this.#from = from;
    this.#to = to;
  }

  static octetsOf(part: Part): Uint8Array | undefined {
    return #octets in part ? part.#octets.subarray(part.#from, part.#to) : undefined;
  }
}

/**
 * The value of a field of a body part: `undefined` where the field is absent, its error where the codec refuses it,
 * its octets are no UTF-8, or it occurs twice.
 */
export function getMime<T>(
  entity: { readonly fields: readonly MimeField[] },
  codec: Codec<T>,
  options?: ParseOptions,
): Result<T> | undefined {
  const { fields } = entity;
  const { name, rule, clause } = codec;
  let found: MimeField | undefined;
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i] as MimeField;
    if (!sameText(field.name, name)) continue;
    if (found !== undefined) {
      return refuse({ code: 'duplicate', rule, clause, offset: 0, expected: `one ${name}`, field: i });
    }
    found = field;
  }
  if (found === undefined) return undefined;
  const octets = found.value.includes('\ufffd') ? ReceivedMimeField.octetsOf(found) : undefined;
  if (octets !== undefined && utf8(octets) === undefined) {
    return refuse({ code: 'encoding', rule, clause, offset: badOffset(octets, found), expected: 'UTF-8' });
  }
  return codec.parse(found.value, options);
}

/** In the value, which folds may have made shorter than its octets. */
function badOffset(octets: Uint8Array, field: MimeField): number {
  const valid = conversions.latin1(octets, 0, utf8Prefix(octets));
  const from = Math.min(valid.indexOf(':') + 1, valid.length);
  return Math.max(0, Math.min(valid.length - from - 1, field.value.indexOf('\ufffd')));
}

/** Writes fields: those that were received as they came, others as `name: value`. Throws EncodeError under `path`. */
export function writeFields(fields: readonly MimeField[], path: string, chunks: Chunk[]): void {
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i] as MimeField;
    const received = ReceivedMimeField.octetsOf(field);
    if (received === undefined) {
      chunks.push(
        `${fieldName(field.name, `${path}[${i}].name`)}: ${line(field.value, `${path}[${i}].value`, CLAUSE)}\r\n`,
      );
    } else {
      chunks.push(received);
      // The last line of a part without a body may have no end of its own.
      if (received[received.length - 1] !== LF) chunks.push('\r\n');
    }
  }
}

function fieldName(name: string, path: string): string {
  if (/^[!-9;-~]+$/.test(name)) return name;
  throw new EncodeError(`${JSON.stringify(name)} is no field-name`, path, 'RFC2045-3');
}

/** Writes a part: one that was received as it came. Throws EncodeError under `path`. */
export function writePart(part: Part, path: string, chunks: Chunk[]): void {
  const received = ReceivedPart.octetsOf(part);
  if (received !== undefined) chunks.push(received);
  else {
    writeFields(part.fields, `${path}.fields`, chunks);
    chunks.push('\r\n', part.body);
  }
}
