import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ParseError } from './error.ts';
import { renderError } from './render.ts';

const error = (offset: number, expected?: string): ParseError => ({
  code: 'syntax',
  rule: 'token',
  clause: 'RFC3261-25.1',
  offset,
  ...(expected === undefined ? {} : { expected }),
});

describe('renderError', () => {
  it('shows the line and a caret under the offset', () => {
    const input = 'one\r\ntwo @ three\r\nfour';
    const shown = 'syntax in token at offset 9, expected a digit (RFC3261-25.1)\n  two @ three\n      ^';
    expect(renderError(error(9, 'a digit'), input)).toBe(shown);
    expect(renderError(error(9, 'a digit'), new TextEncoder().encode(input))).toBe(shown);
  });

  it('shows the end of the input', () => {
    expect(renderError(error(3), 'abc')).toBe('syntax in token at offset 3 (RFC3261-25.1)\n  abc\n     ^');
    expect(renderError(error(0), '')).toBe('syntax in token at offset 0 (RFC3261-25.1)\n  \n  ^');
    expect(renderError(error(0), new Uint8Array(0))).toContain('\n  ^');
  });

  it('shows octets that are no printable ASCII as one column each', () => {
    expect(renderError(error(4), Uint8Array.of(0x61, 0xc3, 0xa9, 0x09, 0x62))).toContain('\n  a···b\n      ^');
    expect(renderError(error(4), 'a\u{1f600}\tb')).toContain('\n  a···b\n      ^');
    expect(renderError(error(1), 'a\u001b[31m')).not.toContain('\u001b');
  });

  it('shows the octet of a line end that is the error', () => {
    expect(renderError(error(1), 'a\nb')).toContain('\n  a\n   ^');
    expect(renderError(error(2), 'a\r\nb')).toContain('\n  a·\n    ^');
  });

  it('cuts a long line around the offset', () => {
    const lines = renderError(error(5000), 'x'.repeat(10_000)).split('\n');
    expect(lines[1]).toBe(`  ${'x'.repeat(100)}`);
    expect(lines[2]).toBe(`  ${' '.repeat(60)}^`);
  });

  it('always has the caret under what stands at the offset', () => {
    const inputs = fc.oneof(fc.string({ unit: 'binary' }), fc.uint8Array());
    fc.assert(
      fc.property(inputs, fc.nat(), (input, at) => {
        const offset = at % (input.length + 1);
        const [, excerpt = '', caret = ''] = renderError(error(offset), input).split('\n');
        const code = typeof input === 'string' ? input.charCodeAt(offset) : (input[offset] ?? Number.NaN);
        const shown = excerpt[caret.length - 1];
        if (code >= 0x20 && code <= 0x7e) expect(shown).toBe(String.fromCharCode(code));
        else expect([undefined, '·']).toContain(shown);
      }),
    );
  });
});
