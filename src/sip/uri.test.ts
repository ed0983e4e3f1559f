import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Param } from '../core/params.ts';
import * as arbitrary from '../testing/arbitraries.ts';
import { checkLaws, checkRefusesToFormat } from '../testing/laws.ts';
import { MOST, quickest } from '../testing/quickest.ts';
import { checkInvalid, checkValid, type InvalidRow, named, type ValidRow } from '../testing/rows.ts';
import { type AbsoluteUri, isSipUri, isTelUri, type SipUri, sipUri, type Uri } from './uri.ts';

const param = (name: string, value?: string): Param => ({ name, value, quoted: undefined });
const sip = (host: string, rest: Partial<SipUri> = {}): SipUri => ({
  scheme: 'sip',
  user: undefined,
  password: undefined,
  host,
  port: undefined,
  params: [],
  headers: [],
  ...rest,
});
const other = (scheme: string, rest: string): AbsoluteUri => ({ scheme, rest });

/** RFC 3261 19.1.3 and 24, RFC 4475, RFC 5118, OMA's session types, and the edges of the rules. */
const VALID: readonly ValidRow<Uri>[] = [
  ['sip:alice@atlanta.com', sip('atlanta.com', { user: 'alice' })],
  [
    'sip:alice:secretword@atlanta.com;transport=tcp',
    sip('atlanta.com', { user: 'alice', password: 'secretword', params: [param('transport', 'tcp')] }),
  ],
  [
    'sips:alice@atlanta.com?subject=project%20x&priority=urgent',
    sip('atlanta.com', {
      scheme: 'sips',
      user: 'alice',
      headers: [
        { name: 'subject', value: 'project%20x' },
        { name: 'priority', value: 'urgent' },
      ],
    }),
  ],
  [
    'sip:+1-212-555-1212:1234@gateway.com;user=phone',
    sip('gateway.com', { user: '+1-212-555-1212', password: '1234', params: [param('user', 'phone')] }),
  ],
  ['sips:1212@gateway.com', sip('gateway.com', { scheme: 'sips', user: '1212' })],
  ['sip:alice@192.0.2.4', sip('192.0.2.4', { user: 'alice' })],
  [
    'sip:atlanta.com;method=REGISTER?to=alice%40atlanta.com',
    sip('atlanta.com', {
      params: [param('method', 'REGISTER')],
      headers: [{ name: 'to', value: 'alice%40atlanta.com' }],
    }),
  ],
  ['sip:alice;day=tuesday@atlanta.com', sip('atlanta.com', { user: 'alice;day=tuesday' })],
  ['sip:%61lice@atlanta.com', sip('atlanta.com', { user: '%61lice' })],
  [
    'sip:+358-555-1234567;postd=pp22@foo.com;user=phone',
    sip('foo.com', { user: '+358-555-1234567;postd=pp22', params: [param('user', 'phone')] }),
  ],
  [
    'sip:vivekg@chair-dnrc.example.com;unknownparam',
    sip('chair-dnrc.example.com', { user: 'vivekg', params: [param('unknownparam')] }),
  ],
  [
    "sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wo~d_too.(doesn't-it)@example.com",
    sip('example.com', {
      user: "1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*",
      password: "&it+has=1,weird!*pas$wo~d_too.(doesn't-it)",
    }),
  ],
  ['sip:sips%3Auser%40example.com@example.net', sip('example.net', { user: 'sips%3Auser%40example.com' })],
  ['sip:null-%00-null@example.com', sip('example.com', { user: 'null-%00-null' })],
  ['sip:user;par=u%40example.net@example.com', sip('example.com', { user: 'user;par=u%40example.net' })],
  [
    'sip:user@example.com?Route=%3Csip:example.com%3E',
    sip('example.com', { user: 'user', headers: [{ name: 'Route', value: '%3Csip:example.com%3E' }] }),
  ],
  ['sip:biloxi.com', sip('biloxi.com')],
  ['SIP:biloxi.com', sip('biloxi.com'), 'sip:biloxi.com'],
  ['SiPs:a', sip('a', { scheme: 'sips' }), 'sips:a'],
  ['sip:[2001:db8::10]', sip('[2001:db8::10]')],
  ['sip:[2001:db8::10]:5070', sip('[2001:db8::10]', { port: 5070 })],
  ['sip:user@[::ffff:192.0.2.10]:0', sip('[::ffff:192.0.2.10]', { user: 'user', port: 0 })],
  ['sip:a:65535', sip('a', { port: 65_535 })],
  ['sip:a:0005060', sip('a', { port: 5060 }), 'sip:a:5060'],
  ['sip:256.1.1.1', sip('256.1.1.1')],
  ['sip:example.com.', sip('example.com.')],
  ['sip:a:@b', sip('b', { user: 'a', password: '' })],
  ['sip:a@b;lr', sip('b', { user: 'a', params: [param('lr')] })],
  ['sip:b;maddr=[::1];x=a/b:c&d+e$f', sip('b', { params: [param('maddr', '[::1]'), param('x', 'a/b:c&d+e$f')] })],
  ['sip:b;%6cr=%0d', sip('b', { params: [param('%6cr', '%0d')] })],
  ['sip:b?a=', sip('b', { headers: [{ name: 'a', value: '' }] })],
  [
    'sip:b?a=1&a=2',
    sip('b', {
      headers: [
        { name: 'a', value: '1' },
        { name: 'a', value: '2' },
      ],
    }),
  ],
  [
    'sip:b;a;b=2?c=[d]/?e:f+g$h',
    sip('b', { params: [param('a'), param('b', '2')], headers: [{ name: 'c', value: '[d]/?e:f+g$h' }] }),
  ],
  [
    'sip:conf-factory@home.example;sessiontype=adhoc',
    sip('home.example', { user: 'conf-factory', params: [param('sessiontype', 'adhoc')] }),
  ],
  ['sip:b;__proto__=1;constructor', sip('b', { params: [param('__proto__', '1'), param('constructor')] })],
  ['sip:tel:1@b', sip('b', { user: 'tel', password: '1' })],
  ['tel:+1-201-555-0123', { scheme: 'tel', number: '+1-201-555-0123', params: [] }],
  ['TEL:+1', { scheme: 'tel', number: '+1', params: [] }, 'tel:+1'],
  ['http://www.example.com/a;b?c=d&e', other('http', '//www.example.com/a;b?c=d&e')],
  ['rip:a', other('rip', 'a')],
  ['shp:a', other('shp', 'a')],
  ['tdl:+1', other('tdl', '+1')],
  ['sipr:a', other('sipr', 'a')],
  ['HTTPS://a', other('https', '//a'), 'https://a'],
  ['soap.beep://192.0.2.103:3002', other('soap.beep', '//192.0.2.103:3002')],
  [
    'nobodyKnowsThisScheme:totallyopaquecontent',
    other('nobodyknowsthisscheme', 'totallyopaquecontent'),
    'nobodyknowsthisscheme:totallyopaquecontent',
  ],
  ['name:John_Smith', other('name', 'John_Smith')],
  ['urn:service:sos', other('urn', 'service:sos')],
  ['mailto:a@b', other('mailto', 'a@b')],
  ['http://[::1]/x', other('http', '//[::1]/x')],
  ['http://u:p@[::1]:80/x', other('http', '//u:p@[::1]:80/x')],
  ['http://[::1]', other('http', '//[::1]')],
  ['http://[::1]?q', other('http', '//[::1]?q')],
  ['x+y-z.1:%41', other('x+y-z.1', '%41')],
  ['sipx:a', other('sipx', 'a')],
  ['sipsi:a', other('sipsi', 'a')],
  ['si:a', other('si', 'a')],
  ['cid:a@b', other('cid', 'a@b')],
  ['data:,a', other('data', ',a')],
];

const INVALID: readonly InvalidRow[] = [
  ['', 'truncated', 'scheme', 0],
  ['sip', 'truncated', 'scheme', 3],
  ['alice@atlanta.com', 'syntax', 'scheme', 5],
  ['sip:', 'truncated', 'host', 4],
  ['sips:', 'truncated', 'host', 5],
  ['http:', 'truncated', 'absoluteURI', 5],
  [':a', 'syntax', 'scheme', 0],
  ['1a:b', 'syntax', 'scheme', 0],
  ['-a:b', 'syntax', 'scheme', 0],
  [' sip:a', 'syntax', 'scheme', 0],
  ['sip :a', 'syntax', 'scheme', 3],
  ['sip: a', 'syntax', 'host', 4],
  ['sip:a ', 'trailing', 'addr-spec', 5],
  ['sip:a@b c', 'trailing', 'addr-spec', 7],
  ['<sip:a@b>', 'syntax', 'scheme', 0],
  ['\u017fip:a@b', 'syntax', 'scheme', 0],
  ['s\u0130p:a', 'syntax', 'scheme', 1],
  ['sip:a@', 'truncated', 'host', 6],
  ['sip:@b', 'syntax', 'user', 4],
  ['sip::p@b', 'syntax', 'user', 4],
  ['sip:a@b@c', 'trailing', 'addr-spec', 7],
  ['sip:a:b:c@d', 'syntax', 'userinfo', 7],
  ['sip:a"b@c', 'trailing', 'addr-spec', 5],
  ['sip:é@c', 'syntax', 'host', 4],
  ['sip:%zz@b', 'escape', 'user', 4],
  ['sip:%4@b', 'escape', 'user', 4],
  ['sip:%@b', 'escape', 'user', 4],
  ['sip:a%@b', 'escape', 'user', 5],
  ['sip:a:%4@b', 'escape', 'password', 6],
  ['sip:a%41', 'trailing', 'addr-spec', 5],
  ['sip:a@b:', 'truncated', 'port', 8],
  ['sip:b:65536', 'range', 'port', 6],
  ['sip:b:99999999999999999999', 'range', 'port', 6],
  ['sip:b:0x1', 'trailing', 'addr-spec', 7],
  ['sip:b:-1', 'syntax', 'port', 6],
  ['sip:b: 1', 'syntax', 'port', 6],
  ['sip:-a.com', 'syntax', 'host', 4],
  ['sip:a_b.com', 'trailing', 'addr-spec', 5],
  ['sip:9', 'syntax', 'host', 4],
  ['sip:[::1%25eth0]', 'syntax', 'IPv6reference', 8],
  ['sip:[::1', 'unterminated', 'IPv6reference', 4],
  ['sip:2001:db8::1', 'syntax', 'host', 4],
  ['sip:b;', 'truncated', 'pname', 6],
  ['sip:b;;a', 'syntax', 'pname', 6],
  ['sip:b;=a', 'syntax', 'pname', 6],
  ['sip:b;a=', 'truncated', 'pvalue', 8],
  ['sip:b;a=;c', 'syntax', 'pvalue', 8],
  ['sip:b;a==b', 'syntax', 'pvalue', 8],
  ['sip:b;a="b"', 'syntax', 'pvalue', 8],
  ['sip:b;a=%g0', 'escape', 'pvalue', 8],
  ['sip:b;a%', 'escape', 'pname', 7],
  ['sip:user@example.com; lr', 'syntax', 'pname', 21],
  ['sip:b;lr=1;LR=2', 'duplicate', 'uri-parameter', 11],
  ['sip:b;a;b;c;a', 'duplicate', 'uri-parameter', 12],
  ['sip:b?', 'truncated', 'hname', 6],
  ['sip:b?a', 'truncated', 'header', 7],
  ['sip:b?=a', 'syntax', 'hname', 6],
  ['sip:b?a=1&', 'truncated', 'hname', 10],
  ['sip:b?a=1&b', 'truncated', 'header', 11],
  ['sip:b?a=1;c', 'trailing', 'addr-spec', 9],
  ['sip:b?a=%1', 'escape', 'hvalue', 8],
  ['sip:b?%', 'escape', 'hname', 6],
  ['sip:b\r\nX: y', 'trailing', 'addr-spec', 5],
  ['sip:b\0', 'trailing', 'addr-spec', 5],
  ['sip:\ud800', 'encoding', 'host', 4],
  ['http://a b', 'trailing', 'addr-spec', 8],
  ['http://[::1]:99999', 'range', 'port', 13],
  ['http://[::1]:/', 'syntax', 'port', 13],
  ['http://[::1]x', 'trailing', 'addr-spec', 12],
  ['http://[zz]', 'syntax', 'IPv6reference', 8],
  ['http://[::1]/%4', 'escape', 'absoluteURI', 13],
  ['http://a[::1]', 'trailing', 'addr-spec', 8],
  ['http://a%2', 'escape', 'absoluteURI', 8],
  ['x:<y>', 'syntax', 'absoluteURI', 2],
];

describe('sipUri', () => {
  it.each(named(VALID))('reads and writes %s', (_text, row) => {
    checkValid(sipUri, row);
  });

  it.each(named(INVALID))('refuses %j', (_text, row) => {
    checkInvalid(sipUri, row);
  });

  it('obeys the laws', () => {
    const near = fc.string({
      unit: fc.constantFrom(
        'sip:',
        'sips:',
        'tel:',
        'a',
        '@',
        ':',
        ';',
        '=',
        '?',
        '&',
        '[::1]',
        '%41',
        '%',
        '1',
        '+',
        ' ',
      ),
      maxLength: 12,
    });
    checkLaws(sipUri, arbitrary.uri, { runs: 1000, texts: near });
  });

  it('tells the kinds apart', () => {
    const kinds = (uri: Uri) => [isSipUri(uri), isTelUri(uri)];
    expect(kinds(sip('a'))).toEqual([true, false]);
    expect(kinds({ scheme: 'tel', number: '+1', params: [] })).toEqual([false, true]);
    expect(kinds(other('im', 'a@b'))).toEqual([false, false]);
  });

  it('row 27: a URI of 64 KiB meets the limit, and is read quickly with the limit raised', () => {
    const text = `sip:${'a'.repeat(65_536)}@b`;
    expect(sipUri.parse(text)).toMatchObject({ ok: false, error: { code: 'limit' } });
    expect(quickest(() => sipUri.parse(text, { limits: { field: 100_000 } }), MOST)).toBeLessThan(MOST);
    expect(sipUri.parse(text, { limits: { field: 100_000 } }).ok).toBe(true);
  });

  it('limits parameters and headers', () => {
    const params = (n: number) => `sip:b${Array.from({ length: n }, (_, i) => `;p${i}`).join('')}`;
    const headers = (n: number) => `sip:b?${Array.from({ length: n }, (_, i) => `h=${i}`).join('&')}`;
    for (const text of [params, headers]) {
      expect(sipUri.parse(text(128)).ok).toBe(true);
      expect(sipUri.parse(text(129))).toMatchObject({ ok: false, error: { code: 'limit' } });
      expect(sipUri.parse(text(129), { limits: { params: 129 } }).ok).toBe(true);
      expect(sipUri.parse(text(1), { limits: { params: 0 } })).toMatchObject({ ok: false, error: { code: 'limit' } });
    }
  });

  it.each([
    ['parameters', `sip:b${Array.from({ length: 100_000 }, (_, i) => `;p${i}`).join('')}`],
    ['headers', `sip:b?h=${'&h='.repeat(100_000)}`],
    ['at signs', `sip:${'a@'.repeat(100_000)}`],
    ['colons', `sip:${'a:'.repeat(100_000)}`],
    ['escapes', `sip:${'%41'.repeat(100_000)}@b`],
    ['labels', `sip:${'a.'.repeat(100_000)}b`],
    ['groups', `sip:[${':1'.repeat(100_000)}]`],
  ])('reads or refuses 100 000 %s in linear time', (_what, text) => {
    const limits = { field: text.length, params: 100_001 };
    expect(quickest(() => sipUri.parse(text, { limits }), MOST)).toBeLessThan(MOST);
  });

  it.each<[Uri, string]>([
    [sip(''), 'host'],
    [sip('a b'), 'host'],
    [sip('::1'), 'host'],
    [sip('a\r\nX: y'), 'host'],
    [sip('a;lr'), 'host'],
    [sip('a'.repeat(20_000)), 'host'],
    [sip('a', { user: '' }), 'user'],
    [sip('a', { user: 'a@b' }), 'user'],
    [sip('a', { user: 'a b' }), 'user'],
    [sip('a', { user: 'a%4' }), 'user'],
    [sip('a', { user: 'a\r\n' }), 'user'],
    [sip('a', { user: 'é' }), 'user'],
    [sip('a', { user: '\ud800' }), 'user'],
    [sip('a', { user: '\0' }), 'user'],
    [sip('a', { user: 'b', password: ':' }), 'password'],
    [sip('a', { password: 'x' }), 'password'],
    [sip('a', { port: 65_536 }), 'port'],
    [sip('a', { port: -1 }), 'port'],
    [sip('a', { port: 1.5 }), 'port'],
    [sip('a', { user: 'b', password: 'é' }), 'password'],
    [sip('a', { params: [param('')] }), 'params[0].name'],
    [sip('a', { params: [param('a', '')] }), 'params[0].value'],
    [sip('a', { params: [param('a', 'b;c')] }), 'params[0].value'],
    [sip('a', { params: [param('a=b')] }), 'params[0].name'],
    [sip('a', { params: [param('sessiontype', 'adhoc\r\n')] }), 'params[0].value'],
    [sip('a', { params: [param('lr'), param('x'), param('LR', '1')] }), 'params[2].name'],
    [sip('a', { headers: [{ name: '', value: 'x' }] }), 'headers[0].name'],
    [sip('a', { headers: [{ name: 'a', value: 'x&y' }] }), 'headers[0].value'],
    [sip('a', { headers: [{ name: 'a', value: '\n' }] }), 'headers[0].value'],
    [sip('a', { scheme: 'sip:x\r\n' as 'sip' }), 'scheme'],
    [{ scheme: 'tel', number: '1', params: [] }, 'number'],
    [other('', 'a'), 'rest'],
    [other('1a', 'a'), 'rest'],
    [other('a b', 'a'), 'rest'],
    [other('x', ''), 'rest'],
    [other('x', 'a b'), 'rest'],
    [other('x', 'a\r\n'), 'rest'],
    [other('x', '\ud800'), 'rest'],
    [other('x', 'a'.repeat(20_000)), 'rest'],
    [other('sip', 'a@b'), 'rest'],
    [other('tel', '+1'), 'rest'],
    [other('x:y', 'a'), 'rest'],
  ])('refuses to write %#', (value, path) => {
    expect(checkRefusesToFormat(sipUri, value).path).toBe(path);
  });
});
