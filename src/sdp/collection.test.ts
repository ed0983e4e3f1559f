import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../core/error.ts';
import { unwrap } from '../core/result.ts';
import type { Tolerance } from '../core/tolerance.ts';
import { getAttributes, getLine } from './access.ts';
import { attributeCodecs } from './attributes.ts';
import { direction } from './direction.ts';
import { mediaLine } from './media-line.ts';
import { readMsrpMedia } from './msrp-media.ts';
import { type SdpMedia, type SdpSession, sdp } from './session.ts';

interface Verdict {
  readonly file: string;
  readonly source: string;
  readonly what: string;
  readonly decode: 'valid' | 'tolerated' | 'invalid';
  readonly code?: ErrorCode;
  readonly tolerances?: readonly Tolerance[];
  /** What the message medium says, in part; null for what is absent. */
  readonly says?: Readonly<Record<string, unknown>>;
  /** The `m=` lines, directions and attributes of all media that are broken. */
  readonly refused?: readonly string[];
}

const FOLDER = new URL('../../fixtures/sdp/', import.meta.url);
const verdicts = JSON.parse(readFileSync(new URL('verdicts.json', FOLDER), 'utf8')) as readonly Verdict[];
const octetsOf = (file: string): Uint8Array => new Uint8Array(readFileSync(new URL(file, FOLDER)));

function refusedIn(medium: SdpMedia, session: SdpSession): string[] {
  const codecs = attributeCodecs.filter((codec) => {
    const found = getAttributes(medium, codec);
    return found.length > 1 || found.some(({ ok }) => !ok);
  });
  return [
    ...(getLine(medium, mediaLine)?.ok === true ? [] : ['m']),
    ...codecs.map(({ name }) => name),
    ...(direction(medium, session).ok ? [] : ['direction']),
  ];
}

describe('the collection of sessions', () => {
  it('has a verdict for each, and 100 with the vectors', () => {
    const files = readdirSync(FOLDER).filter((name) => name.endsWith('.sdp'));
    expect(verdicts.map(({ file }) => file).sort()).toEqual(files.sort());
    expect(files.length).toBeGreaterThanOrEqual(40);
  });

  it.each(verdicts.map((verdict) => [`${verdict.file} (${verdict.what})`, verdict] as const))('%s', (_, verdict) => {
    const octets = octetsOf(verdict.file);
    const strict = sdp.decode(octets);
    if (verdict.decode !== 'valid') expect(strict).toMatchObject({ ok: false, error: { code: verdict.code } });
    if (verdict.decode === 'invalid') return;
    const session = unwrap(
      verdict.decode === 'valid' ? strict : sdp.decode(octets, { tolerances: verdict.tolerances }),
    );
    expect(Buffer.compare(sdp.encode(session), octets)).toBe(0);
    expect(session.media.flatMap((medium) => refusedIn(medium, session))).toEqual(verdict.refused ?? []);
    const read = readMsrpMedia(session);
    for (const [key, value] of Object.entries(verdict.says ?? {})) {
      const said = unwrap(read)[key as keyof typeof read & string as never] as unknown;
      if (value === null) expect(said).toBeUndefined();
      else if (typeof value === 'object' && !Array.isArray(value)) expect(said).toMatchObject(value as object);
      else expect(said).toEqual(value);
    }
  });
});
