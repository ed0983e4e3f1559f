/*
 * Reading and adding the headers of a CPIM message, keyed by codec: the codec says namespace and name, the message
 * which prefix stands for the namespace. Reading parses on demand; a header that is broken costs itself only.
 */
import { EncodeError, type ParseError } from '../core/error.ts';
import { conversions } from '../core/octets.ts';
import type { ParseOptions } from '../core/options.ts';
import { type Note, ok, type Result, refuse } from '../core/result.ts';
import {
  CPIM_NAMESPACE,
  type CpimCodec,
  type CpimHeader,
  type CpimOnce,
  type CpimRepeated,
  paramsError,
  parseHeader,
  ReceivedCpimHeader,
} from './header.ts';
import type { CpimMessage } from './message.ts';
import { cpimNs, cpimRequire, type QualifiedName, qualify, type Scope, walkScopes } from './namespaces.ts';

const names: WeakMap<readonly CpimHeader[], readonly QualifiedName[]> = /* @__PURE__ */ new WeakMap();

/** What the names of the headers mean, in their order. */
export function qualifiedNames(message: CpimMessage): readonly QualifiedName[] {
  const { headers } = message;
  const known = names.get(headers);
  if (known !== undefined) return known;
  const found: QualifiedName[] = [];
  walkScopes(headers, (name) => found.push(name));
  names.set(headers, found);
  return found;
}

/**
 * The value of a header: `undefined` where it is absent, its error where it is refused. A header that may occur several
 * times gives all its values in order; any other that does is refused.
 */
export function getCpim<T>(message: CpimMessage, codec: CpimOnce<T>, options?: ParseOptions): Result<T> | undefined;
export function getCpim<T>(
  message: CpimMessage,
  codec: CpimRepeated<T>,
  options?: ParseOptions,
): Result<readonly T[]> | undefined;
export function getCpim<T>(
  message: CpimMessage,
  codec: CpimOnce<T> | CpimRepeated<T>,
  options?: ParseOptions,
): Result<T> | Result<readonly T[]> | undefined {
  let i = nextHeader(message, codec, 0);
  if (i < 0) return undefined;
  const first = readHeader(message, i, codec, options);
  i = nextHeader(message, codec, i + 1);
  if (!first.ok) return first;
  if (!codec.repeats) {
    if (i < 0) return first;
    const expected = `one ${codec.name}`;
    return refuse({ code: 'duplicate', rule: codec.rule, clause: codec.clause, offset: 0, expected, field: i });
  }
  const values = [first.value];
  const notes: Note[] = [...first.notes];
  for (; i >= 0; i = nextHeader(message, codec, i + 1)) {
    const next = readHeader(message, i, codec, options);
    if (!next.ok) return next;
    values.push(next.value);
    for (const note of next.notes) notes.push(note);
  }
  return ok(values, notes);
}

/** Each header of the codec by itself, in order. */
export function getAllCpim<T>(message: CpimMessage, codec: CpimCodec<T>, options?: ParseOptions): readonly Result<T>[] {
  const results: Result<T>[] = [];
  for (let i = nextHeader(message, codec, 0); i >= 0; i = nextHeader(message, codec, i + 1)) {
    results.push(readHeader(message, i, codec, options));
  }
  return results;
}

function nextHeader(message: CpimMessage, codec: CpimCodec<unknown>, from: number): number {
  const found = qualifiedNames(message);
  for (let i = from; i < found.length; i++) {
    const { namespace, name } = found[i] as QualifiedName;
    if (name === codec.name && namespace === codec.namespace) return i;
  }
  return -1;
}

function readHeader<T>(message: CpimMessage, i: number, codec: CpimCodec<T>, options?: ParseOptions): Result<T> {
  const result = parseHeader(message.headers[i] as CpimHeader, codec, options);
  return result.ok ? result : refuse({ ...result.error, field: i });
}

/**
 * What is wrong with headers whatever they mean: lines that are no headers, prefixes that no NS before them declares,
 * NS headers that declare nothing, parameters that are none. Offsets count from the line where it is no header, else
 * from the parameters or the value.
 */
export function cpimErrors(message: CpimMessage): readonly ParseError[] {
  const errors: ParseError[] = [];
  qualifiedNames(message).forEach(({ namespace, name }, field) => {
    const header = message.headers[field] as CpimHeader;
    const error = ReceivedCpimHeader.placeOf(header)?.error;
    const wrong = error ?? paramsError(header);
    if (wrong !== undefined) errors.push({ ...wrong, field });
    else if (namespace === undefined) {
      const expected = 'an NS header before it';
      errors.push({ code: 'missing', rule: 'Name-prefix', clause: 'RFC3862-3.4', offset: 0, expected, field });
    } else if (name === 'NS' && namespace === CPIM_NAMESPACE) {
      const declared = parseHeader(header, cpimNs);
      if (!declared.ok) errors.push({ ...declared.error, field });
    }
  });
  return errors;
}

/** The names that every receiver knows: those that RFC 3862 defines. */
const KNOWN = ['From', 'To', 'cc', 'DateTime', 'Subject', 'NS', 'Require'];

/**
 * The names in Require headers that the caller does not list, nor RFC 3862 defines: the message must not be taken for
 * understood then (RFC 3862 3.5). A Require header that is broken names nothing; `getCpim` gives its error.
 */
export function unknownRequirements(message: CpimMessage, known: readonly QualifiedName[]): readonly QualifiedName[] {
  const unknown: QualifiedName[] = [];
  walkScopes(message.headers, ({ namespace, name }, scope, i) => {
    if (name !== cpimRequire.name || namespace !== CPIM_NAMESPACE) return;
    const required = readHeader(message, i, cpimRequire);
    if (!required.ok) return;
    for (const text of required.value) {
      const wanted = qualify(text, scope);
      const own = wanted.namespace === CPIM_NAMESPACE && KNOWN.includes(wanted.name);
      const listed = known.some((one) => one.name === wanted.name && one.namespace === wanted.namespace);
      if (wanted.namespace === undefined || !(own || listed)) unknown.push(wanted);
    }
  });
  return unknown;
}

/**
 * Where in a received message an error that `getCpim` gave lies: the octets from the offset to the line's end.
 * `undefined` for a message that was made, and for an error of no header.
 */
export function locateCpim(message: CpimMessage, error: ParseError): readonly [from: number, to: number] | undefined {
  const header = error.field === undefined ? undefined : message.headers[error.field];
  const place = header === undefined ? undefined : ReceivedCpimHeader.placeOf(header);
  if (header === undefined || place === undefined) return undefined;
  const { valueFrom, end } = place;
  return [Math.min(valueFrom + conversions.utf8Length(header.value.slice(0, error.offset)), end), end];
}

/**
 * The message with one more header behind the others, under a prefix that stands for its namespace there; where none
 * does, an NS header that declares one comes first. Throws EncodeError on a value that the codec does not let through.
 */
export function appendCpim<T>(message: CpimMessage, codec: CpimCodec<T>, value: T): CpimMessage {
  const text = codec.format(value);
  const scope = walkScopes(message.headers, () => undefined);
  const headers = [...message.headers];
  let prefix = scope.unprefixed === codec.namespace ? '' : prefixOf(codec.namespace, scope.prefixes);
  if (prefix === undefined) {
    prefix = freePrefix(codec.prefix, scope.prefixes);
    headers.push({ name: nsName(scope), value: cpimNs.format({ prefix, uri: codec.namespace }) });
  }
  const name = prefix === '' ? codec.name : `${prefix}.${codec.name}`;
  if (codec.params !== 'read') headers.push({ name, value: text });
  else {
    const blank = text.indexOf(' ');
    headers.push({ name, ...(blank > 0 ? { params: text.slice(0, blank) } : {}), value: text.slice(blank + 1) });
  }
  return { headers, content: message.content };
}

/** The name of NS itself, which needs a prefix where names without one mean something else. */
function nsName({ unprefixed, prefixes }: Scope): string {
  if (unprefixed === CPIM_NAMESPACE) return 'NS';
  const prefix = prefixOf(CPIM_NAMESPACE, prefixes);
  if (prefix !== undefined) return `${prefix}.NS`;
  throw new EncodeError('no prefix stands for the namespace of NS any more', 'headers', 'RFC3862-3.4');
}

function prefixOf(namespace: string, prefixes: ReadonlyMap<string, string>): string | undefined {
  for (const [prefix, uri] of prefixes) if (uri === namespace) return prefix;
  return undefined;
}

/** A prefix that is not declared yet: another namespace may need the one that is. */
function freePrefix(wanted: string, prefixes: ReadonlyMap<string, string>): string {
  let prefix = wanted;
  for (let n = 2; prefixes.has(prefix); n++) prefix = `${wanted}${n}`;
  return prefix;
}
