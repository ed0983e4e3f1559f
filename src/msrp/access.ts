/*
 * Reading the headers of a message, keyed by codec: the codec's name says which. Reading parses on demand; a header
 * that is broken costs itself only.
 */
import type { FieldCodec } from '../core/codec.ts';
import type { ParseOptions } from '../core/options.ts';
import { type Result, refuse } from '../core/result.ts';
import { sameText } from '../core/text.ts';
import { ReceivedField, readLine } from './field.ts';
import { isNamed } from './head.ts';
import type { MsrpField } from './message.ts';
import { type Received, receivedOf } from './received.ts';
import { msrpText } from './text.ts';

/** What has MSRP headers: a message, or the head of one that is still coming. */
interface WithFields {
  readonly fields: readonly MsrpField[];
}

/**
 * The value of a header: `undefined` where it is absent, its error where the codec refuses it, there is no blank before
 * it, its octets are no UTF-8, or it occurs twice. A name instead of a codec gives text.
 */
export function getMsrp<T>(message: WithFields, codec: FieldCodec<T>, options?: ParseOptions): Result<T> | undefined;
export function getMsrp(message: WithFields, name: string, options?: ParseOptions): Result<string> | undefined;
export function getMsrp<T>(
  message: WithFields,
  key: FieldCodec<T> | string,
  options?: ParseOptions,
): Result<T | string> | undefined {
  const codec: FieldCodec<T | string> = typeof key === 'string' ? msrpText(key) : key;
  const received = receivedOf(message);
  return received === undefined ? readField(message.fields, codec, options) : readReceived(received, codec, options);
}

/** Reads from the lines of the head, for which no field is made. */
function readReceived<T>(
  { head, text }: Received,
  codec: FieldCodec<T>,
  options?: ParseOptions,
): Result<T> | undefined {
  const { octets, lines } = head;
  const { name } = codec;
  let found = 0;
  for (let line = 1; line + 1 < lines.length; line++) {
    if (!isNamed(octets, lines[line] as number, name)) continue;
    if (found > 0) return refuseSecond(codec, line - 1);
    found = line;
  }
  return found === 0 ? undefined : at(readLine(head, text, found, codec, options), found - 1);
}

function readField<T>(
  fields: readonly MsrpField[],
  codec: FieldCodec<T>,
  options: ParseOptions | undefined,
): Result<T> | undefined {
  const i = fields.findIndex(({ name }) => sameText(name, codec.name));
  if (i < 0) return undefined;
  const next = fields.findIndex(({ name }, j) => j > i && sameText(name, codec.name));
  if (next >= 0) return refuseSecond(codec, next);
  return at(ReceivedField.read(fields[i] as MsrpField, codec, options), i);
}

function refuseSecond<T>({ name, rule, clause }: FieldCodec<T>, field: number): Result<never> {
  return refuse({ code: 'duplicate', rule, clause, offset: 0, expected: `one ${name}`, field });
}

function at<T>(result: Result<T>, field: number): Result<T> {
  return result.ok ? result : refuse({ ...result.error, field });
}
