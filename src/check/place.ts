/*
 * Where an artefact stands in the octets that are checked. Bodies are views, so their places follow from their offsets;
 * where a transfer encoding lies between, a place inside is that of the encoded whole.
 */

/** Octets: the first one, and the one behind the last. */
export type Range = readonly [from: number, to: number];

export class Place {
  readonly octets: Uint8Array;
  readonly #from: number;
  readonly #to: number;
  readonly #isEncoded: boolean;

  constructor(octets: Uint8Array, from: number, to: number = from + octets.length, isEncoded = false) {
    this.octets = octets;
    this.#from = from;
    this.#to = to;
    this.#isEncoded = isEncoded;
  }

  get whole(): Range {
    return [this.#from, this.#to];
  }

  /** The range of octets that are counted from the artefact's first one. */
  range(from: number, to: number): Range {
    if (this.#isEncoded) return this.whole;
    const first = this.#from + Math.max(0, Math.min(from, this.octets.length));
    return [first, Math.max(first, Math.min(this.#from + to, this.#to))];
  }

  /** From the offset to the end of its line. */
  lineFrom(offset: number): Range {
    const { octets } = this;
    let end = Math.min(offset, octets.length);
    while (end < octets.length && octets[end] !== 0x0d && octets[end] !== 0x0a) end++;
    return this.range(offset, end);
  }

  /** The range of a view into the artefact, without a line end behind it. */
  rangeOf(view: Uint8Array): Range {
    const from = view.byteOffset - this.octets.byteOffset;
    let to = from + view.length;
    while (to > from && (this.octets[to - 1] === 0x0a || this.octets[to - 1] === 0x0d)) to--;
    return this.range(from, to);
  }

  /** The place of a view into the artefact. */
  inner(view: Uint8Array): Place {
    if (this.#isEncoded) return this.decoded(view, this.octets);
    return new Place(view, this.#from + view.byteOffset - this.octets.byteOffset);
  }

  /** The place of octets that `encoded`, a view into the artefact, stands for. */
  decoded(octets: Uint8Array, encoded: Uint8Array): Place {
    if (octets.buffer === encoded.buffer && octets.byteOffset === encoded.byteOffset) return this.inner(encoded);
    const [from, to] = this.#isEncoded ? this.whole : this.inner(encoded).whole;
    return new Place(octets, from, to, true);
  }
}
