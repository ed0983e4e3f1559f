import { EventEmitter } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { write } from './io.ts';
import { processIo } from './process-io.ts';
import { COMMANDS } from './run.ts';
import { INPUT, MESSAGE, oma, withFiles } from './testing.ts';
import { VERSION } from './version.ts';

const FIXTURES = fileURLToPath(new URL('../../fixtures/', import.meta.url));
const BARE = MESSAGE.replaceAll('\r\n', '\n');

describe('oma-im', () => {
  it('--version is that of the package', async () => {
    const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      version: string;
    };
    expect(await oma(['--version'])).toMatchObject({ code: 0, stdout: `${manifest.version}\n` });
    expect(VERSION).toBe(manifest.version);
  });

  it('--help has every command with an example', async () => {
    const { code, stdout } = await oma(['--help']);
    expect(code).toBe(0);
    for (const { name, example } of COMMANDS) {
      expect(stdout).toContain(`  ${name}`);
      expect(stdout).toContain(example[0]);
      const own = await oma([name, '--help']);
      expect(own.code).toBe(0);
      expect(own.stdout).toContain(`usage: oma-im ${name}`);
      expect((await oma(['help', name])).stdout).toBe(own.stdout);
    }
  });

  it.each([
    [[], 'usage:'],
    [['dance'], 'no command "dance"'],
    [['decode'], 'no file is named'],
    [['decode', '--nonsense', 'x'], '--nonsense'],
    [['decode', '--tolerate', 'everything', 'x'], 'one of all, bare-lf'],
    [['check', '--profile', 'sip', '--profile', 'sip', 'x'], 'given twice'],
    [['compose', 'x'], 'compose what?'],
    [['compose', 'pager-message', '--hex', '--json', 'x'], 'exclude each other'],
    [['mode', '--reserve', 'many', 'x'], '--reserve many'],
    [['testee', 'x'], 'standard input'],
    [['completion', 'fish'], 'bash or zsh'],
  ] as readonly (readonly [readonly string[], string])[])('%j is wrong use: exit code 2', async (args, message) => {
    const { code, stdout, stderr } = await oma(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  it('says which file cannot be read, and goes on', async () => {
    await withFiles({ 'a.sip': MESSAGE }, async ([path]) => {
      const { code, stdout, stderr } = await oma(['decode', '/no/such/file', path as string]);
      expect(code).toBe(2);
      expect(stderr).toContain('/no/such/file');
      expect(stdout).toContain('MESSAGE request');
    });
  });

  it('takes no more than it can hold', async () => {
    const { code, stderr } = await oma(['decode', '-'], { stdin: new Uint8Array(64 * 1024 * 1024 + 1) });
    expect([code, stderr]).toEqual([2, expect.stringContaining('more than')]);
  });
});

describe('decode', () => {
  it('shows every field with its offset and what it says', async () => {
    const { code, stdout, stderr } = await oma(['decode', '-'], { stdin: `${MESSAGE}tail` });
    expect([code, stderr]).toEqual([0, '']);
    const lines = stdout.split('\n');
    expect(lines[0]).toBe(`-: MESSAGE request, ${MESSAGE.length} octets`);
    expect(lines[1]).toBe('     0  MESSAGE sip:bob@example.com SIP/2.0');
    const at = (text: string): string => String(MESSAGE.indexOf(text)).padStart(6);
    expect(lines).toContain(`${at('f: ')}  f: "Al" <sip:alice@example.com>;tag=1`);
    expect(lines).toContain('          uri sip:alice@example.com');
    expect(lines).toContain('          params ;tag=1');
    expect(lines).toContain(`${String(MESSAGE.length - 2).padStart(6)}  body of 2 octets`);
    expect(lines).toContain('        │ hi');
    expect(lines).toContain(`${String(MESSAGE.length).padStart(6)}  4 octets behind the message`);
  });

  it('reports a header that is refused with its offset and a caret, and shows the rest', async () => {
    const text = MESSAGE.replace('CSeq: 1', 'CSeq: x').replace('Max-Forwards: 70', 'Max-Forwards 70');
    const { code, stdout, stderr } = await oma(['decode', '-'], { stdin: text });
    expect(code).toBe(0);
    expect(stdout).toContain('Call-ID');
    expect(stdout).toContain('syntax in CSeq');
    expect(stderr).toContain(
      `-:${text.indexOf('x MESSAGE')}: CSeq: syntax in CSeq at offset ${text.indexOf('x MESSAGE')}`,
    );
    expect(stderr).toMatch(/\n {2}CSeq: x MESSAGE\n {8}\^/);
    expect(stderr).toContain(': a line: syntax in message-header');
  });

  it('refuses what is no message with exit code 1, and goes on', async () => {
    await withFiles({ 'bare.sip': BARE, 'right.sip': MESSAGE }, async (paths) => {
      const { code, stdout, stderr } = await oma(['decode', ...paths]);
      expect(code).toBe(1);
      expect(stderr).toContain(`${paths[0]}:35: bare-lf in message-header at offset 35`);
      expect(stderr).toMatch(/\n {37}\^/);
      expect(stdout).toContain('right.sip: MESSAGE request');
      expect(stdout).not.toContain('bare.sip');
      const tolerated = await oma(['decode', '--tolerate', 'bare-lf', paths[0] as string]);
      expect(tolerated.code).toBe(0);
      expect(tolerated.stdout).toContain('    35  tolerated: bare-lf');
    });
  });

  it('shows binary, long and absent bodies for what they are', async () => {
    const body = async (content: string | Uint8Array): Promise<string> => {
      const head = Buffer.from(MESSAGE.slice(0, -2).replace('Content-Length: 2\r\n', ''));
      return (await oma(['decode', '-'], { stdin: Buffer.concat([head, Buffer.from(content as string)]) })).stdout;
    };
    expect(await body(Uint8Array.of(0xff, 0))).toContain('body of 2 octets, no text');
    expect(await body('')).toContain('no body');
    expect(await body('a\n'.repeat(50))).toContain('11 more lines');
    expect(await body('\u001b[2J\u202e')).toContain('\\x1b[2J\\u202e');
  });

  it('--stream: one message behind the other, each at its offset', async () => {
    const two = `\r\n${MESSAGE}${MESSAGE}`;
    const { code, stdout } = await oma(['decode', '--stream', '-'], { stdin: two });
    expect(code).toBe(0);
    expect(stdout.match(/MESSAGE request/g)).toHaveLength(2);
    expect(stdout).toContain(`${String(MESSAGE.length + 2).padStart(6)}  MESSAGE sip:bob`);
    const cut = await oma(['decode', '--stream', '-'], { stdin: two.slice(0, -1) });
    expect(cut).toMatchObject({
      code: 1,
      stderr: `oma-im: -:${MESSAGE.length + 2}: incomplete, 1 more octets are needed\n`,
    });
    expect((await oma(['decode', '--stream', '-'], { stdin: 'MESSAGE' })).stderr).toContain('more octets are needed');
    const broken = await oma(['decode', '--stream', '-'], { stdin: MESSAGE.replace('Content-Length: 2\r\n', '') });
    expect([broken.code, broken.stderr]).toEqual([1, expect.stringContaining('missing in Content-Length')]);
  });

  it('--json: one object a message', async () => {
    const { code, stdout } = await oma(['decode', '--json', '--stream', '-'], { stdin: MESSAGE + MESSAGE });
    const rows = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(code).toBe(0);
    expect(rows).toMatchObject([
      { file: '-', offset: 0, outcome: 'valid', identical: true },
      { file: '-', offset: MESSAGE.length, outcome: 'valid' },
    ]);
    const refused = await oma(['decode', '--json', '-'], { stdin: BARE });
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.stdout)).toMatchObject({ outcome: 'invalid', error: { code: 'bare-lf' } });
  });

  it('--hex: reads a dump', async () => {
    const stdin = Buffer.from(MESSAGE).toString('hex');
    expect((await oma(['decode', '--hex', '-'], { stdin })).stdout).toContain('sip:bob@example.com');
    expect(await oma(['decode', '--hex', '-'], { stdin: MESSAGE })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('line 1 holds'),
    });
  });

  it('shows every fixture without breaking, whatever the width', async () => {
    const files = readdirSync(`${FIXTURES}torture/rfc4475`).filter((file) => file.endsWith('.dat'));
    const paths = files.map((file) => `${FIXTURES}torture/rfc4475/${file}`);
    for (const columns of [20, 80]) {
      const { code, stdout } = await oma(['decode', ...paths], { columns });
      expect(code).toBe(1);
      expect(stdout.match(/^.*(request|response \d+), \d+ octets$/gm)).toHaveLength(44);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: none may reach a terminal
      expect(stdout).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f]/);
    }
  });
});

describe('check', () => {
  it('says what is wrong, with an excerpt, and exits with 1 where it is an error', async () => {
    const { code, stdout } = await oma(['check', '-'], { stdin: MESSAGE.replace('CSeq: 1 MESSAGE', 'CSeq: 1 INVITE') });
    const at = MESSAGE.indexOf('CSeq');
    expect(code).toBe(1);
    expect(stdout).toContain('-: 1 error\n');
    expect(stdout).toContain(
      `  error [${at}, ${at + 14}) CSeq: mismatch: INVITE in CSeq, MESSAGE in the request (RFC3261-8.1.1.5)\n`,
    );
    expect(stdout).toContain(`    CSeq: 1 INVITE\n    ${'^'.repeat(14)}\n`);
  });

  it('says what is served, and passes', async () => {
    expect(await oma(['check', '-'], { stdin: MESSAGE })).toMatchObject({
      code: 0,
      stdout: '-: nothing is wrong\n  serves PM-0 PM-1 PM-2 PM-4 SEL-1\n\n',
    });
    expect((await oma(['check', '--profile', 'sip', '-'], { stdin: MESSAGE })).stdout).toBe('-: nothing is wrong\n\n');
    const { code, stdout } = await oma(['check', '-'], {
      stdin: MESSAGE.replace('branch=z9hG4bK1', 'x').replace(';tag=1', '').replace('Max-Forwards: 70\r\n', ''),
    });
    expect([code, stdout.split('\n')[0]]).toEqual([0, '-: 2 warnings, 1 info']);
    expect((await oma(['check', '--role', 'originating', '-'], { stdin: MESSAGE.replace(';tag=1', '') })).code).toBe(1);
  });

  it('--json: one object a file', async () => {
    const { code, stdout } = await oma(['check', '--json', '--profile', 'oma-im', '-'], { stdin: 'hello' });
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      file: '-',
      passes: false,
      findings: [{ severity: 'error', range: [5, 5] }],
      served: [],
    });
  });
});

describe('compose', () => {
  const compose = (...args: readonly string[]): ReturnType<typeof oma> =>
    oma(['compose', 'pager-message', ...args, '-'], { stdin: INPUT });

  it('writes the octets, a dump, JSON, or the lines for a stack', async () => {
    const { code, octets } = await compose();
    expect(code).toBe(0);
    expect(Buffer.from(octets).toString('latin1')).toMatch(
      /^MESSAGE sip:team@example\.com;sessiontype=pre-defined SIP\/2\.0\r\n[\s\S]*\r\n\r\n\0\xff\r$/,
    );
    const dump = await compose('--hex');
    const again = await oma(['decode', '--hex', '-'], { stdin: dump.stdout });
    expect(again.stdout).toContain(`MESSAGE request, ${octets.length} octets`);
    expect(JSON.parse((await compose('--json')).stdout)).toMatchObject({
      method: 'MESSAGE',
      body: { base64: 'AP8N' },
      duties: expect.arrayContaining(['PM-7b']),
    });
    const headers = await compose('--headers');
    expect(headers.stdout.split('\n')[0]).toBe('Accept-Contact: *;+g.oma.sip-im');
    expect(headers.octets.subarray(-4)).toEqual(Buffer.from('\n\0\xff\r', 'latin1'));
  });

  it.each([
    ['{', 'no JSON'],
    ['5', 'the input is no object'],
    ['{}', 'PM-'],
    [INPUT.replace('IM-client/OMA1.0', 'IM-client\\r\\n'), 'PM-2'],
    [INPUT.replace('"reserve":100', '"reserve":"x"'), 'reserve is a number'],
    [INPUT.replace('"reserve":100', '"connectionOriented":1'), 'connectionOriented is'],
    [INPUT.replace('"reserve":100', '"profile":"x"'), 'profile is'],
  ])('refuses %j with exit code 1', async (stdin, message) => {
    const { code, stdout, stderr } = await oma(['compose', 'pager-message', '-'], { stdin });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(message);
  });
});

describe('compose msrp-chunks', () => {
  const input = {
    toPath: 'msrp://bob.example.com:8888/9di4eae923wzd;tcp',
    fromPath: 'msrp://alicepc.example.com:7777/iau39soe2843z;tcp',
    messageId: '12339sdqwer',
    transactionId: 'a786hjs2',
    contentType: 'text/plain',
    content: 'abcdEFGH',
    size: 4,
  };

  it('LM-A2: writes the chunks of a message, one behind the other', async () => {
    const { code, stdout } = await oma(['compose', 'msrp-chunks', '-'], { stdin: JSON.stringify(input) });
    expect(code).toBe(0);
    const frames = [
      ['a786hjs2.1', '1-4/8', 'abcd', '+'],
      ['a786hjs2.2', '5-8/8', 'EFGH', '$'],
    ].map(([id, range, body, flag]) =>
      [
        `MSRP ${id} SEND`,
        `To-Path: ${input.toPath}`,
        `From-Path: ${input.fromPath}`,
        'Message-ID: 12339sdqwer',
        `Byte-Range: ${range}`,
        'Content-Type: text/plain',
        '',
        body,
        `-------${id}${flag}\r\n`,
      ].join('\r\n'),
    );
    expect(stdout).toBe(frames.join(''));
  });

  it.each([
    [{ messageId: 'x' }, 'messageId'],
    [{ transactionId: 7 }, 'transactionId'],
    [{ toPath: 'sip:bob@example.com' }, 'toPath'],
    [{ size: 0 }, 'size'],
  ])('LM-A2: refuses %j with exit code 1', async (wrong, path) => {
    const { code, stdout, stderr } = await oma(['compose', 'msrp-chunks', '-'], {
      stdin: JSON.stringify({ ...input, ...wrong }),
    });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(path);
  });
});

describe('mode', () => {
  it('tells the mode, the size and the duty', async () => {
    const file = `${FIXTURES}inputs/near-1300-where-the-reserve-decides.json`;
    expect((await oma(['mode', file])).stdout).toMatch(
      /large mode, at least \d+ octets and 400 in reserve \(SEL-3\)\n$/,
    );
    expect((await oma(['mode', '--reserve', '0', file])).stdout).toMatch(
      /pager mode, at least \d+ octets and 0 in reserve \(SEL-1\)\n$/,
    );
    expect((await oma(['mode', '--connection-oriented', file])).stdout).toContain('(SEL-2)');
    expect(JSON.parse((await oma(['mode', '--json', file])).stdout)).toMatchObject({
      mode: 'large',
      exact: false,
      duty: 'SEL-3',
    });
  });
});

describe('completion', () => {
  it.each(['bash', 'zsh'])('%s knows every command and option', async (shell) => {
    const { code, stdout } = await oma(['completion', shell]);
    expect(code).toBe(0);
    for (const { name, options } of COMMANDS) {
      expect(stdout).toContain(name);
      for (const option of Object.keys(options)) expect(stdout).toContain(`--${option}`);
    }
  });
});

describe('testee', () => {
  it('answers on standard output', async () => {
    const { code, stdout } = await oma(['testee'], { stdin: '{"id":7,"op":"list"}\n' });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ id: 7, outcome: 'valid' });
  });
});

describe('colour', () => {
  it('is for terminals, and not where NO_COLOR is set', async () => {
    const coloured = async (around: { isTerminal?: boolean; env?: Record<string, string> }): Promise<boolean> =>
      (await oma(['check', '-'], { stdin: MESSAGE, ...around })).stdout.includes('\u001b[');
    expect(await coloured({})).toBe(false);
    expect(await coloured({ isTerminal: true })).toBe(true);
    expect(await coloured({ isTerminal: true, env: { NO_COLOR: '' } })).toBe(true);
    expect(await coloured({ isTerminal: true, env: { NO_COLOR: '1' } })).toBe(false);
    expect(await coloured({ isTerminal: true, env: { TERM: 'dumb' } })).toBe(false);
  });
});

describe('the process', () => {
  afterEach(() => {
    vi.restoreAllMocks();
    process.exitCode = undefined;
  });

  it('is handed its streams', () => {
    const io = processIo();
    expect(io.stdout).toBe(process.stdout);
    expect(io.columns).toBeGreaterThan(0);
  });

  it('ends quietly when its reader goes away, and not otherwise', () => {
    const before = process.stdout.listeners('error');
    processIo();
    const [listener] = process.stdout.listeners('error').filter((one) => !before.includes(one));
    const exit = vi.spyOn(process, 'exit').mockImplementation((() => undefined) as never);
    listener?.(Object.assign(new Error('gone'), { code: 'EPIPE' }));
    expect(exit).toHaveBeenCalledWith(0);
    expect(() => listener?.(Object.assign(new Error('full'), { code: 'ENOSPC' }))).toThrow('full');
    for (const stream of [process.stdout, process.stderr]) stream.removeAllListeners('error');
  });

  it('main runs the command of its arguments', async () => {
    const argv = process.argv;
    const written: string[] = [];
    vi.spyOn(process.stdout, 'write').mockImplementation((piece) => written.push(String(piece)) > 0);
    process.argv = ['node', 'oma-im', '--version'];
    await import('./main.ts');
    process.argv = argv;
    expect([written.join(''), process.exitCode]).toEqual([`${VERSION}\n`, 0]);
  });

  it('waits for a reader that has fallen behind', async () => {
    const output = Object.assign(new EventEmitter(), { write: () => false });
    let done = false;
    const written = write(output, 'x').then(() => {
      done = true;
    });
    await Promise.resolve();
    expect(done).toBe(false);
    output.emit('drain');
    await written;
    expect(done).toBe(true);
    expect(output.eventNames()).toEqual([]);
    const closed = write(output, 'x');
    output.emit('close');
    await closed;
  });
});
