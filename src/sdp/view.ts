/*
 * The same session as the object of the npm package sdp-transform, for callers who work with that, and back.
 *
 * That object has no room for: the order of lines within a section, lines `k=` and those of unknown letters, a second `e=`,
 * `p=`, `r=` or `t=`, anything but a name where `i=` stands behind other lines, NUL and a word that is no number where it
 * wants one, `a=` lines that it knows with a value that it takes apart in another way. Attributes that it does not know,
 * such as those of MSRP, it keeps under `invalid`.
 */
import * as sdpTransform from 'sdp-transform';
import { toUtf8 } from '../core/octets.ts';
import type { Result } from '../core/result.ts';
import { type SdpSession, sdp } from './session.ts';

export type SdpTransformSession = sdpTransform.SessionDescription;

/** The session as sdp-transform's `parse` gives it. Throws EncodeError where the session has no encoding. */
export function toSdpTransform(session: SdpSession): SdpTransformSession {
  return sdpTransform.parse(new TextDecoder().decode(sdp.encode(session)));
}

/** What sdp-transform's `write` makes of its object, read as a session. */
export function fromSdpTransform(object: SdpTransformSession): Result<SdpSession> {
  return sdp.decode(toUtf8(sdpTransform.write(object)));
}
