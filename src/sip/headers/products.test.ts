import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as arbitrary from '../../testing/arbitraries.ts';
import { checkFlood } from '../../testing/flood.ts';
import { checkLaws, checkRefusesToFormat } from '../../testing/laws.ts';
import { checkInvalid, checkValid, type InvalidRow, type ValidRow } from '../../testing/rows.ts';
import { type ServerVal, server, userAgent } from './products.ts';

const product = (name: string, version?: string): ServerVal => ({ name, version });
const comment = (text: string): ServerVal => ({ comment: text });
const IM = product('IM-client', 'OMA1.0');

const VALID: readonly ValidRow<readonly ServerVal[]>[] = [
  ['Softphone Beta1.5', [product('Softphone'), product('Beta1.5')]],
  ['HomeServer v2', [product('HomeServer'), product('v2')]],
  ['IM-client/OMA1.0 doubango/v0.0.0', [IM, product('doubango', 'v0.0.0')]],
  [
    'IM-client/OMA1.0 ios-ngn-stack/v00 (doubango r000)',
    [IM, product('ios-ngn-stack', 'v00'), comment('doubango r000')],
  ],
  ['IM-client/OMA1.0 sipML5-v1.2016.03.04', [IM, product('sipML5-v1.2016.03.04')]],
  [
    'IM-client/OMA1.0 Samsung/Pixel_3-12 Samsung-RCS/6.0 3gpp-gba',
    [IM, product('Samsung', 'Pixel_3-12'), product('Samsung-RCS', '6.0'), product('3gpp-gba')],
  ],
  ['IM-client/OMA1.0 moto/Moto%20E-7.1.1', [IM, product('moto', 'Moto%20E-7.1.1')]],
  [
    'term-Xiaomi/MI 6-8.0.0 client-MF/1.1.0',
    [product('term-Xiaomi', 'MI'), product('6-8.0.0'), product('client-MF', '1.1.0')],
  ],
  ['IM-client / OMA1.0\ta', [IM, product('a')], 'IM-client/OMA1.0 a'],
  ['IM-client/ OMA1.0', [IM], 'IM-client/OMA1.0'],
  ['a  /b   c', [product('a', 'b'), product('c')], 'a/b c'],
  ['IM-serv/OMA2.0', [product('IM-serv', 'OMA2.0')]],
  ['(a) (b)', [comment('a'), comment('b')]],
  ['()', [comment('')]],
  ['( a (b (c)) d ) e', [comment(' a (b (c)) d '), product('e')]],
  ['(\\) \\( \\\\ \\\0)', [comment('\\) \\( \\\\ \\\0')]],
  ['("\u00e9\u{1f600}",;<>)', [comment('"\u00e9\u{1f600}",;<>')]],
  ["!%*_+`'~.-", [product("!%*_+`'~.-")]],
];

const INVALID: readonly InvalidRow[] = [
  ['', 'truncated', 'server-val', 0],
  [' a', 'syntax', 'server-val', 0],
  ['a ', 'trailing', '', 1],
  ['/OMA1.0', 'syntax', 'server-val', 0],
  ['IM-client/', 'truncated', 'product-version', 10],
  ['IM-client/ ', 'truncated', 'product-version', 11],
  ['a/b/c', 'syntax', 'server-val', 3],
  ['a / b / c', 'syntax', 'server-val', 6],
  ['a//b', 'syntax', 'product-version', 2],
  ['a(b)', 'syntax', 'server-val', 1],
  ['(a)b', 'syntax', 'server-val', 3],
  ['(a)(b)', 'syntax', 'server-val', 3],
  ['(a', 'unterminated', 'comment', 0],
  ['(a (b)', 'unterminated', 'comment', 0],
  ['(a\\', 'unterminated', 'comment', 0],
  ['(\\\u00e9)', 'escape', 'quoted-pair', 2],
  ['(a))', 'syntax', 'server-val', 3],
  ['a )', 'syntax', 'server-val', 2],
  ['<vendor>/<model>', 'syntax', 'server-val', 0],
  ['Sofia-SIP@1.12', 'syntax', 'server-val', 9],
  ['"a"', 'syntax', 'server-val', 0],
  ['a, b', 'syntax', 'server-val', 1],
  ['a\r\nX: y', 'control', 'server-val', 1],
  ['(a\0)', 'control', 'comment', 2],
  ['(\ud800)', 'encoding', 'comment', 1],
  ['\u212a', 'syntax', 'server-val', 0],
];

describe.each([
  ['User-Agent', userAgent],
  ['Server', server],
] as const)('%s', (name, codec) => {
  for (const row of VALID) it(`reads ${JSON.stringify(row[0])}`, () => checkValid(codec, row));
  it.each(INVALID)('refuses %j', (text, code, rule, offset) => checkInvalid(codec, [text, code, rule || name, offset]));

  it('obeys the laws', () => {
    const inside = fc
      .array(
        fc.oneof(arbitrary.token, fc.constantFrom('(a)', '\\(', '\\)', '\\\\', ' ', '((x) y)', '\u00e9', ',', '"')),
        {
          maxLength: 5,
        },
      )
      .map((parts) => parts.join(''));
    const value: fc.Arbitrary<ServerVal> = fc.oneof(
      fc.record({ name: arbitrary.token, version: fc.option(arbitrary.token, { nil: undefined }) }),
      fc.record({ comment: inside }),
    );
    checkLaws(codec, fc.array(value, { minLength: 1, maxLength: 4 }));
  });

  it.each([
    [[], name],
    [[product('')], '[0].name'],
    [[IM, product('a b')], '[1].name'],
    [[product('a', '')], '[0].version'],
    [[product('a', '1\r\nX: y')], '[0].version'],
    [[comment('a)')], '[0].comment'],
    [[comment('(a')], '[0].comment'],
    [[comment('a\\')], '[0].comment'],
    [[comment('a\nb')], '[0].comment'],
    [[comment('\ud800')], '[0].comment'],
    [[comment(') b (c')], '[0].comment'],
  ])('refuses to write %j (bad input 47)', (values, path) => {
    expect(checkRefusesToFormat(codec, values).path).toBe(path);
  });

  it.each([
    ['', 'a/b '],
    ['', '(a) '],
    ['a', ' '],
    ['', '('],
    ['(', '()'],
    ['(', '\\)'],
  ])('is linear: %j and %j over and over', (prefix, unit) => {
    checkFlood(codec, prefix, unit, 'b');
  });
});

describe('duties', () => {
  it('PM-2: the release version of the client is written and read', () => {
    checkValid(userAgent, ['IM-client/OMA1.0 Acme-Talk/v1.01', [IM, product('Acme-Talk', 'v1.01')]]);
    expect(userAgent.parse('IM-client/ /OMA1.0').ok).toBe(false);
  });

  it('LM-G2: the release product may stand anywhere', () => {
    checkValid(userAgent, ['ExttoExt-client/Ext1.0 IM-client/OMA1.0', [product('ExttoExt-client', 'Ext1.0'), IM]]);
    expect(checkRefusesToFormat(userAgent, [product('IM-client/OMA1.0')]).path).toBe('[0].name');
  });
});
