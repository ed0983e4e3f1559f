import { describe, expect, test } from 'vitest';
import type { ErrorCode } from '../core/error.ts';
import { toUtf8 } from '../core/octets.ts';
import { unwrap } from '../core/result.ts';
import { sameText } from '../core/text.ts';
import { anonymityAllowed, type GroupDocument, readGroupDocument } from './group-document.ts';

const NAMESPACES = 'xmlns="urn:oma:xml:poc:list-service" xmlns:cp="urn:ietf:params:xml:ns:common-policy"';

const group = (content: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><group ${NAMESPACES}><list-service uri="sip:friends@example.com">${content}</list-service></group>`;
const read = (content: string): GroupDocument => unwrap(readGroupDocument(toUtf8(group(content))));
const rule = (conditions: string, actions: string): string =>
  `<cp:rule id="r"><cp:conditions>${conditions}</cp:conditions><cp:actions>${actions}</cp:actions></cp:rule>`;
const rules = (...some: string[]): GroupDocument => read(`${LIST}<cp:ruleset>${some.join('')}</cp:ruleset>`);

const LIST = '<list><entry uri="sip:alice@example.com"/><entry uri="tel:+4912345"/></list>';
const ALLOW = '<allow-anonymity>true</allow-anonymity>';
const FORBID = '<allow-anonymity>false</allow-anonymity>';
const ALICE = 'sip:alice@example.com';
const BOB = 'sip:bob@example.com';

test('what is read', () => {
  const document = read(
    `<display-name xml:lang="en">Friends</display-name>
     <list><entry uri="sip:a@example.com"><display-name>A</display-name></entry><external anchor="http://x/y"/></list>
     <max-participant-count>10</max-participant-count>
     <cp:ruleset><cp:rule id="1"><cp:conditions><is-list-member>true</is-list-member></cp:conditions>
     <cp:actions><join-handling>true</join-handling></cp:actions></cp:rule></cp:ruleset>`,
  );
  expect(document).toMatchObject({
    services: [
      {
        uri: 'sip:friends@example.com',
        displayName: 'Friends',
        members: ['sip:a@example.com'],
        externals: ['http://x/y'],
        maxParticipantCount: 10,
        rules: [
          {
            id: '1',
            conditions: [{ kind: 'is-list-member', member: true }],
            allowAnonymity: undefined,
            actions: [{ name: { local: 'join-handling' } }],
          },
        ],
      },
    ],
  });
  expect(read('')).toEqual({
    services: [
      {
        uri: 'sip:friends@example.com',
        displayName: undefined,
        members: [],
        externals: [],
        maxParticipantCount: undefined,
        rules: [],
      },
    ],
  });
});

test.each<[string, ErrorCode, string, number]>([
  ['<groups xmlns="urn:oma:xml:poc:list-service"/>', 'syntax', 'groups', 0],
  ['<group xmlns="urn:x"/>', 'syntax', 'group', 0],
  ['<group/>', 'syntax', 'group', 0],
  [`<group ${NAMESPACES}><list-service/></group>`, 'missing', 'list-service', 92],
  [`<!DOCTYPE group><group ${NAMESPACES}/>`, 'unsupported', 'doctypedecl', 0],
  [`<group ${NAMESPACES}>`, 'truncated', 'element', 92],
])('%s is refused', (document, code, name, offset) => {
  expect(readGroupDocument(toUtf8(document))).toMatchObject({ ok: false, error: { code, rule: name, offset } });
});

describe('PM-N1, LM-N1: may a message to the group be anonymous', () => {
  const identity = (inside: string): string => `<cp:identity>${inside}</cp:identity>`;

  test.each<[string, boolean | undefined, GroupDocument]>([
    ['no rule', undefined, read('')],
    ['no rule about anonymity', undefined, rules(rule('', '<join-handling>true</join-handling>'))],
    ['a rule for everyone', true, rules(rule('', ALLOW))],
    ['a rule for everyone that forbids', false, rules(rule('', FORBID))],
    ['a rule without conditions', true, rules(`<cp:rule id="r"><cp:actions>${ALLOW}</cp:actions></cp:rule>`)],
    ['1 for true', true, rules(rule('', '<allow-anonymity> 1 </allow-anonymity>'))],
    ['an empty element', true, rules(rule('', '<allow-anonymity/>'))],
    ['no boolean', undefined, rules(rule('', '<allow-anonymity>maybe</allow-anonymity>'))],
    [
      'the same name in another namespace',
      undefined,
      rules(rule('', '<allow-anonymity xmlns="urn:x">true</allow-anonymity>')),
    ],
    ['one is named', true, rules(rule(identity(`<cp:one id="${ALICE}"/>`), ALLOW))],
    ['another is named', undefined, rules(rule(identity(`<cp:one id="${BOB}"/>`), ALLOW))],
    ['one of several is named', true, rules(rule(identity(`<cp:one id="${BOB}"/><cp:one id="${ALICE}"/>`), ALLOW))],
    ['nobody is named', undefined, rules(rule(identity(''), ALLOW))],
    ['one without an id', undefined, rules(rule(identity('<cp:one/>'), ALLOW))],
    ['many', true, rules(rule(identity('<cp:many/>'), ALLOW))],
    ['many of the domain', true, rules(rule(identity('<cp:many domain="EXAMPLE.com"/>'), ALLOW))],
    ['many of another domain', undefined, rules(rule(identity('<cp:many domain="ample.com"/>'), ALLOW))],
    ['many except one', undefined, rules(rule(identity(`<cp:many><cp:except id="${ALICE}"/></cp:many>`), ALLOW))],
    ['many except another', true, rules(rule(identity(`<cp:many><cp:except id="${BOB}"/></cp:many>`), ALLOW))],
    [
      'many except the domain',
      undefined,
      rules(rule(identity('<cp:many><cp:except domain="example.com"/></cp:many>'), ALLOW)),
    ],
    ['identities of another namespace', undefined, rules(rule(identity(`<one xmlns="urn:x" id="${ALICE}"/>`), ALLOW))],
    ['members', true, rules(rule('<is-list-member>true</is-list-member>', ALLOW))],
    ['members, as an empty element', true, rules(rule('<is-list-member/>', ALLOW))],
    ['those who are no members', undefined, rules(rule('<is-list-member>false</is-list-member>', ALLOW))],
    ['a condition that is no boolean', undefined, rules(rule('<is-list-member>?</is-list-member>', ALLOW))],
    ['a condition that is not known', undefined, rules(rule('<cp:sphere value="work"/>', ALLOW))],
    [
      'all conditions must hold',
      undefined,
      rules(rule(`<is-list-member/>${identity(`<cp:one id="${BOB}"/>`)}`, ALLOW)),
    ],
    [
      'what one grants no other takes back',
      true,
      rules(rule('', FORBID), rule('<is-list-member/>', ALLOW), rule('', FORBID)),
    ],
    [
      'what does not apply grants nothing',
      false,
      rules(rule('', FORBID), rule(identity(`<cp:one id="${BOB}"/>`), ALLOW)),
    ],
  ])('%s: %s', (_, allowed, document) => {
    expect(anonymityAllowed(document, ALICE)).toBe(allowed);
  });

  test('PM-N1, LM-N1: each identity is asked for by itself', () => {
    const members = rules(rule('<is-list-member/>', ALLOW), rule('<is-list-member>false</is-list-member>', FORBID));
    expect(anonymityAllowed(members, BOB)).toBe(false);
    expect(anonymityAllowed(members, 'tel:+4912345')).toBe(true);
    const domain = rules(rule('<cp:identity><cp:many domain="example.com"/></cp:identity>', ALLOW));
    expect(anonymityAllowed(domain, 'sip:a@example.com:5060;transport=tcp')).toBe(true);
    expect(anonymityAllowed(domain, 'tel:+49123')).toBeUndefined();
  });

  test('PM-N1, LM-N1: the rules of another group are not asked', () => {
    const service = (uri: string, action: string): string =>
      `<list-service uri="${uri}"><cp:ruleset>${rule('', action)}</cp:ruleset></list-service>`;
    const document = unwrap(
      readGroupDocument(toUtf8(`<group ${NAMESPACES}>${service('sip:a', ALLOW)}${service('sip:b', FORBID)}</group>`)),
    );
    expect(anonymityAllowed(document, ALICE, 'sip:a')).toBe(true);
    expect(anonymityAllowed(document, ALICE, 'sip:b')).toBe(false);
    expect(anonymityAllowed(document, ALICE, 'sip:c')).toBeUndefined();
    expect(anonymityAllowed(document, ALICE, 'SIP:A')).toBeUndefined();
    expect(anonymityAllowed(document, ALICE, 'SIP:A', sameText)).toBe(true);
  });
});
