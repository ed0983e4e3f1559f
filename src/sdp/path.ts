/*
 *   path       =  path-label ":" path-list                                                  RFC 4975 8.2, 9
 *   path-list  =  MSRP-URI *(SP MSRP-URI)
 */
import { textCodec } from '../core/codec.ts';
import { type ClauseId, EncodeError, within } from '../core/error.ts';
import type { Scanner } from '../core/scanner.ts';
import { formatMsrpUri, type MsrpUri, scanMsrpUri } from '../msrp/uri.ts';
import type { SdpCodec } from './access.ts';

const CLAUSE: ClauseId = 'RFC4975-8.2';

/** The URIs by which an endpoint is reached: the adjacent hop first, the endpoint itself last. */
export const path: SdpCodec<readonly MsrpUri[]> = /* @__PURE__ */ textCodec<readonly MsrpUri[]>({
  name: 'path',
  rule: 'path-list',
  clause: CLAUSE,
  scan,
  format,
});

function scan(s: Scanner): readonly MsrpUri[] | undefined {
  const uris: MsrpUri[] = [];
  do {
    if (uris.length === s.limits.params) {
      return s.fail('limit', 'path-list', CLAUSE, `at most ${s.limits.params} URIs`);
    }
    const uri = scanMsrpUri(s);
    if (uri === undefined) return undefined;
    uris.push(uri);
  } while (s.take(0x20));
  return uris;
}

function format(uris: readonly MsrpUri[]): string {
  if (uris.length === 0) throw new EncodeError('a path has at least one URI', '', CLAUSE);
  return uris.map(formatAt).join(' ');
}

function formatAt(uri: MsrpUri, i: number): string {
  try {
    return formatMsrpUri(uri);
  } catch (error) {
    throw within(`[${i}]`, error);
  }
}
