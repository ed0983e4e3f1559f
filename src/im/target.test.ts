import { describe, expect, test } from 'vitest';
import { EncodeError } from '../core/error.ts';
import { sipUri } from '../sip/uri.ts';
import { hasSessionType, sessionType } from './session-type.ts';
import { identity, readTarget, TARGET_DUTY, target, targetKind } from './target.ts';

const text = (to: Parameters<typeof target>[0]): string => sipUri.format(target(to));

describe('Request-URI', () => {
  test('PM-4: one recipient is that user', () => {
    expect(text({ user: 'sip:bob@home1.example' })).toBe('sip:bob@home1.example');
    expect(text({ user: 'tel:+1-201-555-0123' })).toBe('tel:+1-201-555-0123');
  });

  test('PM-5b, PM-5c: several recipients are the conference factory with sessiontype=adhoc', () => {
    const to = { list: ['sip:bob@home1.example'], factory: 'sip:im-factory@home1.example' };
    expect(text(to)).toBe('sip:im-factory@home1.example;sessiontype=adhoc');
    expect(targetKind(to)).toBe('list');
  });

  test('PM-7a, PM-7b: a pre-defined group is its identity with sessiontype=pre-defined', () => {
    expect(text({ group: 'sip:team@home1.example' })).toBe('sip:team@home1.example;sessiontype=pre-defined');
  });

  test('PM-7b: replaces a sessiontype that the group URI had', () => {
    expect(text({ group: 'sip:team@h.example;SessionType=adhoc;x=1' })).toBe(
      'sip:team@h.example;x=1;sessiontype=pre-defined',
    );
  });

  test('PM-8: a session is its identity, with nothing added', () => {
    expect(text({ session: 'sip:conf1@focus.example;gr=9' })).toBe('sip:conf1@focus.example;gr=9');
  });

  test('takes URIs as read, too', () => {
    const uri = { scheme: 'sip', host: 'h.example', params: [], headers: [] } as const;
    expect(text({ user: uri })).toBe('sip:h.example');
  });

  test.each([
    ['PM-4', { user: 'bob' }, 'to.user'],
    ['PM-8', { session: '' }, 'to.session'],
    ['PM-7a', { group: 'tel:+12015550123' }, 'to.group'],
    ['PM-5b', { list: [], factory: 'urn:x:y' }, 'to.factory'],
  ] as const)('%s: refuses %j', (duty, to, path) => {
    expect(() => target(to)).toThrow(EncodeError);
    expect(() => target(to)).toThrow(expect.objectContaining({ duty, path }));
  });

  test('PM-4: refuses a typed URI that could not be written', () => {
    const uri = { scheme: 'sip', host: 'a b', params: [], headers: [] } as const;
    expect(() => target({ user: uri })).toThrow(expect.objectContaining({ clause: 'RFC3261-25.1' }));
  });
});

describe('reading a Request-URI', () => {
  const read = (uri: string): object => {
    const parsed = sipUri.parse(uri);
    if (!parsed.ok) throw new Error(uri);
    return Object.fromEntries(
      Object.entries(readTarget(parsed.value)).map(([key, value]) => [key, sipUri.format(value)]),
    );
  };
  test.each([
    ['sip:bob@h.example', { user: 'sip:bob@h.example' }],
    ['sip:team@h.example;sessiontype=pre-defined', { group: 'sip:team@h.example' }],
    ['sip:team@h.example;SESSIONTYPE=Pre-Defined;x', { group: 'sip:team@h.example;x' }],
    ['sip:f@h.example;sessiontype=adhoc', { factory: 'sip:f@h.example' }],
    ['sip:f@h.example;sessiontype=chat', { user: 'sip:f@h.example;sessiontype=chat' }],
    ['sip:f@h.example;sessiontype', { user: 'sip:f@h.example;sessiontype' }],
    ['tel:+12015550123', { user: 'tel:+12015550123' }],
  ])('%s', (uri, expected) => expect(read(uri)).toEqual(expected));

  test('PM-5c: any sessiontype is read as written', () => {
    const uri = sipUri.parse('sip:f@h.example;sessiontype=Chat');
    if (!uri.ok) throw new Error('uri');
    expect(sessionType(uri.value)).toBe('Chat');
    expect(hasSessionType(uri.value, 'adhoc')).toBe(false);
  });

  test('the identity is the Request-URI without sessiontype', () => {
    expect(sipUri.format(identity({ group: 'sip:team@h.example' }))).toBe('sip:team@h.example');
    expect(sipUri.format(identity({ user: 'tel:+12015550123' }))).toBe('tel:+12015550123');
  });
});

test('each kind of target names its duty', () => {
  expect(TARGET_DUTY[targetKind({ user: 'x' })]).toBe('PM-4');
  expect(TARGET_DUTY[targetKind({ group: 'x' })]).toBe('PM-7a');
  expect(TARGET_DUTY[targetKind({ session: 'x' })]).toBe('PM-8');
});
