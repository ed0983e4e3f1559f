import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addRange, missingRanges, type OctetRange, octetsIn } from './octet-ranges.ts';

const range = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 12 }))
  .map(([start, length]) => ({ start, end: start + length - 1 }));

describe('ranges of octets', () => {
  it('are the set of all octets added, in order and apart', () => {
    fc.assert(
      fc.property(fc.array(range, { maxLength: 20 }), (added) => {
        const set = new Set<number>();
        let ranges: readonly OctetRange[] = [];
        for (const one of added) {
          const before = JSON.stringify(ranges);
          const next = addRange(ranges, one);
          expect(JSON.stringify(ranges)).toBe(before);
          ranges = next;
          for (let octet = one.start; octet <= one.end; octet++) set.add(octet);
        }
        const found = ranges.flatMap(({ start, end }) => Array.from({ length: end - start + 1 }, (_, i) => start + i));
        expect(found).toEqual([...set].sort((a, b) => a - b));
        expect(octetsIn(ranges)).toBe(set.size);
        for (let i = 1; i < ranges.length; i++) {
          expect((ranges[i] as OctetRange).start).toBeGreaterThan((ranges[i - 1] as OctetRange).end + 1);
        }
        const missing = missingRanges(ranges, 45);
        expect(
          octetsIn(missing) +
            octetsIn(
              ranges
                .map(({ start, end }) => ({ start, end: Math.min(end, 45) }))
                .filter(({ start, end }) => start <= end),
            ),
        ).toBe(45);
        expect(missing.reduce(addRange, ranges)).toEqual([{ start: 1, end: Math.max(45, ranges.at(-1)?.end ?? 0) }]);
      }),
      { numRuns: 500, seed: 3 },
    );
  });

  it('keep what is there already, and grow at their end', () => {
    const ranges = [{ start: 2, end: 6 }];
    expect(addRange(ranges, { start: 3, end: 6 })).toBe(ranges);
    expect(addRange(ranges, { start: 7, end: 9 })).toEqual([{ start: 2, end: 9 }]);
    expect(addRange(ranges, { start: 8, end: 9 })).toEqual([...ranges, { start: 8, end: 9 }]);
    const two = [
      { start: 1, end: 1 },
      { start: 4, end: 6 },
    ];
    expect(addRange(two, { start: 7, end: 7 })).toEqual([two[0], { start: 4, end: 7 }]);
    expect(addRange(two, { start: 2, end: 3 })).toEqual([{ start: 1, end: 6 }]);
  });

  it('an empty range adds nothing', () => {
    expect(addRange([{ start: 5, end: 6 }], { start: 1, end: 0 })).toEqual([{ start: 5, end: 6 }]);
    expect(missingRanges([], 0)).toEqual([]);
    expect(missingRanges([{ start: 5, end: 6 }], 3)).toEqual([{ start: 1, end: 3 }]);
  });
});
