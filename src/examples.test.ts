import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import * as cpim from './cpim/index.ts';
import * as im from './im/index.ts';
import * as imdn from './imdn/index.ts';
import * as library from './index.ts';
import * as sip from './sip/index.ts';

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

test('LM-0, LM-E6: examples/large-message.mjs runs and says what it says', () => {
  const shown = run('large-message.mjs', {
    'oma-simple-im': library,
    ...{ 'oma-simple-im/cpim': cpim, 'oma-simple-im/im': im, 'oma-simple-im/imdn': imdn },
  });
  const [, carried] = /for ([0-9]+) octets over MSRP$/m.exec(shown) ?? [];
  expect(shown.split('\n')).toEqual([
    expect.stringMatching(/^large mode by SEL-3: a MESSAGE would have [0-9]{4} octets$/),
    expect.stringMatching(/^an INVITE of [0-9]{3} octets for 28[0-9]{2} octets over MSRP$/),
    `offered: ${carried} octets, sendonly, setup actpass, refreshed within 1800 s`,
    'wanted: positive-delivery, display of jFzD4wQ7aUJ9',
  ]);
});

test('LM-R3, LM-G6, LM-G7: examples/dialog.mjs runs and says what it says', () => {
  const shown = run('dialog.mjs', { 'oma-simple-im': library, 'oma-simple-im/im': im, 'oma-simple-im/sip': sip });
  expect(shown.replaceAll(/, [0-9]+ octets/g, '').split('\n')).toEqual([
    'INVITE sip:bob@home1.example SIP/2.0',
    'SIP/2.0 200 OK',
    'ACK sip:bob@192.0.2.77 SIP/2.0',
    'refresh after 900 s, BYE after 1768 s',
    'UPDATE sip:bob@192.0.2.77 SIP/2.0',
    'SIP/2.0 200 OK',
    'BYE sip:bob@192.0.2.78 SIP/2.0',
    "the dialog is Bob's: true, number 3",
    'SIP/2.0 200 OK',
  ]);
});

test('PM-N2, DF-1: examples/deferred-messages.mjs tells its story', () => {
  const modules = {
    'oma-simple-im': library,
    'oma-simple-im/cpim': cpim,
    'oma-simple-im/im': im,
    'oma-simple-im/imdn': imdn,
  };
  const shown = run('deferred-messages.mjs', modules);
  expect(shown.split('\n')).toEqual([
    'To Bob, who is offline',
    '  0 h  Alice sends',
    '  0 h  202 Accepted: it waits in the network -> keep the Message-ID until 168 h (PM-N2)',
    '     Alice closes her client and opens it again: 1 message kept',
    ' 26 h  Bob is back, his client tells -> sip:bob@home1.example delivered',
    ' 27 h  Bob reads it -> sip:bob@home1.example displayed',
    ' 27 h  the network repeats itself -> duplicate: sip:bob@home1.example displayed',
    'To a list of three',
    ' 28 h  Alice sends',
    ' 28 h  202 Accepted: it waits in the network -> keep the Message-ID until 196 h (PM-N2)',
    ' 29 h  Bob gets it -> sip:bob@home1.example delivered',
    ' 30 h  the list server gives up on Carol -> sip:carol@home2.example failed',
    ' 31 h  Carol claims to have read it -> contradictory: sip:carol@home2.example displayed',
    ' 32 h  the telephone gets it -> tel:+12125550123 delivered',
    ' 33 h  somebody else claims to have got it -> forged-recipient: sip:mallory@evil.example delivered',
    'To a group, whose exploder collects what the members tell',
    ' 34 h  Alice sends',
    ' 34 h  202 Accepted: it waits in the network -> keep the Message-ID until 202 h (PM-N2)',
    ' 50 h  one MESSAGE tells of all -> sip:bob@home1.example delivered, sip:carol@home2.example failed, tel:+12125550123 delivered',
    'A large message, for which a machine answers the session',
    ' 51 h  Alice invites',
    ' 51 h  200 OK of a store -> keep the Message-ID until 219 h (DF-1)',
    '300 h  nobody fetches it, and the time is over -> forgotten, forgotten, forgotten, forgotten',
    '     0 messages kept',
  ]);
});
