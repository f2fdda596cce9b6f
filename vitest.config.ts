// SPDX-License-Identifier: MIT
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      '{engine,cli,scripts,web,bench}/**/*.test.ts',
      'tests/{property,unit,conformance}/**/*.test.ts',
    ],
    setupFiles: ['tests/setup.ts'],
    testTimeout: 60_000,
  },
});
