import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codecs, composers } from '../../codecs.ts';
import { headerCodecs } from '../../sip/headers/registry.ts';
import { INPUT, MESSAGE, memoryIo } from '../testing.ts';
import { LONGEST_LINE, readLines } from './lines.ts';
import { answerLine, serve } from './testee.ts';

type Json = Readonly<Record<string, unknown>>;

function ask(request: unknown): Json {
  return JSON.parse(answerLine(new TextEncoder().encode(JSON.stringify(request)))) as Json;
}

function base64(text: string): string {
  return Buffer.from(text, 'latin1').toString('base64');
}

function text(value: unknown): string {
  return Buffer.from(value as string, 'base64').toString('utf8');
}

const header = (name: string, more: Json): Json => ask({ id: 1, artefact: `header/${name}`, op: 'decode', ...more });
const message = (octets: string, more: Json = {}): Json =>
  ask({ id: 1, artefact: 'sip-message', op: 'decode', octets: base64(octets), ...more });

describe('list', () => {
  it('names every artefact with its operations', () => {
    const { artefacts, outcome } = ask({ id: 'a', op: 'list' }) as {
      artefacts: { name: string; operations: string[] }[];
      outcome: string;
    };
    expect(outcome).toBe('valid');
    const names = new Map(artefacts.map(({ name, operations }) => [name, operations]));
    expect(names.get('sip-message')).toEqual(['decode', 'encode', 'check']);
    expect(names.get('sip-uri')).toEqual(['decode', 'encode']);
    for (const { name } of headerCodecs) expect(names.get(`header/${name}`)).toEqual(['decode', 'encode']);
    expect(names.get('pager-message')).toEqual(['compose']);
    expect(names.size).toBe(Object.keys(codecs).length + Object.keys(composers).length);
  });
});

describe('octet artefacts', () => {
  const LISTS = '<resource-lists xmlns="urn:ietf:params:xml:ns:resource-lists"><list></list></resource-lists>';
  const decode = (artefact: string, more: Json): Json => ask({ id: 1, artefact, op: 'decode', ...more });

  it('decode gives value, canonical form, whether the octets come back, and how many were read', () => {
    const octets = 'From: A <im:a@b>\r\n\r\nContent-Type:text/plain\r\n\r\nHi';
    const answer = decode('cpim', { octets: base64(octets) });
    expect(answer).toMatchObject({
      outcome: 'valid',
      value: { headers: [{ name: 'From', value: 'A <im:a@b>' }], content: { body: { base64: base64('Hi') } } },
      identical: true,
      consumed: octets.length,
    });
    expect(text(answer.canonical)).toBe(octets.replace(':text', ': text'));
    expect(decode('resource-lists', { text: LISTS })).toMatchObject({ outcome: 'valid', identical: true });
    expect(text(decode('resource-lists', { text: LISTS }).canonical)).toContain('><list/></resource-lists>');
  });

  it('decode keeps a line that is no header in the canonical form', () => {
    const octets = 'From: <im:a@b>\r\nnonsense\r\n\r\nContent-Type: a/b\r\n\r\n';
    expect(text(decode('cpim', { text: octets }).canonical)).toBe(octets);
  });

  it('decode tells why it refuses, and what it tolerated', () => {
    expect(decode('iscomposing', { text: '<a/>' })).toMatchObject({ outcome: 'invalid', error: { code: 'syntax' } });
    const open = 'Content-Type: multipart/mixed;boundary=b\r\n\r\n--b\r\n\r\nx';
    expect(decode('multipart', { text: open })).toMatchObject({ outcome: 'invalid', error: { code: 'truncated' } });
    const lenient = decode('multipart', { text: open, tolerances: ['multipart-close'] });
    expect(lenient).toMatchObject({ outcome: 'valid', notes: [{ tolerance: 'multipart-close' }] });
  });

  it('encode writes what decode gave', () => {
    const type = 'Content-Type: message/external-body;access-type="URL";URL="http://h/"\r\n\r\n\r\n';
    const { value } = decode('external-body', { text: type });
    const encoded = ask({ id: 1, artefact: 'external-body', op: 'encode', value });
    expect(encoded).toMatchObject({ outcome: 'valid' });
    expect(text(encoded.octets)).toBe(type);
    expect(ask({ id: 1, artefact: 'cpim', op: 'encode', value: 5 })).toMatchObject({ outcome: 'unsupported' });
  });
});

describe('requests', () => {
  it.each([
    ['no JSON', 'garbage', null],
    ['nothing', '', null],
    ['no object', '[1]', null],
    ['null', 'null', null],
    ['no operation', '{"id":1}', 1],
    ['an unknown operation', '{"id":"x","artefact":"sip-uri","op":"dance"}', 'x'],
    ['an operation of another artefact', '{"id":2,"artefact":"sip-uri","op":"check"}', 2],
    ['an unknown artefact', '{"id":3,"artefact":"header/No-Such","op":"decode","text":""}', 3],
    ['a name of every object', '{"id":3,"artefact":"constructor","op":"decode","text":""}', 3],
    ['a name of every object', '{"id":3,"artefact":"__proto__","op":"compose","input":{}}', 3],
    ['an id that is none', '{"id":{},"op":"dance"}', null],
    ['no input', '{"id":4,"artefact":"sip-uri","op":"decode"}', 4],
    ['text of another type', '{"id":4,"artefact":"sip-uri","op":"decode","text":5}', 4],
    ['octets that are no base64', '{"id":4,"artefact":"sip-message","op":"decode","octets":"?"}', 4],
    ['text with a lone surrogate', '{"id":4,"artefact":"sip-message","op":"decode","text":"\\ud800"}', 4],
    ['an unknown framing', '{"id":4,"artefact":"sip-message","op":"decode","text":"","framing":"pigeon"}', 4],
    ['an unknown tolerance', '{"id":4,"artefact":"sip-message","op":"decode","text":"","tolerances":["x"]}', 4],
    ['tolerances of another type', '{"id":4,"artefact":"sip-message","op":"decode","text":"","tolerances":1}', 4],
    ['an unknown limit', '{"id":4,"artefact":"sip-message","op":"decode","text":"","limits":{"__proto__":1}}', 4],
    ['limits of another type', '{"id":4,"artefact":"sip-message","op":"decode","text":"","limits":[]  ,"limits":5}', 4],
    ['a limit that is no number', '{"id":4,"artefact":"sip-message","op":"decode","text":"","limits":{"head":-1}}', 4],
    ['an unknown profile', '{"id":4,"artefact":"sip-message","op":"check","text":"","profile":"x"}', 4],
    ['an unknown role', '{"id":4,"artefact":"sip-message","op":"check","text":"","role":"x"}', 4],
    ['no value', '{"id":5,"artefact":"sip-message","op":"encode"}', 5],
    ['a value of another type', '{"id":5,"artefact":"sip-message","op":"encode","value":5}', 5],
    [
      'a field without a name',
      '{"id":5,"artefact":"sip-message","op":"encode","value":{"method":"A","uri":"b:c","fields":[5]}}',
      5,
    ],
    [
      'a field without a value',
      '{"id":5,"artefact":"sip-message","op":"encode","value":{"method":"A","uri":"b:c","fields":[{"name":"X"}]}}',
      5,
    ],
    ['a URI of another type', '{"id":5,"artefact":"sip-uri","op":"encode","value":null}', 5],
    ['a list of another type', '{"id":5,"artefact":"header/Via","op":"encode","value":5}', 5],
    ['an input of another type', '{"id":5,"artefact":"pager-message","op":"compose","input":5}', 5],
    [
      'nested without end',
      `{"id":6,"artefact":"sip-uri","op":"encode","value":${'['.repeat(9000)}${']'.repeat(9000)}}`,
      6,
    ],
  ])('%s: unsupported, with a reason', (_, line, id) => {
    const { reason, ...rest } = JSON.parse(answerLine(new TextEncoder().encode(line))) as Json;
    expect(rest).toEqual({ id, outcome: 'unsupported' });
    expect(reason).toMatch(/\w{2}/);
  });

  it('what is no UTF-8, and a line that is too long', () => {
    expect(JSON.parse(answerLine(Uint8Array.of(0x22, 0xff, 0x22)))).toMatchObject({ id: null, outcome: 'unsupported' });
    expect(JSON.parse(answerLine(undefined))).toMatchObject({ id: null, outcome: 'unsupported' });
  });
});

describe('header values', () => {
  it('decode: value, canonical form, identical, consumed', () => {
    expect(header('Session-Expires', { text: '100 ;refresher=uac' })).toEqual({
      id: 1,
      outcome: 'valid',
      value: { seconds: 100, params: [{ name: 'refresher', value: 'uac' }] },
      canonical: base64('100;refresher=uac'),
      identical: false,
      consumed: 18,
    });
    expect(header('x', { text: '100;refresher=uac' })).toMatchObject({ outcome: 'valid', identical: true });
    expect(header('PRIVACY', { octets: base64('id') })).toMatchObject({ value: ['id'], consumed: 2 });
  });

  it('44: folds are undone before the codec sees them', () => {
    const { outcome, canonical } = header('Accept-Contact', { text: '*\r\n ;a' });
    expect([outcome, text(canonical)]).toEqual(['valid', '*;a']);
  });

  it('34: octets that are no UTF-8 are an encoding error', () => {
    expect(header('Subject', { octets: base64('ab\xc0\x80') })).toMatchObject({
      outcome: 'invalid',
      error: { code: 'encoding', offset: 2 },
    });
    expect(header('Subject', { text: 'ab\ud800' })).toMatchObject({
      outcome: 'invalid',
      error: { code: 'encoding', offset: 2 },
    });
  });

  it('43: tolerances are off, and noted when used', () => {
    const lax = { text: '+g.oma.sip-im' };
    expect(header('Accept-Contact', lax)).toMatchObject({
      outcome: 'invalid',
      error: { code: 'syntax', clause: 'RFC3841-9.2', offset: 0 },
    });
    const tolerated = header('Accept-Contact', { ...lax, tolerances: 'all' });
    expect(tolerated).toMatchObject({ outcome: 'valid', notes: [{ tolerance: 'accept-contact-star' }] });
    expect(header('Accept-Contact', { ...lax, tolerances: ['accept-contact-star'] })).toEqual(tolerated);
  });

  it('limits are those of the request', () => {
    const params = ';a=b'.repeat(5);
    expect(header('From', { text: `<sip:a@b.c>${params}` })).toMatchObject({ outcome: 'valid' });
    expect(header('From', { text: `<sip:a@b.c>${params}`, limits: { params: 4 } })).toMatchObject({
      outcome: 'invalid',
      error: { code: 'limit' },
    });
  });

  it('encode: octets, or what is wrong with the value', () => {
    const encode = (artefact: string, value: unknown): Json => ask({ id: 1, artefact, op: 'encode', value });
    expect(text(encode('header/Max-Forwards', 70).octets)).toBe('70');
    expect(text(encode('sip-uri', { scheme: 'tel', rest: 'x', number: '+1', params: [] }).octets)).toBe('tel:+1');
    expect(encode('header/Max-Forwards', 256)).toMatchObject({
      outcome: 'invalid',
      error: { code: 'syntax', rule: 'Max-Forwards', clause: 'RFC3261-20.22', offset: 0 },
    });
    expect(encode('header/Subject', 'a\r\nb')).toMatchObject({ outcome: 'invalid' });
  });

  it('what is decoded encodes to its canonical form', () => {
    const { value, canonical } = header('Via', { text: 'SIP / 2.0 / UDP [::1] : 5060 ; branch = "a b"' });
    const { octets } = ask({ id: 1, artefact: 'header/Via', op: 'encode', value });
    expect(octets).toBe(canonical);
  });
});

describe('messages', () => {
  it('decode: the start-line, every header in order, the body', () => {
    const answer = message(`${MESSAGE}tail`) as { headers: { name: string }[]; value: Json };
    expect(answer).toMatchObject({
      outcome: 'valid',
      identical: true,
      consumed: MESSAGE.length,
      value: { method: 'MESSAGE', uri: 'sip:bob@example.com', version: 'SIP/2.0', body: { base64: base64('hi') } },
    });
    expect(answer.headers.map(({ name }) => name)).toEqual(
      MESSAGE.split('\r\n')
        .slice(1, -2)
        .map((line) => line.split(':')[0]),
    );
    expect(answer.headers[1]).toEqual({ name: 'Max-Forwards', value: '70', typed: 70 });
    expect(answer.value.headers).toEqual(answer.headers);
    expect(message('SIP/2.0 200 \r\n\r\n')).toMatchObject({
      value: { status: 200, reason: '', version: 'SIP/2.0', fields: [] },
    });
  });

  it('the canonical form has long names and formatted values, and keeps what is refused', () => {
    const given = [
      'sip/2.0 200 OK ',
      'v:SIP/2.0/UDP  h.example ;branch=z9hG4bK1',
      'x-Any :  a\r\n  b',
      'CSeq: none',
      'X-Bad: a\rb',
      'X-Latin: \xe9',
      '<: ?',
      '',
      'body',
    ].join('\r\n');
    const canonical = Buffer.from(message(given).canonical as string, 'base64').toString('latin1');
    expect(canonical.split('\r\n')).toEqual([
      'SIP/2.0 200 OK',
      'Via: SIP/2.0/UDP h.example;branch=z9hG4bK1',
      'x-Any: a b',
      'CSeq: none',
      'X-Bad: a\rb',
      'X-Latin: \xe9',
      '<: ?',
      '',
      'body',
    ]);
    const uri = message(MESSAGE.replace('sip:bob@example.com SIP', 'SIP:bob@example.com SIP'));
    expect(text(uri.canonical).startsWith('MESSAGE sip:bob@example.com SIP/2.0\r\nVia: ')).toBe(true);
    expect(text(uri.canonical)).toContain('\r\nFrom: "Al" <sip:alice@example.com>;tag=1\r\n');
  });

  it('7: a header that is refused bears its error and costs nothing else', () => {
    const { outcome, headers } = message(MESSAGE.replace('CSeq: 1', 'CSeq: x')) as { outcome: string; headers: Json[] };
    expect(outcome).toBe('valid');
    expect(headers.filter(({ error }) => error !== undefined)).toMatchObject([
      { name: 'CSeq', value: 'x MESSAGE', error: { code: 'syntax', offset: 0 } },
    ]);
    const lines = message(MESSAGE.replace('CSeq: 1', 'CSeq 1')) as { headers: Json[] };
    expect(lines.headers[5]).toMatchObject({ name: '', error: { code: 'syntax', rule: 'message-header' } });
  });

  it('streams: incomplete, broken, and CRLFs before the start-line', () => {
    expect(message(MESSAGE.slice(0, -1), { framing: 'stream' })).toEqual({ id: 1, outcome: 'incomplete', needed: 1 });
    expect(message('MESSAGE', { framing: 'stream' })).toEqual({ id: 1, outcome: 'incomplete' });
    expect(message(MESSAGE.replace('Content-Length: 2\r\n', ''), { framing: 'stream' })).toMatchObject({
      outcome: 'invalid',
      error: { code: 'missing' },
    });
    expect(message(`\r\n\r\n${MESSAGE}more`, { framing: 'stream' })).toMatchObject({
      outcome: 'valid',
      consumed: MESSAGE.length + 4,
      identical: true,
    });
    expect(message(`\r\n${MESSAGE}`)).toMatchObject({ outcome: 'invalid', error: { code: 'start-line' } });
  });

  it('1: bare LF is refused, and tolerated by name', () => {
    const bare = MESSAGE.replaceAll('\r\n', '\n');
    expect(message(bare)).toMatchObject({ outcome: 'invalid', error: { code: 'bare-lf' } });
    const tolerated = message(bare, { tolerances: ['bare-lf'] }) as { notes: Json[] };
    expect(tolerated).toMatchObject({ outcome: 'valid', identical: true });
    expect(tolerated.notes.length).toBeGreaterThan(0);
  });

  it('encode takes what decode gives, typed values, and text', () => {
    const encode = (value: unknown): Json => ask({ id: 1, artefact: 'sip-message', op: 'encode', value });
    expect(text(encode(message(MESSAGE).value).octets)).toBe(MESSAGE.replace('f: ', 'f: '));
    const typed = { status: 200, headers: [{ name: 'Max-Forwards', typed: 7 }], body: 'é' };
    expect(text(encode(typed).octets)).toBe('SIP/2.0 200 \r\nMax-Forwards: 7\r\n\r\né');
    expect(encode({ status: 2000, reason: 'x' })).toMatchObject({ outcome: 'invalid', error: { rule: 'status' } });
    expect(encode({ method: 'A', uri: 'b:c', fields: [{ name: 'X', value: 'a\r\nb: c' }] })).toMatchObject({
      outcome: 'invalid',
      error: { code: 'syntax', rule: 'fields[0].value' },
    });
    expect(encode({ method: 'A', uri: 'b:c', body: '\ud800' })).toMatchObject({
      outcome: 'invalid',
      error: { rule: 'body' },
    });
  });

  it('check: findings, by profile', () => {
    const check = (octets: string, more: Json = {}): Json =>
      ask({ id: 1, artefact: 'sip-message', op: 'check', octets: base64(octets), ...more });
    expect(check(MESSAGE, { profile: 'sip' })).toEqual({ id: 1, outcome: 'valid', findings: [] });
    expect(check(MESSAGE, { profile: 'oma-im' })).toMatchObject({
      outcome: 'valid',
      served: ['PM-0', 'PM-1', 'PM-2', 'PM-4', 'SEL-1'],
    });
    const without = check(MESSAGE.replace('Call-ID', 'X-Call-ID'), { profile: 'sip' });
    expect(without).toEqual({
      id: 1,
      outcome: 'invalid',
      findings: [
        {
          severity: 'error',
          clause: 'RFC3261-8.1.1',
          range: [0, 35],
          field: 'Call-ID',
          message: 'missing: the message has no Call-ID',
        },
      ],
    });
    expect(check('hello')).toMatchObject({
      outcome: 'invalid',
      error: { code: 'truncated' },
      findings: [{ severity: 'error' }],
    });
    expect(check(MESSAGE.slice(0, -1), { framing: 'stream' })).toEqual({ id: 1, outcome: 'incomplete', needed: 1 });
    expect(check(MESSAGE.replace('branch=z9hG4bK1', 'x'), { role: 'originating' })).toMatchObject({
      outcome: 'invalid',
    });
  });
});

describe('composers', () => {
  const compose = (input: unknown): Json => ask({ id: 1, artefact: 'pager-message', op: 'compose', input });

  it('compose: octets and the duties served', () => {
    const { octets, ...rest } = compose(JSON.parse(INPUT));
    expect(rest).toEqual({ id: 1, outcome: 'valid', duties: ['PM-0', 'PM-1', 'PM-2', 'PM-7a', 'PM-7b', 'SEL-1'] });
    const composed = Buffer.from(octets as string, 'base64').toString('latin1');
    expect(composed.startsWith('MESSAGE sip:team@example.com;sessiontype=pre-defined SIP/2.0\r\n')).toBe(true);
    expect(composed.endsWith('\r\n\r\n\x00\xff\r')).toBe(true);
  });

  it.each(['one-user-short-text', 'session-that-is-no-im-session', 'anonymous-to-one-user'])('%s', (name) => {
    const input = JSON.parse(
      readFileSync(new URL(`../../../fixtures/inputs/${name}.json`, import.meta.url), 'utf8'),
    ) as unknown;
    const duty = {
      'one-user-short-text': 'PM-4',
      'session-that-is-no-im-session': 'PM-8',
      'anonymous-to-one-user': 'PM-3',
    }[name];
    expect(compose(input).duties).toContain(duty);
  });

  it('names the duty that an input would break', () => {
    const input = JSON.parse(INPUT) as Json;
    expect(compose({ ...input, release: 5 })).toMatchObject({
      outcome: 'invalid',
      error: { code: 'syntax', rule: 'release', duty: 'PM-2' },
    });
    expect(compose({ ...input, body: 'a\ud800' })).toMatchObject({ outcome: 'invalid', error: { rule: 'body' } });
    expect(compose({ ...input, reserve: -1 })).toMatchObject({ outcome: 'unsupported' });
  });
});

describe('every fixture', () => {
  const folder = new URL('../../../fixtures/messages/', import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.sip'));

  it.each(files)('%s: its canonical form decodes to the same values, and is its own canonical form', (file) => {
    const octets = readFileSync(new URL(file, folder)).toString('base64');
    const first = ask({ id: 1, artefact: 'sip-message', op: 'decode', octets });
    if (first.outcome !== 'valid') return expect(file).toContain('rfc3891-1-m3-as-published');
    const second = ask({ id: 1, artefact: 'sip-message', op: 'decode', octets: first.canonical });
    expect(second).toMatchObject({ outcome: 'valid', canonical: first.canonical, identical: true });
    const typed = (answer: Json): unknown => (answer.headers as Json[]).map((one) => one.typed);
    expect(typed(second)).toEqual(typed(first));
    return undefined;
  });
});

describe('the process lives on', () => {
  it('whatever comes, and never breaks', () => {
    const value = fc.jsonValue();
    const request = fc.record(
      {
        id: fc.oneof(fc.string(), fc.integer(), value),
        artefact: fc.oneof(
          fc.constantFrom('sip-message', 'sip-uri', 'header/Via', 'header/Date', 'pager-message'),
          value,
        ),
        op: fc.oneof(fc.constantFrom('decode', 'encode', 'check', 'compose', 'list'), value),
        octets: fc.oneof(fc.base64String(), value),
        text: fc.oneof(fc.string({ unit: 'binary' }), value),
        value,
        input: value,
        profile: fc.constantFrom('sip', 'oma-im'),
        framing: fc.constantFrom('stream', 'datagram'),
        tolerances: fc.constantFrom('all', []),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(request, (given) => {
        const { outcome, message: why } = ask(given);
        expect([outcome, why]).not.toContain('failure');
      }),
      { numRuns: 1500, seed: 1 },
    );
  });

  it('answers line by line, in order, however the lines are cut', async () => {
    const lines = ['{"id":1,"op":"list"}', 'garbage', '{"id":2,"artefact":"header/Privacy","op":"decode","text":"id"}'];
    const answers = lines.map((line) => answerLine(new TextEncoder().encode(line)));
    for (const end of ['', '\n']) {
      const { io, out } = memoryIo({ stdin: lines.join('\r\n') + end });
      await serve(io.stdin, io.stdout);
      expect(new TextDecoder().decode(out())).toBe(`${answers.join('\n')}\n`);
    }
  });

  it('takes lines of 1 MiB, and 100 000 lines, waiting for who reads', async () => {
    const long = JSON.stringify({
      id: 1,
      artefact: 'sip-message',
      op: 'decode',
      octets: base64(MESSAGE + 'x'.repeat(700_000)),
    });
    expect(long.length).toBeGreaterThan(900_000);
    const short = '{"id":2,"artefact":"header/Privacy","op":"decode","text":"id"}';
    let waiting = 0;
    let count = 0;
    const listeners: (() => void)[] = [];
    const output = {
      write: () => {
        count++;
        if (count % 1000 !== 0) return true;
        waiting++;
        setImmediate(() =>
          listeners.splice(0).forEach((listener) => {
            listener();
          }),
        );
        return false;
      },
      once: (_: string, listener: () => void) => listeners.push(listener),
      off: () => undefined,
    };
    async function* input(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(`${long}\n`);
      for (let i = 0; i < 100; i++) yield Buffer.from(`${short}\n`.repeat(1000));
    }
    await serve(input(), output);
    expect([count, waiting]).toEqual([100_001, 100]);
  });

  it('stops when nobody reads any more', async () => {
    const { io } = memoryIo({ stdin: '{}\n{}\n' });
    let written = 0;
    await serve(io.stdin, { destroyed: true, write: () => ++written > 0, once: () => undefined, off: () => undefined });
    expect(written).toBe(0);
  });
});

describe('readLines', () => {
  async function all(pieces: readonly string[], longest?: number): Promise<readonly (string | undefined)[]> {
    async function* input(): AsyncGenerator<Uint8Array> {
      for (const piece of pieces) yield Buffer.from(piece);
    }
    const lines: (string | undefined)[] = [];
    for await (const line of readLines(input(), longest))
      lines.push(line === undefined ? undefined : Buffer.from(line).toString());
    return lines;
  }

  it('cuts at LF and nowhere else', async () => {
    expect(await all(['a\nb', 'c\n', '\n', 'd\r\ne'])).toEqual(['a', 'bc', '', 'd\r', 'e']);
    expect(await all([])).toEqual([]);
  });

  it('skips a line that is too long, and keeps none of it', async () => {
    expect(await all(['a\n12345', '67\nb\n', '123456'], 5)).toEqual(['a', undefined, 'b', undefined]);
    expect(await all(['12345\n'], 5)).toEqual(['12345']);
    expect(LONGEST_LINE).toBeGreaterThan(1024 * 1024);
  });
});
