import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { check } from './check.ts';
import { type ExplainedPart, explain } from './explain.ts';

const MESSAGES = new URL('../../fixtures/messages/', import.meta.url);
const read = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(name, MESSAGES)));
const octetsOf = (text: string): Uint8Array => new TextEncoder().encode(text);

function part(parts: readonly ExplainedPart[], name: string): ExplainedPart {
  const found = parts.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no part ${name} among ${parts.map((one) => one.name).join(', ')}`);
  return found;
}

describe('explain', () => {
  it('takes an INVITE apart to its innermost line', () => {
    const octets = read('large-invite-adhoc-list.sip');
    const { parts } = explain(octets, { profile: 'oma-im' });
    const names = parts.map(({ name, depth }) => `${depth} ${name}`);
    for (const name of [
      '0 Request-Line',
      '0 Accept-Contact',
      '0 multipart/mixed',
      '1 application/sdp',
      '2 a=sendonly',
      '1 application/resource-lists+xml',
    ]) {
      expect(names).toContain(name);
    }
    const line = part(parts, 'a=filesize');
    expect(new TextDecoder().decode(octets.subarray(...line.range))).toMatch(/^a=filesize:\d+$/);
    expect(line).toMatchObject({ serves: ['LM-E6'], means: 'octets that MSRP will carry, wrapper included' });
    expect(part(parts, 'Accept-Contact').serves).toEqual(['LM-G1']);
  });

  it('tells each duty that is served once, and each finding where it is', () => {
    for (const file of readdirSync(MESSAGES).filter((name) => name.endsWith('.sip'))) {
      const octets = read(file);
      const { report, parts } = explain(octets, { profile: 'oma-im' });
      expect(report).toEqual(check(octets, { profile: 'oma-im' }));
      expect(parts.flatMap(({ serves }) => serves).sort(), file).toEqual([...report.served].sort());
      expect(parts.flatMap(({ findings }) => findings).length, file).toBe(report.findings.length);
      for (const { range } of parts) {
        expect(range[0]).toBeLessThanOrEqual(range[1]);
        expect(range[1]).toBeLessThanOrEqual(octets.length);
      }
    }
  });

  it('puts a finding on the innermost part', () => {
    const text = new TextDecoder()
      .decode(read('large-invite-one-user.sip'))
      .replace('a=filesize:4092', 'a=filesize:0092');
    const { parts } = explain(octetsOf(text), { profile: 'oma-im' });
    expect(part(parts, 'a=filesize').findings.map(({ duty }) => duty)).toContain('LM-E5');
  });

  it.each([
    ['sdp', 'v=0\r\no=- 1 1 IN IP4 a\r\ns=-\r\nt=0 0\r\n', ['application/sdp', 'v', 'o', 's', 't']],
    [
      'msrp',
      'MSRP a786hjs2 200 OK\r\nTo-Path: msrp://a/b;tcp\r\nFrom-Path: msrp://c/d;tcp\r\n-------a786hjs2$\r\n',
      ['response', 'To-Path', 'From-Path'],
    ],
    [
      'cpim',
      'From: <a:b>\r\nno header\r\n\r\nContent-Type: text/plain\r\n\r\nhi',
      ['message/cpim', 'From', 'no header', 'Content-Type', 'text/plain'],
    ],
    ['sip', 'hello', ['sip']],
    ['msrp', 'MSRP x', ['msrp']],
    ['imdn', '<imdn/>', ['message/imdn+xml']],
  ])('%s: %j', (kind, text, names) => {
    const { report, parts } = explain(octetsOf(text), { profile: 'oma-im' });
    expect(report.kind.is).toBe(kind);
    expect(parts.map(({ name }) => name)).toEqual(names);
  });
});
