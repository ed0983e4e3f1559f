import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listCodec, textCodec } from '../core/codec.ts';
import type { Param } from '../core/params.ts';
import { unwrap } from '../core/result.ts';
import { scanList } from '../core/scan.ts';
import * as arbitrary from '../testing/arbitraries.ts';
import { checkLaws, checkRefusesToFormat } from '../testing/laws.ts';
import { MOST, quickest } from '../testing/quickest.ts';
import { checkGrowth, checkInvalid, checkValid, type InvalidRow, named, type ValidRow } from '../testing/rows.ts';
import { formatNameAddr, type NameAddr, scanNameAddr, scanRouteAddr } from './name-addr.ts';
import { sipUri } from './uri.ts';

const CLAUSE = 'RFC3261-25.1';
const codec = textCodec<NameAddr>({
  name: 'name-addr',
  rule: 'name-addr',
  clause: CLAUSE,
  scan: scanNameAddr,
  format: (value) => formatNameAddr(value),
});
const list = listCodec<NameAddr>({
  name: 'list',
  rule: 'list',
  clause: CLAUSE,
  scan: (s) => scanList(s, scanNameAddr),
  format: (values) => values.map((value) => formatNameAddr(value)).join(', '),
});
const route = textCodec<NameAddr>({
  name: 'route',
  rule: 'route',
  clause: CLAUSE,
  scan: scanRouteAddr,
  format: codec.format,
});

const address = (uri: string, displayName?: string, ...params: Param[]): NameAddr => ({
  displayName,
  uri: unwrap(sipUri.parse(uri)),
  params,
});
const tag: Param = { name: 'tag', value: 'x', quoted: undefined };

const VALID: readonly ValidRow<NameAddr>[] = [
  ['<sip:a@b>', address('sip:a@b')],
  ['sip:a@b', address('sip:a@b'), '<sip:a@b>'],
  ['sip:a@b;tag=x', address('sip:a@b', undefined, tag), '<sip:a@b>;tag=x'],
  ['sip:a@b ;\ttag = x', address('sip:a@b', undefined, tag), '<sip:a@b>;tag=x'],
  ['<sip:a@b;lr>;tag=x', address('sip:a@b;lr', undefined, tag)],
  ['sip:a@b\t;tag=x', address('sip:a@b', undefined, tag), '<sip:a@b>;tag=x'],
  ['<sip:a@b?h=1>', address('sip:a@b?h=1')],
  ['Al B \t<sip:a@b>', address('sip:a@b', 'Al B'), '"Al B" <sip:a@b>'],
  ['<sip:a,b@c>', address('sip:a,b@c')],
  ['"A. G. Bell" <sip:agb@bell-telephone.com>;tag=x', address('sip:agb@bell-telephone.com', 'A. G. Bell', tag)],
  ['"" <sip:a@b>', address('sip:a@b', '')],
  ['"a\\"b\\\\" <sip:a@b>', address('sip:a@b', 'a"b\\')],
  ['"a <x>, b" <sip:a@b>', address('sip:a@b', 'a <x>, b')],
  ['"é\u{1f600}" <sip:a@b>', address('sip:a@b', 'é\u{1f600}')],
  ['"a"<sip:a@b>', address('sip:a@b', 'a'), '"a" <sip:a@b>'],
  ['"a"\t  <sip:a@b>', address('sip:a@b', 'a'), '"a" <sip:a@b>'],
  [
    'Anonymous <sip:c8oqz84zk7z@privacy.org>;tag=x',
    address('sip:c8oqz84zk7z@privacy.org', 'Anonymous', tag),
    '"Anonymous" <sip:c8oqz84zk7z@privacy.org>;tag=x',
  ],
  ["a.b!%*_+`'~ c\td  <sip:a@b>", address('sip:a@b', "a.b!%*_+`'~ c\td"), '"a.b!%*_+`\'~ c\td" <sip:a@b>'],
  // RFC 4475 3.1.1.6 lwsdisp: no blank between the token and "<"
  [
    'caller<sip:caller@example.com>;tag=x',
    address('sip:caller@example.com', 'caller', tag),
    '"caller" <sip:caller@example.com>;tag=x',
  ],
  // LAQUOT begins with SWS, so that these blanks are no display name
  ['  <sip:a@b>', address('sip:a@b'), '<sip:a@b>'],
  ['<tel:+1-201-555-0123>;tag=x', address('tel:+1-201-555-0123', undefined, tag)],
  ['tel:+1-201-555-0123;tag=x', address('tel:+1-201-555-0123', undefined, tag), '<tel:+1-201-555-0123>;tag=x'],
  ['<urn:service:sos>', address('urn:service:sos')],
  ['<sip:[::1]>', address('sip:[::1]')],
  ['sip:[::1]:5060', address('sip:[::1]:5060'), '<sip:[::1]:5060>'],
  ['<sip:a@b>;x="y;z"', address('sip:a@b', undefined, { name: 'x', value: 'y;z', quoted: true })],
  ['<sip:a@b>;a;a', address('sip:a@b', undefined, { name: 'a' }, { name: 'a' })],
];

const INVALID: readonly InvalidRow[] = [
  ['', 'truncated', 'scheme', 0],
  ['<', 'truncated', 'scheme', 1],
  ['<>', 'syntax', 'scheme', 1],
  ['< sip:a@b>', 'syntax', 'scheme', 1],
  ['<sip:a@b >', 'syntax', 'addr-spec', 8],
  ['<sip:a@b', 'unterminated', 'name-addr', 0],
  ['"a <sip:a@b>', 'unterminated', 'quoted-string', 0],
  ['"a\\', 'unterminated', 'quoted-string', 0],
  ['"a" sip:a@b', 'syntax', 'name-addr', 4],
  ['"a"', 'truncated', 'name-addr', 3],
  ['"a" "b" <sip:a@b>', 'syntax', 'name-addr', 4],
  ['a "b" <sip:a@b>', 'syntax', 'scheme', 1],
  ['Bell, Alexander <sip:a@b>', 'syntax', 'scheme', 4],
  ['é <sip:a@b>', 'syntax', 'scheme', 0],
  ['a@b <sip:a@b>', 'syntax', 'scheme', 1],
  ['sip:a@b?h=1', 'trailing', 'name-addr', 7],
  ['sip:a@b, sip:c', 'trailing', 'name-addr', 7],
  ['sip:a@b x', 'trailing', 'name-addr', 7],
  ['<sip:a@b>x', 'trailing', 'name-addr', 9],
  ['<sip:a@b>;', 'truncated', 'generic-param', 10],
  ['<sip:a@b>>', 'trailing', 'name-addr', 9],
  ['<<sip:a@b>>', 'syntax', 'scheme', 1],
  ['<sip:a@b;x=1;X=2>', 'duplicate', 'uri-parameter', 13],
  ['<sip:%4@b>', 'escape', 'user', 5],
  ['<sip:a@>', 'syntax', 'host', 7],
  ['sip:a@b:x', 'syntax', 'port', 8],
  ['\0<sip:a@b>', 'control', 'scheme', 0],
  ['"\ud800" <sip:a@b>', 'encoding', 'quoted-string', 1],
];

describe('name-addr', () => {
  it.each(named(VALID))('reads and writes %j', (_text, row) => {
    checkValid(codec, row);
  });

  it.each(named(INVALID))('refuses %j', (_text, row) => {
    checkInvalid(codec, row);
  });

  it('obeys the laws', () => {
    const near = fc.string({
      unit: fc.constantFrom('<', '>', '"', ' ', ',', ';', '=', 'a', 'sip:a@b', 'tel:+1', '\\', '?', 'é'),
      maxLength: 12,
    });
    checkLaws(codec, arbitrary.nameAddr, { runs: 500, texts: near });
  });

  it('row 37: has a comma inside brackets or quotes as part of one element', () => {
    const read = unwrap(list.parse('"a, b" <sip:c,d@e>;x="f, g" , <sip:h@i>,sip:j@k;l, "m" <tel:+1>'));
    expect(read.map(({ displayName }) => displayName)).toEqual(['a, b', undefined, undefined, 'm']);
    expect(read.map(({ params }) => params.length)).toEqual([1, 0, 1, 0]);
  });

  it('has its brackets where Route wants them', () => {
    expect(route.parse('<sip:a@b;lr>').ok).toBe(true);
    expect(route.parse('a <sip:a@b;lr>').ok).toBe(true);
    expect(route.parse('"" <sip:a@b;lr>').ok).toBe(true);
    expect(route.parse('sip:a@b')).toMatchObject({
      ok: false,
      error: { code: 'syntax', rule: 'name-addr', offset: 0 },
    });
    expect(route.parse('<sip:a')).toMatchObject({ ok: false, error: { code: 'unterminated' } });
  });

  it.each([
    ['<', ' '],
    ['', ' '],
    ['', 'a '],
    ['', '<'],
    ['"', '\\"'],
    ['"a', ' '],
    ['<sip:a@b>;a="', '\\\\'],
    ['sip:', 'a@'],
  ])('takes linear time for %j and 100 000 times %j', (prefix, unit) => {
    checkGrowth(codec, prefix, unit);
    const text = prefix + unit.repeat(100_000);
    expect(quickest(() => codec.parse(text, { limits: { field: text.length } }), MOST)).toBeLessThan(MOST);
    expect(codec.parse(text)).toMatchObject({ ok: false, error: { code: 'limit' } });
  });

  it.each<[NameAddr, string]>([
    [{ ...address('sip:a@b'), displayName: 'a\r\nX: y' }, 'displayName'],
    [{ ...address('sip:a@b'), displayName: '\ud800' }, 'displayName'],
    [{ ...address('sip:a@b'), uri: { scheme: 'x', rest: 'a>b' } }, 'uri.rest'],
    [address('sip:a@b', undefined, { name: 'a b' }), 'params[0].name'],
    [address('sip:a@b', undefined, { name: 'a', value: '\n' }), 'params[0].value'],
  ])('refuses to write %#', (value, path) => {
    expect(checkRefusesToFormat(codec, value).path).toBe(path);
  });
});
