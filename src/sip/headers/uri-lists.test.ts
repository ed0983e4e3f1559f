import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as arbitrary from '../../testing/arbitraries.ts';
import { checkLaws, checkRefusesToFormat } from '../../testing/laws.ts';
import { checkGrowth, checkInvalid, checkValid, type InvalidRow, named, type ValidRow } from '../../testing/rows.ts';
import type { Uri } from '../uri.ts';
import { alertInfo, callInfo, errorInfo, type InfoUri } from './uri-lists.ts';

const param = (name: string, value?: string, quoted?: true) => ({ name, value, quoted });
const info = (uri: Uri, ...params: ReturnType<typeof param>[]): InfoUri => ({ uri, params });
const other = (scheme: string, rest: string): Uri => ({ scheme, rest });
const sip = (user: string, host: string): Uri => ({ scheme: 'sip', user, host, params: [], headers: [] });

const VALID: readonly ValidRow<readonly InfoUri[]>[] = [
  ['<http://www.example.com/sounds/moo.wav>', [info(other('http', '//www.example.com/sounds/moo.wav'))]],
  [
    '<http://wwww.example.com/alice/photo.jpg> ;purpose=icon, <http://www.example.com/alice/> ;purpose=info',
    [
      info(other('http', '//wwww.example.com/alice/photo.jpg'), param('purpose', 'icon')),
      info(other('http', '//www.example.com/alice/'), param('purpose', 'info')),
    ],
    '<http://wwww.example.com/alice/photo.jpg>;purpose=icon, <http://www.example.com/alice/>;purpose=info',
  ],
  ['<sip:not-in-service-recording@atlanta.com>', [info(sip('not-in-service-recording', 'atlanta.com'))]],
  ['<urn:alert:service:call-waiting>', [info(other('urn', 'alert:service:call-waiting'))]],
  [
    '<cid:1134299224244@example.net>;a;b="c,d"',
    [info(other('cid', '1134299224244@example.net'), param('a'), param('b', 'c,d', true))],
  ],
  ['<http://a/?b,c;d=e>', [info(other('http', '//a/?b,c;d=e'))]],
  ['<HTTP://a/>', [info(other('http', '//a/'))], '<http://a/>'],
  ['<a:b>,<c:d>', [info(other('a', 'b')), info(other('c', 'd'))], '<a:b>, <c:d>'],
  ['\t<a:b> ,\t<c:d>', [info(other('a', 'b')), info(other('c', 'd'))], '<a:b>, <c:d>'],
  ['<http://[2001:db8::1]/x>', [info(other('http', '//[2001:db8::1]/x'))]],
  ['<a:%41>', [info(other('a', '%41'))]],
  ['<a:b>;p;p=1', [info(other('a', 'b'), param('p'), param('p', '1'))]],
];

const INVALID: readonly InvalidRow[] = [
  ['', 'truncated', 'Call-Info', 0],
  ['http://www.example.com/', 'syntax', 'Call-Info', 0],
  ['"Alice" <http://www.example.com/>', 'syntax', 'Call-Info', 0],
  ['Alice <http://www.example.com/>', 'syntax', 'Call-Info', 0],
  ['<http://www.example.com/', 'unterminated', 'name-addr', 0],
  ['<>', 'syntax', 'scheme', 1],
  ['<www.example.com>', 'syntax', 'scheme', 16],
  ['<http:>', 'syntax', 'absoluteURI', 6],
  ['< http://a>', 'syntax', 'scheme', 1],
  ['<http://a b>', 'syntax', 'addr-spec', 9],
  ['<http://a/%zz>', 'escape', 'absoluteURI', 10],
  ['<sip:a@b c>', 'syntax', 'addr-spec', 8],
  ['<a:b>,', 'truncated', 'Call-Info', 6],
  ['<a:b>,,<c:d>', 'syntax', 'Call-Info', 6],
  ['<a:b>;', 'truncated', 'generic-param', 6],
  ['<a:b>;purpose=', 'truncated', 'gen-value', 14],
  ['<a:b> <c:d>', 'trailing', 'Call-Info', 5],
  ['<a:b\r\n>', 'control', 'addr-spec', 4],
  ['<a:\u00e9>', 'syntax', 'absoluteURI', 3],
];

const anyUri = fc.oneof(
  fc.webUrl().map((url) => other(url.slice(0, url.indexOf(':')), url.slice(url.indexOf(':') + 1))),
  fc.tuple(fc.stringMatching(/^[a-z0-9.-]{1,8}$/), fc.domain()).map(([user, host]) => sip(user, host)),
);

describe('Alert-Info, Call-Info and Error-Info', () => {
  it.each(named(VALID))('read %j', (_, row) => checkValid(callInfo, row));
  it.each(named(INVALID))('refuse %j', (_, row) => checkInvalid(callInfo, row));
  it('have one shape and three names', () => {
    const codecs = [alertInfo, callInfo, errorInfo];
    expect(codecs.map(({ name }) => name)).toEqual(['Alert-Info', 'Call-Info', 'Error-Info']);
    for (const codec of codecs) for (const row of VALID) checkValid(codec, row);
  });
  it('obey the laws', () =>
    checkLaws(
      alertInfo,
      fc.array(fc.record({ uri: anyUri, params: arbitrary.params }), { minLength: 1, maxLength: 4 }),
    ));
  it.each<[readonly InfoUri[], string]>([
    [[], 'Error-Info'],
    [[info(other('a', 'b')), info(other('a', 'b>'))], '[1].uri.rest'],
    [[info(other('a', ''))], '[0].uri.rest'],
    [[info(sip('a b', 'c'))], '[0].uri.user'],
    [[info(other('a', 'b'), param('c', '\r'))], '[0].params[0].value'],
  ])('refuse to write %j', (value, path) => expect(checkRefusesToFormat(errorInfo, value).path).toBe(path));
  it.each(['<', '>', ', <a:b>', ';a', ' ', 'a'])('grow linearly on %j', (unit) => checkGrowth(callInfo, '<a:b>', unit));
  it.each(['<', 'a', '%41', ';', '//'])('grow linearly inside the brackets on %j', (unit) =>
    checkGrowth(callInfo, '<a:', unit, '>'),
  );
});
