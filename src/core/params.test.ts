import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { params as arbitraryParams } from '../testing/arbitraries.ts';
import { checkLaws, checkRefusesToFormat } from '../testing/laws.ts';
import { textCodec } from './codec.ts';
import type { ErrorCode } from './error.ts';
import { findParam, formatParams, isTokenCode, onlyOnce, type Param, scanParams } from './params.ts';
import { open } from './scanner.ts';

const codec = textCodec<readonly Param[]>({
  name: 'params',
  rule: '*( SEMI generic-param )',
  clause: 'RFC3261-25.1',
  scan: scanParams,
  format: (value) => formatParams(value, 'params'),
});
const param = (name: string, value?: string, quoted?: true): Param => ({ name, value, quoted });

describe('parameters', () => {
  it.each<[string, readonly Param[]]>([
    ['', []],
    [';a', [param('a')]],
    [';a=b', [param('a', 'b')]],
    [';a="b"', [param('a', 'b', true)]],
    [';a=""', [param('a', '', true)]],
    [';a="x\\"y;z=1"', [param('a', 'x"y;z=1', true)]],
    [';a=[::1]', [param('a', '[::1]')]],
    [';a="[::1]"', [param('a', '[::1]', true)]],
    [';a=1;A=2;a=1', [param('a', '1'), param('A', '2'), param('a', '1')]],
    [';__proto__=1;constructor', [param('__proto__', '1'), param('constructor')]],
  ])('read and write %j', (text, value) => {
    expect(codec.parse(text)).toEqual({ ok: true, value, notes: [] });
    expect(codec.format(value)).toBe(text);
  });

  it('take blanks around ";" and "="', () => {
    expect(codec.parse(' ; a\t= "b" ;\tc')).toMatchObject({ ok: true, value: [param('a', 'b', true), param('c')] });
  });

  it.each<[string, ErrorCode, number]>([
    ['a', 'trailing', 0],
    [' ', 'trailing', 0],
    [';', 'truncated', 1],
    [';;', 'syntax', 1],
    [';=b', 'syntax', 1],
    [';a=', 'truncated', 3],
    [';a= ', 'truncated', 4],
    [';a=;b', 'syntax', 3],
    [';a="', 'unterminated', 3],
    [';a="x"y', 'trailing', 6],
    [';a=[::1', 'unterminated', 3],
    [';a=[x]', 'syntax', 4],
    [';a=b ', 'trailing', 4],
    [';a\u212a', 'trailing', 2],
    [';a=\0', 'control', 3],
  ])('refuse %j with %s at %d', (text, code, offset) => {
    expect(codec.parse(text)).toMatchObject({ ok: false, error: { code, offset } });
  });

  it('obey the laws', () => {
    const near = fc.string({ unit: fc.constantFrom(';', '=', 'a', '"', ' ', '[', ']', ':', '1', '\\'), maxLength: 14 });
    checkLaws(codec, arbitraryParams, { texts: near.map((text) => `;a=${text}`) });
  });

  it('are limited in number', () => {
    expect(codec.parse(';a'.repeat(128)).ok).toBe(true);
    expect(codec.parse(';a'.repeat(129))).toMatchObject({ ok: false, error: { code: 'limit' } });
    expect(codec.parse(';a', { limits: { params: 0 } })).toMatchObject({ ok: false, error: { code: 'limit' } });
    expect(codec.parse('', { limits: { params: 0 } }).ok).toBe(true);
    expect(codec.parse(';a;b', { limits: { params: 1 } })).toMatchObject({ ok: false, error: { code: 'limit' } });
    expect(codec.parse(';a'.repeat(129), { limits: { params: 129 } }).ok).toBe(true);
  });

  it('quote what is no token', () => {
    expect(formatParams([param('a', 'b c'), param('d', ''), param('e', '[x]'), param('f', 'é')], 'p')).toBe(
      ';a="b c";d="";e="[x]";f="é"',
    );
    expect(formatParams([param('a', `[${'1'.repeat(20_000)}]`)], 'p')).toBe(`;a="[${'1'.repeat(20_000)}]"`);
  });

  it.each<[Param, string]>([
    [param(''), '[0].name'],
    [param('a b'), '[0].name'],
    [param('a\r\nX'), '[0].name'],
    [param('a;b'), '[0].name'],
    [param('a', 'x\r\ny'), '[0].value'],
    [param('a', 'x\n'), '[0].value'],
    [param('a', '\ud800'), '[0].value'],
    [param('a', '\udc00', true), '[0].value'],
  ])('are refused when %j is written', (value, path) => {
    expect(checkRefusesToFormat(codec, [value]).path).toBe(`params${path}`);
  });
});

describe('findParam', () => {
  it('finds the first of the name, whatever its case, and no look-alike', () => {
    const list = [param('Tag', '1'), param('tag', '2'), param('k', '3')];
    expect(findParam(list, 'TAG')?.value).toBe('1');
    expect(findParam(list, '\u212a')).toBeUndefined();
    expect(findParam([], 'constructor')).toBeUndefined();
  });
});

describe('onlyOnce', () => {
  it('refuses a second of the name', () => {
    const s = open(';tag=1;TAG=2', 'x', 'RFC3261-25.1', undefined);
    const list = scanParams(s) ?? [];
    expect(onlyOnce(s, list, 'other', 'RFC3261-7.3.1')).toBe(true);
    expect(s.error).toBeUndefined();
    expect(onlyOnce(s, list, 'tag', 'RFC3261-7.3.1')).toBe(false);
    expect(s.error).toMatchObject({ code: 'duplicate', rule: 'tag', offset: 12 });
  });
});

describe('isTokenCode', () => {
  it('answers for the end too', () => {
    expect([isTokenCode(-1), isTokenCode(0x61), isTokenCode(0x2f), isTokenCode(0x80), isTokenCode(0xff)]).toEqual([
      false,
      true,
      false,
      false,
      false,
    ]);
  });
});
