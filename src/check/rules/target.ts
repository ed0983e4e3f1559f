/* Whom a request is for: change request 8.1.1 steps 4, 5, 7 and 8, 9.1.1.2 steps 2 to 4. */
import { sameText } from '../../core/text.ts';
import { readListedBody } from '../../im/recipient-list.ts';
import { type SessionType, sessionType, withSessionType } from '../../im/session-type.ts';
import { contentType } from '../../mime/content-headers.ts';
import { to } from '../../sip/headers/name-addrs.ts';
import { requireField } from '../../sip/headers/token-lists.ts';
import { isSipUri, sipUri, type Uri } from '../../sip/uri.ts';
import { sameUri } from '../../sip/uri-equality.ts';
import { broken, type CheckContext, type DutyRule, type Found, type Judgement, SERVED } from '../finding.ts';
import type { MessageView } from '../view.ts';
import { type Mode, PAGER, SESSION } from './mode.ts';

/** What the message says about its receivers, and what the caller knows. */
export interface Target {
  readonly uri: Uri;
  /** As written. */
  readonly type: string | undefined;
  readonly kind: CheckContext['target'];
  /** Whether the Request-URI is the identity that To names. */
  readonly isTo: boolean | undefined;
}

function targetOf(mode: Mode, view: MessageView, context: CheckContext): Target | undefined {
  const address = mode.concerns(view) ? view.once(addressOf) : undefined;
  return address === undefined ? undefined : { ...address, kind: context.target ?? kindOf(mode, view, address.type) };
}

function addressOf(view: MessageView): Omit<Target, 'kind'> | undefined {
  if (view.uri?.ok !== true) return undefined;
  const uri = view.uri.value;
  const receiver = view.get(to)?.uri;
  const isTo = receiver === undefined ? undefined : sameUri(identity(uri), identity(receiver));
  return { uri, type: sessionType(uri), isTo };
}

/** Who is meant: To names nobody's port or transport, and its scheme asks for no security of the hops. */
function identity(uri: Uri): Uri {
  return isSipUri(uri) ? { scheme: 'sip', user: uri.user, host: uri.host, params: [], headers: [] } : uri;
}

/** The identity of a session looks like that of a user: only the caller can tell. */
function kindOf(mode: Mode, view: MessageView, type: string | undefined): CheckContext['target'] {
  if (is(type, 'pre-defined')) return 'group';
  if (is(type, 'adhoc') || hasList(mode, view)) return 'list';
  return type === undefined ? 'user' : undefined;
}

function hasList({ listTag }: Mode, view: MessageView): boolean {
  return view.get(requireField)?.some((tag) => sameText(tag, listTag)) === true || view.once(carriesList);
}

function carriesList(view: MessageView): boolean {
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
  mode: Mode,
  kind: NonNullable<CheckContext['target']>,
  rule: Pick<DutyRule, 'duty' | 'severity' | 'asks'>,
  judge: (view: MessageView, target: Target) => Judgement,
): DutyRule {
  return {
    ...rule,
    clause: mode.clause,
    judge(view, context) {
      const target = targetOf(mode, view, context);
      return target?.kind === kind ? judge(view, target) : undefined;
    },
  };
}

/** @duty PM-4, LM-E2 (check) */
const user = (duty: string, mode: Mode): DutyRule =>
  about(mode, 'user', { duty, severity: 'error', asks: 'the Request-URI is the recipient' }, (view, target) =>
    atIdentity(view, target, 'the recipient'),
  );

/** @duty PM-5c, LM-E3c (check) */
const adhoc = (duty: string, mode: Mode): DutyRule =>
  about(
    mode,
    'list',
    { duty, severity: 'warning', asks: 'the Request-URI of a message to several has sessiontype=adhoc' },
    (view, target) => withType(view, target, 'adhoc'),
  );

/** @duty PM-7a, LM-E4a (check) */
const group = (duty: string, mode: Mode): DutyRule =>
  about(
    mode,
    'group',
    { duty, severity: 'error', asks: 'the Request-URI is the identity of the group' },
    (view, target) => atIdentity(view, target, 'the group'),
  );

/** @duty PM-7b, LM-E4b (check) */
const preDefined = (duty: string, mode: Mode): DutyRule =>
  about(
    mode,
    'group',
    { duty, severity: 'warning', asks: 'the Request-URI of a pre-defined group has sessiontype=pre-defined' },
    (view, target) => withType(view, target, 'pre-defined'),
  );

/** @duty PM-8 (check) */
const session: DutyRule = about(
  PAGER,
  'session',
  { duty: 'PM-8', severity: 'error', asks: 'the Request-URI is the identity of the session, without sessiontype' },
  (view, target) => {
    if (target.type === undefined) return atIdentity(view, target, 'the session');
    return broken({ ...at(view), message: `sessiontype=${target.type}, but a session has none` });
  },
);

function withType(view: MessageView, { uri, type }: Target, wanted: SessionType): Judgement {
  if (is(type, wanted)) return SERVED;
  const message = type === undefined ? `missing: sessiontype=${wanted}` : `sessiontype=${type} instead of ${wanted}`;
  const fix = isSipUri(uri) ? sipUri.format(withSessionType(uri, wanted)) : undefined;
  return broken({ ...at(view), message, ...(fix === undefined ? {} : { fix }) });
}

export const targets: readonly DutyRule[] = [
  ...[user('PM-4', PAGER), adhoc('PM-5c', PAGER), group('PM-7a', PAGER), preDefined('PM-7b', PAGER), session],
  ...[user('LM-E2', SESSION), adhoc('LM-E3c', SESSION), group('LM-E4a', SESSION), preDefined('LM-E4b', SESSION)],
];
