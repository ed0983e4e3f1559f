/*
 *   Session-Expires  =  ("Session-Expires" / "x") HCOLON delta-seconds *(SEMI se-params)       RFC 4028 4
 *   se-params        =  refresher-param / generic-param
 *   refresher-param  =  "refresher" EQUAL ("uas" / "uac")
 *   Min-SE           =  "Min-SE" HCOLON delta-seconds *(SEMI generic-param)                    RFC 4028 5
 *
 * Seconds with parameters. Below 90 seconds a Min-SE is wrong (section 5), but it must be readable to be answered.
 */
import { type FieldCodec, fieldCodec } from '../../core/codec.ts';
import type { ClauseId } from '../../core/error.ts';
import { findParam, onlyOnce, type Param, scanParams, writeParams } from '../../core/params.ts';
import { scanNumber } from '../../core/scan.ts';
import type { Scanner } from '../../core/scanner.ts';
import { sameText } from '../../core/text.ts';
import { whole } from '../../core/write.ts';
import type { Writer } from '../../core/writer.ts';

const MAX_DELTA_SECONDS = 0xffff_ffff;

/** How long a session lives unless it is refreshed. */
export interface SessionExpires {
  /** Seconds. */
  readonly seconds: number;
  readonly params: readonly Param[];
}

/** @duty LM-G7 (parse) */
export const sessionExpires: FieldCodec<SessionExpires> = /* @__PURE__ */ fieldCodec<SessionExpires>({
  name: 'Session-Expires',
  compact: 'x',
  rule: 'Session-Expires',
  clause: 'RFC4028-4',
  scan: scanSessionExpires,
  write: (w, value) => writeSeconds(w, value, 'RFC4028-4'),
});

/** The shortest session interval that whoever wrote it accepts. */
export interface MinSE {
  /** Seconds. */
  readonly seconds: number;
  readonly params: readonly Param[];
}

export const minSE: FieldCodec<MinSE> = /* @__PURE__ */ fieldCodec<MinSE>({
  name: 'Min-SE',
  rule: 'Min-SE',
  clause: 'RFC4028-5',
  scan: (s) => scanSeconds(s, 'RFC4028-5'),
  write: (w, value) => writeSeconds(w, value, 'RFC4028-5'),
});

/** Who shall refresh the session, where the value says so. */
export function refresher(value: SessionExpires): 'uac' | 'uas' | undefined {
  const param = findParam(value.params, 'refresher')?.value;
  if (param === undefined) return undefined;
  return sameText(param, 'uac') ? 'uac' : sameText(param, 'uas') ? 'uas' : undefined;
}

function scanSessionExpires(s: Scanner): SessionExpires | undefined {
  const value = scanSeconds(s, 'RFC4028-4');
  if (value === undefined || !onlyOnce(s, value.params, 'refresher', 'RFC4028-4')) return undefined;
  return value;
}

function scanSeconds(s: Scanner, clause: ClauseId): SessionExpires | undefined {
  const seconds = scanNumber(s, MAX_DELTA_SECONDS, 'delta-seconds', clause);
  if (seconds < 0) return undefined;
  const params = scanParams(s);
  return params === undefined ? undefined : { seconds, params };
}

function writeSeconds(w: Writer, { seconds, params }: SessionExpires, clause: ClauseId): void {
  w.number(whole(seconds, 0, MAX_DELTA_SECONDS, 'seconds', clause));
  writeParams(w, params, 'params', clause);
}
