import { describe, expect, it } from 'vitest';
import { type Question, questionsOf, type Verdict } from '../../vectors/conformance.ts';
import type { VectorFile } from '../../vectors/model.ts';
import { type Conduct, type DriveOptions, drive, NoTestee } from './drive.ts';
import { launch } from './launch.ts';

const COUNT = 700;

/** Vectors whose right answer is `valid` and nothing more. */
const FILE: VectorFile = {
  schema: '../schema/vectors.schema.json',
  artefact: 'sip-uri',
  notes: {},
  groups: [
    {
      type: 'parse',
      source: 'here',
      tests: Array.from({ length: COUNT }, (_, i) => ({
        id: `sip-uri-${i + 1}`,
        comment: 'x',
        input: `sip:${i}`,
        result: 'valid' as const,
        value: {},
        flags: [],
      })),
    },
  ],
};

/** A program in Node that does `body` for each line, with `n` of the line and `id`, and `say` for answers. */
function program(body: string, before = ''): string {
  const source = `
    const say = (id, more = {}) => process.stdout.write(JSON.stringify({ id, outcome: 'valid', ...more }) + '\\n');
    let n = 0;
    ${before}
    require('readline').createInterface({ input: process.stdin }).on('line', (line) => {
      const { id } = JSON.parse(line); n++;
      ${body}
    });`;
  return `node -e "eval(Buffer.from('${Buffer.from(source).toString('base64')}', 'base64').toString())"`;
}

interface Driven {
  readonly conduct: Conduct;
  readonly verdicts: ReadonlyMap<string, Verdict>;
  readonly failed: readonly string[];
}

async function driven(command: string, count = COUNT, options: Partial<DriveOptions> = {}): Promise<Driven> {
  const questions = [...questionsOf(FILE, { strict: false })].slice(0, count);
  const verdicts = new Map<string, Verdict>();
  const tell = ({ id }: Question, verdict: Verdict): void => {
    expect(verdicts.has(id), `${id} is told twice`).toBe(false);
    verdicts.set(id, verdict);
  };
  const all: DriveOptions = { strict: false, timeout: 15_000, jobs: 1, ...options };
  const conduct = await drive(questions, () => launch(command), all, tell);
  expect(verdicts.size).toBe(count);
  const failed = [...verdicts].filter(([, { status }]) => status === 'failed').map(([id]) => id);
  return { conduct, verdicts, failed };
}

const WELL: Conduct = { restarts: 0, strayLines: 0, outOfOrder: 0, unexplained: [] };

describe('a testee that', () => {
  it('answers is asked everything, by several at a time as by one', async () => {
    expect(await driven(program('say(id);'))).toMatchObject({ conduct: WELL, failed: [] });
    expect(await driven(program('say(id);'), COUNT, { jobs: 3 })).toMatchObject({ conduct: WELL, failed: [] });
  });

  it('dies of one vector costs this vector, told with its last words', async () => {
    const command = program(`if (id === 'sip-uri-500') { console.error('out of ink'); process.exit(3); } say(id);`);
    const { conduct, verdicts, failed } = await driven(command);
    expect(failed).toEqual(['sip-uri-500']);
    expect(verdicts.get('sip-uri-500')).toEqual({
      status: 'failed',
      kind: 'crash',
      why: 'ended with exit code 3: out of ink',
    });
    expect(conduct).toMatchObject({ unexplained: [] });
  });

  it('keeps its answers back and dies costs the vector that killed it, not those it had answered', async () => {
    const body = `held.push(id); if (id === 'sip-uri-90') process.exit(1);
      if (held.length === 20 || id === 'sip-uri-120') for (const one of held.splice(0)) say(one);
      clearTimeout(timer); timer = setTimeout(() => { for (const one of held.splice(0)) say(one); }, 20);`;
    const { failed } = await driven(program(body, 'const held = []; let timer;'), 120);
    expect(failed).toEqual(['sip-uri-90']);
  });

  it('dies every 300 lines of its own accord costs no vector, and is told', async () => {
    const { conduct, failed } = await driven(program('if (n === 300) process.exit(0); say(id);'));
    expect(failed).toEqual([]);
    expect(conduct.restarts).toBe(2);
    expect(conduct.unexplained).toEqual(['ended with exit code 0', 'ended with exit code 0']);
  });

  it('is killed by a signal is told so', async () => {
    const { verdicts } = await driven(
      program(`if (id !== 'sip-uri-2') { say(id); return; } process.kill(process.pid, 'SIGKILL');`),
      3,
    );
    expect(verdicts.get('sip-uri-2')).toMatchObject({ kind: 'crash' });
  });

  it('hangs at a vector costs this vector and the time limit', async () => {
    const { failed, verdicts } = await driven(program(`if (id === 'sip-uri-7') for (;;); say(id);`), 20, {
      timeout: 1500,
    });
    expect(failed).toEqual(['sip-uri-7']);
    expect(verdicts.get('sip-uri-7')).toEqual({ status: 'failed', kind: 'timeout', why: 'no answer within 1.5 s' });
  });

  it('answers in another order is understood by the ids, and it is told', async () => {
    const { conduct, failed } = await driven(
      program(
        'held.unshift(id); if (held.length === 10) for (const one of held.splice(0)) say(one);',
        'const held = [];',
      ),
      60,
    );
    expect(failed).toEqual([]);
    expect(conduct).toMatchObject({ restarts: 0, outOfOrder: 54 });
  });

  it('prints garbage beside its answers is understood, and the lines are counted', async () => {
    const body = `process.stdout.write('DEBUG {\\n[]\\n"x"\\n\\n{"id":"nobody"}\\n\\xff\\n'); if (n > 1) say('sip-uri-1'); say(id);`;
    const { conduct, failed } = await driven(program(body), 30);
    expect(failed).toEqual([]);
    expect(conduct).toMatchObject({ restarts: 0, strayLines: 30 * 6 + 29, outOfOrder: 0 });
  });

  it('could not read the line answers without an id, and it counts for the oldest question', async () => {
    const { verdicts, conduct } = await driven(
      program(
        `if (n === 2) process.stdout.write('{"id":null,"outcome":"unsupported","reason":"too long"}\\n'); else say(id);`,
      ),
      4,
    );
    expect(verdicts.get('sip-uri-2')).toEqual({ status: 'skipped', why: 'too long' });
    expect(conduct).toEqual(WELL);
  });

  it.each([
    ['on one line', `Buffer.alloc(1 << 20, 'x')`],
    ['in lines', `Buffer.alloc(1 << 20, 'x'.repeat(99) + '\\n')`],
  ])('writes 1 GB %s is ended, within bounded memory', async (_, piece) => {
    const body = `if (id !== 'sip-uri-3') return say(id);
      const piece = ${piece}; for (let i = 0; i < 1024; i++) require('fs').writeSync(1, piece);`;
    const before = process.memoryUsage().rss;
    const { failed, verdicts } = await driven(program(body), 5);
    expect(failed).toEqual(['sip-uri-3']);
    expect(verdicts.get('sip-uri-3')).toMatchObject({ kind: 'flood' });
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024);
  });

  it('answers nothing at all is no testee', async () => {
    await expect(driven('exit 9', 10)).rejects.toThrow(new NoTestee('ended with exit code 9'));
    await expect(driven(program(''), 10, { timeout: 300, jobs: 2 })).rejects.toThrow('no answer within 0.3 s');
    await expect(driven('exec 1>&-; sleep 60', 10, { timeout: 20_000 })).rejects.toThrow('its output ended');
  });

  it('breaks at several vectors costs each of them', async () => {
    const { failed, conduct } = await driven(program(`if (/[05]$/.test(id)) process.exit(1); say(id);`), 30);
    expect(failed).toEqual(['sip-uri-5', 'sip-uri-10', 'sip-uri-15', 'sip-uri-20', 'sip-uri-25', 'sip-uri-30']);
    expect(conduct.unexplained).toEqual([]);
  });

  it('does not end when its input does is ended', async () => {
    const { conduct } = await driven(program('say(id);', 'setInterval(() => undefined, 1000);'), 3);
    expect(conduct).toEqual(WELL);
  });
});
