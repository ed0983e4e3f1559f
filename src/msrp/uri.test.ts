import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../core/result.ts';
import { host, port } from '../testing/arbitraries.ts';
import { checkFlood } from '../testing/flood.ts';
import { checkLaws, checkRefusesToFormat } from '../testing/laws.ts';
import { type MsrpUri, msrpUri, sameMsrpUri } from './index.ts';

const uri = (text: string): MsrpUri => unwrap(msrpUri.parse(text));
const BASE: MsrpUri = {
  scheme: 'msrp',
  host: 'a.example.com',
  port: 2855,
  sessionId: 'abc',
  transport: 'tcp',
  params: [],
};

const token = fc.stringMatching(/^[!#$%&'*+.^_`{|}~A-Za-z0-9-]{1,6}$/);
const optional = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(one, { nil: undefined });
const msrpUris: fc.Arbitrary<MsrpUri> = fc.record({
  scheme: fc.constantFrom('msrp' as const, 'msrps' as const),
  userinfo: optional(fc.stringMatching(/^(?:[-._~!$&'()*+,;=:A-Za-z0-9]|%[0-9A-F]{2}){0,6}$/)),
  host: fc.oneof(host, fc.stringMatching(/^(?:[-._~!$&'()*+,=A-Za-z0-9]|%[0-9a-f]{2}){1,8}$/)),
  port,
  sessionId: optional(fc.stringMatching(/^[-._~+=/A-Za-z0-9]{1,8}$/)),
  transport: fc.oneof(fc.constant('tcp'), fc.stringMatching(/^[A-Za-z0-9]{1,4}$/)),
  params: fc.array(fc.record({ name: token, value: optional(token), quoted: fc.constant(undefined) }), {
    maxLength: 3,
  }),
});

describe('an MSRP URI', () => {
  it('obeys the laws', () => {
    checkLaws(msrpUri, msrpUris, {
      texts: fc.constantFrom('msrp://a.example.com:8493/asfd34;tcp', 'msrps://[::1]:1/b;TCP;c=d'),
    });
  });

  const wrong: readonly (readonly [string, object])[] = [
    ['another scheme', { scheme: 'sip' }],
    ['an empty host', { host: '' }],
    ['a host with a semicolon', { host: 'a;b' }],
    ['a host with CRLF', { host: 'a\r\n' }],
    ['a host that is no text', { host: 7 }],
    ['an open bracket', { host: '[::1' }],
    ['a bad escape', { host: 'a%4' }],
    ['an "@" in the userinfo', { userinfo: 'a@b' }],
    ['a port of 17 bits', { port: 65_536 }],
    ['half a port', { port: 1.5 }],
    ['an empty session-id', { sessionId: '' }],
    ['a blank in the session-id', { sessionId: 'a b' }],
    ['no transport', { transport: '' }],
    ['a transport with a hyphen', { transport: 't-p' }],
    ['a parameter without a name', { params: [{ name: '' }] }],
    ['an empty value', { params: [{ name: 'a', value: '' }] }],
    ['a value with a quote', { params: [{ name: 'a', value: '"b"' }] }],
  ];
  it.each(wrong)('does not write %s', (_, change) => {
    checkRefusesToFormat(msrpUri, { ...BASE, ...change } as MsrpUri);
  });

  it('names the parameter that is wrong', () => {
    const params = [{ name: 'a' }, { name: 'b', value: 'c;d' }];
    expect(checkRefusesToFormat(msrpUri, { ...BASE, params }).path).toBe('params[1].value');
  });

  it.each([
    ['msrp://', 'a', ':1/b;tcp'],
    ['msrp://', 'a@', 'a:1/b;tcp'],
    ['msrp://', '%41', ':1/b;tcp'],
    ['msrp://a:1/', 'b', ';tcp'],
    ['msrp://a:1/b;tcp', ';c=d', ''],
    ['msrp://[', ':', ']:1/b;tcp'],
    ['msrp://a:', '0', '1/b;tcp'],
  ])('%s with 100 000 of %s: linear, and a limit', (prefix, unit, suffix) => {
    checkFlood(msrpUri, prefix, unit, suffix);
  });
});

describe('RFC 4975 6.1: two URIs', () => {
  it.each([
    ['msrp://a.example.com:1/b;tcp', 'MSRP://A.EXAMPLE.COM:1/b;TCP', 'case of scheme, host and transport'],
    ['msrp://a.example.com:1/b;tcp', 'msrp://%61.example.com:1/b;tcp', 'an escape of what needs none'],
    ['msrp://a.example.com:1/b;tcp', 'msrp://%41.example.com:1/b;tcp', 'the same in capitals'],
    ['msrp://a%2fb:1/b;tcp', 'msrp://a%2Fb:1/b;tcp', 'case of an escape'],
    ['msrp://a.example.com:1/b;tcp', 'msrp://alice@a.example.com:1/b;tcp', 'userinfo'],
    ['msrp://a.example.com:1/b;tcp', 'msrp://a.example.com:001/b;tcp', 'zeros before the port'],
    ['msrp://a.example.com:1/b;tcp', 'msrp://a.example.com:1/b;tcp;x=y', 'another parameter'],
    ['msrp://a.example.com;tcp', 'msrp://a.example.com;tcp', 'no port and no session'],
    ['msrp://[2001:db8::1]:1/b;tcp', 'msrp://[2001:DB8:0:0::0001]:1/b;tcp', 'forms of an IPv6 address'],
    ['msrp://[::ffff:192.0.2.1]:1/b;tcp', 'msrp://[::ffff:c000:201]:1/b;tcp', 'IPv4 within IPv6'],
    ['msrp://[::]:1/b;tcp', 'msrp://[0:0:0:0:0:0:0:0]:1/b;tcp', 'no address at all'],
  ])('%s and %s are the same: %s', (a, b) => {
    expect(sameMsrpUri(uri(a), uri(b))).toBe(true);
    expect(sameMsrpUri(uri(b), uri(a))).toBe(true);
  });

  it.each([
    ['msrp://a.example.com:1/b;tcp', 'msrps://a.example.com:1/b;tcp', 'scheme'],
    ['msrp://a.example.com:1/b;tcp', 'msrp://a.example.com:2/b;tcp', 'port'],
    [
      'msrp://a.example.com:2855/b;tcp',
      'msrp://a.example.com/b;tcp',
      'a port and none, though it is the registered one',
    ],
    ['msrp://a.example.com:1/b;tcp', 'msrp://a.example.com:1/B;tcp', 'case of the session-id'],
    ['msrp://a.example.com:1/b;tcp', 'msrp://a.example.com:1;tcp', 'no session-id'],
    ['msrp://a.example.com:1/b;tcp', 'msrp://a.example.com:1/b/;tcp', 'a path that is not normalized'],
    ['msrp://a.example.com:1/b;tcp', 'msrp://a.example.com:1/b;sctp', 'transport'],
    ['msrp://a.example.com:1/b;tcp', 'msrp://a.example.com.:1/b;tcp', 'a dot behind the host'],
    ['msrp://a%2fb:1/b;tcp', 'msrp://a%3fb:1/b;tcp', 'escapes of other characters'],
    ['msrp://[2001:db8::1]:1/b;tcp', 'msrp://[2001:db8::1:0]:1/b;tcp', 'address'],
    ['msrp://192.0.2.1:1/b;tcp', 'msrp://[::ffff:192.0.2.1]:1/b;tcp', 'IPv4 and IPv6'],
  ])('%s and %s are not the same: %s', (a, b) => {
    expect(sameMsrpUri(uri(a), uri(b))).toBe(false);
    expect(sameMsrpUri(uri(b), uri(a))).toBe(false);
  });
});
