/*
 *   qvalue         =  ( "0" [ "." 0*3DIGIT ] ) / ( "1" [ "." 0*3("0") ] )              RFC 3261 25.1
 *   delta-seconds  =  1*DIGIT
 *
 * Parameters whose value is a number. The grammar lets any generic-param stand beside them, so a value that is no
 * such number is read and kept; only asking for the number has no answer then.
 */
import { CLASS, DIGIT } from '../../core/chars.ts';
import { findParam, type Param } from '../../core/params.ts';

/** The `q` of a value, from 0 to 1; `undefined` where there is none or it is no qvalue. */
export function preference(params: readonly Param[]): number | undefined {
  const param = findParam(params, 'q');
  if (param?.value === undefined || param.quoted === true) return undefined;
  const text = param.value;
  const length = text.length;
  const whole = text.charCodeAt(0) - 0x30;
  if ((whole !== 0 && whole !== 1) || length > 5 || (length > 1 && text.charCodeAt(1) !== 0x2e)) return undefined;
  let thousandths = 0;
  for (let i = 2; i < 5; i++) {
    const digit = i < length ? text.charCodeAt(i) - 0x30 : 0;
    if (digit < 0 || digit > 9) return undefined;
    thousandths = thousandths * 10 + digit;
  }
  return whole === 0 ? thousandths / 1000 : thousandths === 0 ? 1 : undefined;
}

/**
 * The whole number of the first parameter of the name; `undefined` where there is none, or where its value is no
 * 1*DIGIT up to 2**53-1.
 */
export function numberParam(params: readonly Param[], name: string): number | undefined {
  const param = findParam(params, name);
  if (param?.value === undefined || param.quoted === true) return undefined;
  const text = param.value;
  let value = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x7f || ((CLASS[code] as number) & DIGIT) === 0) return undefined;
    value = value * 10 + (code - 0x30);
    if (value > Number.MAX_SAFE_INTEGER) return undefined;
  }
  return value;
}
