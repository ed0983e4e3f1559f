import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { get } from '../access.ts';
import { withDialog } from '../dialog-headers.ts';
import { to } from '../headers/name-addrs.ts';
import { type SipRequest, type SipResponse, sipMessage } from '../message.ts';
import { ackToFailure, type ClientTransaction, type ClientTransactionEvent, clientTransaction } from './client.ts';
import { clientKey, serverKey } from './key.ts';
import { type ServerTransaction, type ServerTransactionEvent, serverTransaction } from './server.ts';

const EMPTY = new Uint8Array(0);
const VIA = 'SIP/2.0/UDP pc33.atlanta.com;branch=z9hG4bKkjshdyff';

function request(method: string, hop = VIA): SipRequest {
  return withDialog(
    { method, uri: 'sip:bob@biloxi.com', fields: [{ name: 'Route', value: '<sip:p1.example.com;lr>' }], body: EMPTY },
    {
      via: hop,
      from: 'Alice <sip:alice@atlanta.com>;tag=88sja8x',
      to: 'Bob <sip:bob@biloxi.com>',
      callId: '987asjd97y7atg',
      cseq: 986_759,
    },
  );
}

function response(to: SipRequest, status: number, tag = '99sa0xk'): SipResponse {
  const fields = to.fields
    .filter(({ name }) => ['Via', 'From', 'To', 'Call-ID', 'CSeq'].includes(name))
    .map((field) => (field.name === 'To' ? { name: 'To', value: `${field.value};tag=${tag}` } : field));
  return { status, reason: '', fields: [...fields, { name: 'Content-Length', value: '0' }], body: EMPTY };
}

/** Wakes a transaction at the times that it asks for; what it did, and when. */
function run(state: ClientTransaction, until = 100_000): { readonly log: string[]; readonly state: ClientTransaction } {
  const log: string[] = [];
  let now = state;
  for (;;) {
    const at = clientTransaction.wakeAt(now);
    if (at === undefined || at > until) return { log, state: now };
    const next = clientTransaction.step(now, { type: 'wake', at });
    for (const { type } of next.effects) log.push(`${type} ${at}`);
    now = next.state;
  }
}

function runServer(state: ServerTransaction): readonly string[] {
  const log: string[] = [];
  let now = state;
  for (let at = serverTransaction.wakeAt(now); at !== undefined; at = serverTransaction.wakeAt(now)) {
    const next = serverTransaction.step(now, { type: 'wake', at });
    for (const { type } of next.effects) log.push(`${type} ${at}`);
    now = next.state;
  }
  return [...log, now.phase];
}

const begin = (method: string, reliable = false) => clientTransaction.start(request(method), { at: 0, reliable });

describe('an INVITE client transaction (RFC 3261 17.1.1)', () => {
  it('sends again after 500 ms, each time after twice as long, and gives up after 64*T1', () => {
    const { state, effects } = begin('INVITE');
    expect(effects).toEqual([{ type: 'send', octets: sipMessage.encode(request('INVITE')) }]);
    const { log, state: end } = run(state);
    const times = [500, 1500, 3500, 7500, 15_500, 31_500];
    expect(log).toEqual([...times.map((at) => `send ${at}`), 'timeout 32000']);
    expect(end.phase).toBe('terminated');
  });

  it('sends once over a reliable transport, and gives up at the same time', () => {
    expect(run(begin('INVITE', true).state).log).toEqual(['timeout 32000']);
  });

  it('a provisional response ends the sending and is passed on', () => {
    const trying = response(request('INVITE'), 100);
    const { state, effects } = clientTransaction.step(begin('INVITE').state, {
      type: 'response',
      response: trying,
      at: 100,
    });
    expect(effects).toEqual([{ type: 'response', response: trying }]);
    expect(clientTransaction.wakeAt(state)).toBeUndefined();
    const again = clientTransaction.step(state, { type: 'response', response: trying, at: 200 });
    expect(again.effects).toHaveLength(1);
  });

  it('acknowledges a refusal, and each of its repetitions, for 32 s', () => {
    const busy = response(request('INVITE'), 486);
    const { state, effects } = clientTransaction.step(begin('INVITE').state, {
      type: 'response',
      response: busy,
      at: 100,
    });
    const ack = sipMessage.encode(ackToFailure(request('INVITE'), busy));
    expect(effects).toEqual([
      { type: 'response', response: busy },
      { type: 'send', octets: ack },
    ]);
    const again = clientTransaction.step(state, { type: 'response', response: busy, at: 500 });
    expect(again.effects).toEqual([{ type: 'send', octets: ack }]);
    expect(run(again.state)).toMatchObject({ log: [], state: { phase: 'terminated' } });
    expect(clientTransaction.wakeAt(again.state)).toBe(32_100);
  });

  it('a refusal over a reliable transport is acknowledged and ends it at once', () => {
    const busy = response(request('INVITE'), 486);
    const { state, effects } = clientTransaction.step(begin('INVITE', true).state, {
      type: 'response',
      response: busy,
      at: 1,
    });
    expect(effects.map(({ type }) => type)).toEqual(['response', 'send']);
    expect(state.phase).toBe('terminated');
  });

  it('a 2xx ends it: the dialog acknowledges', () => {
    const fine = response(request('INVITE'), 200);
    const { state, effects } = clientTransaction.step(begin('INVITE').state, {
      type: 'response',
      response: fine,
      at: 1,
    });
    expect(effects).toEqual([{ type: 'response', response: fine }]);
    expect(state.phase).toBe('terminated');
    expect(clientTransaction.step(state, { type: 'response', response: fine, at: 2 }).effects).toEqual([]);
  });
});

describe('the ACK to a refusal (RFC 3261 17.1.1.3)', () => {
  it('has the To of the response, the topmost Via, the Route and the number of the INVITE', () => {
    const invite = request('INVITE', `${VIA}, SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2`);
    const ack = ackToFailure(invite, response(invite, 486));
    expect(new TextDecoder().decode(sipMessage.encode(ack))).toBe(
      [
        'ACK sip:bob@biloxi.com SIP/2.0',
        `Via: ${VIA}`,
        'Max-Forwards: 70',
        'From: "Alice" <sip:alice@atlanta.com>;tag=88sja8x',
        'Call-ID: 987asjd97y7atg',
        'Route: <sip:p1.example.com;lr>',
        'To: "Bob" <sip:bob@biloxi.com>;tag=99sa0xk',
        'CSeq: 986759 ACK',
        'Content-Length: 0',
        '\r\n',
      ].join('\r\n'),
    );
  });

  it('has the To of the INVITE where that of the response is broken', () => {
    const invite = request('INVITE');
    const fields = [{ name: 'To', value: '<' }];
    const ack = ackToFailure(invite, { ...response(invite, 486), fields });
    expect(get(ack, to)).toMatchObject({ ok: true, value: { params: [] } });
  });

  it('throws where the INVITE has no CSeq', () => {
    const invite = request('INVITE');
    const fields = invite.fields.filter(({ name }) => name !== 'CSeq');
    expect(() => ackToFailure({ ...invite, fields }, response(invite, 486))).toThrow(/Via and CSeq/);
  });
});

describe('other client transactions (RFC 3261 17.1.2)', () => {
  it('send again with at most T2 between, and give up after 64*T1', () => {
    const { log } = run(begin('BYE').state);
    const times = [500, 1500, 3500, 7500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500];
    expect(log).toEqual([...times.map((at) => `send ${at}`), 'timeout 32000']);
  });

  it('go on after a provisional response, every T2', () => {
    const trying = response(request('BYE'), 100);
    const { state } = clientTransaction.step(begin('BYE').state, { type: 'response', response: trying, at: 100 });
    expect(run(state).log.slice(0, 4)).toEqual(['send 500', 'send 4500', 'send 8500', 'send 12500']);
    expect(run(state).log.at(-1)).toBe('timeout 32000');
  });

  it('a final response is passed on once, and its repetitions are swallowed for T4', () => {
    const fine = response(request('BYE'), 200);
    const { state, effects } = clientTransaction.step(begin('BYE').state, {
      type: 'response',
      response: fine,
      at: 100,
    });
    expect(effects).toEqual([{ type: 'response', response: fine }]);
    expect(clientTransaction.wakeAt(state)).toBe(5100);
    expect(clientTransaction.step(state, { type: 'response', response: fine, at: 200 }).effects).toEqual([]);
    expect(run(state)).toMatchObject({ log: [], state: { phase: 'terminated' } });
  });

  it('a transport error ends them and is told', () => {
    const { state, effects } = clientTransaction.step(begin('BYE').state, { type: 'transport-error', at: 1 });
    expect([state.phase, effects]).toEqual(['terminated', [{ type: 'transport-error' }]]);
  });
});

const serve = (method: string, reliable = false): ServerTransaction =>
  serverTransaction.start(request(method), { at: 0, reliable });

const answer = (state: ServerTransaction, status: number, method: string, at = 0) =>
  serverTransaction.step(state, { type: 'respond', response: response(request(method), status), at });

describe('an INVITE server transaction (RFC 3261 17.2.1)', () => {
  it('repeats a refusal until the ACK comes, at most for 64*T1', () => {
    const { state } = answer(serve('INVITE'), 486, 'INVITE');
    const times = [500, 1500, 3500, 7500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500];
    expect(runServer(state)).toEqual([...times.map((at) => `send ${at}`), 'timeout 32000', 'terminated']);
  });

  it('an ACK confirms it, and further ones are swallowed for T4', () => {
    const { state } = answer(serve('INVITE'), 486, 'INVITE');
    const ack: ServerTransactionEvent = { type: 'request', request: request('ACK'), at: 600 };
    const confirmed = serverTransaction.step(state, ack);
    expect([confirmed.state.phase, confirmed.effects]).toEqual(['confirmed', []]);
    expect(serverTransaction.wakeAt(confirmed.state)).toBe(5600);
    expect(serverTransaction.step(confirmed.state, ack).state).toEqual(confirmed.state);
    expect(runServer(confirmed.state)).toEqual(['terminated']);
  });

  it('an ACK ends it over a reliable transport, and nothing was repeated', () => {
    const { state } = answer(serve('INVITE', true), 486, 'INVITE');
    expect(runServer(state)).toEqual(['timeout 32000', 'terminated']);
    expect(serverTransaction.step(state, { type: 'request', request: request('ACK'), at: 1 }).state.phase).toBe(
      'terminated',
    );
  });

  it('answers a repeated INVITE with the last response', () => {
    const fresh = serve('INVITE');
    const again: ServerTransactionEvent = { type: 'request', request: request('INVITE'), at: 10 };
    expect(serverTransaction.step(fresh, again).effects).toEqual([]);
    for (const status of [180, 486]) {
      const { state, effects } = answer(fresh, status, 'INVITE');
      expect(serverTransaction.step(state, again).effects).toEqual(effects);
    }
  });

  it('an ACK before any refusal says nothing', () => {
    const fresh = serve('INVITE');
    expect(serverTransaction.step(fresh, { type: 'request', request: request('ACK'), at: 1 }).state).toEqual(fresh);
  });

  it('a 2xx ends it: the dialog repeats it', () => {
    const { state, effects } = answer(serve('INVITE'), 200, 'INVITE');
    expect([state.phase, effects.length]).toEqual(['terminated', 1]);
    expect(answer(state, 486, 'INVITE').effects).toEqual([]);
  });
});

describe('other server transactions (RFC 3261 17.2.2)', () => {
  it('repeat the final response on each repetition for 64*T1, and take no other', () => {
    const { state, effects } = answer(serve('BYE'), 200, 'BYE');
    const again = serverTransaction.step(state, { type: 'request', request: request('BYE'), at: 10 });
    expect(again.effects).toEqual(effects);
    expect(answer(state, 500, 'BYE').effects).toEqual([]);
    expect(runServer(state)).toEqual(['terminated']);
    expect(serverTransaction.wakeAt(state)).toBe(32_000);
  });

  it('discard a repetition before any response', () => {
    expect(serverTransaction.step(serve('BYE'), { type: 'request', request: request('BYE'), at: 1 }).effects).toEqual(
      [],
    );
  });

  it('end with the response over a reliable transport', () => {
    expect(answer(serve('BYE', true), 200, 'BYE').state.phase).toBe('terminated');
  });

  it('a transport error ends them and is told', () => {
    const { state, effects } = serverTransaction.step(serve('BYE'), { type: 'transport-error', at: 1 });
    expect([state.phase, effects]).toEqual(['terminated', [{ type: 'transport-error' }]]);
  });
});

describe('which transaction a message is of (RFC 3261 17.1.3, 17.2.3)', () => {
  it('a response is known by branch and method', () => {
    const { state } = begin('INVITE');
    expect(clientTransaction.matches(state, response(request('INVITE'), 200))).toBe(true);
    expect(clientTransaction.matches(state, response(request('CANCEL'), 200))).toBe(false);
    expect(clientTransaction.matches(state, response(request('INVITE', `${VIA}x`), 200))).toBe(false);
  });

  it('a request is known by branch, sent-by and method, an ACK as its INVITE', () => {
    const state = serve('INVITE');
    expect(serverTransaction.matches(state, request('INVITE'))).toBe(true);
    expect(serverTransaction.matches(state, request('ACK'))).toBe(true);
    expect(serverTransaction.matches(state, request('CANCEL'))).toBe(false);
    expect(serverTransaction.matches(state, request('INVITE', VIA.replace('pc33', 'PC33')))).toBe(true);
    expect(serverTransaction.matches(state, request('INVITE', VIA.replace('pc33', 'pc34')))).toBe(false);
  });

  it('without the cookie by what RFC 2543 had', () => {
    const old = request('INVITE', 'SIP/2.0/UDP pc33.atlanta.com;branch=1');
    const state = serverTransaction.start(old, { at: 0, reliable: false });
    expect(serverTransaction.matches(state, { ...old, method: 'ACK' })).toBe(true);
    expect(serverTransaction.matches(state, { ...old, uri: 'sip:carol@biloxi.com' })).toBe(false);
  });

  it('is unknown where a header is missing', () => {
    const without = (name: string, of: SipRequest): SipRequest => ({
      ...of,
      fields: of.fields.filter((field) => field.name !== name),
    });
    expect(clientKey(without('Via', request('BYE')))).toBeUndefined();
    expect(clientKey(without('CSeq', request('BYE')))).toBeUndefined();
    expect(serverKey(without('Via', request('BYE')))).toBeUndefined();
    const old = request('BYE', 'SIP/2.0/UDP pc33.atlanta.com');
    expect(serverKey(old)).toBeDefined();
    for (const name of ['From', 'Call-ID', 'CSeq']) expect(serverKey(without(name, old))).toBeUndefined();
    expect(() => clientTransaction.start(without('Via', request('BYE')), { at: 0, reliable: true })).toThrow(/branch/);
    expect(() => serverTransaction.start(without('Via', request('BYE')), { at: 0, reliable: true })).toThrow(/Via/);
  });
});

describe('whatever happens', () => {
  const methods = fc.constantFrom('INVITE', 'BYE');
  const statuses = fc.constantFrom(100, 180, 200, 202, 302, 486, 603);
  const delays = fc.array(fc.tuple(fc.nat(20_000), fc.nat(3), statuses), { maxLength: 30 });

  it('a client transaction passes one final response on at most, and ends; its state is JSON', () => {
    fc.assert(
      fc.property(methods, fc.boolean(), delays, (method, reliable, events) => {
        let state = begin(method, reliable).state;
        let at = 0;
        const told: string[] = [];
        const take = (event: ClientTransactionEvent): void => {
          const next = clientTransaction.step(state, event);
          for (const effect of next.effects) {
            if (effect.type === 'response' && effect.response.status >= 200) told.push('final');
            if (effect.type === 'timeout' || effect.type === 'transport-error') told.push(effect.type);
          }
          state = JSON.parse(JSON.stringify(next.state)) as ClientTransaction;
        };
        for (const [delay, kind, status] of events) {
          at += delay;
          if (kind === 0) take({ type: 'response', response: response(request(method), status), at });
          else if (kind === 1) take({ type: 'wake', at });
        }
        take({ type: 'response', response: response(request(method), 200), at });
        for (let wake = clientTransaction.wakeAt(state); wake !== undefined; wake = clientTransaction.wakeAt(state)) {
          take({ type: 'wake', at: wake });
        }
        expect(told).toHaveLength(1);
        expect(state.phase).toBe('terminated');
      }),
      { numRuns: 300, seed: 3261 },
    );
  });

  it('a server transaction sends nothing but its responses, and ends', () => {
    fc.assert(
      fc.property(methods, fc.boolean(), delays, (method, reliable, events) => {
        let state = serve(method, reliable);
        let at = 0;
        const sent = new Set<string>();
        const given = new Set<string>();
        const take = (event: ServerTransactionEvent): void => {
          if (event.type === 'respond') given.add(String(event.response.status));
          const next = serverTransaction.step(state, event);
          for (const effect of next.effects) {
            if (effect.type === 'send') sent.add(new TextDecoder().decode(effect.octets).slice(8, 11));
          }
          state = JSON.parse(JSON.stringify(next.state)) as ServerTransaction;
        };
        for (const [delay, kind, status] of events) {
          at += delay;
          if (kind === 0) take({ type: 'respond', response: response(request(method), status), at });
          else if (kind === 1) take({ type: 'request', request: request(method), at });
          else if (kind === 2) take({ type: 'request', request: request('ACK'), at });
          else take({ type: 'wake', at });
        }
        take({ type: 'respond', response: response(request(method), 480), at });
        for (let wake = serverTransaction.wakeAt(state); wake !== undefined; wake = serverTransaction.wakeAt(state)) {
          take({ type: 'wake', at: wake });
        }
        expect(state.phase).toBe('terminated');
        for (const status of sent) expect(given).toContain(status);
      }),
      { numRuns: 300, seed: 3261 },
    );
  });
});
