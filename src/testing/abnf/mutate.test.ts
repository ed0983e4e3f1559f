import { describe, expect, it } from 'vitest';
import { seeded } from './generate.ts';
import { mutate, mutateOctets } from './mutate.ts';

describe('mutate', () => {
  const VIA = 'SIP/2.0/UDP pc33.atlanta.com;branch=z9hG4bK\u{1f600}';

  it('makes every kind of change, each told', () => {
    const choose = seeded(1);
    const kinds = new Set(
      Array.from({ length: 1000 }, () => mutate(VIA, choose).what.replace(/U\+[0-9A-F]+|\d+/g, '#')),
    );
    expect([...kinds].sort()).toEqual([
      'cut off at #',
      'delete #',
      'double the delimiter at #',
      'drop the delimiter at #',
      'flip the case of #',
      'insert # at #',
      'repeat # from #',
      'replace # by #',
      'swap # and #',
    ]);
  });

  it('does what it tells', () => {
    const choose = seeded(2);
    const units = [...VIA];
    for (let i = 0; i < 2000; i++) {
      const { value, what } = mutate(VIA, choose);
      const [at = 0, second = 0] = (what.replace(/U\+[0-9A-F]+/g, '').match(/\d+/g) ?? []).map(Number);
      const length = [...value].length - units.length;
      if (what.startsWith('delete') || what.startsWith('drop'))
        expect(value).toBe(units.filter((_, k) => k !== at).join(''));
      else if (what.startsWith('cut')) expect(value).toBe(units.slice(0, at).join(''));
      else if (what.startsWith('repeat'))
        expect([length, value.startsWith(units.slice(0, second).join(''))]).toEqual([at, true]);
      else if (what.startsWith('insert') || what.startsWith('double')) expect(length).toBe(1);
      else expect(length).toBe(0);
    }
  });

  it('changes short texts too', () => {
    const choose = seeded(3);
    for (let i = 0; i < 200; i++) {
      expect(mutate('', choose).value.length).toBeGreaterThan(0);
      expect(mutate('a', choose).what).not.toBe('');
    }
  });

  it('changes octets within octets', () => {
    const choose = seeded(4);
    const seen = new Set<number>();
    for (let i = 0; i < 5000; i++) for (const octet of mutateOctets(Uint8Array.of(0x61), choose).value) seen.add(octet);
    for (const octet of [0x00, 0x0a, 0x0d, 0x7f, 0x80, 0xc0, 0xff]) expect(seen.has(octet)).toBe(true);
  });
});
