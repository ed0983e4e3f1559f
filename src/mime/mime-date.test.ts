import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../core/result.ts';
import { checkLaws, checkRefusesToFormat } from '../testing/laws.ts';
import { mimeDate } from './mime-date.ts';

describe('a date of content indirection', () => {
  it.each([
    ['Mon, 24 Jun 2002 09:00:00 GMT', Date.UTC(2002, 5, 24, 9)],
    ['Mon, 24 June 2002 09:00:00 GMT', Date.UTC(2002, 5, 24, 9)], // RFC 4483 5.7
    ['Sat, 20 Jun 2002 12:00:00 GMT', Date.UTC(2002, 5, 20, 12)], // RFC 4483 6.1: it was a Thursday
    ['4 jul 1999 23:59 ut', Date.UTC(1999, 6, 4, 23, 59)],
    ['tue, 29 FEBRUARY 2000 00:00:00 +0000', Date.UTC(2000, 1, 29)],
    [' Fri,\t01  May 2026 00:00:01 -0000 ', Date.UTC(2026, 4, 1, 0, 0, 1)],
    ['Sat, 01 Jan 0000 00:00:00 GMT', -62_167_219_200_000],
  ])('reads %s', (text, moment) => {
    expect(unwrap(mimeDate.parse(text))).toBe(moment);
  });

  it.each([
    ['', 'truncated'],
    ['soon', 'syntax'],
    ['Foo, 24 Jun 2002 09:00:00 GMT', 'syntax'],
    ['Monday, 24 Jun 2002 09:00:00 GMT', 'syntax'],
    ['Mon 24 Jun 2002 09:00:00 GMT', 'syntax'],
    ['Mon, 32 Jun 2002 09:00:00 GMT', 'range'],
    ['Mon, 31 Jun 2002 09:00:00 GMT', 'range'],
    ['Mon, 00 Jun 2002 09:00:00 GMT', 'range'],
    ['Mon, 29 Feb 1900 09:00:00 GMT', 'range'],
    ['Mon, 024 Jun 2002 09:00:00 GMT', 'syntax'],
    ['Mon, 24 Jum 2002 09:00:00 GMT', 'syntax'],
    ['Mon, 24 Ju 2002 09:00:00 GMT', 'syntax'],
    ['Mon, 24 Jun 02 09:00:00 GMT', 'syntax'],
    ['Mon, 24 Jun 20020 09:00:00 GMT', 'range'],
    ['Mon, 24 Jun 2002 24:00:00 GMT', 'range'],
    ['Mon, 24 Jun 2002 9:00:00 GMT', 'syntax'],
    ['Mon, 24 Jun 2002 09:60:00 GMT', 'range'],
    ['Mon, 24 Jun 2002 09:00:60 GMT', 'range'],
    ['Mon, 24 Jun 2002 09 GMT', 'syntax'],
    ['Mon, 24 Jun 2002 09:00:00', 'truncated'],
    ['Mon, 24 Jun 2002 09:00:00 ', 'truncated'],
    ['Mon, 24 Jun 2002 09:00:00 +0100', 'range'],
    ['Mon, 24 Jun 2002 09:00:00 EST', 'range'],
    ['Mon, 24 Jun 2002 09:00:00 GMT x', 'trailing'],
    ['Mon, 24Jun 2002 09:00:00 GMT', 'syntax'],
  ])('refuses %j', (text, code) => {
    expect(mimeDate.parse(text)).toMatchObject({ ok: false, error: { code } });
  });

  it('obeys the laws', () => {
    const seconds = fc.integer({ min: -62_167_219_200, max: 253_402_300_799 });
    checkLaws(
      mimeDate,
      seconds.map((value) => value * 1000),
      { texts: fc.constantFrom('Mon, 24 June 2002 09:00:00 GMT') },
    );
  });

  it.each([0.5, 1, Number.NaN, 1e18, -62_167_219_201_000])('does not write %d', (value) => {
    checkRefusesToFormat(mimeDate, value);
  });
});
