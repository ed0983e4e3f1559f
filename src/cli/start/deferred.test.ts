import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { painter } from '../style.ts';
import { memoryIo } from '../testing.ts';
import { deferredMessages } from './deferred.ts';
import type { Section } from './section.ts';

const FIXTURES = fileURLToPath(new URL('../../../fixtures', import.meta.url));

async function shown(fixtures: string): Promise<Section> {
  return deferredMessages({ fixtures, paint: painter(memoryIo({}).io), columns: 100 });
}

it('PM-N2, DF-1: the stories of deferred messages end as they say, with a restart before each event', async () => {
  const { lines, wrong, summary } = await shown(FIXTURES);
  expect(wrong).toEqual([]);
  expect(summary).toMatch(/^4 stories of 26 events/);
  const friend = lines.indexOf('  a friend is offline; delivered a day later, then displayed');
  expect(lines.slice(friend + 2, friend + 5)).toEqual([
    '      0 h  202 -> store until 168 h (PM-N2)',
    '     26 h  notification: sip:bob@home1.example delivered -> notified',
    '     27 h  notification: sip:bob@home1.example displayed -> notified',
  ]);
});

it('PM-N2: reports an event that tells something else than its story', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'oma-im-deferred-'));
  try {
    cpSync(join(FIXTURES, 'deferred'), join(folder, 'deferred'), { recursive: true });
    const file = join(folder, 'deferred', 'offline-friend.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"status": 202', '"status": 200'));
    expect((await shown(folder)).wrong).toEqual(['offline-friend.json: event 2 tells something else']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
