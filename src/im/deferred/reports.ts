/*
 * What a notification is to a message, given what was reported before.
 */
import type { Imdn, ImdnNotification } from '../../imdn/payload.ts';
import { addressKey, sameRecipient } from './recipients.ts';
import { inOrder, type Kept, type Report, type Reports } from './state.ts';
import { VersionedMap } from './versioned-map.ts';

/** So many reports of equal addresses are kept: all of them are looked at for a notification. */
const MOST_NEAR = 64;

/** The address under which those lie who hide: no URI is empty. */
const HIDDEN = '';

const KNOWN = ['positive-delivery', 'negative-delivery', 'processing', 'display', 'interworking'];

/** Whether the message asks for reports of delivery, which is what Message-IDs are kept for. */
export function asksForDelivery(asked: readonly string[]): boolean {
  return asked.includes('positive-delivery') || asked.includes('negative-delivery');
}

/** Whether the message asks for the notification; one that only an extension says, where it asks for an extension. */
export function isAsked(asked: readonly string[], notification: Imdn['notification']): boolean {
  if (notification === undefined) return asked.some((one) => !KNOWN.includes(one));
  return asked.includes(dispositionOf(notification));
}

/** The disposition that a message asks for in order to be told so (RFC 5438 7.1.1.3). */
export function dispositionOf({ type, status }: Pick<ImdnNotification, 'type' | 'status'>): string {
  if (type !== 'delivery') return type;
  return status === 'delivered' ? 'positive-delivery' : 'negative-delivery';
}

/** What a report is; with a new one, all reports. */
export type Verdict =
  | { readonly type: 'notified'; readonly reports: Reports }
  | { readonly type: 'duplicate' }
  | { readonly type: 'contradictory'; readonly before: string }
  | { readonly type: 'excess' };

type Judged = Pick<Kept, 'members' | 'reports'>;

/** Judges what a recipient of the message reports. */
export function judge(message: Judged, report: Report, mostRecipients: number): Verdict {
  const { members } = message;
  const reports = message.reports ?? VersionedMap.empty<string, readonly Report[]>();
  const key = report.recipient === undefined ? HIDDEN : addressKey(report.recipient);
  const near = reports.get(key) ?? [];
  const added = (): Verdict => ({ type: 'notified', reports: reports.set(key, [...near, report]) });
  if (report.recipient === undefined) {
    const count = near.filter(({ type }) => type === report.type).length;
    if (members === 'unknown') return count < mostRecipients ? added() : { type: 'excess' };
    return count < (members?.length ?? 1) ? added() : { type: 'duplicate' };
  }
  const own = near.filter(({ recipient }) => isSame(recipient, report.recipient));
  if (own.some(({ type, status }) => type === report.type && status === report.status)) return { type: 'duplicate' };
  const against = own.find((one) => contradicts(one, report)) ?? own.find((one) => excludes(one, report));
  if (against !== undefined) return { type: 'contradictory', before: against.status };
  const isFull = near.length >= MOST_NEAR || (near.length === 0 && reports.size >= mostRecipients);
  return members === 'unknown' && isFull ? { type: 'excess' } : added();
}

/** The message with the reports, judged in the order of their time; what is not new is left out. */
export function withReports<M extends Pick<Kept, 'members'>>(
  message: M,
  given: readonly Report[],
  mostRecipients: number,
): M & Pick<Kept, 'reports'> {
  let reports: Reports | undefined;
  for (const report of given.toSorted(inOrder)) {
    const verdict = judge({ members: message.members, reports }, report, mostRecipients);
    if (verdict.type === 'notified') reports = verdict.reports;
  }
  return { ...message, reports };
}

/** The recipient as it was spelt when it reported first. */
export function knownSpelling({ reports }: Kept, uri: string): string {
  return reports?.get(addressKey(uri))?.find(({ recipient }) => isSame(recipient, uri))?.recipient ?? uri;
}

function isSame(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && sameRecipient(a, b);
}

/** A recipient sends one notification of a type; each server on the way sends a processing notification of its own. */
function contradicts(before: Report, report: Report): boolean {
  return before.type === report.type && report.type !== 'processing';
}

/** What failed to be delivered was not displayed. */
function excludes(a: Report, b: Report): boolean {
  const [delivery, display] = a.type === 'delivery' ? [a, b] : [b, a];
  const areThese = delivery.type === 'delivery' && display.type === 'display';
  return areThese && delivery.status === 'failed' && display.status === 'displayed';
}
