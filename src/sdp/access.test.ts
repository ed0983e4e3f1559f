import { describe, expect, it } from 'vitest';
import { unwrap } from '../core/result.ts';
import { getAttribute, getAttributes, getLine, getLines, textAttribute } from './access.ts';
import { direction, inverse } from './direction.ts';
import { fileSelector } from './file-selector.ts';
import { setup } from './keywords.ts';
import { mediaLine } from './media-line.ts';
import { bandwidth, filesize, maxSize } from './numbers.ts';
import { connectionData, origin } from './origin.ts';
import { path } from './path.ts';
import { type SdpMedia, type SdpSession, sdp } from './session.ts';

const HEAD = 'v=0\r\no=- 1 1 IN IP4 a.example\r\ns=-\r\n';
const MEDIUM = 'm=message 65536 TCP/MSRP *\r\n';

/** The session as it was received, and the same as plain data: both must answer alike. */
function both(text: string, encoding: 'utf8' | 'latin1' = 'utf8'): readonly SdpSession[] {
  const received = unwrap(sdp.decode(Buffer.from(text, encoding)));
  return [received, JSON.parse(JSON.stringify(received))];
}

const medium = (session: SdpSession): SdpMedia => session.media[0] as SdpMedia;

describe('attributes', () => {
  const text = `${HEAD}t=0 0\r\na=max-size:1\r\n${MEDIUM}a=Max-Size:2\r\na=max-sizes:3\r\na=max-siz:4\r\na=max-size\r\n`;

  it.each(both(`${HEAD}t=0 0\r\n${MEDIUM}a=max-size:2\r\na=setup\r\na=x:\r\na=filesize:-1\r\na=file-selector\r\n`))(
    'are read where they stand',
    (session) => {
      const section = medium(session);
      expect(getAttribute(section, maxSize)).toMatchObject({ ok: true, value: 2 });
      expect(getAttribute(session, maxSize)).toBeUndefined();
      expect(getAttribute(section, path)).toBeUndefined();
      expect(getAttribute(section, setup)).toMatchObject({ error: { code: 'truncated', offset: 0, field: 2 } });
      expect(getAttribute(section, filesize)).toMatchObject({ error: { code: 'syntax', offset: 0, field: 4 } });
      expect(getAttribute(section, fileSelector)).toMatchObject({ value: { hashes: [] } });
      expect(getAttribute(section, 'x')).toMatchObject({ error: { code: 'truncated', rule: 'att-value', field: 3 } });
      expect(getAttribute(section, 'setup')).toMatchObject({ value: '' });
      expect(getAttribute(section, 'max-size')).toMatchObject({ value: '2' });
    },
  );

  it.each(both(text))('that stand twice are refused, one by one they are read', (session) => {
    const section = medium(session);
    expect(getAttribute(section, maxSize)).toMatchObject({ error: { code: 'duplicate', field: 4 } });
    expect(getAttributes(section, maxSize)).toMatchObject([{ value: 2 }, { error: { code: 'truncated', field: 4 } }]);
    expect(getAttributes(section, 'MAX-SIZES')).toMatchObject([{ value: '3' }]);
    expect(getAttribute(session, maxSize)).toMatchObject({ value: 1 });
  });

  it.each(both(`${HEAD}t=0 0\r\na=x:ä\r\na=file-selector:name:"ä"\r\n`))('may hold any UTF-8', (session) => {
    expect(getAttribute(session, 'x')).toMatchObject({ value: 'ä' });
    expect(getAttribute(session, fileSelector)).toMatchObject({ value: { name: 'ä' } });
  });

  it('that are no UTF-8 are refused at the octet', () => {
    const [received] = both(`${HEAD}t=0 0\r\na=x:a\xff\r\na=max-size:1\r\n`, 'latin1');
    expect(getAttribute(received as SdpSession, 'x')).toMatchObject({
      error: { code: 'encoding', offset: 1, field: 4 },
    });
    expect(getAttribute(received as SdpSession, maxSize)).toMatchObject({ value: 1 });
  });

  it('of unknown names are text without line ends', () => {
    expect(textAttribute('x').format('a b')).toBe('a b');
    expect(() => textAttribute('x').format('a\r\nb')).toThrow(expect.objectContaining({ name: 'EncodeError' }));
  });
});

describe('lines', () => {
  it.each(both(`${HEAD}b=AS:1\r\nb=CT:2\r\nt=0 0\r\n${MEDIUM}c=IN IP4 a\r\nc=IN IP4 b\r\n`))(
    'by their letter',
    (session) => {
      expect(getLine(session, origin)).toMatchObject({ value: { address: 'a.example' } });
      expect(getLine(session, connectionData)).toBeUndefined();
      expect(getLines(session, bandwidth)).toMatchObject([{ value: { value: 1 } }, { value: { type: 'CT' } }]);
      expect(getLine(session, bandwidth)).toMatchObject({ error: { code: 'duplicate', field: 4 } });
      expect(getLine(medium(session), mediaLine)).toMatchObject({ error: { code: 'range', offset: 8, field: 0 } });
      expect(getLine(medium(session), connectionData)).toMatchObject({ error: { code: 'duplicate', field: 2 } });
    },
  );
});

describe('the direction of a medium', () => {
  it.each([
    ['', '', 'sendrecv'],
    ['a=sendonly\r\n', '', 'sendonly'],
    ['a=sendonly\r\n', 'a=inactive\r\n', 'inactive'],
    ['', 'a=recvonly\r\n', 'recvonly'],
    ['', 'a=sendonly:x\r\n', 'sendrecv'],
  ])('LM-E5a: session %j, medium %j: %s', (common, own, expected) => {
    for (const session of both(`${HEAD}t=0 0\r\n${common}${MEDIUM}${own}`)) {
      expect(direction(medium(session), session)).toMatchObject({ ok: true, value: expected });
    }
  });

  it.each([
    ['a=sendonly\r\na=recvonly\r\n', ''],
    ['', 'a=sendonly\r\na=sendonly\r\n'],
  ])('LM-E5a: is refused where there are two: %j %j', (common, own) => {
    for (const session of both(`${HEAD}t=0 0\r\n${common}${MEDIUM}${own}`)) {
      expect(direction(medium(session), session)).toMatchObject({ ok: false, error: { code: 'duplicate' } });
    }
  });

  it('seen from the other side', () => {
    const all = ['sendrecv', 'sendonly', 'recvonly', 'inactive'] as const;
    expect(all.map(inverse)).toEqual(['sendrecv', 'recvonly', 'sendonly', 'inactive']);
  });
});
