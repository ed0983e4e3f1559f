/*
 * Values of XML Schema's simple types as the documents use them (XML Schema Part 2). All but strings may have blanks
 * around them (whiteSpace = collapse).
 *
 *   boolean             =  "true" / "false" / "1" / "0"                                           3.2.2
 *   nonNegativeInteger  =  ["+"] 1*DIGIT / "-" 1*"0"                                              3.3.20
 *   dateTime            =  ["-"] 4*DIGIT "-" 2DIGIT "-" 2DIGIT "T" 2DIGIT ":" 2DIGIT ":" 2DIGIT   3.2.7
 *                          ["." 1*DIGIT] ["Z" / ("+" / "-") 2DIGIT ":" 2DIGIT]
 */

/** Without blanks (SP, TAB, CR, LF) at both ends. */
export function collapsed(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isBlank(text.charCodeAt(from))) from++;
  while (to > from && isBlank(text.charCodeAt(to - 1))) to--;
  return text.slice(from, to);
}

export function booleanOf(text: string): boolean | undefined {
  const word = collapsed(text);
  return word === 'true' || word === '1' ? true : word === 'false' || word === '0' ? false : undefined;
}

/** `undefined` where the text is no nonNegativeInteger; above 2^53-1 the number is not exact. */
export function wholeNumberOf(text: string): number | undefined {
  const digits = collapsed(text);
  if (/^-0+$/.test(digits)) return 0;
  return /^\+?[0-9]+$/.test(digits) ? Number(digits) : undefined;
}

/** Whether the text is a dateTime, on a day that there is. */
export function isDateTime(text: string): boolean {
  const parts =
    /^-?([0-9]{4,})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(\.[0-9]+)?(Z|[+-]([0-9]{2}):([0-9]{2}))?$/.exec(
      collapsed(text),
    );
  if (parts === null) return false;
  const [, year = '', month, day, hour, minute, second, fraction, , zoneHour = '00', zoneMinute = '00'] = parts;
  if ((year.length > 4 && year.startsWith('0')) || /^0+$/.test(year)) return false;
  if (Number(day) < 1 || Number(day) > daysIn(Number(year.slice(-4)), Number(month))) return false;
  if (Number(zoneMinute) > 59 || Number(zoneHour) > 14 || (Number(zoneHour) === 14 && Number(zoneMinute) > 0))
    return false;
  if (Number(hour) === 24) return Number(minute) === 0 && Number(second) === 0 && !/[1-9]/.test(fraction ?? '');
  return Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  if (month === 4 || month === 6 || month === 9 || month === 11) return 30;
  return month >= 1 && month <= 12 ? 31 : 0;
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
}
