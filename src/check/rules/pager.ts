/* A MESSAGE in pager mode: change request 8.1.1, RFC 3428. Each rule concerns MESSAGE requests and nothing else. */

import { sameText } from '../../core/text.ts';
import { asksForAnonymity, hasAnonymousFrom, IDENTIFYING_HEADERS } from '../../im/anonymity.ts';
import { asksForIm, featureTags } from '../../im/feature-tags.ts';
import { chooseMode } from '../../im/mode.ts';
import { isImRelease, readReleaseVersion } from '../../im/release-version.ts';
import { contentType } from '../../mime/content-headers.ts';
import { from, tagOf, to } from '../../sip/headers/name-addrs.ts';
import { userAgent } from '../../sip/headers/products.ts';
import { broken, type DutyRule, type Found, SERVED } from '../finding.ts';
import type { MessageView } from '../view.ts';

/** @duty PM-0 (check) */
export const plainMessage: DutyRule = {
  duty: 'PM-0',
  clause: 'RFC3428-4',
  severity: 'error',
  asks: 'a MESSAGE by RFC 3428: no Contact, and no dialog',
  judge(view) {
    if (!isMessage(view)) return undefined;
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

/** @duty PM-1 (check) */
export const imFeature: DutyRule = {
  duty: 'PM-1',
  clause: 'RFC3841-9.2',
  severity: 'error',
  asks: `Accept-Contact asks for ${featureTags.im}`,
  judge(view) {
    if (!isMessage(view)) return undefined;
    if (asksForIm(view.message)) return SERVED;
    return broken(withoutValue(view, 'Accept-Contact', `no Accept-Contact value has ${featureTags.im}`));
  },
};

/** @duty PM-2 (check) */
export const release: DutyRule = {
  duty: 'PM-2',
  clause: 'OMA-IM-F',
  severity: 'error',
  asks: 'User-Agent tells the IM release',
  judge(view) {
    if (!isMessage(view)) return undefined;
    const products = view.get(userAgent);
    if (products === undefined) return broken(withoutValue(view, 'User-Agent', 'User-Agent has no products'));
    const found = readReleaseVersion(products);
    const at = { range: view.rangeOf('User-Agent'), field: 'User-Agent' };
    if (!found.ok) return broken({ ...at, message: 'missing: no product tells an OMA release' });
    const { enabler, major, minor } = found.value;
    if (isImRelease(found.value)) return SERVED;
    return broken({ ...at, message: `${enabler}/OMA${major}.${minor} is the release of another enabler than IM` });
  },
};

/** @duty PM-3 (check) */
export const anonymity: DutyRule = {
  duty: 'PM-3',
  clause: 'RFC3325-9.3',
  severity: 'error',
  asks: 'Privacy has "id" where anonymity is asked for, and nothing else tells who sends',
  judge(view, context) {
    if (!isMessage(view)) return undefined;
    const hidden = hasAnonymousFrom(view.message);
    if (!asksForAnonymity(view.message)) {
      if (!hidden && context.anonymous !== true) return undefined;
      return broken(withoutValue(view, 'Privacy', 'anonymity is asked for, and Privacy has no "id"'));
    }
    const found: Found[] = [];
    if (!hidden && view.get(from) !== undefined) {
      const message = 'anonymity is asked for, and From tells who sends';
      found.push({
        range: view.rangeOf('From'),
        field: 'From',
        message,
        clause: 'RFC3323-4.1.1.3',
        severity: 'warning',
      });
    }
    for (const field of IDENTIFYING_HEADERS) {
      if (view.named(field).length === 0) continue;
      const message = `anonymity is asked for, and ${field} tells who sends`;
      found.push({ range: view.rangeOf(field), field, message, clause: 'RFC3323-4.1', severity: 'warning' });
    }
    return { served: true, found };
  },
};

/** @duty PM-9 (check) */
export const externalBody: DutyRule = {
  duty: 'PM-9',
  clause: 'RFC4483-5',
  severity: 'error',
  asks: 'content that is stored elsewhere goes as message/external-body',
  judge(view) {
    const type = isMessage(view) ? view.get(contentType) : undefined;
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
    if (!isMessage(view)) return undefined;
    const { mode, octets, duty: decided } = chooseMode(view.message, { connectionOriented });
    if (decided !== duty) return undefined;
    if (mode === 'pager') return SERVED;
    const message = `${octets} octets are for large message mode`;
    if (connectionOriented !== undefined || octets === 1300)
      return broken({ range: whole(view), field: 'message', message });
    const doubt = `${message}, unless every hop is known to use a connection-oriented transport`;
    return broken({ range: whole(view), field: 'message', message: doubt, severity: 'unknown' });
  },
}));

function isMessage({ request }: MessageView): boolean {
  return request?.method === 'MESSAGE';
}

function whole({ head, message }: MessageView): readonly [number, number] {
  return [head.lines[0] as number, head.end + message.body.length];
}

/** A header that is absent or says something else breaks the duty; of one that cannot be read nobody knows. */
function withoutValue(view: MessageView, field: string, otherwise: string): Found {
  const range = view.rangeOf(field);
  if (view.isRefused(field)) return { range, field, message: `${field} cannot be read`, severity: 'unknown' };
  const absent = view.named(field).length === 0;
  return { range, field, message: absent ? `missing: the message has no ${field}` : otherwise };
}
