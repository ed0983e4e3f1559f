import { describe, expect, it } from 'vitest';
import { unwrap } from '../../core/result.ts';
import { cpim } from '../../cpim/message.ts';
import { abortChunk } from '../../msrp/chunks.ts';
import { type MsrpRequest, msrp } from '../../msrp/message.ts';
import { readReport } from '../../msrp/report.ts';
import { readMsrpMedia } from '../../sdp/msrp-media.ts';
import { sdp } from '../../sdp/session.ts';
import { get } from '../../sip/access.ts';
import { minSE, sessionExpires } from '../../sip/headers/session-expires.ts';
import type { SipRequest, SipResponse } from '../../sip/message.ts';
import { composeCancel } from '../dialog/requests.ts';
import { readNotificationMessage } from '../notification.ts';
import { receivingSession } from './receiving.ts';
import { BOB_MEDIA, changed, msrpMessage, octets, offerOf, Receiver, statusOf } from './receiving-peer.ts';

const BODY = 'The minutes of yesterday. '.repeat(400);
const offer = offerOf(BODY);
const { content } = offer;
const receiver = (input: object = {}) => new Receiver(offer.invite, input);
const accept = { type: 'accept', media: BOB_MEDIA } as const;

describe('an INVITE', () => {
  it('LM-G0, LM-E5, LM-E6: is answered 100 and offered with what it says', () => {
    const bob = receiver();
    const offered = bob.effects.find(({ type }) => type === 'offered');
    expect(offered).toMatchObject({ invite: { content: { size: content.length }, media: { direction: 'sendonly' } } });
    expect(bob.done()).toEqual(['100 INVITE', 'offered']);
  });

  it('may ring, and makes an early dialog then', () => {
    const bob = receiver({ ring: true });
    expect(bob.done()).toEqual(['180 INVITE', 'offered']);
    expect(bob.dialog().phase).toBe('early');
  });

  it('is the same from octets', () => {
    const octetsOfIt = bobOctets(offer.invite);
    expect(new Receiver(octetsOfIt).done()).toEqual(['100 INVITE', 'offered']);
  });

  it('LM-E5a: is accepted with recvonly, the session timer and the way to this end', () => {
    const bob = receiver().tell(accept);
    expect(bob.done()).toEqual(['100 INVITE', 'offered', '200 INVITE', 'await-msrp']);
    const response = bob.responses.at(-1) as SipResponse;
    const media = unwrap(readMsrpMedia(unwrap(sdp.decode(response.body))));
    expect(media).toMatchObject({ direction: 'recvonly', setup: 'passive', acceptTypes: ['message/cpim'] });
    expect(unwrap(get(response, sessionExpires) as never)).toMatchObject({ seconds: 1800 });
  });

  it('repeats the 200 until the ACK comes, T1 doubling to T2, also over TCP', () => {
    for (const reliable of [false, true]) {
      const bob = receiver({ reliable }).tell(accept);
      bob.news();
      bob.pass(12_000);
      expect(bob.done()).toEqual(Array(5).fill('200 INVITE')); // 500, 1500, 3500, 7500, 11500
      bob.sip(bob.request('ACK')).pass(60_000);
      expect(bob.done()).toEqual([]);
    }
  });

  it('is followed by BYE where no ACK comes within 64*T1', () => {
    const bob = receiver().tell(accept).pass(31_900);
    bob.news();
    bob.pass(200);
    expect(bob.done()).toEqual(['close-msrp', 'BYE']);
    const bye = bob.sipSent().at(-1) as SipRequest;
    bob.sip(responseTo(bye, 200));
    expect(bob.outcome).toMatchObject({ cause: 'no-ack', received: [] });
    expect(bob.pass(100_000).state.wakeAt).toBeUndefined();
  });

  it('that comes again is answered the same, and long after that not at all', () => {
    const bob = receiver();
    bob.news();
    expect(bob.sip(offer.invite).done()).toEqual(['100 INVITE']);
    bob.tell(accept);
    bob.news();
    expect(bob.sip(offer.invite).done()).toEqual(['200 INVITE']);
    bob.sip(bob.request('ACK'));
    expect(bob.sip(offer.invite).done()).toEqual([]);
  });

  it('is refused by the application, with its warnings, until the ACK comes', () => {
    const bob = receiver();
    bob.news();
    bob.tell({ type: 'refuse', status: 488, warnings: [{ code: 399, agent: 'bob', text: 'Size Exceeded' }] });
    expect(bob.done()).toEqual(['488 INVITE', 'ended']);
    expect(bob.outcome).toEqual({ cause: 'refused', status: 488, received: [] });
    expect(bob.pass(600).done()).toEqual(['488 INVITE']);
    const ack = changed(offer.invite, { CSeq: '1 ACK' });
    bob.sip({ ...ack, method: 'ACK' }).pass(100_000);
    expect([bob.done(), bob.state.wakeAt]).toEqual([[], undefined]);
  });

  it('that nobody decides on is answered 480, with an Expires 487', () => {
    expect(receiver({ patience: 5000 }).pass(5000).outcome).toMatchObject({ cause: 'refused', status: 480 });
    const short = new Receiver(changed(offer.invite, { Expires: '3' })).pass(3000);
    expect(short.outcome).toMatchObject({ cause: 'refused', status: 487 });
  });

  it('is cancelled: 200 to CANCEL, 487 to INVITE', () => {
    const bob = receiver();
    bob.news();
    bob.sip(composeCancel(offer.invite));
    expect(bob.done()).toEqual(['200 CANCEL', '487 INVITE', 'ended']);
    expect(bob.outcome).toMatchObject({ cause: 'cancelled' });
    expect(bob.tell(accept).done()).toEqual([]);
  });

  it('that has been accepted is not cancelled any more', () => {
    const bob = receiver().tell(accept);
    bob.news();
    expect(bob.sip(composeCancel(offer.invite)).done()).toEqual(['200 CANCEL']);
    expect(bob.state.phase).toBe('answered');
    const other = changed(composeCancel(offer.invite), { Via: 'SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bKother' });
    expect(bob.sip(other).done()).toEqual(['481 CANCEL']);
  });

  it('LM-G7: refuses an interval that is too small with 422 and Min-SE', () => {
    const bob = receiver({ timer: { minimum: 3600 } });
    const [response] = bob.responses;
    expect(response?.status).toBe(422);
    expect(unwrap(get(response as SipResponse, minSE) as never)).toMatchObject({ seconds: 3600 });
    expect(bob.outcome).toMatchObject({ cause: 'refused', status: 422 });
  });

  it('LM-G0, LM-E5: refuses what cannot be taken, without asking anybody', () => {
    const refusals: readonly [Readonly<Record<string, string | undefined>>, number][] = [
      [{ To: '<sip:bob@home1.example>;tag=1' }, 481],
      [{ Require: 'timer, 100rel' }, 420],
      [{ Require: '@' }, 400],
      [{ Contact: undefined }, 400],
      [{ From: '<' }, 400],
      [{ 'Call-ID': undefined }, 400],
      [{ 'Content-Type': 'text/plain' }, 415],
      [{ 'Content-Type': 'multipart/mixed' }, 400],
      [{ 'Session-Expires': 'soon' }, 400],
      [{ 'Min-SE': '' }, 400],
      [{ Contact: '<sips:alice@192.0.2.10>' }, 416],
    ];
    for (const [headers, status] of refusals) {
      const bob = new Receiver(changed(offer.invite, headers));
      expect([headers, bob.outcome?.status, bob.done().at(-1)]).toEqual([headers, status, 'ended']);
      expect(bob.responses[0]?.status).toBe(status);
    }
    const bodies: readonly [string, number][] = [
      ['', 488],
      ['v=0', 400],
      ['v=0\r\no=- 1 1 IN IP4 a.example\r\ns=-\r\nc=IN IP4 a.example\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n', 488],
    ];
    for (const [body, status] of bodies) {
      expect(new Receiver({ ...changed(offer.invite, {}), body: octets(body) }).outcome?.status).toBe(status);
    }
    expect(new Receiver({ ...changed(offer.invite, {}), version: 'SIP/7.0' }).outcome?.status).toBe(505);
  });

  it('that is none ends the session without a word', () => {
    const nothing = [octets('SIP/2.0 200 OK\r\n\r\n'), octets('INVITE'), changed(offer.invite, { Via: undefined })];
    for (const invite of nothing) {
      const bob = new Receiver(invite);
      expect([bob.done(), bob.outcome?.cause, bob.state.wakeAt]).toEqual([['ended'], 'refused', undefined]);
    }
  });

  it('LM-E5: of which nothing can be taken is answered 488', () => {
    const bob = receiver().tell({ type: 'accept', media: { ...BOB_MEDIA, acceptTypes: ['image/png'] } });
    expect(bob.outcome).toMatchObject({ cause: 'refused', status: 488 });
  });

  it('throws where the application does not answer the offer', () => {
    const secure = { ...BOB_MEDIA, path: ['msrps://192.0.2.20:7700/x;tcp'] };
    expect(() => receiver().tell({ type: 'accept', media: secure })).toThrow(/msrp/);
    expect(() => receiver({ contact: 'tel:+1' }).tell(accept)).toThrow(/contact/i);
    expect(() => receiver({ ids: 'short' })).toThrow(/26/);
  });
});

function bobOctets(invite: SipRequest): Uint8Array {
  const lines = [
    `INVITE ${invite.uri} SIP/2.0`,
    ...invite.fields.map(({ name, value }) => `${name}: ${value}`),
    '',
    '',
  ];
  const head = octets(lines.join('\r\n'));
  const all = new Uint8Array(head.length + invite.body.length);
  all.set(head);
  all.set(invite.body, head.length);
  return all;
}

function responseTo(request: SipRequest, status: number): SipResponse {
  const copied = ['Via', 'From', 'To', 'Call-ID', 'CSeq'];
  const fields = request.fields.filter(({ name }) => copied.includes(name));
  return { status, reason: '', fields, body: new Uint8Array(0) };
}

describe('the message', () => {
  it('LM-A2, LM-A3: comes in chunks, is answered chunk by chunk, reported and complete', () => {
    const bob = receiver().established();
    const got = new Uint8Array(content.length);
    const all = bob.chunks(content);
    for (const chunk of all) bob.msrp(chunk);
    for (const effect of bob.news()) if (effect.type === 'received') got.set(effect.octets, effect.from);
    expect(got).toEqual(content);
    expect(bob.effects).toContainEqual({
      type: 'complete',
      messageId: 'large1msg',
      contentType: 'message/cpim',
      size: content.length,
    });
    const sent = bob.msrpSent();
    expect(sent.map(statusOf)).toEqual([...Array(all.length).fill(200), undefined]);
    expect(unwrap(readReport(sent.at(-1) as MsrpRequest))).toEqual({
      messageId: 'large1msg',
      status: { namespace: '000', status: 200, comment: undefined },
      range: { start: 1, end: content.length, total: content.length },
    });
  });

  it('LM-A3: is not reported where nobody asked, nor answered where nobody wants it', () => {
    const silent = receiver().established();
    for (const chunk of silent.chunks(content, { successReport: 'no', failureReport: 'no' })) silent.msrp(chunk);
    expect([silent.msrpSent().length, silent.done().at(-1)]).toEqual([0, 'complete']);
  });

  it('is complete whatever the order of its chunks, and what comes twice counts once', () => {
    const bob = receiver().established();
    const all = bob.chunks(content, { size: 1000 });
    for (const chunk of [...all.toReversed(), ...all]) bob.msrp(chunk);
    expect(bob.done().filter((one) => one === 'complete' || one === 'MSRP REPORT')).toEqual([
      'complete',
      'MSRP REPORT',
    ]);
    expect(
      bob
        .msrpSent()
        .map(statusOf)
        .filter((one) => one === 200),
    ).toHaveLength(2 * all.length);
  });

  it('LM-0: is released by BYE: complete', () => {
    const bob = receiver().established();
    for (const chunk of bob.chunks(content)) bob.msrp(chunk);
    bob.news();
    bob.sip(bob.request('BYE'));
    expect(bob.done()).toEqual(['200 BYE', 'close-msrp', 'ended']);
    expect(bob.outcome).toEqual({
      cause: 'complete',
      messageId: 'large1msg',
      contentType: 'message/cpim',
      size: content.length,
      received: [{ start: 1, end: content.length }],
    });
    expect(bob.pass(100_000).state.wakeAt).toBeUndefined();
  });

  it('that is incomplete is known by its octets', () => {
    const bob = receiver().established();
    const [first, , third] = bob.chunks(content, { size: 1000 });
    bob.msrp(first as MsrpRequest).msrp(third as MsrpRequest);
    bob.sip(bob.request('BYE'));
    expect(bob.outcome).toMatchObject({
      cause: 'released',
      size: content.length,
      received: [
        { start: 1, end: 1000 },
        { start: 2001, end: 3000 },
      ],
    });
  });

  it('that its sender gives up is aborted', () => {
    const bob = receiver().established();
    const [first] = bob.chunks(content);
    bob.msrp(first as MsrpRequest);
    const { head, body, tail } = abortChunk({
      toPath: BOB_MEDIA.path.join(' '),
      fromPath: 'msrp://192.0.2.10:7654/jshA7weztas;tcp',
      messageId: 'large1msg',
      transactionId: () => 'abort1abort1',
      contentType: 'message/cpim',
    });
    bob.msrp(msrpMessage([head, body, tail]));
    expect(statusOf(bob.msrpSent().at(-1))).toBe(200);
    bob.sip(bob.request('BYE'));
    expect(bob.outcome).toMatchObject({ cause: 'aborted', received: [{ start: 1, end: 2048 }] });
  });

  it('refuses what RFC 4975 refuses', () => {
    const bob = receiver().established();
    const [chunk] = bob.chunks(content) as readonly [MsrpRequest];
    const { transactionId, body, continuation } = chunk;
    const with_ = (headers: Readonly<Record<string, string | undefined>>, method = 'SEND'): MsrpRequest => {
      const fields = chunk.fields
        .filter(({ name }) => headers[name] !== undefined || !(name in headers))
        .map(({ name, value }) => ({ name, value: headers[name] ?? value }));
      return { transactionId, method, fields, body, continuation };
    };
    const refused: readonly [MsrpRequest, number | undefined][] = [
      [with_({ 'To-Path': 'msrp://192.0.2.20:7700/another;tcp' }), 481],
      [with_({ 'To-Path': `${BOB_MEDIA.path[0]} msrp://b.example:1/x;tcp` }), 481],
      [with_({ 'Message-ID': undefined }), 400],
      [with_({ 'Byte-Range': 'x' }), 400],
      [with_({ 'Content-Type': 'image/png' }), 415],
      [with_({ 'Content-Type': 'cpim' }), 415],
      [with_({ 'Content-Type': undefined }), 400],
      [with_({ 'Byte-Range': '1-*/99999999' }), 413],
      [with_({}, 'NICKNAME'), 501],
      [with_({}), 200],
      [with_({ 'Message-ID': 'another1' }), 403],
      [with_({ 'Byte-Range': '1-*/99999999' }), 413],
    ];
    for (const [request, status] of refused) {
      bob.msrp(request);
      expect([request.fields, statusOf(bob.msrpSent().at(-1))]).toEqual([request.fields, status]);
    }
    const before = bob.msrpSent().length;
    bob
      .msrp(with_({}, 'REPORT'))
      .msrp({ transactionId, status: 200, comment: undefined, fields: [], continuation: '$' });
    expect(bob.msrpSent()).toHaveLength(before);
  });

  it('is no larger than the answer allows', () => {
    const bob = receiver().tell({ type: 'accept', media: { ...BOB_MEDIA, maxSize: 3000 } });
    bob.sip(bob.request('ACK')).tell({ type: 'msrp-connected' });
    bob.msrp(bob.chunks(content)[0] as MsrpRequest);
    expect(statusOf(bob.msrpSent().at(-1))).toBe(413);
  });

  it('binds the connection by a SEND without a body, at the end that makes it', () => {
    const bob = receiver().tell({ type: 'accept', media: { ...BOB_MEDIA, setup: 'active' } });
    expect(bob.done().at(-1)).toBe('connect-msrp');
    bob.sip(bob.request('ACK')).tell({ type: 'msrp-connected' });
    const [bind] = bob.msrpSent() as readonly [MsrpRequest];
    expect([bind.method, bind.body]).toEqual(['SEND', undefined]);
    expect(bind.fields[0]).toEqual({ name: 'To-Path', value: 'msrp://192.0.2.10:7654/jshA7weztas;tcp' });
    const { transactionId } = bind;
    const refused = { transactionId, status: 481, comment: undefined, fields: [], continuation: '$' } as const;
    bob.news();
    expect(bob.msrp(refused).done()).toEqual(['close-msrp', 'BYE']);
  });

  it('answers a SEND that only binds the connection, or keeps it', () => {
    const bob = receiver().established();
    const [chunk] = bob.chunks(content) as readonly [MsrpRequest];
    const fields = chunk.fields.filter(({ name }) => name !== 'Content-Type' && name !== 'Byte-Range');
    bob.msrp(
      unwrap(
        msrp.decode(
          msrp.encode({
            ...chunk,
            fields,
            body: undefined,
            continuation: '$',
            method: 'SEND',
            transactionId: 'bind1bind1',
          }),
        ),
      ),
    );
    expect(bob.done()).toEqual(['MSRP 200']);
    expect(bob.state.message).toBeUndefined();
  });
});

describe('notifications', () => {
  const whole = (input: object = {}, session: object = {}) => {
    const { invite, content: all } = offerOf(BODY, { session });
    const bob = new Receiver(invite, input).established();
    for (const chunk of bob.chunks(all)) bob.msrp(chunk);
    bob.sip(bob.request('BYE'));
    bob.news();
    return { bob, all };
  };

  it('PM-N2, DF-1: the sender is told of delivery and display, each once', () => {
    const { bob, all } = whole();
    bob.tell({ type: 'message', octets: all }).tell({ type: 'message', octets: all });
    bob.tell({ type: 'displayed' }).tell({ type: 'displayed' });
    const requests = bob.news().flatMap((effect) => (effect.type === 'notify' ? [effect.request] : []));
    const read = requests.map((request) => unwrap(readNotificationMessage(request)));
    expect(read.map(({ notifications: [one] }) => one?.notification)).toMatchObject([
      { type: 'delivery', status: 'delivered' },
      { type: 'display', status: 'displayed' },
    ]);
    expect(read[0]?.notifications[0]).toMatchObject({
      messageId: 'jFzD4wQ7aUJ9',
      recipientUri: 'sip:bob@home1.example',
    });
    expect(requests[0]).toMatchObject({ method: 'MESSAGE', uri: 'sip:alice@home1.example' });
  });

  it('tells whoever the client says it is, and what became of the message', () => {
    const { bob, all } = whole({ user: 'Bobby <sip:bobby@home2.example>' });
    bob.tell({ type: 'message', octets: all, status: 'failed' });
    const [notify] = bob.news();
    const read = unwrap(readNotificationMessage((notify as { request: SipRequest }).request));
    expect(read.notifications[0]).toMatchObject({
      recipientUri: 'sip:bobby@home2.example',
      notification: { type: 'delivery', status: 'failed' },
    });
  });

  it('are not sent where nobody asked, nor of what is no CPIM, nor before the message is complete', () => {
    const { bob, all } = whole({}, { notifications: undefined });
    expect(bob.tell({ type: 'message', octets: all }).tell({ type: 'displayed' }).done()).toEqual([]);
    const other = whole();
    expect(other.bob.tell({ type: 'message', octets: octets('no headers') }).done()).toEqual([]);
    const early = receiver().established();
    expect(early.tell({ type: 'message', octets: content }).tell({ type: 'displayed' }).done()).toEqual([]);
    expect(unwrap(cpim.decode(content)).headers.length).toBeGreaterThan(3);
  });
});

describe('the session', () => {
  it('LM-R3: is refreshed by UPDATE and INVITE, and the timer begins anew', () => {
    const bob = receiver({ patience: 1e9 }).established();
    const timer = { supported: true, required: false, interval: 1800, refresher: 'uac' } as const;
    bob.pass(1_000_000).sip(bob.request('UPDATE', { timer }));
    expect(bob.done()).toEqual(['200 UPDATE']);
    bob.pass(1_000_000).sip(bob.request('INVITE', { timer }));
    expect(bob.done()).toEqual(['200 INVITE']);
    const again = bob.responses.at(-1) as SipResponse;
    expect(unwrap(readMsrpMedia(unwrap(sdp.decode(again.body)))).direction).toBe('recvonly');
    bob.sip(bob.request('ACK'));
    expect(bob.pass(1_767_000).done()).toEqual([]);
    expect(bob.pass(1000).done()).toEqual(['close-msrp', 'BYE']);
    bob.sip(responseTo(bob.sipSent().at(-1) as SipRequest, 200));
    expect(bob.outcome).toMatchObject({ cause: 'expired' });
  });

  it('LM-R3: refreshes itself where the client does not support the timer', () => {
    const invite = changed(offer.invite, { Supported: undefined, 'Session-Expires': '1800' });
    const bob = new Receiver(invite, { patience: 1e9 }).established();
    bob.pass(900_001);
    expect(bob.done()).toEqual(['UPDATE']);
    const update = bob.sipSent().at(-1) as SipRequest;
    const fields = [...responseTo(update, 200).fields, { name: 'Session-Expires', value: '1800;refresher=uac' }];
    bob.sip({ status: 200, reason: 'OK', fields, body: new Uint8Array(0) });
    expect(bob.pass(900_001).done()).toEqual(['UPDATE']);
    bob.sip(responseTo(bob.sipSent().at(-1) as SipRequest, 481));
    expect(bob.done()).toEqual(['close-msrp', 'BYE']);
  });

  it('answers what has no place in it', () => {
    const bob = receiver().established();
    for (const [method, label] of [
      ['OPTIONS', '200 OPTIONS'],
      ['INFO', '405 INFO'],
      ['FOO', '501 FOO'],
    ] as const) {
      expect(bob.sip(bob.request(method)).done()).toEqual([label]);
    }
    const stray = changed(bob.request('BYE'), { To: '<sip:bob@home1.example>;tag=other' });
    expect(bob.sip(stray).done()).toEqual(['481 BYE']);
    const old = changed(bob.request('BYE'), { CSeq: '0 BYE' });
    expect(bob.sip(old).done()).toEqual(['500 BYE']);
    expect(bob.sip(octets('GARBAGE')).done()).toEqual([]);
  });

  it('is left by BYE as soon as the ACK is here', () => {
    const bob = receiver().tell(accept);
    bob.news();
    expect(bob.tell({ type: 'cancel' }).done()).toEqual(['close-msrp']);
    expect(bob.state.phase).toBe('leaving');
    expect(bob.sip(bob.request('ACK')).done()).toEqual(['BYE']);
    bob.pass(40_000);
    expect(bob.outcome).toMatchObject({ cause: 'stopped' });
    expect(bob.state.wakeAt).toBeUndefined();
  });

  it('ends where the connection is lost, or does not come, or is silent', () => {
    const lost = receiver().established().tell({ type: 'msrp-closed' });
    expect(lost.done()).toEqual(['BYE']);
    expect(lost.pass(40_000).outcome).toMatchObject({ cause: 'msrp-closed' });
    const never = receiver().tell(accept);
    never.sip(never.request('ACK')).pass(300_000);
    expect(never.outcome).toMatchObject({ cause: 'no-connection' });
    expect(receiver().established().pass(300_000).outcome).toMatchObject({ cause: 'stalled' });
    const failed = receiver().tell(accept);
    failed.sip(failed.request('ACK')).tell({ type: 'msrp-closed' }).pass(40_000);
    expect(failed.outcome).toMatchObject({ cause: 'no-connection' });
  });

  it('waits for BYE where the connection is closed after the last chunk, and says it itself at last', () => {
    const bob = receiver().established();
    for (const chunk of bob.chunks(content)) bob.msrp(chunk);
    bob.news();
    expect(bob.tell({ type: 'msrp-closed' }).done()).toEqual([]);
    expect(bob.pass(180_000).done()).toEqual(['BYE']);
    expect(bob.pass(40_000).outcome).toMatchObject({ cause: 'complete' });
  });

  it('ends where SIP cannot be sent before it stands; later it goes on', () => {
    for (const bob of [receiver(), receiver().tell(accept)]) {
      expect(bob.tell({ type: 'sip-error' }).outcome).toMatchObject({ cause: 'sip-error' });
      expect(bob.state.wakeAt).toBeUndefined();
    }
    const bob = receiver().established().tell({ type: 'sip-error' });
    expect(bob.state.phase).toBe('receiving');
    expect(bob.tell({ type: 'cancel' }).tell({ type: 'sip-error' }).outcome).toMatchObject({ cause: 'stopped' });
  });

  it('knows its messages', () => {
    const bob = receiver().established();
    const { matches } = receivingSession;
    expect(matches(bob.state, bob.request('BYE'))).toBe(true);
    expect(matches(bob.state, composeCancel(offer.invite))).toBe(true);
    expect(matches(bob.state, offer.invite)).toBe(true);
    expect(matches(bob.state, changed(offer.invite, { Via: 'SIP/2.0/UDP a;branch=z9hG4bKnew' }))).toBe(false);
    bob.tell({ type: 'cancel' });
    expect(matches(bob.state, responseTo(bob.sipSent().at(-1) as SipRequest, 200))).toBe(true);
    expect(matches(bob.state, responseTo(bob.request('BYE'), 200))).toBe(false);
  });
});
