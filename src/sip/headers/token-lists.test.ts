import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as arbitrary from '../../testing/arbitraries.ts';
import { checkFlood } from '../../testing/flood.ts';
import { checkLaws, checkRefusesToFormat } from '../../testing/laws.ts';
import { checkInvalid, checkValid, type InvalidRow, type ValidRow } from '../../testing/rows.ts';
import {
  allow,
  allowEvents,
  contentEncoding,
  proxyRequire,
  requireField,
  supported,
  unsupported,
} from './token-lists.ts';

const FULL = [
  ['Require', requireField, 'option-tag'],
  ['Proxy-Require', proxyRequire, 'option-tag'],
  ['Unsupported', unsupported, 'option-tag'],
  ['Content-Encoding', contentEncoding, 'content-coding'],
] as const;
const MAYBE_EMPTY = [
  ['Supported', supported, 'option-tag'],
  ['Allow', allow, 'Method'],
] as const;

const VALID: readonly ValidRow<readonly string[]>[] = [
  ['timer', ['timer']],
  ['Timer', ['Timer']],
  ['100rel, timer', ['100rel', 'timer']],
  ['100rel,timer', ['100rel', 'timer'], '100rel, timer'],
  ['100rel\t ,\ttimer', ['100rel', 'timer'], '100rel, timer'],
  ['recipient-list-message', ['recipient-list-message']],
  ['a,a,A', ['a', 'a', 'A'], 'a, a, A'],
  ['gzip', ['gzip']],
  ['%47ET', ['%47ET']],
  ["!*_+`'~.-", ["!*_+`'~.-"]],
  ['*', ['*']],
  ['1', ['1']],
  [
    'INVITE, ACK, CANCEL, BYE, MESSAGE, OPTIONS, NOTIFY, PRACK, UPDATE, REFER',
    ['INVITE', 'ACK', 'CANCEL', 'BYE', 'MESSAGE', 'OPTIONS', 'NOTIFY', 'PRACK', 'UPDATE', 'REFER'],
  ],
  ['invite, INVITE', ['invite', 'INVITE']],
  ['constructor, __proto__', ['constructor', '__proto__']],
];

const INVALID: readonly InvalidRow[] = [
  [' ', 'syntax', 'element', 0],
  [',', 'syntax', 'element', 0],
  ['a,', 'truncated', 'element', 2],
  ['a, ', 'truncated', 'element', 3],
  [',a', 'syntax', 'element', 0],
  ['a,,b', 'syntax', 'element', 2],
  ['a b', 'trailing', '', 1],
  ['a;b', 'trailing', '', 1],
  ['a=b', 'trailing', '', 1],
  ['a/b', 'trailing', '', 1],
  ['"a"', 'syntax', 'element', 0],
  ['(a)', 'syntax', 'element', 0],
  ['a\0', 'trailing', '', 1],
  ['a,\n', 'control', 'element', 2],
  ['\u212a', 'syntax', 'element', 0],
  ['a, \ud800', 'encoding', 'element', 3],
  ['\ufeffa', 'syntax', 'element', 0],
];

describe.each([...FULL, ...MAYBE_EMPTY])('%s', (name, codec, element) => {
  for (const row of VALID) it(`reads ${JSON.stringify(row[0])}`, () => checkValid(codec, row));
  it.each(INVALID)('refuses %j', (text, code, rule, offset) => {
    checkInvalid(codec, [text, code, rule === 'element' ? element : name, offset]);
  });
  it('obeys the laws', () => {
    const minLength = codec.parse('').ok ? 0 : 1;
    checkLaws(codec, fc.array(arbitrary.token, { minLength, maxLength: 4 }));
  });
  it.each([
    [[''], '[0]'],
    [['a', 'b c'], '[1]'],
    [['a,b'], '[0]'],
    [['a\r\nX: y'], '[0]'],
  ])('refuses to write %j', (values, path) => {
    expect(checkRefusesToFormat(codec, values).path).toBe(path);
  });
  it('is linear', () => {
    checkFlood(codec, '', 'timer,', 'a');
    checkFlood(codec, 'a', ' ', ',b');
  });
});

describe.each(FULL)('%s', (name, codec, element) => {
  it('may not be empty', () => {
    checkInvalid(codec, ['', 'truncated', element, 0]);
    expect(checkRefusesToFormat(codec, []).path).toBe(name);
  });
});

it.each(MAYBE_EMPTY)('%s may be empty', (_, codec) => checkValid(codec, ['', []]));

describe('Allow-Events', () => {
  const VALID_EVENTS: readonly ValidRow<readonly string[]>[] = [
    ['presence', ['presence']],
    ['presence.winfo, conference', ['presence.winfo', 'conference']],
    ['a.b.c,d', ['a.b.c', 'd'], 'a.b.c, d'],
  ];
  for (const row of VALID_EVENTS) it(`reads ${row[0]}`, () => checkValid(allowEvents, row));
  it.each<InvalidRow>([
    ['', 'truncated', 'event-type', 0],
    ['.winfo', 'syntax', 'event-type', 0],
    ['presence.', 'syntax', 'event-type', 9],
    ['a, b..c', 'syntax', 'event-type', 5],
    ['a,', 'truncated', 'event-type', 2],
    ['a;b', 'trailing', 'Allow-Events', 1],
  ])('refuses %j', (...row) => checkInvalid(allowEvents, row));
  it('obeys the laws', () => {
    const part = arbitrary.token.map((text) => text.replaceAll('.', '-'));
    const type = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('.'));
    checkLaws(allowEvents, fc.array(type, { minLength: 1, maxLength: 3 }));
  });
  it('refuses to write empty parts', () => {
    expect(checkRefusesToFormat(allowEvents, ['a', 'b.']).path).toBe('[1]');
    expect(checkRefusesToFormat(allowEvents, []).path).toBe('Allow-Events');
  });
  it('is linear', () => {
    checkFlood(allowEvents, '', 'a.b,', 'a');
  });
});

describe('duties', () => {
  it('LM-G3: all methods of the client are written', () => {
    expect(allow.format(['INVITE', 'MESSAGE'])).toBe('INVITE, MESSAGE');
    expect(allow.parse('INVITE MESSAGE').ok).toBe(false);
  });
  it('LM-G6: the option tag of the session timer is written and read', () => {
    checkValid(supported, ['timer', ['timer']]);
    expect(supported.parse('timer;x').ok).toBe(false);
  });
  it('LM-R1: the methods of a response are read with their case', () => {
    checkValid(allow, ['invite, MESSAGE', ['invite', 'MESSAGE']]);
    expect(allow.parse('"MESSAGE"').ok).toBe(false);
  });
  it('PM-10-IMS: sec-agree in Require and Proxy-Require', () => {
    checkValid(requireField, ['sec-agree', ['sec-agree']]);
    checkValid(proxyRequire, ['sec-agree', ['sec-agree']]);
    expect(proxyRequire.parse('').ok).toBe(false);
  });
});
