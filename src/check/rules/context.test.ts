import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../../core/result.ts';
import { cpim } from '../../cpim/message.ts';
import { type SipRequest, sipMessage } from '../../sip/message.ts';
import { check } from '../check.ts';
import type { CheckContext, Finding } from '../finding.ts';

const MESSAGES = new URL('../../../fixtures/messages/', import.meta.url);
const fixture = (name: string): string => readFileSync(new URL(`${name}.sip`, MESSAGES), 'utf8');

const octetsOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const requestOf = (text: string): SipRequest => unwrap(sipMessage.decode(octetsOf(text))) as SipRequest;

const INVITE = fixture('large-invite-one-user');
const ANSWER = fixture('large-200-one-user').replace(/Content-Length.*\r\n/, '');

function found(text: string, context: CheckContext): readonly Finding[] {
  return check(octetsOf(text), { profile: 'oma-im', context }).findings;
}

const said = (findings: readonly Finding[]): readonly string[] =>
  findings.map(({ severity, clause, message }) => `${severity} ${clause} ${message}`);

describe('a response with its INVITE', () => {
  it('finds nothing in the right answer, and nothing without the INVITE', () => {
    expect(said(found(ANSWER, { invite: requestOf(INVITE) }))).toEqual([]);
    expect(said(found(ANSWER.replace('a=recvonly', 'a=sendonly'), {}))).toEqual([]);
  });

  it.each([
    ['Call-ID', 'Call-ID: large', 'Call-ID: small', 'error RFC3261-8.2.6.2', 'Call-ID: largeinviteoneuser@192.0.2.10'],
    ['CSeq', 'CSeq: 1', 'CSeq: 2', 'error RFC3261-8.2.6.2', 'CSeq: 1 INVITE'],
    ['no timer', /Session-Exp.*\r\n/, '', 'info RFC4028-9', undefined],
    ['no refresher', ';refresher=uac', '', 'error RFC4028-9', 'Session-Expires: 1800;refresher=uac'],
    ['the other refresher', 'refresher=uac', 'refresher=uas', 'error RFC4028-9', 'Session-Expires: 1800;refresher=uac'],
    ['a longer interval', ': 1800', ': 3600', 'error RFC4028-9', 'Session-Expires: 1800;refresher=uac'],
    ['no Require', 'Require: timer\r\n', '', 'error RFC4028-9', 'Require: timer'],
    ['no answer', /\r\n\r\n[\s\S]*/, '\r\n\r\n', 'error RFC3264-6', undefined],
    ['two media', 'a=recvonly', 'a=recvonly\r\nm=audio 0 RTP/AVP 0', 'error RFC3264-6', undefined],
    ['the same direction', 'a=recvonly', 'a=sendonly', 'error RFC3264-6.1', 'a=recvonly'],
    ['no direction', 'a=recvonly\r\n', '', 'error RFC3264-6.1', 'a=recvonly'],
    ['nobody sends', 'a=recvonly', 'a=inactive', undefined, undefined],
    ['a refused medium', '9000 TCP', '0 TCP', 'info RFC3264-6', undefined],
    ['nobody connects', 'setup:passive', 'setup:actpass', 'error RFC4145-4.1', 'a=setup:passive'],
  ] as const)('%s', (_, from, to, expected, fix) => {
    const findings = found(ANSWER.replace(from, to), { invite: requestOf(INVITE) });
    expect(findings.map(({ severity, clause }) => `${severity} ${clause}`)).toEqual(
      expected === undefined ? [] : [expected],
    );
    expect(findings[0]?.fix).toBe(fix);
  });

  it('holds the answer to Min-SE and to what the client supports', () => {
    const invite = INVITE.replace('Supported: timer, ', 'Min-SE: 1200\r\nSupported: ');
    const short = ANSWER.replace(': 1800', ': 900');
    expect(said(found(short, { invite: requestOf(invite) }))).toEqual([
      'error RFC4028-9 range: 900 seconds are less than Min-SE of the INVITE, 1200',
      'error RFC4028-9 the client shall refresh, which does not support it',
    ]);
  });
});

const ORIGINAL = fixture('rfc5438-6.2-message-asks-imdn').split('\r\n\r\n').slice(1).join('\r\n\r\n');
const NOTICE = fixture('rfc5438-7.2.1.1-delivery-notification')
  .split('\r\n\r\n')
  .slice(1)
  .join('\r\n\r\n')
  .replace('2008-04', '2006-04')
  .replace('Content-length: 414\r\n', '');

describe('a notification with its message', () => {
  const original = (change: (text: string) => string = (same) => same) =>
    unwrap(cpim.decode(octetsOf(change(ORIGINAL).replace('Content-length: 12\r\n', ''))));

  it('finds nothing where it answers', () => {
    expect(said(found(NOTICE, { original: original() }))).toEqual([]);
  });

  it.each([
    [
      'another message',
      (text: string) => text.replace('34jk324j', 'x34jk324'),
      'error RFC5438-11.1.1 mismatch: 34jk324j is not the message',
    ],
    [
      'another time',
      (text: string) => text.replace('2006', '2007'),
      'error RFC5438-11.1.2 mismatch: the message was sent at another time',
    ],
    [
      'not the way back',
      (text: string) => text.replace('DateTime', 'imdn.IMDN-Record-Route: <sip:relay@example.com>\r\nDateTime'),
      'error RFC5438-7.2.1 mismatch: the way back is sip:relay@example.com, not the sender',
    ],
    [
      'not asked',
      (text: string) => text.replace('positive-delivery, negative-delivery', 'display'),
      'error RFC5438-7.2.1 positive-delivery was not asked for, but display',
    ],
  ])('%s', (_, change, expected) => {
    expect(said(found(NOTICE, { original: original(change) }))).toEqual([expected]);
  });
});

describe('what the user wants to be told', () => {
  const PAGER = fixture('rfc5438-6.2-message-asks-imdn').replace(/Content-Length.*\r\n/, '');
  const duties = ({ clause }: Finding): boolean => clause.startsWith('RFC5438') || clause.startsWith('RFC4975');

  it('finds a message that does not ask, or asks for what nobody wants', () => {
    const silent = PAGER.replace(/imdn.Disp.*\r\n/, '');
    expect(said(found(PAGER, { imdnRequested: true }).filter(duties))).toEqual([]);
    expect(said(found(silent, { imdnRequested: false }).filter(duties))).toEqual([]);
    expect(said(found(silent, {}).filter(duties))).toEqual([]);
    expect(found(silent, { imdnRequested: true }).filter(duties)).toMatchObject([
      { clause: 'RFC5438-7.1.1.3', severity: 'error' },
    ]);
    expect(found(PAGER, { imdnRequested: false }).filter(duties)).toMatchObject([
      { clause: 'RFC5438-7.1.1.3', severity: 'warning' },
    ]);
    expect(found(fixture('pager-one-user'), { imdnRequested: true }).filter(duties)).toMatchObject([
      { field: 'Content-Type' },
    ]);
  });

  it('finds an offer that does not accept notifications in their wrapper', () => {
    expect(said(found(INVITE, { imdnRequested: true }))).toEqual([]);
    const bare = INVITE.replace('a=accept-wrapped-types:*', 'a=accept-wrapped-types:text/plain').replace(
      /Content-Length.*\r\n/,
      '',
    );
    expect(found(bare, { imdnRequested: true })).toMatchObject([
      { severity: 'warning', fix: 'a=accept-wrapped-types:text/plain message/imdn+xml' },
    ]);
  });
});
