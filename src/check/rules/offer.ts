/* The offer in the INVITE of a large message: change request 9.1.1.2 steps 5 and 6; RFC 4566, 4975, 5547. */
import type { ParseError } from '../../core/error.ts';
import { contentType } from '../../mime/content-headers.ts';
import { findPart } from '../../mime/find-part.ts';
import { type MsrpMedia, readMsrpMedia } from '../../sdp/msrp-media.ts';
import { sdp } from '../../sdp/session.ts';
import { broken, type CheckContext, type DutyRule, type Found, type Judgement, SERVED } from '../finding.ts';
import type { MessageView, Range } from '../view.ts';
import { bodyOf, SESSION } from './mode.ts';

const CLAUSE = 'OMA-IM-9.1.1.2';

/** The offer, where it lies, and what its message medium says. */
interface Offer {
  readonly range: Range;
  readonly media: MsrpMedia | undefined;
  readonly error: ParseError | undefined;
}

function offerOf(view: MessageView): Offer | undefined {
  const type = view.get(contentType);
  if (type === undefined) return undefined;
  const part = findPart({ contentType: type, body: view.message.body }, 'application/sdp');
  if (!part?.ok) return undefined;
  const { body } = part.value;
  const from = body.byteOffset - view.head.octets.byteOffset;
  const session = sdp.decode(body);
  const media = session.ok ? readMsrpMedia(session.value) : session;
  return {
    range: [from, from + body.length],
    media: media.ok ? media.value : undefined,
    error: media.ok ? undefined : media.error,
  };
}

/** @duty LM-E5 (check) */
const offered: DutyRule = {
  duty: 'LM-E5',
  clause: CLAUSE,
  severity: 'error',
  asks: 'the INVITE has an offer in SDP, with a message medium over MSRP',
  judge(view) {
    if (!SESSION.concerns(view)) return undefined;
    const offer = offerOf(view);
    if (offer === undefined) {
      return broken({ range: bodyOf(view), field: 'message', message: 'missing: the INVITE has no application/sdp' });
    }
    const { range, media, error } = offer;
    if (media === undefined) return broken({ range, field: 'application/sdp', message: told(error as ParseError) });
    const found: Found[] = media.errors.map((wrong) => {
      return { range, field: 'application/sdp', message: told(wrong), clause: wrong.clause };
    });
    const missing = (what: string): void => {
      found.push({ range, field: 'application/sdp', message: `missing: a=${what}`, clause: 'RFC4975-8' });
    };
    if (media.path.length === 0) missing('path');
    if (media.acceptTypes.length === 0) missing('accept-types');
    return { served: found.length === 0, found };
  },
};

function told({ code, rule, expected }: ParseError): string {
  return expected === undefined ? `${code}: ${rule}` : `${code}: ${rule}, expected ${expected}`;
}

/** A duty about the offer of a large message: one that tells its size or its direction, or of which the caller knows. */
function ofLargeMessage(
  rule: Pick<DutyRule, 'duty' | 'asks'>,
  judge: (offer: Offer & { readonly media: MsrpMedia }) => Judgement,
): DutyRule {
  return {
    ...rule,
    clause: CLAUSE,
    severity: 'error',
    judge(view, context) {
      const offer = SESSION.concerns(view) ? offerOf(view) : undefined;
      if (offer?.media === undefined) return undefined;
      const judged = judge({ ...offer, media: offer.media });
      if (judged.served || isLarge(offer.media, context)) return judged;
      if (context.largeMessage === false) return undefined;
      const found = judged.found.map((one): Found => {
        return { ...one, message: `${one.message}, if this is a large message`, severity: 'unknown' };
      });
      return { served: false, found };
    },
  };
}

function isLarge({ direction, fileSize, fileSelector }: MsrpMedia, { largeMessage }: CheckContext): boolean {
  return largeMessage ?? (direction === 'sendonly' || fileSize !== undefined || fileSelector !== undefined);
}

/** @duty LM-E5a (check) */
const sendonly: DutyRule = ofLargeMessage(
  { duty: 'LM-E5a', asks: 'the offer is sendonly' },
  ({ range, media: { direction } }) => {
    if (direction === 'sendonly') return SERVED;
    const message = `the medium is ${direction}, not sendonly`;
    return broken({ range, field: 'application/sdp', message, fix: 'a=sendonly' });
  },
);

/** @duty LM-E6 (check) */
const size: DutyRule = ofLargeMessage(
  { duty: 'LM-E6', asks: 'the offer tells the size of the whole message' },
  ({ range, media: { fileSize, fileSelector } }) => {
    if (fileSize !== undefined) return SERVED;
    const field = 'application/sdp';
    if (fileSelector?.size === undefined) {
      return broken({
        range,
        field,
        message: 'missing: a=filesize',
        fix: 'a=filesize:, and the octets that MSRP carries',
      });
    }
    const message = 'the size is told by a=file-selector alone, which counts the content without its wrapper';
    return { served: true, found: [{ range, field, message, severity: 'info', clause: 'RFC5547-6' }] };
  },
);

export const offers: readonly DutyRule[] = [offered, sendonly, size];
