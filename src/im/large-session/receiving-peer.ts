/*
 * For tests: the receiving end with a scripted sender, whose SIP and MSRP messages are composed here. What the reducer
 * does is collected; each state goes through JSON before the next step.
 */
import { toUtf8 } from '../../core/octets.ts';
import { unwrap } from '../../core/result.ts';
import { chunks, type StreamChunkOptions } from '../../msrp/chunks.ts';
import { isMsrpRequest, type MsrpMessage, type MsrpRequest, type MsrpResponse, msrp } from '../../msrp/message.ts';
import type { MsrpAcceptance } from '../../sdp/msrp-answer.ts';
import { withDialog } from '../../sip/dialog-headers.ts';
import { isRequest, type SipMessage, type SipRequest, type SipResponse, sipMessage } from '../../sip/message.ts';
import { createDialog, type DialogState } from '../dialog/dialog.ts';
import { composeInDialog, type InDialogInput } from '../dialog/requests.ts';
import { composeLargeMessageInvite, type LargeMessageInput } from '../large-message.ts';
import { type LargeMessageSession, largeMessageFrom } from '../large-message-from.ts';
import type { ReceivingEffect, ReceivingEvent, ReceivingOutcome } from './events.ts';
import { receivingSession } from './receiving.ts';
import type { ReceivingInput, ReceivingState } from './receiving-state.ts';

export const RELEASE = 'IM-client/OMA1.0 acme/phone-1.2';
const ALICE = '"Alice" <sip:alice@home1.example>';
const BOB_PATH = 'msrp://192.0.2.20:7700/bobsSession;tcp';
const ALICE_PATH = 'msrp://192.0.2.10:7654/jshA7weztas;tcp';

export const BOB_MEDIA: MsrpAcceptance = {
  origin: { sessionId: '1', address: '192.0.2.20' },
  path: [BOB_PATH],
  acceptTypes: ['message/cpim'],
  acceptWrappedTypes: ['*'],
};

export const BOB: Omit<ReceivingInput, 'invite' | 'at'> = {
  reliable: false,
  ids: 'abcdefghijklmnopqrstuvwxyz',
  via: 'SIP/2.0/UDP 192.0.2.20:5060',
  contact: '<sip:bob@192.0.2.20:5060>;+g.oma.sip-im',
  release: RELEASE,
};

export const SESSION: LargeMessageSession = {
  contact: '<sip:alice@192.0.2.10:5060>',
  media: { origin: { sessionId: '3890844526', address: '192.0.2.10' }, path: [ALICE_PATH] },
  dateTime: '2026-11-22T12:00:00Z',
  notifications: { dispositions: ['positive-delivery', 'negative-delivery', 'display'], messageId: 'jFzD4wQ7aUJ9' },
};

/** A message of Alice to Bob, and the INVITE that brings it. */
export function offerOf(
  body: string,
  changed: { readonly session?: object; readonly input?: object; readonly dialog?: object } = {},
): { readonly invite: SipRequest; readonly content: Uint8Array } {
  const message = { from: ALICE, to: { user: 'sip:bob@home1.example' }, release: RELEASE, body, ...changed.input };
  const large = largeMessageFrom(message, { ...SESSION, ...changed.session });
  const invite = withDialog(composeLargeMessageInvite(large as LargeMessageInput), {
    via: 'SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bKinvite',
    from: `${ALICE};tag=a1`,
    callId: 'large1@192.0.2.10',
    cseq: 1,
    ...changed.dialog,
  });
  return { invite: decode(sipMessage.encode(invite)) as SipRequest, content: large.content.content };
}

export function decode(octets: Uint8Array): SipMessage {
  return unwrap(sipMessage.decode(octets));
}

/** The request with other headers; a header that is `undefined` is left out. */
export function changed(request: SipRequest, headers: Readonly<Record<string, string | undefined>>): SipRequest {
  const kept = request.fields.filter(({ name }) => !(name in headers));
  const added = Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
  const { method, uri, body } = request;
  return { method, uri, fields: [...kept, ...added], body };
}

/** The receiving end, and what it did. */
export class Receiver {
  state: ReceivingState;
  readonly effects: ReceivingEffect[] = [];
  at = 0;
  readonly invite: SipRequest | Uint8Array;
  /** Where the next look at what was done begins. */
  #seen = 0;
  #dialog: DialogState | undefined;
  #branch = 0;

  constructor(invite: SipRequest | Uint8Array, input: Partial<ReceivingInput> = {}) {
    this.invite = invite;
    const begun = receivingSession.start({ ...BOB, invite, at: 0, ...input });
    this.state = begun.state;
    this.effects.push(...begun.effects);
  }

  /** Tells an event; answers what is done. */
  tell(
    event: {
      readonly [K in ReceivingEvent['type']]: Omit<Extract<ReceivingEvent, { type: K }>, 'at'>;
    }[ReceivingEvent['type']],
  ): this {
    const plain = JSON.parse(JSON.stringify(this.state)) as ReceivingState;
    const next = receivingSession.step(plain, { ...event, at: this.at } as ReceivingEvent);
    this.state = next.state;
    this.effects.push(...next.effects);
    return this;
  }

  sip(message: SipMessage | Uint8Array): this {
    return this.tell({ type: 'sip', message });
  }

  msrp(message: MsrpMessage): this {
    return this.tell({ type: 'msrp', message });
  }

  /** Lets time pass, wake by wake. */
  pass(milliseconds: number): this {
    const until = this.at + milliseconds;
    for (let next = this.state.wakeAt; next !== undefined && next <= until; next = this.state.wakeAt) {
      this.at = Math.max(this.at, next);
      this.tell({ type: 'wake' });
    }
    this.at = until;
    return this;
  }

  /** What was done since the last look. */
  news(): readonly ReceivingEffect[] {
    const news = this.effects.slice(this.#seen);
    this.#seen = this.effects.length;
    return news;
  }

  /** What was sent since the last look: `200 INVITE`, `BYE`, `MSRP 200`, `MSRP REPORT`; the types of other effects. */
  done(): readonly string[] {
    return this.news()
      .filter(({ type }) => type !== 'wake')
      .map((effect) => {
        if (effect.type === 'send-sip') return sipLabel(decode(effect.octets));
        if (effect.type === 'send-msrp') return msrpLabel(msrpMessage(effect.pieces));
        return effect.type;
      });
  }

  get responses(): readonly SipResponse[] {
    return this.sipSent().filter((message): message is SipResponse => !isRequest(message));
  }

  sipSent(): readonly SipMessage[] {
    return this.effects.flatMap((effect) => (effect.type === 'send-sip' ? [decode(effect.octets)] : []));
  }

  msrpSent(): readonly MsrpMessage[] {
    return this.effects.flatMap((effect) => (effect.type === 'send-msrp' ? [msrpMessage(effect.pieces)] : []));
  }

  get outcome(): ReceivingOutcome | undefined {
    return this.effects.find((effect) => effect.type === 'ended')?.outcome;
  }

  /** Alice's end of the dialog. */
  dialog(): DialogState {
    const accepted = this.responses.find(({ status, body }) => status === 200 && body.length > 0) ?? this.responses[0];
    return unwrap(createDialog('uac', this.invite as SipRequest, accepted as SipResponse));
  }

  /** A request of Alice in the dialog. */
  request(method: string, input: Partial<InDialogInput> = {}): SipRequest {
    const via = `SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-alice${this.#branch++}`;
    const { request, dialog } = composeInDialog(this.#dialog ?? this.dialog(), method, { via, ...input });
    this.#dialog = dialog;
    return request;
  }

  /** Accepted, acknowledged, connected. */
  established(): this {
    this.tell({ type: 'accept', media: BOB_MEDIA }).sip(this.request('ACK')).tell({ type: 'msrp-connected' });
    this.news();
    return this;
  }

  /** The chunks of Alice. */
  chunks(content: Uint8Array, options: Partial<StreamChunkOptions> = {}): readonly MsrpRequest[] {
    let count = 0;
    const all = chunks(content, {
      toPath: BOB_PATH,
      fromPath: ALICE_PATH,
      messageId: 'large1msg',
      transactionId: () => `t${String(count++).padStart(12, '0')}`,
      contentType: 'message/cpim',
      successReport: 'yes',
      ...options,
    });
    return [...all].map(({ head, body, tail }) => msrpMessage([head, body, tail]) as MsrpRequest);
  }
}

export function msrpMessage(pieces: readonly Uint8Array[]): MsrpMessage {
  const octets = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    octets.set(piece, at);
    at += piece.length;
  }
  return unwrap(msrp.decode(octets));
}

function msrpLabel(message: MsrpMessage): string {
  return `MSRP ${isMsrpRequest(message) ? message.method : message.status}`;
}

export function sipLabel(message: SipMessage): string {
  if (isRequest(message)) return message.method;
  const sequence = message.fields.find(({ name }) => name === 'CSeq')?.value ?? '';
  return `${message.status} ${sequence.slice(sequence.indexOf(' ') + 1)}`;
}

export function statusOf(message: MsrpMessage | undefined): number | undefined {
  return message === undefined || isMsrpRequest(message) ? undefined : (message as MsrpResponse).status;
}

export const octets: (text: string) => Uint8Array = toUtf8;
