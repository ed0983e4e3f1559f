/* Values that contradict each other or that nobody knows: RFC 3323 4.2, RFC 3261 8.2.2.3. */
import { asciiLower, sameText } from '../../core/text.ts';
import { privacy } from '../../sip/headers/privacy.ts';
import type { Found, Rule } from '../finding.ts';

export const privacyNone: Rule = {
  clause: 'RFC3323-4.2',
  severity: 'error',
  asks: '"none" stands alone in Privacy',
  find(view) {
    const values = view.get(privacy);
    if (values === undefined || values.length < 2 || !values.some((value) => sameText(value, 'none'))) return [];
    const message = `mismatch: "none" beside ${values.filter((value) => !sameText(value, 'none')).join(', ')}`;
    return [{ range: view.rangeOf('Privacy'), field: 'Privacy', message }];
  },
};

/** Option tags registered with IANA. */
const OPTION_TAGS: ReadonlySet<string> = new Set([
  ...['100rel', '199', 'answermode', 'early-session', 'eventlist', 'explicitsub', 'from-change', 'geolocation-http'],
  ...['geolocation-sip', 'gin', 'gruu', 'histinfo', 'ice', 'join', 'multiple-refer', 'norefersub', 'nosub', 'outbound'],
  ...['path', 'policy', 'precondition', 'pref', 'privacy', 'recipient-list-invite', 'recipient-list-message'],
  ...['recipient-list-subscribe', 'record-aware', 'replaces', 'resource-priority', 'sdp-anat', 'sec-agree', 'siprec'],
  ...['tdialog', 'timer', 'trickle-ice', 'uui'],
]);

/** Right by the grammar, but a server that does not know the tag answers 420. */
export const knownOptions: Rule = {
  clause: 'RFC3261-8.2.2.3',
  severity: 'info',
  asks: 'what is required is an extension that somebody knows',
  find(view) {
    const found: Found[] = [];
    for (const field of ['Require', 'Proxy-Require']) {
      for (const { range, result } of view.named(field)) {
        if (!result.ok) continue;
        const unknown = (result.value as readonly string[]).filter((tag) => !OPTION_TAGS.has(asciiLower(tag)));
        if (unknown.length > 0)
          found.push({ range, field, message: `no registered option tag: ${unknown.join(', ')}` });
      }
    }
    return found;
  },
};
