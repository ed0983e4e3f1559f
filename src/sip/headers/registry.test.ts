import { expect, it } from 'vitest';
import { sameText } from '../../core/text.ts';
import { checkText } from '../../testing/laws.ts';
import { canonicalName, compactName } from '../names.ts';
import * as headers from './index.ts';
import { headerCodec, headerCodecs } from './registry.ts';

const codecs = headerCodecs.map((codec) => [codec.name, codec] as const);

it('lists every codec that the folder exports, and each once', () => {
  const exported = Object.values(headers).filter(
    (value) => typeof value === 'object' && 'scan' in value && 'parse' in value,
  );
  expect(new Set(headerCodecs)).toEqual(new Set(exported));
  expect(new Set(codecs.map(([name]) => name)).size).toBe(headerCodecs.length);
});

it.each(codecs)('finds %s by its name in any case, and by its compact form', (name, codec) => {
  for (const spelling of [name, name.toLowerCase(), name.toUpperCase()]) expect(headerCodec(spelling)).toBe(codec);
  expect(canonicalName(name)).toBe(name);
  expect(codec.compact).toBe(compactName(name));
  if (codec.compact !== undefined) {
    expect(headerCodec(codec.compact)).toBe(codec);
    expect(headerCodec(codec.compact.toUpperCase())).toBe(codec);
  }
});

it.each(codecs)('%s never throws on text that is another header’s', (_, codec) => {
  for (const text of ['', '*', 'a', 'a, b', '1', '<sip:a@b>;c="d"', 'a/b;c=d', '\0', '\ud800']) checkText(codec, text);
});

it.each(['X-Unknown', '__proto__', 'constructor', 'toString', '', 'Content Length', 'ſupported'])(
  'knows no %j (bad input 29)',
  (name) => {
    expect(headerCodec(name)).toBeUndefined();
  },
);

it('compares names as ASCII (bad input 30)', () => {
  expect(sameText('\u212a', 'k')).toBe(false);
  expect(headerCodec('\u212a')).toBeUndefined();
});
