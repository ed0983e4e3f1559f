import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quickest } from '../../testing/quickest.ts';
import { type CheckOptions, check } from '../check.ts';
import { ARTEFACT_KINDS, type ArtefactKind, guessKind } from '../kind.ts';

const octetsOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The findings as `severity clause <what stands there>`. */
function findings(text: string, options: Partial<CheckOptions> = {}): readonly string[] {
  const octets = octetsOf(text);
  return check(octets, { profile: 'oma-im', ...options }).findings.map(({ severity, clause, range }) => {
    return `${severity} ${clause} ${new TextDecoder().decode(octets.subarray(...range)).replace(/\r\n[\s\S]*/, ' …')}`;
  });
}

const SDP = `${[
  'v=0',
  'o=- 1 1 IN IP4 a.example.com',
  's=-',
  'c=IN IP4 a.example.com',
  't=0 0',
  'm=message 7654 TCP/MSRP *',
  'a=accept-types:message/cpim',
  'a=path:msrp://a.example.com:7654/jshA7weztas;tcp',
  'a=sendonly',
  'a=filesize:4092',
].join('\r\n')}\r\n`;

const FRAME = [
  'MSRP a786hjs2 SEND',
  'To-Path: msrp://b.example.com:8493/si438ds;tcp',
  'From-Path: msrp://a.example.com:7654/jshA7we;tcp',
  'Message-ID: 87652491',
  'Byte-Range: 1-5/5',
  'Content-Type: text/plain',
  '',
  'hello',
  '-------a786hjs2$',
  '',
].join('\r\n');

const REPORT = [
  'MSRP b786hjs2 REPORT',
  'To-Path: msrp://a.example.com:7654/jshA7we;tcp',
  'From-Path: msrp://b.example.com:8493/si438ds;tcp',
  'Message-ID: 87652491',
  'Byte-Range: 1-5/5',
  'Status: 000 200 OK',
  '-------b786hjs2$',
  '',
].join('\r\n');

const CPIM = [
  'From: <sip:alice@example.com>',
  'To: <sip:bob@example.com>',
  'NS: imdn <urn:ietf:params:imdn>',
  'imdn.Message-ID: 34jk324j',
  'DateTime: 2006-04-04T12:16:49-05:00',
  'imdn.Disposition-Notification: positive-delivery',
  '',
  'Content-type: text/plain',
  'Content-length: 5',
  '',
  'hello',
].join('\r\n');

const IMDN = [
  '<?xml version="1.0" encoding="UTF-8"?>',
  '<imdn xmlns="urn:ietf:params:xml:ns:imdn"><message-id>34jk324j</message-id>',
  '<datetime>2006-04-04T12:16:49-05:00</datetime>',
  '<delivery-notification><status><delivered/></status></delivery-notification></imdn>',
].join('\r\n');

const NOTICE = [
  'From: <sip:bob@example.com>',
  'To: <sip:alice@example.com>',
  'NS: imdn <urn:ietf:params:imdn>',
  'imdn.Message-ID: d834jied93rf',
  '',
  'Content-type: message/imdn+xml',
  'Content-Disposition: notification',
  '',
  IMDN,
].join('\r\n');

const LIST = [
  '<resource-lists xmlns="urn:ietf:params:xml:ns:resource-lists" xmlns:cp="urn:ietf:params:xml:ns:copycontrol">',
  '<list><entry uri="sip:bill@example.com" cp:copyControl="to"/>',
  '<entry uri="sip:joe@example.org" cp:copyControl="cc"/></list></resource-lists>',
].join('\r\n');

describe('what is right', () => {
  it.each([
    ['sdp', SDP],
    ['msrp', FRAME],
    ['msrp', REPORT],
    ['msrp', FRAME + REPORT],
    ['cpim', CPIM],
    ['cpim', NOTICE],
    ['imdn', IMDN],
    ['resource-lists', LIST],
  ] as const)('%s: finds nothing (row %#)', (kind, text) => {
    expect(findings(text)).toEqual([]);
    expect(check(octetsOf(text), { profile: 'sip' }).kind).toEqual({ is: kind, guessed: true });
  });

  it.each<[ArtefactKind, string]>([
    ['imdn', '\ufeff<imdn/>'],
    ['imdn', '<!-- <a> --><x:imdn xmlns:x="y">'],
    ['resource-lists', '<?xml version="1.0"?>\n<a:resource-lists'],
    ['sip', 'MESSAGE sip:a@b SIP/2.0\r\n'],
    ['sip', 'SIP/2.0 200 OK\r\n'],
    ['sip', ''],
    ['cpim', 'From: MR SANDERS <im:piglet@100akerwood.com>\r\n'],
    ['msrp', 'MSRP d93kswow SEND\r\n'],
    ['sdp', 'o=- 1 1'],
  ])('guesses %s from %j', (kind, text) => {
    expect(guessKind(octetsOf(text))).toBe(kind);
  });

  it('takes what is told over what it would guess', () => {
    const { kind, findings: found } = check(octetsOf(SDP), { profile: 'sip', kind: 'cpim' });
    expect(kind).toEqual({ is: 'cpim', guessed: false });
    expect(found).not.toEqual([]);
  });
});

type Change = readonly [what: string, from: string | RegExp, to: string, ...expected: readonly string[]];

const rows = (text: string, changes: readonly Change[]) =>
  changes.map(([what, from, to, ...expected]) => [what, text.replace(from, to), expected] as const);

describe.each([
  [
    'sdp',
    rows(SDP, [
      ['48 no t=', 't=0 0\r\n', '', 'error RFC4566-5.9 m=message 7654 TCP/MSRP *'],
      ['49 port 65536', '7654 TCP', '65536 TCP', 'error RFC4566-5.14 m=message 65536 TCP/MSRP *'],
      ['49 port 0: a refused medium', '7654 TCP', '0 TCP'],
      ['50 no path', /a=path.*\r\n/, '', 'error RFC4975-8.2 m=message 7654 TCP/MSRP *'],
      ['50 no ;tcp', ';tcp', '', 'error RFC4975-9 a=path:msrp://a.example.com:7654/jshA7weztas'],
      ['50 another port', 'm=message 7654', 'm=message 7655', 'error RFC4975-8.1 m=message 7655 TCP/MSRP *'],
      ['51 filesize -1', ':4092', ':-1', 'error RFC5547-6 a=filesize:-1'],
      ['51 filesize 007', ':4092', ':007', 'error RFC5547-6 a=filesize:007'],
      ['a blank in a name', 'a=filesize', 'a= filesize', 'error RFC4566-9 a= filesize:4092'],
      ['no accept-types', /a=acc.*\r\n/, '', 'error RFC4975-8.6 m=message 7654 TCP/MSRP *'],
      ['two directions', 'a=sendonly', 'a=sendonly\r\na=recvonly', 'error RFC4566-6 a=sendonly'],
      ['filesize twice', /(a=filesize.*\r\n)/, '$1$1', 'error RFC4566-6 a=filesize:4092'],
      ['no connection', /c=.*\r\n/, '', 'error RFC4566-5.7 m=message 7654 TCP/MSRP *'],
      ['version 1', 'v=0', 'v=1', 'error RFC4566-5.1 v=1'],
      ['a letter of nobody', 'a=sendonly', 'y=sendonly', 'error RFC4566-5 y=sendonly'],
      ['a format other than *', 'MSRP *', 'MSRP 5', 'error RFC4975-8.1 m=message 7654 TCP/MSRP 5'],
      ['maxsize', 'a=sendonly', 'a=maxsize:5', 'warning RFC4975-8.6 a=maxsize:5'],
    ]),
  ],
  [
    'msrp',
    rows(FRAME, [
      ['53 another id', '-------a786hjs2', '-------b786hjs2', 'error RFC4975-9 '],
      ['55 9-1/0', '1-5/5', '9-1/0', 'error RFC4975-7.1.1 Byte-Range: 9-1/0'],
      ['55 1-*/*', '1-5/5', '1-*/*'],
      ['55 a range that counts wrongly', '1-5/5', '1-6/6', 'warning RFC4975-7.1.1 Byte-Range: 1-6/6'],
      ['56 no To-Path', /To-Path.*\r\n/, '', 'error RFC4975-9 MSRP a786hjs2 SEND'],
      ['56 no From-Path', /From-Path.*\r\n/, '', 'error RFC4975-9 MSRP a786hjs2 SEND'],
      [
        '56 To-Path twice',
        'Message-ID',
        'To-Path: msrp://c.example.com/1;tcp\r\nMessage-ID',
        'error RFC4975-9 To-Path: msrp://c.example.com/1;tcp',
      ],
      [
        '56 From-Path first',
        /(To-Path.*\r\n)(From-Path.*\r\n)/,
        '$2$1',
        'error RFC4975-9 To-Path: msrp://b.example.com:8493/si438ds;tcp',
      ],
      ['no Message-ID', /Message-ID.*\r\n/, '', 'error RFC4975-7.1 MSRP a786hjs2 SEND'],
      ['no Content-Type', /Content-Type.*\r\n/, '', 'error RFC4975-7.1 MSRP a786hjs2 SEND'],
      [
        'Content-Type that is not last',
        'Content-Type: text/plain',
        'Content-Type: text/plain\r\nX-A: b',
        'error RFC4975-7.1 Content-Type: text/plain',
      ],
      [
        'a transfer encoding',
        'Content-Type',
        'Content-Transfer-Encoding: binary\r\nContent-Type',
        'error RFC4975-7.1.1 Content-Transfer-Encoding: binary',
      ],
      ['more follows, of what', /Byte-Range.*\r\n([\s\S]*)\$/, '$1+', 'warning RFC4975-7.1.1 MSRP a786hjs2 SEND'],
      [
        'a chunk that holds others up',
        /1-5\/5([\s\S]*)hello/,
        `1-3000/3000$1${'x'.repeat(3000)}`,
        'warning RFC4975-7.1.1 Byte-Range: 1-3000/3000',
      ],
      ['a broken body', 'text/plain', 'application/sdp', 'error RFC4566-5 ello'],
    ]),
  ],
  [
    'msrp: reports and responses',
    rows(REPORT, [
      [
        'a REPORT that asks for one',
        'Status',
        'Success-Report: yes\r\nStatus',
        'error RFC4975-7.1.2 Success-Report: yes',
      ],
      ['a REPORT without Status', /Status.*\r\n/, '', 'error RFC4975-7.1.2 MSRP b786hjs2 REPORT'],
      ['a response that goes on', /REPORT([\s\S]*)\$/, '200 OK$1+', 'error RFC4975-7.2 +'],
      [
        'Content-Type without a body',
        '\r\n-----',
        '\r\nContent-Type: a/b\r\n-----',
        'error RFC4975-7.1 Content-Type: a/b',
      ],
      [
        'a long body',
        /\r\n-----/,
        `\r\nContent-Type: a/b\r\n\r\n${'x'.repeat(10_241)}\r\n-----`,
        'error RFC4975-7.1 MSRP b786hjs2 REPORT',
      ],
    ]),
  ],
  [
    'cpim',
    rows(CPIM, [
      ['58 no blank line', /\r\n\r\n[\s\S]*/, '\r\n', 'error RFC3862-2 '],
      ['58 a blank before the colon', 'To:', 'To :', 'error RFC3862-3.6 To : <sip:bob@example.com>'],
      [
        '58 an undeclared prefix',
        /NS:.*\r\n/,
        '',
        'error RFC3862-3.4 imdn.Message-ID: 34jk324j',
        'error RFC3862-3.4 imdn.Disposition-Notification: positive-delivery',
      ],
      ['58 a date that is none', '2006-04-04', '2006-99-04', 'error RFC3339-5.7 99-04T12:16:49-05:00'],
      ['58 DateTime twice', /(DateTime.*\r\n)/, '$1$1', 'error RFC3862-4.4 DateTime: 2006-04-04T12:16:49-05:00'],
      ['58 a wrong length', 'length: 5', 'length: 6', 'warning RFC3862-2 Content-length: 6'],
      ['names that nobody knows', 'NS:', 'Require: Colour\r\nNS:', 'warning RFC3862-4.7 Require: Colour'],
      [
        'no Message-ID to notify of',
        /imdn.Message.*\r\n/,
        '',
        'error RFC5438-7.1.1.1 imdn.Disposition-Notification: positive-delivery',
      ],
      [
        'no time to give back',
        /DateTime.*\r\n/,
        '',
        'error RFC5438-7.1.1.2 imdn.Disposition-Notification: positive-delivery',
      ],
      ['a MIME line that is no field', 'Content-length: 5', 'Content-length', 'error RFC3862-2.4 Content-length'],
      ['no Content-Type', /Content-type.*\r\n/, '', 'warning RFC3862-2.4 Content-length: 5'],
      [
        'what is announced as a notification',
        'Content-length: 5',
        'Content-Disposition: notification',
        'warning RFC5438-7.2.1 Content-Disposition: notification',
      ],
      [
        'a transfer encoding that fails',
        'Content-length: 5',
        'Content-Transfer-Encoding: base64',
        'error RFC2045-6.8 ',
      ],
    ]),
  ],
  [
    'notifications',
    rows(NOTICE, [
      ['no Content-Disposition', /Content-Disp.*\r\n/, '', 'error RFC5438-7.2.1 Content-type: message/imdn+xml'],
      ['another one', 'n: notification', 'n: render', 'error RFC5438-7.2.1 Content-Disposition: render'],
      [
        'one that asks for one',
        'imdn.Mess',
        'imdn.Disposition-Notification: display\r\nimdn.Mess',
        'error RFC5438-7.2.1 imdn.Disposition-Notification: display',
      ],
      ['no Message-ID', /imdn.Mess.*\r\n/, '', 'error RFC5438-7.2.1 From: <sip:bob@example.com>'],
      ['that of the message', 'd834jied93rf', '34jk324j', 'error RFC5438-7.2.1 imdn.Message-ID: 34jk324j'],
      [
        'a record of its way',
        'imdn.Mess',
        'imdn.IMDN-Record-Route: <sip:c@d>\r\nimdn.Mess',
        'error RFC5438-7.2.1 imdn.IMDN-Record-Route: <sip:c@d>',
      ],
      ['no datetime', /<datetime>.*\r\n/, '', 'error RFC5438-11.1.2 </imdn>'],
      [
        'a Message-ID of nobody',
        '<message-id>34jk324j',
        '<message-id>a b',
        'warning RFC5438-11.1.1 <?xml version="1.0" encoding="UTF-8"?> …',
      ],
    ]),
  ],
  [
    'lists',
    rows(LIST, [
      ['60 copyControl all', '="cc"', '="all"', 'error RFC5364-5 cp:copyControl="all"/></list></resource-lists>'],
      [
        '60 a DTD',
        '<resource',
        '<!DOCTYPE a><resource',
        'error XML-2.8 <!DOCTYPE a><resource-lists xmlns="urn:ietf:params:xml:ns:resource-lists" xmlns:cp="urn:ietf:params:xml:ns:copycontrol">',
      ],
      [
        '60 the same URI twice',
        'sip:joe@example.org',
        'sip:bill@EXAMPLE.com',
        'info RFC5364-5 <entry uri="sip:bill@EXAMPLE.com" cp:copyControl="cc"/>',
      ],
      ['no scheme', 'sip:joe', 'joe', 'warning RFC4826-3.1 <entry uri="joe@example.org" cp:copyControl="cc"/>'],
      [
        'the spelling of the examples',
        'ns:copycontrol',
        'ns:copyControl',
        'info RFC5364-5 <resource-lists xmlns="urn:ietf:params:xml:ns:resource-lists" xmlns:cp="urn:ietf:params:xml:ns:copyControl"> …',
      ],
    ]),
  ],
] as const)('%s', (_, table) => {
  it.each(table)('%s', (_what, text, expected) => {
    expect(findings(text)).toEqual(expected);
  });
});

/** A MESSAGE with the body. */
function message(type: string, body: string, ...fields: readonly string[]): string {
  return [
    'MESSAGE sip:bob@example.com SIP/2.0',
    'Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1',
    'Max-Forwards: 70',
    'From: "Anonymous" <sip:anonymous@anonymous.invalid>;tag=1',
    'To: <sip:bob@example.com>',
    'Call-ID: a@192.0.2.1',
    'CSeq: 1 MESSAGE',
    'Accept-Contact: *;+g.oma.sip-im',
    'User-Agent: IM-client/OMA1.0 acme/phone-1.2',
    'Privacy: id',
    ...fields,
    `Content-Type: ${type}`,
    '',
    body,
  ].join('\r\n');
}

describe('bodies of SIP messages', () => {
  it('are held to the same, at their place', () => {
    const broken = CPIM.replace('To:', 'To :').replace('alice@example.com', 'anonymous@anonymous.invalid');
    expect(findings(message('message/cpim', broken))).toEqual([
      'error RFC3862-3.6 To : <sip:bob@example.com>',
      'warning RFC5438-12.1.1 imdn.Disposition-Notification: positive-delivery',
    ]);
    expect(findings(message('message/cpim', broken), { profile: 'sip' })).toEqual([
      'warning RFC3862-3.6 To : <sip:bob@example.com>',
    ]);
  });

  it('lie in multiparts and in each other', () => {
    const notice = NOTICE.replace(/<datetime>.*\r\n/, '');
    const both = `--b\r\nContent-Type: message/cpim\r\n\r\n${notice}\r\n--b\r\nContent-Type: x\r\n\r\n--b--\r\n`;
    expect(findings(message('multipart/mixed;boundary=b', both))).toContain('error RFC5438-11.1.2 </imdn>');
    const parts = findings(message('multipart/mixed;boundary=b', both)).filter((text) =>
      text.includes('Content-Type: x'),
    );
    expect(parts).toHaveLength(1);
    expect(findings(message('multipart/mixed;boundary=b', '--b--\r\n'))).toContain('error RFC2046-5.1.1 --b-- …');
    expect(findings(message('multipart/mixed;boundary=b', '--c'))).toContain('error RFC2046-5.1.1 --c');
  });

  it('stand for what a transfer encoding hides', () => {
    const hidden = `--b\r\nContent-Type: application/sdp\r\nContent-Transfer-Encoding: base64\r\n\r\n${btoa('v=0\r\n')}\r\n--b--\r\n`;
    expect(findings(message('multipart/mixed;boundary=b', hidden))).toEqual([`error RFC4566-5.2 ${btoa('v=0\r\n')}`]);
  });

  it('are left alone where octets are missing, or a coding hides them', () => {
    expect(findings(message('application/sdp', 'v=1', 'Content-Encoding: gzip'))).toEqual([]);
    expect(findings(message('application/sdp', 'v=1', 'Content-Length: 9'))).toEqual([
      'error RFC3261-18.3 Content-Length: 9',
    ]);
  });

  it('PM-3: reports a CPIM message that names who asked to be hidden', () => {
    const octets = octetsOf(message('message/cpim', CPIM.replace(/imdn.Disp.*\r\n/, '')));
    const { findings: found, served } = check(octets, { profile: 'oma-im' });
    expect(found).toMatchObject([
      {
        severity: 'error',
        duty: 'PM-3',
        field: 'message/cpim',
        fix: 'From: Anonymous <sip:anonymous@anonymous.invalid>',
      },
    ]);
    expect(served).not.toContain('PM-3');
  });

  it('PM-3: a CPIM message of nobody', () => {
    const hidden = CPIM.replace('alice@example.com', 'anonymous@anonymous.invalid').replace(/imdn.Disp.*\r\n/, '');
    const { findings: found, served } = check(octetsOf(message('message/cpim', hidden)), { profile: 'oma-im' });
    expect(found).toEqual([]);
    expect(served).toContain('PM-3');
  });
});

describe('laws', () => {
  const samples = [SDP, FRAME, REPORT, CPIM, NOTICE, IMDN, LIST, message('message/cpim', NOTICE)].map(octetsOf);
  const near = fc
    .tuple(fc.constantFrom(...samples), fc.nat(), fc.uint8Array({ maxLength: 6 }), fc.nat(6))
    .map(([sample, at, junk, cut]) => {
      const from = at % (sample.length + 1);
      return Uint8Array.from([...sample.subarray(0, from), ...junk, ...sample.subarray(from + cut)]);
    });

  it('never throws, and points into the octets', () => {
    const kind = fc.constantFrom(undefined, ...ARTEFACT_KINDS);
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 100 }), near), kind, (octets, given) => {
        for (const { range } of check(octets, { profile: 'oma-im', kind: given }).findings) {
          expect(range[0]).toBeGreaterThanOrEqual(0);
          expect(range[1]).toBeGreaterThanOrEqual(range[0]);
          expect(range[1]).toBeLessThanOrEqual(octets.length);
        }
      }),
      { numRuns: 1500, seed: 1 },
    );
  });

  it.each([
    ['attributes', (n: number) => SDP + 'a=filesize:0\r\n'.repeat(n)],
    ['media', (n: number) => SDP + 'm=message 1 TCP/MSRP *\r\na=setup:x\r\n'.repeat(n)],
    ['MSRP headers', (n: number) => FRAME.replace('Byte-Range', `${'X: y\r\nz\r\n'.repeat(n)}Byte-Range`)],
    ['frames', (n: number) => REPORT.repeat(n)],
    ['CPIM headers', (n: number) => 'To: <a:b>\r\nx.y: z\r\nNS: x\r\n'.repeat(n) + CPIM],
    [
      'entries',
      (n: number) => LIST.replace('<list>', `<list>${'<entry uri="sip:bill@example.com"/><entry uri="b"/>'.repeat(n)}`),
    ],
    [
      'parts',
      (n: number) => message('multipart/mixed;boundary=b', `${'--b\r\nContent-Type: x\r\n\r\n'.repeat(n)}--b--`),
    ],
  ])('takes linear time: %s', (_, make) => {
    const huge = 2 ** 30;
    const limits = { head: huge, fields: huge, field: huge, params: huge, elements: huge, parts: huge };
    const took = (n: number, enough: number): number => {
      const octets = octetsOf(make(n));
      return quickest(() => check(octets, { profile: 'oma-im', limits }), enough);
    };
    const few = took(500, 0);
    const most = Math.max(40 * few, 300);
    expect(took(5000, most)).toBeLessThan(most);
  });
});
