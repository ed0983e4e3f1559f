/* A MESSAGE in pager mode: change request 8.1.1, RFC 3428. Each rule concerns MESSAGE requests and nothing else. */

import { sameText } from '../../core/text.ts';
import { chooseMode } from '../../im/mode.ts';
import { contentType } from '../../mime/content-headers.ts';
import { tagOf, to } from '../../sip/headers/name-addrs.ts';
import { broken, type DutyRule, type Found, SERVED } from '../finding.ts';
import { PAGER, wholeOf } from './mode.ts';

/** @duty PM-0 (check) */
export const plainMessage: DutyRule = {
  duty: 'PM-0',
  clause: 'RFC3428-4',
  severity: 'error',
  asks: 'a MESSAGE by RFC 3428: no Contact, and no dialog',
  judge(view) {
    if (!PAGER.concerns(view)) return undefined;
    const found: Found[] = [];
    if (view.named('Contact').length > 0) {
      found.push({ range: view.rangeOf('Contact'), field: 'Contact', message: 'a MESSAGE has no Contact' });
    }
    const receiver = view.get(to);
    if (receiver !== undefined && tagOf(receiver) !== undefined) {
      const message = 'a To tag: the MESSAGE is sent in a dialog, which pager mode has none of';
      found.push({ range: view.rangeOf('To'), field: 'To', message, severity: 'warning' });
    }
    return { served: found.length === 0, found };
  },
};

/** @duty PM-9 (check) */
export const externalBody: DutyRule = {
  duty: 'PM-9',
  clause: 'RFC4483-5',
  severity: 'error',
  asks: 'content that is stored elsewhere goes as message/external-body',
  judge(view) {
    const type = PAGER.concerns(view) ? view.get(contentType) : undefined;
    const external = type !== undefined && sameText(type.type, 'message') && sameText(type.subtype, 'external-body');
    return external ? SERVED : undefined;
  },
};

/** @duty SEL-1, SEL-2, SEL-3 (check) */
export const size: readonly DutyRule[] = (['SEL-1', 'SEL-2', 'SEL-3'] as const).map((duty) => ({
  duty,
  clause: 'RFC3428-8',
  severity: 'error',
  asks: 'a MESSAGE of 1300 octets or more goes in pager mode over connections only, and one of exactly 1300 never',
  judge(view, { connectionOriented }) {
    if (!PAGER.concerns(view)) return undefined;
    const { mode, octets, duty: decided } = chooseMode(view.message, { connectionOriented });
    if (decided !== duty) return undefined;
    if (mode === 'pager') return SERVED;
    const message = `${octets} octets are for large message mode`;
    if (connectionOriented !== undefined || octets === 1300)
      return broken({ range: wholeOf(view), field: 'message', message });
    const doubt = `${message}, unless every hop is known to use a connection-oriented transport`;
    return broken({ range: wholeOf(view), field: 'message', message: doubt, severity: 'unknown' });
  },
}));
