import { describe, expect, it } from 'vitest';
import { unwrap } from '../core/result.ts';
import { type Entity, findPart, findParts, partEntity } from './find-part.ts';
import { type MediaType, mediaType } from './media-type.ts';

const octets = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
const type = (text: string): MediaType => unwrap(mediaType.parse(text));
const entity = (contentType: string, body: string): Entity => ({ contentType: type(contentType), body: octets(body) });
const shown = (value: Entity): string => Buffer.from(value.body).toString('latin1');

/** A text inside `depth` multiparts. */
function nested(depth: number): Entity {
  let head = 'text/plain';
  let body = 'x';
  for (let i = 0; i < depth; i++) {
    body = `--b${i}\r\nContent-Type: ${head}\r\n\r\n${body}\r\n--b${i}--`;
    head = `multipart/mixed;boundary=b${i}`;
  }
  return entity(head, body);
}

const MIXED = entity(
  'multipart/mixed;boundary=a',
  '--a\r\n\r\nplain\r\n--a\r\nContent-Type: multipart/alternative;boundary="aa"\r\n\r\n' +
    '--aa\r\nContent-Type: TEXT/html\r\n\r\nhtml 1\r\n--aa\r\nContent-Type: text/html\r\n\r\nhtml 2\r\n--aa--\r\n' +
    '--a\r\nContent-Type: message/cpim\r\nContent-ID: <1@x>\r\n\r\ncpim\r\n--a--',
);

describe('findPart', () => {
  it('answers the entity itself where it is of the type', () => {
    const root = entity('Message/CPIM;x=y', 'body');
    expect(findPart(root, 'message/cpim')).toEqual({ ok: true, value: root, notes: [] });
  });

  it.each([
    ['a part', 'message/cpim', 'cpim'],
    ['the first of several, through nesting and whatever the case', 'text/html', 'html 1'],
    ['a part without a Content-Type as text/plain', 'text/plain', 'plain'],
  ])('finds %s', (_, name, body) => {
    const found = findPart(MIXED, name);
    expect(found?.ok && shown(found.value)).toBe(body);
  });

  it('gives the fields of the part', () => {
    const found = findPart(MIXED, 'message/cpim');
    expect(found).toMatchObject({
      value: { fields: [{ name: 'Content-Type' }, { name: 'Content-ID', value: '<1@x>' }] },
    });
  });

  it('finds a multipart by its own type', () => {
    expect(findPart(MIXED, 'multipart/alternative')).toMatchObject({ ok: true });
  });

  it('answers undefined where there is none', () => {
    expect(findPart(MIXED, 'image/png')).toBeUndefined();
    expect(findPart(entity('text/plain', 'x'), 'image/png')).toBeUndefined();
  });

  it('goes on behind a part that is broken', () => {
    const body =
      '--a\r\nContent-Type: multipart/mixed;boundary=q\r\n\r\nno delimiter\r\n--a\r\nContent-Type: no type\r\n\r\n\r\n--a\r\n\r\nx\r\n--a--';
    const root = entity('multipart/mixed;boundary=a', body);
    expect(findPart(root, 'text/plain')).toMatchObject({ ok: true });
    expect(findPart(root, 'image/png')).toMatchObject({ ok: false, error: { code: 'missing', rule: 'dash-boundary' } });
    expect(findParts(root, 'text/plain')).toMatchObject({ ok: false });
  });

  it('parts of a digest are messages (RFC 2046 5.1.5)', () => {
    const root = entity('multipart/digest;boundary=a', '--a\r\n\r\nx\r\n--a--');
    expect(findPart(root, 'message/rfc822')).toMatchObject({ ok: true });
    expect(findPart(root, 'text/plain')).toBeUndefined();
    expect(partEntity({ fields: [], body: octets('') })).toMatchObject({
      value: { contentType: { subtype: 'plain' } },
    });
  });

  it('hands on the notes of tolerances', () => {
    const root = entity('multipart/mixed;boundary=a', '--a\r\n\r\nx');
    expect(findPart(root, 'text/plain', { tolerances: ['multipart-close'] })).toMatchObject({ notes: [{ offset: 8 }] });
  });
});

describe('findParts', () => {
  it('finds all, in order', () => {
    expect(unwrap(findParts(MIXED, 'text/html')).map(shown)).toEqual(['html 1', 'html 2']);
    expect(unwrap(findParts(MIXED, 'image/png'))).toEqual([]);
  });
});

describe('hostile input', () => {
  it('searches 16 multiparts inside each other, and no more (row 59)', () => {
    expect(findPart(nested(16), 'text/plain')).toMatchObject({ ok: true });
    expect(findPart(nested(17), 'text/plain')).toMatchObject({
      ok: false,
      error: { code: 'limit', rule: 'multipart-body' },
    });
    expect(findPart(nested(100), 'text/plain', { limits: { nesting: 100 } })).toMatchObject({ ok: true });
  });

  it('stops at the limit in 10 000 multiparts inside each other', () => {
    const root = nested(10_000);
    const start = performance.now();
    expect(findPart(root, 'text/plain')).toMatchObject({ ok: false, error: { code: 'limit' } });
    expect(performance.now() - start).toBeLessThan(1500);
  });
});
