import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EncodeError } from '../../core/error.ts';
import { unwrap } from '../../core/result.ts';
import { dateTimeAt } from '../../cpim/datetime.ts';
import type { Imdn } from '../../imdn/payload.ts';
import { deferred } from './deferred.ts';
import type { DeferredEffect, DeferredEvent, SentEvent } from './events.ts';
import type { DeferredOptions, DeferredState } from './state.ts';

const DAY = 24 * 60 * 60 * 1000;
const BOB = 'sip:bob@home1.example';
const CAROL = 'sip:carol@home2.example';
const DAVE = 'tel:+12125550123';
const FACTORY = 'sip:factory@home1.example';
const GROUP = 'sip:team@home1.example';

const sent = (changed: Partial<SentEvent> = {}): SentEvent => ({
  ...{ type: 'sent', at: 0, messageId: 'm1', method: 'MESSAGE' },
  ...{ asked: ['positive-delivery', 'negative-delivery', 'display'], to: [BOB] },
  ...changed,
});
const toList = (changed: Partial<SentEvent> = {}): SentEvent =>
  sent({ to: [FACTORY], members: [BOB, CAROL, DAVE], ...changed });
const toGroup = (changed: Partial<SentEvent> = {}): SentEvent => sent({ to: [GROUP], members: 'unknown', ...changed });

const answer = (status: number, changed: object = {}): DeferredEvent => ({
  ...{ type: 'response', at: 1, messageId: 'm1', status },
  ...changed,
});

type Short = readonly [status: string, recipientUri?: string | undefined, originalRecipientUri?: string | undefined];

function imdn([status, recipientUri, originalRecipientUri]: Short, messageId = 'm1'): Imdn {
  const type =
    /^(?:displayed|stored|processed)/.exec(status) === null
      ? 'delivery'
      : status === 'displayed'
        ? 'display'
        : 'processing';
  return { messageId, recipientUri, originalRecipientUri, notification: { type, status } as Imdn['notification'] };
}

const told = (...notifications: readonly Short[]): DeferredEvent => ({
  type: 'notification',
  at: 2,
  notifications: notifications.map((one) => imdn(one)),
});

function run(
  events: readonly DeferredEvent[],
  options?: DeferredOptions,
): { state: DeferredState; effects: DeferredEffect[] } {
  let state = deferred.start(options);
  const effects: DeferredEffect[] = [];
  for (const event of events) {
    const step = deferred.step(state, event);
    state = step.state;
    effects.push(...step.effects);
  }
  return { state, effects };
}

/** The effects of the last event alone, in short. */
function last(...events: readonly DeferredEvent[]): readonly string[] {
  const { state } = run(events.slice(0, -1));
  const { effects } = deferred.step(state, events.at(-1) as DeferredEvent);
  return effects.map((effect) => ('recipient' in effect ? `${effect.type} ${effect.recipient}` : effect.type));
}

describe('what is kept', () => {
  it('PM-N2: 202 to a MESSAGE that asked for a delivery report keeps its Message-ID for seven days', () => {
    const { state, effects } = run([sent(), answer(202)]);
    expect(effects).toEqual([{ type: 'store', messageId: 'm1', until: 7 * DAY, duty: 'PM-N2' }]);
    expect(deferred.find(state, 'm1')).toMatchObject({ phase: 'deferred', to: [BOB], reports: [] });
    expect(deferred.step(state, { type: 'tick', at: 7 * DAY - 1 }).state.size).toBe(1);
  });

  it('PM-N2: where no delivery report was asked for, nothing is kept, and 202 does not store', () => {
    for (const asked of [[], ['display'], ['processing', 'interworking']]) {
      const { state, effects } = run([sent({ asked }), answer(202)]);
      expect([state.size, effects]).toEqual([0, []]);
    }
  });

  it.each([200, 204, 180, 408])('PM-N2: %i is not a deferral: the message is kept and nothing stored', (status) => {
    const { state, effects } = run([sent(), answer(status)]);
    expect([state.size, effects]).toEqual([1, []]);
    expect(deferred.find(state, 'm1')?.phase).toBe(status >= 200 && status < 300 ? 'answered' : 'sent');
  });

  it.each([302, 404, 480, 503, 603])('PM-N2: refuses to keep a message that %i refused', (status) => {
    const { state, effects } = run([sent(), answer(status)]);
    expect([state.size, effects]).toEqual([0, [{ type: 'refused', messageId: 'm1', status }]]);
  });

  it('DF-1: 200 to an INVITE whose Contact has automata keeps the Message-ID of the session’s message', () => {
    const { state, effects } = run([sent({ method: 'INVITE' }), answer(200, { automata: true })], {
      keepFor: 3600_000,
    });
    expect(effects).toEqual([{ type: 'store', messageId: 'm1', until: 3600_000, duty: 'DF-1' }]);
    expect(deferred.find(state, 'm1')?.phase).toBe('deferred');
  });

  it('DF-1: 200 of a human, 202 to an INVITE, and automata in answer to a MESSAGE are not deferrals', () => {
    expect(run([sent({ method: 'INVITE' }), answer(200)]).effects).toEqual([]);
    expect(run([sent({ method: 'INVITE' }), answer(202, { automata: true })]).effects).toEqual([]);
    expect(run([sent(), answer(200, { automata: true })]).effects).toEqual([]);
    expect(run([sent({ method: 'INVITE', asked: ['display'] }), answer(200, { automata: true })]).state.size).toBe(0);
  });

  it('a final response that comes after another changes nothing but 202 after 200', () => {
    expect(run([sent(), answer(202), answer(202), answer(200), answer(486)]).effects).toHaveLength(1);
    expect(run([sent(), answer(200), answer(202)]).effects).toMatchObject([{ type: 'store' }]);
    expect(run([answer(202)])).toMatchObject({ effects: [] });
  });

  it('PM-N2: a Message-ID is not kept longer than it should be, nor more of them', () => {
    const { state } = run([sent(), answer(202)]);
    expect(deferred.step(state, { type: 'tick', at: 7 * DAY })).toMatchObject({
      effects: [{ type: 'forgotten', messageId: 'm1', because: 'time' }],
      state: { size: 0 },
    });
    const many = ['m1', 'm2', 'm3'].map((messageId, at) => sent({ messageId, at }));
    expect(run(many, { most: 2 }).effects).toEqual([{ type: 'forgotten', messageId: 'm1', because: 'number' }]);
  });

  it('tells that a Message-ID is used again, and that a hidden sender asks', () => {
    expect(run([sent(), sent({ to: [CAROL] })])).toMatchObject({ effects: [{ type: 'reused' }], state: { size: 1 } });
    expect(last(sent({ anonymous: true, asked: ['display'] }))).toEqual(['anonymous']);
    expect(last(sent({ anonymous: true, asked: [] }))).toEqual([]);
  });

  it('time never goes back', () => {
    const { state } = run([sent({ at: 50 }), { type: 'tick', at: 10 }]);
    expect(state.now).toBe(50);
    expect(() => deferred.step(state, { type: 'tick', at: Number.NaN })).toThrow(EncodeError);
  });

  it.each([{ keepFor: 0 }, { keepFor: 1.5 }, { most: 0 }, { most: 2 ** 30 }, { mostRecipients: -1 }])(
    'refuses %j',
    (options) => {
      expect(() => deferred.start(options)).toThrow(EncodeError);
    },
  );

  it('refuses a state that it did not make', () => {
    const state = { size: 0, now: 0, toJSON: () => ({}) } as unknown as DeferredState;
    expect(() => deferred.step(state, { type: 'tick', at: 0 })).toThrow(EncodeError);
  });
});

describe('what a notification is', () => {
  it('PM-N2: a report of delivery finds the message that it is about, hours later and before the response', () => {
    expect(last(sent(), answer(202), told(['delivered', BOB, BOB]))).toEqual([`notified ${BOB}`]);
    expect(last(sent(), told(['delivered']))).toEqual([`notified ${BOB}`]);
    expect(last(sent(), answer(202), told(['delivered'], ['displayed']))).toEqual([
      `notified ${BOB}`,
      `notified ${BOB}`,
    ]);
  });

  it('PM-N2: reports a notification of a message that is not known, and one that is late by its datetime', () => {
    expect(last(told(['delivered']))).toEqual(['unknown']);
    const late = {
      type: 'notification',
      at: 9 * DAY,
      notifications: [{ ...imdn(['delivered']), dateTime: dateTimeAt(0) }],
    } as const;
    const { effects } = deferred.step(run([sent(), answer(202)]).state, late);
    expect(effects.map(({ type }) => type)).toEqual(['forgotten', 'late']);
    expect(effects[1]).toMatchObject({ messageId: 'm1', sentAt: 0 });
    expect(last({ ...late, at: 6 * DAY })).toEqual(['unknown']);
  });

  it('DF-1: reports what was not asked for, what comes twice and what contradicts', () => {
    const invite = sent({ method: 'INVITE', asked: ['positive-delivery'] });
    expect(last(invite, answer(200, { automata: true }), told(['failed']))).toEqual([`unasked ${BOB}`]);
    expect(last(invite, told(['displayed']))).toEqual([`unasked ${BOB}`]);
    expect(last(invite, told(['delivered']), told(['delivered', BOB]))).toEqual([`duplicate ${BOB}`]);
    expect(last(sent(), told(['delivered']), told(['failed']), told(['failed']))).toEqual([`contradictory ${BOB}`]);
    expect(last(sent(), told(['failed']), told(['displayed']))).toEqual([`contradictory ${BOB}`]);
    expect(last(sent(), told(['displayed']), told(['failed']))).toEqual([`contradictory ${BOB}`]);
    expect(last(sent(), told(['displayed']), told(['delivered']))).toEqual([`notified ${BOB}`]);
  });

  it('a contradiction tells what was said before, of the same type first', () => {
    const asked = [...sent().asked, 'interworking'];
    const error: Imdn = { messageId: 'm1', notification: { type: 'display', status: 'error' } };
    const { state } = run([sent({ asked }), told(['failed']), { type: 'notification', at: 2, notifications: [error] }]);
    expect(deferred.step(state, told(['displayed'])).effects).toMatchObject([
      { type: 'contradictory', before: 'error' },
    ]);
  });

  it('several servers on the way report processing, each once', () => {
    const asked = [...sent().asked, 'processing'];
    expect(last(sent({ asked }), told(['processed'], ['stored'], ['stored']))).toEqual(
      ['notified', 'notified', 'duplicate'].map((type) => `${type} ${BOB}`),
    );
  });

  it('one that only an extension says is told where an extension was asked for', () => {
    const only: DeferredEvent = { type: 'notification', at: 2, notifications: [{ messageId: 'm1' }] };
    expect(last(sent(), only)).toEqual([`unasked ${BOB}`]);
    expect(last(sent({ asked: ['positive-delivery', 'x-read-aloud'] }), only)).toEqual([`notified ${BOB}`]);
  });

  it('one user is known by any of the addresses, compared as URIs, also behind a redirection', () => {
    const both = sent({ to: [BOB, 'im:bob@home1.example'] });
    for (const one of [
      ['delivered', 'sip:bob@HOME1.example'],
      ['delivered', 'sip:b%6Fb@home1.example'],
      ['delivered', 'im:bob@home1.example'],
      ['delivered', CAROL, BOB],
      ['delivered', undefined, BOB],
    ]) {
      expect(last(both, told(one as unknown as Short))).toEqual([`notified ${BOB}`]);
    }
  });

  it('PM-N2: refuses a recipient that the message was not sent to', () => {
    expect(last(sent(), told(['delivered', CAROL]))).toEqual(['forged-recipient']);
    expect(last(sent(), told(['delivered', CAROL, CAROL]))).toEqual(['forged-recipient']);
    expect(last(sent(), told(['delivered', undefined, CAROL]))).toEqual(['forged-recipient']);
    expect(last(sent(), told(['delivered', 'sip:bob@home1.example;user=phone']))).toEqual(['forged-recipient']);
    expect(last(toList(), told(['delivered', 'sip:mallory@evil.example', FACTORY]))).toEqual(['forged-recipient']);
    expect(last(toList(), told(['delivered', undefined, 'sip:mallory@evil.example']))).toEqual(['forged-recipient']);
    expect(last(toGroup(), told(['delivered', BOB, 'sip:other@home1.example']))).toEqual(['forged-recipient']);
  });

  it('a member of a list speaks for itself alone', () => {
    const by = (from: string, short: Short): DeferredEvent => ({ ...told(short), from }) as DeferredEvent;
    expect(last(toList(), by(BOB, ['delivered', BOB]))).toEqual([`notified ${BOB}`]);
    expect(last(toList(), by(BOB, ['delivered', CAROL]))).toEqual(['forged-recipient']);
    expect(last(toList(), by(BOB, ['failed', FACTORY]))).toEqual(['forged-recipient']);
    expect(last(toList(), by(FACTORY, ['delivered', CAROL]))).toEqual([`notified ${CAROL}`]);
    expect(last(toList(), by(FACTORY, ['failed', FACTORY]))).toEqual([`notified ${FACTORY}`]);
  });

  it('PM-N2: a list gets one report of each type from each member, in an aggregate or alone', () => {
    const aggregate = told(
      ['delivered', BOB, FACTORY],
      ['failed', 'sip:carol@HOME2.example', FACTORY],
      ['delivered', 'tel:+1-212-555-0123'],
    );
    expect(last(toList(), aggregate)).toEqual([`notified ${BOB}`, `notified ${CAROL}`, `notified ${DAVE}`]);
    expect(last(toList(), aggregate, told(['delivered', CAROL]))).toEqual([`contradictory ${CAROL}`]);
    expect(last(toList(), told(['delivered', 'sip:x@gone.example', CAROL]))).toEqual([`notified ${CAROL}`]);
  });

  it('a list that is not disclosed reports as often as it has members', () => {
    const hidden = told(['delivered'], ['failed', undefined, FACTORY], ['delivered'], ['delivered']);
    expect(last(toList(), hidden)).toEqual([
      'notified undefined',
      'notified undefined',
      'notified undefined',
      'duplicate undefined',
    ]);
  });

  it('members of a group become known by reporting, up to a number', () => {
    const { state } = run([toGroup()], { mostRecipients: 2 });
    const of = (...shorts: readonly Short[]) => deferred.step(state, told(...shorts)).effects.map(({ type }) => type);
    expect(of(['delivered', BOB, GROUP], ['delivered', 'sip:bob@HOME1.example'])).toEqual(['notified', 'duplicate']);
    expect(of(['delivered', BOB], ['delivered', CAROL, GROUP], ['delivered', DAVE])).toEqual([
      'notified',
      'notified',
      'excess',
    ]);
    expect(of(['delivered', BOB], ['delivered', CAROL], ['displayed', BOB])).toEqual([
      'notified',
      'notified',
      'notified',
    ]);
    expect(of(['delivered'], ['failed'], ['delivered'])).toEqual(['notified', 'notified', 'excess']);
    expect(of(['failed', GROUP], ['failed', GROUP])).toEqual(['notified', 'duplicate']);
    const spellings = Array.from({ length: 70 }, (_, i): Short => ['delivered', `sip:bob@home1.example;x=${i}`]);
    expect(of(...spellings).filter((type) => type === 'excess')).toHaveLength(6);
  });

  it('keys of every object are Message-IDs as others', () => {
    for (const messageId of ['__proto__', 'constructor', 'toString']) {
      expect(last({ type: 'notification', at: 1, notifications: [imdn(['delivered'], messageId)] })).toEqual([
        'unknown',
      ]);
      const { state } = run([sent({ messageId }), answer(202, { messageId })]);
      expect(unwrap(deferred.restore(JSON.parse(JSON.stringify(state)))).toJSON()).toEqual(state.toJSON());
      expect(deferred.find(state, messageId)?.phase).toBe('deferred');
    }
  });
});

describe('saved and restored', () => {
  const { state } = run([toList(), answer(202), told(['delivered', BOB], ['delivered'], ['failed', CAROL])]);
  const saved = () => JSON.parse(JSON.stringify(state));

  it('PM-N2: a state outlives a restart', () => {
    const back = unwrap(deferred.restore(saved()));
    expect(back.toJSON()).toEqual(state.toJSON());
    expect(deferred.step(back, told(['delivered', CAROL])).effects).toMatchObject([{ type: 'contradictory' }]);
  });

  it.each<[what: string, damage: (json: ReturnType<typeof saved>) => unknown]>([
    ['nothing', () => undefined],
    ['a text', () => '{}'],
    ['another option', (json) => ({ ...json, keepFor: 0 })],
    ['a further key', (json) => ({ ...json, extra: 1 })],
    ['no time', (json) => ({ ...json, now: null })],
    ['a Message-ID twice', (json) => ({ ...json, messages: [...json.messages, ...json.messages] })],
    ['a message of the future', (json) => ({ ...json, now: -1 })],
    ['a message to nobody', (json) => ({ ...json, messages: [{ ...json.messages[0], to: [] }] })],
    ['an unknown phase', (json) => ({ ...json, messages: [{ ...json.messages[0], phase: 'lost' }] })],
  ])('PM-N2: refuses %s for a state', (_, damage) => {
    const read = deferred.restore(damage(saved()));
    expect(read.ok).toBe(false);
  });

  it('merging is for what two know of one message', () => {
    const before = unwrap(deferred.restore(saved()));
    const one = deferred.step(before, told(['delivered', DAVE], ['delivered'])).state;
    const other = run([sent({ at: 5, messageId: 'm2' }), answer(202, { messageId: 'm2', at: 6 })]).state;
    const { state: both, effects } = deferred.merge(deferred.merge(other, one).state, before);
    expect(effects).toEqual([]);
    expect(both.toJSON().messages.map(({ messageId }) => messageId)).toEqual(['m1', 'm2']);
    expect(deferred.find(both, 'm1')?.reports).toHaveLength(5);
    expect(deferred.find(both, 'm2')?.phase).toBe('deferred');
  });

  it('merging forgets what is too old or too much, and tells it', () => {
    const old = run([sent()], { keepFor: 10, most: 1 }).state;
    const young = run([sent({ messageId: 'm2', at: 5 })], { keepFor: 10, most: 1 }).state;
    expect(deferred.merge(old, young).effects).toEqual([{ type: 'forgotten', messageId: 'm1', because: 'number' }]);
    const later = deferred.step(young, { type: 'tick', at: 12 }).state;
    expect(deferred.merge(old, later)).toMatchObject({ effects: [{ because: 'time' }], state: { size: 1, now: 12 } });
  });
});

describe('random sequences of events', () => {
  const USERS = [BOB, CAROL, DAVE, FACTORY, 'sip:mallory@evil.example'];
  /** The same recipients otherwise spelt. */
  const SPELT = [
    'sip:b%6Fb@HOME1.example',
    'sip:carol@home2.EXAMPLE;x=y',
    'tel:+1-212-555-0123',
    FACTORY,
    'sip:mallory@EVIL.example',
  ];
  const id = fc.constantFrom('m1', 'm1', '__proto__', 'm3', 'm4');
  const step = fc.nat(15);
  const dispositions: fc.Arbitrary<string[]> = fc.oneof(
    fc.constant<string[]>(['positive-delivery', 'negative-delivery', 'display']),
    fc.subarray(['positive-delivery', 'negative-delivery', 'display', 'processing']),
  );
  const event = fc.oneof(
    fc.record({
      what: fc.constant('sent' as const),
      wait: step,
      id,
      asked: dispositions,
      list: fc.boolean(),
      method: fc.constantFrom('MESSAGE' as const, 'INVITE' as const),
    }),
    fc.record({
      what: fc.constant('response' as const),
      wait: step,
      id,
      status: fc.constantFrom(100, 200, 202, 404, 408),
      automata: fc.boolean(),
    }),
    {
      weight: 4,
      arbitrary: fc.record({
        what: fc.constant('notification' as const),
        wait: step,
        id,
        who: fc.option(fc.constantFrom(0, 0, 1, 2, 3, 4)),
        respelt: fc.boolean(),
        status: fc.constantFrom('delivered', 'failed', 'displayed', 'stored', 'processed'),
      }),
    },
    fc.record({ what: fc.constant('tick' as const), wait: step }),
  );
  type Random = typeof event extends fc.Arbitrary<infer T> ? T : never;
  const KEEP = 200;
  const MOST = 3;

  function toEvents(randoms: readonly Random[], from = 0): DeferredEvent[] {
    let at = from;
    return randoms.map((random): DeferredEvent => {
      at += random.wait;
      if (random.what === 'tick') return { type: 'tick', at };
      if (random.what === 'response')
        return { type: 'response', at, messageId: random.id, status: random.status, automata: random.automata };
      if (random.what === 'sent') {
        const { asked, method, list, id: messageId } = random;
        return {
          type: 'sent',
          at,
          messageId,
          method,
          asked,
          ...(list ? { to: [FACTORY], members: [BOB, CAROL, DAVE] } : { to: [BOB] }),
        };
      }
      const uri = random.who === null ? undefined : (random.respelt ? SPELT : USERS)[random.who];
      return { type: 'notification', at, notifications: [imdn([random.status, uri], random.id)] };
    });
  }

  /** The same rules said once more, in the plainest way: a list that is searched from end to end. */
  function model(randoms: readonly Random[]): { effects: string[]; ids: string[] } {
    interface Known {
      id: string;
      at: number;
      asked: readonly string[];
      list: boolean;
      method: string;
      phase: string;
      said: (readonly [number | null, string])[];
    }
    let known: Known[] = [];
    const effects: string[] = [];
    let now = 0;
    const type = (status: string) =>
      ({ displayed: 'display', stored: 'processing', processed: 'processing' })[status] ?? 'delivery';
    for (const random of randoms) {
      now += random.wait;
      for (const { id: gone } of known.filter(({ at }) => at + KEEP <= now)) effects.push(`forgotten ${gone}`);
      known = known.filter(({ at }) => at + KEEP > now);
      if (random.what === 'tick') continue;
      const message = known.find((one) => one.id === random.id);
      const tell = (what: string) => effects.push(`${what} ${random.id}`);
      if (random.what === 'sent') {
        if (message !== undefined) tell('reused');
        else if (random.asked.some((one) => one.endsWith('delivery'))) {
          known.push({
            id: random.id,
            at: now,
            asked: random.asked,
            list: random.list,
            method: random.method,
            phase: 'sent',
            said: [],
          });
          if (known.length > MOST) effects.push(`forgotten ${known.shift()?.id}`);
        }
      } else if (random.what === 'response') {
        if (message === undefined) continue;
        if (random.status === 404 && message.phase === 'sent') {
          tell('refused');
          known = known.filter((one) => one !== message);
        } else if (random.status === 200 || random.status === 202) {
          const waits = message.method === 'MESSAGE' ? random.status === 202 : random.status === 200 && random.automata;
          if (waits && message.phase !== 'deferred') tell('store');
          if (message.phase !== 'deferred') message.phase = waits ? 'deferred' : 'answered';
        }
      } else if (message === undefined) tell('unknown');
      else {
        const who = message.list ? random.who : (random.who ?? 0);
        const allowed = message.list ? [0, 1, 2, 3, null] : [0];
        const asked =
          ({ delivered: 'positive-delivery', failed: 'negative-delivery' } as Readonly<Record<string, string>>)[
            random.status
          ] ?? type(random.status);
        const own = message.said.filter(([by]) => by === who).map(([, said]) => said);
        const ofType = own.filter((said) => type(said) === type(random.status));
        if (!allowed.includes(who)) tell('forged-recipient');
        else if (!message.asked.includes(asked)) tell('unasked');
        else if (who === null ? ofType.length >= 3 : own.includes(random.status)) tell('duplicate');
        else if (
          who !== null &&
          ((ofType.length > 0 && type(random.status) !== 'processing') ||
            (random.status === 'failed' && own.includes('displayed')) ||
            (random.status === 'displayed' && own.includes('failed')))
        )
          tell('contradictory');
        else {
          tell('notified');
          message.said.push([who, random.status]);
        }
      }
    }
    return { effects, ids: known.map((one) => one.id) };
  }

  /** Without the order of messages of one moment. */
  const sorted = (state: DeferredState) =>
    state.toJSON().messages.toSorted((a, b) => a.sentAt - b.sentAt || (a.messageId < b.messageId ? -1 : 1));

  const sequences = fc.array(event, { maxLength: 60, size: 'max' });
  const options = { keepFor: KEEP, most: MOST };

  it('PM-N2, DF-1: effects and what is kept are those of a simple model', () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(sequences, (randoms) => {
        const { effects, state } = run(toEvents(randoms), options);
        const expected = model(randoms);
        expect(effects.map((effect) => `${effect.type} ${effect.messageId}`)).toEqual(expected.effects);
        expect(state.toJSON().messages.map(({ messageId }) => messageId)).toEqual(expected.ids);
        for (const { type } of effects) seen.set(type, (seen.get(type) ?? 0) + 1);
      }),
      { numRuns: 2000, seed: 438 },
    );
    expect([...seen.keys()].sort()).toEqual([
      'contradictory',
      'duplicate',
      'forged-recipient',
      'forgotten',
      'notified',
      'refused',
      'reused',
      'store',
      'unasked',
      'unknown',
    ]);
  });

  it('a state can be saved and restored at any point, and stepped again, and nothing differs', () => {
    fc.assert(
      fc.property(sequences, sequences, (first, second) => {
        const { state } = run(toEvents(first), options);
        const json = JSON.stringify(state);
        let restored = unwrap(deferred.restore(JSON.parse(json)));
        let live = state;
        for (const next of toEvents(second, state.now)) {
          const a = deferred.step(live, next);
          const b = deferred.step(restored, next);
          expect(b.effects).toEqual(a.effects);
          [live, restored] = [a.state, b.state];
        }
        expect(JSON.stringify(restored)).toBe(JSON.stringify(live));
        expect(JSON.stringify(state)).toBe(json);
      }),
      { numRuns: 500, seed: 438 },
    );
  });

  it('merging loses nothing but what is forgotten or contradicts, whichever comes first', () => {
    const wide = { keepFor: 1e6, most: 100 };
    fc.assert(
      fc.property(sequences, sequences, sequences, (common, one, other) => {
        const { state } = run(toEvents(common), wide);
        const follow = (events: readonly DeferredEvent[]) =>
          events.reduce((at, next) => deferred.step(at, next).state, state);
        const a = follow(toEvents(one, state.now));
        const b = follow(toEvents(other, state.now));
        const { state: both, effects } = deferred.merge(a, b);
        expect(effects).toEqual([]);
        expect(both.toJSON()).toEqual(deferred.merge(b, a).state.toJSON());
        expect(sorted(deferred.merge(a, a).state)).toEqual(sorted(a));
        expect(deferred.merge(both, a).state.toJSON()).toEqual(both.toJSON());
        for (const side of [a, b]) {
          for (const { messageId, reports, phase } of side.toJSON().messages) {
            const found = deferred.find(both, messageId);
            expect(found).toBeDefined();
            if (phase === 'deferred') expect(found?.phase).toBe('deferred');
            for (const report of reports.filter(({ type }) => type === 'processing')) {
              expect(
                found?.reports.some(
                  ({ recipient, status }) => recipient === report.recipient && status === report.status,
                ),
              ).toBe(true);
            }
          }
        }
      }),
      { numRuns: 500, seed: 438 },
    );
  });
});
