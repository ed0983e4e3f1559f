import { readdirSync, readFileSync } from 'node:fs';
import * as sdpTransform from 'sdp-transform';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../core/result.ts';
import { composeMsrpOffer } from './msrp-media.ts';
import { type SdpSession, sdp } from './session.ts';
import { fromSdpTransform, toSdpTransform } from './view.ts';

const text = (session: SdpSession): string => Buffer.from(sdp.encode(session)).toString();
const decode = (session: string): SdpSession => unwrap(sdp.decode(new TextEncoder().encode(session)));
const FOLDER = new URL('../../fixtures/sdp/', import.meta.url);

const offer = composeMsrpOffer({
  origin: { sessionId: 1, address: 'a.example' },
  path: ['msrp://a.example:7654/x;tcp'],
  acceptTypes: ['message/cpim'],
  direction: 'sendonly',
  fileSize: 5,
});

describe('the view of sdp-transform', () => {
  it('of an offer tells what a medium is, and keeps what it does not know', () => {
    const view = toSdpTransform(offer);
    expect(view).toMatchObject({ version: 0, name: '-', connection: { version: 4, ip: 'a.example' } });
    expect(view.media[0]).toMatchObject({ type: 'message', port: 7654, protocol: 'TCP/MSRP', direction: 'sendonly' });
    expect(view.media[0]?.invalid).toContainEqual({ value: 'filesize:5' });
  });

  it.each(readdirSync(FOLDER).filter((name) => name.endsWith('.sdp')))("is its own parse's: %s", (name) => {
    const octets = new Uint8Array(readFileSync(new URL(name, FOLDER)));
    const read = sdp.decode(octets);
    if (!read.ok) return;
    expect(toSdpTransform(read.value)).toEqual(sdpTransform.parse(Buffer.from(octets).toString()));
  });

  it('comes back with the same lines, those of each section in its own order', () => {
    const session = text(unwrap(fromSdpTransform(toSdpTransform(offer))));
    expect(session.split('\r\n').sort()).toEqual(text(offer).split('\r\n').sort());
    expect(fromSdpTransform(toSdpTransform(decode(session)))).toMatchObject({ ok: true });
    expect(text(unwrap(fromSdpTransform(toSdpTransform(decode(session)))))).toBe(session);
  });

  it.each([
    ['the order of lines', 'a=filesize:1\r\na=setup:active\r\n', 'a=setup:active\r\na=filesize:1\r\n'],
    ['keys and unknown letters', 'k=prompt\r\ny=1\r\n', ''],
  ])('has no room for %s', (_, given, kept) => {
    const head = 'v=0\r\no=- 1 1 IN IP4 a.example\r\ns=-\r\nt=0 0\r\n';
    expect(text(unwrap(fromSdpTransform(toSdpTransform(decode(head + given)))))).toBe(head + kept);
  });

  it('is refused where it is no session', () => {
    const broken = { ...toSdpTransform(offer), name: 'a\r\n\r\nb' };
    expect(fromSdpTransform(broken)).toMatchObject({ ok: false, error: { code: 'syntax' } });
  });
});
