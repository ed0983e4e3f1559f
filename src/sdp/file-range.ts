/*
 *   file-range-attr  =  "file-range:" start-offset "-" stop-offset                          RFC 5547 6
 *   start-offset     =  integer              stop-offset  =  integer / "*"
 */
import { textCodec } from '../core/codec.ts';
import type { ClauseId } from '../core/error.ts';
import type { SdpCodec } from './access.ts';
import { formatInteger, scanInteger } from './numbers.ts';

const CLAUSE: ClauseId = 'RFC5547-6';

/** The octets of a file that are transferred, the first of all being 1. */
export interface FileRange {
  readonly start: number;
  /** The last octet of the range; absent where it is not known. */
  readonly stop?: number | undefined;
}

export const fileRange: SdpCodec<FileRange> = /* @__PURE__ */ textCodec<FileRange>({
  name: 'file-range',
  rule: 'file-range-attr',
  clause: CLAUSE,
  scan(s) {
    const start = scanInteger(s, 'start-offset', CLAUSE);
    if (start < 0) return undefined;
    if (!s.take(0x2d)) return s.unexpected('file-range-attr', CLAUSE, '-');
    const stop = s.take(0x2a) ? undefined : scanInteger(s, 'stop-offset', CLAUSE);
    return stop !== undefined && stop < 0 ? undefined : { start, stop };
  },
  format: ({ start, stop }) =>
    `${formatInteger(start, 'start', CLAUSE)}-${stop === undefined ? '*' : formatInteger(stop, 'stop', CLAUSE)}`,
});
