import { describe, expect, it } from 'vitest';
import type { ParseError } from './error.ts';
import { DEFAULT_LIMITS, limits } from './limits.ts';
import { ok, refuse, UnwrapError, unwrap } from './result.ts';
import { LENIENT, TOLERANCES } from './tolerance.ts';

const ERROR: ParseError = { code: 'syntax', rule: 'token', clause: 'RFC3261-25.1', offset: 3 };

describe('results', () => {
  it('are plain data', () => {
    expect(ok(1)).toEqual({ ok: true, value: 1, notes: [] });
    expect(refuse(ERROR)).toEqual({ ok: false, error: ERROR });
    const note = { tolerance: 'bare-lf', clause: 'RFC3261-7', offset: 1 } as const;
    expect(ok('x', [note]).notes).toEqual([note]);
  });

  it('cannot have their shared empty notes changed', () => {
    expect(Object.isFrozen(ok(1).notes)).toBe(true);
  });

  it('are unwrapped, or thrown', () => {
    expect(unwrap(ok(0))).toBe(0);
    expect(() => unwrap(refuse(ERROR))).toThrow(new UnwrapError(ERROR));
    const error = new UnwrapError({ ...ERROR, expected: 'a letter' });
    expect([error.name, error.message, error.error.offset]).toEqual([
      'UnwrapError',
      'syntax in token at 3, expected a letter (RFC3261-25.1)',
      3,
    ]);
    expect(new UnwrapError(ERROR).message).toBe('syntax in token at 3 (RFC3261-25.1)');
  });
});

describe('limits', () => {
  it('are the documented defaults, which cannot be changed', () => {
    expect(limits(undefined)).toBe(DEFAULT_LIMITS);
    expect(DEFAULT_LIMITS).toEqual({
      ...{ head: 65_536, fields: 256, field: 16_384, params: 128, message: 16_777_216 },
      ...{ document: 4_194_304, elements: 10_000, depth: 32, parts: 1024, nesting: 16 },
    });
    expect(Object.isFrozen(DEFAULT_LIMITS)).toBe(true);
  });

  it('are set one by one', () => {
    expect(limits({ fields: 3 })).toEqual({ ...DEFAULT_LIMITS, fields: 3 });
  });
});

describe('tolerances', () => {
  it('each have a clause and words, and LENIENT is all of them', () => {
    expect(LENIENT).toEqual(Object.keys(TOLERANCES));
    for (const { clause, what } of Object.values(TOLERANCES)) {
      expect(clause).toMatch(/^(RFC\d+|OMA|XML)-/);
      expect(what).not.toBe('');
    }
  });
});
