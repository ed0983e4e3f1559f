import { describe, expect, it } from 'vitest';
import type { ParseOptions } from '../core/options.ts';
import { joinChunks } from './chunks.ts';
import { contentType } from './content-headers.ts';
import { type EntityHead, readHead } from './entity-reader.ts';
import { getMime, writeFields } from './fields.ts';
import { contentTransferEncoding } from './transfer-encoding.ts';

const octets = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
const read = (text: string, options?: ParseOptions): EntityHead => readHead(octets(text), options);
const fields = (text: string): string[][] => read(text).fields.map(({ name, value }) => [name, value]);

describe('the fields of a body part', () => {
  it.each([
    ['one field', 'A: b\r\n\r\n', [['A', 'b']]],
    [
      'no blank behind the colon (lesson 10)',
      'Content-Type:application/sdp\r\n\r\n',
      [['Content-Type', 'application/sdp']],
    ],
    ['blanks around the colon', 'A \t: \t b \t\r\n\r\n', [['A', 'b']]],
    ['an empty value', 'A:\r\n\r\n', [['A', '']]],
    ['none at all', '\r\n', []],
    ['a fold', 'A: b\r\n\tc\r\n\r\n', [['A', 'b c']]],
    ['a fold at once', 'A:\r\n b\r\n\r\n', [['A', 'b']]],
    ['a fold of blanks alone', 'A: b\r\n \t\r\n c\r\n\r\n', [['A', 'b c']]],
    ['a colon in the value', 'A: b:c\r\n\r\n', [['A', 'b:c']]],
    [
      'order and duplicates',
      'b: 1\r\na: 2\r\nb: 3\r\n\r\n',
      [
        ['b', '1'],
        ['a', '2'],
        ['b', '3'],
      ],
    ],
    ['UTF-8', 'A: \xc3\xa4\r\n\r\n', [['A', '\u00e4']]],
    [
      'names of JavaScript (row 29)',
      '__proto__: 1\r\nconstructor: 2\r\n\r\n',
      [
        ['__proto__', '1'],
        ['constructor', '2'],
      ],
    ],
    ['CR alone in a value', 'A: b\rc\r\n\r\n', [['A', 'b\rc']]],
    [
      'a line without a colon costs itself',
      'nonsense\r\nA: b\r\n\r\n',
      [
        ['', 'nonsense'],
        ['A', 'b'],
      ],
    ],
    [
      'a line without a name',
      ': x\r\nA: b\r\n\r\n',
      [
        ['', ': x'],
        ['A', 'b'],
      ],
    ],
    ['a name that is none', 'A B: x\r\n\r\n', [['', 'A B: x']]],
    ['a name outside ASCII', '\xc3\xa4: x\r\n\r\n', [['', '\u00e4: x']]],
    ['a first line that looks like a fold', ' A: x\r\n\r\n', [['', 'A: x']]],
  ] as const)('%s', (_, text, expected) => {
    const head = read(text);
    expect(head.error).toBeUndefined();
    expect(fields(text)).toEqual(expected);
    expect(head.end).toBe(text.length);
  });

  it.each([
    ['no blank line', 'A: b\r\n', 'truncated', 6],
    ['nothing', '', 'truncated', 0],
    ['bare LF', 'A: b\n\r\n', 'bare-lf', 4],
    ['bare LF as the blank line', 'A: b\r\n\n', 'bare-lf', 6],
    ['bare LF in a fold', 'A: b\r\n c\n\r\n', 'bare-lf', 8],
  ] as const)('refuses %s', (_, text, code, offset) => {
    expect(read(text).error).toMatchObject({ code, offset });
  });

  it('takes bare LF by name and notes each', () => {
    const { error, notes, end } = read('A: b\n c\nB: d\n\nbody', { tolerances: ['bare-lf'] });
    expect(error).toBeUndefined();
    expect(notes.map(({ offset }) => offset)).toEqual([4, 7, 12, 13]);
    expect(end).toBe(14);
  });

  it.each([
    ['fields', 'a: b\r\n'.repeat(257)],
    ['the octets of one field', `a: ${'b'.repeat(17_000)}\r\n`],
    ['the octets of one field with its folds', `a: b${'\r\n c'.repeat(20_000)}\r\n`],
    ['the octets of a head', `a: ${'b'.repeat(1000)}\r\n`.repeat(100)],
  ])('limits %s', (_, text) => {
    expect(read(`${text}\r\n`).error?.code).toBe('limit');
  });

  it('reads 100 000 fields in linear time once the limit is raised', () => {
    const text = `${'a: b\r\n'.repeat(100_000)}\r\n`;
    const start = performance.now();
    expect(read(text, { limits: { fields: 100_000, head: 1e6 } }).fields).toHaveLength(100_000);
    expect(performance.now() - start).toBeLessThan(1500);
  });
});

describe('getMime', () => {
  it('compares names without case, and gives undefined where there is none', () => {
    const head = read('CONTENT-type: text/plain\r\n\r\n');
    expect(getMime(head, contentType)).toMatchObject({ ok: true, value: { type: 'text', subtype: 'plain' } });
    expect(getMime(head, contentTransferEncoding)).toBeUndefined();
  });

  it('refuses a field that occurs twice, and names the second', () => {
    const head = read('Content-Type: a/b\r\nX: y\r\nContent-Type: c/d\r\n\r\n');
    expect(getMime(head, contentType)).toMatchObject({ ok: false, error: { code: 'duplicate', field: 2 } });
  });

  it.each(['A: \xc0\x80', 'A: b\xed\xa0\x80', 'A: \xf8\x88\x80\x80\x80'])(
    'refuses octets that are no UTF-8 (row 34): %s',
    (line) => {
      const head = read(`${line.replace('A', 'Content-Type')}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n`);
      expect(getMime(head, contentType)).toMatchObject({ ok: false, error: { code: 'encoding' } });
      expect(getMime(head, contentTransferEncoding)).toMatchObject({ ok: true, value: '8bit' });
    },
  );

  it('takes a replacement character that was sent as one', () => {
    const head = read('Content-Type: a/b;c="\xef\xbf\xbd"\r\n\r\n');
    expect(getMime(head, contentType)).toMatchObject({ ok: true, value: { params: [{ value: '\ufffd' }] } });
  });
});

describe('writing fields', () => {
  const write = (...fields: { name: string; value: string }[]): string => {
    const chunks: (string | Uint8Array)[] = [];
    writeFields(fields, 'fields', chunks);
    return Buffer.from(joinChunks(chunks)).toString();
  };

  it('writes received fields as they came and others in one form', () => {
    const [first] = read('A :\r\n  b\r\n\r\n').fields;
    expect(write(first as { name: string; value: string }, { name: 'C', value: 'd \u00e4' })).toBe(
      'A :\r\n  b\r\nC: d \u00e4\r\n',
    );
  });

  it.each([
    [{ name: 'A', value: 'b\r\nC: d' }, 'fields[0].value'],
    [{ name: 'A', value: 'b\0' }, 'fields[0].value'],
    [{ name: 'A', value: ' b' }, 'fields[0].value'],
    [{ name: 'A', value: '\ud800' }, 'fields[0].value'],
    [{ name: 'A B', value: 'c' }, 'fields[0].name'],
    [{ name: '', value: 'c' }, 'fields[0].name'],
    [{ name: 'A:', value: 'c' }, 'fields[0].name'],
    [{ name: 'A\r\n', value: 'c' }, 'fields[0].name'],
  ])('throws on %j', (field, path) => {
    expect(() => write(field)).toThrow(expect.objectContaining({ name: 'EncodeError', path }));
  });
});
