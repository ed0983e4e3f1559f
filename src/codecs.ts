/*
 * Every artefact by its name, for the tools that work on any of them: the command line, the vectors, the fuzzers. A new
 * codec is listed here, headers in `sip/headers/registry.ts`, and has them all.
 */
import { check } from './check/check.ts';
import type { BytesCodec, Codec, FieldCodec } from './core/codec.ts';
import { EncodeError } from './core/error.ts';
import { type CpimMessage, cpim } from './cpim/message.ts';
import { composePagerMessage, type PagerMessageInput } from './im/pager-message.ts';
import { targetKind } from './im/target.ts';
import { type ExternalBody, externalBody } from './mime/external-body.ts';
import { type MultipartEntity, multipart } from './mime/multipart.ts';
import { type Dialog, withDialog } from './sip/dialog-headers.ts';
import { headerCodecs } from './sip/headers/registry.ts';
import { type SipMessage, sipMessage } from './sip/message.ts';
import { sipUri, type Uri } from './sip/uri.ts';
import { type IsComposing, isComposing } from './xml/iscomposing.ts';
import { type ResourceLists, resourceLists } from './xml/resource-lists.ts';

export type AnyCodec = Codec<unknown> | BytesCodec<unknown>;

/** What has a name of its own, and `header/<Header-Name>` for the value of a header. */
export type CodecTable = {
  readonly 'sip-message': BytesCodec<SipMessage>;
  readonly 'sip-uri': Codec<Uri>;
  readonly multipart: BytesCodec<MultipartEntity>;
  readonly 'external-body': BytesCodec<ExternalBody>;
  readonly cpim: BytesCodec<CpimMessage>;
  readonly 'resource-lists': BytesCodec<ResourceLists>;
  readonly iscomposing: BytesCodec<IsComposing>;
} & { readonly [name: `header/${string}`]: FieldCodec<unknown> | undefined };

/** Has no prototype: a name that comes from outside finds codecs and nothing else. */
export const codecs: CodecTable = /* @__PURE__ */ table<CodecTable>([
  ['sip-message', sipMessage],
  ['sip-uri', sipUri],
  ['multipart', multipart],
  ['external-body', externalBody],
  ['cpim', cpim],
  ['resource-lists', resourceLists],
  ['iscomposing', isComposing],
  ...headerCodecs.map((codec): [string, AnyCodec] => [`header/${codec.name}`, codec]),
]);

/**
 * What composes messages from what the user wants. An input may hold `dialog` besides, as `withDialog` takes it: the
 * message is a whole one then.
 */
export interface Composer {
  readonly name: string;
  /** Throws EncodeError that names what is wrong in the input, and the duty. */
  compose(input: unknown): SipMessage;
  /** The duties that the message composed from the input fulfils. */
  duties(message: SipMessage, input: unknown): readonly string[];
}

/** A dialog from JSON, all of its parts as text. Throws EncodeError. */
function readDialog(given: unknown): Dialog {
  const { via, from, to, callId, cseq, maxForwards } = Object(given) as Record<string, unknown>;
  const texts = [via, from, to ?? '', callId].every((part) => typeof part === 'string');
  const numbers = [cseq, maxForwards ?? 70].every((part) => typeof part === 'number');
  if (texts && numbers) return given as Dialog;
  throw new EncodeError('via, from and callId are texts, cseq a number', 'dialog', 'RFC3261-8.1.1');
}

const pagerMessage: Composer = {
  name: 'pager-message',
  compose(input) {
    const { dialog, ...rest } = Object(input) as PagerMessageInput & { readonly dialog?: unknown };
    const request = composePagerMessage(rest);
    return dialog === undefined ? request : withDialog(request, readDialog(dialog));
  },
  duties(message, input) {
    const { to, anonymous } = input as PagerMessageInput;
    return check(message, { profile: 'oma-im', context: { target: targetKind(to), anonymous } }).served;
  },
};

export const composers: { readonly 'pager-message': Composer } = /* @__PURE__ */ table([
  ['pager-message', pagerMessage],
]);

/** The codec of a name, whatever the name; `undefined` where there is none. */
export function codecOf(name: string): AnyCodec | undefined {
  return (codecs as Readonly<Record<string, AnyCodec>>)[name];
}

/** The composer of a name, whatever the name; `undefined` where there is none. */
export function composerOf(name: string): Composer | undefined {
  return (composers as Readonly<Record<string, Composer>>)[name];
}

/** Whether the codec reads octets rather than text. */
export function isBytesCodec(codec: AnyCodec): codec is BytesCodec<unknown> {
  return 'decode' in codec;
}

function table<T>(rows: readonly (readonly [string, unknown])[]): T {
  return Object.freeze(Object.assign(Object.create(null), Object.fromEntries(rows)));
}
