/*
 * The declarations of namespaces that hold where a document is being read (XML Names 6), and what names stand for
 * under them.
 */
import { type RawName, XML_NAMESPACE, type XmlName } from './names.ts';

let generations = 0;

export class Bindings {
  /** How many hold. */
  size = 0;
  readonly #prefixes: string[] = [];
  readonly #namespaces: string[] = [];
  readonly #depths: number[] = [];
  /** Changes with every declaration that comes or goes: what names stood for must be looked up again. */
  #generation = 0;

  clear(): void {
    this.size = 0;
    this.#generation = ++generations;
  }

  /** Binds the prefix, empty for the default namespace, in the element that is the `depth`th open. */
  bind(prefix: string, namespace: string, depth: number): void {
    this.#prefixes[this.size] = prefix;
    this.#namespaces[this.size] = namespace;
    this.#depths[this.size++] = depth;
    this.#generation = ++generations;
  }

  /** Forgets what the element that is the `depth`th open has bound. */
  leave(depth: number): void {
    if (this.size === 0 || this.#depths[this.size - 1] !== depth) return;
    do this.size--;
    while (this.size > 0 && this.#depths[this.size - 1] === depth);
    this.#generation = ++generations;
  }

  /** What the name of an element or an attribute stands for; `undefined` where nothing declares its prefix. */
  resolve(raw: RawName, attribute: boolean): XmlName | undefined {
    if (raw.generation !== this.#generation) {
      raw.generation = this.#generation;
      raw.element = raw.attribute = undefined;
    }
    const known = attribute ? raw.attribute : raw.element;
    if (known !== undefined) return known;
    const { prefix, local } = raw;
    const namespace = attribute && prefix === '' ? '' : this.#lookUp(prefix);
    if (namespace === undefined) return undefined;
    const name: XmlName = { namespace, local, prefix };
    if (attribute) raw.attribute = name;
    else raw.element = name;
    return name;
  }

  #lookUp(prefix: string): string | undefined {
    for (let i = this.size - 1; i >= 0; i--) if (this.#prefixes[i] === prefix) return this.#namespaces[i];
    return prefix === '' ? '' : prefix === 'xml' ? XML_NAMESPACE : undefined;
  }
}
