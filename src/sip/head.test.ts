import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../core/error.ts';
import { MOST, quickest } from '../testing/quickest.ts';
import {
  BAD_LENGTH,
  CONFLICTING_LENGTH,
  type HeadOptions,
  type HeadOutcome,
  NO_LENGTH,
  scanHead,
  skipLws,
  streamError,
} from './head.ts';

/** One octet a character. */
const octetsOf = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
const scan = (text: string, options?: HeadOptions): HeadOutcome => scanHead(octetsOf(text), options);
const STREAM: HeadOptions = { framing: 'stream' };
const START = 'MESSAGE sip:a@b SIP/2.0\r\n';

function refusal(text: string, options?: HeadOptions): [ErrorCode, string, number] | string {
  const outcome = scan(text, options);
  if (outcome.kind !== 'broken') return outcome.kind;
  return [outcome.error.code, outcome.error.rule, outcome.error.offset];
}

describe('start-lines', () => {
  it.each([
    'MESSAGE sip:a@b SIP/2.0',
    'invite sip:a SIP/2.0',
    "m-.!%*_+`'~9 x SIP/2.0",
    'IN%47VITE sip:a SIP/2.0',
    'A b/c SIP/2.0',
    'AB /foo SIP/2.0',
    'SI P/2.0 SIP/2.0',
    'INVITE <sip:a@b> SIP/2.0',
    'INVITE sip:\u00e9\u0085@b SIP/2.0',
    'INVITE sip:a@b SIP/7.0',
    'INVITE sip:a@b sip/2.0',
    'INVITE sip:a@b sIp/002.00001',
    'SIP/2.0 200 OK',
    'SIP/2.0 200 ',
    'sip/9.9 999 a\tb  c',
    'SIP/2.0 200 \u00e9\u00ff',
    'SIP/2.0 099 x',
  ])('%j is one', (line) => {
    expect(scan(`${line}\r\n\r\n`)).toMatchObject({
      kind: 'head',
      head: { end: line.length + 4, contentLength: NO_LENGTH },
    });
  });

  it.each<[string, ErrorCode, string, number]>([
    ['', 'start-line', 'Method', 0],
    [' ', 'start-line', 'Method', 0],
    ['INVITE', 'start-line', 'Method', 6],
    ['INVITE ', 'start-line', 'Request-URI', 7],
    ['INVITE sip:a', 'start-line', 'Request-URI', 12],
    ['INVITE sip:a ', 'start-line', 'SIP-Version', 13],
    ['INVITE  sip:a SIP/2.0', 'start-line', 'Request-URI', 7],
    ['INVITE sip:a  SIP/2.0', 'start-line', 'SIP-Version', 13],
    ['INVITE sip:a SIP/2.0 ', 'start-line', 'SIP-Version', 13],
    ['INVITE sip:a b SIP/2.0', 'start-line', 'SIP-Version', 13],
    ['INVITE sip:a\tSIP/2.0', 'start-line', 'Request-URI', 12],
    ['INVITE sip:\0 SIP/2.0', 'start-line', 'Request-URI', 11],
    ['INVITE sip:\r SIP/2.0', 'start-line', 'Request-URI', 11],
    ['INVITE sip:\u007f SIP/2.0', 'start-line', 'Request-URI', 11],
    [' INVITE sip:a SIP/2.0', 'start-line', 'Method', 0],
    ['INV(TE sip:a SIP/2.0', 'start-line', 'Method', 3],
    ['INV\u00e9TE sip:a SIP/2.0', 'start-line', 'Method', 3],
    ['INVITE sip:a SIP/2', 'start-line', 'SIP-Version', 13],
    ['INVITE sip:a SIP/2.', 'start-line', 'SIP-Version', 13],
    ['INVITE sip:a SIP/.0', 'start-line', 'SIP-Version', 13],
    ['INVITE sip:a SIP/22.', 'start-line', 'SIP-Version', 13],
    ['INVITE sip:a SIP/x.0', 'start-line', 'SIP-Version', 13],
    ['INVITE sip:a SIP-2.0', 'start-line', 'SIP-Version', 13],
    ['INVITE sip:a SIP/2.0x', 'start-line', 'SIP-Version', 13],
    ['INVITE sip:a HTTP/1.1', 'start-line', 'SIP-Version', 13],
    ['INVITE sip:a SIPS/2.0', 'start-line', 'SIP-Version', 13],
    ['INVITE sip:a S\u0129P/2.0', 'start-line', 'SIP-Version', 13],
    ['SIP/2.0', 'start-line', 'SIP-Version', 7],
    ['SIP/2.0 ', 'start-line', 'Status-Code', 8],
    ['SIP/2.0 20 OK', 'start-line', 'Status-Code', 8],
    ['SIP/2.0 2000 OK', 'start-line', 'Status-Code', 8],
    ['SIP/2.0 4294967301 OK', 'start-line', 'Status-Code', 8],
    ['SIP/2.0 -20 OK', 'start-line', 'Status-Code', 8],
    ['SIP/2.0 200', 'start-line', 'Status-Code', 8],
    ['SIP/2.0  200 OK', 'start-line', 'Status-Code', 8],
    ['SIP/2.0 200\tOK', 'start-line', 'Status-Code', 8],
    ['SIP/2.0 200 O\0K', 'control', 'Reason-Phrase', 13],
    ['SIP/2.0 200 O\rK', 'control', 'Reason-Phrase', 13],
    ['SIP/2.0 200 \u007f', 'control', 'Reason-Phrase', 12],
    ['SIP/2.0x 200 OK', 'start-line', 'SIP-Version', 7],
    ['\u00ef\u00bb\u00bfINVITE sip:a SIP/2.0', 'encoding', 'start-line', 0],
    ['\u00ef\u00bb\u00beINVITE sip:a SIP/2.0', 'start-line', 'Method', 0],
    ['\u00ef\u00ba\u00bfINVITE sip:a SIP/2.0', 'start-line', 'Method', 0],
    ['IN\u00bfVITE sip:a SIP/2.0', 'start-line', 'Method', 2],
    ['To: x', 'start-line', 'Method', 2],
  ])('%j is none', (line, code, rule, offset) => {
    expect(refusal(`${line}\r\n\r\n`)).toEqual([code, rule, offset]);
    expect(refusal(`\r\n\r\n${line}\r\n\r\n`, STREAM)).toEqual(line === '' ? 'incomplete' : [code, rule, offset + 4]);
  });

  it('row 33: may not be folded', () => {
    expect(refusal(`${START} X\r\n\r\n`)).toEqual(['start-line', 'start-line', START.length]);
    expect(refusal('INVITE sip:a\r\n SIP/2.0\r\n\r\n')).toEqual(['start-line', 'Request-URI', 12]);
  });
});

describe('Content-Length', () => {
  const length = (...lines: string[]) => {
    const outcome = scan(`${START}${lines.map((line) => `${line}\r\n`).join('')}\r\n`, { tolerances: ['bare-lf'] });
    return outcome.kind === 'head' ? outcome.head.contentLength : outcome;
  };

  it.each([
    ['Content-Length: 3', 3],
    ['content-length:3', 3],
    ['CONTENT-LENGTH \t : \t 3 \t', 3],
    ['l: 3', 3],
    ['L:3', 3],
    ['l : 0003', 3],
    ['Content-Length:\r\n 3', 3],
    ['Content-Length: 3\r\n  ', 3],
    ['Content-Length: \r\n \r\n\t3\r\n ', 3],
    ['Content-Length:\n 3', 3],
    ['Content-Length: 9007199254740991', Number.MAX_SAFE_INTEGER],
    [`Content-Length: ${'0'.repeat(1000)}7`, 7],
  ])('%j is read', (line, value) => {
    expect(length(line)).toBe(value);
  });

  it.each([
    ...[
      '-1',
      '+5',
      '5.0',
      '0x5',
      '5 5',
      '\u00d9\u00a5',
      '',
      ' ',
      '5,5',
      '5;x',
      '"5"',
      '9007199254740992',
      '9007199254740993',
    ],
    ...['18446744073709551616', '9'.repeat(400), '5\r\n 5', '5\0', '\r5', '5\r', '5\r\r\n ', 'x'],
  ])('rows 6 to 8: %j is bad', (value) => {
    expect(length(`Content-Length: ${value}`)).toBe(BAD_LENGTH);
    expect(length('l: 5', `Content-Length: ${value}`, 'l: 5')).toBe(BAD_LENGTH);
  });

  it.each([
    ...['X-Content-Length: 3', 'Content-Lengt: 3', 'Content-Lengths: 3', 'Content_Length: 3', 'Content\rLength: 3'],
    ...['Content-Length\r\n : 3', 'Content-Length 3', 'Content-Length', 'l 3', 'l', 'll: 3', 'c: 3', 'Content: 3', ','],
    ...['Content-Length\0: 3', 'lC: 3', '\u00ec: 3', 'Content-Length\u00a0: 3', 'X: y\r\n Content-Length: 3'],
  ])('%j is another line', (line) => {
    expect(length(line)).toBe(NO_LENGTH);
  });

  it.each([
    [['l: 3', 'Content-Length: 3'], 3],
    [['l: 3', 'Content-Length: 003', 'l:3'], 3],
    [['l: 3', 'Content-Length: 4'], CONFLICTING_LENGTH],
    [['l: 3', 'l: 4', 'l: 3'], CONFLICTING_LENGTH],
    [['l: 3', 'l: 4', 'l: x'], BAD_LENGTH],
  ])('rows 11 and 12: %j together are %d', (lines, value) => {
    expect(length(...lines)).toBe(value);
  });
});

describe('streamError', () => {
  it.each<[string, ErrorCode | undefined]>([
    ['', 'missing'],
    ['l: x\r\n', 'syntax'],
    ['l: 1\r\nl: 2\r\n', 'mismatch'],
    ['l: 100\r\n', 'limit'],
    ['l: 1\r\n', undefined],
  ])('of %j is %s', (fields, code) => {
    const text = `\r\n${START}${fields}\r\n`;
    const outcome = scan(text, STREAM);
    if (outcome.kind !== 'head') throw new Error(outcome.kind);
    expect(streamError(outcome.head, text.length)?.code).toBe(code);
    expect(streamError(outcome.head, text.length)?.offset ?? 2).toBe(2);
  });
});

describe('limits', () => {
  const head = (n: number) => `${START}${'X: y\r\n'.repeat(n)}\r\n`;

  it('of the head: the blank line is the last that counts', () => {
    const text = head(3);
    expect(refusal(text, { limits: { head: text.length } })).toBe('head');
    expect(refusal(text, { limits: { head: text.length - 1 } })).toEqual(['limit', 'message-header', text.length - 1]);
    expect(refusal(`\r\n${text}`, { ...STREAM, limits: { head: text.length } })).toBe('head');
    expect(refusal(`${text}body`, { limits: { head: text.length } })).toBe('head');
  });

  it('of the head, by default 64 KiB', () => {
    const line = `X: ${'y'.repeat(1000)}\r\n`;
    expect(refusal(`${START}${line.repeat(64)}\r\n`)).toBe('head');
    expect(refusal(`${START}${line.repeat(66)}\r\n`)).toEqual(['limit', 'message-header', 65_536]);
    expect(refusal(`${START}${line.repeat(66)}\r\n`, { limits: { head: 100_000 } })).toBe('head');
    expect(refusal('x'.repeat(65_536))).toBe('incomplete');
    expect(refusal('x'.repeat(65_537))).toEqual(['limit', 'message-header', 65_536]);
  });

  it('of the number of fields, by default 256', () => {
    expect(refusal(head(256))).toBe('head');
    expect(refusal(head(257))).toEqual(['limit', 'message-header', START.length + 256 * 6]);
    expect(refusal(head(257), { limits: { fields: 257 } })).toBe('head');
    expect(refusal(head(0), { limits: { fields: 0 } })).toBe('head');
    expect(refusal(head(1), { limits: { fields: 0 } })).toEqual(['limit', 'message-header', START.length]);
  });

  it('of a field with its folds, by default 16 KiB', () => {
    const folded = (n: number) => `${START}X: ${'y'.repeat(n - 9)}\r\n z\r\n\r\n`;
    expect(refusal(folded(16_384))).toBe('head');
    expect(refusal(folded(16_385))).toEqual(['limit', 'message-header', START.length + 16_384]);
    expect(refusal(folded(16_385), { limits: { field: 16_385 } })).toBe('head');
    expect(refusal(`${START}X: ${'y\r\n '.repeat(5000)}\r\n\r\n`)).toEqual([
      'limit',
      'message-header',
      START.length + 16_384,
    ]);
  });

  it('row 32: are met in linear time, and raised limits read in linear time', () => {
    const raised = { limits: { head: 1e8, fields: 1e8, field: 1e8 } };
    const texts = [
      `${START}${'X: y\r\n'.repeat(10_000)}\r\n`,
      `${START}X: ${'y'.repeat(1 << 20)}\r\n\r\n`,
      `${START}X: y${'\r\n z'.repeat(20_000)}\r\n\r\n`,
      `${START}X: y${'\r\n \r\n '.repeat(20_000)}\r\n\r\n`,
      `${START}${'Via: SIP/2.0/UDP a;branch=z9hG4bK1\r\n'.repeat(100_000)}\r\n`,
      `${START}${'l: 1\r\n'.repeat(100_000)}\r\n`,
      `${START}l: ${'0'.repeat(1_000_000)}\r\n\r\n`,
      `${START}l:${' '.repeat(1_000_000)}\r\n\r\n`,
      `${START}${'\r'.repeat(1_000_000)}\r\n\r\n`,
    ].map(octetsOf);
    for (const text of texts) {
      expect(scanHead(text, undefined)).toMatchObject({ kind: 'broken', error: { code: 'limit' } });
      expect(scanHead(text, raised).kind).toBe('head');
      expect(quickest(() => scanHead(text, raised), MOST)).toBeLessThan(MOST);
    }
    const blank = octetsOf('\r\n'.repeat(1_000_000));
    expect(quickest(() => scanHead(blank, { ...raised, framing: 'stream' }), MOST)).toBeLessThan(MOST);
  });
});

describe('scanHead', () => {
  it('finds a head across the window that is looked at first', () => {
    for (let size = 4080; size <= 4110; size++) {
      const fill = size - START.length - 9;
      const text = `${START}X: ${'y'.repeat(fill)}\r\n\r\n`;
      for (const after of ['', 'b', ' ', '\n', 'body'.repeat(2000)]) {
        expect(scan(text + after)).toMatchObject({ kind: 'head', head: { end: text.length, lines: { length: 3 } } });
      }
    }
  });

  it('sees a fold across the window', () => {
    for (let size = 4080; size <= 4110; size++) {
      const line = `X: ${'y'.repeat(size - START.length - 5)}\r\n`;
      const text = `${START}${line} z\r\nl: 1\r\n\r\n`;
      expect(scan(text.padEnd(9000, 'b'))).toMatchObject({
        kind: 'head',
        head: { end: text.length, contentLength: 1 },
      });
    }
  });

  it('takes CRLFs before the start-line on a stream only', () => {
    const text = `\r\n\r\n\r\n${START}\r\n`;
    expect(scan(text, STREAM)).toMatchObject({ kind: 'head', head: { lines: [6, 31], end: 33 } });
    expect(refusal(text)).toEqual(['start-line', 'Method', 0]);
  });

  it('never throws, and its offsets lie in the input', () => {
    const near = fc
      .array(
        fc.oneof(
          fc.constantFrom(START, 'SIP/2.0 200 OK\r\n', 'l: 1\r\n', 'X', ': ', '\r\n', '\r', '\n', ' ', '\0'),
          fc.string(),
        ),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(near, fc.boolean(), fc.boolean(), (text, stream, lenient) => {
        const octets = new TextEncoder().encode(text);
        const outcome = scanHead(octets, {
          framing: stream ? 'stream' : 'datagram',
          tolerances: lenient ? ['bare-lf'] : [],
        });
        if (outcome.kind === 'broken') expect(outcome.error.offset).toBeLessThanOrEqual(octets.length);
        if (outcome.kind !== 'head') return;
        const { lines, end, notes } = outcome.head;
        expect(end).toBeLessThanOrEqual(octets.length);
        expect([...lines].sort((a, b) => a - b)).toEqual(lines);
        for (const { offset } of notes) expect(octets[offset]).toBe(0x0a);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('skipLws', () => {
  it.each([
    ['', 0],
    [' \t a', 3],
    ['\r\n a', 3],
    ['\n a', 2],
    ['\ra', 0],
    [' \r\r\n a', 1],
    ['   ', 3],
  ])('of %j ends at %d', (text, end) => {
    expect(skipLws(octetsOf(text), 0, text.length)).toBe(end);
  });
});
