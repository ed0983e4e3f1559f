/*
 *   Byte-Range   =  "Byte-Range:" SP range-start "-" range-end "/" total                 RFC 4975 9
 *   range-start  =  1*DIGIT
 *   range-end    =  1*DIGIT / "*"
 *   total        =  1*DIGIT / "*"
 *
 * The first octet of a message is number 1, and 1-0 is no octet at all (RFC 4975 7.1.1). A range that ends before it
 * begins otherwise, begins at 0, or reaches behind the total says nothing, and is refused.
 */
import { type FieldCodec, fieldCodec } from '../../core/codec.ts';
import { type ClauseId, EncodeError } from '../../core/error.ts';
import { scanNumber } from '../../core/scan.ts';
import type { Scanner } from '../../core/scanner.ts';
import { whole } from '../../core/write.ts';

const CLAUSE: ClauseId = 'RFC4975-7.1.1';
const MAX = Number.MAX_SAFE_INTEGER;

/** Which octets of the message a chunk has, or a report is about. */
export interface ByteRange {
  /** The number of the first octet, from 1. */
  readonly start: number;
  /** The number of the last octet; `*` where it was not known when the chunk began, or where the chunk may be cut short. */
  readonly end: number | '*';
  /** Octets of the whole message; `*` where that is not known. */
  readonly total: number | '*';
}

/** @duty LM-A2 (parse) */
export const byteRange: FieldCodec<ByteRange> = /* @__PURE__ */ fieldCodec<ByteRange>({
  name: 'Byte-Range',
  rule: 'Byte-Range',
  clause: 'RFC4975-9',
  scan: scanByteRange,
  format: formatByteRange,
});

function scanByteRange(s: Scanner): ByteRange | undefined {
  const from = s.pos;
  const start = scanNumber(s, MAX, 'range-start', 'RFC4975-9');
  if (start < 0) return undefined;
  if (!s.take(0x2d)) return s.unexpected('Byte-Range', 'RFC4975-9', '-');
  const end = scanNumberOrStar(s, 'range-end');
  if (end === undefined) return undefined;
  if (!s.take(0x2f)) return s.unexpected('Byte-Range', 'RFC4975-9', '/');
  const total = scanNumberOrStar(s, 'total');
  if (total === undefined) return undefined;
  const wrong = rangeError(start, end, total);
  return wrong === undefined ? { start, end, total } : s.fail('range', 'Byte-Range', CLAUSE, wrong, from);
}

function scanNumberOrStar(s: Scanner, rule: string): number | '*' | undefined {
  if (s.take(0x2a)) return '*';
  const value = scanNumber(s, MAX, rule, 'RFC4975-9');
  return value < 0 ? undefined : value;
}

/** What would have been right; `undefined` where all is. */
function rangeError(start: number, end: number | '*', total: number | '*'): string | undefined {
  if (start === 0) return 'a range that begins at 1';
  if (end !== '*' && end < start && (start !== 1 || end !== 0)) return 'a range that ends behind its beginning';
  const last = end === '*' ? start - 1 : end; // a chunk that may be cut short may have nothing behind the last octet
  return total !== '*' && last > total ? 'a range within the total' : undefined;
}

function formatByteRange({ start, end, total }: ByteRange): string {
  const range = `${whole(start, 0, MAX, 'start', CLAUSE)}-${numberOrStar(end, 'end')}/${numberOrStar(total, 'total')}`;
  const wrong = rangeError(start, end, total);
  if (wrong === undefined) return range;
  throw new EncodeError(`${range} is no Byte-Range: ${wrong}`, '', CLAUSE);
}

function numberOrStar(value: number | '*', path: string): number | '*' {
  return value === '*' ? value : whole(value, 0, MAX, path, CLAUSE);
}
