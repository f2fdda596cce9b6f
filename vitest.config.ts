// SPDX-License-Identifier: MIT
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // The example servers import the package by its name.
  resolve: { alias: { 'iomap-playground': `${import.meta.dirname}/lib/index.ts` } },
  test: {
    include: [
      '{engine,lib,cli,scripts,web,bench}/**/*.test.ts',
      'tests/{property,unit,conformance}/**/*.test.ts',
    ],
    setupFiles: ['tests/setup.ts'],
    // Its parser is asked for as a module of its own, which Node does not find.
    server: { deps: { inline: ['sucrase'] } },
    // No test measures time; a busy machine may take long, also for what is made before the tests of a file.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // As for the browser tests: a judge of a whole change asks twice, and names the test that needed it. Seeds are
    // fixed, so what fails for its input fails again.
    retry: process.env.CI ? 1 : 0,
    // Files of a worker share their modules: to load the engine anew for each takes a quarter of all the time. So
    // no test may leave a module, the environment or a global other than it was.
    isolate: false,
    // Vitest leaves one processor alone: with two that would be half of them.
    maxWorkers: availableParallelism(),
  },
});
