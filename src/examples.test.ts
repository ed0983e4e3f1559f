import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import * as cpim from './cpim/index.ts';
import * as library from './index.ts';

/** Runs an example as it stands, its imports being the modules of this repository. */
function run(name: string, modules: Readonly<Record<string, object>>): string {
  const text = readFileSync(new URL(`../examples/${name}`, import.meta.url), 'utf8');
  const code = text.replace(
    /^import (\{[^}]*\}) from '([^']*)';$/gm,
    (_, names, module) => `const ${names} = modules['${module}'];`,
  );
  const lines: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((line) => void lines.push(line));
  try {
    new Function('modules', code)(modules);
  } finally {
    log.mockRestore();
  }
  return lines.join('\n');
}

test('PM-5a, PM-5b, PM-5c: examples/pager-to-many.mjs runs and says what it says', () => {
  const shown = run('pager-to-many.mjs', { 'oma-simple-im': library, 'oma-simple-im/cpim': cpim });
  const [, octets, sent] = /^pager mode by SEL-1: ([0-9]+) octets, ([0-9]+) sent\n/.exec(shown) ?? [];
  expect(octets).toBe(sent);
  expect(shown.split('\n').slice(1)).toEqual([
    'to: sip:bob@home1.example',
    'cc: sip:carol@home2.example',
    'bcc: tel:+12125550123',
    'from sip:alice@home1.example in 2026',
    'Lunch at noon?',
  ]);
});
