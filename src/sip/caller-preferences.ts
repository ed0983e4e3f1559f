/*
 * Which of its contacts the owner of a domain tries, and in what order: RFC 3841 7.2. The contacts are the target set,
 * the preferences are those of the caller's request.
 */
import type { Param } from '../core/params.ts';
import { ok, type Result } from '../core/result.ts';
import { get } from './access.ts';
import { type FeaturePredicate, featurePredicate, predicatesMatch, tokenTerm } from './feature-match.ts';
import {
  type AcceptContact,
  acceptContact,
  isExplicit,
  isRequired,
  type RejectContact,
  rejectContact,
} from './headers/accept-contact.ts';
import { event } from './headers/event.ts';
import { isFeatureTag } from './headers/feature-params.ts';
import { preference } from './headers/param-values.ts';
import type { SipRequest } from './message.ts';

/** What of a request bears on the choice of contacts. */
export interface CallerPreferences {
  readonly method: string;
  /** The event type of a request that establishes a subscription. */
  readonly event?: string | undefined;
  /** The values of Accept-Contact; absent where there is no such field. */
  readonly accept?: readonly AcceptContact[] | undefined;
  /** The values of Reject-Contact; absent where there is no such field. */
  readonly reject?: readonly RejectContact[] | undefined;
}

/** A contact that is to be tried. */
export interface RankedContact<C> {
  readonly contact: C;
  /** The callee's preference: the contact's `q`, 1 where it has none. */
  readonly q: number;
  /** The caller's preference Qa, from 0 to 1: the mean of the scores; 0 where no value is left to score by. */
  readonly qa: number;
  /** Whether the contact has no feature parameters, so that the preferences do not touch it. */
  readonly immune: boolean;
  /**
   * The score by each Accept-Contact value (or by the one that the request implies); `undefined` where the contact
   * does not match it. None for an immune contact.
   */
  readonly scores: readonly (number | undefined)[];
}

/** A contact that is not to be tried. */
export interface DroppedContact<C> {
  readonly contact: C;
  /**
   * `rejected`: it matches a Reject-Contact value. `required`: it does not match an Accept-Contact value that
   * requires it to. `explicit`: it matches one, which requires it to name all of the features itself, and does not.
   */
  readonly reason: 'rejected' | 'required' | 'explicit';
  /** The place of that value in its header, from 0. */
  readonly by: number;
}

export interface PreferenceMatch<C> {
  /** Best first. Where it is empty the answer to the request is 480 (RFC 3841 7.2.4). */
  readonly ranked: readonly RankedContact<C>[];
  readonly dropped: readonly DroppedContact<C>[];
  /** Whether the preferences were those that method and event imply, because the request states none. */
  readonly implicit: boolean;
  /**
   * Whether implied preferences left no contact and were therefore set aside: all contacts are ranked, by q alone,
   * and `dropped` is empty.
   */
  readonly setAside: boolean;
}

interface AcceptPredicate {
  readonly predicate: FeaturePredicate;
  readonly required: boolean;
  readonly explicit: boolean;
}

/** The caller preferences of a request; refused where one of its headers is. */
export function callerPreferences(request: SipRequest): Result<CallerPreferences> {
  const accept = get(request, acceptContact);
  if (accept?.ok === false) return accept;
  const reject = get(request, rejectContact);
  if (reject?.ok === false) return reject;
  const subscribed = request.method === 'SUBSCRIBE' ? get(request, event) : undefined;
  if (subscribed?.ok === false) return subscribed;
  const preferences = {
    method: request.method,
    event: subscribed?.value.type,
    accept: accept?.value,
    reject: reject?.value,
  };
  return ok(preferences, [...(accept?.notes ?? []), ...(reject?.notes ?? []), ...(subscribed?.notes ?? [])]);
}

/**
 * Drops and orders the contacts of a target set by the caller's preferences (RFC 3841 7.2). Contacts are the values of
 * Contact fields, or anything with their parameters. A feature parameter that cannot be read asks for nothing, and a
 * Reject-Contact value that has one rejects nothing. Time is proportional to the contacts times the features of the
 * preferences.
 */
export function matchCallerPreferences<C extends { readonly params: readonly Param[] }>(
  contacts: readonly C[],
  preferences: CallerPreferences,
): PreferenceMatch<C> {
  const { accept, reject } = preferences;
  const implicit = accept === undefined && reject === undefined;
  const accepts = implicit ? [impliedPredicate(preferences)] : (accept ?? []).map(acceptPredicate);
  const rejects = (reject ?? []).map(({ params }) => featurePredicate(params));
  const ranked: RankedContact<C>[] = [];
  const dropped: DroppedContact<C>[] = [];
  for (const contact of contacts) {
    const outcome = judge(contact, accepts, rejects);
    if ('reason' in outcome) dropped.push(outcome);
    else ranked.push(outcome);
  }
  if (ranked.length > 0 || !implicit) return { ranked: ranked.sort(byPreference), dropped, implicit, setAside: false };
  const all = contacts.map((contact) => ({ contact, q: calleePreference(contact), qa: 0, immune: false, scores: [] }));
  return { ranked: all.sort(byPreference), dropped: [], implicit, setAside: all.length > 0 };
}

function impliedPredicate({ method, event: type }: CallerPreferences): AcceptPredicate {
  const terms = new Map([['sip.methods', tokenTerm([method])]]);
  if (type !== undefined) terms.set('sip.events', tokenTerm([type]));
  return { predicate: { terms, unreadable: [] }, required: true, explicit: false };
}

function acceptPredicate(value: AcceptContact): AcceptPredicate {
  return { predicate: featurePredicate(value.params), required: isRequired(value), explicit: isExplicit(value) };
}

function judge<C extends { readonly params: readonly Param[] }>(
  contact: C,
  accepts: readonly AcceptPredicate[],
  rejects: readonly FeaturePredicate[],
): RankedContact<C> | DroppedContact<C> {
  const q = calleePreference(contact);
  if (!contact.params.some(({ name }) => isFeatureTag(name))) return { contact, q, qa: 1, immune: true, scores: [] };
  const predicate = featurePredicate(contact.params);
  const by = rejects.findIndex((reject) => isRejected(predicate, reject));
  if (by >= 0) return { contact, reason: 'rejected', by };
  const scores: (number | undefined)[] = [];
  let sum = 0;
  let matching = 0;
  for (const [i, accept] of accepts.entries()) {
    const outcome = score(accept, predicate);
    if (typeof outcome === 'string') return { contact, reason: outcome, by: i };
    scores.push(outcome);
    if (outcome === undefined) continue;
    sum += outcome;
    matching++;
  }
  return { contact, q, qa: matching === 0 ? 0 : sum / matching, immune: false, scores };
}

/** Only a contact that names all of the features itself is rejected. */
function isRejected(contact: FeaturePredicate, reject: FeaturePredicate): boolean {
  return reject.unreadable.length === 0 && shareOf(reject, contact) === 1 && predicatesMatch(reject, contact);
}

/** Figure 1 of RFC 3841 7.2.4: the score, `undefined` where the value does not count, or why the contact is dropped. */
function score(accept: AcceptPredicate, contact: FeaturePredicate): number | undefined | 'required' | 'explicit' {
  const { predicate, required, explicit } = accept;
  if (!predicatesMatch(predicate, contact)) return required ? 'required' : undefined;
  const share = shareOf(predicate, contact);
  if (share === 1 || !explicit) return share;
  return required ? 'explicit' : 0;
}

/** How many of the predicate's features the contact names, of all of them; 1 where there are none. */
function shareOf({ terms }: FeaturePredicate, contact: FeaturePredicate): number {
  let named = 0;
  for (const tag of terms.keys()) if (contact.terms.has(tag)) named++;
  return terms.size === 0 ? 1 : named / terms.size;
}

function calleePreference({ params }: { readonly params: readonly Param[] }): number {
  return preference(params) ?? 1;
}

/** The callee's preference counts first; equals stay in their order. */
function byPreference<C>(a: RankedContact<C>, b: RankedContact<C>): number {
  return b.q - a.q || b.qa - a.qa;
}
