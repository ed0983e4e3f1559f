import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DIGIT, TOKEN_NOBANG } from '../../core/chars.ts';
import { EncodeError, type ErrorCode } from '../../core/error.ts';
import type { Param } from '../../core/params.ts';
import { unwrap } from '../../core/result.ts';
import { quotedText, textOf } from '../../testing/arbitraries.ts';
import { same } from '../../testing/laws.ts';
import { contact, isWildcard } from './contact.ts';
import {
  type Feature,
  featureParam,
  features,
  hasFeature,
  isFeatureTag,
  numericBounds,
  readFeature,
  type TagValue,
} from './feature-params.ts';

const param = (name: string, value?: string, quoted = true): Param =>
  value === undefined ? { name } : { name, value, quoted };
const token = (text: string, negated = false): TagValue => ({ negated, token: text });
const number = (relation: '=' | '>=' | '<=', text: string): TagValue => ({
  negated: false,
  numeric: { relation, number: text },
});
const range = (from: string, to: string): TagValue => ({ negated: false, numeric: { relation: 'range', from, to } });

const VALID: readonly (readonly [
  name: string,
  value: string | undefined,
  feature: Feature['value'],
  written?: string,
])[] = [
  ['audio', undefined, true],
  ['AUTOMATA', undefined, true],
  ['+g.oma.sip-im', undefined, true],
  ['+g.3gpp.app%5fref', undefined, true],
  ['audio', 'TRUE', true, ''],
  ['video', 'FALSE', false],
  ['video', 'false', false, 'FALSE'],
  ['video', '!TRUE', [{ negated: true, boolean: true }]],
  ['mobility', 'fixed', [token('fixed')]],
  ['events', '!presence,message-summary', [token('presence', true), token('message-summary')]],
  ['language', 'en,de', [token('en'), token('de')]],
  ['description', '<PC>', { string: 'PC' }],
  ['description', '<>', { string: '' }],
  ['description', '<a, "b" \\ \u00e9!>', { string: 'a, "b" \\ \u00e9!' }],
  ['+rangeparam', '#-4:+5.125', [range('-4', '+5.125')]],
  ['+g.gsma.rcs.botversion', '#=1,#=2', [number('=', '1'), number('=', '2')]],
  ['+a', '#>=5.', [number('>=', '5.')]],
  ['+a', '!#<=-0.50', [{ negated: true, numeric: { relation: '<=', number: '-0.50' } }]],
  [
    '+g.3gpp.icsi-ref',
    'urn%3Aurn-7%3A3gpp-service.ims.icsi.oma.cpm.msg',
    [token('urn%3Aurn-7%3A3gpp-service.ims.icsi.oma.cpm.msg')],
  ],
  ['methods', 'INVITE,TRUE', [token('INVITE'), { negated: false, boolean: true }]],
];

const INVALID: readonly (readonly [
  name: string,
  value: string | undefined,
  code: ErrorCode,
  rule: string,
  offset: number,
])[] = [
  ['g.oma.sip-im', undefined, 'syntax', 'enc-feature-tag', 0],
  ['+', undefined, 'syntax', 'enc-feature-tag', 0],
  ['+1a', undefined, 'syntax', 'enc-feature-tag', 0],
  ['+g.3gpp.app_ref', undefined, 'syntax', 'enc-feature-tag', 0],
  ['+audio ', undefined, 'syntax', 'enc-feature-tag', 0],
  ['\u212aaudio', undefined, 'syntax', 'enc-feature-tag', 0],
  ['language', '', 'truncated', 'tag-value', 0],
  ['language', 'en,', 'truncated', 'tag-value', 3],
  ['language', 'en,,de', 'syntax', 'tag-value', 3],
  ['language', 'en, de', 'syntax', 'tag-value', 3],
  ['language', 'en de', 'trailing', 'feature-param', 2],
  ['language', '!!en', 'syntax', 'tag-value', 1],
  ['language', '!', 'truncated', 'tag-value', 1],
  ['language', 'e!n', 'trailing', 'feature-param', 1],
  ['language', '\u00e9n', 'syntax', 'tag-value', 0],
  ['type', 'text/plain', 'trailing', 'feature-param', 4],
  ['description', '<PC', 'unterminated', 'string-value', 0],
  ['description', '<PC>,<TV>', 'trailing', 'feature-param', 4],
  ['description', '<a<b>', 'syntax', 'string-value', 2],
  ['description', '!<PC>', 'syntax', 'tag-value', 1],
  ['description', '<\ud800>', 'encoding', 'string-value', 1],
  ['+a', '#', 'truncated', 'number', 1],
  ['+a', '#5', 'truncated', 'numeric-relation', 2],
  ['+a', '#>5', 'syntax', 'numeric-relation', 2],
  ['+a', '#=+', 'truncated', 'number', 3],
  ['+a', '#=.5', 'syntax', 'number', 2],
  ['+a', '#1:', 'truncated', 'number', 3],
  ['+a', '#=1e3', 'trailing', 'feature-param', 3],
  ['+a', `#=${'9'.repeat(400)}`, 'range', 'number', 2],
];

describe('feature parameters', () => {
  it.each(VALID.map(([tag, value, feature, written = value]) => [tag, value, feature, written] as const))(
    'reads %s=%j',
    (tag, value, feature, written) => {
      const read = unwrap(readFeature(param(tag, value)));
      expect(read).toEqual({ tag, value: feature });
      expect(featureParam(read)).toEqual(written ? { name: tag, value: written, quoted: true } : { name: tag });
    },
  );

  it.each(INVALID)('refuses %s=%j', (tag, value, code, rule, offset) => {
    expect(readFeature(param(tag, value))).toMatchObject({ ok: false, error: { code, rule, offset } });
  });

  it('refuses a value that stands without quotes', () => {
    const refused = { ok: false, error: { code: 'syntax', rule: 'feature-param', offset: 0 } };
    expect(readFeature(param('+a', 'b', false))).toMatchObject(refused);
    expect(unwrap(readFeature({ name: '+a', value: 'b,c' })).value).toEqual([token('b'), token('c')]);
  });

  it('refuses a value longer than the field limit', () => {
    const long = param('+a', 'a,'.repeat(100_000));
    expect(readFeature(long)).toMatchObject({ ok: false, error: { code: 'limit' } });
    const start = performance.now();
    const raised = { limits: { field: 300_000 } };
    expect(readFeature(param('+a', `${'!#-1:2.,'.repeat(30_000)}b`), raised).ok).toBe(true);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it('reads the example of RFC 3840 5 and writes it again', () => {
    const text =
      '<sip:user@pc.example.com>;mobility="fixed";events="!presence,message-summary";language="en,de"' +
      ';description="<PC>";+sip.newparam;+rangeparam="#-4:+5.125"';
    const [value] = unwrap(contact.parse(text));
    if (value === undefined || isWildcard(value)) throw new Error('no address');
    const read = features(value.params).map(unwrap);
    expect(read.map(({ value: said }) => said)).toEqual([
      [token('fixed')],
      [token('presence', true), token('message-summary')],
      [token('en'), token('de')],
      { string: 'PC' },
      true,
      [range('-4', '+5.125')],
    ]);
    expect(contact.format([{ ...value, params: read.map(featureParam) }])).toBe(text);
  });

  it('takes base tags and what begins with "+" from among the parameters', () => {
    const params = [
      param('q', '0.5', false),
      param('Audio'),
      param('+g.3gpp.app_ref'),
      param('require'),
      param('isfocus'),
    ];
    expect(features(params).map(({ ok }) => ok)).toEqual([true, false, true]);
    expect(['text', 'Extensions', '+x', '+'].every(isFeatureTag)).toBe(true);
    expect(['expires', 'g.oma.sip-im', 'constructor', '__proto__', ''].some(isFeatureTag)).toBe(false);
  });

  it.each([
    [[param('+G.oma.sip-IM')], true],
    [[param('+g.oma.sip-im', 'TRUE')], true],
    [[param('+g.oma.sip-im', 'FALSE')], false],
    [[param('+g.oma.sip-im', 'false', false)], false],
    [[param('+g.oma.sip-im', '!TRUE')], false],
    [[param('g.oma.sip-im')], false],
    [[param('+g.oma.sip-im.large-message')], false],
    [[], false],
  ])('PM-1, LM-G4: of %j the feature is there: %s', (params, there) => {
    expect(hasFeature(params, '+g.oma.sip-im')).toBe(there);
  });

  it.each([
    ['g.oma.sip-im', true, 'tag'],
    ['+', true, 'tag'],
    ['+a_b', true, 'tag'],
    ['+a\r\nb', true, 'tag'],
    ['audio', [], 'value'],
    ['language', [token('en'), token('a!b')], 'value[1].token'],
    ['language', [token('')], 'value[0].token'],
    ['language', [token('TRUE')], 'value[0].token'],
    ['description', { string: 'a>b' }, 'value.string'],
    ['description', { string: 'a\nb' }, 'value.string'],
    ['description', { string: '\udc00' }, 'value.string'],
    ['+a', [number('=', '0x1')], 'value[0].numeric.number'],
    ['+a', [number('=', '')], 'value[0].numeric.number'],
    ['+a', [range('1', '1e9')], 'value[0].numeric.to'],
    ['+a', [range('Infinity', '1')], 'value[0].numeric.from'],
  ] as const)('refuses to write %s with %j (bad input 43)', (tag, value, path) => {
    let thrown: unknown;
    try {
      featureParam({ tag, value });
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(EncodeError);
    expect((thrown as EncodeError).path).toBe(path);
  });

  it('gives the bounds of a comparison', () => {
    expect(numericBounds({ relation: '=', number: '+5.' })).toEqual([5, 5]);
    expect(numericBounds({ relation: '>=', number: '-1.5' })).toEqual([-1.5, Number.POSITIVE_INFINITY]);
    expect(numericBounds({ relation: '<=', number: '2' })).toEqual([Number.NEGATIVE_INFINITY, 2]);
    expect(numericBounds({ relation: 'range', from: '-4', to: '+5.125' })).toEqual([-4, 5.125]);
  });

  it('obeys the laws', () => {
    const digits = fc
      .tuple(fc.constantFrom('', '+', '-'), textOf(DIGIT), fc.constantFrom('', '.', '.5', '.125'))
      .map((parts) => parts.join(''));
    const numeric = fc.oneof(
      fc.record({ relation: fc.constantFrom('=' as const, '>=' as const, '<=' as const), number: digits }),
      fc.record({ relation: fc.constant('range' as const), from: digits, to: digits }),
    );
    const name = textOf(TOKEN_NOBANG).filter((text) => !/^(true|false)$/i.test(text));
    const tagValue: fc.Arbitrary<TagValue> = fc.oneof(
      fc.record({ negated: fc.boolean(), token: name }),
      fc.record({ negated: fc.boolean(), boolean: fc.boolean() }),
      fc.record({ negated: fc.boolean(), numeric }),
    );
    const list = fc
      .array(tagValue, { minLength: 1, maxLength: 4 })
      .filter(([first, second]) => second !== undefined || !(first && 'boolean' in first && !first.negated));
    const feature: fc.Arbitrary<Feature> = fc.record({
      tag: fc.constantFrom('audio', 'Language', '+g.oma.sip-im', "+a!b'c%5f"),
      value: fc.oneof(fc.boolean(), list, fc.record({ string: quotedText.filter((text) => !/[<>]/.test(text)) })),
    });
    fc.assert(
      fc.property(feature, (one) => {
        const read = readFeature(featureParam(one));
        return read.ok && same(read.value, one);
      }),
      { seed: 1, numRuns: 300 },
    );
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'aT!#<>=:,+-.5" \\\u00e9') }), (value) => {
        const read = readFeature({ name: 'language', value, quoted: true });
        if (!read.ok) return read.error.offset <= value.length;
        return same(unwrap(readFeature(featureParam(read.value))), read.value);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });
});
