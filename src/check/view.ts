/*
 * A received message as the rules see it: every field read once by its codec, and where everything lies.
 */
import type { FieldCodec } from '../core/codec.ts';
import type { ParseError } from '../core/error.ts';
import type { ParseOptions } from '../core/options.ts';
import { type Result, refuse } from '../core/result.ts';
import { contentType } from '../mime/content-headers.ts';
import { locate, malformedLines, readField, textField } from '../sip/access.ts';
import type { Head } from '../sip/head.ts';
import { contentLength } from '../sip/headers/numbers.ts';
import { headerCodec } from '../sip/headers/registry.ts';
import { isRequest, type SipMessage, type SipRequest } from '../sip/message.ts';
import { canonicalName } from '../sip/names.ts';
import { headOf } from '../sip/received.ts';
import { sipUri, type Uri } from '../sip/uri.ts';
import { type Body, bodiesOf } from './bodies.ts';
import { Place, type Range } from './place.ts';

export type { Range } from './place.ts';

/** One field of a message. */
export interface FieldView {
  /** The long name; `''` for a line that is no field. */
  readonly name: string;
  /** The whole field without its line end. */
  readonly range: Range;
  /** The codec of its name; that of text where the name has none. */
  readonly codec: FieldCodec<unknown>;
  readonly result: Result<unknown>;
}

/** Where the parts of the start-line lie. `target` is the Request-URI, or the status code. */
export interface StartLine {
  readonly whole: Range;
  readonly target: Range;
  readonly version: Range;
}

export class MessageView {
  readonly message: SipMessage;
  readonly request: SipRequest | undefined;
  /** The octets that are there for the body, whatever Content-Length says. */
  readonly available: number;
  readonly head: Head;
  readonly start: StartLine;
  readonly fields: readonly FieldView[];
  /** The Request-URI as read; `undefined` for a response. */
  readonly uri: Result<Uri> | undefined;
  readonly #byName: ReadonlyMap<string, readonly FieldView[]>;
  readonly #options: ParseOptions | undefined;
  readonly #known: Map<unknown, unknown> = new Map();
  #bodies: readonly Body[] | undefined = undefined;

  /** `message` is one that `sipMessage.decode` gave. */
  constructor(message: SipMessage, options?: ParseOptions) {
    const head = headOf(message);
    if (head === undefined) throw new TypeError('only a decoded message has octets to look at');
    this.message = message;
    this.head = head;
    this.request = isRequest(message) ? message : undefined;
    this.available = head.octets.length - head.end;
    this.start = startLine(head);
    this.uri = this.request === undefined ? undefined : sipUri.parse(this.request.uri, options);
    this.fields = readFields(message, head, options);
    this.#byName = byName(this.fields);
    this.#options = options;
  }

  /** The body and all that is in it; nothing where octets of it are missing, or nothing says what they are. */
  get bodies(): readonly Body[] {
    this.#bodies ??= this.#takeBodies();
    return this.#bodies;
  }

  /** What `read` makes of the message: several rules ask for the same, and it is worked out once. */
  once<T>(read: (view: MessageView) => T): T {
    if (!this.#known.has(read)) this.#known.set(read, read(this));
    return this.#known.get(read) as T;
  }

  #takeBodies(): readonly Body[] {
    const { body } = this.message;
    const type = this.get(contentType);
    const isWhole = (this.get(contentLength) ?? 0) <= this.available;
    const isCoded = this.named('Content-Encoding').length > 0;
    if (type === undefined || body.length === 0 || !isWhole || isCoded) return [];
    const place = new Place(body, body.byteOffset - this.head.octets.byteOffset);
    return bodiesOf({ contentType: type, body }, place, this.#options);
  }

  /** The method of a request; of a response, the one in its CSeq, where it can be read. */
  get method(): string | undefined {
    if (this.request !== undefined) return this.request.method;
    const value = this.named('CSeq')[0]?.result;
    return value?.ok === true ? (value.value as { readonly method: string }).method : undefined;
  }

  get status(): number | undefined {
    return isRequest(this.message) ? undefined : this.message.status;
  }

  /** The fields of a name, by its long form. */
  named(name: string): readonly FieldView[] {
    return this.#byName.get(name) ?? [];
  }

  /** The value of a header as far as it can be read: the first one, or all that a list has; else `undefined`. */
  get<T>(codec: FieldCodec<T>): T | undefined {
    const fields = this.named(codec.name);
    if (!codec.list) {
      const first = fields[0]?.result;
      return first?.ok === true ? (first.value as T) : undefined;
    }
    const values: unknown[] = [];
    for (const { result } of fields)
      if (result.ok) for (const value of result.value as readonly unknown[]) values.push(value);
    return values.length === 0 ? undefined : (values as T);
  }

  /** Whether a field of the name is there that its codec refuses. */
  isRefused(name: string): boolean {
    return this.named(name).some(({ result }) => !result.ok);
  }

  /** Where a header stands, or the start-line where it is absent. */
  rangeOf(name: string): Range {
    return this.named(name)[0]?.range ?? this.start.whole;
  }

  /** Where in the message an error of one of its fields lies. */
  rangeOfError(error: ParseError, field: FieldView): Range {
    return locate(this.message, error) ?? field.range;
  }
}

function readFields(message: SipMessage, head: Head, options: ParseOptions | undefined): readonly FieldView[] {
  const malformed = new Map<number, ParseError>();
  for (const error of malformedLines(message)) malformed.set(error.field as number, error);
  const text = textField('');
  return message.fields.map((field, i) => {
    const name = canonicalName(field.name);
    const codec = headerCodec(name) ?? text;
    const error = malformed.get(i);
    const result = error === undefined ? readField(message, i, codec, options) : refuse(error);
    return { name, range: lineRange(head, i + 1), codec, result };
  });
}

function byName(fields: readonly FieldView[]): ReadonlyMap<string, readonly FieldView[]> {
  const map = new Map<string, FieldView[]>();
  for (const field of fields) {
    const same = map.get(field.name);
    if (same === undefined) map.set(field.name, [field]);
    else same.push(field);
  }
  return map;
}

function lineRange(head: Head, i: number): Range {
  const { lines, octets, end } = head;
  const from = lines[i] as number;
  let to = (lines[i + 1] ?? end) - 1;
  if (octets[to - 1] === 0x0d) to--;
  return [from, to];
}

function startLine(head: Head): StartLine {
  const whole = lineRange(head, 0);
  const [from, to] = whole;
  const first = head.text.indexOf(' ', from);
  const second = head.text.indexOf(' ', first + 1);
  const response = head.octets[from + 3] === 0x2f;
  return { whole, target: [first + 1, second], version: response ? [from, first] : [second + 1, to] };
}
