/*
 * The main job on real input, on one screen.
 */
import { DONE, REFUSED } from '../command.ts';
import { type Io, write } from '../io.ts';
import { painter } from '../style.ts';
import { VERSION } from '../version.ts';
import { bodies } from './bodies.ts';
import { deferredMessages } from './deferred.ts';
import { dialogs } from './dialog.ts';
import { headers } from './headers.ts';
import { notifications } from './imdn.ts';
import { largeMessages } from './large-message.ts';
import { messages } from './messages.ts';
import { msrpStreams } from './msrp.ts';
import { pagerMessages } from './pager.ts';
import { sessions } from './sdp.ts';
import type { SectionMaker } from './section.ts';
import { largeSessions } from './session.ts';
import { torture } from './torture.ts';

/** One a layer, in the order of the layers. */
export const SECTIONS: readonly SectionMaker[] = [
  messages,
  bodies,
  headers,
  sessions,
  pagerMessages,
  largeMessages,
  msrpStreams,
  dialogs,
  largeSessions,
  notifications,
  deferredMessages,
  torture,
];

/** Shows every section. Answers 1 where something did not come out as it must. */
export async function showScreen(
  io: Io,
  fixtures: string,
  sections: readonly SectionMaker[] = SECTIONS,
): Promise<number> {
  const paint = painter(io);
  await write(io.stdout, `${paint('bold', `oma-simple-im ${VERSION}`)}\n`);
  const summaries: string[] = [];
  const wrong: string[] = [];
  for (const make of sections) {
    const section = await make({ fixtures, paint, columns: io.columns });
    const faults = section.wrong.map((fault) => `  ${paint('red', `wrong: ${fault}`)}`);
    const lines = [`${paint('bold', section.title)}: ${section.summary}`, ...section.lines, ...faults];
    await write(io.stdout, `\n${lines.join('\n')}\n`);
    summaries.push(section.title);
    wrong.push(...section.wrong);
  }
  const verdict = wrong.length === 0 ? paint('green', 'all as it must be') : paint('red', `${wrong.length} wrong`);
  await write(io.stdout, `\n${summaries.join(', ')}: ${verdict}\n`);
  return wrong.length === 0 ? DONE : REFUSED;
}
