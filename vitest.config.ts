import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'src/**/*.test.ts',
      'test/**/*.test.ts',
      'packs/**/*.test.ts',
      'scripts/**/*.test.ts',
      'web/src/**/*.test.ts',
    ],
    globalSetup: ['./src/db/testing-server.ts'],
    // Only against what hangs for good: a test that starts five programs on a busy machine is not broken.
    testTimeout: 90_000,
    hookTimeout: 180_000,
    maxWorkers: 2,
    // What is loaded once serves all files of a worker: loading it anew for each took a third of the time. So no file may
    // leave anything behind in a module that another one reads.
    isolate: false,
  },
});
