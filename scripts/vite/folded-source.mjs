// SPDX-License-Identifier: MIT
import { foldCore } from '../fold-core.mjs';

/** Where the page finds it: beside the source that it is made of, whose licence it has. */
const FILE = 'source/folded.json';

/** @param {string} build */
const content = async (build) => `${JSON.stringify({ build, functions: await foldCore() })}\n`;

/**
 * A Vite plugin that puts the core's functions, as each revision has them, beside the page.
 *
 * @param {string} build the id of the build
 * @returns {import('vite').Plugin}
 */
export const foldedSource = (build) => ({
  name: 'folded-source',
  async generateBundle() {
    this.emitFile({ type: 'asset', fileName: FILE, source: await content(build) });
  },
  configureServer(server) {
    server.middlewares.use((request, response, next) => {
      if ((request.url ?? '').replace(/[?#].*$/s, '') !== `/${FILE}`) return next();
      content(build).then(
        (text) => {
          response.setHeader('Content-Type', 'application/json').setHeader('Cache-Control', 'no-cache');
          response.end(text);
        },
        (/** @type {unknown} */ error) => next(error),
      );
    });
  },
});
