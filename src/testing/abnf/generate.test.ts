import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sentence, sentenceOctets } from './arbitrary.ts';
import { coverage } from './coverage.ts';
import { fromNumbers, generate, generateText, seeded } from './generate.ts';
import { grammar, grammarNames } from './grammar.ts';
import { recognise } from './recognise.ts';

describe('generate', () => {
  it.each(grammarNames)('makes sentences of every rule of %s', (document) => {
    const g = grammar(document);
    const choose = seeded(1);
    for (const rule of g.rules) {
      for (let i = 0; i < 4; i++) {
        const octets = generate(g, rule, choose);
        const { outcome } = recognise(g, rule, octets);
        expect(outcome, `${rule}: ${JSON.stringify(new TextDecoder().decode(octets))}`).toBe('match');
      }
    }
  });

  it('gives the same for the same seed', () => {
    const make = (seed: number): string[] => {
      const choose = seeded(seed);
      return Array.from({ length: 20 }, () => generateText(grammar('RFC3261'), 'Via', choose));
    };
    expect(make(5)).toEqual(make(5));
    expect(make(5)).not.toEqual(make(6));
  });

  it('ends, and soon, whatever is chosen', () => {
    const g = grammar('RFC3261');
    for (const choice of [0, 1, 2, 3, 5, 0xffff]) {
      const always = (n: number): number => choice % n;
      for (const rule of ['comment', 'User-Agent', 'Contact', 'message-header', 'Authorization']) {
        const octets = generate(g, rule, always);
        expect(octets.length).toBeLessThan(1500);
        expect(recognise(g, rule, octets).outcome).toBe('match');
      }
    }
  });

  it('keeps to the depth', () => {
    const nesting = (octets: Uint8Array): number => octets.filter((octet) => octet === 0x28).length;
    const deepest = (_: number): number => 2;
    const g = grammar('RFC3261');
    const at = (maxDepth: number): number => nesting(generate(g, 'comment', deepest, { maxDepth, maxOctets: 100_000 }));
    expect(at(1)).toBe(1);
    expect(at(4)).toBeGreaterThan(1);
    expect(at(4)).toBeLessThan(at(8));
  });

  it('comes to nearly all alternatives of a header in 400 sentences', () => {
    for (const [document, rule] of [
      ['RFC3841', 'Accept-Contact:value'],
      ['RFC3261', 'Via:value'],
      ['RFC3261', 'From:value'],
    ] as const) {
      const g = grammar(document);
      const choose = seeded(3);
      const counters = coverage(g, rule);
      for (let i = 0; i < 400; i++) counters.add(generate(g, rule, choose));
      const { alternatives, hit, sentences, missed } = counters.report();
      expect(sentences).toBe(400);
      expect(hit / alternatives, missed.join('\n')).toBeGreaterThan(0.95);
    }
  });

  it('does without choices', () => {
    expect(generateText(grammar('RFC3261'), 'SIP-URI', fromNumbers([]))).toBe('sip:A');
  });
});

describe('sentence', () => {
  it('makes sentences and shrinks them to small ones', () => {
    const g = grammar('RFC3261');
    fc.assert(
      fc.property(sentence(g, 'From:value'), (text) => recognise(g, 'From:value', text).outcome === 'match'),
      { numRuns: 200 },
    );
    fc.assert(
      fc.property(sentenceOctets(g, 'message-header'), (o) => recognise(g, 'message-header', o).outcome === 'match'),
      { numRuns: 50 },
    );
    const found = fc.check(
      fc.property(sentence(g, 'From:value'), (text) => !text.includes(';')),
      { numRuns: 500, seed: 4 },
    );
    expect(found.failed).toBe(true);
    expect(String(found.counterexample?.[0]).length).toBeLessThan(30);
  });
});
