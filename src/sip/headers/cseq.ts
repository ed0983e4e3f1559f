/*
 *   CSeq  =  "CSeq" HCOLON 1*DIGIT LWS Method               below 2**31, RFC 3261 20.16 and 8.1.1.5
 */
import { type FieldCodec, fieldCodec } from '../../core/codec.ts';
import type { ClauseId } from '../../core/error.ts';
import { scanNumber, scanToken } from '../../core/scan.ts';
import type { Scanner } from '../../core/scanner.ts';
import { whole } from '../../core/write.ts';

const CLAUSE: ClauseId = 'RFC3261-20.16';
const MAX = 0x7fff_ffff;

/** The place of a request in its dialog. */
export interface Cseq {
  readonly number: number;
  /** As spelt: methods compare with case. */
  readonly method: string;
}

export const cseq: FieldCodec<Cseq> = /* @__PURE__ */ fieldCodec<Cseq>({
  name: 'CSeq',
  rule: 'CSeq',
  clause: CLAUSE,
  scan,
  write(w, { number, method }) {
    w.number(whole(number, 0, MAX, 'number', CLAUSE));
    w.code(0x20);
    w.token(method, 'method', CLAUSE);
  },
});

function scan(s: Scanner): Cseq | undefined {
  const number = scanNumber(s, MAX, 'CSeq', CLAUSE);
  if (number < 0) return undefined;
  const from = s.pos;
  s.skipWsp();
  if (s.pos === from) return s.unexpected('CSeq', CLAUSE, 'a blank');
  const method = scanToken(s, 'Method');
  return method === undefined ? undefined : { number, method };
}
