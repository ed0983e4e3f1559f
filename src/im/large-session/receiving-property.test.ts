/*
 * Whatever happens, in whatever order: the receiving end against what must hold of every session.
 */
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { unwrap } from '../../core/result.ts';
import { type MsrpRequest, msrp } from '../../msrp/message.ts';
import { addRange, type OctetRange } from '../../msrp/octet-ranges.ts';
import { isRequest, type SipMessage, type SipRequest, type SipResponse, sipMessage } from '../../sip/message.ts';
import { composeCancel } from '../dialog/requests.ts';
import type { ReceivingEffect, ReceivingEvent } from './events.ts';
import { receivingSession } from './receiving.ts';
import { BOB, BOB_MEDIA, changed, offerOf, Receiver } from './receiving-peer.ts';
import type { ReceivingState } from './receiving-state.ts';
import { RECEIVING_TABLE, type ReceivingTrigger } from './receiving-table.ts';

const DEEP = process.env.DEEP !== undefined;
const { invite, content } = offerOf('The minutes of yesterday. '.repeat(60));
const unsupporting = changed(invite, { Supported: undefined, 'Session-Expires': '600' });

/** What Alice may send, made once with the tag that this session has. */
const peer = new Receiver(invite).tell({ type: 'accept', media: BOB_MEDIA });
const ack = peer.request('ACK');
const chunks: readonly MsrpRequest[] = peer.chunks(content, { size: 300 });
const requests: readonly SipRequest[] = [
  invite,
  composeCancel(invite),
  ack,
  ...['UPDATE', 'INVITE', 'OPTIONS', 'INFO'].map((method) => peer.request(method)),
  peer.request('ACK'),
  peer.request('BYE'),
  changed(peer.request('BYE'), { To: '<sip:bob@home1.example>;tag=other' }),
];

type Move =
  | { readonly kind: 'request'; readonly index: number }
  | { readonly kind: 'chunk'; readonly index: number }
  | { readonly kind: 'all-chunks' }
  | { readonly kind: 'binding-refused' }
  | { readonly kind: 'response'; readonly status: number }
  | { readonly kind: 'event'; readonly event: string }
  | { readonly kind: 'time'; readonly milliseconds: number }
  | { readonly kind: 'noise'; readonly octets: Uint8Array };

const EVENTS = [
  'accept',
  'accept-active',
  'accept-nothing',
  'refuse',
  'cancel',
  'sip-error',
  'msrp-connected',
  'msrp-closed',
  'message',
  'displayed',
];
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('request' as const), index: fc.nat(requests.length - 1) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('chunk' as const), index: fc.nat(chunks.length - 1) }) },
  { weight: 1, arbitrary: fc.constantFrom<Move>({ kind: 'all-chunks' }, { kind: 'binding-refused' }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('response' as const),
      status: fc.constantFrom(100, 200, 200, 408, 422, 481, 500),
    }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('event' as const), event: fc.constantFrom(...EVENTS) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('time' as const),
      milliseconds: fc.constantFrom(1, 600, 5000, 33_000, 200_000, 2_000_000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('noise' as const), octets: fc.uint8Array({ maxLength: 40 }) }),
  },
);

/** The events that the moves are, seen from the session as it is. */
class Run {
  readonly log: ReceivingEvent[] = [];
  readonly effects: ReceivingEffect[] = [];
  readonly met = new Set<string>();
  at = 0;
  state: ReceivingState;

  constructor(first: SipRequest, patience: number) {
    const begun = receivingSession.start({ ...BOB, invite: first, at: 0, patience });
    this.state = begun.state;
    this.effects.push(...begun.effects);
    this.met.add(`undefined INVITE ${begun.state.phase}`);
  }

  tell(event: ReceivingEvent): void {
    this.log.push(event);
    const plain = JSON.parse(JSON.stringify(this.state)) as ReceivingState;
    const { state, effects } = receivingSession.step(plain, event);
    if (state.phase !== this.state.phase) this.met.add(`${this.state.phase} ${trigger(event)} ${state.phase}`);
    this.state = state;
    this.effects.push(...effects);
  }

  move(one: Move): void {
    const { at } = this;
    if (one.kind === 'request') this.tell({ type: 'sip', at, message: requests[one.index] as SipRequest });
    else if (one.kind === 'noise') this.tell({ type: 'sip', at, message: one.octets });
    else if (one.kind === 'chunk') this.tell({ type: 'msrp', at, message: chunks[one.index] as MsrpRequest });
    else if (one.kind === 'all-chunks') for (const message of chunks) this.tell({ type: 'msrp', at, message });
    else if (one.kind === 'binding-refused') this.refuseBinding();
    else if (one.kind === 'time') this.pass(one.milliseconds);
    else if (one.kind === 'response') {
      const last = this.ownRequests().at(-1);
      if (last !== undefined) this.tell({ type: 'sip', at, message: responseTo(last, one.status) });
    } else if (one.event === 'accept') this.tell({ type: 'accept', at, media: BOB_MEDIA });
    else if (one.event === 'accept-active') this.tell({ type: 'accept', at, media: { ...BOB_MEDIA, setup: 'active' } });
    else if (one.event === 'accept-nothing') {
      this.tell({ type: 'accept', at, media: { ...BOB_MEDIA, acceptTypes: ['image/png'] } });
    } else if (one.event === 'message') this.tell({ type: 'message', at, octets: content });
    else this.tell({ type: one.event, at } as ReceivingEvent);
  }

  refuseBinding(): void {
    const transactionId = this.state.medium?.binding;
    if (transactionId === undefined) return;
    const message = { transactionId, status: 481, comment: undefined, fields: [], continuation: '$' } as const;
    this.tell({ type: 'msrp', at: this.at, message });
  }

  pass(milliseconds: number): void {
    const until = this.at + milliseconds;
    let wakes = 0;
    for (let next = this.state.wakeAt; next !== undefined && next <= until; next = this.state.wakeAt) {
      expect(next, 'no wake in the past').toBeGreaterThanOrEqual(this.at);
      expect(wakes++, 'time goes on').toBeLessThan(20_000);
      this.at = next;
      this.tell({ type: 'wake', at: next });
    }
    this.at = until;
  }

  sip(): readonly SipMessage[] {
    return this.effects.flatMap((effect) =>
      effect.type === 'send-sip' ? [unwrap(sipMessage.decode(effect.octets))] : [],
    );
  }

  ownRequests(): readonly SipRequest[] {
    return this.sip().filter((message): message is SipRequest => isRequest(message) && message.method !== 'ACK');
  }
}

function trigger(event: ReceivingEvent): ReceivingTrigger {
  if (event.type !== 'sip') return event.type as ReceivingTrigger;
  const { message } = event;
  if (message instanceof Uint8Array) return 'response';
  return isRequest(message) ? (message.method as ReceivingTrigger) : 'response';
}

function responseTo(request: SipRequest, status: number): SipResponse {
  const copied = ['Via', 'From', 'To', 'Call-ID', 'CSeq'];
  const fields = request.fields.filter(({ name }) => copied.includes(name));
  const all = status === 422 ? [...fields, { name: 'Min-SE', value: '900' }] : fields;
  return { status, reason: '', fields: all, body: new Uint8Array(0) };
}

const rowsMet = new Set<string>();
const allRows = new Set(RECEIVING_TABLE.map(({ from, on, to }) => `${from} ${on} ${to}`));

function check(run: Run): void {
  const types = run.effects.map(({ type }) => type);
  // One end, and only one.
  expect(types.filter((type) => type === 'ended')).toHaveLength(1);
  // BYE is one request, however often it is sent.
  const byes = new Set(
    run
      .ownRequests()
      .filter(({ method }) => method === 'BYE')
      .map((bye) => bye.fields[0]?.value),
  );
  expect(byes.size).toBeLessThanOrEqual(1);
  // Every octet that was handed out is accounted for, and no other.
  let handedOut: readonly OctetRange[] = [];
  for (const effect of run.effects) {
    if (effect.type !== 'received') continue;
    handedOut = addRange(handedOut, { start: effect.from + 1, end: effect.from + effect.octets.length });
    expect(effect.octets).toEqual(content.subarray(effect.from, effect.from + effect.octets.length));
  }
  const ended = run.effects.find((effect) => effect.type === 'ended');
  expect(ended?.outcome.received).toEqual(handedOut);
  const complete = types.filter((type) => type === 'complete').length;
  expect(complete).toBe(ended?.outcome.cause === 'complete' ? 1 : 0);
  // What was opened is closed, once.
  const opened = types.filter((type) => type === 'await-msrp' || type === 'connect-msrp').length;
  const lost = run.log.some(({ type }) => type === 'msrp-closed');
  const closed = types.filter((type) => type === 'close-msrp').length;
  expect(closed).toBeLessThanOrEqual(opened);
  if (!lost) expect(closed).toBe(opened);
  // Of each type one notification.
  expect(types.filter((type) => type === 'notify').length).toBeLessThanOrEqual(2);
  expect(run.state.wakeAt).toBeUndefined();
  expect(run.state.phase).toBe('ended');
  for (const row of run.met) {
    expect(allRows, 'the state chart has it').toContain(row);
    rowsMet.add(row);
  }
}

describe('whatever happens', () => {
  const moves = fc.array(move, { maxLength: 25 });
  /** Half of the sessions begin as they should. */
  const opening: fc.Arbitrary<readonly Move[]> = fc.constantFrom<readonly Move[]>(
    [],
    [{ kind: 'event', event: 'accept' }],
    [
      { kind: 'event', event: 'accept' },
      { kind: 'request', index: 2 },
    ],
    [
      { kind: 'event', event: 'accept' },
      { kind: 'request', index: 2 },
      { kind: 'event', event: 'msrp-connected' },
    ],
  );

  it('LM-0, LM-R3: a session ends once, leaves no timer, accounts for every octet and never throws', {
    timeout: 600_000,
  }, () => {
    fc.assert(
      fc.property(
        fc.constantFrom(invite, unsupporting),
        fc.constantFrom(20_000, 1e9),
        opening,
        moves,
        (first, patience, begin, rest) => {
          const run = new Run(first, patience);
          for (const one of [...begin, ...rest]) run.move(one);
          run.pass(1e10);
          check(run);
        },
      ),
      { numRuns: DEEP ? 3_000 : 150, seed: 4975 },
    );
  });

  const flaws = fc.array(
    fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), cut: fc.nat(3), put: fc.uint8Array({ maxLength: 4 }) }),
    { minLength: 1, maxLength: 4 },
  );
  const flawed = (octets: Uint8Array, list: readonly { at: number; cut: number; put: Uint8Array }[]): Uint8Array => {
    const bytes = [...octets];
    for (const { at, cut, put } of list) bytes.splice(Math.floor(at * bytes.length), cut, ...put);
    return Uint8Array.from(bytes);
  };
  const carriers = [invite, ...requests.slice(3, 9)].map((request) => sipMessage.encode(request));

  it('octets that are almost right make nothing throw', { timeout: 600_000 }, () => {
    fc.assert(
      fc.property(fc.nat(carriers.length - 1), flaws, fc.boolean(), (index, list, ring) => {
        const octets = flawed(carriers[index] as Uint8Array, list);
        const options = { ...BOB, patience: 20_000, ring };
        const at = 0;
        const begun = receivingSession.start({ ...options, invite: index === 0 ? octets : invite, at });
        let { state } = begun;
        const events: ReceivingEvent[] = [
          { type: 'sip', at, message: octets },
          ...(index === 0 ? [] : [{ type: 'accept', at, media: BOB_MEDIA } as const]),
          { type: 'sip', at, message: ack },
          { type: 'sip', at, message: octets },
          { type: 'msrp-connected', at },
          { type: 'message', at, octets },
        ];
        for (const event of events) ({ state } = receivingSession.step(state, event));
        const frame = msrp.decode(flawed(msrp.encode(chunks[0] as MsrpRequest), list));
        if (frame.ok) ({ state } = receivingSession.step(state, { type: 'msrp', at, message: frame.value }));
        for (let next = state.wakeAt; next !== undefined; next = state.wakeAt) {
          ({ state } = receivingSession.step(state, { type: 'wake', at: next }));
        }
        expect(state.phase).toBe('ended');
      }),
      { numRuns: DEEP ? 10_000 : 300, seed: 3261 },
    );
  });

  it('the same events give the same effects again', () => {
    fc.assert(
      fc.property(opening, moves, (begin, rest) => {
        const run = new Run(invite, 20_000);
        for (const one of [...begin, ...rest]) run.move(one);
        let { state, effects } = receivingSession.start({ ...BOB, invite, at: 0, patience: 20_000 });
        const again = [...effects];
        for (const event of run.log) {
          ({ state, effects } = receivingSession.step(state, event));
          again.push(...effects);
        }
        expect(again).toEqual(run.effects);
      }),
      { numRuns: 50, seed: 4975 },
    );
  });

  const event = (name: string): Move => ({ kind: 'event', event: name });
  const request = (index: number): Move => ({ kind: 'request', index });
  const time = (milliseconds: number): Move => ({ kind: 'time', milliseconds });
  const [CANCEL, ACK, INVITE_AGAIN] = [1, 2, 4].map(request) as [Move, Move, Move];
  const stands = [event('accept'), ACK, event('msrp-connected')];
  const refused: Move = { kind: 'binding-refused' };
  /** What chance meets too seldom. */
  const scripts: readonly (readonly [SipRequest, number, readonly Move[]])[] = [
    [changed(invite, { Contact: undefined }), 1e9, []],
    [invite, 1e9, [event('accept-nothing')]],
    [invite, 1e9, [CANCEL]],
    [invite, 1e9, [event('accept-active'), event('msrp-connected'), refused]],
    [invite, 1e9, [event('accept-active'), ACK, event('msrp-connected'), refused]],
    [invite, 1e9, [event('accept-active'), ACK, event('msrp-connected'), INVITE_AGAIN, refused]],
    [invite, 1e9, [...stands, INVITE_AGAIN, event('msrp-closed')]],
    [invite, 1e9, [...stands, INVITE_AGAIN, event('cancel')]],
    [invite, 1e9, [event('accept'), event('cancel'), ACK]],
    [invite, 1e9, [event('accept'), event('cancel'), event('sip-error')]],
    [invite, 1e9, [...stands, event('cancel'), event('sip-error')]],
    [unsupporting, 1e9, [...stands, time(300_001), { kind: 'response', status: 481 }]],
    [unsupporting, 1e9, [...stands, time(300_001), event('sip-error')]],
    [unsupporting, 1e9, [...stands, time(300_001), INVITE_AGAIN, { kind: 'response', status: 481 }]],
  ];
  it.each(scripts)('what happens seldom', (first, patience, script) => {
    const run = new Run(first, patience);
    for (const one of script) run.move(one);
    run.pass(1e10);
    check(run);
  });

  afterAll(() => {
    const never = [...allRows].filter((row) => !rowsMet.has(row));
    expect(never, 'rows of the state chart that no run has met').toEqual([]);
  });
});
