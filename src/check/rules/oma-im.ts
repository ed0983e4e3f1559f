import type { DutyRule } from '../finding.ts';
import { anonymity, externalBody, imFeature, plainMessage, release, size } from './pager.ts';
import { factory, recipientList } from './pager-list.ts';
import { adhoc, group, preDefined, session, user } from './pager-target.ts';

/** The duties of the change request, as far as a single message shows them: the profile `oma-im`. */
export const DUTY_RULES: readonly DutyRule[] = [
  ...[plainMessage, imFeature, release, anonymity],
  ...[user, recipientList, factory, adhoc, group, preDefined, session, externalBody],
  ...size,
];
