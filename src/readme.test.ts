import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as library from './index.ts';
import * as sip from './sip/index.ts';

/** The example of README.md, as JavaScript in which the two subpaths are the modules of this repository. */
function example(): string {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const code = /<!-- example:[\s\S]*?```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  return code.replace(/^import (\{[^}]*\}) from 'oma-simple-im(\/sip)?';$/gm, (_, names, path) => {
    return `const ${names} = ${path === undefined ? 'library' : 'sip'};`;
  });
}

test('the example of the README runs and says what it says', () => {
  const names = 'request, extraHeaders, whole, mode, octets, exact, duty, sent, frame, got';
  const run = new Function(
    'library',
    'sip',
    `${example()}\nreturn { ${names}, read: readPagerMessage(got.value), ac: get(got.value, acceptContact), checked: check(sent, { profile: 'oma-im', role: 'originating' }) };`,
  );
  const shown = run(library, sip);
  expect(shown.extraHeaders).toEqual([
    'Accept-Contact: *;+g.oma.sip-im',
    'User-Agent: IM-client/OMA1.0 acme/phone-1.2',
    'Privacy: id',
    'Content-Type: text/plain;charset=UTF-8',
  ]);
  expect(shown).toMatchObject({
    mode: 'pager',
    exact: true,
    duty: 'SEL-1',
    frame: { kind: 'complete', length: shown.sent.length },
  });
  expect(shown.octets).toBe(shown.sent.length);
  expect(shown.got).toMatchObject({ ok: true, consumed: shown.sent.length });
  expect(shown.ac).toMatchObject({ ok: true, value: [{ params: [{ name: '+g.oma.sip-im' }] }] });
  expect(shown.read).toMatchObject({ ok: true, value: { anonymous: true, to: { group: { user: 'team' } } } });
  expect(shown.checked.findings.filter((finding: { severity: string }) => finding.severity === 'error')).toEqual([]);
  expect(shown.checked.served).toEqual(expect.arrayContaining(['PM-0', 'PM-1', 'PM-2', 'PM-3', 'PM-7b', 'SEL-1']));
});
