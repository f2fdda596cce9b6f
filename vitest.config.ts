// SPDX-License-Identifier: GPL-2.0-only
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
