import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findParam } from '../../core/params.ts';
import * as arbitrary from '../../testing/arbitraries.ts';
import { checkLaws, checkRefusesToFormat } from '../../testing/laws.ts';
import { checkGrowth, checkInvalid, checkValid, type InvalidRow, named, type ValidRow } from '../../testing/rows.ts';
import { numberParam } from './param-values.ts';
import { type Reason, reason } from './reason.ts';

const param = (name: string, value?: string, quoted?: true) => ({ name, value, quoted });
const why = (protocol: string, ...params: ReturnType<typeof param>[]): Reason => ({ protocol, params });

const VALID: readonly ValidRow<readonly Reason[]>[] = [
  [
    'SIP ;cause=200 ;text="Call completed elsewhere"',
    [why('SIP', param('cause', '200'), param('text', 'Call completed elsewhere', true))],
    'SIP;cause=200;text="Call completed elsewhere"',
  ],
  [
    'Q.850 ;cause=16 ;text="Terminated"',
    [why('Q.850', param('cause', '16'), param('text', 'Terminated', true))],
    'Q.850;cause=16;text="Terminated"',
  ],
  ['SIP;cause=600;text="Busy Everywhere"', [why('SIP', param('cause', '600'), param('text', 'Busy Everywhere', true))]],
  ['SIP;text="Ad-hoc Invitation"', [why('SIP', param('text', 'Ad-hoc Invitation', true))]],
  ['SIP;cause=410;text="Gone"', [why('SIP', param('cause', '410'), param('text', 'Gone', true))]],
  ['SIP', [why('SIP')]],
  ['sip', [why('sip')]],
  [
    'SIP;cause=200,Q.850;cause=16',
    [why('SIP', param('cause', '200')), why('Q.850', param('cause', '16'))],
    'SIP;cause=200, Q.850;cause=16',
  ],
  ['SIP, SIP', [why('SIP'), why('SIP')]],
  ['SIP;cause=000', [why('SIP', param('cause', '000'))]],
  ['SIP;cause=abc', [why('SIP', param('cause', 'abc'))]],
  ['SIP;text=bare', [why('SIP', param('text', 'bare'))]],
  ['x;text="a, \\"b\\";"', [why('x', param('text', 'a, "b";', true))]],
];

const INVALID: readonly InvalidRow[] = [
  ['', 'truncated', 'protocol', 0],
  [';cause=200', 'syntax', 'protocol', 0],
  ['"SIP"', 'syntax', 'protocol', 0],
  ['SIP/2.0;cause=200', 'trailing', 'Reason', 3],
  ['SIP cause=200', 'trailing', 'Reason', 3],
  ['SIP;', 'truncated', 'generic-param', 4],
  ['SIP;;cause=200', 'syntax', 'generic-param', 4],
  ['SIP;cause=', 'truncated', 'gen-value', 10],
  ['SIP;text="x', 'unterminated', 'quoted-string', 9],
  ['SIP;text=Call completed', 'trailing', 'Reason', 13],
  ['SIP,', 'truncated', 'protocol', 4],
  ['SIP;text="\\\u00e9"', 'escape', 'quoted-pair', 11],
  ['SIP;text="\r\nX: y"', 'control', 'quoted-string', 10],
  ['S\u0130P', 'trailing', 'Reason', 1],
];

describe('Reason', () => {
  it.each(named(VALID))('reads %j', (_, row) => checkValid(reason, row));
  it.each(named(INVALID))('refuses %j', (_, row) => checkInvalid(reason, row));
  it('obeys the laws', () =>
    checkLaws(
      reason,
      fc.array(fc.record({ protocol: arbitrary.token, params: arbitrary.params }), { minLength: 1, maxLength: 4 }),
    ));
  it.each<[readonly Reason[], string]>([
    [[], 'Reason'],
    [[why('SIP'), why('')], '[1].protocol'],
    [[why('S IP')], '[0].protocol'],
    [[why('SIP', param('text', 'a\r\nb', true))], '[0].params[0].value'],
  ])('refuses to write %j', (value, path) => expect(checkRefusesToFormat(reason, value).path).toBe(path));
  it.each([', SIP', ';a', ';a="\\"', ' '])('grows linearly on %j', (unit) => checkGrowth(reason, 'SIP', unit));
  it('gives cause and text', () => {
    const read = reason.parse('SIP;Cause=410;Text="Gone"');
    const params = read.ok ? (read.value[0]?.params ?? []) : [];
    expect([numberParam(params, 'cause'), findParam(params, 'text')?.value]).toEqual([410, 'Gone']);
  });
});
