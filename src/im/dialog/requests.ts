/*
 * The requests that an INVITE brings with it: those inside its dialog (RFC 3261 12.2.1.1) and its CANCEL (9.1). The ACK
 * to a failure is its client transaction's (17.1.1.3).
 */
import { EncodeError } from '../../core/error.ts';
import { findParam, type Param } from '../../core/params.ts';
import { sameText } from '../../core/text.ts';
import { token, whole } from '../../core/write.ts';
import { get } from '../../sip/access.ts';
import { withDialog } from '../../sip/dialog-headers.ts';
import type { Field } from '../../sip/field.ts';
import { contact } from '../../sip/headers/contact.ts';
import { cseq } from '../../sip/headers/cseq.ts';
import { route } from '../../sip/headers/name-addrs.ts';
import { type Reason, reason } from '../../sip/headers/reason.ts';
import { supported } from '../../sip/headers/token-lists.ts';
import { type Via, via } from '../../sip/headers/via.ts';
import type { SipRequest } from '../../sip/message.ts';
import type { NameAddr } from '../../sip/name-addr.ts';
import { canonicalName } from '../../sip/names.ts';
import { type SessionTimerHeaders, withSessionTimer } from '../../sip/session-timer.ts';
import { isSipUri, sipUri, type Uri } from '../../sip/uri.ts';
import type { Content } from '../content.ts';
import { checkInput } from '../input.ts';
import { inDialogInput } from './dialog.schema.ts';
import { type DialogState, isRefresh } from './dialog.ts';
import { demand, dialogContact, furtherFields, readContacts, writeBody } from './write.ts';

export interface InDialogInput {
  /** Via with the branch of the new transaction, as text or as its codec's value. */
  readonly via: string | readonly Via[];
  /** 70 where absent. */
  readonly maxForwards?: number | undefined;
  /** The number of the first request that this end sends in the dialog; 1 where absent. */
  readonly sequence?: number | undefined;
  /** A new Contact of this end. Without it INVITE and UPDATE repeat the last one. */
  readonly contact?: string | NameAddr | undefined;
  /** For INVITE and UPDATE. */
  readonly timer?: SessionTimerHeaders | undefined;
  /** Why the request is sent, RFC 3326. */
  readonly reason?: readonly Reason[] | undefined;
  readonly body?: Content | undefined;
  /** Further headers, in order; none that has a part of its own. */
  readonly fields?: readonly Field[] | undefined;
}

const OWN_HEADERS = [
  ...['Via', 'Max-Forwards', 'From', 'To', 'Call-ID', 'CSeq', 'Route', 'Content-Type', 'Content-Length'],
  ...['Contact', 'Supported', 'Session-Expires', 'Min-SE', 'Reason'],
];

const MAX_SEQUENCE = 0x7fff_ffff;

/**
 * A request in the dialog, and the dialog once it has been sent. ACK acknowledges the 2xx to the last INVITE. Throws
 * EncodeError where the dialog does not let the request through or the input is no part of it.
 *
 * @duty LM-G0 (build)
 */
export function composeInDialog(
  dialog: DialogState,
  method: string,
  input: InDialogInput,
): { readonly request: SipRequest; readonly dialog: DialogState } {
  checkInput(inDialogInput, input, 'RFC3261-12.2.1.1');
  token(method, 'method', 'RFC3261-7.1');
  checkMethod(dialog, method, input);
  const sequence = method === 'ACK' ? acknowledged(dialog) : nextSequence(dialog, input.sequence);
  const localTarget = newTarget(dialog, method, input.contact);
  const { uri, routes } = path(dialog);
  const content = writeBody(input.body);
  const fields: Field[] = [];
  if (routes.length > 0) fields.push({ name: 'Route', value: route.format(routes) });
  if (localTarget !== undefined) fields.push({ name: 'Contact', value: contact.format([localTarget]) });
  if (method !== 'ACK' && dialog.supported.length > 0) {
    fields.push({ name: 'Supported', value: supported.format(dialog.supported) });
  }
  if (input.reason !== undefined) fields.push({ name: 'Reason', value: reason.format(input.reason) });
  fields.push(...furtherFields(input.fields, OWN_HEADERS), ...content.fields);
  const bare: SipRequest = { method, uri: sipUri.format(uri), fields, body: content.body };
  const request = withDialog(input.timer === undefined ? bare : withSessionTimer(bare, input.timer), {
    via: input.via,
    from: tagged(dialog.localUri, dialog.localTag),
    to: tagged(dialog.remoteUri, dialog.remoteTag),
    callId: dialog.callId,
    cseq: sequence,
    maxForwards: input.maxForwards,
  });
  if (method === 'ACK') return { request, dialog };
  const next: DialogState = { ...dialog, localSequence: sequence, localTarget: localTarget ?? dialog.localTarget };
  return { request, dialog: method === 'INVITE' ? { ...next, inviteSequence: sequence } : next };
}

/** What RFC 3261 does not let be sent in the dialog. */
function checkMethod({ phase, side }: DialogState, method: string, { contact, timer }: InDialogInput): void {
  const early = phase === 'early';
  demand(method !== 'CANCEL', 'a CANCEL is made from its INVITE', 'method', 'RFC3261-9.1');
  demand(!early || method !== 'ACK', 'no 2xx has come that could be acknowledged', 'method', 'RFC3261-13.2.2.4');
  demand(!early || method !== 'INVITE', 'the first INVITE is still in progress', 'method', 'RFC3261-14.1');
  demand(!early || side === 'uac' || method !== 'BYE', 'the callee ends no early dialog', 'method', 'RFC3261-15');
  demand(contact === undefined || method !== 'BYE', 'a BYE has no Contact', 'contact', 'RFC3261-20.10');
  demand(timer === undefined || isRefresh(method), `a ${method} does not refresh a session`, 'timer', 'RFC4028-4');
}

function acknowledged({ inviteSequence }: DialogState): number {
  demand(inviteSequence !== undefined, 'no INVITE has been sent', 'method', 'RFC3261-13.2.2.4');
  return inviteSequence;
}

function nextSequence({ localSequence }: DialogState, first = 1): number {
  if (localSequence === undefined) return whole(first, 0, MAX_SEQUENCE, 'sequence', 'RFC3261-8.1.1.5');
  return whole(localSequence + 1, 1, MAX_SEQUENCE, 'dialog.localSequence', 'RFC3261-8.1.1.5');
}

/** The Contact that goes with the request, where one does. */
function newTarget(dialog: DialogState, method: string, given: string | NameAddr | undefined): NameAddr | undefined {
  const target = given ?? (isRefresh(method) ? dialog.localTarget : undefined);
  demand(!isRefresh(method) || target !== undefined, 'the request refreshes the target', 'contact', 'RFC3261-12.2.1.1');
  return target === undefined ? undefined : dialogContact(readContacts(target), dialog.secure, 'RFC3261-12.2.1.1');
}

/** Request-URI and Route. A first route without lr is a strict router, which takes its own URI out (12.2.1.1). */
function path({ remoteTarget, routeSet }: DialogState): { uri: Uri; routes: readonly NameAddr[] } {
  const [first, ...rest] = routeSet;
  if (first === undefined || (isSipUri(first.uri) && findParam(first.uri.params, 'lr') !== undefined)) {
    return { uri: requestUri(remoteTarget), routes: routeSet };
  }
  return { uri: requestUri(first.uri), routes: [...rest, { uri: remoteTarget, params: [] }] };
}

/** Without what no Request-URI may have (RFC 3261 19.1.1, table 1). */
function requestUri(uri: Uri): Uri {
  if (!isSipUri(uri)) return uri;
  return { ...uri, params: uri.params.filter(({ name }) => !sameText(name, 'method')), headers: [] };
}

function tagged(address: NameAddr, tag: string | undefined): NameAddr {
  const params: readonly Param[] = tag === undefined ? [] : [{ name: 'tag', value: tag }];
  return { ...address, params };
}

/** Headers of the INVITE that its CANCEL has too; Supported as RFC 4028 7.1 has it in every request but ACK. */
const OF_THE_INVITE = ['Max-Forwards', 'From', 'To', 'Call-ID', 'Route', 'Supported'];

/**
 * The CANCEL of an INVITE, to be sent once a provisional response has come and to the same place (RFC 3261 9.1). Throws
 * EncodeError where the request is no INVITE, or its Via or CSeq can't be read.
 */
export function composeCancel(invite: SipRequest, input: Pick<InDialogInput, 'reason' | 'fields'> = {}): SipRequest {
  demand(invite.method === 'INVITE', `a ${invite.method} is not cancelled`, 'invite', 'RFC3261-9.1');
  const [hops, sequence] = [get(invite, via), get(invite, cseq)];
  if (!hops?.ok || !sequence?.ok) throw new EncodeError('an INVITE has Via and CSeq', 'invite', 'RFC3261-9.1');
  const further = furtherFields(input.fields, [...OWN_HEADERS, 'Require', 'Proxy-Require']);
  return {
    method: 'CANCEL',
    uri: invite.uri,
    fields: [
      { name: 'Via', value: via.format(hops.value.slice(0, 1)) },
      ...invite.fields.filter(({ name }) => OF_THE_INVITE.includes(canonicalName(name))),
      { name: 'CSeq', value: cseq.format({ number: sequence.value.number, method: 'CANCEL' }) },
      ...(input.reason === undefined ? [] : [{ name: 'Reason', value: reason.format(input.reason) }]),
      ...further,
      { name: 'Content-Length', value: '0' },
    ],
    body: new Uint8Array(0),
  };
}
