import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { EncodeError, type ErrorCode } from '../core/error.ts';
import { unwrap } from '../core/result.ts';
import { MOST, quickest } from '../testing/quickest.ts';
import { get, getAll, has, malformedLines, remove, set } from './access.ts';
import type { HeadOptions } from './head.ts';
import { contact } from './headers/contact.ts';
import { from } from './headers/name-addrs.ts';
import { contentLength, maxForwards } from './headers/numbers.ts';
import { subject } from './headers/text-fields.ts';
import { via } from './headers/via.ts';
import { isRequest, type SipMessage, type SipRequest, sipMessage } from './message.ts';
import { headOf } from './received.ts';

/** One octet a character. */
const octetsOf = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
const textOf = (octets: Uint8Array) => Buffer.from(octets).toString('latin1');
const START = 'MESSAGE sip:a@b SIP/2.0\r\n';
const message = (...lines: string[]) => `${START}${lines.map((line) => `${line}\r\n`).join('')}\r\n`;
const decode = (text: string, options?: HeadOptions) => sipMessage.decode(octetsOf(text), options);
const read = (text: string, options?: HeadOptions) => unwrap(decode(text, options));

function refusal(text: string, options?: HeadOptions): [ErrorCode, number] {
  const outcome = decode(text, options);
  if (outcome.ok) throw new Error('it decodes');
  return [outcome.error.code, outcome.error.offset];
}

/** The refusal of one header of a message that decodes, and encodes as it came. */
function headerCode(text: string, ...lines: string[]): ErrorCode | undefined {
  const whole = message('To: <sip:x@y>', text, ...lines);
  const value = read(whole);
  expect(textOf(sipMessage.encode(value))).toBe(whole);
  expect(get(value, 'To')).toMatchObject({ ok: true, value: '<sip:x@y>' });
  const name = text.slice(0, text.indexOf(':'));
  const answer = name === 'From' ? get(value, from) : get(value, name);
  return answer?.ok === false ? answer.error.code : undefined;
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

describe('rows of bad inputs: framing', () => {
  it('row 1: bare LF is refused, or tolerated with a note for each', () => {
    const text = message('X: y', 'l: 0').replaceAll('\r\n', '\n');
    expect(refusal(text)).toEqual(['bare-lf', START.length - 2]);
    const outcome = decode(text, { tolerances: ['bare-lf'] });
    expect(outcome).toMatchObject({ ok: true, consumed: text.length });
    if (!outcome.ok) return;
    expect(outcome.notes.map(({ tolerance, offset }) => [tolerance, text[offset]])).toEqual(
      Array(4).fill(['bare-lf', '\n']),
    );
    expect(get(outcome.value, 'X')).toMatchObject({ ok: true, value: 'y' });
    expect(textOf(sipMessage.encode(outcome.value))).toBe(text);
  });

  it.each(['a\rb', '\ra', 'a\r', 'a \r \r\n b', 'a\r\r\n b'])(
    'row 2: CR alone in %j is the error of that header',
    (value) => {
      expect(headerCode(`Subject: ${value}`)).toBe('control');
    },
  );

  it('row 3: NUL is the error of its header, but legal as a quoted pair', () => {
    expect(headerCode('Subject: a\0b')).toBe('control');
    expect(headerCode('From: "\0" <sip:a@b>;tag=1')).toBe('control');
    const value = read(message('From: "a\\\0b" <sip:a@b>;tag=1'));
    expect(get(value, from)).toMatchObject({ ok: true, value: { displayName: 'a\0b' } });
  });

  it('row 4: no blank line', () => {
    const text = `${START}X: y\r\n`;
    expect(refusal(text)).toEqual(['truncated', text.length]);
    expect(refusal('')).toEqual(['truncated', 0]);
  });

  it('row 5: CRLFs before the start-line are for streams', () => {
    expect(refusal(`\r\n${message('l: 0')}`)).toEqual(['start-line', 0]);
    const outcome = decode(`\r\n\r\n${message('l: 0')}`, { framing: 'stream' });
    expect(outcome).toMatchObject({ ok: true, consumed: message('l: 0').length + 4 });
    if (outcome.ok) expect(textOf(sipMessage.encode(outcome.value))).toBe(message('l: 0'));
    if (outcome.ok) expect(outcome.value).toMatchObject({ method: 'MESSAGE', uri: 'sip:a@b', version: 'SIP/2.0' });
    const response = decode('\r\nSIP/2.0 200 OK\r\nl: 0\r\n\r\n', { framing: 'stream' });
    expect(response).toMatchObject({ ok: true, value: { status: 200, reason: 'OK', version: 'SIP/2.0' } });
  });

  it.each(['-1', '+5', '5.0', '0x5', '5 5', '\u00d9\u00a5', '9007199254740993', '18446744073709551616', ''])(
    'rows 6 to 8: Content-Length %j is the error of that header, and of a stream',
    (value) => {
      const text = `${message(`Content-Length: ${value}`)}abc`;
      const outcome = read(text);
      expect(get(outcome, contentLength)).toMatchObject({ ok: false });
      expect(textOf(outcome.body)).toBe('abc');
      expect(refusal(text, { framing: 'stream' })).toEqual(['syntax', 0]);
    },
  );

  it('row 9: a Content-Length above what is there', () => {
    const text = `${message('l: 10')}abc`;
    expect(decode(text)).toMatchObject({ ok: true, consumed: text.length });
    expect(textOf(read(text).body)).toBe('abc');
    expect(refusal(text, { framing: 'stream' })).toEqual(['truncated', text.length]);
  });

  it('row 10: a Content-Length below what is there', () => {
    const text = `${message('l: 2')}abc`;
    for (const framing of ['datagram', 'stream'] as const) {
      const outcome = decode(text, { framing });
      expect(outcome).toMatchObject({ ok: true, consumed: text.length - 1 });
      if (!outcome.ok) continue;
      expect(textOf(outcome.value.body)).toBe('ab');
      expect(textOf(sipMessage.encode(outcome.value))).toBe(text.slice(0, -1));
      expect(sipMessage.encodedLength(outcome.value)).toBe(text.length - 1);
    }
  });

  it('rows 11 and 12: two Content-Lengths', () => {
    expect(textOf(read(`${message('l: 2', 'Content-Length: 02')}abc`).body)).toBe('ab');
    const differ = `${message('l: 2', 'Content-Length: 3')}abcd`;
    expect(textOf(read(differ).body)).toBe('abcd');
    expect(get(read(differ), contentLength)).toMatchObject({ ok: false, error: { code: 'duplicate', field: 1 } });
    expect(refusal(differ, { framing: 'stream' })).toEqual(['mismatch', 0]);
  });

  it('row 13: no Content-Length', () => {
    expect(textOf(read(`${message()}abc`).body)).toBe('abc');
    expect(refusal(`${message()}abc`, { framing: 'stream' })).toEqual(['missing', 0]);
  });

  it('row 14: blanks before the colon', () => {
    const value = read(`${message('Content-Length \t: 3')}abcd`);
    expect(get(value, contentLength)).toMatchObject({ ok: true, value: 3 });
    expect(textOf(value.body)).toBe('abc');
  });

  it('row 15: a Content-Length behind a bare LF is no field', () => {
    const text = `${message('X-Pad: a\nContent-Length: 4')}abcdef`;
    expect(refusal(text)).toEqual(['bare-lf', START.length + 8]);
    const value = read(text, { tolerances: ['bare-lf'] });
    expect(get(value, contentLength)).toMatchObject({ ok: true, value: 4 });
    expect(textOf(value.body)).toBe('abcd');
  });
});

describe('rows of bad inputs: start-line', () => {
  it.each(['MESSAGE  sip:a SIP/2.0', 'MESSAGE sip:a  SIP/2.0', 'MESSAGE sip:a SIP/2.0 ', 'MESSAGE sip:a b SIP/2.0'])(
    'row 16: %j is none',
    (line) => {
      expect(refusal(`${line}\r\n\r\n`)[0]).toBe('start-line');
    },
  );

  it('row 17: other versions decode', () => {
    expect(read('MESSAGE sip:a SIP/7.0\r\n\r\n')).toMatchObject({
      method: 'MESSAGE',
      uri: 'sip:a',
      version: 'SIP/7.0',
    });
    expect(read('MESSAGE sip:a sip/2.0\r\n\r\n')).toMatchObject({ version: 'sip/2.0' });
    expect(read('sip/2.0 200 OK\r\n\r\n')).toMatchObject({ version: 'sip/2.0', status: 200, reason: 'OK' });
  });

  it('row 18: a method with an escape is another method', () => {
    expect(read('IN%47VITE sip:a SIP/2.0\r\n\r\n')).toMatchObject({ method: 'IN%47VITE' });
  });

  it('row 19: a Request-URI in brackets decodes', () => {
    expect(read('MESSAGE <sip:a@b> SIP/2.0\r\n\r\n')).toMatchObject({ uri: '<sip:a@b>' });
  });

  it('a request whose fourth octet is a slash is no response', () => {
    expect(read('A b/c SIP/2.0\r\n\r\n')).toMatchObject({ method: 'A', uri: 'b/c' });
    expect(read('AB /c SIP/2.0\r\n\r\n')).toMatchObject({ method: 'AB', uri: '/c' });
    expect(isRequest(read('AB /c SIP/2.0\r\n\r\n'))).toBe(true);
  });
});

describe('rows of bad inputs: headers', () => {
  it('row 29: names of Object.prototype are names like others', () => {
    const value = read(message('__proto__: 1', 'constructor: 2', 'toString: 3', 'hasOwnProperty: 4', '__PROTO__: 5'));
    expect(getAll(value, '__proto__')).toMatchObject([{ value: '1' }, { value: '5' }]);
    expect(get(value, 'constructor')).toMatchObject({ ok: true, value: '2' });
    expect(get(value, 'valueOf')).toBeUndefined();
    expect(({} as Record<string, unknown>)['1']).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(textOf(sipMessage.encode(remove(value, '__proto__')))).toBe(
      message('constructor: 2', 'toString: 3', 'hasOwnProperty: 4'),
    );
  });

  it.each([
    '\u00e2\u0084\u00aa: x',
    'S\u00c5\u00bfubject: x',
    'X(: x',
    'X\0: x',
    '\r: x',
    '\u00ff: x',
    ': x',
    'no colon',
    'a b: x',
    ':',
    'X',
  ])('rows 30 and 31: %j is no field, and costs that line only', (line) => {
    const text = message('To: <sip:a@b>', line, 'Subject: s');
    const value = read(text);
    expect(malformedLines(value)).toMatchObject([{ code: 'syntax', rule: 'message-header', field: 1 }]);
    expect(value.fields[1]?.name).toBe('');
    expect([get(value, 'To'), get(value, subject)]).toMatchObject([{ ok: true }, { ok: true, value: 's' }]);
    expect(has(value, 'Supported')).toBe(false);
    expect(textOf(sipMessage.encode(value))).toBe(text);
    expect(textOf(sipMessage.encode(set(value, subject, 'other')))).toBe(text.replace('Subject: s', 'Subject: other'));
  });

  it('row 32: many headers, long lines and many folds meet a limit, or are read in linear time', () => {
    const limits = { head: 1e8, fields: 1e8, field: 1e8 };
    const lines = (n: number, line: string) => message(...Array<string>(n).fill(line));
    const shapes: readonly ((n: number) => string)[] = [
      (n) => lines(n / 10, 'X-A: y'),
      (n) => message(`Subject: ${'y'.repeat(n * 10)}`),
      (n) => message(`Subject: y${'\r\n z'.repeat(n / 5)}`),
      (n) => message(`Subject: y${'\r\n '.repeat(n / 5)}z`),
      (n) => message(`Subject: \u00c3\u00a9${'\r\n \u00c3\u00a9'.repeat(n / 5)}`),
      (n) => message(`Subject:${' '.repeat(n * 10)}y`),
      (n) => message(`Subject: y${' '.repeat(n * 10)}`),
      (n) => message(`Subject: y${' \t'.repeat(n * 2)}\0z`),
      (n) => lines(n, 'Via: SIP/2.0/UDP a;branch=z9hG4bK1'),
      (n) => lines(n, ': '),
    ];
    const readAll = (octets: Uint8Array) => {
      const value = unwrap(sipMessage.decode(octets, { limits }));
      get(value, subject, { limits });
      get(value, via, { limits });
      getAll(value, 'X-a');
      malformedLines(value);
    };
    for (const shape of shapes) {
      const [small, large] = [octetsOf(shape(12_500)), octetsOf(shape(100_000))];
      expect(sipMessage.decode(large)).toMatchObject({ ok: false, error: { code: 'limit' } });
      // Eight times as much: linear time grows by 8, quadratic by 64. A busy machine slows both.
      const most = Math.max(MOST, 28 * quickest(() => readAll(small), MOST / 28));
      expect(quickest(() => readAll(large), most)).toBeLessThanOrEqual(most);
      const value = unwrap(sipMessage.decode(large, { limits }));
      expect(value.fields.length).toBeGreaterThan(0);
      expect(Buffer.compare(sipMessage.encode(value), large)).toBe(0);
    }
    const folds = read(message(`Subject: y${'\r\n z'.repeat(20_000)}`), { limits });
    expect(get(folds, subject, { limits })).toMatchObject({ ok: true, value: `y${' z'.repeat(20_000)}` });
    const vias = read(message(...Array<string>(100_000).fill('Via: SIP/2.0/UDP a')), { limits });
    expect(unwrap(get(vias, via) ?? expect.fail())).toHaveLength(100_000);
  });

  it('row 33: a folded start-line is refused, a fold of blanks is one SP', () => {
    expect(refusal(`${START} X: y\r\n\r\n`)).toEqual(['start-line', START.length]);
    const value = read(message('Subject: a \r\n\t \r\n \r\n  b', 'X:\r\n \r\n ', 'Y: \r\n c\r\n '));
    expect(get(value, subject)).toMatchObject({ ok: true, value: 'a b' });
    expect([get(value, 'X'), get(value, 'Y')]).toMatchObject([{ value: '' }, { value: 'c' }]);
  });

  it.each([
    ['\u00c0\u0080', 0],
    ['a\u00ed\u00a0\u0080', 2],
    ['\u00f8\u0088\u0080\u0080\u0080', 0],
    ['\u0080', 0],
    ['"\u0080" <sip:a@b>', 1],
    ['a\r\n \u00ff', 4],
    ['\u00c3', 1],
  ])('row 34: %j is the error of its value', (value, offset) => {
    const text = message(`Contact: ${value}`, 'Subject: \u00c3\u00a9');
    const decoded = read(text);
    expect(get(decoded, contact)).toMatchObject({ ok: false, error: { code: 'encoding', offset, field: 0 } });
    expect(get(decoded, 'contact')).toMatchObject({ ok: false, error: { code: 'encoding', offset, field: 0 } });
    expect(get(decoded, subject)).toMatchObject({ ok: true, value: 'é' });
    expect(decoded.fields[0]?.value).toContain('\ufffd');
    expect(textOf(sipMessage.encode(decoded))).toBe(text);
  });

  it('row 35: a byte order mark at the start is refused', () => {
    expect(refusal(`\u00ef\u00bb\u00bf${message()}`)).toEqual(['encoding', 0]);
    expect(refusal(`\u00ef\u00bb\u00bf${message('l: 0')}`, { framing: 'stream' })).toEqual(['encoding', 0]);
  });
});

const FIXTURES = [
  'fixtures/messages',
  'fixtures/messages/deviations',
  'fixtures/torture/rfc4475',
  'fixtures/torture/rfc5118',
]
  .flatMap((folder) => readdirSync(folder).map((file) => `${folder}/${file}`))
  .filter((file) => /\.(sip|dat)$/.test(file));

describe('decoding', () => {
  it.each(FIXTURES)('%s encodes to the octets it came in', (file) => {
    const octets = new Uint8Array(readFileSync(file));
    const padded = new Uint8Array(octets.length + 20);
    padded.set(octets, 7);
    for (const input of [octets, padded.subarray(7, 7 + octets.length), Buffer.from(octets)]) {
      const outcome = sipMessage.decode(input);
      if (!outcome.ok) return expect(outcome.error.offset).toBeLessThanOrEqual(octets.length);
      const encoded = sipMessage.encode(outcome.value);
      expect(encoded).toEqual(octets.subarray(0, outcome.consumed));
      expect(sipMessage.encodedLength(outcome.value)).toBe(encoded.length);
      expect(new Uint8Array(outcome.value.body)).toEqual(
        octets.subarray(outcome.consumed - outcome.value.body.length, outcome.consumed),
      );
      const again = unwrap(sipMessage.decode(encoded));
      expect(JSON.stringify({ ...again.fields })).toBe(JSON.stringify({ ...outcome.value.fields }));
    }
  });

  it('gives a body that is a view, and an encoding that is a copy', () => {
    const text = `${message('l: 3')}abc`;
    for (const input of [octetsOf(text), Buffer.from(text)]) {
      const value = unwrap(sipMessage.decode(input));
      expect(value.body.buffer).toBe(input.buffer);
      const encoded = sipMessage.encode(value);
      encoded.fill(0);
      expect(textOf(sipMessage.encode(value))).toBe(text);
      expect(Object.getPrototypeOf(encoded)).toBe(Uint8Array.prototype);
    }
  });

  it('reads start-lines in UTF-8', () => {
    expect(read('MESSAGE sip:\u00c3\u00a9 SIP/2.0\r\n\r\n')).toMatchObject({ uri: 'sip:é' });
    expect(read('SIP/2.0 200 \u00d0\u009f\r\n\r\n')).toMatchObject({ status: 200, reason: 'П' });
    expect(read('SIP/2.0 200 \r\n\r\n')).toMatchObject({ reason: '' });
  });

  it('shows plain data in JSON', () => {
    const request = read(`${message('Subject: a\r\n b', 't: <sip:a@b>')}hi`);
    expect(JSON.parse(JSON.stringify(request))).toEqual({
      method: 'MESSAGE',
      uri: 'sip:a@b',
      version: 'SIP/2.0',
      fields: [
        { name: 'Subject', value: 'a b' },
        { name: 't', value: '<sip:a@b>' },
      ],
      body: { 0: 104, 1: 105 },
    });
    expect(JSON.parse(JSON.stringify(read('SIP/2.0 404 Not Found\r\n\r\n')))).toEqual({
      status: 404,
      reason: 'Not Found',
      version: 'SIP/2.0',
      fields: [],
      body: {},
    });
  });

  it('is of the media type of RFC 3261 27.5', () => {
    expect(sipMessage.mediaType).toBe('message/sip');
  });

  it('tells requests from responses', () => {
    expect([isRequest(read(message())), isRequest(read('SIP/2.0 200 OK\r\n\r\n'))]).toEqual([true, false]);
  });

  it('keeps the places of a received head only', () => {
    expect(headOf(read(message('X: y')))).toMatchObject({ lines: [0, START.length, START.length + 6] });
    expect(headOf({ method: 'A', uri: 'b:c', fields: [], body: new Uint8Array(0) })).toBeUndefined();
  });

  it('finds the same fields and body at every look', () => {
    const value = read(`${message('X: y')}abc`);
    expect(value.fields).toBe(value.fields);
    expect(value.body).toBe(value.body);
  });

  it('does the same without Buffer', async () => {
    const text = message(
      'Subject: \u00c3\u00a9\r\n \u00c3\u00a9',
      'X: \u00ff',
      'From: "\u00c3\u00a9" <sip:a@b>;tag=1',
      'l: 3',
    );
    const octets = octetsOf(`${text}\u00c3\u00a9\u00ff`);
    vi.resetModules();
    const { Buffer: original } = globalThis;
    vi.stubGlobal('Buffer', undefined);
    const fresh = await import('./message.ts');
    const access = await import('./access.ts');
    const headers = await import('./headers/name-addrs.ts');
    const { portable, conversions } = await import('../core/octets.ts');
    vi.stubGlobal('Buffer', original);
    expect(conversions).toBe(portable);
    const value = unwrap(fresh.sipMessage.decode(octets));
    expect(value.fields).toMatchObject(read(`${text}\u00c3\u00a9\u00ff`).fields);
    expect(access.get(value, 'Subject')).toMatchObject({ ok: true, value: 'é é' });
    expect(access.get(value, 'X')).toMatchObject({ ok: false, error: { code: 'encoding', offset: 0 } });
    expect(access.get(value, headers.from)).toMatchObject({ ok: true, value: { displayName: 'é' } });
    const changed = access.set(value, access.textField('Subject'), 'ß\u{1f600}');
    expect(textOf(fresh.sipMessage.encode(changed))).toContain(
      'Subject: \u00c3\u009f\u00f0\u009f\u0098\u0080\r\nX: \u00ff\r\n',
    );
    expect(fresh.sipMessage.encodedLength(changed)).toBe(fresh.sipMessage.encode(changed).length);
    const composed = { method: 'A', uri: 'sip:é', fields: [{ name: 'X', value: 'é' }], body: Uint8Array.of(255) };
    expect(fresh.sipMessage.encode(composed)).toEqual(sipMessage.encode(composed));
  });

  it('never throws, and reads every field of what it lets through', () => {
    const pieces = fc.constantFrom(
      'To: ',
      '"',
      '<',
      '\r\n',
      '\r\n ',
      '\n',
      '\r',
      ':',
      ' ',
      '\0',
      '\u00c3\u00a9',
      '\u00ff',
      'l: 1',
      'x',
      ',',
      ';',
    );
    const texts = fc.array(pieces, { maxLength: 30 }).map((parts) => `${START}${parts.join('')}\r\n\r\n`);
    fc.assert(
      fc.property(texts, fc.constantFrom([], ['bare-lf' as const]), (text, tolerances) => {
        const outcome = decode(text, { tolerances });
        if (!outcome.ok) return;
        const { value } = outcome;
        for (const field of value.fields) {
          expect(field.value).not.toContain('\n');
          getAll(value, field.name === '' ? 'X' : field.name);
        }
        expect(textOf(sipMessage.encode(value))).toBe(text.slice(0, outcome.consumed));
      }),
      { numRuns: 1000 },
    );
  });
});

const NO_BODY = new Uint8Array(0);
const request = (parts: Partial<SipRequest> = {}): SipRequest => ({
  method: 'MESSAGE',
  uri: 'sip:a@b',
  fields: [],
  body: NO_BODY,
  ...parts,
});

describe('encoding', () => {
  it('writes the parts of a composed message in order', () => {
    const fields = [
      { name: 'Subject', value: 'é' },
      { name: 'x', value: '' },
      { name: 'Subject', value: 'b' },
    ];
    const text = `${START}Subject: \u00c3\u00a9\r\nx: \r\nSubject: b\r\n\r\n\u0001\u00ff`;
    const value = request({ fields, body: Uint8Array.of(1, 255) });
    expect(textOf(sipMessage.encode(value))).toBe(text);
    expect(sipMessage.encodedLength(value)).toBe(text.length);
    const response: SipMessage = { status: 200, reason: '', version: 'SIP/7.0', fields: [], body: NO_BODY };
    expect(textOf(sipMessage.encode(response))).toBe('SIP/7.0 200 \r\n\r\n');
    expect(sipMessage.encodedLength(response)).toBe(16);
  });

  it('has the length that it says, and decodes to the same', () => {
    const value = fc
      .oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary-ascii' }))
      .filter((text) => !/\p{Cc}|^[ \t]|[ \t]$/u.test(text));
    const parts = fc.record({
      method: fc.constantFrom('MESSAGE', 'x'),
      uri: fc.constantFrom('sip:a@b', 'sip:é\u{1f600}'),
      fields: fc.array(fc.record({ name: fc.constantFrom('Subject', 's', 'X-Y', '__proto__'), value }), {
        maxLength: 5,
      }),
      body: fc.uint8Array({ maxLength: 20 }),
    });
    fc.assert(
      fc.property(parts, (composed) => {
        const encoded = sipMessage.encode(composed);
        expect(sipMessage.encodedLength(composed)).toBe(encoded.length);
        const again = unwrap(sipMessage.decode(encoded));
        expect({ ...again.fields }).toMatchObject({ ...composed.fields });
        expect(again).toMatchObject({ method: composed.method, uri: composed.uri });
        expect(again.body).toEqual(composed.body);
        expect(sipMessage.encode(again)).toEqual(encoded);
        const mixed = set(again, maxForwards, 70);
        expect(sipMessage.encodedLength(mixed)).toBe(sipMessage.encode(mixed).length);
      }),
      { numRuns: 300 },
    );
  });

  it.each<[SipMessage, string]>([
    [request({ method: '' }), 'method'],
    [request({ method: 'A B' }), 'method'],
    [request({ method: 'A\r\nX' }), 'method'],
    [request({ method: 'é' }), 'method'],
    [request({ uri: '' }), 'uri'],
    [request({ uri: 'sip:a b' }), 'uri'],
    [request({ uri: 'sip:a\r\nX: y' }), 'uri'],
    [request({ uri: 'sip:a\0' }), 'uri'],
    [request({ uri: 'sip:\u007f' }), 'uri'],
    [request({ uri: 'sip:\ud800' }), 'uri'],
    [request({ version: '' }), 'version'],
    [request({ version: 'SIP/2' }), 'version'],
    [request({ version: 'SIP/2.0\r\n' }), 'version'],
    [request({ version: 'HTTP/1.1' }), 'version'],
    [request({ version: '\u017fIP/2.0' }), 'version'],
    [{ status: 1.5, reason: '', fields: [], body: NO_BODY }, 'status'],
    [{ status: 1000, reason: '', fields: [], body: NO_BODY }, 'status'],
    [{ status: 200.5, reason: '', fields: [], body: NO_BODY }, 'status'],
    [{ status: Number.NaN, reason: '', fields: [], body: NO_BODY }, 'status'],
    [{ status: 200, reason: 'a\r\nX: y', fields: [], body: NO_BODY }, 'reason'],
    [{ status: 200, reason: '\ud800', fields: [], body: NO_BODY }, 'reason'],
    ...['', 'a b', 'a:', 'X\r\nY', 'é', 'X\0'].map((name): [SipMessage, string] => [
      request({
        fields: [
          { name: 'To', value: '' },
          { name, value: 'x' },
        ],
      }),
      'fields[1].name',
    ]),
    ...[
      'a\r\nX: y',
      'a\n',
      '\r',
      '\0',
      '\u007f',
      '\ud800',
      'a\udc00',
      ' a',
      'a ',
      '\ta',
      'a\t',
      '\ta\t',
      '\t',
      '\0\0\0',
    ].map((value): [SipMessage, string] => [request({ fields: [{ name: 'X', value }] }), 'fields[0].value']),
  ])('refuses %j', (value, path) => {
    for (const write of [sipMessage.encode, sipMessage.encodedLength]) {
      try {
        write(value);
        expect.fail('nothing was thrown');
      } catch (error) {
        expect(error).toBeInstanceOf(EncodeError);
        expect((error as EncodeError).path).toBe(path);
        expect((error as EncodeError).clause).toMatch(/^RFC3261-/);
      }
    }
  });
});

describe('control octets in composed fields', () => {
  const request = (value: string): SipRequest => ({ ...REQUEST_WITH, fields: [{ name: 'From', value }] });
  const REQUEST_WITH: SipRequest = { method: 'OPTIONS', uri: 'sip:a@b.example', fields: [], body: new Uint8Array(0) };

  it('stand as quoted pairs (row 3)', () => {
    const message = request('"a\\\0b\\\x01" <sip:a@b.example>');
    const octets = sipMessage.encode(message);
    expect(octets.length).toBe(sipMessage.encodedLength(message));
    const again = sipMessage.decode(octets);
    expect(again.ok && get(again.value, from)).toMatchObject({ ok: true, value: { displayName: 'a\0b\x01' } });
  });

  it.each(['a\0b', 'a\\\r', 'a\\\n', 'a\\\\\0', '\\\ud800'])('throw otherwise: %j', (value) => {
    expect(() => sipMessage.encode(request(value))).toThrow(expect.objectContaining({ path: 'fields[0].value' }));
    expect(() => sipMessage.encodedLength(request(value))).toThrow(EncodeError);
  });
});
