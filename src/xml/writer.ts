/*
 * Writing XML 1.0: what has a meaning is escaped, what XML cannot carry throws, namespaces are declared where the
 * first name needs them.
 */
import { type ClauseId, EncodeError } from '../core/error.ts';
import { isChar, isNcName } from './chars.ts';
import type { XmlAttribute, XmlElement } from './element.ts';
import { XML_NAMESPACE, XMLNS_NAMESPACE, type XmlName } from './names.ts';
import { MAX_DEPTH } from './scanner.ts';

/** The declarations of namespaces that hold somewhere in a document, the innermost first. */
export interface Scope {
  readonly prefix: string;
  readonly namespace: string;
  readonly outer: Scope | undefined;
}

const NOT_PLAIN = /[^\x20\x21\x23-\x25\x28-\x3b\x3d\x3f-\x7e]/;

/** Character data: `& < >` and CR as references. Throws EncodeError on what XML 1.0 cannot carry. */
export function escapeText(text: string, path: string, clause: ClauseId): string {
  return typeof text === 'string' && !NOT_PLAIN.test(text) ? text : escaped(text, false, path, clause);
}

/** An attribute value without its quotes: `& < > " '`, TAB, CR and LF as references. Throws EncodeError. */
export function escapeValue(text: string, path: string, clause: ClauseId): string {
  return typeof text === 'string' && !NOT_PLAIN.test(text) ? text : escaped(text, true, path, clause);
}

function escaped(text: string, value: boolean, path: string, clause: ClauseId): string {
  if (typeof text !== 'string') throw new EncodeError(`a value of type ${typeof text}`, path, clause);
  let result = '';
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.codePointAt(i) as number;
    if (!isChar(code)) throw new EncodeError(`XML 1.0 cannot carry U+${hex(code)}`, path, clause);
    const reference = referenceOf(code, value);
    if (reference !== undefined) {
      result += text.slice(from, i) + reference;
      from = i + 1;
    }
    if (code > 0xffff) i++;
  }
  return result + text.slice(from);
}

function referenceOf(code: number, value: boolean): string | undefined {
  switch (code) {
    case 0x26:
      return '&amp;';
    case 0x3c:
      return '&lt;';
    case 0x3e:
      return '&gt;';
    case 0x0d:
      return '&#13;';
    case 0x22:
      return value ? '&quot;' : undefined;
    case 0x27:
      return value ? '&apos;' : undefined;
    case 0x09:
      return value ? '&#9;' : undefined;
    case 0x0a:
      return value ? '&#10;' : undefined;
    default:
      return undefined;
  }
}

function hex(code: number): string {
  return code.toString(16).toUpperCase().padStart(4, '0');
}

/** An element with all that is in it. Throws EncodeError. */
export function formatElement(
  element: XmlElement,
  scope: Scope | undefined,
  path: string,
  clause: ClauseId,
  depth = 0,
): string {
  if (depth >= MAX_DEPTH) throw new EncodeError(`more than ${MAX_DEPTH} levels`, path, clause);
  const tag = formatStart(element.name, element.attributes, scope, path, clause);
  if (element.children.length === 0) return `${tag.text}/>`;
  let content = '';
  for (let i = 0; i < element.children.length; i++) {
    const child = element.children[i] as XmlElement | string;
    const at = `${path}.children[${i}]`;
    content +=
      typeof child === 'string'
        ? escapeText(child, at, clause)
        : formatElement(child, tag.scope, at, clause, depth + 1);
  }
  return `${tag.text}>${content}</${spelling(element.name)}>`;
}

interface StartTag {
  /** Without its end: ">" or "/>". */
  readonly text: string;
  readonly scope: Scope | undefined;
}

/** A start-tag that declares the namespaces of its names where `scope` does not. Throws EncodeError. */
export function formatStart(
  name: XmlName,
  attributes: readonly XmlAttribute[],
  scope: Scope | undefined,
  path: string,
  clause: ClauseId,
): StartTag {
  const used = new Map<string, string>();
  let inner = use(name, used, scope, `${path}.name`, clause);
  const seen = new Set<string>();
  let text = '';
  for (let i = 0; i < attributes.length; i++) {
    const { name: attribute, value } = attributes[i] as XmlAttribute;
    const at = `${path}.attributes[${i}]`;
    if (attribute.namespace !== '' && attribute.prefix === '') {
      throw new EncodeError('an attribute in a namespace needs a prefix', at, 'XML-NAMES-6.2');
    }
    seen.add(`${attribute.local} ${attribute.namespace}`);
    if (seen.size === i) throw new EncodeError(`${attribute.local} a second time`, at, 'XML-3.1');
    if (attribute.namespace !== '' || attribute.prefix !== '') inner = use(attribute, used, inner, at, clause);
    else if (!isName(attribute.local)) throw new EncodeError('no name', at, 'XML-NAMES-4');
    text += ` ${spelling(attribute)}="${escapeValue(value, at, clause)}"`;
  }
  let declarations = '';
  for (let bound = inner; bound !== scope && bound !== undefined; bound = bound.outer) {
    const declared = bound.prefix === '' ? 'xmlns' : `xmlns:${bound.prefix}`;
    declarations = ` ${declared}="${escapeValue(bound.namespace, path, clause)}"${declarations}`;
  }
  return { text: `<${spelling(name)}${declarations}${text}`, scope: inner };
}

/** Sees to it that the prefix stands for the namespace: as it does, or by a declaration on this very tag. */
function use(
  { prefix, local, namespace }: XmlName,
  used: Map<string, string>,
  scope: Scope | undefined,
  path: string,
  clause: ClauseId,
): Scope | undefined {
  if (!isName(local) || (prefix !== '' && !isNcName(prefix))) throw new EncodeError('no name', path, 'XML-NAMES-4');
  if (prefix === 'xml' && namespace === XML_NAMESPACE) return scope;
  const reserved = prefix === 'xml' || prefix === 'xmlns';
  if (reserved || namespace === XML_NAMESPACE || namespace === XMLNS_NAMESPACE) {
    throw new EncodeError('a reserved prefix or namespace', path, 'XML-NAMES-3');
  }
  if (prefix !== '' && namespace === '') throw new EncodeError(`no namespace for ${prefix}`, path, 'XML-NAMES-5');
  const before = used.get(prefix);
  if (before !== undefined && before !== namespace) {
    throw new EncodeError(`two namespaces for the prefix ${prefix}`, path, clause);
  }
  used.set(prefix, namespace);
  return lookUp(scope, prefix) === namespace ? scope : { prefix, namespace, outer: scope };
}

/** What the prefix stands for; empty for no namespace, `undefined` where nothing declares it. */
export function lookUp(scope: Scope | undefined, prefix: string): string | undefined {
  for (let bound = scope; bound !== undefined; bound = bound.outer) {
    if (bound.prefix === prefix) return bound.namespace;
  }
  return prefix === '' ? '' : undefined;
}

function isName(local: string): boolean {
  return local !== 'xmlns' && isNcName(local);
}

function spelling({ prefix, local }: XmlName): string {
  return prefix === '' ? local : `${prefix}:${local}`;
}
