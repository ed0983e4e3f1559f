import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type AnyCodec, codecs } from '../codecs.ts';
import { releaseVersion } from '../im/release-version.ts';
import { findClause } from '../spec/clauses.ts';
import { FIELD_ROWS, noteOf } from './field-rows.ts';
import { parseVectors } from './load.ts';
import { vectorJsonSchema } from './model.schema.ts';
import type { Vector, VectorFile } from './model.ts';
import { runVectors } from './run.ts';

const FIXTURES = new URL('../../fixtures/', import.meta.url);

const artefacts: Readonly<Record<string, AnyCodec>> = {
  ...(codecs as Readonly<Record<string, AnyCodec>>),
  'release-version': releaseVersion as AnyCodec,
};

const fileNames = readdirSync(new URL('vectors/', FIXTURES))
  .filter((name) => name.endsWith('.json'))
  .sort();

function read(name: string): VectorFile {
  const parsed = parseVectors(JSON.parse(readFileSync(new URL(`vectors/${name}`, FIXTURES), 'utf8')));
  if (!parsed.ok) throw new Error(`${name}: ${JSON.stringify(parsed.issues)}`);
  return parsed.file;
}

const files = new Map(fileNames.map((name) => [name, read(name)]));
const fileOf = (artefact: string): VectorFile | undefined => files.get(`${slug(artefact)}.json`);
const vectorsOf = (file: VectorFile): Vector[] => file.groups.flatMap(({ tests }) => tests);

function slug(artefact: string): string {
  return artefact.replaceAll('/', '-').toLowerCase();
}

describe('the schema of vector files', () => {
  it('is fixtures/schema/vectors.schema.json (vitest run src/vectors -u writes it)', async () => {
    const schema = `${JSON.stringify(vectorJsonSchema(), null, 2)}\n`;
    await expect(schema).toMatchFileSnapshot('../../fixtures/schema/vectors.schema.json');
  });
});

describe.each(Object.keys(artefacts))('the vectors of %s', (artefact) => {
  const codec = artefacts[artefact] as AnyCodec;
  const file = fileOf(artefact);

  it('exist: 20 valid ones and 20 invalid ones at the least', () => {
    const results = file === undefined ? [] : vectorsOf(file).map(({ result }) => result);
    expect(file?.artefact).toBe(artefact);
    expect(results.filter((result) => result === 'valid').length).toBeGreaterThanOrEqual(20);
    expect(results.filter((result) => result === 'invalid').length).toBeGreaterThanOrEqual(20);
  });

  it.runIf(file !== undefined)('all pass', () => {
    const { passed, failures } = runVectors(file as VectorFile, codec);
    expect(failures).toEqual([]);
    expect(passed).toBe(vectorsOf(file as VectorFile).length);
  });
});

describe('vector files', () => {
  it('are of artefacts that exist', () => {
    const known = new Set(Object.keys(artefacts).map((artefact) => `${slug(artefact)}.json`));
    expect(fileNames.filter((name) => !known.has(name))).toEqual([]);
  });

  it('give each vector an id of its own, that begins with the artefact', () => {
    const ids = new Set<string>();
    for (const [name, file] of files) {
      for (const { id } of vectorsOf(file)) {
        expect(id.replace(/-[0-9]+$/, '.json')).toBe(name);
        expect(ids.has(id), `${id} stands twice`).toBe(false);
        ids.add(id);
      }
    }
  });

  it('hold no input twice', () => {
    for (const file of files.values()) {
      const inputs = vectorsOf(file).map(({ input }) => JSON.stringify(input));
      expect(inputs.filter((input, i) => inputs.indexOf(input) !== i)).toEqual([]);
    }
  });

  it('cite clauses that are registered', () => {
    const clauses = [...files.values()].flatMap((file) => [
      ...Object.values(file.notes).map(({ clause }) => clause),
      ...vectorsOf(file).map(({ clause }) => clause),
    ]);
    expect(clauses.filter((clause) => clause !== undefined && findClause(clause) === undefined)).toEqual([]);
  });

  it('say of a row of the field what the row says', () => {
    for (const file of files.values()) {
      for (const [flag, note] of Object.entries(file.notes)) {
        const row = FIELD_ROWS.find(({ id }) => id === flag);
        if (row !== undefined) expect(note).toEqual(noteOf(row));
      }
    }
  });

  it('have no note that no vector bears', () => {
    for (const file of files.values()) {
      const borne = new Set(vectorsOf(file).flatMap(({ flags }) => flags));
      expect(Object.keys(file.notes).filter((flag) => !borne.has(flag))).toEqual([]);
    }
  });
});

describe('rows of the field', () => {
  it('have ids of their own', () => {
    expect(new Set(FIELD_ROWS.map(({ id }) => id)).size).toBe(FIELD_ROWS.length);
  });

  const required = FIELD_ROWS.flatMap(({ id, artefacts: about }) => about.map((artefact) => ({ id, artefact })));
  it.each(required.filter(({ artefact }) => Object.hasOwn(artefacts, artefact)))(
    '$id is cited by a vector of $artefact',
    ({ id, artefact }) => {
      const file = fileOf(artefact);
      expect(file === undefined ? [] : vectorsOf(file).filter(({ flags }) => flags.includes(id))).not.toEqual([]);
    },
  );
});
