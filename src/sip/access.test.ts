import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldCodec } from '../core/codec.ts';
import { EncodeError } from '../core/error.ts';
import { unwrap } from '../core/result.ts';
import { MOST, quickest } from '../testing/quickest.ts';
import {
  append,
  get,
  getAll,
  has,
  locate,
  malformedLines,
  readField,
  receivedOctets,
  remove,
  set,
  textField,
  withBody,
} from './access.ts';
import { contact } from './headers/contact.ts';
import { from } from './headers/name-addrs.ts';
import { contentLength, maxForwards } from './headers/numbers.ts';
import { subject } from './headers/text-fields.ts';
import { allow, supported } from './headers/token-lists.ts';
import { via } from './headers/via.ts';
import { type SipMessage, type SipRequest, sipMessage } from './message.ts';

const octetsOf = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
const textOf = (octets: Uint8Array) => Buffer.from(octets).toString('latin1');
const START = 'MESSAGE sip:a@b SIP/2.0\r\n';
const message = (...lines: string[]) => `${START}${lines.map((line) => `${line}\r\n`).join('')}\r\n`;
const read = (...lines: string[]) => unwrap(sipMessage.decode(octetsOf(message(...lines))));
const encoded = (value: SipMessage) => textOf(sipMessage.encode(value));
/** The same message as plain data. */
const composed = (value: SipMessage): SipRequest => ({
  method: 'MESSAGE',
  uri: 'sip:a@b',
  fields: value.fields.map(({ name, value: text }) => ({ name, value: text })),
  body: value.body,
});

describe('get', () => {
  const received = read(
    'v: SIP/2.0/UDP a',
    'X-Foo: 1',
    'Via: SIP/2.0/UDP b, SIP/2.0/UDP c',
    'x-foo: 2',
    'K: d',
    'VIA:SIP/2.0/UDP e',
    'X-FOO: 3',
    'supported:',
    'Max-Forwards: 70',
  );

  it.each([
    ['a received', received],
    ['a composed', composed(received)],
  ])('reads by long, compact and differently spelt names in %s message', (_kind, value) => {
    expect(unwrap(get(value, via) ?? expect.fail()).map(({ host }) => host)).toEqual(['a', 'b', 'c', 'e']);
    expect(get(value, supported)).toMatchObject({ ok: true, value: ['d'] });
    expect(get(value, maxForwards)).toMatchObject({ ok: true, value: 70 });
    for (const name of ['Via', 'v', 'V', 'via', 'VIA', 'vIA']) {
      expect(getAll(value, name).map((answer) => unwrap(answer))).toEqual([
        'SIP/2.0/UDP a',
        'SIP/2.0/UDP b, SIP/2.0/UDP c',
        'SIP/2.0/UDP e',
      ]);
    }
    for (const name of ['X-Foo', 'x-foo', 'X-FOO', 'x-fOO']) {
      expect(getAll(value, name).map((answer) => unwrap(answer))).toEqual(['1', '2', '3']);
      expect(get(value, name)).toMatchObject({ ok: false, error: { code: 'duplicate', field: 3 } });
    }
    for (const name of ['X-Fo', 'X-Bar', '\u212a', 'constructor', '__proto__', 'max_forwards']) {
      expect([get(value, name), getAll(value, name), has(value, name)]).toEqual([undefined, [], false]);
    }
    expect([has(value, 'supported'), has(value, 'k'), has(value, 'K'), has(value, 'max-forwards')]).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(getAll(value, supported)).toMatchObject([{ value: ['d'] }, { value: [] }]);
  });

  it('refuses a header that stands alone and occurs twice, and a list with one bad field', () => {
    const value = read(
      'From: <sip:a@b>;tag=1',
      'Via: SIP/2.0/UDP a',
      'f: <sip:a@b>;tag=1',
      'Via: x',
      'Via: SIP/2.0/UDP c',
    );
    expect(get(value, from)).toMatchObject({
      ok: false,
      error: { code: 'duplicate', rule: 'From', clause: 'RFC3261-7.3.1', offset: 0, field: 2 },
    });
    expect(get(value, via)).toMatchObject({ ok: false, error: { field: 3 } });
    expect(getAll(value, via).map(({ ok }) => ok)).toEqual([true, false, true]);
    expect(get(read('Via: x', 'Via: SIP/2.0/UDP a'), via)).toMatchObject({ ok: false, error: { field: 0 } });
  });

  it('carries options and notes', () => {
    const noting = fieldCodec<string>({
      name: 'X',
      rule: 'x',
      clause: 'RFC3261-7',
      scan: (s) => {
        if (s.tolerates('bare-lf')) s.note('bare-lf', 'RFC3261-7');
        s.pos = s.end;
        return 'v';
      },
      format: (text) => text,
    });
    const list = { ...noting, list: true } as unknown as typeof via;
    const value = read('X: a', 'x: b');
    expect(get(value, list, { tolerances: ['bare-lf'] })).toMatchObject({
      ok: true,
      notes: [{ offset: 0 }, { offset: 0 }],
    });
    expect(get(value, list)).toMatchObject({ ok: true, notes: [] });
    expect(get(read('Contact: <sip:a@b>;a;b'), contact, { limits: { params: 1 } })).toMatchObject({
      ok: false,
      error: { code: 'limit' },
    });
  });

  it('reads the same from octets in place and from text', () => {
    const values = fc.string({
      unit: fc.constantFrom(...'a1"<>@,;= \\\u0080\u00c3\u00a9\u00ff\0', '\r\n ', 'sip:a@b'),
    });
    fc.assert(
      fc.property(values, (raw) => {
        const value = read(`Contact: ${raw}`);
        const plain = composed(value);
        for (const codec of [contact, subject, textField('Contact')] as const) {
          const named = { ...codec, name: 'Contact' } as typeof subject;
          const [left, right] = [get(value, named), get(plain, named)];
          const utf8 = !value.fields[0]?.value.includes('\ufffd');
          if (utf8) expect(left).toEqual(right);
          else expect(left).toMatchObject({ ok: false, error: { code: 'encoding' } });
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('does not take an octet above 0x7f for a character', () => {
    expect(get(read('From: "\u0080" <sip:a@b>'), from)).toMatchObject({
      ok: false,
      error: { code: 'encoding', offset: 1 },
    });
    expect(get(read('Subject: \u0080'), subject)).toMatchObject({ ok: false, error: { code: 'encoding', offset: 0 } });
    expect(get(read('X: \u0080'), 'X')).toMatchObject({ ok: false, error: { code: 'encoding', offset: 0 } });
  });

  it('reads a field by any codec by its number', () => {
    expect(readField(read('X: 5'), 0, maxForwards)).toMatchObject({ ok: true, value: 5 });
    expect(readField(composed(read('X: 500')), 0, maxForwards)).toMatchObject({ ok: false, error: { field: 0 } });
  });
});

describe('textField', () => {
  it.each(['', 'a', 'a\tb', 'é\u{1f600}', '"'])('lets %j through', (text) => {
    expect(textField('X').parse(text)).toMatchObject({ ok: true, value: text });
    expect(textField('X').format(text)).toBe(text);
  });

  it.each(['\0', 'a\r', 'a\nb', '\u007f', '\ud800'])('refuses %j', (text) => {
    expect(textField('X').parse(text).ok).toBe(false);
    expect(() => textField('X').format(text)).toThrow(EncodeError);
  });
});

describe('set, append and remove', () => {
  const lines = [
    'v:SIP/2.0/UDP a',
    'X:  \u00ff\u00c0\u0080 ',
    'no colon',
    'Subject : a\r\n\t b',
    '\u00c3\u00a9: x',
    'Via: SIP/2.0/UDP b',
    'x-y:\r\n z',
  ];
  const value = read(...lines);

  it('keep every other field octet for octet', () => {
    expect(encoded(set(value, subject, 'new'))).toBe(message(...lines.with(3, 'Subject: new')));
    const hop = unwrap(via.parse('SIP/2.0/UDP c'));
    expect(encoded(set(value, via, hop))).toBe(message(...lines.with(0, 'Via: SIP/2.0/UDP c').toSpliced(5, 1)));
    expect(encoded(set(value, maxForwards, 1))).toBe(message(...lines, 'Max-Forwards: 1'));
    expect(encoded(append(value, subject, 'new'))).toBe(message(...lines.toSpliced(4, 0, 'Subject: new')));
    expect(encoded(append(value, maxForwards, 1))).toBe(message(...lines, 'Max-Forwards: 1'));
    expect(encoded(remove(value, via))).toBe(message(...lines.toSpliced(5, 1).toSpliced(0, 1)));
    expect(encoded(remove(value, 'S'))).toBe(message(...lines.toSpliced(3, 1)));
    expect(encoded(remove(value, 'X-Y'))).toBe(message(...lines.slice(0, -1)));
    expect(encoded(remove(value, 'X-Z'))).toBe(message(...lines));
    expect(encoded(withBody(value, octetsOf('\u00ff')))).toBe(`${message(...lines)}\u00ff`);
  });

  it('append a field behind the last of its name', () => {
    const hops = unwrap(via.parse('SIP/2.0/UDP c'));
    expect(encoded(append(value, via, hops))).toBe(message(...lines.toSpliced(6, 0, 'Via: SIP/2.0/UDP c')));
  });

  it('append a field between others of a composed message', () => {
    const hops = unwrap(via.parse('SIP/2.0/UDP c'));
    const fields = [
      { name: 'Via', value: 'SIP/2.0/UDP a' },
      { name: 'To', value: '<sip:b@c>' },
    ];
    const both = append({ ...composed(value), fields }, via, hops);
    expect(both.fields.map((field) => field.value)).toEqual(['SIP/2.0/UDP a', 'SIP/2.0/UDP c', '<sip:b@c>']);
  });

  it('leave the message they are given as it was', () => {
    set(value, subject, 'new');
    remove(value, via);
    expect(encoded(value)).toBe(message(...lines));
  });

  it('can be used one after the other, and measured', () => {
    const changed = append(set(remove(value, via), subject, 'é\u{1f600}'), textField('X-Z'), 'ß');
    expect(sipMessage.encodedLength(changed)).toBe(sipMessage.encode(changed).length);
    const again = unwrap(sipMessage.decode(sipMessage.encode(changed)));
    expect(get(again, subject)).toMatchObject({ ok: true, value: 'é\u{1f600}' });
    expect(get(again, 'x-z')).toMatchObject({ ok: true, value: 'ß' });
    expect(malformedLines(changed)).toEqual([]);
    expect(malformedLines(again).map(({ field }) => field)).toEqual([1, 3]);
  });

  it('keep start-line and body', () => {
    const response = unwrap(sipMessage.decode(octetsOf('sip/7.0 299 \u00c3\u00a9 x\r\nl: 3\r\n\r\nab\u00ff')));
    expect(encoded(set(response, contentLength, 3))).toBe(
      'sip/7.0 299 \u00c3\u00a9 x\r\nContent-Length: 3\r\n\r\nab\u00ff',
    );
    const plain: SipMessage = { status: 200, reason: 'OK', fields: [], body: new Uint8Array(0) };
    expect(encoded(set(plain, maxForwards, 1))).toBe('SIP/2.0 200 OK\r\nMax-Forwards: 1\r\n\r\n');
    expect(encoded(withBody(plain, octetsOf('x')))).toBe('SIP/2.0 200 OK\r\n\r\nx');
  });

  it('throw EncodeError on a value that the codec does not let through', () => {
    expect(() => set(value, subject, 'a\r\nX: y')).toThrow(EncodeError);
    expect(() => append(value, maxForwards, 256)).toThrow(EncodeError);
    expect(() => set(value, textField('X'), 'a\ud800')).toThrow(EncodeError);
  });

  it('keep the octets of a received field only', () => {
    expect(textOf(receivedOctets(value.fields[3] ?? expect.fail()) ?? expect.fail())).toBe('Subject : a\r\n\t b\r\n');
    expect(receivedOctets({ name: 'X', value: 'y' })).toBeUndefined();
  });

  it('hold for any field and any octets', () => {
    const line = fc
      .tuple(
        fc.constantFrom('X: ', 'Subject:', 's : ', 'Via: ', 'bad', ': ', 'x:'),
        fc.string({ unit: fc.constantFrom(...'ab ,\0\r\u00c3\u00a9\u00ff', '\r\n ') }),
      )
      .map(([name, text]) => name + text);
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), (all) => {
        const before = read(...all);
        const octets = before.fields.map((field) => textOf(receivedOctets(field) ?? expect.fail()));
        expect(octets.join('')).toBe(all.map((text) => `${text}\r\n`).join(''));
        const changed = set(before, subject, 'new');
        const others = before.fields.flatMap((field, i) => (/^s(ubject)?$/i.test(field.name) ? [] : [octets[i]]));
        const kept = changed.fields.flatMap((field) =>
          field.value === 'new' ? [] : [textOf(receivedOctets(field) ?? expect.fail())],
        );
        expect(kept).toEqual(others);
        expect(sipMessage.encodedLength(changed)).toBe(sipMessage.encode(changed).length);
        expect(get(unwrap(sipMessage.decode(sipMessage.encode(changed))), subject)).toMatchObject({
          ok: true,
          value: 'new',
        });
      }),
      { numRuns: 500 },
    );
  });
});

describe('locate', () => {
  /** The octet of an error of the first field, and what stands there. */
  function at(line: string, codec: typeof subject | typeof contact | typeof maxForwards = subject): string {
    const value = read('To: <sip:a@b>', line, 'X: y');
    const answer = readField(value, 1, codec as typeof subject);
    if (answer.ok) throw new Error('the field is good');
    const range = locate(value, answer.error);
    if (range === undefined) throw new Error('the error has no place');
    return textOf(sipMessage.encode(value).subarray(...range));
  }

  it.each([
    ['Subject: a\0b', '\0b'],
    ['Subject:   a\r\n  b\0c  ', '\0c'],
    ['Subject: a \r\n \r\n\t\0c', '\0c'],
    ['Subject: \r\n a\r\n b  c\0', '\0'],
    ['Subject: \u00c3\u00a9\u00e2\u0082\u00ac\u00f0\u009f\u0098\u0080\0x', '\0x'],
    ['Subject: \u00df\u0080\0x', '\0x'],
    ['Subject: \u00c2\u0080\u00e0\u00b8\u0081\u00f0\u0090\u0080\u0080\0x', '\0x'],
    ['Subject: \u00c3\u00a9\r\n \u00f0\u009f\u0098\u0080 \0x', '\0x'],
    ['Subject: \u00ef\u00bb\u00bfa\0', '\0'],
    ['Subject: a   b\t\0', '\0'],
    ['Subject: a\r', '\r'],
    ['Subject: a\r\r\n b', '\r\r\n b'],
    ['Subject: ab\u00ffc', '\u00ffc'],
    ['Subject: ab\r\n \u00ffc', '\u00ffc'],
  ])('finds the octet in %j', (line, rest) => {
    expect(at(line)).toBe(rest);
  });

  it('finds the end of a value that is cut short', () => {
    expect(at('Contact: <sip:a@b>;', contact)).toBe('');
    expect(at('Contact: <sip:a@b>;\r\n ', contact)).toBe('');
    expect(at('Max-Forwards:', maxForwards)).toBe('');
    expect(at('Max-Forwards: 70\r\n x', maxForwards)).toBe('\r\n x');
  });

  it('finds the character in a line that is no field', () => {
    for (const [line, rest] of [
      ['no colon', 'colon'],
      [': x', ': x'],
      ['\u00ffx', '\u00ffx'],
      ['X', ''],
      ['X\r\n : y', '\r\n : y'],
    ] as const) {
      const value = read('To: <sip:a@b>', line);
      const [error] = malformedLines(value);
      const range = locate(value, error ?? expect.fail()) ?? expect.fail();
      expect(textOf(sipMessage.encode(value).subarray(...range)).trimStart()).toBe(rest.trimStart());
    }
  });

  it('answers nothing where there are no octets, or no field', () => {
    const error = { code: 'syntax', rule: 'x', clause: 'RFC3261-7', offset: 0, field: 0 } as const;
    expect(locate(composed(read('X: y')), error)).toBeUndefined();
    expect(locate(read('X: y'), { ...error, field: 1 })).toBeUndefined();
    const { field: _, ...none } = error;
    expect(locate(read('X: y'), none)).toBeUndefined();
  });

  it('finds the character at every offset, always inside the value', () => {
    const values = fc.string({
      unit: fc.constantFrom('a', 'b', ' ', '\t', '\r\n ', ' \r\n\t', 'é', '€', '\u{1f600}', '\ufeff', '\0'),
      minLength: 1,
    });
    fc.assert(
      fc.property(values, (text) => {
        const value = unwrap(sipMessage.decode(new TextEncoder().encode(message(`X: ${text}`))));
        const octets = sipMessage.encode(value);
        const shown = value.fields[0]?.value ?? '';
        let last = 0;
        for (let offset = 0; offset <= shown.length; offset++) {
          if (/[\udc00-\udfff]/.test(shown[offset] ?? '')) continue;
          const error = { code: 'syntax', rule: 'x', clause: 'RFC3261-7', offset, field: 0 } as const;
          const [from, to] = locate(value, error) ?? expect.fail();
          expect(from).toBeLessThanOrEqual(to);
          expect(from).toBeGreaterThanOrEqual(last);
          expect(to).toBeLessThanOrEqual(octets.length);
          last = from;
          const rest = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets.subarray(from, to));
          const character = shown[offset];
          if (offset === shown.length) expect(rest).toBe('');
          else if (character !== ' ' && character !== '\t') expect(rest[0]).toBe(character);
          else expect(rest).toMatch(/^[ \t\r\n]/);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('takes linear time', () => {
    const limits = { head: 1e8, field: 1e8 };
    for (const unit of ['\r\n z', '\r\n ', ' ', ' \t', '\u00c3\u00a9']) {
      const text = message(`Subject: a${unit.repeat(100_000)}\0`);
      const value = unwrap(sipMessage.decode(octetsOf(text), { limits }));
      const answer = get(value, subject, { limits });
      if (answer === undefined || answer.ok) throw new Error('the field is good');
      const { error } = answer;
      expect(locate(value, error)?.[0]).toBe(text.indexOf('\0'));
      expect(quickest(() => locate(value, error), MOST)).toBeLessThan(MOST);
    }
  });
});

describe('malformedLines', () => {
  it('is empty for good heads and for composed messages', () => {
    expect(malformedLines(read('X: y', 'Y:'))).toEqual([]);
    expect(malformedLines(composed(read('bad')))).toEqual([]);
  });

  it('says what each lacks', () => {
    expect(malformedLines(read('bad', 'X: y', ': z', 'a b: c'))).toMatchObject([
      { offset: 3, expected: '":" behind the name', field: 0 },
      { offset: 0, expected: 'a header name', field: 2 },
      { offset: 1, expected: '":" behind the name', field: 3 },
    ]);
  });
});

describe('lists over several fields', () => {
  it('merge in order', () => {
    const value = read('Allow: A, B', 'X: y', 'Allow:', 'allow: C');
    expect(get(value, allow)).toMatchObject({ ok: true, value: ['A', 'B', 'C'] });
    expect(encoded(set(value, allow, ['D', 'E']))).toBe(message('Allow: D, E', 'X: y'));
  });
});
