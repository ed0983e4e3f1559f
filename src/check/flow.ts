/*
 * The verdict on a whole exchange: each message by itself, with what the others tell about it, and what only their order
 * shows. There is no clock: times are milliseconds that the caller passes.
 */
import type { ParseOptions } from '../core/options.ts';
import { getCpim } from '../cpim/access.ts';
import type { CpimMessage } from '../cpim/message.ts';
import { imdnMessageId } from '../imdn/headers.ts';
import { msrp } from '../msrp/message.ts';
import type { SipRequest } from '../sip/message.ts';
import { sipMessage } from '../sip/message.ts';
import { type CheckOptions, type CheckReport, check } from './check.ts';
import { asFinding, type CheckContext, type Finding } from './finding.ts';
import { FrameView } from './frame-view.ts';
import { guessKind } from './kind.ts';
import { Place } from './place.ts';
import { cpimBodies, isNotice } from './rules/cpim.ts';
import { FLOW_RULES } from './rules/flow.ts';
import { type FlowStep, transactionOf } from './step.ts';
import { MessageView } from './view.ts';

/** One message of an exchange: SIP, or one or more MSRP requests and responses. */
export interface FlowMessage {
  /** When it was sent, in milliseconds from any beginning; without it nothing is said about time. */
  readonly at?: number | undefined;
  /** Who sent it: the client that begins the exchange, or the other side. */
  readonly from: 'originating' | 'terminating';
  readonly octets: Uint8Array;
}

export interface FlowOptions extends Pick<CheckOptions, 'profile' | 'tolerances' | 'limits'> {
  readonly context?: CheckContext | undefined;
}

/** What was found about the exchange; its range is in the octets of message number `index`. */
export interface FlowFinding extends Finding {
  readonly index: number;
}

export interface FlowReport {
  /** What each message says by itself, in order. */
  readonly messages: readonly CheckReport[];
  /** All findings, those of the messages and those that only the exchange shows, by message. */
  readonly findings: readonly FlowFinding[];
  /** The duties that some message fulfils. */
  readonly served: readonly string[];
}

/** What is wrong with an exchange whose messages are given in the order in which they were sent. Never refuses. */
export function checkFlow(messages: readonly FlowMessage[], options: FlowOptions): FlowReport {
  const known = new Known();
  const findings: FlowFinding[] = [];
  const reports: CheckReport[] = [];
  const watches = FLOW_RULES.map((rule) => ({ rule, watch: rule.begin() }));
  messages.forEach((message, index) => {
    const steps = stepsOf(message, index, options);
    const [first] = steps;
    const context = { ...options.context, ...(first === undefined ? {} : known.contextOf(first)) };
    const role = message.from;
    const report = check(message.octets, { ...options, role, context });
    reports.push(report);
    for (const found of report.findings) findings.push({ ...found, index });
    for (const step of steps) {
      known.learn(step);
      for (const { rule, watch } of watches) {
        for (const { index: at, ...found } of watch.see(step)) findings.push({ ...asFinding(rule, found), index: at });
      }
    }
  });
  for (const { rule, watch } of watches) {
    for (const { index, ...found } of watch.end?.() ?? []) findings.push({ ...asFinding(rule, found), index });
  }
  findings.sort((a, b) => a.index - b.index || a.range[0] - b.range[0]);
  return { messages: reports, findings, served: [...new Set(reports.flatMap(({ served }) => served))] };
}

/** What a message tells about those behind it. */
class Known {
  readonly #invites = new Map<string, SipRequest>();
  readonly #originals = new Map<string, CpimMessage>();

  learn({ view, bodies }: FlowStep): void {
    const request = view?.request;
    const key = view === undefined ? undefined : transactionOf(view);
    if (request?.method === 'INVITE' && key !== undefined) this.#invites.set(key, request);
    for (const { message } of cpimBodies(bodies).filter((body) => !isNotice(body))) {
      const id = getCpim(message, imdnMessageId);
      if (id?.ok === true) this.#originals.set(id.value, message);
    }
  }

  contextOf({ view, bodies }: FlowStep): CheckContext {
    const key = view === undefined || view.request !== undefined ? undefined : transactionOf(view);
    const invite = key === undefined ? undefined : this.#invites.get(key);
    const notices = bodies.filter((body) => body.kind === 'imdn');
    const original = notices[0] === undefined ? undefined : this.#originals.get(notices[0].imdn.messageId);
    return { ...(invite === undefined ? {} : { invite }), ...(original === undefined ? {} : { original }) };
  }
}

/** What can be looked at: nothing where the octets are no message. */
function stepsOf({ at, from, octets }: FlowMessage, index: number, options: ParseOptions): readonly FlowStep[] {
  const kind = guessKind(octets);
  const common = { index, at, from };
  if (kind === 'sip') {
    const read = sipMessage.decode(octets, options);
    if (!read.ok) return [];
    const view = new MessageView(read.value, options);
    return [{ ...common, view, frame: undefined, bodies: view.bodies }];
  }
  if (kind !== 'msrp') return [];
  const steps: FlowStep[] = [];
  const stream = new Place(octets, 0);
  for (let done = 0; done < octets.length; ) {
    const read = msrp.decode(octets.subarray(done), options);
    if (!read.ok) break;
    const frame = new FrameView(read.value, stream.inner(octets.subarray(done, done + read.consumed)), options);
    steps.push({ ...common, view: undefined, frame, bodies: frame.bodies });
    done += read.consumed;
  }
  return steps;
}
