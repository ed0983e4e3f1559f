/*
 * The stories of fixtures/deferred: what happens to a message that waits in the network, event by event. The state is
 * saved and restored before each event, as if the client had been closed; the effects are those that the story says.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { deferred } from '../../im/deferred/deferred.ts';
import type { DeferredEffect, DeferredEvent } from '../../im/deferred/events.ts';
import type { DeferredOptions, DeferredState } from '../../im/deferred/state.ts';
import type { Imdn } from '../../imdn/payload.ts';
import { parseJson } from '../json.ts';
import { printable } from '../style.ts';
import type { SectionMaker } from './section.ts';

interface Story {
  readonly title: string;
  readonly options: DeferredOptions;
  readonly steps: readonly { readonly event: DeferredEvent; readonly effects: readonly DeferredEffect[] }[];
}

export const deferredMessages: SectionMaker = async ({ fixtures }) => {
  const folder = join(fixtures, 'deferred');
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort();
  const rows: string[] = [];
  const wrong: string[] = [];
  let events = 0;
  for (const file of files) {
    const story = parseJson(new Uint8Array(await readFile(join(folder, file)))) as Story;
    rows.push(printable(story.title));
    let state = deferred.start(story.options);
    for (const [i, { event, effects }] of story.steps.entries()) {
      const step = deferred.step(reopened(state), event);
      if (!isDeepStrictEqual(plain(step.effects), plain(effects)))
        wrong.push(`${file}: event ${i + 1} tells something else`);
      rows.push(`  ${hours(event.at)}  ${[happened(event), ...step.effects.map(told)].join(' -> ')}`);
      state = step.state;
      events++;
    }
  }
  return {
    title: 'Deferred messages',
    summary: `${files.length} stories of ${events} events, saved and restored at each: what happens, what the client is told`,
    lines: rows.map((row) => `  ${row}`),
    wrong,
  };
};

function hours(at: number): string {
  return `${Math.round(at / 3_600_000)} h`.padStart(5);
}

function happened(event: DeferredEvent): string {
  if (event.type === 'sent') return printable(`${event.method} to ${event.to[0]} asks for ${event.asked.join(', ')}`);
  if (event.type === 'response') return event.automata === true ? `${event.status} of a machine` : `${event.status}`;
  if (event.type === 'tick') return 'time goes by';
  return printable(`notification: ${event.notifications.map(reported).join(', ')}`);
}

function reported({ recipientUri = 'somebody', notification }: Imdn): string {
  return `${recipientUri} ${notification?.status ?? ''}`.trimEnd();
}

function told(effect: DeferredEffect): string {
  if (effect.type === 'store') return `store until ${hours(effect.until).trim()} (${effect.duty})`;
  return effect.type;
}

/** The state after a restart; it must be the same. */
function reopened(state: DeferredState): DeferredState {
  const restored = deferred.restore(plain(state));
  return restored.ok ? restored.value : deferred.start();
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
