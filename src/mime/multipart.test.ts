import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ParseOptions } from '../core/options.ts';
import { unwrap } from '../core/result.ts';
import { same } from '../testing/laws.ts';
import { mediaType } from './media-type.ts';
import {
  boundaryFor,
  decodeMultipart,
  encodeMultipart,
  type Multipart,
  multipart,
  multipartLength,
} from './multipart.ts';

const octets = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
const text = (value: Uint8Array | undefined): string | undefined =>
  value === undefined ? undefined : Buffer.from(value).toString('latin1');
const decode = (body: string, boundary = 'b', options?: ParseOptions): Multipart =>
  unwrap(decodeMultipart(octets(body), boundary, options));
const bodies = (value: Multipart): (string | undefined)[] => value.parts.map((part) => text(part.body));
/** A value as plain data: nothing of what was received is left. */
const plain = (value: Multipart): Multipart => ({
  boundary: value.boundary,
  preamble: value.preamble,
  parts: value.parts.map(({ fields, body }) => ({ fields: fields.map(({ name, value }) => ({ name, value })), body })),
  epilogue: value.epilogue,
});

const VALID: [string, string, string, string[], { preamble?: string; epilogue?: string }?][] = [
  ['one part', 'b', '--b\r\n\r\nx\r\n--b--', ['x']],
  [
    'two parts with fields',
    'b',
    '--b\r\nA: 1\r\n\r\nx\r\n--b\r\nB: 2\r\n\r\ny\r\n--b--\r\n',
    ['x', 'y'],
    { epilogue: '' },
  ],
  ['an empty body', 'b', '--b\r\nA: 1\r\n\r\n\r\n--b--', ['']],
  ['fields and no blank line', 'b', '--b\r\nA: 1\r\n--b--', ['']],
  ['a part without octets (lesson 9)', 'b', '--b\r\n\r\n--b--', ['']],
  ['delimiters that share one CRLF', 'b', '--b\r\n--b\r\n\r\nx\r\n--b--', ['', 'x']],
  ['no part at all (row 59)', 'b', '--b--', []],
  ['no part, preamble and epilogue', 'b', 'p\r\n--b--\r\ne', [], { preamble: 'p', epilogue: 'e' }],
  ['an empty preamble', 'b', '\r\n--b\r\n\r\nx\r\n--b--', ['x'], { preamble: '' }],
  [
    'a preamble of several lines',
    'b',
    'one\r\ntwo\r\n\r\n--b\r\n\r\nx\r\n--b--',
    ['x'],
    { preamble: 'one\r\ntwo\r\n' },
  ],
  [
    'an epilogue that looks like a part',
    'b',
    '--b\r\n\r\nx\r\n--b--\r\n--b\r\n\r\ny',
    ['x'],
    { epilogue: '--b\r\n\r\ny' },
  ],
  ['transport padding', 'b', '--b \t\r\n\r\nx\r\n--b-- \t', ['x']],
  ['padding before an epilogue', 'b', '--b\r\n\r\nx\r\n--b--  \r\n', ['x'], { epilogue: '' }],
  ['a body that ends in a line break', 'b', '--b\r\n\r\nx\r\n\r\n--b--', ['x\r\n']],
  ['a binary body', 'b', '--b\r\n\r\n\x00\xff\r\x80\n\n\r\r\n--b--', ['\x00\xff\r\x80\n\n\r']],
  [
    'a longer boundary in a body',
    'b',
    '--b\r\n\r\n--bb\r\n\r\n--b-\r\n--b--x\r\n--b--',
    ['--bb\r\n\r\n--b-\r\n--b--x'],
  ],
  ['a boundary in the middle of a line', 'b', '--b\r\n\r\nx --b\r\ny--b--\r\n--b--', ['x --b\r\ny--b--']],
  ['the dashes of the boundary itself', '-', '---\r\n\r\nx\r\n-----', ['x']],
  ['a boundary that ends in dashes', 'b--', '--b--\r\n\r\nx\r\n--b----', ['x']],
  ['a boundary with blanks', 'simple boundary', '--simple boundary\r\n\r\nx\r\n--simple boundary--', ['x']],
  ['regex characters (rows 58-59)', '(.+)?', '--(.+)?\r\n\r\n--xxx\r\n--(.+)?--', ['--xxx']],
  ['every other bchar', "'()+_,-./:=?", "--'()+_,-./:=?\r\n\r\nx\r\n--'()+_,-./:=?--", ['x']],
  ['70 characters', 'x'.repeat(70), `--${'x'.repeat(70)}\r\n\r\ny\r\n--${'x'.repeat(70)}--`, ['y']],
  ['a boundary in another case', 'b', '--b\r\n\r\n--B\r\n--b--', ['--B']],
  ['a line that is no field', 'b', '--b\r\nnonsense\r\nA: 1\r\n\r\nx\r\n--b--', ['x']],
];

const INVALID: [string, string, string, string, number][] = [
  ['nothing', 'b', '', 'missing', 0],
  ['no delimiter', 'b', 'just text\r\n', 'missing', 0],
  ['another boundary', 'b', '--c\r\n\r\nx\r\n--c--', 'missing', 0],
  ['a delimiter that begins no line', 'b', 'x--b\r\n\r\n--b', 'missing', 0],
  ['a delimiter without a line end', 'b', '--b', 'missing', 0],
  ['a delimiter behind CR alone', 'b', 'x\r--b--', 'missing', 0],
  ['something behind the delimiter', 'b', '--bx\r\n\r\ny\r\n--bx--', 'missing', 0],
  ['no close-delimiter', 'b', '--b\r\n\r\nx\r\n', 'truncated', 10],
  ['no close-delimiter behind a second part', 'b', '--b\r\n\r\nx\r\n--b\r\n\r\ny', 'truncated', 18],
  ['one dash of the close-delimiter', 'b', '--b\r\n\r\nx\r\n--b-', 'truncated', 14],
  ['a close-delimiter with more in its line', 'b', '--b\r\n\r\nx\r\n--b--x', 'truncated', 16],
  ['a close-delimiter in another case', 'b', '--b\r\n\r\nx\r\n--B--', 'truncated', 15],
  ['LF alone throughout', 'b', '--b\n\nx\n--b--\n', 'bare-lf', 3],
  ['LF alone before a delimiter', 'b', '--b\r\n\r\nx\n--b--', 'bare-lf', 8],
  ['LF alone behind a delimiter', 'b', '--b\r\n\r\nx\r\n--b\n\r\n--b--', 'bare-lf', 13],
  ['LF alone behind the close-delimiter', 'b', '--b\r\n\r\nx\r\n--b--\n', 'bare-lf', 15],
  ['LF alone before the first delimiter', 'b', '\n--b--', 'bare-lf', 0],
  ['LF alone in a head', 'b', '--b\r\nA: 1\n\r\nx\r\n--b--', 'bare-lf', 9],
  ['LF alone as the blank line', 'b', '--b\r\nA: 1\r\n\nx\r\n--b--', 'bare-lf', 11],
  ['no boundary', '', '--\r\n\r\nx\r\n----', 'syntax', 0],
  ['71 characters (row 59)', 'x'.repeat(71), `--${'x'.repeat(71)}--`, 'syntax', 0],
  ['a blank at the end of the boundary', 'b ', '--b --', 'syntax', 0],
  ['a boundary with other characters', 'a*b', '--a*b--', 'syntax', 0],
  ['a boundary outside ASCII', 'b\u00e4', '--b\u00e4--', 'syntax', 0],
  ['a boundary with CRLF', 'b\r\nx', '--b\r\nx--', 'syntax', 0],
];

describe('vectors', () => {
  it.each(VALID)('splits %s', (_, boundary, body, expected, around) => {
    const read = decodeMultipart(octets(body), boundary);
    expect(read.ok && read.notes).toEqual([]);
    const value = unwrap(read);
    expect(bodies(value)).toEqual(expected);
    expect(text(value.preamble)).toBe(around?.preamble);
    expect(text(value.epilogue)).toBe(around?.epilogue);
    expect(text(encodeMultipart(value))).toBe(body);
    expect(multipartLength(value)).toBe(body.length);
  });

  it.each(INVALID)('refuses %s', (_, boundary, body, code, offset) => {
    expect(decodeMultipart(octets(body), boundary)).toMatchObject({ ok: false, error: { code, offset } });
  });

  it('reads the example of RFC 2046 5.1.1', () => {
    const body =
      'This is the preamble.  It is to be ignored, though it\r\nis a handy place for composition agents to include an\r\n' +
      'explanatory note to non-MIME conformant readers.\r\n\r\n--simple boundary\r\n\r\n' +
      'This is implicitly typed plain US-ASCII text.\r\nIt does NOT end with a linebreak.\r\n--simple boundary\r\n' +
      'Content-type: text/plain; charset=us-ascii\r\n\r\nThis is explicitly typed plain US-ASCII text.\r\n' +
      'It DOES end with a linebreak.\r\n\r\n--simple boundary--\r\n\r\nThis is the epilogue.  It is also to be ignored.\r\n';
    const type = unwrap(mediaType.parse('multipart/mixed; boundary="simple boundary"'));
    const value = unwrap(decodeMultipart(octets(body), type));
    expect(bodies(value).map((one) => one?.endsWith('linebreak.\r\n'))).toEqual([false, true]);
    expect(value.parts[1]?.fields).toMatchObject([{ name: 'Content-type', value: 'text/plain; charset=us-ascii' }]);
  });

  it.each([
    ['text/plain;boundary=b', 'unsupported'],
    ['multipart/mixed', 'missing'],
    ['multipart/mixed;boundary=""', 'syntax'],
    ['multipart/mixed;boundary=b;BOUNDARY=c', 'duplicate'],
  ])('takes no boundary from %s', (type, code) => {
    expect(decodeMultipart(octets('--b--'), unwrap(mediaType.parse(type)))).toMatchObject({
      ok: false,
      error: { code },
    });
  });
});

describe('tolerances', () => {
  it('bare-lf: each use is noted', () => {
    const body = 'p\n--b\nA: 1\n\nx\n--b--\ne';
    const read = decodeMultipart(octets(body), 'b', { tolerances: ['bare-lf'] });
    const value = unwrap(read);
    expect([text(value.preamble), ...bodies(value), text(value.epilogue)]).toEqual(['p', 'x', 'e']);
    expect(read.ok && read.notes.map(({ offset }) => offset).sort((a, b) => a - b)).toEqual([1, 5, 10, 11, 13, 19]);
    expect(text(encodeMultipart(value))).toBe(body);
    expect(text(encodeMultipart(plain(value)))).toBe('p\r\n--b\r\nA: 1\r\n\r\nx\r\n--b--\r\ne');
  });

  it('multipart-close: the last part ends with the octets', () => {
    const read = decodeMultipart(octets('--b\r\n\r\nx\r\n--b\r\n\r\ny\r\n'), 'b', { tolerances: ['multipart-close'] });
    expect(bodies(unwrap(read))).toEqual(['x', 'y\r\n']);
    expect(read).toMatchObject({ notes: [{ tolerance: 'multipart-close', clause: 'RFC2046-5.1.1', offset: 20 }] });
  });

  it('multipart-close does not stand for a first delimiter', () => {
    const read = decodeMultipart(octets('x'), 'b', { tolerances: ['multipart-close', 'bare-lf'] });
    expect(read).toMatchObject({ error: { code: 'missing' } });
  });
});

const bchars = fc.constantFrom(..."aZ09'()+_,-./:=?");
const boundaries = fc.array(bchars, { minLength: 1, maxLength: 70 }).map((all) => all.join(''));
const somewhereNear = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc
    .array(fc.constantFrom('\r\n', '--', '--b', 'b', 'x', '\n', '\r', ' ', 'A: 1\r\n'), { maxLength: 12 })
    .map((all) => octets(all.join(''))),
);
const fields = fc.array(
  fc.record({
    name: fc.constantFrom('A', 'Content-Type', 'x-y'),
    value: fc.constantFrom('', 'b', 'text/plain', '\u00e4'),
  }),
  { maxLength: 3 },
);
const parts = fc.array(fc.record({ fields, body: somewhereNear }), { maxLength: 4 });

describe('laws', () => {
  it('what is written reads as the same', () => {
    fc.assert(
      fc.property(
        parts,
        boundaries,
        fc.option(somewhereNear, { nil: undefined }),
        fc.option(somewhereNear, { nil: undefined }),
        (parts, wished, preamble, epilogue) => {
          let value: Multipart = { boundary: wished, preamble, parts, epilogue };
          let written: Uint8Array;
          try {
            written = encodeMultipart(value);
          } catch {
            value = { ...value, boundary: boundaryFor(parts, preamble) };
            written = encodeMultipart(value);
          }
          expect(multipartLength(value)).toBe(written.length);
          const read = unwrap(decodeMultipart(written, value.boundary));
          expect(same(plain(read), plain(value))).toBe(true);
          expect(same(encodeMultipart(read), written)).toBe(true);
          expect(same(encodeMultipart(plain(read)), written)).toBe(true);
        },
      ),
      { numRuns: 400, seed: 1 },
    );
  });

  it('decode never throws, points into the octets, and gives them back', () => {
    const pieces = fc.constantFrom(
      '--b',
      '--b--',
      '--b\r\n',
      '\r\n',
      '\r\n\r\n',
      '\n',
      '-',
      'b',
      'A: 1',
      ' ',
      '\x00',
      '\xff',
    );
    const options = fc.constantFrom<ParseOptions | undefined>(undefined, {
      tolerances: ['bare-lf', 'multipart-close'],
    });
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 20 }), options, (all, options) => {
        const body = octets(all.join(''));
        const read = decodeMultipart(body, 'b', options);
        if (read.ok) expect(same(encodeMultipart(read.value), body)).toBe(true);
        else expect(read.error.offset >= 0 && read.error.offset <= body.length).toBe(true);
      }),
      { numRuns: 2000, seed: 2 },
    );
  });

  it('a boundary that was chosen occurs nowhere', () => {
    fc.assert(
      fc.property(parts, (parts) => {
        const boundary = boundaryFor(parts);
        expect(boundaryFor(parts)).toBe(boundary);
        for (const { body } of parts) expect(text(body)).not.toContain(`--${boundary}`);
      }),
    );
  });
});

describe('encoding', () => {
  const part = (body: string): { fields: []; body: Uint8Array } => ({ fields: [], body: octets(body) });

  it.each([
    ['begins the body', '--b'],
    ['begins a line', 'x\r\n--b'],
    ['begins a line behind LF', 'x\n--by'],
  ])('throws where the boundary %s of a part (row 59)', (_, body) => {
    expect(() => encodeMultipart({ boundary: 'b', parts: [part(body)] })).toThrow(
      expect.objectContaining({ name: 'EncodeError', path: 'boundary', clause: 'RFC2046-5.1.1' }),
    );
  });

  it('throws where the boundary begins a line of the preamble', () => {
    expect(() => encodeMultipart({ boundary: 'b', preamble: octets('--b--'), parts: [] })).toThrow('begins a line');
  });

  it.each(['', 'x'.repeat(71), 'b ', 'a*b', 'b\r\n', '\ud800'])('throws on the boundary %j', (boundary) => {
    expect(() => encodeMultipart({ boundary, parts: [] })).toThrow(expect.objectContaining({ path: 'boundary' }));
  });

  it('names the field that is wrong', () => {
    const parts = [part('x'), { fields: [{ name: 'A', value: 'b\nc' }], body: octets('') }];
    expect(() => encodeMultipart({ boundary: 'b', parts })).toThrow(
      expect.objectContaining({ path: 'parts[1].fields[0].value' }),
    );
  });

  it('leaves parts that were received as they came when others change', () => {
    const value = decode('--b\r\nA :\r\n\t1\r\n\r\nx\r\n--b\r\n\r\ny\r\n--b--');
    const [first] = value.parts;
    const changed: Multipart = { ...value, parts: [first as Multipart['parts'][number], part('z')] };
    expect(text(encodeMultipart(changed))).toBe('--b\r\nA :\r\n\t1\r\n\r\nx\r\n--b\r\n\r\nz\r\n--b--');
  });

  it('gives octets of its own', () => {
    const received = Buffer.from('--b\r\n\r\nx\r\n--b--');
    const written = encodeMultipart(unwrap(decodeMultipart(received, 'b')));
    written[0] = 0;
    expect(received[0]).toBe(0x2d);
  });

  it('chooses the first number that the content leaves free', () => {
    expect(boundaryFor([])).toBe('part-00000001');
    expect(boundaryFor([part('x --part-00000001y'), part('--part---part-00000002')])).toBe('part-00000003');
    expect(boundaryFor([], octets('--part-00000001'))).toBe('part-00000002');
  });
});

describe('the entity codec', () => {
  const entity = 'Content-Type: multipart/mixed;boundary="b"\r\nX: y\r\n\r\n--b\r\n\r\nx\r\n--b--';

  it('reads the boundary from the Content-Type in front, and gives the octets back', () => {
    const value = unwrap(multipart.decode(octets(entity)));
    expect(bodies(value.multipart)).toEqual(['x']);
    expect(text(multipart.encode(value))).toBe(entity);
    expect(multipart.encodedLength(value)).toBe(entity.length);
    const again = { fields: value.fields, multipart: plain(value.multipart) };
    expect(text(multipart.encode(again))).toBe(entity);
    expect(multipart.encodedLength(again)).toBe(entity.length);
  });

  it('writes another boundary where the given one collides (row 59)', () => {
    const value = unwrap(multipart.decode(octets(entity)));
    const parts = [{ fields: [], body: octets('--b') }];
    const written = text(multipart.encode({ fields: value.fields, multipart: { boundary: 'b', parts } }));
    expect(written).toBe(
      'Content-Type: multipart/mixed;boundary=part-00000001\r\nX: y\r\n\r\n--part-00000001\r\n\r\n--b\r\n--part-00000001--',
    );
  });

  it.each([
    ['no blank line', 'Content-Type: multipart/mixed;boundary=b\r\n', 'truncated', 42],
    ['no Content-Type', 'X: y\r\n\r\n--b--', 'missing', 8],
    ['two of them', 'Content-Type: a/b\r\nContent-Type: a/b\r\n\r\n', 'duplicate', 0],
    ['one that is broken', 'Content-Type: multipart\r\n\r\n', 'truncated', 9],
    ['no boundary', 'Content-Type: multipart/mixed\r\n\r\n--b--', 'missing', 33],
    ['no close-delimiter', 'Content-Type: multipart/mixed;boundary=b\r\n\r\n--b\r\n\r\nx', 'truncated', 52],
  ])('refuses an entity with %s', (_, all, code, offset) => {
    expect(multipart.decode(octets(all))).toMatchObject({ ok: false, error: { code, offset } });
  });

  it('counts notes from the first octet', () => {
    const read = multipart.decode(octets(entity.slice(0, -7)), { tolerances: ['multipart-close'] });
    expect(read).toMatchObject({ ok: true, notes: [{ offset: entity.length - 7 }] });
  });

  it('throws on fields without the Content-Type of a multipart', () => {
    const value = { boundary: 'b', parts: [] };
    expect(() => multipart.encode({ fields: [], multipart: value })).toThrow(
      expect.objectContaining({ path: 'fields' }),
    );
    const fields = [{ name: 'Content-Type', value: 'text/plain' }];
    expect(() => multipart.encode({ fields, multipart: value })).toThrow(expect.objectContaining({ path: 'fields' }));
  });
});

describe('hostile input', () => {
  const timed = (run: () => void): number => {
    const start = performance.now();
    run();
    return performance.now() - start;
  };

  it('limits the number of parts', () => {
    const body = octets(`${'--b\r\n\r\n'.repeat(1025)}--b--`);
    expect(decodeMultipart(body, 'b')).toMatchObject({ ok: false, error: { code: 'limit', rule: 'body-part' } });
  });

  it('splits 100 000 parts in linear time once the limit is raised', () => {
    const body = octets(`${'--b\r\nA: 1\r\n\r\nx\r\n'.repeat(100_000)}--b--`);
    expect(
      timed(() =>
        expect(decode(text(body) as string, 'b', { limits: { parts: 100_000 } }).parts).toHaveLength(100_000),
      ),
    ).toBeLessThan(3000);
  });

  it.each([
    ['dashes', '-'.repeat(400_000), '-'.repeat(69)],
    ['near misses', '\r\n--bbbbbbbbbc'.repeat(30_000), 'bbbbbbbbbb'],
    ['delimiters with padding and more behind', `\r\n--b${' '.repeat(60)}x`.repeat(6000), 'b'],
    ['padding without end', `\r\n--b${' '.repeat(400_000)}`, 'b'],
  ])('takes linear time over %s', (_, body, boundary) => {
    expect(timed(() => expect(decodeMultipart(octets(body), boundary).ok).toBe(false))).toBeLessThan(1500);
  });

  it('finds a free boundary in linear time in content that takes 50 000 of them', () => {
    let body = '';
    for (let n = 1; n <= 50_000; n++) body += `--part-${String(n).padStart(8, '0')}\r\n`;
    expect(timed(() => expect(boundaryFor([{ fields: [], body: octets(body) }])).toBe('part-00050001'))).toBeLessThan(
      1500,
    );
  });
});
