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
    testTimeout: 60_000,
    // Files of a worker share their modules: to load the engine anew for each takes a quarter of all the time. So
    // no test may leave a module, the environment or a global other than it was.
    isolate: false,
    // Vitest leaves one processor alone: with two that would be half of them.
    maxWorkers: availableParallelism(),
  },
});
