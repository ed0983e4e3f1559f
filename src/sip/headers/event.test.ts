import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as arbitrary from '../../testing/arbitraries.ts';
import { checkLaws, checkRefusesToFormat } from '../../testing/laws.ts';
import { checkGrowth, checkInvalid, checkValid, type InvalidRow, named, type ValidRow } from '../../testing/rows.ts';
import { type EventType, event, type SubscriptionState, subscriptionState } from './event.ts';
import { numberParam } from './param-values.ts';

const param = (name: string, value?: string, quoted?: true) => ({ name, value, quoted });
const type = (name: string, ...params: ReturnType<typeof param>[]): EventType => ({ type: name, params });
const state = (name: string, ...params: ReturnType<typeof param>[]): SubscriptionState => ({ state: name, params });

const EVENTS: readonly ValidRow<EventType>[] = [
  ['refer', type('refer')],
  ['refer;id=93809824', type('refer', param('id', '93809824'))],
  ['conference', type('conference')],
  ['presence.winfo', type('presence.winfo')],
  ['a.b.c.d', type('a.b.c.d')],
  ['foo; param=abcd; id=1234', type('foo', param('param', 'abcd'), param('id', '1234')), 'foo;param=abcd;id=1234'],
  ['Foo', type('Foo')],
  [
    'sip-profile;profile-type="application";vendor="x"',
    type('sip-profile', param('profile-type', 'application', true), param('vendor', 'x', true)),
  ],
  ['deferred-messages', type('deferred-messages')],
  ['reg ; id', type('reg', param('id')), 'reg;id'],
  ["-!%*_+`'~", type("-!%*_+`'~")],
  ['a;id=1;id=2', type('a', param('id', '1'), param('id', '2'))],
];

const BAD_EVENTS: readonly InvalidRow[] = [
  ['', 'truncated', 'event-type', 0],
  ['.winfo', 'syntax', 'event-type', 0],
  ['presence.', 'syntax', 'event-type', 9],
  ['presence..winfo', 'syntax', 'event-type', 9],
  ['"refer"', 'syntax', 'event-type', 0],
  ['refer,conference', 'trailing', 'Event', 5],
  ['refer conference', 'trailing', 'Event', 5],
  ['refer;', 'truncated', 'generic-param', 6],
  ['refer;;id=1', 'syntax', 'generic-param', 6],
  ['refer;id=', 'truncated', 'gen-value', 9],
  ['refer;id="1', 'unterminated', 'quoted-string', 9],
  ['ref\u00e9r', 'trailing', 'Event', 3],
  ['\0', 'control', 'event-type', 0],
];

const STATES: readonly ValidRow<SubscriptionState>[] = [
  ['active;expires=3600', state('active', param('expires', '3600'))],
  ['terminated;reason=noresource', state('terminated', param('reason', 'noresource'))],
  ['pending', state('pending')],
  ['active;expires=2450', state('active', param('expires', '2450'))],
  [
    'terminated;reason=probation;retry-after=30',
    state('terminated', param('reason', 'probation'), param('retry-after', '30')),
  ],
  ['waiting', state('waiting')],
  ['Active ; Expires = 60', state('Active', param('Expires', '60')), 'Active;Expires=60'],
  ['terminated;reason=timeout', state('terminated', param('reason', 'timeout'))],
  ['terminated;reason=x-mine', state('terminated', param('reason', 'x-mine'))],
  ['active;expires=soon', state('active', param('expires', 'soon'))],
  ['active;a="b"', state('active', param('a', 'b', true))],
  ['active;a', state('active', param('a'))],
];

const BAD_STATES: readonly InvalidRow[] = [
  ['', 'truncated', 'substate-value', 0],
  [';expires=1', 'syntax', 'substate-value', 0],
  ['active,pending', 'trailing', 'Subscription-State', 6],
  ['active pending', 'trailing', 'Subscription-State', 6],
  ['active;', 'truncated', 'generic-param', 7],
  ['active;expires=(depends on Refer-To URI)', 'syntax', 'gen-value', 15],
  ['active;expires=', 'truncated', 'gen-value', 15],
  ['active;=1', 'syntax', 'generic-param', 7],
  ['"active"', 'syntax', 'substate-value', 0],
  ['active;a="', 'unterminated', 'quoted-string', 9],
  ['active\0', 'trailing', 'Subscription-State', 6],
  ['<active>', 'syntax', 'substate-value', 0],
];

describe('Event', () => {
  it.each(named(EVENTS))('reads %j', (_, row) => checkValid(event, row));
  it.each(named(BAD_EVENTS))('refuses %j', (_, row) => checkInvalid(event, row));
  it('obeys the laws', () => {
    const any = fc.stringMatching(/^[A-Za-z0-9!%*_+`'~-]{1,8}(\.[A-Za-z0-9!%*_+`'~-]{1,8}){0,3}$/);
    checkLaws(event, fc.record({ type: any, params: arbitrary.params }));
  });
  it('refuses to write what is no event type', () => {
    for (const name of ['', '.a', 'a.', 'a..b', 'a b', 'a\r\n'])
      expect(checkRefusesToFormat(event, type(name)).path).toBe('type');
    expect(checkRefusesToFormat(event, type('a', param('b', '\n'))).path).toBe('params[0].value');
  });
  it('has a compact form', () => expect(event.compact).toBe('o'));
  it.each(['.', '.a', ';a', ' '])('grows linearly on %j', (unit) => checkGrowth(event, 'a', unit));
});

describe('Subscription-State', () => {
  it.each(named(STATES))('reads %j', (_, row) => checkValid(subscriptionState, row));
  it.each(named(BAD_STATES))('refuses %j', (_, row) => checkInvalid(subscriptionState, row));
  it('obeys the laws', () =>
    checkLaws(subscriptionState, fc.record({ state: arbitrary.token, params: arbitrary.params })));
  it('refuses to write what is no state', () => {
    expect(checkRefusesToFormat(subscriptionState, state('')).path).toBe('state');
    expect(checkRefusesToFormat(subscriptionState, state('active', param('é'))).path).toBe('params[0].name');
  });
  it('gives its seconds', () => {
    const read = subscriptionState.parse('terminated;reason=probation;retry-after=30');
    expect(read.ok && numberParam(read.value.params, 'retry-after')).toBe(30);
  });
  it.each(['a', ';a', ' '])('grows linearly on %j', (unit) => checkGrowth(subscriptionState, 'a', unit));
});
