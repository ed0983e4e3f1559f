import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { FieldCodec } from '../../core/codec.ts';
import { textField } from '../../sip/access.ts';
import { maxForwards } from '../../sip/headers/numbers.ts';
import { memoryIo } from '../testing.ts';
import { tryField } from './headers.ts';
import { SECTIONS, showScreen } from './screen.ts';
import { inLines, inRows } from './section.ts';

const FIXTURES = fileURLToPath(new URL('../../../fixtures', import.meta.url));

async function screen(fixtures: string, columns = 100): Promise<{ readonly code: number; readonly text: string }> {
  const { io, out } = memoryIo({ columns });
  const code = await showScreen(io, fixtures);
  return { code, text: new TextDecoder().decode(out()) };
}

describe('npm start', () => {
  afterEach(() => {
    vi.restoreAllMocks();
    process.exitCode = undefined;
  });

  it('does the main job on every fixture, and all comes out as it must', async () => {
    const { code, text } = await screen(FIXTURES);
    expect(text).toContain('all as it must be');
    expect(text).not.toContain('wrong');
    expect(code).toBe(0);
    expect(text).toContain('RFC 4475: 49 of 49');
    expect(text).toMatch(/one-user-short-text +pager +\d+ +SEL-1 +PM-0 PM-1 PM-2 PM-4\n/);
    expect(text).toMatch(/^Headers: \d+ codecs, \d+ fields read, written and read again the same \(=\), \d+ refused/m);
    expect(text).toMatch(/ {2}Accept-Contact=\d+-3 {2}/);
    expect(text.match(/^[A-Z].*: .*$/gm)).toHaveLength(SECTIONS.length + 1);
  });

  it('keeps to the width', async () => {
    const { text } = await screen(FIXTURES, 80);
    const flowing = text
      .split('\n')
      .slice(3)
      .filter((line) => line.includes('=') && !line.includes(': '));
    for (const line of flowing) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('exits with 1, and says why, where something is wrong', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'oma-im-start-'));
    try {
      cpSync(FIXTURES, folder, { recursive: true });
      const edit = (file: string, change: (text: string) => string): void => {
        const path = join(folder, file);
        writeFileSync(path, change(readFileSync(path, 'latin1')), 'latin1');
      };
      edit('messages/pager-one-user.sip', (text) => text.replace('CSeq: ', 'CSeq: x'));
      edit('messages/pager-ipv6.sip', (text) => text.replaceAll('\r\n', '\n'));
      edit('messages/deviations/rfc3428-10-f3-as-published.sip', (text) => text.replace(';;', ';'));
      edit('inputs/one-user-short-text.json', (text) => text.replace('sip:bob', 'bob'));
      edit('torture/rfc4475/wsinv.dat', (text) => text.replace(/^cseq/im, 'CSeek'));
      edit('torture/rfc4475/lwsstart.dat', (text) => text.replace(/ {2,}/g, ' '));
      const { code, text } = await screen(folder);
      expect(code).toBe(1);
      expect(text.match(/^ {2}wrong: .*$/gm)).toEqual([
        '  wrong: deviations/rfc3428-10-f3-as-published.sip: refused: none, expected: Via',
        '  wrong: pager-ipv6.sip: bare-lf, expected a message',
        '  wrong: pager-one-user.sip: refused: CSeq, expected: none',
        expect.stringMatching(/^ {2}wrong: one-user-short-text\.json: .*PM-4/),
        '  wrong: rfc4475/wsinv.dat: check says invalid',
        '  wrong: rfc4475/lwsstart.dat: decode says valid',
      ]);
      expect(text).toContain('6 wrong');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is what the program start runs', async () => {
    const written: string[] = [];
    vi.spyOn(process.stdout, 'write').mockImplementation((piece) => written.push(String(piece)) > 0);
    await import('../start.ts');
    expect(written.join('')).toContain('all as it must be');
    expect(process.exitCode).toBe(0);
  });
});

describe('a header codec on a field', () => {
  const message = { method: 'X', uri: 'sip:a', fields: [{ name: 'X', value: 'a' }], body: new Uint8Array(0) };
  const text = textField('X');
  it.each<[outcome: string, codec: FieldCodec<unknown>]>([
    ['same', text],
    ['changed', { ...text, format: () => 'b' }],
    ['changed', { ...text, format: () => '\r' }],
    ['changed', { ...text, format: () => text.format('\r') }],
    ['refused', maxForwards],
  ])('is %s', (outcome, codec) => expect(tryField(message, 0, codec)).toBe(outcome));
  it('that is broken itself is not hidden', () => {
    const format = (): string => {
      throw new TypeError('a defect');
    };
    expect(() => tryField(message, 0, { ...text, format })).toThrow('a defect');
  });
});

describe('layout', () => {
  it('inLines wraps words behind a title', () => {
    const words = ['aaaa', 'bbbb', 'cccc'].map((text) => ({ text, shown: text }));
    expect(inLines('title', words, 24)).toEqual(['  title       aaaa  bbbb', '              cccc']);
  });

  it('inRows aligns columns', () => {
    expect(
      inRows([
        ['a', 'bb', 'c'],
        ['aaa', 'b', 'cc'],
      ]),
    ).toEqual(['  a    bb  c', '  aaa  b   cc']);
  });
});
