import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ParseOptions } from '../core/options.ts';
import { unwrap } from '../core/result.ts';
import { LENIENT } from '../core/tolerance.ts';
import { agreement, grammar, recognise } from '../testing/abnf/index.ts';
import { same } from '../testing/laws.ts';
import { MOST, quickest } from '../testing/quickest.ts';
import { illFormedOctets } from './received.ts';
import { type SdpLine, type SdpSession, sdp } from './session.ts';

const octets = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const decode = (session: string, options?: ParseOptions) => sdp.decode(octets(session), options);
const plain = (session: SdpSession): SdpSession => JSON.parse(JSON.stringify(session));

const HEAD = 'v=0\r\no=- 1 1 IN IP4 a.example\r\ns=-\r\nt=0 0\r\n';
const MEDIUM = 'm=message 7654 TCP/MSRP *\r\n';
const line = (letter: string, value: string): SdpLine => ({ type: letter, value });
const LINES = [line('v', '0'), line('o', '- 1 1 IN IP4 a.example'), line('s', '-'), line('t', '0 0')];

describe('received sessions', () => {
  it('LM-E5: keep every line in its order, unknown ones too', () => {
    const session = `${HEAD}y=0100000001\r\na=b\r\na=a\r\n${MEDIUM}f=x\r\na=X-y: z \r\na=X-y\r\n${MEDIUM}`;
    const value = unwrap(decode(session));
    expect(value.lines).toEqual([...LINES, line('y', '0100000001'), line('a', 'b'), line('a', 'a')]);
    expect(value.media.map(({ lines }) => lines.length)).toEqual([4, 1]);
    expect(text(sdp.encode(value))).toBe(session);
    expect(text(sdp.encode(plain(value)))).toBe(session);
    expect(sdp.encodedLength(value)).toBe(session.length);
    expect(value.lines).toBe(value.lines);
    expect(value.media).toBe(value.media);
  });

  it('encode to octets of their own', () => {
    const received = Buffer.from(HEAD);
    const value = unwrap(sdp.decode(received));
    sdp.encode(value)[0] = 0;
    expect(received[0]).toBe(0x76);
  });

  it('keep a line that is no UTF-8, also in another session', () => {
    const session = Buffer.from(`${HEAD}a=\xff\xc0\x80\r\n${MEDIUM}a=\xed\xa0\x80\r\n`, 'latin1');
    const { lines, media } = unwrap(sdp.decode(session));
    expect(lines[4]?.value).toBe('\ufffd\ufffd\ufffd');
    expect(Buffer.from(illFormedOctets(lines[4] as SdpLine) ?? []).toString('latin1')).toBe('\xff\xc0\x80');
    const changed = { lines: [...lines, line('a', 'ä')], media };
    expect(text(sdp.encode(changed))).toBe(text(session).replace('\r\nm=', '\r\na=\xc3\xa4\r\nm='));
    expect(sdp.encodedLength(changed)).toBe(session.length + 6);
  });
});

describe('tolerances', () => {
  it.each([
    ['bare-lf', HEAD.replaceAll('\r', ''), [3, 28, 32, 38]],
    ['sdp-order', 'v=0\r\nt=0 0\r\ns=-\r\no=- 1 1 IN IP4 a.example\r\n', [12, 17]],
    ['sdp-last-line', HEAD.slice(0, -2), [HEAD.length - 2]],
  ] as const)('%s leaves a note where it is used', (tolerance, session, offsets) => {
    expect(decode(session)).toMatchObject({ ok: false });
    const read = decode(session, { tolerances: [tolerance] });
    expect(read).toMatchObject({ notes: offsets.map((offset) => ({ tolerance, offset })) });
    expect(text(sdp.encode(unwrap(read)))).toBe(session);
    expect(decode(HEAD, { tolerances: [tolerance] })).toMatchObject({ notes: [] });
  });

  it.each([
    [`${HEAD}${HEAD}`, 'duplicate'],
    ['s=-\r\n', 'missing'],
    [`${HEAD}c=IN\r\n`, 'truncated'],
    [`${HEAD}${MEDIUM.slice(0, 12)}`, 'truncated'],
    [`${HEAD}a=\0\r\n`, 'control'],
    [`${HEAD}\r\n`, 'syntax'],
  ])('none lets %j through', (session, code) => {
    expect(decode(session, { tolerances: LENIENT })).toMatchObject({ ok: false, error: { code } });
  });
});

const value = fc.oneof(
  fc.constantFrom('', '0', '-', '0 0', ' ', 'x:y=z', 'ä', '\u{1f600}', 'sendonly', '\t'),
  fc.string().map((any) => any.replace(/[\0\r\n]/g, '')),
);
const letters = (all: string): fc.Arbitrary<SdpLine[]> =>
  fc
    .subarray([...all], { minLength: 0 })
    .chain((some) => fc.tuple(...some.map((letter) => value.map((any) => line(letter, any)))));
const addresses = fc.array(fc.constantFrom('IN IP4 a.example', 'IN IP6 ::1', 'x y z'), { maxLength: 2 });
const medium = fc
  .tuple(fc.constantFrom('message 7654 TCP/MSRP *', 'audio 65536  x/y 0 8', 'ä b c d'), addresses, letters('bka'))
  .map(([first, hosts, rest]) => ({ lines: [line('m', first), ...hosts.map((host) => line('c', host)), ...rest] }));
const session = fc
  .tuple(value, letters('iuep'), letters('b'), fc.array(value, { minLength: 1, maxLength: 3 }), letters('zkay'))
  .chain(([name, middle, bandwidths, times, rest]) =>
    fc.array(medium, { maxLength: 3 }).map((media) => ({
      lines: [
        ...[line('v', '0'), line('o', name), line('s', name), ...middle, ...bandwidths],
        ...times.flatMap((time) => [line('t', time), line('r', time)]),
        ...rest,
      ],
      media,
    })),
  );

describe('laws', () => {
  it('what is written reads as the same', () => {
    fc.assert(
      fc.property(session, (given) => {
        const written = sdp.encode(given);
        expect(sdp.encodedLength(given)).toBe(written.length);
        const read = unwrap(sdp.decode(written));
        expect(same(plain(read), given)).toBe(true);
        expect(same(sdp.encode(plain(read)), written)).toBe(true);
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  it('decode never throws, points into the octets, and gives them back', () => {
    const pieces = fc.constantFrom(
      ...['v=0\r\n', 'o=x\r\n', 's=\r\n', 't=\r\n', 'r=1\r\n', 'c=IN IP4 a\r\n', 'm=a 1 b c\r\n', 'a=x\r\n', 'k=\r\n'],
      ...['\r\n', '\n', '\r', '\0', '=', 'a', ' ', 'y=\r\n', '\u00e4', HEAD, HEAD, HEAD],
    );
    const options = fc.constantFrom<ParseOptions | undefined>(undefined, { tolerances: LENIENT });
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 16 }), options, fc.boolean(), (all, options, latin1) => {
        const given = Buffer.from(all.join(''), latin1 ? 'latin1' : 'utf8');
        const read = sdp.decode(given, options);
        if (read.ok) {
          expect(text(sdp.encode(read.value))).toBe(text(given));
          expect(read.value.lines.length).toBeGreaterThanOrEqual(4);
          for (const { offset } of read.notes) expect(offset <= given.length).toBe(true);
        } else expect(read.error.offset >= 0 && read.error.offset <= given.length).toBe(true);
      }),
      { numRuns: 5000, seed: 2 },
    );
  });
});

/** A value of each letter that its rule takes. What a line says is for its own codec. */
const SOUND: Readonly<Record<string, string>> = {
  ...{ v: '0', o: '- 1 1 IN IP4 a.example', s: '-', i: 'x', u: 'http://a.example/', e: 'a@b.example', p: '+1 617' },
  ...{ c: 'IN IP4 a.example', b: 'AS:1', t: '0 0', r: '7d 1h 0', z: '2882844526 -1h', k: 'prompt', a: 'x' },
  m: 'message 1 TCP/MSRP *',
};

/** The session with values of which its grammar has nothing to say. */
function withSoundValues(session: string): string {
  const lines = session.split('\r\n').slice(0, -1);
  return lines.map((one) => `${one[0]}=${SOUND[one[0] as string] ?? one.slice(2)}\r\n`).join('');
}

describe('the grammar', () => {
  const sdpGrammar = grammar('RFC4566');
  const matches = (session: string): boolean =>
    recognise(sdpGrammar, 'session-description', session).outcome === 'match';

  it('RFC 4566 9 takes the same orders of lines; what it asks of their values is met by their codecs', () => {
    const held = agreement({
      grammar: sdpGrammar,
      rule: 'session-description',
      // What the session leaves to the codecs of its lines is no difference of the two.
      parse(session) {
        const { ok } = decode(session);
        return ok && !matches(session) ? !matches(withSoundValues(withoutUnknown(session))) : ok;
      },
      texts: [
        HEAD + MEDIUM,
        `${HEAD}k=prompt\r\na=x\r\n${MEDIUM}i=x\r\nc=IN IP4 a.example\r\nc=IN IP4 a.example\r\na=b:c\r\n`,
      ],
      sentences: 150,
      mutants: 400,
      seed: 4566,
    });
    expect(held.differences).toEqual([]);
    expect(held.valid).toBeGreaterThan(20);
  });

  /** Lines of unknown letters have no rule: they are kept, and are here left out. */
  function withoutUnknown(session: string): string {
    return session.replace(/^[^vosiuepcbtrzkam]=[^\r\n]*\r\n/gm, '');
  }

  it('RFC 4566 9 takes every session that is decoded once its values are sound, and no other order', () => {
    const order = fc.array(fc.constantFrom(...'vosiuepcbtrzkam'), { maxLength: 6 });
    const edits = fc.array(fc.tuple(fc.nat(24), fc.constantFrom(...'vosiuepcbtrzkam', '')), { maxLength: 3 });
    const base = fc.constantFrom('vost', 'vosiueeppcbbttrrzkaa', 'vostmicbkammcca', 'vosctma');
    fc.assert(
      fc.property(base, edits, order, (letters, changes, tail) => {
        const all = [...letters, ...tail];
        for (const [at, letter] of changes) all.splice(at % all.length, 1, letter);
        const session = withSoundValues(all.map((letter) => (letter === '' ? '' : `${letter}=\r\n`)).join(''));
        expect([session, decode(session).ok]).toEqual([session, matches(session)]);
      }),
      { numRuns: 1500, seed: 3 },
    );
  });
});

describe('encoding', () => {
  const media = [{ lines: [line('m', 'message 7654 TCP/MSRP *')] }];
  const withLine = (one: SdpLine): SdpSession => ({ lines: [...LINES, one], media });

  it.each([
    [withLine(line('a', 'x\r\na=y')), 'lines[4]'],
    [withLine(line('a', 'x\n')), 'lines[4]'],
    [withLine(line('a', '\0')), 'lines[4]'],
    [withLine(line('a', '\ud800')), 'lines[4]'],
    [withLine(line('a', 'ä\r\nb=y')), 'lines[4]'],
    [withLine(line('ab', 'x')), 'lines[4]'],
    [withLine(line('a=b', 'x')), 'lines[4]'],
    [withLine(line('', 'x')), 'lines[4]'],
    [withLine(line('1', 'x')), 'lines[4]'],
    [withLine(line('ä', 'x')), 'lines[4]'],
    [withLine(line('m', 'message 7654 TCP/MSRP *')), 'lines[4]'],
    [withLine({ type: 'a', value: 1 as unknown as string }), 'lines[4]'],
    [withLine(line('v', '0')), 'lines[4]'],
    [withLine(line('c', 'IN')), 'lines[4]'],
    [withLine(line('s', 'ä')), 'lines[4]'],
    [{ lines: LINES.slice(1), media: [] }, 'lines'],
    [{ lines: LINES.slice(0, 3), media }, 'lines'],
    [{ lines: LINES, media: [{ lines: [] }] }, 'media[0].lines'],
    [{ lines: LINES, media: [{ lines: [line('a', 'x')] }] }, 'media[0].lines[0]'],
    [{ lines: LINES, media: [{ lines: [...(media[0]?.lines ?? []), line('m', 'a 1 b c')] }] }, 'media[0].lines[1]'],
    [{ lines: LINES, media: [...media, { lines: [line('m', 'message')] }] }, 'media[1].lines[0]'],
  ])('throws on %j', (given, path) => {
    expect(() => sdp.encode(given)).toThrow(expect.objectContaining({ name: 'EncodeError', path }));
  });
});

describe('hostile input', () => {
  it.each([
    ['lines', `${HEAD}${'a=x\r\n'.repeat(100_000)}`],
    ['media', `${HEAD}${MEDIUM.repeat(100_000)}`],
    ['the octets of a line', `${HEAD}a=${'x'.repeat(1_000_000)}\r\n`],
    ['the octets of a session', `${HEAD}${`a=${'x'.repeat(1000)}\r\n`.repeat(5000)}`],
  ])('limits %s', (_, session) => {
    expect(decode(session)).toMatchObject({ ok: false, error: { code: 'limit' } });
  });

  it.each([
    ['attributes', `${HEAD}${'a=x:y\r\n'.repeat(100_000)}`],
    ['media', `${HEAD}${MEDIUM.repeat(100_000)}`],
    ['words', `${HEAD}m=${'x '.repeat(100_000)}y\r\n`],
    ['times', `v=0\r\no=x\r\ns=x\r\n${'t=0 0\r\nr=7d\r\n'.repeat(50_000)}`],
    ['lines out of order', `${HEAD}${'a=x\r\nb=y\r\n'.repeat(50_000)}`],
  ])('reads 100 000 %s in linear time once the limits are raised', (_, given) => {
    const limits = { fields: 1e6, parts: 1e6, field: 1e9, document: 1e9 };
    const message = octets(given);
    const run = () => {
      const { lines, media } = unwrap(sdp.decode(message, { limits, tolerances: ['sdp-order'] }));
      expect(lines.length + media.length).toBeGreaterThan(4);
    };
    expect(quickest(run, MOST)).toBeLessThan(MOST);
  });

  it('writes 100 000 lines in linear time', () => {
    const lines = [...LINES, ...Array.from({ length: 100_000 }, () => line('a', 'ä'))];
    const run = () => expect(sdp.encode({ lines, media: [] })).toHaveLength(HEAD.length + 600_000);
    expect(quickest(run, MOST)).toBeLessThan(MOST);
  });
});
