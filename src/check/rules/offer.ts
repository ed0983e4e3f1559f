/* The offer in the INVITE of a large message: change request 9.1.1.2 steps 5 and 6; RFC 4566, 4975, 5547. */
import type { ParseError } from '../../core/error.ts';
import { DIRECTIONS } from '../../sdp/direction.ts';
import { type MsrpMedia, readMsrpMedia } from '../../sdp/msrp-media.ts';
import type { SdpMedia } from '../../sdp/session.ts';
import type { SdpBody } from '../bodies.ts';
import { broken, type CheckContext, type DutyRule, type Found, type Judgement, SERVED, told } from '../finding.ts';
import type { Range } from '../place.ts';
import type { MessageView } from '../view.ts';
import { bodyOf, SESSION } from './mode.ts';
import { rangeOfAttribute, rangeOfLine } from './sdp.ts';

const CLAUSE = 'OMA-IM-9.1.1.2';
const TYPE = 'application/sdp';

/** The offer, where it lies, and what its message medium says. */
interface Offer {
  readonly body: SdpBody | undefined;
  readonly range: Range;
  readonly media: MsrpMedia | undefined;
  readonly error: ParseError | undefined;
}

function offerOf(view: MessageView): Offer | undefined {
  const body = view.bodies.find(({ type }) => type === TYPE);
  if (body === undefined) return undefined;
  const range = body.place.whole;
  if (body.kind === 'refused') {
    return { body: undefined, range: body.place.lineFrom(body.error.offset), media: undefined, error: body.error };
  }
  const offer = body as SdpBody;
  const media = readMsrpMedia(offer.session);
  if (media.ok) return { body: offer, range, media: media.value, error: undefined };
  return { body: offer, range, media: undefined, error: media.error };
}

/** The lines of the medium that is offered. */
function mediumOf({ body, media }: Offer): SdpMedia | undefined {
  return body?.session.media[media?.index ?? 0];
}

/** A line of the medium, by the names of its attributes or as the first; the whole offer where there is no medium. */
function lineOf(offer: Offer, ...attributes: readonly string[]): Range {
  const medium = mediumOf(offer);
  return offer.body === undefined || medium === undefined
    ? offer.range
    : rangeOfAttribute(offer.body, medium, ...attributes);
}

/** @duty LM-E5 (check) */
const offered: DutyRule = {
  duty: 'LM-E5',
  clause: CLAUSE,
  severity: 'error',
  asks: 'the INVITE has an offer in SDP, with a message medium over MSRP',
  judge(view) {
    if (!SESSION.concerns(view)) return undefined;
    const offer = view.once(offerOf);
    if (offer === undefined) {
      return broken({ range: bodyOf(view), field: 'message', message: 'missing: the INVITE has no application/sdp' });
    }
    const { range, media, error, body } = offer;
    if (media === undefined) return broken({ range, field: TYPE, message: told(error as ParseError) });
    const medium = mediumOf(offer) as SdpMedia;
    const found: Found[] = media.errors.map((wrong) => {
      const line = rangeOfLine(body as SdpBody, medium, wrong.field ?? 0);
      return { range: line, field: TYPE, message: told(wrong), clause: wrong.clause };
    });
    const missing = (what: string): void => {
      found.push({ range: lineOf(offer), field: TYPE, message: `missing: a=${what}`, clause: 'RFC4975-8' });
    };
    if (media.path.length === 0) missing('path');
    if (media.acceptTypes.length === 0) missing('accept-types');
    return { served: found.length === 0, found };
  },
};

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
      const offer = SESSION.concerns(view) ? view.once(offerOf) : undefined;
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
const sendonly: DutyRule = ofLargeMessage({ duty: 'LM-E5a', asks: 'the offer is sendonly' }, (offer) => {
  const { direction } = offer.media;
  if (direction === 'sendonly') return SERVED;
  const message = `the medium is ${direction}, not sendonly`;
  return broken({ range: lineOf(offer, ...DIRECTIONS), field: TYPE, message, fix: 'a=sendonly' });
});

/** @duty LM-E6 (check) */
const size: DutyRule = ofLargeMessage(
  { duty: 'LM-E6', asks: 'the offer tells the size of the whole message' },
  (offer) => {
    const { fileSize, fileSelector } = offer.media;
    if (fileSize !== undefined) return SERVED;
    const range = lineOf(offer, 'filesize', 'file-selector');
    const field = TYPE;
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
