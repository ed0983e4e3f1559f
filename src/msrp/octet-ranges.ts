/*
 * Which octets of a message are there, by their numbers: the first one is 1 (RFC 4975 7.1.1). A receiver keeps track of
 * what has come with it (7.3.1), a sender of what was reported (7.1.3). Plain data, in order, no two that touch.
 */

/** Octets `start` to `end`, both included. */
export interface OctetRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The ranges with one more, which may repeat, overlap or join what is there. The ranges given stay as they are, so that
 * they are copied but where there is one only, as there is while chunks come in order.
 */
export function addRange(ranges: readonly OctetRange[], added: OctetRange): readonly OctetRange[] {
  const { start, end } = added;
  if (end < start) return ranges;
  const last = ranges[ranges.length - 1];
  // Most chunks come in order: nothing is searched then.
  const from = last === undefined || last.end < start - 1 ? ranges.length : firstEndingAt(ranges, start - 1);
  const first = ranges[from];
  if (first === undefined) return [...ranges, added];
  if (first.start <= start && end <= first.end) return ranges;
  let to = from;
  while (to < ranges.length && (ranges[to] as OctetRange).start <= end + 1) to++;
  const one = to === from ? added : joined(added, first, ranges[to - 1] as OctetRange);
  if (to === ranges.length && from === 0) return [one];
  const changed = ranges.slice();
  if (to === from + 1) changed[from] = one;
  else changed.splice(from, to - from, one);
  return changed;
}

function joined({ start, end }: OctetRange, first: OctetRange, last: OctetRange): OctetRange {
  return { start: Math.min(start, first.start), end: Math.max(end, last.end) };
}

/** What is not there of the octets 1 to `total`. */
export function missingRanges(ranges: readonly OctetRange[], total: number): readonly OctetRange[] {
  const missing: OctetRange[] = [];
  let next = 1;
  for (const { start, end } of ranges) {
    if (start > total) break;
    if (start > next) missing.push({ start: next, end: start - 1 });
    next = end + 1;
  }
  if (next <= total) missing.push({ start: next, end: total });
  return missing;
}

/** How many octets the ranges have. */
export function octetsIn(ranges: readonly OctetRange[]): number {
  return ranges.reduce((octets, { start, end }) => octets + end - start + 1, 0);
}

/** The place of the first range that ends at octet `at` or behind it; their number where none does. */
export function firstEndingAt(ranges: readonly OctetRange[], at: number): number {
  let from = 0;
  let to = ranges.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((ranges[middle] as OctetRange).end < at) from = middle + 1;
    else to = middle;
  }
  return from;
}
