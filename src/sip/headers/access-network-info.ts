/*
 *   P-Access-Network-Info  =  "P-Access-Network-Info" HCOLON access-net-spec *(COMMA access-net-spec)    RFC 7315 5.4
 *   access-net-spec        =  (access-type / access-class) *(SEMI access-info)
 *   access-type            =  "IEEE-802.11" / "3GPP-E-UTRAN-FDD" / … / token
 *   access-class           =  "3GPP-GERAN" / … / token
 *   access-info            =  cgi-3gpp / utran-cell-id-3gpp / … / np / extension-access-info
 *   np                     =  "network-provided"
 *   extension-access-info  =  gen-value                           and, by all that the section itself defines,
 *                                                                 generic-param
 *
 * The values of the known names are a token or a quoted-string, so each access-info is a parameter, or a value alone.
 */
import { allOf, TOKEN } from '../../core/chars.ts';
import { type FieldCodec, listCodec } from '../../core/codec.ts';
import { type ClauseId, EncodeError, within } from '../../core/error.ts';
import { scanHost } from '../../core/host.ts';
import { scanParam } from '../../core/params.ts';
import { added, scanList, scanQuotedString, scanToken, takeSeparator } from '../../core/scan.ts';
import type { Scanner } from '../../core/scanner.ts';
import { sameText } from '../../core/text.ts';
import { quote, token } from '../../core/write.ts';
import { formatHost } from '../uri.ts';
import { formatList } from './comma-list.ts';

const CLAUSE: ClauseId = 'RFC7315-5.4';

/** One piece of information about the access: a parameter, or a quoted string or IPv6 literal without a name. */
export interface AccessInfo {
  readonly name?: string | undefined;
  readonly value?: string | undefined;
  readonly quoted?: boolean | undefined;
}

/** One access network. */
export interface AccessNetwork {
  /** The access-type or access-class, as written: `3GPP-E-UTRAN-FDD`. */
  readonly access: string;
  readonly infos: readonly AccessInfo[];
}

/** @duty PM-10-IMS (parse) */
export const pAccessNetworkInfo: FieldCodec<readonly AccessNetwork[]> = /* @__PURE__ */ listCodec<AccessNetwork>({
  name: 'P-Access-Network-Info',
  rule: 'P-Access-Network-Info',
  clause: CLAUSE,
  scan: (s) => scanList(s, scanNetwork),
  format: (value) => formatList(value, 'P-Access-Network-Info', CLAUSE, formatNetwork),
});

/** Whether the network wrote this itself; what a client sends says nothing of the kind (RFC 7315 5.4). */
export function isNetworkProvided(network: AccessNetwork): boolean {
  return network.infos.some(({ name }) => name !== undefined && sameText(name, 'network-provided'));
}

const NO_INFOS: readonly AccessInfo[] = Object.freeze([]);

function scanNetwork(s: Scanner): AccessNetwork | undefined {
  const access = scanToken(s, 'access-type');
  if (access === undefined) return undefined;
  if (!takeSeparator(s, 0x3b)) return { access, infos: NO_INFOS };
  let infos: AccessInfo[] | undefined;
  do {
    if ((infos?.length ?? 0) === s.limits.params) {
      return s.fail('limit', 'access-info', CLAUSE, `at most ${s.limits.params} parameters`);
    }
    const info = scanInfo(s);
    if (info === undefined) return undefined;
    infos = added(infos, info);
  } while (takeSeparator(s, 0x3b));
  return { access, infos };
}

function scanInfo(s: Scanner): AccessInfo | undefined {
  const next = s.peek();
  if (next !== 0x22 && next !== 0x5b) return scanParam(s);
  const quoted = next === 0x22;
  const value = quoted ? scanQuotedString(s) : scanHost(s);
  return value === undefined ? undefined : { name: undefined, value, quoted: quoted ? true : undefined };
}

function formatNetwork({ access, infos }: AccessNetwork): string {
  let text = token(access, 'access', CLAUSE);
  let i = 0;
  try {
    for (; i < infos.length; i++) text += `;${formatInfo(infos[i] as AccessInfo)}`;
  } catch (error) {
    throw within(`infos[${i}]`, error);
  }
  return text;
}

function formatInfo({ name, value, quoted }: AccessInfo): string {
  const bare = value !== undefined && quoted !== true;
  if (name === undefined) {
    if (value === undefined) throw new EncodeError('neither name nor value', 'value', CLAUSE);
    // A bare token would be read as the name of a parameter.
    if (bare) return formatLiteral(value);
  } else {
    const left = token(name, 'name', CLAUSE);
    if (value === undefined) return left;
    if (bare && allOf(value, TOKEN)) return `${left}=${value}`;
    if (bare && value.startsWith('[')) return `${left}=${formatLiteral(value)}`;
    return `${left}=${quote(value, 'value', CLAUSE)}`;
  }
  return quote(value, 'value', CLAUSE);
}

function formatLiteral(value: string): string {
  if (value.startsWith('[')) return formatHost(value, 'value');
  throw new EncodeError('without a name a value is quoted or an IPv6 literal', 'value', CLAUSE);
}
