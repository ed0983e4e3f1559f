/* A request to several recipients: change request 8.1.1 step 5, 9.1.1.2 step 3; RFC 5365, RFC 5366. */
import { sameText } from '../../core/text.ts';
import { listsWithoutDisposition, readListedBody } from '../../im/recipient-list.ts';
import { contentType } from '../../mime/content-headers.ts';
import { isMediaType } from '../../mime/media-type.ts';
import { requireField } from '../../sip/headers/token-lists.ts';
import { sipUri } from '../../sip/uri.ts';
import { sameUri } from '../../sip/uri-equality.ts';
import { broken, type DutyRule, type Found, SERVED, told } from '../finding.ts';
import { bodyOf, type Mode, PAGER, SESSION, withoutValue } from './mode.ts';
import { about, at, atIdentity } from './target.ts';

/** @duty PM-5a, LM-E3a (check) */
const recipientList = (duty: string, mode: Mode): DutyRule =>
  about(
    mode,
    'list',
    { duty, severity: 'error', asks: `a request to several has a list of them, and says ${mode.listTag}` },
    (view) => {
      const found: Found[] = [];
      const place = { range: bodyOf(view), field: 'message' };
      const type = view.get(contentType);
      const body = type === undefined ? undefined : readListedBody(type, view.message.body, true);
      if (body === undefined) found.push({ ...place, message: 'missing: no body' });
      else if (!body.ok) found.push({ ...place, message: told(body.error) });
      const served = found.length === 0;
      const clause = mode.listClause;
      if (type !== undefined && listsWithoutDisposition(type, view.message.body) > 0) {
        const fix = 'Content-Disposition: recipient-list';
        found.push({ ...place, message: `missing: the list has no ${fix}`, clause, fix });
      }
      const tags = view.get(requireField);
      if (tags?.some((tag) => sameText(tag, mode.listTag)) !== true) {
        const message = `missing: Require has no ${mode.listTag}`;
        const fix = `Require: ${requireField.format([...(tags ?? []), mode.listTag])}`;
        found.push({ range: view.rangeOf('Require'), field: 'Require', message, clause, fix });
      }
      return { served, found };
    },
  );

/** @duty PM-5b, LM-E3b (check) */
const factory = (duty: string, mode: Mode): DutyRule =>
  about(
    mode,
    'list',
    { duty, severity: 'error', asks: 'the Request-URI of a request to several is the conference factory' },
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

/** @duty LM-E3d (check) */
const mixed: DutyRule = about(
  SESSION,
  'list',
  { duty: 'LM-E3d', severity: 'error', asks: 'the INVITE to several is multipart/mixed: the offer, and the list' },
  (view) => {
    const type = view.get(contentType);
    if (type !== undefined && isMediaType(type, 'multipart/mixed')) return SERVED;
    return broken(withoutValue(view, 'Content-Type', 'the offer and the list go as multipart/mixed'));
  },
);

export const recipientLists: readonly DutyRule[] = [
  ...[recipientList('PM-5a', PAGER), factory('PM-5b', PAGER)],
  ...[recipientList('LM-E3a', SESSION), factory('LM-E3b', SESSION), mixed],
];
