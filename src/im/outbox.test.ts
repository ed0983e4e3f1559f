import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpim } from '../cpim/message.ts';
import { withDialog } from '../sip/dialog-headers.ts';
import { type SipRequest, type SipResponse, sipMessage } from '../sip/message.ts';
import { cpimContent } from './cpim-content.ts';
import { deferred } from './deferred/deferred.ts';
import { type Outbox, type OutboxEffect, type OutboxEvent, outbox } from './outbox.ts';
import { composePagerMessage } from './pager-message.ts';

const ALICE = '<sip:alice@example.com>';

/** A whole MESSAGE; `report` is the Message-ID of one that asks for a delivery report. */
function message(number: number, user = 'sip:bob@example.com', report?: string): SipRequest {
  const notifications = report === undefined ? undefined : { dispositions: ['positive-delivery'], messageId: report };
  const dateTime = '2026-11-22T12:00:00Z';
  const body =
    notifications === undefined
      ? 'hi'
      : cpimContent({ from: ALICE, to: { user }, body: 'hi', dateTime, notifications });
  const composed = composePagerMessage({ from: ALICE, to: { user }, release: 'IM-client/OMA1.0', body });
  return withDialog(composed, {
    via: `SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK${number}`,
    from: `${ALICE};tag=1`,
    callId: `${number}@192.0.2.1`,
    cseq: 1,
  });
}

function response(to: SipRequest, status: number): SipResponse {
  const fields = to.fields.filter(({ name }) => ['Via', 'From', 'To', 'Call-ID', 'CSeq'].includes(name));
  return { status, reason: '', fields: [...fields, { name: 'Content-Length', value: '0' }], body: new Uint8Array(0) };
}

/** Plays events; the state goes through JSON before each. */
function play(events: readonly OutboxEvent[], reliable = false) {
  let state = outbox.start({ reliable });
  const effects: OutboxEffect[] = [];
  for (const event of events) {
    const next = outbox.step(JSON.parse(JSON.stringify(state)) as Outbox, event);
    state = next.state;
    effects.push(...next.effects);
  }
  return { state, effects, types: effects.map(({ type }) => type) };
}

const sent = (request: SipRequest, id: string, at = 0): OutboxEvent => ({ type: 'message', id, request, at });
const got = (of: SipRequest, status: number, at = 100): OutboxEvent => ({
  type: 'sip',
  message: response(of, status),
  at,
});

describe('sending MESSAGEs', () => {
  it('PM-10: hands the octets to the transport, again until there is an answer', () => {
    const { state, effects } = play([sent(message(1), 'a')]);
    expect(effects).toEqual([{ type: 'send', octets: sipMessage.encode(message(1)) }]);
    expect(outbox.wakeAt(state)).toBe(500);
    expect(play([sent(message(1), 'a'), { type: 'wake', at: 500 }]).types).toEqual(['send', 'send']);
    const { types, state: end } = play([sent(message(1), 'a'), got(message(1), 100), got(message(1), 200)]);
    expect(types).toEqual(['send', 'answered']);
    expect(outbox.wakeAt(end)).toBe(5100);
  });

  it('PM-0, PM-10: a second one to the same URI waits until the first is answered', () => {
    const again = message(2, 'sip:bob@EXAMPLE.com');
    const both = [sent(message(1), 'a'), sent(again, 'b'), sent(message(3, 'sip:carol@example.com'), 'c')];
    expect(play(both).types).toEqual(['send', 'send']);
    const { effects } = play([...both, got(message(1), 200)]);
    expect(effects.slice(2)).toEqual([
      { type: 'answered', id: 'a', response: response(message(1), 200) },
      { type: 'send', octets: sipMessage.encode(again) },
    ]);
  });

  it('PM-N2: tells the deferred reducer what was sent and what came back', () => {
    const asking = message(1, 'sip:bob@example.com', 'jFzD4wQ7aUJ9');
    const { effects } = play([sent(asking, 'a'), got(asking, 202)]);
    let state = deferred.start();
    const told: string[] = [];
    for (const effect of effects) {
      if (effect.type !== 'deferred') continue;
      const next = deferred.step(state, effect.event);
      state = next.state;
      told.push(...next.effects.map(({ type }) => type));
    }
    expect(told).toEqual(['store']);
    expect(cpim.decode(asking.body).ok).toBe(true);
  });

  it('PM-10: does not hide that nobody answers, or that the transport fails', () => {
    const failure = (events: readonly OutboxEvent[], reliable?: boolean) => play(events, reliable).effects.at(-1);
    expect(failure([sent(message(1), 'a'), { type: 'wake', at: 32_000 }])).toEqual({
      type: 'failed',
      id: 'a',
      because: 'timeout',
    });
    expect(failure([sent(message(1), 'a'), { type: 'transport-error', at: 1 }])).toEqual({
      type: 'failed',
      id: 'a',
      because: 'transport-error',
    });
  });

  it('PM-10: refuses one more than may wait', () => {
    let state = outbox.start({ reliable: true, most: 1 });
    const told = ['a', 'b', 'c'].flatMap((id, i) => {
      const next = outbox.step(state, sent(message(i), id));
      state = next.state;
      return next.effects.map((effect) => (effect.type === 'failed' ? `${effect.id} ${effect.because}` : effect.type));
    });
    expect(told).toEqual(['send', 'c number']);
  });

  it('throws on what is no MESSAGE', () => {
    expect(() => play([sent({ ...message(1), method: 'INVITE' }, 'a')])).toThrow(/INVITE is no MESSAGE/);
  });

  it('leaves other messages alone', () => {
    const { types } = play([sent(message(1), 'a'), { type: 'sip', message: message(7), at: 1 }, got(message(9), 200)]);
    expect(types).toEqual(['send']);
  });
});

it('whatever happens, each message is answered or fails once, and none waits for ever', () => {
  const users = fc.constantFrom('sip:bob@example.com', 'sip:carol@example.com');
  const events = fc.array(fc.tuple(users, fc.nat(2), fc.nat(6000), fc.constantFrom(100, 200, 202, 486)), {
    maxLength: 25,
  });
  fc.assert(
    fc.property(events, fc.boolean(), (steps, reliable) => {
      let state = outbox.start({ reliable });
      let at = 0;
      const requests: SipRequest[] = [];
      const ended: string[] = [];
      const take = (event: OutboxEvent): void => {
        const next = outbox.step(state, event);
        for (const effect of next.effects) {
          if (effect.type === 'answered' || effect.type === 'failed') ended.push(effect.id);
        }
        state = JSON.parse(JSON.stringify(next.state)) as Outbox;
        const unanswered = state.pending.filter(({ transaction }) => transaction.phase !== 'completed');
        expect(new Set(unanswered.map(({ uri }) => uri)).size).toBe(unanswered.length);
      };
      for (const [user, kind, delay, status] of steps) {
        at += delay;
        const target = requests[delay % Math.max(1, requests.length)];
        if (kind === 0) {
          const request = message(requests.length, user);
          requests.push(request);
          take(sent(request, String(requests.length - 1), at));
        } else if (kind === 1 && target !== undefined) take(got(target, status, at));
        else take({ type: 'wake', at });
      }
      for (let next = outbox.wakeAt(state); next !== undefined; next = outbox.wakeAt(state)) {
        take({ type: 'wake', at: next });
      }
      expect([...ended].sort()).toEqual(requests.map((_, i) => String(i)).sort());
      expect(state).toMatchObject({ pending: [], waiting: [] });
    }),
    { numRuns: 100, seed: 3428 },
  );
});
