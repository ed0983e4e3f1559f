import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { grammar, recognise } from '../testing/abnf/index.ts';
import { identifiers } from './identifiers.ts';

const octets = fc.uint8Array({ minLength: 16, maxLength: 16 });

describe('identifiers', () => {
  it('are what their grammars ask for, whatever the octets', () => {
    fc.assert(
      fc.property(octets, (random) => {
        const ids = identifiers(() => random);
        const matches = (document: string, rule: string, text: string) =>
          expect(recognise(grammar(document), rule, text).outcome).toBe(`z9hG4bK${'7'.repeat(25)}4`);
  });

  it('throws where the source gives another number of octets', () => {
    expect(() => identifiers(() => new Uint8Array(4)).tag()).toThrow(/16 random octets/);
  });
});
