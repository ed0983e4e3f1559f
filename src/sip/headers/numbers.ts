/*
 *   Max-Forwards    =  "Max-Forwards" HCOLON 1*DIGIT            0 to 255, RFC 3261 20.22
 *   Content-Length  =  ( "Content-Length" / "l" ) HCOLON 1*DIGIT                     RFC 3261 20.14
 *   Expires         =  "Expires" HCOLON delta-seconds           0 to 2**32-1, RFC 3261 20.19
 *   Min-Expires     =  "Min-Expires" HCOLON delta-seconds       0 to 2**32-1, RFC 3261 20.23
 *
 * Headers whose value is one number.
 */
import { type FieldCodec, fieldCodec } from '../../core/codec.ts';
import type { ClauseId } from '../../core/error.ts';
import { scanNumber } from '../../core/scan.ts';
import { whole } from '../../core/write.ts';

/** Hops that the request may still take. */
export const maxForwards: FieldCodec<number> = /* @__PURE__ */ numberField('Max-Forwards', 255, 'RFC3261-20.22');

/** Octets of the body. */
export const contentLength: FieldCodec<number> = /* @__PURE__ */ numberField(
  'Content-Length',
  Number.MAX_SAFE_INTEGER,
  'RFC3261-20.14',
  'l',
);

/** Seconds. */
export const expires: FieldCodec<number> = /* @__PURE__ */ numberField('Expires', 0xffff_ffff, 'RFC3261-20.19');

/** Seconds: the shortest time for which the server keeps a registration. */
export const minExpires: FieldCodec<number> = /* @__PURE__ */ numberField('Min-Expires', 0xffff_ffff, 'RFC3261-20.23');

function numberField(name: string, max: number, clause: ClauseId, compact?: string): FieldCodec<number> {
  return fieldCodec<number>({
    name,
    rule: name,
    clause,
    ...(compact === undefined ? {} : { compact }),
    scan(s) {
      const value = scanNumber(s, max, name, clause);
      return value < 0 ? undefined : value;
    },
    write: (w, value) => w.number(whole(value, 0, max, name, clause)),
  });
}
