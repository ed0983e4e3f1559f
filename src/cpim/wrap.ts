/*
 * Whether content goes as it is or inside message/cpim, decided by what the peer accepts: the Accept of a SIP message
 * (RFC 3261 20.1), the accept-types and accept-wrapped-types of an MSRP offer (RFC 4975 8.6).
 */
import { findParam } from '../core/params.ts';
import { sameText } from '../core/text.ts';
import { type MediaType, mediaType } from '../mime/media-type.ts';

/** A media type or a range of them: `text/plain`, `text/*`, `*`, an element of a parsed Accept. */
export type AcceptedType = string | MediaType;

export interface WrapQuestion {
  /** What the content is: `text/plain`. */
  readonly content: AcceptedType;
  /** Whether the message has something to say that only CPIM headers can, such as a request for notifications. */
  readonly wanted?: boolean | undefined;
  /** What the peer accepts inside a wrapper besides `accepted`; where absent, the peer does not say and gets anything. */
  readonly wrapped?: readonly AcceptedType[] | undefined;
}

/** As it is, inside CPIM, or not at all: the peer accepts neither. */
export type Wrapping = 'plain' | 'wrapped' | 'refused';

const CPIM: MediaType = { type: 'message', subtype: 'cpim', params: [] };

/**
 * How the content shall go to a peer that accepts these types; `undefined` where the peer has not said. What is wanted
 * goes wrapped wherever the peer lets it. An entry that is no media type accepts nothing.
 */
export function wrapWhen(accepted: readonly AcceptedType[] | undefined, question: WrapQuestion): Wrapping {
  const { wanted = false, wrapped } = question;
  if (accepted === undefined) return wanted ? 'wrapped' : 'plain';
  const content = parsed(question.content);
  if (content === undefined) return 'refused';
  const plain = accepts(accepted, content);
  const wrappable = accepts(accepted, CPIM) && (wrapped === undefined || plain || accepts(wrapped, content));
  if (wrappable && (wanted || !plain)) return 'wrapped';
  return plain ? 'plain' : 'refused';
}

function parsed(entry: AcceptedType): MediaType | undefined {
  if (typeof entry !== 'string') return entry;
  const read = mediaType.parse(entry === '*' ? '*/*' : entry);
  return read.ok ? read.value : undefined;
}

/** The entry that fits most exactly decides, so `text/plain;q=0` takes one type out of a range. */
function accepts(entries: readonly AcceptedType[], content: MediaType): boolean {
  let best = 0;
  let verdict = false;
  for (const entry of entries) {
    const range = parsed(entry);
    const fit = range === undefined ? 0 : fitness(range, content);
    if (range === undefined || fit <= best) continue;
    best = fit;
    verdict = !isZero(findParam(range.params, 'q')?.value);
  }
  return verdict;
}

function fitness(range: MediaType, content: MediaType): number {
  if (range.type === '*') return range.subtype === '*' ? 1 : 0;
  if (!sameText(range.type, content.type)) return 0;
  if (range.subtype === '*') return 2;
  return sameText(range.subtype, content.subtype) ? 3 : 0;
}

function isZero(q: string | undefined): boolean {
  return q !== undefined && /^0(?:\.0*)?$/.test(q);
}
