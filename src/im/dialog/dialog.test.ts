import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { FieldCodec } from '../../core/codec.ts';
import { EncodeError } from '../../core/error.ts';
import { type Result, unwrap } from '../../core/result.ts';
import { append, get, remove, set } from '../../sip/access.ts';
import { contact } from '../../sip/headers/contact.ts';
import { cseq } from '../../sip/headers/cseq.ts';
import { from, recordRoute, route, to } from '../../sip/headers/name-addrs.ts';
import { via } from '../../sip/headers/via.ts';
import { isRequest, type SipMessage, type SipRequest, type SipResponse, sipMessage } from '../../sip/message.ts';
import { canonicalName } from '../../sip/names.ts';
import { readSessionTimer, refreshSessionTimer, sessionTimerFrom2xx } from '../../sip/session-timer.ts';
import { sipUri } from '../../sip/uri.ts';
import { completeRequest, createDialog, type DialogState, matchesDialog, receiveRequest } from './dialog.ts';
import { composeCancel, composeInDialog } from './requests.ts';
import { composeResponse } from './responses.ts';

const fixture = (name: string): SipMessage =>
  unwrap(
    sipMessage.decode(new Uint8Array(readFileSync(new URL(`../../../fixtures/messages/${name}.sip`, import.meta.url)))),
  );
const asRequest = (name: string) => fixture(name) as SipRequest;
const asResponse = (name: string) => fixture(name) as SipResponse;

/** Start-line and headers that both have, as text: order of headers is free, and spelling of a display name. */
function shown(message: SipMessage): Readonly<Record<string, string>> {
  const rows = message.fields.map(({ name, value }) => [canonicalName(name), canonical(name, value)] as const);
  const start = isRequest(message) ? `${message.method} ${message.uri}` : `${message.status} ${message.reason}`;
  return Object.fromEntries([['start', start], ...rows]);
}

function canonical(name: string, value: string): string {
  const codec = [from, to].find((one) => one.name === canonicalName(name));
  return codec === undefined ? value : codec.format(unwrap(codec.parse(value)));
}

const INVITE = asRequest('large-invite-one-user');
const OK200 = asResponse('large-200-one-user');
const dialogOf = (invite: SipRequest, response: SipResponse, side: 'uac' | 'uas' = 'uac'): DialogState =>
  unwrap(createDialog(side, invite, response));
const withField = <T extends SipMessage>(message: T, name: string, value: string): T => ({
  ...plain(message),
  fields: [...message.fields, { name, value }],
});
/** A received message as an object that can be spread. */
function plain<T extends SipMessage>(message: T): T {
  const start = isRequest(message)
    ? { method: message.method, uri: message.uri }
    : { status: message.status, reason: message.reason };
  return { ...start, fields: message.fields, body: message.body } as unknown as T;
}
const read = <T>(message: SipMessage, codec: FieldCodec<T>): T => unwrap(get(message, codec) as Result<T>);
const VIA = 'SIP/2.0/TCP 192.0.2.10:5060;branch=z9hG4bK-next';
const refusal = (run: () => unknown): EncodeError => {
  try {
    run();
  } catch (error) {
    if (error instanceof EncodeError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe('the dialog of a large message', () => {
  it('LM-G0: its ACK and BYE are those of the INVITE and the 200', () => {
    const dialog = dialogOf(INVITE, OK200);
    const ack = composeInDialog(dialog, 'ACK', { via: 'SIP/2.0/TCP 192.0.2.10:5060;branch=z9hG4bK-largeack' });
    expect(shown(ack.request)).toEqual(shown(fixture('large-ack')));
    expect(ack.dialog).toBe(dialog);
    const bye = composeInDialog(ack.dialog, 'BYE', {
      via: 'SIP/2.0/TCP 192.0.2.10:5060;branch=z9hG4bK-largebye',
      reason: [
        {
          protocol: 'SIP',
          params: [
            { name: 'cause', value: '200' },
            { name: 'text', value: 'Call completed', quoted: true },
          ],
        },
      ],
      fields: INVITE.fields.filter(({ name }) => name === 'User-Agent'),
    });
    // RFC 4028 7.1 has Supported in every request but ACK, which the message of the field leaves out.
    const { Supported, ...others } = shown(bye.request);
    expect(Supported).toBe('timer, 100rel');
    expect(others).toEqual(shown(fixture('large-bye')));
    const ended = composeResponse(bye.request, 200);
    expect(shown(ended)).toEqual(shown(fixture('large-200-to-bye')));
    expect(bye.dialog.localSequence).toBe(2);
  });

  it('is plain data that JSON brings back', () => {
    const dialog = dialogOf(INVITE, OK200);
    const restored: DialogState = JSON.parse(JSON.stringify(dialog));
    const one = composeInDialog(restored, 'BYE', { via: VIA });
    expect(sipMessage.encode(one.request)).toEqual(
      sipMessage.encode(composeInDialog(dialog, 'BYE', { via: VIA }).request),
    );
  });

  it('an early dialog is confirmed by its 200, and each To tag makes its own', () => {
    const early = dialogOf(INVITE, asResponse('large-180'));
    expect(early).toMatchObject({ phase: 'early', side: 'uac', localTag: '1a2b3c', remoteTag: 'b0b1' });
    const other = asResponse('large-200-automata');
    expect([matchesDialog(early, OK200), matchesDialog(early, other)]).toEqual([true, false]);
    const routed = append(OK200, recordRoute, unwrap(recordRoute.parse('<sip:p2;lr>, <sip:p1;lr>'))) as SipResponse;
    const confirmed = completeRequest(early, 'uac', INVITE, routed);
    expect(confirmed.phase).toBe('confirmed');
    expect(route.format(confirmed.routeSet)).toBe('<sip:p1;lr>, <sip:p2;lr>');
    expect(confirmed).toEqual(dialogOf(INVITE, routed));
    expect(completeRequest(early, 'uac', INVITE, asResponse('pager-403-warning'))).toBe(early);
  });
});

describe('RFC 3261 24.2', () => {
  const invite = asRequest('rfc3261-24.2-f1-invite');
  const answer = asResponse('rfc3261-24.2-f11-200');

  it('LM-G0: the ACK of F12 follows from F1 and F11', () => {
    const via = 'SIP/2.0/UDP pc33.atlanta.example.com;branch=z9hG4bKnashds9';
    const { request } = composeInDialog(dialogOf(invite, answer), 'ACK', { via });
    expect(shown(request)).toEqual(shown(fixture('rfc3261-24.2-f12-ack')));
  });

  it('LM-G0: the BYE of F13 is what the callee sends, and F14 its answer', () => {
    const callee = dialogOf(asRequest('rfc3261-24.2-f5-invite-three-vias'), answer, 'uas');
    expect(callee.localSequence).toBeUndefined();
    const via = 'SIP/2.0/UDP 192.0.2.4;branch=z9hG4bKnashds10';
    const { request } = composeInDialog(callee, 'BYE', { via, sequence: 231 });
    expect(shown(request)).toEqual(shown(fixture('rfc3261-24.2-f13-bye')));
    const caller = dialogOf(invite, answer);
    expect(matchesDialog(caller, request)).toBe(true);
    expect(unwrap(receiveRequest(caller, request)).remoteSequence).toBe(231);
    expect(shown(composeResponse(request, 200))).toEqual(shown(fixture('rfc3261-24.2-f14-bye-200')));
  });

  it('the callee answers F5 with 180 and 200 of one tag', () => {
    const f5 = asRequest('rfc3261-24.2-f5-invite-three-vias');
    const ringing = composeResponse(f5, 180, { toTag: 'a6c85cf', contact: '<sip:bob@192.0.2.4>' });
    expect(shown(ringing)).toEqual(shown(fixture('rfc3261-24.2-f6-180')));
    expect(sipMessage.decode(sipMessage.encode(ringing)).ok).toBe(true);
    const body = { contentType: 'application/sdp', content: answer.body };
    const ok = composeResponse(f5, 200, { toTag: 'a6c85cf', contact: '<sip:bob@192.0.2.4>', body });
    const received = unwrap(sipMessage.decode(sipMessage.encode(ok))) as SipResponse;
    expect(read(received, via)).toEqual(read(f5, via));
    expect(dialogOf(invite, received)).toEqual(dialogOf(invite, answer));
  });
});

describe('RFC 4028 13', () => {
  it('LM-G0: the UPDATE of message 18 follows from messages 10 and 15', () => {
    const [invite, answer] = [asRequest('rfc4028-12-m10-invite'), asResponse('rfc4028-12-m15-200')];
    const dialog = dialogOf(invite, answer);
    expect(dialog.secure).toBe(true);
    const timer = sessionTimerFrom2xx(unwrap(readSessionTimer(invite)), unwrap(readSessionTimer(answer)));
    if (timer === undefined) throw new Error('no timer');
    const via = 'SIP/2.0/TLS pc33.atlanta.example.com;branch=z9hG4bKnashds12';
    const update = composeInDialog(dialog, 'UPDATE', { via, timer: refreshSessionTimer(timer) });
    expect(shown(update.request)).toEqual(shown(fixture('rfc4028-12-m18-update')));
    const refreshed = completeRequest(update.dialog, 'uac', update.request, asResponse('rfc4028-12-m21-update-200'));
    expect(refreshed).toEqual({ ...dialog, localSequence: 314162 });
    const contact = 'sip:alice@pc33.atlanta.example.com';
    expect(refusal(() => composeInDialog(dialog, 'UPDATE', { via, contact }))).toMatchObject({
      path: 'contact',
      clause: 'RFC3261-12.2.1.1',
    });
  });
});

describe('what makes a dialog', () => {
  it.each<[string, SipRequest, SipResponse, string]>([
    ['100', INVITE, composeResponse(INVITE, 100), 'unsupported'],
    ['a failure', INVITE, composeResponse(INVITE, 603, { toTag: 'x' }), 'unsupported'],
    ['a response to MESSAGE', asRequest('pager-one-user'), OK200, 'unsupported'],
    ['180 without To tag', INVITE, set(asResponse('large-180'), to, unwrap(to.parse('<sip:b@c>'))) as never, 'missing'],
    ['200 without Contact', INVITE, remove(OK200, 'Contact') as SipResponse, 'missing'],
    ['a Contact that is no address', INVITE, set(OK200, contact, [{ wildcard: true }]) as SipResponse, 'unsupported'],
    ['a tel Contact', INVITE, set(OK200, contact, unwrap(contact.parse('<tel:+1>'))) as SipResponse, 'unsupported'],
    ['a broken Contact', INVITE, withField(remove(OK200, 'Contact') as SipResponse, 'm', '<sip:'), 'truncated'],
    ['a broken Record-Route', INVITE, withField(OK200, 'Record-Route', 'sip:p1'), 'syntax'],
    ['a 200 without To', INVITE, remove(OK200, 'To') as SipResponse, 'missing'],
    ['an INVITE without From tag', set(INVITE, from, unwrap(from.parse('<sip:b@c>'))) as SipRequest, OK200, 'missing'],
    ['an INVITE without From', remove(INVITE, 'From') as SipRequest, OK200, 'missing'],
    ['an INVITE without Call-ID', remove(INVITE, 'Call-ID') as SipRequest, OK200, 'missing'],
    ['an INVITE without CSeq', remove(INVITE, 'CSeq') as SipRequest, OK200, 'missing'],
  ])('LM-G0: %s does not make one', (_, invite, response, code) => {
    expect(createDialog('uac', invite, response)).toMatchObject({ ok: false, error: { code } });
  });

  it('a peer of RFC 2543 has no tag', () => {
    const untagged = set(OK200, to, unwrap(to.parse('<sip:bob@home1.example.net>'))) as SipResponse;
    const dialog = dialogOf(INVITE, untagged);
    expect(dialog.remoteTag).toBeUndefined();
    expect(read(composeInDialog(dialog, 'BYE', { via: VIA }).request, to)).toMatchObject({
      params: [],
    });
    expect([matchesDialog(dialog, untagged), matchesDialog(dialog, OK200)]).toEqual([true, false]);
  });

  it.each([
    ['sips:b@c', 'TLS', true],
    ['sips:b@c', 'tls', true],
    ['sips:b@c', 'TCP', false],
    ['sip:b@c', 'TLS', false],
  ])('an INVITE to %s over %s: secure is %s', (uri, transport, secure) => {
    const hop = unwrap(via.parse(`SIP/2.0/${transport} 192.0.2.1;branch=z9hG4bK1`));
    const invite = { ...plain(set(INVITE, via, hop) as SipRequest), uri };
    expect(dialogOf(invite, OK200).secure).toBe(secure);
  });

  it('the server takes the routes in order, the client in reverse', () => {
    const routes = unwrap(recordRoute.parse('<sip:p2;lr;x=1>;y, <sip:p1;lr>'));
    const invite = append(INVITE, recordRoute, routes) as SipRequest;
    const answer = composeResponse(invite, 200, { toTag: 'b0b1', contact: '<sip:bob@192.0.2.77>' });
    const [client, server] = [dialogOf(INVITE, answer), dialogOf(invite, answer, 'uas')];
    expect(route.format(client.routeSet)).toBe('<sip:p1;lr>, <sip:p2;lr;x=1>;y');
    expect(route.format(server.routeSet)).toBe('<sip:p2;lr;x=1>;y, <sip:p1;lr>');
    expect(server).toMatchObject({ localTag: 'b0b1', remoteTag: '1a2b3c', remoteSequence: 1, side: 'uas' });
    expect(sipUri.format(server.remoteTarget)).toBe('sip:alice@192.0.2.10:5060');
  });
});

describe('which messages belong to a dialog', () => {
  const dialog = dialogOf(INVITE, OK200);
  const callee = dialogOf(INVITE, OK200, 'uas');
  const bye = composeInDialog(dialog, 'BYE', { via: VIA }).request;

  it('the tags change sides with the direction, and compare without case', () => {
    expect([matchesDialog(callee, bye), matchesDialog(dialog, bye)]).toEqual([true, false]);
    expect(matchesDialog(callee, set(bye, to, unwrap(to.parse('<sip:b@c>;tag=B0B1'))))).toBe(true);
    expect(matchesDialog(callee, INVITE)).toBe(false);
  });

  it.each(['Call-ID', 'From', 'To'])('a message without %s belongs to none', (name) => {
    expect(matchesDialog(callee, remove(bye, name))).toBe(false);
  });

  it('another Call-ID is another dialog, also where only the case differs', () => {
    expect(matchesDialog({ ...callee, callId: callee.callId.toUpperCase() }, bye)).toBe(false);
  });
});

describe('requests of the peer', () => {
  const dialog = { ...dialogOf(INVITE, OK200), remoteSequence: 7 };
  const numbered = (method: string, number: number): SipRequest => ({
    method,
    uri: 'sip:alice@192.0.2.10',
    fields: [{ name: 'CSeq', value: cseq.format({ number, method }) }],
    body: new Uint8Array(0),
  });

  it.each([
    ['UPDATE', 8, 8],
    ['UPDATE', 90, 90],
    ['BYE', 7, 7],
    ['ACK', 3, 7],
    ['CANCEL', 3, 7],
  ])('%s number %i is in order: %i is the last one', (method, number, last) => {
    expect(unwrap(receiveRequest(dialog, numbered(method, number))).remoteSequence).toBe(last);
  });

  it('LM-G0: refuses one that is out of order, or without number', () => {
    expect(receiveRequest(dialog, numbered('BYE', 6))).toMatchObject({ error: { code: 'range', rule: 'CSeq' } });
    expect(receiveRequest(dialog, remove(numbered('BYE', 8), 'CSeq') as SipRequest)).toMatchObject({ ok: false });
  });

  it('the first one sets the number, whatever it is', () => {
    expect(unwrap(receiveRequest(dialogOf(INVITE, OK200), numbered('UPDATE', 0))).remoteSequence).toBe(0);
  });

  it('a target refresh that is accepted moves the remote target, and nothing else does', () => {
    const target = { name: 'Contact', value: '<sip:bob@198.51.100.1>' };
    const moved = (method: string, status: number, ...fields: SipRequest['fields']) => {
      const request = { ...numbered(method, 8), fields: [...numbered(method, 8).fields, ...fields] };
      const answer = { status, reason: '', fields: [], body: new Uint8Array(0) };
      return sipUri.format(completeRequest(dialog, 'uas', request, answer).remoteTarget);
    };
    expect(moved('UPDATE', 200, target)).toBe('sip:bob@198.51.100.1');
    expect(moved('INVITE', 200, target)).toBe('sip:bob@198.51.100.1');
    for (const stays of [moved('UPDATE', 422, target), moved('INFO', 200, target), moved('UPDATE', 200)]) {
      expect(stays).toBe('sip:bob@192.0.2.77');
    }
  });

  it('a 200 to UPDATE does not confirm an early dialog, and no answer changes routes later', () => {
    const early = dialogOf(INVITE, asResponse('large-180'));
    const update = composeInDialog(early, 'UPDATE', { via: VIA });
    const answer = composeResponse(update.request, 200, { contact: 'sip:bob@198.51.100.1' });
    expect(completeRequest(update.dialog, 'uac', update.request, answer)).toMatchObject({
      phase: 'early',
      localSequence: 2,
      inviteSequence: 1,
    });
    const confirmed = completeRequest(update.dialog, 'uac', INVITE, OK200);
    const ack = composeInDialog(confirmed, 'ACK', { via: VIA }).request;
    expect(read(ack, cseq)).toEqual({ number: 1, method: 'ACK' });
    const routed = append(OK200, recordRoute, unwrap(recordRoute.parse('<sip:p1;lr>'))) as SipResponse;
    expect(completeRequest(confirmed, 'uac', INVITE, routed).routeSet).toEqual([]);
  });
});

describe('routes of a request', () => {
  const dialog = dialogOf(INVITE, OK200);
  const through = (routes: string, target: string): Readonly<Record<string, string>> => {
    const routeSet = routes === '' ? [] : unwrap(route.parse(routes));
    const remoteTarget = unwrap(sipUri.parse(target));
    return shown(composeInDialog({ ...dialog, routeSet, remoteTarget }, 'BYE', { via: VIA }).request);
  };

  it('RFC 3261 12.2.1.1: its own example of a strict router', () => {
    const routes = '<sip:proxy1>,<sip:proxy2>,<sip:proxy3;lr>,<sip:proxy4>';
    expect(through(routes, 'sip:user@remoteua')).toMatchObject({
      start: 'BYE sip:proxy1',
      Route: '<sip:proxy2>, <sip:proxy3;lr>, <sip:proxy4>, <sip:user@remoteua>',
    });
  });

  it.each([
    ['', 'sip:b@c', 'BYE sip:b@c', undefined],
    ['<sip:p1;lr>;x, <sip:p2>', 'sip:b@c', 'BYE sip:b@c', '<sip:p1;lr>;x, <sip:p2>'],
    ['<sip:p1;LR=on>', 'sip:b@c', 'BYE sip:b@c', '<sip:p1;LR=on>'],
    ['<sip:p1;maddr=a;method=INVITE?x=y>', 'sip:b@c', 'BYE sip:p1;maddr=a', '<sip:b@c>'],
    ['', 'sip:b@c;gr=1;method=INVITE?Subject=x', 'BYE sip:b@c;gr=1', undefined],
    ['<urn:x:y>', 'sip:b@c', 'BYE urn:x:y', '<sip:b@c>'],
  ])('through %j to %s', (routes, target, start, field) => {
    const request = through(routes, target);
    expect([request.start, request.Route]).toEqual([start, field]);
  });
});

describe('what a caller may not have sent', () => {
  const dialog = dialogOf(INVITE, OK200);
  const early = dialogOf(INVITE, asResponse('large-180'));
  const callee = dialogOf(INVITE, OK200, 'uas');
  const earlyCallee = dialogOf(INVITE, asResponse('large-180'), 'uas');
  const body = { contentType: 'text/plain', content: 'x' };

  it.each<[string, DialogState, string, object, string, string]>([
    ['a CANCEL', dialog, 'CANCEL', {}, 'method', 'RFC3261-9.1'],
    ['an ACK before the 200', early, 'ACK', {}, 'method', 'RFC3261-13.2.2.4'],
    ['an ACK of no INVITE', callee, 'ACK', {}, 'method', 'RFC3261-13.2.2.4'],
    ['a second INVITE before the 200', early, 'INVITE', {}, 'method', 'RFC3261-14.1'],
    ['a BYE of the callee before the 200', earlyCallee, 'BYE', {}, 'method', 'RFC3261-15'],
    ['a method with a blank', dialog, 'B YE', {}, 'method', 'RFC3261-7.1'],
    ['a BYE with Contact', dialog, 'BYE', { contact: 'sip:a@b' }, 'contact', 'RFC3261-20.10'],
    ['two Contacts', dialog, 'UPDATE', { contact: 'sip:a@b, sip:c@d' }, 'contact', 'RFC3261-12.2.1.1'],
    ['a wildcard Contact', dialog, 'UPDATE', { contact: '*' }, 'contact', 'RFC3261-20.10'],
    ['a tel Contact', dialog, 'UPDATE', { contact: 'tel:+1' }, 'contact', 'RFC3261-12.2.1.1'],
    ['no Contact', { ...dialog, localTarget: undefined }, 'UPDATE', {}, 'contact', 'RFC3261-12.2.1.1'],
    ['no number left', { ...dialog, localSequence: 2 ** 31 - 1 }, 'BYE', {}, 'dialog.localSequence', 'RFC3261-8.1.1.5'],
    ['a first number too large', callee, 'BYE', { sequence: 2 ** 31 }, 'sequence', 'RFC3261-8.1.1.5'],
    [
      'a timer in BYE',
      dialog,
      'BYE',
      { timer: { supported: true, required: false, interval: 90 } },
      'timer',
      'RFC4028-4',
    ],
    ['no Via', dialog, 'BYE', { via: undefined }, 'via', 'RFC3261-12.2.1.1'],
    ['an empty list of Vias', dialog, 'BYE', { via: [] }, 'via', 'RFC3261-12.2.1.1'],
    ['a word for a number', callee, 'BYE', { sequence: '1' }, 'sequence', 'RFC3261-12.2.1.1'],
    ['an input that is misspelt', dialog, 'BYE', { reasons: [] }, 'input', 'RFC3261-12.2.1.1'],
    [
      'an unknown refresher',
      dialog,
      'UPDATE',
      { timer: { supported: true, required: false, refresher: 'me' } },
      'timer.refresher',
      'RFC3261-12.2.1.1',
    ],
    ['a timer in ACK', dialog, 'ACK', { timer: { supported: true, required: false } }, 'timer', 'RFC4028-4'],
    ['Route as a field', dialog, 'BYE', { fields: [{ name: 'route', value: 'x' }] }, 'fields[0]', 'RFC3261-7.3'],
    ['a line end', dialog, 'BYE', { fields: [{ name: 'X', value: 'a\r\nb' }] }, 'fields[0].value', 'RFC3261-7.3'],
    ['no header name', dialog, 'BYE', { fields: [{ name: 'X:', value: 'a' }] }, 'fields[0].name', 'RFC3261-7.3'],
    [
      'fields of the body',
      dialog,
      'INVITE',
      { body: { ...body, fields: [{ name: 'X', value: 'a' }] } },
      'body.fields',
      'RFC3261-7.4',
    ],
    [
      'a line end in the Reason',
      dialog,
      'BYE',
      { reason: [{ protocol: 'S\r\n', params: [] }] },
      '[0].protocol',
      'RFC3326-2',
    ],
  ])('LM-G0: throws on %s', (_, state, method, input, path, clause) => {
    expect(refusal(() => composeInDialog(state, method, { via: VIA, ...input }))).toMatchObject({ path, clause });
  });

  it('a re-INVITE has the next number, its Contact and body, and its ACK that number', () => {
    const input = {
      via: VIA,
      contact: '<sip:alice@198.51.100.9>',
      body,
      timer: refreshSessionTimer({ interval: 300, refresher: 'remote' }),
    };
    const again = composeInDialog(dialog, 'INVITE', input);
    expect(shown(again.request)).toMatchObject({
      CSeq: '2 INVITE',
      Contact: '<sip:alice@198.51.100.9>',
      'Session-Expires': '300;refresher=uas',
      'Content-Type': 'text/plain',
      'Content-Length': '1',
    });
    expect(shown(composeInDialog(again.dialog, 'UPDATE', { via: VIA }).request)).toMatchObject({
      CSeq: '3 UPDATE',
      Contact: '<sip:alice@198.51.100.9>',
    });
    const later = composeInDialog(again.dialog, 'INFO', { via: VIA }).dialog;
    expect(shown(composeInDialog(later, 'ACK', { via: VIA }).request).CSeq).toBe('2 ACK');
  });
});

describe('CANCEL', () => {
  it('RFC 3261 9.1: has what its INVITE has, and one Via', () => {
    const invite = withField(
      withField(INVITE, 'Route', '<sip:p1;lr>, <sip:p2;lr>'),
      'Via',
      'SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK-behind',
    );
    const cancel = composeCancel(invite, { reason: [{ protocol: 'SIP', params: [{ name: 'cause', value: '487' }] }] });
    expect(cancel.fields.map(({ name, value }) => `${name}: ${value}`)).toEqual([
      'Via: SIP/2.0/TCP 192.0.2.10:5060;branch=z9hG4bK-largeinviteoneuser',
      'Max-Forwards: 70',
      'From: "Alice" <sip:alice@home1.example.net>;tag=1a2b3c',
      'To: <sip:bob@home1.example.net>',
      'Call-ID: largeinviteoneuser@192.0.2.10',
      'Supported: timer, 100rel',
      'Route: <sip:p1;lr>, <sip:p2;lr>',
      'CSeq: 1 CANCEL',
      'Reason: SIP;cause=487',
      'Content-Length: 0',
    ]);
    expect([cancel.method, cancel.uri]).toEqual(['CANCEL', invite.uri]);
  });

  it.each<[string, SipRequest, object, string]>([
    ['a MESSAGE', asRequest('pager-one-user'), {}, 'invite'],
    ['an INVITE without Via', remove(INVITE, 'Via') as SipRequest, {}, 'invite'],
    ['an INVITE without CSeq', remove(INVITE, 'CSeq') as SipRequest, {}, 'invite'],
    ['Require', INVITE, { fields: [{ name: 'Require', value: 'timer' }] }, 'fields[0]'],
    ['Proxy-Require', INVITE, { fields: [{ name: 'Proxy-Require', value: 'sec-agree' }] }, 'fields[0]'],
  ])('LM-G0: throws on %s', (_, invite, input, path) => {
    expect(refusal(() => composeCancel(invite, input))).toMatchObject({ path });
  });
});
