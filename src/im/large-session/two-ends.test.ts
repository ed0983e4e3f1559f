/*
 * Both ends of a large message session talk over a wire that behaves badly. Whatever it does, the content arrives as it
 * was, or both ends know that it did not.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../../core/result.ts';
import { cpim } from '../../cpim/message.ts';
import { addRange, octetsIn } from '../../msrp/octet-ranges.ts';
import { deferred } from '../deferred/deferred.ts';
import type { DeferredEffect } from '../deferred/events.ts';
import { notificationEvent, sentEvent } from '../deferred/messages.ts';
import type { OriginatingInput } from './originating-state.ts';
import { BOB, BOB_MEDIA, changed, offerOf } from './receiving-peer.ts';
import { chance, type Talk, type Talked, talk, type Weather } from './wire.ts';

const DEEP = process.env.DEEP !== undefined;
const ALICE_IDS = 'alicealicealicealicealice1';

/** Octets that look random. */
function randomOctets(size: number, seed: number): Uint8Array {
  const random = chance(seed);
  const words = new Uint32Array(Math.ceil(size / 4));
  for (let i = 0; i < words.length; i++) words[i] = random() * 2 ** 32;
  return new Uint8Array(words.buffer, 0, size);
}

interface Setting {
  readonly size: number;
  readonly to?: object | undefined;
  readonly chunkSize?: number | undefined;
  readonly window?: number | undefined;
  readonly reliable?: boolean | undefined;
  readonly active?: boolean | undefined;
  readonly receiving?: object | undefined;
  readonly originating?: Partial<OriginatingInput> | undefined;
}

function setting(weather: Weather, set: Setting): Talk {
  const body = { contentType: 'application/octet-stream', content: randomOctets(set.size, weather.seed) };
  const { invite, content } = offerOf('', { input: set.to === undefined ? { body } : { body, to: set.to } });
  const { chunkSize, window, reliable = false } = set;
  const sent = sentEvent(invite, 0, unwrap(cpim.decode(content)));
  return {
    content,
    weather,
    media: { ...BOB_MEDIA, setup: set.active === true ? 'active' : 'passive' },
    originating: {
      invite,
      content: { size: content.length, contentType: 'message/cpim', messageId: 'large1msg' },
      ids: ALICE_IDS,
      reliable,
      chunkSize,
      window,
      sent: sent?.ok === true ? sent.value : undefined,
      ...set.originating,
    },
    receiving: { ...BOB, reliable, patience: 60_000, ...set.receiving },
  };
}

/** What must hold of every talk. */
function check({ content }: Talk, talked: Talked): void {
  const { sender, receiver, octets, sent, received } = talked;
  expect(sender).toHaveLength(1);
  expect(receiver).toHaveLength(received === undefined ? 0 : 1);
  expect([sent.phase, sent.wakeAt]).toEqual(['ended', undefined]);
  if (received !== undefined) expect([received.phase, received.wakeAt]).toEqual(['ended', undefined]);
  const [mine, theirs] = [sender[0], receiver[0]];
  const all = [{ start: 1, end: content.length }];
  const there = theirs?.received ?? [];
  for (const { start, end } of there) {
    expect(Buffer.compare(octets.subarray(start - 1, end), content.subarray(start - 1, end))).toBe(0);
  }
  // Nobody believes that more has arrived than has.
  for (const range of [...(mine?.acknowledged ?? []), ...(mine?.reported ?? [])]) {
    expect(addRange(there, range)).toEqual(there);
  }
  expect(octetsIn(there)).toBeLessThanOrEqual(mine?.sent ?? 0);
  if (mine?.cause === 'complete') expect([theirs?.cause, there]).toEqual(['complete', all]);
  if (theirs?.cause === 'complete') expect(there).toEqual(all);
}

const CALM: Weather = { seed: 1 };

describe('both ends', () => {
  it.each([1_000, 10_000, 200_000])('LM-0, LM-A2, LM-A3, LM-REL: bring a message of %i octets over', (size) => {
    for (const active of [false, true]) {
      const set = setting(CALM, { size, active });
      const talked = talk(set);
      check(set, talked);
      expect([talked.sender[0]?.cause, talked.receiver[0]?.cause]).toEqual(['complete', 'complete']);
      expect(talked.sender[0]?.reported).toEqual([{ start: 1, end: set.content.length }]);
      expect(talked.notifications).toHaveLength(1);
      // INVITE, 100, 200, ACK, BYE, 200
      expect(talked.sipMessages).toBe(6);
    }
  });

  it('LM-A2: bring 50 MB over', { timeout: 600_000 }, () => {
    const set = setting({ seed: 50, piece: 524_288 }, { size: 50_000_000, chunkSize: 131_072, window: 16 });
    const talked = talk(set);
    expect([talked.sender[0]?.cause, talked.receiver[0]?.cause]).toEqual(['complete', 'complete']);
    check(set, talked);
  });

  it('bring it over though datagrams are lost, doubled and overtaken', () => {
    let complete = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const weather = { seed, lost: 0.3, doubled: 0.3, delay: 900, piece: 300 };
      const set = setting(weather, { size: 3_000, active: seed % 2 === 0 });
      const talked = talk(set);
      check(set, talked);
      if (talked.sender[0]?.cause === 'complete') complete++;
    }
    expect(complete).toBeGreaterThan(35);
  });

  it('know how far it got where the connection breaks', () => {
    let partial = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const breaksAfter = Math.floor(chance(seed)() * 30_000);
      const set = setting({ seed, breaksAfter, delay: 200, piece: 900 }, { size: 20_000 });
      const talked = talk(set);
      check(set, talked);
      const [mine, theirs] = [talked.sender[0], talked.receiver[0]];
      expect(mine?.cause === 'complete').toBe(mine?.cause === 'complete' && theirs?.cause === 'complete');
      if (theirs?.cause === 'msrp-closed') {
        partial++;
        expect(octetsIn(mine?.acknowledged ?? [])).toBeLessThan(set.content.length);
        expect(['msrp-closed', 'released']).toContain(mine?.cause);
      }
    }
    expect(partial).toBeGreaterThan(20);
  });

  it('LM-0: know it where the receiver does not want it', () => {
    const { media, ...set } = setting(CALM, { size: 2_000 });
    expect(media).toBeDefined();
    const talked = talk(set);
    expect(talked.sender[0]).toMatchObject({ cause: 'refused', status: 603, acknowledged: [] });
    expect(talked.receiver[0]).toMatchObject({ cause: 'refused', status: 603 });
    check(set, talked);
  });

  it('LM-G7: agree on a longer interval after a 422', () => {
    const set = setting(CALM, { size: 2_000, receiving: { timer: { minimum: 3600 } } });
    const talked = talk(set);
    expect(talked.sender[0]?.cause).toBe('complete');
    expect(talked.receiver.map(({ cause, status }) => [cause, status])).toEqual([
      ['refused', 422],
      ['complete', undefined],
    ]);
  });

  it('LM-R3: refresh a session that lasts, whoever has to', () => {
    const slow = { seed: 3, pause: 1_000, piece: 100 };
    const receiving = { timer: { interval: 90, minimum: 90, refresher: 'uas' } };
    const set = setting(slow, { size: 20_000, chunkSize: 1_000, window: 1, receiving });
    for (const supported of ['timer', undefined]) {
      const invite = changed(set.originating.invite, { Supported: supported, 'Session-Expires': '90' });
      const long = { ...set, originating: { ...set.originating, invite } };
      const talked = talk(long);
      check(long, talked);
      expect(talked.sender[0]?.cause).toBe('complete');
      // INVITE, 100, 200, ACK, BYE, 200; and twice or more UPDATE, 200
      expect(talked.sipMessages).toBeGreaterThanOrEqual(10);
    }
  });

  const seldom = (most: number) =>
    fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.nat(most) });
  const weathers: fc.Arbitrary<Weather> = fc.record({
    seed: fc.nat(1_000_000),
    lost: fc.constantFrom(0, 0.1, 0.5, 0.95),
    doubled: fc.constantFrom(0, 0.3),
    delay: fc.constantFrom(5, 500, 5_000),
    piece: fc.constantFrom(7, 700, 70_000),
    breaksAfter: seldom(12_000),
    cancelAt: seldom(3_000),
    stopAt: seldom(3_000),
  });
  const settings: fc.Arbitrary<Setting> = fc.record({
    size: fc.integer({ min: 1, max: 6_000 }),
    chunkSize: fc.constantFrom(100, 1_000, 10_000),
    window: fc.constantFrom(1, 3, 100),
    reliable: fc.boolean(),
    active: fc.boolean(),
  });

  it('LM-0, LM-A3: in any weather both end, and neither believes what is not so', { timeout: 600_000 }, () => {
    const causes = new Map<string, number>();
    fc.assert(
      fc.property(weathers, settings, (weather, set) => {
        const whole = setting(weather, set);
        const talked = talk(whole);
        check(whole, talked);
        for (const { cause } of talked.sender) causes.set(cause, (causes.get(cause) ?? 0) + 1);
      }),
      { numRuns: DEEP ? 3_000 : 120, seed: 4975 },
    );
    for (const cause of ['complete', 'cancelled', 'msrp-closed', 'released', 'no-response'] as const) {
      expect(causes.get(cause), cause).toBeGreaterThan(0);
    }
  });

  it('do the same once more in the same weather', () => {
    const weather = { seed: 7, lost: 0.3, doubled: 0.3, delay: 700, piece: 100 };
    const [one, two] = [talk(setting(weather, { size: 3_000 })), talk(setting(weather, { size: 3_000 }))];
    expect(one).toEqual(two);
  });
});

/** What the client that has sent is told, when the events of the session and the notifications have come. */
function correlate(talked: readonly Talked[]): readonly DeferredEffect[] {
  const events = talked.flatMap((one) => [
    ...one.deferred,
    ...one.notifications.map((request) => unwrap(notificationEvent(request, one.at))),
  ]);
  let state = deferred.start();
  return events.flatMap((event) => {
    const next = deferred.step(state, event);
    state = next.state;
    return next.effects;
  });
}

const delivered = (recipient: string) => ({
  type: 'notified',
  messageId: 'jFzD4wQ7aUJ9',
  recipient,
  notification: { notification: { type: 'delivery', status: 'delivered' } },
});

describe('the notification', () => {
  it('DF-1: of a user finds the message, also of a machine that answered', () => {
    const straight = talk(setting(CALM, { size: 2_000 }));
    expect(correlate([straight])).toMatchObject([delivered('sip:bob@home1.example')]);
    const contact = '<sip:store@192.0.2.20>;automata;+g.oma.sip-im';
    const stored = talk(setting(CALM, { size: 2_000, receiving: { contact } }));
    expect(correlate([stored])).toMatchObject([{ type: 'store', duty: 'DF-1' }, delivered('sip:bob@home1.example')]);
  });

  const FACTORY = 'sip:factory@home1.example';
  const MEMBERS = ['sip:bob@home1.example', 'sip:carol@home2.example', 'sip:dave@home3.example'];
  const GROUP = 'sip:team@home1.example';

  /** Stores and forwards: what the focus got goes out to each member, in a session of its own. */
  function exploded(to: object, weather: Weather): readonly Talked[] {
    const receiving = {
      contact: '<sip:focus@192.0.2.20>;isfocus;+g.oma.sip-im',
      supported: ['recipient-list-invite'],
    };
    const up = setting(weather, { size: 2_000, to, receiving });
    const first = talk(up);
    check(up, first);
    expect(first.sender[0]).toMatchObject({ cause: 'complete', isFocus: true });
    const down = MEMBERS.map((user, i) => {
      const set = setting({ ...weather, seed: weather.seed + i + 1 }, { size: 2_000, to: { user } });
      const { sent, ...originating } = set.originating;
      expect(sent).toBeDefined();
      const { invite } = offerOf('', {
        input: { to: { user }, body: { contentType: 'message/cpim', content: first.octets } },
        session: { dateTime: undefined, notifications: undefined },
      });
      const content = { ...originating.content, size: first.octets.length };
      const forwarded = { ...set, content: first.octets, originating: { ...originating, invite, content } };
      const talked = talk({ ...forwarded, at: first.at });
      check(forwarded, talked);
      return talked;
    });
    // The focus itself is no recipient.
    return [{ ...first, notifications: [] }, ...down];
  }

  it('LM-E3a, LM-A2n: of each on a list finds the message', () => {
    const effects = correlate(exploded({ list: MEMBERS, factory: FACTORY }, { ...CALM, lost: 0.1 }));
    expect(effects).toMatchObject(MEMBERS.map(delivered));
  });

  it('LM-E4a, LM-A2n: of each in a group finds the message', () => {
    const effects = correlate(exploded({ group: GROUP }, { ...CALM, doubled: 0.3 }));
    expect(effects).toMatchObject(MEMBERS.map(delivered));
  });
});
