/*
 * The walls of the house. A folder imports what lies below it; what a rule does not name is free.
 * Tests may use everything but the programs in src/cli.
 */
const TEST = '[.]test[.]ts$';
/** `^src/(a|b)/` */
const src = (...folders) => `^src/(${folders.join('|')})/`;
/** A package, as an import resolves to it, with its subpaths. */
const npm = (name) => `(^|/)node_modules/${name}(/|$)|^${name}(/|$)`;
const PROTOCOLS = ['sip', 'mime', 'cpim', 'imdn', 'msrp', 'sdp', 'xml'];
const ROOT = '^src/[^/]+[.]ts$';

/** What each protocol may import besides core and itself. */
const BELOW = { sip: ['mime'], cpim: ['mime'], imdn: ['cpim', 'mime', 'xml'], msrp: ['mime'], sdp: ['mime', 'msrp'] };

const protocolWalls = PROTOCOLS.map((folder) => ({
  name: `${folder}-imports-downward`,
  comment: `src/${folder} imports core${(BELOW[folder] ?? []).map((f) => `, ${f}`).join('')} and nothing else of src.`,
  severity: 'error',
  from: { path: src(folder), pathNot: TEST },
  to: { path: '^src/', pathNot: src('core', folder, ...(BELOW[folder] ?? [])) },
}));

const onlyFrom = (name, place, comment) => ({
  name: `${name}-in-its-place`,
  comment,
  severity: 'error',
  from: { path: '^src/', pathNot: `${TEST}|${place}` },
  to: { path: npm(name) },
});

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Modules that load each other are one module in several files; a cycle of types alone loads nothing.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unresolved',
      comment: 'An import that leads nowhere would slip through every other wall.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'core-imports-nothing',
      comment: 'core imports nothing outside core: no folder, no package.',
      severity: 'error',
      from: { path: src('core'), pathNot: TEST },
      to: { pathNot: src('core') },
    },
    ...protocolWalls,
    {
      name: 'protocol-tests',
      comment: 'Tests of core and the protocols may use testing and vectors, never what lies above.',
      severity: 'error',
      from: { path: `${src('core', ...PROTOCOLS)}.*${TEST}` },
      to: { path: `${src('im', 'check', 'cli')}|${ROOT}` },
    },
    {
      name: 'im-imports-protocols',
      comment: 'im imports the protocols and core.',
      severity: 'error',
      from: { path: src('im'), pathNot: TEST },
      to: { path: '^src/', pathNot: src('im', 'core', ...PROTOCOLS) },
    },
    {
      name: 'spec-imports-core',
      comment: 'The registry of duties is data.',
      severity: 'error',
      from: { path: src('spec'), pathNot: TEST },
      to: { path: '^src/', pathNot: src('spec', 'core') },
    },
    {
      name: 'check-imports',
      comment: 'check imports im, the protocols, core and spec.',
      severity: 'error',
      from: { path: src('check'), pathNot: TEST },
      to: { path: '^src/', pathNot: src('check', 'spec', 'im', 'core', ...PROTOCOLS) },
    },
    {
      name: 'the-paved-path-is-below-the-tools',
      comment: 'index.ts and codecs.ts are what applications load: no testing, no vectors, no programs.',
      severity: 'error',
      from: { path: ROOT, pathNot: TEST },
      to: { path: src('testing', 'vectors', 'cli') },
    },
    {
      name: 'nothing-imports-cli',
      comment: 'Programs are ends.',
      severity: 'error',
      from: { path: '^src/', pathNot: src('cli') },
      to: { path: src('cli') },
    },
    {
      name: 'tests-are-not-imported',
      comment: 'What a test shares lives in src/testing.',
      severity: 'error',
      from: {},
      to: { path: TEST },
    },
    {
      name: 'zod-in-its-place',
      comment: 'zod is for schemas of inputs and for vector files; im may name its types.',
      severity: 'error',
      from: { path: '^src/', pathNot: `${TEST}|[.]schema[.]ts$|${src('vectors', 'im')}` },
      to: { path: npm('zod') },
    },
    {
      name: 'zod-types-only-in-im',
      comment: 'Outside its schemas, im knows zod by type only.',
      severity: 'error',
      from: { path: src('im'), pathNot: `${TEST}|[.]schema[.]ts$` },
      to: { path: npm('zod'), dependencyTypesNot: ['type-only'] },
    },
    onlyFrom('fast-xml-parser', '^src/xml/reader[.]ts$', 'fast-xml-parser lives behind its guard.'),
    onlyFrom('sdp-transform', '^src/sdp/view[.]ts$', 'sdp-transform is a view, not the model.'),
    onlyFrom('fast-check', src('testing'), 'fast-check is an optional peer: only ./testing needs it.'),
    {
      name: 'no-other-packages',
      comment: 'Four packages and no more; development tools stay in tests.',
      severity: 'error',
      from: { path: '^src/', pathNot: TEST },
      to: {
        couldNotResolve: false,
        dependencyTypesNot: ['local', 'core'],
        pathNot: ['^src/', ...['zod', 'fast-xml-parser', 'sdp-transform', 'fast-check'].map(npm)],
      },
    },
    {
      name: 'node-built-ins',
      comment: 'The library runs in browsers: built-ins of Node are for programs and tests.',
      severity: 'error',
      from: { path: '^src/', pathNot: `${TEST}|${src('cli')}` },
      to: { dependencyTypes: ['core'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src/testing/abnf/compiled/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
};
