// SPDX-License-Identifier: MIT
import { defineConfig } from 'vitest/config';

/** The smoke test in Firefox (tests/firefox), on what `npm run build` made. */
export default defineConfig({
  test: {
    include: ['tests/firefox/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // The protocol runs over a WebSocket, which Node 20 has behind this option and later versions always.
    execArgv: 'WebSocket' in globalThis ? [] : ['--experimental-websocket'],
  },
});
