import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Param } from '../core/params.ts';
import { unwrap } from '../core/result.ts';
import * as arbitrary from '../testing/arbitraries.ts';
import { checkFlood } from '../testing/flood.ts';
import { checkLaws, checkRefusesToFormat } from '../testing/laws.ts';
import { checkInvalid, checkValid, type InvalidRow, type ValidRow } from '../testing/rows.ts';
import { type ContentDisposition, contentDisposition, contentType, isOptional } from './content-headers.ts';
import { isMediaType } from './media-type.ts';

const param = (name: string, value?: string, quoted?: true): Param => ({ name, value, quoted });
const disposition = (type: string, ...params: Param[]): ContentDisposition => ({ type, params });

const VALID: readonly ValidRow<ContentDisposition>[] = [
  ['session', disposition('session')],
  ['render', disposition('render')],
  ['Render', disposition('Render')],
  ['recipient-list', disposition('recipient-list')],
  ['notification', disposition('notification')],
  [
    'recipient-list-history; handling=optional',
    disposition('recipient-list-history', param('handling', 'optional')),
    'recipient-list-history;handling=optional',
  ],
  ['session;handling=required', disposition('session', param('handling', 'required'))],
  ['icon ; Handling = x', disposition('icon', param('Handling', 'x')), 'icon;Handling=x'],
  ['attachment;filename="a b.jpg"', disposition('attachment', param('filename', 'a b.jpg', true))],
  [
    'attachment; filename="J\u00fcrgen"; size=4711',
    disposition('attachment', param('filename', 'J\u00fcrgen', true), param('size', '4711')),
    'attachment;filename="J\u00fcrgen";size=4711',
  ],
  ['a;b', disposition('a', param('b'))],
  ['a;b;b;B=c', disposition('a', param('b'), param('b'), param('B', 'c'))],
  ['a;b=[::1]', disposition('a', param('b', '[::1]'))],
  ['a;b=""', disposition('a', param('b', '', true))],
  ['%61', disposition('%61')],
];

const INVALID: readonly InvalidRow[] = [
  ['', 'truncated', 'disp-type', 0],
  [';handling=optional', 'syntax', 'disp-type', 0],
  ['"session"', 'syntax', 'disp-type', 0],
  ['session;', 'truncated', 'generic-param', 8],
  ['session;;a', 'syntax', 'generic-param', 8],
  ['session;handling=', 'truncated', 'gen-value', 17],
  ['session;=a', 'syntax', 'generic-param', 8],
  ['session render', 'trailing', 'Content-Disposition', 7],
  ['session, render', 'trailing', 'Content-Disposition', 7],
  ['session/render', 'trailing', 'Content-Disposition', 7],
  ['a;b="c', 'unterminated', 'quoted-string', 4],
  ['a;b="c\\', 'unterminated', 'quoted-string', 4],
  ['a;b=(c)', 'syntax', 'gen-value', 4],
  ['\u00e9', 'syntax', 'disp-type', 0],
  ['a\0', 'trailing', 'Content-Disposition', 1],
  ['a;b=\ud800', 'encoding', 'gen-value', 4],
];

describe('Content-Disposition', () => {
  for (const row of VALID) it(`reads ${JSON.stringify(row[0])}`, () => checkValid(contentDisposition, row));
  it.each(INVALID)('refuses %j', (...row) => checkInvalid(contentDisposition, row));
  it('obeys the laws', () => {
    checkLaws(contentDisposition, fc.record({ type: arbitrary.token, params: arbitrary.params }));
  });
  it.each([
    [disposition(''), 'type'],
    [disposition('a b'), 'type'],
    [disposition('a', param('b c')), 'params[0].name'],
    [disposition('a', param('b', 'c\r\nd')), 'params[0].value'],
  ])('refuses to write %j', (value, path) => {
    expect(checkRefusesToFormat(contentDisposition, value).path).toBe(path);
  });
  it.each([
    ['a', ';b=c'],
    ['a', ' '],
    ['a;b="', '\\\\'],
  ])('is linear: %j and %j over and over', (prefix, unit) => {
    checkFlood(contentDisposition, prefix, unit, '"');
  });
  it.each([
    ['a', false],
    ['a;handling=required', false],
    ['a;Handling=OPTIONAL', true],
    ['a;handling=x', false],
    ['a;handling', false],
  ])('%s is optional: %s', (text, optional) => {
    expect(isOptional(unwrap(contentDisposition.parse(text)))).toBe(optional);
  });
});

describe('duties', () => {
  it('LM-E3d: several recipients make a multipart/mixed body', () => {
    expect(isMediaType(unwrap(contentType.parse('multipart/mixed;boundary=b')), 'multipart/mixed')).toBe(true);
    expect(contentType.parse('multipart;boundary=b').ok).toBe(false);
  });
  it('PM-9: content stored elsewhere is message/external-body', () => {
    expect(
      isMediaType(unwrap(contentType.parse('message/external-body;access-type=URL')), 'message/external-body'),
    ).toBe(true);
    expect(contentType.parse('message/external body').ok).toBe(false);
  });
});
