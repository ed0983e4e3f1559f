import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
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

describe('examples/large-session-sender.mjs and -receiver.mjs on loopback', () => {
  const folder = mkdtempSync(join(tmpdir(), 'large-session-'));
  const file = join(folder, 'picture.raw');
  const got = join(folder, 'received.bin');
  const SIZE = 10_000_000;
  const picture = randomBytes(SIZE);
  const modules = ['cpim', 'im', 'sip'].map((name) => [`oma-simple-im/${name}`, source(`./${name}/index.ts`)]);

  /** The programs with the modules of this repository in them, so that they run as they stand. */
  beforeAll(async () => {
    writeFileSync(file, picture);
    // Its declarations are not sound, and the compiler checks what it finds by name.
    const bundler: string = 'tsup';
    const { build } = (await import(bundler)) as { build(options: object): Promise<void> };
    await build({
      entry: ['sender', 'receiver'].map((name) => source(`../examples/large-session-${name}.mjs`)),
      outDir: folder,
      format: 'esm',
      platform: 'node',
      config: false,
      silent: true,
      clean: false,
      noExternal: [/./],
      outExtension: () => ({ js: '.mjs' }),
      esbuildOptions: (options: { alias?: Readonly<Record<string, string>> }) => {
        options.alias = { 'oma-simple-im': source('./index.ts'), ...Object.fromEntries(modules) };
      },
    });
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Runs a program to its end, or to the first line that it says. */
  function start(name: string, ...args: readonly string[]) {
    const child = spawn(process.execPath, [join(folder, `large-session-${name}.mjs`), ...args]);
    let said = '';
    let told: () => void = () => {};
    const speaks = new Promise<void>((resolve) => {
      told = resolve;
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (octets: Buffer) => {
        said += octets;
        told();
      });
    }
    const ended = new Promise<{ readonly signal: string | null; readonly lines: readonly string[] }>((resolve) =>
      child.on('close', (_, signal) => resolve({ signal, lines: said.trim().split('\n') })),
    );
    return { speaks, ended };
  }

  /** A port with two more behind it that are free, or were just now. */
  async function freePort(): Promise<string> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    return String(Math.min(port, 65_000));
  }

  test.each(['udp', 'tcp'])(
    'LM-0, LM-A2, LM-A3, PM-N2: 10 MB go over, SIP over %s, and the notification comes back',
    async (transport) => {
      const port = await freePort();
      const receiver = start('receiver', got, transport, port);
      await receiver.speaks;
      const sent = await start('sender', file, transport, port).ended;
      const received = await receiver.ended;
      const whole = Number(/of ([0-9]+)/.exec(sent.lines.join())?.[1]);
      expect(whole).toBeGreaterThan(SIZE);
      expect(sent.lines.toSorted()).toEqual([
        `${whole} of ${whole} octets acknowledged, ${whole} reported`,
        'ended: complete',
        'sip:bob@home1.example delivered',
      ]);
      expect(received.lines.toSorted()).toEqual([
        `complete: ${whole} octets`,
        `ended: complete, ${whole} of ${whole} octets`,
        'notified: 200',
        `offered: ${whole} octets`,
        'ready',
      ]);
      expect(readFileSync(got).equals(picture)).toBe(true);
    },
    60_000,
  );

  test.each(['udp', 'tcp'])(
    'LM-A3: killed half-way, the sender says what was delivered, SIP over %s',
    async (transport) => {
      const port = await freePort();
      const receiver = start('receiver', got, transport, port);
      await receiver.speaks;
      expect((await start('sender', file, transport, port, 'die').ended).signal).toBe('SIGKILL');
      const { lines } = await start('sender', file, transport, port).ended;
      const [, there, whole] = /^restarted: ([0-9]+) of ([0-9]+) octets/.exec(lines[0] as string) ?? [];
      expect(Number(there)).toBeGreaterThan(SIZE / 2);
      expect(lines[1]).toMatch(/^ended: (msrp-closed|released)$/);
      expect(lines[2]).toBe(`${there} of ${whole} octets acknowledged, 0 reported`);
      const [, came] = /^ended: msrp-closed, ([0-9]+) of/.exec((await receiver.ended).lines.at(-1) as string) ?? [];
      expect(Number(came)).toBeGreaterThanOrEqual(Number(there));
      expect(Number(came)).toBeLessThan(Number(whole));
    },
    60_000,
  );
});

function source(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}
