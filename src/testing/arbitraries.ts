/*
 * Generated values of the parts that many codecs share, for the laws. Every one can be formatted, and reads as itself
 * again: a parameter's value that is no token is marked as quoted, a URI's parameters have different names.
 */
import fc from 'fast-check';
import {
  ALPHA,
  CLASS,
  DIGIT,
  HEX,
  PASSWORD,
  TEL_PARAM,
  TOKEN,
  URI_HEADER,
  URI_PARAM,
  URIC,
  USER,
  WORD,
} from '../core/chars.ts';
import type { Param } from '../core/params.ts';
import { asciiLower } from '../core/text.ts';
import type { NameAddr } from '../sip/name-addr.ts';
import type { TelUri } from '../sip/tel-uri.ts';
import type { AbsoluteUri, SipUri, Uri } from '../sip/uri.ts';

/** The ASCII characters of the classes in `mask`. */
function charactersOf(mask: number): string[] {
  return Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)).filter(
    (character) => ((CLASS[character.charCodeAt(0)] as number) & mask) !== 0,
  );
}

/** Text of the classes in `mask`. */
export function textOf(mask: number, minLength = 1, maxLength = 10): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...charactersOf(mask)), minLength, maxLength });
}

/** Text of the classes in `mask` with %-escapes in between. */
export function escapedText(mask: number, minLength = 1): fc.Arbitrary<string> {
  const escaped = fc.tuple(textOf(HEX, 1, 1), textOf(HEX, 1, 1)).map(([high, low]) => `%${high}${low}`);
  const plain = fc.constantFrom(...charactersOf(mask));
  return fc.string({
    unit: fc.oneof({ weight: 6, arbitrary: plain }, { weight: 1, arbitrary: escaped }),
    minLength,
    maxLength: 10,
  });
}

export const token: fc.Arbitrary<string> = textOf(TOKEN);

/** word ["@" word], RFC 3261 25.1. */
export const callId: fc.Arbitrary<string> = fc
  .tuple(textOf(WORD), fc.option(textOf(WORD), { nil: undefined }))
  .map(([left, right]) => (right === undefined ? left : `${left}@${right}`));

/** What a quoted-string can hold: anything but CR, LF and lone surrogates. */
export const quotedText: fc.Arbitrary<string> = fc.string({
  unit: fc.constantFrom(...'aZ09 \t"\\<>()[],;:=@%!\0\u0001\u007f\u0080\u00e9\u20ac\ufeff', '\u{1f600}'),
  maxLength: 12,
});

const label: fc.Arbitrary<string> = fc
  .tuple(textOf(ALPHA | DIGIT, 1, 4), fc.constantFrom('', '-', '--'), textOf(ALPHA | DIGIT, 1, 4))
  .map((parts) => parts.join(''));
const hostname: fc.Arbitrary<string> = fc
  .tuple(fc.array(label, { maxLength: 2 }), textOf(ALPHA), fc.constantFrom('', '.'))
  .map(([labels, top, dot]) => [...labels, top].join('.') + dot);
const octet: fc.Arbitrary<number> = fc.nat(255);
const ipv4: fc.Arbitrary<string> = fc.tuple(octet, octet, octet, octet).map((octets) => octets.join('.'));

/** Without brackets, as Via's received parameter has it. */
export const ipv6: fc.Arbitrary<string> = fc.oneof(
  fc.array(textOf(HEX, 1, 4), { minLength: 8, maxLength: 8 }).map((groups) => groups.join(':')),
  fc
    .tuple(fc.array(textOf(HEX, 1, 4), { maxLength: 3 }), fc.array(textOf(HEX, 1, 4), { maxLength: 3 }))
    .map(([left, right]) => `${left.join(':')}::${right.join(':')}`),
  ipv4.map((address) => `::ffff:${address}`),
);

export const host: fc.Arbitrary<string> = fc.oneof(
  hostname,
  ipv4,
  ipv6.map((address) => `[${address}]`),
);

export const port: fc.Arbitrary<number | undefined> = fc.option(fc.nat(65_535), { nil: undefined });

/** A generic-param. */
export const param: fc.Arbitrary<Param> = fc.oneof(
  fc.record({ name: token, value: fc.constant(undefined), quoted: fc.constant(undefined) }),
  fc.record({ name: token, value: token, quoted: fc.constant(undefined) }),
  fc.record({ name: token, value: ipv6.map((address) => `[${address}]`), quoted: fc.constant(undefined) }),
  fc.record({ name: token, value: quotedText, quoted: fc.constant<true>(true) }),
);

export const params: fc.Arbitrary<Param[]> = fc.array(param, { maxLength: 4 });

/** Names of which no two are the same but for case. */
function uniquely(one: fc.Arbitrary<Param>): fc.Arbitrary<Param[]> {
  return fc.uniqueArray(one, { maxLength: 3, selector: ({ name }) => asciiLower(name) });
}

const sipUri: fc.Arbitrary<SipUri> = fc
  .record({
    scheme: fc.constantFrom('sip' as const, 'sips' as const),
    userinfo: fc.option(fc.tuple(escapedText(USER), fc.option(escapedText(PASSWORD, 0), { nil: undefined })), {
      nil: undefined,
    }),
    host,
    port,
    params: uniquely(
      fc.record({
        name: escapedText(URI_PARAM),
        value: fc.option(escapedText(URI_PARAM), { nil: undefined }),
        quoted: fc.constant(undefined),
      }),
    ),
    headers: fc.array(fc.record({ name: escapedText(URI_HEADER), value: escapedText(URI_HEADER, 0) }), {
      maxLength: 2,
    }),
  })
  .map(({ userinfo, ...rest }) => ({ user: userinfo?.[0], password: userinfo?.[1], ...rest }));

const telParam: fc.Arbitrary<Param> = fc.record({
  name: textOf(ALPHA | DIGIT).map((name) => `x-${name}`),
  value: fc.option(escapedText(TEL_PARAM), { nil: undefined }),
  quoted: fc.constant(undefined),
});

const telUri: fc.Arbitrary<TelUri> = fc
  .tuple(fc.boolean(), textOf(DIGIT), fc.constantFrom('', '-', '(0)', '.'), textOf(DIGIT), uniquely(telParam))
  .map(([global, left, separator, right, others]) => ({
    scheme: 'tel',
    number: `${global ? '+' : ''}${left}${separator}${right}`,
    params: global ? others : [{ name: 'phone-context', value: 'example.com', quoted: undefined }, ...others],
  }));

const absoluteUri: fc.Arbitrary<AbsoluteUri> = fc.record({
  scheme: fc.constantFrom('http', 'im', 'mailto', 'pres', 'urn', 'x-a.b+c'),
  rest: escapedText(URIC),
});

export const uri: fc.Arbitrary<Uri> = fc.oneof({ weight: 4, arbitrary: sipUri }, telUri, absoluteUri);

/** An address with a display name and the parameters that are given. */
export function nameAddrWith(those: fc.Arbitrary<Param[]>): fc.Arbitrary<NameAddr> {
  return fc.record({ displayName: fc.option(quotedText, { nil: undefined }), uri, params: those });
}

export const nameAddr: fc.Arbitrary<NameAddr> = nameAddrWith(params);
