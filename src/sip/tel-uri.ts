/*
 *   telephone-uri         =  "tel:" ( global-number / local-number )                       RFC 3966 3
 *   global-number         =  "+" *phonedigit DIGIT *phonedigit *par
 *   local-number          =  *phonedigit-hex (HEXDIG / "*" / "#") *phonedigit-hex *par context *par
 *   context               =  ";phone-context=" ( domainname / global-number-digits )
 *   par                   =  ";" pname ["=" pvalue ]  /  ";isub=" 1*uric  /  ";ext=" 1*phonedigit
 *   pname                 =  1*( alphanum / "-" )         pvalue  =  1*paramchar
 *   phonedigit            =  DIGIT / "-" / "." / "(" / ")"
 *
 * Each parameter once. An isub value ends at the next semicolon: `uric` has one too, and would take all that follows.
 */
import { ALPHA, CLASS, DIGIT, HEX, TEL_PARAM, URIC } from '../core/chars.ts';
import { type ClauseId, EncodeError } from '../core/error.ts';
import { scanHost } from '../core/host.ts';
import { findParam, type Param } from '../core/params.ts';
import { open, type Scanner } from '../core/scanner.ts';
import { asciiLower, sameText } from '../core/text.ts';
import { scanEscaped } from './escaped.ts';

const CLAUSE: ClauseId = 'RFC3966-3';
const PNAME = ALPHA | DIGIT;

/** A telephone number. */
export interface TelUri {
  readonly scheme: 'tel';
  /** As written, with its visual separators; a global one begins with "+". */
  readonly number: string;
  readonly params: readonly Param[];
}

/** Reads what follows "tel:". */
export function scanTel(s: Scanner): TelUri | undefined {
  const from = s.pos;
  const global = s.take(0x2b);
  if (!scanDigits(s, global ? DIGIT : HEX, global)) return undefined;
  const number = s.text.slice(from, s.pos);
  const params = scanTelParams(s);
  if (params === undefined) return undefined;
  if (!global && findParam(params, 'phone-context')?.value === undefined) {
    return s.fail('missing', 'context', CLAUSE, ';phone-context= behind a local number');
  }
  return { scheme: 'tel', number, params };
}

/** Digits and visual separators, of which one at least is a digit. A local number also has "*" and "#". */
function scanDigits(s: Scanner, digit: number, global: boolean): boolean {
  const { codes, end } = s;
  let digits = 0;
  let p = s.pos;
  for (; p < end; p++) {
    const code = codes[p] as number;
    if (((CLASS[code] as number) & digit) !== 0 || (!global && (code === 0x2a || code === 0x23))) digits++;
    else if (code !== 0x2d && code !== 0x2e && code !== 0x28 && code !== 0x29) break;
  }
  s.pos = p;
  if (digits === 0) s.unexpected(global ? 'global-number-digits' : 'local-number-digits', CLAUSE, 'a digit');
  return digits !== 0;
}

function scanTelParams(s: Scanner): readonly Param[] | undefined {
  const params: Param[] = [];
  const seen = new Set<string>();
  while (s.take(0x3b)) {
    if (params.length === s.limits.params) {
      return s.fail('limit', 'par', CLAUSE, `at most ${s.limits.params} parameters`);
    }
    const at = s.pos;
    const name = scanPname(s);
    if (name === undefined) return undefined;
    const key = asciiLower(name);
    if (seen.has(key)) return s.fail('duplicate', 'parameter', CLAUSE, 'each parameter once', at);
    seen.add(key);
    let value: string | undefined;
    if (s.take(0x3d)) {
      value = scanTelValue(s, key);
      if (value === undefined) return undefined;
    } else if (key === 'phone-context' || key === 'isub') {
      return s.unexpected(key, CLAUSE, '=');
    }
    params.push({ name, value, quoted: undefined });
  }
  return params;
}

function scanPname(s: Scanner): string | undefined {
  const from = s.pos;
  let at = from;
  while (at < s.end && (s.codes[at] === 0x2d || ((CLASS[s.codes[at] as number] as number) & PNAME) !== 0)) at++;
  s.pos = at;
  return at === from ? s.unexpected('pname', CLAUSE) : s.text.slice(from, at);
}

function scanTelValue(s: Scanner, name: string): string | undefined {
  const from = s.pos;
  if (name === 'phone-context') {
    if (s.take(0x2b)) return scanDigits(s, DIGIT, true) ? s.text.slice(from, s.pos) : undefined;
    return scanDomain(s);
  }
  const value = name === 'isub' ? scanIsub(s) : scanEscaped(s, TEL_PARAM, 'pvalue');
  return value === '' ? s.unexpected('pvalue', CLAUSE) : value;
}

function scanIsub(s: Scanner): string | undefined {
  let to = s.pos;
  while (to < s.end && s.codes[to] !== 0x3b) to++;
  return scanEscaped(s, URIC, 'isdn-subaddress', to);
}

/** domainname, which is a host that is no address. */
function scanDomain(s: Scanner): string | undefined {
  const from = s.pos;
  const host = s.peek() === 0x5b ? s.unexpected('domainname', CLAUSE) : scanHost(s);
  if (host === undefined || !/^[\d.]*$/.test(host)) return host;
  return s.fail('syntax', 'domainname', CLAUSE, 'a domain name or a global number', from);
}

/** What is written must read as the same number. Throws EncodeError. */
export function formatTel(uri: TelUri): string {
  let text = uri.number;
  for (const { name, value } of uri.params) text += value === undefined ? `;${name}` : `;${name}=${value}`;
  const s = open(text, 'telephone-subscriber', CLAUSE, undefined);
  const read = s.error === undefined ? scanTel(s) : undefined;
  if (read !== undefined && s.pos === s.end && isWritten(uri, read)) return `tel:${text}`;
  throw new EncodeError(`${JSON.stringify(text)} is no telephone number`, 'number', CLAUSE);
}

function isWritten(uri: TelUri, read: TelUri): boolean {
  if (read.number !== uri.number || read.params.length !== uri.params.length) return false;
  return uri.params.every(({ name, value }, i) => read.params[i]?.name === name && read.params[i]?.value === value);
}

/** Equality by RFC 3966 4: digits without separators, nothing with case, parameters in any order. */
export function sameTel(a: TelUri, b: TelUri): boolean {
  if (digitsOf(a.number) !== digitsOf(b.number) || a.params.length !== b.params.length) return false;
  return a.params.every((param) => {
    const other = findParam(b.params, param.name);
    if (other === undefined) return false;
    if (param.value === undefined || other.value === undefined) return param.value === other.value;
    return isNumber(param) ? digitsOf(param.value) === digitsOf(other.value) : sameText(param.value, other.value);
  });
}

function isNumber(param: Param): boolean {
  return (
    sameText(param.name, 'ext') || (sameText(param.name, 'phone-context') && param.value?.startsWith('+') === true)
  );
}

function digitsOf(number: string): string {
  return asciiLower(number.replace(/[-.()]+/g, ''));
}
