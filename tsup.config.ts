import { rmSync } from 'node:fs';
import { defineConfig, type Options } from 'tsup';
import manifest from './package.json' with { type: 'json' };

/** A folder of src is a subpath of the package; index.ts and codecs.ts are the two files beside the folders. */
const FOLDERS = ['core', 'sip', 'mime', 'cpim', 'imdn', 'msrp', 'sdp', 'xml', 'im', 'check', 'testing', 'vectors'];
const FILES = ['index', 'codecs'];
/** Programs: modules of their own that share the library's chunks, neither typed nor importable. */
const PROGRAMS = ['cli/main', 'cli/start'];

const library = Object.fromEntries(
  [...FILES, ...FOLDERS.map((folder) => `${folder}/index`)].map((name) => [name, `src/${name}.ts`]),
);
const programs = Object.fromEntries(PROGRAMS.map((name) => [name, `src/${name}.ts`]));

const offered = Object.keys(manifest.exports).filter((key) => key !== './package.json');
const built = ['.', './codecs', ...FOLDERS.map((folder) => `./${folder}`)];
if ([...offered].sort().join() !== [...built].sort().join()) {
  throw new Error(`package.json offers ${offered.join(' ')} but tsup.config.ts builds ${built.join(' ')}`);
}

const common = {
  target: 'es2022',
  // Subpaths share one copy of what they have in common, so that EncodeError of one is EncodeError of all.
  splitting: true,
} satisfies Options;

const esm: Options = { ...common, format: 'esm', entry: { ...library, ...programs } };
const cjs: Options = { ...common, format: 'cjs', entry: library };
const types: Options = {
  ...common,
  format: ['esm', 'cjs'],
  entry: library,
  dts: { only: true, compilerOptions: { ignoreDeprecations: '6.0' } },
};

/** `tsup` makes the package anew; `tsup --no-dts` only the modules that the programs load, in a second. */
export default defineConfig((flags) => {
  if (flags.dts === false) return esm;
  rmSync('dist', { recursive: true, force: true });
  return [esm, cjs, types];
});
