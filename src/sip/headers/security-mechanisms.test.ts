import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as arbitrary from '../../testing/arbitraries.ts';
import { checkLaws, checkRefusesToFormat } from '../../testing/laws.ts';
import { checkGrowth, checkInvalid, checkValid, type InvalidRow, named, type ValidRow } from '../../testing/rows.ts';
import { preference } from './param-values.ts';
import {
  digestVerify,
  type SecurityMechanism,
  securityClient,
  securityServer,
  securityVerify,
} from './security-mechanisms.ts';

const param = (name: string, value?: string, quoted?: true) => ({ name, value, quoted });
const mechanism = (name: string, ...params: ReturnType<typeof param>[]): SecurityMechanism => ({
  mechanism: name,
  params,
});
const D_VER = '0123456789abcdef0123456789abcdef';
const IPSEC_PARAMS = [
  'alg=hmac-sha-1-96',
  'ealg=null',
  'prot=esp',
  'mod=trans',
  'spi-c=4096',
  'spi-s=4097',
  'port-c=5062',
];
const IPSEC = `ipsec-3gpp;q=0.1;${IPSEC_PARAMS.join(';')};port-s=5064`;

const VALID: readonly ValidRow<readonly SecurityMechanism[]>[] = [
  ['tls', [mechanism('tls')]],
  ['digest', [mechanism('digest')]],
  ['ipsec-ike;q=0.1', [mechanism('ipsec-ike', param('q', '0.1'))]],
  ['ipsec-ike;q=0.1, tls;q=0.2', [mechanism('ipsec-ike', param('q', '0.1')), mechanism('tls', param('q', '0.2'))]],
  [
    'ipsec-ike;q=0.1,tls;q=0.2',
    [mechanism('ipsec-ike', param('q', '0.1')), mechanism('tls', param('q', '0.2'))],
    'ipsec-ike;q=0.1, tls;q=0.2',
  ],
  [
    'digest; d-alg = MD5 ;d-qop=auth',
    [mechanism('digest', param('d-alg', 'MD5'), param('d-qop', 'auth'))],
    'digest;d-alg=MD5;d-qop=auth',
  ],
  [`digest;d-ver="${D_VER}"`, [mechanism('digest', param('d-ver', D_VER, true))]],
  ['ipsec-man', [mechanism('ipsec-man')]],
  [
    IPSEC,
    [
      mechanism(
        'ipsec-3gpp',
        param('q', '0.1'),
        ...IPSEC_PARAMS.map((text) => param(...(text.split('=') as [string, string]))),
        param('port-s', '5064'),
      ),
    ],
  ],
  ['sdes-srtp;mediasec', [mechanism('sdes-srtp', param('mediasec'))]],
  ['msrp-tls;mediasec, TLS', [mechanism('msrp-tls', param('mediasec')), mechanism('TLS')]],
  ['tls;q=7', [mechanism('tls', param('q', '7'))]],
  ['digest;d-ver=ABC', [mechanism('digest', param('d-ver', 'ABC'))]],
  ['tls;q=0.1;q=0.2', [mechanism('tls', param('q', '0.1'), param('q', '0.2'))]],
];

const INVALID: readonly InvalidRow[] = [
  ['', 'truncated', 'mechanism-name', 0],
  [',', 'syntax', 'mechanism-name', 0],
  [';q=0.1', 'syntax', 'mechanism-name', 0],
  ['tls;', 'truncated', 'generic-param', 4],
  ['tls;;q=0.1', 'syntax', 'generic-param', 4],
  ['tls;q=', 'truncated', 'gen-value', 6],
  ['tls;=0.1', 'syntax', 'generic-param', 4],
  ['tls,', 'truncated', 'mechanism-name', 4],
  ['tls,,digest', 'syntax', 'mechanism-name', 4],
  ['tls digest', 'trailing', 'Security-Verify', 3],
  ['"tls"', 'syntax', 'mechanism-name', 0],
  [`digest;d-ver="${D_VER}`, 'unterminated', 'quoted-string', 13],
  [`digest;d-ver="${D_VER}\\"`, 'unterminated', 'quoted-string', 13],
  ['tls/1.2', 'trailing', 'Security-Verify', 3],
  ['tl\u017f', 'trailing', 'Security-Verify', 2],
  ['tls;a="\\\n"', 'escape', 'quoted-pair', 8],
];

describe('Security-Client, Security-Server and Security-Verify', () => {
  it.each(named(VALID))('read %j', (_, row) => checkValid(securityVerify, row));
  it.each(named(INVALID))('refuse %j', (_, row) => checkInvalid(securityVerify, row));
  it('have one shape and three names', () => {
    const codecs = [securityClient, securityServer, securityVerify];
    expect(codecs.map(({ name }) => name)).toEqual(['Security-Client', 'Security-Server', 'Security-Verify']);
    for (const codec of codecs) for (const row of VALID) checkValid(codec, row);
  });
  it('obey the laws', () =>
    checkLaws(
      securityVerify,
      fc.array(fc.record({ mechanism: arbitrary.token, params: arbitrary.params }), { minLength: 1, maxLength: 4 }),
    ));
  it('refuse to write what is no mechanism', () => {
    expect(checkRefusesToFormat(securityVerify, []).path).toBe('Security-Verify');
    expect(checkRefusesToFormat(securityClient, [mechanism('t ls')]).path).toBe('[0].mechanism');
    expect(checkRefusesToFormat(securityClient, [mechanism('tls', param('', '1'))]).path).toBe('[0].params[0].name');
    expect(checkRefusesToFormat(securityClient, [mechanism('tls', param('a', '\r'))]).path).toBe('[0].params[0].value');
  });
  it.each([', tls', ';a', ';a="\\"', ' ', ';a='])('grow linearly on %j', (unit) =>
    checkGrowth(securityVerify, 'tls', unit),
  );
  it.each([
    [`"${D_VER}"`, D_VER],
    [`"${D_VER.toUpperCase()}"`, undefined],
    [`"${D_VER}0"`, undefined],
    [`"${D_VER.slice(1)}"`, undefined],
    [D_VER, undefined],
  ])('d-ver=%s verifies as %s', (value, expected) => {
    const read = securityVerify.parse(`digest;D-Ver=${value}`);
    expect(read.ok && digestVerify(read.value[0] as SecurityMechanism)).toBe(expected);
  });
});

describe('PM-10-IMS: Security-Verify', () => {
  it("is the server's list again, in its order", () => {
    const offered = securityServer.parse(`${IPSEC}, tls;q=0.2`);
    if (!offered.ok) throw new Error(offered.error.code);
    expect(securityVerify.format(offered.value)).toBe(`${IPSEC}, tls;q=0.2`);
    expect(offered.value.map(({ params }) => preference(params))).toEqual([0.1, 0.2]);
  });
  it('is no list without a mechanism', () => {
    expect(checkRefusesToFormat(securityVerify, []).clause).toBe('RFC3329-2.2');
  });
});
