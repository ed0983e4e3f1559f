/*
 * One large message from its INVITE to its BYE: both ends as reducers in one process, what each sends, how long it is,
 * and which duty it serves.
 */
import { unwrap } from '../../core/result.ts';
import { composeLargeMessageInvite } from '../../im/large-message.ts';
import { largeMessageFrom } from '../../im/large-message-from.ts';
import type { OriginatingEvent, ReceivingEvent, SessionEffect } from '../../im/large-session/events.ts';
import { largeSession } from '../../im/large-session/originating.ts';
import type { OriginatingState } from '../../im/large-session/originating-state.ts';
import { receivingSession } from '../../im/large-session/receiving.ts';
import type { ReceivingState } from '../../im/large-session/receiving-state.ts';
import { isMsrpRequest, type MsrpMessage, msrp } from '../../msrp/message.ts';
import { withDialog } from '../../sip/dialog-headers.ts';
import { isRequest, type SipMessage, sipMessage } from '../../sip/message.ts';
import { inRows, type SectionMaker } from './section.ts';

const ALICE = '<sip:alice@home1.example>';
const IDS = ['a', 'b', 'c'].map((letter) => letter.repeat(26)) as [string, string, string];
const address = { origin: { sessionId: 1, address: '192.0.2.10' } };

/** The duty that a step of the sending end serves, by what it sends or by what it is answered. */
const DUTIES: readonly (readonly [start: RegExp, duty: string])[] = [
  [/^Alice INVITE/, 'LM-0, LM-E7'],
  [/^Bob (?:100|180) /, 'LM-R1, LM-R2'],
  [/^Bob 200 .* to INVITE$/, 'LM-R3, LM-A1'],
  [/^Alice ACK/, 'LM-G0'],
  [/^Alice SEND/, 'LM-A2'],
  [/^Bob REPORT/, 'LM-A3'],
  [/^Alice BYE/, 'LM-REL'],
];

/** What both ends say to each other, in order; what alternates, as chunks and their answers do, is one with a number. */
class Talk {
  readonly steps: { what: string; times: number; octets: number }[] = [];

  say(what: string, octets: number): void {
    const same = this.steps.slice(-2).find((step) => step.what === what);
    if (same === undefined) this.steps.push({ what, times: 1, octets });
    else {
      same.times++;
      same.octets += octets;
    }
  }

  rows(): readonly string[][] {
    return this.steps.map(({ what, times, octets }) => {
      const duty = DUTIES.find(([start]) => start.test(what))?.[1];
      return [times === 1 ? what : `${what} ×${times}`, `${octets} octets`, duty ?? ''];
    });
  }
}

export const largeSessions: SectionMaker = async () => {
  const talk = new Talk();
  const wrong: string[] = [];
  const content = messageOf(100_000);
  const arrived = new Uint8Array(content.length);
  let outcome = 'not over';
  try {
    outcome = converse(talk, content, arrived);
  } catch (error) {
    wrong.push(error instanceof Error ? error.message : String(error));
  }
  if (outcome !== 'complete, complete') wrong.push(`the session is ${outcome}`);
  if (arrived.some((octet, i) => octet !== content[i])) wrong.push('another message arrived than was sent');
  return {
    title: 'A large message session',
    summary: `${content.length} octets from Alice to Bob: ${outcome}`,
    lines: inRows(talk.rows()),
    wrong,
  };
};

/** The message with its wrapper, as MSRP carries it. */
function messageOf(size: number): Uint8Array {
  const { content } = largeMessageOf(size);
  return content.content as Uint8Array;
}

function largeMessageOf(size: number) {
  const message = {
    ...{ from: ALICE, to: { user: 'sip:bob@home1.example' }, release: 'IM-client/OMA1.0 acme/phone-1.2' },
    body: 'A picture is worth a thousand words. '.repeat(size / 37),
  };
  const path = ['msrp://192.0.2.10:9/alice;tcp'];
  const contact = '<sip:alice@192.0.2.10>';
  return largeMessageFrom(message, {
    ...{ contact, media: { ...address, path, setup: 'active' } },
    dateTime: '2026-11-22T12:00:00Z',
  });
}

/** Plays the session; what arrives goes into `arrived`. Answers how it ended at both ends. */
function converse(talk: Talk, content: Uint8Array, arrived: Uint8Array): string {
  const large = largeMessageOf(100_000);
  const via = 'SIP/2.0/TCP 192.0.2.10;branch=z9hG4bKstart';
  const dialog = { via, from: `${ALICE};tag=1`, callId: IDS[0], cseq: 1 };
  const invite = withDialog(composeLargeMessageInvite(large), dialog);
  const tasks: (() => void)[] = [];
  const ended: string[] = [];
  let alice: OriginatingState | undefined;
  let bob: ReceivingState | undefined;
  const at = 0;

  const toAlice = (event: OriginatingEvent): void => {
    const next = largeSession.step(alice as OriginatingState, event);
    alice = next.state;
    for (const effect of next.effects) fromAlice(effect);
  };
  const toBob = (event: ReceivingEvent): void => {
    const next = receivingSession.step(bob as ReceivingState, event);
    bob = next.state;
    for (const effect of next.effects) fromBob(effect);
  };
  /** What both ends have in common: SIP and MSRP go over, a connection is there at once. */
  const carry = (
    who: string,
    effect: SessionEffect,
    tell: (event: OriginatingEvent & ReceivingEvent) => void,
  ): void => {
    if (effect.type === 'send-sip') {
      const message = unwrap(sipMessage.decode(effect.octets));
      talk.say(`${who} ${shownSip(message)}`, effect.octets.length);
      tasks.push(() => tell({ type: 'sip', at, message }));
    } else if (effect.type === 'send-msrp') {
      const octets = Uint8Array.from(effect.pieces.flatMap((piece) => [...piece]));
      const message = unwrap(msrp.decode(octets));
      talk.say(`${who} ${shownMsrp(message)}`, octets.length);
      tasks.push(() => tell({ type: 'msrp', at, message }));
    } else if (effect.type === 'connect-msrp') {
      tasks.push(() => toBob({ type: 'msrp-connected', at }));
      tasks.push(() => toAlice({ type: 'msrp-connected', at }));
    }
  };
  const fromAlice = (effect: ReturnType<typeof largeSession.step>['effects'][number]): void => {
    if (effect.type === 'need-content') {
      const { from, to } = effect;
      tasks.push(() => toAlice({ type: 'content', at, from, octets: content.subarray(from, to) }));
    } else if (effect.type === 'ended') ended.push(effect.outcome.cause);
    else if (effect.type !== 'progress') carry('Alice', effect, bob === undefined ? begin : toBob);
  };
  const fromBob = (effect: ReturnType<typeof receivingSession.step>['effects'][number]): void => {
    if (effect.type === 'offered') {
      const media = {
        ...{ ...address, path: ['msrp://192.0.2.20:7654/bob;tcp'] },
        ...{ acceptTypes: ['message/cpim'], acceptWrappedTypes: ['*'] },
      };
      tasks.push(() => toBob({ type: 'accept', at, media }));
    } else if (effect.type === 'received') arrived.set(effect.octets, effect.from);
    else if (effect.type === 'ended') ended.push(effect.outcome.cause);
    else if (effect.type !== 'complete' && effect.type !== 'notify') carry('Bob', effect, toAlice);
  };
  /** The INVITE is where Bob's session begins. */
  const begin = (event: OriginatingEvent & ReceivingEvent): void => {
    if (event.type !== 'sip') return;
    const next = receivingSession.start({
      ...{ invite: sipMessage.encode(event.message as SipMessage), at, ids: IDS[1], reliable: true },
      ...{ via: 'SIP/2.0/TCP 192.0.2.20', contact: '<sip:bob@192.0.2.20>', release: 'IM-client/OMA1.0 acme/phone-1.2' },
    });
    bob = next.state;
    for (const effect of next.effects) fromBob(effect);
  };

  const { contentType } = large.content;
  const first = largeSession.start({
    ...{ at, invite, content: { size: content.length, contentType, messageId: IDS[2] }, ids: IDS[2] },
    ...{ reliable: true, chunkSize: 8192 },
  });
  alice = first.state;
  for (const effect of first.effects) fromAlice(effect);
  for (let task = tasks.shift(); task !== undefined; task = tasks.shift()) task();
  return ended.join(', ');
}

function shownSip(message: SipMessage): string {
  if (isRequest(message)) return message.method;
  const { status, reason } = message;
  const sequence = message.fields.find(({ name }) => name === 'CSeq')?.value ?? '';
  return `${status} ${reason} to ${sequence.slice(sequence.indexOf(' ') + 1)}`;
}

function shownMsrp(message: MsrpMessage): string {
  return isMsrpRequest(message) ? message.method : `${message.status} to SEND`;
}
