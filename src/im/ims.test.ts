import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EncodeError } from '../core/error.ts';
import { withDialog } from '../sip/dialog-headers.ts';
import { securityServer } from '../sip/headers/security-mechanisms.ts';
import { type SipMessage, type SipRequest, sipMessage } from '../sip/message.ts';
import type { NameAddr } from '../sip/name-addr.ts';
import { isSipUri, isTelUri, type SipUri } from '../sip/uri.ts';
import * as arbitrary from '../testing/arbitraries.ts';
import { same } from '../testing/laws.ts';
import { type ImsHeaders, type ImsProfile, readIms, withIms } from './ims.ts';
import { composePagerMessage } from './pager-message.ts';

const request = composePagerMessage({
  from: '<sip:alice@home1.example>',
  to: { user: 'sip:bob@home1.example' },
  release: 'IM-client/OMA1.0',
  body: 'Lunch?',
});
const SECURITY = 'ipsec-3gpp;q=0.1;alg=hmac-sha-1-96;spi-c=98765432;port-s=7531, tls;q=0.2';
const ALL = {
  preferredIdentity: '"Alice" <sip:alice@home1.example>, <tel:+1-201-555-0123>',
  preferredService: 'urn:urn-7:3gpp-service.ims.icsi.oma.cpm.msg',
  accessNetworkInfo: '3GPP-E-UTRAN-FDD;utran-cell-id-3gpp=2340151D0FCE1;local-time-zone="UTC+01:00"',
  pCscf: 'sip:pcscf1.visited1.example:7531;lr;comp=sigcomp',
  serviceRoute: '<sip:orig@scscf1.home1.example;lr>, <sip:as.home1.example;lr>;x=1',
  securityVerify: SECURITY,
} satisfies ImsProfile;

const names = ({ fields }: SipMessage): string[] => fields.map(({ name }) => name);
const fieldOf = ({ fields }: SipMessage, name: string): string | undefined =>
  fields.find((field) => field.name === name)?.value;
const plusField = (name: string, value: string): SipRequest => ({
  ...request,
  fields: [{ name, value }, ...request.fields],
});

function read(message: SipMessage): ImsHeaders {
  const got = readIms(message);
  if (!got.ok) throw new Error(JSON.stringify(got.error));
  return got.value;
}

function thrown(profile: unknown, to: SipRequest = request): EncodeError {
  try {
    withIms(to, profile as ImsProfile);
  } catch (error) {
    if (error instanceof EncodeError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('withIms', () => {
  test('PM-10-IMS: writes all that the profile asks for, Route in front and the others before the body', () => {
    const asked = withIms(request, ALL);
    expect(names(asked)).toEqual([
      ...['Route', 'From', 'To', 'Accept-Contact', 'User-Agent'],
      ...['P-Preferred-Identity', 'P-Preferred-Service', 'P-Access-Network-Info'],
      ...['Security-Verify', 'Require', 'Proxy-Require', 'Content-Type', 'Content-Length'],
    ]);
    expect(fieldOf(asked, 'Route')).toBe(`<${ALL.pCscf}>, ${ALL.serviceRoute}`);
    expect(fieldOf(asked, 'P-Preferred-Identity')).toBe(ALL.preferredIdentity);
    expect(fieldOf(asked, 'P-Preferred-Service')).toBe(ALL.preferredService);
    expect(fieldOf(asked, 'P-Access-Network-Info')).toBe(ALL.accessNetworkInfo);
    expect(fieldOf(asked, 'Security-Verify')).toBe(SECURITY);
    expect([fieldOf(asked, 'Require'), fieldOf(asked, 'Proxy-Require')]).toEqual(['sec-agree', 'sec-agree']);
  });

  test.each<[names: string[], part: keyof typeof ALL]>([
    [['P-Preferred-Identity'], 'preferredIdentity'],
    [['P-Preferred-Service'], 'preferredService'],
    [['P-Access-Network-Info'], 'accessNetworkInfo'],
    [['Route'], 'pCscf'],
    [['Security-Verify', 'Require', 'Proxy-Require'], 'securityVerify'],
  ])('PM-10-IMS: writes %j alone', (added, part) => {
    const asked = withIms(request, { [part]: ALL[part] });
    expect(names(asked).filter((name) => added.includes(name))).toEqual(added);
    expect(asked.fields.filter(({ name }) => !added.includes(name))).toEqual(request.fields);
    expect(Object.entries(read(asked)).filter(([, value]) => value !== undefined)).toMatchObject([[part, {}]]);
  });

  test('PM-10-IMS: does not write what the profile does not ask for', () => {
    expect(withIms(request, {})).toEqual(request);
    expect(withIms(request, { preferredIdentity: undefined, securityVerify: undefined })).toEqual(request);
    expect(Object.values(read(request)).every((value) => value === undefined)).toBe(true);
  });

  test('PM-10-IMS: the P-CSCF becomes a loose router, and stands before the service route in its order', () => {
    const route = (profile: ImsProfile): string | undefined => fieldOf(withIms(request, profile), 'Route');
    expect(route({ pCscf: 'sip:p.example' })).toBe('<sip:p.example;lr>');
    expect(route({ pCscf: 'sips:[2001:db8::1]:5061;LR=on' })).toBe('<sips:[2001:db8::1]:5061;LR=on>');
    const behind = ['b', 'a', 'b'].map((host) => `<sip:${host}.example;lr>`).join(', ');
    expect(route({ pCscf: 'sip:p.example', serviceRoute: behind })).toBe(`<sip:p.example;lr>, ${behind}`);
  });

  test('PM-10-IMS: Security-Verify is the list that the server sent', () => {
    const received = securityServer.parse('ipsec-3gpp; q=0.1 ;alg=hmac-md5-96,tls');
    if (!received.ok) throw new Error(received.error.code);
    const asked = withIms(request, { securityVerify: received.value });
    expect(fieldOf(asked, 'Security-Verify')).toBe('ipsec-3gpp;q=0.1;alg=hmac-md5-96, tls');
  });

  test.each([
    ['Require', 'recipient-list-message', 'recipient-list-message, sec-agree'],
    ['Require', 'timer , Sec-Agree', 'timer , Sec-Agree'],
    ['proxy-require', 'x', 'x, sec-agree'],
    ['Proxy-Require', 'sec-agree', 'sec-agree'],
  ])('PM-10-IMS: sec-agree joins %s: %s', (name, had, has) => {
    const asked = withIms(plusField(name, had), { securityVerify: 'tls' });
    const found = asked.fields.filter((field) => field.name.toLowerCase() === name.toLowerCase());
    expect(found.map(({ value }) => value)).toEqual([has]);
    expect(names(asked).filter((other) => /require/i.test(other))).toHaveLength(2);
  });

  test('leaves Require alone where no security was agreed on', () => {
    expect(fieldOf(withIms(plusField('Require', 'timer'), { pCscf: ALL.pCscf }), 'Require')).toBe('timer');
  });

  test('merges Require fields that are several', () => {
    const twice = plusField('Require', 'a');
    const asked = withIms({ ...twice, fields: [...twice.fields, { name: 'Require', value: 'b' }] }, ALL);
    expect(asked.fields.filter(({ name }) => name === 'Require')).toEqual([
      { name: 'Require', value: 'a, b, sec-agree' },
    ]);
  });

  test('PM-10-IMS: an anonymous request may hint at the identity to its first proxy', () => {
    const anonymous = composePagerMessage({
      from: '<sip:alice@home1.example>',
      to: { user: 'sip:bob@home1.example' },
      release: 'IM-client/OMA1.0',
      anonymous: true,
      body: '',
    });
    const asked = withIms(anonymous, { preferredIdentity: 'sip:alice@home1.example' });
    expect(fieldOf(asked, 'Privacy')).toBe('id');
    expect(fieldOf(asked, 'From')).toContain('anonymous.invalid');
    expect(fieldOf(asked, 'P-Preferred-Identity')).toBe('<sip:alice@home1.example>');
  });

  test('stands right in any request: whole, received, or without a body', () => {
    const dialog = {
      via: 'SIP/2.0/TCP h.example;branch=z9hG4bK1',
      from: '<sip:a@h.example>;tag=1',
      callId: 'c',
      cseq: 1,
    };
    const whole = withDialog(request, dialog);
    expect(names(withIms(whole, ALL)).slice(0, 3)).toEqual(['Via', 'Route', 'Max-Forwards']);
    expect(names(withDialog(withIms(request, ALL), dialog)).slice(5, 8)).toEqual(['CSeq', 'Route', 'Accept-Contact']);
    const received = sipMessage.decode(sipMessage.encode(whole));
    if (!received.ok) throw new Error(received.error.code);
    expect(sipMessage.encode(withIms(received.value as SipRequest, ALL))).toEqual(
      sipMessage.encode(withIms(whole, ALL)),
    );
    const bare = { method: 'OPTIONS', uri: 'sip:h.example', version: 'sip/2.0', fields: [], body: new Uint8Array(0) };
    expect(names(withIms(bare, { pCscf: ALL.pCscf, preferredService: ALL.preferredService }))).toEqual([
      ...['Route', 'P-Preferred-Service'],
    ]);
    expect(withIms(bare, {}).version).toBe('sip/2.0');
    const upsideDown = {
      ...bare,
      fields: [
        { name: 'l', value: '0' },
        { name: 'v', value: dialog.via },
      ],
    };
    expect(names(withIms(upsideDown, { pCscf: ALL.pCscf, preferredService: ALL.preferredService }))).toEqual([
      ...['P-Preferred-Service', 'l', 'v', 'Route'],
    ]);
  });

  test.each<[path: string, profile: unknown, clause: string]>([
    ['preferredIdentity', { preferredIdentity: '' }, 'OMA-IM-8.1.1'],
    ['preferredIdentity', { preferredIdentity: '<sip:a@b.example>;x=1' }, 'OMA-IM-8.1.1'],
    ['preferredIdentity', { preferredIdentity: 'sip:a@b.example, sips:c@d.example' }, 'RFC3325-9.2'],
    ['preferredIdentity', { preferredIdentity: 'tel:+1, tel:+2' }, 'RFC3325-9.2'],
    ['preferredIdentity', { preferredIdentity: 'sip:a@b.example, tel:+1, im:a@b.example' }, 'RFC3325-9.2'],
    ['preferredIdentity', { preferredIdentity: 'http://a.example/' }, 'RFC3325-9.2'],
    ['preferredIdentity', { preferredIdentity: [] }, 'OMA-IM-8.1.1'],
    ['preferredIdentity', { preferredIdentity: [{ uri: 'sip:a@b.example' }] }, 'OMA-IM-8.1.1'],
    ['preferredIdentity', { preferredIdentity: 7 }, 'OMA-IM-8.1.1'],
    [
      'preferredIdentity[0].uri.host',
      { preferredIdentity: [{ uri: { scheme: 'sip', host: 'a b', params: [], headers: [] }, params: [] }] },
      'RFC3261-25.1',
    ],
    ['preferredService', { preferredService: '3gpp-service.x' }, 'OMA-IM-8.1.1'],
    ['preferredService[1]', { preferredService: ['urn:urn-7:a', 'urn%3Aurn-7%3Aa'] }, 'RFC6050-4.4'],
    ['preferredService', { preferredService: [7] }, 'OMA-IM-8.1.1'],
    ['accessNetworkInfo', { accessNetworkInfo: ';x=1' }, 'OMA-IM-8.1.1'],
    ['accessNetworkInfo', { accessNetworkInfo: 'IEEE-802.11;network-provided' }, 'RFC7315-4.4.2.2'],
    ['accessNetworkInfo[0].access', { accessNetworkInfo: [{ access: '', infos: [] }] }, 'RFC7315-5.4'],
    ['pCscf', { pCscf: 'pcscf.example' }, 'OMA-IM-8.1.1'],
    ['pCscf', { pCscf: '<sip:pcscf.example>' }, 'OMA-IM-8.1.1'],
    ['pCscf', { pCscf: 'tel:+1' }, 'RFC3261-20.34'],
    ['pCscf', { pCscf: 7 }, 'OMA-IM-8.1.1'],
    ['pCscf', { serviceRoute: ALL.serviceRoute }, 'RFC3608-6.1'],
    ['serviceRoute', { pCscf: ALL.pCscf, serviceRoute: 'sip:s.example;lr' }, 'OMA-IM-8.1.1'],
    ['serviceRoute[1]', { pCscf: ALL.pCscf, serviceRoute: '<sip:s.example;lr>, <sip:t.example>;lr' }, 'RFC3608-5'],
    ['serviceRoute[0]', { pCscf: ALL.pCscf, serviceRoute: '<im:s@example>' }, 'RFC3608-5'],
    ['securityVerify', { securityVerify: 'tls;' }, 'OMA-IM-8.1.1'],
    ['securityVerify[0].mechanism', { securityVerify: [{ mechanism: '', params: [] }] }, 'RFC3329-2.2'],
    ['input', { route: 'sip:p.example' }, 'OMA-IM-8.1.1'],
    ['input', undefined, 'OMA-IM-8.1.1'],
  ])('PM-10-IMS: throws at %s for %j', (path, profile, clause) => {
    expect(thrown(profile)).toMatchObject({ path, clause, duty: 'PM-10-IMS' });
  });

  test.each(['\r', '\n', '\r\nX: y', '\0'])('PM-10-IMS: throws on %j inside any text', (junk) => {
    for (const [part, text] of Object.entries(ALL)) {
      for (const at of [0, 9, text.length]) {
        const error = thrown({ ...ALL, [part]: text.slice(0, at) + junk + text.slice(at) });
        expect(error).toMatchObject({ path: part, duty: 'PM-10-IMS' });
      }
    }
  });

  test.each(['\r', '\n', '\r\nX: y'])('PM-10-IMS: throws on %j inside any value', (junk) => {
    const uri: SipUri = { scheme: 'sip', host: 'h.example', params: [{ name: 'lr' }], headers: [] };
    const values = {
      preferredIdentity: [{ displayName: `a${junk}b`, uri, params: [] }],
      preferredService: [`urn:urn-7:a${junk}`],
      accessNetworkInfo: [{ access: 'x', infos: [{ name: 'a', value: `b${junk}`, quoted: true }] }],
      pCscf: { ...uri, user: `a${junk}` },
      serviceRoute: [{ uri, params: [{ name: 'x', value: junk, quoted: true }] }],
      securityVerify: [{ mechanism: 'tls', params: [{ name: 'a', value: `b${junk}`, quoted: true }] }],
    };
    for (const [part, value] of Object.entries(values)) {
      const error = thrown({ pCscf: ALL.pCscf, [part]: value });
      expect(error.duty).toBe('PM-10-IMS');
      expect(error.path.startsWith(part)).toBe(true);
    }
  });

  test.each([
    ['P-Preferred-Identity', 'preferredIdentity'],
    ['p-preferred-service', 'preferredService'],
    ['P-Access-Network-Info', 'accessNetworkInfo'],
    ['Route', 'pCscf'],
    ['Security-Verify', 'securityVerify'],
  ])('PM-10-IMS: throws where the request has %s already', (name, path) => {
    expect(thrown(ALL, plusField(name, 'x'))).toMatchObject({ path, duty: 'PM-10-IMS' });
  });

  test.each(['Require', 'Proxy-Require'])('PM-10-IMS: throws on a %s that cannot be read', (name) => {
    expect(thrown(ALL, plusField(name, 'a b'))).toMatchObject({ path: name, duty: 'PM-10-IMS' });
  });
});

describe('readIms', () => {
  test('PM-10-IMS: reads a request of the field', () => {
    const octets = readFileSync(new URL('../../fixtures/messages/pager-ims-headers.sip', import.meta.url));
    const message = sipMessage.decode(octets);
    if (!message.ok) throw new Error(message.error.code);
    expect(read(message.value)).toMatchObject({
      preferredIdentity: [{ uri: { user: 'alice', host: 'home1.example.net' } }],
      preferredService: ['urn:urn-7:3gpp-service.ims.icsi.oma.cpm.msg'],
      accessNetworkInfo: [{ access: '3GPP-E-UTRAN-FDD', infos: [{ value: '2340151D0FCE1' }, { value: 'UTC+01:00' }] }],
      pCscf: { host: 'pcscf1.visited1.example.net', port: 7531 },
      serviceRoute: [{ uri: { user: 'orig' } }],
      securityVerify: [{ mechanism: 'ipsec-3gpp' }],
    });
  });

  test('reads the list of a header over several fields', () => {
    const fields = ['<sip:p.example;lr>', '<sip:s.example;lr>'].map((value) => ({ name: 'route', value }));
    expect(read({ ...request, fields })).toMatchObject({ pCscf: { host: 'p.example' }, serviceRoute: [{}] });
  });

  test.each([
    ['P-Preferred-Identity', '<sip:'],
    ['P-Preferred-Service', 'urn:x'],
    ['P-Access-Network-Info', ';'],
    ['Route', 'sip:p.example'],
    ['Security-Verify', 'a b'],
  ])('PM-10-IMS: refuses a broken %s', (name, value) => {
    expect(readIms(plusField(name, value))).toMatchObject({ ok: false, error: { field: 0 } });
  });

  test.each(['"P" <sip:p.example;lr>', '<sip:p.example;lr>;x=1'])('PM-10-IMS: refuses %s as the P-CSCF', (value) => {
    const error = { code: 'unsupported', rule: 'Route', field: 0 };
    expect(readIms(plusField('Route', value))).toMatchObject({ ok: false, error });
  });
});

describe('laws', () => {
  const sip = arbitrary.uri.filter((uri): uri is SipUri => isSipUri(uri));
  const tel = arbitrary.uri.filter(isTelUri);
  const loose = sip.map((uri) => ({
    ...uri,
    params: [...uri.params.filter(({ name }) => name.toLowerCase() !== 'lr'), { name: 'lr' }],
  }));
  const onALine = (text: string | undefined): boolean => !/\p{Cc}/u.test(text ?? '');
  const displayName = fc.option(arbitrary.quotedText.filter(onALine), { nil: undefined });
  const param = arbitrary.param.filter(({ value }) => onALine(value));
  const params = fc.array(param, { maxLength: 4 });
  const identity = <T extends NameAddr['uri']>(uri: fc.Arbitrary<T>): fc.Arbitrary<NameAddr> =>
    fc.record({ displayName, uri, params: fc.constant([]) });
  const list = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(one, { minLength: 1, maxLength: 3 });
  const optional = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(one, { nil: undefined });
  const profile = fc
    .record({
      preferredIdentity: optional(
        fc.oneof(
          fc.tuple(identity(sip)),
          fc.tuple(identity(tel)),
          fc.tuple(identity(sip), identity(tel)),
          fc.tuple(identity(tel), identity(sip)),
        ),
      ),
      preferredService: optional(list(fc.stringMatching(/^urn:urn-7:[a-z0-9-]{1,27}(\.[a-z0-9-]{1,9}){0,3}$/))),
      accessNetworkInfo: optional(
        list(
          fc.record({
            access: arbitrary.token,
            infos: fc.array(param.filter(({ name }) => name.toLowerCase() !== 'network-provided')),
          }),
        ),
      ),
      pCscf: optional(loose),
      serviceRoute: optional(list(fc.record({ displayName, uri: loose, params }))),
      securityVerify: optional(list(fc.record({ mechanism: arbitrary.token, params }))),
    })
    .map((parts) => (parts.pCscf === undefined ? { ...parts, serviceRoute: undefined } : parts));
  const parameters = { numRuns: 200, seed: 1 };

  test('PM-10-IMS: what is written reads as the profile, also from octets', () => {
    fc.assert(
      fc.property(profile, (asked) => {
        const written = withIms(request, asked);
        const received = sipMessage.decode(sipMessage.encode(written));
        return same(read(written), asked) && received.ok && same(read(received.value), asked);
      }),
      parameters,
    );
  });

  test('texts say what values say, and what was read is written again', () => {
    fc.assert(
      fc.property(profile, (asked) => {
        const written = withIms(request, asked);
        const route = fieldOf(written, 'Route');
        const first = route?.slice(1, route.indexOf('>'));
        const behind = asked.serviceRoute === undefined ? undefined : route?.slice((first?.length ?? 0) + 4);
        const texts = {
          preferredIdentity: fieldOf(written, 'P-Preferred-Identity'),
          preferredService: fieldOf(written, 'P-Preferred-Service'),
          accessNetworkInfo: fieldOf(written, 'P-Access-Network-Info'),
          pCscf: first,
          serviceRoute: behind,
          securityVerify: fieldOf(written, 'Security-Verify'),
        };
        return same(withIms(request, texts), written) && same(withIms(request, read(written)), written);
      }),
      parameters,
    );
  });

  test('PM-10-IMS: throws nothing but EncodeError, whatever stands in place of a part, an element or its list', () => {
    const junk = fc.constantFrom<unknown>(
      null,
      7,
      '',
      'x',
      '\r\n',
      [],
      [7],
      [null],
      {},
      { uri: 'x' },
      { scheme: 'sip' },
    );
    const member = fc.constantFrom(undefined, 'uri', 'params', 'infos');
    fc.assert(
      fc.property(
        profile,
        fc.constantFrom(...Object.keys(ALL)),
        junk,
        fc.boolean(),
        member,
        (asked, part, value, whole, key) => {
          const given = asked[part as keyof typeof asked];
          const element = Array.isArray(given) ? given[0] : given;
          const broken = key === undefined || typeof element !== 'object' ? value : { ...element, [key]: value };
          const list = Array.isArray(given) && !whole ? [broken, ...given.slice(1)] : broken;
          try {
            return read(withIms(request, { ...asked, [part]: list })) !== undefined;
          } catch (error) {
            return error instanceof EncodeError && error.duty === 'PM-10-IMS';
          }
        },
      ),
      { numRuns: 1000, seed: 1 },
    );
  });

  test('reading never throws, whatever the fields hold', () => {
    const name = fc.constantFrom('Route', 'P-Preferred-Identity', 'P-Preferred-Service', 'P-Access-Network-Info');
    const value = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...Object.values(ALL)));
    fc.assert(
      fc.property(fc.array(fc.record({ name, value }), { maxLength: 4 }), (fields) => {
        const got = readIms({ ...request, fields });
        return got.ok || got.error.offset >= 0;
      }),
      parameters,
    );
  });
});
