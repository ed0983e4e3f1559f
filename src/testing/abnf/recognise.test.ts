import { describe, expect, it } from 'vitest';
import { generateText, seeded } from './generate.ts';
import { grammar } from './grammar.ts';
import { recognise } from './recognise.ts';

const outcome = (document: string, rule: string, text: string | Uint8Array): string =>
  recognise(grammar(document), rule, text).outcome;

const VALID: readonly [document: string, rule: string, text: string][] = [
  ['RFC3261', 'SIP-URI', 'sip:alice@atlanta.com'],
  ['RFC3261', 'SIP-URI', 'sip:alice:secretword@atlanta.com;transport=tcp'],
  ['RFC3261', 'SIPS-URI', 'sips:alice@atlanta.com?subject=project%20x&priority=urgent'],
  ['RFC3261', 'SIP-URI', 'sip:+1-212-555-1212:1234@gateway.com;user=phone'],
  ['RFC3261', 'SIP-URI', 'sip:atlanta.com;method=REGISTER?to=alice%40atlanta.com'],
  ['RFC3261', 'SIP-URI', 'sip:alice;day=tuesday@atlanta.com'],
  ['RFC3261', 'SIP-URI', 'sip:user;par=u%40example.net@example.com'],
  ['RFC3261', 'SIP-URI', 'sip:[2001:db8::9:1]:5070'],
  // Each wants a way back: a label may end the name, an address may be a name, a user may look like a host and a port.
  ['RFC3261', 'hostname', 'a'],
  ['RFC3261', 'hostname', 'a.'],
  ['RFC3261', 'hostname', 'a-b'],
  ['RFC3261', 'hostname', '1.2.3.com'],
  ['RFC3261', 'hostname', 'biloxi.com'],
  ['RFC3261', 'hostname', 'x--9.y1-z.'],
  ['RFC3261', 'host', '1.2.3.4'],
  ['RFC3261', 'host', '1.2.3.a4'],
  ['RFC3261', 'SIP-URI', 'sip:a:1@b'],
  ['RFC3261', 'SIP-URI', 'sip:1.2.3.4:5@6.7.8.9:10'],
  ['RFC3261', 'display-name', 'Mr. Watson'],
  ['RFC3261', 'Via', 'Via: SIP/2.0/UDP pc33.atlanta.com;branch=z9hG4bK776asdhds'],
  ['RFC3261', 'Via', 'v: SIP / 2.0 / UDP first.example.com: 4000;ttl=16 ;maddr=224.2.0.1 ;branch=z9hG4bKa7c6a8dlze.1'],
  ['RFC3261', 'Via:value', 'SIP/2.0/TCP 192.0.2.1, SIP/2.0/UDP [::1]:5060;received=2001:db8::1'],
  ['RFC3261', 'From', 'From: "A. G. Bell" <sip:agb@bell-telephone.com> ;tag=a48s'],
  ['RFC3261', 'From', 'f: Anonymous <sip:c8oqz84zk7z@privacy.org>;tag=hyh8'],
  ['RFC3261', 'From:value', 'sip:+12125551212@server.phone2net.com;tag=887s'],
  ['RFC3261', 'From:value', 'caller<sip:caller@example.com>;tag=323'],
  [
    'RFC3261',
    'Contact',
    'Contact: "Mr. Watson" <sip:w@bell.com>;q=0.7; expires=3600, "Mr. Watson" <mailto:w@bell.com> ;q=0.1',
  ],
  ['RFC3261', 'Contact:value', '*'],
  ['RFC3261', 'Contact:value', '<tel:+1-201-555-0123>'],
  ['RFC3261', 'Accept', 'Accept: application/sdp;level=1, application/x-private, text/html'],
  ['RFC3261', 'Accept', 'Accept:'],
  ['RFC3261', 'CSeq', 'CSeq: 4711 INVITE'],
  ['RFC3261', 'Date', 'Date: Sat, 13 Nov 2010 23:29:00 GMT'],
  ['RFC3261', 'Warning', 'Warning: 370 devnull "Choose a bigger pipe"'],
  ['RFC3261', 'Call-ID', 'i:f81d4fae-7dec-11d0-a765-00a0c91e6bf6@biloxi.com'],
  ['RFC3261', 'quoted-string', '"\\\u0000 and \\" and J\u00fcrgen"'],
  ['RFC3261', 'User-Agent', 'User-Agent: Softphone/Beta1.5 (a (nested) comment)'],
  ['RFC3261', 'Request-Line', 'REGISTER sip:registrar.biloxi.com SIP/2.0\r\n'],
  ['RFC3261', 'Status-Line', 'SIP/2.0 200 OK\r\n'],
  ['RFC3261', 'SIP-message', 'MESSAGE sip:a@b SIP/2.0\r\nContent-Length: 2\r\nX-Any: \u00fc\r\n\r\nhi'],
  [
    'RFC3261',
    'Authorization',
    `Authorization: Digest username="Alice", realm="atlanta.com", nonce="84a4", response="${'7'.repeat(32)}"`,
  ],
  ['RFC3325', 'PAssertedID', 'P-Asserted-Identity: "Cullen Jennings" <sip:fluffy@cisco.com>, tel:+14085264000'],
  ['RFC3325', 'Privacy-hdr:value', 'id;critical'],
  ['RFC3326', 'Reason', 'Reason: SIP ;cause=200 ;text="Call completed elsewhere"'],
  ['RFC3329', 'security-client', 'Security-Client: ipsec-ike;q=0.1, tls;q=0.2'],
  ['RFC3428', 'Method', 'MESSAGE'],
  ['RFC3515', 'Refer-To', 'Refer-To: <sip:dave@denver.example.org?Replaces=12345%40192.168.118.3>'],
  ['RFC3608', 'Service-Route', 'Service-Route: <sip:P2.HOME.EXAMPLE.COM;lr>, <sip:HSP.HOME.EXAMPLE.COM;lr>'],
  [
    'RFC3840',
    'Contact',
    'Contact: <sip:u@h>;audio;video;mobility="fixed";+sip.message="TRUE";priority="#=7,#-4:+5.125";class="!personal"',
  ],
  [
    'RFC3841',
    'Accept-Contact',
    'Accept-Contact: *;methods="BYE";class="business";q=1.0, *;+g.oma.sip-im;require;explicit',
  ],
  ['RFC3841', 'Request-Disposition', 'd: proxy, recurse, parallel'],
  ['RFC3891', 'Replaces', 'Replaces: 98732@sip.example.com ;from-tag=r33th4x0r ;to-tag=ff87ff ;early-only'],
  ['RFC3892', 'Referred-By', 'Referred-By: <sip:r@ref.example>;cid="2UWQFN309shb3@ref.example"'],
  ['RFC3966', 'telephone-uri', 'tel:7042;phone-context=example.com'],
  ['RFC3966', 'telephone-uri', 'tel:+1-201-555-0123;isub=1411'],
  ['RFC3986', 'URI', 'ftp://ftp.is.co.za/rfc/rfc1808.txt'],
  ['RFC3986', 'URI', 'urn:oasis:names:specification:docbook:dtd:xml:4.1.2'],
  ['RFC4028', 'Session-Expires', 'x: 4000;refresher=uac'],
  ['RFC6050', 'PPreferredService', 'P-Preferred-Service: urn:urn-7:3gpp-service.exampletelephony.version1'],
  ['RFC6665', 'Subscription-State', 'Subscription-State: active;expires=600'],
  [
    'RFC7315',
    'P-Access-Network-Info',
    'P-Access-Network-Info: 3GPP-UTRAN-TDD; utran-cell-id-3gpp=234151D0FCE11;network-provided',
  ],
  ['RFC5322', 'date-time', 'Fri, 21 Nov 1997 09:55:06 -0600'],
  ['RFC3339', 'date-time', '1996-12-19T16:39:57.5-08:00'],
  ['RFC3862', 'NS-header', 'NS: MyFeatures <mid:MessageFeatures@id.foo.com>'],
  ['RFC3862', 'From-header', 'From: Winnie the Pooh <im:pooh@100akerwood.com>'],
  ['RFC3862', 'Subject-header:value', ';lang=fr Objet: \u00e0 lire'],
  ['RFC5438', 'Disposition-Notification', 'Disposition-Notification: positive-delivery, display;x=1'],
  [
    'RFC4975',
    'msrp-req-or-resp',
    'MSRP d93kswow 200 OK\r\nTo-Path: msrp://a.example.com:8888/9di4eae923wzd;tcp\r\nFrom-Path: msrp://b.example.com:7654/iau39soe2843z;tcp\r\n-------d93kswow$\r\n',
  ],
  ['RFC4975', 'accept-types', 'accept-types:message/cpim text/plain text/* *'],
  [
    'RFC4566',
    'session-description',
    'v=0\r\no=jdoe 2890844526 2890842807 IN IP4 10.47.16.5\r\ns=SDP Seminar\r\nc=IN IP4 224.2.17.12/127\r\nt=2873397496 2873404696\r\na=recvonly\r\nm=audio 49170 RTP/AVP 0\r\n',
  ],
  [
    'RFC5547',
    'file-selector-attr',
    'file-selector:name:"My cool picture.jpg" type:image/jpeg size:4092 hash:sha-1:72:24:5F',
  ],
  ['RFC4572', 'attribute', 'fingerprint:SHA-1 4A:AD:B9:B1:3F'],
  ['RFC2392', 'cid-url', 'cid:foo4%25foo1@bar.net'],
  ['RFC2046', 'boundary', 'gc0pJq0M:08jU534c0p'],
  ['RFC2017', 'URL-parameter', '"http://www.foo.com/file"'],
  ['OMA-IM', 'SIP-URI', 'sip:conf-factory@home.example;sessiontype=adhoc'],
  ['OMA-IM', 'IM-user-agent:value', 'IM-client/OMA1.0 Acme-Talk5000/v1.01'],
  ['OMA-IM', 'attribute', 'filesize:4092'],
];

const INVALID: readonly [document: string, rule: string, text: string][] = [
  ['RFC3261', 'SIP-URI', 'sip:'],
  ['RFC3261', 'SIP-URI', 'sip:alice@'],
  ['RFC3261', 'SIP-URI', 'sip:a b@c'],
  ['RFC3261', 'SIP-URI', 'sip:a@b;;lr'],
  ['RFC3261', 'SIP-URI', 'sip:a@b:'],
  ['RFC3261', 'SIP-URI', 'sip:%4@b'],
  ['RFC3261', 'SIP-URI', '\u017fip:a@b'],
  ['RFC3261', 'hostname', '1.2.3'],
  ['RFC3261', 'hostname', '-a.com'],
  ['RFC3261', 'hostname', 'a-.com'],
  ['RFC3261', 'hostname', 'a..b'],
  ['RFC3261', 'hostname', 'a_b.com'],
  ['RFC3261', 'host', '1234.2.3.4'],
  ['RFC3261', 'host', '[1:2:3:4:5:6:7:8:9]'],
  ['RFC3261', 'host', '[::1%25eth0]'],
  ['RFC3261', 'host', '[::1'],
  ['RFC3261', 'addr-spec', 'sip:a@b;;'],
  ['RFC3261', 'addr-spec', 'sips:'],
  ['RFC3261', 'addr-spec', 'tel:'],
  ['RFC3261', 'Via', 'Via: SIP/2.0 UDP pc33'],
  ['RFC3261', 'From', 'From: "Bob <sip:a@b>'],
  ['RFC3261', 'From', 'From: <sip:a@b'],
  ['RFC3261', 'From:value', 'sip:a@b?x=y'],
  ['RFC3261', 'From:value', 'sip:a,b@c'],
  ['RFC3261', 'Contact', 'Contact: *, *'],
  ['RFC3261', 'Contact:value', '<sip:a@b>;q=1.5'.replace('q=1.5', '=1')],
  ['RFC3261', 'qvalue', '1.001'],
  ['RFC3261', 'CSeq', 'CSeq: 1'],
  ['RFC3261', 'quoted-string', '"a\\"'],
  ['RFC3261', 'quoted-string', '"a\r\n b"'],
  ['RFC3261', 'quoted-string', '"\u0000"'],
  ['RFC3261', 'comment', '(a(b)'],
  ['RFC3261', 'Method', 'INV ITE'],
  ['RFC3323', 'Privacy-hdr:value', 'id;;none'],
  ['RFC3608', 'Service-Route', 'Service-Route: sip:a@b'],
  ['RFC3840', 'feature-param', '+sip.a="<a>,b"'],
  ['RFC3841', 'ac-value', '*;;a'],
  ['RFC3841', 'ac-value', '*;k=]'],
  ['RFC3966', 'telephone-uri', 'tel:7042'],
  ['RFC4028', 'Session-Expires:value', 'soon'],
  ['RFC3339', 'date-time', '1996-12-19T16:39:57'],
  ['RFC3862', 'From-header', 'from: <im:a@b>'],
  ['RFC3862', 'DateTime-header', 'DateTime:  2000-12-13T13:40:00-08:00'],
  ['RFC4975', 'transact-id', 'abc'],
  ['RFC4975', 'transact-id', 'a'.repeat(33)],
  ['RFC5547', 'hash-value', '7a'],
  ['RFC2046', 'boundary', 'x'.repeat(71)],
  ['RFC2046', 'boundary', 'ends with a blank '],
  ['OMA-IM', 'IM-user-agent:value', 'Acme-Talk5000/v1.01'],
];

describe('recognise', () => {
  it.each(VALID)('%s %s takes %j', (document, rule, text) => {
    expect(outcome(document, rule, text)).toBe('match');
  });

  it.each(INVALID)('%s %s refuses %j', (document, rule, text) => {
    expect(outcome(document, rule, text)).toBe('no-match');
  });

  it('compares text without case and octets with it', () => {
    expect(outcome('RFC3261', 'SIP-URI', 'SiP:a@b')).toBe('match');
    expect(outcome('RFC3261', 'INVITEm', 'invite')).toBe('no-match');
    expect(outcome('RFC3261', 'LHEX', 'A')).toBe('no-match');
  });

  it('says how far some derivation came', () => {
    const at = (rule: string, text: string): number => recognise(grammar('RFC3261'), rule, text).furthest;
    expect(at('SIP-URI', 'sip:a@b c')).toBe(7);
    expect(at('Via', 'Via: SIP/2.0/UDP host;ttl=\u00fc')).toBe(26);
    expect(at('CSeq', 'CSeq: 1')).toBe(7);
    expect(at('SIP-URI', '')).toBe(0);
    expect(at('SIP-URI', 'siq:')).toBe(2);
  });

  it('takes octets and text alike, and no text that has no UTF-8', () => {
    const octets = new TextEncoder().encode('"J\u00fcrgen"');
    expect(outcome('RFC3261', 'quoted-string', octets)).toBe('match');
    expect(outcome('RFC3261', 'quoted-string', Uint8Array.of(0x22, 0xc0, 0x80, 0x22))).toBe('no-match');
    expect(outcome('RFC3261', 'quoted-string', Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22))).toBe('no-match');
    expect(recognise(grammar('RFC3261'), 'quoted-string', '"\u00fc\ud800"')).toEqual({
      outcome: 'no-match',
      furthest: 3,
    });
    expect(outcome('RFC3261', 'quoted-string', '"\ud83d\ude00"')).toBe('match');
  });

  it('gives up without a verdict where the work or the depth is too much', () => {
    const via = 'Via: SIP/2.0/UDP pc33.atlanta.com;branch=z9hG4bK776asdhds';
    expect(recognise(grammar('RFC3261'), 'Via', via, { workLimit: 50 }).outcome).toBe('work-limit');
    expect(outcome('RFC3261', 'comment', '('.repeat(100) + ')'.repeat(100))).toBe('match');
    expect(outcome('RFC3261', 'comment', '('.repeat(100_000))).toBe('work-limit');
    expect(outcome('RFC3261', 'comment', `(${'()'.repeat(20_000)}`)).not.toBe('match');
  });

  it('takes little work for a header', () => {
    for (const [document, rule, text] of VALID.filter(([, , text]) => text.length < 150)) {
      expect(recognise(grammar(document), rule, text, { workLimit: 25_000 }).outcome, `${rule} ${text}`).toBe('match');
    }
  });

  it('takes work in proportion to the length of a long value', () => {
    for (const unit of ['a', 'a ', '\\a', '\u00fc']) {
      expect(
        recognise(grammar('RFC3261'), 'quoted-string', `"${unit.repeat(4000)}"`, { workLimit: 400_000 }).outcome,
      ).toBe('match');
    }
  });

  it('agrees with itself on what is generated and cut off', () => {
    const choose = seeded(7);
    const g = grammar('RFC3261');
    for (let i = 0; i < 200; i++) {
      const text = generateText(g, 'Contact:value', choose);
      const { outcome: whole, furthest } = recognise(g, 'Contact:value', text);
      expect(whole).toBe('match');
      expect(furthest).toBe(new TextEncoder().encode(text).length);
    }
  });
});
