import { describe, expect, test } from 'vitest';
import { codecOf, codecs, composerOf, composers, composeWhole, isBytesCodec } from './codecs.ts';
import { EncodeError } from './core/error.ts';
import { isRequest, sipMessage } from './sip/message.ts';

const input = {
  from: '<sip:alice@h.example>',
  to: { user: 'sip:bob@h.example' },
  release: 'IM-client/OMA1.0',
  body: 'x',
};
const dialog = {
  via: 'SIP/2.0/UDP h.example;branch=z9hG4bK1',
  from: '<sip:alice@h.example>;tag=1',
  callId: 'c',
  cseq: 1,
};

describe('the registry', () => {
  test('names each codec as its artefact', () => {
    for (const name of Object.keys(codecs)) {
      const codec = codecOf(name);
      if (codec === undefined) throw new Error(name);
      expect(name === codec.name || name === `header/${codec.name}`).toBe(true);
      expect(isBytesCodec(codec)).toBe(!('parse' in codec));
    }
  });

  test('knows no names of Object.prototype', () => {
    for (const name of ['__proto__', 'constructor', 'toString']) {
      expect(codecOf(name)).toBeUndefined();
      expect(composerOf(name)).toBeUndefined();
    }
  });
});

describe('the composer of pager messages', () => {
  const composer = composers['pager-message'];

  test('composes a request for a stack, or with a dialog a whole one', () => {
    const request = composer.compose(input);
    expect(isRequest(request) && request.fields.map((field) => field.name)).not.toContain('Via');
    const whole = composer.compose({ ...input, dialog });
    expect(new TextDecoder().decode(sipMessage.encode(whole))).toMatch(/^MESSAGE .*\r\nVia: SIP\/2.0\/UDP h.example;/);
    expect(composer.duties(whole, input)).toContain('PM-1');
  });

  test.each([null, undefined, 5, 'text', [], {}])('throws EncodeError for the input %j', (wrong) => {
    expect(() => composer.compose(wrong)).toThrow(EncodeError);
  });

  test.each([null, 5, {}, { ...dialog, cseq: '1' }, { ...dialog, via: [] }, { ...dialog, from: 'x' }])(
    'throws EncodeError for the dialog %j',
    (wrong) => {
      expect(() => composer.compose({ ...input, dialog: wrong })).toThrow(EncodeError);
    },
  );
});

describe('the composer of large message INVITEs', () => {
  const composer = composers['large-message-invite'];
  const large = {
    from: '<sip:alice@h.example>',
    to: { group: 'sip:team@h.example' },
    release: 'IM-client/OMA1.0',
    contact: '<sip:192.0.2.1>',
    anonymous: true,
    media: { origin: { sessionId: 1, address: '192.0.2.1' }, path: ['msrp://192.0.2.1:9/a1b2;tcp'] },
    content: { size: 1300 },
  };

  test('composes a request for a stack, or with a dialog a whole one, and says what it serves', () => {
    const request = composer.compose(large);
    expect(isRequest(request) && request.method).toBe('INVITE');
    const whole = composer.compose({ ...large, dialog });
    expect(new TextDecoder().decode(sipMessage.encode(whole))).toMatch(/^INVITE .*\r\nVia: SIP\/2.0\/UDP h.example;/);
    expect(composer.duties(whole, large)).toEqual(expect.arrayContaining(['LM-G0', 'LM-G5', 'LM-E4a', 'LM-E6']));
  });

  test.each([null, undefined, 5, 'text', [], {}, { ...large, media: null }])(
    'throws EncodeError for the input %j',
    (wrong) => {
      expect(() => composer.compose(wrong)).toThrow(EncodeError);
    },
  );
});

describe('the composer of notifications', () => {
  const composer = composers['imdn-notification'];
  const original = [
    'From: <sip:alice@h.example>',
    'To: <sip:bob@h.example>',
    'DateTime: 2026-11-22T12:00:00Z',
    'NS: imdn <urn:ietf:params:imdn>',
    'imdn.Message-ID: 34jk324j',
    'imdn.Disposition-Notification: positive-delivery',
    '',
    'Content-Type: text/plain',
    '',
    'Hello',
  ].join('\r\n');
  const told = {
    original,
    notification: { type: 'delivery', status: 'delivered', messageId: 'd834jied93rf' },
    message: { from: '<sip:bob@h.example>', release: 'IM-client/OMA1.0' },
  };

  test('composes a request for a stack, or with a dialog a whole one, and says what it serves', () => {
    const request = composer.compose(told);
    expect(isRequest(request) && request.uri).toBe('sip:alice@h.example');
    const whole = composer.compose({ ...told, dialog });
    expect(new TextDecoder().decode(sipMessage.encode(whole))).toMatch(/^MESSAGE .*\r\nVia: [\s\S]*<delivered\/>/);
    expect(composer.duties(whole, told)).toEqual(expect.arrayContaining(['PM-1', 'PM-2', 'PM-4']));
  });

  test.each([
    ...[
      null,
      5,
      {},
      { ...told, original: 7 },
      { ...told, original: 'Hello' },
      { ...told, original: `${original}\ud800` },
    ],
    ...[
      { ...told, notification: { ...told.notification, status: 'failed' } },
      { ...told, message: null },
    ],
    ...[
      { ...told, further: 1 },
      { ...told, dialog: {} },
    ],
  ])('throws EncodeError for the input %j', (wrong) => {
    expect(() => composer.compose(wrong)).toThrow(EncodeError);
  });
});

describe('the composer of MSRP chunks', () => {
  const composer = composers['msrp-chunks'];
  const input = {
    toPath: 'msrp://bob.example.com:8888/9di4eae923wzd;tcp',
    fromPath: 'msrp://alicepc.example.com:7777/iau39soe2843z;tcp',
    messageId: '4564dpWd',
    transactionId: 'dkei38sd',
    contentType: 'text/plain',
    content: 'abcdEFGH',
    size: 4,
  };

  test('composes the octets of all frames', () => {
    const frames = composer.composeChunks(input);
    expect(frames.map(({ transactionId }) => transactionId)).toEqual(['dkei38sd.1', 'dkei38sd.2']);
    const { octets, message, duties } = composeWhole(composer, { ...input, successReport: 'yes' });
    expect(new TextDecoder().decode(octets)).toMatch(
      /^MSRP dkei38sd.1 SEND\r\n[\s\S]*EFGH\r\n-------dkei38sd.2\$\r\n$/,
    );
    expect(message).toBeUndefined();
    expect(duties).toEqual(['LM-A2', 'LM-A3']);
    expect(composer.duties(frames, input)).toEqual(['LM-A2']);
    expect(composer.composeChunks({ ...input, content: new Uint8Array(9) })).toHaveLength(3);
  });

  test('refuses what cannot be sent', () => {
    for (const wrong of [{ transactionId: 5 }, { content: 5 }, { messageId: 'x' }, { transactionId: 'x'.repeat(31) }]) {
      expect(() => composer.composeChunks({ ...input, ...wrong })).toThrow(EncodeError);
    }
  });
});
