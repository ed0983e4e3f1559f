import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { oma } from '../testing.ts';

const MESSAGES = new URL('../../../fixtures/messages/', import.meta.url);
const fixture = (name: string): string => readFileSync(new URL(`${name}.sip`, MESSAGES), 'utf8');
const LIST = fixture('large-invite-adhoc-list');

describe('explain', () => {
  it('shows every part with its octets, what it means and which duty it serves', async () => {
    const { code, stdout, stderr } = await oma(['explain', '-'], { stdin: LIST });
    expect([code, stderr]).toEqual([0, '']);
    const lines = stdout.split('\n');
    expect(lines[0]).toContain(
      `-: sip, by how it begins, ${LIST.length} octets; seen at originating, by its Via; nothing is wrong`,
    );
    const at = LIST.indexOf('a=sendonly');
    const line = lines.findIndex((text) => text.includes(`${at}-${at + 10}      a=sendonly`));
    expect(line).toBeGreaterThan(0);
    expect(lines[line + 1]?.trim()).toBe('this side only sends: a large message');
    expect(lines[line + 2]).toMatch(/^ +serves LM-E5a: /);
    expect(stdout).toContain('multipart/mixed, ');
  });

  it('says what is broken, where, and what to write instead', async () => {
    const broken = LIST.replace('a=sendonly', 'a=sendrecv')
      .replace('Require: recipient-list-invite\r\n', '')
      .replace(/Content-Length.*\r\n/, '');
    const { code, stdout } = await oma(['explain', '-'], { stdin: broken });
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /a=sendrecv\n +both sides send\n +error .*LM-E5a.*\n +breaks LM-E5a: .*\n +fix: a=sendonly\n/,
    );
    expect(stdout).toMatch(/fix: Require: recipient-list-invite\n/);
  });

  it('cuts lines to the width, and does not with --plain; colours on a terminal only', async () => {
    const around = { stdin: LIST, columns: 40, isTerminal: true };
    const narrow = await oma(['explain', '-'], around);
    expect(narrow.stdout).toContain('…');
    expect(narrow.stdout).toContain('\u001b[');
    const plain = await oma(['explain', '--plain', '-'], around);
    expect(plain.stdout).not.toContain('…');
    expect(plain.stdout).not.toContain('\u001b[');
  });

  it('shows control characters instead of obeying them', async () => {
    const { stdout } = await oma(['explain', '--kind', 'cpim', '-'], {
      stdin: 'From: \u001b[2J\r\n\r\nContent-Type: a/b\r\n\r\n',
    });
    expect(stdout).toContain('\\x1b[2J');
    expect(stdout).not.toContain('\u001b');
  });
});
