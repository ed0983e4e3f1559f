import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as arbitrary from '../../testing/arbitraries.ts';
import { checkLaws, checkRefusesToFormat } from '../../testing/laws.ts';
import { checkGrowth, checkInvalid, checkValid, type InvalidRow, named, type ValidRow } from '../../testing/rows.ts';
import { type Replaces, replacedDialog, replaces } from './replaces.ts';

const param = (name: string, value?: string, quoted?: true) => ({ name, value, quoted });
const dialog = (callId: string, ...params: ReturnType<typeof param>[]): Replaces => ({ callId, params });
const TAGS = [param('to-tag', '1'), param('from-tag', '2')];

const VALID: readonly ValidRow<Replaces>[] = [
  [
    '425928@bobster.example.org;to-tag=7743;from-tag=6472',
    dialog('425928@bobster.example.org', param('to-tag', '7743'), param('from-tag', '6472')),
  ],
  [
    '98732@sip.example.com ;from-tag=r33th4x0r ;to-tag=ff87ff',
    dialog('98732@sip.example.com', param('from-tag', 'r33th4x0r'), param('to-tag', 'ff87ff')),
    '98732@sip.example.com;from-tag=r33th4x0r;to-tag=ff87ff',
  ],
  [
    '12adf2f34456gs5;to-tag=12345;from-tag=54321;early-only',
    dialog('12adf2f34456gs5', param('to-tag', '12345'), param('from-tag', '54321'), param('early-only')),
  ],
  [
    '87134@171.161.34.23;to-tag=24796;from-tag=0',
    dialog('87134@171.161.34.23', param('to-tag', '24796'), param('from-tag', '0')),
  ],
  ['a;to-tag=1;from-tag=2', dialog('a', ...TAGS)],
  ['a;TO-TAG=1;From-Tag=2', dialog('a', param('TO-TAG', '1'), param('From-Tag', '2'))],
  [
    'a;x;to-tag=1;y="z";from-tag=2',
    dialog('a', param('x'), param('to-tag', '1'), param('y', 'z', true), param('from-tag', '2')),
  ],
  ['a;to-tag=1;from-tag=2;early-only=yes', dialog('a', ...TAGS, param('early-only', 'yes'))],
  ['a;to-tag=1;from-tag=2;x;x', dialog('a', ...TAGS, param('x'), param('x'))],
  ['<a>"(b)@[c]{d}?;to-tag=1;from-tag=2', dialog('<a>"(b)@[c]{d}?', ...TAGS)],
  ['a ; to-tag = 1 ; from-tag = 2', dialog('a', ...TAGS), 'a;to-tag=1;from-tag=2'],
  ['a;to-tag=0;from-tag=0', dialog('a', param('to-tag', '0'), param('from-tag', '0'))],
];

const INVALID: readonly InvalidRow[] = [
  ['', 'truncated', 'callid', 0],
  ['425928@phone.example.org', 'missing', 'to-tag', 24],
  ['a;to-tag=1', 'missing', 'from-tag', 10],
  ['a;from-tag=1', 'missing', 'to-tag', 12],
  ['a;to-tag=1;to-tag=1;from-tag=2', 'duplicate', 'to-tag', 30],
  ['a;to-tag=1;from-tag=2;From-Tag=3', 'duplicate', 'from-tag', 32],
  ['a;to-tag;from-tag=2', 'missing', 'to-tag', 19],
  ['a;to-tag=;from-tag=2', 'syntax', 'gen-value', 9],
  ['a;to-tag="1";from-tag=2', 'missing', 'to-tag', 23],
  ['a;to-tag=[::1];from-tag=2', 'missing', 'to-tag', 25],
  ['a@;to-tag=1;from-tag=2', 'syntax', 'callid', 2],
  ['a@b@c;to-tag=1;from-tag=2', 'missing', 'to-tag', 3],
  [';to-tag=1;from-tag=2', 'syntax', 'callid', 0],
  ['a,b;to-tag=1;from-tag=2', 'missing', 'to-tag', 1],
  ['a;to-tag=1;from-tag=2, b;to-tag=1;from-tag=2', 'trailing', 'Replaces', 21],
  ['a;to-tag=1;from-tag=2;', 'truncated', 'generic-param', 22],
  ['a\u00e9;to-tag=1;from-tag=2', 'missing', 'to-tag', 1],
];

describe('Replaces', () => {
  it.each(named(VALID))('reads %j', (_, row) => checkValid(replaces, row));
  it.each(named(INVALID))('refuses %j', (_, row) => checkInvalid(replaces, row));
  it('obeys the laws', () => {
    const others = arbitrary.params.map((params) => params.filter(({ name }) => !/^(to|from)-tag$/i.test(name)));
    const any = fc.record({
      callId: fc.stringMatching(/^[A-Za-z0-9<>:\\"/[\]?{}()-]{1,9}(@[a-z.]{1,9})?$/),
      to: arbitrary.token,
      from: arbitrary.token,
      others,
    });
    checkLaws(
      replaces,
      any.map(({ callId, to, from, others }) =>
        dialog(callId, ...([param('from-tag', from), ...others, param('To-Tag', to)] as typeof TAGS)),
      ),
    );
  });
  it.each<[Replaces, string]>([
    [dialog('a'), 'params'],
    [dialog('a', ...TAGS, param('To-Tag', '3')), 'params'],
    [dialog('a', param('to-tag', '1'), param('from-tag')), 'params'],
    [dialog('a', param('to-tag', '1', true), param('from-tag', '2')), 'params'],
    [dialog('a', param('to-tag', 'a b'), param('from-tag', '2')), 'params'],
    [dialog('a b', ...TAGS), 'callId'],
    [dialog('a', ...TAGS, param('', '1')), 'params[2].name'],
  ])('refuses to write %j', (value, path) => expect(checkRefusesToFormat(replaces, value).path).toBe(path));
  it('names the dialog', () => {
    const named = { callId: 'a', toTag: '1', fromTag: '2' };
    expect(replacedDialog(dialog('a', ...TAGS))).toEqual({ ...named, earlyOnly: false });
    expect(replacedDialog(dialog('a', param('Early-Only'), ...TAGS))).toEqual({ ...named, earlyOnly: true });
  });
  it.each(['a', '@', ';a', ';to-tag=1', ' '])('grows linearly on %j', (unit) => checkGrowth(replaces, 'a', unit));
});
