/*
 *   isComposing  =  state lastactive? contenttype? refresh? other*                          RFC 3994 6.1
 *   state        =  string, "active" and "idle" and whatever else counts as "idle"
 *   lastactive   =  dateTime
 *   contenttype  =  string
 *   refresh      =  positiveInteger, seconds
 *
 * Whether the other side is writing. A document need not be valid (section 6), so that an optional element that is
 * wrong costs only itself; elements and attributes of other namespaces are kept.
 */
import type { BytesCodec } from '../core/codec.ts';
import { type ClauseId, EncodeError, type ErrorCode, type ParseError } from '../core/error.ts';
import { conversions, toUtf8 } from '../core/octets.ts';
import type { ParseOptions } from '../core/options.ts';
import { type Note, ok, type Result, refuse } from '../core/result.ts';
import { whole } from '../core/write.ts';
import { collapsed, isDateTime, wholeNumberOf } from './datatypes.ts';
import { XML_DECLARATION } from './declaration.ts';
import { childrenOf, type MalformedElement, rangeOf, textOf, type XmlAttribute, type XmlElement } from './element.ts';
import { readXml } from './reader.ts';
import { escapeText, formatElement, formatStart } from './writer.ts';

const CLAUSE: ClauseId = 'RFC3994-6.1';
const NAMESPACE = 'urn:ietf:params:xml:ns:im-iscomposing';
/** How long "active" holds where nothing is said, in seconds (3.3). */
const DEFAULT_SECONDS = 120;

export interface IsComposing {
  /** `active`, `idle`, or a token of an extension, which counts as `idle` (3.5): see {@link secondsActive}. */
  readonly state: string;
  /** When the user last wrote: a dateTime of XML Schema. */
  readonly lastActive?: string | undefined;
  /** A media type, with or without its subtype: `text/plain`, `audio`. */
  readonly contentType?: string | undefined;
  /** Seconds until the next such document, if the state stays. */
  readonly refresh?: number | undefined;
  /** Attributes of the root element. */
  readonly attributes?: readonly XmlAttribute[] | undefined;
  /** Other elements. */
  readonly extensions?: readonly XmlElement[] | undefined;
  /** Optional elements that are wrong, or there again. */
  readonly malformed?: readonly MalformedElement[] | undefined;
}

/**
 * application/im-iscomposing+xml (RFC 3994). A document that is received and not changed encodes to the octets it
 * came in.
 */
export const isComposing: BytesCodec<IsComposing> = {
  name: 'iscomposing',
  mediaType: 'application/im-iscomposing+xml',
  clause: CLAUSE,
  decode,
  encode: (value) => Received.octetsOf(value) ?? toUtf8(format(value)),
  encodedLength: (value) => Received.octetsOf(value)?.length ?? conversions.utf8Length(format(value)),
};

/** For how many seconds the other side counts as writing: 0 where it does not (RFC 3994 3.3, 3.5). */
export function secondsActive({ state, refresh = DEFAULT_SECONDS }: IsComposing): number {
  return collapsed(state) === 'active' ? refresh : 0;
}

/** What was received keeps its octets; a changed copy does not. */
class Received implements IsComposing {
  readonly state: string;
  readonly lastActive: string | undefined;
  readonly contentType: string | undefined;
  readonly refresh: number | undefined;
  readonly attributes: readonly XmlAttribute[];
  readonly extensions: readonly XmlElement[];
  readonly malformed: readonly MalformedElement[];
  readonly #octets: Uint8Array;

  constructor(octets: Uint8Array, state: string, parts: Parts, attributes: readonly XmlAttribute[]) {
    this.state = state;
    this.lastActive = parts.lastActive;
    this.contentType = parts.contentType;
    this.refresh = parts.refresh;
    this.attributes = attributes;
    this.extensions = parts.extensions;
    this.malformed = parts.malformed;
    this.#octets = octets;
  }

  static octetsOf(value: IsComposing): Uint8Array | undefined {
    return #octets in value ? value.#octets : undefined;
  }
}

interface Parts {
  state: string | undefined;
  lastActive: string | undefined;
  contentType: string | undefined;
  refresh: number | undefined;
  readonly extensions: XmlElement[];
  readonly malformed: MalformedElement[];
}

function decode(octets: Uint8Array, options?: ParseOptions): Result<IsComposing> {
  const read = readXml(octets, options);
  if (!read.ok) return read;
  const root = read.value;
  const { namespace, local } = root.name;
  if (local !== 'isComposing') return refuse(problem('syntax', 'isComposing', root, 'the root element isComposing'));
  const notes: Note[] = [];
  if (namespace !== NAMESPACE) {
    if (options?.tolerances?.includes('xml-namespace') !== true) {
      return refuse(problem('syntax', 'isComposing', root, `the namespace ${NAMESPACE}`));
    }
    notes.push({ tolerance: 'xml-namespace', clause: 'RFC3994-6', offset: offsetOf(root) });
  }
  if (collapsed(textOf(root)) !== '') return refuse(problem('syntax', 'isComposing', root, 'elements only'));
  const parts = empty();
  for (const child of childrenOf(root)) {
    if (child.name.namespace === namespace) readPart(parts, child);
    else parts.extensions.push(child);
  }
  if (parts.state === undefined) return refuse(problem('missing', 'isComposing', root, 'state'));
  return ok(new Received(octets, parts.state, parts, root.attributes), notes);
}

function empty(): Parts {
  const nothing = { state: undefined, lastActive: undefined, contentType: undefined, refresh: undefined };
  return { ...nothing, extensions: [], malformed: [] };
}

function readPart(parts: Parts, element: XmlElement): void {
  const { local } = element.name;
  const refused = (code: ErrorCode, expected?: string): void => {
    parts.malformed.push({ element, error: problem(code, local, element, expected) });
  };
  if (local !== 'state' && local !== 'lastactive' && local !== 'contenttype' && local !== 'refresh') {
    parts.extensions.push(element);
  } else if (childrenOf(element).length > 0 || element.attributes.length > 0) refused('syntax', 'text only');
  else if (local === 'state') {
    if (parts.state === undefined) parts.state = textOf(element);
    else refused('duplicate');
  } else if (local === 'contenttype') {
    if (parts.contentType === undefined) parts.contentType = textOf(element);
    else refused('duplicate');
  } else if (local === 'lastactive') {
    if (!isDateTime(textOf(element))) refused('syntax', 'a dateTime');
    else if (parts.lastActive === undefined) parts.lastActive = collapsed(textOf(element));
    else refused('duplicate');
  } else {
    const seconds = wholeNumberOf(textOf(element));
    if (seconds === undefined) refused('syntax', 'a positive whole number');
    else if (seconds < 1 || seconds > Number.MAX_SAFE_INTEGER) refused('range', 'a positive whole number');
    else if (parts.refresh === undefined) parts.refresh = seconds;
    else refused('duplicate');
  }
}

function format(value: IsComposing): string {
  const attributes = value.attributes ?? [];
  const name = { namespace: NAMESPACE, local: 'isComposing', prefix: '' };
  const start = formatStart(name, attributes, undefined, 'isComposing', CLAUSE);
  let text = `${XML_DECLARATION}${start.text}><state>${escapeText(value.state, 'state', CLAUSE)}</state>`;
  if (value.lastActive !== undefined) {
    if (!isDateTime(value.lastActive) || collapsed(value.lastActive) !== value.lastActive)
      throw new EncodeError('no dateTime', 'lastActive', CLAUSE);
    text += `<lastactive>${value.lastActive}</lastactive>`;
  }
  if (value.contentType !== undefined) {
    text += `<contenttype>${escapeText(value.contentType, 'contentType', CLAUSE)}</contenttype>`;
  }
  if (value.refresh !== undefined) {
    text += `<refresh>${whole(value.refresh, 1, Number.MAX_SAFE_INTEGER, 'refresh', CLAUSE)}</refresh>`;
  }
  value.malformed?.forEach(({ element }, i) => {
    text += formatElement(element, start.scope, `malformed[${i}].element`, CLAUSE);
  });
  value.extensions?.forEach((element, i) => {
    text += formatElement(element, start.scope, `extensions[${i}]`, CLAUSE);
  });
  return `${text}</isComposing>`;
}

function problem(code: ErrorCode, rule: string, element: XmlElement, expected?: string): ParseError {
  const offset = offsetOf(element);
  if (expected === undefined) return { code, rule, clause: CLAUSE, offset };
  return { code, rule, clause: CLAUSE, offset, expected };
}

function offsetOf(element: XmlElement): number {
  return rangeOf(element)?.[0] ?? 0;
}
