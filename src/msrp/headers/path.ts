/*
 *   To-Path    =  "To-Path:" SP MSRP-URI *( SP MSRP-URI )                                RFC 4975 9
 *   From-Path  =  "From-Path:" SP MSRP-URI *( SP MSRP-URI )
 *
 * The way that a message goes and has gone: relays first, the one that is meant last; one URI without relays.
 */
import { type FieldCodec, fieldCodec } from '../../core/codec.ts';
import { type ClauseId, EncodeError, within } from '../../core/error.ts';
import type { Scanner } from '../../core/scanner.ts';
import { formatMsrpUri, type MsrpUri, scanMsrpUri } from '../uri.ts';

const CLAUSE: ClauseId = 'RFC4975-9';

/** @duty LM-A2 (parse) */
export const toPath: FieldCodec<readonly MsrpUri[]> = /* @__PURE__ */ pathField('To-Path');

/** @duty LM-A2 (parse) */
export const fromPath: FieldCodec<readonly MsrpUri[]> = /* @__PURE__ */ pathField('From-Path');

function pathField(name: string): FieldCodec<readonly MsrpUri[]> {
  return fieldCodec<readonly MsrpUri[]>({ name, rule: name, clause: CLAUSE, scan: scanPath, format: formatPath });
}

function scanPath(s: Scanner): readonly MsrpUri[] | undefined {
  const first = scanMsrpUri(s);
  if (first === undefined) return undefined;
  const path = [first];
  while (s.take(0x20)) {
    const next = scanMsrpUri(s);
    if (next === undefined) return undefined;
    path.push(next);
  }
  return path;
}

function formatPath(path: readonly MsrpUri[]): string {
  if (path.length === 0) throw new EncodeError('a path has at least one URI', '', CLAUSE);
  return path.map(formatHop).join(' ');
}

function formatHop(uri: MsrpUri, i: number): string {
  try {
    return formatMsrpUri(uri);
  } catch (error) {
    throw within(`[${i}]`, error);
  }
}
