import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MESSAGE, oma, withFiles } from '../testing.ts';

const MESSAGES = new URL('../../../fixtures/messages/', import.meta.url);
const fixture = (name: string): string => readFileSync(new URL(`${name}.sip`, MESSAGES), 'utf8');

describe('check', () => {
  it('says what to write instead', async () => {
    const broken = fixture('large-invite-one-user')
      .replace('a=sendonly', 'a=sendrecv')
      .replace('Supported: timer, 100rel\r\n', '')
      .replace(/Content-Length.*\r\n/, '');
    const { code, stdout } = await oma(['check', '-'], { stdin: broken });
    expect(code).toBe(1);
    expect(stdout).toContain('    fix: a=sendonly\n');
    expect(stdout).toContain('    fix: Supported: timer\n');
    expect(stdout).toContain('    a=sendrecv\n    ^^^^^^^^^^\n');
  });

  it('checks artefacts by themselves, guessed or told', async () => {
    const sdp = 'v=0\r\no=- 1 1 IN IP4 a\r\ns=-\r\nt=x\r\n';
    expect((await oma(['check', '-'], { stdin: sdp })).stdout).toContain('application/sdp: syntax in start-time');
    const told = await oma(['check', '--kind', 'cpim', '-'], { stdin: sdp });
    expect([told.code, told.stdout]).toEqual([1, expect.stringContaining('message/cpim: ')]);
    expect((await oma(['check', '--kind', 'mail', '-'], { stdin: sdp })).code).toBe(2);
  });

  it('sums up where there are several files', async () => {
    await withFiles(
      { 'a.sip': MESSAGE, 'b.sip': MESSAGE.replace('CSeq: 1 MESSAGE', 'CSeq: 1 INVITE') },
      async (paths) => {
        const { code, stdout } = await oma(['check', ...paths]);
        expect(code).toBe(1);
        expect(stdout).toMatch(/\n2 files, 1 of them with errors: 1 error\n$/);
        expect((await oma(['check', '--json', ...paths])).stdout.trim().split('\n')).toHaveLength(2);
      },
    );
  });

  const SESSION = ['large-invite-one-user', 'large-200-one-user', 'large-ack', 'large-bye', 'large-200-to-bye'];

  it('--flow: an exchange, with what its messages tell about each other', async () => {
    const right = Object.fromEntries(SESSION.map((name) => [name, fixture(name)]));
    await withFiles(right, async (paths) => {
      const { code, stdout } = await oma(['check', '--flow', ...paths]);
      expect(stdout).toContain('large-200-one-user (terminating): ');
      expect(stdout).toContain('large-bye (originating): nothing is wrong');
      expect(stdout).toMatch(/\nexchange of 5 messages: .*\n {2}serves .*LM-G0/);
      expect(code).toBe(0);
    });
    const wrong = { ...right, 'large-200-one-user': fixture('large-200-one-user').replace('recvonly', 'sendonly') };
    await withFiles(wrong, async (paths) => {
      const { code, stdout } = await oma(['check', '--flow', ...paths]);
      expect([code, stdout]).toEqual([1, expect.stringContaining('sendonly answers sendonly (RFC3264-6.1)')]);
      const json = await oma(['check', '--flow', '--json', ...paths]);
      expect(json.code).toBe(1);
      const report = JSON.parse(json.stdout);
      expect(report).toMatchObject({
        passes: false,
        files: [{ from: 'originating' }, { from: 'terminating' }, {}, {}, {}],
      });
      expect(report.findings).toEqual(
        expect.arrayContaining([expect.objectContaining({ index: 1, clause: 'RFC3264-6.1' })]),
      );
      expect((await oma(['check', '--flow', '/no/such/file', ...paths])).stderr).toContain('/no/such/file');
    });
  });
});
