import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkLaws, checkRefusesToFormat } from '../testing/laws.ts';
import { checkGrowth, checkInvalid, checkValid, type InvalidRow, named, type ValidRow } from '../testing/rows.ts';
import { contentId } from './content-id.ts';

const IDS = [
  'id42@guppylake.bellcore.com',
  '950120.aaCC@XIson.com',
  'foo4%25foo1@bar.net',
  'foo4*foo1@bar.net',
  '1234567890@foo.com',
  '4e5562cd1214427d@example.net',
  'id2@alicepc.example.com',
  'a@b',
  "!#$%&'*+-/=?^_`{|}~@x",
  'a.b.c@d.e.f',
  'a@[192.0.2.1]',
  'a@[]',
  'a@[IPv6:2001:db8::1]',
  'a@[<"()@,;>]',
];
const VALID: readonly ValidRow<string>[] = IDS.map((id) => [`<${id}>`, id]);

const INVALID: readonly InvalidRow[] = [
  ['', 'truncated', 'msg-id', 0],
  ['a@b', 'syntax', 'msg-id', 0],
  ['<>', 'syntax', 'id-left', 1],
  ['<a>', 'syntax', 'msg-id', 2],
  ['<a@>', 'syntax', 'id-right', 3],
  ['<@b>', 'syntax', 'id-left', 1],
  ['<a@b', 'truncated', 'msg-id', 4],
  ['<a@b>c', 'trailing', 'msg-id', 5],
  ['<a@b> ', 'trailing', 'msg-id', 5],
  ['< a@b>', 'syntax', 'id-left', 1],
  ['<a@b >', 'syntax', 'msg-id', 4],
  ['<.a@b>', 'syntax', 'id-left', 1],
  ['<a.@b>', 'syntax', 'id-left', 3],
  ['<a..b@c>', 'syntax', 'id-left', 3],
  ['<a@b@c>', 'syntax', 'msg-id', 4],
  ['<"a"@b>', 'syntax', 'id-left', 1],
  ['<a@[b>', 'unterminated', 'no-fold-literal', 3],
  ['<a@[b c]>', 'syntax', 'no-fold-literal', 5],
  ['<a@[b[]>', 'syntax', 'no-fold-literal', 5],
  ['(comment) <a@b>', 'syntax', 'msg-id', 0],
  ['<a@b>, <c@d>', 'trailing', 'msg-id', 5],
  ['<\u00e9@b>', 'syntax', 'id-left', 1],
  ['<a@b\r\n>', 'control', 'msg-id', 4],
  ['<\ud800@b>', 'encoding', 'id-left', 1],
];

const atom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,6}";
const anyId = fc.stringMatching(
  new RegExp(`^${atom}(\\.${atom}){0,2}@(${atom}(\\.${atom}){0,2}|\\[[!-Z^-~]{0,9}\\])$`),
);

describe('Content-ID', () => {
  it.each(named(VALID))('reads %j', (_, row) => checkValid(contentId, row));
  it.each(named(INVALID))('refuses %j', (_, row) => checkInvalid(contentId, row));
  it('obeys the laws', () => checkLaws(contentId, anyId));
  it.each(['', 'a', '<a@b>', 'a@b>', 'a@b\r\n', 'a @b', 'a@[\\]', '\ud800@b'])('refuses to write %j', (value) =>
    expect(checkRefusesToFormat(contentId, value).path).toBe('Content-ID'),
  );
  it.each(['a', '.a', '..', '@', '[', '@['])('grows linearly on %j', (unit) => checkGrowth(contentId, '<a', unit, '>'));
});
