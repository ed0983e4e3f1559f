import type { Body } from '../bodies.ts';
import type { BodyRule } from '../finding.ts';
import { CPIM_RULES } from './cpim.ts';
import { IMDN_RULES } from './imdn.ts';
import { LIST_RULES } from './lists.ts';
import { MULTIPART_RULES, refusedBody } from './multipart.ts';
import { SDP_RULES } from './sdp.ts';

/** What everything that a message carries is held to, by its kind. */
export const BODY_RULES: { readonly [K in Body['kind']]?: readonly BodyRule<K>[] } = {
  refused: [refusedBody],
  multipart: MULTIPART_RULES,
  cpim: CPIM_RULES,
  imdn: IMDN_RULES,
  'resource-lists': LIST_RULES,
  sdp: SDP_RULES,
};
