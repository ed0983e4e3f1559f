import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../core/result.ts';
import { checkFlood } from '../testing/flood.ts';
import { checkLaws, checkRefusesToFormat } from '../testing/laws.ts';
import type { SdpCodec } from './access.ts';
import { type FileDate, fileDate } from './file-date.ts';
import { fileIcon } from './file-icon.ts';
import { type FileRange, fileRange } from './file-range.ts';
import { type FileSelector, fileSelector } from './file-selector.ts';
import { acceptTypes, acceptWrappedTypes, commonFormats, type FormatEntry } from './format-list.ts';
import { fingerprint, type Hash } from './hash.ts';
import { connection, fileDisposition, fileTransferId, setup } from './keywords.ts';
import { type MediaLine, mediaLine } from './media-line.ts';
import { type Bandwidth, bandwidth, filesize, maxSize, type Timing, timing } from './numbers.ts';
import { type ConnectionData, connectionData, type Origin, origin } from './origin.ts';
import { path } from './path.ts';

const any = (codec: SdpCodec<unknown>): SdpCodec<unknown> => codec;
const rows = <T>(codec: SdpCodec<T>, all: readonly (readonly [text: string, code: string, offset: number])[]) =>
  all.map((row) => [any(codec as SdpCodec<unknown>), ...row] as const);

const SHA = '72:24:5F:E8:65:3D:DA:F3:71:36:2F:86:D4:71:91:3E:E4:A2:CE:2E';

describe('values', () => {
  const read: readonly (readonly [codec: SdpCodec<unknown>, text: string, value: unknown, canonical?: string])[] = [
    [
      any(path as SdpCodec<unknown>),
      'msrp://a:1/x;tcp msrps://b:2/y;tcp',
      [{ host: 'a' }, { scheme: 'msrps', port: 2 }],
    ],
    [
      any(acceptTypes as SdpCodec<unknown>),
      'message/cpim text/* *',
      [{ subtype: 'cpim' }, { subtype: '*' }, { type: '*' }],
    ],
    [
      any(acceptTypes as SdpCodec<unknown>),
      'a/b;c=d;e="f \\" g" */*',
      [{ params: [{ value: 'd' }, { value: 'f " g' }] }, {}],
    ],
    [any(maxSize as SdpCodec<unknown>), '0', 0],
    [any(maxSize as SdpCodec<unknown>), '007', 7, '7'],
    [any(filesize as SdpCodec<unknown>), '9007199254740991', Number.MAX_SAFE_INTEGER],
    [any(setup as SdpCodec<unknown>), 'ActPass', 'actpass', 'actpass'],
    [any(connection as SdpCodec<unknown>), 'existing', 'existing'],
    [any(fileSelector as SdpCodec<unknown>), '', { hashes: [] }],
    [
      any(fileSelector as SdpCodec<unknown>),
      `hash:sha-1:${SHA} size:7 name:"a%22%0d%c3%a4ä.jpg" type:a/b;c="d%25" hash:md5:00`,
      {
        name: 'a"\rää.jpg',
        size: 7,
        type: { type: 'a', subtype: 'b', params: [{ name: 'c', value: 'd%', quoted: true }] },
        hashes: [
          { algorithm: 'sha-1', value: SHA },
          { algorithm: 'md5', value: '00' },
        ],
      },
      `name:"a%22%0Dää.jpg" type:a/b;c="d%25" size:7 hash:sha-1:${SHA} hash:md5:00`,
    ],
    [any(fileTransferId as SdpCodec<unknown>), 'vBnG916bdberum2fFEABR1FR3ExZMUrd', 'vBnG916bdberum2fFEABR1FR3ExZMUrd'],
    [any(fileDisposition as SdpCodec<unknown>), 'render', 'render'],
    [
      any(fileDate as SdpCodec<unknown>),
      'read:"1 JAN 1900 00:00 -0000" creation:" Tue,15 May 2006 15:01:31 +0330 "',
      {
        creation: { time: Date.UTC(2006, 4, 15, 11, 31, 31), zone: '+0330' },
        read: { time: Date.UTC(1900, 0, 1), zone: '-0000' },
      },
      'creation:"Mon, 15 May 2006 15:01:31 +0330" read:"Mon, 01 Jan 1900 00:00:00 -0000"',
    ],
    [any(fileIcon as SdpCodec<unknown>), 'CID:a%20%C3%A4@b', 'a ä@b', 'cid:a%20%C3%A4@b'],
    [any(fileRange as SdpCodec<unknown>), '1-*', { start: 1, stop: undefined }],
    [any(fileRange as SdpCodec<unknown>), '10-3', { start: 10, stop: 3 }],
    [any(fingerprint as SdpCodec<unknown>), `SHA-1 ${SHA}`, { algorithm: 'SHA-1', value: SHA }],
    [
      any(origin as SdpCodec<unknown>),
      'ä 18446744073709551616 007 IN IP6 ::1',
      { sessionId: '18446744073709551616', version: '007' },
    ],
    [any(connectionData as SdpCodec<unknown>), 'IN IP4 224.2.17.12/127', { address: '224.2.17.12/127' }],
    [any(bandwidth as SdpCodec<unknown>), 'AS:64', { type: 'AS', value: 64 }],
    [any(timing as SdpCodec<unknown>), '0 2873397496', { start: 0, stop: 2_873_397_496 }],
    [
      any(mediaLine as SdpCodec<unknown>),
      'message 0 TCP/TLS/MSRP *',
      { port: 0, portCount: undefined, formats: ['*'] },
    ],
    [
      any(mediaLine as SdpCodec<unknown>),
      'audio 49170/2 RTP/AVP 0 8',
      { port: 49_170, portCount: 2, formats: ['0', '8'] },
    ],
  ];

  it.each(read.map(([codec, text, value, canonical = text]) => [codec, text, value, canonical] as const))(
    '%o reads %s',
    (codec, text, value, canonical) => {
      const read = unwrap(codec.parse(text));
      if (typeof value === 'object') expect(read).toMatchObject(value as object);
      else expect(read).toBe(value);
      expect(codec.format(read)).toBe(canonical);
    },
  );

  it.each([
    ...rows(path, [
      ['', 'truncated', 0],
      ['msrp://a:1/x;tcp ', 'truncated', 17],
      ['msrp://a:1/x;tcp  msrp://a:1/x;tcp', 'syntax', 17],
      ['msrp://a:1/x', 'truncated', 12],
      ['msrp://a:65536/x;tcp', 'range', 9],
      ['sip:a', 'syntax', 0],
    ]),
    ...rows(acceptTypes, [
      ['', 'truncated', 0],
      [' message/cpim', 'syntax', 0],
      ['message/cpim ', 'truncated', 13],
      ['message/cpim, text/plain', 'trailing', 12],
      ['message', 'truncated', 7],
      ['message/', 'truncated', 8],
      ['*;a=b', 'trailing', 1],
      ['a/b;c', 'truncated', 5],
      ['a/b;c=', 'truncated', 6],
      ['a/b;c="\\\u0001"', 'control', 6],
      ['a/b;c="', 'unterminated', 6],
    ]),
    ...rows(maxSize, [
      ['', 'truncated', 0],
      ['1 octet', 'trailing', 1],
      ['9007199254740992', 'range', 0],
    ]),
    ...rows(setup, [
      ['', 'truncated', 0],
      ['actpas', 'syntax', 0],
      ['active passive', 'trailing', 6],
    ]),
    ...rows(fileSelector, [
      ['name', 'truncated', 4],
      ['name:', 'truncated', 5],
      ['name:x', 'syntax', 5],
      ['name:""', 'syntax', 6],
      ['name:"x', 'unterminated', 5],
      ['name:"%0"', 'escape', 6],
      ['name:"%ff"', 'escape', 6],
      ['name:"%c3ä"', 'escape', 6],
      ['name:"a" name:"b"', 'duplicate', 9],
      ['size:1 size:1', 'duplicate', 7],
      ['type:a/b type:a/b', 'duplicate', 9],
      ['size:0', 'syntax', 5],
      ['size:1  ', 'syntax', 7],
      ['type:a', 'truncated', 6],
      ['type:a/b;c', 'truncated', 10],
      ['type:a/b;c=d', 'syntax', 11],
      ['hash:sha-1', 'truncated', 10],
      ['hash:sha-1:7', 'truncated', 12],
      ['hash:sha-1:7f', 'syntax', 12],
      ['hash:sha-1:7F:', 'truncated', 14],
      ['icon:x', 'syntax', 0],
    ]),
    ...rows(fileDate, [
      ['', 'syntax', 0],
      ['created:"x"', 'syntax', 0],
      ['creation:15', 'syntax', 9],
      ['creation:"15 May 2006 15:01:31 GMT"', 'syntax', 31],
      ['creation:"15 Mai 2006 15:01:31 +0000"', 'syntax', 13],
      ['creation:"Mo, 15 May 2006 15:01:31 +0000"', 'syntax', 10],
      ['creation:"Mon 15 May 2006 15:01:31 +0000"', 'syntax', 13],
      ['creation:"31 Apr 2006 15:01:31 +0000"', 'range', 10],
      ['creation:"15 May 1899 15:01:31 +0000"', 'range', 17],
      ['creation:"15 May 06 15:01:31 +0000"', 'syntax', 17],
      ['creation:"015 May 2006 15:01:31 +0000"', 'syntax', 10],
      ['creation:"15 May 2006 24:01:31 +0000"', 'range', 22],
      ['creation:"15 May 2006 15.01 +0000"', 'syntax', 24],
      ['creation:"15 May 2006 15:01:31+0000"', 'syntax', 30],
      ['creation:"15 May 2006 15:01:31 +0060"', 'range', 31],
      ['creation:"15 May 2006 15:01:31 +000"', 'syntax', 31],
      ['creation:"15 May 2006 15:01:31 +0000', 'truncated', 36],
      ['read:"1 Jan 2006 00:00 +0000" read:"1 Jan 2006 00:00 +0000"', 'duplicate', 30],
    ]),
    ...rows(fileIcon, [
      ['', 'truncated', 0],
      ['id@host', 'syntax', 0],
      ['cid:', 'truncated', 4],
      ['cid:a', 'syntax', 4],
      ['cid:a@', 'syntax', 4],
      ['cid:@a', 'syntax', 4],
      ['cid:a%40b', 'syntax', 4],
      ['cid:a@%zz', 'escape', 6],
    ]),
    ...rows(fileRange, [
      ['0-1', 'syntax', 0],
      ['1', 'truncated', 1],
      ['1-', 'truncated', 2],
      ['*-1', 'syntax', 0],
    ]),
    ...rows(fingerprint, [
      [`sha-1:${SHA}`, 'syntax', 5],
      ['sha-1 7', 'truncated', 7],
    ]),
    ...rows(origin, [
      ['- 1 1 IN IP4', 'truncated', 12],
      ['- x 1 IN IP4 a', 'syntax', 2],
      ['- 1 -1 IN IP4 a', 'syntax', 4],
      ['a b 1 1 IN IP4 a', 'syntax', 2],
      ['- 1 1 IN IP4 a ', 'trailing', 14],
    ]),
    ...rows(connectionData, [
      ['IN', 'truncated', 2],
      ['IN IP4 ', 'truncated', 7],
      ['IN  IP4 a', 'syntax', 3],
    ]),
    ...rows(bandwidth, [
      ['AS', 'truncated', 2],
      ['AS:', 'truncated', 3],
    ]),
    ...rows(timing, [
      ['0', 'truncated', 1],
      ['1 0', 'range', 0],
      ['0 999999999', 'range', 2],
      ['00 0', 'syntax', 1],
      ['0 9007199254740992', 'range', 2],
    ]),
    ...rows(mediaLine, [
      ['message', 'truncated', 7],
      ['message 65536 TCP/MSRP *', 'range', 8],
      ['message 4294967296 TCP/MSRP *', 'range', 8],
      ['message -1 TCP/MSRP *', 'syntax', 8],
      ['message 1/0 TCP/MSRP *', 'syntax', 10],
      ['message 1 TCP/ *', 'syntax', 14],
      ['message 1 TCP/MSRP', 'truncated', 18],
      ['message  1 TCP/MSRP *', 'syntax', 8],
    ]),
  ])('%o refuses %j', (codec, text, code, offset) => {
    expect(codec.parse(text)).toMatchObject({ ok: false, error: { code, offset } });
  });

  it('bad inputs 49: port 65536, 4294967296 and -1 are refused, 0 refuses the medium', () => {
    for (const port of ['65536', '4294967296', '-1'])
      expect(mediaLine.parse(`message ${port} TCP/MSRP *`).ok).toBe(false);
    expect(unwrap(mediaLine.parse('message 0 TCP/MSRP *')).port).toBe(0);
  });
});

describe('a=filesize', () => {
  it.each(['-1', '0', '007', '+1', '1.5', '1 ', '9007199254740992', '9'.repeat(30), '', '１'])(
    'LM-E6: refuses %j',
    (text) => {
      expect(filesize.parse(text).ok).toBe(false);
    },
  );

  it('LM-E6: reads and writes octets as a number without leading zeros', () => {
    expect(unwrap(filesize.parse('32349'))).toBe(32_349);
    expect(filesize.format(32_349)).toBe('32349');
  });

  it('0 and -1 are read by name, and never written', () => {
    const options = { tolerances: ['sdp-filesize'] } as const;
    expect(filesize.parse('0', options)).toMatchObject({ value: 0, notes: [{ tolerance: 'sdp-filesize', offset: 0 }] });
    expect(filesize.parse('-1', options)).toMatchObject({ value: -1, notes: [{ tolerance: 'sdp-filesize' }] });
    expect(filesize.parse('5', options)).toMatchObject({ value: 5, notes: [] });
    for (const text of ['00', '-2', '007']) expect(filesize.parse(text, options).ok).toBe(false);
    for (const value of [0, -1, 1.5, Number.NaN, 2 ** 53]) checkRefusesToFormat(filesize, value);
  });
});

const token = fc.string({ unit: fc.constantFrom(..."aZ09-.!%*_+`'~#$&^{|}"), minLength: 1, maxLength: 5 });
const number = fc.nat().map((n) => n + 1);
const some = fc.string({ unit: 'grapheme', minLength: 1 }).map((text) => text.toWellFormed());
const printable = some.map((text) => text.replace(/[^\t -~\u0080-\u{10ffff}]/gu, 'x'));
const hash = fc.record<Hash>({
  algorithm: token,
  value: fc
    .uint8Array({ minLength: 1, maxLength: 20 })
    .map((all) => [...all].map((octet) => octet.toString(16).toUpperCase().padStart(2, '0')).join(':')),
});
const params = (text: fc.Arbitrary<string>) =>
  fc.array(fc.record({ name: token, value: text, quoted: fc.constant(true) }), { maxLength: 2 });
const entry = fc.oneof(
  fc.constant<FormatEntry>({ type: '*', subtype: undefined, params: [] }),
  fc.record<FormatEntry>({ type: token, subtype: token, params: params(printable) }),
);
const word = fc.string({ unit: fc.constantFrom(...'aZ0.:/ä\u{1f600}'), minLength: 1 });
const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });
const zone = fc
  .tuple(fc.constantFrom('+', '-'), fc.nat(99), fc.nat(59))
  .map(([sign, hours, minutes]) => `${sign}${String(hours).padStart(2, '0')}${String(minutes).padStart(2, '0')}`);
const moment = fc.record({ time: fc.integer({ min: -2e9, max: 2e11 }).map((s) => s * 1000), zone });

describe('laws', () => {
  it.each<readonly [string, () => void]>([
    ['accept-types', () => checkLaws(acceptTypes, fc.array(entry, { minLength: 1, maxLength: 4 }))],
    ['accept-wrapped-types', () => checkLaws(acceptWrappedTypes, fc.array(entry, { minLength: 1, maxLength: 4 }))],
    ['max-size', () => checkLaws(maxSize, fc.maxSafeNat())],
    ['filesize', () => checkLaws(filesize, number)],
    ['setup', () => checkLaws(setup, fc.constantFrom('active', 'passive', 'actpass', 'holdconn'))],
    ['connection', () => checkLaws(connection, fc.constantFrom('new', 'existing'))],
    ['file-transfer-id', () => checkLaws(fileTransferId, token)],
    ['file-disposition', () => checkLaws(fileDisposition, token)],
    [
      'file-selector',
      () =>
        checkLaws(
          fileSelector,
          fc.record<FileSelector>({
            name: maybe(some),
            size: maybe(number),
            type: maybe(fc.record({ type: token, subtype: token, params: params(some) })),
            hashes: fc.array(hash, { maxLength: 3 }),
          }),
        ),
    ],
    [
      'file-date',
      () =>
        checkLaws(
          fileDate,
          fc
            .record<FileDate>({ creation: maybe(moment), modification: maybe(moment), read: maybe(moment) })
            .filter((dates) => Object.values(dates).some((date) => date !== undefined)),
        ),
    ],
    [
      'file-icon',
      () =>
        checkLaws(
          fileIcon,
          fc.tuple(some, some).map(([left, right]) => `${left}@${right}`),
        ),
    ],
    ['file-range', () => checkLaws(fileRange, fc.record<FileRange>({ start: number, stop: maybe(number) }))],
    ['fingerprint', () => checkLaws(fingerprint, hash)],
    [
      'o',
      () =>
        checkLaws(
          origin,
          fc.record<Origin>({
            ...{ username: word, sessionId: fc.bigInt({ min: 0n }).map(String), version: number.map(String) },
            ...{ netType: token, addressType: token, address: word },
          }),
        ),
    ],
    [
      'c',
      () => checkLaws(connectionData, fc.record<ConnectionData>({ netType: token, addressType: token, address: word })),
    ],
    ['b', () => checkLaws(bandwidth, fc.record<Bandwidth>({ type: token, value: fc.maxSafeNat() }))],
    [
      't',
      () => checkLaws(timing, fc.record<Timing>({ start: fc.constantFrom(0, 1e9, 2 ** 53 - 1), stop: fc.constant(0) })),
    ],
    [
      'm',
      () =>
        checkLaws(
          mediaLine,
          fc.record<MediaLine>({
            ...{ media: token, port: fc.nat(65_535), portCount: maybe(number) },
            proto: fc.array(token, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/')),
            formats: fc.array(token, { minLength: 1, maxLength: 3 }),
          }),
        ),
    ],
  ])('%s', (_, check) => check());
});

describe('what is refused to be written', () => {
  it.each<readonly [SdpCodec<unknown>, unknown]>([
    [any(path as SdpCodec<unknown>), []],
    [any(acceptTypes as SdpCodec<unknown>), []],
    [any(acceptTypes as SdpCodec<unknown>), [{ type: 'a', subtype: undefined, params: [] }]],
    [any(acceptTypes as SdpCodec<unknown>), [{ type: 'a', subtype: 'b', params: [{ name: 'c' }] }]],
    [any(acceptTypes as SdpCodec<unknown>), [{ type: 'a', subtype: 'b', params: [{ name: 'c', value: 'd\r\n' }] }]],
    [any(acceptTypes as SdpCodec<unknown>), [{ type: 'a b', subtype: 'c', params: [] }]],
    [any(setup as SdpCodec<unknown>), 'Active'],
    [any(fileSelector as SdpCodec<unknown>), { name: '', hashes: [] }],
    [any(fileSelector as SdpCodec<unknown>), { name: '\ud800', hashes: [] }],
    [
      any(fileSelector as SdpCodec<unknown>),
      { type: { type: 'a', subtype: 'b', params: [{ name: 'c' }] }, hashes: [] },
    ],
    [any(fileSelector as SdpCodec<unknown>), { hashes: [{ algorithm: 'sha-1', value: '7f' }] }],
    [any(fileTransferId as SdpCodec<unknown>), 'a\r\nb'],
    [any(fileDate as SdpCodec<unknown>), {}],
    [any(fileDate as SdpCodec<unknown>), { read: { time: 0, zone: 'GMT' } }],
    [any(fileDate as SdpCodec<unknown>), { read: { time: 0.5, zone: '+0000' } }],
    [any(fileIcon as SdpCodec<unknown>), 'a'],
    [any(fileIcon as SdpCodec<unknown>), 'a@'],
    [any(fileRange as SdpCodec<unknown>), { start: 0 }],
    [any(fingerprint as SdpCodec<unknown>), { algorithm: 'sha 1', value: '00' }],
    [any(origin as SdpCodec<unknown>), { username: 'a b' }],
    [any(origin as SdpCodec<unknown>), { username: '-', sessionId: '-1' }],
    [any(connectionData as SdpCodec<unknown>), { netType: 'IN', addressType: 'IP4', address: '' }],
    [any(timing as SdpCodec<unknown>), { start: 5, stop: 0 }],
    [any(mediaLine as SdpCodec<unknown>), { media: 'a', port: 65_536, proto: 'b', formats: ['c'] }],
    [any(mediaLine as SdpCodec<unknown>), { media: 'a', port: 1, proto: 'b', formats: [] }],
    [any(mediaLine as SdpCodec<unknown>), { media: 'a', port: 1, proto: 'b/', formats: ['c'] }],
  ])('%o does not write %j', (codec, value) => {
    checkRefusesToFormat(codec, value);
  });
});

describe('common formats', () => {
  const common = (own: string, other: string): string => {
    const found = commonFormats(unwrap(acceptTypes.parse(own)), unwrap(acceptTypes.parse(other)));
    return found.length === 0 ? '' : acceptTypes.format(found);
  };

  it.each([
    ['message/cpim text/plain', 'text/plain MESSAGE/CPIM', 'message/cpim text/plain'],
    ['message/cpim', '*', 'message/cpim'],
    ['*', 'message/cpim text/html', 'message/cpim text/html'],
    ['*', '*', '*'],
    ['*', 'text/* *', '*'],
    ['text/*', 'text/plain image/png', 'text/plain'],
    ['text/plain text/*', 'text/*', 'text/*'],
    ['text/plain;charset=utf-8', 'text/plain', 'text/plain;charset=utf-8'],
    ['image/png', 'text/*', ''],
  ])('of %s and %s are %j', (own, other, both) => {
    expect(common(own, other)).toBe(both);
  });
});

describe('hostile values', () => {
  it.each<readonly [string, () => void]>([
    ['URIs of a path', () => checkFlood(path, 'msrp://a:1/x;tcp', ' msrp://a:1/x;tcp')],
    ['types', () => checkFlood(acceptTypes, 'a/b', ' a/b')],
    ['parameters of a type', () => checkFlood(acceptTypes, 'a/b', ';c=d')],
    ['hashes', () => checkFlood(fileSelector, 'size:1', ' hash:a:00')],
    ['octets of a hash', () => checkFlood(fingerprint, 'sha-1 00', ':00')],
    ['escapes of a name', () => checkFlood(fileSelector, 'name:"', '%41', '"')],
    ['escapes and letters of a name', () => checkFlood(fileSelector, 'name:"', 'a%41', '"')],
    ['parameters of a file', () => checkFlood(fileSelector, 'type:a/b', ';c="d"')],
    ['formats of a medium', () => checkFlood(mediaLine, 'message 1 TCP/MSRP *', ' *')],
    ['blanks of a date', () => checkFlood(fileDate, 'read:"1 Jan 2006 00:00 +0000', ' ', '"')],
    ['digits', () => checkFlood(maxSize, '', '0')],
  ])('100 000 %s take linear time and meet a limit', (_, check) => check());
});
