/*
 *   XMLDecl       ::=  '<?xml' VersionInfo EncodingDecl? SDDecl? S? '?>'                       XML 2.8
 *   VersionInfo   ::=  S 'version' Eq ("'" VersionNum "'" | '"' VersionNum '"')
 *   EncodingDecl  ::=  S 'encoding' Eq ('"' EncName '"' | "'" EncName "'")                     XML 4.3.3
 *   SDDecl        ::=  S 'standalone' Eq (("'" ('yes' | 'no') "'") | ('"' ('yes' | 'no') '"')) XML 2.9
 *
 * The documents of this library are XML 1.0 in UTF-8 without a byte order mark, and are refused if they are not.
 */
import type { ClauseId, ErrorCode } from '../core/error.ts';
import { sameText } from '../core/text.ts';
import { BLANK, NAME, XML_CLASS } from './chars.ts';

/** What composed documents begin with. */
export const XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>';

interface Refuser {
  fail(code: ErrorCode, rule: string, clause: ClauseId, expected?: string, at?: number): unknown;
  unexpected(at: number, rule: string, expected: string): unknown;
}

/** Steps over the declaration, if there is one, and answers where it ends; -1 where it is refused. */
export function scanDeclaration(s: Refuser, octets: Uint8Array, text: string): number {
  if (text.startsWith(XML_DECLARATION)) return XML_DECLARATION.length;
  const first = octets[0] as number;
  if (first === 0xef || first >= 0xfe || (first === 0 && octets.length > 1) || octets[1] === 0) {
    s.fail('encoding', 'document', 'XML-4.3.3', 'UTF-8 without a byte order mark', 0);
    return -1;
  }
  if (!text.startsWith('<?xml') || ((XML_CLASS[octets[5] as number] ?? 0) & NAME) !== 0) return 0;
  const version = pseudoAttribute(s, text, 5, 'version');
  if (version === undefined) return -1;
  if (version.value !== '1.0') {
    s.fail('unsupported', 'VersionNum', 'XML-2.8', '1.0', version.at);
    return -1;
  }
  let { to } = version;
  if (follows(text, to, 'encoding')) {
    const encoding = pseudoAttribute(s, text, to, 'encoding');
    if (encoding === undefined) return -1;
    if (!sameText(encoding.value, 'UTF-8')) {
      s.fail('encoding', 'EncodingDecl', 'XML-4.3.3', 'UTF-8', encoding.at);
      return -1;
    }
    to = encoding.to;
  }
  if (follows(text, to, 'standalone')) {
    const standalone = pseudoAttribute(s, text, to, 'standalone');
    if (standalone === undefined) return -1;
    if (standalone.value !== 'yes' && standalone.value !== 'no') {
      s.fail('syntax', 'SDDecl', 'XML-2.9', 'yes or no', standalone.at);
      return -1;
    }
    to = standalone.to;
  }
  const end = skipBlanks(text, to);
  if (text.startsWith('?>', end)) return end + 2;
  s.unexpected(end, 'XMLDecl', '?>');
  return -1;
}

interface PseudoAttribute {
  readonly value: string;
  readonly at: number;
  readonly to: number;
}

function pseudoAttribute(s: Refuser, text: string, from: number, name: string): PseudoAttribute | undefined {
  let p = skipBlanks(text, from);
  if (p === from || !text.startsWith(name, p)) {
    s.unexpected(p === from ? from : p, 'XMLDecl', p === from ? 'white space' : name);
    return undefined;
  }
  p = skipBlanks(text, p + name.length);
  if (text[p] !== '=') {
    s.unexpected(p, 'XMLDecl', '=');
    return undefined;
  }
  p = skipBlanks(text, p + 1);
  const quote = text[p];
  if (quote !== '"' && quote !== "'") {
    s.unexpected(p, 'XMLDecl', 'a quote');
    return undefined;
  }
  const at = p + 1;
  const end = text.indexOf(quote, at);
  if (end >= 0) return { value: text.slice(at, end), at, to: end + 1 };
  s.fail('unterminated', 'XMLDecl', 'XML-2.8', undefined, p);
  return undefined;
}

function follows(text: string, from: number, name: string): boolean {
  const p = skipBlanks(text, from);
  return p > from && text.startsWith(name, p);
}

function skipBlanks(text: string, from: number): number {
  let p = from;
  while (p < text.length && ((XML_CLASS[text.charCodeAt(p)] as number) & BLANK) !== 0) p++;
  return p;
}
