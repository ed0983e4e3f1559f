/*
 * A received MSRP request or response as the rules see it: every header read once by its codec, and where everything
 * lies.
 */
import type { FieldCodec } from '../core/codec.ts';
import type { ParseOptions } from '../core/options.ts';
import type { Result } from '../core/result.ts';
import { asciiLower, sameText } from '../core/text.ts';
import { contentType } from '../mime/content-headers.ts';
import { getMsrp } from '../msrp/access.ts';
import { byteRange } from '../msrp/headers/byte-range.ts';
import { msrpMessageId } from '../msrp/headers/message-id.ts';
import { fromPath, toPath } from '../msrp/headers/path.ts';
import { failureReport, successReport } from '../msrp/headers/reports.ts';
import { msrpStatus } from '../msrp/headers/status.ts';
import { useNickname } from '../msrp/headers/use-nickname.ts';
import { isMsrpRequest, type MsrpMessage, type MsrpRequest } from '../msrp/message.ts';
import { receivedOf } from '../msrp/received.ts';
import { type Body, bodiesOf } from './bodies.ts';
import type { Place, Range } from './place.ts';

const CODECS: readonly FieldCodec<unknown>[] = [
  ...[toPath, fromPath, msrpMessageId, byteRange, successReport, failureReport, msrpStatus, useNickname, contentType],
] as readonly FieldCodec<unknown>[];

export class FrameView {
  readonly message: MsrpMessage;
  readonly request: MsrpRequest | undefined;
  readonly place: Place;
  /** The names of the headers as they are known, else as spelt; `''` for a line that is no header. */
  readonly names: readonly string[];
  readonly #read: ReadonlyMap<string, Result<unknown>>;
  readonly #options: ParseOptions | undefined;

  /** `message` is one that `msrp.decode` gave, and `place` that of its octets. */
  constructor(message: MsrpMessage, place: Place, options?: ParseOptions) {
    this.message = message;
    this.request = isMsrpRequest(message) ? message : undefined;
    this.place = place;
    this.#options = options;
    this.names = message.fields.map(({ name }) => CODECS.find((codec) => sameText(codec.name, name))?.name ?? name);
    const read = new Map<string, Result<unknown>>();
    for (const name of this.names) {
      if (read.has(name)) continue;
      const codec = CODECS.find((known) => known.name === name);
      const result = codec === undefined ? undefined : getMsrp(message, codec, options);
      if (result !== undefined) read.set(name, result);
    }
    this.#read = read;
  }

  /** The headers that have a codec, each once, by the long name. */
  get read(): ReadonlyMap<string, Result<unknown>> {
    return this.#read;
  }

  has(name: string): boolean {
    return this.names.includes(name);
  }

  /** The value of a header where it is there and can be read. */
  get<T>(codec: FieldCodec<T>): T | undefined {
    const result = this.#read.get(codec.name);
    return result?.ok === true ? (result.value as T) : undefined;
  }

  /** The start-line, without its CRLF. */
  get start(): Range {
    return this.#line(0);
  }

  /** Header number `i`, without its CRLF. */
  rangeOfField(i: number): Range {
    return this.#line(i + 1);
  }

  /** The first header of the name, or the start-line where there is none. */
  rangeOf(name: string): Range {
    return this.#line(this.names.indexOf(name) + 1);
  }

  #line(i: number): Range {
    const lines = receivedOf(this.message)?.head.lines ?? [];
    return this.place.range(lines[i] ?? 0, (lines[i + 1] ?? 2) - 2);
  }

  /** What a SEND request carries, where it is a whole message. */
  get bodies(): readonly Body[] {
    const { request } = this;
    const type = this.get(contentType);
    if (request?.body === undefined || type === undefined || request.body.length === 0) return [];
    if (request.continuation !== '$' || (this.get(byteRange)?.start ?? 1) !== 1) return [];
    return bodiesOf({ contentType: type, body: request.body }, this.place.inner(request.body), this.#options);
  }
}

/** Whether a header is one of MIME: `Content-` and something. */
export function isMime(name: string): boolean {
  return asciiLower(name.slice(0, 8)) === 'content-';
}
