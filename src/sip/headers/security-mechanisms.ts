/*
 *   security-client   =  "Security-Client" HCOLON sec-mechanism *(COMMA sec-mechanism)            RFC 3329 2.2
 *   security-server   =  "Security-Server" HCOLON sec-mechanism *(COMMA sec-mechanism)
 *   security-verify   =  "Security-Verify" HCOLON sec-mechanism *(COMMA sec-mechanism)
 *   sec-mechanism     =  mechanism-name *(SEMI mech-parameters)
 *   mechanism-name    =  ( "digest" / "tls" / "ipsec-ike" / "ipsec-man" / token )
 *   mech-parameters   =  ( preference / digest-algorithm / digest-qop / digest-verify / extension )
 *   preference        =  "q" EQUAL qvalue
 *   digest-algorithm  =  "d-alg" EQUAL token
 *   digest-qop        =  "d-qop" EQUAL token
 *   digest-verify     =  "d-ver" EQUAL LDQUOT 32LHEX RDQUOT
 *   extension         =  generic-param
 *
 * ipsec-3gpp and its parameters (appendix A) are a token and generic-params too.
 */
import { type FieldCodec, listCodec } from '../../core/codec.ts';
import type { ClauseId } from '../../core/error.ts';
import { findParam, formatParams, type Param, scanParams } from '../../core/params.ts';
import { scanList, scanToken } from '../../core/scan.ts';
import type { Scanner } from '../../core/scanner.ts';
import { token } from '../../core/write.ts';
import { formatList } from './comma-list.ts';

const CLAUSE: ClauseId = 'RFC3329-2.2';

/** One mechanism. `preference` reads its `q`, which no two mechanisms of a list may share. */
export interface SecurityMechanism {
  readonly mechanism: string;
  readonly params: readonly Param[];
}

/** What the client can do. */
export const securityClient: FieldCodec<readonly SecurityMechanism[]> =
  /* @__PURE__ */ mechanismsField('Security-Client');

/** What the server can do. */
export const securityServer: FieldCodec<readonly SecurityMechanism[]> =
  /* @__PURE__ */ mechanismsField('Security-Server');

/** The server's list as the client received it. @duty PM-10-IMS (parse) */
export const securityVerify: FieldCodec<readonly SecurityMechanism[]> =
  /* @__PURE__ */ mechanismsField('Security-Verify');

/** The `d-ver` of a mechanism: 32 hex digits in lower case, or `undefined` where there is no such value. */
export function digestVerify(mechanism: SecurityMechanism): string | undefined {
  const param = findParam(mechanism.params, 'd-ver');
  const value = param?.quoted === true ? param.value : undefined;
  return value !== undefined && /^[0-9a-f]{32}$/.test(value) ? value : undefined;
}

function mechanismsField(name: string): FieldCodec<readonly SecurityMechanism[]> {
  return listCodec<SecurityMechanism>({
    name,
    rule: name,
    clause: CLAUSE,
    scan: (s) => scanList(s, scanMechanism),
    format: (value) => formatList(value, name, CLAUSE, formatMechanism),
  });
}

function scanMechanism(s: Scanner): SecurityMechanism | undefined {
  const mechanism = scanToken(s, 'mechanism-name');
  if (mechanism === undefined) return undefined;
  const params = scanParams(s);
  return params === undefined ? undefined : { mechanism, params };
}

function formatMechanism({ mechanism, params }: SecurityMechanism): string {
  return token(mechanism, 'mechanism', CLAUSE) + formatParams(params, 'params', CLAUSE);
}
