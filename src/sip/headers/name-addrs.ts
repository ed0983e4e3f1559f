/*
 *   From, To             =  ( name-addr / addr-spec ) *( SEMI ( tag-param / generic-param ) )     RFC 3261 25.1
 *   tag-param            =  "tag" EQUAL token
 *   Reply-To             =  ( name-addr / addr-spec ) *( SEMI generic-param )
 *   Refer-To             =  the same                                                              RFC 3515 2.1
 *   Referred-By          =  the same; its cid parameter is a generic-param                        RFC 3892 3
 *   Route, Record-Route  =  name-addr *( SEMI rr-param ) *( COMMA … )                             RFC 3261 25.1
 *   Service-Route, Path  =  the same                                                              RFC 3608 5, RFC 3327 4
 *   PAssertedID-value    =  name-addr / addr-spec                comma list, RFC 3325 9.1; PPreferredID-value, 9.2
 *
 * Headers that hold addresses and nothing else.
 */
import { type FieldCodec, fieldCodec, listCodec } from '../../core/codec.ts';
import { type ClauseId, EncodeError } from '../../core/error.ts';
import { findParam, onlyOnce, type Param } from '../../core/params.ts';
import { scanList, scanQuotedString } from '../../core/scan.ts';
import type { Scanner } from '../../core/scanner.ts';
import { sameText } from '../../core/text.ts';
import type { Writer } from '../../core/writer.ts';
import { type NameAddr, scanNameAddr, scanRouteAddr, writeNameAddr } from '../name-addr.ts';
import { writeList } from './comma-list.ts';

const TAG: ClauseId = 'RFC3261-19.3';

/** Who sends. A tag stands once and is not empty. */
export const from: FieldCodec<NameAddr> = /* @__PURE__ */ taggedField('From', 'RFC3261-20.20', 'f');

/** For whom. A tag stands once and is not empty. */
export const to: FieldCodec<NameAddr> = /* @__PURE__ */ taggedField('To', 'RFC3261-20.39', 't');

export const replyTo: FieldCodec<NameAddr> = /* @__PURE__ */ addressField('Reply-To', 'RFC3261-20.31');

export const referTo: FieldCodec<NameAddr> = /* @__PURE__ */ addressField('Refer-To', 'RFC3515-2.1', 'r');

export const referredBy: FieldCodec<NameAddr> = /* @__PURE__ */ addressField('Referred-By', 'RFC3892-3', 'b');

export const route: FieldCodec<readonly NameAddr[]> = /* @__PURE__ */ routeList('Route', 'RFC3261-20.34');

export const recordRoute: FieldCodec<readonly NameAddr[]> = /* @__PURE__ */ routeList('Record-Route', 'RFC3261-20.30');

export const serviceRoute: FieldCodec<readonly NameAddr[]> = /* @__PURE__ */ routeList('Service-Route', 'RFC3608-5');

export const path: FieldCodec<readonly NameAddr[]> = /* @__PURE__ */ routeList('Path', 'RFC3327-4');

/** The identity that the client wishes to be asserted. Addresses have no parameters here. @duty PM-10-IMS (parse) */
export const pPreferredIdentity: FieldCodec<readonly NameAddr[]> = /* @__PURE__ */ identityList(
  'P-Preferred-Identity',
  'PPreferredID-value',
  'RFC3325-9.2',
);

/** The identity that the network vouches for. Addresses have no parameters here. */
export const pAssertedIdentity: FieldCodec<readonly NameAddr[]> = /* @__PURE__ */ identityList(
  'P-Asserted-Identity',
  'PAssertedID-value',
  'RFC3325-9.1',
);

/** The tag of a From or To value. */
export function tagOf(value: NameAddr): string | undefined {
  return findParam(value.params, 'tag')?.value;
}

function taggedField(name: string, clause: ClauseId, compact: string): FieldCodec<NameAddr> {
  return fieldCodec<NameAddr>({
    name,
    compact,
    rule: name,
    clause,
    scan(s) {
      const value = scanNameAddr(s);
      return value === undefined || !hasSoundTag(s, value.params) ? undefined : value;
    },
    write(w, value) {
      let tags = 0;
      for (const param of value.params) {
        if (!sameText(param.name, 'tag')) continue;
        if (++tags > 1) throw new EncodeError('a second tag', 'params', TAG);
        if (!param.value) throw new EncodeError('an empty tag', 'params', TAG);
      }
      writeNameAddr(w, value, clause);
    },
  });
}

function hasSoundTag(s: Scanner, params: readonly Param[]): boolean {
  if (params.length === 0) return true;
  if (!onlyOnce(s, params, 'tag', TAG)) return false;
  const tag = findParam(params, 'tag');
  if (tag === undefined || tag.value) return true;
  s.fail('missing', 'tag-param', TAG, 'a value');
  return false;
}

function addressField(name: string, clause: ClauseId, compact?: string): FieldCodec<NameAddr> {
  return fieldCodec<NameAddr>({
    name,
    ...(compact === undefined ? {} : { compact }),
    rule: name,
    clause,
    scan: scanNameAddr,
    write: (w, value) => writeNameAddr(w, value, clause),
  });
}

function routeList(name: string, clause: ClauseId): FieldCodec<readonly NameAddr[]> {
  const writeRouteAddr = (w: Writer, value: NameAddr): void => writeNameAddr(w, value, clause);
  return listCodec<NameAddr>({
    name,
    rule: name,
    clause,
    scan: (s) => scanList(s, scanRouteAddr),
    write: (w, values) => writeList(w, values, name, clause, writeRouteAddr),
  });
}

function identityList(name: string, rule: string, clause: ClauseId): FieldCodec<readonly NameAddr[]> {
  const scanIdentity = (s: Scanner): NameAddr | undefined => {
    const begin = s.pos;
    const value = scanNameAddr(s);
    if (value === undefined || value.params.length === 0) return value;
    return s.fail('syntax', rule, clause, 'no parameters', findParams(s, begin));
  };
  const writeIdentity = (w: Writer, value: NameAddr): void => {
    if (value.params.length > 0) throw new EncodeError('no parameters may follow', 'params', clause);
    writeNameAddr(w, value, clause);
  };
  return listCodec<NameAddr>({
    name,
    rule: name,
    clause,
    scan: (s) => scanList(s, scanIdentity),
    write: (w, values) => writeList(w, values, name, clause, writeIdentity),
  });
}

/** Where the parameters of the address at `begin` start: the first semicolon outside quotes and brackets. */
function findParams(s: Scanner, begin: number): number {
  const { codes, end } = s;
  s.pos = begin;
  if (codes[begin] === 0x22) scanQuotedString(s);
  let inside = false;
  let p = s.pos;
  while (p < end && (inside || codes[p] !== 0x3b)) {
    if (codes[p] === 0x3c) inside = true;
    else if (codes[p] === 0x3e) inside = false;
    p++;
  }
  return p;
}
