/*
 *   Reason            =  "Reason" HCOLON reason-value *(COMMA reason-value)          RFC 3326 2
 *   reason-value      =  protocol *(SEMI reason-params)
 *   protocol          =  "SIP" / "Q.850" / token
 *   reason-params     =  protocol-cause / reason-text / reason-extension
 *   protocol-cause    =  "cause" EQUAL cause                                         cause = 1*DIGIT
 *   reason-text       =  "text" EQUAL quoted-string
 *   reason-extension  =  generic-param
 */
import { type FieldCodec, listCodec } from '../../core/codec.ts';
import type { ClauseId } from '../../core/error.ts';
import { formatParams, type Param, scanParams } from '../../core/params.ts';
import { scanList, scanToken } from '../../core/scan.ts';
import type { Scanner } from '../../core/scanner.ts';
import { token } from '../../core/write.ts';
import { formatList } from './comma-list.ts';

const CLAUSE: ClauseId = 'RFC3326-2';

/** Why a request was sent. `numberParam(params, 'cause')` reads the cause, `findParam(params, 'text')` the text. */
export interface Reason {
  readonly protocol: string;
  readonly params: readonly Param[];
}

export const reason: FieldCodec<readonly Reason[]> = /* @__PURE__ */ listCodec<Reason>({
  name: 'Reason',
  rule: 'Reason',
  clause: CLAUSE,
  scan: (s) => scanList(s, scanReason),
  format: (value) => formatList(value, 'Reason', CLAUSE, formatReason),
});

function scanReason(s: Scanner): Reason | undefined {
  const protocol = scanToken(s, 'protocol');
  if (protocol === undefined) return undefined;
  const params = scanParams(s);
  return params === undefined ? undefined : { protocol, params };
}

function formatReason({ protocol, params }: Reason): string {
  return token(protocol, 'protocol', CLAUSE) + formatParams(params, 'params', CLAUSE);
}
