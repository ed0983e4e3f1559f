import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../core/result.ts';
import * as arbitrary from '../testing/arbitraries.ts';
import { sipUri } from './uri.ts';
import { sameUri } from './uri-equality.ts';

const same = (a: string, b: string) => sameUri(unwrap(sipUri.parse(a)), unwrap(sipUri.parse(b)));

/** The sets of RFC 3261 19.1.4, RFC 3966 4, and cases beside them. */
const EQUIVALENT: readonly (readonly [string, string])[] = [
  ['sip:%61lice@atlanta.com;transport=TCP', 'sip:alice@AtLanTa.CoM;Transport=tcp'],
  ['sip:carol@chicago.com', 'sip:carol@chicago.com;newparam=5'],
  ['sip:carol@chicago.com', 'sip:carol@chicago.com;security=on'],
  ['sip:carol@chicago.com;newparam=5', 'sip:carol@chicago.com;security=on'],
  [
    'sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com',
    'sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com',
  ],
  [
    'sip:alice@atlanta.com?subject=project%20x&priority=urgent',
    'sip:alice@atlanta.com?priority=urgent&subject=project%20x',
  ],
  ['SIP:a@b', 'sip:a@B'],
  ['sip:a%3ab@c', 'sip:a%3Ab@c'],
  ['sip:a:%70w@c', 'sip:a:pw@c'],
  ['sip:c;p=%41', 'sip:c;p=a'],
  ['sip:c;tr%61nsport=tcp', 'sip:c;transport=TCP'],
  ['sip:c?Subject=a', 'sip:c?%73ubject=a'],
  ['sip:c;lr', 'sip:c;LR'],
  ['tel:+1-201-555-0123', 'tel:+12015550123'],
  ['tel:+1(201)555.0123', 'TEL:+12015550123'],
  ['tel:7042;phone-context=example.com', 'tel:70-42;Phone-Context=EXAMPLE.com'],
  ['tel:863-1234;phone-context=+1-914-555', 'tel:8631234;phone-context=+1914555'],
  ['tel:+1;ext=1-2;a=b', 'tel:+1;A=B;ext=12'],
  ['tel:+1;x', 'tel:+1;X'],
  ['tel:1a#*;phone-context=a', 'tel:1A#*;phone-context=a'],
  ['http://a/B', 'HTTP://a/B'],
  ['urn:x:y', 'urn:x:y'],
];

const DIFFERENT: readonly (readonly [string, string])[] = [
  ['SIP:ALICE@AtLanTa.CoM;Transport=udp', 'sip:alice@AtLanTa.CoM;Transport=UDP'],
  ['sip:bob@biloxi.com', 'sip:bob@biloxi.com:5060'],
  ['sip:bob@biloxi.com', 'sip:bob@biloxi.com;transport=udp'],
  ['sip:bob@biloxi.com', 'sip:bob@biloxi.com:6000;transport=tcp'],
  ['sip:carol@chicago.com', 'sip:carol@chicago.com?Subject=next%20meeting'],
  ['sip:bob@phone21.boxesbybob.com', 'sip:bob@192.0.2.4'],
  ['sip:carol@chicago.com;security=on', 'sip:carol@chicago.com;security=off'],
  ['sip:a@b', 'sips:a@b'],
  ['sip:a@b', 'sip:b'],
  ['sip:a:@b', 'sip:a@b'],
  ['sip:a:x@b', 'sip:a:X@b'],
  ['sip:a%2Fb@c', 'sip:a/b@c'],
  ['sip:c;user=phone', 'sip:c'],
  ['sip:c;ttl=1', 'sip:c'],
  ['sip:c;method=INVITE', 'sip:c'],
  ['sip:c;maddr=1.2.3.4', 'sip:c'],
  ['sip:c;%6daddr=1.2.3.4', 'sip:c'],
  ['sip:c;lr', 'sip:c;lr=1'],
  ['tel:+1;x=+1-2', 'tel:+1;x=+12'],
  ['tel:7042;phone-context=a-b.c', 'tel:7042;phone-context=ab.c'],
  ['sip:c;p=a', 'sip:c;p=b'],
  ['sip:c?a=1&b=2', 'sip:c?a=1'],
  ['sip:c?a=1&a=1', 'sip:c?a=1&a=2'],
  ['sip:c?a=x', 'sip:c?b=x'],
  ['sip:c;sessiontype=adhoc', 'sip:c;sessiontype=pre-defined'],
  ['sip:\u006b@c', 'sip:K@c'],
  ['tel:+1', 'tel:1;phone-context=a'],
  ['tel:+12', 'tel:+13'],
  ['tel:+1;ext=1', 'tel:+1'],
  ['tel:+1;ext=1', 'tel:+1;isub=1'],
  ['tel:+1;x=1', 'tel:+1;x'],
  ['tel:+1;x=1', 'tel:+1;x=2'],
  ['tel:7042;phone-context=a', 'tel:7042;phone-context=b'],
  ['tel:7042;phone-context=a', 'tel:7042;phone-context=+1'],
  ['tel:+1', 'sip:+1@a;user=phone'],
  ['sip:a', 'http://a'],
  ['http://a/b', 'http://a/B'],
  ['tel:+1', 'urn:x'],
  ['im:a@b', 'pres:a@b'],
];

describe('sameUri', () => {
  it.each(EQUIVALENT)('%s and %s are equivalent', (a, b) => {
    expect([same(a, b), same(b, a)]).toEqual([true, true]);
  });

  it.each(DIFFERENT)('%s and %s differ', (a, b) => {
    expect([same(a, b), same(b, a)]).toEqual([false, false]);
  });

  it('is reflexive and symmetric, and the canonical form is equivalent', () => {
    fc.assert(
      fc.property(arbitrary.uri, arbitrary.uri, (a, b) => {
        expect(sameUri(a, a)).toBe(true);
        expect(sameUri(a, unwrap(sipUri.parse(sipUri.format(a))))).toBe(true);
        expect(sameUri(a, b)).toBe(sameUri(b, a));
      }),
    );
  });
});
