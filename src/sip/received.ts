/*
 * A message that was received keeps its octets: its fields are found when one is first asked for, and it encodes to
 * what it came in. Its data look like any other message's.
 */
import { utf8 } from '../core/octets.ts';
import {
  type Field,
  type FieldTable,
  nameOf,
  ReceivedField,
  shownText,
  tabulate,
  valueFrom,
  valueTo,
} from './field.ts';
import type { Head } from './head.ts';
import type { SipMessage, SipRequest, SipResponse } from './message.ts';

/** What a received message keeps beside its data: its octets and where its fields lie in them. */
export interface Parts {
  readonly head: Head;
  /** Where the body ends. */
  readonly to: number;
  /** Made when a field is first asked for. */
  table: FieldTable | undefined;
  fields: readonly Field[] | undefined;
  body: Uint8Array | undefined;
}

/** The parts are private, so that no plain object can pass for a received message. */
abstract class Received {
  readonly #parts: Parts;

  constructor(head: Head, to: number) {
    this.#parts = { head, to, table: undefined, fields: undefined, body: undefined };
  }

  get fields(): readonly Field[] {
    const parts = this.#parts;
    parts.fields ??= readFields(parts.head, tableOf(parts));
    return parts.fields;
  }

  get body(): Uint8Array {
    const parts = this.#parts;
    parts.body ??= parts.head.octets.subarray(parts.head.end, parts.to);
    return parts.body;
  }

  static partsOf(message: SipMessage): Parts | undefined {
    return #parts in message ? message.#parts : undefined;
  }
}

/** The parts of a received message; `undefined` for a composed one. */
export const partsOf: (message: SipMessage) => Parts | undefined = Received.partsOf;

export function tableOf(parts: Parts): FieldTable {
  parts.table ??= tabulate(parts.head);
  return parts.table;
}

export class ReceivedRequest extends Received implements SipRequest {
  readonly method: string;
  readonly uri: string;
  readonly version: string;

  constructor(head: Head, to: number) {
    super(head, to);
    const { text, lines } = head;
    const from = lines[0] as number;
    const methodEnd = text.indexOf(' ', from);
    const uriEnd = text.indexOf(' ', methodEnd + 1);
    this.method = text.slice(from, methodEnd);
    this.uri = shownText(head, methodEnd + 1, uriEnd);
    this.version = text.slice(uriEnd + 1, lineEnd(head));
  }

  toJSON(): SipRequest {
    const { method, uri, version, fields, body } = this;
    return { method, uri, version, fields, body };
  }
}

export class ReceivedResponse extends Received implements SipResponse {
  readonly status: number;
  readonly reason: string;
  readonly version: string;

  constructor(head: Head, to: number) {
    super(head, to);
    const { text, lines } = head;
    const from = lines[0] as number;
    const versionEnd = text.indexOf(' ', from);
    this.version = text.slice(from, versionEnd);
    this.status = Number(text.slice(versionEnd + 1, versionEnd + 4));
    const reason = versionEnd + 5;
    this.reason = reasonText(head, reason, lineEnd(head));
  }

  toJSON(): SipResponse {
    const { status, reason, version, fields, body } = this;
    return { status, reason, version, fields, body };
  }
}

/** As it stands, blanks at its ends too; what is no UTF-8 shows as replacement characters. */
function reasonText(head: Head, from: number, to: number): string {
  return utf8(head.octets.subarray(from, to)) ?? shownText(head, from, to);
}

function lineEnd(head: Head): number {
  const end = (head.lines[1] as number) - 1;
  return head.octets[end - 1] === 0x0d ? end - 1 : end;
}

function readFields(head: Head, table: FieldTable): readonly Field[] {
  const fields: Field[] = [];
  for (let i = 0; i < head.lines.length - 2; i++) {
    const value = shownText(head, valueFrom(table, i), valueTo(table, i));
    const octets = head.octets.subarray(head.lines[i + 1], head.lines[i + 2]);
    fields.push(new ReceivedField(nameOf(head, table, i), value, octets));
  }
  return fields;
}

export function headOf(message: SipMessage): Head | undefined {
  return partsOf(message)?.head;
}
