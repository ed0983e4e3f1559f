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
import { parseJson } from '../json.ts';
import { inRows, type SectionMaker } from './section.ts';

interface Story {
  readonly title: string;
  readonly options: DeferredOptions;
  readonly steps: readonly { readonly event: DeferredEvent; readonly effects: readonly DeferredEffect[] }[];
}

export const deferredMessages: SectionMaker = async ({ fixtures }) => {
  const folder = join(fixtures, 'deferred');
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort();
  const rows: string[][] = [];
  const wrong: string[] = [];
  let events = 0;
  for (const file of files) {
    const story = parseJson(new Uint8Array(await readFile(join(folder, file)))) as Story;
    const told: string[] = [];
    let state = deferred.start(story.options);
    for (const [i, { event, effects }] of story.steps.entries()) {
      const step = deferred.step(reopened(state), event);
      if (!isDeepStrictEqual(plain(step.effects), plain(effects)))
        wrong.push(`${file}: event ${i + 1} tells something else`);
      told.push(...step.effects.map(({ type }) => type));
      state = step.state;
      events++;
    }
    rows.push([file.slice(0, -5), `${story.steps.length} events`, told.join(' ')]);
  }
  return {
    title: 'Deferred messages',
    summary: `${files.length} stories of ${events} events, saved and restored at each: what the client is told`,
    lines: inRows(rows),
    wrong,
  };
};

/** The state after a restart; it must be the same. */
function reopened(state: DeferredState): DeferredState {
  const restored = deferred.restore(plain(state));
  return restored.ok ? restored.value : deferred.start();
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
