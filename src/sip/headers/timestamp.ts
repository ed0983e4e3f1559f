/*
 *   Timestamp  =  "Timestamp" HCOLON 1*(DIGIT) [ "." *(DIGIT) ] [ LWS delay ]        RFC 3261 20.38, 25.1
 *   delay      =  *(DIGIT) [ "." *(DIGIT) ]
 *
 * Both are kept as written: the one who answers copies the time (RFC 3261 8.2.6.1), digit for digit.
 */

import { CLASS, DIGIT, WSP } from '../../core/chars.ts';
import { type FieldCodec, fieldCodec } from '../../core/codec.ts';
import { type ClauseId, EncodeError } from '../../core/error.ts';
import { open, type Scanner } from '../../core/scanner.ts';

const CLAUSE: ClauseId = 'RFC3261-20.38';

/** When the client sent a request, and how long the server waited before it answered. Seconds, as decimal digits. */
export interface Timestamp {
  readonly time: string;
  readonly delay?: string | undefined;
}

export const timestamp: FieldCodec<Timestamp> = /* @__PURE__ */ fieldCodec<Timestamp>({
  name: 'Timestamp',
  rule: 'Timestamp',
  clause: CLAUSE,
  scan,
  format: ({ time, delay }) =>
    delay === undefined ? decimal(time, 1, 'time') : `${decimal(time, 1, 'time')} ${decimal(delay, 0, 'delay')}`,
});

function scan(s: Scanner): Timestamp | undefined {
  const time = scanDecimal(s, 1);
  if (time === undefined) return undefined;
  if (s.pos === s.end) return { time, delay: undefined };
  if (((CLASS[s.codes[s.pos] as number] as number) & WSP) === 0) return s.unexpected('Timestamp', CLAUSE, 'a blank');
  s.skipWsp();
  const delay = scanDecimal(s, 0);
  return delay === undefined ? undefined : { time, delay: delay === '' ? undefined : delay };
}

/** At least `min` digits, and perhaps a point and more of them. */
function scanDecimal(s: Scanner, min: number): string | undefined {
  const { codes, end, pos } = s;
  let p = pos;
  while (p < end && ((CLASS[codes[p] as number] as number) & DIGIT) !== 0) p++;
  s.pos = p;
  if (p - pos < min) return s.unexpected('Timestamp', CLAUSE, 'a digit');
  if (p < end && codes[p] === 0x2e) {
    p++;
    while (p < end && ((CLASS[codes[p] as number] as number) & DIGIT) !== 0) p++;
    s.pos = p;
  }
  return s.text.slice(pos, p);
}

function decimal(text: string, min: number, path: string): string {
  const s = open(text, path, CLAUSE, undefined);
  if (s.error === undefined && text !== '' && scanDecimal(s, min) !== undefined && s.pos === s.end) return text;
  throw new EncodeError(`${JSON.stringify(text)} is no decimal number`, path, CLAUSE);
}
