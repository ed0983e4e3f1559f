import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inputOctets } from '../vectors/load.ts';
import type { VectorFile } from '../vectors/model.ts';
import { check } from './check.ts';
import type { ArtefactKind } from './kind.ts';

const ROOT = new URL('../../fixtures/', import.meta.url);

function read(path: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(path, ROOT)));
}

function vectors(kind: ArtefactKind) {
  const file = JSON.parse(new TextDecoder().decode(read(`vectors/${kind}.json`))) as VectorFile;
  return file.groups.flatMap(({ tests }) => tests);
}

/** The errors as `field clause`, each once. */
function errors(octets: Uint8Array, kind?: ArtefactKind): readonly string[] {
  const { findings } = check(octets, { profile: 'sip', kind });
  return [
    ...new Set(
      findings.filter(({ severity }) => severity === 'error').map(({ field, clause }) => `${field} ${clause}`),
    ),
  ];
}

/**
 * Vectors that decode, because a codec refuses rarely, and break a rule all the same: what the check says about them.
 * Every other valid vector has no error.
 */
const BREAKING: Readonly<Record<string, string>> = {
  'sdp-5': 'RFC4566-5.7 RFC4975-8.2 RFC4975-8.6',
  'sdp-6': 'RFC4975-8.2 RFC4975-8.6',
  'sdp-9': 'RFC4566-5.14',
  'sdp-10': 'RFC4566-5.14',
  'sdp-11': 'RFC4566-5.14',
  'sdp-12': 'RFC4975-8.2',
  'sdp-13': 'RFC4975-8.6 RFC4975-9',
  'sdp-14': 'RFC4975-8.1 RFC4975-8.6',
  'sdp-15': 'RFC5547-6',
  'sdp-16': 'RFC5547-6',
  'sdp-17': 'RFC5547-6',
  'sdp-18': 'RFC5547-6',
  'sdp-19': 'RFC4566-6 RFC4566-9 RFC4975-8.6 RFC4975-9',
  'sdp-22': 'RFC4566-5 RFC4975-8.2 RFC4975-8.6',
  'sdp-23': 'RFC4566-5 RFC4975-8.2 RFC4975-8.6',
  'sdp-28': 'RFC4566-9',
  'sdp-31': 'RFC4566-5.1',
  'sdp-32': 'RFC4566-9',
  'sdp-33': 'RFC4566-5.9',
  'sdp-34': 'RFC4566-5.14',
  // A line with an empty name among the unknown headers.
  'msrp-22': 'RFC4975-9',
  // The octets behind the first end-line are no message.
  'msrp-26': 'RFC4975-9',
  'msrp-31': 'RFC4975-7.1.1',
  'msrp-32': 'RFC4975-7.1.1',
  'msrp-33': 'RFC4975-9',
  'msrp-34': 'RFC4975-7.1.1',
  // No Message-ID, besides what the vector is about.
  'msrp-35': 'RFC4975-7.1 RFC4975-9',
  'msrp-36': 'RFC4975-7.1 RFC4975-9',
  'msrp-37': 'RFC4975-9',
  'msrp-38': 'RFC4975-7.1',
  'msrp-39': 'RFC4975-7.1 RFC4975-9',
  'msrp-47': 'RFC4975-7.1',
  'msrp-48': 'RFC4975-9',
  'msrp-49': 'RFC4975-7.1 RFC4975-9',
  'msrp-50': 'RFC4975-7.1',
  'msrp-51': 'RFC4975-7.1',
  'msrp-52': 'RFC4975-7.1',
  'msrp-53': 'RFC4975-7.1',
  'msrp-54': 'RFC4975-9',
  'msrp-55': 'RFC4975-7.2',
  'cpim-19': 'RFC3862-2.4',
  ...Object.fromEntries(Array.from({ length: 23 }, (_, i) => [`cpim-${23 + i}`, 'RFC3862-3.6'])),
  'cpim-46': 'RFC3862-3.4',
  'resource-lists-23': 'RFC4826-3.2',
  'resource-lists-24': 'RFC5364-5',
};

describe.each(['sdp', 'msrp', 'cpim', 'imdn', 'resource-lists'] as const)('vectors of %s', (kind) => {
  const all = vectors(kind);

  it('has no false error on a valid one', () => {
    for (const { id, comment, input, result } of all) {
      if (result !== 'valid') continue;
      const clauses = [...new Set(errors(inputOctets(input), kind).map((error) => error.split(' ').at(-1)))].sort();
      expect(clauses.join(' '), `${id}: ${comment}`).toBe(BREAKING[id] ?? '');
    }
  });

  it('has an error for every invalid one', () => {
    for (const { id, comment, input, result } of all) {
      if (result !== 'valid') expect(errors(inputOctets(input), kind), `${id}: ${comment}`).not.toEqual([]);
    }
  });

  it('guesses what a valid one is', () => {
    for (const { id, comment, input, result } of all) {
      if (result !== 'valid') continue;
      expect(check(inputOctets(input), { profile: 'sip' }).kind, `${id}: ${comment}`).toEqual({
        is: kind,
        guessed: true,
      });
    }
  });
});

interface Described {
  readonly file: string;
  readonly decode: 'valid' | 'invalid' | 'tolerated';
}

/** Files whose description says that they are right, or breaks no rule; the others break the clause named. */
const SDP_BREAKING: Readonly<Record<string, string>> = {
  'accept-types-with-commas.sdp': 'RFC4975-8.6',
  'attributes-without-values.sdp': 'RFC4566-9 RFC4975-8.6 RFC4975-9',
  'filesize-30-digits.sdp': 'RFC5547-6',
  'filesize-leading-zeros.sdp': 'RFC5547-6',
  'filesize-negative.sdp': 'RFC5547-6',
  'filesize-zero.sdp': 'RFC5547-6',
  'latin-1.sdp': 'RFC4566-9',
  'no-path.sdp': 'RFC4975-8.2',
  'path-twice.sdp': 'RFC4566-6',
  'path-without-transport.sdp': 'RFC4975-9',
  'port-32-bits.sdp': 'RFC4566-5.14',
  'port-65536.sdp': 'RFC4566-5.14',
  'two-directions.sdp': 'RFC4566-6',
  'unknown-letter.sdp': 'RFC4566-5',
  'version-1.sdp': 'RFC4566-5.1',
};

describe('fixtures', () => {
  it('has no false error on a session description, and one for every other', () => {
    const verdicts = JSON.parse(new TextDecoder().decode(read('sdp/verdicts.json'))) as readonly Described[];
    for (const { file, decode } of verdicts) {
      const clauses = errors(read(`sdp/${file}`), 'sdp').map((error) => error.split(' ').at(-1));
      if (decode !== 'valid') expect(clauses, file).not.toEqual([]);
      else expect([...new Set(clauses)].sort().join(' '), file).toBe(SDP_BREAKING[file] ?? '');
    }
  });

  it('has no false error in what messages carry', () => {
    const files = readdirSync(new URL('messages/', ROOT)).filter((file) => file.endsWith('.sip'));
    expect(files.length).toBeGreaterThan(60);
    for (const file of files) {
      const { findings } = check(read(`messages/${file}`), { profile: 'oma-im' });
      const wrong = findings.filter(({ severity, field }) => severity === 'error' && field?.includes('/') === true);
      const own = wrong.filter(({ duty }) => duty === undefined);
      expect(own, file).toEqual([]);
    }
  });

  it.each([
    ['cpim-content-length-off-by-one', 'warning message/cpim RFC3862-2'],
    ['cpim-content-length-off-by-two', 'warning message/cpim RFC3862-2'],
    ['cpim-content-length-off-by-twenty', 'warning message/cpim RFC3862-2'],
    ['cpim-extra-blank-lines', 'error message/cpim RFC3862-2'],
    ['cpim-ns-after-use', 'error message/cpim RFC3862-3.4'],
    ['cpim-two-blanks', 'error message/cpim RFC3862-3.6'],
    ['imdn-namespace-confused', 'error message/imdn+xml RFC5438-11.1'],
    ['imdn-without-datetime', 'error message/imdn+xml RFC5438-11.1.2'],
    ['list-entry-without-scheme', 'warning application/resource-lists+xml RFC4826-3.1'],
    ['list-without-namespace', 'error application/resource-lists+xml RFC4826-3.2'],
    ['sdp-accept-types-blank', 'error application/sdp RFC4566-9'],
    ['sdp-filesize-negative', 'error application/sdp RFC5547-6'],
    ['sdp-filesize-zero', 'error application/sdp RFC5547-6'],
    ['sdp-maxsize', 'warning application/sdp RFC4975-8.6'],
    ['sdp-offer-sendrecv', 'error application/sdp OMA-IM-9.1.1.2'],
  ])('deviation %s: %s', (name, expected) => {
    const { findings } = check(read(`messages/deviations/${name}.sip`), {
      profile: 'oma-im',
      context: { largeMessage: true },
    });
    expect(findings.map(({ severity, field, clause }) => `${severity} ${field} ${clause}`)).toContain(expected);
  });
});
