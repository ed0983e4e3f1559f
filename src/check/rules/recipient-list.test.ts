import { describe, expect, it } from 'vitest';
import { composePagerMessage } from '../../im/pager-message.ts';
import { withDialog } from '../../sip/dialog-headers.ts';
import { sipMessage } from '../../sip/message.ts';
import { check } from '../check.ts';

const FACTORY = 'sip:im-factory@home1.example';
const whole = new TextDecoder().decode(
  sipMessage.encode(
    withDialog(
      composePagerMessage({
        from: '<sip:alice@home1.example>',
        to: { list: ['sip:bob@home1.example', 'sip:carol@home2.example'], factory: FACTORY },
        release: 'IM-client/OMA1.0',
        body: 'Lunch?',
      }),
      { via: 'SIP/2.0/UDP h.example;branch=z9hG4bK1', from: '<sip:a@b.c>;tag=1', callId: 'x', cseq: 1 },
    ),
  ),
);

/** What the checker finds in the message after a change of its text; the body keeps its length. */
function findings(change: (text: string) => string): { readonly served: readonly string[]; readonly found: string[] } {
  const { served, findings: all } = check(new TextEncoder().encode(change(whole)), { profile: 'oma-im' });
  const found = all.filter(({ duty }) => duty?.startsWith('PM-5')).map((f) => `${f.severity} ${f.duty} ${f.message}`);
  return { served, found };
}

describe('a message to several', () => {
  it('PM-5a, PM-5b, PM-5c: is served by what the composer writes', () => {
    const { served, found } = findings((text) => text);
    expect(served).toEqual(expect.arrayContaining(['PM-5a', 'PM-5b', 'PM-5c']));
    expect(found).toEqual([]);
  });

  it.each<[duty: string, change: (text: string) => string, finding: string]>([
    [
      'PM-5a',
      (text) => text.replace(/Require: .*\r\n/, ''),
      'error PM-5a missing: Require has no recipient-list-message',
    ],
    [
      'PM-5a',
      (text) => text.replace('Content-Disposition: recipient-list', 'X-Content-Disposition: recipient-li'),
      'error PM-5a missing: the list has no Content-Disposition: recipient-list',
    ],
    ['PM-5a', (text) => text.replace('uri="sip:bob', 'url="sip:bob'), 'error PM-5a missing in entryType, expected uri'],
    [
      'PM-5a',
      (text) => text.replace('multipart/mixed', 'text/plain'),
      'error PM-5a missing in recipient-list, expected a list of the recipients',
    ],
    ['PM-5a', (text) => text.replace(/Content-Type: mult.*\r\n/, ''), 'error PM-5a missing: no body'],
    [
      'PM-5b',
      (text) => text.replace('MESSAGE sip:im-factory', 'MESSAGE sip:bob'),
      'error PM-5b the Request-URI is one of the recipients',
    ],
    [
      'PM-5b',
      (text) => text.replace('MESSAGE sip:im-factory', 'MESSAGE sip:other'),
      'unknown PM-5b whether the Request-URI is the conference factory cannot be told: To names another',
    ],
    ['PM-5c', (text) => text.replace(';sessiontype=adhoc', ''), 'warning PM-5c missing: sessiontype=adhoc'],
  ])('%s: reports a breach', (duty, change, finding) => {
    const { served, found } = findings(change);
    expect(found).toContain(finding);
    expect(served.includes(duty)).toBe(finding.includes('Require') || finding.includes('Disposition'));
  });

  it('PM-5c: a list makes it a message to several, whatever the Request-URI and Require say', () => {
    const bare = (text: string): string => text.replace(';sessiontype=adhoc', '').replace(/Require: .*\r\n/, '');
    expect(findings(bare).found).toEqual([
      'error PM-5a missing: Require has no recipient-list-message',
      'warning PM-5c missing: sessiontype=adhoc',
    ]);
  });
});
