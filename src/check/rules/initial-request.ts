/*
 * What the initial requests of both modes have in common: change request 8.1.1 steps 1 to 3, 9.1.1.1 steps 1, 2 and 5.
 */

import { asciiLower } from '../../core/text.ts';
import { getCpim } from '../../cpim/access.ts';
import { cpimFrom } from '../../cpim/address.ts';
import { ANONYMOUS, asksForAnonymity, hasAnonymousFrom, IDENTIFYING_HEADERS } from '../../im/anonymity.ts';
import { asksForIm, featureTags } from '../../im/feature-tags.ts';
import { isImRelease, readReleaseVersion } from '../../im/release-version.ts';
import { imdnDispositionNotification } from '../../imdn/headers.ts';
import { from } from '../../sip/headers/name-addrs.ts';
import { userAgent } from '../../sip/headers/products.ts';
import { sipUri } from '../../sip/uri.ts';
import { anonymityAllowed } from '../../xml/group-document.ts';
import type { CpimBody } from '../bodies.ts';
import { broken, type DutyRule, type Found, SERVED } from '../finding.ts';
import { cpimBodies, rangeOfCpim } from './cpim.ts';
import { type Mode, PAGER, SESSION, withoutValue } from './mode.ts';

/** @duty PM-1, LM-G1 (check) */
const imFeature = (duty: string, mode: Mode): DutyRule => ({
  duty,
  clause: 'RFC3841-9.2',
  severity: 'error',
  asks: `Accept-Contact asks for ${featureTags.im}`,
  judge(view) {
    if (!mode.concerns(view)) return undefined;
    if (asksForIm(view.message)) return SERVED;
    const message = `no Accept-Contact value has ${featureTags.im}`;
    return broken(withoutValue(view, 'Accept-Contact', message, `Accept-Contact: *;${featureTags.im}`));
  },
});

/** @duty PM-2, LM-G2 (check) */
const release = (duty: string, mode: Mode): DutyRule => ({
  duty,
  clause: 'OMA-IM-F',
  severity: 'error',
  asks: 'User-Agent tells the IM release',
  judge(view) {
    if (!mode.concerns(view)) return undefined;
    const products = view.get(userAgent);
    if (products === undefined) return broken(withoutValue(view, 'User-Agent', 'User-Agent has no products'));
    const found = readReleaseVersion(products);
    const at = { range: view.rangeOf('User-Agent'), field: 'User-Agent' };
    if (!found.ok) return broken({ ...at, message: 'missing: no product tells an OMA release' });
    const { enabler, major, minor } = found.value;
    if (isImRelease(found.value)) return SERVED;
    return broken({ ...at, message: `${enabler}/OMA${major}.${minor} is the release of another enabler than IM` });
  },
});

/** Where a client is reached while a session lasts it must say: in an INVITE Contact gives nobody away. */
const tellTales = (mode: Mode): readonly string[] =>
  mode === PAGER ? IDENTIFYING_HEADERS : IDENTIFYING_HEADERS.filter((name) => name !== 'Contact');

/** @duty PM-3, LM-G5 (check) */
const anonymity = (duty: string, mode: Mode): DutyRule => ({
  duty,
  clause: 'RFC3325-9.3',
  severity: 'error',
  asks: 'Privacy has "id" where anonymity is asked for, and nothing else tells who sends',
  judge(view, context) {
    if (!mode.concerns(view)) return undefined;
    const hidden = hasAnonymousFrom(view.message);
    if (!asksForAnonymity(view.message)) {
      if (!hidden && context.anonymous !== true) return undefined;
      const message = 'anonymity is asked for, and Privacy has no "id"';
      return broken(withoutValue(view, 'Privacy', message, 'Privacy: id'));
    }
    const found: Found[] = [];
    if (!hidden && view.get(from) !== undefined) {
      found.push({
        range: view.rangeOf('From'),
        field: 'From',
        message: 'anonymity is asked for, and From tells who sends',
        clause: 'RFC3323-4.1.1.3',
        severity: 'warning',
        fix: 'From: "Anonymous" <sip:anonymous@anonymous.invalid>, with its tag',
      });
    }
    for (const field of tellTales(mode)) {
      if (view.named(field).length === 0) continue;
      const message = `anonymity is asked for, and ${field} tells who sends`;
      found.push({ range: view.rangeOf(field), field, message, clause: 'RFC3323-4.1', severity: 'warning' });
    }
    for (const body of cpimBodies(view.bodies)) found.push(...tellTalesIn(body));
    return { served: !found.some(({ severity }) => severity === undefined), found };
  },
});

/** Where the address of nobody is (RFC 3323 4.1.1.3), whatever its scheme. */
const NOBODY = '@anonymous.invalid';

/** No server takes out of a body what it says about the sender. */
function tellTalesIn(body: CpimBody): readonly Found[] {
  const found: Found[] = [];
  const field = body.type;
  const author = getCpim(body.message, cpimFrom);
  if (author?.ok === true && !asciiLower(author.value.uri).includes(NOBODY)) {
    const message = 'anonymity is asked for, and From in the CPIM message tells who sends';
    const fix = `From: ${cpimFrom.format({ name: 'Anonymous', uri: sipUri.format(ANONYMOUS.uri) })}`;
    found.push({ range: rangeOfCpim(body, cpimFrom), field, message, clause: 'RFC3323-4.1', fix });
  }
  const asked = getCpim(body.message, imdnDispositionNotification);
  if (asked?.ok === true && asked.value.length > 0) {
    const range = rangeOfCpim(body, imdnDispositionNotification);
    const message = 'who is anonymous should not ask for notifications, which have no way back';
    found.push({ range, field, message, clause: 'RFC5438-12.1.1', severity: 'warning' });
  }
  return found;
}

/** @duty PM-N1, LM-N1 (check) */
const groupAnonymity = (duty: string, mode: Mode): DutyRule => ({
  duty,
  clause: mode.clause,
  severity: 'warning',
  asks: 'a request without a name goes only to a group whose rules let it through',
  judge(view, { group, sender }) {
    if (group === undefined || !mode.concerns(view) || !asksForAnonymity(view.message)) return undefined;
    const shown = view.get(from);
    const author = sender ?? (shown === undefined ? undefined : sipUri.format(shown.uri));
    if (author === undefined) return undefined;
    const allowed = anonymityAllowed(group, author);
    if (allowed === true) return SERVED;
    const range = view.rangeOf('Privacy');
    const message =
      allowed === false
        ? 'the rules of the group allow no anonymity: its server will refuse the request'
        : 'no rule of the group says whether anonymity is allowed';
    return broken({ range, field: 'Privacy', message, ...(allowed === undefined ? { severity: 'unknown' } : {}) });
  },
});

export const initialRequest: readonly DutyRule[] = [
  ...[imFeature('PM-1', PAGER), release('PM-2', PAGER), anonymity('PM-3', PAGER), groupAnonymity('PM-N1', PAGER)],
  ...[imFeature('LM-G1', SESSION), release('LM-G2', SESSION), anonymity('LM-G5', SESSION)],
  groupAnonymity('LM-N1', SESSION),
];
