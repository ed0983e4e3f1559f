/*
 *   Retry-After  =  "Retry-After" HCOLON delta-seconds [ comment ] *( SEMI retry-param )       RFC 3261 20.33, 25.1
 *   retry-param  =  ("duration" EQUAL delta-seconds) / generic-param
 *   comment      =  LPAREN *(ctext / quoted-pair / comment) RPAREN
 */
import { type FieldCodec, fieldCodec } from '../../core/codec.ts';
import { type ClauseId, EncodeError } from '../../core/error.ts';
import { formatParams, type Param, scanParams } from '../../core/params.ts';
import { scanComment, scanNumber } from '../../core/scan.ts';
import { open, type Scanner } from '../../core/scanner.ts';
import { whole } from '../../core/write.ts';

const CLAUSE: ClauseId = 'RFC3261-20.33';
const MAX_DELTA_SECONDS = 0xffff_ffff;

/** When to try again. `numberParam(params, 'duration')` reads for how many seconds the callee will be there then. */
export interface RetryAfter {
  /** Seconds. */
  readonly seconds: number;
  /** What stands between the parentheses, as written: quoted pairs and inner comments stay as they are. */
  readonly comment?: string | undefined;
  readonly params: readonly Param[];
}

export const retryAfter: FieldCodec<RetryAfter> = /* @__PURE__ */ fieldCodec<RetryAfter>({
  name: 'Retry-After',
  rule: 'Retry-After',
  clause: CLAUSE,
  scan,
  format({ seconds, comment, params }) {
    const time = whole(seconds, 0, MAX_DELTA_SECONDS, 'seconds', CLAUSE);
    return `${time}${comment === undefined ? '' : ` ${formatComment(comment)}`}${formatParams(params, 'params', CLAUSE)}`;
  },
});

function scan(s: Scanner): RetryAfter | undefined {
  const seconds = scanNumber(s, MAX_DELTA_SECONDS, 'delta-seconds', CLAUSE);
  if (seconds < 0) return undefined;
  const behind = s.pos;
  s.skipWsp();
  let comment: string | undefined;
  if (s.peek() !== 0x28) s.pos = behind;
  else {
    comment = scanComment(s)?.slice(1, -1);
    if (comment === undefined) return undefined;
  }
  const params = scanParams(s);
  return params === undefined ? undefined : { seconds, comment, params };
}

/** What is written must read as the same comment. */
function formatComment(comment: string): string {
  const text = `(${comment})`;
  const s = open(text, 'comment', CLAUSE, { limits: { field: text.length } });
  if (scanComment(s) !== undefined && s.pos === s.end) return text;
  throw new EncodeError(`${JSON.stringify(comment)} is no comment`, 'comment', CLAUSE);
}
