import { describe, expect, it } from 'vitest';
import { fieldCodec, listCodec, textCodec } from './codec.ts';
import { scanList, scanToken } from './scan.ts';

const parts = {
  name: 'X-Test',
  rule: 'test',
  clause: 'RFC3261-25.1',
  scan: (s: Parameters<typeof scanToken>[0]) => scanToken(s),
  format: (value: string) => value,
} as const;

describe('codecs', () => {
  it('refuse what a scan leaves over, and what it refuses', () => {
    const codec = textCodec<string>(parts);
    expect(codec.parse('abc')).toEqual({ ok: true, value: 'abc', notes: [] });
    expect(codec.parse('abc ')).toEqual({
      ok: false,
      error: { code: 'trailing', rule: 'test', clause: 'RFC3261-25.1', offset: 3 },
    });
    expect(codec.parse('')).toMatchObject({ ok: false, error: { code: 'truncated', offset: 0 } });
    expect(codec.parse('x'.repeat(16_385))).toMatchObject({ ok: false, error: { code: 'limit', rule: 'test' } });
  });

  it('refuse a value whose scan reported an error', () => {
    const codec = textCodec<string>({ ...parts, scan: (s) => s.fail('range', 'test', 'RFC3261-25.1') ?? 'value' });
    expect(codec.parse('abc')).toMatchObject({ ok: false, error: { code: 'range' } });
    expect(codec.parse('')).toMatchObject({ ok: false, error: { code: 'range' } });
  });

  it('say whether they are a list, and carry their notes', () => {
    expect(fieldCodec<string>({ ...parts, compact: 'x' })).toMatchObject({ list: false, compact: 'x', name: 'X-Test' });
    const list = listCodec<string>({
      ...parts,
      scan(s) {
        if (s.tolerates('bare-lf')) s.note('bare-lf', 'RFC3261-7');
        return scanList(s, scanToken);
      },
      format: (value) => value.join(', '),
    });
    expect(list.list).toBe(true);
    expect(list.parse('a, b', { tolerances: ['bare-lf'] })).toEqual({
      ok: true,
      value: ['a', 'b'],
      notes: [{ tolerance: 'bare-lf', clause: 'RFC3261-7', offset: 0 }],
    });
    expect(list.parse('a')).toMatchObject({ ok: true, notes: [] });
  });
});
