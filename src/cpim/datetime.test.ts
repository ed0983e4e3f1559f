import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../core/result.ts';
import { checkLaws, checkRefusesToFormat } from '../testing/laws.ts';
import { cpimDateTime, type DateTime, dateTime, dateTimeAt, instant } from './datetime.ts';

describe('date-time', () => {
  it.each([
    ['2001-02-01T12:16:49-05:00', Date.UTC(2001, 1, 1, 17, 16, 49)],
    ['2000-12-13T13:40:00-08:00', Date.UTC(2000, 11, 13, 21, 40)],
    ['1985-04-12T23:20:50.52Z', Date.UTC(1985, 3, 12, 23, 20, 50, 520)],
    ['1996-12-19T16:39:57-08:00', Date.UTC(1996, 11, 20, 0, 39, 57)],
    ['1937-01-01T12:00:27.87+00:20', Date.UTC(1937, 0, 1, 11, 40, 27, 870)],
    ['2019-03-01T12:00:00.1234567Z', Date.UTC(2019, 2, 1, 12, 0, 0, 123)],
    ['2024-02-29T23:59:59.999+05:30', Date.UTC(2024, 1, 29, 18, 29, 59, 999)],
    ['2024-01-01T00:00:00-00:00', Date.UTC(2024, 0, 1)],
    ['0000-01-01T00:00:00Z', -62_167_219_200_000],
    ['0000-02-29T00:00:00Z', -62_167_219_200_000 + 59 * 86_400_000],
    ['0099-12-31T00:00:00Z', -59_011_545_600_000],
    ['9999-12-31T23:59:59+23:59', Date.UTC(9999, 11, 31, 0, 0, 59)],
    // leap seconds: 23:59:60 at the end of a month in UTC (5.7, 5.8)
    ['1990-12-31T23:59:60Z', Date.UTC(1991, 0, 1)],
    ['1990-12-31T15:59:60-08:00', Date.UTC(1991, 0, 1)],
    ['1998-12-31T23:59:60.5Z', Date.UTC(1999, 0, 1, 0, 0, 0, 500)],
    ['2012-07-01T05:29:60+05:30', Date.UTC(2012, 6, 1)],
  ])('%s', (text, moment) => {
    const value = unwrap(dateTime.parse(text));
    expect(instant(value)).toBe(moment);
    expect(dateTime.format(value)).toBe(text);
    expect(unwrap(cpimDateTime.parse(text))).toEqual(value);
  });

  it('small letters are read, capitals written', () => {
    expect(dateTime.format(unwrap(dateTime.parse('2001-02-01t12:16:49z')))).toBe('2001-02-01T12:16:49Z');
  });

  it.each([
    ['', 'truncated'],
    ['2006-99-04', 'range'], // row 58
    ['2006-99-04T00:00:00Z', 'range'],
    ['2006-00-04T00:00:00Z', 'range'],
    ['2006-02-31T00:00:00Z', 'range'],
    ['2006-02-29T00:00:00Z', 'range'],
    ['1900-02-29T00:00:00Z', 'range'],
    ['2006-04-31T00:00:00Z', 'range'],
    ['2006-01-00T00:00:00Z', 'range'],
    ['2006-01-32T00:00:00Z', 'range'],
    ['2006-01-01T24:00:00Z', 'range'],
    ['2006-01-01T00:60:00Z', 'range'],
    ['2006-01-01T00:00:61Z', 'range'],
    ['2006-01-01T23:59:60Z', 'range'],
    ['2006-12-31T23:59:60+01:00', 'range'],
    ['2006-12-31T22:59:60Z', 'range'],
    ['2006-01-01T00:00:00+24:00', 'range'],
    ['2006-01-01T00:00:00+00:60', 'range'],
    ['2006-01-01', 'truncated'],
    ['2006-01-01T00:00Z', 'syntax'],
    ['2006-01-01T00:00:00', 'truncated'],
    ['2006-01-01T00:00:00.Z', 'syntax'],
    ['2006-01-01T00:00:00,5Z', 'syntax'],
    ['2006-01-01 00:00:00Z', 'syntax'],
    ['2006-1-1T00:00:00Z', 'syntax'],
    ['06-01-01T00:00:00Z', 'syntax'],
    ['+2006-01-01T00:00:00Z', 'syntax'],
    ['2006-01-01T00:00:00+0100', 'syntax'],
    ['2006-01-01T00:00:00GMT', 'syntax'],
    ['2006-01-01T00:00:00Zx', 'trailing'],
    [' 2006-01-01T00:00:00Z', 'syntax'],
    ['\u0662006-01-01T00:00:00Z', 'syntax'],
  ])('refuses %j', (text, code) => {
    expect(dateTime.parse(text)).toMatchObject({ ok: false, error: { code } });
  });

  const offsets = fc.oneof(
    fc.constantFrom('Z', '-00:00', '+23:59', '-23:59'),
    fc
      .tuple(fc.constantFrom('+', '-'), fc.nat(23), fc.nat(59))
      .map(([sign, hours, minutes]) => `${sign}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`),
  );

  it('obeys the laws', () => {
    const moments = fc.integer({ min: -62_135_000_000_000, max: 253_402_000_000_000 });
    const values: fc.Arbitrary<DateTime> = fc
      .tuple(moments, offsets, fc.constantFrom(undefined, '0', '123456789'))
      .map(([moment, offset, fraction]) => ({ ...dateTimeAt(moment, offset), fraction }));
    checkLaws(dateTime, values, { texts: fc.string({ unit: fc.constantFrom(...'0123456789-:TZ+.') }) });
  });

  it('dateTimeAt and instant are inverse', () => {
    fc.assert(
      fc.property(fc.integer({ min: -62_135_000_000_000, max: 253_402_000_000_000 }), offsets, (moment, offset) => {
        expect(instant(dateTimeAt(moment, offset))).toBe(moment);
      }),
    );
    expect(dateTime.format(dateTimeAt(Date.UTC(2024, 0, 1)))).toBe('2024-01-01T00:00:00Z');
    expect(dateTime.format(dateTimeAt(Date.UTC(2024, 0, 1, 0, 0, 0, 7), '+02:00'))).toBe(
      '2024-01-01T02:00:00.007+02:00',
    );
  });

  const VALUE = { year: 2024, month: 1, day: 1, hour: 0, minute: 0, second: 0, offset: 'Z' };
  it.each([
    [{ year: -1 }, 'year'],
    [{ year: 10_000 }, 'year'],
    [{ month: 13 }, 'month'],
    [{ month: 2, day: 30 }, 'day'],
    [{ hour: 24 }, 'hour'],
    [{ minute: 0.5 }, 'minute'],
    [{ second: 60 }, 'second'],
    [{ fraction: '' }, 'fraction'],
    [{ fraction: '5Z\r\n' }, 'fraction'],
    [{ offset: 'z' }, 'offset'],
    [{ offset: '+24:00' }, 'offset'],
  ])('does not write %j', (change, path) => {
    expect(checkRefusesToFormat(dateTime, { ...VALUE, ...change }).path).toBe(path);
  });

  it('dateTimeAt throws on what is no offset or year', () => {
    expect(() => dateTimeAt(0, 'GMT')).toThrow('time-offset');
    expect(() => dateTimeAt(1e15)).toThrow('year');
    expect(() => dateTimeAt(Number.NaN)).toThrow('year');
  });
});
