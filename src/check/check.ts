/*
 * The strict verdict. Decoding refuses rarely, so that broken messages can be answered; here everything is said that
 * is wrong with them.
 */
import type { ParseError } from '../core/error.ts';
import { findParam } from '../core/params.ts';
import type { HeadOptions } from '../sip/head.ts';
import { via } from '../sip/headers/via.ts';
import { type SipMessage, sipMessage } from '../sip/message.ts';
import { headOf } from '../sip/received.ts';
import type { CheckContext, DutyRule, Finding, Found, Rule, Severity } from './finding.ts';
import { DUTY_RULES } from './rules/oma-im.ts';
import { SIP_RULES } from './rules/sip.ts';
import { MessageView } from './view.ts';

/** `sip`: RFC 3261 and what the codecs ask for. `oma-im`: that, and the duties of OMA SIMPLE IM. */
export type Profile = 'sip' | 'oma-im';

/**
 * Where the message was seen. `originating`: at the client that sends the requests. Told so, the checker holds the
 * message to all that a sender must do; a guess of its own makes nothing an error.
 */
export type Role = 'originating' | 'terminating' | 'server';

export interface CheckOptions extends HeadOptions {
  readonly profile: Profile;
  readonly role?: Role | undefined;
  readonly context?: CheckContext | undefined;
}

export interface CheckReport {
  /** In the order of the octets. */
  readonly findings: readonly Finding[];
  /** The duties that the message demonstrably fulfils; none under the profile `sip`. */
  readonly served: readonly string[];
  /** Where the message was seen, as told or as its Via tells; `undefined` for what is no message. */
  readonly role: { readonly is: Role | undefined; readonly guessed: boolean };
}

/**
 * What is wrong with a message, and which duties it serves. Octets are never refused: that they are no message is a
 * finding too. A composed message is looked at as the octets that it makes; one that makes none throws EncodeError.
 */
export function check(input: Uint8Array | SipMessage, options: CheckOptions): CheckReport {
  const decoded = input instanceof Uint8Array || headOf(input) === undefined;
  if (!decoded) return judge(new MessageView(input, options), options);
  const octets = input instanceof Uint8Array ? input : sipMessage.encode(input);
  const result = sipMessage.decode(octets, options);
  if (result.ok) return judge(new MessageView(result.value, options), options);
  const { role } = options;
  return { findings: [undecodable(result.error, octets)], served: [], role: { is: role, guessed: role === undefined } };
}

/** Whether nothing was found that makes the message wrong. */
export function passes(report: CheckReport): boolean {
  return report.findings.every(({ severity }) => severity !== 'error');
}

function judge(view: MessageView, { profile, role, context = {} }: CheckOptions): CheckReport {
  const findings: Finding[] = [];
  for (const rule of SIP_RULES) {
    const severity = role === 'originating' ? (rule.ofSender ?? rule.severity) : rule.severity;
    for (const found of rule.find(view)) findings.push(finding(rule, severity, found));
  }
  const served: string[] = [];
  if (profile === 'oma-im') {
    for (const rule of DUTY_RULES) {
      const judgement = rule.judge(view, context);
      if (judgement === undefined) continue;
      if (judgement.served) served.push(rule.duty);
      for (const found of judgement.found) findings.push(finding(rule, rule.severity, found));
    }
  }
  findings.sort((a, b) => a.range[0] - b.range[0]);
  return { findings, served, role: { is: role ?? guess(view), guessed: role === undefined } };
}

/** A client writes one Via; each hop adds one on the way there, and takes it off on the way back. */
function guess(view: MessageView): Role {
  const hops = view.get(via) ?? [];
  if (view.request === undefined) return hops.length > 1 ? 'server' : 'originating';
  const seen = hops.some(({ params }) => findParam(params, 'received') !== undefined);
  return hops.length > 1 || seen ? 'terminating' : 'originating';
}

function finding(rule: Rule | DutyRule, severity: Severity, found: Found): Finding {
  const { range, field, message, fix } = found;
  return {
    severity: found.severity ?? severity,
    clause: found.clause ?? rule.clause,
    ...('duty' in rule ? { duty: rule.duty } : {}),
    range,
    ...(field === undefined ? {} : { field }),
    message,
    ...(fix === undefined ? {} : { fix }),
  };
}

function undecodable({ code, rule, clause, offset, expected }: ParseError, octets: Uint8Array): Finding {
  const wanted = expected === undefined ? '' : `, expected ${expected}`;
  const range = [Math.min(offset, octets.length), octets.length] as const;
  return { severity: 'error', clause, range, field: fieldOf(rule), message: `${code} in ${rule}${wanted}` };
}

const STATUS_LINE = ['Status-Code', 'Reason-Phrase'];
const REQUEST_LINE = ['Method', 'Request-URI', 'SIP-Version'];

function fieldOf(rule: string): string {
  if (STATUS_LINE.includes(rule)) return 'Status-Line';
  return REQUEST_LINE.includes(rule) ? 'Request-Line' : 'message';
}
