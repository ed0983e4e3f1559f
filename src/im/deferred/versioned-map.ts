/*
 * A map whose changes make a new one and leave the old as it was. All that came from one another share a single Map,
 * which has what the one says that was used last; each of the others knows in what it differs from its neighbour. So
 * the newest, which nearly always is the one that is used, is as fast as a Map and nearly as small. To use an older one
 * takes time by the number of changes since, and then the newer ones are behind. Who keeps no older one pays nothing
 * for them: the older ones know the newer, not the other way round.
 *
 * `npm run bench -- --only deferred` shows an event with ten thousand and with a million messages kept.
 */

export class VersionedMap<K extends string | number, V> {
  readonly size: number;
  /** The shared Map, where this is the one that was used last. */
  #map: Map<K, V> | undefined;
  /** Else the neighbour on the way to that, and the one key whose value is another here. */
  #toward: VersionedMap<K, V> | undefined = undefined;
  #key: K | undefined = undefined;
  #value: V | undefined = undefined;

  private constructor(size: number, map: Map<K, V>) {
    this.size = size;
    this.#map = map;
  }

  static empty<K extends string | number, V>(): VersionedMap<K, V> {
    return new VersionedMap<K, V>(0, new Map());
  }

  get(key: K): V | undefined {
    return this.#shared().get(key);
  }

  set(key: K, value: V): VersionedMap<K, V> {
    const map = this.#shared();
    return this.#hand(map, new VersionedMap(map.has(key) ? this.size : this.size + 1, map), key, value);
  }

  delete(key: K): VersionedMap<K, V> {
    const map = this.#shared();
    return map.has(key) ? this.#hand(map, new VersionedMap(this.size - 1, map), key, undefined) : this;
  }

  /** In no order. */
  values(): readonly V[] {
    return [...this.#shared().values()];
  }

  /** The Map, with what this one says. */
  #shared(): Map<K, V> {
    if (this.#map !== undefined) return this.#map;
    const path: VersionedMap<K, V>[] = [];
    let owner: VersionedMap<K, V> = this;
    for (; owner.#map === undefined; owner = owner.#toward as VersionedMap<K, V>) path.push(owner);
    const map = owner.#map;
    for (let next = path.pop(); next !== undefined; next = path.pop()) {
      next.#map = map;
      owner.#hand(map, next, next.#key as K, next.#value);
      next.#toward = undefined;
      owner = next;
    }
    return map;
  }

  /** Gives the Map to a neighbour, for which the key has that value, or none. */
  #hand(map: Map<K, V>, to: VersionedMap<K, V>, key: K, value: V | undefined): VersionedMap<K, V> {
    this.#map = undefined;
    this.#toward = to;
    this.#key = key;
    this.#value = map.get(key);
    if (value === undefined) map.delete(key);
    else map.set(key, value);
    return to;
  }
}
