import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Param } from '../../core/params.ts';
import { unwrap } from '../../core/result.ts';
import * as arbitrary from '../../testing/arbitraries.ts';
import { checkFlood } from '../../testing/flood.ts';
import { checkLaws, checkRefusesToFormat } from '../../testing/laws.ts';
import { checkInvalid, checkValid, type InvalidRow, type ValidRow } from '../../testing/rows.ts';
import { get } from '../access.ts';
import { sipMessage } from '../message.ts';
import { type AcceptContact, acceptContact, isExplicit, isRequired, rejectContact } from './accept-contact.ts';
import { hasFeature } from './feature-params.ts';

const param = (name: string, value?: string, quoted = value !== undefined): Param => ({
  name,
  value,
  quoted: quoted || undefined,
});
const star = (...params: Param[]): AcceptContact => ({ params });
const ICSI = 'urn%3Aurn-7%3A3gpp-service.ims.icsi.oma.cpm.msg';

const VALID: readonly ValidRow<readonly AcceptContact[]>[] = [
  ['*', [star()]],
  ['*;+g.oma.sip-im', [star(param('+g.oma.sip-im'))]],
  ['* ; +g.oma.sip-im', [star(param('+g.oma.sip-im'))], '*;+g.oma.sip-im'],
  ['*;+g.oma.sip-im;explicit;require', [star(param('+g.oma.sip-im'), param('explicit'), param('require'))]],
  ['*;+g.poc.talkburst;require;explicit', [star(param('+g.poc.talkburst'), param('require'), param('explicit'))]],
  ['*;language="en,fr"', [star(param('language', 'en,fr'))]],
  [`*;+g.3gpp.icsi-ref="${ICSI}"`, [star(param('+g.3gpp.icsi-ref', ICSI))]],
  [
    '*;audio;require, *;video;explicit',
    [star(param('audio'), param('require')), star(param('video'), param('explicit'))],
  ],
  ['*,*', [star(), star()], '*, *'],
  [
    '*;mobility="fixed" ,\t* ;class = "business"',
    [star(param('mobility', 'fixed')), star(param('class', 'business'))],
    '*;mobility="fixed", *;class="business"',
  ],
  ['*;a;A;a', [star(param('a'), param('A'), param('a'))]],
  ['*;require;require', [star(param('require'), param('require'))]],
  ['*;*', [star(param('*'))]],
  ['*;k=v', [star(param('k', 'v', false))]],
  ['*;k=""', [star(param('k', ''))]],
  ['*;k="a\\"b\\\\c"', [star(param('k', 'a"b\\c'))]],
  ['*;host=[::1]', [star(param('host', '[::1]', false))]],
  ['*;+rangeparam="#-4:+5.125"', [star(param('+rangeparam', '#-4:+5.125'))]],
];

const INVALID: readonly InvalidRow[] = [
  ['', 'truncated', 'value', 0],
  ['+g.poc.talkburst;require', 'syntax', 'value', 0],
  [';+g.oma.sip-im', 'syntax', 'value', 0],
  ['**', 'trailing', '', 1],
  ['*a', 'trailing', '', 1],
  ['*;', 'truncated', 'generic-param', 2],
  ['*;;a', 'syntax', 'generic-param', 2],
  ['*;k=', 'truncated', 'gen-value', 4],
  ['*;k=]', 'syntax', 'gen-value', 4],
  ['*;k=a b', 'trailing', '', 5],
  ['*;explicit:require', 'trailing', '', 10],
  ['*;language="en,fr', 'unterminated', 'quoted-string', 11],
  ['*;language="en\\', 'unterminated', 'quoted-string', 11],
  ['*,', 'truncated', 'value', 2],
  ['*,,*', 'syntax', 'value', 2],
  ['*;a,+b', 'syntax', 'value', 4],
  ['* *', 'trailing', '', 1],
  ['*;\u212aa', 'syntax', 'generic-param', 2],
  ['*;a="\r\n"', 'control', 'quoted-string', 5],
  ['*;a="\ud800"', 'encoding', 'quoted-string', 5],
];

const LENIENT = { tolerances: ['accept-contact-star'] } as const;

describe.each([
  ['Accept-Contact', acceptContact, 'ac-value'],
  ['Reject-Contact', rejectContact, 'rc-value'],
] as const)('%s', (name, codec, value) => {
  for (const row of VALID) it(`reads ${JSON.stringify(row[0])}`, () => checkValid(codec, row));
  it.each(INVALID)('refuses %s (bad input 43)', (text, code, rule, offset) => {
    checkInvalid(codec, [text, code, rule === '' ? name : rule === 'value' ? value : rule, offset]);
  });

  it('obeys the laws', () => {
    checkLaws(codec, fc.array(fc.record({ params: arbitrary.params }), { minLength: 1, maxLength: 3 }));
  });

  it.each([
    [[], name],
    [[star(param('a b'))], '[0].params[0].name'],
    [[star(), star(param('a'), param('b', 'c\r\nX: y'))], '[1].params[1].value'],
    [[star(param(''))], '[0].params[0].name'],
  ])('refuses to write %j', (values, path) => {
    expect(checkRefusesToFormat(codec, values).path).toBe(path);
  });

  it.each([
    ['', '*,'],
    ['*', ';a'],
    ['*', ' ;language="en,fr"'],
    ['*', ' '],
  ])('is linear: %j and %j over and over', (prefix, unit) => {
    checkFlood(codec, prefix, unit, '*');
  });
});

describe('tolerance accept-contact-star', () => {
  it.each([
    ['+g.poc.talkburst;require;explicit', '*;+g.poc.talkburst;require;explicit', [0]],
    ['*;a, +b="c" ;d,e', '*;a, *;+b="c";d, *;e', [5, 15]],
    ['*;a', '*;a', []],
  ])('reads %s', (text, canonical, offsets) => {
    const read = acceptContact.parse(text, LENIENT);
    expect(read.ok && read.notes.map(({ tolerance, offset }) => [tolerance, offset])).toEqual(
      offsets.map((offset) => ['accept-contact-star', offset]),
    );
    expect(acceptContact.format(unwrap(read))).toBe(canonical);
  });

  it.each([
    ['', 'truncated', 0],
    [';a', 'syntax', 0],
    ['"a"', 'syntax', 0],
    ['a;', 'truncated', 2],
    ['a=', 'truncated', 2],
  ])('still refuses %j', (text, code, offset) => {
    expect(acceptContact.parse(text, LENIENT)).toMatchObject({ ok: false, error: { code, offset } });
  });

  it('still names the rule', () => {
    expect(acceptContact.parse(';a', LENIENT)).toMatchObject({ error: { rule: 'ac-value', expected: '*' } });
  });

  it('does not reach Reject-Contact', () => {
    expect(rejectContact.parse('+a', LENIENT).ok).toBe(false);
  });
});

describe('Accept-Contact in messages', () => {
  it('reads a fold behind the star, and the compact form (bad input 44, lesson 6)', () => {
    const head = 'MESSAGE sip:a@b SIP/2.0\r\nAccept-Contact: *\r\n ;+g.oma.sip-im\r\na: *;language="en,fr"\r\n\r\n';
    const values = get(unwrap(sipMessage.decode(new TextEncoder().encode(head))), acceptContact);
    expect(values?.ok && values.value).toEqual([star(param('+g.oma.sip-im')), star(param('language', 'en,fr'))]);
  });

  it('tells whether a value is required and explicit', () => {
    const [first, second] = unwrap(acceptContact.parse('*;a;Require, *;EXPLICIT;requires'));
    expect(first && [isRequired(first), isExplicit(first)]).toEqual([true, false]);
    expect(second && [isRequired(second), isExplicit(second)]).toEqual([false, true]);
  });

  it('PM-1: +g.oma.sip-im is written and read', () => {
    expect(acceptContact.format([star(param('+g.oma.sip-im'))])).toBe('*;+g.oma.sip-im');
    const [value] = unwrap(acceptContact.parse('*;+g.oma.sip-im;require;explicit'));
    expect(value && hasFeature(value.params, '+g.oma.sip-im')).toBe(true);
    expect(acceptContact.parse('+g.oma.sip-im').ok).toBe(false);
  });

  it('LM-G1: a service of another enabler is no +g.oma.sip-im', () => {
    const [value] = unwrap(acceptContact.parse(`*;+g.3gpp.icsi-ref="${ICSI}"`));
    expect(value && hasFeature(value.params, '+g.oma.sip-im')).toBe(false);
  });
});
