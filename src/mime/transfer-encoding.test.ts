import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ParseOptions } from '../core/options.ts';
import type { Result } from '../core/result.ts';
import { checkLaws, checkRefusesToFormat } from '../testing/laws.ts';
import { contentTransferEncoding, decodeTransfer } from './transfer-encoding.ts';

const octets = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
const decode = (mechanism: string, body: string, options?: ParseOptions): Result<Uint8Array> =>
  decodeTransfer({ fields: [{ name: 'Content-Transfer-Encoding', value: mechanism }], body: octets(body) }, options);
const shown = (result: Result<Uint8Array>): string | undefined =>
  result.ok ? Buffer.from(result.value).toString('latin1') : undefined;

describe('Content-Transfer-Encoding', () => {
  it('obeys the laws', () => {
    const values = fc.constantFrom('7bit', '8BIT', 'binary', 'base64', 'quoted-printable', 'x-mine', '!#$%{|}~');
    checkLaws(contentTransferEncoding, values);
  });

  it.each(['', 'a b', 'a/b', 'a\r\n', '\u00e4'])('does not write %j', (value) => {
    expect(checkRefusesToFormat(contentTransferEncoding, value).path).toBe('Content-Transfer-Encoding');
  });
});

describe('no transfer encoding', () => {
  it.each(['7bit', '8Bit', 'BINARY'])('%s leaves the octets', (mechanism) => {
    expect(shown(decode(mechanism, 'a\n\xff'))).toBe('a\n\xff');
  });

  it('is what an absent field means, and gives a view', () => {
    const body = octets('x');
    expect(decodeTransfer({ fields: [], body })).toEqual({ ok: true, value: body, notes: [] });
  });

  it('refuses mechanisms that nobody knows, and two fields', () => {
    expect(decode('x-uuencode', '')).toMatchObject({ ok: false, error: { code: 'unsupported' } });
    const field = { name: 'Content-Transfer-Encoding', value: 'base64' };
    expect(decodeTransfer({ fields: [field, field], body: octets('') })).toMatchObject({
      error: { code: 'duplicate' },
    });
  });
});

describe('base64', () => {
  it.each([
    ['', ''],
    ['QQ==', 'A'],
    ['QUI=', 'AB'],
    ['QUJD', 'ABC'],
    ['QU\r\nJD\r\n', 'ABC'],
    ['////', '\xff\xff\xff'],
    ['++++', '\xfb\xef\xbe'],
  ])('%j is %j', (body, expected) => {
    expect(shown(decode('Base64', body))).toBe(expected);
  });

  it.each([
    ['A', 'truncated', 1],
    ['QUJ', 'truncated', 3],
    ['QQ=', 'truncated', 3],
    ['QQ===', 'syntax', 4],
    ['QUI==', 'syntax', 4],
    ['=', 'syntax', 0],
    ['Q===', 'syntax', 1],
    ['QQ==QQ==', 'syntax', 4],
    ['QUJD=', 'syntax', 4],
    ['QQ =', 'syntax', 2],
    ['Q_-A', 'syntax', 1],
    ['QUJD\xff', 'syntax', 4],
    ['QR==', 'range', 4],
    ['QUJ=', 'range', 4],
    ['QUJD\n', 'bare-lf', 4],
    ['QUJD\r', 'syntax', 4],
  ])('refuses %j', (body, code, offset) => {
    expect(decode('base64', body)).toMatchObject({ ok: false, error: { code, offset } });
  });

  it('takes LF alone by name', () => {
    const read = decode('base64', 'QU\nJD\n', { tolerances: ['bare-lf'] });
    expect(shown(read)).toBe('ABC');
    expect(read).toMatchObject({ notes: [{ offset: 2 }, { offset: 5 }] });
  });

  it('gives what Buffer encodes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (value) => {
        const body = Buffer.from(value).toString('base64').replace(/.{76}/g, '$&\r\n');
        expect(shown(decode('base64', body))).toBe(Buffer.from(value).toString('latin1'));
      }),
    );
  });
});

describe('quoted-printable', () => {
  it.each([
    ['', ''],
    [
      "Now's the time =\r\nfor all folk to come=\r\n to the aid of their country.",
      "Now's the time for all folk to come to the aid of their country.",
    ],
    ['=3D=0C=FF', '=\x0c\xff'],
    ['a \t\r\nb', 'a\r\nb'],
    ['a=20 \r\nb  ', 'a \r\nb'],
    ['a=  \r\nb', 'ab'],
    ['\r\n\r\n', '\r\n\r\n'],
    ['a b\tc', 'a b\tc'],
  ])('%j is %j', (body, expected) => {
    expect(shown(decode('quoted-printable', body))).toBe(expected);
  });

  it.each([
    ['=3d', 'escape', 0],
    ['a=', 'escape', 1],
    ['a=3', 'escape', 1],
    ['=zz', 'escape', 0],
    ['= x', 'escape', 0],
    ['a\nb', 'bare-lf', 1],
    ['a=\nb', 'escape', 1],
    ['a\rb', 'control', 1],
    ['\0', 'control', 0],
    ['\x7f', 'control', 0],
    ['\xff', 'syntax', 0],
  ])('refuses %j', (body, code, offset) => {
    expect(decode('quoted-printable', body)).toMatchObject({ ok: false, error: { code, offset } });
  });

  it('takes LF alone by name', () => {
    const read = decode('quoted-printable', 'a=\nb \nc', { tolerances: ['bare-lf'] });
    expect(shown(read)).toBe('ab\r\nc');
    expect(read).toMatchObject({ notes: [{ offset: 2 }, { offset: 5 }] });
  });
});
