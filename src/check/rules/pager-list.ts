/* A MESSAGE in pager mode to several recipients: change request 8.1.1, step 5; RFC 5365. */
import { sameText } from '../../core/text.ts';
import { listsWithoutDisposition, RECIPIENT_LIST_MESSAGE, readListedBody } from '../../im/recipient-list.ts';
import { contentType } from '../../mime/content-headers.ts';
import { requireField } from '../../sip/headers/token-lists.ts';
import { sipUri } from '../../sip/uri.ts';
import { sameUri } from '../../sip/uri-equality.ts';
import { broken, type DutyRule, type Found } from '../finding.ts';
import type { MessageView, Range } from '../view.ts';
import { about, at, atIdentity } from './pager-target.ts';

/** @duty PM-5a (check) */
export const recipientList: DutyRule = about(
  'list',
  { duty: 'PM-5a', severity: 'error', asks: 'a message to several has a list of them, and says so by RFC 5365' },
  (view) => {
    const found: Found[] = [];
    const type = view.get(contentType);
    const body = type === undefined ? undefined : readListedBody(type, view.message.body, true);
    if (body === undefined) found.push({ range: bodyOf(view), field: 'message', message: 'missing: no body' });
    else if (!body.ok) {
      const { code, rule, expected } = body.error;
      const wanted = expected === undefined ? '' : `, expected ${expected}`;
      found.push({ range: bodyOf(view), field: 'message', message: `${code}: ${rule}${wanted}` });
    }
    const served = found.length === 0;
    if (type !== undefined && listsWithoutDisposition(type, view.message.body) > 0) {
      const message = 'missing: the list has no Content-Disposition: recipient-list';
      found.push({ range: bodyOf(view), field: 'message', message, clause: 'RFC5365-6' });
    }
    if (view.get(requireField)?.some((tag) => sameText(tag, RECIPIENT_LIST_MESSAGE)) !== true) {
      const message = `missing: Require has no ${RECIPIENT_LIST_MESSAGE}`;
      found.push({ range: view.rangeOf('Require'), field: 'Require', message, clause: 'RFC5365-6' });
    }
    return { served, found };
  },
);

/** @duty PM-5b (check) */
export const factory: DutyRule = about(
  'list',
  { duty: 'PM-5b', severity: 'error', asks: 'the Request-URI of a message to several is the conference factory' },
  (view, target) => {
    const type = view.get(contentType);
    const body = type === undefined ? undefined : readListedBody(type, view.message.body, true);
    const list = body?.ok === true ? (body.value.list ?? []) : [];
    const named = list.some(({ uri }) => {
      const read = sipUri.parse(uri);
      return read.ok && sameUri(read.value, target.uri);
    });
    if (named) return broken({ ...at(view), message: 'the Request-URI is one of the recipients' });
    return atIdentity(view, target, 'the conference factory');
  },
);

function bodyOf({ head, message }: MessageView): Range {
  return [head.end, head.end + message.body.length];
}
