import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { token } from '../testing/arbitraries.ts';
import { canonicalName, compactName, rowAt, rowOf, sameName, UNREGISTERED } from './names.ts';

/** The compact forms that IANA lists (SIP Parameters, Header Fields), and where they come from. */
const COMPACT = {
  a: 'Accept-Contact', // RFC 3841
  u: 'Allow-Events', // RFC 6665
  i: 'Call-ID',
  m: 'Contact',
  e: 'Content-Encoding',
  l: 'Content-Length',
  c: 'Content-Type',
  o: 'Event', // RFC 6665
  f: 'From',
  y: 'Identity', // RFC 8224
  n: 'Identity-Info', // RFC 4474
  r: 'Refer-To', // RFC 3515
  b: 'Referred-By', // RFC 3892
  j: 'Reject-Contact', // RFC 3841
  d: 'Request-Disposition', // RFC 3841
  x: 'Session-Expires', // RFC 4028
  s: 'Subject',
  k: 'Supported',
  t: 'To',
  v: 'Via',
} as const;

/** RFC 3261 20 and the headers of the client's duties. */
const LONG = [
  ...Object.values(COMPACT),
  ...['Accept', 'Accept-Encoding', 'Accept-Language', 'Alert-Info', 'Allow', 'Authentication-Info', 'Authorization'],
  ...['Call-Info', 'Content-Disposition', 'Content-Language', 'CSeq', 'Date', 'Error-Info', 'Expires', 'In-Reply-To'],
  ...['Max-Forwards', 'MIME-Version', 'Min-Expires', 'Min-SE', 'Organization', 'Priority', 'Privacy', 'Path'],
  ...[
    'Proxy-Authenticate',
    'Proxy-Authorization',
    'Proxy-Require',
    'Record-Route',
    'Reply-To',
    'Require',
    'Retry-After',
  ],
  ...['Route', 'Server', 'Timestamp', 'Unsupported', 'User-Agent', 'Warning', 'WWW-Authenticate', 'Reason', 'Replaces'],
  ...['P-Preferred-Identity', 'P-Asserted-Identity', 'P-Access-Network-Info', 'P-Preferred-Service', 'Service-Route'],
  ...[
    'P-Asserted-Service',
    'Security-Client',
    'Security-Server',
    'Security-Verify',
    'Subscription-State',
    'Content-ID',
  ],
];

const at = (name: string, before = '', after = ':') => {
  const octets = new TextEncoder().encode(before + name + after);
  const row = rowAt(octets, before.length, before.length + name.length);
  return row === UNREGISTERED ? undefined : LONG.find((long) => rowOf(long) === row);
};
const swapped = (name: string) =>
  [...name].map((c) => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase())).join('');

describe('header names', () => {
  it('are all in the table, each once', () => {
    expect(LONG.map((name) => canonicalName(swapped(name)))).toEqual(LONG);
    expect(new Set(LONG).size).toBe(LONG.length);
  });

  it.each(LONG)('%s is found by text and by octets in any case', (name) => {
    for (const spelling of [name, name.toLowerCase(), name.toUpperCase(), swapped(name)]) {
      expect(canonicalName(spelling)).toBe(name);
      expect(at(spelling)).toBe(name);
      expect(at(spelling, 'xx\r\n', '')).toBe(name);
    }
  });

  it.each(Object.entries(COMPACT))('%s is the compact form of %s', (compact, long) => {
    for (const spelling of [compact, compact.toUpperCase()]) {
      expect(at(spelling)).toBe(long);
      expect(canonicalName(spelling)).toBe(long);
      expect(sameName(spelling, long.toLowerCase())).toBe(true);
    }
    expect(compactName(long)).toBe(compact);
  });

  it('have no other compact form', () => {
    for (let code = 0x21; code < 0x7f; code++) {
      const letter = String.fromCharCode(code);
      const known = Object.hasOwn(COMPACT, letter.toLowerCase());
      expect(canonicalName(letter) !== letter).toBe(known);
      expect(at(letter) !== undefined).toBe(known);
    }
    expect(compactName('Max-Forwards')).toBeUndefined();
    expect(compactName('X-Unknown')).toBeUndefined();
  });

  it.each([
    '\u212a',
    '\u017f',
    'Content\u2010Length',
    'Cal\u0130-ID',
    '',
    ' To',
    'To ',
    'To:',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
  ])('%j is none of the table', (name) => {
    expect(canonicalName(name)).toBe(name);
    expect(compactName(name)).toBeUndefined();
    expect(Object.keys(COMPACT).some((compact) => sameName(name, compact))).toBe(false);
  });

  it('keep hyphen and CR apart, which differ by one bit as letters do by case', () => {
    for (const name of ['Max\rForwards', 'Call\rID', 'max\rforwards', 'P-Asserted\rIdentity']) {
      expect(at(name)).toBeUndefined();
      expect(canonicalName(name)).toBe(name);
    }
  });

  it('that are unknown compare without case', () => {
    expect(sameName('X-Foo', 'x-fOO')).toBe(true);
    expect(sameName('X-Foo', 'X-Fo')).toBe(false);
    expect(sameName('__proto__', '__PROTO__')).toBe(true);
    expect(sameName('X-Foo', 'To')).toBe(false);
    expect(sameName('To', 'X-Foo')).toBe(false);
  });

  it('that are random tokens are found alike by text and by octets', () => {
    const near = fc
      .tuple(fc.constantFrom(...LONG), fc.nat(40), fc.constantFrom('', '-', '_', '~', 'x', "'", '.'))
      .map(([name, place, put]) => name.slice(0, place) + put + name.slice(place + 1));
    fc.assert(
      fc.property(fc.oneof(token, near), (name) => {
        fc.pre(name !== '');
        expect(at(name) ?? name).toBe(canonicalName(name));
      }),
      { numRuns: 3000 },
    );
  });
});
