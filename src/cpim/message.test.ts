import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ParseOptions } from '../core/options.ts';
import type { Result } from '../core/result.ts';
import { unwrap } from '../core/result.ts';
import { findPart, partEntity } from '../mime/find-part.ts';
import { same } from '../testing/laws.ts';
import { cpimErrors } from './access.ts';
import { type CpimMessage, cpim } from './message.ts';

const octets = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
const text = (value: Uint8Array): string => Buffer.from(value).toString('latin1');
const decode = (message: string, options?: ParseOptions): Result<CpimMessage> => cpim.decode(octets(message), options);
const CONTENT = 'Content-Type: text/plain\r\n\r\nHello';
const F = 'From: <im:a@b>\r\n';
/** A message as plain data: nothing of what was received is left. */
const plain = ({ headers, content }: CpimMessage): CpimMessage => ({
  headers: headers.map(({ name, params, value }) => ({ name, params, value })),
  content: { fields: content.fields.map(({ name, value }) => ({ name, value })), body: content.body },
});

/** RFC 3862 5.1 */
const EXAMPLE =
  'From: MR SANDERS <im:piglet@100akerwood.com>\r\nTo: Depressed Donkey <im:eeyore@100akerwood.com>\r\n' +
  'DateTime: 2000-12-13T13:40:00-08:00\r\nSubject: the weather will be fine today\r\n' +
  "Subject:;lang=fr beau temps prevu pour aujourd'hui\r\nNS: MyFeatures <mid:MessageFeatures@id.foo.com>\r\n" +
  'Require: MyFeatures.VitalMessageOption\r\nMyFeatures.VitalMessageOption: Confirmation-requested\r\n' +
  'MyFeatures.WackyMessageOption: Use-silly-font\r\n\r\nContent-type: text/xml; charset=utf-8\r\n' +
  'Content-ID: <1234567890@foo.com>\r\n\r\n<body>\r\nHere is the text of my message.\r\n</body>';

const VALID: [string, string, [string, string?, string?][], string?][] = [
  ['the least', `${F}\r\n${CONTENT}`, [['From', '<im:a@b>']]],
  ['no body', `${F}\r\nContent-Type: text/plain\r\n\r\n`, [['From', '<im:a@b>']], ''],
  [
    'a body that begins with blank lines',
    `${F}\r\n${CONTENT.replace('Hello', '\r\n\r\nHello')}`,
    [['From', '<im:a@b>']],
    '\r\n\r\nHello',
  ],
  [
    'a body of any octets',
    `${F}\r\n${CONTENT.replace('Hello', '\x00\n\r\xff\r\n\r\n')}`,
    [['From', '<im:a@b>']],
    '\x00\n\r\xff\r\n\r\n',
  ],
  ['parameters', `Subject:;lang=fr Bonjour\r\n\r\n${CONTENT}`, [['Subject', 'Bonjour', ';lang=fr']]],
  [
    'several parameters, one quoted with blanks and quotes',
    `X:;a=b;c="d \\" e" f\r\n\r\n${CONTENT}`,
    [['X', 'f', ';a=b;c="d \\" e"']],
  ],
  ['an empty value', `Subject: \r\n\r\n${CONTENT}`, [['Subject', '']]],
  [
    'a prefix',
    `NS: x <a:b>\r\nx.Y: z\r\n\r\n${CONTENT}`,
    [
      ['NS', 'x <a:b>'],
      ['x.Y', 'z'],
    ],
  ],
  ['every character of a name', `aZ09!#$%&'*+-^_\`|~: x\r\n\r\n${CONTENT}`, [["aZ09!#$%&'*+-^_`|~", 'x']]],
  ['escapes as they are', `Subject: a\\n\\u0041\\\r\n\r\n${CONTENT}`, [['Subject', 'a\\n\\u0041\\']]],
  ['UTF-8', `Subject: \xc3\xa4\r\n\r\n${CONTENT}`, [['Subject', '\u00e4']]],
  [
    'order and duplicates',
    `To: <a:b>\r\ncc: <a:c>\r\nTo: <a:d>\r\n\r\n${CONTENT}`,
    [
      ['To', '<a:b>'],
      ['cc', '<a:c>'],
      ['To', '<a:d>'],
    ],
  ],
  [
    'names of JavaScript (row 29)',
    `__proto__: a\r\nconstructor: b\r\n\r\n${CONTENT}`,
    [
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ],
  ],
  ['colons in the value', `X: a:b: c\r\n\r\n${CONTENT}`, [['X', 'a:b: c']]],
  ['a blank at the end of a value', `X: a \r\n\r\n${CONTENT}`, [['X', 'a ']]],
  ['MIME fields that are folded', `${F}\r\nContent-Type:\r\n text/plain\r\n\r\nHello`, [['From', '<im:a@b>']]],
  ['a MIME field without a blank (lesson 10)', `${F}\r\nContent-Type:text/plain\r\n\r\nHello`, [['From', '<im:a@b>']]],
  ['a MIME line that is no field', `${F}\r\nnonsense\r\n${CONTENT}`, [['From', '<im:a@b>']]],
  ['content without a Content-Type', `${F}\r\nContent-ID: <1@x>\r\n\r\nHello`, [['From', '<im:a@b>']]],
  ['a right Content-Length', `${F}\r\nContent-length: 5\r\n\r\nHello`, [['From', '<im:a@b>']]],
  ['Content-Language, which is no Content-Length', `${F}\r\nContent-Language: 6\r\n\r\nHello`, [['From', '<im:a@b>']]],
];

const INVALID: [string, string, string, number][] = [
  ['nothing', '', 'truncated', 0],
  ['no blank line at all', F, 'truncated', F.length],
  ['no line end', 'From: <im:a@b>', 'truncated', 14],
  ['nothing behind the headers', `${F}\r\n`, 'truncated', F.length + 2],
  ['no blank line behind the MIME fields', `${F}\r\nContent-Type: text/plain\r\n`, 'truncated', 44],
  ['no blank line between the blocks (row 58)', `${F}${CONTENT}`, 'truncated', 49],
  ['the same where the body has a blank line', `${F}${CONTENT}\r\n\r\nand more`, 'missing', 44],
  ['content without MIME fields', `${F}\r\nHello\r\n\r\nWorld`, 'missing', 18],
  ['a blank line more between the blocks (lesson 11)', `${F}\r\n\r\n${CONTENT}`, 'syntax', 18],
  ['a blank line before the headers', `\r\n${F}\r\n${CONTENT}`, 'syntax', 0],
  ['no header', `\r\n\r\n${CONTENT}`, 'syntax', 0],
  ['LF alone behind a header', `From: <im:a@b>\n\r\n${CONTENT}`, 'bare-lf', 14],
  ['LF alone as the blank line', `${F}\n${CONTENT}`, 'bare-lf', 16],
  ['LF alone behind a MIME field', `${F}\r\nContent-Type: text/plain\n\r\n`, 'bare-lf', 42],
  ['LF alone behind the MIME fields', `${F}\r\nContent-Type: text/plain\r\n\nHello`, 'bare-lf', 44],
  ['LF alone at the beginning', `\n${F}\r\n${CONTENT}`, 'bare-lf', 0],
  ['LF alone between the blocks', `${F}\r\n\n${CONTENT}`, 'bare-lf', 18],
];

/** Headers that cost themselves and nothing else. */
const BROKEN: [string, string, string, number][] = [
  ['a blank before the colon (row 58)', 'From : <im:a@b>', 'syntax', 4],
  ['two blanks behind the colon', 'From:  <im:a@b>', 'syntax', 6],
  ['a tab behind the blank', 'From: \t<im:a@b>', 'syntax', 6],
  ['no blank behind the colon', 'From:<im:a@b>', 'syntax', 5],
  ['a tab instead of the blank', 'From:\t<im:a@b>', 'syntax', 5],
  ['nothing behind the colon', 'From:', 'truncated', 5],
  ['parameters and no blank', 'From:;a=b', 'truncated', 9],
  ['an open quote in a parameter', 'From:;a="b c', 'truncated', 12],
  ['a parameter without a value', 'X:;a b', 'truncated', 2],
  ['a parameter that is none', 'X:;a==b c', 'syntax', 3],
  ['no colon', 'nonsense', 'syntax', 8],
  ['a blank in the name', 'Fr om: x', 'syntax', 2],
  ['no name', ': x', 'syntax', 0],
  ['a blank at the beginning (no folding)', ' x', 'syntax', 0],
  ['two dots', 'a.b.c: x', 'syntax', 3],
  ['a dot and no prefix', '.a: x', 'syntax', 0],
  ['a dot and no name', 'a.: x', 'syntax', 2],
  ['a separator in the name', 'a/b: x', 'syntax', 1],
  ['a letter outside ASCII in the name (row 30)', '\xe2\x84\xaa: x', 'syntax', 0],
  ['a byte order mark (row 35)', '\xef\xbb\xbfFrom: x', 'syntax', 0],
  ['C0 80 (row 34)', 'From: a\xc0\x80', 'encoding', 7],
  ['a surrogate (row 34)', 'From: \xed\xa0\x80', 'encoding', 7],
  ['five octets (row 34)', 'From: \xf8\x88\x80\x80\x80', 'encoding', 6],
  ['an undeclared prefix (row 58)', 'x.y: z', 'missing', 0],
];

describe('vectors', () => {
  it('RFC 3862 5.1', () => {
    const value = unwrap(decode(EXAMPLE));
    expect(value.headers.map(({ name }) => name)).toEqual([
      ...['From', 'To', 'DateTime', 'Subject', 'Subject', 'NS', 'Require'],
      ...['MyFeatures.VitalMessageOption', 'MyFeatures.WackyMessageOption'],
    ]);
    expect(value.content.fields.map(({ value }) => value)).toEqual(['text/xml; charset=utf-8', '<1234567890@foo.com>']);
    expect(text(value.content.body)).toBe('<body>\r\nHere is the text of my message.\r\n</body>');
    expect(cpimErrors(value)).toEqual([]);
    expect(text(cpim.encode(value))).toBe(EXAMPLE);
    expect(text(cpim.encode(plain(value)))).toBe(EXAMPLE);
  });

  it.each(VALID)('reads %s', (_, message, headers, body = 'Hello') => {
    const read = decode(message);
    expect(read.ok && read.notes).toEqual([]);
    const value = unwrap(read);
    expect(value.headers.map(({ name, params, value }) => [name, value, params])).toEqual(
      headers.map(([n, v, p]) => [n, v, p]),
    );
    expect(text(value.content.body)).toBe(body);
    expect(cpimErrors(value)).toEqual([]);
    expect(text(cpim.encode(value))).toBe(message);
    expect(cpim.encodedLength(value)).toBe(message.length);
  });

  it.each(INVALID)('refuses %s', (_, message, code, offset) => {
    expect(decode(message)).toMatchObject({ ok: false, error: { code, offset } });
  });

  it.each(BROKEN)('%s costs only itself', (_, line, code, offset) => {
    const message = `To: <im:c@d>\r\n${line}\r\n\r\n${CONTENT}`;
    const value = unwrap(decode(message));
    expect(cpimErrors(value)).toMatchObject([{ code, offset, field: 1 }]);
    expect(value.headers[0]).toMatchObject({ name: 'To', value: '<im:c@d>' });
    expect(text(cpim.encode(value))).toBe(message);
    expect(text(cpim.encode({ headers: value.headers, content: value.content }))).toBe(message);
  });
});

describe('tolerances', () => {
  it('cpim-blank-lines (lesson 11)', () => {
    const message = `\r\n${F}\r\n\r\n\r\n${CONTENT}`;
    const read = decode(message, { tolerances: ['cpim-blank-lines'] });
    expect(read).toMatchObject({
      notes: [
        { tolerance: 'cpim-blank-lines', offset: 0 },
        { tolerance: 'cpim-blank-lines', offset: 20 },
      ],
    });
    expect(text(cpim.encode(unwrap(read)))).toBe(message);
    expect(text(cpim.encode(plain(unwrap(read))))).toBe(`${F}\r\n${CONTENT}`);
  });

  it('cpim-two-blanks', () => {
    const read = decode(`From: <im:a@b>\r\nX:;a=b   c\r\n\r\n${CONTENT}`, { tolerances: ['cpim-two-blanks'] });
    expect(read).toMatchObject({ notes: [{ tolerance: 'cpim-two-blanks', offset: 23 }] });
    expect(cpimErrors(unwrap(read))).toEqual([]);
    expect(unwrap(read).headers[1]).toMatchObject({ params: ';a=b', value: 'c' });
  });

  it('bare-lf', () => {
    const message = `From: <im:a@b>\nX: y\n\n${CONTENT.replaceAll('\r', '')}`;
    const read = decode(message, { tolerances: ['bare-lf'] });
    expect(read.ok && read.notes.map(({ offset }) => offset)).toEqual([14, 19, 20, 45, 46]);
    expect(unwrap(read).headers.map(({ value }) => value)).toEqual(['<im:a@b>', 'y']);
    expect(unwrap(read).content.fields).toMatchObject([{ value: 'text/plain' }]);
    expect(read.ok && read.notes).toHaveLength(5);
    expect(text(cpim.encode(unwrap(read)))).toBe(message);
  });

  it.each(['4', '6', '25', '05', '+5', 'x', '', '5 5', '5\r\n 5', '18446744073709551621'])(
    'a Content-Length of %j over five octets is let through with a note (row 58)',
    (length) => {
      const message = `${F}\r\nContent-Type: a/b\r\nContent-length:${length}\r\n\r\nHello`;
      const read = decode(message);
      if (length === '05') expect(read).toMatchObject({ notes: [] });
      else expect(read).toMatchObject({ notes: [{ tolerance: 'cpim-content-length', offset: 37 }] });
      expect(text(unwrap(read).content.body)).toBe('Hello');
    },
  );
});

const name = fc.constantFrom('From', 'To', 'Subject', 'X-y', '__proto__');
const value = fc
  .oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: fc.constantFrom(...'ab\\"<>;: .\u00e4\u{1f600}') }))
  .map((text) =>
    text
      .replace(/^ +/, '')
      .replace(/[^ -~\u0080-\u{10ffff}]/gu, '')
      .toWellFormed(),
  );
const header = fc.record({ name, params: fc.constantFrom(undefined, ';lang=fr', ';a="b c";d=1'), value });
const content = fc.record({
  fields: fc.array(
    fc.record({ name: fc.constantFrom('Content-Type', 'X'), value: fc.constantFrom('a/b', '', '\u00e4') }),
    { minLength: 1, maxLength: 3 },
  ),
  body: fc.uint8Array({ maxLength: 40 }),
});

describe('laws', () => {
  it('what is written reads as the same', () => {
    fc.assert(
      fc.property(fc.array(header, { minLength: 1, maxLength: 5 }), content, (headers, content) => {
        const message = { headers, content };
        const written = cpim.encode(message);
        expect(cpim.encodedLength(message)).toBe(written.length);
        const read = unwrap(cpim.decode(written));
        expect(same(plain(read), plain(message))).toBe(true);
        expect(same(JSON.parse(JSON.stringify(read)).headers, JSON.parse(JSON.stringify(headers)))).toBe(true);
        expect(same(cpim.encode(plain(read)), written)).toBe(true);
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it('decode never throws, points into the octets, and gives them back', () => {
    const pieces = fc.constantFrom(
      'From',
      ':',
      ' ',
      ';',
      '=',
      '"',
      '\\',
      '.',
      'NS: x <a:b>\r\n',
      '\r\n',
      '\n',
      '\r',
      '\xff',
      'x',
      'Content-Length: 3\r\n',
      '<a:b>',
    );
    const options = fc.constantFrom<ParseOptions | undefined>(undefined, {
      tolerances: ['bare-lf', 'cpim-blank-lines', 'cpim-two-blanks'],
    });
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 24 }), options, (all, options) => {
        const message = octets(all.join(''));
        const read = cpim.decode(message, options);
        if (!read.ok) {
          expect(read.error.offset >= 0 && read.error.offset <= message.length).toBe(true);
          return;
        }
        expect(same(cpim.encode(read.value), message)).toBe(true);
        for (const { offset, field } of cpimErrors(read.value)) {
          expect(offset >= 0 && offset <= message.length && read.value.headers[field ?? -1] !== undefined).toBe(true);
        }
      }),
      { numRuns: 3000, seed: 2 },
    );
  });
});

describe('encoding', () => {
  const content = { fields: [{ name: 'Content-Type', value: 'a/b' }], body: octets('x') };

  it.each([
    [{ name: 'X', value: 'a\r\nFrom: b' }, 'headers[0].value'],
    [{ name: 'X', value: '\0' }, 'headers[0].value'],
    [{ name: 'X', value: '\t' }, 'headers[0].value'],
    [{ name: 'X', value: ' a' }, 'headers[0].value'],
    [{ name: 'X', value: '\ud800' }, 'headers[0].value'],
    [{ name: '', value: 'a' }, 'headers[0].name'],
    [{ name: 'a b', value: 'a' }, 'headers[0].name'],
    [{ name: 'a.b.c', value: 'a' }, 'headers[0].name'],
    [{ name: 'a.', value: 'a' }, 'headers[0].name'],
    [{ name: 'X', params: 'a=b', value: 'a' }, 'headers[0].params'],
    [{ name: 'X', params: ';a', value: 'a' }, 'headers[0].params'],
    [{ name: 'X', params: ';a=b c', value: 'a' }, 'headers[0].params'],
    [{ name: 'p.X', value: 'a' }, 'headers[0].name'],
  ])('throws on %j', (header, path) => {
    expect(() => cpim.encode({ headers: [header], content })).toThrow(
      expect.objectContaining({ name: 'EncodeError', path }),
    );
  });

  it('throws on no header, and on content that cannot be written', () => {
    expect(() => cpim.encode({ headers: [], content })).toThrow(expect.objectContaining({ path: 'headers' }));
    const bad = { fields: [{ name: 'X', value: '\n' }], body: octets('') };
    expect(() => cpim.encode({ headers: [{ name: 'X', value: '' }], content: bad })).toThrow(
      expect.objectContaining({ path: 'content.fields[0].value' }),
    );
  });

  it('gives octets of its own', () => {
    const received = Buffer.from(EXAMPLE);
    const written = cpim.encode(unwrap(cpim.decode(received)));
    written[0] = 0;
    expect(received[0]).toBe(0x46);
  });
});

describe('content', () => {
  it('may be a multipart, which is searched like any', () => {
    const body = '--b\r\nContent-Type: message/imdn+xml\r\n\r\n<imdn/>\r\n--b--';
    const value = unwrap(decode(`${F}\r\nContent-Type: multipart/mixed;boundary=b\r\n\r\n${body}`));
    const found = findPart(unwrap(partEntity(value.content)), 'message/imdn+xml');
    expect(found?.ok && text(found.value.body)).toBe('<imdn/>');
  });
});

describe('hostile input', () => {
  const timed = (run: () => void): number => {
    const start = performance.now();
    run();
    return performance.now() - start;
  };

  it.each([
    ['headers', `${F.repeat(257)}\r\n${CONTENT}`],
    ['the octets of a header', `X: ${'x'.repeat(17_000)}\r\n\r\n${CONTENT}`],
    ['the octets of all headers', `${`X: ${'x'.repeat(1000)}\r\n`.repeat(70)}\r\n${CONTENT}`],
    ['a line without end', `X: ${'x'.repeat(200_000)}`],
    ['MIME fields', `${F}\r\n${'a: b\r\n'.repeat(257)}\r\n`],
    ['the octets of a MIME field with its folds', `${F}\r\na: b${'\r\n c'.repeat(20_000)}\r\n\r\n`],
    ['the octets of the MIME fields', `${F}\r\n${`a: ${'b'.repeat(1000)}\r\n`.repeat(70)}\r\n`],
    ['blank lines and no more', `${F}\r\n${'\r\n'.repeat(100_000)}`],
  ])('limits %s', (_, message) => {
    const read = decode(message, { tolerances: ['cpim-blank-lines'] });
    expect(read).toMatchObject({ ok: false, error: { code: 'limit' } });
  });

  it('reads heads that are longer than most', () => {
    const message = `${`X: ${'x'.repeat(1000)}\r\n`.repeat(10)}\r\nY: ${'y'.repeat(5000)}\r\n\r\nHello`;
    const value = unwrap(decode(message));
    expect(value.headers).toHaveLength(10);
    expect(value.content.fields[0]?.value).toHaveLength(5000);
    expect(text(value.content.body)).toBe('Hello');
  });

  it('reads 100 000 headers in linear time once the limits are raised', () => {
    const message = octets(`${'NS: x <a:b>\r\nx.y: z\r\n'.repeat(50_000)}\r\n${CONTENT}`);
    const limits = { fields: 100_000, head: 10_000_000 };
    expect(
      timed(() => {
        const value = unwrap(cpim.decode(message, { limits }));
        expect(value.headers).toHaveLength(100_000);
        expect(cpimErrors(value)).toEqual([]);
      }),
    ).toBeLessThan(3000);
  });

  it('a long body costs nothing', () => {
    const body = new Uint8Array(50_000_000).fill(0x41);
    const message = new Uint8Array([...octets(`${F}\r\nContent-Type: a/b\r\n\r\n`), 0]).buffer;
    const whole = new Uint8Array(message.byteLength + body.length);
    whole.set(new Uint8Array(message));
    whole.set(body, message.byteLength);
    expect(timed(() => expect(unwrap(cpim.decode(whole)).content.body).toHaveLength(50_000_001))).toBeLessThan(50);
  });
});
