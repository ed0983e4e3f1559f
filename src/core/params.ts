/*
 *   generic-param  =  token [ EQUAL gen-value ]                        RFC 3261 25.1
 *   gen-value      =  token / host / quoted-string
 *   SEMI           =  SWS ";" SWS          EQUAL  =  SWS "=" SWS
 *
 * A host that is no token is an IPv6 literal in brackets.
 */
import { allOf, CLASS, TOKEN } from './chars.ts';
import { type ClauseId, EncodeError } from './error.ts';
import { scanHost } from './host.ts';
import { scanQuotedString, scanToken, takeSeparator } from './scan.ts';
import { open, type Scanner } from './scanner.ts';
import { sameText } from './text.ts';
import { quote } from './write.ts';

const CLAUSE: ClauseId = 'RFC3261-25.1';

/** One parameter. Order, duplicates and spelling are kept in the list that holds it. */
export interface Param {
  readonly name: string;
  /** Without its quotes and with its quoted pairs resolved; absent where there is no "=". */
  readonly value?: string | undefined;
  /** Whether the value stood, or shall stand, in quotes. A value that is no token is quoted in any case. */
  readonly quoted?: boolean | undefined;
}

const NO_PARAMS: readonly Param[] = Object.freeze([]);

/** *( SEMI generic-param ) */
export function scanParams(s: Scanner): readonly Param[] | undefined {
  if (s.pos === s.end || !takeSeparator(s, 0x3b)) return NO_PARAMS;
  if (s.limits.params === 0) return s.fail('limit', 'generic-param', CLAUSE, 'no parameter');
  const first = scanParam(s);
  if (first === undefined) return undefined;
  const params = [first];
  while (takeSeparator(s, 0x3b)) {
    if (params.length === s.limits.params) {
      return s.fail('limit', 'generic-param', CLAUSE, `at most ${s.limits.params} parameters`);
    }
    const param = scanParam(s);
    if (param === undefined) return undefined;
    params.push(param);
  }
  return params;
}

export function scanParam(s: Scanner): Param | undefined {
  const name = scanToken(s, 'generic-param');
  if (name === undefined) return undefined;
  if (!takeSeparator(s, 0x3d)) return { name, value: undefined, quoted: undefined };
  const next = s.peek();
  const quoted = next === 0x22;
  const value = quoted ? scanQuotedString(s) : next === 0x5b ? scanHost(s) : scanToken(s, 'gen-value');
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

/** Writes `;name=value …`, quoting where asked for or needed. Throws EncodeError under `path`. */
export function formatParams(params: readonly Param[], path: string, clause: ClauseId = CLAUSE): string {
  let text = '';
  for (let i = 0; i < params.length; i++) {
    const { name, value, quoted } = params[i] as Param;
    if (!allOf(name, TOKEN)) throw new EncodeError('a parameter name is a token', `${path}[${i}].name`, clause);
    if (value === undefined) text += `;${name}`;
    else if (quoted !== true && allOf(value, TOKEN)) text += `;${name}=${value}`;
    else if (quoted !== true && isIPv6Reference(value)) text += `;${name}=${value}`;
    else text += `;${name}=${quote(value, `${path}[${i}].value`, clause)}`;
  }
  return text;
}

function isIPv6Reference(value: string): boolean {
  if (value.charCodeAt(0) !== 0x5b) return false;
  const s = open(value, 'host', CLAUSE, undefined);
  return scanHost(s) !== undefined && s.pos === s.end;
}

/** Whether a code may stand in a token; what a scan needs to tell a bare token from what else a value may be. */
export function isTokenCode(code: number): boolean {
  return code >= 0 && ((CLASS[code] as number) & TOKEN) !== 0;
}
