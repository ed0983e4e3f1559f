import { describe, expect, it } from 'vitest';
import { unwrap } from '../core/result.ts';
import { type CallerPreferences, callerPreferences, matchCallerPreferences } from './caller-preferences.ts';
import { acceptContact, rejectContact } from './headers/accept-contact.ts';
import { contact } from './headers/contact.ts';
import { type SipRequest, sipMessage } from './message.ts';
import type { NameAddr } from './name-addr.ts';

const contactsOf = (...values: string[]) =>
  values.flatMap((value) => unwrap(contact.parse(value))) as readonly NameAddr[];
const userOf = ({ contact: { uri } }: { contact: NameAddr }) => ('host' in uri ? uri.user : undefined);

/** Accept-Contact values, and Reject-Contact values behind a "!". */
function request(...values: string[]): CallerPreferences {
  const accept = values.filter((value) => !value.startsWith('!'));
  const reject = values.filter((value) => value.startsWith('!')).map((value) => value.slice(1));
  return {
    method: 'MESSAGE',
    accept: accept.length === 0 ? undefined : accept.flatMap((value) => unwrap(acceptContact.parse(value))),
    reject: reject.length === 0 ? undefined : reject.flatMap((value) => unwrap(rejectContact.parse(value))),
  };
}

function decode(text: string): SipRequest {
  return unwrap(sipMessage.decode(new TextEncoder().encode(text))) as SipRequest;
}

const EXAMPLE = contactsOf(
  'sip:u1@h.example.com;audio;video;methods="INVITE,BYE";q=0.2',
  'sip:u2@h.example.com;audio="FALSE";methods="INVITE";actor="msg-taker";q=0.2',
  'sip:u3@h.example.com;audio;actor="msg-taker";methods="INVITE";video;q=0.3',
  'sip:u4@h.example.com;audio;methods="INVITE,OPTIONS";q=0.2',
  'sip:u5@h.example.com;q=0.5',
);

describe('the worked example of RFC 3841 7.2.5', () => {
  const invite = decode(
    [
      'INVITE sip:user@example.com SIP/2.0',
      'Reject-Contact: *;actor="msg-taker";video',
      'Accept-Contact: *;audio;require',
      'Accept-Contact: *;video;explicit',
      'Accept-Contact: *;methods="BYE";class="business";q=1.0',
      'Content-Length: 0',
      '',
      '',
    ].join('\r\n'),
  );
  const { ranked, dropped, implicit, setAside } = matchCallerPreferences(EXAMPLE, unwrap(callerPreferences(invite)));

  it('orders u5, u1 and u4', () => expect(ranked.map(userOf)).toEqual(['u5', 'u1', 'u4']));
  it('gives Qa 1, .83 and .5', () => {
    expect(ranked.map(({ qa }) => qa)).toEqual([1, (1 + 1 + 0.5) / 3, 0.5]);
    expect(ranked.map(({ q }) => q)).toEqual([0.5, 0.2, 0.2]);
  });
  it('gives the scores of each value', () => {
    expect(ranked.map(({ scores }) => scores)).toEqual([[], [1, 1, 0.5], [1, 0, undefined]]);
    expect(ranked.map(({ immune }) => immune)).toEqual([true, false, false]);
  });
  it('rejects u3 and drops u2', () => {
    expect(dropped.map((drop) => [userOf(drop), drop.reason, drop.by])).toEqual([
      ['u2', 'required', 0],
      ['u3', 'rejected', 0],
    ]);
  });
  it('has nothing implicit', () => expect([implicit, setAside]).toEqual([false, false]));
});

describe('explicit preferences', () => {
  const im = contactsOf(
    '<sip:im@h>;+g.oma.sip-im',
    '<sip:no@h>;+g.oma.sip-im="FALSE"',
    '<sip:other@h>;audio',
    '<sip:old@h>',
  );

  it('order by the share of the features that a contact names', () => {
    const { ranked, dropped } = matchCallerPreferences(im, request('*;+g.oma.sip-im'));
    expect(ranked.map((one) => [userOf(one), one.qa])).toEqual([
      ['im', 1],
      ['old', 1],
      ['no', 0],
      ['other', 0],
    ]);
    expect(ranked.map(({ scores }) => scores)).toEqual([[1], [], [undefined], [0]]);
    expect(dropped).toEqual([]);
  });
  it('with require drop who contradicts, not who is silent', () => {
    const { ranked, dropped } = matchCallerPreferences(im, request('*;+g.oma.sip-im;require'));
    expect(ranked.map(userOf)).toEqual(['im', 'old', 'other']);
    expect(dropped.map((drop) => [userOf(drop), drop.reason])).toEqual([['no', 'required']]);
  });
  it('with explicit and require drop who is silent, too, but no immune contact', () => {
    const { ranked, dropped } = matchCallerPreferences(im, request('*;+g.oma.sip-im;explicit;require'));
    expect(ranked.map(userOf)).toEqual(['im', 'old']);
    expect(dropped.map((drop) => [userOf(drop), drop.reason, drop.by])).toEqual([
      ['no', 'required', 0],
      ['other', 'explicit', 0],
    ]);
  });
  it('with explicit alone score nothing but all', () => {
    const contacts = contactsOf('<sip:half@h>;audio', '<sip:all@h>;audio;video');
    expect(
      matchCallerPreferences(contacts, request('*;audio;video;explicit')).ranked.map((one) => [userOf(one), one.qa]),
    ).toEqual([
      ['all', 1],
      ['half', 0],
    ]);
    expect(matchCallerPreferences(contacts, request('*;audio;video')).ranked.map(({ qa }) => qa)).toEqual([1, 0.5]);
  });
  it('let the callee come first', () => {
    const contacts = contactsOf(
      '<sip:a@h>;audio;q=0.1',
      '<sip:b@h>;q=0.2;video',
      '<sip:c@h>;video',
      '<sip:d@h>;video;q=bad',
    );
    expect(matchCallerPreferences(contacts, request('*;audio')).ranked.map((one) => [userOf(one), one.q])).toEqual([
      ['c', 1],
      ['d', 1],
      ['b', 0.2],
      ['a', 0.1],
    ]);
  });
  it('may leave nobody, and are not set aside then', () => {
    const contacts = contactsOf('<sip:a@h>;audio="FALSE"');
    expect(matchCallerPreferences(contacts, request('*;audio;require'))).toMatchObject({
      ranked: [],
      implicit: false,
      setAside: false,
    });
  });
  it('may be empty: everybody has all of no features', () => {
    expect(matchCallerPreferences(contactsOf('<sip:a@h>;audio'), request('*')).ranked).toMatchObject([
      { qa: 1, scores: [1] },
    ]);
  });
  it('compare numbers, strings and negations', () => {
    const contacts = contactsOf(
      '<sip:a@h>;+size="#=10";description="<PC>";language="en"',
      '<sip:b@h>;+size="#1:4";description="<pc>";language="de,fr"',
    );
    const left = (value: string) => matchCallerPreferences(contacts, request(`*;${value};require`)).ranked.map(userOf);
    expect(left('+size="#>=5"')).toEqual(['a']);
    expect(left('+size="#<=4.0"')).toEqual(['b']);
    expect(left('+size="!#>=5"')).toEqual(['b']);
    expect(left('description="<pc>"')).toEqual(['b']);
    expect(left('language="!EN"')).toEqual(['b']);
    expect(left('language="EN,De"')).toEqual(['a', 'b']);
  });
});

describe('Reject-Contact', () => {
  const contacts = contactsOf('<sip:a@h>;automata;video', '<sip:b@h>;video', '<sip:c@h>;automata="FALSE"', '<sip:d@h>');
  const left = (value: string) => matchCallerPreferences(contacts, request(value)).ranked.map(userOf);

  it('discards only who names the features', () => {
    expect(left('!*;automata')).toEqual(['d', 'b', 'c']);
    expect(left('!*;automata;video')).toEqual(['d', 'b', 'c']);
    expect(left('!*;automata="FALSE"')).toEqual(['d', 'a', 'b']);
    expect(left('!*;actor="principal"')).toEqual(['d', 'a', 'b', 'c']);
  });
  it('without features discards all that are not immune', () => expect(left('!*')).toEqual(['d']));
  it('with a value that cannot be read discards nobody', () =>
    expect(left('!*;video;automata=TRUE')).toEqual(['d', 'a', 'b', 'c']));
  it('alone leaves nothing to score by', () => {
    const { ranked } = matchCallerPreferences(contacts, request('!*;automata'));
    expect(ranked.map(({ qa, scores }) => [qa, scores])).toEqual([
      [1, []],
      [0, []],
      [0, []],
    ]);
  });
  it('says which of its values it was', () => {
    const { dropped } = matchCallerPreferences(contacts, request('!*;actor="principal", *;automata'));
    expect(dropped).toMatchObject([{ reason: 'rejected', by: 1 }]);
  });
});

describe('implicit preferences', () => {
  const contacts = contactsOf(
    '<sip:talk@h>;methods="INVITE,BYE"',
    '<sip:im@h>;methods="MESSAGE"',
    '<sip:any@h>;audio',
    '<sip:sub@h>;methods="SUBSCRIBE,MESSAGE";events="conference"',
  );
  it('want the method', () => {
    const { ranked, dropped, implicit } = matchCallerPreferences(contacts, { method: 'MESSAGE' });
    expect(ranked.map((one) => [userOf(one), one.qa])).toEqual([
      ['im', 1],
      ['sub', 1],
      ['any', 0],
    ]);
    expect(dropped.map((drop) => [userOf(drop), drop.reason])).toEqual([['talk', 'required']]);
    expect(implicit).toBe(true);
  });
  it('want the event package of a subscription', () => {
    const wanted = (type: string) =>
      matchCallerPreferences(contacts, { method: 'SUBSCRIBE', event: type }).ranked.map(userOf);
    expect(wanted('conference')).toEqual(['sub', 'any']);
    expect(wanted('presence')).toEqual(['any']);
  });
  it('are set aside where they would leave nobody', () => {
    const two = contactsOf('<sip:a@h>;methods="INVITE";q=0.1', '<sip:b@h>;methods="INVITE";q=0.7');
    const { ranked, dropped, setAside } = matchCallerPreferences(two, { method: 'MESSAGE' });
    expect(ranked.map(userOf)).toEqual(['b', 'a']);
    expect([dropped, setAside]).toEqual([[], true]);
    expect(matchCallerPreferences(two.slice(1), { method: 'MESSAGE' }).setAside).toBe(true);
  });
  it('are not set aside where an immune contact is left, or none was there', () => {
    const two = contactsOf('<sip:a@h>;methods="INVITE"', '<sip:b@h>');
    expect(matchCallerPreferences(two, { method: 'MESSAGE' })).toMatchObject({ setAside: false, dropped: [{ by: 0 }] });
    expect(matchCallerPreferences([], { method: 'MESSAGE' })).toEqual({
      ranked: [],
      dropped: [],
      implicit: true,
      setAside: false,
    });
  });
  it('are none where the request states one', () => {
    expect(matchCallerPreferences(contacts, request('!*;video')).ranked).toHaveLength(4);
  });
});

describe('callerPreferences', () => {
  const subscribe = (method: string, ...fields: string[]) =>
    callerPreferences(decode([`${method} sip:a@b SIP/2.0`, ...fields, 'Content-Length: 0', '', ''].join('\r\n')));

  it('reads all fields under all their names', () => {
    const read = unwrap(subscribe('MESSAGE', 'a: *;audio', 'Accept-Contact: *;video', 'j: *;text'));
    expect([read.accept?.length, read.reject?.length, read.event, read.method]).toEqual([2, 1, undefined, 'MESSAGE']);
  });
  it('takes the event of a SUBSCRIBE only', () => {
    expect(unwrap(subscribe('SUBSCRIBE', 'o: presence.winfo;id=1')).event).toBe('presence.winfo');
    expect(unwrap(subscribe('NOTIFY', 'Event: presence')).event).toBeUndefined();
  });
  it('tells none from an empty one', () => expect(unwrap(subscribe('MESSAGE')).accept).toBeUndefined());
  it.each([
    ['MESSAGE', 'Accept-Contact: ;audio'],
    ['MESSAGE', 'Reject-Contact: *;;'],
    ['SUBSCRIBE', 'Event: .'],
  ])('is refused with its header: %s with %s', (method, field) => expect(subscribe(method, field).ok).toBe(false));
});

describe('many contacts', () => {
  it('take time in proportion', () => {
    const params = Array.from({ length: 60 }, (_, i) => ({ name: `+t${i}`, value: `a${i},b,!c`, quoted: true }));
    const contacts = Array.from({ length: 1000 }, () => ({ params }));
    const wanted = { method: 'MESSAGE', accept: Array.from({ length: 10 }, () => ({ params })) };
    const start = performance.now();
    expect(matchCallerPreferences(contacts, wanted).ranked).toHaveLength(1000);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
