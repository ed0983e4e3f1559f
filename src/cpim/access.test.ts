import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../core/result.ts';
import { checkLaws, checkRefusesToFormat } from '../testing/laws.ts';
import {
  appendCpim,
  cpimErrors,
  getAllCpim,
  getCpim,
  locateCpim,
  qualifiedNames,
  unknownRequirements,
} from './access.ts';
import { cpimCc, cpimFrom, cpimTo } from './address.ts';
import { cpimDateTime } from './datetime.ts';
import { CPIM_NAMESPACE, cpimText } from './header.ts';
import { type CpimMessage, cpim } from './message.ts';
import { cpimNs, cpimRequire } from './namespaces.ts';
import { cpimSubject } from './subject.ts';

const IMDN = 'urn:ietf:params:imdn';
const messageId = cpimText(IMDN, 'Message-ID', 'imdn');
const content = { fields: [{ name: 'Content-Type', value: 'text/plain' }], body: new Uint8Array(0) };

/** Once received and once made, which must not differ. */
function messages(...lines: string[]): CpimMessage[] {
  const octets = new TextEncoder().encode(`${lines.join('\r\n')}\r\n\r\nContent-Type: text/plain\r\n\r\n`);
  const received = unwrap(cpim.decode(octets));
  const headers = received.headers.map(({ name, params, value }) => ({ name, params, value }));
  return [received, { headers, content }];
}

describe('NS and Require', () => {
  it.each([
    ['imdn <urn:ietf:params:imdn>', { prefix: 'imdn', uri: IMDN }],
    ['imdn<urn:ietf:params:imdn>', { prefix: 'imdn', uri: IMDN }],
    ['<http://id.acme.widgets/wily-headers/>', { uri: 'http://id.acme.widgets/wily-headers/' }],
  ])('NS: %s', (text, value) => {
    expect(unwrap(cpimNs.parse(text))).toEqual({ prefix: undefined, ...value });
  });

  it.each([
    '',
    'imdn',
    'imdn urn:x',
    'a.b <x:y>',
    'a  <x:y>',
    ' <x:y>',
    '<x:y> ',
    'a <y>',
    'a <x:y#z>',
    '\u00e4 <x:y>',
    '"a" <x:y>',
  ])('no NS: %j', (text) => {
    expect(cpimNs.parse(text).ok).toBe(false);
  });

  it.each([
    ['a', ['a']],
    ['a.b,c', ['a.b', 'c']],
  ])('Require: %s', (text, value) => {
    expect(unwrap(cpimRequire.parse(text))).toEqual(value);
  });

  it.each(['', 'a,', ',a', 'a, b', 'a b', 'a.b.c', '.a', 'a.', 'a;b'])('no Require: %j', (text) => {
    expect(cpimRequire.parse(text).ok).toBe(false);
  });

  it('obey the laws', () => {
    const name = fc.constantFrom('a', 'X-y', "!#$%&'*+-^_`|~");
    checkLaws(
      cpimNs,
      fc.record({ prefix: fc.option(name, { nil: undefined }), uri: fc.constantFrom('a:b', 'urn:x:y') }),
    );
    const dotted = fc.oneof(
      name,
      fc.tuple(name, name).map((both) => both.join('.')),
    );
    checkLaws(cpimRequire, fc.array(dotted, { minLength: 1, maxLength: 4 }));
  });

  it('do not write what is none', () => {
    expect(checkRefusesToFormat(cpimNs, { prefix: 'a.b', uri: 'x:y' }).path).toBe('prefix');
    expect(checkRefusesToFormat(cpimNs, { prefix: '', uri: 'x:y' }).path).toBe('prefix');
    expect(checkRefusesToFormat(cpimNs, { uri: 'x' }).path).toBe('uri');
    for (const value of [[], [''], ['a,b'], ['a b'], ['a\r\n']]) {
      expect(checkRefusesToFormat(cpimRequire, value).path).toBe('Require');
    }
  });
});

describe('getCpim', () => {
  it.each(
    messages(
      'From: <im:a@b>',
      'To: A B <im:c@d>',
      'cc: <im:e@f>',
      'To: <im:g@h>',
      'DateTime: 2024-01-01T00:00:00Z',
      'Subject: x',
      'Subject:;lang=fr y',
    ),
  )('gives one value, or all in order', (message) => {
    expect(getCpim(message, cpimFrom)).toMatchObject({ ok: true, value: { uri: 'im:a@b' } });
    expect(getCpim(message, cpimTo)).toMatchObject({
      ok: true,
      value: [{ name: 'A B', uri: 'im:c@d' }, { uri: 'im:g@h' }],
    });
    expect(getCpim(message, cpimCc)).toMatchObject({ ok: true, value: [{ uri: 'im:e@f' }] });
    expect(getCpim(message, cpimDateTime)).toMatchObject({ ok: true, value: { year: 2024 } });
    expect(getCpim(message, cpimSubject)).toMatchObject({
      value: [
        { lang: undefined, text: 'x' },
        { lang: 'fr', text: 'y' },
      ],
    });
    expect(getCpim(message, cpimRequire)).toBeUndefined();
  });

  it.each(messages('DateTime: 2024-01-01T00:00:00Z', 'From: <im:a@b>', 'DateTime: 2024-01-01T00:00:00Z'))(
    'refuses two DateTime (row 58)',
    (message) => {
      expect(getCpim(message, cpimDateTime)).toMatchObject({ ok: false, error: { code: 'duplicate', field: 2 } });
      expect(getAllCpim(message, cpimDateTime)).toMatchObject([{ ok: true }, { ok: true }]);
      expect(getCpim(message, cpimFrom)).toMatchObject({ ok: true });
    },
  );

  it.each(messages('To: <im:a@b>', 'To: nobody', 'To: <im:c@d>'))('one that is broken costs only itself', (message) => {
    expect(getCpim(message, cpimTo)).toMatchObject({ ok: false, error: { field: 1 } });
    expect(getAllCpim(message, cpimTo)).toMatchObject([{ ok: true }, { ok: false, error: { field: 1 } }, { ok: true }]);
  });

  it.each(messages('from: <im:a@b>', 'FROM: <im:a@b>', 'CC: <im:a@b>'))('names compare exactly', (message) => {
    expect(getCpim(message, cpimFrom)).toBeUndefined();
    expect(getCpim(message, cpimCc)).toBeUndefined();
  });

  it.each(messages('From:;x=y <im:a@b>'))('refuses parameters where the header has none', (message) => {
    expect(getCpim(message, cpimFrom)).toMatchObject({
      ok: false,
      error: { code: 'syntax', expected: 'no parameters' },
    });
  });

  it.each(messages('NS: imdn <urn:ietf:params:imdn>', 'imdn.Message-ID:;lang=en;x="a b" q', 'From: <im:a@b>'))(
    'a header without a grammar may have any parameters',
    (message) => {
      expect(getCpim(message, messageId)).toMatchObject({ ok: true, value: 'q' });
    },
  );

  it.each(messages('NS: imdn <urn:ietf:params:imdn>', 'imdn.Message-ID:;lang q'))(
    'that are none it may not have',
    (message) => {
      expect(getCpim(message, messageId)).toMatchObject({
        ok: false,
        error: { code: 'truncated', rule: 'Parameter', field: 1 },
      });
    },
  );

  it.each(messages('From: \u00c4nne <im:a@b>', 'Subject:;lang=de \u00c4'))('reads what is not ASCII', (message) => {
    expect(getCpim(message, cpimFrom)).toMatchObject({ value: { name: '\u00c4nne' } });
    expect(getCpim(message, cpimSubject)).toMatchObject({ value: [{ lang: 'de', text: '\u00c4' }] });
  });

  it('answers the error of a line that names the header and is none (row 58)', () => {
    const [message] = messages('To: <im:a@b>', 'From : <im:a@b>');
    expect(getCpim(message as CpimMessage, cpimFrom)).toMatchObject({
      ok: false,
      error: { code: 'syntax', field: 1, offset: 0 },
    });
  });
});

describe('namespaces', () => {
  it.each([
    ['its own prefix', 'NS: imdn <urn:ietf:params:imdn>', 'imdn.Message-ID: x'],
    ['any prefix', 'NS: q <urn:ietf:params:imdn>', 'q.Message-ID: x'],
    ['no prefix', 'NS: <urn:ietf:params:imdn>', 'Message-ID: x'],
    [
      'a prefix that was declared anew',
      'NS: a <x:y>',
      'a.Message-ID: no',
      'NS: a <urn:ietf:params:imdn>',
      'a.Message-ID: x',
    ],
    [
      'a prefix that means something else later',
      'NS: a <urn:ietf:params:imdn>',
      'a.Message-ID: x',
      'NS: a <x:y>',
      'a.Message-ID: no',
    ],
    [
      'two prefixes for one namespace',
      'NS: a <x:y>',
      'NS: b <urn:ietf:params:imdn>',
      'NS: a <urn:ietf:params:imdn>',
      'a.Message-ID: x',
    ],
    ['a prefix that JavaScript knows', 'NS: __proto__ <urn:ietf:params:imdn>', '__proto__.Message-ID: x'],
    [
      'NS under a prefix of its own',
      'NS: c <urn:ietf:params:cpim-headers:>',
      'NS: <x:y>',
      'c.NS: i <urn:ietf:params:imdn>',
      'i.Message-ID: x',
    ],
  ])('%s', (_, ...lines) => {
    for (const message of messages(...lines)) {
      expect(getCpim(message, messageId)).toMatchObject({ ok: true, value: 'x' });
      expect(cpimErrors(message)).toEqual([]);
    }
  });

  it.each([
    ['a prefix that is not declared', 'imdn.Message-ID: x'],
    ['a prefix that is declared later', 'imdn.Message-ID: x', 'NS: imdn <urn:ietf:params:imdn>'],
    ['a prefix in another case', 'NS: IMDN <urn:ietf:params:imdn>', 'imdn.Message-ID: x'],
    ['a prefix whose declaration is broken', 'NS: imdn urn:ietf:params:imdn', 'imdn.Message-ID: x'],
    ['a name of JavaScript as the prefix', 'constructor.Message-ID: x'],
  ])('%s is an error of that header', (_, ...lines) => {
    for (const message of messages('From: <im:a@b>', ...lines)) {
      expect(getCpim(message, messageId)).toBeUndefined();
      expect(cpimErrors(message).map(({ code }) => code)).toContain('missing');
      expect(getCpim(message, cpimFrom)).toMatchObject({ ok: true });
    }
  });

  it.each([
    ['the namespace of the XML document', 'NS: imdn <urn:ietf:params:xml:ns:imdn>', 'imdn.Message-ID: x'],
    ['the namespace in another case', 'NS: imdn <URN:ietf:params:imdn>', 'imdn.Message-ID: x'],
    ['no namespace', 'Message-ID: x'],
    ['the default namespace, once it has changed', 'NS: <x:y>', 'Message-ID: x'],
  ])('%s is another header', (_, ...lines) => {
    for (const message of messages(...lines)) {
      expect(getCpim(message, messageId)).toBeUndefined();
      expect(cpimErrors(message)).toEqual([]);
    }
  });

  it('a default namespace hides the headers of RFC 3862, NS itself among them', () => {
    for (const message of messages(
      'From: <im:a@b>',
      'NS: <x:y>',
      'From: <im:c@d>',
      'NS: a <urn:ietf:params:imdn>',
      'a.Message-ID: x',
    )) {
      expect(getCpim(message, cpimFrom)).toMatchObject({ ok: true, value: { uri: 'im:a@b' } });
      expect(getCpim(message, messageId)).toBeUndefined();
    }
  });

  it('tells what each name means', () => {
    for (const message of messages('From: <im:a@b>', 'NS: a <x:y>', 'a.B: c', 'z.B: c')) {
      expect(qualifiedNames(message)).toEqual([
        { namespace: CPIM_NAMESPACE, name: 'From' },
        { namespace: CPIM_NAMESPACE, name: 'NS' },
        { namespace: 'x:y', name: 'B' },
        { namespace: undefined, name: 'B' },
      ]);
    }
  });
});

describe('unknownRequirements', () => {
  it('reports what the caller does not list (RFC 3862 3.5)', () => {
    for (const message of messages(
      'NS: f <x:y>',
      'Require: f.Known,f.Vital',
      'Require: Subject,Strange',
      'Require: g.Late',
      'NS: g <x:z>',
    )) {
      expect(unknownRequirements(message, [{ namespace: 'x:y', name: 'Known' }])).toEqual([
        { namespace: 'x:y', name: 'Vital' },
        { namespace: CPIM_NAMESPACE, name: 'Strange' },
        { namespace: undefined, name: 'Late' },
      ]);
    }
  });

  it('has nothing to say where nothing is required, or the header is broken', () => {
    for (const message of messages('Required: a', 'Require: a b', 'From: <im:a@b>')) {
      expect(unknownRequirements(message, [])).toEqual([]);
      expect(getCpim(message, cpimRequire)).toMatchObject({ ok: false });
    }
  });
});

describe('cpimErrors', () => {
  it('gives the errors of NS headers', () => {
    for (const message of messages('NS: nothing', 'From: <im:a@b>')) {
      expect(cpimErrors(message)).toMatchObject([{ rule: 'URI', field: 0 }]);
    }
  });
});

describe('locateCpim', () => {
  it('gives the octets of an error', () => {
    const [message, made] = messages('To: <im:a@b>', 'From: \u00c4\u00c4 <x>') as [CpimMessage, CpimMessage];
    const read = getCpim(message, cpimFrom);
    if (read?.ok !== false) throw new Error('expected an error');
    expect(read.error.offset).toBe(5);
    expect(locateCpim(message, read.error)).toEqual([27, 28]);
    expect(locateCpim(made, read.error)).toBeUndefined();
    expect(locateCpim(message, { code: 'syntax', rule: 'x', clause: 'RFC3862-2', offset: 0 })).toBeUndefined();
  });
});

describe('appendCpim', () => {
  const EMPTY: CpimMessage = { headers: [], content };
  const names = (message: CpimMessage): string[] =>
    message.headers.map(({ name, params = '', value }) => `${name}:${params} ${value}`);

  it('writes a message header by header', () => {
    let message = appendCpim(EMPTY, cpimFrom, { uri: 'im:a@b' });
    message = appendCpim(message, cpimSubject, { lang: 'fr', text: 'x y' });
    message = appendCpim(message, cpimSubject, { text: 'z' });
    message = appendCpim(message, messageId, 'q1');
    message = appendCpim(message, messageId, 'q2');
    expect(names(message)).toEqual([
      ...['From: <im:a@b>', 'Subject:;lang=fr x y', 'Subject: z', 'NS: imdn <urn:ietf:params:imdn>'],
      ...['imdn.Message-ID: q1', 'imdn.Message-ID: q2'],
    ]);
    const again = unwrap(cpim.decode(cpim.encode(message)));
    expect(names(again)).toEqual(names(message));
    expect(cpimErrors(again)).toEqual([]);
  });

  it('uses the prefix that stands for the namespace, and no other', () => {
    for (const message of messages('NS: imdn <x:y>', 'NS: a <urn:ietf:params:imdn>')) {
      expect(names(appendCpim(message, messageId, 'q')).slice(2)).toEqual(['a.Message-ID: q']);
    }
    for (const message of messages('NS: imdn <x:y>')) {
      expect(names(appendCpim(message, messageId, 'q')).slice(1)).toEqual([
        'NS: imdn2 <urn:ietf:params:imdn>',
        'imdn2.Message-ID: q',
      ]);
    }
    for (const message of messages('NS: <urn:ietf:params:imdn>')) {
      expect(names(appendCpim(message, messageId, 'q')).slice(1)).toEqual(['Message-ID: q']);
      expect(() => appendCpim(message, cpimFrom, { uri: 'im:a@b' })).toThrow('no prefix');
    }
    for (const message of messages('NS: c <urn:ietf:params:cpim-headers:>', 'NS: <x:y>')) {
      expect(names(appendCpim(message, cpimFrom, { uri: 'im:a@b' })).slice(2)).toEqual(['c.From: <im:a@b>']);
      expect(names(appendCpim(message, messageId, 'q')).slice(2)).toEqual([
        'c.NS: imdn <urn:ietf:params:imdn>',
        'imdn.Message-ID: q',
      ]);
    }
  });

  it('throws on a value that the codec refuses', () => {
    expect(() => appendCpim(EMPTY, cpimFrom, { uri: 'nobody' })).toThrow(
      expect.objectContaining({ name: 'EncodeError', path: 'uri' }),
    );
  });
});
