/* Contact and the session timer: RFC 3261 8.1.1.8, 12.1.1, RFC 3428 4, RFC 4028 4 and 5. */
import { minSE, sessionExpires } from '../../sip/headers/session-expires.ts';
import type { Found, Rule } from '../finding.ts';
import type { MessageView } from '../view.ts';

/** Where the other side reaches the dialog. Requests of RFC 2543 went without. */
export const inviteContact: Rule = {
  clause: 'RFC3261-8.1.1.8',
  severity: 'warning',
  ofSender: 'error',
  asks: 'an INVITE and a 2xx to it have exactly one Contact',
  find(view) {
    if (!isInvite(view)) return [];
    const contacts = view.named('Contact');
    if (contacts.length === 0) {
      return [
        { range: view.start.whole, field: 'Contact', message: 'missing: nothing says where to reach the dialog' },
      ];
    }
    const count = contacts.reduce((sum, { result }) => sum + (result.ok ? sizeOf(result.value) : 1), 0);
    if (count === 1) return [];
    return [{ range: view.rangeOf('Contact'), field: 'Contact', message: `duplicate: ${count} Contact values` }];
  },
};

/** "*" is one value. */
function sizeOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 1;
}

function isInvite({ request, status, method }: MessageView): boolean {
  if (method !== 'INVITE') return false;
  return request !== undefined || (status !== undefined && status >= 200 && status < 300);
}

/** Breaking it harms nobody who receives it; under `oma-im` it breaks PM-0. */
export const messageContact: Rule = {
  clause: 'RFC3428-4',
  severity: 'warning',
  ofSender: 'error',
  asks: 'a MESSAGE and a 2xx to it have no Contact',
  find(view) {
    const success = view.status === undefined || (view.status >= 200 && view.status < 300);
    if (view.method !== 'MESSAGE' || !success || view.named('Contact').length === 0) return [];
    return [
      { range: view.rangeOf('Contact'), field: 'Contact', message: 'a MESSAGE opens no dialog and has no Contact' },
    ];
  },
};

const LEAST = 90;

/** A smaller one is read, for a 422 to answer it. */
export const sessionInterval: Rule = {
  clause: 'RFC4028-4',
  severity: 'error',
  asks: 'the session interval is at least 90 seconds',
  find: (view) => tooShort(view, 'Session-Expires', view.get(sessionExpires)?.seconds),
};

export const minimumInterval: Rule = {
  clause: 'RFC4028-5',
  severity: 'error',
  asks: 'the minimum session interval is at least 90 seconds',
  find: (view) => tooShort(view, 'Min-SE', view.get(minSE)?.seconds),
};

function tooShort(view: MessageView, field: string, seconds: number | undefined): readonly Found[] {
  if (seconds === undefined || seconds >= LEAST) return [];
  return [{ range: view.rangeOf(field), field, message: `range: ${seconds} seconds, at least ${LEAST} are allowed` }];
}
