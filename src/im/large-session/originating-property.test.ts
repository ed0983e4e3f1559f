import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { octetsIn } from '../../msrp/octet-ranges.ts';
import { isRequest, sipMessage } from '../../sip/message.ts';
import type { OriginatingEffect, OriginatingEvent } from './events.ts';
import { largeSession } from './originating.ts';
import { BOB_CONTACT, decoded, type Reply, responseTo, Sender } from './originating-peer.ts';
import type { OriginatingInput, OriginatingPhase } from './originating-state.ts';
import { ORIGINATING_TABLE } from './originating-table.ts';

const DEEP = process.env.DEEP === '1';

/** What Bob, the network or the user does next; what is impossible at the moment is left out. */
type Act = (sender: Sender, k: number) => void;

const REPLIES: readonly Reply[] = [
  {},
  { answer: { setup: 'active' } },
  { contact: `${BOB_CONTACT};isfocus` },
  { contact: `${BOB_CONTACT};automata` },
  { toTag: 'b2' },
  { body: { contentType: 'text/plain', content: 'no answer' } },
  { answer: { refuse: true } },
  { answer: { direction: 'inactive' } },
  { answer: { maxSize: 10 } },
  { timer: { supported: true, required: true, interval: 90, refresher: 'uac' }, allow: ['INVITE', 'UPDATE'] },
  { timer: { supported: true, required: true, interval: 90, refresher: 'uac' }, allow: ['INVITE'] },
  { timer: { supported: true, required: true, interval: 90, refresher: 'uas' } },
];

const has = (sender: Sender, method: string): boolean =>
  sender.messages().some((message) => isRequest(message) && message.method === method);

const reply =
  (method: string, statuses: readonly number[]): Act =>
  (sender, k) => {
    if (!has(sender, method)) return;
    const status = statuses[k % statuses.length] as number;
    const timer = { supported: false, required: false, minimum: 3600 } as const;
    sender.reply(method, status, status === 422 ? { timer } : {});
  };

const request =
  (method: string): Act =>
  (sender, k) => {
    const { session } = sender.state;
    if (session !== undefined) sender.sip(sender.request(method, k % 5 === 0 ? { sequence: 1 } : {}));
  };

const ACTS: Readonly<Record<string, Act>> = {
  provisional: reply('INVITE', [100, 180, 183]),
  accept: (sender, k) => sender.reply('INVITE', 200, REPLIES[k % REPLIES.length]),
  broken: (sender) => {
    const response = responseTo(sender.sent('INVITE'), 200);
    sender.sip({ ...response, fields: response.fields.filter(({ name }) => name !== 'Contact') });
  },
  refuse: reply('INVITE', [302, 422, 486, 487, 603]),
  refreshed: (sender, k) => reply(k % 2 === 0 ? 'UPDATE' : 'INVITE', [200, 200, 481, 491, 422, 501])(sender, k >> 1),
  answerBye: reply('BYE', [200, 481]),
  answerCancel: reply('CANCEL', [200, 481]),
  connected: (sender) => sender.tell({ type: 'msrp-connected' }),
  closed: (sender) => sender.tell({ type: 'msrp-closed' }),
  sipError: (sender) => sender.tell({ type: 'sip-error' }),
  cancel: (sender) => sender.tell({ type: 'cancel' }),
  content: (sender, k) => {
    const { asked } = sender.state.sending;
    if (asked === undefined) sender.give(0, 1);
    else sender.give(asked.from, asked.to - (k % 7 === 0 ? Math.min(10, asked.to - asked.from - 1) : 0));
  },
  late: (sender, k) => sender.give(k, k + 1 + (sender.state.sending.asked?.from === k ? 0 : 5000)),
  chunkAnswered: (sender, k) => {
    const waiting = sender.state.sending.waiting;
    const id = waiting[k % Math.max(1, waiting.length)]?.transactionId ?? sender.chunks()[0]?.transactionId;
    if (id !== undefined) sender.answerChunk(id, 200);
  },
  chunkRefused: (sender, k) => {
    const id = sender.chunks()[0]?.transactionId;
    if (id !== undefined) sender.answerChunk(id, [413, 408, 481, 506, 299][k % 5] as number);
  },
  reported: (sender, k) => {
    if (sender.chunks().length === 0) return;
    const end = k % 3 === 0 ? (k % 5000) + 1 : 5000;
    sender.report(k % 6 === 5 ? 413 : 200, { start: (k % end) * (k % 2) + 1, end, total: 5000 });
  },
  bye: request('BYE'),
  update: request('UPDATE'),
  reinvite: request('INVITE'),
  options: request('OPTIONS'),
  info: request('INFO'),
  repeated: (sender, k) => {
    const before = sender.events.filter((event) => event.type === 'sip' || event.type === 'msrp');
    const event = before[k % Math.max(1, before.length)];
    if (event !== undefined) sender.tell(event);
  },
  garbage: (sender, k) => sender.sip(Uint8Array.from({ length: k % 40 }, (_, i) => (i * k) & 0xff)),
  traffic: (sender) =>
    sender.msrp({ transactionId: 'bobs1234', method: 'SEND', fields: [], body: undefined, continuation: '$' }),
  time: (sender, k) => sender.pass([10, 600, 5000, 31_000, 50_000, 130_000, 190_000][k % 7] as number),
};

/** What a sender would mostly see, so that long sessions are met too. */
const USUAL = [
  'provisional',
  'accept',
  'connected',
  'content',
  'content',
  'chunkAnswered',
  'chunkAnswered',
  'reported',
];

const act = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...USUAL) },
  { weight: 2, arbitrary: fc.constantFrom(...Object.keys(ACTS)) },
);
const acts = fc.record({
  first: fc.constantFrom(0, 0, 3, 4, 5),
  rest: fc.array(fc.tuple(act, fc.nat(10_000)), { maxLength: 40 }),
});
const settings: fc.Arbitrary<Partial<OriginatingInput>> = fc.record({
  reliable: fc.boolean(),
  window: fc.constantFrom(1, 2, 8),
  chunkSize: fc.constantFrom(500, 2048, 4000),
  successReport: fc.boolean(),
  failureReport: fc.constantFrom('yes', 'yes', 'no', 'partial'),
});

function run(input: Partial<OriginatingInput>, first: number, rest: readonly (readonly [string, number])[]): Sender {
  const sender = new Sender(5000, input);
  const usual: readonly (readonly [string, number])[] = USUAL.slice(0, first).map((name) => [name, 1]);
  for (const [name, k] of [...usual, ...rest]) {
    const before = sender.events.length;
    ACTS[name]?.(sender, k);
    if (sender.events.length > before) sender.at += k % 50;
  }
  // The network is silent from now on; whatever waits, waits for time alone.
  let steps = 0;
  for (let next = sender.state.wakeAt; next !== undefined; next = sender.state.wakeAt) {
    sender.at = Math.max(sender.at, next);
    sender.tell({ type: 'wake' });
    if (++steps > 1000) throw new Error('it does not come to an end');
  }
  return sender;
}

function triggerOf(event: OriginatingEvent): string {
  if (event.type !== 'sip') return event.type;
  const message = event.message instanceof Uint8Array ? undefined : event.message;
  if (message === undefined) return 'garbage';
  if (isRequest(message)) return message.method;
  return message.status < 200 ? 'provisional' : message.status < 300 ? 'success' : 'refusal';
}

/** The transitions of a session, `from trigger to`, seen by playing its events once more. */
function transitions({ input, events }: Sender): {
  readonly seen: readonly string[];
  readonly effects: OriginatingEffect[];
} {
  let { state, effects } = largeSession.start(input);
  const all = [...effects];
  const seen: string[] = [];
  let from: OriginatingPhase = state.phase;
  for (const event of events) {
    ({ state, effects } = largeSession.step(state, event));
    if (state.phase !== from) seen.push(`${from} ${triggerOf(event)} ${state.phase}`);
    all.push(...effects);
    from = state.phase;
  }
  return { seen, effects: all };
}

/** Distinct requests of a method by the dialog that they are in. */
function countByDialog(sender: Sender, method: string): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const message of sender.messages()) {
    if (!isRequest(message) || message.method !== method) continue;
    const header = (name: string): string => message.fields.find((field) => field.name === name)?.value ?? '';
    found.set(header('To'), (found.get(header('To')) ?? new Set()).add(header('CSeq')));
  }
  return found;
}

const plain = (effects: readonly OriginatingEffect[]): string =>
  JSON.stringify(effects, (_, value) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value));

const met = new Set<string>();
const TABLE = ORIGINATING_TABLE.map(({ from, on, to }) => `${from} ${on} ${to}`);

/** What holds for every session, however it went. */
function check(sender: Sender): void {
  const { effects, outcome } = sender;
  const ends = effects.filter(({ type }) => type === 'ended');
  expect(ends).toHaveLength(1);
  expect(sender.state.phase).toBe('ended');
  for (const byes of countByDialog(sender, 'BYE').values()) expect(byes.size).toBe(1);
  expect(effects.filter(({ type }) => type === 'close-msrp').length).toBeLessThan(2);

  const after = effects.slice(effects.indexOf(ends[0] as OriginatingEffect) + 1);
  expect(after.filter(({ type }) => type !== 'send-sip' && type !== 'wake')).toEqual([]);

  const sent = sender.chunks().filter(({ continuation }) => continuation !== '#');
  const octets = Buffer.concat(sent.map(({ body = new Uint8Array(0) }) => body));
  expect(octets.equals(sender.content.subarray(0, outcome?.sent))).toBe(true);
  expect(octetsIn(outcome?.acknowledged ?? [])).toBeLessThanOrEqual(octets.length);
  expect(octetsIn(outcome?.reported ?? [])).toBeLessThanOrEqual(octets.length);
  if (outcome?.cause === 'complete') {
    expect(octets).toHaveLength(5000);
    expect(sent.at(-1)?.continuation).toBe('$');
  }

  const again = transitions(sender);
  expect(plain(again.effects)).toBe(plain(effects));
  for (const one of again.seen) {
    expect(TABLE).toContain(one);
    met.add(one);
  }
}

/** Into each phase and out of it. The kind of reply or request is the number behind the name. */
const INTO = {
  inviting: '',
  proceeding: 'provisional',
  cancelling: 'cancel',
  connecting: 'accept:9',
  sending: 'accept:9 connected content',
  acknowledging: 'accept:9 connected content content',
  reporting: 'accept:9 connected content content chunkAnswered chunkAnswered',
  releasing: 'accept connected cancel',
};
const BEFORE = [
  'accept',
  'accept:6',
  'broken',
  'refuse:1',
  'refuse:2',
  'cancel',
  'sipError',
  'time:3 time:3',
  'time:6',
];
const DURING = ['cancel', 'closed', 'sipError', 'bye:1', 'time:4 refreshed:4', 'time:6', 'chunkRefused', 'reported:2'];
const WAYS: readonly string[] = Object.entries(INTO).flatMap(([phase, way]) => {
  if (phase === 'releasing') return ['sipError', 'answerBye', 'answerBye:1', 'time:5'].map((out) => `${way} ${out}`);
  const outs = ['inviting', 'proceeding', 'cancelling'].includes(phase) ? BEFORE : DURING;
  return outs.map((out) => `${way} ${out}`.trim());
});

describe('whatever happens to the sending end', () => {
  it('LM-0, LM-REL: it ends once, says BYE once, sends each octet once, and waits for nothing then', () => {
    fc.assert(
      fc.property(settings, acts, (input, { first, rest }) => check(run(input, first, rest))),
      { numRuns: DEEP ? 20_000 : 120, seed: 7 },
    );
  });

  it.each(WAYS)('%s', (way) => {
    const steps = way.split(' ').map((step): readonly [string, number] => {
      const [name = '', k = '1'] = step.split(':');
      return [name, /^(accept|answerBye)$/.test(step) ? 0 : Number(k)];
    });
    check(run({ chunkSize: 4000, waits: { connection: 100_000, response: 100_000 } }, 0, steps));
  });

  it.each([true, false])('no response is asked for; a success report: %s', (successReport) => {
    const steps = ['accept', 'connected', 'content', 'content'].map((name, k): readonly [string, number] => [name, k]);
    check(run({ chunkSize: 4000, failureReport: 'no', successReport }, 0, steps));
  });

  it('an INVITE that is not answered as soon as the caller wants is cancelled', () => {
    check(run({ waits: { answer: 2000 } }, 0, [['time', 2]]));
  });

  it('every row of the state chart is met', () => {
    expect(TABLE.filter((row) => !met.has(row))).toEqual([]);
  });

  it('octets that were damaged on the way do not make it throw', () => {
    const damage = fc.array(fc.tuple(fc.nat(1200), fc.nat(255), fc.nat(2)), { minLength: 1, maxLength: 3 });
    const begun = new Sender().reply('INVITE', 200, REPLIES[9]).tell({ type: 'msrp-connected' }).give(0, 2048);
    const invited = new Sender();
    const timer = { supported: true, required: false, interval: 600, minimum: 90, refresher: 'uac' } as const;
    const body = { contentType: 'application/sdp', content: responseTo(begun.sent('INVITE'), 200).body };
    const sip = [
      ...REPLIES.map((reply) => responseTo(invited.sent('INVITE'), 200, reply)),
      responseTo(invited.sent('INVITE'), 422, { timer: { supported: false, required: false, minimum: 3600 } }),
      ...['BYE', 'OPTIONS', 'INFO'].map((method) => begun.request(method)),
      ...['UPDATE', 'INVITE'].map((method) => begun.request(method, { timer, body })),
    ].map((message) => sipMessage.encode(message));
    fc.assert(
      fc.property(fc.constantFrom(...sip), fc.constantFrom(begun, invited), damage, (octets, { state }, changes) => {
        const damaged = [...octets];
        for (const [at, octet, kind] of changes) damaged.splice(at % damaged.length, kind, octet);
        const next = largeSession.step(state, { type: 'sip', at: 100, message: Uint8Array.from(damaged) });
        largeSession.step(next.state, { type: 'cancel', at: 200 });
        largeSession.step(next.state, { type: 'wake', at: 100_000 });
      }),
      { numRuns: DEEP ? 50_000 : 800, seed: 9 },
    );
  });

  it('every SIP message that goes out is one', () => {
    fc.assert(
      fc.property(settings, acts, (input, { first, rest }) => {
        for (const effect of run(input, first, rest).effects) if (effect.type === 'send-sip') decoded(effect.octets);
      }),
      { numRuns: DEEP ? 2000 : 40, seed: 8 },
    );
  });
});
