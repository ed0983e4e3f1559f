import { describe, expect, it } from 'vitest';
import { EncodeError } from '../../core/error.ts';
import { cpim } from '../../cpim/message.ts';
import { fromPath, toPath } from '../../msrp/headers/path.ts';
import { get } from '../../sip/access.ts';
import { cseq } from '../../sip/headers/cseq.ts';
import { sessionExpires } from '../../sip/headers/session-expires.ts';
import { allow } from '../../sip/headers/token-lists.ts';
import { isRequest, sipMessage } from '../../sip/message.ts';
import { cpimContent } from '../cpim-content.ts';
import { deferred } from '../deferred/deferred.ts';
import type { SentEvent } from '../deferred/events.ts';
import { imWarning } from '../dialog/im-warning.ts';
import { composeResponse } from '../dialog/responses.ts';
import { composeNotification } from '../notification.ts';
import { sessionDescription } from './description.ts';
import { largeSession } from './originating.ts';
import { ALICE_PATH, BOB_CONTACT, BOB_PATH, inviteOf, responseTo, Sender } from './originating-peer.ts';

const UPDATES = ['INVITE', 'ACK', 'BYE', 'UPDATE'];
const LOCAL = { supported: true, required: true, interval: 90, refresher: 'uac' } as const;

describe('a session from the INVITE to the BYE', () => {
  it('LM-0, LM-REL: a message goes out, is acknowledged and reported, and the session is released unasked', () => {
    const sender = new Sender();
    expect(sender.done()).toEqual(['INVITE']);
    sender.reply('INVITE', 180).reply('INVITE', 200);
    expect(sender.done()).toEqual(['ACK', 'connect-msrp']);
    sender.tell({ type: 'msrp-connected' }).deliver();
    const chunk = ['need-content', 'MSRP SEND+'];
    expect(sender.done()).toEqual([...chunk, ...chunk, 'need-content', 'MSRP SEND$']);
    expect(sender.state.phase).toBe('reporting');
    sender.report(200, { start: 1, end: 5000, total: 5000 });
    expect(sender.done()).toEqual(['close-msrp', 'BYE']);
    sender.reply('BYE', 200);
    expect(sender.outcome).toMatchObject({
      cause: 'complete',
      sent: 5000,
      acknowledged: [{ start: 1, end: 5000 }],
      reported: [{ start: 1, end: 5000 }],
    });
    expect(sender.pass(100_000).state).toMatchObject({ wakeAt: undefined, sip: { clients: [], servers: [] } });
  });

  it('LM-0: refuses an INVITE of another kind, octets that it does not offer, and ids that are none', () => {
    const { input } = new Sender();
    const wrong =
      (changed: object): (() => void) =>
      () =>
        largeSession.start({ ...input, ...changed });
    expect(wrong({ invite: { ...input.invite, method: 'MESSAGE' } })).toThrow(EncodeError);
    for (const size of [0, -1, 1.5, 4999]) expect(wrong({ content: { ...input.content, size } })).toThrow('LM-E6');
    expect(wrong({ content: { ...input.content, messageId: 'x' } })).toThrow(EncodeError);
    expect(wrong({ content: { ...input.content, contentType: 'none' } })).toThrow(EncodeError);
    for (const ids of ['', 'short', 'a'.repeat(27), '-'.repeat(26)]) expect(wrong({ ids })).toThrow('ids');
    for (const window of [0, 1.5]) expect(wrong({ window })).toThrow('window');
    expect(wrong({ chunkSize: 0 })).toThrow(EncodeError);
  });

  it('LM-E7: the INVITE is handed over as it was composed, and again until something is heard of it', () => {
    const sender = new Sender();
    expect(sender.effects[0]).toEqual({ type: 'send-sip', octets: sipMessage.encode(sender.input.invite) });
    sender.pass(3500);
    expect(sender.done()).toEqual(['INVITE', 'INVITE', 'INVITE', 'INVITE']);
    sender.reply('INVITE', 100).pass(20_000);
    expect(sender.done()).toEqual([]);
  });

  it('LM-E7: over a reliable transport the INVITE does not go out twice, and is given up after 64*T1', () => {
    const sender = new Sender(5000, { reliable: true }).pass(60_000);
    expect(sender.done()).toEqual(['INVITE', 'ended']);
    expect(sender.outcome?.cause).toBe('no-response');
  });
});

describe('responses to the INVITE (change request 9.1.1.1, 9.1.1.2)', () => {
  it('LM-R1: keeps the methods of Allow, of a provisional response and of a final one', () => {
    const sender = new Sender().reply('INVITE', 180, { allow: ['INVITE', 'BYE'] });
    expect(sender.state.allow).toEqual(['INVITE', 'BYE']);
    expect(sender.reply('INVITE', 200, { allow: UPDATES }).state.allow).toEqual(UPDATES);
    expect(new Sender().reply('INVITE', 486, { allow: UPDATES }).state.allow).toEqual(UPDATES);
  });

  it('LM-R1: a response without Allow, or with one that is broken, does not change what is kept', () => {
    const sender = new Sender().reply('INVITE', 180, { allow: UPDATES });
    const { fields, ...rest } = responseTo(sender.sent('INVITE'), 183);
    sender.sip({ ...rest, fields: [...fields, { name: 'Allow', value: '@' }] }).reply('INVITE', 200);
    expect(sender.state.allow).toEqual(UPDATES);
  });

  it('LM-R2, LM-A1: keeps the session identity in Contact', () => {
    const sender = new Sender().reply('INVITE', 180, { contact: '<sip:conf1@factory.example>' });
    expect(sender.state.contact).toMatchObject({ uri: { user: 'conf1' } });
    sender.reply('INVITE', 200, { contact: '<sip:conf2@factory.example>;isfocus' });
    expect(sender.state).toMatchObject({ contact: { uri: { user: 'conf2' } }, isFocus: true });
  });

  it('LM-R2, LM-A1: a 200 without Contact makes no dialog: nothing is sent, and the outcome reports it', () => {
    const sender = new Sender();
    const response = responseTo(sender.sent('INVITE'), 200);
    sender.sip({ ...response, fields: response.fields.filter(({ name }) => name !== 'Contact') });
    expect(sender.done()).toEqual(['INVITE', 'ended']);
    expect(sender.outcome).toMatchObject({ cause: 'answer', problem: 'dialog', sent: 0 });
  });

  it('a refusal ends it with what the server says', () => {
    const warnings = [imWarning('size', 'im.example.com')];
    const sender = new Sender().reply('INVITE', 403, { warnings, retryAfter: 60 });
    expect(sender.done()).toEqual(['INVITE', 'ACK', 'ended']);
    expect(sender.outcome).toMatchObject({
      cause: 'refused',
      status: 403,
      retryAfter: { seconds: 60 },
      warnings,
      refusals: ['size'],
    });
  });

  it('422: tries once more with the interval that is asked for', () => {
    const tooSmall = { timer: { supported: false, required: false, minimum: 3600 } };
    const sender = new Sender().reply('INVITE', 422, tooSmall);
    expect(sender.done()).toEqual(['INVITE', 'ACK', 'INVITE']);
    const again = sender.sent('INVITE');
    expect(get(again, cseq)).toMatchObject({ value: { number: 2 } });
    expect(get(again, sessionExpires)).toMatchObject({ value: { seconds: 3600 } });
    expect(get(again, 'Min-SE')).toMatchObject({ value: '3600' });
    sender.reply('INVITE', 422, { timer: { supported: false, required: false, minimum: 7200 } });
    expect(sender.outcome).toMatchObject({ cause: 'refused', status: 422 });
  });

  it('every repetition of the 200 has its ACK again; a second callee is acknowledged and left', () => {
    const sender = new Sender().reply('INVITE', 200);
    sender.done();
    sender.reply('INVITE', 200).reply('INVITE', 200);
    expect(sender.done()).toEqual(['ACK', 'ACK']);
    sender.reply('INVITE', 200, { toTag: 'b2' });
    expect(sender.done()).toEqual(['ACK', 'BYE']);
    sender.reply('INVITE', 200, { toTag: 'b2' });
    expect(sender.done()).toEqual(['ACK']);
    expect(sender.state.phase).toBe('connecting');
  });

  it.each([
    ['medium', { answer: { refuse: true } }],
    ['description', { body: { contentType: 'text/plain', content: 'yes' } }],
    ['direction', { answer: { direction: 'inactive' } }],
    ['max-size', { answer: { maxSize: 4999 } }],
  ] as const)('LM-A2: an answer that does not let the message through is not followed: %s', (problem, reply) => {
    const sender = new Sender().reply('INVITE', 200, reply);
    expect(sender.done()).toEqual(['INVITE', 'ACK', 'BYE']);
    expect(sender.reply('BYE', 200).outcome).toMatchObject({ cause: 'answer', problem });
  });

  it('LM-A2: an answer that accepts other types only is not followed', () => {
    const sender = new Sender(5000, { content: { size: 5000, contentType: 'image/png', messageId: 'large1msg' } });
    expect(sender.reply('INVITE', 200).reply('BYE', 200).outcome).toMatchObject({ problem: 'accept-types' });
  });

  it('who answers active connects, else this end does', () => {
    const path = [expect.objectContaining({ sessionId: 'bobsSession' })];
    const waits = new Sender().reply('INVITE', 200, { answer: { setup: 'active' } });
    expect(waits.effects).toContainEqual({ type: 'await-msrp', path, fingerprint: undefined });
    const connects = new Sender().reply('INVITE', 200, { answer: { setup: 'passive' } });
    expect(connects.effects).toContainEqual({ type: 'connect-msrp', path, fingerprint: undefined });
    expect(connects.pass(30_000).reply('BYE', 200).outcome?.cause).toBe('no-connection');
  });
});

describe('the user gives up', () => {
  it('before anything was heard: CANCEL waits for the first response', () => {
    const sender = new Sender().tell({ type: 'cancel' });
    expect(sender.done()).toEqual(['INVITE']);
    sender.reply('INVITE', 100);
    expect(sender.done()).toEqual(['CANCEL']);
    sender.reply('CANCEL', 200).reply('INVITE', 487);
    expect(sender.done()).toEqual(['ACK', 'ended']);
    expect(sender.outcome?.cause).toBe('cancelled');
  });

  it('and the 200 comes all the same: ACK, then BYE', () => {
    const sender = new Sender().reply('INVITE', 180).tell({ type: 'cancel' }).reply('INVITE', 200);
    expect(sender.done()).toEqual(['INVITE', 'CANCEL', 'ACK', 'BYE']);
    expect(sender.reply('BYE', 200).outcome?.cause).toBe('cancelled');
  });

  it('and nothing more is heard: it ends 64*T1 after the CANCEL, and a later 200 is acknowledged and left', () => {
    const sender = new Sender(5000, { reliable: true }).reply('INVITE', 180).tell({ type: 'cancel' }).pass(32_000);
    expect(sender.outcome?.cause).toBe('cancelled');
    sender.done();
    expect(sender.reply('INVITE', 200).done()).toEqual(['ACK', 'BYE']);
  });

  it('while chunks go out: the message is given up with #, and what was acknowledged is known', () => {
    const sender = new Sender().established().give(0, 2048);
    sender.answerChunk(sender.chunks()[0]?.transactionId ?? '', 200).tell({ type: 'cancel' });
    expect(sender.done().slice(-3)).toEqual(['MSRP SEND#', 'close-msrp', 'BYE']);
    expect(sender.reply('BYE', 200).outcome).toMatchObject({
      cause: 'cancelled',
      sent: 2048,
      acknowledged: [{ start: 1, end: 2048 }],
    });
  });

  it('nobody answers: it is cancelled in time', () => {
    const sender = new Sender().reply('INVITE', 180).pass(180_000);
    expect(sender.done()[1]).toBe('CANCEL');
    expect(sender.reply('INVITE', 487).outcome).toMatchObject({ cause: 'no-response' });
  });
});

describe('the session timer (RFC 4028)', () => {
  const running = (reply: object): Sender =>
    new Sender(5000, { waits: { content: 1_000_000 } }).established({ allow: UPDATES, ...reply });

  it('LM-R3: starts with the interval of the 200, and is refreshed at half of it', () => {
    const sender = running({ timer: LOCAL });
    expect(sender.state.session).toMatchObject({ timer: { interval: 90 }, refreshAt: 45_000, expiresAt: 60_000 });
    sender.pass(45_000);
    expect(sender.done()).toEqual(['UPDATE']);
    expect(get(sender.sent('UPDATE'), sessionExpires)).toMatchObject({ value: { seconds: 90 } });
    sender.reply('UPDATE', 200, { timer: LOCAL });
    expect(sender.state.session).toMatchObject({ refreshAt: 90_000, expiresAt: 105_000 });
  });

  it('LM-R3: a 200 without Session-Expires does not start it', () => {
    const sender = running({}).pass(100_000);
    expect(sender.state.session?.timer).toBeUndefined();
    expect(sender.done()).toEqual([]);
  });

  it('where the peer does not allow UPDATE, an INVITE with the same description refreshes, and its 200 has its ACK', () => {
    const sender = running({ timer: LOCAL, allow: ['INVITE', 'BYE'] }).pass(45_000);
    const [first, again] = [sender.input.invite, sender.sent('INVITE')].map(sessionDescription);
    expect(again).toEqual(first);
    sender.done();
    sender.reply('INVITE', 200, { timer: LOCAL });
    expect(sender.done()).toEqual(['ACK']);
    expect(get(sender.sent('ACK'), cseq)).toMatchObject({ value: { number: 2 } });
    expect(sender.reply('INVITE', 200, { timer: LOCAL }).done()).toEqual(['ACK']);
  });

  it('where nobody refreshes, the session ends before it expires', () => {
    const sender = running({ timer: { ...LOCAL, refresher: 'uas' } })
      .give(0, 2048)
      .pass(60_000);
    expect(sender.done().slice(-3)).not.toContain('UPDATE');
    expect(sender.reply('BYE', 200).outcome).toMatchObject({ cause: 'msrp-timeout' });
    const idle = running({ timer: { ...LOCAL, refresher: 'uas' } }).pass(60_000);
    expect(idle.done()).toEqual(['close-msrp', 'BYE']);
    expect(idle.reply('BYE', 200).outcome?.cause).toBe('expired');
  });

  it('a refresh that is refused: longer after 422, later after 491, as INVITE after 501, the end after 481', () => {
    const longer = running({ timer: LOCAL }).pass(45_000);
    longer.reply('UPDATE', 422, { timer: { supported: false, required: false, minimum: 300 } });
    expect(get(longer.sent('UPDATE'), sessionExpires)).toMatchObject({ value: { seconds: 300 } });
    const later = running({ timer: LOCAL }).pass(45_000).reply('UPDATE', 491);
    expect(later.pass(2100).done()).toEqual(['UPDATE', 'UPDATE']);
    const other = running({ timer: LOCAL }).pass(45_000).reply('UPDATE', 501);
    expect(other.done()).toEqual(['UPDATE', 'INVITE']);
    const lost = running({ timer: LOCAL }).pass(45_000).reply('UPDATE', 481);
    expect(lost.done()).toEqual(['UPDATE', 'close-msrp', 'BYE']);
    expect(lost.reply('BYE', 481).outcome?.cause).toBe('expired');
  });
});

describe('chunks and their responses (RFC 4975 7)', () => {
  it('LM-A2: chunks carry the content in order within the window, from this path to the other', () => {
    const sender = new Sender(5000, { window: 2 }).established().feed();
    expect(sender.chunks()).toHaveLength(2);
    sender.answerChunk(sender.chunks()[0]?.transactionId ?? '', 200).feed();
    const all = sender.chunks();
    expect(all.map(({ continuation }) => continuation).join('')).toBe('++$');
    expect(all.flatMap(({ body = [] }) => [...body])).toEqual([...sender.content]);
    const [first] = all;
    expect(first?.fields.slice(0, 2)).toEqual([
      { name: toPath.name, value: BOB_PATH },
      { name: fromPath.name, value: ALICE_PATH },
    ]);
    expect(new Set(all.map(({ transactionId }) => transactionId)).size).toBe(3);
  });

  it('LM-A2: content that was not asked for is not sent, too much of it throws', () => {
    const sender = new Sender().established();
    sender.give(2048, 4096);
    expect(sender.chunks()).toEqual([]);
    expect(() => sender.give(0, 2049)).toThrow(EncodeError);
    expect(() => sender.give(0, 0)).toThrow('content.octets.length');
    sender.give(0, 100);
    expect(sender.state.sending.asked).toMatchObject({ from: 100, to: 2148 });
  });

  it.each([
    [400, ['MSRP SEND#', 'close-msrp', 'BYE']],
    [413, ['MSRP SEND#', 'close-msrp', 'BYE']],
    [481, ['close-msrp', 'BYE']],
    [506, ['close-msrp', 'BYE']],
  ])('LM-A2: after a %i nothing more of the message is sent', (status, done) => {
    const sender = new Sender(5000, { window: 1 }).established().give(0, 2048);
    sender.done();
    sender.answerChunk(sender.chunks()[0]?.transactionId ?? '', status);
    expect(sender.done()).toEqual(done);
    const { outcome } = sender.reply('BYE', 200);
    expect(outcome).toMatchObject({ cause: 'msrp-refused', status, sent: 2048, acknowledged: [] });
  });

  it('a chunk that is not answered for 30 s ends it', () => {
    const sender = new Sender().established().feed().pass(29_999);
    expect(sender.state.phase).toBe('acknowledging');
    expect(sender.pass(1).reply('BYE', 200).outcome?.cause).toBe('msrp-timeout');
  });

  it('LM-REL: is not released before the last chunk is acknowledged', () => {
    const sender = new Sender(5000, { successReport: false }).established().feed();
    const [first, second, third] = sender.chunks().map(({ transactionId }) => transactionId);
    sender
      .answerChunk(third ?? '', 200)
      .answerChunk(first ?? '', 200)
      .answerChunk(first ?? '', 200);
    expect(sender.state.phase).toBe('acknowledging');
    sender.answerChunk(second ?? '', 200);
    expect(sender.state.phase).toBe('releasing');
  });

  it('LM-REL: where no response is asked for, it is released once all went out; where errors are, they are waited for', () => {
    const silent = new Sender(5000, { successReport: false, failureReport: 'no' }).established().feed();
    expect(silent.state.phase).toBe('releasing');
    const partial = new Sender(5000, { successReport: false, failureReport: 'partial' }).established().feed();
    expect(partial.state.phase).toBe('acknowledging');
    partial.answerChunk(partial.chunks()[1]?.transactionId ?? '', 413);
    expect(partial.reply('BYE', 200).outcome).toMatchObject({ cause: 'msrp-refused', status: 413 });
    const fine = new Sender(5000, { successReport: false, failureReport: 'partial' }).established().feed();
    expect(fine.pass(30_000).reply('BYE', 200).outcome?.cause).toBe('complete');
  });

  it('octets that do not come, and a connection that is lost, end it with what is known', () => {
    const idle = new Sender().established().pass(120_000).reply('BYE', 200);
    expect(idle.outcome?.cause).toBe('no-content');
    const lost = new Sender().established().give(0, 2048).tell({ type: 'msrp-closed' });
    expect(lost.done()).not.toContain('close-msrp');
    expect(lost.reply('BYE', 200).outcome).toMatchObject({ cause: 'msrp-closed', sent: 2048 });
    const broken = new Sender().established().give(0, 2048).tell({ type: 'sip-error' });
    expect(broken.done().slice(-3)).toEqual(['MSRP SEND#', 'close-msrp', 'BYE']);
    expect(broken.tell({ type: 'sip-error' }).outcome?.cause).toBe('sip-error');
  });
});

describe('reports', () => {
  it('LM-A3: asks for them, adds their ranges up, and tells how far it is', () => {
    const sender = new Sender().established().deliver();
    expect(sender.chunks()[0]?.fields).toContainEqual({ name: 'Success-Report', value: 'yes' });
    sender.report(200, { start: 3000, end: '*', total: 5000 });
    expect(sender.effects).toContainEqual({ type: 'progress', sent: 5000, acknowledged: 5000, reported: 2001 });
    expect(sender.state.phase).toBe('reporting');
    sender.report(200, { start: 1, end: 2999, total: 5000 });
    expect(sender.state.phase).toBe('releasing');
  });

  it('LM-A3: a failure report stops the message', () => {
    const sender = new Sender().established().give(0, 2048);
    sender.done();
    sender.report(413, { start: 1, end: 2048, total: 5000 });
    expect(sender.done()).toEqual(['MSRP SEND#', 'close-msrp', 'BYE']);
    expect(sender.reply('BYE', 200).outcome).toMatchObject({
      cause: 'failure-report',
      status: 413,
      failed: [{ start: 1, end: 2048 }],
    });
  });

  it('LM-A3: a report on another message, on octets that never went out, or of another namespace does not count', () => {
    const sender = new Sender().established().give(0, 2048);
    sender.report(200, undefined, [{ name: 'Message-ID', value: 'another1' }]);
    sender.report(413, undefined, [{ name: 'Status', value: '001 413' }]);
    sender.report(200, { start: 2049, end: 5000, total: 5000 });
    expect(sender.state.sending).toMatchObject({ reported: [], failed: [] });
    expect(sender.state.phase).toBe('sending');
  });

  it('LM-A2n: behind a focus, the success report is waited for', () => {
    const sender = new Sender().established({ contact: `${BOB_CONTACT};isfocus` }).deliver();
    expect(sender.state.phase).toBe('reporting');
    sender.report(200);
    expect(sender.state.phase).toBe('reporting');
    sender.report(200, { start: 1, end: 5000, total: 5000 }).reply('BYE', 200);
    expect(sender.outcome).toMatchObject({ cause: 'complete', isFocus: true });
  });

  it('LM-A2n: behind a focus, a message without a success report is not complete', () => {
    const focus = new Sender()
      .established({ contact: `${BOB_CONTACT};isfocus` })
      .deliver()
      .pass(120_000);
    expect(focus.reply('BYE', 200).outcome).toMatchObject({
      cause: 'unreported',
      acknowledged: [{ start: 1, end: 5000 }],
    });
    const user = new Sender().established().deliver().pass(120_000);
    expect(user.reply('BYE', 200).outcome?.cause).toBe('complete');
  });

  it('LM-A2n: behind a focus one of several may fail; the message is not stopped', () => {
    const sender = new Sender().established({ contact: `${BOB_CONTACT};isfocus` }).give(0, 2048);
    sender.report(413, { start: 1, end: 2048, total: 5000 });
    expect(sender.state.phase).toBe('sending');
    sender.deliver().report(413, { start: 1, end: 5000, total: 5000 });
    expect(sender.reply('BYE', 200).outcome).toMatchObject({
      cause: 'failure-report',
      failed: [{ start: 1, end: 5000 }],
    });
  });
});

describe('deferred messages', () => {
  const sent: SentEvent = {
    type: 'sent',
    at: 0,
    messageId: 'imdn1',
    method: 'INVITE',
    asked: ['positive-delivery'],
    to: ['sip:bob@home1.example'],
  };
  const follow = (sender: Sender) => {
    const events = sender.effects.flatMap((effect) => (effect.type === 'deferred' ? [effect.event] : []));
    let state = deferred.start();
    const effects: object[] = [];
    for (const event of events) {
      const step = deferred.step(state, event);
      state = step.state;
      effects.push(...step.effects);
    }
    return effects;
  };

  it('DF-1: a machine that accepts has the Message-ID kept', () => {
    const sender = new Sender(5000, { sent }).reply('INVITE', 200, { contact: `${BOB_CONTACT};automata` });
    expect(follow(sender)).toMatchObject([{ type: 'store', messageId: 'imdn1', duty: 'DF-1' }]);
  });

  it('DF-1: where nobody asked for notifications, or no machine accepts, it is not kept', () => {
    const contact = `${BOB_CONTACT};automata`;
    expect(follow(new Sender().reply('INVITE', 200, { contact }))).toEqual([]);
    expect(follow(new Sender(5000, { sent }).reply('INVITE', 200))).toEqual([]);
    expect(follow(new Sender(5000, { sent }).reply('INVITE', 486))).toMatchObject([{ type: 'refused', status: 486 }]);
  });

  it('DF-1: a notification that comes over the session is handed on, any other content is refused', () => {
    const sender = new Sender(5000, { sent }).established({ contact: `${BOB_CONTACT};automata` });
    const original = cpimContent({
      from: 'sip:alice@home1.example',
      to: { user: 'sip:bob@home1.example' },
      body: 'hello',
      dateTime: '2026-11-22T12:00:00Z',
      notifications: { dispositions: ['positive-delivery'], messageId: 'imdn1' },
    });
    const message = cpim.decode(original.content as Uint8Array);
    if (!message.ok) throw new Error('no CPIM');
    const notification = composeNotification(message.value, {
      type: 'delivery',
      status: 'delivered',
      messageId: 'imdn2',
    });
    const send = (type: string, body: Uint8Array) =>
      sender.msrp({
        transactionId: 'bobs1234',
        method: 'SEND',
        fields: [
          { name: 'To-Path', value: ALICE_PATH },
          { name: 'From-Path', value: BOB_PATH },
          { name: 'Message-ID', value: 'fromBob1' },
          { name: 'Content-Type', value: type },
        ],
        body,
        continuation: '$',
      });
    send('message/cpim', cpim.encode(notification));
    expect(sender.done()).toEqual(['MSRP 200', 'deferred']);
    expect(follow(sender)).toMatchObject([{ type: 'store' }, { type: 'notified', messageId: 'imdn1' }]);
    send('text/plain', new Uint8Array([104, 105]));
    expect(sender.done()).toEqual(['MSRP 403']);
  });
});

describe('what the other end asks', () => {
  it('BYE ends it at any time after the 200', () => {
    const sender = new Sender().established().give(0, 2048);
    sender.done();
    sender.sip(sender.request('BYE'));
    expect(sender.done()).toEqual(['200 BYE', 'close-msrp', 'ended']);
    expect(sender.outcome).toMatchObject({ cause: 'released', sent: 2048 });
  });

  it('a BYE that crosses the own one is answered, and so is the own one', () => {
    const sender = new Sender().established().tell({ type: 'cancel' });
    sender.done();
    sender.sip(sender.request('BYE'));
    expect(sender.done()).toEqual(['200 BYE']);
    sender.reply('BYE', 481);
    expect(sender.outcome?.cause).toBe('cancelled');
  });

  it('UPDATE and INVITE refresh the session', () => {
    const sender = new Sender().established();
    const timer = { supported: true, required: false, interval: 1800, refresher: 'uac' } as const;
    sender.sip(sender.request('UPDATE', { timer }));
    expect(get(sender.answered(), sessionExpires)).toMatchObject({ value: { seconds: 1800 } });
    expect(sender.state.session?.timer).toEqual({ interval: 1800, refresher: 'remote' });
    const invite = sender.request('INVITE', { timer: { ...timer, interval: 600 } });
    sender.sip(invite);
    expect(sender.done()).toEqual(['200 UPDATE', '200 INVITE']);
    expect(sessionDescription(sender.answered())).toMatchObject({ ok: true });
    sender.pass(500).sip(invite);
    expect(sender.done()).toEqual(['200 INVITE', '200 INVITE']);
    sender.sip(sender.request('ACK'));
    expect(sender.pass(5000).done()).toEqual([]);
    expect(sender.state.session?.timer?.interval).toBe(600);
  });

  it('a refresh with too short an interval is refused, and an unacknowledged 200 ends the session', () => {
    const sender = new Sender(5000, { waits: { content: 1_000_000 } }).established();
    const short = sender.request('UPDATE');
    const timer = [
      { name: 'Supported', value: 'timer' },
      { name: 'Session-Expires', value: '30' },
    ];
    sender.sip({ ...short, fields: [...short.fields, ...timer] });
    expect(sender.done()).toEqual(['422 UPDATE']);
    expect(get(sender.answered(), 'Min-SE')).toMatchObject({ value: '90' });
    sender.sip(sender.request('INVITE')).pass(32_000);
    expect(sender.state.phase).toBe('releasing');
  });

  it('an offer that lets the medium go on is answered with a new version, any other one with 488', () => {
    const sender = new Sender().established();
    const own = sessionDescription(responseTo(sender.sent('INVITE'), 200));
    if (own?.ok !== true) throw new Error('no answer');
    const offer = { contentType: 'application/sdp', content: responseTo(sender.sent('INVITE'), 200).body };
    sender.sip(sender.request('UPDATE', { body: offer }));
    expect(sender.answered().status).toBe(200);
    expect(new TextDecoder().decode(sender.answered().body)).toContain('o=- 3890844526 2 IN');
    const elsewhere = new TextDecoder().decode(offer.content).replace('bobsSession', 'another');
    sender.sip(sender.request('UPDATE', { body: { ...offer, content: elsewhere } }));
    expect(sender.answered().status).toBe(488);
    sender.sip(sender.request('UPDATE', { body: { contentType: 'text/plain', content: 'x' } }));
    expect(sender.answered().status).toBe(415);
  });

  it('what it does not know or take is refused', () => {
    const sender = new Sender().established();
    sender.sip(sender.request('OPTIONS')).sip(sender.request('INFO')).sip(sender.request('DANCE'));
    expect(sender.done()).toEqual(['200 OPTIONS', '405 INFO', '501 DANCE']);
    expect(get(sender.answered(), allow)).toMatchObject({ value: expect.arrayContaining(['BYE', 'UPDATE']) });
    sender.sip(sender.request('OPTIONS', { fields: [{ name: 'Require', value: 'timer, foo' }] }));
    expect(get(sender.answered(), 'Unsupported')).toMatchObject({ value: 'foo' });
    const late = sender.request('OPTIONS');
    sender.sip({
      ...late,
      fields: late.fields.map((field) => (field.name === 'CSeq' ? { ...field, value: '1 OPTIONS' } : field)),
    });
    expect(sender.answered().status).toBe(500);
    const stray = sender.request('OPTIONS');
    sender.sip({
      ...stray,
      fields: stray.fields.map((f) => (f.name === 'From' ? { ...f, value: '<sip:x@y>;tag=z' } : f)),
    });
    expect(sender.answered().status).toBe(481);
  });

  it('before the 200 there is no dialog that anything could be asked in', () => {
    const sender = new Sender();
    const bye = sender.request('BYE');
    expect(sender.sip(bye).done()).toEqual(['INVITE', '481 BYE']);
    expect(sender.sip(bye).done()).toEqual(['481 BYE']);
    expect(isRequest(composeResponse(bye, 481, { toTag: 'x' }))).toBe(false);
  });
});

it('a message for a SIPS URI needs a Contact that is one too', () => {
  const invite = { ...inviteOf(5000), uri: 'sips:bob@home1.example' };
  expect(() => new Sender(5000, { invite })).toThrow('SIPS');
});
