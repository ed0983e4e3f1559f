/*
 * Parts that the values of many headers share, generated with the spellings that parsers get wrong.
 */
import fc from 'fast-check';
import type { Param } from '../core/params.ts';

export const anyToken: fc.Arbitrary<string> = fc.stringMatching(/^[A-Za-z0-9.!%*_+`'~-]{1,12}$/);

/** What a quoted-string can hold: all but CR, LF and lone surrogates. */
export const anyQuoted: fc.Arbitrary<string> = fc
  .oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...'ab"\\;,=<> \t\0\u007f\u00e9\u{1f600}') }))
  .filter((text) => text.isWellFormed() && !/[\r\n]/.test(text));

const anyIPv6: fc.Arbitrary<string> = fc.ipV6().map((address) => `[${address}]`);

/** A parameter of a token, a quoted string, an IPv6 literal, or without a value. */
export const anyParam: fc.Arbitrary<Param> = fc.oneof(
  fc.record({ name: anyToken, value: fc.constant(undefined), quoted: fc.constant(undefined) }),
  fc.record({ name: anyToken, value: fc.oneof(anyToken, anyIPv6), quoted: fc.constant(undefined) }),
  fc.record({ name: anyToken, value: anyQuoted, quoted: fc.constant<true>(true) }),
);

export const anyParams: fc.Arbitrary<readonly Param[]> = fc.array(anyParam, { maxLength: 5 });
