import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EncodeError } from '../core/error.ts';
import { composePagerMessage } from '../im/pager-message.ts';
import { sipMessage } from '../sip/message.ts';
import { quickest } from '../testing/quickest.ts';
import type { GroupDocument } from '../xml/group-document.ts';
import { type CheckOptions, check, passes } from './check.ts';
import { DUTY_RULES } from './rules/oma-im.ts';
import { SIP_RULES } from './rules/sip.ts';

const REQUEST = {
  'start-line': 'MESSAGE sip:bob@example.com SIP/2.0',
  Via: 'SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1',
  'Max-Forwards': '70',
  From: '<sip:alice@example.com>;tag=1',
  To: '<sip:bob@example.com>',
  'Call-ID': 'a@192.0.2.1',
  CSeq: '1 MESSAGE',
  'Accept-Contact': '*;+g.oma.sip-im',
  'User-Agent': 'IM-client/OMA1.0 acme/phone-1.2',
  'Content-Type': 'text/plain',
  'Content-Length': '2',
};

type Parts = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The request with some of its parts changed (`undefined`: left out), as octets. */
function request(changed: Parts = {}, body = 'hi'): Uint8Array {
  const { 'start-line': start, ...fields } = { ...REQUEST, ...changed } as Parts;
  const lines = Object.entries(fields).flatMap(([name, value]) => {
    if (value === undefined) return [];
    return (typeof value === 'string' ? [value] : value).map((one) => (name === '' ? one : `${name}: ${one}`));
  });
  return new TextEncoder().encode([start, ...lines, '', body].join('\r\n'));
}

/** The findings as `severity field clause`, duties in place of the clause. */
function findings(octets: Uint8Array, options: Partial<CheckOptions> = {}): readonly string[] {
  const report = check(octets, { profile: 'sip', ...options });
  return report.findings.map(({ severity, field, clause, duty }) => `${severity} ${field} ${duty ?? clause}`);
}

const INVITE: Parts = {
  'start-line': 'INVITE sip:bob@example.com SIP/2.0',
  CSeq: '1 INVITE',
  Contact: '<sip:alice@192.0.2.1>',
  'Accept-Contact': undefined,
  'User-Agent': undefined,
};

const RESPONSE: Parts = {
  'start-line': 'SIP/2.0 200 OK',
  To: '<sip:bob@example.com>;tag=2',
  CSeq: '1 OPTIONS',
  'Max-Forwards': undefined,
};

describe('profile sip', () => {
  it('finds nothing in right messages', () => {
    expect(findings(request())).toEqual([]);
    expect(findings(request(INVITE))).toEqual([]);
    expect(findings(request(RESPONSE))).toEqual([]);
    expect(check(request(), { profile: 'sip' }).served).toEqual([]);
  });

  it.each([
    ['what is no message', { 'start-line': 'hello' }, ['error Request-Line RFC3261-7']],
    [
      '17 a version that is not 2.0',
      { 'start-line': 'MESSAGE sip:bob@example.com SIP/7.0' },
      ['error SIP-Version RFC3261-7.1'],
    ],
    ['17 the version in other letters', { 'start-line': 'MESSAGE sip:bob@example.com sip/2.0' }, []],
    [
      '19 brackets around the Request-URI',
      { 'start-line': 'MESSAGE <sip:bob@example.com> SIP/2.0' },
      ['error Request-URI RFC3261-25.1'],
    ],
    [
      'headers in the Request-URI',
      { 'start-line': 'MESSAGE sip:bob@example.com?a=b SIP/2.0' },
      ['error Request-URI RFC3261-19.1.1'],
    ],
    [
      'a method in the Request-URI',
      { 'start-line': 'MESSAGE sip:bob@example.com;method=BYE SIP/2.0' },
      ['error Request-URI RFC3261-19.1.1'],
    ],
    [
      '21 256 in the Request-URI',
      { 'start-line': 'MESSAGE sip:bob@256.1.1.1 SIP/2.0' },
      ['error Request-URI RFC3261-25.1'],
    ],
    ['21 256 in Via', { Via: 'SIP/2.0/UDP 1.2.3.256;branch=z9hG4bK1' }, ['error Via RFC3261-25.1']],
    ['21 256 in To', { To: '<sip:bob@1.2.3.999>' }, ['error To RFC3261-25.1']],
    ['21 255 anywhere', { To: '<sip:bob@255.255.255.255>' }, []],
    ['8 Content-Length of 2^64', { 'Content-Length': '18446744073709551616' }, ['error Content-Length RFC3261-20.14']],
    ['9 more announced than there is', { 'Content-Length': '3' }, ['error Content-Length RFC3261-18.3']],
    ['10 less announced than there is', { 'Content-Length': '1' }, []],
    ['11 two equal Content-Lengths', { 'Content-Length': ['2', '2'] }, ['error Content-Length RFC3261-7.3.1']],
    ['12 two different ones', { 'Content-Length': '2', l: '1' }, ['error Content-Length RFC3261-7.3.1']],
    ['30 a name that is no token', { 'a b': 'c' }, ['error message RFC3261-7.3']],
    ['31 a line without a colon', { '': 'nothing' }, ['error message RFC3261-7.3']],
    ['3 a NUL in a value', { 'X-Any': '\u0000' }, ['error X-Any RFC3261-25.1']],
    ['38 no Call-ID', { 'Call-ID': undefined }, ['error Call-ID RFC3261-8.1.1']],
    ['38 no Via', { Via: undefined }, ['error Via RFC3261-8.1.1']],
    ['38 From twice, once in its compact form', { f: '<sip:alice@example.com>;tag=1' }, ['error From RFC3261-7.3.1']],
    ['no Max-Forwards', { 'Max-Forwards': undefined }, ['warning Max-Forwards RFC3261-8.1.1.6']],
    ['39 another method in CSeq', { CSeq: '1 INVITE' }, ['error CSeq RFC3261-8.1.1.5']],
    ['39 the method in other letters', { CSeq: '1 message' }, ['error CSeq RFC3261-8.1.1.5']],
    ['40 Max-Forwards of 256', { 'Max-Forwards': '256' }, ['error Max-Forwards RFC3261-20.22']],
    ['no tag in From', { From: '<sip:alice@example.com>' }, ['warning From RFC3261-8.1.1.3']],
    ['42 a branch without the cookie', { Via: 'SIP/2.0/UDP 192.0.2.1;branch=1' }, ['info Via RFC3261-8.1.1.7']],
    ['42 no branch', { Via: 'SIP/2.0/UDP 192.0.2.1' }, ['info Via RFC3261-8.1.1.7']],
    ['42 the cookie alone', { Via: 'SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK' }, ['info Via RFC3261-8.1.1.7']],
    ['45 a session interval below 90', { 'Session-Expires': '60' }, ['error Session-Expires RFC4028-4']],
    ['45 90 seconds', { 'Session-Expires': '90', 'Min-SE': '90' }, []],
    ['a minimum below 90', { 'Min-SE': '89' }, ['error Min-SE RFC4028-5']],
    ['46 none beside id', { Privacy: 'id;none' }, ['error Privacy RFC3323-4.2']],
    ['46 id beside critical', { Privacy: 'id;critical' }, []],
    ['an unknown option tag', { Require: 'timer, nobody-knows' }, ['info Require RFC3261-8.2.2.3']],
    ['a parameter twice', { 'Content-Type': 'text/plain;charset=a;Charset=b' }, ['error Content-Type RFC3261-7.3.1']],
    ['a body without Content-Type', { 'Content-Type': undefined }, ['error Content-Type RFC3261-20.15']],
    ['a MESSAGE with Contact', { Contact: '<sip:alice@192.0.2.1>' }, ['warning Contact RFC3428-4']],
    ['an INVITE without Contact', { ...INVITE, Contact: undefined }, ['warning Contact RFC3261-8.1.1.8']],
    ['an INVITE with two', { ...INVITE, Contact: '<sip:a@b.c>, <sip:d@e.f>' }, ['warning Contact RFC3261-8.1.1.8']],
    ['a 200 to an INVITE without Contact', { ...RESPONSE, CSeq: '1 INVITE' }, ['warning Contact RFC3261-8.1.1.8']],
    ['a 404 to an INVITE without Contact', { ...RESPONSE, 'start-line': 'SIP/2.0 404 No', CSeq: '1 INVITE' }, []],
    ['a response without a To tag', { ...RESPONSE, To: '<sip:bob@example.com>' }, ['warning To RFC3261-8.2.6.2']],
    ['a 100 without a To tag', { ...RESPONSE, 'start-line': 'SIP/2.0 100 Trying', To: '<sip:bob@example.com>' }, []],
  ] as readonly (readonly [string, Parts, readonly string[]])[])('%s', (_, changed, expected) => {
    expect(findings(request(changed))).toEqual(expected);
  });

  it('holds who sends to what a receiver lets pass', () => {
    const lax = request({
      Via: 'SIP/2.0/UDP 192.0.2.1;branch=1',
      From: '<sip:alice@example.com>',
      'Max-Forwards': undefined,
    });
    expect(passes(check(lax, { profile: 'sip' }))).toBe(true);
    expect(findings(lax, { role: 'originating' })).toEqual([
      'error Max-Forwards RFC3261-8.1.1.6',
      'error Via RFC3261-8.1.1.7',
      'error From RFC3261-8.1.1.3',
    ]);
  });

  it.each([
    ['one hop, which it came from', {}, 'originating'],
    [
      'a hop that saw where it came from',
      { Via: 'SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1;received=192.0.2.9' },
      'terminating',
    ],
    [
      'two hops',
      { Via: ['SIP/2.0/UDP p.example;branch=z9hG4bK2', 'SIP/2.0/UDP a.example;branch=z9hG4bK1'] },
      'terminating',
    ],
    ['a response that has one hop left', RESPONSE, 'originating'],
    ['a response under way', { ...RESPONSE, Via: ['SIP/2.0/UDP p.example', 'SIP/2.0/UDP a.example'] }, 'server'],
  ] as readonly (readonly [string, Parts, string])[])('guesses where a message was seen: %s', (_, changed, role) => {
    expect(check(request(changed), { profile: 'sip' }).role).toEqual({ is: role, guessed: true });
  });

  it('takes the role that it is told', () => {
    expect(check(request(), { profile: 'sip', role: 'server' }).role).toEqual({ is: 'server', guessed: false });
    expect(check(request({ 'start-line': 'hello' }), { profile: 'sip' }).role).toEqual({
      is: undefined,
      guessed: true,
    });
  });

  it('points to the octets that are wrong', () => {
    const octets = request({ CSeq: '1 INVITE', Privacy: 'id;' });
    const text = new TextDecoder().decode(octets);
    const shown = check(octets, { profile: 'sip' }).findings.map(({ range: [from, to] }) => text.slice(from, to));
    expect(shown).toEqual(['CSeq: 1 INVITE', '']);
    const start = check(request({ 'start-line': 'MESSAGE <sip:a@b.c> SIP/2.0' }), { profile: 'sip' }).findings[0];
    expect(start?.range).toEqual([8, 19]);
  });

  it('reads a stream as a stream', () => {
    const octets = request({ 'Content-Length': '3' });
    expect(findings(octets, { framing: 'stream' })).toEqual(['error message RFC3261-18.3']);
  });

  it('tolerates what it is told to', () => {
    const octets = new TextEncoder().encode(new TextDecoder().decode(request()).replaceAll('\r\n', '\n'));
    expect(findings(octets)).toEqual(['error message RFC3261-7']);
    expect(findings(octets, { tolerances: ['bare-lf'] })).toEqual([]);
  });
});

describe('profile oma-im', () => {
  const served = (octets: Uint8Array, options: Partial<CheckOptions> = {}): readonly string[] =>
    check(octets, { profile: 'oma-im', ...options }).served;
  const duties = (changed: Parts, options: Partial<CheckOptions> = {}, body?: string): readonly string[] =>
    findings(request(changed, body), { profile: 'oma-im', ...options }).filter((text) => !text.includes('RFC'));

  it('says what a message serves', () => {
    expect(served(request())).toEqual(['PM-0', 'PM-1', 'PM-2', 'PM-4', 'SEL-1']);
    expect(duties({})).toEqual([]);
  });

  it.each([
    ['PM-0', { Contact: '<sip:alice@192.0.2.1>' }, 'error Contact PM-0'],
    ['PM-0', { To: '<sip:bob@example.com>;tag=2' }, 'warning To PM-0'],
    ['PM-1', { 'Accept-Contact': undefined }, 'error Accept-Contact PM-1'],
    ['PM-1', { 'Accept-Contact': '*;+g.poc.talkburst' }, 'error Accept-Contact PM-1'],
    ['PM-1', { 'Accept-Contact': '+g.oma.sip-im' }, 'unknown Accept-Contact PM-1'],
    ['PM-2', { 'User-Agent': undefined }, 'error User-Agent PM-2'],
    ['PM-2', { 'User-Agent': 'acme/1' }, 'error User-Agent PM-2'],
    ['PM-2', { 'User-Agent': 'CPM-client/OMA2.2' }, 'error User-Agent PM-2'],
    ['PM-3', { From: '<sip:anonymous@anonymous.invalid>;tag=1' }, 'error Privacy PM-3'],
    ['PM-4', { To: '<sip:carol@example.com>' }, 'unknown Request-URI PM-4'],
    ['PM-4', { To: 'carol' }, 'unknown Request-URI PM-4'],
    ['PM-5c', { Require: 'recipient-list-message' }, ['warning Request-URI PM-5c', 'error message PM-5a']],
    [
      'PM-5c',
      { 'Content-Type': 'application/resource-lists+xml' },
      [
        'error Require PM-5a',
        'warning Request-URI PM-5c',
        'error message PM-5a',
        'error application/resource-lists+xml XML-2.8',
      ],
    ],
  ] as readonly (readonly [string, Parts, string | readonly string[]])[])(
    '%s: is not served by %j',
    (duty, changed, expected) => {
      expect(served(request(changed))).not.toContain(duty);
      expect(duties(changed)).toEqual([expected].flat());
    },
  );

  it('PM-3: tells what gives away who asked to be hidden', () => {
    const hidden = { Privacy: 'id', From: '"Anonymous" <sip:anonymous@anonymous.invalid>;tag=1' };
    expect(served(request(hidden))).toContain('PM-3');
    expect(duties(hidden)).toEqual([]);
    expect(duties({ ...hidden, From: REQUEST.From })).toEqual(['warning From PM-3']);
    expect(duties({ ...hidden, 'Reply-To': '<sip:alice@example.com>' })).toEqual(['warning Reply-To PM-3']);
    expect(duties({}, { context: { anonymous: true } })).toEqual(['error Privacy PM-3']);
  });

  it('PM-5c, PM-7a, PM-7b, PM-8: the Request-URI by its target', () => {
    const to = (type: string): Parts => ({ 'start-line': `MESSAGE sip:bob@example.com;sessiontype=${type} SIP/2.0` });
    expect(served(request(to('adhoc')))).toContain('PM-5c');
    expect(served(request(to('PRE-defined')))).toEqual(['PM-0', 'PM-1', 'PM-2', 'PM-7a', 'PM-7b', 'SEL-1']);
    expect(duties({}, { context: { target: 'group' } })).toEqual(['warning Request-URI PM-7b']);
    expect(served(request(), { context: { target: 'session' } })).toContain('PM-8');
    expect(duties(to('adhoc'), { context: { target: 'session' } })).toEqual(['error Request-URI PM-8']);
  });

  it('PM-N1: reports a group that allows no anonymity', () => {
    const hidden = { Privacy: 'id', From: '"Anonymous" <sip:anonymous@anonymous.invalid>;tag=1' };
    const group: GroupDocument = {
      services: [
        {
          uri: 'sip:bob@example.com',
          displayName: undefined,
          members: [],
          externals: [],
          maxParticipantCount: undefined,
          rules: [{ id: 'a', conditions: [], allowAnonymity: false, actions: [] }],
        },
      ],
    };
    expect(duties(hidden, { context: { group } })).toEqual(['warning Privacy PM-N1']);
    expect(duties({}, { context: { group } })).toEqual([]);
  });

  it('PM-N1: a group that does', () => {
    const hidden = { Privacy: 'id', From: '"Anonymous" <sip:anonymous@anonymous.invalid>;tag=1' };
    const rules = [{ id: 'a', conditions: [], allowAnonymity: true, actions: [] }];
    const service = { uri: 'sip:bob@example.com', displayName: undefined, members: [], externals: [], rules };
    const group: GroupDocument = { services: [{ ...service, maxParticipantCount: undefined }] };
    expect(served(request(hidden), { context: { group } })).toContain('PM-N1');
  });

  const ims = {
    preferredIdentity: '<sip:alice@example.com>',
    accessNetworkInfo: 'IEEE-802.11',
    pCscf: 'sip:pcscf.example.com;lr',
    securityVerify: 'ipsec-3gpp;q=0.1',
  };

  it('PM-10-IMS: what the core demands', () => {
    const demanded = {
      Route: '<sip:pcscf.example.com;lr>, <sip:scscf.example.com;lr>',
      'P-Preferred-Identity': '<sip:alice@example.com>',
      'P-Access-Network-Info': 'IEEE-802.11',
      'Security-Verify': 'ipsec-3gpp;q=0.1',
      Require: 'timer, sec-agree',
      'Proxy-Require': 'sec-agree',
    };
    expect(served(request(demanded), { context: { ims } })).toContain('PM-10-IMS');
    expect(duties(demanded, { context: { ims } })).toEqual([]);
  });

  it('PM-10-IMS: reports what is missing or another', () => {
    expect([...duties({ 'P-Preferred-Identity': '<sip:bob@example.com>' }, { context: { ims } })].sort()).toEqual([
      'error P-Access-Network-Info PM-10-IMS',
      'error P-Preferred-Identity PM-10-IMS',
      'error Proxy-Require PM-10-IMS',
      'error Require PM-10-IMS',
      'error Route PM-10-IMS',
      'error Security-Verify PM-10-IMS',
    ]);
    expect(duties({})).toEqual([]);
  });

  it('PM-9: content that is elsewhere', () => {
    expect(served(request())).not.toContain('PM-9');
    const type = 'message/external-body;access-type="URL";URL="http://a.example/1"';
    expect(served(request({ 'Content-Type': type }))).toContain('PM-9');
  });

  it('SEL-1, SEL-2, SEL-3: reports a message that is too large for its transport', () => {
    const sized = (octets: number): Uint8Array => {
      const extra = octets - request({ 'Content-Length': '1000' }, '').length;
      return request({ 'Content-Length': String(extra).padStart(4, '0') }, 'x'.repeat(extra));
    };
    const judged = (octets: number, context: CheckOptions['context']): string =>
      [...findings(sized(octets), { profile: 'oma-im', context }), ...served(sized(octets), { context })]
        .filter((text) => text.includes('SEL'))
        .join();
    expect(sized(1299).length).toBe(1299);
    expect(judged(1299, {})).toBe('SEL-1');
    expect(judged(1300, {})).toBe('error message SEL-3');
    expect(judged(1300, { connectionOriented: true })).toBe('error message SEL-3');
    expect(judged(1301, {})).toBe('unknown message SEL-3');
    expect(judged(1301, { connectionOriented: false })).toBe('error message SEL-3');
    expect(judged(1301, { connectionOriented: true })).toBe('SEL-2');
  });

  it('asks nothing of other requests and of responses', () => {
    expect(served(request({ ...INVITE, To: '<sip:bob@example.com>;tag=2' }))).toEqual([]);
    expect(findings(request(RESPONSE), { profile: 'oma-im' })).toEqual([]);
  });
});

describe('composed messages', () => {
  const input = {
    from: '<sip:alice@example.com>',
    to: { group: 'sip:g@example.com' },
    release: 'IM-client/OMA1.0',
    body: 'hi',
  };

  it('are looked at as the octets that they make', () => {
    const report = check(composePagerMessage(input), { profile: 'oma-im' });
    expect(report.served).toEqual(['PM-0', 'PM-1', 'PM-2', 'PM-7a', 'PM-7b', 'SEL-1']);
    const missing = report.findings.filter(({ severity }) => severity === 'error').map(({ field }) => field);
    expect(missing).toEqual(['Via', 'Call-ID', 'CSeq']);
  });

  it('throw where they make none', () => {
    const message = { ...composePagerMessage(input), method: 'A B' };
    expect(() => check(message, { profile: 'sip' })).toThrow(EncodeError);
  });

  it('decoded ones are looked at as they came', () => {
    const decoded = sipMessage.decode(request());
    const { findings: found, served: fulfilled, role, kind } = check(request(), { profile: 'oma-im' });
    const asItCame = { findings: found, served: fulfilled, role, kind: { is: kind.is, guessed: false } };
    expect(decoded.ok && check(decoded.value, { profile: 'oma-im' })).toEqual(asItCame);
  });
});

const FIXTURES = new URL('../../fixtures/messages/', import.meta.url);
const SAMPLES = readdirSync(FIXTURES)
  .filter((file) => file.endsWith('.sip'))
  .map((file) => new Uint8Array(readFileSync(new URL(file, FIXTURES))));

describe('laws', () => {
  const near = fc
    .tuple(fc.constantFrom(...SAMPLES), fc.nat(), fc.uint8Array({ maxLength: 8 }), fc.nat(8))
    .map(([sample, at, junk, cut]) => {
      const from = at % (sample.length + 1);
      return Uint8Array.from([...sample.subarray(0, from), ...junk, ...sample.subarray(from + cut)]);
    });

  it('never throws, and points into the message', () => {
    const options = fc.record({
      profile: fc.constantFrom('sip' as const, 'oma-im' as const),
      role: fc.constantFrom(undefined, 'originating' as const),
      framing: fc.constantFrom('datagram' as const, 'stream' as const),
    });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), near), options, (octets, given) => {
        for (const {
          range: [from, to],
        } of check(octets, given).findings) {
          expect(from).toBeGreaterThanOrEqual(0);
          expect(to).toBeGreaterThanOrEqual(from);
          expect(to).toBeLessThanOrEqual(octets.length);
        }
      }),
      { numRuns: 1000, seed: 1 },
    );
  });

  it.each([
    ['Contacts', (n: number) => request({ ...INVITE, Contact: `${'<sip:a@b.c>;x=1;x=2,'.repeat(n)}<sip:a@b.c>` })],
    ['folds', (n: number) => request({ Subject: 'a\r\n '.repeat(n) })],
    ['unknown headers', (n: number) => request({ 'X-A': Array(n).fill('1;2') })],
    ['Vias', (n: number) => request({ Via: Array(n).fill('SIP/2.0/UDP 192.0.2.1') })],
    ['lines that are no fields', (n: number) => request({ '': Array(n).fill('<') })],
    ['parameters', (n: number) => request({ To: `<sip:bob@example.com>${';a=b'.repeat(n)}` })],
  ])('takes linear time: %s', (_, make) => {
    const huge = 2 ** 30;
    const limits = { head: huge, fields: huge, field: huge, params: huge };
    const took = (n: number, enough: number): number => {
      const octets = make(n);
      return quickest(() => check(octets, { profile: 'oma-im', limits }), enough);
    };
    const few = took(1000, 0);
    const most = Math.max(40 * few, 200);
    expect(took(10_000, most)).toBeLessThan(most);
  });
});

describe('the rules', () => {
  it('are each asked once, and each cites its clause', () => {
    expect(new Set(SIP_RULES).size).toBe(SIP_RULES.length);
    expect(new Set(DUTY_RULES.map(({ duty }) => duty)).size).toBe(DUTY_RULES.length);
    for (const { clause, asks } of [...SIP_RULES, ...DUTY_RULES]) {
      expect(clause).toMatch(/^(RFC\d+|OMA)-/);
      expect(asks.length).toBeGreaterThan(10);
    }
  });
});
