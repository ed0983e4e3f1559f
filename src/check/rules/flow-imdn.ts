/* Messages and what is notified about them: RFC 5438 7, 12; change request 8.1.1. */
import { getCpim } from '../../cpim/access.ts';
import { cpimFrom } from '../../cpim/address.ts';
import { imdnDispositionNotification, imdnMessageId } from '../../imdn/headers.ts';
import type { FlowFound, FlowRule, FlowStep } from '../step.ts';
import { transactionOf } from '../step.ts';
import { cpimBodies, isNotice } from './cpim.ts';

/** A message that can be notified about. */
interface Sent {
  readonly from: FlowStep['from'];
  readonly asked: readonly string[];
  readonly transaction: string | undefined;
}

/** The messages of the step, and the notifications in it. */
function sentIn({ bodies, view, from }: FlowStep): ReadonlyMap<string, Sent> {
  const found = new Map<string, Sent>();
  if (view !== undefined && view.request === undefined) return found;
  for (const body of cpimBodies(bodies)) {
    const id = getCpim(body.message, imdnMessageId);
    if (isNotice(body) || id?.ok !== true) continue;
    const dispositions = getCpim(body.message, imdnDispositionNotification);
    const asked = dispositions?.ok === true ? dispositions.value.map(({ type }) => type) : [];
    found.set(id.value, { from, asked, transaction: view === undefined ? undefined : transactionOf(view) });
  }
  return found;
}

/** What the step notifies of, by message, recipient and type. */
function noticesIn({ bodies, index }: FlowStep) {
  return cpimBodies(bodies).flatMap((body) => {
    const author = getCpim(body.message, cpimFrom);
    return body.content
      .filter((one) => one.kind === 'imdn')
      .map(({ imdn, place, type }) => ({
        imdn,
        recipient: imdn.recipientUri ?? (author?.ok === true ? author.value.uri : ''),
        at: { index, range: place.whole, field: type },
      }));
  });
}

const known: FlowRule = {
  clause: 'RFC5438-11.1.1',
  severity: 'error',
  asks: 'a notification is about a message that the other side sent',
  begin() {
    const sent = new Map<string, Sent>();
    return {
      see(step) {
        for (const [id, one] of sentIn(step)) sent.set(id, one);
        return noticesIn(step).flatMap(({ imdn, at }) => {
          const about = sent.get(imdn.messageId);
          if (about !== undefined && about.from !== step.from) return [];
          const who = about === undefined ? 'nobody' : 'not the other side';
          return [{ ...at, message: `${who} sent a message ${imdn.messageId}` }];
        });
      },
    };
  },
};

const oneEach: FlowRule = {
  clause: 'RFC5438-7.2.1',
  severity: 'error',
  asks: 'a recipient notifies once of each type',
  begin() {
    const told = new Set<string>();
    return {
      see(step) {
        return noticesIn(step).flatMap(({ imdn, recipient, at }): readonly FlowFound[] => {
          const type = imdn.notification?.type;
          if (type === undefined) return [];
          const key = `${imdn.messageId} ${recipient} ${type}`;
          const again = told.has(key);
          told.add(key);
          return again ? [{ ...at, message: `duplicate: ${type} of ${imdn.messageId} was notified before` }] : [];
        });
      },
    };
  },
};

const notRefused: FlowRule = {
  clause: 'RFC5438-12.1.3.1',
  severity: 'error',
  asks: 'nobody notifies of a message that was refused: the response has told it',
  begin() {
    const sent = new Map<string, Sent>();
    const refused = new Set<string>();
    return {
      see(step) {
        for (const [id, one] of sentIn(step)) sent.set(id, one);
        const { view } = step;
        const key = view === undefined ? undefined : transactionOf(view);
        if (key !== undefined && (view?.status ?? 0) >= 300) refused.add(key);
        return noticesIn(step).flatMap(({ imdn, at }) => {
          const transaction = sent.get(imdn.messageId)?.transaction;
          if (transaction === undefined || !refused.has(transaction)) return [];
          return [{ ...at, message: `the message ${imdn.messageId} was refused` }];
        });
      },
    };
  },
};

/** A 202 says that somebody keeps the message. That the notification has not come yet is no fault of anybody. */
const deferred: FlowRule = {
  clause: 'OMA-IM-8.1.1',
  severity: 'unknown',
  asks: 'a message that was deferred, and asked for a delivery notification, gets one',
  begin() {
    const sent = new Map<string, string>();
    const waiting = new Map<string, FlowFound>();
    return {
      see(step) {
        for (const [id, { asked, transaction }] of sentIn(step)) {
          if (transaction !== undefined && asked.includes('positive-delivery')) sent.set(transaction, id);
        }
        const { view, index } = step;
        const id = view?.status === 202 ? sent.get(transactionOf(view) ?? '') : undefined;
        if (view !== undefined && id !== undefined) {
          const message = `missing: the message ${id} was deferred, and no delivery notification has come`;
          waiting.set(id, { index, range: view.start.whole, field: 'message', message });
        }
        for (const { imdn } of noticesIn(step))
          if (imdn.notification?.type === 'delivery') waiting.delete(imdn.messageId);
        return [];
      },
      end: () => [...waiting.values()],
    };
  },
};

export const NOTICE_FLOW: readonly FlowRule[] = [known, oneEach, notRefused, deferred];
