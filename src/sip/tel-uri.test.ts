import { describe, expect, it } from 'vitest';
import type { Param } from '../core/params.ts';
import { checkRefusesToFormat } from '../testing/laws.ts';
import { MOST, quickest } from '../testing/quickest.ts';
import { checkInvalid, checkValid, type InvalidRow, named, type ValidRow } from '../testing/rows.ts';
import type { TelUri } from './tel-uri.ts';
import { sipUri, type Uri } from './uri.ts';

const param = (name: string, value?: string): Param => ({ name, value, quoted: undefined });
const tel = (number: string, ...params: readonly Param[]): TelUri => ({ scheme: 'tel', number, params });

/** RFC 3966 3, 6 and the edges of its rules. */
const VALID: readonly ValidRow<Uri>[] = [
  ['tel:+1-201-555-0123', tel('+1-201-555-0123')],
  ['tel:7042;phone-context=example.com', tel('7042', param('phone-context', 'example.com'))],
  ['tel:863-1234;phone-context=+1-914-555', tel('863-1234', param('phone-context', '+1-914-555'))],
  ['tel:+358-555-1234567;postd=pp22', tel('+358-555-1234567', param('postd', 'pp22'))],
  ['tel:+1;isub=12345', tel('+1', param('isub', '12345'))],
  ['tel:+1;isub=a/b?c:d@e=f&g', tel('+1', param('isub', 'a/b?c:d@e=f&g'))],
  ['tel:+1;ext=1-2.3(4)', tel('+1', param('ext', '1-2.3(4)'))],
  ['tel:+(1)', tel('+(1)')],
  ['tel:+-.1-', tel('+-.1-')],
  ['tel:*#06#;phone-context=+44', tel('*#06#', param('phone-context', '+44'))],
  ['tel:12aF;phone-context=a.b.', tel('12aF', param('phone-context', 'a.b.'))],
  ['tel:911;x;phone-context=+1;y=%41', tel('911', param('x'), param('phone-context', '+1'), param('y', '%41'))],
  ['tel:911;PHONE-CONTEXT=+1', tel('911', param('PHONE-CONTEXT', '+1'))],
  ['tel:+1;npdi;rn=+1-2', tel('+1', param('npdi'), param('rn', '+1-2'))],
  ['tel:+1;x=[a]/:&+$', tel('+1', param('x', '[a]/:&+$'))],
  ['tel:+1;9-=z', tel('+1', param('9-', 'z'))],
];

const INVALID: readonly InvalidRow[] = [
  ['tel:', 'truncated', 'local-number-digits', 4],
  ['tel:+', 'truncated', 'global-number-digits', 5],
  ['tel:+-', 'truncated', 'global-number-digits', 6],
  ['tel:+a', 'syntax', 'global-number-digits', 5],
  ['tel:+1a', 'trailing', 'addr-spec', 6],
  ['tel:+1*', 'trailing', 'addr-spec', 6],
  ['tel:+1 2', 'trailing', 'addr-spec', 6],
  ['tel:-;phone-context=a', 'syntax', 'local-number-digits', 5],
  ['tel:g;phone-context=a', 'syntax', 'local-number-digits', 4],
  ['tel:7042', 'missing', 'context', 8],
  ['tel:7042;ext=1', 'missing', 'context', 14],
  ['tel:7042;phone-context', 'truncated', 'phone-context', 22],
  ['tel:7042;phone-context=', 'truncated', 'host', 23],
  ['tel:7042;phone-context=+', 'truncated', 'global-number-digits', 24],
  ['tel:7042;phone-context=192.0.2.1', 'syntax', 'domainname', 23],
  ['tel:7042;phone-context=[::1]', 'syntax', 'domainname', 23],
  ['tel:7042;phone-context=-a', 'syntax', 'host', 23],
  ['tel:7042;phone-context=a;phone-context=b', 'duplicate', 'parameter', 25],
  ['tel:+1;', 'truncated', 'pname', 7],
  ['tel:+1;;', 'syntax', 'pname', 7],
  ['tel:+1;a_b', 'trailing', 'addr-spec', 8],
  ['tel:+1;a=', 'truncated', 'pvalue', 9],
  ['tel:+1;a=;b', 'syntax', 'pvalue', 9],
  ['tel:+1;a=b=c', 'trailing', 'addr-spec', 10],
  ['tel:+1;a=%4', 'escape', 'pvalue', 9],
  ['tel:+1;isub=', 'truncated', 'pvalue', 12],
  ['tel:+1;isub=;a', 'syntax', 'pvalue', 12],
  ['tel:+1;isub=%4;a', 'escape', 'isdn-subaddress', 12],
  ['tel:+1;isub=a b', 'trailing', 'addr-spec', 13],
  ['tel:+1;a;A', 'duplicate', 'parameter', 9],
  ['tel:+\u0661', 'syntax', 'global-number-digits', 5],
  ['tel:+1\r\n', 'trailing', 'addr-spec', 6],
];

describe('tel URIs', () => {
  it.each(named(VALID))('read and write %s', (_text, row) => {
    checkValid(sipUri, row);
  });

  it.each(named(INVALID))('refuse %j', (_text, row) => {
    checkInvalid(sipUri, row);
  });

  it.each<[string, TelUri]>([
    ['no digit', tel('')],
    ['a local number without context', tel('7042')],
    ['CR and LF in the number', tel('+1\r\nX: y')],
    ['a parameter inside the number', tel('+1;a')],
    ['a name that is none', tel('+1', param('a b'))],
    ['a value inside a name', tel('+1', param('a=b'))],
    ['a value inside the name of isub', tel('+1', param('isub=x', 'y'))],
    ['an empty value', tel('+1', param('a', ''))],
    ['two parameters in one', tel('+1', param('a', 'b;c'))],
    ['a parameter twice', tel('+1', param('a'), param('A'))],
    ['LF in a value', tel('+1', param('a', '\n'))],
    ['a lone surrogate', tel('+1', param('a', '\ud800'))],
    ['a text that is too long', tel(`+${'1'.repeat(20_000)}`)],
  ])('are refused when written with %s', (_what, value) => {
    expect(checkRefusesToFormat(sipUri, value)).toMatchObject({ path: 'number', clause: 'RFC3966-3' });
  });

  it('are limited in their parameters, and linear', () => {
    const text = (n: number) => `tel:+1${Array.from({ length: n }, (_, i) => `;p${i}`).join('')}`;
    expect(sipUri.parse(text(128)).ok).toBe(true);
    expect(sipUri.parse(text(129))).toMatchObject({ ok: false, error: { code: 'limit' } });
    const long = text(100_000);
    const limits = { field: long.length, params: 100_000 };
    expect(quickest(() => expect(sipUri.parse(long, { limits }).ok).toBe(true), MOST)).toBeLessThan(MOST);
  });
});
