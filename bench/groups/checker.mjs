// The check of a message beside the decoding of all its headers, which it cannot do without.
import { check } from '../../dist/check/index.js';
import { MESSAGES } from '../inputs.mjs';
import { OURS } from '../ours.mjs';

export const groups = Object.values(MESSAGES).map(({ what, octets }) => ({
  title: `check: ${what}`,
  entrants: [
    { name: 'oma-simple-im', run: () => check(octets, { profile: 'oma-im' }), verify: judged },
    { name: 'profile sip', omits: 'judges no duty', run: () => check(octets, { profile: 'sip' }), verify: judged },
    { name: 'typed decode', omits: 'judges nothing', run: () => OURS.typed(octets), verify: OURS.view },
  ],
}));

function judged({ findings, role }) {
  if (role.is === undefined || !Array.isArray(findings)) throw new Error('nothing was judged');
}
