import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FieldCodec } from '../../core/codec.ts';
import type { Param } from '../../core/params.ts';
import { unwrap } from '../../core/result.ts';
import * as arbitrary from '../../testing/arbitraries.ts';
import { checkFlood } from '../../testing/flood.ts';
import { checkLaws, checkRefusesToFormat } from '../../testing/laws.ts';
import { checkInvalid, checkValid, type InvalidRow, type ValidRow } from '../../testing/rows.ts';
import type { NameAddr } from '../name-addr.ts';
import type { Uri } from '../uri.ts';
import {
  from,
  pAssertedIdentity,
  path,
  pPreferredIdentity,
  recordRoute,
  referredBy,
  referTo,
  replyTo,
  route,
  serviceRoute,
  tagOf,
  to,
} from './name-addrs.ts';

const param = (name: string, value?: string, quoted?: true): Param => ({ name, value, quoted });
const sip = (user: string | undefined, host: string, ...params: Param[]): Uri => ({
  scheme: 'sip',
  user,
  host,
  params,
  headers: [],
});
const tel = (number: string, ...params: Param[]): Uri => ({ scheme: 'tel', number, params });
const address = (displayName: string | undefined, uri: Uri, ...params: Param[]): NameAddr => ({
  displayName,
  uri,
  params,
});
const bob = sip('bob', 'biloxi.com');
const ALL_SINGLE = [from, to, replyTo, referTo, referredBy];
const ALL_ROUTES = [route, recordRoute, serviceRoute, path];
const ALL_IDENTITIES = [pPreferredIdentity, pAssertedIdentity];

const SINGLE: readonly ValidRow<NameAddr>[] = [
  ['<sip:bob@biloxi.com>', address(undefined, bob)],
  ['sip:bob@biloxi.com', address(undefined, bob), '<sip:bob@biloxi.com>'],
  [
    'sip:bob@biloxi.com;transport=tcp',
    address(undefined, bob, param('transport', 'tcp')),
    '<sip:bob@biloxi.com>;transport=tcp',
  ],
  ['<sip:bob@biloxi.com;transport=tcp>', address(undefined, sip('bob', 'biloxi.com', param('transport', 'tcp')))],
  [
    '"A. G. Bell" <sip:agb@bell-telephone.com> ;tag=a48s',
    address('A. G. Bell', sip('agb', 'bell-telephone.com'), param('tag', 'a48s')),
    '"A. G. Bell" <sip:agb@bell-telephone.com>;tag=a48s',
  ],
  [
    'Anonymous <sip:c8oqz84zk7z@privacy.org>;tag=hyh8',
    address('Anonymous', sip('c8oqz84zk7z', 'privacy.org'), param('tag', 'hyh8')),
    '"Anonymous" <sip:c8oqz84zk7z@privacy.org>;tag=hyh8',
  ],
  ['The Operator<sip:bob@biloxi.com>', address('The Operator', bob), '"The Operator" <sip:bob@biloxi.com>'],
  ['"" <sip:bob@biloxi.com>', address('', bob)],
  ['"<sip:x>, \\"y\\"" <sip:bob@biloxi.com>', address('<sip:x>, "y"', bob)],
  ['"J\u00fcrgen \u{1f600}" <sip:bob@biloxi.com>', address('J\u00fcrgen \u{1f600}', bob)],
  ['<tel:+358-555-1234567;x=y>', address(undefined, tel('+358-555-1234567', param('x', 'y')))],
  ['tel:+358;tag=x', address(undefined, tel('+358'), param('tag', 'x')), '<tel:+358>;tag=x'],
  ['<urn:service:sos>', address(undefined, { scheme: 'urn', rest: 'service:sos' })],
  ['<sip:a,b;c@biloxi.com>', address(undefined, sip('a,b;c', 'biloxi.com'))],
  ['<sip:%00@biloxi.com>', address(undefined, sip('%00', 'biloxi.com'))],
  ['<sip:biloxi.com>;a="b;c=\\\\"', address(undefined, sip(undefined, 'biloxi.com'), param('a', 'b;c=\\', true))],
  [
    '<sip:biloxi.com>;a;A ; a = 1',
    address(undefined, sip(undefined, 'biloxi.com'), param('a'), param('A'), param('a', '1')),
    '<sip:biloxi.com>;a;A;a=1',
  ],
];

const NOT_SINGLE: readonly InvalidRow[] = [
  ['', 'truncated', 'scheme', 0],
  ['bob', 'truncated', 'scheme', 3],
  ['bob@biloxi.com', 'syntax', 'scheme', 3],
  ['<>', 'syntax', 'scheme', 1],
  ['<sip:bob@biloxi.com', 'unterminated', 'name-addr', 0],
  ['<sip:>', 'syntax', 'host', 5],
  ['<sip:@biloxi.com>', 'syntax', 'user', 5],
  ['<sip:9>', 'syntax', 'host', 5],
  ['<sip:b%4@c>', 'escape', 'user', 6],
  ['< sip:bob@biloxi.com>', 'syntax', 'scheme', 1],
  ['<sip:bob@biloxi.com >', 'syntax', 'addr-spec', 19],
  ['"bob <sip:bob@biloxi.com>', 'unterminated', 'quoted-string', 0],
  ['"bob\\', 'unterminated', 'quoted-string', 0],
  ['"bob" sip:bob@biloxi.com', 'syntax', 'name-addr', 6],
  ['b,b <sip:bob@biloxi.com>', 'syntax', 'scheme', 1],
  ['\u00e9 <sip:bob@biloxi.com>', 'syntax', 'scheme', 0],
  ['<\u017fip:bob@biloxi.com>', 'syntax', 'scheme', 1],
  ['<sip:bob@biloxi.com>;', 'truncated', 'generic-param', 21],
  ['<sip:bob@biloxi.com>;;a', 'syntax', 'generic-param', 21],
  ['<sip:bob@biloxi.com>;a=', 'truncated', 'gen-value', 23],
  ['<sip:bob@biloxi.com>>', 'trailing', '', 20],
  ['<sip:bob@biloxi.com>, <sip:a@b>', 'trailing', '', 20],
  ['sip:bob@biloxi.com?a=b', 'trailing', '', 18],
  ['<sip:bob@biloxi.com;a;A>', 'duplicate', 'uri-parameter', 22],
];

const TAGS: readonly InvalidRow[] = [
  ['<sip:a@b>;tag=', 'truncated', 'gen-value', 14],
  ['<sip:a@b>;tag', 'missing', 'tag-param', 13],
  ['<sip:a@b>;tag=""', 'missing', 'tag-param', 16],
  ['<sip:a@b>;tag=1;tag=2', 'duplicate', 'tag', 21],
  ['<sip:a@b>;tag=1;x;TAG=1', 'duplicate', 'tag', 23],
  ['sip:a@b;tag=1;tag=1', 'duplicate', 'tag', 19],
];

const ROUTES: readonly ValidRow<readonly NameAddr[]>[] = [
  ['<sip:p1.example.com;lr>', [address(undefined, sip(undefined, 'p1.example.com', param('lr')))]],
  [
    '<sip:a;lr>,<sip:b;lr>',
    [address(undefined, sip(undefined, 'a', param('lr'))), address(undefined, sip(undefined, 'b', param('lr')))],
    '<sip:a;lr>, <sip:b;lr>',
  ],
  [
    '<sip:a,b@c> , "d,<e>" <sip:f>;g="h,i"',
    [address(undefined, sip('a,b', 'c')), address('d,<e>', sip(undefined, 'f'), param('g', 'h,i', true))],
    '<sip:a,b@c>, "d,<e>" <sip:f>;g="h,i"',
  ],
  ['p <sip:a>', [address('p', sip(undefined, 'a'))], '"p" <sip:a>'],
];

const NOT_ROUTES: readonly InvalidRow[] = [
  ['', 'truncated', 'scheme', 0],
  ['sip:a', 'syntax', 'name-addr', 0],
  ['<sip:a>, sip:b', 'syntax', 'name-addr', 9],
  ['<sip:a>,', 'truncated', 'scheme', 8],
  ['<sip:a>,,<sip:b>', 'syntax', 'scheme', 8],
  ['<sip:a> <sip:b>', 'trailing', '', 7],
  ['<sip:a>;', 'truncated', 'generic-param', 8],
];

const IDENTITIES: readonly ValidRow<readonly NameAddr[]>[] = [
  ['"Cullen Jennings" <sip:fluffy@cisco.com>', [address('Cullen Jennings', sip('fluffy', 'cisco.com'))]],
  ['tel:+14085264000', [address(undefined, tel('+14085264000'))], '<tel:+14085264000>'],
  [
    '<sip:fluffy@cisco.com>, <tel:+14085264000>',
    [address(undefined, sip('fluffy', 'cisco.com')), address(undefined, tel('+14085264000'))],
  ],
  ['sip:a@b,tel:+1', [address(undefined, sip('a', 'b')), address(undefined, tel('+1'))], '<sip:a@b>, <tel:+1>'],
  ['<sip:a;b=c>', [address(undefined, sip(undefined, 'a', param('b', 'c')))]],
];

const NOT_IDENTITIES: readonly InvalidRow[] = [
  ['', 'truncated', 'scheme', 0],
  ['<sip:a@b>;c=d', 'syntax', 'value', 9],
  ['sip:a@b ; c', 'syntax', 'value', 8],
  ['";>" <sip:a;b>;c', 'syntax', 'value', 14],
  ['<sip:a@b>, x <tel:+1>;y', 'syntax', 'value', 21],
  ['<sip:a@b>,', 'truncated', 'scheme', 10],
  ['<sip:a@b> <tel:+1>', 'trailing', '', 9],
];

/** The rules that bear their header's own name are filled in. */
function refusals<T>(codec: FieldCodec<T>, rows: readonly InvalidRow[], value = codec.rule): void {
  for (const [text, code, rule, offset] of rows) {
    checkInvalid(codec, [text, code, rule === '' ? codec.rule : rule === 'value' ? value : rule, offset]);
  }
}

describe.each(ALL_SINGLE.map((codec) => [codec.name, codec] as const))('%s', (_, codec) => {
  for (const row of SINGLE) it(`reads ${JSON.stringify(row[0])}`, () => checkValid(codec, row));
  it.each(NOT_SINGLE)('refuses %s', (...row) => refusals(codec, [row]));
});

describe.each([from, to].map((codec) => [codec.name, codec] as const))('%s', (_, codec) => {
  it.each(TAGS)('refuses %s (bad input 41)', (...row) => refusals(codec, [row]));

  it('gives the tag', () => {
    expect(tagOf(unwrap(codec.parse('<sip:a@b>;x;TAG=9fxced76sl')))).toBe('9fxced76sl');
    expect(tagOf(unwrap(codec.parse('<sip:a@b;tag=no>')))).toBeUndefined();
  });

  it('obeys the laws', () => {
    const tag = fc.option(arbitrary.token, { nil: undefined });
    const params = fc
      .tuple(arbitrary.params, tag)
      .map(([others, value]) => (value === undefined ? others : [...others, param('tag', value)]));
    checkLaws(codec, arbitrary.nameAddrWith(params));
  });

  it.each([
    [[param('tag', '1'), param('Tag', '1')], 'params'],
    [[param('tag')], 'params'],
    [[param('tag', '', true)], 'params'],
    [[param('t g', '1')], 'params[0].name'],
    [[param('tag', 'a\r\nb')], 'params[0].value'],
  ])('refuses to write the parameters %j', (params, at) => {
    expect(checkRefusesToFormat(codec, address(undefined, bob, ...params)).path).toBe(at);
  });

  it('refuses to write a display name with CR and LF, or a lone surrogate', () => {
    expect(checkRefusesToFormat(codec, address('a\r\nb', bob)).path).toBe('displayName');
    expect(checkRefusesToFormat(codec, address('\ud800', bob)).path).toBe('displayName');
  });
});

describe.each([replyTo, referTo, referredBy].map((codec) => [codec.name, codec] as const))('%s', (_, codec) => {
  it('reads a parameter that is a tag elsewhere', () => {
    checkValid(codec, ['<sip:a@b>;tag', address(undefined, sip('a', 'b'), param('tag'))]);
  });
  it('obeys the laws', () => checkLaws(codec, arbitrary.nameAddr, { runs: 100 }));
});

describe.each(ALL_ROUTES.map((codec) => [codec.name, codec] as const))('%s', (_, codec) => {
  for (const row of ROUTES) it(`reads ${JSON.stringify(row[0])}`, () => checkValid(codec, row));
  it.each(NOT_ROUTES)('refuses %s', (...row) => refusals(codec, [row]));
  it('obeys the laws', () => {
    checkLaws(codec, fc.array(arbitrary.nameAddr, { minLength: 1, maxLength: 3 }), { runs: 100 });
  });
  it('refuses to write an empty list', () => {
    expect(checkRefusesToFormat(codec, []).path).toBe(codec.name);
  });
});

describe.each(ALL_IDENTITIES.map((codec) => [codec.name, codec] as const))('%s', (_, codec) => {
  const rule = codec === pAssertedIdentity ? 'PAssertedID-value' : 'PPreferredID-value';
  for (const row of IDENTITIES) it(`reads ${JSON.stringify(row[0])}`, () => checkValid(codec, row));
  it.each(NOT_IDENTITIES)('refuses %s', (...row) => refusals(codec, [row], rule));
  it('obeys the laws', () => {
    const identity = arbitrary.nameAddrWith(fc.constant([]));
    checkLaws(codec, fc.array(identity, { minLength: 1, maxLength: 3 }), { runs: 100 });
  });
  it('refuses to write parameters, and an empty list', () => {
    expect(checkRefusesToFormat(codec, [address(undefined, bob, param('a'))]).path).toBe('[0].params');
    expect(checkRefusesToFormat(codec, []).path).toBe(codec.name);
  });
});

describe('addresses in bulk', () => {
  it.each([
    ['<', ' ', ''],
    ['"', '\\a', ''],
    ['', 'a ', ''],
    ['<sip:a@b>', ';c=d', ''],
    ['<sip:a@b>', ' ', ';c'],
    ['sip:', 'a', '@b'],
  ])('From is linear: %j and %j over and over', (prefix, unit, suffix) => {
    checkFlood(from, prefix, unit, suffix);
  });

  it.each([
    ['', '<sip:a@b>,'],
    ['<sip:a@b>', ' ,<sip:a@b>'],
    ['', '<sip:a@b;lr>;x="y",'],
  ])('Route is linear: %j and %j over and over', (prefix, unit) => {
    checkFlood(route, prefix, unit, '<sip:c>');
  });

  it('P-Asserted-Identity is linear', () => {
    checkFlood(pAssertedIdentity, '', 'tel:+1,', '"a" <sip:b>;c');
  });
});

describe('duties', () => {
  it('PM-0: From and To name who sends and for whom, tel: URIs too (lesson 8)', () => {
    checkValid(to, ['<tel:+4917012345678>', address(undefined, tel('+4917012345678'))]);
    expect(from.parse('tel:').ok).toBe(false);
  });

  it('PM-3: an anonymous From is written and read', () => {
    const anonymous = address('Anonymous', sip('anonymous', 'anonymous.invalid'), param('tag', 'x'));
    checkValid(from, ['"Anonymous" <sip:anonymous@anonymous.invalid>;tag=x', anonymous]);
    expect(from.parse('"Anonymous <sip:anonymous@anonymous.invalid>').ok).toBe(false);
  });

  it('PM-10-IMS: the preferred identity and the service route are written and read', () => {
    checkValid(pPreferredIdentity, ['<sip:u@home.example>', [address(undefined, sip('u', 'home.example'))]]);
    checkValid(serviceRoute, [
      '<sip:orig@s.home.example;lr>',
      [address(undefined, sip('orig', 's.home.example', param('lr')))],
    ]);
    expect(pPreferredIdentity.parse('u@home.example').ok).toBe(false);
    expect(serviceRoute.parse('sip:orig@s.home.example').ok).toBe(false);
  });
});
