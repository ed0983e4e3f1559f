import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { host as hosts } from '../testing/arbitraries.ts';
import type { ErrorCode } from './error.ts';
import { scanHost } from './host.ts';
import { open } from './scanner.ts';

function scanned(text: string): string | [ErrorCode, string, number] {
  const s = open(text, 'host', 'RFC3261-25.1', undefined);
  const value = scanHost(s);
  if (s.error !== undefined) return [s.error.code, s.error.rule, s.error.offset];
  return s.pos === s.end ? (value as string) : ['trailing', 'host', s.pos];
}

describe('scanHost', () => {
  it.each([
    ...['a', 'A9', 'example.com', 'example.com.', 'x--y.com', '1a.b', '9.com', 'a-9', 'a.b.c.d.e', 'xn--bcher-kva.ch'],
    ...['192.0.2.1', '0.0.0.0', '255.255.255.255', '256.1.1.1', '999.999.999.999', '001.01.1.000'],
    ...['[::]', '[::1]', '[2001:db8::9:1]', '[1:2:3:4:5:6:7:8]', '[1::8]', '[::2:3:4:5:6:7:8]', '[1:2:3:4:5:6:7::]'],
    ...['[::ffff:192.0.2.1]', '[1:2:3:4:5:6:192.0.2.1]', '[fe80::]', '[ABCD:ef01::0]', '[::1.2.3.4]', '[1:2::3.4.5.6]'],
  ])('reads %s', (text) => {
    expect(scanned(text)).toBe(text);
  });

  it.each<[string, ErrorCode]>([
    ['', 'truncated'],
    ['.', 'syntax'],
    ['a..b', 'syntax'],
    ['.a', 'syntax'],
    ['a..', 'syntax'],
    ['-a.com', 'syntax'],
    ['a-.com', 'syntax'],
    ['a.-com', 'syntax'],
    ['a.com-', 'syntax'],
    ['a.com-.', 'syntax'],
    ['9', 'syntax'],
    ['a.9', 'syntax'],
    ['a.9b', 'syntax'],
    ['1.2.3', 'syntax'],
    ['1.2.3.4.5', 'syntax'],
    ['1.2.3.4.', 'syntax'],
    ['1.2..4', 'syntax'],
    ['1234.1.1.1', 'syntax'],
    ['a_b.com', 'trailing'],
    ['_', 'syntax'],
    ['\u212a', 'syntax'],
    ['[', 'unterminated'],
    ['[::1', 'unterminated'],
    ['[]', 'syntax'],
    ['[:]', 'syntax'],
    ['[:::]', 'syntax'],
    ['[1]', 'syntax'],
    ['[1:2:3:4:5:6:7]', 'syntax'],
    ['[1:2:3:4:5:6:7:8:9]', 'syntax'],
    ['[1:2:3:4:5:6:7:8::]', 'syntax'],
    ['[1:2:3:4:5:6:7:]', 'syntax'],
    ['[:1:2:3:4:5:6:7]', 'syntax'],
    ['[1::2::3]', 'syntax'],
    ['[::12345]', 'syntax'],
    ['[::1%25eth0]', 'syntax'],
    ['[::1%eth0]', 'syntax'],
    ['[::g]', 'syntax'],
    ['[192.0.2.1]', 'syntax'],
    ['[::1.2.3]', 'syntax'],
    ['[::256.1.1.1]', 'syntax'],
    ['[::01.2.3.4]', 'syntax'],
    ['[::1.2.3.00]', 'syntax'],
    ['[::1.2.3.4:5]', 'syntax'],
    ['[1.2.3.4::]', 'syntax'],
    ['[::a.2.3.4]', 'syntax'],
    ['[1:2:3:4:5:6:7:1.2.3.4]', 'syntax'],
    ['[::1]x', 'trailing'],
    ['[::\0]', 'control'],
  ])('refuses %s with %s', (text, code) => {
    const result = scanned(text);
    expect(Array.isArray(result)).toBe(true);
    expect((result as [ErrorCode, string, number])[0]).toBe(code);
    expect((result as [ErrorCode, string, number])[2]).toBeLessThanOrEqual(text.length);
  });

  it('reads every generated host', () => {
    fc.assert(fc.property(hosts, (text) => scanned(text) === text));
  });

  it('never reads what the rules do not let through', () => {
    const hostname = /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)*[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.?$/;
    const ipv4 = /^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}$/;
    const near = fc.string({ unit: fc.constantFrom(...'a9-.'), maxLength: 12 });
    fc.assert(
      fc.property(near, (text) => (scanned(text) === text) === (hostname.test(text) || ipv4.test(text))),
      { numRuns: 3000 },
    );
  });

  it('agrees with the URL parser on IPv6 literals', () => {
    const near = fc.string({ unit: fc.constantFrom(...'1a::.', '::', '12', '1.2.3.4'), maxLength: 14 });
    fc.assert(
      fc.property(near, (text) => {
        expect(scanned(`[${text}]`) === `[${text}]`).toBe(URL.canParse(`http://[${text}]/`));
      }),
      { numRuns: 3000 },
    );
  });
});
