import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Param } from '../../core/params.ts';
import { unwrap } from '../../core/result.ts';
import * as arbitrary from '../../testing/arbitraries.ts';
import { checkFlood } from '../../testing/flood.ts';
import { checkLaws, checkRefusesToFormat } from '../../testing/laws.ts';
import { checkInvalid, checkValid, type InvalidRow, type ValidRow } from '../../testing/rows.ts';
import type { Uri } from '../uri.ts';
import { type Contact, contact, isWildcard } from './contact.ts';
import { hasFeature } from './feature-params.ts';

const param = (name: string, value?: string, quoted?: true): Param => ({ name, value, quoted });
const sip = (user: string | undefined, host: string, ...params: Param[]): Uri => ({
  scheme: 'sip',
  user,
  host,
  params,
  headers: [],
});
const at = (uri: Uri, ...params: Param[]): Contact => ({ displayName: undefined, uri, params });
const bob = sip('bob', 'biloxi.com');

const VALID: readonly ValidRow<readonly Contact[]>[] = [
  ['*', [{ wildcard: true }]],
  ['<sip:bob@biloxi.com>', [at(bob)]],
  ['sip:bob@biloxi.com', [at(bob)], '<sip:bob@biloxi.com>'],
  ['* <sip:bob@biloxi.com>', [{ displayName: '*', uri: bob, params: [] }], '"*" <sip:bob@biloxi.com>'],
  ['sip:bob@biloxi.com;expires=60', [at(bob, param('expires', '60'))], '<sip:bob@biloxi.com>;expires=60'],
  [
    '"Mr. Watson" <sip:watson@worcester.bell-telephone.com> ;q=0.7; expires=3600, "Mr. Watson" <mailto:watson@bell-telephone.com> ;q=0.1',
    [
      {
        displayName: 'Mr. Watson',
        uri: sip('watson', 'worcester.bell-telephone.com'),
        params: [param('q', '0.7'), param('expires', '3600')],
      },
      {
        displayName: 'Mr. Watson',
        uri: { scheme: 'mailto', rest: 'watson@bell-telephone.com' },
        params: [param('q', '0.1')],
      },
    ],
    '"Mr. Watson" <sip:watson@worcester.bell-telephone.com>;q=0.7;expires=3600, "Mr. Watson" <mailto:watson@bell-telephone.com>;q=0.1',
  ],
  [
    '<sips:bob@192.0.2.4:5061>',
    [at({ scheme: 'sips', user: 'bob', host: '192.0.2.4', port: 5061, params: [], headers: [] })],
  ],
  ['<sip:a,b@c>;x="d,e", <sip:f>', [at(sip('a,b', 'c'), param('x', 'd,e', true)), at(sip(undefined, 'f'))]],
  ['<sip:a@b>;q=5;q=abc', [at(sip('a', 'b'), param('q', '5'), param('q', 'abc'))]],
  ['<sip:a@b>;+sip.instance="<urn:uuid:1>"', [at(sip('a', 'b'), param('+sip.instance', '<urn:uuid:1>', true))]],
  ['<sip:a@b>;automata;isfocus', [at(sip('a', 'b'), param('automata'), param('isfocus'))]],
  ['sip:a@b,sip:c@d', [at(sip('a', 'b')), at(sip('c', 'd'))], '<sip:a@b>, <sip:c@d>'],
  ['<tel:+1>', [at({ scheme: 'tel', number: '+1', params: [] })]],
  ['*%41* <sip:a>', [{ displayName: '*%41*', uri: sip(undefined, 'a'), params: [] }], '"*%41*" <sip:a>'],
  [
    '<sip:a@b;method=INVITE?x=y>',
    [
      at({
        scheme: 'sip',
        user: 'a',
        host: 'b',
        params: [param('method', 'INVITE')],
        headers: [{ name: 'x', value: 'y' }],
      }),
    ],
  ],
];

const INVALID: readonly InvalidRow[] = [
  ['', 'truncated', 'scheme', 0],
  ['**', 'syntax', 'scheme', 0],
  ['*;q=1', 'syntax', 'scheme', 0],
  ['*, <sip:a@b>', 'syntax', 'scheme', 0],
  ['<sip:a@b>, *', 'syntax', 'scheme', 11],
  ['*,*', 'syntax', 'scheme', 0],
  ['<*>', 'syntax', 'scheme', 1],
  ['"*"', 'truncated', 'name-addr', 3],
  ['bob', 'truncated', 'scheme', 3],
  ['<sip:a@b>,', 'truncated', 'scheme', 10],
  [',<sip:a@b>', 'syntax', 'scheme', 0],
  ['<sip:a@b>,,<sip:c@d>', 'syntax', 'scheme', 10],
  ['<sip:a@b> <sip:c@d>', 'trailing', 'Contact', 9],
  ['<sip:a@b>;', 'truncated', 'generic-param', 10],
  ['<sip:a@b>;q=', 'truncated', 'gen-value', 12],
  ['<sip:a@b', 'unterminated', 'name-addr', 0],
  ['<sip:a@b>;x="y', 'unterminated', 'quoted-string', 12],
  ['<sip:a@b>;x="y\\', 'unterminated', 'quoted-string', 12],
  ['<sip:a@b>;x="\\\u00e9"', 'escape', 'quoted-pair', 14],
  ['<sip:a@b>;x=\0', 'control', 'gen-value', 12],
  ['sip:a@b?x=y', 'trailing', 'Contact', 7],
];

describe('Contact', () => {
  for (const row of VALID) it(`reads ${JSON.stringify(row[0])}`, () => checkValid(contact, row));
  it.each(INVALID)('refuses %s', (...row) => checkInvalid(contact, row));

  it('keeps NUL where a quoted pair hides it (bad input 3)', () => {
    checkValid(contact, ['<sip:a@b>;x="\\\0"', [at(sip('a', 'b'), param('x', '\0', true))]]);
  });

  it('does not split at commas inside quotes and brackets (bad input 37, lesson 1)', () => {
    const text = '<sip:a@b;x=1>;+g.oma.sip-im;language="en,fr", <sip:c,d@e>';
    const values = unwrap(contact.parse(text));
    expect(values.map((value) => (isWildcard(value) ? 0 : value.params.length))).toEqual([2, 0]);
  });

  it('obeys the laws', () => {
    const wildcard: Contact[] = [{ wildcard: true }];
    const list = fc.array<Contact>(arbitrary.nameAddr, { minLength: 1, maxLength: 3 });
    checkLaws(contact, fc.oneof({ weight: 9, arbitrary: list }, fc.constant(wildcard)));
  });

  it.each<[Contact[], string]>([
    [[], 'Contact'],
    [[{ wildcard: true }, { wildcard: true }], '[0]'],
    [[at(bob), { wildcard: true }], '[1]'],
    [[at(sip('b b', 'c'))], '[0].uri.user'],
    [[at(bob, param('x', 'a\nb'))], '[0].params[0].value'],
    [[{ displayName: 'a\rb', uri: bob, params: [] }], '[0].displayName'],
  ])('refuses to write %j', (value, path) => {
    expect(checkRefusesToFormat(contact, value).path).toBe(path);
  });

  it.each([
    ['', '<sip:a@b>,'],
    ['', 'sip:a@b,'],
    ['', '<sip:a@b>;q=0.5;+g.oma.sip-im;language="en,fr", '],
    ['*', ' '],
    ['<sip:a@b>', ';c="d"'],
    ['', '"a",'],
  ])('is linear: %j and %j over and over', (prefix, unit) => {
    checkFlood(contact, prefix, unit, '<sip:a@b>');
  });

  it('LM-G4: the feature tag of IM is announced, or not', () => {
    const [value] = unwrap(contact.parse('<sip:a@b>;expires=3600;+g.oma.sip-im;language="en,fr";+g.3gpp.smsip'));
    expect(value !== undefined && !isWildcard(value) && hasFeature(value.params, '+g.oma.sip-im')).toBe(true);
    const [other] = unwrap(contact.parse('<sip:a@b;+g.oma.sip-im>;g.oma.sip-im'));
    expect(other !== undefined && !isWildcard(other) && hasFeature(other.params, '+g.oma.sip-im')).toBe(false);
  });
});
