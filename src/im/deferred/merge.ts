/*
 * Two states made one: what was saved before a crash and what is known since, or what two devices of a user know.
 */
import type { DeferredEffect } from './events.ts';
import { withReports } from './reports.ts';
import { type DeferredLimits, type DeferredState, type Kept, PHASES, type Report, Store } from './state.ts';
import { type DeferredStep, forgetMost, forgetOld } from './step.ts';

/** A message that has no place yet. */
type Message = Omit<Kept, 'place'>;

/**
 * All messages of both states, and all that is reported in either; the order of the two does not matter. The larger of
 * each option counts. Of reports that contradict each other the earlier one stands. What is too old or too much is
 * forgotten, and told as effects. Time and memory grow with both states.
 *
 * @duty PM-N2, DF-1 (reduce)
 */
export function merge(a: DeferredState, b: DeferredState): DeferredStep {
  const [left, right] = [Store.of(a), Store.of(b)];
  const limits = larger(left.options, right.options);
  const messages = new Map<string, Message>();
  for (const { place: _, ...message } of left.all()) messages.set(message.messageId, message);
  for (const { place: _, ...message } of right.all()) {
    const other = messages.get(message.messageId);
    messages.set(message.messageId, other === undefined ? message : mergeMessages(other, message, limits));
  }
  const ordered = [...messages.values()].sort((x, y) => x.sentAt - y.sentAt || (x.messageId < y.messageId ? -1 : 1));
  let store = Store.empty(limits, Math.max(left.now, right.now));
  for (const message of ordered) store = store.add(message);
  const effects: DeferredEffect[] = [];
  return { state: forgetMost(forgetOld(store, effects), effects), effects };
}

function larger(a: DeferredLimits, b: DeferredLimits): DeferredLimits {
  return {
    keepFor: Math.max(a.keepFor, b.keepFor),
    most: Math.max(a.most, b.most),
    mostRecipients: Math.max(a.mostRecipients, b.mostRecipients),
  };
}

function mergeMessages(a: Message, b: Message, { mostRecipients }: DeferredLimits): Message {
  const older = isFirst(a, b) ? a : b;
  const phase = PHASES[Math.max(PHASES.indexOf(a.phase), PHASES.indexOf(b.phase))] as Kept['phase'];
  const base: Message = { ...older, phase };
  if (a.reports === b.reports) return base;
  return withReports(base, union(listed(a), listed(b)), mostRecipients);
}

function listed({ reports }: Message): readonly Report[] {
  return reports?.values().flat() ?? [];
}

/** Which of two messages of one Message-ID tells what was sent: the older, and whichever it is, the same one of both. */
function isFirst(a: Message, b: Message): boolean {
  const text = ({ reports: _, ...rest }: Message): string => JSON.stringify(rest);
  return a.sentAt === b.sentAt ? text(a) <= text(b) : a.sentAt < b.sentAt;
}

/** Reports that are in both count once, but twice where one of the two has them twice: who hides looks like others. */
function union(a: readonly Report[], b: readonly Report[]): readonly Report[] {
  const counts = new Map<string, number>();
  for (const report of a) counts.set(keyOf(report), (counts.get(keyOf(report)) ?? 0) + 1);
  const further = b.filter((report) => {
    const left = counts.get(keyOf(report)) ?? 0;
    counts.set(keyOf(report), left - 1);
    return left <= 0;
  });
  return [...a, ...further];
}

function keyOf({ recipient = '', type, status, at }: Report): string {
  return JSON.stringify([recipient, type, status, at]);
}
