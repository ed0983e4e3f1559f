import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as arbitrary from '../../testing/arbitraries.ts';
import { checkFlood } from '../../testing/flood.ts';
import { checkLaws, checkRefusesToFormat } from '../../testing/laws.ts';
import { checkInvalid, checkValid, type InvalidRow } from '../../testing/rows.ts';
import { callId, inReplyTo } from './call-id.ts';

const VALID = [
  'f81d4fae-7dec-11d0-a765-00a0c91e6bf6@biloxi.com',
  'f81d4fae-7dec-11d0-a765-00a0c91e6bf6@192.0.2.4',
  'a84b4c76e66710',
  'a@b',
  'A@b',
  'intmeth.word%ZK-!.*_+\'@word`~)(><:\\/"][?}{',
  '(',
  '<a>',
  '"',
  '\\',
  '{1}@[::1]',
  ':/?',
  '%00',
  '0',
  '1@2',
];

const INVALID: readonly InvalidRow[] = [
  ['', 'truncated', 'callid', 0],
  ['@', 'syntax', 'callid', 0],
  ['@a', 'syntax', 'callid', 0],
  ['a@', 'truncated', 'callid', 2],
  ['a@@b', 'syntax', 'callid', 2],
  ['a@b@c', 'trailing', '', 3],
  ['a b', 'trailing', '', 1],
  ['a@ b', 'syntax', 'callid', 2],
  [' a', 'syntax', 'callid', 0],
  ['a;b', 'trailing', '', 1],
  ['a=b', 'trailing', '', 1],
  ['a|b', 'trailing', '', 1],
  ['a@b;tag=1', 'trailing', '', 3],
  ['\u00e9', 'syntax', 'callid', 0],
  ['a\0', 'trailing', '', 1],
  ['\r\n', 'control', 'callid', 0],
  ['a@\ud800', 'encoding', 'callid', 2],
];

describe('Call-ID', () => {
  it.each(VALID)('reads %s', (text) => checkValid(callId, [text, text]));
  it.each([...INVALID, ['a,b', 'trailing', '', 1] as const])('refuses %j', (text, code, rule, offset) => {
    checkInvalid(callId, [text, code, rule || 'Call-ID', offset]);
  });
  it('obeys the laws', () => checkLaws(callId, arbitrary.callId));
  it.each(['', '@', 'a@', '@a', 'a@b@c', 'a b', 'a\r\nb', '\u00e9'])('refuses to write %j', (text) => {
    expect(checkRefusesToFormat(callId, text).path).toBe('');
  });
  it('is linear', () => {
    for (const unit of ['a', '@', 'a@', ' ']) {
      checkFlood(callId, 'a', unit, 'b');
    }
  });
  it('PM-0: every request has one', () => {
    checkValid(callId, ['asd88asd77a@1.2.3.4', 'asd88asd77a@1.2.3.4']);
    expect(callId.parse('asd88asd77a@').ok).toBe(false);
  });
});

describe('In-Reply-To', () => {
  it.each(VALID)('reads %s', (text) => checkValid(inReplyTo, [text, [text]]));
  it.each([...INVALID, ['a,', 'truncated', 'callid', 2] as const])('refuses %j', (text, code, rule, offset) => {
    checkInvalid(inReplyTo, [text, code, rule || 'In-Reply-To', offset]);
  });
  it('reads a list', () => {
    checkValid(inReplyTo, [
      '70710@saturn.bell-tel.com,17320@x',
      ['70710@saturn.bell-tel.com', '17320@x'],
      '70710@saturn.bell-tel.com, 17320@x',
    ]);
  });
  it('obeys the laws', () => checkLaws(inReplyTo, fc.array(arbitrary.callId, { minLength: 1, maxLength: 3 })));
  it('refuses to write an empty list, and what is no Call-ID', () => {
    expect(checkRefusesToFormat(inReplyTo, []).path).toBe('In-Reply-To');
    expect(checkRefusesToFormat(inReplyTo, ['a', 'b,c']).path).toBe('[1]');
  });
  it('is linear', () => {
    checkFlood(inReplyTo, '', 'a@b,', 'c');
  });
});
