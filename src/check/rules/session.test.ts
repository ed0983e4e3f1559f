import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../../core/result.ts';
import { type GroupDocument, readGroupDocument } from '../../xml/group-document.ts';
import { type CheckOptions, check } from '../check.ts';

const MESSAGES = new URL('../../../fixtures/messages/', import.meta.url);
const fixture = (name: string): string => readFileSync(new URL(`${name}.sip`, MESSAGES), 'utf8');

const ONE = fixture('large-invite-one-user');
const LIST = fixture('large-invite-adhoc-list');
const GROUP = fixture('large-invite-predefined-group');

type Change = (text: string) => string;
const drop =
  (name: string): Change =>
  (text) =>
    text.replace(new RegExp(`^${name}: .*\r\n`, 'm'), '');
const put =
  (name: string, value: string): Change =>
  (text) =>
    text.replace(new RegExp(`^${name}: .*\r\n`, 'm'), `${name}: ${value}\r\n`);

/** The findings about duties of large message mode, and the duties served, after a change of the text. */
function look(text: string, change: Change = (same) => same, options: Partial<CheckOptions> = {}) {
  const octets = new TextEncoder().encode(change(text));
  const { served, findings } = check(octets, { profile: 'oma-im', ...options });
  const of = findings.filter(({ duty }) => duty?.startsWith('LM-'));
  return {
    served: served.filter((duty) => duty.startsWith('LM-')),
    found: of.map(({ severity, duty, field }) => `${severity} ${field} ${duty}`),
    fixes: of.map(({ fix }) => fix),
  };
}

describe('the INVITE of a session', () => {
  it('LM-G0, LM-G1, LM-G2, LM-G3, LM-G4, LM-G6, LM-G7, LM-E2: one user', () => {
    const { served, found } = look(ONE);
    expect(found).toEqual([]);
    for (const duty of ['LM-G0', 'LM-G1', 'LM-G2', 'LM-G3', 'LM-G4', 'LM-G6', 'LM-G7', 'LM-E2']) {
      expect(served).toContain(duty);
    }
  });

  it('LM-E3a, LM-E3b, LM-E3c, LM-E3d: several', () => {
    const { served, found } = look(LIST);
    expect(found).toEqual([]);
    for (const duty of ['LM-E3a', 'LM-E3b', 'LM-E3c', 'LM-E3d']) expect(served).toContain(duty);
    expect(served).not.toContain('LM-E2');
  });

  it('LM-E4a, LM-E4b, LM-G5: a pre-defined group, without a name', () => {
    const { served, found } = look(GROUP);
    expect(found).toEqual([]);
    for (const duty of ['LM-E4a', 'LM-E4b', 'LM-G5']) expect(served).toContain(duty);
  });

  it.each<[duty: string, text: string, change: Change, finding: string, fix: string | undefined]>([
    ['LM-G0', ONE, drop('Contact'), 'error Contact LM-G0', undefined],
    ['LM-G0', ONE, put('From', '<sip:a@b.c>'), 'error From LM-G0', undefined],
    ['LM-G0', ONE, drop('Call-ID'), 'error Call-ID LM-G0', undefined],
    ['LM-G0', ONE, put('Contact', '*'), 'error Contact LM-G0', undefined],
    ['LM-G1', ONE, drop('Accept-Contact'), 'error Accept-Contact LM-G1', 'Accept-Contact: *;+g.oma.sip-im'],
    ['LM-G2', ONE, put('User-Agent', 'acme/1'), 'error User-Agent LM-G2', undefined],
    ['LM-G3', ONE, drop('Allow'), 'warning Allow LM-G3', 'Allow: INVITE, ACK, CANCEL, BYE'],
    [
      'LM-G3',
      ONE,
      put('Allow', 'INVITE, ACK, UPDATE'),
      'warning Allow LM-G3',
      'Allow: INVITE, ACK, CANCEL, BYE, UPDATE',
    ],
    ['LM-G4', ONE, put('Contact', '<sip:a@b.c>'), 'error Contact LM-G4', 'the Contact with ;+g.oma.sip-im'],
    ['LM-G5', GROUP, drop('Privacy'), 'error Privacy LM-G5', 'Privacy: id'],
    ['LM-G6', ONE, put('Supported', '100rel'), 'error Supported LM-G6', 'Supported: 100rel, timer'],
    ['LM-G6', ONE, drop('Supported'), 'error Supported LM-G6', 'Supported: timer'],
    ['LM-G7', ONE, drop('Session-Expires'), 'warning Session-Expires LM-G7', 'Session-Expires: 1800;refresher=uac'],
    ['LM-G7', ONE, put('Session-Expires', '90'), 'warning Session-Expires LM-G7', 'Session-Expires: 90;refresher=uac'],
    ['LM-E2', ONE, put('To', '<sip:carol@home1.example.net>'), 'unknown Request-URI LM-E2', undefined],
    ['LM-E3a', LIST, drop('Require'), 'error Require LM-E3a', 'Require: recipient-list-invite'],
    [
      'LM-E3a',
      LIST,
      (text) => text.replace('Content-Disposition: recipient-list', 'X-Content-Disposition: recipient-li'),
      'error message LM-E3a',
      'Content-Disposition: recipient-list',
    ],
    [
      'LM-E3b',
      LIST,
      (text) => text.replaceAll('sip:conf-factory@home1.example.net', 'sip:carol@home2.example.net'),
      'error Request-URI LM-E3b',
      undefined,
    ],
    [
      'LM-E3c',
      LIST,
      (text) => text.replace(';sessiontype=adhoc', ''),
      'warning Request-URI LM-E3c',
      'sip:conf-factory@home1.example.net;sessiontype=adhoc',
    ],
    [
      'LM-E3d',
      LIST,
      put('Content-Type', 'multipart/related;boundary="oma-b3"'),
      'error Content-Type LM-E3d',
      undefined,
    ],
    ['LM-E4a', GROUP, put('To', '<sip:carol@home1.example.net>'), 'unknown Request-URI LM-E4a', undefined],
  ])('%s: reports what breaks it (row %#)', (_, text, change, finding, fix) => {
    const { found, fixes } = look(text, change);
    expect(found).toContain(finding);
    if (fix !== undefined) expect(fixes).toContain(fix);
  });

  it('LM-E4b: reports a group without its sessiontype', () => {
    const bare = (text: string): string => text.replace(';sessiontype=pre-defined', '');
    const { found, fixes } = look(GROUP, bare, { context: { target: 'group' } });
    expect(found).toContain('warning Request-URI LM-E4b');
    expect(fixes).toContain('sip:team@groups.home1.example.net;sessiontype=pre-defined');
  });

  it('does not look at an INVITE inside a session', () => {
    const { served, found } = look(ONE, put('To', '<sip:bob@home1.example.net>;tag=2'));
    expect([served, found]).toEqual([[], []]);
  });
});

/** A group whose only rule does what `actions` say. */
function group(actions: string): GroupDocument {
  const rule = `<cp:rule id="a"><cp:conditions/><cp:actions>${actions}</cp:actions></cp:rule>`;
  const document = `<group xmlns="urn:oma:xml:poc:list-service" xmlns:cp="urn:ietf:params:xml:ns:common-policy">
    <list-service uri="sip:team@groups.home1.example.net"><cp:ruleset>${rule}</cp:ruleset></list-service></group>`;
  return unwrap(readGroupDocument(new TextEncoder().encode(document)));
}

describe('the offer of a large message', () => {
  it('LM-E5, LM-E5a, LM-E6: is there, one way, with its size', () => {
    for (const text of [ONE, LIST, GROUP]) {
      expect(look(text).served).toEqual(expect.arrayContaining(['LM-E5', 'LM-E5a', 'LM-E6']));
    }
    const selector = fixture('large-invite-file-selector');
    expect(look(selector).served).toEqual(expect.arrayContaining(['LM-E5', 'LM-E5a', 'LM-E6']));
  });

  it.each<[duty: string, change: Change, finding: string, fix?: string]>([
    ['LM-E5', put('Content-Type', 'text/plain'), 'error message LM-E5'],
    ['LM-E5', (text) => text.replace('v=0', 'w=0'), 'error application/sdp LM-E5'],
    ['LM-E5', (text) => text.replace('m=message', 'm=massage'), 'error application/sdp LM-E5'],
    ['LM-E5', (text) => text.replace('a=path:', 'a=paht:'), 'error application/sdp LM-E5'],
    ['LM-E5', (text) => text.replace('a=accept-types:', 'a=accept-typos:'), 'error application/sdp LM-E5'],
    ['LM-E5a', (text) => text.replace('a=sendonly', 'a=sendrecv'), 'error application/sdp LM-E5a', 'a=sendonly'],
    ['LM-E5a', (text) => text.replace('a=sendonly', 'a=recvonly'), 'error application/sdp LM-E5a', 'a=sendonly'],
    ['LM-E6', (text) => text.replace('a=filesize:', 'a=filesigh:'), 'error application/sdp LM-E6'],
    ['LM-E6', (text) => text.replace('a=filesize:4092', 'a=filesize:0092'), 'error application/sdp LM-E6'],
  ])('%s: reports what breaks it (row %#)', (_, change, finding, fix) => {
    const { found, fixes } = look(ONE, change);
    expect(found).toContain(finding);
    if (fix !== undefined) expect(fixes).toContain(fix);
  });

  it('LM-E5a, LM-E6: does not guess whether a session is that of a large message', () => {
    const chat: Change = (text) => text.replace('a=sendonly', 'a=sendrecv').replace('a=filesize', 'a=filesign');
    const both = ['application/sdp LM-E6', 'application/sdp LM-E5a'];
    expect(look(ONE, chat).found).toEqual(both.map((one) => `unknown ${one}`));
    expect(look(ONE, chat, { context: { largeMessage: true } }).found).toEqual(both.map((one) => `error ${one}`));
    expect(look(ONE, chat, { context: { largeMessage: false } }).found).toEqual([]);
  });
});

describe('a group and its rules', () => {
  const judged = (rule: string) => look(GROUP, undefined, { context: { group: group(rule) } });

  it('LM-N1: a group that allows it', () => {
    expect(judged('<allow-anonymity>true</allow-anonymity>').served).toContain('LM-N1');
  });

  it('LM-N1: reports a group that does not, and one that does not say', () => {
    expect(judged('<allow-anonymity>false</allow-anonymity>').found).toEqual(['warning Privacy LM-N1']);
    expect(judged('').found).toEqual(['unknown Privacy LM-N1']);
  });
});
