import { describe, expect, it } from 'vitest';
import { coverage } from './coverage.ts';
import { grammar } from './grammar.ts';

describe('coverage', () => {
  it('tells which alternatives and options no input has gone through', () => {
    const counters = coverage(grammar('RFC4028'), 'Min-SE:value');
    expect(counters.add('90')).toBe(true);
    expect(counters.add('soon')).toBe(false);
    expect(counters.add('\ud800')).toBe(false);
    const before = counters.report();
    expect(before).toMatchObject({ inputs: 3, sentences: 1, hit: 0 });
    expect(before.missed).toContain('RFC3261 gen-value: host');
    counters.add('90;a=[::1]');
    counters.add('90;a');
    const after = counters.report();
    expect(after.missed).not.toContain('RFC3261 gen-value: host');
    expect(after.missed).not.toContain('RFC3261 generic-param: [ EQUAL gen-value ] absent');
    expect(after.missed).not.toContain('RFC3261 generic-param: [ EQUAL gen-value ] present');
    expect(after.missed).toContain('RFC3261 gen-value: quoted-string');
    expect(after.alternatives).toBe(before.alternatives);
    expect(after.hit + after.missed.length).toBe(after.alternatives);
  });

  it('counts an alternative only as part of a whole derivation', () => {
    const counters = coverage(grammar('RFC3261'), 'host');
    counters.add('1.2.3.a4');
    const { missed } = counters.report();
    expect(missed).toContain('RFC3261 host: IPv4address');
    expect(missed).not.toContain('RFC3261 host: hostname');
  });

  it('counts all derivations of an ambiguous input', () => {
    const counters = coverage(grammar('RFC3261'), 'uri-parameter');
    counters.add('transport=udp');
    const { missed } = counters.report();
    expect(missed).not.toContain('RFC3261 uri-parameter: transport-param');
    expect(missed).not.toContain('RFC3261 uri-parameter: other-param');
    expect(missed).not.toContain('RFC3261 transport-param: "udp"');
    expect(missed).toContain('RFC3261 transport-param: "tcp"');
  });
});
