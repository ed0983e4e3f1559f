import type { DutyRule } from '../finding.ts';
import { imsHeaders } from './ims.ts';
import { initialRequest } from './initial-request.ts';
import { offers } from './offer.ts';
import { externalBody, plainMessage, size } from './pager.ts';
import { recipientLists } from './recipient-list.ts';
import { sessionStart } from './session.ts';
import { targets } from './target.ts';

/** The duties of the change request, as far as a single message shows them: the profile `oma-im`. */
export const DUTY_RULES: readonly DutyRule[] = [
  ...[plainMessage, ...initialRequest, ...targets, ...recipientLists, externalBody, imsHeaders, ...size],
  ...[...sessionStart, ...offers],
];
