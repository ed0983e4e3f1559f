/* Whom a MESSAGE in pager mode is for: change request 8.1.1, steps 4, 5, 7 and 8. */
import { sameText } from '../../core/text.ts';
import { RECIPIENT_LIST_MESSAGE, readListedBody } from '../../im/recipient-list.ts';
import { sessionType } from '../../im/session-type.ts';
import { contentType } from '../../mime/content-headers.ts';
import { to } from '../../sip/headers/name-addrs.ts';
import { requireField } from '../../sip/headers/token-lists.ts';
import { isSipUri, type Uri } from '../../sip/uri.ts';
import { sameUri } from '../../sip/uri-equality.ts';
import { broken, type CheckContext, type DutyRule, type Found, type Judgement, SERVED } from '../finding.ts';
import type { MessageView } from '../view.ts';

/** What the message says about its receivers, and what the caller knows. */
export interface Target {
  readonly uri: Uri;
  /** As written. */
  readonly type: string | undefined;
  readonly kind: CheckContext['target'];
  /** Whether the Request-URI is the identity that To names. */
  readonly isTo: boolean | undefined;
}

function targetOf(view: MessageView, context: CheckContext): Target | undefined {
  if (view.request?.method !== 'MESSAGE' || view.uri?.ok !== true) return undefined;
  const uri = view.uri.value;
  const type = sessionType(uri);
  const receiver = view.get(to)?.uri;
  const isTo = receiver === undefined ? undefined : sameUri(identity(uri), identity(receiver));
  return { uri, type, kind: context.target ?? kindOf(view, type), isTo };
}

/** Who is meant: To names nobody's port or transport, and its scheme asks for no security of the hops. */
function identity(uri: Uri): Uri {
  return isSipUri(uri) ? { scheme: 'sip', user: uri.user, host: uri.host, params: [], headers: [] } : uri;
}

/** The identity of a session looks like that of a user: only the caller can tell. */
function kindOf(view: MessageView, type: string | undefined): CheckContext['target'] {
  if (is(type, 'pre-defined')) return 'group';
  if (is(type, 'adhoc') || hasList(view)) return 'list';
  return type === undefined ? 'user' : undefined;
}

function hasList(view: MessageView): boolean {
  if (view.get(requireField)?.some((tag) => sameText(tag, RECIPIENT_LIST_MESSAGE)) === true) return true;
  const type = view.get(contentType);
  if (type === undefined) return false;
  if (sameText(type.subtype, 'resource-lists+xml')) return true;
  const body = readListedBody(type, view.message.body, false);
  return body.ok && body.value.list !== undefined;
}

function is(type: string | undefined, wanted: string): boolean {
  return type !== undefined && sameText(type, wanted);
}

/** The Request-URI of a receiver whom To names as well. A proxy may have put another in its place. */
export function atIdentity(view: MessageView, { isTo }: Target, whose: string): Judgement {
  if (isTo === true) return SERVED;
  const why = isTo === false ? 'To names another' : 'To cannot be read';
  return broken({
    ...at(view),
    message: `whether the Request-URI is ${whose} cannot be told: ${why}`,
    severity: 'unknown',
  });
}

export function at(view: MessageView): { readonly range: Found['range']; readonly field: string } {
  return { range: view.start.target, field: 'Request-URI' };
}

/** A duty about one kind of target. */
export function about(
  kind: NonNullable<CheckContext['target']>,
  rule: Pick<DutyRule, 'duty' | 'severity' | 'asks'>,
  judge: (view: MessageView, target: Target) => Judgement,
): DutyRule {
  return {
    ...rule,
    clause: 'OMA-IM-8.1.1',
    judge(view, context) {
      const target = targetOf(view, context);
      return target?.kind === kind ? judge(view, target) : undefined;
    },
  };
}

/** @duty PM-4 (check) */
export const user: DutyRule = about(
  'user',
  { duty: 'PM-4', severity: 'error', asks: 'the Request-URI is the recipient' },
  (view, target) => atIdentity(view, target, 'the recipient'),
);

/** @duty PM-5c (check) */
export const adhoc: DutyRule = about(
  'list',
  { duty: 'PM-5c', severity: 'warning', asks: 'the Request-URI of a message to several has sessiontype=adhoc' },
  (view, { type }) => (is(type, 'adhoc') ? SERVED : broken({ ...at(view), message: wrongType(type, 'adhoc') })),
);

/** @duty PM-7a (check) */
export const group: DutyRule = about(
  'group',
  { duty: 'PM-7a', severity: 'error', asks: 'the Request-URI is the identity of the group' },
  (view, target) => atIdentity(view, target, 'the group'),
);

/** @duty PM-7b (check) */
export const preDefined: DutyRule = about(
  'group',
  { duty: 'PM-7b', severity: 'warning', asks: 'the Request-URI of a pre-defined group has sessiontype=pre-defined' },
  (view, { type }) =>
    is(type, 'pre-defined') ? SERVED : broken({ ...at(view), message: wrongType(type, 'pre-defined') }),
);

/** @duty PM-8 (check) */
export const session: DutyRule = about(
  'session',
  { duty: 'PM-8', severity: 'error', asks: 'the Request-URI is the identity of the session, without sessiontype' },
  (view, target) => {
    if (target.type === undefined) return atIdentity(view, target, 'the session');
    return broken({ ...at(view), message: `sessiontype=${target.type}, but a session has none` });
  },
);

function wrongType(type: string | undefined, wanted: string): string {
  return type === undefined ? `missing: sessiontype=${wanted}` : `sessiontype=${type} instead of ${wanted}`;
}
