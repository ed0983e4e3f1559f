import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Result, unwrap } from '../core/result.ts';
import { same } from '../testing/laws.ts';
import { contentType } from './content-headers.ts';
import { composeExternalBody, type ExternalBody, externalBody, readExternalBody } from './external-body.ts';

const octets = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
const shown = (value: Uint8Array): string => Buffer.from(value).toString('latin1');
const read = (type: string, body = ''): Result<ExternalBody> =>
  readExternalBody(unwrap(contentType.parse(type)), octets(body));
const plain = (value: ExternalBody): ExternalBody => ({
  ...value,
  fields: value.fields.map(({ name, value }) => ({ name, value })),
});

const EXPIRATION = Date.UTC(2002, 5, 24, 9);
const VALUE: ExternalBody = {
  accessType: 'URL',
  url: 'http://www.example.com/the-indirect-content',
  expiration: EXPIRATION,
  size: 4123,
  hash: '10AB568E91245681AC1B',
  permission: 'read',
  params: [{ name: 'x', value: 'a b', quoted: true }],
  fields: [
    { name: 'Content-Type', value: 'image/png' },
    { name: 'Content-ID', value: '<1@example.com>' },
    { name: 'Content-Disposition', value: 'render' },
  ],
};

describe('reading', () => {
  it('RFC 4483 6.1', () => {
    const type =
      'message/external-body; ACCESS-TYPE=URL; URL="http://www.example.net/party/06/2002/announcement"; EXPIRATION="Sat, 20 Jun 2002 12:00:00 GMT"; size=231';
    const body =
      'Content-Type: application/sdp\r\nContent-Disposition: session\r\nContent-ID: <4e5562cd1214427d@example.net>\r\n\r\n';
    expect(unwrap(read(type, body))).toMatchObject({
      accessType: 'URL',
      url: 'http://www.example.net/party/06/2002/announcement',
      expiration: Date.UTC(2002, 5, 20, 12),
      size: 231,
      hash: undefined,
      params: [],
      fields: [{ value: 'application/sdp' }, { value: 'session' }, { value: '<4e5562cd1214427d@example.net>' }],
      phantom: undefined,
    });
  });

  it('RFC 4483 5.12: a month spelt out, a hash of 20 digits', () => {
    const type =
      'message/external-body; access-type="URL"; expiration="Mon, 24 June 2002 09:00:00 GMT"; URL="http://www.example.com/the-indirect-content.au"; size=52723; hash=10AB568E91245681AC1B';
    expect(unwrap(read(type, 'Content-Disposition: render\r\n'))).toMatchObject({
      expiration: EXPIRATION,
      hash: '10AB568E91245681AC1B',
    });
  });

  it('RFC 2017 3.1: the words of a URL are joined', () => {
    const type =
      'message/external-body; access-type=URL; URL="ftp://ftp.deepdirs.org/1/2/3/4/5/6/7/  8/9/10/11/12/13/14/15/16/17/18/20/21/\tfile.html"';
    const value = unwrap(read(type, 'Content-type: text/html\r\n\r\nTHIS IS NOT REALLY THE BODY!'));
    expect(value.url).toBe('ftp://ftp.deepdirs.org/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/18/20/21/file.html');
    expect(shown(value.phantom as Uint8Array)).toBe('THIS IS NOT REALLY THE BODY!');
  });

  it('RFC 2046 5.2.3: other access-types keep their parameters', () => {
    const value = unwrap(
      read('message/external-body;access-type=local-file;name="/u/nsb/Me.jpeg";permission=READ-write'),
    );
    expect(value).toMatchObject({
      accessType: 'local-file',
      url: undefined,
      permission: 'read-write',
      params: [{ name: 'name' }],
    });
  });

  it.each([
    ['text/plain;access-type=x', 'unsupported', 'Content-Type'],
    ['message/external-body', 'missing', 'access-type'],
    ['message/external-body;access-type=x;Access-Type=y', 'duplicate', 'access-type'],
    ['message/external-body;access-type=url', 'missing', 'URL'],
    ['message/external-body;access-type=URL;URL=""', 'syntax', 'scheme'],
    ['message/external-body;access-type=URL;URL="  "', 'syntax', 'scheme'],
    ['message/external-body;access-type=URL;URL="no url"', 'syntax', 'scheme'],
    ['message/external-body;access-type=URL;URL="http://%zz"', 'escape', 'pct-encoded'],
    ['message/external-body;access-type=URL;URL="a:b";url="a:b"', 'duplicate', 'URL'],
    ['message/external-body;access-type=x;expiration=soon', 'syntax', 'day-of-week'],
    ['message/external-body;access-type=x;expiration="Mon, 24 Jun 2002 09:00:00 EST"', 'range', 'zone'],
    ['message/external-body;access-type=x;size=18446744073709551616', 'range', 'size'],
    ['message/external-body;access-type=x;size=-1', 'syntax', 'size'],
    ['message/external-body;access-type=x;size=0x10', 'syntax', 'size'],
    ['message/external-body;access-type=x;size=""', 'truncated', 'size'],
    ['message/external-body;access-type=x;hash=xyz', 'syntax', 'hash'],
    ['message/external-body;access-type=x;permission=write', 'syntax', 'permission'],
  ])('refuses %s (row 59)', (type, code, rule) => {
    expect(read(type)).toMatchObject({ ok: false, error: { code, rule, offset: 0 } });
  });

  it('refuses fields that cannot be read', () => {
    expect(read('message/external-body;access-type=x', 'A: b\n\r\n')).toMatchObject({
      ok: false,
      error: { code: 'bare-lf', offset: 4 },
    });
  });
});

describe('PM-9: composing', () => {
  it('gives the Content-Type and the body of a message', () => {
    const { contentType: type, body } = composeExternalBody(VALUE);
    expect(contentType.format(type)).toBe(
      'message/external-body;access-type="URL";expiration="Mon, 24 Jun 2002 09:00:00 GMT";' +
        'URL="http://www.example.com/the-indirect-cont ent";size=4123;hash=10AB568E91245681AC1B;permission=read;x="a b"',
    );
    expect(shown(body)).toBe(
      'Content-Type: image/png\r\nContent-ID: <1@example.com>\r\nContent-Disposition: render\r\n\r\n',
    );
    expect(same(plain(unwrap(readExternalBody(type, body))), { ...VALUE })).toBe(true);
  });

  it('splits a URL into words of at most 40 characters, and escapes what must be', () => {
    const { contentType: type } = composeExternalBody({ ...VALUE, url: `http://h/a b"c\\\u00e4${'x'.repeat(80)}` });
    const words = type.params.find(({ name }) => name === 'URL')?.value?.split(' ') as string[];
    expect(words.every((word) => word.length <= 40)).toBe(true);
    expect(words.join('')).toBe(`http://h/a%20b%22c%5C%C3%A4${'x'.repeat(80)}`);
  });

  it.each([
    [{ accessType: 'FTP' }, 'accessType'],
    [{ url: undefined }, 'url'],
    [{ url: 'x' }, 'url'],
    [{ url: 'http://h/\r\nX: y' }, 'url'],
    [{ url: 'http://h/\0' }, 'url'],
    [{ url: 'http://h/#a' }, 'url'],
    [{ url: 'http://h/\ud800' }, 'url'],
    [{ expiration: undefined }, 'expiration'],
    [{ expiration: 0.5 }, 'date-time'],
    [{ size: -1 }, 'size'],
    [{ size: 2 ** 53 }, 'size'],
    [{ hash: 'xyz' }, 'hash'],
    [{ params: [{ name: 'Size', value: '1' }] }, 'params[0]'],
    [{ fields: [] }, 'fields'],
    [{ fields: [{ name: 'content-disposition', value: 'render' }] }, 'fields'],
    [{ fields: [...VALUE.fields, { name: 'A', value: 'b\r\n' }] }, 'fields[3].value'],
  ] satisfies [Partial<ExternalBody>, string][])('throws on %j', (change, path) => {
    expect(() => composeExternalBody({ ...VALUE, ...change })).toThrow(
      expect.objectContaining({ name: 'EncodeError', path }),
    );
  });
});

describe('the entity codec', () => {
  const entity =
    'Content-type: message/external-body; access-type=URL;\r\n URL="http://h/"\r\nX: y\r\n\r\nContent-Type: a/b\r\n';

  it('gives the octets of what is untouched', () => {
    const value = unwrap(externalBody.decode(octets(entity)));
    expect(value.url).toBe('http://h/');
    expect(shown(externalBody.encode(value))).toBe(entity);
    expect(externalBody.encodedLength(value)).toBe(entity.length);
    const written =
      'Content-Type: message/external-body;access-type="URL";URL="http://h/"\r\n\r\nContent-Type: a/b\r\n\r\n';
    expect(shown(externalBody.encode({ ...value }))).toBe(written);
    expect(externalBody.encodedLength({ ...value })).toBe(written.length);
  });

  it.each([
    ['X: y\r\n\r\n', 'missing', 8],
    ['Content-Type: x\r\n\r\n', 'truncated', 1],
    ['Content-Type: message/external-body;access-type=x', 'truncated', 49],
    ['Content-Type: message/external-body;access-type=x\r\n\r\nA: b\n', 'bare-lf', 57],
  ])('refuses %j', (text, code, offset) => {
    expect(externalBody.decode(octets(text))).toMatchObject({ ok: false, error: { code, offset } });
  });

  it('obeys the laws', () => {
    const maybe = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(values, { nil: undefined });
    const values = fc.record<ExternalBody>({
      accessType: fc.constantFrom('URL', 'url', 'x-mine'),
      url: fc.webUrl({ withQueryParameters: true }),
      expiration: maybe(fc.integer({ min: 0, max: 4e9 }).map((seconds) => seconds * 1000)),
      size: maybe(fc.nat()),
      hash: maybe(fc.constantFrom('00', 'aBcD')),
      permission: maybe(fc.constantFrom('read' as const, 'read-write' as const)),
      params: fc.constantFrom([], [{ name: 'a', value: 'b' }]),
      fields: fc.constantFrom([], VALUE.fields),
      phantom: maybe(fc.uint8Array({ minLength: 1, maxLength: 20 })),
    });
    fc.assert(
      fc.property(values, (value) => {
        const written = externalBody.encode(value);
        expect(externalBody.encodedLength(value)).toBe(written.length);
        const again = unwrap(externalBody.decode(written));
        expect(same(plain(again), plain(value))).toBe(true);
        expect(same(externalBody.encode({ ...again }), written)).toBe(true);
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  it('decode never throws and points into the octets', () => {
    const base = shown(externalBody.encode(VALUE));
    fc.assert(
      fc.property(fc.nat(base.length), fc.nat(3), fc.uint8Array({ maxLength: 4 }), (at, cut, junk) => {
        const all = octets(base.slice(0, at) + shown(junk) + base.slice(at + cut));
        const result = externalBody.decode(all);
        if (result.ok) expect(same(externalBody.encode(result.value), all)).toBe(true);
        else expect(result.error.offset >= 0 && result.error.offset <= all.length).toBe(true);
      }),
      { numRuns: 1000, seed: 2 },
    );
  });
});
