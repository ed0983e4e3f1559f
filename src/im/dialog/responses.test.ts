import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EncodeError } from '../../core/error.ts';
import { unwrap } from '../../core/result.ts';
import { remove } from '../../sip/access.ts';
import { type SipMessage, type SipRequest, type SipResponse, sipMessage } from '../../sip/message.ts';
import { canonicalName } from '../../sip/names.ts';
import { answerSessionTimer, readSessionTimer } from '../../sip/session-timer.ts';
import { type ImRefusal, imRefusal, imWarning } from './im-warning.ts';
import { readResponse } from './read-response.ts';
import { reasonPhrase } from './reason-phrases.ts';
import { composeResponse, type ResponseInput } from './responses.ts';

const fixture = (name: string): SipMessage =>
  unwrap(
    sipMessage.decode(new Uint8Array(readFileSync(new URL(`../../../fixtures/messages/${name}.sip`, import.meta.url)))),
  );
const INVITE = fixture('large-invite-one-user') as SipRequest;
const requestOf = (...lines: string[]): SipRequest =>
  unwrap(sipMessage.decode(new TextEncoder().encode([...lines, '', ''].join('\r\n')))) as SipRequest;
const lines = (message: SipMessage): string[] => message.fields.map(({ name, value }) => `${name}: ${value}`);
/** As it comes out of the wire. */
const sent = (message: SipResponse): SipResponse =>
  unwrap(sipMessage.decode(sipMessage.encode(message))) as SipResponse;
const shown = (name: string): string[] => lines(fixture(name)).filter((line) => !line.startsWith('Content-Length'));
const refusal = (run: () => unknown): EncodeError => {
  try {
    run();
  } catch (error) {
    if (error instanceof EncodeError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

const CALLEE = { toTag: 'b0b1', contact: '<sip:bob@192.0.2.77>;+g.oma.sip-im' };

describe('the 200 to an INVITE', () => {
  const answer = answerSessionTimer(unwrap(readSessionTimer(INVITE)));
  const input: ResponseInput = {
    ...CALLEE,
    allow: ['INVITE', 'ACK', 'CANCEL', 'BYE', 'MESSAGE', 'UPDATE'],
    timer: answer.headers,
    server: 'PoC-serv/OMA1.0',
    body: { contentType: 'application/sdp', content: fixture('large-200-one-user').body },
  };

  it('LM-G0: has what RFC 3261 and RFC 4028 ask for', () => {
    const response = composeResponse(INVITE, 200, input);
    const theirs = shown('large-200-one-user').map((line) => line.replace(';received=192.0.2.10', ''));
    expect([...lines(response)].filter((line) => !line.startsWith('Content-Length')).sort()).toEqual(theirs.sort());
    expect([response.status, response.reason]).toEqual([200, 'OK']);
    expect(response.body).toEqual(fixture('large-200-one-user').body);
    expect(unwrap(readResponse(sent(response)))).toEqual({
      ...unwrap(readResponse(fixture('large-200-one-user'))),
      errors: [],
    });
  });

  it.each([
    ['sips:bob@home1.example.net', [], undefined],
    ['sip:bob@home1.example.net', ['Record-Route: <sips:p1;lr>, <sip:p2;lr>'], undefined],
    ['sip:bob@home1.example.net', ['Contact: <sips:alice@192.0.2.10>'], undefined],
    ['sip:bob@home1.example.net', ['Record-Route: <sip:p1;lr>', 'Contact: <sips:alice@192.0.2.10>'], 'sip'],
    ['sip:bob@home1.example.net', ['Record-Route: <sips', 'Contact: <sips:alice@192.0.2.10>'], 'sip'],
    ['sip:bob@home1.example.net', ['Contact: *'], 'sip'],
    ['sip:bob@home1.example.net', [], 'sip'],
  ])('to %s with %j may have a Contact of scheme %s', (uri, further, scheme) => {
    const invite = requestOf(`INVITE ${uri} SIP/2.0`, 'To: <sip:b@c>', ...further);
    expect(composeResponse(invite, 200, { toTag: 'x', contact: '<sips:bob@192.0.2.77>' }).status).toBe(200);
    const run = (): unknown => composeResponse(invite, 200, CALLEE);
    if (scheme === 'sip') expect(run).not.toThrow();
    else expect(refusal(run)).toMatchObject({ path: 'contact', clause: 'RFC3261-12.1.1' });
  });

  it('inside a dialog needs no Contact, and does not repeat Record-Route', () => {
    const again = requestOf('INVITE sip:b@c SIP/2.0', 'To: <sip:b@c>;tag=1', 'Record-Route: <sip:p1;lr>');
    expect(lines(composeResponse(again, 200, { toTag: 'other' }))).toEqual([
      'To: <sip:b@c>;tag=1',
      'Content-Length: 0',
    ]);
  });
});

describe('what is copied from the request (RFC 3261 8.2.6.2)', () => {
  it('all Vias in order, as they came, compact and folded too', () => {
    const request = requestOf(
      'INVITE sip:b@c SIP/2.0',
      'v: SIP/2.0/UDP a;branch=z9hG4bK1,',
      ' SIP/2.0/TCP b',
      'Via: SIP/2.0/TCP c',
      'f: "A" <sip:a@b> ;tag=1',
      't: sip:b@c',
      'i: 1@a',
      'CSeq: 1  INVITE',
      'Record-Route: <sip:p1;lr>',
      'Subject: none',
      'Record-Route: <sip:p2>',
      'Timestamp: 54.5',
    );
    const ringing = composeResponse(request, 180, CALLEE);
    expect(new TextDecoder().decode(sipMessage.encode(ringing))).toBe(
      [
        'SIP/2.0 180 Ringing',
        'v: SIP/2.0/UDP a;branch=z9hG4bK1,',
        ' SIP/2.0/TCP b',
        'Via: SIP/2.0/TCP c',
        'f: "A" <sip:a@b> ;tag=1',
        't: sip:b@c;tag=b0b1',
        'i: 1@a',
        'CSeq: 1  INVITE',
        'Record-Route: <sip:p1;lr>',
        'Record-Route: <sip:p2>',
        'Contact: <sip:bob@192.0.2.77>;+g.oma.sip-im',
        'Content-Length: 0',
        '',
        '',
      ].join('\r\n'),
    );
    const names = (status: number): string[] =>
      composeResponse(request, status, CALLEE).fields.map(({ name }) => canonicalName(name));
    expect(names(200)).toContain('Record-Route');
    expect(names(603)).not.toContain('Record-Route');
    expect(names(100)).not.toContain('Record-Route');
  });

  it('a 100 has the Timestamp and needs no tag; with a delay where one is given', () => {
    const request = requestOf('INVITE sip:b@c SIP/2.0', 'To: <sip:b@c>', 'Timestamp: 54.5 0.1');
    expect(lines(composeResponse(request, 100))).toEqual(['To: <sip:b@c>', 'Timestamp: 54.5', 'Content-Length: 0']);
    expect(lines(composeResponse(request, 100, { delay: '2.5', toTag: 'x' }))).toEqual([
      ...['To: <sip:b@c>;tag=x', 'Timestamp: 54.5 2.5', 'Content-Length: 0'],
    ]);
    expect(lines(composeResponse(remove(request, 'Timestamp') as SipRequest, 100, { delay: '2' }))).toHaveLength(2);
  });

  it('a request that is broken can be answered', () => {
    const broken = requestOf(
      'INVITE sip:b@c SIP/2.0',
      'To: "B <sip:b@c>',
      'From: <sip:',
      'CSeq: x',
      'no header at all',
    );
    const answer = composeResponse(broken, 400, { toTag: 'x', reason: 'Bad To' });
    expect([answer.reason, ...lines(answer)]).toEqual([
      ...['Bad To', 'To: "B <sip:b@c>', 'From: <sip:', 'CSeq: x', 'Content-Length: 0'],
    ]);
    expect(lines(composeResponse(requestOf('BYE sip:b@c SIP/2.0', 'X: y'), 481))).toEqual(['Content-Length: 0']);
  });
});

describe('refusals', () => {
  it.each<[number, string, ResponseInput, string]>([
    [202, 'Accepted', {}, ''],
    [
      415,
      'Unsupported Media Type',
      { accept: [{ type: 'message', subtype: 'cpim', params: [] }] },
      'Accept: message/cpim',
    ],
    [415, 'Unsupported Media Type', { fields: [{ name: 'Accept-Encoding', value: '' }] }, 'Accept-Encoding: '],
    [420, 'Bad Extension', { unsupported: ['Recipient-List-Invite'] }, 'Unsupported: Recipient-List-Invite'],
    [
      422,
      'Session Interval Too Small',
      { timer: { supported: false, required: false, minimum: 3600 } },
      'Min-SE: 3600',
    ],
    [480, 'Temporarily Unavailable', { retryAfter: 120 }, 'Retry-After: 120'],
    [
      480,
      'Temporarily Unavailable',
      { retryAfter: { seconds: 5, comment: 'soon', params: [{ name: 'duration', value: '60' }] } },
      'Retry-After: 5 (soon);duration=60',
    ],
    [
      488,
      'Not Acceptable Here',
      { warnings: [{ code: 305, agent: 'home1', text: 'no "*"' }] },
      'Warning: 305 home1 "no \\"*\\""',
    ],
    [405, 'Method Not Allowed', { allow: ['BYE'] }, 'Allow: BYE'],
    [
      433,
      'Anonymity Disallowed',
      { warnings: [imWarning('anonymity', 'im.home1')] },
      'Warning: 399 im.home1 "Anonymity not allowed"',
    ],
    [302, 'Moved Temporarily', { contact: '<sip:a@b>, <tel:+1>' }, 'Contact: <sip:a@b>, <tel:+1>'],
    [403, 'Forbidden', { supported: ['timer'] }, 'Supported: timer'],
    [603, 'Decline', {}, ''],
    [299, '', {}, ''],
  ])('LM-G0: %i %s with %j', (status, reason, input, line) => {
    const request = requestOf('UPDATE sip:b@c SIP/2.0', 'To: <sip:b@c>', 'Require: timer, recipient-list-invite');
    const response = composeResponse(request, status, { toTag: 'x', ...input });
    expect(response.reason).toBe(reason);
    expect(lines(response)).toEqual(['To: <sip:b@c>;tag=x', ...(line === '' ? [] : [line]), 'Content-Length: 0']);
    const read = unwrap(readResponse(sent(response)));
    expect(read).toMatchObject({ status, reason, toTag: 'x', errors: [] });
    if (input.warnings !== undefined) expect(read.warnings).toEqual(input.warnings);
    if (input.accept !== undefined) expect(read.accept).toEqual(input.accept);
    if (input.unsupported !== undefined) expect(read.unsupported).toEqual(input.unsupported);
    if (input.allow !== undefined) expect(read.allow).toEqual(input.allow);
    if (input.timer !== undefined) expect(read.timer).toEqual(input.timer);
  });

  it.each<[string, SipRequest, number, object, string, string]>([
    ['an ACK', requestOf('ACK sip:b@c SIP/2.0', 'To: <sip:b@c>'), 200, {}, 'request', 'RFC3261-22.1'],
    ['a status of two digits', INVITE, 99, {}, 'status', 'RFC3261-7.2'],
    ['a status of 700', INVITE, 700, {}, 'status', 'RFC3261-7.2'],
    ['a 486 without tag', INVITE, 486, {}, 'toTag', 'RFC3261-8.2.6.2'],
    ['a tag that is no token', INVITE, 486, { toTag: 'a b' }, 'toTag', 'RFC3261-8.2.6.2'],
    ['a 200 without Contact', INVITE, 200, { toTag: 'x' }, 'contact', 'RFC3261-12.1.1'],
    ['a 180 without Contact', INVITE, 180, { toTag: 'x' }, 'contact', 'RFC3261-12.1.1'],
    ['a 200 with two Contacts', INVITE, 200, { toTag: 'x', contact: 'sip:a@b,sip:c@d' }, 'contact', 'RFC3261-12.1.1'],
    ['a 200 with a tel Contact', INVITE, 200, { toTag: 'x', contact: 'tel:+1' }, 'contact', 'RFC3261-12.1.1'],
    ['a Contact that is none', INVITE, 302, { toTag: 'x', contact: '<sip:' }, 'contact', 'OMA-IM-8.1.1'],
    ['a 415 without Accept', INVITE, 415, { toTag: 'x' }, 'accept', 'RFC3261-8.2.3'],
    ['a 405 without Allow', INVITE, 405, { toTag: 'x' }, 'allow', 'RFC3261-8.2.1'],
    ['a 420 without Unsupported', INVITE, 420, { toTag: 'x' }, 'unsupported', 'RFC3261-8.2.2.3'],
    [
      'a 420 of what is not required',
      INVITE,
      420,
      { toTag: 'x', unsupported: ['timer'] },
      'unsupported[0]',
      'RFC3261-8.2.2.3',
    ],
    ['Unsupported in a 400', INVITE, 400, { toTag: 'x', unsupported: ['timer'] }, 'unsupported', 'RFC3261-8.2.2.3'],
    ['a 422 without Min-SE', INVITE, 422, { toTag: 'x' }, 'timer', 'RFC4028-6'],
    ['a delay in 180', INVITE, 180, { ...CALLEE, delay: '1' }, 'delay', 'RFC3261-8.2.6.1'],
    [
      'a timer in a 200 to BYE',
      requestOf('BYE sip:b@c SIP/2.0', 'To: a:b;tag=1'),
      200,
      { timer: { supported: true, required: false, interval: 90 } },
      'timer',
      'RFC4028-4',
    ],
    [
      'a line end in the reason text',
      INVITE,
      603,
      { toTag: 'x', warnings: [{ code: 399, agent: 'a', text: 'a\r\nb' }] },
      '[0].text',
      'RFC3261-20.43',
    ],
    ['a misspelt input', INVITE, 603, { toTag: 'x', retryafter: 5 }, 'input', 'RFC3261-8.2.6'],
    ['no warning', INVITE, 603, { toTag: 'x', warnings: [] }, 'warnings', 'RFC3261-8.2.6'],
    ['a negative Retry-After', INVITE, 480, { toTag: 'x', retryAfter: -1 }, 'seconds', 'RFC3261-20.33'],
    [
      'a body that is none',
      INVITE,
      488,
      { toTag: 'x', body: { contentType: 'text/plain' } },
      'body.content',
      'RFC3261-8.2.6',
    ],
    ['Via as a field', INVITE, 603, { toTag: 'x', fields: [{ name: 'v', value: 'x' }] }, 'fields[0]', 'RFC3261-7.3'],
    ['a release that is none', INVITE, 603, { toTag: 'x', server: 'acme/1' }, 'server', 'OMA-IM-8.1.1'],
  ])('LM-G0: throws on %s', (_, request, status, input, path, clause) => {
    expect(refusal(() => composeResponse(request, status, input))).toMatchObject({ path, clause });
  });

  it('a line end in the phrase does not come onto the wire', () => {
    const response = composeResponse(INVITE, 603, { toTag: 'x', reason: 'No\r\nX: y' });
    expect(() => sipMessage.encode(response)).toThrow(EncodeError);
  });

  it('every status code of RFC 3261 21 has its phrase, an unknown one none', () => {
    expect([reasonPhrase(488), reasonPhrase(606), reasonPhrase(499)]).toEqual([
      ...['Not Acceptable Here', 'Not Acceptable', ''],
    ]);
  });
});

describe('the texts by which IM servers refuse', () => {
  const kinds: ImRefusal[] = ['anonymity', 'function', 'size', 'destinations', 'version', 'service'];

  it.each(kinds)('%s is written and read', (kind) => {
    expect(imRefusal(imWarning(kind, 'im.home1.example.net'))).toBe(kind);
  });

  it('the spelling of the field is known, any other text is not', () => {
    const { warnings } = unwrap(readResponse(fixture('pager-403-warning')));
    expect(warnings.map(imRefusal)).toEqual(['service', 'size']);
    expect(imRefusal({ code: 399, agent: 'a', text: '127 service not AUTHORIZED' })).toBe('service');
    expect(imRefusal({ code: 399, agent: 'a', text: 'constructor' })).toBeUndefined();
  });
});

describe('what a response says', () => {
  it('LM-R1, LM-R2: a provisional one names methods and session identity', () => {
    const read = unwrap(readResponse(fixture('large-180')));
    expect(read.allow).toEqual(['INVITE', 'ACK', 'CANCEL', 'BYE', 'MESSAGE', 'UPDATE']);
    expect(read.contact).toMatchObject({
      uri: { user: 'bob', host: '192.0.2.77' },
      params: [{ name: '+g.oma.sip-im' }],
    });
    expect(read).toMatchObject({
      status: 180,
      toTag: 'b0b1',
      automata: false,
      isFocus: false,
      warnings: [],
      errors: [],
    });
    expect(read.timer).toEqual({ supported: false, required: false });
  });

  it('LM-A1, LM-R2: a 200 of a focus, and one of a machine', () => {
    const focus = unwrap(readResponse(fixture('large-200-isfocus')));
    expect(focus).toMatchObject({ isFocus: true, automata: false, timer: { interval: 3600, refresher: 'uac' } });
    expect(focus.contact?.uri).toMatchObject({ user: 'exp77', params: [{ name: 'gr', value: 'a1' }] });
    expect(unwrap(readResponse(fixture('large-200-automata')))).toMatchObject({ isFocus: false, automata: true });
  });

  it('LM-R1, LM-R2, LM-A1: what can not be read is not there, and says why', () => {
    const bad = {
      status: 200,
      reason: 'OK',
      fields: [
        { name: 'To', value: '<sip:' },
        { name: 'Contact', value: '<sip:a@b' },
        { name: 'Allow', value: 'INVITE;' },
        { name: 'Session-Expires', value: 'soon' },
        { name: 'Retry-After', value: '-1' },
        { name: 'Warning', value: '399' },
        { name: 'Accept', value: 'x' },
        { name: 'Unsupported', value: '' },
      ],
      body: new Uint8Array(0),
    };
    const read = unwrap(readResponse(bad));
    expect(read.errors.map(({ field }) => field).sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(read).toMatchObject({
      contact: undefined,
      allow: undefined,
      timer: undefined,
      warnings: [],
      isFocus: false,
    });
    const wildcard = { ...bad, fields: [{ name: 'm', value: '*' }] };
    expect(unwrap(readResponse(wildcard))).toMatchObject({ contact: undefined, allow: undefined, errors: [] });
  });

  it('LM-R1: refuses a request', () => {
    expect(readResponse(INVITE)).toMatchObject({ ok: false, error: { code: 'unsupported' } });
  });

  const word = fc.stringMatching(/^[A-Za-z0-9]{1,8}$/);
  const inputs = fc.record({
    toTag: word,
    allow: fc.option(fc.array(word, { minLength: 1, maxLength: 4 }), { nil: undefined }),
    warnings: fc.option(
      fc.array(
        fc.record({ code: fc.integer({ min: 300, max: 399 }), agent: word, text: fc.stringMatching(/^[ -~]*$/) }),
        {
          minLength: 1,
          maxLength: 3,
        },
      ),
      { nil: undefined },
    ),
    retryAfter: fc.option(fc.nat(0xffff_ffff), { nil: undefined }),
    reason: fc.option(word, { nil: undefined }),
  });

  it('what is composed is read as it was', () => {
    fc.assert(
      fc.property(inputs, fc.constantFrom(400, 403, 480, 486, 488, 500, 603), (input, status) => {
        const read = unwrap(readResponse(sent(composeResponse(INVITE, status, input))));
        expect(read).toMatchObject({
          status,
          reason: input.reason ?? reasonPhrase(status),
          toTag: input.toTag,
          allow: input.allow,
          warnings: input.warnings ?? [],
          errors: [],
        });
        expect(read.retryAfter?.seconds).toBe(input.retryAfter);
      }),
    );
  });
});
