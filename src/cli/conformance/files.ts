/*
 * The files of a conformance run: vectors, one file after the other, and the failures expected.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ParsedExpectations, parseExpectations } from '../../vectors/conformance-score.ts';
import { parseVectors } from '../../vectors/load.ts';
import type { VectorFile } from '../../vectors/model.ts';
import { WrongUse } from '../command.ts';
import { InputError } from '../io.ts';

/** The vectors that lie in the package. Throws WrongUse where there are none. */
export function ownVectors(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); folder !== dirname(folder); folder = dirname(folder)) {
    const found = join(folder, 'fixtures', 'vectors');
    if (existsSync(found)) return found;
  }
  throw new WrongUse('no vectors lie beside this program: name their folder with --vectors');
}

/** The names of the vector files of a folder, sorted. Throws InputError. */
export function vectorFiles(folder: string): readonly string[] {
  const names = guarded(folder, () => readdirSync(folder).filter((name) => name.endsWith('.json')));
  if (names.length === 0) throw new InputError(`${folder}: no vector file (*.json) lies here`);
  return names.sort().map((name) => join(folder, name));
}

/** Throws InputError on what is no vector file. */
export function readVectorFile(path: string): VectorFile {
  const parsed = parseVectors(guarded(path, () => JSON.parse(readFileSync(path, 'utf8'))));
  if (parsed.ok) return parsed.file;
  const [{ path: where, message } = { path: '', message: 'no vector file' }] = parsed.issues;
  throw new InputError(`${path}: ${where === '' ? basename(path) : where}: ${message}`);
}

/** Throws InputError. */
export function readExpectations(path: string): ReadonlySet<string> {
  const parsed: ParsedExpectations = parseExpectations(guarded(path, () => readFileSync(path, 'utf8')));
  if (parsed.ok) return parsed.ids;
  throw new InputError(`${path}:${parsed.line}: ${parsed.message}`);
}

function guarded<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new InputError(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
