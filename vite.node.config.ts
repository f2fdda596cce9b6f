// SPDX-License-Identifier: MIT
import { defineConfig } from 'vite';
import { buildId } from './scripts/build-id.mjs';
import { thirdPartyNotices } from './scripts/vite/notices.mjs';

const notices = thirdPartyNotices({
  file: 'THIRD-PARTY.txt',
  title: 'Third-party software in these programs: each package is under its own licence.',
  root: import.meta.dirname,
  main: 'programs',
});

/** The programs that run in Node, bundled with their libraries, so that `bin` works without dependencies. */
export default defineConfig({
  plugins: [notices.page],
  define: { __BUILD_ID__: JSON.stringify(buildId()) },
  resolve: {
    alias: { 'ts-interface-checker': `${import.meta.dirname}/scripts/vite/option-types.mjs` },
  },
  // But for the driver of a browser and the bundler, which only a bench in a clone asks for.
  ssr: { noExternal: true, external: ['@playwright/test', 'vite'], target: 'node' },
  build: {
    ssr: true,
    outDir: 'build/node',
    emptyOutDir: true,
    target: 'node20',
    rollupOptions: {
      input: {
        cli: 'cli/main.ts',
        lib: 'lib/index.ts',
        'engine-thread': 'cli/server/engine-thread.ts',
        'server-file': 'cli/server/server-file.ts',
        'server-code': 'cli/server/code-child.ts',
        'ts-hooks': 'cli/server/ts-hooks.ts',
        conformance: 'tests/conformance/main.ts',
        bench: 'bench/main.ts',
      },
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
});
