import { defineConfig } from 'vitest/config';

/**
 * `vitest run` is the suite of every day. `vitest run --mode deep` is the long one: it adds `*.deep.test.ts` and sets
 * DEEP=1, by which a test may take more cases.
 */
export default defineConfig(({ mode }) => {
  const deep = mode === 'deep';
  return {
    test: {
      include: deep ? ['src/**/*.test.ts'] : ['src/**/!(*.deep).test.ts'],
      env: deep ? { DEEP: '1' } : {},
      testTimeout: deep ? 600_000 : 20_000,
      pool: 'threads',
      // The modules hold no state that a test could spoil, so they are loaded once a thread, not once a file.
      isolate: false,
      reporters: ['default'],
      typecheck: { enabled: false },
      coverage: {
        provider: 'v8',
        include: ['src/**/*.ts'],
        exclude: ['src/**/*.test.ts', 'src/**/compiled/**'],
        reporter: ['text-summary', 'html', 'json-summary'],
        thresholds: { lines: 95 },
      },
    },
  };
});
