import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EncodeError } from '../core/error.ts';
import { unwrap } from '../core/result.ts';
import { get } from './access.ts';
import { requireField, supported } from './headers/token-lists.ts';
import { type SipMessage, type SipRequest, type SipResponse, sipMessage } from './message.ts';
import {
  answerSessionTimer,
  expiry,
  largerMinimum,
  nextRefresh,
  offerSessionTimer,
  readSessionTimer,
  refreshMethod,
  refreshSessionTimer,
  retryAfter422,
  type SessionTimer,
  type SessionTimerHeaders,
  type SessionTimerPolicy,
  sessionTimerFrom2xx,
  withSessionTimer,
} from './session-timer.ts';

const request = (method: string, ...fields: SipRequest['fields']): SipRequest => ({
  method,
  uri: 'sip:bob@example.com',
  fields,
  body: new Uint8Array(0),
});
const response = (status: number): SipResponse => ({ status, reason: '', fields: [], body: new Uint8Array(0) });
const headers = (part: Partial<SessionTimerHeaders> = {}): SessionTimerHeaders => ({
  supported: true,
  required: false,
  ...part,
});
const fixture = (name: string): SipMessage =>
  unwrap(
    sipMessage.decode(new Uint8Array(readFileSync(new URL(`../../fixtures/messages/${name}.sip`, import.meta.url)))),
  );
const refusal = (run: () => unknown): EncodeError => {
  try {
    run();
  } catch (error) {
    if (error instanceof EncodeError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe('what the client of a new session offers', () => {
  it('LM-G6, LM-G7: timer is supported, and this end refreshes', () => {
    const invite = withSessionTimer(request('INVITE'), offerSessionTimer());
    expect(invite.fields).toEqual([
      { name: 'Supported', value: 'timer' },
      { name: 'Session-Expires', value: '1800;refresher=uac' },
    ]);
  });

  it('a minimum of its own goes into Min-SE', () => {
    expect(offerSessionTimer({ interval: 300, minimum: 300 })).toEqual(
      headers({ interval: 300, refresher: 'uac', minimum: 300 }),
    );
  });

  it.each([
    [{ interval: 89 }, 'interval', 'RFC4028-7.1'],
    [{ interval: 300, minimum: 301 }, 'interval', 'RFC4028-7.1'],
    [{ interval: 90.5 }, 'interval', 'RFC4028-7.1'],
    [{ interval: 2 ** 32 }, 'interval', 'RFC4028-7.1'],
    [{ minimum: 89 }, 'minimum', 'RFC4028-5'],
    [{ minimum: Number.NaN }, 'minimum', 'RFC4028-5'],
  ])('LM-G6, LM-G7: throws on %j', (wish, path, clause) => {
    expect(refusal(() => offerSessionTimer(wish))).toMatchObject({ path, clause });
  });
});

describe('the headers of a message', () => {
  it('other option tags stay', () => {
    const invite = request('INVITE', { name: 'k', value: '100rel' }, { name: 'Require', value: 'Timer, precondition' });
    const changed = withSessionTimer(invite, headers());
    expect(get(changed, supported)).toMatchObject({ value: ['100rel', 'timer'] });
    expect(get(changed, requireField)).toMatchObject({ value: ['precondition'] });
    expect(withSessionTimer(changed, headers({ supported: false })).fields).toEqual([
      { name: 'Supported', value: '100rel' },
      { name: 'Require', value: 'precondition' },
    ]);
  });

  it('a message without them reads as one that says nothing', () => {
    expect(unwrap(readSessionTimer(request('INVITE')))).toEqual({ supported: false, required: false });
  });

  it('a list of option tags that is broken has none, a broken interval is refused', () => {
    const broken = request('INVITE', { name: 'Supported', value: 'timer,,' }, { name: 'x', value: '90' });
    expect(unwrap(readSessionTimer(broken))).toMatchObject({ supported: false, interval: 90 });
    expect(() => withSessionTimer(broken, headers())).toThrow(EncodeError);
    for (const [name, value] of [
      ['Session-Expires', 'soon'],
      ['Session-Expires', '90;refresher=uac;refresher=uas'],
      ['Min-SE', '-1'],
    ] as const) {
      expect(readSessionTimer(request('INVITE', { name, value })).ok).toBe(false);
    }
  });

  const seconds = fc.integer({ min: 90, max: 0xffff_ffff });
  const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
  const inRequest = fc
    .record({
      supported: fc.boolean(),
      required: fc.boolean(),
      interval: optional(seconds),
      refresher: optional(fc.constantFrom('uac' as const, 'uas' as const)),
      minimum: optional(seconds),
    })
    .map((one) => ({
      ...one,
      refresher: one.interval === undefined ? undefined : one.refresher,
      minimum:
        one.interval !== undefined && one.minimum !== undefined ? Math.min(one.interval, one.minimum) : one.minimum,
    }));

  it('what is written reads as it was', () => {
    fc.assert(
      fc.property(inRequest, fc.constantFrom('INVITE', 'UPDATE'), (value, method) => {
        const message = withSessionTimer(request(method, { name: 'Supported', value: 'path' }), value);
        const received = unwrap(sipMessage.decode(sipMessage.encode(message)));
        expect(unwrap(readSessionTimer(received))).toEqual(value);
        expect(withSessionTimer(message, value)).toEqual(message);
      }),
    );
  });

  it.each<[string, SipMessage, SessionTimerHeaders, string, string]>([
    ['Session-Expires in BYE', request('BYE'), headers({ interval: 90 }), 'interval', 'RFC4028-4'],
    ['Session-Expires in 180', response(180), headers({ interval: 90 }), 'interval', 'RFC4028-4'],
    ['Session-Expires in 302', response(302), headers({ interval: 90 }), 'interval', 'RFC4028-4'],
    ['an interval below 90', request('UPDATE'), headers({ interval: 89 }), 'interval', 'RFC4028-7.1'],
    ['an interval below Min-SE', request('INVITE'), headers({ interval: 90, minimum: 91 }), 'interval', 'RFC4028-7.1'],
    ['Min-SE in BYE', request('BYE'), headers({ minimum: 90 }), 'minimum', 'RFC4028-5'],
    ['Min-SE in 200', response(200), headers({ minimum: 90 }), 'minimum', 'RFC4028-5'],
    ['Min-SE below 90', response(422), headers({ minimum: 89 }), 'minimum', 'RFC4028-5'],
    ['422 without Min-SE', response(422), headers(), 'minimum', 'RFC4028-6'],
    ['a refresher alone', request('INVITE'), headers({ refresher: 'uac' }), 'refresher', 'RFC4028-4'],
    ['a 2xx without refresher', response(200), headers({ interval: 90 }), 'refresher', 'RFC4028-9'],
    ['a 2xx that hides it', response(200), headers({ interval: 90, refresher: 'uac' }), 'required', 'RFC4028-9'],
  ])('throws on %s', (_, message, value, path, clause) => {
    expect(refusal(() => withSessionTimer(message, value))).toMatchObject({ path, clause });
  });
});

describe('RFC 4028 9, table 2: what the server answers', () => {
  it.each([
    // UAC supports, refresher asked for, policy -> refresher, Require
    [false, undefined, 'uac', 'uas', false],
    [false, 'uac', undefined, 'uas', false],
    [false, 'uas', undefined, 'uas', false],
    [true, undefined, undefined, 'uac', true],
    [true, undefined, 'uac', 'uac', true],
    [true, undefined, 'uas', 'uas', true],
    [true, 'uac', 'uas', 'uac', true],
    [true, 'uas', 'uac', 'uas', true],
  ] as const)('client supports %s, refresher %s, own choice %s: %s', (supports, asked, own, refresher, required) => {
    const invite = headers({ supported: supports, interval: 1800, refresher: asked });
    const answer = answerSessionTimer(invite, { refresher: own });
    expect(answer).toEqual({
      accepted: true,
      headers: headers({ required, interval: 1800, refresher }),
      timer: { interval: 1800, refresher: refresher === 'uas' ? 'local' : 'remote' },
    });
    if (answer.accepted) withSessionTimer(response(200), answer.headers);
  });

  it.each<[boolean, number | undefined, number | undefined, SessionTimerPolicy, number | undefined]>([
    // supports, Session-Expires, Min-SE, policy -> interval or 422
    [true, 1800, undefined, {}, 1800],
    [true, 1800, undefined, { interval: 3600 }, 1800], // never increased
    [true, 1800, undefined, { interval: 600 }, 600],
    [true, 1800, 900, { interval: 600 }, 900], // not below Min-SE
    [true, 1800, 1800, { interval: 600 }, 1800],
    [true, 1800, 2400, { interval: 600 }, 1800], // Min-SE above the interval: still never increased
    [true, 1800, 60, { interval: 90 }, 90], // not below 90, whatever Min-SE says
    [true, 599, undefined, { minimum: 600 }, 422],
    [true, 600, undefined, { minimum: 600 }, 600],
    [true, 50, undefined, {}, 422],
    [true, 0, undefined, {}, 422],
    [false, 120, undefined, { minimum: 600 }, 120], // a refusal would be of no use
    [false, 120, undefined, { minimum: 100, interval: 100 }, 100],
    [false, 50, undefined, {}, undefined],
    [true, undefined, undefined, {}, undefined],
    [true, undefined, undefined, { interval: 1800 }, 1800],
    [true, undefined, 3600, { interval: 1800 }, 3600],
    [false, undefined, undefined, { interval: 1800 }, undefined],
  ])('client supports %s, interval %s, Min-SE %s, policy %j: %s', (supports, interval, minimum, policy, expected) => {
    const answer = answerSessionTimer(headers({ supported: supports, interval, minimum }), policy);
    if (expected === 422) {
      expect(answer.accepted).toBe(false);
      expect(answer.headers.minimum).toBe(policy.minimum ?? 90);
      expect(withSessionTimer(response(422), answer.headers).fields).toHaveLength(1);
    } else {
      expect(answer).toMatchObject({ accepted: true, timer: expected && { interval: expected } });
      expect(answer.headers.interval).toBe(expected);
    }
  });

  it.each([
    [{ minimum: 60 }, 'minimum'],
    [{ interval: 60 }, 'interval'],
    [{ minimum: 600, interval: 300 }, 'interval'],
  ])('throws on the policy %j', (policy, path) => {
    expect(refusal(() => answerSessionTimer(headers(), policy))).toMatchObject({ path, clause: 'RFC4028-9' });
  });

  it('every answer can be sent, and both ends run the same timer with one refresher', () => {
    const some = fc.option(fc.integer({ min: 0, max: 4000 }), { nil: undefined });
    const asked = fc.record({
      supported: fc.constant(true),
      required: fc.boolean(),
      interval: some,
      refresher: fc.option(fc.constantFrom('uac' as const, 'uas' as const), { nil: undefined }),
      minimum: some,
    });
    const policies = fc
      .tuple(fc.integer({ min: 90, max: 2000 }), fc.integer({ min: 0, max: 2000 }))
      .map(([minimum, more]) => ({ minimum, interval: minimum + more }));
    fc.assert(
      fc.property(asked, policies, (one, policy) => {
        const answer = answerSessionTimer(one, policy);
        const sent = withSessionTimer(response(answer.accepted ? 200 : 422), answer.headers);
        const received = unwrap(readSessionTimer(sent));
        if (!answer.accepted) {
          const again = retryAfter422(one, received);
          expect(again?.interval).toBeGreaterThanOrEqual(policy.minimum);
          expect(answerSessionTimer(again as SessionTimerHeaders, policy).accepted).toBe(true);
          return;
        }
        const client = sessionTimerFrom2xx(one, received);
        expect(client?.interval).toBe(answer.timer?.interval);
        if (client !== undefined)
          expect([client.refresher, answer.timer?.refresher].sort()).toEqual(['local', 'remote']);
      }),
    );
  });
});

describe('what the client starts with a 2xx', () => {
  const asked = headers({ interval: 1800, refresher: 'uac' });

  it.each<[Partial<SessionTimerHeaders>, SessionTimer]>([
    [
      { required: true, interval: 1800, refresher: 'uac' },
      { interval: 1800, refresher: 'local' },
    ],
    [
      { required: true, interval: 900, refresher: 'uas' },
      { interval: 900, refresher: 'remote' },
    ],
    [
      { interval: 900, refresher: 'uas' },
      { interval: 900, refresher: 'remote' },
    ], // without Require too
    [{ interval: 900 }, { interval: 900, refresher: 'local' }],
    [
      { interval: 10, refresher: 'uac' },
      { interval: 90, refresher: 'local' },
    ],
  ])('LM-R3: %j', (received, timer) => {
    expect(sessionTimerFrom2xx(asked, headers(received))).toEqual(timer);
  });

  it('LM-R3: one that was not asked for starts too', () => {
    const unasked = headers();
    expect(sessionTimerFrom2xx(unasked, headers({ interval: 600, refresher: 'uas' }))?.refresher).toBe('remote');
    expect(sessionTimerFrom2xx(unasked, headers({ interval: 600 }))?.refresher).toBe('local');
    expect(sessionTimerFrom2xx(headers({ refresher: 'uas' }), headers({ interval: 600 }))?.refresher).toBe('remote');
  });

  it('LM-R3: is not started by a 2xx that carries none, unless the client keeps its own', () => {
    const none = headers({ supported: false });
    expect(sessionTimerFrom2xx(asked, none)).toBeUndefined();
    expect(sessionTimerFrom2xx(asked, none, { keep: true })).toEqual({ interval: 1800, refresher: 'local' });
    expect(sessionTimerFrom2xx(headers(), none, { keep: true })).toBeUndefined();
  });
});

describe('a 422', () => {
  const asked = headers({ interval: 1800, refresher: 'uac' });

  it('the request goes once more with what it asks for', () => {
    expect(retryAfter422(asked, headers({ minimum: 3600 }))).toEqual({ ...asked, interval: 3600, minimum: 3600 });
    const again = headers({ interval: 3600, minimum: 3600 });
    expect(retryAfter422(again, headers({ minimum: 4000 }))).toMatchObject({ interval: 4000, minimum: 4000 });
  });

  it.each([undefined, 0, 60, 1800])('does not go again after Min-SE %s, which it offers already', (minimum) => {
    expect(retryAfter422(asked, headers({ minimum }))).toBeUndefined();
  });

  it('does not go again where no interval was asked for', () => {
    expect(retryAfter422(headers(), headers({ minimum: 3600 }))).toBeUndefined();
  });

  it('the largest minimum of several counts', () => {
    expect([largerMinimum(undefined, 90), largerMinimum(120, undefined), largerMinimum(120, 90)]).toEqual([
      90, 120, 120,
    ]);
    expect(largerMinimum(undefined, undefined)).toBeUndefined();
  });
});

describe('refreshes', () => {
  const timer = (interval: number, refresher: 'local' | 'remote'): SessionTimer => ({ interval, refresher });

  it('the refresher stays, the interval grows to the minimum', () => {
    expect(refreshSessionTimer(timer(1800, 'local'))).toEqual(headers({ interval: 1800, refresher: 'uac' }));
    expect(refreshSessionTimer(timer(1800, 'remote'), 2000)).toEqual(
      headers({ interval: 2000, refresher: 'uas', minimum: 2000 }),
    );
    expect(refusal(() => refreshSessionTimer(timer(1800, 'local'), 10))).toMatchObject({ path: 'minimum' });
  });

  it('UPDATE where the peer has it', () => {
    expect([['INVITE', 'UPDATE'], ['update'], [], undefined].map(refreshMethod)).toEqual([
      ...['UPDATE', 'INVITE', 'INVITE', 'INVITE'],
    ]);
  });

  it.each([
    [90, 1_045_000, 1_060_000], // a third of the interval
    [95, 1_047_500, 1_063_333],
    [96, 1_048_000, 1_064_000], // both are 32
    [1800, 1_900_000, 2_768_000],
  ])('an interval of %i s from 1000 s on: refresh at %i ms, BYE at %i ms', (interval, refresh, end) => {
    expect(nextRefresh(timer(interval, 'local'), 1_000_000)).toBe(refresh);
    expect(nextRefresh(timer(interval, 'remote'), 1_000_000)).toBeUndefined();
    expect(Math.floor(expiry(timer(interval, 'remote'), 1_000_000))).toBe(end);
  });
});

describe('RFC 4028 13', () => {
  const read = (name: string): SessionTimerHeaders => unwrap(readSessionTimer(fixture(`rfc4028-12-${name}`)));

  it('LM-R3: the flow of its example', () => {
    const first = read('m1-invite');
    const second = retryAfter422({ ...first, interval: 50 }, read('m2-422'));
    expect(second).toEqual(headers({ interval: 3600, minimum: 3600 }));
    const third = retryAfter422(second as SessionTimerHeaders, headers({ minimum: 4000 }));
    expect(third).toEqual(read('m10-invite'));
    const answer = answerSessionTimer(read('m10-invite'));
    expect(answer.headers).toEqual(read('m15-200'));
    const timer = sessionTimerFrom2xx(read('m10-invite'), read('m15-200')) as SessionTimer;
    expect([nextRefresh(timer, 0), refreshSessionTimer(timer)]).toEqual([2_000_000, read('m18-update')]);
    const refreshed = answerSessionTimer(read('m18-update'));
    expect({ ...refreshed.headers, supported: false }).toEqual(read('m21-update-200'));
    if (!refreshed.accepted || refreshed.timer === undefined) throw new Error('refused');
    expect(expiry(refreshed.timer, 0)).toBe(3_968_000);
  });
});
