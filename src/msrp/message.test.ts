import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FieldCodec } from '../core/codec.ts';
import { EncodeError } from '../core/error.ts';
import type { ParseOptions } from '../core/options.ts';
import { type Result, unwrap } from '../core/result.ts';
import { contentType } from '../mime/content-headers.ts';
import { generate, grammar, mutateOctets, recognise, seeded } from '../testing/abnf/index.ts';
import { same } from '../testing/laws.ts';
import { MOST, quickest } from '../testing/quickest.ts';
import {
  byteRange,
  frameMsrp,
  freeTransactionId,
  fromPath,
  getMsrp,
  holdsEndLine,
  isMsrpRequest,
  type MsrpMessage,
  type MsrpRequest,
  msrp,
  msrpMessageId,
  msrpStatus,
  successReport,
  toPath,
  useNickname,
} from './index.ts';

const octets = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
const text = (value: Uint8Array | undefined): string => Buffer.from(value ?? []).toString('latin1');
const decode = (message: string, options?: ParseOptions): Result<MsrpMessage> => msrp.decode(octets(message), options);
const request = (message: string): MsrpRequest => unwrap(decode(message)) as MsrpRequest;

const PATHS =
  'To-Path: msrp://bob.example.com:8888/9di4eae923wzd;tcp\r\n' +
  'From-Path: msrp://alicepc.example.com:7777/iau39soe2843z;tcp\r\n';
const bodiless = (start: string, fields = ''): string =>
  `MSRP a786hjs2 ${start}\r\n${PATHS}${fields}-------a786hjs2$\r\n`;
const send = (body: string, fields = ''): string =>
  `MSRP a786hjs2 SEND\r\n${PATHS}${fields}Content-Type: text/plain\r\n\r\n${body}\r\n-------a786hjs2$\r\n`;
/** The end-line of `send`. */
const END = '\r\n-------a786hjs2$\r\n';

/** A message as plain data: nothing of what was received is left. */
function plain(message: MsrpMessage): MsrpMessage {
  const fields = message.fields.map(({ name, value }) => ({ name, value }));
  const { transactionId, continuation } = message;
  if (isMsrpRequest(message))
    return { transactionId, method: message.method, fields, body: message.body, continuation };
  return { transactionId, status: message.status, comment: message.comment, fields, continuation };
}

describe('reading', () => {
  it('LM-A2: reads a SEND of RFC 4975 11.1 with typed headers', () => {
    const message = request(
      `MSRP dkei38sd SEND\r\n${PATHS}Message-ID: 456s9wlk3\r\nByte-Range: 1-20/20\r\nSuccess-Report: yes\r\n` +
        "Content-Type: text/plain\r\n\r\nHi, Alice!  I'm Bob!\r\n-------dkei38sd$\r\n",
    );
    expect(message).toMatchObject({ transactionId: 'dkei38sd', method: 'SEND', continuation: '$' });
    expect(unwrap(getMsrp(message, toPath) as Result<unknown>)).toMatchObject([
      { host: 'bob.example.com', port: 8888 },
    ]);
    expect(unwrap(getMsrp(message, fromPath) as Result<unknown>)).toMatchObject([{ sessionId: 'iau39soe2843z' }]);
    expect(getMsrp(message, msrpMessageId)).toMatchObject({ value: '456s9wlk3' });
    expect(getMsrp(message, byteRange)).toMatchObject({ value: { start: 1, end: 20, total: 20 } });
    expect(getMsrp(message, successReport)).toMatchObject({ value: 'yes' });
    expect(getMsrp(message, contentType)).toMatchObject({ value: { type: 'text', subtype: 'plain' } });
    expect(text(message.body)).toBe("Hi, Alice!  I'm Bob!");
  });

  it('LM-A2: refuses a SEND that nothing ends', () => {
    expect(decode(send('Hello').slice(0, -1))).toMatchObject({ ok: false, error: { code: 'truncated' } });
    expect(decode(send('Hello').replace('-------a786hjs2', '-------a786hjs3'))).toMatchObject({ ok: false });
  });

  it('reads a REPORT, and NICKNAME of RFC 7701', () => {
    const report = unwrap(decode(bodiless('REPORT', 'Status: 000 200 OK\r\n')));
    expect(getMsrp(report, msrpStatus)).toMatchObject({ value: { namespace: '000', status: 200, comment: 'OK' } });
    const nickname = request(bodiless('NICKNAME', 'Use-Nickname: "Alice \\"the great\\""\r\n'));
    expect(nickname.method).toBe('NICKNAME');
    expect(getMsrp(nickname, useNickname)).toMatchObject({ value: 'Alice "the great"' });
  });

  it('tells no body from an empty one (RFC 4975 7.1)', () => {
    expect(request(bodiless('SEND')).body).toBeUndefined();
    expect(request(send('')).body).toEqual(new Uint8Array(0));
    expect(request(send('', 'Byte-Range: 1-0/0\r\n')).body).toEqual(new Uint8Array(0));
  });

  it('has a body that is a view', () => {
    const message = octets(send('Hello'));
    const { body } = unwrap(msrp.decode(message)) as MsrpRequest;
    expect(body?.buffer).toBe(message.buffer);
  });

  it('keeps unknown headers, order, duplicates, and names that objects have already (lesson 22, row 29)', () => {
    const fields = 'X: 1\r\ntoString: 2\r\nx:  3 \r\nconstructor: \r\n';
    const message = request(send('2048', fields));
    expect(message.fields.slice(2, 6)).toMatchObject([
      { name: 'X', value: '1' },
      { name: 'toString', value: '2' },
      { name: 'x', value: ' 3 ' },
      { name: 'constructor', value: '' },
    ]);
    expect(getMsrp(message, 'tostring')).toMatchObject({ value: '2' });
    expect(getMsrp(message, 'hasOwnProperty')).toBeUndefined();
    expect(text(msrp.encode(message))).toBe(send('2048', fields));
    expect(text(msrp.encode(plain(message)))).toBe(send('2048', fields));
  });

  it.each([
    ['no blank behind the colon', 'Message-ID:12339sdqwer', 'syntax'],
    ['two blanks behind the colon', 'Message-ID:  12339sdqwer', 'syntax'],
    ['a blank at the end', 'Message-ID: 12339sdqwer ', 'trailing'],
    ['twice', 'Message-ID: 12339sdqwer\r\nmessage-id: 12339sdqwer', 'duplicate'],
    ['no UTF-8', 'Message-ID: 1233\xc0\x80', 'encoding'],
    ['UTF-8 where none may be', 'Message-ID: 1233\xc3\xa4', 'trailing'],
    ['NUL', 'Message-ID: 1233\x00', 'trailing'],
    ['CR alone', 'Message-ID: \r12339', 'control'],
    ['nothing', 'Message-ID: ', 'truncated'],
    ['no value at all', 'Message-ID:', 'syntax'],
  ])('%s costs only the header', (_, line, code) => {
    const message = bodiless('SEND', `${line}\r\n`);
    const read = unwrap(decode(message));
    expect(getMsrp(read, msrpMessageId)).toMatchObject({ ok: false, error: { code } });
    expect(getMsrp(read, toPath)).toMatchObject({ ok: true });
    expect(text(msrp.encode(read))).toBe(message);
    // and in a copy that shares its headers
    const copy = { ...plain(read), fields: [...read.fields] } as MsrpMessage;
    expect(getMsrp(copy, msrpMessageId)).toMatchObject({ ok: false, error: { code } });
    expect(text(msrp.encode(copy))).toBe(message);
  });

  it('reads UTF-8 where it may stand', () => {
    const message = unwrap(decode(bodiless('REPORT', 'Status: 000 413 zu gro\xc3\x9f\r\nX: \xc3\xa4\r\n')));
    expect(getMsrp(message, msrpStatus)).toMatchObject({ value: { comment: 'zu gro\u00df' } });
    expect(getMsrp(message, 'X')).toMatchObject({ value: '\u00e4' });
    expect(unwrap(decode(bodiless('400 schlecht\xc3\xa4')))).toMatchObject({ status: 400, comment: 'schlecht\u00e4' });
    expect(unwrap(decode(bodiless('400 \xff')))).toMatchObject({ comment: '\ufffd' });
  });

  it('shows as plain data', () => {
    const message = unwrap(decode(send('Hello')));
    expect(same(JSON.parse(JSON.stringify(message)), JSON.parse(JSON.stringify(plain(message))))).toBe(true);
    const response = unwrap(decode(bodiless('200 OK')));
    expect(JSON.stringify(response)).toBe(JSON.stringify(plain(response)));
  });
});

describe('the end of a body', () => {
  const LOOKS = 'a\r\n-------a786hjs2$\r\nb'; // 22 octets
  it('row 54: Byte-Range is honoured where its end-line stands, though the body holds one', () => {
    expect(text(request(send(LOOKS, 'Byte-Range: 1-22/22\r\n')).body)).toBe(LOOKS);
    expect(text(request(send(LOOKS, 'Byte-Range: 101-122/999\r\n')).body)).toBe(LOOKS);
  });

  it.each([
    '',
    'Byte-Range: 1-*/23\r\n',
    'Byte-Range: 1-21/21\r\n',
    'Byte-Range: 23-1/23\r\n',
    'Byte-Range:1-22/22\r\n',
  ])('row 54: it ends the body where %j does not tell better', (range) => {
    const read = msrp.decode(octets(send(LOOKS, range)));
    expect(read).toMatchObject({ ok: true, consumed: octets(send('a', range)).length });
    expect(text((unwrap(read) as MsrpRequest).body)).toBe('a');
  });

  it('RFC 4975 7.3.1: the octets decide where Byte-Range is wrong', () => {
    for (const range of ['1-1/1', '1-7/7', '1-9/9', '1-20/20', '1-9999/9999', `1-${Number.MAX_SAFE_INTEGER}/*`]) {
      const message = send('Hello!!!', `Byte-Range: ${range}\r\n`);
      expect(text(request(message).body)).toBe('Hello!!!');
      expect(frameMsrp(octets(message + message))).toEqual({ kind: 'complete', length: message.length });
    }
  });

  it('waits for the end that Byte-Range promises while octets of a body follow one that looks like it', () => {
    const message = send(LOOKS, 'Byte-Range: 1-22/22\r\n');
    const cut = message.length - END.length - 1; // behind the end-line inside, and before the "b"
    expect(frameMsrp(octets(message.slice(0, cut + 1)))).toMatchObject({ kind: 'incomplete' });
    expect(frameMsrp(octets(message))).toEqual({ kind: 'complete', length: message.length });
  });

  it('an end-line right behind the blank line breaks the stream instead of stopping it', () => {
    const message = `MSRP a786hjs2 SEND\r\n${PATHS}\r\n-------a786hjs2$\r\n`;
    expect(frameMsrp(octets(message))).toMatchObject({ kind: 'broken', error: { code: 'syntax' } });
    expect(decode(message)).toMatchObject({ ok: false, error: { code: 'syntax' } });
  });
});

describe('writing', () => {
  const FIELDS = [
    { name: 'To-Path', value: 'msrp://bob.example.com:8888/9di4eae923wzd;tcp' },
    { name: 'From-Path', value: 'msrp://alicepc.example.com:7777/iau39soe2843z;tcp' },
  ];
  const REQUEST: MsrpRequest = {
    transactionId: 'a786hjs2',
    method: 'SEND',
    fields: [...FIELDS, { name: 'Content-Type', value: 'text/plain' }],
    body: octets('Hello'),
    continuation: '$',
  };

  it('LM-A2: writes a SEND as RFC 4975 has it', () => {
    expect(text(msrp.encode(REQUEST))).toBe(send('Hello'));
    expect(msrp.encodedLength(REQUEST)).toBe(send('Hello').length);
    expect(text(msrp.encode({ ...REQUEST, body: undefined, fields: FIELDS }))).toBe(bodiless('SEND'));
    expect(text(msrp.encode({ ...REQUEST, body: new Uint8Array(0) }))).toBe(send(''));
  });

  const wrong: readonly (readonly [string, object, string])[] = [
    ['a transaction id of three (row 57)', { transactionId: 'abc' }, 'transactionId'],
    ['a transaction id of 33 (row 57)', { transactionId: 'a'.repeat(33) }, 'transactionId'],
    ['a transaction id with CRLF', { transactionId: 'abcd\r\n' }, 'transactionId'],
    ['a transaction id that is no text', { transactionId: 12345 }, 'transactionId'],
    ['a method in small letters', { method: 'send' }, 'method'],
    ['a method with CR', { method: 'SEND\r' }, 'method'],
    ['no To-Path', { fields: FIELDS.slice(1) }, 'fields'],
    ['CRLF in a value', { fields: [...FIELDS, { name: 'X', value: 'a\r\nY: b' }] }, 'fields[2].value'],
    ['NUL in a value', { fields: [...FIELDS, { name: 'X', value: '\0' }] }, 'fields[2].value'],
    ['a lone surrogate', { fields: [...FIELDS, { name: 'X', value: '\ud800' }] }, 'fields[2].value'],
    ['a value that is no text', { fields: [...FIELDS, { name: 'X', value: 7 }] }, 'fields[2].value'],
    ['a name that is none', { fields: [...FIELDS, { name: '1x', value: 'a' }] }, 'fields[2].name'],
    ['an empty name', { fields: [...FIELDS, { name: '', value: 'a' }] }, 'fields[2].name'],
    ['a flag that is none', { continuation: '?' }, 'continuation'],
    ['the end-line in the body (row 54)', { body: octets('x-------a786hjs2$y') }, 'transactionId'],
  ];
  it.each(wrong)('LM-A2: refuses %s', (_, change, path) => {
    const message = { ...REQUEST, ...change } as MsrpRequest;
    expect(() => msrp.encode(message)).toThrow(EncodeError);
    expect(() => msrp.encodedLength(message)).toThrow(expect.objectContaining({ path }));
  });

  it.each([
    ['a code of four digits', { status: 1000 }, 'status'],
    ['half a code', { status: 200.5 }, 'status'],
    ['LF in the comment', { comment: 'a\nb' }, 'comment'],
    ['another flag than $ (RFC 4975 7.2)', { continuation: '+' }, 'continuation'],
  ])('refuses a response with %s', (_, change, path) => {
    const response = { transactionId: 'a786hjs2', status: 200, comment: 'OK', fields: FIELDS, continuation: '$' };
    const message = { ...response, ...change } as MsrpMessage;
    expect(() => msrp.encode(message)).toThrow(expect.objectContaining({ path }));
  });

  it('finds the end-line wherever it stands in a body, and nothing else', () => {
    for (let before = 0; before < 20; before++) {
      const body = `${'x'.repeat(before)}-------a786hjs2`;
      for (const flag of '$+#') expect(holdsEndLine(octets(`${body}${flag}`), 'a786hjs2')).toBe(true);
      expect(holdsEndLine(octets(`${'-'.repeat(before)}-------a786hjs2+`), 'a786hjs2')).toBe(true);
      for (const rest of ['', '?', '3$', '\r\n']) expect(holdsEndLine(octets(body + rest), 'a786hjs2')).toBe(false);
      expect(holdsEndLine(octets(`${'x'.repeat(before)}------a786hjs2$`), 'a786hjs2')).toBe(false);
    }
  });

  it('row 54: another transaction id is found, always the same one, for a body that holds the end-line', () => {
    const id = 'a786hjs2';
    expect(freeTransactionId(id, octets('Hello'))).toBe(id);
    const taken = octets(`-------${id}$ -------${id}.1+ -------${id}.2# -------${id}.x$`);
    expect(freeTransactionId(id, taken)).toBe(`${id}.3`);
    const long = 'a'.repeat(32);
    const free = freeTransactionId(long, octets(`-------${long}$`));
    expect(free).toBe(`${'a'.repeat(24)}.1`);
    fc.assert(
      fc.property(fc.array(fc.constantFrom('-------', `${id}`, '.1', '.2', '$', '+', '3', '\r\n')), (parts) => {
        const body = octets(parts.join(''));
        expect(text(msrp.encode({ ...REQUEST, transactionId: freeTransactionId(id, body), body }))).toContain(
          parts.join(''),
        );
      }),
    );
  });
});

const ident = fc
  .tuple(fc.stringMatching(/^[A-Za-z0-9]$/), fc.stringMatching(/^[-A-Za-z0-9.+%=]{3,31}$/))
  .map((parts) => parts.join(''));
const value = fc.string({ unit: fc.constantFrom(...'aZ0 \t:;-"\\\u00e9\u20ac', '\u{1f600}'), maxLength: 12 });
const fields = fc
  .array(fc.record({ name: fc.stringMatching(/^[A-Za-z][-A-Za-z0-9!#$%&'*+.^_`{|}~]{0,9}$/), value }), { maxLength: 4 })
  .map((more) => [{ name: 'To-Path', value: 'msrp://a.example.com:2855/x;tcp' }, ...more]);
const body = fc.oneof(
  fc.uint8Array({ maxLength: 60 }),
  fc
    .array(fc.constantFrom('\r\n', '-------', '------', 'abcd', '$', '\r', '-'), { maxLength: 8 })
    .map((s) => octets(s.join(''))),
);
const requests: fc.Arbitrary<MsrpRequest> = fc
  .record({
    transactionId: ident,
    method: fc.constantFrom('SEND', 'REPORT', 'NICKNAME', 'X'),
    fields,
    body: fc.option(body, { nil: undefined }),
    continuation: fc.constantFrom('$' as const, '+' as const, '#' as const),
    ranged: fc.boolean(),
  })
  .filter(({ transactionId, body }) => body === undefined || !holdsEndLine(body, transactionId))
  .map(({ ranged, fields, ...rest }) => {
    if (!ranged || rest.body === undefined) return { ...rest, fields };
    const length = rest.body.length;
    return { ...rest, fields: [...fields, { name: 'Byte-Range', value: `1-${length}/${length}` }] };
  });
const responses = fc.record({
  transactionId: ident,
  status: fc.nat(999),
  comment: fc.option(value, { nil: undefined }),
  fields,
  continuation: fc.constant('$' as const),
});
const messages: fc.Arbitrary<MsrpMessage> = fc.oneof(
  { weight: 3, arbitrary: requests },
  { weight: 1, arbitrary: responses },
);

/** Framer and decoder say the same of any octets. */
function checkAgreement(given: Uint8Array): void {
  const frame = frameMsrp(given);
  const read = msrp.decode(given);
  if (frame.kind === 'complete') {
    expect(read).toMatchObject({ ok: true, consumed: frame.length });
    const message = unwrap(read);
    expect(msrp.encode(message)).toEqual(given.subarray(0, frame.length));
    expect(msrp.encodedLength(message)).toBe(frame.length);
    return;
  }
  expect(read.ok).toBe(false);
  if (read.ok) return;
  expect(read.error.offset).toBeLessThanOrEqual(given.length);
  if (frame.kind === 'broken') expect(read.error).toEqual(frame.error);
  else expect(read.error).toMatchObject({ code: 'truncated', offset: given.length });
}

describe('laws', () => {
  it('what is written reads as itself, and every shorter piece of it is incomplete', () => {
    fc.assert(
      fc.property(messages, (message) => {
        const written = msrp.encode(message);
        expect(msrp.encodedLength(message)).toBe(written.length);
        const read = unwrap(msrp.decode(written));
        expect(same(plain(read), message)).toBe(true);
        expect(msrp.encode(plain(read))).toEqual(written);
        checkAgreement(written);
        for (let length = 0; length < written.length; length++) {
          const frame = frameMsrp(written.subarray(0, length));
          expect(frame.kind).toBe('incomplete');
          if (frame.kind === 'incomplete') expect(frame.needed ?? 0).toBeLessThanOrEqual(written.length - length);
        }
      }),
      { numRuns: 150, seed: 4975 },
    );
  });

  it('any octets: never an exception, framer and decoder agree', () => {
    const damaged = fc
      .tuple(messages, fc.nat(), fc.nat(4), fc.uint8Array({ maxLength: 4 }))
      .map(([message, at, cut, junk]) => {
        const written = text(msrp.encode(message));
        const from = at % (written.length + 1);
        return octets(written.slice(0, from) + text(junk) + written.slice(from + cut));
      });
    const headed = fc.tuple(
      fc.constant('MSRP a786hjs2 '),
      fc.string({ unit: fc.constantFrom('SEND', '200', ' ', '\r\n', 'To-Path: x', '-------a786hjs2', '$', '-', ':') }),
    );
    const cases = fc.oneof(
      fc.uint8Array({ maxLength: 80 }),
      damaged,
      headed.map((parts) => octets(parts.join(''))),
    );
    fc.assert(fc.property(cases, checkAgreement), { numRuns: 1500, seed: 4975 });
  });
});

/** The sentence with the transaction id of its start-line in its end-line, which the grammar does not ask for. */
function withOneId(sentence: Uint8Array): Uint8Array {
  const all = text(sentence);
  const id = all.split(' ', 2)[1]?.replace(/\r\n.*/s, '') as string;
  const last = all.lastIndexOf('\r\n', all.length - 3) + 2;
  return octets(`${all.slice(0, last)}-------${id}${all.slice(-3)}`);
}

/** Whether every part of a message without a body is right, as far as the codecs tell. */
function isWhole(message: MsrpMessage): boolean {
  const codecs = [toPath, fromPath, msrpMessageId, byteRange, msrpStatus, successReport] as FieldCodec<unknown>[];
  const [first, second] = message.fields;
  const ordered = first?.name.toLowerCase() === 'to-path' && second?.name.toLowerCase() === 'from-path';
  const read = codecs.every((codec) => getMsrp(message, codec)?.ok ?? true);
  const others = message.fields.every(({ name }) => name !== '' && getMsrp(message, name)?.ok === true);
  return ordered && read && others && !message.fields.some(({ name }) => /^(?:content-|failure)/i.test(name));
}

describe('agreement with the grammar of RFC 4975', () => {
  const RULES = grammar('RFC4975');
  const choose = seeded(4975);

  it('every sentence decodes whole, and a changed one that is refused is none', () => {
    const seen = { whole: 0, refused: 0, sound: 0 };
    for (let i = 0; i < 200; i++) {
      const sentence = withOneId(generate(RULES, 'msrp-req-or-resp', choose, { maxOctets: 300 }));
      expect(msrp.decode(sentence), text(sentence)).toMatchObject({ ok: true, consumed: sentence.length });
      for (let j = 0; j < 4; j++) {
        const { value } = mutateOctets(sentence, choose);
        const read = msrp.decode(value);
        const grammatical = (): boolean => recognise(RULES, 'msrp-req-or-resp', value).outcome === 'match';
        if (!read.ok || read.consumed < value.length) {
          seen.refused++;
          expect(grammatical() && same(withOneId(value), value), text(value)).toBe(false);
        } else if (!(isMsrpRequest(read.value) && read.value.body !== undefined) && isWhole(read.value)) {
          seen.sound++;
          expect(grammatical(), text(value)).toBe(true);
        }
        seen.whole++;
      }
    }
    expect(Math.min(seen.refused, seen.sound)).toBeGreaterThan(20);
  });
});

describe('hostile input', () => {
  const raised = { limits: { head: 1e7, field: 1e7, fields: 1e6, params: 1e6 } };
  it.each([
    ['To-Path with 100 000 URIs', `To-Path:${' msrp://a.example.com:1/b;tcp'.repeat(100_000)}\r\n`],
    ['100 000 headers', `${PATHS}${'X: 1\r\n'.repeat(100_000)}`],
    ['a header of 1 MB', `${PATHS}X: ${'-'.repeat(1_000_000)}\r\n`],
  ])('%s: a limit, and linear time where that is raised', (_, fields) => {
    const message = octets(`MSRP a786hjs2 SEND\r\n${fields}-------a786hjs2$\r\n`);
    expect(msrp.decode(message)).toMatchObject({ ok: false, error: { code: 'limit' } });
    expect(frameMsrp(message)).toMatchObject({ kind: 'broken', error: { code: 'limit' } });
    const run = (): unknown => {
      const read = unwrap(msrp.decode(message, raised));
      return [read.fields.length, getMsrp(read, toPath, raised), getMsrp(read, 'Y')];
    };
    expect(quickest(run, MOST)).toBeLessThan(MOST);
  });

  it.each([
    ['dashes', '-'],
    ['near end-lines', '\r\n-------a786hjs3$'],
    ['end-lines without CRLF', '\r\n-------a786hjs2$x'],
    ['end-lines with another flag', '\r\n-------a786hjs2?\r\n'],
    ['CR', '\r'],
    ['beginnings of end-lines', '\r\n-------a786hjs2'],
  ])('a body full of %s: linear time', (_, unit) => {
    const body = unit.repeat(100_000);
    for (const range of ['', `Byte-Range: 1-${body.length}/*\r\n`, 'Byte-Range: 1-7/7\r\n']) {
      const message = octets(send(body, range));
      const decoded = (): unknown => unwrap(msrp.decode(message));
      expect(quickest(decoded, MOST)).toBeLessThan(MOST);
      expect((unwrap(msrp.decode(message)) as MsrpRequest).body?.length).toBe(body.length);
      expect(quickest(() => freeTransactionId('a786hjs2', octets(body)), MOST)).toBeLessThan(MOST);
    }
  });

  it('a body that holds the end-lines of 100 000 ids: another one is found in linear time', () => {
    const body = octets(Array.from({ length: 100_000 }, (_, i) => `-------a786hjs2.${i}$`).join('') + END);
    expect(freeTransactionId('a786hjs2', body)).toBe('a786hjs2.100000');
    expect(quickest(() => freeTransactionId('a786hjs2', body), MOST)).toBeLessThan(MOST);
  });

  it('a message that is longer than the limit is refused, however long it says it is', () => {
    const limits = { limits: { message: 1000 } };
    expect(frameMsrp(octets(send('x'.repeat(1000))), limits)).toMatchObject({
      kind: 'broken',
      error: { code: 'limit' },
    });
    expect(frameMsrp(octets(send('x'.repeat(1000)).slice(0, 1100)), limits)).toMatchObject({ kind: 'broken' });
    expect(decode(send('Hello', `Byte-Range: 1-${2 ** 52}/*\r\n`), limits)).toMatchObject({ ok: true });
  });
});
