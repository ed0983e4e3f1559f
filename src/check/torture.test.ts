import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sipMessage } from '../sip/message.ts';
import { check, passes } from './check.ts';

interface Verdict {
  readonly file: string;
  readonly decode: 'valid' | 'invalid';
  readonly code?: string;
  readonly check: 'valid' | 'invalid' | 'either';
  readonly consumed?: number;
  readonly errors: readonly { readonly field: string; readonly code: string; readonly optional?: boolean }[];
  readonly warnings?: readonly { readonly field: string; readonly clause: string }[];
}

const root = new URL('../../fixtures/torture/', import.meta.url);

function verdicts(set: string): readonly Verdict[] {
  return JSON.parse(readFileSync(new URL(`${set}/verdicts.json`, root), 'utf8')) as readonly Verdict[];
}

describe.each([
  ['rfc4475', 49],
  ['rfc5118', 15],
])('%s', (set, count) => {
  const all = verdicts(set);

  it('has a verdict for every message', () => {
    const files = readdirSync(new URL(`${set}/`, root)).filter((name) => name.endsWith('.dat'));
    expect(all.map(({ file }) => file).sort()).toEqual(files.sort());
    expect(all.length).toBe(count);
  });

  it.each(all.map((verdict) => [verdict.file, verdict] as const))('%s', (file, verdict) => {
    const octets = new Uint8Array(readFileSync(new URL(`${set}/${file}`, root)));
    const decoded = sipMessage.decode(octets);
    expect(decoded.ok ? 'valid' : 'invalid').toBe(verdict.decode);
    if (decoded.ok) {
      expect(decoded.consumed).toBe(verdict.consumed);
      expect(Buffer.compare(sipMessage.encode(decoded.value), octets.subarray(0, decoded.consumed))).toBe(0);
    } else expect(decoded.error.code).toBe(verdict.code);

    const report = check(octets, { profile: 'sip' });
    if (verdict.check !== 'either') expect(passes(report) ? 'valid' : 'invalid').toBe(verdict.check);
    const errors = new Set(report.findings.filter(({ severity }) => severity === 'error').map(({ field }) => field));
    const mandatory = verdict.errors.filter(({ optional }) => optional !== true).map(({ field }) => field);
    const optional = verdict.errors.map(({ field }) => field);
    expect(
      [...errors].filter((field) => !optional.includes(field as string)),
      'errors beyond the verdict',
    ).toEqual([]);
    expect(
      mandatory.filter((field) => !errors.has(field)),
      'errors of the verdict that were not found',
    ).toEqual([]);
  });
});
