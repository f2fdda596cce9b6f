// SPDX-License-Identifier: MIT
// What goes with the page beside its program: the licences, and in source/ all that the core's wasm is built of, as a
// project that builds it. The page's own source editor reads the texts of the core from there.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { filesAt } from '../build-id.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What is needed to build the core, relative to the root of the project. */
const NEEDED = [
  'LICENSE',
  'LICENSES',
  'asconfig.json',
  'assembly',
  'package-lock.json',
  'package.json',
  'scripts/build-core.mjs',
  'scripts/core-settings.mjs',
];

/**
 * What to do with them. Without --ignore-scripts, npm would also build the command line, whose sources are not here.
 * @param {string[]} paths
 */
const readme = (
  paths,
) => `The source of the WebAssembly modules (*.wasm) of this page, under GPL-2.0-only; see LICENSE.

With Node 20.19 or newer, in a copy of this folder:

  npm ci --ignore-scripts && npm run build:core

The modules are then in build/core/. They are the same, byte for byte, as those of the page.

Files:

${paths.map((path) => `  ${path}`).join('\n')}
`;

/**
 * Where each shipped file goes in the folder of the page, and where its text comes from.
 * @param {string} build the id of the build
 * @returns {Map<string, () => string>}
 */
export function shippedFiles(build) {
  const paths = NEEDED.flatMap((path) => filesAt(ROOT, path));
  /** @param {string} path */
  const text = (path) => () => readFileSync(join(ROOT, path), 'utf8');
  const texts = paths.filter((path) => /^assembly\/.*(?<!\.d)\.ts$/.test(path));
  return new Map([
    ['LICENSE.txt', text('LICENSE')],
    ...filesAt(ROOT, 'LICENSES').map((path) => /** @type {const} */ ([path, text(path)])),
    ...paths.map((path) => /** @type {const} */ ([`source/${path}`, text(path)])),
    ['source/README.txt', () => readme(paths)],
    // For the page: which build this is the source of, and the texts that the compiler reads.
    ['source/core.json', () => `${JSON.stringify({ build, texts }, null, 1)}\n`],
  ]);
}

/**
 * A Vite plugin that puts these files beside the page, and serves them in development.
 * @param {string} build the id of the build
 * @returns {import('vite').Plugin}
 */
export const shippedSource = (build) => ({
  name: 'shipped-source',
  generateBundle() {
    for (const [fileName, text] of shippedFiles(build))
      this.emitFile({ type: 'asset', fileName, source: text() });
  },
  configureServer(server) {
    server.middlewares.use((request, response, next) => {
      const path = (request.url ?? '').replace(/[?#].*$/s, '').slice(1);
      const text = /^(source\/|LICENSE)/.test(path) ? shippedFiles(build).get(path) : undefined;
      if (text === undefined) return next();
      response.setHeader('Content-Type', 'text/plain; charset=utf-8').setHeader('Cache-Control', 'no-cache');
      response.end(text());
    });
  },
});
