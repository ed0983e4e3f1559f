/*
 * A message that was received keeps its octets: its headers are read when one is asked for, and it encodes to what it
 * came in. Its data look like any other message's.
 */
import { conversions } from '../core/octets.ts';
import { flagOf } from './end-line.ts';
import { ReceivedField, shownText } from './field.ts';
import type { WholeFrame } from './frame.ts';
import type { Head } from './head.ts';
import type {
  Continuation,
  MsrpField,
  MsrpMessage,
  MsrpRequest,
  MsrpRequestHead,
  MsrpResponse,
  MsrpResponseHead,
} from './message.ts';

/** What a received message keeps beside its data. */
export interface Received {
  readonly head: Head;
  readonly text: string;
  /** Octets of the whole message; of its head where the rest is still to come. */
  readonly length: number;
}

/** The parts are private, so that no plain object can pass for what was received. */
abstract class ReceivedHead {
  readonly transactionId: string;
  readonly #received: Received;
  #fields: readonly MsrpField[] | undefined = undefined;

  constructor(head: Head, text: string, length: number) {
    this.transactionId = text.slice(head.idFrom, head.idTo);
    this.#received = { head, text, length };
  }

  get fields(): readonly MsrpField[] {
    this.#fields ??= readFields(this.#received);
    return this.#fields;
  }

  static receivedOf(message: object): Received | undefined {
    return #received in message ? message.#received : undefined;
  }
}

/** What is known of a received message beside its data; `undefined` for one that was made. */
export const receivedOf: (message: object) => Received | undefined = ReceivedHead.receivedOf;

function readFields({ head, text }: Received): readonly MsrpField[] {
  const fields: MsrpField[] = [];
  const { end } = head;
  const ascii = conversions.utf8Length(text.slice(0, end)) === end;
  for (let line = 1; line + 1 < head.lines.length; line++) fields.push(new ReceivedField(head, text, line, ascii));
  return fields;
}

export class ReceivedRequestHead extends ReceivedHead implements MsrpRequestHead {
  readonly method: string;

  constructor(head: Head, text: string, length: number) {
    super(head, text, length);
    this.method = text.slice(head.idTo + 1, (head.lines[1] as number) - 2);
  }

  toJSON(): MsrpRequestHead {
    const { transactionId, method, fields } = this;
    return { transactionId, method, fields };
  }
}

export class ReceivedResponseHead extends ReceivedHead implements MsrpResponseHead {
  readonly status: number;
  readonly comment: string | undefined;

  constructor(head: Head, text: string, length: number) {
    super(head, text, length);
    const from = head.idTo + 4;
    const to = (head.lines[1] as number) - 2;
    this.status = Number(text.slice(from - 3, from));
    this.comment = from === to ? undefined : shownText(head.octets, text, from + 1, to);
  }

  toJSON(): MsrpResponseHead {
    const { transactionId, status, comment, fields } = this;
    return { transactionId, status, comment, fields };
  }
}

class ReceivedRequest extends ReceivedRequestHead implements MsrpRequest {
  readonly continuation: Continuation;
  readonly #bodyTo: number;
  #body: Uint8Array | undefined = undefined;

  constructor(frame: WholeFrame, text: string, continuation: Continuation) {
    super(frame.head, text, frame.length);
    this.continuation = continuation;
    this.#bodyTo = frame.bodyTo;
  }

  get body(): Uint8Array | undefined {
    if (this.#bodyTo < 0) return undefined;
    const { head } = receivedOf(this) as Received;
    this.#body ??= head.octets.subarray(head.end, this.#bodyTo);
    return this.#body;
  }

  override toJSON(): MsrpRequest {
    const { transactionId, method, fields, body, continuation } = this;
    return { transactionId, method, fields, body, continuation };
  }
}

class ReceivedResponse extends ReceivedResponseHead implements MsrpResponse {
  readonly continuation: Continuation;

  constructor(frame: WholeFrame, text: string, continuation: Continuation) {
    super(frame.head, text, frame.length);
    this.continuation = continuation;
  }

  override toJSON(): MsrpResponse {
    const { transactionId, status, comment, fields, continuation } = this;
    return { transactionId, status, comment, fields, continuation };
  }
}

/** The message of a frame. */
export function receivedMessage(frame: WholeFrame): MsrpMessage {
  const { head, length } = frame;
  const text = head.text();
  const continuation = head.continuation ?? flagOf(head.octets, length - 3);
  return head.isResponse
    ? new ReceivedResponse(frame, text, continuation)
    : new ReceivedRequest(frame, text, continuation);
}

/** What is known of a message once its head is there. */
export function receivedHead(head: Head): MsrpRequestHead | MsrpResponseHead {
  const text = head.text();
  return head.isResponse
    ? new ReceivedResponseHead(head, text, head.end)
    : new ReceivedRequestHead(head, text, head.end);
}
