import { describe, expect, it } from 'vitest';
import { codecOf, codecs, composerOf, composers, isBytesCodec } from './codecs.ts';
import { EncodeError } from './core/error.ts';
import { via } from './sip/headers/via.ts';
import { sipMessage } from './sip/message.ts';
import { sipUri } from './sip/uri.ts';

describe('the registry', () => {
  it('finds every artefact by its name', () => {
    expect(codecs['sip-message']).toBe(sipMessage);
    expect(codecs['sip-uri']).toBe(sipUri);
    expect(codecs['header/Via']).toBe(via);
    for (const [name, codec] of Object.entries(codecs)) {
      expect(name.replace('header/', '')).toBe(codec?.name);
      expect(codecOf(name)).toBe(codec);
    }
    for (const [name, composer] of Object.entries(composers)) expect(composer.name).toBe(name);
  });

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'header/', ''])('29: %j finds nothing', (name) => {
    expect(codecOf(name)).toBeUndefined();
    expect(composerOf(name)).toBeUndefined();
  });

  it('tells octets from text', () => {
    expect([isBytesCodec(sipMessage), isBytesCodec(sipUri)]).toEqual([true, false]);
  });

  it('composers throw EncodeError on what is no input', () => {
    for (const composer of Object.values(composers)) {
      for (const input of [undefined, null, 5, 'text', [], {}])
        expect(() => composer.compose(input)).toThrow(EncodeError);
    }
  });
});
