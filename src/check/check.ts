/*
 * The strict verdict. Decoding refuses rarely, so that broken messages can be answered; here everything is said that
 * is wrong with them, and with what they carry.
 */
import type { ParseError } from '../core/error.ts';
import { findParam } from '../core/params.ts';
import type { MediaType } from '../mime/media-type.ts';
import { msrp } from '../msrp/message.ts';
import type { HeadOptions } from '../sip/head.ts';
import { via } from '../sip/headers/via.ts';
import { type SipMessage, sipMessage } from '../sip/message.ts';
import { headOf } from '../sip/received.ts';
import { type Body, bodiesOf } from './bodies.ts';
import { asFinding, type BodyRule, type CheckContext, type Finding, type Subject, told } from './finding.ts';
import { FrameView } from './frame-view.ts';
import { type ArtefactKind, guessKind } from './kind.ts';
import { Place } from './place.ts';
import { BODY_RULES } from './rules/bodies.ts';
import { CONTEXT_RULES } from './rules/context.ts';
import { FRAME_RULES } from './rules/msrp.ts';
import { DUTY_RULES } from './rules/oma-im.ts';
import { SIP_RULES } from './rules/sip.ts';
import { MessageView } from './view.ts';

/** `sip`: the RFCs and what the codecs ask for. `oma-im`: that, and the duties of OMA SIMPLE IM. */
export type Profile = 'sip' | 'oma-im';

/**
 * Where the message was seen. `originating`: at the client that sends the requests. Told so, the checker holds the
 * message to all that a sender must do; a guess of its own makes nothing an error.
 */
export type Role = 'originating' | 'terminating' | 'server';

export interface CheckOptions extends HeadOptions {
  readonly profile: Profile;
  /** What the octets are; guessed by how they begin where absent. */
  readonly kind?: ArtefactKind | undefined;
  readonly role?: Role | undefined;
  readonly context?: CheckContext | undefined;
}

export interface CheckReport {
  /** In the order of the octets. */
  readonly findings: readonly Finding[];
  /** The duties that the message demonstrably fulfils; none under the profile `sip`. */
  readonly served: readonly string[];
  /** Where the message was seen, as told or as its Via tells; `undefined` for what is no SIP message. */
  readonly role: { readonly is: Role | undefined; readonly guessed: boolean };
  readonly kind: { readonly is: ArtefactKind; readonly guessed: boolean };
}

/**
 * What is wrong with a message, and which duties it serves. Octets are never refused: that they are no message is a
 * finding too. Octets of MSRP may be several requests and responses, one behind the other. A composed message is looked
 * at as the octets that it makes; one that makes none throws EncodeError.
 */
export function check(input: Uint8Array | SipMessage, options: CheckOptions): CheckReport {
  if (input instanceof Uint8Array) {
    const kind = options.kind ?? guessKind(input);
    const { findings, served, role } = kind === 'sip' ? ofSip(input, options) : ofArtefact(input, kind, options);
    return { findings, served, role, kind: { is: kind, guessed: options.kind === undefined } };
  }
  const seen = headOf(input) === undefined ? ofSip(sipMessage.encode(input), options) : judge(input, options);
  return { ...seen, kind: { is: 'sip', guessed: false } };
}

type Seen = Pick<CheckReport, 'findings' | 'served' | 'role'>;

function ofSip(octets: Uint8Array, options: CheckOptions): Seen {
  const result = sipMessage.decode(octets, options);
  if (result.ok) return judge(result.value, options);
  const { role } = options;
  return { findings: [undecodable(result.error, octets)], served: [], role: { is: role, guessed: role === undefined } };
}

/** Whether nothing was found that makes the message wrong. */
export function passes(report: { readonly findings: readonly Finding[] }): boolean {
  return report.findings.every(({ severity }) => severity !== 'error');
}

function judge(message: SipMessage, options: CheckOptions): Seen {
  const { profile, role, context = {} } = options;
  const view = new MessageView(message, options);
  const findings: Finding[] = [];
  const served: string[] = [];
  if (profile === 'oma-im') {
    for (const rule of DUTY_RULES) {
      const judgement = rule.judge(view, context);
      if (judgement === undefined) continue;
      if (judgement.served) served.push(rule.duty);
      for (const found of judgement.found) findings.push(asFinding(rule, found));
    }
  }
  const ofDuties = new Set(findings.map(identityOf));
  for (const rule of SIP_RULES) {
    const severity = role === 'originating' ? (rule.ofSender ?? rule.severity) : rule.severity;
    for (const found of rule.find(view)) findings.push(asFinding(rule, found, severity));
  }
  for (const found of ofBodies(view.bodies)) {
    if (ofDuties.has(identityOf(found))) continue;
    // A SIP element passes bodies on as they are: they make the message wrong for who reads them.
    const isPassedOn = profile === 'sip' && found.severity === 'error';
    findings.push(isPassedOn ? { ...found, severity: 'warning' } : found);
  }
  findings.push(...inContext({ view, bodies: view.bodies }, context));
  return { findings: inOrder(findings), served, role: { is: role ?? guess(view), guessed: role === undefined } };
}

/** The same thing is not said twice where a duty and a rule both ask for it. */
function identityOf({ range, field, message }: Finding): string {
  return `${range.join('-')} ${field} ${message}`;
}

function inOrder(findings: Finding[]): readonly Finding[] {
  return findings.sort((a, b) => a.range[0] - b.range[0]);
}

/** The media type of what is checked by itself. */
export function mediaTypeOf(kind: Exclude<ArtefactKind, 'sip' | 'msrp'>): MediaType {
  return TYPES[kind];
}

const TYPES: Readonly<Record<Exclude<ArtefactKind, 'sip' | 'msrp'>, MediaType>> = {
  cpim: { type: 'message', subtype: 'cpim', params: [] },
  imdn: { type: 'message', subtype: 'imdn+xml', params: [] },
  'resource-lists': { type: 'application', subtype: 'resource-lists+xml', params: [] },
  sdp: { type: 'application', subtype: 'sdp', params: [] },
};

function ofArtefact(octets: Uint8Array, kind: Exclude<ArtefactKind, 'sip'>, options: CheckOptions): Seen {
  const place = new Place(octets, 0);
  const findings: Finding[] = [];
  if (kind === 'msrp') findings.push(...ofFrames(place, options));
  else {
    const bodies = bodiesOf({ contentType: mediaTypeOf(kind), body: octets }, place, options);
    findings.push(...ofBodies(bodies), ...inContext({ view: undefined, bodies }, options.context));
  }
  return { findings: inOrder(findings), served: [], role: { is: undefined, guessed: false } };
}

/** Each of the messages; where one cannot be framed, nobody knows where the next one begins. */
function ofFrames(stream: Place, options: CheckOptions): Finding[] {
  const { octets } = stream;
  const findings: Finding[] = [];
  let at = 0;
  do {
    const rest = stream.inner(octets.subarray(at));
    const read = msrp.decode(rest.octets, options);
    if (!read.ok) {
      const { clause, offset } = read.error;
      const range = rest.lineFrom(offset);
      findings.push({ severity: 'error', clause, range, field: 'message', message: told(read.error) });
      break;
    }
    const view = new FrameView(read.value, stream.inner(octets.subarray(at, at + read.consumed)), options);
    for (const rule of FRAME_RULES) {
      for (const found of rule.find(view)) findings.push(asFinding(rule, found));
    }
    findings.push(...ofBodies(view.bodies), ...inContext({ view: undefined, bodies: view.bodies }, options.context));
    at += read.consumed;
  } while (at < octets.length);
  return findings;
}

function inContext(subject: Subject, context: CheckContext | undefined): readonly Finding[] {
  if (context === undefined) return [];
  return CONTEXT_RULES.flatMap((rule) => rule.find(subject, context).map((found) => asFinding(rule, found)));
}

function* ofBodies(bodies: readonly Body[]): Generator<Finding> {
  for (const body of bodies) {
    const rules = (BODY_RULES[body.kind] ?? []) as readonly BodyRule<Body['kind']>[];
    for (const rule of rules) {
      for (const found of rule.find(body)) yield asFinding(rule, { field: body.type, ...found });
    }
  }
}

/** A client writes one Via; each hop adds one on the way there, and takes it off on the way back. */
function guess(view: MessageView): Role {
  const hops = view.get(via) ?? [];
  if (view.request === undefined) return hops.length > 1 ? 'server' : 'originating';
  const seen = hops.some(({ params }) => findParam(params, 'received') !== undefined);
  return hops.length > 1 || seen ? 'terminating' : 'originating';
}

function undecodable(error: ParseError, octets: Uint8Array): Finding {
  const { rule, clause, offset } = error;
  const range = [Math.min(offset, octets.length), octets.length] as const;
  return { severity: 'error', clause, range, field: fieldOf(rule), message: told(error) };
}

const STATUS_LINE = ['Status-Code', 'Reason-Phrase'];
const REQUEST_LINE = ['Method', 'Request-URI', 'SIP-Version'];

function fieldOf(rule: string): string {
  if (STATUS_LINE.includes(rule)) return 'Status-Line';
  return REQUEST_LINE.includes(rule) ? 'Request-Line' : 'message';
}
