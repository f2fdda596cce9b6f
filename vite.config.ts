// SPDX-License-Identifier: MIT
import { defineConfig, type Plugin, type Rolldown } from 'vite';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { buildId } from './scripts/build-id.mjs';
import { markBuild } from './scripts/vite/build-id.mjs';
import { earlyStart } from './scripts/vite/early-start.mjs';
import { thirdPartyNotices } from './scripts/vite/notices.mjs';
import { embedPage } from './scripts/vite/embed.mjs';
import { noSandbox, sandbox } from './scripts/vite/sandbox.mjs';
import { offline } from './scripts/vite/offline.mjs';
import { foldedSource } from './scripts/vite/folded-source.mjs';
import { shippedSource } from './scripts/vite/shipped-source.mjs';

const build = buildId();
const notices = thirdPartyNotices({
  file: 'THIRD-PARTY.txt',
  title: 'Third-party software in this page: each package is under its own licence.',
  root: import.meta.dirname,
  main: 'page',
});

/** What an entry waits for is one file: parts of it that others use, too, would compress worse alone, and come later. */
const ONE_START = {
  codeSplitting: { groups: [{ name: 'start', tags: ['$initial'] }] },
} satisfies Rolldown.OutputOptions;

/** The same for the one worker that the first verdict waits for. */
function oneStartOfEngine(): Plugin {
  let engine = false;
  return {
    name: 'one-start-of-engine',
    options({ input }) {
      engine = JSON.stringify(input ?? '').includes('engine.worker');
    },
    outputOptions: (options) => (engine ? { ...options, ...ONE_START } : null),
  };
}

const root = `${import.meta.dirname}/web`;
const outDir = `${import.meta.dirname}/dist`;
/** How long each plugin took is no news of every build. */
const checks = { bundlerTimings: false };
const worker = {
  format: 'es' as const,
  rolldownOptions: { checks },
  plugins: () => [oneStartOfEngine(), notices.worker()],
};

export default defineConfig({
  root: 'web',
  // Relative addresses: dist/ works from any folder of any static host.
  base: './',
  resolve: {
    alias: { 'ts-interface-checker': `${import.meta.dirname}/scripts/vite/option-types.mjs` },
  },
  plugins: [
    svelte(),
    earlyStart('v6-04'),
    sandbox({ root: `${import.meta.dirname}/web`, notices: notices.worker }),
    markBuild(build),
    shippedSource(build),
    foldedSource(build),
    embedPage({
      root,
      outDir,
      plugins: () => [svelte(), markBuild(build), noSandbox(), notices.worker()],
      worker,
    }),
    offline({ root, outDir, notices: notices.worker }),
    notices.page,
  ],
  worker,
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2022',
    // Every browser of that target preloads modules by itself; the polyfill would be bytes before the first verdict.
    modulePreload: { polyfill: false },
    // The strict CSP knows no data: scripts or wasm, so nothing is inlined.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 5000,
    // The page's stores, which everything after it uses, are one file more: the start names each file of the page.
    rolldownOptions: {
      checks,
      output: {
        codeSplitting: {
          groups: [
            ...ONE_START.codeSplitting.groups,
            // What a visit with a link waits for, see scripts/vite/early-start.mjs.
            { name: 'reader', test: /\/(engine\/scenario|node_modules\/(valibot|jsonc-parser))\// },
            { name: 'app', test: /\/web\/src\/app\// },
          ],
        },
      },
    },
  },
});
