/*
 *   NS-header       =  "NS" ": " [ Name-prefix [SP] ] "<" URI ">"                        RFC 3862 4.6, 3.4
 *   Require-header  =  "Require" ": " Header-name *( "," Header-name )                   RFC 3862 4.7, 3.5
 *
 * A header is known by the URI of its namespace and its name within that; prefixes mean what the NS headers before
 * them say, the last one counts. An NS without a prefix changes what names without one mean from there on, NS itself
 * included: it too belongs to the namespace of RFC 3862. Namespaces are the same where their URIs are, letter by letter.
 */
import type { ClauseId } from '../core/error.ts';
import { EncodeError } from '../core/error.ts';
import { open, type Scanner } from '../core/scanner.ts';
import { scanAbsoluteUri } from '../mime/absolute-uri.ts';
import { allOfClass, NAMECHAR } from './chars.ts';
import {
  CPIM_NAMESPACE,
  type CpimHeader,
  type CpimRepeated,
  cpimRepeated,
  parseHeader,
  scanHeaderName,
  scanName,
} from './header.ts';

const NS: ClauseId = 'RFC3862-4.6';
const REQUIRE: ClauseId = 'RFC3862-4.7';

/** What an NS header declares; without a prefix, for the names that have none. */
export interface CpimNamespace {
  readonly prefix?: string | undefined;
  readonly uri: string;
}

export const cpimNs: CpimRepeated<CpimNamespace> = /* @__PURE__ */ cpimRepeated<CpimNamespace>({
  name: 'NS',
  rule: 'NS-header',
  clause: NS,
  scan(s) {
    let prefix: string | undefined;
    if (s.peek() !== 0x3c) {
      prefix = scanName(s, 'Name-prefix');
      if (prefix === undefined) return undefined;
      s.take(0x20);
    }
    const uri = scanBracketedUri(s, NS);
    return uri === undefined ? undefined : { prefix, uri };
  },
  format({ prefix, uri }) {
    if (prefix === undefined) return formatBracketedUri(uri, 'uri', NS);
    if (!allOfClass(prefix, NAMECHAR)) throw new EncodeError(`${JSON.stringify(prefix)} is no Name`, 'prefix', NS);
    return `${prefix} ${formatBracketedUri(uri, 'uri', NS)}`;
  },
});

/** Names of headers and features that a receiver must know, with their prefixes. */
export const cpimRequire: CpimRepeated<readonly string[]> = /* @__PURE__ */ cpimRepeated<readonly string[]>({
  name: 'Require',
  rule: 'Require-header',
  clause: REQUIRE,
  scan: scanHeaderNames,
  format(names) {
    const text = names.join(',');
    const s = open(text, 'Require-header', REQUIRE, undefined);
    const read = s.error === undefined ? scanHeaderNames(s) : undefined;
    if (read?.length === names.length && s.pos === s.end) return text;
    throw new EncodeError(`${JSON.stringify(text)} are no header names`, 'Require', REQUIRE);
  },
});

/** No blank stands around the commas. */
function scanHeaderNames(s: Scanner): readonly string[] | undefined {
  const names: string[] = [];
  do {
    const name = scanHeaderName(s);
    if (name === undefined) return undefined;
    names.push(name);
  } while (s.take(0x2c));
  return names;
}

/** "<" URI ">" */
export function scanBracketedUri(s: Scanner, clause: ClauseId): string | undefined {
  const open = s.pos;
  if (!s.take(0x3c)) return s.unexpected('URI', clause, '<');
  const { codes, end } = s;
  let close = s.pos;
  while (close < end && codes[close] !== 0x3e) close++;
  if (close === end) return s.fail('unterminated', 'URI', clause, '>', open);
  const uri = scanAbsoluteUri(s, close);
  if (uri !== undefined) s.pos = close + 1;
  return uri;
}

/** Throws EncodeError on what is no absolute URI. */
export function formatBracketedUri(uri: string, path: string, clause: ClauseId): string {
  const s = open(uri, 'URI', clause, undefined);
  if (s.error === undefined && scanAbsoluteUri(s, s.end) !== undefined) return `<${uri}>`;
  throw new EncodeError(`${JSON.stringify(uri)} is no absolute URI`, path, clause);
}

/** A name for all messages: what a prefix stands for in one message does not matter. */
export interface QualifiedName {
  /** The namespace's URI; `undefined` where the prefix is not declared. */
  readonly namespace: string | undefined;
  readonly name: string;
}

/** The prefixes that are declared at one place of a message. */
export interface Scope {
  /** The namespace of names without a prefix. */
  readonly unprefixed: string;
  readonly prefixes: ReadonlyMap<string, string>;
}

/** What a name means in a scope. */
export function qualify(name: string, scope: Scope): QualifiedName {
  const dot = name.indexOf('.');
  if (dot < 0) return { namespace: scope.unprefixed, name };
  return { namespace: scope.prefixes.get(name.slice(0, dot)), name: name.slice(dot + 1) };
}

/** What the names of the headers mean, one by one; `visit` sees the scope at each of them. The answer is that at the end. */
export function walkScopes(
  headers: readonly CpimHeader[],
  visit: (name: QualifiedName, scope: Scope, i: number) => void,
): Scope {
  const prefixes = new Map<string, string>();
  const scope = { unprefixed: CPIM_NAMESPACE, prefixes };
  for (let i = 0; i < headers.length; i++) {
    const header = headers[i] as CpimHeader;
    const name = qualify(header.name, scope);
    visit(name, scope, i);
    if (name.name !== 'NS' || name.namespace !== CPIM_NAMESPACE) continue;
    const declared = parseHeader(header, cpimNs);
    if (!declared.ok) continue;
    if (declared.value.prefix === undefined) scope.unprefixed = declared.value.uri;
    else prefixes.set(declared.value.prefix, declared.value.uri);
  }
  return scope;
}
