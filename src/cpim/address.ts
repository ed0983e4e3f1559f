/*
 *   From-header  =  "From" ": " [ Formal-name ] "<" URI ">"                     RFC 3862 4.1; To 4.2, cc 4.3
 *   Formal-name  =  1*( Token SP ) / String [SP]
 */
import type { ClauseId } from '../core/error.ts';
import type { Scanner } from '../core/scanner.ts';
import { CPIM_CLASS, TOKENCHAR } from './chars.ts';
import { formatString, scanString } from './escape.ts';
import { type CpimOnce, type CpimRepeated, cpimOnce, cpimRepeated } from './header.ts';
import { formatBracketedUri, scanBracketedUri } from './namespaces.ts';

/** Who sent or receives a message. */
export interface CpimAddress {
  /** The name that people see, with its escapes resolved; absent where there is none. */
  readonly name?: string | undefined;
  /** Absolute, of any scheme: `im:`, `sip:`, `tel:`. */
  readonly uri: string;
}

export const cpimFrom: CpimOnce<CpimAddress> = /* @__PURE__ */ cpimOnce(/* @__PURE__ */ address('From', 'RFC3862-4.1'));

export const cpimTo: CpimRepeated<CpimAddress> = /* @__PURE__ */ cpimRepeated(
  /* @__PURE__ */ address('To', 'RFC3862-4.2'),
);

export const cpimCc: CpimRepeated<CpimAddress> = /* @__PURE__ */ cpimRepeated(
  /* @__PURE__ */ address('cc', 'RFC3862-4.3'),
);

interface AddressParts {
  readonly name: string;
  readonly rule: string;
  readonly clause: ClauseId;
  scan(s: Scanner): CpimAddress | undefined;
  format(value: CpimAddress): string;
}

function address(name: string, clause: ClauseId): AddressParts {
  const rule = name === 'cc' ? 'Cc-header' : `${name}-header`;
  return {
    name,
    rule,
    clause,
    scan: (s) => scanAddress(s, clause),
    format: (value) => formatAddress(value, '', clause),
  };
}

/** [ Formal-name ] "<" URI ">"; other documents have headers of the same shape. */
export function scanAddress(s: Scanner, clause: ClauseId): CpimAddress | undefined {
  let name: string | undefined;
  if (s.peek() === 0x22) {
    name = scanString(s);
    if (name === undefined) return undefined;
    s.take(0x20);
  } else if (s.peek() !== 0x3c) {
    name = scanTokens(s, clause);
    if (name === undefined) return undefined;
  }
  const uri = scanBracketedUri(s, clause);
  return uri === undefined ? undefined : { name, uri };
}

/** 1*( Token SP ), without the last blank. */
function scanTokens(s: Scanner, clause: ClauseId): string | undefined {
  const { codes, end, nonAscii, pos } = s;
  let p = pos;
  for (let token = p; p < end && codes[p] !== 0x3c; token = ++p) {
    while (p < end && (((CPIM_CLASS[codes[p] as number] as number) & TOKENCHAR) !== 0 || codes[p] === nonAscii)) p++;
    s.pos = p;
    if (p === token || codes[p] !== 0x20 || p === end)
      return s.unexpected('Formal-name', clause, 'a token and one blank');
  }
  s.pos = p;
  return s.text.slice(pos, p - 1);
}

/** Writes a name of tokens bare, any other as a String. Throws EncodeError; `path` is empty or ends in a dot. */
export function formatAddress({ name, uri }: CpimAddress, path: string, clause: ClauseId): string {
  const bracketed = formatBracketedUri(uri, `${path}uri`, clause);
  if (name === undefined) return bracketed;
  const bare = TOKENS.test(name) && name.isWellFormed();
  return `${bare ? name : formatString(name, `${path}name`)} ${bracketed}`;
}

/** Tokens with one blank between them. */
const TOKENS = /^[!#-'*+\-.0-9A-Z^-z|~\u0080-\uffff]+(?: [!#-'*+\-.0-9A-Z^-z|~\u0080-\uffff]+)*$/;
