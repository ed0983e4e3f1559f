import { readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readArguments } from '../command.ts';
import type { Testee } from '../conformance/drive.ts';
import { serve } from '../testee/testee.ts';
import { memoryIo, oma, type Ran, withFiles } from '../testing.ts';
import { conformance, runConformance } from './conformance.ts';

/** Our own testee in this process. */
function ownTestee(): Testee {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const served = serve(input, output).then(() => output.end());
  return {
    output,
    ended: served.then(() => 'ended', String),
    lastWords: () => '',
    send: (text) => void input.write(text),
    end: () => void input.end(),
    kill: () => void input.destroy(),
  };
}

async function own(...args: readonly string[]): Promise<Ran> {
  const { io, out, err } = memoryIo();
  const code = await runConformance(readArguments(args, conformance.options), 'our own', ownTestee, io);
  return { code, stdout: Buffer.from(out()).toString(), octets: out(), stderr: Buffer.from(err()).toString() };
}

const ECHO = `node -e "require('readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const { id } = JSON.parse(line); console.log(JSON.stringify({ id, outcome: id === 'x-3' ? 'unsupported' : 'valid' }));
})"`;

const vector = (n: number, result: 'valid' | 'invalid', more: object = {}): object => ({
  id: `x-${n}`,
  comment: 'x',
  input: `${n}`,
  result,
  ...(result === 'valid' ? { value: n } : { error: { code: 'syntax', rule: 'x', offset: 0 } }),
  flags: [],
  ...more,
});
const file = (...tests: readonly object[]): string =>
  JSON.stringify({
    schema: '../schema/vectors.schema.json',
    artefact: 'x',
    notes: { hole: { bugType: 'security', description: 'x' } },
    groups: [{ type: 'parse', source: 'x', tests }],
  });
const FOUR = file(
  vector(1, 'valid', { duty: 'PM-1' }),
  vector(2, 'invalid', { flags: ['hole'] }),
  vector(3, 'valid'),
  vector(4, 'invalid'),
);

/** Runs the command on ECHO with these files in a folder; `args` gets the folder. */
async function echoed(
  files: Readonly<Record<string, string>>,
  args: (folder: string) => readonly string[] = () => [],
  testee = ECHO,
): Promise<Ran & { readonly folder: string }> {
  return withFiles(files, async ([path]) => {
    const folder = (path as string).replace(/\/[^/]+$/, '');
    return { folder, ...(await oma(['conformance', '--testee', testee, '--vectors', folder, ...args(folder)])) };
  });
}

describe('our own testee', () => {
  it('passes every vector, held strictly, and skips nothing but what is no artefact of the protocol', {
    timeout: 60_000,
  }, async () => {
    await withFiles({ expected: '' }, async ([path]) => {
      const { code, stdout } = await own('--strict', '--json', '--expect', path as string);
      const report = JSON.parse(stdout) as { readonly artefacts: Record<string, { readonly passed: number }> };
      expect(report).toMatchObject({ surprises: { failed: [], notFailed: [], unknown: [] }, clean: true });
      expect(code).toBe(0);
      const { artefacts } = report;
      expect(
        Object.entries(artefacts)
          .filter(([, { passed }]) => passed === 0)
          .map(([name]) => name),
      ).toEqual(['release-version']);
      expect(Object.keys(artefacts).length).toBeGreaterThan(60);
    });
  });
});

describe('conformance', () => {
  it('scores a program by artefact, duty and bug type, and tells what failed', async () => {
    const { code, stdout, stderr } = await echoed({ 'a.json': FOUR });
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout).toContain(': 1 passed, 2 failed, 1 skipped, 33.3 %');
    expect(stdout).toMatch(/^x +1 +2 +1 +33\.3 %$/m);
    expect(stdout).toMatch(/^PM-1 +1 +0 +0 +100\.0 %$/m);
    expect(stdout).toMatch(/^security +0 +1 +0 +0\.0 %$/m);
    expect(stdout).toContain('failed by result 2');
    expect(stdout).toContain('failed x-2: result: is accepted\nfailed x-4: result: is accepted\n');
  });

  it('--json tells all of it as one object, in the order of the vectors', async () => {
    const { code, stdout } = await echoed({ 'a.json': FOUR }, () => ['--json', '--jobs', '2', '--timeout', '15']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      clean: false,
      passed: 1,
      failed: 2,
      skipped: 1,
      percent: 33.3,
      artefacts: { x: { passed: 1 } },
      kinds: { result: 2 },
      failures: [{ id: 'x-2', artefact: 'x', kind: 'result', why: 'is accepted' }, { id: 'x-4' }],
    });
  });

  it('--expect: exactly these fail, or the exit code is 1', async () => {
    const expecting = (text: string): ReturnType<typeof echoed> =>
      echoed({ 'a.json': FOUR, expected: text }, (folder) => ['--expect', `${folder}/expected`]);
    const matched = await expecting('# known\nx-4\nx-2 # why\n');
    expect([matched.code, matched.stdout]).toEqual([0, expect.stringContaining('the failures are those expected')]);
    const differs = await expecting('x-1\nx-2\nx-3\nx-9');
    expect(differs.code).toBe(1);
    expect(differs.stdout.split('\n').slice(-5)).toEqual([
      'failed x-4: result: is accepted',
      'x-1 was expected to fail, and does not',
      'x-3 was expected to fail, and does not',
      'x-9 was expected to fail, and no vector has that id',
      '',
    ]);
  });

  it('--write-expect writes the file that --expect takes', async () => {
    await withFiles({ 'a.json': FOUR }, async ([path]) => {
      const folder = (path as string).replace(/\/[^/]+$/, '');
      const run = (option: string): Promise<Ran> =>
        oma(['conformance', '--testee', ECHO, '--vectors', folder, option, `${folder}/expected`]);
      expect((await run('--write-expect')).code).toBe(0);
      expect(readFileSync(`${folder}/expected`, 'utf8')).toContain('\nx-2  # result: is accepted\nx-4  #');
      expect((await run('--expect')).code).toBe(0);
    });
  });

  it('a program that passes nothing has not passed', async () => {
    expect(await echoed({ 'a.json': file(vector(3, 'valid')) })).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('0 passed, 0 failed, 1 skipped\n'),
    });
  });

  it('shows forty failures, and counts the others', async () => {
    const many = file(vector(100, 'valid'), ...Array.from({ length: 50 }, (_, i) => vector(i + 4, 'invalid')));
    const { stdout } = await echoed({ 'a.json': many });
    expect(stdout.match(/^failed x-/gm)).toHaveLength(40);
    expect(stdout).toContain('… and 10 more: --json or --write-expect tells them all');
  });

  it('tells how the program behaved', async () => {
    const chatty = `${ECHO.slice(0, -3)}; console.log('ready'); if (id === 'x-2') process.exit(4); })"`;
    const { code, stdout } = await echoed({ 'a.json': FOUR }, undefined, chatty);
    expect(code).toBe(1);
    expect(stdout).toMatch(/the testee was started anew [1-9][0-9]* times/);
    expect(stdout).toContain('lines of its output answer nothing that was asked');
  });

  it.each([
    [[], 'no program is named'],
    [['--testee', ' '], 'no program is named'],
    [['--testee', 'x', 'y.json'], 'vectors are named by their folder'],
    [['--testee', 'x', '--jobs', '0'], '--jobs 0: a whole number from 1 to 256'],
    [['--testee', 'x', '--timeout', '1.5'], '--timeout 1.5: a whole number from 1 to 3600'],
    [['--testee', 'x', '--expect', 'a', '--write-expect', 'b'], 'exclude each other'],
    [['--testee', 'x', '--expect', '/no/such/file'], '/no/such/file'],
    [['--testee', 'x', '--vectors', '/no/such/folder'], '/no/such/folder'],
  ])('%j is wrong use: exit code 2', async (args, message) => {
    const { code, stdout, stderr } = await oma(['conformance', ...args]);
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining(message)]);
  });

  it.each([
    ['no vector file', { 'a.txt': '' }, 'no vector file (*.json) lies here'],
    ['no JSON', { 'a.json': '{' }, 'a.json: '],
    ['no vectors', { 'a.json': '{}' }, 'a.json: schema: '],
    ['a vector of another file', { 'a.json': FOUR, 'b.json': FOUR }, 'b.json: x-1 stands in another file, too'],
    ['two ids on a line', { 'a.json': FOUR, expected: 'x-1 x-2' }, 'expected:1: more than one id: x-1 x-2'],
  ])('a folder with %s is wrong use', async (_, files, message) => {
    const args = (folder: string): readonly string[] => ('expected' in files ? ['--expect', `${folder}/expected`] : []);
    const { code, stderr } = await echoed(files as Record<string, string>, args);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });

  it('a program that does not start is wrong use, as is a file that cannot be written', async () => {
    const gone = await echoed({ 'a.json': FOUR }, undefined, '/no/such/program');
    expect([gone.code, gone.stderr]).toEqual([
      2,
      expect.stringContaining('/no/such/program: answers nothing: ended with'),
    ]);
    const unwritten = await echoed({ 'a.json': FOUR }, (folder) => ['--write-expect', `${folder}/no/file`]);
    expect([unwritten.code, unwritten.stderr]).toEqual([2, expect.stringContaining('no/file')]);
  });
});
