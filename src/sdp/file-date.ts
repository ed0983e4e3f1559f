/*
 *   file-date-attr  =  "file-date:" date-param *(SP date-param)                             RFC 5547 6
 *   date-param      =  ( "creation:" / "modification:" / "read:" ) DQUOTE date-time DQUOTE      each once
 *   date-time       =  [ day-of-week "," ] day month year hour ":" minute [ ":" second ] zone   RFC 5322 3.3
 *   zone            =  ( "+" / "-" ) 4DIGIT
 *
 * A weekday that is not the date's is let through.
 */
import { ALPHA, CLASS, DIGIT } from '../core/chars.ts';
import { textCodec } from '../core/codec.ts';
import { type ClauseId, EncodeError } from '../core/error.ts';
import { scanNumber, scanRun } from '../core/scan.ts';
import type { Scanner } from '../core/scanner.ts';
import { asciiLower } from '../core/text.ts';
import { whole } from '../core/write.ts';
import type { SdpCodec } from './access.ts';

const CLAUSE: ClauseId = 'RFC5547-6';
const DATE: ClauseId = 'RFC5322-3.3';
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const PARAMS = ['creation', 'modification', 'read'] as const;
const QUOTE = 0x22;
const COLON = 0x3a;
const MINUTE = 60_000;
/** The years 1900 to 9999 where the clock shows them. */
const MIN = -2_208_988_800_000;
const MAX = 253_402_300_799_000;

/** A moment, and the zone of the clock that showed it. */
export interface ZonedTime {
  /** Milliseconds since 1970-01-01T00:00:00Z, whole seconds. */
  readonly time: number;
  /** `+0300`; `-0000` says that the zone is not known. */
  readonly zone: string;
}

/** When a file was made, changed last, and read last. */
export interface FileDate {
  readonly creation?: ZonedTime | undefined;
  readonly modification?: ZonedTime | undefined;
  readonly read?: ZonedTime | undefined;
}

export const fileDate: SdpCodec<FileDate> = /* @__PURE__ */ textCodec<FileDate>({
  name: 'file-date',
  rule: 'file-date-attr',
  clause: CLAUSE,
  scan,
  format,
});

function scan(s: Scanner): FileDate | undefined {
  const found: (ZonedTime | undefined)[] = [undefined, undefined, undefined];
  do {
    const { pos } = s;
    const i = PARAMS.indexOf(scanWord(s) as (typeof PARAMS)[number]);
    if (i < 0) return s.fail('syntax', 'date-param', CLAUSE, PARAMS.join(', '), pos);
    if (found[i] !== undefined) return s.fail('duplicate', 'date-param', CLAUSE, `one ${PARAMS[i]}`, pos);
    for (const code of [COLON, QUOTE]) if (!s.take(code)) return s.unexpected('date-param', CLAUSE, ':"');
    found[i] = scanDateTime(s);
    if (found[i] === undefined) return undefined;
    if (!s.take(QUOTE)) return s.unexpected('date-param', CLAUSE, '"');
  } while (s.take(0x20));
  const [creation, modification, read] = found;
  return { creation, modification, read };
}

/** Letters, in lower case; possibly none. */
function scanWord(s: Scanner): string {
  const { codes, end, pos } = s;
  let p = pos;
  while (p < end && ((CLASS[codes[p] as number] as number) & ALPHA) !== 0) p++;
  s.pos = p;
  return asciiLower(s.text.slice(pos, p));
}

function scanDateTime(s: Scanner): ZonedTime | undefined {
  s.skipWsp();
  const weekday = s.pos;
  const name = scanWord(s);
  if (name !== '') {
    if (!DAYS.some((day) => asciiLower(day) === name)) {
      return s.fail('syntax', 'day-of-week', DATE, DAYS.join(', '), weekday);
    }
    if (!s.take(0x2c)) return s.unexpected('date-time', DATE, ',');
    s.skipWsp();
  }
  const dayAt = s.pos;
  const day = scanDigits(s, 1, 2, 31, 'day');
  if (day < 0 || !takeBlanks(s)) return undefined;
  const monthAt = s.pos;
  const word = scanWord(s);
  const month = MONTHS.findIndex((one) => asciiLower(one) === word);
  if (month < 0) return s.fail('syntax', 'month', DATE, MONTHS.join(', '), monthAt);
  if (!takeBlanks(s)) return undefined;
  const yearAt = s.pos;
  const year = scanDigits(s, 4, Number.POSITIVE_INFINITY, 9999, 'year');
  if (year < 0 || !takeBlanks(s)) return undefined;
  if (year < 1900) return s.fail('range', 'year', DATE, '1900 to 9999', yearAt);
  const hour = scanDigits(s, 2, 2, 23, 'hour');
  if (hour < 0 || !takeColon(s)) return undefined;
  const minute = scanDigits(s, 2, 2, 59, 'minute');
  if (minute < 0) return undefined;
  const second = s.take(COLON) ? scanDigits(s, 2, 2, 59, 'second') : 0;
  if (second < 0 || !takeBlanks(s)) return undefined;
  const zoneAt = s.pos;
  const zone = scanZone(s);
  if (zone === undefined) return undefined;
  const offset = minutesOf(zone);
  if (offset === undefined) return s.fail('range', 'zone', DATE, 'minutes up to 59', zoneAt);
  s.skipWsp();
  const time = Date.UTC(year, month, day, hour, minute, second);
  if (new Date(time).getUTCDate() !== day) return s.fail('range', 'day', DATE, 'a day that the month has', dayAt);
  return { time: time - offset * MINUTE, zone };
}

function scanDigits(s: Scanner, min: number, max: number, limit: number, rule: string): number {
  const { pos } = s;
  const value = scanNumber(s, limit, rule, DATE);
  if (value < 0 || (s.pos - pos >= min && s.pos - pos <= max)) return value;
  s.fail('syntax', rule, DATE, min === max ? `${min} digits` : `at least ${min} digits`, pos);
  return -1;
}

function takeBlanks(s: Scanner): boolean {
  const { pos } = s;
  s.skipWsp();
  if (s.pos === pos) s.unexpected('date-time', DATE, 'a blank');
  return s.pos > pos;
}

function takeColon(s: Scanner): boolean {
  if (s.take(COLON)) return true;
  s.unexpected('time-of-day', DATE, ':');
  return false;
}

function scanZone(s: Scanner): string | undefined {
  const { pos } = s;
  if (!s.take(0x2b) && !s.take(0x2d)) return s.unexpected('zone', CLAUSE, '+HHMM or -HHMM');
  const digits = scanRun(s, DIGIT, 'zone', CLAUSE);
  if (digits === undefined) return undefined;
  return digits.length === 4 ? s.text.slice(pos, s.pos) : s.fail('syntax', 'zone', CLAUSE, 'four digits', pos);
}

/** What the clock of the zone is ahead of UTC; `undefined` where it says more than 59 minutes of an hour. */
function minutesOf(zone: string): number | undefined {
  const minutes = Number(zone.slice(3));
  if (minutes > 59) return undefined;
  return (Number(zone.slice(1, 3)) * 60 + minutes) * (zone.startsWith('-') ? -1 : 1);
}

function format(dates: FileDate): string {
  const params: string[] = [];
  for (const name of PARAMS) {
    const value = dates[name];
    if (value !== undefined) params.push(`${name}:"${formatTime(value, name)}"`);
  }
  if (params.length === 0) throw new EncodeError('at least one date', '', CLAUSE);
  return params.join(' ');
}

function formatTime({ time, zone }: ZonedTime, path: string): string {
  const offset = /^[+-]\d{4}$/.test(zone) ? minutesOf(zone) : undefined;
  if (offset === undefined) throw new EncodeError(`${JSON.stringify(zone)} is no zone`, `${path}.zone`, CLAUSE);
  const shown = time + offset * MINUTE;
  const seconds = whole(shown / 1000, MIN / 1000, MAX / 1000, `${path}.time`, DATE);
  return new Date(seconds * 1000).toUTCString().replace('GMT', zone);
}
