import { describe, expect, it } from 'vitest';
import { judge, type Question, questionsOf, requestLine, type Verdict } from './conformance.ts';
import {
  compareExpectations,
  countVerdict,
  type Failure,
  formatExpectations,
  newScore,
  parseExpectations,
  percent,
} from './conformance-score.ts';
import type { Vector, VectorFile, VectorGroup } from './model.ts';

const fileOf = (
  artefact: string,
  type: VectorGroup['type'],
  ...tests: readonly (Partial<Vector> & Pick<Vector, 'result'>)[]
): VectorFile => ({
  schema: '../schema/vectors.schema.json',
  artefact,
  notes: {
    a: { bugType: 'security', description: 'a' },
    b: { bugType: 'security', description: 'b' },
    c: { bugType: 'robustness', description: 'c' },
  },
  groups: [
    {
      type,
      source: 'here',
      tests: tests.map((test, i) => ({ id: `x-${i + 1}`, comment: 'x', input: 'in', flags: [], ...test })),
    },
  ],
});

const one = (file: VectorFile): Question => [...questionsOf(file, { strict: false })][0] as Question;
const ERROR = { code: 'syntax', rule: 'r', offset: 1 } as const;

describe('a vector', () => {
  it('is asked once; a tolerated one twice where tolerances bind', () => {
    const file = fileOf('x', 'parse', { result: 'valid', value: 1 }, { result: 'tolerated', tolerances: ['bare-lf'] });
    const ids = (strict: boolean): string[] => [...questionsOf(file, { strict })].map(({ id }) => id);
    expect(ids(false)).toEqual(['x-1', 'x-2']);
    expect(ids(true)).toEqual(['x-1', 'x-2', 'x-2+tolerances']);
    const [, , tolerant] = [...questionsOf(file, { strict: true })].map(requestLine) as { line: string }[];
    expect(JSON.parse(tolerant?.line as string)).toEqual({
      id: 'x-2+tolerances',
      artefact: 'x',
      op: 'decode',
      text: 'in',
      tolerances: ['bare-lf'],
    });
  });

  it.each([
    ['parse', 'ä\ud800\r\n', { text: 'ä\ud800\r\n' }],
    ['parse', { base64: '/w==' }, { octets: '/w==' }],
    ['parse', { prefix: 'a', repeat: 'b', times: 3, suffix: 'c' }, { text: 'abbbc' }],
    ['decode', 'ä', { octets: 'w6Q=' }],
  ] as const)('of a %s group with %j becomes one line of JSON', (type, input, given) => {
    const request = requestLine(one(fileOf('sip-uri', type, { result: 'invalid', input }))) as { line: string };
    expect(request.line).not.toContain('\n');
    expect(JSON.parse(request.line)).toEqual({ id: 'x-1', artefact: 'sip-uri', op: 'decode', ...given });
  });

  it.each([' ', 'a ', '\ta', 'a\r\n b', 'a\n\tb'])(
    'of a header is not asked where it holds what the field undoes: %j',
    (input) => {
      expect(requestLine(one(fileOf('header/To', 'parse', { result: 'invalid', input })))).toHaveProperty('skipped');
      expect(requestLine(one(fileOf('sip-uri', 'parse', { result: 'invalid', input })))).toHaveProperty('line');
    },
  );

  it('counts each of its bug types once', () => {
    expect(one(fileOf('x', 'parse', { result: 'invalid', flags: ['a', 'b', 'c'] })).bugTypes).toEqual([
      'security',
      'robustness',
    ]);
  });
});

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** The verdict in short: `passed`, `skipped`, or the kind of failure; strangers first, then held strictly. */
function verdicts(file: VectorFile, answer: object): readonly string[] {
  return [false, true].map((strict) => {
    const verdict: Verdict = judge(one(file), answer as Record<string, unknown>, { strict });
    return verdict.status === 'failed' ? verdict.kind : verdict.status;
  });
}

describe('an answer', () => {
  const valid = fileOf('sip-uri', 'parse', { result: 'valid', value: { a: 1, b: [2] } });
  const right = { outcome: 'valid', value: { b: [2], a: 1 }, canonical: base64('in') };
  const invalid = fileOf('sip-uri', 'parse', { result: 'invalid', error: ERROR });
  const tolerated = fileOf('sip-uri', 'parse', {
    result: 'tolerated',
    value: 1,
    tolerances: ['bare-lf'],
    error: ERROR,
  });

  it.each([
    ['right', right, 'passed', 'passed'],
    ['without a value', { ...right, value: undefined }, 'passed', 'value'],
    ['with no value', { ...right, value: null }, 'passed', 'value'],
    ['with another value', { ...right, value: { a: 1 } }, 'value', 'value'],
    ['without a canonical form', { ...right, canonical: undefined }, 'passed', 'canonical'],
    ['with another canonical form', { ...right, canonical: base64('IN') }, 'canonical', 'canonical'],
    [
      'that only claims to be identical',
      { ...right, canonical: base64('IN'), identical: true },
      'canonical',
      'canonical',
    ],
    ['that refuses', { outcome: 'invalid', error: ERROR }, 'result', 'result'],
    ['that wants more', { outcome: 'incomplete' }, 'result', 'result'],
    ['that cannot', { outcome: 'unsupported' }, 'skipped', 'skipped'],
    ['that broke', { outcome: 'failure', message: 'x' }, 'failure', 'failure'],
    ['of no known outcome', { outcome: 'perhaps' }, 'answer', 'answer'],
    ['of no outcome', {}, 'answer', 'answer'],
  ])('about a valid input %s', (_, answer, stranger, strict) => {
    expect(verdicts(valid, answer)).toEqual([stranger, strict]);
  });

  it.each([
    ['right', { outcome: 'invalid', error: { ...ERROR, clause: 'x' } }, 'passed', 'passed'],
    ['with another code', { outcome: 'invalid', error: { ...ERROR, code: 'range' } }, 'passed', 'error'],
    ['with another offset', { outcome: 'invalid', error: { ...ERROR, offset: 2 } }, 'passed', 'error'],
    ['without an error', { outcome: 'invalid' }, 'passed', 'error'],
    ['that wants more', { outcome: 'incomplete', needed: 1 }, 'passed', 'result'],
    ['that accepts', right, 'result', 'result'],
  ])('about an invalid input %s', (_, answer, stranger, strict) => {
    expect(verdicts(invalid, answer)).toEqual([stranger, strict]);
  });

  it('about a tolerated input may accept it or not; held strictly, as it was asked', () => {
    expect(verdicts(tolerated, { outcome: 'invalid', error: ERROR })).toEqual(['passed', 'passed']);
    expect(verdicts(tolerated, { outcome: 'valid', value: 1 })).toEqual(['passed', 'result']);
    expect(verdicts(tolerated, { outcome: 'valid', value: 2 })).toEqual(['value', 'result']);
    const [, asked] = [...questionsOf(tolerated, { strict: true })] as [Question, Question];
    const strictly = (answer: object): string =>
      judge(asked, answer as Record<string, unknown>, { strict: true }).status;
    expect(strictly({ outcome: 'valid', value: 1, canonical: base64('in') })).toBe('passed');
    expect(strictly({ outcome: 'invalid', error: ERROR })).toBe('failed');
  });

  it('about octets is right when they come back as they were; other octets count strictly', () => {
    const octets = fileOf('cpim', 'decode', { result: 'valid', value: 1 });
    expect(verdicts(octets, { outcome: 'valid', value: 1, identical: true, canonical: 'x' })).toEqual([
      'passed',
      'passed',
    ]);
    expect(verdicts(octets, { outcome: 'valid', value: 1, identical: false, canonical: 'x' })).toEqual([
      'passed',
      'canonical',
    ]);
    const repaired = fileOf('cpim', 'decode', { result: 'valid', value: 1, canonical: { base64: base64('IN') } });
    expect(verdicts(repaired, { outcome: 'valid', value: 1, identical: true })).toEqual(['passed', 'canonical']);
    expect(verdicts(repaired, { outcome: 'valid', value: 1, canonical: base64('IN') })).toEqual(['passed', 'passed']);
  });

  it('about octets with a tail tells what it took', () => {
    const tail = fileOf('msrp', 'decode', { result: 'valid', value: 1, consumed: 1 });
    const answer = { outcome: 'valid', value: 1, canonical: base64('i') };
    expect(verdicts(tail, { ...answer, consumed: 1 })).toEqual(['passed', 'passed']);
    expect(verdicts(tail, { ...answer, consumed: 2 })).toEqual(['consumed', 'consumed']);
    expect(verdicts(tail, answer)).toEqual(['passed', 'consumed']);
  });

  it('about a SIP message may tell its fields as headers, with what they mean beside', () => {
    const fields = [{ name: 'To', value: 'x' }];
    const message = fileOf('sip-message', 'decode', { result: 'valid', value: { method: 'M', fields } });
    const headers = [{ ...fields[0], typed: { uri: 1 } }];
    const told = (value: unknown): readonly string[] => verdicts(message, { outcome: 'valid', value, identical: true });
    expect(told({ method: 'M', headers })).toEqual(['passed', 'passed']);
    expect(told({ method: 'M', headers: [], fields })).toEqual(['passed', 'passed']);
    expect(told({ method: 'M', headers: 'x' })).toEqual(['value', 'value']);
    expect(told({ method: 'M', fields: [1] })).toEqual(['value', 'value']);
    expect(told(5)).toEqual(['value', 'value']);
  });

  it('of any size makes a short reason', () => {
    const long = judge(one(valid), { outcome: 'valid', value: 'x'.repeat(1e6) }, { strict: false });
    expect(long.status === 'failed' && long.why.length < 300).toBe(true);
  });
});

describe('the score', () => {
  it('counts by artefact, duty and bug type', () => {
    const score = newScore();
    const file = fileOf(
      'x',
      'parse',
      { result: 'valid', value: 1, duty: 'PM-1', flags: ['a'] },
      { result: 'invalid', duty: 'PM-1', flags: ['c'] },
      { result: 'invalid' },
    );
    const [valid, invalid, other] = [...questionsOf(file, { strict: false })] as [Question, Question, Question];
    countVerdict(score, valid, { status: 'passed', value: true, canonical: false });
    countVerdict(score, invalid, { status: 'failed', kind: 'result', why: 'x' });
    countVerdict(score, other, { status: 'skipped', why: 'x' });
    expect(score.total).toEqual({ passed: 1, failed: 1, skipped: 1 });
    expect(Object.fromEntries(score.artefacts)).toEqual({ x: { passed: 1, failed: 1, skipped: 1 } });
    expect(Object.fromEntries(score.duties)).toEqual({ 'PM-1': { passed: 1, failed: 1, skipped: 0 } });
    expect(Object.fromEntries(score.bugTypes)).toEqual({
      security: { passed: 1, failed: 0, skipped: 0 },
      robustness: { passed: 0, failed: 1, skipped: 0 },
    });
    expect(Object.fromEntries(score.kinds)).toEqual({ result: 1 });
    expect(score.compared).toEqual({ values: 1, canonicalForms: 0 });
  });

  it('says 100 % only where nothing failed, and nothing where nothing was tried', () => {
    expect(percent({ passed: 99_999, failed: 1, skipped: 0 })).toBe(99.9);
    expect(percent({ passed: 3, failed: 0, skipped: 5 })).toBe(100);
    expect(percent({ passed: 0, failed: 0, skipped: 5 })).toBeUndefined();
  });
});

describe('a file of expected failures', () => {
  const failure = (id: string, why = 'x'): Failure => ({ id, artefact: 'x', kind: 'result', why });

  it('is read as it was written', () => {
    const text = formatExpectations([failure('x-1', 'a # b\nx-9'), failure('x-2+tolerances')]);
    expect(parseExpectations(text)).toEqual({ ok: true, ids: new Set(['x-1', 'x-2+tolerances']) });
    expect(parseExpectations('\r\n  x-1 # why\r\n')).toEqual({ ok: true, ids: new Set(['x-1']) });
    expect(parseExpectations('')).toEqual({ ok: true, ids: new Set() });
  });

  it('is refused where a line holds two ids, or an id stands twice', () => {
    expect(parseExpectations('# x\nx-1 x-2')).toEqual({ ok: false, line: 2, message: 'more than one id: x-1 x-2' });
    expect(parseExpectations('x-1\nx-1')).toEqual({ ok: false, line: 2, message: 'x-1 stands twice' });
  });

  it('differs by what fails besides, what does not, and what is no vector', () => {
    const expected = new Set(['x-1', 'x-2', 'x-3']);
    expect(compareExpectations(expected, [failure('x-1'), failure('x-4')], new Set(['x-1', 'x-2']))).toEqual({
      failed: ['x-4'],
      notFailed: ['x-2'],
      unknown: ['x-3'],
    });
  });
});
