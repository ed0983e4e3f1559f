import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EncodeError } from '../../core/error.ts';
import { checkLaws, checkRefusesToFormat } from '../../testing/laws.ts';
import { checkGrowth, checkInvalid, checkValid, type InvalidRow, named, type ValidRow } from '../../testing/rows.ts';
import { date, epochMilliseconds, type SipDate, sipDate, type Weekday } from './date.ts';

function value(weekday: Weekday, day: number, month: number, year: number, hour = 0, minute = 0, second = 0): SipDate {
  return { weekday, day, month, year, hour, minute, second };
}

const VALID: readonly ValidRow<SipDate>[] = [
  ['Sat, 13 Nov 2010 23:29:00 GMT', value('Sat', 13, 11, 2010, 23, 29)],
  ['Thu, 21 Feb 2002 13:02:03 GMT', value('Thu', 21, 2, 2002, 13, 2, 3)],
  ['Fri, 01 Jan 2010 16:00:00 GMT', value('Fri', 1, 1, 2010, 16)],
  ['Mon, 01 Jan 2010 16:00:00 GMT', value('Mon', 1, 1, 2010, 16)],
  ['Thu, 01 Jan 1970 00:00:00 GMT', value('Thu', 1, 1, 1970)],
  ['Tue, 29 Feb 2000 00:00:00 GMT', value('Tue', 29, 2, 2000)],
  ['Thu, 29 Feb 2024 23:59:59 GMT', value('Thu', 29, 2, 2024, 23, 59, 59)],
  ['Sat, 01 Jan 0000 00:00:00 GMT', value('Sat', 1, 1, 0)],
  ['Fri, 31 Dec 9999 23:59:59 GMT', value('Fri', 31, 12, 9999, 23, 59, 59)],
  ['Wed, 30 Apr 2025 12:30:45 GMT', value('Wed', 30, 4, 2025, 12, 30, 45)],
  ['Sun, 31 May 1992 00:00:01 GMT', value('Sun', 31, 5, 1992, 0, 0, 1)],
  ['Mon, 30 Jun 0099 01:01:01 GMT', value('Mon', 30, 6, 99, 1, 1, 1)],
];

const INVALID: readonly InvalidRow[] = [
  ['Fri, 01 Jan 2010 16:00:00 EST', 'syntax', 'rfc1123-date', 26],
  ['', 'truncated', 'wkday', 0],
  ['Sat', 'truncated', 'rfc1123-date', 3],
  ['sat, 13 Nov 2010 23:29:00 GMT', 'syntax', 'wkday', 0],
  ['Sat, 13 NOV 2010 23:29:00 GMT', 'syntax', 'month', 8],
  ['Sat, 13 Nov 2010 23:29:00 gmt', 'syntax', 'rfc1123-date', 26],
  ['Sat, 13 Nov 2010 23:29:00 +0000', 'syntax', 'rfc1123-date', 26],
  ['Sat, 13 Nov 2010 23:29:00 GMT ', 'trailing', 'SIP-date', 29],
  ['Sat,  13 Nov 2010 23:29:00 GMT', 'syntax', 'date1', 5],
  ['Sat, 3 Nov 2010 23:29:00 GMT', 'syntax', 'date1', 6],
  ['Sat, 13 Nov 10 23:29:00 GMT', 'syntax', 'date1', 14],
  ['Saturday, 13-Nov-10 23:29:00 GMT', 'syntax', 'rfc1123-date', 3],
  ['Sat Nov 13 23:29:00 2010', 'syntax', 'rfc1123-date', 3],
  ['Sat, 00 Nov 2010 23:29:00 GMT', 'range', 'date1', 5],
  ['Sat, 31 Nov 2010 23:29:00 GMT', 'range', 'date1', 5],
  ['Thu, 29 Feb 1900 00:00:00 GMT', 'range', 'date1', 5],
  ['Fri, 30 Feb 2024 00:00:00 GMT', 'range', 'date1', 5],
  ['Thu, 29 Feb 2023 00:00:00 GMT', 'range', 'date1', 5],
  ['Thu, 32 Jan 2010 00:00:00 GMT', 'range', 'date1', 5],
  ['Sat, 13 Nov 2010 24:00:00 GMT', 'range', 'time', 17],
  ['Sat, 13 Nov 2010 23:60:00 GMT', 'range', 'time', 20],
  ['Sat, 13 Nov 2010 23:59:60 GMT', 'range', 'time', 23],
  ['Sat, 13 Nov 2010 23:29 GMT', 'syntax', 'rfc1123-date', 22],
  ['Sat, 13 Nov 2010 23:29:0', 'truncated', 'time', 24],
  ['Sat, 13 Nov 2010\t23:29:00 GMT', 'syntax', 'rfc1123-date', 16],
  ['Sat, 1\u0663 Nov 2010 23:29:00 GMT', 'syntax', 'date1', 6],
  ['Sat, 1/ Nov 2010 23:29:00 GMT', 'syntax', 'date1', 6],
  ['Sat, 1: Nov 2010 23:29:00 GMT', 'syntax', 'date1', 6],
  ['Sat, 13 Nov 2010 23:29:00 GMT\0', 'trailing', 'SIP-date', 29],
];

/** From the first second of year 0 to the last of year 9999. */
const anyMoment = fc.integer({ min: -62_167_219_200_000, max: 253_402_300_799_999 });

describe('Date', () => {
  it.each(named(VALID))('reads %j', (_, row) => checkValid(date, row));
  it.each(named(INVALID))('refuses %j', (_, row) => checkInvalid(date, row));
  it('obeys the laws', () => checkLaws(date, anyMoment.map(sipDate)));
  it.each<[Partial<SipDate>, string]>([
    [{ weekday: 'sat' as Weekday }, 'weekday'],
    [{ day: 31 }, 'day'],
    [{ day: 0 }, 'day'],
    [{ month: 0 }, 'month'],
    [{ month: 13 }, 'month'],
    [{ year: -1 }, 'year'],
    [{ year: 10_000 }, 'year'],
    [{ hour: 24 }, 'hour'],
    [{ minute: 60 }, 'minute'],
    [{ second: 60 }, 'second'],
    [{ second: 0.5 }, 'second'],
    [{ month: 2, year: 2011, day: 29 }, 'day'],
  ])('refuses to write %j', (part, path) => {
    const wrong = { ...value('Sat', 13, 11, 2010, 23, 29), ...part };
    expect(checkRefusesToFormat(date, wrong).path).toBe(path);
  });
  it.each([' ', 'Sat, ', '0', ','])('grows linearly on %j', (unit) => checkGrowth(date, 'Sat, ', unit));
});

describe('a moment and its date', () => {
  it('are inverse to the second', () => {
    fc.assert(
      fc.property(anyMoment, (milliseconds) => {
        expect(epochMilliseconds(sipDate(milliseconds))).toBe(Math.floor(milliseconds / 1000) * 1000);
      }),
    );
  });
  it('know the epoch, leap years and years below 100', () => {
    expect(epochMilliseconds(value('Thu', 1, 1, 1970))).toBe(0);
    expect(epochMilliseconds(value('Sat', 13, 11, 2010, 23, 29))).toBe(1_289_690_940_000);
    expect(epochMilliseconds(value('Sat', 1, 1, 0))).toBe(-62_167_219_200_000);
    expect(sipDate(-62_167_219_200_000)).toEqual(value('Sat', 1, 1, 0));
  });
  it('tell a weekday that is not the date’s', () => {
    const read = date.parse('Mon, 01 Jan 2010 16:00:00 GMT');
    expect(read.ok && sipDate(epochMilliseconds(read.value)).weekday).toBe('Fri');
  });
  it('have no date before year 0, behind year 9999, and of no number', () => {
    for (const milliseconds of [-62_167_219_200_001, 253_402_300_800_000, Number.NaN]) {
      expect(() => sipDate(milliseconds)).toThrow(EncodeError);
    }
  });
});
