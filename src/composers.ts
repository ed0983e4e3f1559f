/*
 * Every composer by its name, for the command line, the testee and the vectors: from what a user wants, as JSON, to octets.
 */
import { check } from './check/check.ts';
import { EncodeError } from './core/error.ts';
import { toUtf8 } from './core/octets.ts';
import { table } from './core/table.ts';
import { wellFormed } from './core/write.ts';
import { cpim } from './cpim/message.ts';
import { composeLargeMessageInvite, type LargeMessageInput } from './im/large-message.ts';
import {
  composeNotification,
  composeNotificationMessage,
  type NotificationInput,
  type NotificationMessageInput,
} from './im/notification.ts';
import { composePagerMessage, type PagerMessageInput } from './im/pager-message.ts';
import { targetKind } from './im/target.ts';
import type { ChunkOptions, MsrpChunk } from './msrp/chunk-writer.ts';
import { chunks, encodeChunks } from './msrp/chunks.ts';
import { type Dialog, withDialog } from './sip/dialog-headers.ts';
import { type SipMessage, type SipRequest, sipMessage } from './sip/message.ts';

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

/** The composer of a name, whatever the name; `undefined` where there is none. */
export function composerOf(name: string): Composer | undefined {
  return (composers as Readonly<Record<string, Composer>>)[name];
}
