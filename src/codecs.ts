/*
 * Every artefact by its name, for the tools that work on any of them: the command line, the vectors, the fuzzers. A new
 * codec is listed here, headers in `sip/headers/registry.ts`, and has them all.
 */
import { check } from './check/check.ts';
import type { BytesCodec, Codec, FieldCodec } from './core/codec.ts';
import { EncodeError } from './core/error.ts';
import { toUtf8 } from './core/octets.ts';
import { wellFormed } from './core/write.ts';
import { type CpimMessage, cpim } from './cpim/message.ts';
import { composeLargeMessageInvite, type LargeMessageInput } from './im/large-message.ts';
import {
  composeNotification,
  composeNotificationMessage,
  type NotificationInput,
  type NotificationMessageInput,
} from './im/notification.ts';
import { composePagerMessage, type PagerMessageInput } from './im/pager-message.ts';
import { targetKind } from './im/target.ts';
import { type Imdn, imdn } from './imdn/payload.ts';
import { type ExternalBody, externalBody } from './mime/external-body.ts';
import { type MultipartEntity, multipart } from './mime/multipart.ts';
import type { ChunkOptions, MsrpChunk } from './msrp/chunk-writer.ts';
import { chunks, encodeChunks } from './msrp/chunks.ts';
import { type MsrpMessage, msrp } from './msrp/message.ts';
import { type MsrpUri, msrpUri } from './msrp/uri.ts';
import { type SdpSession, sdp } from './sdp/session.ts';
import { type Dialog, withDialog } from './sip/dialog-headers.ts';
import { headerCodecs } from './sip/headers/registry.ts';
import { type SipMessage, type SipRequest, sipMessage } from './sip/message.ts';
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
  readonly imdn: BytesCodec<Imdn>;
  readonly msrp: BytesCodec<MsrpMessage>;
  readonly 'msrp-uri': Codec<MsrpUri>;
  readonly sdp: BytesCodec<SdpSession>;
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
  ['imdn', imdn],
  ['msrp', msrp],
  ['msrp-uri', msrpUri],
  ['sdp', sdp],
  ...headerCodecs.map((codec): [string, AnyCodec] => [`header/${codec.name}`, codec]),
]);

/**
 * What composes messages from what the user wants. An input may hold `dialog` besides, as `withDialog` takes it: the
 * message is a whole one then.
 */
export interface SipComposer {
  readonly name: string;
  /** Throws EncodeError that names what is wrong in the input, and the duty. */
  compose(input: unknown): SipMessage;
  /** The duties that the message composed from the input fulfils. */
  duties(message: SipMessage, input: unknown): readonly string[];
}

/** What composes the frames of a stream. */
export interface MsrpComposer {
  readonly name: string;
  /** Throws EncodeError that names what is wrong in the input. */
  composeChunks(input: unknown): readonly MsrpChunk[];
  duties(chunks: readonly MsrpChunk[], input: unknown): readonly string[];
}

export type Composer = SipComposer | MsrpComposer;

/** What a composer makes of an input. `message` is the SIP message, where it is one. */
export interface Composed {
  readonly octets: Uint8Array;
  readonly message: SipMessage | undefined;
  /** As plain data. */
  readonly value: object;
  readonly duties: readonly string[];
}

/** Composes with any composer. Throws EncodeError. */
export function composeWhole(composer: Composer, input: unknown): Composed {
  if ('composeChunks' in composer) {
    const frames = composer.composeChunks(input);
    return {
      octets: encodeChunks(frames),
      message: undefined,
      value: { chunks: frames },
      duties: composer.duties(frames, input),
    };
  }
  const message = composer.compose(input);
  return {
    octets: sipMessage.encode(message),
    message,
    value: { ...message },
    duties: composer.duties(message, input),
  };
}

/** A dialog from JSON, all of its parts as text. Throws EncodeError. */
function readDialog(given: unknown): Dialog {
  const { via, from, to, callId, cseq, maxForwards } = Object(given) as Record<string, unknown>;
  const texts = [via, from, to ?? '', callId].every((part) => typeof part === 'string');
  const numbers = [cseq, maxForwards ?? 70].every((part) => typeof part === 'number');
  if (texts && numbers) return given as Dialog;
  throw new EncodeError('via, from and callId are texts, cseq a number', 'dialog', 'RFC3261-8.1.1');
}

/** The request from an input that may name its dialog. */
function composeWith<T>(compose: (input: T) => SipRequest, input: unknown): SipRequest {
  const { dialog, ...rest } = Object(input) as T & { readonly dialog?: unknown };
  const request = compose(rest as T);
  return dialog === undefined ? request : withDialog(request, readDialog(dialog));
}

const pagerMessage: SipComposer = {
  name: 'pager-message',
  compose: (input) => composeWith(composePagerMessage, input),
  duties(message, input) {
    const { to, anonymous } = input as PagerMessageInput;
    return check(message, { profile: 'oma-im', context: { target: targetKind(to), anonymous } }).served;
  },
};

const largeMessageInvite: SipComposer = {
  name: 'large-message-invite',
  compose: (input) => composeWith(composeLargeMessageInvite, input),
  duties(message, input) {
    const { to, anonymous } = input as LargeMessageInput;
    return check(message, { profile: 'oma-im', context: { target: targetKind(to), anonymous, largeMessage: true } })
      .served;
  },
};

/** `original` is the CPIM message as text; `notification` and `message` are what is told of it and how that is sent. */
const imdnNotification: SipComposer = {
  name: 'imdn-notification',
  compose(input) {
    const { original, notification, message, ...rest } = Object(input) as Readonly<Record<string, unknown>>;
    if (typeof original !== 'string') throw new EncodeError('the message as text', 'original', 'RFC5438-7.2.1');
    const read = cpim.decode(toUtf8(wellFormed(original, 'original', 'RFC5438-7.2.1')));
    if (!read.ok) throw new EncodeError(`no CPIM message: ${read.error.code}`, 'original', 'RFC5438-7.2.1');
    const told = composeNotification(read.value, notification as NotificationInput);
    const send = (how: NotificationMessageInput): SipRequest => composeNotificationMessage(told, how);
    return composeWith(send, { ...Object(message), ...rest });
  },
  duties: (message) => check(message, { profile: 'oma-im', context: { target: 'user' } }).served,
};

/** What `chunks` takes; `content` is text or octets, and `transactionId` what the ids of all chunks begin with. */
const msrpChunks: MsrpComposer = {
  name: 'msrp-chunks',
  composeChunks(input) {
    const { content, transactionId, ...rest } = Object(input) as Omit<ChunkOptions, 'transactionId'> & {
      readonly content: string | Uint8Array;
      readonly transactionId: string;
    };
    if (typeof transactionId !== 'string') throw new EncodeError('no text', 'transactionId', 'RFC4975-7.1');
    let number = 0;
    const options = { ...rest, transactionId: () => `${transactionId}.${++number}` };
    return [...chunks(typeof content === 'string' ? toUtf8(content) : content, options)];
  },
  duties: (_, input) => ((input as ChunkOptions).successReport === 'yes' ? ['LM-A2', 'LM-A3'] : ['LM-A2']),
};

export const composers: {
  readonly 'pager-message': SipComposer;
  readonly 'large-message-invite': SipComposer;
  readonly 'imdn-notification': SipComposer;
  readonly 'msrp-chunks': MsrpComposer;
} = /* @__PURE__ */ table([
  ['pager-message', pagerMessage],
  ['large-message-invite', largeMessageInvite],
  ['imdn-notification', imdnNotification],
  ['msrp-chunks', msrpChunks],
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
