import { describe, expect, test } from 'vitest';
import { codecOf, codecs, composerOf, composers, isBytesCodec } from './codecs.ts';
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
