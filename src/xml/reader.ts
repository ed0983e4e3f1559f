/*
 * XML documents that have no codec of their own, as trees. fast-xml-parser builds them, behind a guard: it accepts
 * text that is no XML, renames or refuses some names and gets quotes in processing instructions wrong. So the strict
 * scanner reads every document first, whole, within the limits; what it refuses never gets further, and the parser
 * sees no processing instruction, no DTD and no entity.
 */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { utf8 } from '../core/octets.ts';
import type { ParseOptions } from '../core/options.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import { ReadElement, type XmlAttribute, type XmlElement } from './element.ts';
import { XML_NAMESPACE, type XmlName } from './names.ts';
import { DONE, FAILED, MAX_DEPTH, openXml, START, type XmlScanner } from './scanner.ts';

/** What the parser gives for an element: its name with its content, and its attributes; for text its text. */
type Node = Readonly<Record<string, unknown>>;
type Namespaces = ReadonlyMap<string, string>;

const ATTRIBUTES = ':@';
const TEXT = '#text';
const CDATA = '#cdata';
const COMMENT = '#comment';
/** Names that the parser throws at; a "#", which no name begins with, hides them. */
const HIDDEN = new Set(['__proto__', 'constructor', 'prototype']);
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

const parser = /* @__PURE__ */ new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '@_',
  cdataPropName: CDATA,
  commentPropName: COMMENT,
  processEntities: false,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  maxNestedTags: MAX_DEPTH + 1,
  transformTagName: (name) => (HIDDEN.has(name) ? `#${name}` : name),
  onDangerousProperty: (name) => name,
  jPath: false,
});

/**
 * Reads a document as a tree: UTF-8 octets of an XML 1.0 document without a DTD, within `options.limits`. Never
 * throws. Error offsets count octets. `rangeOf` tells where an element stands.
 */
export function readXml(octets: Uint8Array, options?: ParseOptions): Result<XmlElement> {
  const s = openXml(octets, options);
  const ranges = guard(s);
  if (ranges === undefined) return refuse(s.takeError());
  const root = build(withoutInstructions(octets, s.instructions), ranges);
  if (root !== undefined) return ok(root);
  return refuse({ code: 'unsupported', rule: 'document', clause: 'XML-2.1', offset: 0 });
}

/** Where each element begins and ends, in the order of the start-tags; `undefined` where the document is refused. */
function guard(s: XmlScanner): number[] | undefined {
  const ranges: number[] = [];
  const open: number[] = [];
  for (;;) {
    const token = s.next();
    if (token === FAILED) return undefined;
    if (token === DONE) return ranges;
    if (token === START) {
      open.push(ranges.length);
      ranges.push(s.from, 0);
    } else ranges[(open.pop() as number) + 1] = s.pos;
  }
}

function withoutInstructions(octets: Uint8Array, instructions: readonly number[]): string {
  const text = utf8(octets) as string;
  if (instructions.length === 0) return text;
  // A processing instruction ends the text before it, as a comment does.
  let rest = '';
  let from = 0;
  for (let i = 0; i < instructions.length; i += 2) {
    rest += `${utf8(octets.subarray(from, instructions[i]))}<!---->`;
    from = instructions[i + 1] as number;
  }
  return rest + utf8(octets.subarray(from));
}

function build(text: string, ranges: readonly number[]): XmlElement | undefined {
  try {
    if (XMLValidator.validate(text) !== true) return undefined;
    const nodes = parser.parse(text) as readonly Node[];
    const node = nodes.find((child) => isElement(nameOf(child)));
    if (node === undefined) return undefined;
    const builder = new Builder(ranges);
    const root = builder.element(node, new Map([['xml', XML_NAMESPACE]]));
    return builder.complete ? root : undefined;
  } catch {
    return undefined;
  }
}

class Builder {
  readonly #ranges: readonly number[];
  #next = 0;

  constructor(ranges: readonly number[]) {
    this.#ranges = ranges;
  }

  /** Whether the parser has found as many elements as the guard. */
  get complete(): boolean {
    return this.#next === this.#ranges.length;
  }

  element(node: Node, around: Namespaces): XmlElement {
    const from = this.#ranges[this.#next++] as number;
    const to = this.#ranges[this.#next++] as number;
    const key = nameOf(node);
    const written = attributesOf(node);
    const namespaces = declarations(written, around);
    const attributes: XmlAttribute[] = [];
    for (const [name, value] of written) {
      if (name === 'xmlns' || name.startsWith('xmlns:')) continue;
      attributes.push({ name: resolve(name, namespaces, true), value });
    }
    const element = new ReadElement(
      resolve(key.startsWith('#') ? key.slice(1) : key, namespaces, false),
      attributes,
      from,
    );
    for (const child of node[key] as readonly Node[]) {
      const name = nameOf(child);
      if (name === TEXT) element.append(resolveReferences(child[TEXT] as string));
      else if (name === CDATA) element.append(((child[CDATA] as readonly Node[])[0]?.[TEXT] ?? '') as string);
      else if (isElement(name)) element.children.push(this.element(child, namespaces));
    }
    element.closeAt(to);
    return element;
  }
}

function nameOf(node: Node): string {
  for (const key of Object.keys(node)) if (key !== ATTRIBUTES) return key;
  return '';
}

/** Not text, a CDATA section, a comment, or the XML declaration. */
function isElement(name: string): boolean {
  return name !== TEXT && name !== CDATA && name !== COMMENT && name !== '?xml';
}

function attributesOf(node: Node): (readonly [name: string, value: string])[] {
  const attributes = Object.entries((node[ATTRIBUTES] ?? {}) as Readonly<Record<string, string>>);
  return attributes.map(([name, value]) => [name.slice(2), resolveReferences(value.replace(/[\t\n]/g, ' '))]);
}

function declarations(written: readonly (readonly [string, string])[], around: Namespaces): Namespaces {
  let namespaces: Map<string, string> | undefined;
  for (const [name, value] of written) {
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue;
    namespaces ??= new Map(around);
    namespaces.set(name.slice(6), value);
  }
  return namespaces ?? around;
}

function resolve(text: string, namespaces: Namespaces, attribute: boolean): XmlName {
  const colon = text.indexOf(':');
  const prefix = colon < 0 ? '' : text.slice(0, colon);
  const namespace = attribute && prefix === '' ? '' : (namespaces.get(prefix) ?? '');
  return { namespace, local: text.slice(colon + 1), prefix };
}

/** Character references and the five predefined entities, which the guard has found to be right. */
function resolveReferences(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&([^&;]*);/g, (_, name: string) => {
    if (!name.startsWith('#')) return ENTITIES.get(name) as string;
    return String.fromCodePoint(
      name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10),
    );
  });
}
