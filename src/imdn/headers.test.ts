import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../core/error.ts';
import { unwrap } from '../core/result.ts';
import { appendCpim, getCpim } from '../cpim/access.ts';
import { type CpimMessage, cpim } from '../cpim/message.ts';
import { checkFlood } from '../testing/flood.ts';
import { checkLaws, checkRefusesToFormat } from '../testing/laws.ts';
import {
  imdnDispositionNotification,
  imdnMessageId,
  imdnOriginalTo,
  imdnRecordRoute,
  imdnRoute,
  type NotifyRequest,
} from './headers.ts';

function message(...lines: string[]): CpimMessage {
  const text = `${lines.join('\r\n')}\r\n\r\nContent-Type: text/plain\r\n\r\n`;
  return unwrap(cpim.decode(new TextEncoder().encode(text)));
}

describe('Disposition-Notification', () => {
  it.each<[string, NotifyRequest[], string?]>([
    ['', []],
    ['positive-delivery', [{ type: 'positive-delivery' }]],
    ['positive-delivery, negative-delivery', [{ type: 'positive-delivery' }, { type: 'negative-delivery' }]],
    ['display,interworking', [{ type: 'display' }, { type: 'interworking' }], 'display, interworking'],
    ['display  ,  processing', [{ type: 'display' }, { type: 'processing' }], 'display, processing'],
    ['display;a=b', [{ type: 'display', params: [{ name: 'a', value: 'b' }] }]],
    [
      'x ; a=b ;c="d \\" e",y',
      [
        {
          type: 'x',
          params: [
            { name: 'a', value: 'b' },
            { name: 'c', value: 'd " e' },
          ],
        },
        { type: 'y' },
      ],
      'x;a=b;c="d \\" e", y',
    ],
    ['display;a=1;a=1', [{ type: 'display', params: [1, 1].map((n) => ({ name: 'a', value: String(n) })) }]],
    ['Display, display, display', [{ type: 'Display' }, { type: 'display' }, { type: 'display' }]],
    ['a.b', [{ type: 'a.b' }]],
    ['d\u00e9j\u00e0', [{ type: 'd\u00e9j\u00e0' }]],
    ['__proto__;constructor=a', [{ type: '__proto__', params: [{ name: 'constructor', value: 'a' }] }]],
  ])('%j', (text, value, canonical = text) => {
    expect(unwrap(imdnDispositionNotification.parse(text))).toEqual(value);
    expect(imdnDispositionNotification.format(value)).toBe(canonical);
  });

  it.each<[string, ErrorCode, number]>([
    [' ', 'syntax', 0],
    [',', 'syntax', 0],
    ['display,', 'truncated', 8],
    ['display, ', 'truncated', 9],
    ['display,,display', 'syntax', 8],
    ['display ', 'trailing', 7],
    ['display display', 'trailing', 7],
    ['display\t,display', 'trailing', 7],
    ['display;', 'truncated', 8],
    ['display;a', 'truncated', 9],
    ['display;a =b', 'syntax', 9],
    ['display;a.b=c', 'syntax', 9],
    ['display;a=', 'truncated', 10],
    ['display;a="b', 'unterminated', 10],
    ['a@b', 'trailing', 1],
    ['"display"', 'syntax', 0],
    ['display\r\n', 'trailing', 7],
    ['dis\0play', 'trailing', 3],
    ['\ud800', 'encoding', 0],
  ])('is not %j', (text, code, offset) => {
    expect(imdnDispositionNotification.parse(text)).toMatchObject({ ok: false, error: { code, offset } });
  });

  it.each<[NotifyRequest[], string]>([
    [[{ type: '' }], '[0].type'],
    [[{ type: 'display' }, { type: 'a b' }], '[1].type'],
    [[{ type: 'a\r\nX: y' }], '[0].type'],
    [[{ type: 'a', params: [{ name: 'a.b', value: '' }] }], '[0].params[0].name'],
    [[{ type: 'a', params: [{ name: 'b', value: '\ud800' }] }], '[0].params[0].value'],
  ])('refuses to write %j', (value, path) => {
    expect(checkRefusesToFormat(imdnDispositionNotification, value)).toMatchObject({ path, clause: /^RFC/ });
  });

  const TOKEN = fc.string({ unit: fc.constantFrom(...'aZ09.!#-~\u00e9'), minLength: 1, maxLength: 8 });
  const PARAM = fc.record({
    name: fc.string({ unit: fc.constantFrom(...'aZ0!#-~'), minLength: 1, maxLength: 8 }),
    value: fc.string({ unit: fc.constantFrom(...'aZ.," ;=\\\n\t\u00e9\u{1f600}'), maxLength: 8 }),
  });
  const REQUEST = fc.record({
    type: fc.oneof(fc.constantFrom('positive-delivery', 'display'), TOKEN),
    params: fc.option(fc.array(PARAM, { minLength: 1, maxLength: 3 }), { nil: undefined }),
  });

  it('obeys the laws', () => {
    checkLaws(imdnDispositionNotification, fc.array(REQUEST, { maxLength: 4 }));
    checkLaws(imdnMessageId, TOKEN);
  });

  it('reads in linear time, up to a limit', () => {
    checkFlood(imdnDispositionNotification, '', 'display,', 'x');
    checkFlood(imdnDispositionNotification, 'display', ';a=b');
    checkFlood(imdnDispositionNotification, 'display', ' ');
    checkFlood(imdnDispositionNotification, 'display;a="', '\\"');
    checkFlood(imdnDispositionNotification, '', 'display , ;');
    checkFlood(imdnMessageId, '', 'a');
  });

  it('bounds requests and parameters', () => {
    const most = { limits: { params: 2 } };
    expect(imdnDispositionNotification.parse('a,b', most).ok).toBe(true);
    expect(imdnDispositionNotification.parse('a,b,c', most)).toMatchObject({ error: { code: 'limit', offset: 4 } });
    expect(imdnDispositionNotification.parse('a;b=1;c=2;d=3', most)).toMatchObject({ error: { code: 'limit' } });
  });
});

describe('Message-ID', () => {
  it.each(['34jk324j', 'd834jied93rf', '.', 'a-b_c!d', '\u00e9'])('%s', (text) => {
    expect(unwrap(imdnMessageId.parse(text))).toBe(text);
    expect(imdnMessageId.format(text)).toBe(text);
  });

  it.each<[string, ErrorCode]>([
    ['', 'truncated'],
    ['a b', 'trailing'],
    [' a', 'syntax'],
    ['a@b', 'trailing'],
    ['<a>', 'syntax'],
    ['YWJj==', 'trailing'],
    ['a\n', 'trailing'],
  ])('is not %j, and throws', (text, code) => {
    expect(imdnMessageId.parse(text)).toMatchObject({ ok: false, error: { code } });
    checkRefusesToFormat(imdnMessageId, text);
  });
});

describe('in a message', () => {
  const lines = [
    'From: Alice <im:alice@example.com>',
    'NS: x <urn:ietf:params:imdn>',
    'NS: imdn <urn:other>',
    'imdn.Message-ID: another',
    'x.Message-ID: 34jk324j',
    'x.Original-To: "The list" <im:list@example.com>',
    'x.IMDN-Record-Route: <sip:second@example.com>',
    'x.IMDN-Record-Route: First <sip:first@example.com>',
    'x.Disposition-Notification: positive-delivery, display',
  ];

  it('headers are found by their namespace, whatever the prefix', () => {
    const received = message(...lines);
    expect(getCpim(received, imdnMessageId)).toMatchObject({ value: '34jk324j' });
    expect(getCpim(received, imdnOriginalTo)).toMatchObject({
      value: { name: 'The list', uri: 'im:list@example.com' },
    });
    expect(getCpim(received, imdnRecordRoute)).toMatchObject({
      value: [{ uri: 'sip:second@example.com' }, { name: 'First', uri: 'sip:first@example.com' }],
    });
    expect(getCpim(received, imdnDispositionNotification)).toMatchObject({
      value: [{ type: 'positive-delivery' }, { type: 'display' }],
    });
    expect(getCpim(received, imdnRoute)).toBeUndefined();
  });

  it('names compare exactly, and one that occurs twice or is wrong costs only itself', () => {
    const received = message(...lines, 'x.original-to: <im:a@b>', 'x.Original-To: <im:a@b>', 'x.IMDN-Route: a@b');
    expect(getCpim(received, imdnOriginalTo)).toMatchObject({ ok: false, error: { code: 'duplicate', field: 10 } });
    expect(getCpim(received, imdnRoute)).toMatchObject({ ok: false, error: { field: 11 } });
    expect(getCpim(received, imdnMessageId)).toMatchObject({ ok: true });
  });

  it('an undeclared prefix stands for nothing', () => {
    expect(getCpim(message('imdn.Message-ID: a'), imdnMessageId)).toBeUndefined();
    expect(getCpim(message('Message-ID: a'), imdnMessageId)).toBeUndefined();
  });

  it('headers are written with a prefix that is theirs', () => {
    const made = appendCpim(message('NS: imdn <urn:other>'), imdnRoute, { uri: 'sip:a@b' });
    expect(made.headers.slice(1)).toEqual([
      { name: 'NS', value: 'imdn2 <urn:ietf:params:imdn>' },
      { name: 'imdn2.IMDN-Route', value: '<sip:a@b>' },
    ]);
  });
});
