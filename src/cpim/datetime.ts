/*
 *   date-time       =  full-date "T" full-time                                                 RFC 3339 5.6
 *   full-date       =  4DIGIT "-" 2DIGIT "-" 2DIGIT
 *   full-time       =  2DIGIT ":" 2DIGIT ":" 2DIGIT [ "." 1*DIGIT ] time-offset
 *   time-offset     =  "Z" / ( "+" / "-" ) 2DIGIT ":" 2DIGIT
 *   DateTime-header =  "DateTime" ": " date-time                                               RFC 3862 4.4
 *
 * A day must be one of its month (5.7). A second may be 60 where a leap second can be: at the end of the last day of a
 * month in UTC. Hours end at 23. Letters may be small; written are capitals.
 */
import { type Codec, textCodec } from '../core/codec.ts';
import { type ClauseId, EncodeError } from '../core/error.ts';
import type { Scanner } from '../core/scanner.ts';
import { whole } from '../core/write.ts';
import { type CpimOnce, cpimOnce } from './header.ts';

const CLAUSE: ClauseId = 'RFC3339-5.6';
const RANGES: ClauseId = 'RFC3339-5.7';

/** A date and time with the offset that it was written with. */
export interface DateTime {
  /** 0 to 9999. */
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  /** 60 is a leap second. */
  readonly second: number;
  /** The digits behind the dot, any number of them. */
  readonly fraction?: string | undefined;
  /** `Z`, `+05:30`, or `-00:00` where the offset is unknown (RFC 3339 4.3). */
  readonly offset: string;
}

/** A date and time by RFC 3339. */
export const dateTime: Codec<DateTime> & { scan(s: Scanner): DateTime | undefined } =
  /* @__PURE__ */ textCodec<DateTime>({ name: 'date-time', rule: 'date-time', clause: CLAUSE, scan, format });

/** When the sender sent the message. */
export const cpimDateTime: CpimOnce<DateTime> = /* @__PURE__ */ cpimOnce<DateTime>({
  name: 'DateTime',
  rule: 'DateTime-header',
  clause: 'RFC3862-4.4',
  scan,
  format,
});

/**
 * The moment in milliseconds since 1970-01-01T00:00:00Z, digits behind the third dropped. An offset is ahead of UTC
 * where it is positive, so it is taken away. A leap second is the moment at which the next minute begins.
 */
export function instant(value: DateTime): number {
  const moment = new Date(0);
  moment.setUTCFullYear(value.year, value.month - 1, value.day); // Date.UTC takes years below 100 for 19xx
  const milliseconds = Number((value.fraction ?? '').slice(0, 3).padEnd(3, '0'));
  return moment.setUTCHours(value.hour, value.minute - offsetMinutes(value.offset), value.second, milliseconds);
}

/** The moment as a date and time, with three digits of a fraction where it has one. Throws EncodeError outside the years 0 to 9999. */
export function dateTimeAt(milliseconds: number, offset = 'Z'): DateTime {
  if (!isOffset(offset)) throw new EncodeError(`${JSON.stringify(offset)} is no time-offset`, 'offset', CLAUSE);
  const local = new Date(milliseconds + offsetMinutes(offset) * 60_000);
  const fraction = local.getUTCMilliseconds();
  return {
    year: whole(local.getUTCFullYear(), 0, 9999, 'year', CLAUSE),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    second: local.getUTCSeconds(),
    fraction: fraction === 0 ? undefined : String(fraction).padStart(3, '0'),
    offset,
  };
}

function offsetMinutes(offset: string): number {
  if (offset === 'Z') return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6));
  return offset.startsWith('-') ? -minutes : minutes;
}

function scan(s: Scanner): DateTime | undefined {
  const year = digits(s, 4, 0, 9999, 'date-fullyear');
  if (year < 0 || !take(s, 0x2d)) return undefined;
  const month = digits(s, 2, 1, 12, 'date-month');
  if (month < 0 || !take(s, 0x2d)) return undefined;
  const day = digits(s, 2, 1, daysOf(month, year), 'date-mday');
  if (day < 0) return undefined;
  if (!s.take(0x54) && !s.take(0x74)) return s.unexpected('date-time', CLAUSE, 'T');
  const hour = digits(s, 2, 0, 23, 'time-hour');
  if (hour < 0 || !take(s, 0x3a)) return undefined;
  const minute = digits(s, 2, 0, 59, 'time-minute');
  if (minute < 0 || !take(s, 0x3a)) return undefined;
  const secondAt = s.pos;
  const second = digits(s, 2, 0, 60, 'time-second');
  if (second < 0) return undefined;
  let fraction: string | undefined;
  if (s.take(0x2e)) {
    const from = s.pos;
    while (isDigit(s.peek())) s.pos++;
    if (s.pos === from) return s.unexpected('time-secfrac', CLAUSE, 'a digit');
    fraction = s.text.slice(from, s.pos);
  }
  const offset = scanOffset(s);
  if (offset === undefined) return undefined;
  const value = { year, month, day, hour, minute, second, fraction, offset };
  if (second === 60 && !mayLeap(value)) return s.fail('range', 'time-second', RANGES, 'at most 59', secondAt);
  return value;
}

function scanOffset(s: Scanner): string | undefined {
  if (s.take(0x5a) || s.take(0x7a)) return 'Z';
  const from = s.pos;
  if (!s.take(0x2b) && !s.take(0x2d)) return s.unexpected('time-offset', CLAUSE, 'Z, + or -');
  if (digits(s, 2, 0, 23, 'time-hour') < 0 || !take(s, 0x3a) || digits(s, 2, 0, 59, 'time-minute') < 0)
    return undefined;
  return s.text.slice(from, s.pos);
}

/** Exactly `count` digits; -1 where there are fewer or the number is out of its range. */
function digits(s: Scanner, count: number, min: number, max: number, rule: string): number {
  const from = s.pos;
  let value = 0;
  for (let i = 0; i < count; i++) {
    const code = s.peek();
    if (!isDigit(code)) {
      s.unexpected(rule, CLAUSE, `${count} digits`);
      return -1;
    }
    value = value * 10 + code - 0x30;
    s.pos++;
  }
  if (value >= min && value <= max) return value;
  s.fail('range', rule, RANGES, `${min} to ${max}`, from);
  return -1;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function take(s: Scanner, code: number): boolean {
  if (s.take(code)) return true;
  s.unexpected('date-time', CLAUSE, String.fromCharCode(code));
  return false;
}

function daysOf(month: number, year: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

/** Whether the minute ends a month in UTC. */
function mayLeap(value: DateTime): boolean {
  const next = new Date(instant({ ...value, fraction: undefined }));
  return next.getUTCDate() === 1 && next.getUTCHours() === 0 && next.getUTCMinutes() === 0;
}

function isOffset(text: string): boolean {
  return text === 'Z' || /^[+-](?:[01]\d|2[0-3]):[0-5]\d$/.test(text);
}

function format(value: DateTime): string {
  const { year, month, day, hour, minute, second, fraction, offset } = value;
  const date = `${number(year, 0, 9999, 'year', 4)}-${number(month, 1, 12, 'month')}-${number(day, 1, daysOf(month, year), 'day')}`;
  const time = `${number(hour, 0, 23, 'hour')}:${number(minute, 0, 59, 'minute')}:${number(second, 0, 60, 'second')}`;
  if (fraction !== undefined && !/^\d+$/.test(fraction)) throw new EncodeError('no digits', 'fraction', CLAUSE);
  if (!isOffset(offset)) throw new EncodeError(`${JSON.stringify(offset)} is no time-offset`, 'offset', CLAUSE);
  if (second === 60 && !mayLeap(value)) throw new EncodeError('no leap second can be then', 'second', RANGES);
  return `${date}T${time}${fraction === undefined ? '' : `.${fraction}`}${offset}`;
}

function number(value: number, min: number, max: number, path: string, width = 2): string {
  return String(whole(value, min, max, path, RANGES)).padStart(width, '0');
}
