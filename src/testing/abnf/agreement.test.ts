import { describe, expect, it, vi } from 'vitest';
import { type AgreementOptions, agreement } from './agreement.ts';
import { type Difference, grammar } from './grammar.ts';
import { recognise } from './recognise.ts';

vi.mock(import('./compiled/index.ts'), async (original) => {
  const row = { artefact: 'a', document: 'RFC4028', rule: 'Min-SE:value', reason: 'for the test', clause: 'RFC4028-5' };
  const differences: readonly Difference[] = [
    { id: 'no-params', codec: 'stricter', ...row },
    { id: 'blanks', codec: 'more tolerant', ...row },
  ];
  return { ...(await original()), differences };
});

const g = grammar('RFC4028');
const RULE = 'Min-SE:value';
const byGrammar = (text: string): boolean => recognise(g, RULE, text).outcome === 'match';
const options = (more: Partial<AgreementOptions>): AgreementOptions => ({
  grammar: g,
  rule: RULE,
  parse: byGrammar,
  sentences: 50,
  mutants: 200,
  seed: 1,
  ...more,
});

describe('agreement', () => {
  it('finds nothing where the two agree, and has something to compare', () => {
    const found = agreement(options({}));
    expect(found).toMatchObject({ generated: 50, mutants: 200, undecided: 0, differences: [] });
    expect(found.valid).toBeGreaterThan(20);
    expect(found.valid).toBeLessThan(180);
  });

  it('finds a codec that refuses a part of the rule', () => {
    const { differences } = agreement(options({ parse: (text) => byGrammar(text) && !text.includes('"') }));
    expect(differences.some((d) => d.grammar && !d.codec && d.origin === 'generated')).toBe(true);
  });

  it('finds a codec that takes more', () => {
    const { differences } = agreement(options({ parse: (text) => byGrammar(text.replaceAll(';;', ';')) }));
    expect(differences.length).toBeGreaterThan(0);
    expect(differences.every((d) => !d.grammar && d.codec && d.text.includes(';;'))).toBe(true);
  });

  it('compares texts that are given, and mutates the sentences among them', () => {
    const seen: string[] = [];
    const parse = (text: string): boolean => seen.push(text) % 2 === 1;
    const { differences, ...counts } = agreement(
      options({ parse, texts: ['90;a', 'soonest', '60'], sentences: 0, mutants: 20 }),
    );
    expect(counts).toMatchObject({ texts: 3, generated: 0, mutants: 20 });
    expect(seen.slice(0, 3)).toEqual(['90;a', 'soonest', '60']);
    expect(differences.filter(({ origin }) => origin === 'given')).toEqual([]);
    expect(seen.slice(3).filter((text) => text.includes('oo'))).toEqual([]);
    expect(seen.slice(3).filter((text) => text.includes('0')).length).toBeGreaterThan(10);
  });

  it('prepares every text before the two see it', () => {
    const prepare = (text: string): string => text.replace(/^ +/, '');
    const seen: string[] = [];
    const parse = (text: string): boolean => seen.push(text) > 0 && byGrammar(text);
    expect(agreement(options({ parse, prepare, texts: [' 90'], mutants: 500 })).differences).toEqual([]);
    expect(seen[0]).toBe('90');
    expect(seen.filter((text) => text.startsWith(' '))).toEqual([]);
  });

  it('counts a difference that a row excuses', () => {
    const { differences, excused } = agreement(
      options({
        parse: (text) => byGrammar(text) && !text.includes(';'),
        except: (text) => (text.includes(';') ? 'no-params' : undefined),
      }),
    );
    expect(differences).toEqual([]);
    expect(excused.get('no-params')).toBeGreaterThan(10);
  });

  it('takes no excuse that has no row, or one of the other direction', () => {
    const parse = (text: string): boolean => byGrammar(text) && !text.includes(';');
    expect(() => agreement(options({ parse, except: () => 'unheard-of' }))).toThrow(/no row "unheard-of"/);
    expect(() => agreement(options({ parse, except: () => 'blanks' }))).toThrow(/more tolerant; here it is stricter/);
  });
});
