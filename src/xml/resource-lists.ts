/*
 *   resource-lists  =  list*                                                                RFC 4826 3.2
 *   list            =  @name? display-name? (list | external | entry | entry-ref)* other*
 *   entry           =  @uri display-name? other*
 *   entry-ref       =  @ref display-name? other*
 *   external        =  @anchor display-name? other*
 *   display-name    =  @xml:lang? text
 *   copyControl     =  "to" | "cc" | "bcc"          anonymize = boolean     count = nonNegativeInteger    RFC 5364 5
 *
 * Lists of URIs, as they are sent with a request to several recipients (RFC 5363). Elements and attributes of other
 * namespaces are kept. An entry that its schema does not let through costs only itself.
 */
import type { BytesCodec } from '../core/codec.ts';
import type { ClauseId, ErrorCode, ParseError } from '../core/error.ts';
import { conversions, toUtf8 } from '../core/octets.ts';
import type { ParseOptions } from '../core/options.ts';
import { type Result, refuse } from '../core/result.ts';
import { booleanOf, wholeNumberOf } from './datatypes.ts';
import {
  type MalformedElement,
  NO_ATTRIBUTES,
  NO_ELEMENTS,
  scanAttributes,
  scanElement,
  type XmlAttribute,
  type XmlElement,
} from './element.ts';
import { XML_NAMESPACE, type XmlName } from './names.ts';
import { COPY_CONTROL, COPY_CONTROL_OF_THE_EXAMPLES, formatLists, RESOURCE_LISTS } from './resource-lists-writer.ts';
import { END, openXml, START, type XmlScanner } from './scanner.ts';

const CLAUSE: ClauseId = 'RFC4826-3.2';
const COPY_CLAUSE: ClauseId = 'RFC5364-5';

/** To whom a copy is disclosed: `bcc`, which holds where nothing is said, discloses to nobody (RFC 5364 4). */
export type CopyControl = 'to' | 'cc' | 'bcc';

export interface DisplayName {
  readonly text: string;
  /** `xml:lang`. */
  readonly language?: string | undefined;
}

/** What entries and references have in common. */
export interface CopiedMember {
  readonly displayName?: DisplayName | undefined;
  /** `bcc` where absent. */
  readonly copyControl?: CopyControl | undefined;
  /** Whether the URI shall not be disclosed to the recipients; `false` where absent. */
  readonly anonymize?: boolean | undefined;
  /** For how many equal URIs this one stands; 1 where absent. */
  readonly count?: number | undefined;
  /** Other attributes. */
  readonly attributes: readonly XmlAttribute[];
  /** Other elements. */
  readonly extensions: readonly XmlElement[];
}

/** A resource by its URI. */
export interface ListEntry extends CopiedMember {
  readonly kind: 'entry';
  readonly uri: string;
}

/** An entry of another document, by a path relative to the XCAP root. */
export interface EntryReference extends CopiedMember {
  readonly kind: 'entry-ref';
  readonly ref: string;
}

/** A list that is kept elsewhere, by its absolute HTTP URI. */
export interface ExternalList extends CopiedMember {
  readonly kind: 'external';
  readonly anchor: string;
}

/** A list in a list. */
export interface NestedList extends ResourceList {
  readonly kind: 'list';
}

/** Anything else that stands in a list. */
export interface ListExtension {
  readonly kind: 'extension';
  readonly element: XmlElement;
}

/** An entry, a reference or a display name that is not as its schema has it. */
export interface MalformedMember extends MalformedElement {
  readonly kind: 'malformed';
}

export type ListMember = ListEntry | EntryReference | ExternalList | NestedList | ListExtension | MalformedMember;

export interface ResourceList {
  readonly name?: string | undefined;
  readonly displayName?: DisplayName | undefined;
  /** In order. */
  readonly members: readonly ListMember[];
  /** Other attributes. */
  readonly attributes: readonly XmlAttribute[];
}

export interface ResourceLists {
  readonly lists: readonly ResourceList[];
  /** Other attributes of the root element. */
  readonly attributes?: readonly XmlAttribute[] | undefined;
  /** Other elements in the root element. */
  readonly extensions?: readonly XmlElement[] | undefined;
  /** `true` where copyControl and its like are spelled in the namespace of RFC 5366's examples, not RFC 5364's. */
  readonly copyControlOfTheExamples?: boolean | undefined;
}

/**
 * application/resource-lists+xml (RFC 4826, with copyControl of RFC 5364). A document that is received and not
 * changed encodes to the octets it came in.
 *
 * @duty PM-5a, LM-E3a (parse)
 */
export const resourceLists: BytesCodec<ResourceLists> = {
  name: 'resource-lists',
  mediaType: 'application/resource-lists+xml',
  clause: CLAUSE,
  decode,
  encode: (value) => ReceivedLists.octetsOf(value) ?? toUtf8(formatLists(value)),
  encodedLength: (value) => ReceivedLists.octetsOf(value)?.length ?? conversions.utf8Length(formatLists(value)),
};

/** What was received keeps its octets; a changed copy does not. */
class ReceivedLists implements ResourceLists {
  readonly lists: readonly ResourceList[];
  readonly attributes: readonly XmlAttribute[];
  readonly extensions: readonly XmlElement[];
  readonly copyControlOfTheExamples: boolean | undefined;
  readonly #octets: Uint8Array;

  constructor(
    octets: Uint8Array,
    lists: readonly ResourceList[],
    attributes: readonly XmlAttribute[],
    extensions: readonly XmlElement[],
    copyControlOfTheExamples: boolean | undefined,
  ) {
    this.lists = lists;
    this.attributes = attributes;
    this.extensions = extensions;
    this.copyControlOfTheExamples = copyControlOfTheExamples;
    this.#octets = octets;
  }

  static octetsOf(value: ResourceLists): Uint8Array | undefined {
    return #octets in value ? value.#octets : undefined;
  }
}

/** One document as it is read. */
interface Reading {
  readonly s: XmlScanner;
  /** The namespace that the root element is in. */
  readonly namespace: string;
  ofTheExamples: boolean | undefined;
}

function decode(octets: Uint8Array, options?: ParseOptions): Result<ResourceLists> {
  const s = openXml(octets, options);
  const value = s.next() === START ? scanDocument(s, octets) : undefined;
  if (value === undefined || s.error !== undefined) return refuse(s.takeError());
  return { ok: true, value, notes: s.takeNotes() };
}

function scanDocument(s: XmlScanner, octets: Uint8Array): ResourceLists | undefined {
  const { namespace, local } = s.name;
  if (local !== 'resource-lists') {
    s.fail('syntax', 'resource-lists', CLAUSE, 'the root element resource-lists', s.from);
    return undefined;
  }
  if (namespace !== RESOURCE_LISTS) {
    if (!s.tolerates('xml-namespace')) {
      s.fail('syntax', 'resource-lists', CLAUSE, `the namespace ${RESOURCE_LISTS}`, s.from);
      return undefined;
    }
    s.note('xml-namespace', 'RFC4826-3.1', s.from);
  }
  const reading: Reading = { s, namespace, ofTheExamples: undefined };
  const attributes = scanAttributes(s);
  const lists: ResourceList[] = [];
  let extensions: XmlElement[] | undefined;
  for (;;) {
    const token = nextIn(s, 'resource-lists');
    if (token === END) break;
    if (token !== START) return undefined;
    if (s.name.local === 'list' && s.name.namespace === namespace) {
      const list = scanList(reading);
      if (list === undefined) return undefined;
      lists.push(list);
    } else {
      const element = scanElement(s);
      if (element === undefined) return undefined;
      extensions ??= [];
      extensions.push(element);
    }
  }
  s.next();
  return new ReceivedLists(octets, lists, attributes, extensions ?? NO_ELEMENTS, reading.ofTheExamples);
}

function scanList(reading: Reading): ResourceList | undefined {
  const { s } = reading;
  let name: string | undefined;
  let attributes: XmlAttribute[] | undefined;
  for (let i = 0; i < s.count; i++) {
    const attribute = s.attributeNames[i] as XmlName;
    const value = s.attributeValues[i] as string;
    if (attribute.local === 'name' && attribute.namespace === '') name = value;
    else {
      attributes ??= [];
      attributes.push({ name: attribute, value });
    }
  }
  const members: ListMember[] = [];
  let displayName: DisplayName | undefined;
  for (;;) {
    const token = nextIn(s, 'listType');
    if (token === END) return { name, displayName, members, attributes: attributes ?? NO_ATTRIBUTES };
    if (token !== START) return undefined;
    if (displayName === undefined && isDisplayName(reading)) {
      displayName = scanDisplayName(s);
      if (displayName !== undefined) continue;
    }
    const member = s.error === undefined ? scanMember(reading) : undefined;
    if (member === undefined) return undefined;
    members.push(member);
  }
}

function scanMember(reading: Reading): ListMember | undefined {
  const { s, namespace } = reading;
  if (s.name.namespace === namespace) {
    switch (s.name.local) {
      case 'entry':
        return scanResource(reading, 'entry', 'uri', 'entryType');
      case 'list': {
        const list = scanList(reading);
        return list === undefined ? undefined : { kind: 'list', ...list };
      }
      case 'entry-ref':
        return scanResource(reading, 'entry-ref', 'ref', 'entry-refType');
      case 'external':
        return scanResource(reading, 'external', 'anchor', 'externalType');
    }
  }
  const element = scanElement(s);
  return element === undefined ? undefined : { kind: 'extension', element };
}

function scanResource(
  reading: Reading,
  kind: 'entry' | 'entry-ref' | 'external',
  key: 'uri' | 'ref' | 'anchor',
  rule: string,
): ListMember | undefined {
  const { s } = reading;
  const { from, depth, elements } = s;
  let target: string | undefined;
  let copyControl: CopyControl | undefined;
  let anonymize: boolean | undefined;
  let count: number | undefined;
  let attributes: XmlAttribute[] | undefined;
  let error: ParseError | undefined;
  for (let i = 0; i < s.count; i++) {
    const name = s.attributeNames[i] as XmlName;
    const value = s.attributeValues[i] as string;
    const at = s.attributeOffsets[i] as number;
    if (name.namespace === '' && name.local === key) target = value;
    else if (isCopyControl(reading, name, at)) {
      const twice = name.local === 'count' ? count : name.local === 'anonymize' ? anonymize : copyControl;
      if (twice !== undefined) error ??= problem('duplicate', name.local, COPY_CLAUSE, at);
      if (name.local === 'copyControl') {
        if (value === 'to' || value === 'cc' || value === 'bcc') copyControl = value;
        else error ??= problem('syntax', name.local, COPY_CLAUSE, at, 'to, cc or bcc');
      } else if (name.local === 'anonymize') {
        anonymize = booleanOf(value);
        if (anonymize === undefined) error ??= problem('syntax', name.local, COPY_CLAUSE, at, 'true or false');
      } else {
        count = wholeNumberOf(value);
        if (count === undefined) error ??= problem('syntax', name.local, COPY_CLAUSE, at, 'a whole number');
        else if (count > Number.MAX_SAFE_INTEGER) error ??= problem('range', name.local, COPY_CLAUSE, at);
      }
    } else {
      attributes ??= [];
      attributes.push({ name, value });
    }
  }
  if (target === undefined) error ??= problem('missing', rule, CLAUSE, from, key);
  let displayName: DisplayName | undefined;
  let extensions: XmlElement[] | undefined;
  while (error === undefined) {
    const token = s.next();
    if (token !== START && token !== END) return undefined;
    if (!s.blank) error = problem('syntax', rule, CLAUSE, s.textFrom, 'elements only');
    else if (token === END) break;
    else {
      if (displayName === undefined && isDisplayName(reading)) {
        displayName = scanDisplayName(s);
        if (displayName !== undefined) continue;
      }
      const element = s.error === undefined ? scanElement(s) : undefined;
      if (element === undefined) return undefined;
      extensions ??= [];
      extensions.push(element);
    }
  }
  if (error !== undefined) {
    s.rewind(from, depth, elements);
    s.next();
    const element = scanElement(s);
    return element === undefined ? undefined : { kind: 'malformed', element, error };
  }
  const is = target as string;
  const others = attributes ?? NO_ATTRIBUTES;
  const inside = extensions ?? NO_ELEMENTS;
  switch (kind) {
    case 'entry':
      return { kind, uri: is, displayName, copyControl, anonymize, count, attributes: others, extensions: inside };
    case 'entry-ref':
      return { kind, ref: is, displayName, copyControl, anonymize, count, attributes: others, extensions: inside };
    case 'external':
      return { kind, anchor: is, displayName, copyControl, anonymize, count, attributes: others, extensions: inside };
  }
}

function isDisplayName({ s, namespace }: Reading): boolean {
  return s.name.local === 'display-name' && s.name.namespace === namespace;
}

/** `undefined`, behind the start-tag again, for one that is more than text with a language: it is kept as it is. */
function scanDisplayName(s: XmlScanner): DisplayName | undefined {
  const { from, depth, elements, count } = s;
  const attribute = s.attributeNames[0];
  const language = count === 1 ? s.attributeValues[0] : undefined;
  if (count === 0 || (count === 1 && attribute?.local === 'lang' && attribute.namespace === XML_NAMESPACE)) {
    const token = s.next();
    if (token === END) return { text: s.characters(), language };
    if (token !== START) return undefined;
    s.rewind(from, depth, elements);
    s.next();
  }
  return undefined;
}

function isCopyControl(reading: Reading, { namespace, local }: XmlName, at: number): boolean {
  if (local !== 'copyControl' && local !== 'anonymize' && local !== 'count') return false;
  if (namespace === COPY_CONTROL) return true;
  if (namespace !== COPY_CONTROL_OF_THE_EXAMPLES) return false;
  if (reading.ofTheExamples === undefined) reading.s.note('copy-control-namespace', COPY_CLAUSE, at);
  reading.ofTheExamples = true;
  return true;
}

/** The next tag, with nothing but blanks before it. */
function nextIn(s: XmlScanner, rule: string): number {
  const token = s.next();
  if ((token === START || token === END) && !s.blank)
    return s.fail('syntax', rule, CLAUSE, 'elements only', s.textFrom);
  return token;
}

function problem(code: ErrorCode, rule: string, clause: ClauseId, offset: number, expected?: string): ParseError {
  return expected === undefined ? { code, rule, clause, offset } : { code, rule, clause, offset, expected };
}
