import { describe, expect, it } from 'vitest';
import { unwrap } from '../core/result.ts';
import { answerMsrpOffer, type MsrpAnswer } from './msrp-answer.ts';
import { composeMsrpOffer, type MsrpOffer, readMsrpMedia } from './msrp-media.ts';
import { type SdpSession, sdp } from './session.ts';

const text = (session: SdpSession): string => Buffer.from(sdp.encode(session)).toString();
const decode = (lines: readonly string[]): SdpSession =>
  unwrap(sdp.decode(new TextEncoder().encode(lines.map((line) => `${line}\r\n`).join(''))));

const OFFER: MsrpOffer = {
  origin: { sessionId: '3890844526', version: 3_890_844_526, address: '192.0.2.10' },
  path: ['msrp://192.0.2.10:7654/jshA7weztas;tcp'],
  acceptTypes: ['message/cpim', 'text/plain'],
  acceptWrappedTypes: ['*'],
  direction: 'sendonly',
  fileSize: 20_480,
};
const ANSWER: MsrpAnswer = {
  origin: { sessionId: 1, address: 'b.example.com' },
  path: ['msrp://b.example.com:8493/si438dsaodes;tcp'],
  acceptTypes: ['message/cpim'],
};
const HEAD = ['v=0', 'o=- 1 1 IN IP4 a.example', 's=-', 'c=IN IP4 a.example', 't=0 0'];
const MESSAGE = 'm=message 7654 TCP/MSRP *';
const PATH = 'a=path:msrp://a.example:7654/x;tcp';
const TYPES = 'a=accept-types:message/cpim';

describe('composeMsrpOffer', () => {
  it('LM-E5, LM-E5a, LM-E6: the offer of a large message, line by line', () => {
    expect(text(composeMsrpOffer(OFFER)).split('\r\n')).toEqual([
      'v=0',
      'o=- 3890844526 3890844526 IN IP4 192.0.2.10',
      's=-',
      'c=IN IP4 192.0.2.10',
      't=0 0',
      'm=message 7654 TCP/MSRP *',
      'a=path:msrp://192.0.2.10:7654/jshA7weztas;tcp',
      'a=accept-types:message/cpim text/plain',
      'a=accept-wrapped-types:*',
      'a=setup:actpass',
      'a=sendonly',
      'a=filesize:20480',
      '',
    ]);
  });

  it('LM-E5: goes over TLS, through a relay, to an IPv6 address, with all that a file has', () => {
    const offer = composeMsrpOffer({
      ...OFFER,
      origin: { username: 'alice', sessionId: 9, address: '2001:db8::1' },
      sessionName: 'a file',
      path: ['msrps://relay.example:2855/r;tcp', 'msrps://[2001:db8::1]:9/x;tcp'],
      setup: 'active',
      direction: undefined,
      maxSize: 100,
      fileSize: undefined,
      fileSelector: { name: 'a "b".txt', size: 5, hashes: [{ algorithm: 'sha-1', value: '00' }] },
      fileTransferId: 'abc',
      fileDisposition: 'attachment',
      fileDate: { read: { time: 0, zone: '+0000' } },
      fileIcon: 'i@h',
      fileRange: { start: 1 },
      fingerprint: { algorithm: 'sha-1', value: '00:FF' },
      attributes: ['chatroom:nickname', 'x'],
    });
    expect(text(offer).split('\r\n')).toEqual([
      ...['v=0', 'o=alice 9 1 IN IP6 2001:db8::1', 's=a file', 'c=IN IP6 2001:db8::1', 't=0 0'],
      'm=message 9 TCP/TLS/MSRP *',
      'a=path:msrps://relay.example:2855/r;tcp msrps://[2001:db8::1]:9/x;tcp',
      'a=accept-types:message/cpim text/plain',
      'a=accept-wrapped-types:*',
      'a=setup:active',
      'a=max-size:100',
      'a=file-selector:name:"a %22b%22.txt" size:5 hash:sha-1:00',
      'a=file-transfer-id:abc',
      'a=file-disposition:attachment',
      'a=file-date:read:"Thu, 01 Jan 1970 00:00:00 +0000"',
      'a=file-icon:cid:i@h',
      'a=file-range:1-*',
      'a=fingerprint:sha-1 00:FF',
      'a=chatroom:nickname',
      'a=x',
      '',
    ]);
  });

  it.each<readonly [Partial<MsrpOffer>, string, string]>([
    [{ fileSize: 0 }, 'fileSize', 'LM-E6'],
    [{ fileSize: -1 }, 'fileSize', 'LM-E6'],
    [{ fileSize: 2 ** 53 }, 'fileSize', 'LM-E6'],
    [{ direction: 'sendOnly' as 'sendonly' }, 'direction', 'LM-E5a'],
    [{ setup: 'passive' as 'active' }, 'setup', 'LM-E5'],
    [{ path: [] }, 'path', 'LM-E5'],
    [{ path: ['msrp://a/x;tcp'] }, 'path[0]', 'LM-E5'],
    [{ path: ['sip:a'] }, 'path[0]', 'LM-E5'],
    [{ port: 7655 }, 'port', 'LM-E5'],
    [{ address: 'a b' }, 'address', 'LM-E5'],
    [{ address: '[::1]' }, 'address', 'LM-E5'],
    [{ origin: { sessionId: 'x', address: 'a' } }, 'origin.sessionId', 'LM-E5'],
    [{ origin: { sessionId: '9223372036854775808', address: 'a' } }, 'origin.sessionId', 'LM-E5'],
    [{ origin: { sessionId: 1.5, address: 'a' } }, 'origin.sessionId', 'LM-E5'],
    [{ origin: { sessionId: 1, address: '' } }, 'origin.address', 'LM-E5'],
    [{ origin: { sessionId: 1, address: 'a', username: 'a b' } }, 'origin.username', 'LM-E5'],
    [{ acceptTypes: [] }, 'acceptTypes', 'LM-E5'],
    [{ acceptTypes: ['a/b', 'cpim'] }, 'acceptTypes[1]', 'LM-E5'],
    [{ acceptTypes: ['a/b c/d'] }, 'acceptTypes[0]', 'LM-E5'],
    [{ acceptWrappedTypes: ['a'] }, 'acceptWrappedTypes[0]', 'LM-E5'],
    [{ maxSize: -1 }, 'maxSize', 'LM-E5'],
    [{ fileSelector: { name: '', hashes: [] } }, 'fileSelector.name', 'LM-E5'],
    [{ attributes: ['x', 'a b'] }, 'attributes[1]', 'LM-E5'],
    [{ attributes: ['a:\r\nb'] }, 'attributes[0]', 'LM-E5'],
    [{ attributes: ['SendRecv'] }, 'attributes[0]', 'LM-E5'],
    [{ attributes: ['connection:new'] }, 'attributes[0]', 'LM-E5'],
    [{ attributes: ['Path:x'] }, 'attributes[0]', 'LM-E5'],
  ])('LM-E5, LM-E5a, LM-E6: throws on %j', (wrong, path, duty) => {
    expect(() => composeMsrpOffer({ ...OFFER, ...wrong })).toThrow(
      expect.objectContaining({ name: 'EncodeError', path, duty }),
    );
  });

  it('LM-E5: port 0 ends the medium', () => {
    expect(text(composeMsrpOffer({ ...OFFER, port: 0 }))).toContain('m=message 0 TCP/MSRP *');
  });
});

describe('readMsrpMedia', () => {
  it('LM-E5, LM-E5a, LM-E6: reads what was offered', () => {
    const { acceptTypes, acceptWrappedTypes, direction, fileSize } = OFFER;
    const media = unwrap(readMsrpMedia(unwrap(sdp.decode(sdp.encode(composeMsrpOffer(OFFER))))));
    expect(media).toMatchObject({ index: 0, port: 7654, secure: false, address: '192.0.2.10', setup: 'actpass' });
    expect(media).toMatchObject({ acceptTypes, acceptWrappedTypes, direction, fileSize, attributes: [], errors: [] });
    expect(media.path).toMatchObject([{ host: '192.0.2.10', port: 7654, sessionId: 'jshA7weztas' }]);
    const { index, secure, errors, ...rest } = media;
    expect(text(composeMsrpOffer({ ...OFFER, ...rest, setup: 'actpass' }))).toBe(text(composeMsrpOffer(OFFER)));
    expect([index, secure, errors]).toEqual([0, false, []]);
  });

  it('LM-E5: attributes stand in any order, further ones are kept, holdconn and connection count for nothing', () => {
    const rest = ['a=x:1', 'a=setup:holdconn', TYPES, 'a=connection:new', PATH, 'a=y'];
    const session = decode([...HEAD, 'm=audio 1 RTP/AVP 0', 'm=Message 7654 tcp/tls/msrp *', ...rest]);
    const media = unwrap(readMsrpMedia(session));
    expect(media).toMatchObject({
      index: 1,
      secure: true,
      setup: undefined,
      attributes: ['x:1', 'y'],
      direction: 'sendrecv',
    });
  });

  it('a part that is broken costs itself only', () => {
    const rest = [PATH, 'a=filesize:007', 'a=max-size:1', 'a=accept-types:x', 'a=setup:a', 'a=setup:b', 'c=IN IP4 b c'];
    const session = unwrap(
      sdp.decode(new TextEncoder().encode([...HEAD, MESSAGE, ...rest, ''].join('\r\n')), { tolerances: ['sdp-order'] }),
    );
    const media = unwrap(readMsrpMedia(session));
    expect(media).toMatchObject({ fileSize: undefined, maxSize: 1, acceptTypes: [], setup: undefined });
    expect(media.address).toBe('a.example');
    expect(media.errors.map(({ code, field }) => [code, field])).toEqual([
      ['duplicate', 6],
      ['truncated', 4],
      ['trailing', 7],
      ['syntax', 2],
    ]);
  });

  it('LM-E6: a filesize of -1 is read by name', () => {
    const session = decode([...HEAD, MESSAGE, PATH, TYPES, 'a=filesize:-1']);
    expect(unwrap(readMsrpMedia(session)).fileSize).toBeUndefined();
    const read = readMsrpMedia(session, { tolerances: ['sdp-filesize'] });
    expect(read).toMatchObject({ value: { fileSize: -1 }, notes: [{ tolerance: 'sdp-filesize' }] });
  });

  it.each<readonly [readonly string[], string]>([
    [[...HEAD], 'missing'],
    [[...HEAD, 'm=audio 1 RTP/AVP 0'], 'missing'],
    [[...HEAD, 'm=message 1 TCP/FOO *'], 'missing'],
    [[...HEAD, 'm=message 65536 TCP/MSRP *'], 'range'],
    [[...HEAD, MESSAGE, 'a=path:x'], 'syntax'],
    [[...HEAD, MESSAGE, PATH, PATH], 'duplicate'],
    [[...HEAD, MESSAGE, PATH, 'a=sendonly', 'a=recvonly'], 'duplicate'],
    [['v=1', ...HEAD.slice(1), MESSAGE, PATH], 'unsupported'],
    [[...HEAD, 'y=1', MESSAGE, PATH], 'unsupported'],
    [[...HEAD, MESSAGE, PATH, 'f=1'], 'unsupported'],
  ])('LM-E5, LM-E5a: refuses %j', (lines, code) => {
    expect(readMsrpMedia(decode(lines))).toMatchObject({ ok: false, error: { code } });
  });
});

describe('answerMsrpOffer', () => {
  const answer = (lines: readonly string[], input: MsrpAnswer = ANSWER): string[] =>
    text(answerMsrpOffer(decode([...HEAD, ...lines]), input))
      .split('\r\n')
      .slice(5, -1);

  it('takes the offer of a large message: recvonly, passive, what both accept (lesson 16)', () => {
    const taken = answerMsrpOffer(composeMsrpOffer(OFFER), { ...ANSWER, acceptTypes: ['image/png', '*'] });
    expect(text(taken).split('\r\n')).toEqual([
      'v=0',
      'o=- 1 1 IN IP4 b.example.com',
      's=-',
      'c=IN IP4 b.example.com',
      't=0 0',
      'm=message 8493 TCP/MSRP *',
      'a=path:msrp://b.example.com:8493/si438dsaodes;tcp',
      'a=accept-types:message/cpim text/plain',
      'a=setup:passive',
      'a=recvonly',
      '',
    ]);
    expect(unwrap(readMsrpMedia(taken))).toMatchObject({ direction: 'recvonly', setup: 'passive', port: 8493 });
  });

  it.each([
    ['a=setup:actpass', undefined, 'passive'],
    ['a=setup:actpass', 'active', 'active'],
    ['a=setup:active', undefined, 'passive'],
    ['a=setup:passive', undefined, 'active'],
    ['a=setup:holdconn', undefined, 'passive'],
    ['a=x', 'passive', 'passive'],
  ] as const)('%s is answered, where %s is asked for, with %s', (offered, setup, answered) => {
    expect(answer([MESSAGE, PATH, TYPES, offered], { ...ANSWER, setup })).toContain(`a=setup:${answered}`);
  });

  it.each([
    ['a=sendrecv', undefined, undefined],
    ['a=sendrecv', 'recvonly', 'recvonly'],
    ['a=sendrecv', 'sendrecv', 'sendrecv'],
    ['a=sendonly', undefined, 'recvonly'],
    ['a=recvonly', undefined, 'sendonly'],
    ['a=recvonly', 'inactive', 'inactive'],
    ['a=inactive', undefined, 'inactive'],
  ] as const)('%s is answered, where %s is asked for, with %s', (offered, direction, answered) => {
    const lines = answer([MESSAGE, PATH, TYPES, offered], { ...ANSWER, direction });
    const ways = lines.filter((line) => /^a=(?:sendrecv|sendonly|recvonly|inactive)$/.test(line));
    expect(ways).toEqual(answered === undefined ? [] : [`a=${answered}`]);
  });

  it.each<readonly [readonly string[], Partial<MsrpAnswer>, string]>([
    [['a=sendonly'], { direction: 'sendrecv' }, 'direction'],
    [['a=inactive'], { direction: 'recvonly' }, 'direction'],
    [['a=setup:active'], { setup: 'active' }, 'setup'],
    [['a=setup:passive'], { setup: 'passive' }, 'setup'],
    [['a=file-transfer-id:a'], { fileTransferId: 'b' }, 'fileTransferId'],
    [[], { path: ['msrps://b:1/x;tcp'] }, 'path'],
    [[], { path: ['msrp://b/x;tcp'] }, 'path[0]'],
    [[], { acceptTypes: ['x'] }, 'acceptTypes[0]'],
  ])('does not answer %j with %j', (offered, wrong, path) => {
    expect(() => answer([MESSAGE, PATH, TYPES, ...offered], { ...ANSWER, ...wrong } as MsrpAnswer)).toThrow(
      expect.objectContaining({ name: 'EncodeError', path }),
    );
  });

  it('has as many media, in the same order, all others refused', () => {
    const lines = [
      'm=audio 49170/2 RTP/AVP 0 8',
      'a=x',
      MESSAGE,
      PATH,
      TYPES,
      MESSAGE,
      PATH,
      TYPES,
      'm=video 65536  a b',
    ];
    expect(answer(lines).filter((line) => line.startsWith('m='))).toEqual([
      'm=audio 0 RTP/AVP 0 8',
      'm=message 8493 TCP/MSRP *',
      'm=message 0 TCP/MSRP *',
      'm=video 0 a b',
    ]);
  });

  it.each<readonly [string, readonly string[], MsrpAnswer]>([
    ['where asked to', [MESSAGE, PATH, TYPES], { origin: ANSWER.origin, refuse: true }],
    ['where nothing is accepted by both', [MESSAGE, PATH, 'a=accept-types:text/html'], ANSWER],
    ['where the offer accepts nothing', [MESSAGE, PATH], ANSWER],
    ['where the offer ends the medium', ['m=message 0 TCP/MSRP *', PATH, TYPES], ANSWER],
    ['where the medium cannot be read', [MESSAGE, 'a=path:x', TYPES], ANSWER],
  ])('refuses the medium %s', (_, lines, input) => {
    expect(answer(lines, input)).toEqual(['m=message 0 TCP/MSRP *']);
  });

  it('has the times of the offer', () => {
    const offer = decode([
      'v=0',
      'o=- 1 1 IN IP4 a',
      's=-',
      't=2873397496 0',
      'r=7d 1h 0',
      'z=0 0',
      MESSAGE,
      PATH,
      TYPES,
    ]);
    expect(text(answerMsrpOffer(offer, ANSWER))).toContain('t=2873397496 0\r\nr=7d 1h 0\r\nz=0 0\r\nm=');
  });

  it('tells which file is taken, and which is refused (RFC 5547 8.3)', () => {
    const selector = 'file-selector:name:"a" size:5';
    const file = [
      `a=${selector} hash:sha-1:00`,
      'a=file-transfer-id:abc',
      'a=file-range:1-5',
      'a=file-disposition:render',
    ];
    const offer = [MESSAGE, PATH, TYPES, 'a=sendonly', ...file];
    expect(answer(offer).slice(-4)).toEqual([
      'a=recvonly',
      `a=${selector}`,
      'a=file-transfer-id:abc',
      'a=file-range:1-5',
    ]);
    expect(answer(offer, { origin: ANSWER.origin, refuse: true })).toEqual([
      'm=message 0 TCP/MSRP *',
      `a=${selector} hash:sha-1:00`,
      'a=file-transfer-id:abc',
    ]);
  });
});
