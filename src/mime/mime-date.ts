/*
 *   date-time    =  [ day-of-week "," ] day month year hour ":" minute [ ":" second ] zone      RFC 5322 3.3
 *   day-of-week  =  "Mon" / "Tue" / …           month  =  "Jan" / "Feb" / …
 *   zone         =  "GMT" / "UT" / "+0000" / "-0000"                          in GMT alone, RFC 4483 5.7
 *
 * The day may have one digit. Months may be spelt out, as in the examples of RFC 4483 ("24 June 2002"); a weekday that
 * is not the date's is let through, as in another one of them. A date is a moment: milliseconds since 1970 in UTC.
 */

import { ALPHA, CLASS } from '../core/chars.ts';
import { type Codec, textCodec } from '../core/codec.ts';
import type { ClauseId } from '../core/error.ts';
import { scanNumber } from '../core/scan.ts';
import type { Scanner } from '../core/scanner.ts';
import { asciiLower } from '../core/text.ts';
import { whole } from '../core/write.ts';

const CLAUSE: ClauseId = 'RFC4483-5.7';
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const MONTHS = [
  ...['january', 'february', 'march', 'april', 'may', 'june'],
  ...['july', 'august', 'september', 'october', 'november', 'december'],
];
/** The years 0000 to 9999. */
const MIN = -62_167_219_200_000;
const MAX = 253_402_300_799_000;

/** A moment as `Mon, 24 Jun 2002 09:00:00 GMT`; in milliseconds since 1970-01-01T00:00:00Z, whole seconds. */
export const mimeDate: Codec<number> = /* @__PURE__ */ textCodec<number>({
  name: 'date-time',
  rule: 'date-time',
  clause: CLAUSE,
  scan,
  format(value) {
    const seconds = whole(value / 1000, MIN / 1000, MAX / 1000, 'date-time', CLAUSE);
    return new Date(seconds * 1000).toUTCString();
  },
});

function scan(s: Scanner): number | undefined {
  s.skipWsp();
  if (isLetter(s.peek())) {
    const at = s.pos;
    if (!DAYS.includes(word(s))) return s.fail('syntax', 'day-of-week', CLAUSE, 'Mon to Sun', at);
    if (!s.take(0x2c)) return s.unexpected('date-time', CLAUSE, ',');
    s.skipWsp();
  }
  const dayAt = s.pos;
  const day = digits(s, 1, 2, 31, 'day');
  if (day < 0 || !blank(s)) return undefined;
  const monthAt = s.pos;
  const name = word(s);
  const month = MONTHS.findIndex((full) => full === name || full.slice(0, 3) === name);
  if (month < 0) return s.fail('syntax', 'month', CLAUSE, 'Jan to Dec', monthAt);
  if (!blank(s)) return undefined;
  const year = digits(s, 4, 4, 9999, 'year');
  if (year < 0 || !blank(s)) return undefined;
  const hour = digits(s, 2, 2, 23, 'hour');
  if (hour < 0 || !colon(s)) return undefined;
  const minute = digits(s, 2, 2, 59, 'minute');
  if (minute < 0) return undefined;
  const second = s.take(0x3a) ? digits(s, 2, 2, 59, 'second') : 0;
  if (second < 0 || !blank(s) || !takeZone(s)) return undefined;
  s.skipWsp();
  const moment = new Date(0);
  moment.setUTCFullYear(year, month, day); // Date.UTC takes years below 100 for 19xx
  if (moment.getUTCDate() !== day) return s.fail('range', 'day', CLAUSE, 'a day that the month has', dayAt);
  return moment.setUTCHours(hour, minute, second);
}

function isLetter(code: number): boolean {
  return code >= 0 && ((CLASS[code] as number) & ALPHA) !== 0;
}

function word(s: Scanner): string {
  const { pos } = s;
  while (isLetter(s.peek())) s.pos++;
  return asciiLower(s.text.slice(pos, s.pos));
}

function digits(s: Scanner, min: number, max: number, limit: number, rule: string): number {
  const { pos } = s;
  const value = scanNumber(s, limit, rule, CLAUSE);
  const count = s.pos - pos;
  if (value < 0 || (count >= min && count <= max)) return value;
  s.fail('syntax', rule, CLAUSE, min === max ? `${min} digits` : `${min} or ${max} digits`, pos);
  return -1;
}

function blank(s: Scanner): boolean {
  const { pos } = s;
  s.skipWsp();
  if (s.pos === pos) s.unexpected('date-time', CLAUSE, 'a blank');
  return s.pos > pos;
}

function colon(s: Scanner): boolean {
  if (s.take(0x3a)) return true;
  s.unexpected('time-of-day', CLAUSE, ':');
  return false;
}

function takeZone(s: Scanner): boolean {
  const { pos } = s;
  if (isLetter(s.peek())) {
    const name = word(s);
    if (name === 'gmt' || name === 'ut') return true;
  } else if ((s.peek() === 0x2b || s.peek() === 0x2d) && s.text.startsWith('0000', pos + 1) && pos + 5 <= s.end) {
    s.pos = pos + 5;
    return true;
  }
  s.pos = pos;
  if (pos < s.end) s.fail('range', 'zone', CLAUSE, 'GMT');
  else s.unexpected('zone', CLAUSE, 'GMT');
  return false;
}
