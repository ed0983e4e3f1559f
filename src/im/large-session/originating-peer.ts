/*
 * For tests: the sending end with a scripted receiver, whose SIP and MSRP messages are composed here. What the reducer
 * does is collected; each state goes through JSON before the next step.
 */
import { unwrap } from '../../core/result.ts';
import { isMsrpRequest, type MsrpMessage, type MsrpRequest, type MsrpResponse, msrp } from '../../msrp/message.ts';
import { composeReport, type ReportOptions } from '../../msrp/report.ts';
import { composeMsrpResponse } from '../../msrp/respond.ts';
import { answerMsrpOffer, type MsrpAnswer } from '../../sdp/msrp-answer.ts';
import { sdp } from '../../sdp/session.ts';
import { withDialog } from '../../sip/dialog-headers.ts';
import { isRequest, type SipMessage, type SipRequest, type SipResponse, sipMessage } from '../../sip/message.ts';
import { createDialog, type DialogState } from '../dialog/dialog.ts';
import { composeInDialog, type InDialogInput } from '../dialog/requests.ts';
import { composeResponse, type ResponseInput } from '../dialog/responses.ts';
import { composeLargeMessageInvite, type LargeMessageInput } from '../large-message.ts';
import { sessionDescription } from './description.ts';
import type { OriginatingEffect, OriginatingEvent, OriginatingOutcome } from './events.ts';
import { largeSession } from './originating.ts';
import type { OriginatingInput, OriginatingState } from './originating-state.ts';

const IDS = 'abcdefghijklmnopqrstuvwxyz';
const ALICE = '"Alice" <sip:alice@home1.example>';
export const ALICE_PATH = 'msrp://192.0.2.10:7654/jshA7weztas;tcp';
export const BOB_PATH = 'msrp://192.0.2.20:7700/bobsSession;tcp';
export const BOB_CONTACT = '<sip:bob@192.0.2.20:5060>;+g.oma.sip-im';

/** The INVITE of a message of so many octets. */
export function inviteOf(size: number, input: Partial<LargeMessageInput> = {}): SipRequest {
  const request = composeLargeMessageInvite({
    from: ALICE,
    to: { user: 'sip:bob@home1.example' },
    release: 'IM-client/OMA1.0 acme/phone-1.2',
    contact: '<sip:alice@192.0.2.10:5060>',
    media: { origin: { sessionId: '3890844526', address: '192.0.2.10' }, path: [ALICE_PATH] },
    content: { size },
    ...input,
  });
  return withDialog(request, {
    via: 'SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bKinvite',
    from: `${ALICE};tag=a1`,
    callId: 'large1@192.0.2.10',
    cseq: 1,
  });
}

/** An answer that takes the offer of a request. */
export function answerTo(request: SipRequest, answer: Partial<MsrpAnswer> = {}): Uint8Array {
  const offer = unwrap(sessionDescription(request) as NonNullable<ReturnType<typeof sessionDescription>>);
  const given = {
    origin: { sessionId: '77', address: '192.0.2.20' },
    path: [BOB_PATH],
    acceptTypes: ['message/cpim'],
    ...answer,
  } as MsrpAnswer;
  return sdp.encode(answerMsrpOffer(offer, given));
}

export interface Reply extends ResponseInput {
  readonly answer?: Partial<MsrpAnswer>;
}

/** The response of Bob to a request of Alice. */
export function responseTo(request: SipRequest, status: number, { answer, ...input }: Reply = {}): SipResponse {
  const takes = request.method === 'INVITE' && status >= 200 && status < 300;
  const body = takes ? { contentType: 'application/sdp', content: answerTo(request, answer) } : undefined;
  const contact = request.method === 'INVITE' && status > 100 && status < 300 ? { contact: BOB_CONTACT } : {};
  return composeResponse(request, status, { toTag: 'b1', ...contact, ...(body && { body }), ...input });
}

type Told = {
  [K in OriginatingEvent['type']]: Omit<Extract<OriginatingEvent, { type: K }>, 'at'>;
}[OriginatingEvent['type']];

/** The sending end, and what it did. */
export class Sender {
  state: OriginatingState;
  at = 0;
  readonly effects: OriginatingEffect[] = [];
  readonly events: OriginatingEvent[] = [];
  readonly input: OriginatingInput;
  readonly content: Uint8Array;
  #seen = 0;
  #peer: DialogState | undefined;
  #branch = 0;

  constructor(size = 5000, input: Partial<OriginatingInput> = {}) {
    this.content = Uint8Array.from({ length: size }, (_, i) => 97 + (i % 26));
    this.input = {
      at: 0,
      invite: inviteOf(size),
      content: { size, contentType: 'message/cpim', messageId: 'large1msg' },
      ids: IDS,
      reliable: false,
      ...input,
    };
    const begun = largeSession.start(this.input);
    this.state = begun.state;
    this.effects.push(...begun.effects);
  }

  tell(told: Told): this {
    const event = { ...told, at: this.at } as OriginatingEvent;
    this.events.push(event);
    const next = largeSession.step(JSON.parse(JSON.stringify(this.state)) as OriginatingState, event);
    this.state = next.state;
    this.effects.push(...next.effects);
    return this;
  }

  sip(message: SipMessage | Uint8Array): this {
    return this.tell({ type: 'sip', message });
  }

  /** The answer to the last request of this method that went out. */
  reply(method: string, status: number, input: Reply = {}): this {
    return this.sip(responseTo(this.sent(method), status, input));
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

  /** Gives the octets that are asked for, until none are. */
  feed(): this {
    for (let asked = this.state.sending.asked; asked !== undefined; asked = this.state.sending.asked) {
      this.give(asked.from, asked.to);
      if (this.state.phase !== 'sending') break;
    }
    return this;
  }

  give(from: number, to: number): this {
    return this.tell({ type: 'content', from, octets: this.content.subarray(from, to) });
  }

  /** Accepted and connected, no chunk sent yet. */
  established(reply: Reply = {}): this {
    this.reply('INVITE', 200, reply).tell({ type: 'msrp-connected' });
    this.done();
    return this;
  }

  /** Answers every chunk that waits, and gives what is asked for then, until all went out. */
  deliver(status = 200): this {
    this.feed();
    while (this.state.sending.waiting.length > 0 && this.state.phase !== 'releasing') {
      this.answerChunk(this.state.sending.waiting[0]?.transactionId ?? '', status).feed();
    }
    return this;
  }

  answerChunk(transactionId: string, status: number): this {
    const chunk = this.chunks().find((one) => one.transactionId === transactionId);
    return this.msrp(unwrap(composeMsrpResponse(chunk as MsrpRequest, status)) as MsrpResponse);
  }

  /** A report of Bob on octets, from 1. */
  report(
    status: number,
    range?: ReportOptions['range'],
    headers: readonly { name: string; value: string }[] = [],
  ): this {
    const report = unwrap(
      composeReport(this.chunks()[0] as MsrpRequest, { transactionId: `rep${this.#branch++}x`, status, range }),
    );
    const fields = report.fields.map((field) => headers.find(({ name }) => name === field.name) ?? field);
    return this.msrp({ ...report, fields });
  }

  /** A request of Bob in the dialog. */
  request(method: string, input: Partial<InDialogInput> = {}): SipRequest {
    if (this.#peer === undefined) {
      const invite = this.sent('INVITE');
      this.#peer = unwrap(createDialog('uas', invite, responseTo(invite, 200)));
    }
    const via = `SIP/2.0/UDP 192.0.2.20:5060;branch=z9hG4bK-bob${this.#branch++}`;
    const { request, dialog } = composeInDialog(this.#peer, method, { via, sequence: 100, ...input });
    this.#peer = dialog;
    return request;
  }

  /** What was done since the last look: `INVITE`, `200 BYE`, `MSRP SEND`; the types of other effects. */
  done(): readonly string[] {
    const news = this.effects.slice(this.#seen);
    this.#seen = this.effects.length;
    return news.filter(({ type }) => type !== 'wake' && type !== 'progress').map(label);
  }

  /** All SIP messages that went out. */
  messages(): readonly SipMessage[] {
    return this.effects.flatMap((effect) => (effect.type === 'send-sip' ? [decoded(effect.octets)] : []));
  }

  /** The last request of the method. */
  sent(method: string): SipRequest {
    const found = this.messages().findLast((message) => isRequest(message) && message.method === method);
    if (found === undefined) throw new Error(`no ${method} went out`);
    return found as SipRequest;
  }

  /** The last response. */
  answered(): SipResponse {
    return this.messages().findLast((message) => !isRequest(message)) as SipResponse;
  }

  chunks(): readonly MsrpRequest[] {
    return this.effects
      .flatMap((effect) => (effect.type === 'send-msrp' ? [joined(effect.pieces)] : []))
      .filter((message): message is MsrpRequest => isMsrpRequest(message));
  }

  get outcome(): OriginatingOutcome | undefined {
    return this.effects.find((effect) => effect.type === 'ended')?.outcome;
  }
}

function label(effect: OriginatingEffect): string {
  if (effect.type === 'send-sip') return sipLabel(decoded(effect.octets));
  if (effect.type !== 'send-msrp') return effect.type;
  const message = joined(effect.pieces);
  return isMsrpRequest(message) ? `MSRP ${message.method}${message.continuation}` : `MSRP ${message.status}`;
}

function sipLabel(message: SipMessage): string {
  if (isRequest(message)) return message.method;
  const sequence = message.fields.find(({ name }) => name === 'CSeq')?.value ?? '';
  return `${message.status} ${sequence.slice(sequence.indexOf(' ') + 1)}`;
}

export function decoded(octets: Uint8Array): SipMessage {
  return unwrap(sipMessage.decode(octets));
}

export function joined(pieces: readonly Uint8Array[]): MsrpMessage {
  return unwrap(msrp.decode(Buffer.concat(pieces)));
}
