import type { Rule } from '../finding.ts';
import { contentTypeThere, lengthThere } from './body.ts';
import { inviteContact, messageContact, minimumInterval, sessionInterval } from './dialog.ts';
import { ipv4Range, mandatoryFields, maxForwardsThere, refusedField, singleFields, singleParams } from './fields.ts';
import { knownOptions, privacyNone } from './options.ts';
import { requestUri, requestUriParts, sipVersion } from './start-line.ts';
import { cseqMethod, fromTag, toTag, viaBranch } from './transaction.ts';

/** What every SIP message is held to: the profile `sip`. */
export const SIP_RULES: readonly Rule[] = [
  ...[sipVersion, requestUri, requestUriParts],
  ...[refusedField, mandatoryFields, maxForwardsThere, singleFields, singleParams, ipv4Range],
  ...[cseqMethod, viaBranch, fromTag, toTag],
  ...[inviteContact, messageContact, sessionInterval, minimumInterval],
  ...[lengthThere, contentTypeThere],
  ...[privacyNone, knownOptions],
];
