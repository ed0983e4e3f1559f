import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as arbitrary from '../../testing/arbitraries.ts';
import { checkLaws, checkRefusesToFormat } from '../../testing/laws.ts';
import { checkGrowth, checkInvalid, checkValid, type InvalidRow, named, type ValidRow } from '../../testing/rows.ts';
import { type AcceptItem, type AcceptRange, accept, acceptEncoding, acceptLanguage } from './accept.ts';
import { preference } from './param-values.ts';

const param = (name: string, value?: string, quoted?: true) => ({ name, value, quoted });
const range = (type: string, subtype: string, ...params: ReturnType<typeof param>[]): AcceptRange => ({
  type,
  subtype,
  params,
});
const item = (name: string, ...params: ReturnType<typeof param>[]): AcceptItem => ({ name, params });

const RANGES: readonly ValidRow<readonly AcceptRange[]>[] = [
  ['', []],
  [
    'application/sdp;level=1, application/x-private, text/html',
    [range('application', 'sdp', param('level', '1')), range('application', 'x-private'), range('text', 'html')],
  ],
  ['message/cpim', [range('message', 'cpim')]],
  ['*/*', [range('*', '*')]],
  ['text/*;q=0.3', [range('text', '*', param('q', '0.3'))]],
  ['*/* ; q=0.1', [range('*', '*', param('q', '0.1'))], '*/*;q=0.1'],
  ['text / plain', [range('text', 'plain')], 'text/plain'],
  ['text/plain,text/html', [range('text', 'plain'), range('text', 'html')], 'text/plain, text/html'],
  ['Text/Plain;Charset=UTF-8', [range('Text', 'Plain', param('Charset', 'UTF-8'))]],
  ['a/b;c="d,e;\\"f\\""', [range('a', 'b', param('c', 'd,e;"f"', true))]],
  ['a/b;c', [range('a', 'b', param('c'))]],
  ['a/b;q=1;q=0', [range('a', 'b', param('q', '1'), param('q', '0'))]],
  ['a/b;host=[2001:db8::1]', [range('a', 'b', param('host', '[2001:db8::1]'))]],
  ['*/plain', [range('*', 'plain')]],
];

const BAD_RANGES: readonly InvalidRow[] = [
  [' ', 'syntax', 'media-range', 0],
  ['text', 'truncated', 'media-range', 4],
  ['text/', 'truncated', 'media-range', 5],
  ['/plain', 'syntax', 'media-range', 0],
  ['text//plain', 'syntax', 'media-range', 5],
  ['text plain', 'syntax', 'media-range', 4],
  ['text/plain,', 'truncated', 'media-range', 11],
  ['text/plain,,text/html', 'syntax', 'media-range', 11],
  ['text/plain;', 'truncated', 'generic-param', 11],
  ['text/plain;;q=1', 'syntax', 'generic-param', 11],
  ['text/plain;q=', 'truncated', 'gen-value', 13],
  ['text/plain;c="d', 'unterminated', 'quoted-string', 13],
  ['text/plain; charset=\u00fctf', 'syntax', 'gen-value', 20],
  ['text/plain text/html', 'trailing', 'Accept', 10],
  ['text/pl\u212ain', 'trailing', 'Accept', 7],
  ['text/\0', 'control', 'media-range', 5],
];

const CODINGS: readonly ValidRow<readonly AcceptItem[]>[] = [
  ['', []],
  ['gzip', [item('gzip')]],
  ['*', [item('*')]],
  ['gzip, identity', [item('gzip'), item('identity')]],
  ['gzip ,identity', [item('gzip'), item('identity')], 'gzip, identity'],
  [
    'gzip;q=1.0, identity; q=0.5, *;q=0',
    [item('gzip', param('q', '1.0')), item('identity', param('q', '0.5')), item('*', param('q', '0'))],
    'gzip;q=1.0, identity;q=0.5, *;q=0',
  ],
  ['GZIP', [item('GZIP')]],
  ['x-gzip;level="9"', [item('x-gzip', param('level', '9', true))]],
  ['a;b', [item('a', param('b'))]],
  ['a;b=""', [item('a', param('b', '', true))]],
  ['%41', [item('%41')]],
  ['a;q=5', [item('a', param('q', '5'))]],
];

const BAD_CODINGS: readonly InvalidRow[] = [
  [',', 'syntax', 'codings', 0],
  ['gzip,', 'truncated', 'codings', 5],
  ['gzip;', 'truncated', 'generic-param', 5],
  ['gzip;=1', 'syntax', 'generic-param', 5],
  ['gzip/1', 'trailing', 'Accept-Encoding', 4],
  ['"gzip"', 'syntax', 'codings', 0],
  ['gzip identity', 'trailing', 'Accept-Encoding', 4],
  ['gzip;q=1;', 'truncated', 'generic-param', 9],
  ['gzip;q="1', 'unterminated', 'quoted-string', 7],
  ['gzip;q="\\', 'unterminated', 'quoted-string', 7],
  ['gzip;q=[::', 'unterminated', 'IPv6reference', 7],
  ['\r\n', 'control', 'codings', 0],
];

const LANGUAGES: readonly ValidRow<readonly AcceptItem[]>[] = [
  ['', []],
  ['da, en-gb;q=0.8, en;q=0.7', [item('da'), item('en-gb', param('q', '0.8')), item('en', param('q', '0.7'))]],
  ['*', [item('*')]],
  ['*;q=0.1', [item('*', param('q', '0.1'))]],
  ['i-klingon', [item('i-klingon')]],
  ['zh-Hans-CN', [item('zh-Hans-CN')]],
  ['abcdefgh', [item('abcdefgh')]],
  ['a-bcdefghi', [item('a-bcdefghi')]],
  ['en , fr', [item('en'), item('fr')], 'en, fr'],
  ['EN', [item('EN')]],
  ['en;x', [item('en', param('x'))]],
  ['en ; q = 1', [item('en', param('q', '1'))], 'en;q=1'],
];

const BAD_LANGUAGES: readonly InvalidRow[] = [
  ['abcdefghi', 'syntax', 'language-range', 8],
  ['en-abcdefghi', 'syntax', 'language-range', 11],
  ['es-419', 'syntax', 'language-range', 3],
  ['en-', 'truncated', 'language-range', 3],
  ['-en', 'syntax', 'language-range', 0],
  ['en--gb', 'syntax', 'language-range', 3],
  ['e1', 'syntax', 'language-range', 1],
  ['en_gb', 'syntax', 'language-range', 2],
  ['**', 'trailing', 'Accept-Language', 1],
  ['*-en', 'trailing', 'Accept-Language', 1],
  ['en,', 'truncated', 'language-range', 3],
  ['en;q=', 'truncated', 'gen-value', 5],
  ['\u212a', 'syntax', 'language-range', 0],
];

describe('Accept', () => {
  it.each(named(RANGES))('reads %j', (_, row) => checkValid(accept, row));
  it.each(named(BAD_RANGES))('refuses %j', (_, row) => checkInvalid(accept, row));
  it('obeys the laws', () =>
    checkLaws(
      accept,
      fc.array(fc.record({ type: arbitrary.token, subtype: arbitrary.token, params: arbitrary.params }), {
        maxLength: 4,
      }),
    ));
  it('refuses to write what is no token', () => {
    expect(checkRefusesToFormat(accept, [range('text', 'plain'), range('te xt', 'plain')]).path).toBe('[1].type');
    expect(checkRefusesToFormat(accept, [range('text', '')]).path).toBe('[0].subtype');
    expect(checkRefusesToFormat(accept, [range('a', 'b', param('c', 'd\r\ne'))]).path).toBe('[0].params[0].value');
  });
  it.each([['a/b, '], ['a/b;c;'], ['a/b;c="\\"";'], [' '], ['a/']])('grows linearly on %j', (unit) =>
    checkGrowth(accept, 'a/b;c', unit),
  );
});

describe('Accept-Encoding', () => {
  it.each(named(CODINGS))('reads %j', (_, row) => checkValid(acceptEncoding, row));
  it.each(named(BAD_CODINGS))('refuses %j', (_, row) => checkInvalid(acceptEncoding, row));
  it('obeys the laws', () =>
    checkLaws(
      acceptEncoding,
      fc.array(fc.record({ name: arbitrary.token, params: arbitrary.params }), { maxLength: 4 }),
    ));
  it('refuses to write what is no token', () => {
    expect(checkRefusesToFormat(acceptEncoding, [item('g zip')]).path).toBe('[0].name');
  });
  it('grows linearly', () => checkGrowth(acceptEncoding, 'a', ' ,a'));
});

describe('Accept-Language', () => {
  const tag = fc.stringMatching(/^([A-Za-z]{1,8}(-[A-Za-z]{1,8}){0,3}|\*)$/);
  it.each(named(LANGUAGES))('reads %j', (_, row) => checkValid(acceptLanguage, row));
  it.each(named(BAD_LANGUAGES))('refuses %j', (_, row) => checkInvalid(acceptLanguage, row));
  it('obeys the laws', () =>
    checkLaws(acceptLanguage, fc.array(fc.record({ name: tag, params: arbitrary.params }), { maxLength: 4 })));
  it('refuses to write what is no language range', () => {
    for (const name of ['', 'abcdefghi', 'en-', 'e n', 'en,fr', '*-a', 'en\r\n']) {
      expect(checkRefusesToFormat(acceptLanguage, [item('en'), item(name)]).path).toBe('[1].name');
    }
  });
  it('grows linearly', () => checkGrowth(acceptLanguage, 'a', '-ab'));
});

describe('preference', () => {
  it.each([
    ['0', 0],
    ['0.', 0],
    ['0.5', 0.5],
    ['0.05', 0.05],
    ['0.123', 0.123],
    ['1', 1],
    ['1.', 1],
    ['1.000', 1],
    ['1.001', undefined],
    ['0.1234', undefined],
    ['2', undefined],
    ['', undefined],
    ['.5', undefined],
    ['0,5', undefined],
    ['0x1', undefined],
    ['-0', undefined],
    ['00', undefined],
    ['0.:', undefined],
    ['0./', undefined],
  ])('of q=%s is %s', (value, expected) => expect(preference([param('Q', value)])).toBe(expected));
  it('is none without q, without a value and in quotes', () => {
    expect(preference([])).toBeUndefined();
    expect(preference([param('q')])).toBeUndefined();
    expect(preference([param('q', '0.5', true)])).toBeUndefined();
  });
});
