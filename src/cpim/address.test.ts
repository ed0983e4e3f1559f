import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../core/result.ts';
import { checkLaws, checkRefusesToFormat } from '../testing/laws.ts';
import { type CpimAddress, cpimCc, cpimFrom, cpimTo } from './address.ts';

const VALID: [string, CpimAddress, string?][] = [
  ['<im:tigger@100akerwood.com>', { uri: 'im:tigger@100akerwood.com' }],
  ['Winnie the Pooh <im:pooh@100akerwood.com>', { name: 'Winnie the Pooh', uri: 'im:pooh@100akerwood.com' }],
  ['"Winnie" <im:a@b>', { name: 'Winnie', uri: 'im:a@b' }, 'Winnie <im:a@b>'],
  ['"Pooh, W."<im:a@b>', { name: 'Pooh, W.', uri: 'im:a@b' }, '"Pooh, W." <im:a@b>'],
  ['"" <im:a@b>', { name: '', uri: 'im:a@b' }],
  ['"a  b" <im:a@b>', { name: 'a  b', uri: 'im:a@b' }],
  ['"\\"\\\\" <im:a@b>', { name: '"\\', uri: 'im:a@b' }],
  ['"\\n\\r\\t\\b\\u0000\\u007f" <im:a@b>', { name: '\n\r\t\b\0\x7f', uri: 'im:a@b' }],
  ['"\\u00e4\\uD83D\\uDE00" <im:a@b>', { name: '\u00e4\u{1f600}', uri: 'im:a@b' }, '\u00e4\u{1f600} <im:a@b>'],
  ['"\\\'\\x\\u12" <im:a@b>', { name: "'xu12", uri: 'im:a@b' }, "'xu12 <im:a@b>"],
  ['\u00c4nne B. <tel:+1>', { name: '\u00c4nne B.', uri: 'tel:+1' }],
  ["O'Brien! <sip:a@b;c=d?e=f>", { name: "O'Brien!", uri: 'sip:a@b;c=d?e=f' }],
  ['<sip:anonymous@anonymous.invalid>', { uri: 'sip:anonymous@anonymous.invalid' }],
  ['"<>" <a:b>', { name: '<>', uri: 'a:b' }],
];

describe('From, To, cc', () => {
  it.each(VALID)('reads %s', (text, value, canonical = text) => {
    for (const codec of [cpimFrom, cpimTo, cpimCc]) {
      expect(unwrap(codec.parse(text))).toEqual({ name: undefined, ...value });
      expect(codec.format(value)).toBe(canonical);
    }
  });

  it.each([
    ['', 'truncated'],
    ['im:a@b', 'syntax'],
    ['Pooh', 'truncated'],
    ['Pooh<im:a@b>', 'syntax'],
    ['Winnie  Pooh <im:a@b>', 'syntax'],
    ['Pooh, W. <im:a@b>', 'syntax'],
    [' <im:a@b>', 'syntax'],
    ['<im:a@b> ', 'trailing'],
    ['<im:a@b>;tag=x', 'trailing'],
    ['<im:a@b', 'unterminated'],
    ['<>', 'syntax'],
    ['<pooh>', 'syntax'],
    ['<im:a b>', 'syntax'],
    ['<im:a#b>', 'syntax'],
    ['<im:%zz>', 'escape'],
    ['<im:\u00e4@b>', 'syntax'],
    ['"Pooh <im:a@b>', 'unterminated'],
    ['"Pooh\\" <im:a@b>', 'unterminated'],
    ['"Pooh\\', 'unterminated'],
    ['"Pooh"  <im:a@b>', 'syntax'],
    ['"a" b <im:a@b>', 'syntax'],
    ['"\\ud800" <im:a@b>', 'encoding'],
    ['"\t" <im:a@b>', 'control'],
    ['a\n <im:a@b>', 'control'],
    ['\ud800 <im:a@b>', 'encoding'],
    ['\\u0041 <im:a@b>', 'syntax'],
  ])('refuses %j', (text, code) => {
    expect(cpimFrom.parse(text)).toMatchObject({ ok: false, error: { code } });
  });

  it('obeys the laws', () => {
    const uri = fc.constantFrom('im:a@b', 'sip:a@[::1]:5060', 'tel:+1', 'http://a/b?c', 'x:');
    const name = fc.option(
      fc.oneof(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: fc.constantFrom(...'aB. "\\<>\n\r\0\x7f\u00e4\u{1f600}') }),
      ),
      { nil: undefined },
    );
    checkLaws(cpimFrom, fc.record({ name: name.map((text) => text?.toWellFormed()), uri }), {
      texts: fc.string({ unit: fc.constantFrom(...'aB. "\\<>:u0d8') }),
    });
  });

  it.each([
    [{ uri: '' }, 'uri'],
    [{ uri: 'a b:c' }, 'uri'],
    [{ uri: 'a:b>\r\nX: y' }, 'uri'],
    [{ name: '\ud800', uri: 'a:b' }, 'name'],
  ])('does not write %j', (value, path) => {
    expect(checkRefusesToFormat(cpimFrom, value).path).toBe(path);
  });

  it('names its own rule and clause', () => {
    expect([cpimFrom, cpimTo, cpimCc].map(({ rule, clause, repeats }) => [rule, clause, repeats])).toEqual([
      ['From-header', 'RFC3862-4.1', false],
      ['To-header', 'RFC3862-4.2', true],
      ['Cc-header', 'RFC3862-4.3', true],
    ]);
  });
});
