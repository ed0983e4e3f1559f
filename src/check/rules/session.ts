/* The INVITE that begins a session: change request 9.1.1.1; RFC 3261, 3840, 4028. */
import { sameText } from '../../core/text.ts';
import { announces, featureTags } from '../../im/feature-tags.ts';
import { contact, isWildcard } from '../../sip/headers/contact.ts';
import { from, tagOf } from '../../sip/headers/name-addrs.ts';
import { refresher, sessionExpires } from '../../sip/headers/session-expires.ts';
import { allow, supported } from '../../sip/headers/token-lists.ts';
import { broken, type DutyRule, type Found, type Judgement, SERVED } from '../finding.ts';
import type { MessageView } from '../view.ts';
import { SESSION, withoutValue } from './mode.ts';

const CLAUSE = 'OMA-IM-9.1.1.1';

function ofSession(
  rule: Pick<DutyRule, 'duty' | 'clause' | 'severity' | 'asks'>,
  judge: (view: MessageView) => Judgement,
): DutyRule {
  return { ...rule, judge: (view) => (SESSION.concerns(view) ? judge(view) : undefined) };
}

const MANDATORY = ['Via', 'Max-Forwards', 'From', 'To', 'Call-ID', 'CSeq'];

/** @duty LM-G0 (check) */
const invite: DutyRule = ofSession(
  {
    duty: 'LM-G0',
    clause: 'RFC3261-8.1.1',
    severity: 'error',
    asks: 'an initial INVITE by RFC 3261, with one Contact',
  },
  (view) => {
    const found: Found[] = [];
    for (const field of MANDATORY) {
      if (view.named(field).length === 0) {
        found.push({ range: view.start.whole, field, message: `missing: the INVITE has no ${field}` });
      }
    }
    const sender = view.get(from);
    if (sender !== undefined && tagOf(sender) === undefined) {
      found.push({ range: view.rangeOf('From'), field: 'From', message: 'missing: From has no tag' });
    }
    const addresses = view.get(contact);
    if (addresses === undefined) found.push(withoutValue(view, 'Contact', 'Contact has no address'));
    else if (addresses.length !== 1 || isWildcard(addresses[0] as (typeof addresses)[0])) {
      const message = 'Contact is one address, where the session is reached';
      found.push({ range: view.rangeOf('Contact'), field: 'Contact', message, clause: 'RFC3261-8.1.1.8' });
    }
    return { served: found.length === 0, found };
  },
);

/** What a session needs: it begins with INVITE and ACK, is given up with CANCEL and ends with BYE. */
const METHODS = ['INVITE', 'ACK', 'CANCEL', 'BYE'];

/** @duty LM-G3 (check) */
const allowed: DutyRule = ofSession(
  { duty: 'LM-G3', clause: CLAUSE, severity: 'warning', asks: 'Allow names every method that is supported' },
  (view) => {
    const methods = view.get(allow);
    const fix = `Allow: ${allow.format([...new Set([...METHODS, ...(methods ?? [])])])}`;
    if (methods === undefined) return broken(withoutValue(view, 'Allow', 'Allow names no method', fix));
    const missing = METHODS.filter((method) => !methods.includes(method));
    if (missing.length === 0) return SERVED;
    const message = `Allow lacks ${missing.join(', ')}, which every session needs`;
    return broken({ range: view.rangeOf('Allow'), field: 'Allow', message, fix });
  },
);

/** @duty LM-G4 (check) */
const contactFeature: DutyRule = ofSession(
  { duty: 'LM-G4', clause: 'RFC3840-9', severity: 'error', asks: `Contact announces ${featureTags.im}` },
  (view) => {
    if (announces(view.message, featureTags.im)) return SERVED;
    const message = `no Contact has ${featureTags.im}`;
    return broken(withoutValue(view, 'Contact', message, `the Contact with ;${featureTags.im}`));
  },
);

/** @duty LM-G6 (check) */
const timer: DutyRule = ofSession(
  { duty: 'LM-G6', clause: 'RFC4028-7.1', severity: 'error', asks: 'Supported has the option tag timer' },
  (view) => {
    const tags = view.get(supported) ?? [];
    if (tags.some((tag) => sameText(tag, 'timer'))) return SERVED;
    const fix = `Supported: ${supported.format([...tags, 'timer'])}`;
    return broken(withoutValue(view, 'Supported', 'Supported has no timer', fix));
  },
);

/** @duty LM-G7 (check) */
const refreshed: DutyRule = ofSession(
  { duty: 'LM-G7', clause: CLAUSE, severity: 'warning', asks: 'Session-Expires has refresher=uac' },
  (view) => {
    const value = view.get(sessionExpires);
    if (value !== undefined && refresher(value) === 'uac') return SERVED;
    const fix = `Session-Expires: ${value?.seconds ?? 1800};refresher=uac`;
    return broken(withoutValue(view, 'Session-Expires', 'Session-Expires has no refresher=uac', fix));
  },
);

export const sessionStart: readonly DutyRule[] = [invite, allowed, contactFeature, timer, refreshed];
