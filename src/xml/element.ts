/*
 * A document as a tree: what extensions are kept as, and what documents are read as that have no codec of their own.
 * Comments, processing instructions and declarations of namespaces are no part of it: names carry their namespace.
 */
import type { ParseError } from '../core/error.ts';
import type { XmlName } from './names.ts';
import { END, START, type XmlScanner } from './scanner.ts';

export interface XmlAttribute {
  readonly name: XmlName;
  /** With references resolved and blanks normalised (XML 3.3.3). */
  readonly value: string;
}

export interface XmlElement {
  readonly name: XmlName;
  /** In order, without declarations of namespaces. */
  readonly attributes: readonly XmlAttribute[];
  /** Elements and text in order; neighbouring text is one text. */
  readonly children: readonly (XmlElement | string)[];
}

/** Part of a document that its schema does not let through: kept whole, and why it could not be read. */
export interface MalformedElement {
  readonly element: XmlElement;
  /** The offset counts from the start of the document. */
  readonly error: ParseError;
}

export const NO_ATTRIBUTES: readonly XmlAttribute[] = /* @__PURE__ */ Object.freeze([]);
export const NO_ELEMENTS: readonly XmlElement[] = /* @__PURE__ */ Object.freeze([]);

/** An element that was read, with the octets that it took: {@link rangeOf}. */
export class ReadElement implements XmlElement {
  readonly name: XmlName;
  readonly attributes: readonly XmlAttribute[];
  readonly children: (XmlElement | string)[] = [];
  readonly #from: number;
  #to = 0;

  constructor(name: XmlName, attributes: readonly XmlAttribute[], from: number) {
    this.name = name;
    this.attributes = attributes;
    this.#from = from;
  }

  /** Text that touches text joins it. */
  append(text: string): void {
    const last = this.children.length - 1;
    const before = this.children[last];
    if (typeof before === 'string') this.children[last] = before + text;
    else if (text !== '') this.children.push(text);
  }

  closeAt(to: number): void {
    this.#to = to;
  }

  static range(element: XmlElement): readonly [from: number, to: number] | undefined {
    return #from in element ? [element.#from, element.#to] : undefined;
  }
}

/** From the "<" of its start-tag to behind the ">" of its end, in octets; `undefined` for one that was not read. */
export function rangeOf(element: XmlElement): readonly [from: number, to: number] | undefined {
  return ReadElement.range(element);
}

/** The text of an element, that of the elements in it left out. */
export function textOf(element: XmlElement): string {
  const [only] = element.children;
  if (element.children.length === 1 && typeof only === 'string') return only;
  return element.children.filter((child) => typeof child === 'string').join('');
}

/** The elements in an element. */
export function childrenOf(element: XmlElement): readonly XmlElement[] {
  return element.children.filter((child) => typeof child !== 'string');
}

/** The value of the attribute that is in no namespace. */
export function attributeOf(element: XmlElement, local: string): string | undefined {
  return element.attributes.find(({ name }) => name.local === local && name.namespace === '')?.value;
}

/** The attributes of the start-tag that the scanner stands behind. */
export function scanAttributes(s: XmlScanner): readonly XmlAttribute[] {
  if (s.count === 0) return NO_ATTRIBUTES;
  const attributes: XmlAttribute[] = [];
  for (let i = 0; i < s.count; i++) {
    attributes.push({ name: s.attributeNames[i] as XmlName, value: s.attributeValues[i] as string });
  }
  return attributes;
}

/** Reads the element whose start-tag the scanner stands behind, to its end. */
export function scanElement(s: XmlScanner): XmlElement | undefined {
  let element = new ReadElement(s.name, scanAttributes(s), s.from);
  const around: ReadElement[] = [];
  for (;;) {
    const token = s.next();
    if (token !== START && token !== END) return undefined;
    element.append(s.characters());
    if (token === START) {
      around.push(element);
      element = new ReadElement(s.name, scanAttributes(s), s.from);
      continue;
    }
    element.closeAt(s.pos);
    const parent = around.pop();
    if (parent === undefined) return element;
    parent.children.push(element);
    element = parent;
  }
}
