import fc from 'fast-check';
import { expect, test } from 'vitest';
import { VersionedMap } from './versioned-map.ts';

type Pair = readonly [VersionedMap<string, number>, ReadonlyMap<string, number>];

test('every version stays as it was, in whatever order they are used and changed', () => {
  const change = fc.record({
    of: fc.nat(),
    key: fc.constantFrom('a', 'b', '__proto__', ''),
    value: fc.option(fc.nat(9)),
  });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 40 }), fc.array(fc.nat(), { maxLength: 40 }), (changes, looks) => {
      const versions: Pair[] = [[VersionedMap.empty<string, number>(), new Map()]];
      for (const { of, key, value } of changes) {
        const [map, model] = versions[of % versions.length] as Pair;
        const next = new Map(model);
        if (value === null) next.delete(key);
        else next.set(key, value);
        versions.push([value === null ? map.delete(key) : map.set(key, value), next]);
      }
      for (const look of looks) {
        const [map, model] = versions[look % versions.length] as Pair;
        for (const key of ['a', 'b', '__proto__', '', 'toString']) expect(map.get(key)).toBe(model.get(key));
        expect(map.size).toBe(model.size);
        expect([...map.values()].sort()).toEqual([...model.values()].sort());
      }
    }),
    { numRuns: 300, seed: 6 },
  );
});

test('an old version far behind is reached without recursion', () => {
  const first = VersionedMap.empty<number, number>();
  let last = first;
  for (let i = 0; i < 200_000; i++) last = last.set(i, i);
  expect(first.get(7)).toBeUndefined();
  expect([last.get(7), last.size, first.size]).toEqual([7, 200_000, 0]);
});
