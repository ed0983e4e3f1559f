import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EncodeError } from '../core/error.ts';
import { withDialog } from '../sip/dialog-headers.ts';
import { type SipRequest, sipMessage } from '../sip/message.ts';
import { same } from '../testing/laws.ts';
import { withIms } from './ims.ts';
import { composePagerMessage } from './pager-message.ts';
import { type ProfileInput, profile, type Transaction } from './profile.ts';

const input: ProfileInput = {
  from: '"Alice" <sip:alice@home1.example>',
  to: { user: 'sip:bob@home1.example' },
  release: 'IM-client/OMA1.0 acme/phone-1.2',
  via: 'SIP/2.0/TCP phone.home1.example:5060;rport',
};
const transaction: Transaction = { branch: 'z9hG4bK1', tag: 't1', callId: 'c1@h.example', cseq: 1 };
const token = fc.stringMatching(/^[A-Za-z0-9.!%*_+`'~-]{1,12}$/);

describe('profile', () => {
  const inputs: fc.Arbitrary<ProfileInput> = fc.record({
    from: fc.constantFrom('<sip:alice@h.example>', '"Ælfgar x" <sips:a@[::1]:5061>', '"Call-ID: x" <tel:+12015550123>'),
    to: fc.constantFrom(
      { user: 'sip:bob@h.example' },
      { group: 'sip:x@h.example;x=1' },
      { session: 'sip:c@h.example' },
    ),
    release: fc.constantFrom('IM-client/OMA1.0', 'IM-client/OMA2.1 acme/1 (x)'),
    anonymous: fc.boolean(),
    via: fc.constantFrom('SIP/2.0/UDP h.example', 'SIP/2.0/TLS [::1]:5061;alias;x="x"'),
    contentType: fc.constantFrom(undefined, 'image/png', 'text/plain'),
    fields: fc.constantFrom([], [{ name: 'X-Trace', value: 'x' }]),
  });
  const transactions = fc.record({
    branch: token,
    tag: token,
    callId: fc.constantFrom('x', 'a@b', '<x>{y}'),
    cseq: fc.nat(2 ** 31 - 1),
  });
  const contents = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.uint8Array({ maxLength: 2000 }),
    fc.constant('y'.repeat(1000)),
  );

  test('PM-0, PM-1, PM-2, PM-3, PM-4, PM-7a, PM-7b, PM-8: gives the octets that composing without it gives', () => {
    fc.assert(
      fc.property(inputs, transactions, contents, (some, { branch, tag, callId, cseq }, content) => {
        const { via, contentType, ...rest } = some;
        const body =
          contentType === undefined && typeof content === 'string'
            ? content
            : { contentType: contentType ?? 'text/plain;charset=UTF-8', content };
        const request = composePagerMessage({ ...rest, body });
        const from = `<sip:ignored@h.example>;tag=${tag}`;
        const whole = withDialog(request, { via: `${via};branch=${branch}`, from, callId, cseq });
        const prepared = profile(some);
        expect(prepared.encode({ branch, tag, callId, cseq }, content)).toEqual(sipMessage.encode(whole));
        expect(same(prepared.compose(content), request)).toBe(true);
        const target = new Uint8Array(8192);
        const length = prepared.encodeInto(target, 3, { branch, tag, callId, cseq }, content);
        expect(target.slice(3, 3 + length)).toEqual(sipMessage.encode(whole));
        expect(target[2]).toBe(0);
        expect(target[3 + length]).toBe(0);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  test('PM-10-IMS: adds to each request what the client profile asks for', () => {
    const prepare = (request: SipRequest): SipRequest =>
      withIms(request, {
        pCscf: 'sip:pcscf.h.example',
        preferredService: 'urn:urn-7:3gpp-service.ims.icsi.oma.cpm.msg',
      });
    const { via, ...rest } = input;
    const prepared = profile({ ...input, prepare });
    const request = prepare(composePagerMessage({ ...rest, body: 'x' }));
    expect(prepared.compose('x')).toEqual(request);
    const { branch, tag, callId, cseq } = transaction;
    const whole = withDialog(request, { via: `${via};branch=${branch}`, from: `<sip:a@b.c>;tag=${tag}`, callId, cseq });
    expect(prepared.encode(transaction, 'x')).toEqual(sipMessage.encode(whole));
  });

  test.each<[string, Partial<Transaction>, string | Uint8Array]>([
    ['branch', { branch: 'a;b' }, ''],
    ['branch', { branch: '' }, ''],
    ['tag', { tag: 'a\r\nX: y' }, ''],
    ['', { callId: 'a\r\nb' }, ''],
    ['', { callId: 'a b' }, ''],
    ['cseq', { cseq: -1 }, ''],
    ['cseq', { cseq: 2 ** 31 }, ''],
    ['content', {}, '\udc00'],
  ])('throws EncodeError at "%s" for %j', (path, changed, content) => {
    const prepared = profile(input);
    expect(() => prepared.encode({ ...transaction, ...changed }, content)).toThrow(EncodeError);
    expect(() => prepared.encode({ ...transaction, ...changed }, content)).toThrow(expect.objectContaining({ path }));
  });

  test('throws where there is no room, and writes nothing', () => {
    const target = new Uint8Array(100);
    expect(() => profile(input).encodeInto(target, 0, transaction, 'x')).toThrow(
      expect.objectContaining({ path: 'target' }),
    );
    expect(target.every((octet) => octet === 0)).toBe(true);
  });

  test('PM-4: throws for a list of receivers, whose body is more than the content', () => {
    const to = { list: ['sip:bob@home1.example'], factory: 'sip:f@home1.example' };
    expect(() => profile({ ...input, to } as never)).toThrow(
      expect.objectContaining({ path: 'to.list', duty: 'PM-4' }),
    );
  });

  test('PM-2: throws what composing throws when it is made', () => {
    expect(() => profile({ ...input, release: 'acme/1' })).toThrow(expect.objectContaining({ duty: 'PM-2' }));
    expect(() => profile({ ...input, via: 'UDP' })).toThrow(EncodeError);
    expect(() => profile({ ...input, prepare: (request) => ({ ...request, uri: 'x' }) })).toThrow(EncodeError);
    expect(() => profile(input).compose('\ud800')).toThrow(EncodeError);
    const twice = { name: 'Content-Length', value: '0' };
    expect(
      profile({ ...input, prepare: (request) => ({ ...request, fields: [...request.fields, twice] }) }),
    ).toBeDefined();
  });
});
