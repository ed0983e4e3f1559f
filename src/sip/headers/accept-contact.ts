/*
 *   Accept-Contact  =  ("Accept-Contact" / "a") HCOLON ac-value *(COMMA ac-value)          RFC 3841 9.2, 10
 *   Reject-Contact  =  ("Reject-Contact" / "j") HCOLON rc-value *(COMMA rc-value)
 *   ac-value        =  "*" *(SEMI ac-params)             rc-value  =  "*" *(SEMI rc-params)
 *   ac-params       =  feature-param / req-param / explicit-param / generic-param
 *   rc-params       =  feature-param / generic-param
 *
 * All of these are generic-params; feature-params.ts reads the features.
 */
import { type FieldCodec, listCodec } from '../../core/codec.ts';
import type { ClauseId } from '../../core/error.ts';
import { findParam, isTokenCode, type Param, scanParam, scanParams, writeParams } from '../../core/params.ts';
import { scanList } from '../../core/scan.ts';
import type { Scanner } from '../../core/scanner.ts';
import type { Writer } from '../../core/writer.ts';
import { writeList } from './comma-list.ts';

const CLAUSE: ClauseId = 'RFC3841-9.2';

/** Features by which a recipient is chosen: what follows the star. */
export interface AcceptContact {
  readonly params: readonly Param[];
}

/** Features by which a recipient is avoided: what follows the star. */
export interface RejectContact {
  readonly params: readonly Param[];
}

/** A missing star can be tolerated (`accept-contact-star`). @duty PM-1, LM-G1 (parse) */
export const acceptContact: FieldCodec<readonly AcceptContact[]> = /* @__PURE__ */ listCodec<AcceptContact>({
  name: 'Accept-Contact',
  compact: 'a',
  rule: 'Accept-Contact',
  clause: CLAUSE,
  scan: (s) => scanList(s, scanAcValue),
  write: (w, values) => writeList(w, values, 'Accept-Contact', CLAUSE, writeValue),
});

export const rejectContact: FieldCodec<readonly RejectContact[]> = /* @__PURE__ */ listCodec<RejectContact>({
  name: 'Reject-Contact',
  compact: 'j',
  rule: 'Reject-Contact',
  clause: CLAUSE,
  scan: (s) => scanList(s, scanRcValue),
  write: (w, values) => writeList(w, values, 'Reject-Contact', CLAUSE, writeValue),
});

/** Whether a recipient without the features shall not get the request (RFC 3841 7.2.4). */
export function isRequired(value: AcceptContact): boolean {
  return findParam(value.params, 'require') !== undefined;
}

/** Whether a recipient has to name the features itself to score (RFC 3841 7.2.4). */
export function isExplicit(value: AcceptContact): boolean {
  return findParam(value.params, 'explicit') !== undefined;
}

function scanAcValue(s: Scanner): AcceptContact | undefined {
  const starless = s.pos < s.end && s.codes[s.pos] !== 0x2a && s.tolerates('accept-contact-star');
  return starless ? scanStarless(s) : scanStarred(s, 'ac-value');
}

function scanRcValue(s: Scanner): RejectContact | undefined {
  return scanStarred(s, 'rc-value');
}

function scanStarred(s: Scanner, rule: string): { readonly params: readonly Param[] } | undefined {
  if (!s.take(0x2a)) return s.unexpected(rule, CLAUSE, '*');
  const params = scanParams(s);
  return params === undefined ? undefined : { params };
}

/** The first parameter without a semicolon in front. */
function scanStarless(s: Scanner): AcceptContact | undefined {
  if (!isTokenCode(s.peek())) return s.unexpected('ac-value', CLAUSE, '*');
  s.note('accept-contact-star', CLAUSE);
  const first = scanParam(s);
  const rest = first === undefined ? undefined : scanParams(s);
  return first === undefined || rest === undefined ? undefined : { params: [first].concat(rest) };
}

function writeValue(w: Writer, { params }: { readonly params: readonly Param[] }): void {
  w.code(0x2a);
  writeParams(w, params, 'params', CLAUSE);
}
