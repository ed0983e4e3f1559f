/*
 *   Date          =  "Date" HCOLON SIP-date                                          RFC 3261 20.17, 25.1
 *   SIP-date      =  rfc1123-date
 *   rfc1123-date  =  wkday "," SP date1 SP time SP "GMT"
 *   date1         =  2DIGIT SP month SP 4DIGIT                ; day month year (e.g., 02 Jun 1982)
 *   time          =  2DIGIT ":" 2DIGIT ":" 2DIGIT             ; 00:00:00 - 23:59:59
 *   wkday         =  "Mon" / "Tue" / "Wed" / "Thu" / "Fri" / "Sat" / "Sun"
 *   month         =  "Jan" / "Feb" / "Mar" / … / "Dec"
 *
 * Such a date is case-sensitive (20.17). A day that its month does not have, and a time out of its range, name no
 * moment and are refused; a weekday that is not the date's is kept.
 */
import { type FieldCodec, fieldCodec } from '../../core/codec.ts';
import { type ClauseId, EncodeError } from '../../core/error.ts';
import type { Scanner } from '../../core/scanner.ts';
import { whole } from '../../core/write.ts';

const CLAUSE: ClauseId = 'RFC3261-20.17';
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

export type Weekday = (typeof WEEKDAYS)[number];

/** A moment in GMT, to the second. */
export interface SipDate {
  /** As written; {@link sipDate} tells the right one. */
  readonly weekday: Weekday;
  /** 1 to 31. */
  readonly day: number;
  /** 1 to 12. */
  readonly month: number;
  /** 0 to 9999. */
  readonly year: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

export const date: FieldCodec<SipDate> = /* @__PURE__ */ fieldCodec<SipDate>({
  name: 'Date',
  rule: 'SIP-date',
  clause: CLAUSE,
  scan,
  format(value) {
    const { weekday, day, month, year, hour, minute, second } = value;
    if (!WEEKDAYS.includes(weekday)) throw new EncodeError(`${JSON.stringify(weekday)} is no wkday`, 'weekday', CLAUSE);
    const [yearText, monthName] = [number(year, 0, 9999, 'year', 4), MONTHS[whole(month, 1, 12, 'month', CLAUSE) - 1]];
    const dayText = number(day, 1, daysOf(month, year), 'day', 2);
    const time = `${number(hour, 0, 23, 'hour', 2)}:${number(minute, 0, 59, 'minute', 2)}:${number(second, 0, 59, 'second', 2)}`;
    return `${weekday}, ${dayText} ${monthName} ${yearText} ${time} GMT`;
  },
});

/** The moment in milliseconds since 1970-01-01T00:00:00Z. The weekday plays no part. */
export function epochMilliseconds(value: SipDate): number {
  const moment = new Date(0);
  moment.setUTCFullYear(value.year, value.month - 1, value.day); // Date.UTC takes years below 100 for 19xx
  return moment.setUTCHours(value.hour, value.minute, value.second);
}

/**
 * The date of a moment in milliseconds since 1970-01-01T00:00:00Z, with its right weekday; parts of a second are
 * dropped. Throws EncodeError outside the years 0 to 9999.
 */
export function sipDate(milliseconds: number): SipDate {
  const moment = new Date(milliseconds);
  const year = moment.getUTCFullYear();
  return {
    weekday: WEEKDAYS[(moment.getUTCDay() + 6) % 7] as Weekday,
    day: moment.getUTCDate(),
    month: moment.getUTCMonth() + 1,
    year: whole(year, 0, 9999, 'year', CLAUSE),
    hour: moment.getUTCHours(),
    minute: moment.getUTCMinutes(),
    second: moment.getUTCSeconds(),
  };
}

function scan(s: Scanner): SipDate | undefined {
  const weekday = scanName(s, WEEKDAYS, 'wkday');
  if (weekday < 0 || !takeText(s, ', ')) return undefined;
  const dayAt = s.pos;
  const day = scanDigits(s, 2, 31, 'date1');
  if (day < 0 || !takeText(s, ' ')) return undefined;
  const month = scanName(s, MONTHS, 'month') + 1;
  if (month < 1 || !takeText(s, ' ')) return undefined;
  const year = scanDigits(s, 4, 9999, 'date1');
  if (year < 0 || !takeText(s, ' ')) return undefined;
  const hour = scanDigits(s, 2, 23, 'time');
  if (hour < 0 || !takeText(s, ':')) return undefined;
  const minute = scanDigits(s, 2, 59, 'time');
  if (minute < 0 || !takeText(s, ':')) return undefined;
  const second = scanDigits(s, 2, 59, 'time');
  if (second < 0 || !takeText(s, ' GMT')) return undefined;
  const days = daysOf(month, year);
  if (day < 1 || day > days) return s.fail('range', 'date1', CLAUSE, `a day from 01 to ${days}`, dayAt);
  return { weekday: WEEKDAYS[weekday] as Weekday, day, month, year, hour, minute, second };
}

/** The index of the three-letter name that stands here, or -1. */
function scanName(s: Scanner, names: readonly string[], rule: string): number {
  const index = names.indexOf(s.text.slice(s.pos, Math.min(s.end, s.pos + 3)));
  if (index < 0) s.unexpected(rule, CLAUSE, names.join(', '));
  else s.pos += 3;
  return index;
}

/** Exactly `count` digits; -1 where there are fewer or the number is greater than `max`. */
function scanDigits(s: Scanner, count: number, max: number, rule: string): number {
  const from = s.pos;
  let value = 0;
  for (let i = 0; i < count; i++) {
    const digit = s.peek() - 0x30;
    if (digit < 0 || digit > 9) {
      s.unexpected(rule, CLAUSE, 'a digit');
      return -1;
    }
    value = value * 10 + digit;
    s.pos++;
  }
  if (value <= max) return value;
  s.fail('range', rule, CLAUSE, `at most ${max}`, from);
  return -1;
}

function takeText(s: Scanner, text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    if (s.take(text.charCodeAt(i))) continue;
    s.unexpected('rfc1123-date', CLAUSE, JSON.stringify(text));
    return false;
  }
  return true;
}

function daysOf(month: number, year: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

function number(value: number, min: number, max: number, path: string, width: number): string {
  return String(whole(value, min, max, path, CLAUSE)).padStart(width, '0');
}
