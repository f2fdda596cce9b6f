// SPDX-License-Identifier: MIT
import { defineConfig } from 'vite';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { buildId } from './scripts/build-id.mjs';
import { markBuild } from './scripts/vite/build-id.mjs';
import { thirdPartyNotices } from './scripts/vite/notices.mjs';
import { shippedSource } from './scripts/vite/shipped-source.mjs';

const build = buildId();
const notices = thirdPartyNotices({
  file: 'THIRD-PARTY.txt',
  title: 'Third-party software in this page: each package is under its own licence.',
  root: import.meta.dirname,
  main: 'page',
});

export default defineConfig({
  root: 'web',
  // Relative addresses: dist/ works from any folder of any static host.
  base: './',
  plugins: [svelte(), markBuild(build), shippedSource(build), notices.page],
  worker: { format: 'es', plugins: () => [notices.worker()] },
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2022',
    // Every browser of that target preloads modules by itself; the polyfill would be bytes before the first verdict.
    modulePreload: { polyfill: false },
    // The strict CSP knows no data: scripts or wasm, so nothing is inlined.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 5000,
    // What the first verdict waits for is one file: parts of it that others use, too, would compress worse alone.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: 'start', tags: ['$initial'] }] } },
    },
  },
});
