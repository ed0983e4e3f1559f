import { describe, expect, test } from 'vitest';
import { toUtf8 } from '../core/octets.ts';
import { unwrap } from '../core/result.ts';
import { isSipUri, sipUri } from '../sip/uri.ts';
import { sameUri } from '../sip/uri-equality.ts';
import { type Recipient, recipients, type UriComparison } from './recipients.ts';
import { type ResourceLists, resourceLists } from './resource-lists.ts';

function lists(members: string): ResourceLists {
  const namespaces = 'xmlns="urn:ietf:params:xml:ns:resource-lists" xmlns:cp="urn:ietf:params:xml:ns:copycontrol"';
  return unwrap(resourceLists.decode(toUtf8(`<resource-lists ${namespaces}><list>${members}</list></resource-lists>`)));
}

const entry = (uri: string, ...attributes: string[]): string =>
  `<entry uri="${uri}" ${attributes.map((attribute) => `cp:${attribute}`).join(' ')}/>`;
const recipient = (uri: string, more: Partial<Recipient> = {}): Recipient => ({
  uri,
  copyControl: 'bcc',
  anonymize: false,
  count: 1,
  displayName: undefined,
  ...more,
});

const TO = 'copyControl="to"';
const CC = 'copyControl="cc"';
const BCC = 'copyControl="bcc"';
const ANONYMIZE = 'anonymize="true"';

/** As RFC 3261 19.1.4 has it: the host says which may be the same. */
const AS_SIP: UriComparison = {
  key: (uri) => {
    const read = sipUri.parse(uri);
    return read.ok && isSipUri(read.value) ? read.value.host.toLowerCase() : uri;
  },
  same: (a, b) => {
    const [left, right] = [sipUri.parse(a), sipUri.parse(b)];
    return left.ok && right.ok ? sameUri(left.value, right.value) : a === b;
  },
};

describe('PM-5a, LM-E3a: who receives', () => {
  test('no copyControl is bcc (RFC 5364 4)', () => {
    expect(recipients([lists(entry('a'))]).recipients).toEqual([recipient('a')]);
  });

  test('PM-5a, LM-E3a: every entry receives, nested lists too, in order', () => {
    const some = lists(`${entry('a', TO)}<list><list>${entry('b', CC)}</list>${entry('c')}</list>${entry('d')}`);
    expect(recipients([some]).recipients.map(({ uri }) => uri)).toEqual(['a', 'b', 'c', 'd']);
  });

  test('several list bodies are one list (RFC 5363 4.1)', () => {
    const found = recipients([lists(entry('a', CC) + entry('b', TO)), lists(entry('c') + entry('a', TO)), lists('')]);
    expect(found.recipients).toEqual([
      recipient('a', { copyControl: 'to' }),
      recipient('b', { copyControl: 'to' }),
      recipient('c'),
    ]);
  });

  test.each([
    [[BCC, TO], 'to'],
    [[TO, BCC], 'to'],
    [[CC, BCC, CC], 'cc'],
    [[CC, TO, BCC], 'to'],
    [[BCC, BCC], 'bcc'],
  ] as const)('the highest of %j', (controls, copyControl) => {
    const found = recipients([lists(controls.map((control) => entry('a', control)).join(''))]);
    expect(found.recipients).toEqual([recipient('a', { copyControl })]);
  });

  test('bcc beats anonymize', () => {
    expect(recipients([lists(entry('a', BCC, ANONYMIZE) + entry('b', ANONYMIZE))]).recipients).toEqual([
      recipient('a'),
      recipient('b'),
    ]);
    expect(recipients([lists(entry('a', TO, ANONYMIZE))]).recipients).toEqual([
      recipient('a', { copyControl: 'to', anonymize: true }),
    ]);
  });

  test('who asks once not to be named is not named', () => {
    expect(recipients([lists(entry('a', TO) + entry('a', CC, ANONYMIZE))]).recipients).toEqual([
      recipient('a', { copyControl: 'to', anonymize: true }),
    ]);
    expect(recipients([lists(entry('a', TO) + entry('a', BCC, ANONYMIZE))]).recipients).toEqual([
      recipient('a', { copyControl: 'to' }),
    ]);
  });

  test('the display name that is there', () => {
    const some = lists(`${entry('a')}<entry uri="a"><display-name>A</display-name></entry>`);
    expect(recipients([some]).recipients).toEqual([
      recipient('a', { displayName: { text: 'A', language: undefined } }),
    ]);
  });

  test('the anonymous ones of a history list are not one person (RFC 5364, figure 4)', () => {
    const uri = 'sip:anonymous@anonymous.invalid';
    const some = lists(entry(uri, TO, 'count="2"') + entry('sip:joe@example.org', CC) + entry(uri, CC, 'count="1"'));
    expect(recipients([some]).recipients).toEqual([
      recipient(uri, { copyControl: 'to', count: 2 }),
      recipient('sip:joe@example.org', { copyControl: 'cc' }),
      recipient(uri, { copyControl: 'cc' }),
    ]);
  });

  test('URIs are compared as text, or as the caller knows to', () => {
    const some = lists(
      entry('sip:a@EXAMPLE.com', CC) + entry('sip:%61@example.com', TO) + entry('sip:A@example.com', TO),
    );
    expect(recipients([some]).recipients).toHaveLength(3);
    expect(recipients([some], AS_SIP).recipients).toEqual([
      recipient('sip:a@EXAMPLE.com', { copyControl: 'to' }),
      recipient('sip:A@example.com', { copyControl: 'to' }),
    ]);
  });

  test('names of Object.prototype are URIs like any other', () => {
    const some = lists(entry('__proto__') + entry('constructor') + entry('__proto__', TO));
    expect(recipients([some]).recipients).toEqual([
      recipient('__proto__', { copyControl: 'to' }),
      recipient('constructor'),
    ]);
  });

  test('PM-5a, LM-E3a: reports what stands elsewhere and what could not be read', () => {
    const some = lists(
      `<entry-ref ref="r"/><external anchor="e"/>${entry('a', 'copyControl="all"')}<x:y xmlns:x="u"/>`,
    );
    expect(recipients([some])).toMatchObject({
      recipients: [],
      references: [{ ref: 'r' }, { anchor: 'e' }],
      malformed: [{ error: { rule: 'copyControl' } }],
    });
  });

  test('9 999 entries take no time to speak of', () => {
    const some = lists(Array.from({ length: 9_990 }, (_, i) => entry(`sip:${i % 5000}@example.com`)).join(''));
    const start = performance.now();
    expect(recipients([some]).recipients).toHaveLength(5000);
    expect(performance.now() - start).toBeLessThan(300);
  });
});
