/*
 * A message taken apart for people: every part with its place, what it says, what it means in OMA SIMPLE IM, which
 * duties it serves, and what is wrong there.
 */
import type { Result } from '../core/result.ts';
import { asciiLower } from '../core/text.ts';
import { qualifiedNames } from '../cpim/access.ts';
import { type CpimHeader, ReceivedCpimHeader } from '../cpim/header.ts';
import type { Part } from '../mime/fields.ts';
import { msrp } from '../msrp/message.ts';
import { sipMessage } from '../sip/message.ts';
import { type Body, bodiesOf } from './bodies.ts';
import { type CheckOptions, type CheckReport, check, mediaTypeOf } from './check.ts';
import type { Finding } from './finding.ts';
import { FrameView } from './frame-view.ts';
import { CPIM_MEANINGS, type Meaning, MSRP_MEANINGS, SDP_MEANINGS, SIP_MEANINGS, TYPE_MEANINGS } from './meanings.ts';
import { Place, type Range } from './place.ts';
import { rangeOfField } from './rules/multipart.ts';
import { rangeOfLine } from './rules/sdp.ts';
import { MessageView } from './view.ts';

/** One part of a message. */
export interface ExplainedPart {
  /** How deep it lies in others. */
  readonly depth: number;
  readonly range: Range;
  /** What it is: the name of a header, a media type. */
  readonly name: string;
  /** What it means here; `undefined` for what has no meaning of its own in this protocol. */
  readonly means: string | undefined;
  /** What it says, where it can be read. */
  readonly value: unknown;
  /** The duties that it serves. */
  readonly serves: readonly string[];
  readonly findings: readonly Finding[];
}

export interface Explanation {
  readonly report: CheckReport;
  /** In the order of the octets, what holds others before them. */
  readonly parts: readonly ExplainedPart[];
}

type Draft = Omit<ExplainedPart, 'serves' | 'findings' | 'means'> & { readonly meaning: Meaning | undefined };

/** Takes a message apart. Octets that are none have one part with what is wrong with them. */
export function explain(octets: Uint8Array, options: CheckOptions): Explanation {
  const report = check(octets, options);
  const drafts = draftsOf(octets, report, options);
  const findings = drafts.map((): Finding[] => []);
  for (const found of report.findings) findings[holderOf(drafts, found)]?.push(found);
  const left = new Set(report.served);
  const parts = drafts.map(({ meaning, ...draft }, i): ExplainedPart => {
    const serves = (meaning?.duties ?? []).filter((duty) => left.delete(duty));
    return { ...draft, means: meaning?.means, serves, findings: findings[i] as readonly Finding[] };
  });
  const [first, ...others] = parts;
  if (first === undefined) return { report, parts };
  // What the message serves as a whole stands with its first line.
  return { report, parts: [{ ...first, serves: [...first.serves, ...left] }, ...others] };
}

/** The innermost part in which a finding begins. */
function holderOf(drafts: readonly Draft[], { range: [at, to] }: Finding): number {
  let holder = 0;
  drafts.forEach(({ range }, i) => {
    if (range[0] <= at && to <= Math.max(range[1], range[0])) holder = i;
  });
  return holder;
}

function draftsOf(octets: Uint8Array, { kind }: CheckReport, options: CheckOptions): readonly Draft[] {
  const place = new Place(octets, 0);
  const whole: Draft = { depth: 0, range: place.whole, name: kind.is, value: undefined, meaning: undefined };
  if (kind.is === 'sip') {
    const read = sipMessage.decode(octets, options);
    return read.ok ? ofMessage(new MessageView(read.value, options)) : [whole];
  }
  if (kind.is === 'msrp') {
    const frames = ofFrames(place, options);
    return frames.length === 0 ? [whole] : frames;
  }
  return ofBodies(bodiesOf({ contentType: mediaTypeOf(kind.is), body: octets }, place, options), 0);
}

function readValue(result: Result<unknown>): unknown {
  return result.ok ? result.value : undefined;
}

function ofMessage(view: MessageView): readonly Draft[] {
  const name = view.request === undefined ? 'Status-Line' : 'Request-Line';
  const value = view.uri === undefined ? undefined : readValue(view.uri);
  const drafts: Draft[] = [{ depth: 0, range: view.start.whole, name, value, meaning: SIP_MEANINGS.get(name) }];
  for (const field of view.fields) {
    const title = field.name === '' ? 'no field' : field.name;
    const common = { depth: 0, range: field.range, name: title, value: readValue(field.result) };
    drafts.push({ ...common, meaning: SIP_MEANINGS.get(field.name) });
  }
  drafts.push(...ofBodies(view.bodies, 0));
  return drafts;
}

function ofFrames(stream: Place, options: CheckOptions): readonly Draft[] {
  const drafts: Draft[] = [];
  const { octets } = stream;
  for (let at = 0; at < octets.length; ) {
    const read = msrp.decode(octets.subarray(at), options);
    if (!read.ok) break;
    const view = new FrameView(read.value, stream.inner(octets.subarray(at, at + read.consumed)), options);
    const name = view.request?.method ?? 'response';
    drafts.push({ depth: 0, range: view.start, name, value: undefined, meaning: undefined });
    view.names.forEach((field, i) => {
      const known = view.read.get(field);
      const value = known === undefined ? read.value.fields[i]?.value : readValue(known);
      const common = { depth: 1, range: view.rangeOfField(i), name: field || 'no header', value };
      drafts.push({ ...common, meaning: MSRP_MEANINGS.get(field) });
    });
    drafts.push(...ofBodies(view.bodies, 1));
    at += read.consumed;
  }
  return drafts;
}

function ofBodies(bodies: readonly Body[], depth: number): readonly Draft[] {
  const drafts: Draft[] = [];
  const around: Range[] = [];
  const holders = new Map<Part, Place>();
  for (const body of bodies) {
    const { whole } = body.place;
    while (around.length > 0 && !isInside(whole, around.at(-1) as Range)) around.pop();
    const at = depth + around.length;
    const holder = body.part === undefined ? undefined : holders.get(body.part);
    if (holder !== undefined && body.part !== undefined) drafts.push(...fieldsOf(body.part, holder, at));
    drafts.push({
      depth: at,
      range: whole,
      name: body.type,
      value: contentOf(body),
      meaning: TYPE_MEANINGS.get(body.type),
    });
    drafts.push(...linesOf(body, at + 1));
    if (body.kind === 'multipart' || body.kind === 'cpim') around.push(whole);
    if (body.kind === 'multipart') for (const part of body.multipart.parts) holders.set(part, body.place);
  }
  return drafts;
}

function isInside([from, to]: Range, [begin, end]: Range): boolean {
  return from >= begin && to <= end;
}

function contentOf(body: Body): unknown {
  if (body.kind === 'imdn') return { ...body.imdn };
  if (body.kind === 'resource-lists') return body.document.lists;
  return body.kind === 'external-body' ? body.external : undefined;
}

/** The lines that a body has besides the bodies in it. */
function linesOf(body: Body, depth: number): readonly Draft[] {
  if (body.kind === 'sdp') {
    return [body.session, ...body.session.media].flatMap((section) =>
      section.lines.map(({ type, value }, i): Draft => {
        const colon = value.indexOf(':');
        const name = type === 'a' ? `a=${asciiLower(colon < 0 ? value : value.slice(0, colon))}` : type;
        const range = rangeOfLine(body, section, i);
        return { depth, range, name, value: undefined, meaning: SDP_MEANINGS.get(name) };
      }),
    );
  }
  if (body.kind === 'cpim') {
    const names = qualifiedNames(body.message);
    const headers = body.message.headers.map((header: CpimHeader, i): Draft => {
      const own = ReceivedCpimHeader.placeOf(header);
      const range = own === undefined ? body.place.whole : body.place.range(own.from, own.end);
      const meaning = CPIM_MEANINGS.get(names[i]?.name ?? '');
      return { depth, range, name: header.name || 'no header', value: undefined, meaning };
    });
    return [...headers, ...fieldsOf(body.message.content, body.place, depth)];
  }
  return [];
}

function fieldsOf(part: Part, place: Place, depth: number): readonly Draft[] {
  return part.fields.map((field) => {
    const meaning = SIP_MEANINGS.get(field.name);
    return { depth, range: rangeOfField(field, place), name: field.name || 'no field', value: undefined, meaning };
  });
}
