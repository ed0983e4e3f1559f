import { describe, expect, it } from 'vitest';
import type { AnyCodec } from '../codecs.ts';
import { acceptContact } from '../sip/headers/accept-contact.ts';
import { sessionExpires } from '../sip/headers/session-expires.ts';
import { sipMessage } from '../sip/message.ts';
import { VECTOR_SCHEMA, type Vector } from './model.ts';
import { asJson, runVector, runVectors, sameJson } from './run.ts';

const valid: Vector = {
  id: 'x-1',
  comment: 'a refresher',
  input: '1800 ;refresher=uac',
  result: 'valid',
  value: { seconds: 1800, params: [{ name: 'refresher', value: 'uac' }] },
  canonical: '1800;refresher=uac',
  flags: [],
};
const invalid: Vector = {
  id: 'x-2',
  comment: 'a word',
  input: 'soon',
  result: 'invalid',
  error: { code: 'syntax', offset: 0, rule: 'delta-seconds' },
  flags: [],
};
const tolerated: Vector = {
  id: 'x-3',
  comment: 'no star',
  input: 'audio',
  result: 'tolerated',
  tolerances: ['accept-contact-star'],
  value: [{ params: [{ name: 'audio' }] }],
  canonical: '*;audio',
  error: { code: 'syntax', offset: 0, rule: 'ac-value' },
  flags: [],
};
const text = sessionExpires as AnyCodec;
const accept = acceptContact as AnyCodec;
const octets = sipMessage as AnyCodec;

describe('a vector of a text', () => {
  it('passes where all of it is so', () => {
    expect(runVector(valid, text)).toBeUndefined();
    expect(runVector(invalid, text)).toBeUndefined();
    expect(runVector(tolerated, accept)).toBeUndefined();
  });

  it('fails on another verdict', () => {
    expect(runVector({ ...valid, input: 'soon' }, text)).toBe('is refused with syntax in delta-seconds at 0');
    expect(runVector({ ...invalid, input: '1' }, text)).toBe('is accepted as {"seconds":1,"params":[]}');
    expect(runVector({ ...tolerated, input: '*;audio' }, accept)).toMatch(/^is accepted as/);
    expect(runVector({ ...tolerated, tolerances: ['bare-lf'] }, accept)).toBe(
      'is refused with syntax in ac-value at 0',
    );
  });

  it('fails on another value, canonical form or error', () => {
    expect(runVector({ ...valid, value: { seconds: 1800, params: [] } }, text)).toMatch(/^reads as/);
    expect(runVector({ ...valid, canonical: undefined }, text)).toMatch(/^is written as "1800;refresher=uac", not/);
    const error = { code: 'syntax', offset: 1, rule: 'delta-seconds' } as const;
    expect(runVector({ ...invalid, error }, text)).toMatch(/at 0, not syntax in delta-seconds at 1$/);
    expect(runVector({ ...tolerated, value: [] }, accept)).toMatch(/^reads as/);
  });

  it('fails where a tolerance was not needed', () => {
    const both = { ...tolerated, tolerances: ['accept-contact-star', 'bare-lf'] as const };
    expect(runVector(both, accept)).toBe('no note tells that bare-lf was used');
  });

  it('fails where its octets are no text', () => {
    expect(runVector({ ...valid, input: { base64: 'wIA=' } }, text)).toMatch(/no UTF-8/);
  });
});

describe('a vector of octets', () => {
  const head = 'MESSAGE sip:b SIP/2.0\r\nContent-Length: 2\r\n\r\n';
  const vector: Vector = {
    ...valid,
    input: `${head}hi and more`,
    value: {
      method: 'MESSAGE',
      uri: 'sip:b',
      version: 'SIP/2.0',
      fields: [{ name: 'Content-Length', value: '2' }],
      body: { base64: 'aGk=' },
    },
    canonical: undefined,
    consumed: head.length + 2,
  };

  it('passes where all of it is so', () => {
    expect(runVector(vector, octets)).toBeUndefined();
    expect(runVector({ ...vector, canonical: `${head}hi` }, octets)).toBeUndefined();
  });

  it('fails on another length or canonical form', () => {
    expect(runVector({ ...vector, consumed: 3 }, octets)).toBe(`takes ${head.length + 2} octets, not 3`);
    expect(runVector({ ...vector, canonical: { base64: 'AA==' } }, octets)).toMatch(/^encodes to .*, not AA==$/);
  });
});

it('runs whole files, and names what fails', () => {
  const wrong = { ...invalid, id: 'x-4', input: '90' };
  const groups = [
    { type: 'parse', source: 'a', tests: [valid, wrong] },
    { type: 'parse', source: 'b', tests: [invalid] },
  ] as const;
  expect(runVectors({ schema: VECTOR_SCHEMA, artefact: 'x', notes: {}, groups }, text)).toEqual({
    passed: 2,
    failures: [{ id: 'x-4', why: 'is accepted as {"seconds":90,"params":[]}' }],
  });
});

describe('JSON values', () => {
  it('have octets as base64 and leave out what is absent', () => {
    expect(asJson({ a: Uint8Array.of(0, 255), b: undefined, c: [Buffer.from('hi')] })).toEqual({
      a: { base64: 'AP8=' },
      c: [{ base64: 'aGk=' }],
    });
  });

  it('are the same in any order of members, and not otherwise', () => {
    expect(sameJson({ a: 1, b: [2] }, { b: [2], a: 1 })).toBe(true);
    for (const [a, b] of [
      [{ a: 1 }, { a: 2 }],
      [{ a: 1 }, { b: 1 }],
      [{ a: 1 }, { a: 1, b: 2 }],
      [[], {}],
      [[1], [1, 2]],
      [null, {}],
      [1, '1'],
    ]) {
      expect(sameJson(a, b)).toBe(false);
    }
  });
});
