/*
 *   generic-param  =  token [ EQUAL gen-value ]                        RFC 3261 25.1
 *   gen-value      =  token / host / quoted-string
 *   SEMI           =  SWS ";" SWS          EQUAL  =  SWS "=" SWS
 *
 * A host that is no token is an IPv6 literal in brackets.
 */
import { CLASS, runEnd, TOKEN } from './chars.ts';
import { type ClauseId, EncodeError, within } from './error.ts';
import { scanHost, writeHost } from './host.ts';
import { added, scanQuotedString, takeSeparator } from './scan.ts';
import type { Scanner } from './scanner.ts';
import { sameText } from './text.ts';
import { type Writer, written } from './writer.ts';

const CLAUSE: ClauseId = 'RFC3261-25.1';
const SEMI = 0x3b;
const EQUAL = 0x3d;

/** One parameter. Order, duplicates and spelling are kept in the list that holds it. */
export interface Param {
  readonly name: string;
  /** Without its quotes and with its quoted pairs resolved; absent where there is no "=". */
  readonly value?: string | undefined;
  /** Whether the value stood, or shall stand, in quotes. A value that is no token is quoted in any case. */
  readonly quoted?: boolean | undefined;
}

const NO_PARAMS: readonly Param[] = Object.freeze([]);

/**
 * *( SEMI generic-param )
 *
 * `special` may read a parameter that is none by its own rule; it answers `undefined` where it has not moved.
 */
export function scanParams(
  s: Scanner,
  rule = 'generic-param',
  clause: ClauseId = CLAUSE,
  special?: (s: Scanner) => Param | undefined,
): readonly Param[] | undefined {
  const { codes, end, text } = s;
  const max = s.limits.params;
  let params: Param[] | undefined;
  let count = 0;
  // The usual shape, without blanks and quotes, is read in one go.
  for (let p = s.pos; ; ) {
    if (p >= end || codes[p] !== SEMI || count === max) break;
    const nameFrom = p + 1;
    const nameEnd = runEnd(codes, nameFrom, end, TOKEN);
    if (nameEnd === nameFrom) break;
    let value: string | undefined;
    p = nameEnd;
    if (p < end) {
      const code = codes[p] as number;
      if (code === EQUAL) {
        p = runEnd(codes, nameEnd + 1, end, TOKEN);
        if (p === nameEnd + 1) break;
        if (p < end && codes[p] !== SEMI && codes[p] !== 0x2c) break;
        value = text.slice(nameEnd + 1, p);
      } else if (code !== SEMI && code !== 0x2c) break;
    }
    const param: Param = { name: text.slice(nameFrom, nameEnd), value, quoted: undefined };
    params = added(params, param);
    count++;
    s.pos = p;
  }
  if (s.pos === end || codes[s.pos] === 0x2c) return params ?? NO_PARAMS;
  return scanMoreParams(s, params ?? [], rule, clause, special);
}

/** Behind what is of the usual shape. */
function scanMoreParams(
  s: Scanner,
  params: Param[],
  rule: string,
  clause: ClauseId,
  special: ((s: Scanner) => Param | undefined) | undefined,
): readonly Param[] | undefined {
  while (takeSeparator(s, SEMI)) {
    if (params.length === s.limits.params) {
      return s.fail('limit', rule, clause, `at most ${s.limits.params} parameters`);
    }
    const param = special?.(s) ?? scanParam(s);
    if (param === undefined) return undefined;
    params.push(param);
  }
  return params;
}

export function scanParam(s: Scanner): Param | undefined {
  const { codes, end, pos } = s;
  const nameEnd = runEnd(codes, pos, end, TOKEN);
  s.pos = nameEnd;
  if (nameEnd === pos) return s.unexpected('generic-param', CLAUSE);
  const name = s.text.slice(pos, nameEnd);
  if (!takeSeparator(s, EQUAL)) return { name, value: undefined, quoted: undefined };
  const from = s.pos;
  const to = runEnd(codes, from, end, TOKEN);
  if (to === from) return scanUnusualValue(s, name);
  s.pos = to;
  return { name, value: s.text.slice(from, to), quoted: undefined };
}

/** A value that is no token. */
function scanUnusualValue(s: Scanner, name: string): Param | undefined {
  const next = s.peek();
  if (next !== 0x22 && next !== 0x5b) return s.unexpected('gen-value', CLAUSE);
  const quoted = next === 0x22;
  const value = quoted ? scanQuotedString(s) : scanHost(s);
  return value === undefined ? undefined : { name, value, quoted: quoted ? true : undefined };
}

/** The first parameter of the name, whatever its case. */
export function findParam(params: readonly Param[], name: string): Param | undefined {
  for (let i = 0; i < params.length; i++) {
    const param = params[i] as Param;
    if (sameText(param.name, name)) return param;
  }
  return undefined;
}

/** Refuses a second parameter of a name that its header defines once (RFC 3261 7.3.1). */
export function onlyOnce(s: Scanner, params: readonly Param[], name: string, clause: ClauseId): boolean {
  let seen = false;
  for (let i = 0; i < params.length; i++) {
    if (!sameText((params[i] as Param).name, name)) continue;
    if (seen) {
      s.fail('duplicate', name, clause, `one ${name} parameter`);
      return false;
    }
    seen = true;
  }
  return true;
}

/**
 * Writes `;name=value …`, quoting where asked for or needed. `special` may write a value that is no token by a rule of
 * its own; it answers false where it has not. Throws EncodeError under `path`.
 */
export function writeParams(
  w: Writer,
  params: readonly Param[],
  path: string,
  clause: ClauseId = CLAUSE,
  special?: (w: Writer, param: Param) => boolean,
): void {
  for (let i = 0; i < params.length; i++) {
    const param = params[i] as Param;
    const { name, value } = param;
    w.code(SEMI);
    if (!w.run(name, TOKEN)) throw new EncodeError('a parameter name is a token', `${path}[${i}].name`, clause);
    if (value === undefined) continue;
    w.code(EQUAL);
    if (
      param.quoted !== true &&
      (w.run(value, TOKEN) || writeIPv6Reference(w, value) || special?.(w, param) === true)
    ) {
      continue;
    }
    quoteAt(w, value, path, i, clause);
  }
}

/** No path is put together for a value that is right. */
function quoteAt(w: Writer, value: string, path: string, i: number, clause: ClauseId): void {
  try {
    w.quoted(value, '', clause);
  } catch (error) {
    throw within(`${path}[${i}].value`, error);
  }
}

/** The text that `writeParams` writes. */
export function formatParams(params: readonly Param[], path: string, clause: ClauseId = CLAUSE): string {
  return params.length === 0 ? '' : written((w) => writeParams(w, params, path, clause), params);
}

function writeIPv6Reference(w: Writer, value: string): boolean {
  return typeof value === 'string' && value.charCodeAt(0) === 0x5b && writeHost(w, value);
}

/** Whether a code may stand in a token; what a scan needs to tell a bare token from what else a value may be. */
export function isTokenCode(code: number): boolean {
  return code >= 0 && ((CLASS[code] as number) & TOKEN) !== 0;
}
