/* Requests, responses and dialogs in their order: RFC 3261 12, 13, RFC 3428 8, RFC 4028 10. */
import { callId } from '../../sip/headers/call-id.ts';
import { cseq } from '../../sip/headers/cseq.ts';
import { tagOf, to } from '../../sip/headers/name-addrs.ts';
import { sessionExpires } from '../../sip/headers/session-expires.ts';
import type { FlowFound, FlowRule, FlowStep } from '../step.ts';
import { transactionOf } from '../step.ts';
import type { MessageView } from '../view.ts';

function isFinal({ status = 0 }: MessageView): boolean {
  return status >= 200;
}

function isSuccess({ status = 0 }: MessageView): boolean {
  return status >= 200 && status < 300;
}

/** @duty PM-0 (check) */
const onePending: FlowRule = {
  duty: 'PM-0',
  clause: 'RFC3428-8',
  severity: 'error',
  asks: 'while a MESSAGE to a URI is not answered, no other one is sent there',
  begin() {
    const pending = new Map<string, string>();
    const targets = new Map<string, string>();
    return {
      see({ view, index, from }) {
        const key = view?.method === 'MESSAGE' ? transactionOf(view) : undefined;
        if (view === undefined || key === undefined) return [];
        if (view.request === undefined) {
          const target = targets.get(key);
          if (isFinal(view) && target !== undefined && pending.get(target) === key) pending.delete(target);
          return [];
        }
        const receiver = view.get(to);
        if (receiver !== undefined && tagOf(receiver) !== undefined) return []; // in a dialog
        const target = `${from} ${view.request.uri}`;
        const other = pending.get(target);
        if (other === key) return []; // sent once more
        pending.set(target, key);
        targets.set(key, target);
        if (other === undefined) return [];
        const message = 'another MESSAGE to this URI is not answered yet';
        return [{ index, range: view.start.target, field: 'Request-URI', message }];
      },
    };
  },
};

const acknowledged: FlowRule = {
  clause: 'RFC3261-13.2.2.4',
  severity: 'error',
  asks: 'a 2xx to an INVITE is acknowledged',
  begin() {
    const waiting = new Map<string, FlowFound>();
    return {
      see({ view, index }) {
        const key = view === undefined ? undefined : dialogKey(view);
        if (view === undefined || key === undefined) return [];
        if (view.request?.method === 'ACK') waiting.delete(key);
        else if (view.request === undefined && view.method === 'INVITE' && isSuccess(view)) {
          waiting.set(key, { index, range: view.start.whole, field: 'message', message: 'missing: no ACK follows' });
        }
        return [];
      },
      end: () => [...waiting.values()],
    };
  },
};

/** Of the INVITE, its responses and its ACK. */
function dialogKey(view: MessageView): string | undefined {
  const [id, number] = [view.get(callId), view.get(cseq)];
  return id === undefined || number === undefined ? undefined : `${id} ${number.number}`;
}

const rising: FlowRule = {
  clause: 'RFC3261-12.2.1.1',
  severity: 'error',
  asks: 'each new request of a dialog has a higher CSeq than the one before',
  begin() {
    const last = new Map<string, number>();
    const seen = new Set<string>();
    return {
      see({ view, from, index }) {
        const [id, number] = [view?.get(callId), view?.get(cseq)];
        if (view?.request === undefined || id === undefined || number === undefined) return [];
        if (number.method === 'ACK' || number.method === 'CANCEL') return [];
        const transaction = `${from} ${id} ${number.number} ${number.method}`;
        if (seen.has(transaction)) return []; // sent once more
        seen.add(transaction);
        const side = `${from} ${id}`;
        const before = last.get(side);
        last.set(side, Math.max(number.number, before ?? 0));
        if (before === undefined || number.number > before) return [];
        const message = `range: ${number.number} behind ${before}`;
        const fix = `CSeq: ${before + 1} ${number.method}`;
        return [{ index, range: view.rangeOf('CSeq'), field: 'CSeq', message, fix }];
      },
    };
  },
};

const REFRESHING = ['INVITE', 'UPDATE'];

interface Timed {
  readonly at: number;
  readonly seconds: number;
}

const refreshed: FlowRule = {
  clause: 'RFC4028-10',
  severity: 'error',
  asks: 'a session is refreshed or ended before its interval is over',
  begin() {
    const sessions = new Map<string, Timed>();
    const see = ({ view, at, index }: FlowStep): readonly FlowFound[] => {
      const id = view?.get(callId);
      if (view === undefined || id === undefined || at === undefined) return [];
      const timed = sessions.get(id);
      const over = timed === undefined ? Number.POSITIVE_INFINITY : timed.at + 1000 * timed.seconds;
      if (view.request?.method === 'BYE') sessions.delete(id);
      if (view.request === undefined && REFRESHING.includes(view.method ?? '') && isSuccess(view)) {
        const value = view.get(sessionExpires);
        if (value === undefined) sessions.delete(id);
        else sessions.set(id, { at, seconds: value.seconds });
      }
      if (view.request === undefined || at <= over) return [];
      sessions.delete(id);
      const late = Math.round((at - over) / 1000);
      const message = `the session of ${timed?.seconds} seconds was over ${late} seconds before this`;
      return [{ index, range: view.start.whole, field: 'Session-Expires', message }];
    };
    return { see };
  },
};

export const SIP_FLOW: readonly FlowRule[] = [onePending, acknowledged, rising, refreshed];
