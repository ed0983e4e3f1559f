import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EncodeError } from '../core/error.ts';
import { ok, unwrap } from '../core/result.ts';
import { MOST, quickest } from '../testing/quickest.ts';
import { get, set, textField } from './access.ts';
import { type Field, field, unfold } from './field.ts';
import { to } from './headers/name-addrs.ts';
import { contentLength } from './headers/numbers.ts';
import { subject } from './headers/text-fields.ts';
import { via } from './headers/via.ts';
import { type SipMessage, sipMessage } from './message.ts';

describe('unfold', () => {
  it.each([
    ['', ''],
    [' a ', 'a'],
    ['a b', 'a b'],
    ['a  b', 'a  b'],
    ['a\r\n b', 'a b'],
    ['a\n b', 'a b'],
    ['a \t\r\n \t b', 'a b'],
    ['a\r\n b\r\n\tc', 'a b c'],
    ['a\r\n \r\n \r\n b', 'a b'],
    ['\r\n a', 'a'],
    ['a\r\n ', 'a'],
    ['\r\n \r\n ', ''],
    ['a\r\r\n b', 'a\r b'],
    ['a\rb', 'a\rb'],
    ['a\nb', 'a\nb'],
    ['a\r\nb\r\n c', 'a\r\nb c'],
    ['a \r\n b', 'a b'],
    ['\u00a0a\r\n \ufeff', '\u00a0a \ufeff'],
    ['"a\r\n b"', '"a b"'],
  ])('%j becomes %j', (text, value) => {
    expect(unfold(text)).toBe(value);
  });

  it('leaves no fold, changes nothing else, and is done once', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', ' ', '\t', '\r\n ', '\n ', '\r\n\t', 'é') });
    fc.assert(
      fc.property(texts, (text) => {
        const value = unfold(text);
        expect(value).not.toContain('\n');
        expect(value.replace(/[ \t]/g, '')).toBe(text.replace(/[ \t\r\n]/g, ''));
        expect(unfold(value)).toBe(value);
      }),
    );
  });

  it('takes linear time', () => {
    for (const unit of ['\r\n z', '\r\n ', ' \r\n ', '\n', '\r', ' ', ' \t']) {
      const text = `a${unit.repeat(200_000)}b`;
      expect(quickest(() => unfold(text), MOST)).toBeLessThan(MOST);
    }
  });
});

describe('field', () => {
  const bob = unwrap(to.parse('"B\u00f6b" <sip:bob@[2001:db8::1]:5070;lr>;tag=1'));
  const hop = unwrap(via.parse('SIP/2.0/UDP a.example;received=2001:db8::1;x="y z", SIP/3.0/TCP 192.0.2.1;rport'));
  const request = (...fields: readonly Field[]): SipMessage => ({
    method: 'MESSAGE',
    uri: 'sip:b\u00f6b@x',
    fields,
    body: Uint8Array.of(0, 255),
  });
  const asText = (message: SipMessage): SipMessage => ({
    ...message,
    fields: message.fields.map(({ name, value }) => ({ name, value })),
  });

  it('encodes to what its text encodes to', () => {
    const message = request(
      field(via, hop),
      field(to, bob),
      field(subject, 'Gr\u00fc\u00dfe'),
      field(textField('X-Other'), 'a b'),
      field(textField('content-type'), 'text/plain'),
      field(contentLength, 2),
    );
    expect(sipMessage.encode(message)).toEqual(sipMessage.encode(asText(message)));
    expect(sipMessage.encodedLength(message)).toBe(sipMessage.encode(message).length);
    expect(get(message, to)).toEqual(ok(bob));
    expect(get(unwrap(sipMessage.decode(sipMessage.encode(message))), via)).toEqual(ok(hop));
    expect(JSON.parse(JSON.stringify(message.fields))).toEqual(asText(message).fields);
    expect(get(set(message, to, bob), to)).toEqual(ok(bob));
  });

  it('refuses on encoding what the codec refuses to write, and names the place', () => {
    const wrong = request(field(contentLength, 2), field(to, { ...bob, params: [{ name: 'a b' }] }));
    expect(() => sipMessage.encode(wrong)).toThrow(
      new EncodeError('a parameter name is a token', 'fields[1].params[0].name', 'RFC3261-20.39'),
    );
    expect(() => sipMessage.encodedLength(wrong)).toThrow('fields[1].params[0].name');
    expect(() => sipMessage.encode(request(field(textField('X Y'), 'a')))).toThrow('fields[0].name');
    expect(sipMessage.encode(request())).toEqual(sipMessage.encode(asText(request())));
  });
});
