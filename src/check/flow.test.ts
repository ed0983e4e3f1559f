import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quickest } from '../testing/quickest.ts';
import { checkFlow, type FlowMessage } from './flow.ts';
import { FLOW_RULES } from './rules/flow.ts';
import { guessSides } from './sides.ts';

const MESSAGES = new URL('../../fixtures/messages/', import.meta.url);
const fixture = (name: string): string =>
  readFileSync(new URL(`${name}.sip`, MESSAGES), 'utf8').replace(/Content-Length.*\r\n/, '');
const octetsOf = (text: string): Uint8Array => new TextEncoder().encode(text);

type Side = FlowMessage['from'];
type Sent = readonly [from: Side, text: string, at?: number];

const ORIG: Side = 'originating';
const TERM: Side = 'terminating';

/** What only the exchange shows: `index severity clause message`. */
function found(sent: readonly Sent[]): readonly string[] {
  const messages = sent.map(([from, text, at]): FlowMessage => ({ from, octets: octetsOf(text), at }));
  return checkFlow(messages, { profile: 'oma-im' })
    .findings.filter(({ severity, field }) => severity !== 'info' && field !== 'Server')
    .map(({ index, severity, duty, clause, message }) => `${index} ${severity} ${duty ?? clause} ${message}`);
}

const INVITE = fixture('large-invite-one-user').replace('a=filesize:4092', 'a=filesize:10');
const ANSWER = fixture('large-200-one-user');
const ACK = fixture('large-ack');
const BYE = fixture('large-bye');
const BYE_200 = [
  'SIP/2.0 200 OK',
  'Via: SIP/2.0/TCP 192.0.2.10:5060;branch=z9hG4bK-largebye',
  'From: "Alice" <sip:alice@home1.example.net>;tag=1a2b3c',
  'To: <sip:bob@home1.example.net>;tag=b0b1',
  'Call-ID: largeinviteoneuser@192.0.2.10',
  'CSeq: 2 BYE',
  '',
  '',
].join('\r\n');

const OWN = 'msrp://192.0.2.10:7654/jshA7weztas;tcp';
const OTHER = 'msrp://192.0.2.77:9000/s1xk;tcp';

function send(id: string, range: string, body: string, flag = '$', ...headers: readonly string[]): string {
  const head = [
    `MSRP ${id} SEND`,
    `To-Path: ${OTHER}`,
    `From-Path: ${OWN}`,
    'Message-ID: 12345678',
    `Byte-Range: ${range}`,
  ];
  return [...head, ...headers, 'Content-Type: text/plain', '', body, `-------${id}${flag}`, ''].join('\r\n');
}

function ok(id: string, from = OTHER, to = OWN): string {
  return `MSRP ${id} 200 OK\r\nTo-Path: ${to}\r\nFrom-Path: ${from}\r\n-------${id}$\r\n`;
}

function report(id: string, range: string, messageId = '12345678'): string {
  const head = [`MSRP ${id} REPORT`, `To-Path: ${OWN}`, `From-Path: ${OTHER}`, `Message-ID: ${messageId}`];
  return [...head, `Byte-Range: ${range}`, 'Status: 000 200 OK', `-------${id}$`, ''].join('\r\n');
}

const WANTED = 'Success-Report: yes';
const SESSION: readonly Sent[] = [
  [ORIG, INVITE, 0],
  [TERM, ANSWER, 1000],
  [ORIG, ACK, 1001],
  [ORIG, send('aaaa1111', '1-5/10', 'hello', '+', WANTED), 1002],
  [TERM, ok('aaaa1111'), 1003],
  [ORIG, send('aaaa2222', '6-10/10', 'world', '$', WANTED), 1004],
  [TERM, ok('aaaa2222') + report('bbbb1111', '1-10/10'), 1005],
  [ORIG, BYE, 1006],
  [TERM, BYE_200, 1007],
];

/** The session with the message at `i` changed, or left out. */
function changed(i: number, to: string | undefined): readonly Sent[] {
  return SESSION.flatMap((sent, k) => (k !== i ? [sent] : to === undefined ? [] : [[sent[0], to, sent[2]] as Sent]));
}

describe('a large message session', () => {
  it('finds nothing in a right one', () => {
    expect(found(SESSION)).toEqual([]);
  });

  it.each<[string, readonly Sent[], readonly string[]]>([
    [
      'LM-E5a: reports an answer in the same direction',
      changed(1, ANSWER.replace('recvonly', 'sendonly')),
      ['1 error RFC3264-6.1 sendonly answers sendonly'],
    ],
    ['no ACK', changed(2, undefined), ['1 error RFC3261-13.2.2.4 missing: no ACK follows']],
    [
      'LM-REL: reports a BYE before all was acknowledged',
      changed(6, report('bbbb1111', '1-10/10')),
      ['7 error LM-REL 1 SEND not acknowledged yet'],
    ],
    [
      'a chunk that never comes',
      changed(5, send('aaaa2222', '6-9/10', 'worl', '+', WANTED)),
      [
        '5 error RFC4975-7.1.1 missing: 9 of 10 octets were sent, and no end',
        '6 error RFC4975-7.1.2 range: octet 10 is reported, 9 were sent',
        '7 error LM-REL the message is not sent to its end',
      ],
    ],
    [
      'more octets than announced',
      changed(5, send('aaaa2222', '6-11/11', 'worlds', '$', WANTED)),
      [
        '5 error LM-E6 mismatch: 11 octets were sent, a=filesize:10 announced',
        '5 error RFC4975-7.1.1 mismatch: 11 octets now, 10 were announced',
      ],
    ],
    [
      'a report on another message',
      changed(6, ok('aaaa2222') + report('bbbb1111', '1-10/10', '87654321')),
      [
        '6 error RFC4975-7.1.2 nobody sent a message 87654321',
        '7 warning LM-REL the success report that was asked for has not come',
      ],
    ],
    [
      'a response to nothing',
      changed(4, ok('aaaa1111') + ok('cccc1111')),
      ['4 error RFC4975-7.2 nobody sent cccc1111'],
    ],
    [
      'a response to a report',
      [...SESSION.slice(0, 7), [ORIG, ok('bbbb1111', OWN, OTHER)], ...SESSION.slice(7)],
      ['7 error RFC4975-7.2 its request wants no response'],
    ],
    [
      'a CSeq that does not rise',
      changed(7, BYE.replace('CSeq: 2', 'CSeq: 1')),
      ['7 error RFC3261-12.2.1.1 range: 1 behind 1'],
    ],
    [
      'a session that is over',
      [...SESSION.slice(0, 7), [ORIG, BYE, 1_801_001 + 4000], SESSION[8] as Sent],
      ['7 error RFC4028-10 the session of 1800 seconds was over 4 seconds before this'],
    ],
    ['a session in its last second', [...SESSION.slice(0, 7), [ORIG, BYE, 1_801_000], SESSION[8] as Sent], []],
  ])('%s', (_, sent, expected) => {
    expect(found(sent)).toEqual(expected);
  });

  it('LM-REL: reports that a session is ended before its report has come', () => {
    expect(found(changed(6, ok('aaaa2222')))).toEqual([
      '7 warning LM-REL the success report that was asked for has not come',
    ]);
  });

  it('says which duties it serves', () => {
    const messages = SESSION.map(([from, text]): FlowMessage => ({ from, octets: octetsOf(text) }));
    expect(checkFlow(messages, { profile: 'oma-im' }).served).toEqual(
      expect.arrayContaining(['LM-G0', 'LM-E5a', 'LM-E6']),
    );
  });
});

const PAGER = fixture('rfc5438-6.2-message-asks-imdn');
const NOTICE = fixture('rfc5438-7.2.1.1-delivery-notification')
  .replace('2008-04', '2006-04')
  .replace('Content-length: 414\r\n', '')
  .replace('MESSAGE\r\n', 'MESSAGE\r\nAccept-Contact: *;+g.oma.sip-im\r\nUser-Agent: IM-client/OMA1.0\r\n');

function answer(status: string, request: string): string {
  const kept = (request.split('\r\n\r\n')[0] as string)
    .split('\r\n')
    .filter((line) => /^(Via|From|To|Call-ID|CSeq):/.test(line));
  return [`SIP/2.0 ${status}`, ...kept.map((line) => (line.startsWith('To:') ? `${line};tag=9` : line)), '', ''].join(
    '\r\n',
  );
}

const another = (text: string, id: string): string =>
  text.replace(/Call-ID: /, `Call-ID: ${id}`).replace(/branch=z9hG4bK/, `branch=z9hG4bK${id}`);

describe('pager messages', () => {
  const EXCHANGE: readonly Sent[] = [
    [ORIG, PAGER],
    [TERM, answer('202 Accepted', PAGER)],
    [TERM, NOTICE],
    [ORIG, answer('200 OK', NOTICE)],
  ];

  it('finds nothing where a message was deferred and then delivered', () => {
    expect(found(EXCHANGE)).toEqual([]);
  });

  it('PM-0: reports a MESSAGE while another one to the same URI is pending', () => {
    const second = another(PAGER, 'x').replace('34jk324j', 'x4jk324j');
    const both: readonly Sent[] = [
      [ORIG, PAGER],
      [ORIG, second],
    ];
    expect(found(both)).toEqual(['1 error PM-0 another MESSAGE to this URI is not answered yet']);
    expect(
      found([
        [ORIG, PAGER],
        [TERM, answer('200 OK', PAGER)],
        [ORIG, second],
      ]),
    ).toEqual([]);
    expect(
      found([
        [ORIG, PAGER],
        [ORIG, PAGER],
      ]),
    ).toEqual([]);
    expect(
      found([
        [ORIG, PAGER],
        [ORIG, second.replace('MESSAGE sip:bob', 'MESSAGE sip:bobby').replace('To: <sip:bob', 'To: <sip:bobby')],
      ]),
    ).toEqual([]);
  });

  it('PM-N2: does not know of a notification that has not come', () => {
    expect(found(EXCHANGE.slice(0, 2))).toEqual([
      '1 unknown OMA-IM-8.1.1 missing: the message 34jk324j was deferred, and no delivery notification has come',
    ]);
  });

  it.each<[string, readonly Sent[], readonly string[]]>([
    [
      'a notification about another message',
      [...EXCHANGE.slice(0, 2), [TERM, NOTICE.replace('>34jk324j<', '>other<')]],
      [
        '1 unknown OMA-IM-8.1.1 missing: the message 34jk324j was deferred, and no delivery notification has come',
        '2 error RFC5438-11.1.1 nobody sent a message other',
      ],
    ],
    [
      'a notification of one own message',
      [...EXCHANGE.slice(0, 2), [ORIG, NOTICE]],
      ['2 error RFC5438-11.1.1 not the other side sent a message 34jk324j'],
    ],
    [
      'two of a type',
      [...EXCHANGE, [TERM, another(NOTICE, 'y')]],
      ['4 error RFC5438-7.2.1 duplicate: delivery of 34jk324j was notified before'],
    ],
    [
      'one about a message that was refused',
      [
        [ORIG, PAGER],
        [TERM, answer('403 Forbidden', PAGER)],
        [TERM, NOTICE],
      ],
      ['2 error RFC5438-12.1.3.1 the message 34jk324j was refused'],
    ],
    [
      'one that nobody asked for',
      [
        [ORIG, PAGER.replace('positive-delivery, negative-delivery', 'display')],
        [TERM, NOTICE],
      ],
      ['1 error RFC5438-7.2.1 positive-delivery was not asked for, but display'],
    ],
  ])('%s', (_, sent, expected) => {
    expect(found(sent)).toEqual(expected);
  });
});

describe('sides', () => {
  it('are guessed by tags and paths', () => {
    const flow = [...SESSION, [TERM, 'what?'] as const];
    expect(guessSides(flow.map(([, text]) => octetsOf(text))).map(({ from }) => from)).toEqual(
      flow.map(([from]) => from),
    );
  });
});

describe('laws', () => {
  it('never throws, and points into the octets of the message', () => {
    const pieces = SESSION.map(([, text]) => octetsOf(text));
    const mutated = fc
      .tuple(fc.constantFrom(...pieces), fc.nat(), fc.uint8Array({ maxLength: 5 }))
      .map(([octets, at, junk]) => {
        const from = at % (octets.length + 1);
        return Uint8Array.from([...octets.subarray(0, from), ...junk, ...octets.subarray(from + junk.length)]);
      });
    const message = fc.record({
      at: fc.option(fc.integer({ min: 0, max: 1e7 }), { nil: undefined }),
      from: fc.constantFrom(ORIG, TERM),
      octets: fc.oneof(mutated, fc.uint8Array({ maxLength: 20 })),
    });
    fc.assert(
      fc.property(fc.array(message, { maxLength: 8 }), (messages) => {
        for (const { index, range } of checkFlow(messages, { profile: 'oma-im' }).findings) {
          expect(range[0]).toBeGreaterThanOrEqual(0);
          expect(range[1]).toBeGreaterThanOrEqual(range[0]);
          expect(range[1]).toBeLessThanOrEqual((messages[index] as FlowMessage).octets.length);
        }
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it('takes linear time', () => {
    const chunks = (n: number): readonly FlowMessage[] =>
      Array.from({ length: n }, (_, i) => ({
        from: ORIG,
        octets: octetsOf(send(`a${String(i).padStart(7, '0')}`, `${i + 1}-${i + 1}/${n}`, 'x', '+')),
      }));
    const took = (n: number, enough: number): number => {
      const messages = chunks(n);
      return quickest(() => checkFlow(messages, { profile: 'oma-im' }), enough);
    };
    const few = took(200, 0);
    const most = Math.max(40 * few, 300);
    expect(took(2000, most)).toBeLessThan(most);
  });

  it('every rule cites its clause', () => {
    for (const { clause, asks } of FLOW_RULES) {
      expect(clause).toMatch(/^(RFC\d+|OMA)-/);
      expect(asks.length).toBeGreaterThan(10);
    }
  });
});
