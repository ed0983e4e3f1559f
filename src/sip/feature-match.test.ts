import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Param } from '../core/params.ts';
import { decodeFeatureTag, featurePredicate, predicatesMatch } from './feature-match.ts';
import { featureParam, numericBounds, type TagValue } from './headers/feature-params.ts';

const param = (name: string, value?: string): Param => ({
  name,
  value,
  quoted: value === undefined ? undefined : true,
});
const predicate = (...params: Param[]) => featurePredicate(params);
const one = (value?: string) => predicate(param('+x', value));

describe('decodeFeatureTag', () => {
  it.each([
    ['audio', 'sip.audio'],
    ['Audio', 'sip.audio'],
    ['+sip.audio', 'sip.audio'],
    ['language', 'language'],
    ['type', 'type'],
    ['extensions', 'sip.extensions'],
    ['+g.oma.sip-im', 'g.oma.sip-im'],
    ["+a!b'c", 'a:b/c'],
    ['+G.3gpp.App%5Fref', 'g.3gpp.app%5fref'],
  ])('reads %s as %s', (name, tag) => expect(decodeFeatureTag(name)).toBe(tag));
});

describe('featurePredicate', () => {
  it('has a term for each feature parameter of the worked example of RFC 3841 8', () => {
    const { terms, unreadable } = predicate(
      param('mobility', 'fixed'),
      param('events', '!presence,message-summary'),
      param('language', 'en,de'),
      param('description', '<PC>'),
      param('+sip.newparam'),
      param('+rangeparam', '#-4:+5.125'),
      param('q', '0.5'),
      param('other-param', '66372'),
    );
    expect([...terms.keys()]).toEqual([
      'sip.mobility',
      'sip.events',
      'language',
      'sip.description',
      'sip.newparam',
      'rangeparam',
    ]);
    expect(terms.get('sip.events')).toMatchObject({
      tokens: new Set(['message-summary']),
      allBut: { token: 'presence' },
    });
    expect(terms.get('language')).toMatchObject({ tokens: new Set(['en', 'de']), allBut: undefined });
    expect(terms.get('sip.description')?.string).toBe('PC');
    expect(terms.get('sip.newparam')?.tokens).toEqual(new Set(['true']));
    expect(terms.get('rangeparam')?.ranges).toEqual([[-4, 5.125]]);
    expect(unreadable).toEqual([]);
  });
  it('takes a tag once, and a base tag before the same name with a plus', () => {
    const { terms } = predicate(
      param('+video', 'x'),
      param('video', 'a'),
      param('Video', 'b'),
      param('+sip.video', 'c'),
    );
    expect([...terms]).toHaveLength(1);
    expect(terms.get('sip.video')?.tokens).toEqual(new Set(['a']));
  });
  it.each<[string, readonly (readonly [number, number])[]]>([
    [
      '#1:5,#3:10,#20:30',
      [
        [1, 10],
        [20, 30],
      ],
    ],
    ['#5:9,#1:5', [[1, 9]]],
    [
      '#1:2,#5:8,#6:9,#6:7',
      [
        [1, 2],
        [5, 9],
      ],
    ],
    ['#1:2,#1.5:9,#1.7:3', [[1, 9]]],
    [
      '#=4,#5:4,#>=6',
      [
        [4, 4],
        [6, Number.POSITIVE_INFINITY],
      ],
    ],
  ])('joins the ranges of %j', (value, ranges) => expect(one(value).terms.get('x')?.ranges).toEqual(ranges));
  it('names what it cannot read', () => {
    const { terms, unreadable } = featurePredicate([{ name: '+x', value: 'bare' }, param('+y', ''), param('audio')]);
    expect([[...terms.keys()], unreadable]).toEqual([['sip.audio'], ['+x', '+y']]);
  });
});

describe('predicatesMatch', () => {
  it.each<[string | undefined, string | undefined, boolean]>([
    [undefined, undefined, true],
    [undefined, 'TRUE', true],
    [undefined, 'FALSE', false],
    ['FALSE', 'false', true],
    [undefined, '!FALSE', true],
    [undefined, '!TRUE', false],
    ['a', 'A', true],
    ['a', 'b', false],
    ['a,b', 'c,B', true],
    ['a,b', 'c,d', false],
    ['!a', 'a', false],
    ['!a', 'b', true],
    ['!a', 'a,b', true],
    ['!a', '!a', true],
    ['!a', '!b', true],
    ['!a,!b', 'a', true],
    ['!a,a', 'a', true],
    ['<PC>', '<PC>', true],
    ['<PC>', '<pc>', false],
    ['<PC>', 'PC', false],
    ['<PC>', '!PC', true],
    ['<TRUE>', undefined, false],
    ['#=4', '#=4.0', true],
    ['#=4', '#=5', false],
    ['#=4', '4', false],
    ['#>=4', '#=4', true],
    ['#>=4', '#<=4', true],
    ['#>=4', '#<=3.999', false],
    ['#-4:+5.125', '#=5.125', true],
    ['#-4:+5.125', '#=5.126', false],
    ['#-4:+5.125', '#6:7,#-9:-4', true],
    ['#5:4', '#=4', false],
    ['#5:4', undefined, false],
    ['!#=4', '#=4', false],
    ['!#=4', '#4:5', true],
    ['!#>=4', '#>=4', false],
    ['!#>=4', '#>=3', true],
    ['!#>=5', '!#<=10', false],
    ['!#>=5', '!#<=4', true],
    ['!#>=5', '!#<=5', false],
    ['!#4:5', '!#>=6', true],
    ['!#>=5,x', '!#<=10,x', true],
    ['!#>=5', '!#<=10,x', true],
    ['!#>=5', '!x', true],
    ['!#1:3,!#2:5', '#2:3', false],
    ['!#1:3,!#2:5', '#=1', true],
    ['!#1:3,!#3:5', '#=3', false],
    ['!#1:3,!#3:5', '#=2', true],
    ['!#5:4', '#=4', true],
    ['#1:5,#3:10', '#=7', true],
    ['#1:5,#3:10', '#=11', false],
    ['#1:10,#2:3', '#=7', true],
    ['#1:2,#1.5:9,#1.7:3', '#=8', true],
    ['#1:2,#5:6', '#3:4', false],
  ])('of %j and %j is %s', (a, b, expected) => {
    expect(predicatesMatch(one(a), one(b))).toBe(expected);
    expect(predicatesMatch(one(b), one(a))).toBe(expected);
  });
  it('asks nothing about a tag that one of the two has alone', () => {
    expect(predicatesMatch(one('a'), predicate(param('+y', 'b')))).toBe(true);
    expect(predicatesMatch(predicate(), one('a'))).toBe(true);
  });
  it('fails on a term that no value satisfies, whoever has it', () => {
    expect(predicatesMatch(one('#5:4'), predicate())).toBe(false);
    expect(predicatesMatch(predicate(), one('#5:4'))).toBe(false);
  });
  it('needs every common tag', () => {
    const both = predicate(param('+x', 'a'), param('+y', 'b'));
    expect(predicatesMatch(both, predicate(param('+y', 'b'), param('+x', 'a')))).toBe(true);
    expect(predicatesMatch(both, predicate(param('+y', 'c'), param('+x', 'a')))).toBe(false);
  });
});

/** RFC 2533 by trial: some value that is named, or some number in between, satisfies both disjunctions. */
type Value = string | number | { readonly string: string };
function satisfies(value: Value, terms: readonly TagValue[]): boolean {
  return terms.some((term) => {
    if ('numeric' in term) {
      const [from, to] = numericBounds(term.numeric);
      return (typeof value === 'number' && value >= from && value <= to) !== term.negated;
    }
    const token = 'boolean' in term ? String(term.boolean) : term.token.toLowerCase();
    return (value === token) !== term.negated;
  });
}
function matchByTrial(a: readonly TagValue[], b: readonly TagValue[]): boolean {
  const values: Value[] = ['true', 'false', 'a', 'b', 'c'];
  for (let number = -5; number <= 5; number += 0.25) values.push(number);
  const named = (value: Value): boolean =>
    typeof value === 'number' ||
    [...a, ...b].some((term) => !('numeric' in term) && satisfies(value, [{ ...term, negated: false }]));
  return values.some((value) => named(value) && satisfies(value, a) && satisfies(value, b));
}

const anyNumber = fc.integer({ min: -6, max: 6 }).map((number) => String(number / 2));
const anyNumeric = fc.oneof(
  fc.record({ relation: fc.constantFrom('=' as const, '>=' as const, '<=' as const), number: anyNumber }),
  fc.record({ relation: fc.constant('range' as const), from: anyNumber, to: anyNumber }),
);
const anyTagValue: fc.Arbitrary<TagValue> = fc.oneof(
  fc.record({ negated: fc.boolean(), token: fc.constantFrom('a', 'B', 'c') }),
  fc.record({ negated: fc.boolean(), boolean: fc.boolean() }),
  fc.record({ negated: fc.boolean(), numeric: anyNumeric }),
);
const anyTerm = fc.array(anyTagValue, { minLength: 1, maxLength: 4 });

describe('matching by the rules of RFC 2533 and by trial', () => {
  it('gives the same', () => {
    let matches = 0;
    const asPredicate = (value: readonly TagValue[]) => predicate(featureParam({ tag: '+x', value }));
    fc.assert(
      fc.property(anyTerm, anyTerm, (a, b) => {
        const expected = matchByTrial(a, b);
        if (expected) matches++;
        expect(predicatesMatch(asPredicate(a), asPredicate(b))).toBe(expected);
      }),
      { numRuns: 5000, seed: 1 },
    );
    expect(matches).toBeGreaterThan(1000);
    expect(matches).toBeLessThan(4900);
  });
});

describe('hostile predicates', () => {
  const list = (letter: string) => Array.from({ length: 2500 }, (_, i) => letter + i).join(',');
  const ranges = (offset: number) => Array.from({ length: 2000 }, (_, i) => `#=${2 * i + offset}`).join(',');
  it.each([
    ['tokens', list('a'), list('b')],
    ['numbers', ranges(0), ranges(1)],
    ['negated numbers', ranges(0), `!#<=9999,!#1:3`],
  ])('of thousands of %s take one pass', (_, a, b) => {
    const [left, right] = [one(a), one(b)];
    expect(left.terms.size + right.terms.size).toBe(2);
    const start = performance.now();
    for (let i = 0; i < 300; i++) predicatesMatch(left, right);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
