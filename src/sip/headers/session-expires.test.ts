import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as arbitrary from '../../testing/arbitraries.ts';
import { checkLaws, checkRefusesToFormat } from '../../testing/laws.ts';
import { checkGrowth, checkInvalid, checkValid, type InvalidRow, named, type ValidRow } from '../../testing/rows.ts';
import { type MinSE, minSE, refresher, type SessionExpires, sessionExpires } from './session-expires.ts';

const param = (name: string, value?: string, quoted?: true) => ({ name, value, quoted });
const seconds = (value: number, ...params: ReturnType<typeof param>[]): SessionExpires => ({ seconds: value, params });

const BOTH: readonly ValidRow<SessionExpires>[] = [
  ['50', seconds(50)],
  ['3600', seconds(3600)],
  ['1800;lr', seconds(1800, param('lr'))],
  ['90', seconds(90)],
  ['0', seconds(0)],
  ['60', seconds(60)],
  ['0090', seconds(90), '90'],
  ['4294967295', seconds(4_294_967_295)],
  ['00000000000000000000004294967295', seconds(4_294_967_295), '4294967295'],
  ['90;a="b;c"', seconds(90, param('a', 'b;c', true))],
  ['90 ; a = b', seconds(90, param('a', 'b')), '90;a=b'],
  ['90;a;A=1', seconds(90, param('a'), param('A', '1'))],
  ['90;a=[::1]', seconds(90, param('a', '[::1]'))],
];

const VALID_SESSION_EXPIRES: readonly ValidRow<SessionExpires>[] = [
  ['4000;refresher=uac', seconds(4000, param('refresher', 'uac'))],
  ['1800;Refresher=UAS', seconds(1800, param('Refresher', 'UAS'))],
  ['1800;refresher=b2bua', seconds(1800, param('refresher', 'b2bua'))],
  ['1800;refresher', seconds(1800, param('refresher'))],
];

const BAD_IN_BOTH = (rule: string): readonly InvalidRow[] => [
  ['', 'truncated', 'delta-seconds', 0],
  ['soon', 'syntax', 'delta-seconds', 0],
  ['-1', 'syntax', 'delta-seconds', 0],
  ['+90', 'syntax', 'delta-seconds', 0],
  [' 90', 'syntax', 'delta-seconds', 0],
  ['90 ', 'trailing', rule, 2],
  ['90.5', 'trailing', rule, 2],
  ['0x5a', 'trailing', rule, 1],
  ['1e3', 'trailing', rule, 1],
  ['4294967296', 'range', 'delta-seconds', 0],
  ['18446744073709551706', 'range', 'delta-seconds', 0],
  ['90;', 'truncated', 'generic-param', 3],
  ['90;;a', 'syntax', 'generic-param', 3],
  ['90;a=', 'truncated', 'gen-value', 5],
  ['90,90', 'trailing', rule, 2],
  ['\u0669\u0660', 'syntax', 'delta-seconds', 0],
  ['90\r\n', 'trailing', rule, 2],
];

const anyValue = fc.record({
  seconds: fc.oneof(fc.nat(100_000), fc.integer({ min: 0, max: 0xffff_ffff })),
  params: arbitrary.params.map((params) => params.filter(({ name }) => name.toLowerCase() !== 'refresher')),
});

describe('Session-Expires', () => {
  it.each(named([...BOTH, ...VALID_SESSION_EXPIRES]))('reads %j', (_, row) => checkValid(sessionExpires, row));
  it.each(named(BAD_IN_BOTH('Session-Expires')))('refuses %j', (_, row) => checkInvalid(sessionExpires, row));
  it.each(
    named<InvalidRow>([
      ['90;refresher=uac;refresher=uas', 'duplicate', 'refresher', 30],
      ['90;refresher=uac;a;REFRESHER', 'duplicate', 'refresher', 28],
    ]),
  )('refuses %j', (_, row) => checkInvalid(sessionExpires, row));
  it('obeys the laws', () => checkLaws(sessionExpires, anyValue));
  it('has a compact form', () => expect(sessionExpires.compact).toBe('x'));
  it.each(['0', ';a', ';a="\\"', ' '])('grows linearly on %j', (unit) => checkGrowth(sessionExpires, '1', unit));
});

describe('Min-SE', () => {
  it.each(named(BOTH))('reads %j', (_, row) => checkValid(minSE, row));
  it.each(named(BAD_IN_BOTH('Min-SE')))('refuses %j', (_, row) => checkInvalid(minSE, row));
  it('has no refresher of its own', () => {
    checkValid(minSE, [
      '90;refresher=uac;refresher=uas',
      seconds(90, param('refresher', 'uac'), param('refresher', 'uas')),
    ]);
  });
  it('obeys the laws', () => checkLaws(minSE, anyValue));
  it.each(['0', ';a', ';a="\\"', ' '])('grows linearly on %j', (unit) => checkGrowth(minSE, '1', unit));
  it.each<[MinSE, string]>([
    [seconds(-1), 'seconds'],
    [seconds(0.5), 'seconds'],
    [seconds(2 ** 32), 'seconds'],
    [seconds(Number.NaN), 'seconds'],
    [seconds(90, param('a b')), 'params[0].name'],
    [seconds(90, param('a', '\n')), 'params[0].value'],
  ])('refuses to write %j', (value, path) => expect(checkRefusesToFormat(minSE, value).path).toBe(path));
});

describe('LM-G7: Session-Expires with refresher=uac', () => {
  it('is written and read back', () => {
    const text = sessionExpires.format(seconds(1800, param('refresher', 'uac')));
    expect(text).toBe('1800;refresher=uac');
    const read = sessionExpires.parse(text);
    expect(read.ok && refresher(read.value)).toBe('uac');
  });
  it('is not what another refresher says', () => {
    expect(refresher(seconds(1800))).toBeUndefined();
    expect(refresher(seconds(1800, param('refresher', 'uas')))).toBe('uas');
    expect(refresher(seconds(1800, param('refresher', 'both')))).toBeUndefined();
  });
});

describe('LM-R3: the interval received', () => {
  it('of a 422 is its Min-SE, which the next request must reach', () => {
    const read = minSE.parse('3600');
    expect(read.ok && read.value.seconds).toBe(3600);
  });
  it('is unknown where the value is none', () => expect(minSE.parse('3600s').ok).toBe(false));
});
