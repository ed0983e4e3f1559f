import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Param } from '../core/params.ts';
import { unwrap } from '../core/result.ts';
import * as arbitrary from '../testing/arbitraries.ts';
import { checkFlood } from '../testing/flood.ts';
import { checkLaws, checkRefusesToFormat } from '../testing/laws.ts';
import { checkInvalid, checkValid, type InvalidRow, type ValidRow } from '../testing/rows.ts';
import { contentType } from './content-headers.ts';
import { isMediaType, type MediaType, mediaType } from './media-type.ts';

const param = (name: string, value: string, quoted?: true): Param => ({ name, value, quoted });
const media = (type: string, subtype: string, ...params: Param[]): MediaType => ({ type, subtype, params });

const VALID: readonly ValidRow<MediaType>[] = [
  ['text/plain', media('text', 'plain')],
  [
    'text/html; charset=ISO-8859-4',
    media('text', 'html', param('charset', 'ISO-8859-4')),
    'text/html;charset=ISO-8859-4',
  ],
  ['Text/PLAIN;Charset=utf-8', media('Text', 'PLAIN', param('Charset', 'utf-8'))],
  ['application/sdp', media('application', 'sdp')],
  ['message/cpim', media('message', 'cpim')],
  ['message/imdn+xml', media('message', 'imdn+xml')],
  ['application/resource-lists+xml', media('application', 'resource-lists+xml')],
  ['multipart/mixed;boundary=boundary1', media('multipart', 'mixed', param('boundary', 'boundary1'))],
  ['multipart/mixed;boundary="a b:c?"', media('multipart', 'mixed', param('boundary', 'a b:c?', true))],
  ['multipart/mixed;boundary="token"', media('multipart', 'mixed', param('boundary', 'token', true))],
  ['text / plain ; a = b', media('text', 'plain', param('a', 'b')), 'text/plain;a=b'],
  ['text\t/plain', media('text', 'plain'), 'text/plain'],
  ['a/b;c=d;c=e;C=d', media('a', 'b', param('c', 'd'), param('c', 'e'), param('C', 'd'))],
  ['a/b;c=""', media('a', 'b', param('c', '', true))],
  ['a/b;c="\\"\\\\\u00e9;,"', media('a', 'b', param('c', '"\\\u00e9;,', true))],
  ['*/*', media('*', '*')],
  [
    'message/external-body;access-type="URL";URL="http://a/b";size=4123',
    media(
      'message',
      'external-body',
      param('access-type', 'URL', true),
      param('URL', 'http://a/b', true),
      param('size', '4123'),
    ),
  ],
];

const INVALID: readonly InvalidRow[] = [
  ['', 'truncated', 'm-type', 0],
  ['text', 'truncated', 'media-type', 4],
  ['text/', 'truncated', 'm-subtype', 5],
  ['/plain', 'syntax', 'm-type', 0],
  ['text//plain', 'syntax', 'm-subtype', 5],
  ['message/external body', 'trailing', 'media-type', 16],
  ['text plain', 'syntax', 'media-type', 4],
  ['text/plain;', 'truncated', 'm-attribute', 11],
  ['text/plain;;a=b', 'syntax', 'm-attribute', 11],
  ['text/plain;charset', 'truncated', 'm-parameter', 18],
  ['text/plain;charset;a=b', 'syntax', 'm-parameter', 18],
  ['text/plain;a=', 'truncated', 'm-value', 13],
  ['text/plain;a=[::1]', 'syntax', 'm-value', 13],
  ['multipart/mixed;boundary=a/b', 'trailing', 'media-type', 26],
  ['multipart/mixed;boundary="a', 'unterminated', 'quoted-string', 25],
  ['multipart/mixed;boundary="a\\', 'unterminated', 'quoted-string', 25],
  ['text/plain, text/html', 'trailing', 'media-type', 10],
  ['text/plain;a="\r\nb"', 'control', 'quoted-string', 14],
  ['text/\u212a', 'syntax', 'm-subtype', 5],
  ['text/\0', 'control', 'm-subtype', 5],
  ['text/plain;a="\ud800"', 'encoding', 'quoted-string', 14],
];

describe.each([
  ['media-type', mediaType],
  ['Content-Type', contentType],
] as const)('%s', (_, codec) => {
  for (const row of VALID) it(`reads ${JSON.stringify(row[0])}`, () => checkValid(codec, row));
  it.each(INVALID)('refuses %j', (...row) => checkInvalid(codec, row));

  it('obeys the laws', () => {
    const valued = fc.oneof(
      fc.record({ name: arbitrary.token, value: arbitrary.token, quoted: fc.constant(undefined) }),
      fc.record({ name: arbitrary.token, value: arbitrary.quotedText, quoted: fc.constant<true>(true) }),
    );
    const params = fc.array(valued, { maxLength: 4 });
    checkLaws(codec, fc.record({ type: arbitrary.token, subtype: arbitrary.token, params }));
  });

  it('has a limit for the parameters', () => {
    checkInvalid(codec, [`a/b${';c=d'.repeat(129)}`, 'limit', 'm-parameter', 3 + 4 * 128 + 1]);
    expect(codec.parse(`a/b${';c=d'.repeat(128)}`).ok).toBe(true);
  });

  it('quotes a value that is no token', () => {
    expect(codec.format(media('a', 'b', param('c', '[::1]'), { name: 'd', value: 'e f' }))).toBe(
      'a/b;c="[::1]";d="e f"',
    );
  });

  it.each([
    [media('', 'b'), 'type'],
    [media('a', 'b/c'), 'subtype'],
    [media('a', 'b\r\n'), 'subtype'],
    [media('a', 'b', param('c d', 'e')), 'params[0].name'],
    [media('a', 'b', { name: 'c' }), 'params[0].value'],
    [media('a', 'b', param('c', 'd'), param('e', 'f\ng')), 'params[1].value'],
    [media('a', 'b', param('c', '\ud800')), 'params[0].value'],
  ])('refuses to write %j', (value, path) => {
    expect(checkRefusesToFormat(codec, value).path).toBe(path);
  });

  it.each([
    ['text/plain', ';a=b'],
    ['text/plain', ' '],
    ['text/plain;a="', '\\"'],
    ['text/plain;a="', '";b="'],
    ['', '/'],
  ])('is linear: %j and %j over and over', (prefix, unit) => {
    checkFlood(codec, prefix, unit, '"');
  });
});

it('compares media types without case and parameters', () => {
  const read = unwrap(mediaType.parse('Multipart/MIXED;boundary=x'));
  expect(isMediaType(read, 'multipart/mixed')).toBe(true);
  expect(isMediaType(read, 'multipart/related')).toBe(false);
  expect(isMediaType(media('a', 'b'), 'a/b;c=d')).toBe(false);
});
