import { describe, expect, it } from 'vitest';
import { fromBase64, fromJson, parseJson, toJson, WrongValue } from './json.ts';

describe('JSON', () => {
  it('carries octets as base64, there and back', () => {
    const value = { a: [Uint8Array.of(0, 255), { b: Uint8Array.of() }], c: 'text', d: null };
    expect(JSON.stringify(toJson(value))).toBe('{"a":[{"base64":"AP8="},{"b":{"base64":""}}],"c":"text","d":null}');
    expect(fromJson(toJson(value))).toEqual(value);
  });

  it('leaves out what is absent, and asks a value that knows how it is shown', () => {
    expect(JSON.stringify(toJson({ a: undefined, b: { toJSON: () => ({ c: Uint8Array.of(1) }) } }))).toBe(
      '{"b":{"c":{"base64":"AQ=="}}}',
    );
  });

  it('keeps names that JavaScript has of its own', () => {
    const text = '{"__proto__":{"x":1},"constructor":2}';
    expect(JSON.stringify(toJson(fromJson(JSON.parse(text))))).toBe(text);
    expect(({} as { x?: number }).x).toBeUndefined();
  });

  it.each([5, 'A', 'A===', 'AA=A', 'AA-_', 'AAAA\n', ' AAA'])('refuses %j as base64', (text) => {
    expect(() => fromBase64(text)).toThrow(WrongValue);
  });

  it('refuses what is nested without end', () => {
    expect(() => fromJson(JSON.parse('['.repeat(5000) + ']'.repeat(5000)))).toThrow(WrongValue);
  });

  it.each([Uint8Array.of(0xff), new TextEncoder().encode('{'), new TextEncoder().encode('')])(
    'refuses what is no JSON',
    (octets) => {
      expect(() => parseJson(octets)).toThrow(WrongValue);
    },
  );
});
