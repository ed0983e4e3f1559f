import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../../core/result.ts';
import * as arbitrary from '../../testing/arbitraries.ts';
import { checkFlood } from '../../testing/flood.ts';
import { checkLaws, checkRefusesToFormat } from '../../testing/laws.ts';
import { checkInvalid, checkValid, type InvalidRow, type ValidRow } from '../../testing/rows.ts';
import { get } from '../access.ts';
import { sipMessage } from '../message.ts';
import { type Via, via } from './via.ts';

const param = (name: string, value?: string, quoted?: true) => ({ name, value, quoted });
const hop = (transport: string, host: string, port?: number, ...params: Via['params']): Via => ({
  protocol: 'SIP',
  version: '2.0',
  transport,
  host,
  port,
  params,
});

const VALID: readonly ValidRow<readonly Via[]>[] = [
  ['SIP/2.0/UDP a.example', [hop('UDP', 'a.example')]],
  ['SIP/2.0/UDP a:65535', [hop('UDP', 'a', 65_535)]],
  [
    'SIP/2.0/UDP erlang.bell-telephone.com:5060;branch=z9hG4bK87asdks7',
    [hop('UDP', 'erlang.bell-telephone.com', 5060, param('branch', 'z9hG4bK87asdks7'))],
  ],
  [
    'SIP/2.0/UDP 192.0.2.1:5060 ;received=192.0.2.207;branch=z9hG4bK77asjd',
    [hop('UDP', '192.0.2.1', 5060, param('received', '192.0.2.207'), param('branch', 'z9hG4bK77asjd'))],
    'SIP/2.0/UDP 192.0.2.1:5060;received=192.0.2.207;branch=z9hG4bK77asjd',
  ],
  [
    'SIP / 2.0 / UDP first.example.com: 4000;ttl=16 ;maddr=224.2.0.1 ;branch=z9hG4bKa7c6a8dlze.1',
    [
      hop(
        'UDP',
        'first.example.com',
        4000,
        param('ttl', '16'),
        param('maddr', '224.2.0.1'),
        param('branch', 'z9hG4bKa7c6a8dlze.1'),
      ),
    ],
    'SIP/2.0/UDP first.example.com:4000;ttl=16;maddr=224.2.0.1;branch=z9hG4bKa7c6a8dlze.1',
  ],
  ['SIP/2.0/TCP [2001:db8::9:1]:5061', [hop('TCP', '[2001:db8::9:1]', 5061)]],
  ['SIP/2.0/UDP [::1];received=::1', [hop('UDP', '[::1]', undefined, param('received', '::1'))]],
  [
    'SIP/2.0/UDP a;received = 2001:db8::9:255 ;rport=5060',
    [hop('UDP', 'a', undefined, param('received', '2001:db8::9:255'), param('rport', '5060'))],
    'SIP/2.0/UDP a;received=2001:db8::9:255;rport=5060',
  ],
  ['SIP/2.0/UDP a;Received=::ffff:192.0.2.1', [hop('UDP', 'a', undefined, param('Received', '::ffff:192.0.2.1'))]],
  ['SIP/2.0/UDP a;received=[::1]', [hop('UDP', 'a', undefined, param('received', '[::1]'))]],
  ['SIP/2.0/UDP a;received="::1"', [hop('UDP', 'a', undefined, param('received', '::1', true))]],
  ['SIP/2.0/UDP a;received=cafe', [hop('UDP', 'a', undefined, param('received', 'cafe'))]],
  ['SIP/2.0/UDP a;received', [hop('UDP', 'a', undefined, param('received'))]],
  ['SIP/2.0/UDP a;rport', [hop('UDP', 'a', undefined, param('rport'))]],
  ['SIP/2.0/UDP a,SIP/2.0/TLS b', [hop('UDP', 'a'), hop('TLS', 'b')], 'SIP/2.0/UDP a, SIP/2.0/TLS b'],
  ['SIP/2.0/UDP\t\ta\t:\t1', [hop('UDP', 'a', 1)], 'SIP/2.0/UDP a:1'],
  ['sip/2.0/udp A.Example.', [{ ...hop('udp', 'A.Example.'), protocol: 'sip' }]],
  ['SIP/2.0/UDP a:0', [hop('UDP', 'a', 0)]],
  ['SIP/2.0/UDP a:005060', [hop('UDP', 'a', 5060)], 'SIP/2.0/UDP a:5060'],
  ['HTTP/9/%! a', [{ ...hop('%!', 'a'), protocol: 'HTTP', version: '9' }]],
  ['SIP/2.0/UDP 256.1.1.1', [hop('UDP', '256.1.1.1')]],
];

const INVALID: readonly InvalidRow[] = [
  ['', 'truncated', 'protocol-name', 0],
  ['SIP', 'truncated', 'sent-protocol', 3],
  ['SIP/2.0', 'truncated', 'sent-protocol', 7],
  ['SIP/2.0 a', 'syntax', 'sent-protocol', 7],
  ['SIP//UDP a', 'syntax', 'protocol-version', 4],
  ['SIP/2.0/ ', 'truncated', 'transport', 9],
  ['SIP/2.0/UDP', 'truncated', 'via-parm', 11],
  ['SIP/2.0/UDP ', 'truncated', 'host', 12],
  ['SIP/2.0/UDP;a', 'syntax', 'via-parm', 11],
  ['SIP/2.0/UDP a_b', 'trailing', 'Via', 13],
  ['SIP/2.0/UDP -a.com', 'syntax', 'host', 12],
  ['SIP/2.0/UDP [::1', 'unterminated', 'IPv6reference', 12],
  ['SIP/2.0/UDP [::1%25eth0]', 'syntax', 'IPv6reference', 16],
  ['SIP/2.0/UDP ::1', 'syntax', 'host', 12],
  ['SIP/2.0/UDP a:', 'truncated', 'port', 14],
  ['SIP/2.0/UDP a:x', 'syntax', 'port', 14],
  ['SIP/2.0/UDP a:65536', 'range', 'port', 14],
  ['SIP/2.0/UDP a:18446744073709551616', 'range', 'port', 14],
  ['SIP/2.0/UDP a;', 'truncated', 'generic-param', 14],
  ['SIP/2.0/UDP a;;b', 'syntax', 'generic-param', 14],
  ['SIP/2.0/UDP a;branch=', 'truncated', 'gen-value', 21],
  ['SIP/2.0/UDP a;received=::1::', 'syntax', 'gen-value', 23],
  ['SIP/2.0/UDP a;received=1:2', 'trailing', 'Via', 24],
  ['SIP/2.0/UDP a;maddr=::1', 'syntax', 'gen-value', 20],
  ['SIP/2.0/UDP a;b="c', 'unterminated', 'quoted-string', 16],
  ['SIP/2.0/UDP a,', 'truncated', 'protocol-name', 14],
  ['SIP/2.0/UDP a b', 'trailing', 'Via', 13],
  ['SIP/2.0/UDP a\0', 'trailing', 'Via', 13],
  ['SIP/2.0/UDP \u212a', 'syntax', 'host', 12],
  ['SIP/2.0/UDP \ud800', 'encoding', 'host', 12],
];

describe('Via', () => {
  for (const row of VALID) it(`reads ${JSON.stringify(row[0])}`, () => checkValid(via, row));
  for (const row of INVALID) it(`refuses ${JSON.stringify(row[0])}`, () => checkInvalid(via, row));

  it('reads a branch without the magic cookie, and none (bad input 42)', () => {
    const hops = unwrap(via.parse('SIP / 2.0 /UDP 192.0.2.2;branch=390skdjuw, SIP/2.0/TCP spindle.example.com'));
    expect(hops.map(({ params }) => params.length)).toEqual([1, 0]);
  });

  it('reads the folded and compact Vias of RFC 4475 3.1.1.1 as one list', () => {
    const head = [
      'OPTIONS sip:a@b SIP/2.0',
      'Via: SIP  / 2.0',
      ' /UDP',
      '    192.0.2.2;branch=390skdjuw',
      'v:  SIP  / 2.0  / TCP     spindle.example.com   ;',
      '  branch  =   z9hG4bK9ikj8  ,',
      ' SIP  /    2.0   / UDP  192.168.255.111   ; branch=',
      ' z9hG4bK30239',
      '',
      '',
    ];
    const message = unwrap(sipMessage.decode(new TextEncoder().encode(head.join('\r\n'))));
    const hops = get(message, via);
    expect(hops?.ok && hops.value.map((one) => [one.transport, one.host, one.params[0]?.value])).toEqual([
      ['UDP', '192.0.2.2', '390skdjuw'],
      ['TCP', 'spindle.example.com', 'z9hG4bK9ikj8'],
      ['UDP', '192.168.255.111', 'z9hG4bK30239'],
    ]);
  });

  it('obeys the laws', () => {
    const received = arbitrary.ipv6.map((value) => param('received', value));
    const hops = fc.record({
      protocol: arbitrary.token,
      version: arbitrary.token,
      transport: arbitrary.token,
      host: arbitrary.host,
      port: arbitrary.port,
      params: fc.array(fc.oneof(arbitrary.param, received), { maxLength: 4 }),
    });
    checkLaws(via, fc.array(hops, { minLength: 1, maxLength: 3 }));
  });

  it.each([
    [[], 'Via'],
    [[{ ...hop('UDP', 'a'), protocol: 'S IP' }], '[0].protocol'],
    [[{ ...hop('UDP', 'a'), version: '' }], '[0].version'],
    [[hop('UDP', 'a'), hop('U\r\nDP', 'a')], '[1].transport'],
    [[hop('UDP', 'a_b')], '[0].host'],
    [[hop('UDP', 'a', 65536)], '[0].port'],
    [[hop('UDP', 'a', 1, param('x', 'a\r\nb'))], '[0].params[0].value'],
    [[hop('UDP', 'a', 1, param('x y'))], '[0].params[0].name'],
  ])('refuses to write %j', (value, path) => {
    expect(checkRefusesToFormat(via, value).path).toBe(path);
  });

  it.each([
    ['', 'SIP/2.0/UDP a, '],
    ['SIP/2.0/UDP a', ';b=c'],
    ['SIP/2.0/UDP a', ';received=::1'],
    ['SIP/2.0/UDP a', ' ;received=a:'],
    ['SIP/2.0/UDP', ' '],
    ['SIP/2.0/UDP a;received=', 'a:'],
  ])('is linear: %j and %j over and over', (prefix, unit) => {
    checkFlood(via, prefix, unit, 'SIP/2.0/UDP b');
  });

  it('has a limit for the parameters of one hop', () => {
    checkInvalid(via, [`SIP/2.0/UDP a${';b'.repeat(129)}`, 'limit', 'via-params', 13 + 2 * 128 + 1]);
    expect(via.parse(`SIP/2.0/UDP a${';b'.repeat(128)}`).ok).toBe(true);
  });

  it('PM-0: every request bears the hop that it takes', () => {
    expect(via.format([hop('UDP', 'pc33.example.com', undefined, param('branch', 'z9hG4bK776asdhds'))])).toBe(
      'SIP/2.0/UDP pc33.example.com;branch=z9hG4bK776asdhds',
    );
    expect(via.parse('SIP/2.0 pc33.example.com').ok).toBe(false);
  });
});
