import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Frame } from '../core/codec.ts';
import type { ErrorCode } from '../core/error.ts';
import { frameSip } from './frame.ts';
import type { HeadOptions } from './head.ts';
import { sipMessage } from './message.ts';

const octetsOf = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
const frame = (text: string, options?: HeadOptions) => frameSip(octetsOf(text), options);
const START = 'MESSAGE sip:a@b SIP/2.0\r\n';

const FIXTURES = [
  'fixtures/messages',
  'fixtures/messages/deviations',
  'fixtures/torture/rfc4475',
  'fixtures/torture/rfc5118',
]
  .flatMap((folder) => readdirSync(folder).map((file) => `${folder}/${file}`))
  .filter((file) => /\.(sip|dat)$/.test(file))
  .map((file) => new Uint8Array(readFileSync(file)));

/** The framer and the decoder say the same of the same octets. */
function checkAgreement(octets: Uint8Array, options?: HeadOptions): Frame {
  const framed = frameSip(octets, options);
  const read = sipMessage.decode(octets, { ...options, framing: 'stream' });
  if (framed.kind === 'complete') {
    if (!read.ok) throw new Error(`framed but refused: ${read.error.code}`);
    expect(read.consumed).toBe(framed.length);
    expect(sipMessage.encodedLength(read.value)).toBe(sipMessage.encode(read.value).length);
  } else if (framed.kind === 'broken') expect(read).toEqual({ ok: false, error: framed.error });
  else {
    expect(read).toMatchObject({ ok: false, error: { code: 'truncated', offset: octets.length } });
    if (framed.needed !== undefined) expect(framed.needed).toBeGreaterThan(0);
  }
  return framed;
}

/** Every beginning is incomplete until the message is whole; what is broken does not become whole. */
function checkSplits(octets: Uint8Array, options?: HeadOptions): void {
  const whole = checkAgreement(octets, options);
  for (let n = 0; n <= octets.length; n++) {
    const part = frameSip(octets.subarray(0, n), options);
    if (whole.kind === 'complete' && n >= whole.length) expect(part).toEqual(whole);
    else if (whole.kind === 'broken' && part.kind === 'broken') expect(part).toEqual(whole);
    else expect(part.kind).toBe('incomplete');
    if (part.kind === 'incomplete' && part.needed !== undefined && whole.kind === 'complete') {
      expect(n + part.needed).toBe(whole.length);
    }
  }
}

const pieces = fc.constantFrom(
  ...[START, 'SIP/2.0 200 OK\r\n', 'Content-Length: 3\r\n', 'l:2\r\n', 'L : 0\r\n', 'Content-Length:\r\n 1\r\n'],
  ...['X: y\r\n', 'To: \u00c3\u00a9\r\n', ' fold\r\n', '\r\n', '\r\n\r\n', '\r', '\n', ' ', ':', 'abc', '\0', '\u00ff'],
);
const messages = fc
  .tuple(
    fc.constantFrom('', '\r\n', '\r\n\r\n'),
    fc.constantFrom(START, 'SIP/2.0 200 OK\r\n'),
    fc.array(pieces, { maxLength: 8 }),
  )
  .map(([before, start, rest]) => octetsOf(before + start + rest.join('')));

describe('frameSip', () => {
  it('ends a message by its Content-Length', () => {
    const text = `${START}X: y\r\nl: 3\r\n\r\nabc`;
    expect(frame(text)).toEqual({ kind: 'complete', length: text.length });
    expect(frame(`${text}SIP/2.0 200 OK`)).toEqual({ kind: 'complete', length: text.length });
  });

  it('row 4: waits for the end of the head', () => {
    expect(frame('')).toEqual({ kind: 'incomplete' });
    expect(frame(`${START}l: 0\r\n`)).toEqual({ kind: 'incomplete' });
  });

  it('row 5: counts CRLFs before the start-line in', () => {
    expect(frame(`${'\r\n'.repeat(100)}${START}l: 0\r\n\r\n`)).toMatchObject({
      kind: 'complete',
      length: 200 + START.length + 8,
    });
    expect(frame('\r\n\r\n')).toEqual({ kind: 'incomplete' });
    expect(frame('\r')).toEqual({ kind: 'incomplete' });
  });

  it('row 9: says how many octets are needed', () => {
    expect(frame(`${START}l: 10\r\n\r\nabc`)).toEqual({ kind: 'incomplete', needed: 7 });
  });

  it.each<[string, string, ErrorCode]>([
    ['row 1', 'X: y\nl: 0\r\n\r\n', 'bare-lf'],
    ['row 6', 'Content-Length: -1\r\n\r\n', 'syntax'],
    ['row 7', 'Content-Length: +5\r\n\r\n', 'syntax'],
    ['row 7', 'Content-Length: 5 5\r\n\r\n', 'syntax'],
    ['row 8', 'Content-Length: 9007199254740993\r\n\r\n', 'syntax'],
    ['row 8', 'Content-Length: 18446744073709551616\r\n\r\n', 'syntax'],
    ['row 8', 'Content-Length: 9007199254740991\r\n\r\n', 'limit'],
    ['row 12', 'Content-Length: 3\r\nl: 4\r\n\r\n', 'mismatch'],
    ['row 13', 'X: y\r\n\r\n', 'missing'],
    ['row 15', 'X-Pad: a\nContent-Length: 4\r\n\r\n', 'bare-lf'],
  ])('%s: %j breaks a stream', (_row, fields, code) => {
    expect(frame(START + fields)).toMatchObject({ kind: 'broken', error: { code } });
    checkAgreement(octetsOf(START + fields));
  });

  it('rows 1 and 15: agrees with the decoder on bare LF either way', () => {
    const octets = octetsOf(`${START.replace('\r', '')}X-Pad: a\nContent-Length: 4\n\nabcdef`);
    expect(checkAgreement(octets)).toMatchObject({ kind: 'broken', error: { code: 'bare-lf', offset: 23 } });
    expect(checkAgreement(octets, { tolerances: ['bare-lf'] })).toEqual({
      kind: 'complete',
      length: octets.length - 2,
    });
  });

  it('is limited to 16 MiB a message, or as set, and allocates nothing for it', () => {
    const head = `${START}l: 16777216\r\n\r\n`;
    expect(frame(head)).toMatchObject({ kind: 'broken', error: { code: 'limit' } });
    const most = 16_777_216 - START.length - 15;
    expect(frame(`${START}l: ${most}\r\n\r\n`)).toEqual({ kind: 'incomplete', needed: most });
    expect(frame(`${START}l: ${most + 1}\r\n\r\n`)).toMatchObject({ kind: 'broken' });
    const set = (message: number) => frame(`\r\n${START}l: 10\r\n\r\n`, { limits: { message } });
    expect(set(START.length + 19)).toEqual({ kind: 'incomplete', needed: 10 });
    expect(set(START.length + 18)).toMatchObject({ kind: 'broken', error: { code: 'limit', offset: 2 } });
  });

  it('meets the limit of an endless head', () => {
    expect(frame(START + 'x'.repeat(70_000))).toMatchObject({ kind: 'broken', error: { code: 'limit' } });
  });

  it('agrees with the decoder on every fixture, and on every one that is damaged', () => {
    expect(FIXTURES.length).toBeGreaterThan(100);
    for (const octets of FIXTURES) checkAgreement(octets);
    const damaged = fc.tuple(
      fc.constantFrom(...FIXTURES),
      fc.nat(),
      fc.constantFrom(0, 0x0a, 0x0d, 0x20, 0x3a, 0x31, 0xc3),
      fc.nat(2),
    );
    fc.assert(
      fc.property(damaged, ([octets, at, octet, cut]) => {
        const from = at % octets.length;
        checkAgreement(Uint8Array.from([...octets.subarray(0, from), octet, ...octets.subarray(from + cut)]));
      }),
      { numRuns: 500 },
    );
  });

  it('is incomplete at every split until the message is whole', () => {
    fc.assert(
      fc.property(messages, fc.constantFrom([], ['bare-lf' as const]), (octets, tolerances) =>
        checkSplits(octets, { tolerances }),
      ),
      {
        numRuns: 500,
      },
    );
    for (const octets of FIXTURES.filter(({ length }) => length < 2000).slice(0, 20)) checkSplits(octets);
  });

  it('is incomplete at every split with limits too', () => {
    const limits = fc.record({ head: fc.nat(80), fields: fc.nat(4), field: fc.nat(30), message: fc.nat(100) });
    fc.assert(
      fc.property(messages, limits, (octets, set) => {
        const whole = checkAgreement(octets, { limits: set });
        for (let n = 0; n < octets.length; n++) {
          const part = checkAgreement(octets.subarray(0, n), { limits: set });
          if (part.kind === 'broken') expect(whole.kind).toBe('broken');
          if (part.kind === 'complete') expect(part).toEqual(whole);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('never throws on any octets', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (octets) => void checkAgreement(octets)));
  });
});
