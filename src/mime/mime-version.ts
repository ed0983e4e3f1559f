/*
 *   MIME-Version  =  "MIME-Version" HCOLON 1*DIGIT "." 1*DIGIT          RFC 3261 20.24, 25.1; RFC 2045 4
 *
 * The comments that RFC 2045 allows mail to have around the digits have no place here: in SIP only those headers have
 * comments whose rules name them (RFC 3261 25.1).
 */
import { type FieldCodec, fieldCodec } from '../core/codec.ts';
import type { ClauseId } from '../core/error.ts';
import { scanNumber } from '../core/scan.ts';
import type { Scanner } from '../core/scanner.ts';
import { whole } from '../core/write.ts';

const CLAUSE: ClauseId = 'RFC2045-4';
const MAX = Number.MAX_SAFE_INTEGER;

/** 1.0 is the only version there is. */
export interface MimeVersion {
  readonly major: number;
  readonly minor: number;
}

export const mimeVersion: FieldCodec<MimeVersion> = /* @__PURE__ */ fieldCodec<MimeVersion>({
  name: 'MIME-Version',
  rule: 'MIME-Version',
  clause: CLAUSE,
  scan,
  format: ({ major, minor }) => `${whole(major, 0, MAX, 'major', CLAUSE)}.${whole(minor, 0, MAX, 'minor', CLAUSE)}`,
});

function scan(s: Scanner): MimeVersion | undefined {
  const major = scanNumber(s, MAX, 'MIME-Version', CLAUSE);
  if (major < 0) return undefined;
  if (!s.take(0x2e)) return s.unexpected('MIME-Version', CLAUSE, '.');
  const minor = scanNumber(s, MAX, 'MIME-Version', CLAUSE);
  return minor < 0 ? undefined : { major, minor };
}
