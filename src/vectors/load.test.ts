import { describe, expect, it } from 'vitest';
import { fromBase64, inputOctets, inputText, parseVectors, toBase64 } from './load.ts';
import { VECTOR_SCHEMA, type Vector } from './model.ts';

const good: Vector = { id: 'x-1', comment: 'a digit', input: '1', result: 'valid', value: 1, flags: [] };
const bad: Vector = {
  id: 'x-2',
  comment: 'no digit',
  input: '',
  result: 'invalid',
  error: { code: 'truncated', offset: 0, rule: 'x' },
  flags: [],
};
const file = (...tests: unknown[]) => ({
  schema: VECTOR_SCHEMA,
  artefact: 'x',
  notes: { known: { bugType: 'conformance', description: 'a note' } },
  groups: [{ type: 'parse', source: 'here', tests }],
});

/** The issues of a file with these tests, as `path message`. */
function issues(...tests: unknown[]): string[] {
  const read = parseVectors(file(...tests));
  return read.ok ? [] : read.issues.map(({ path, message }) => `${path} ${message}`);
}

describe('parseVectors', () => {
  it('gives back the file', () => {
    const json = JSON.parse(JSON.stringify(file(good, bad, { ...good, id: 'x-3', flags: ['known'] })));
    expect(parseVectors(json)).toEqual({ ok: true, file: json });
  });

  it.each([undefined, null, 1, 'text', [], {}])('refuses %j', (json) => {
    expect(parseVectors(json).ok).toBe(false);
  });

  it('refuses members that nobody knows, and says where', () => {
    expect(issues({ ...good, extra: 1 })[0]).toMatch(/^groups\[0\]\.tests\[0\] /);
  });

  it('refuses a result, an error code and an id that are none', () => {
    expect(issues({ ...good, result: 'perhaps' })[0]).toMatch(/^groups\[0\]\.tests\[0\]\.result /);
    expect(issues({ ...bad, error: { code: 'oops', offset: 0, rule: 'x' } })[0]).toMatch(/error\.code /);
    expect(issues({ ...good, id: 'x' })[0]).toMatch(/\.id /);
  });

  it('refuses what contradicts itself', () => {
    const { error } = bad;
    expect(issues(good, { ...good })).toEqual(['groups[0].tests[1].id x-1 stands twice']);
    expect(issues({ ...good, error })).toEqual(['groups[0].tests[0].error in a valid vector']);
    expect(issues({ ...good, value: undefined })).toEqual(['groups[0].tests[0].value is missing: valid']);
    expect(issues({ ...bad, error: undefined })).toEqual(['groups[0].tests[0].error is missing: invalid']);
    expect(issues({ ...bad, value: 1 })).toEqual(['groups[0].tests[0].value in an invalid vector']);
    expect(issues({ ...good, result: 'tolerated', error })).toEqual([
      'groups[0].tests[0].tolerances belong to what is tolerated',
    ]);
    expect(issues({ ...good, tolerances: ['bare-lf'] })).toEqual([
      'groups[0].tests[0].tolerances belong to what is tolerated',
    ]);
    expect(issues({ ...good, flags: ['unknown'] })).toEqual(['groups[0].tests[0].flags unknown has no note']);
  });
});

describe('inputs', () => {
  const repeated = { prefix: '<', repeat: 'é', times: 3, suffix: '>' };

  it('are texts', () => {
    expect(inputText('a')).toBe('a');
    expect(inputText({ base64: 'w6k=' })).toBe('é');
    expect(inputText(repeated)).toBe('<ééé>');
  });

  it('have no text where their octets are no UTF-8', () => {
    expect(inputText({ base64: 'wIA=' })).toBeUndefined();
  });

  it('are octets', () => {
    expect([...inputOctets('é')]).toEqual([0xc3, 0xa9]);
    expect([...inputOctets({ base64: 'wIA=' })]).toEqual([0xc0, 0x80]);
    expect(inputOctets(repeated)).toHaveLength(8);
  });

  it('survive base64, octet for octet', () => {
    const octets = Uint8Array.from({ length: 256 }, (_, i) => i);
    expect(fromBase64(toBase64(octets))).toEqual(octets);
    expect(toBase64(new Uint8Array(0))).toBe('');
  });
});
