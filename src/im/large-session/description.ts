/*
 * The session descriptions that go to and fro (RFC 3264): found in messages, answered where the peer offers again.
 */
import type { Result } from '../../core/result.ts';
import { contentType } from '../../mime/content-headers.ts';
import { findPart } from '../../mime/find-part.ts';
import { sameMsrpUri } from '../../msrp/uri-equality.ts';
import { getLine } from '../../sdp/access.ts';
import { inverse } from '../../sdp/direction.ts';
import { answerMsrpOffer } from '../../sdp/msrp-answer.ts';
import { type MsrpMedia, readMsrpMedia } from '../../sdp/msrp-media.ts';
import { origin } from '../../sdp/origin.ts';
import { type SdpSession, sdp } from '../../sdp/session.ts';
import { get } from '../../sip/access.ts';
import type { SipMessage } from '../../sip/message.ts';

/** The session description in a body, or in a part of it; `undefined` where there is none. */
export function sessionDescription(message: SipMessage): Result<SdpSession> | undefined {
  if (message.body.length === 0) return undefined;
  const type = get(message, contentType);
  if (type === undefined || !type.ok) return type;
  const found = findPart({ contentType: type.value, body: message.body }, 'application/sdp');
  return found?.ok === true ? sdp.decode(found.value.body) : found;
}

/** The message medium that a message describes; `undefined` where the message describes no session. */
export function describedMedia(message: SipMessage): Result<MsrpMedia> | undefined {
  const described = sessionDescription(message);
  return described?.ok === true ? readMsrpMedia(described.value) : described;
}

/**
 * The answer to what the peer offers within the session, and the description of this end from then on: the same as
 * `own`, as long as the offer has the medium go on between the same two ends. `undefined` where it does not.
 */
export function answerAgain(own: SdpSession, peer: SdpSession, offer: SdpSession): SdpSession | undefined {
  const [mine, before, offered] = [readMsrpMedia(own), readMsrpMedia(peer), readMsrpMedia(offer)];
  const made = getLine(own, origin);
  if (!mine.ok || !before.ok || !offered.ok || !made?.ok) return undefined;
  if (!goesOn(mine.value, before.value, offered.value)) return undefined;
  const { username, sessionId, version, address } = made.value;
  const { path, acceptTypes, acceptWrappedTypes, direction, maxSize, fingerprint } = mine.value;
  const answer = answerMsrpOffer(offer, {
    origin: { username, sessionId, version: String(BigInt(version) + 1n), address },
    path,
    acceptTypes,
    acceptWrappedTypes,
    direction,
    maxSize,
    fingerprint,
  });
  const taken = readMsrpMedia(answer);
  return taken.ok && taken.value.port !== 0 ? answer : undefined;
}

function goesOn(own: MsrpMedia, peer: MsrpMedia, offered: MsrpMedia): boolean {
  const samePath =
    offered.path.length === peer.path.length &&
    offered.path.every((uri, i) => {
      const before = peer.path[i];
      return before !== undefined && sameMsrpUri(uri, before);
    });
  const sameWay = offered.direction === 'sendrecv' || offered.direction === inverse(own.direction);
  return samePath && sameWay && offered.port !== 0 && offered.secure === own.secure;
}
