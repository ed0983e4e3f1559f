import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withDialog } from '../sip/dialog-headers.ts';
import { type SipRequest, sipMessage } from '../sip/message.ts';
import { chooseMode, type ModeOptions, modeChooser } from './mode.ts';
import { composePagerMessage } from './pager-message.ts';

const from = '<sip:alice@h.example>';
const composed = (body: string): SipRequest =>
  composePagerMessage({ from, to: { user: 'sip:bob@h.example' }, release: 'IM-client/OMA1.0', body });
const whole = (body: string): SipRequest =>
  withDialog(composed(body), {
    via: 'SIP/2.0/TCP h.example;branch=z9hG4bK1',
    from: `${from};tag=1`,
    callId: 'c',
    cseq: 1,
  });

/** A request of exactly so many octets. */
function requestOf(octets: number): SipRequest {
  for (let length = octets - sipMessage.encodedLength(whole('')); length > 0; length--) {
    const request = whole('x'.repeat(length));
    if (sipMessage.encodedLength(request) === octets) return request;
  }
  throw new Error(`no request of ${octets} octets`);
}

describe('SEL: the mode by the size of the whole request', () => {
  test.each<[string, number, ModeOptions, string]>([
    ['SEL-1', 1299, {}, 'pager'],
    ['SEL-1', 1299, { connectionOriented: true }, 'pager'],
    ['SEL-3', 1300, {}, 'large'],
    ['SEL-3', 1300, { connectionOriented: true }, 'large'],
    ['SEL-3', 1301, {}, 'large'],
    ['SEL-2', 1301, { connectionOriented: true }, 'pager'],
    ['SEL-1', 1300, { profile: 'rfc3428' }, 'pager'],
    ['SEL-3', 1301, { profile: 'rfc3428' }, 'large'],
    ['SEL-2', 1301, { profile: 'rfc3428', connectionOriented: true }, 'pager'],
    ['SEL-1', 1199, { reserve: 100 }, 'pager'],
    ['SEL-3', 1200, { reserve: 100 }, 'large'],
    ['SEL-2', 1201, { reserve: 100, connectionOriented: true }, 'pager'],
  ])('%s: %i octets, %j: %s', (duty, octets, options, mode) => {
    expect(chooseMode(requestOf(octets), options)).toEqual({ mode, octets, exact: true, duty });
  });

  test('LM-0: a message above the limit is for a large message session', () => {
    expect(chooseMode(whole('x'.repeat(1300))).mode).toBe('large');
  });

  test('LM-0: a message below the limit is not for a large message session', () => {
    expect(chooseMode(whole('x')).mode).toBe('pager');
  });

  test('SEL-1: without dialog headers the size is a lower bound and says so', () => {
    expect(chooseMode(composed('x'))).toMatchObject({ exact: false });
    expect(chooseMode({ ...whole('x'), fields: [] })).toMatchObject({ exact: false });
  });

  test('SEL-1: octets are counted, not characters', () => {
    expect(chooseMode(whole('€'.repeat(10))).octets - chooseMode(whole('€'.repeat(11))).octets).toBe(-3);
  });
});

test('modeChooser decides as chooseMode does, for text and octets, whatever the Content-Length before', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.nat(1100), (text, n) => {
      const body = text + 'x'.repeat(n);
      const request = whole(body);
      for (const first of ['', 'x'.repeat(500)]) {
        const chooser = modeChooser(whole(first), { reserve: 7 });
        expect(chooser(body)).toEqual(chooseMode(request, { reserve: 7 }));
        expect(chooser(request.body)).toEqual(chooseMode(request, { reserve: 7 }));
      }
    }),
    { seed: 1 },
  );
  const bare = { method: 'MESSAGE', uri: 'sip:h', fields: [], body: new Uint8Array(0) };
  expect(modeChooser(bare)('abc').octets).toBe(sipMessage.encodedLength(bare) + 3);
});
