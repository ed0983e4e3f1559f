import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as arbitrary from '../../testing/arbitraries.ts';
import { checkLaws, checkRefusesToFormat } from '../../testing/laws.ts';
import { checkGrowth, checkInvalid, checkValid, type InvalidRow, named, type ValidRow } from '../../testing/rows.ts';
import { type Warning, warning } from './warning.ts';

const one = (code: number, agent: string, text: string): Warning => ({ code, agent, text });

const VALID: readonly ValidRow<readonly Warning[]>[] = [
  [
    '307 isi.edu "Session parameter \'foo\' not understood"',
    [one(307, 'isi.edu', "Session parameter 'foo' not understood")],
  ],
  [
    '301 isi.edu "Incompatible network address type \'E.164\'"',
    [one(301, 'isi.edu', "Incompatible network address type 'E.164'")],
  ],
  ['370 devnull "Choose a bigger pipe"', [one(370, 'devnull', 'Choose a bigger pipe')]],
  ['399 im.example.com "Anonymity not allowed"', [one(399, 'im.example.com', 'Anonymity not allowed')]],
  ['399 im.example.com:5060 "Size Exceeded"', [one(399, 'im.example.com:5060', 'Size Exceeded')]],
  ['399 [2001:db8::9:1]:5060 "x"', [one(399, '[2001:db8::9:1]:5060', 'x')]],
  ['399 [2001:db8::9:1] "x"', [one(399, '[2001:db8::9:1]', 'x')]],
  ['399 192.0.2.1 "127 Service not authorised"', [one(399, '192.0.2.1', '127 Service not authorised')]],
  ['000 - ""', [one(0, '-', '')]],
  ['007 a   "x"', [one(7, 'a', 'x')], '007 a "x"'],
  ['301 a "1" , 302 b "2"', [one(301, 'a', '1'), one(302, 'b', '2')], '301 a "1", 302 b "2"'],
  [
    '301 a "1, \\"2\\" \\\\",302 b "\u4e2d"',
    [one(301, 'a', '1, "2" \\'), one(302, 'b', '\u4e2d')],
    '301 a "1, \\"2\\" \\\\", 302 b "\u4e2d"',
  ],
  ['999 host.example. "x"', [one(999, 'host.example.', 'x')]],
];

const INVALID: readonly InvalidRow[] = [
  ['1812 overture "In Progress"', 'syntax', 'warning-value', 3],
  ['', 'truncated', 'warn-code', 0],
  ['37 devnull "x"', 'syntax', 'warn-code', 2],
  ['370', 'truncated', 'warning-value', 3],
  ['370  devnull "x"', 'syntax', 'host', 4],
  ['370\tdevnull "x"', 'syntax', 'warning-value', 3],
  ['370 devnull', 'truncated', 'warning-value', 11],
  ['370 devnull\t"x"', 'syntax', 'warning-value', 11],
  ['370 devnull "x', 'unterminated', 'quoted-string', 12],
  ['370 devnull x', 'syntax', 'quoted-string', 12],
  ['370 "devnull" "x"', 'syntax', 'host', 4],
  ['370 dev_null:80 "x"', 'syntax', 'warning-value', 7],
  ['370 a: "x"', 'syntax', 'port', 6],
  ['370 a:65536 "x"', 'range', 'port', 6],
  ['370 [::1 "x"', 'syntax', 'IPv6reference', 8],
  ['370 a "x",', 'truncated', 'warn-code', 10],
  ['370 a "x" 370 b "y"', 'trailing', 'Warning', 9],
  ['370 a "x";y', 'trailing', 'Warning', 9],
  ['\u0663\u0667\u0660 a "x"', 'syntax', 'warn-code', 0],
  ['370 a "\r\n"', 'control', 'quoted-string', 7],
];

const anyAgent = fc.oneof(
  arbitrary.token,
  fc.tuple(fc.domain(), fc.nat(65_535)).map(([host, port]) => `${host}:${port}`),
  fc.ipV6().map((address) => `[${address}]`),
);

describe('Warning', () => {
  it.each(named(VALID))('reads %j', (_, row) => checkValid(warning, row));
  it.each(named(INVALID))('refuses %j', (_, row) => checkInvalid(warning, row));
  it('obeys the laws', () => {
    const any = fc.record({ code: fc.nat(999), agent: anyAgent, text: arbitrary.quotedText });
    checkLaws(warning, fc.array(any, { minLength: 1, maxLength: 4 }));
  });
  it.each<[readonly Warning[], string]>([
    [[], 'Warning'],
    [[one(1000, 'a', 'x')], '[0].code'],
    [[one(-1, 'a', 'x')], '[0].code'],
    [[one(399, 'a', 'x'), one(399, '', 'x')], '[1].agent'],
    [[one(399, 'a b', 'x')], '[0].agent'],
    [[one(399, 'a:', 'x')], '[0].agent'],
    [[one(399, 'a', 'x\ny')], '[0].text'],
    [[one(399, 'a', '\udfff')], '[0].text'],
  ])('refuses to write %j', (value, path) => expect(checkRefusesToFormat(warning, value).path).toBe(path));
  it.each([', 399 a "x"', '"', ' ', 'a', '\\"'])('grows linearly on %j', (unit) =>
    checkGrowth(warning, '399 a "x"', unit),
  );
  it.each([
    ['399 ', 'a.'],
    ['399 a ', ' '],
    ['399 a "', '\\"'],
    ['399 a', ':'],
  ])('grows linearly behind %j', (prefix, unit) => checkGrowth(warning, prefix, unit));
});
