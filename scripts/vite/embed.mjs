// SPDX-License-Identifier: MIT
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'vite';

/**
 * A Vite plugin that puts embed.html beside the page. It is a build of its own: the page's start is one file, which runs
 * the page, so that a second entry could share no code with it and would make that file larger.
 * @param {{ root: string, outDir: string, plugins: () => import('vite').PluginOption[], worker: import('vite').UserConfig['worker'] }} options
 *   the folder of the page's sources, where the build goes, the plugins, and how workers are built: as those of the page,
 *   so that both have the same files
 * @returns {import('vite').Plugin}
 */
export function embedPage({ root, outDir, plugins, worker }) {
  /** @type {(import('vite').Rolldown.OutputChunk | import('vite').Rolldown.OutputAsset)[]} */
  let files = [];
  return {
    name: 'embed-page',
    apply: 'build',
    // Before the list of what is bundled is written.
    async buildStart() {
      const made = await build({
        configFile: false,
        root,
        base: './',
        publicDir: false,
        logLevel: 'warn',
        plugins: plugins(),
        ...(worker === undefined ? {} : { worker }),
        build: {
          write: false,
          outDir,
          target: 'es2022',
          modulePreload: { polyfill: false },
          assetsInlineLimit: 0,
          chunkSizeWarningLimit: 5000,
          rolldownOptions: { input: join(root, 'embed.html'), checks: { bundlerTimings: false } },
        },
      });
      files = [made].flat().flatMap((one) => ('output' in one ? one.output : []));
    },
    closeBundle: {
      // Before the list of what is kept for visits without a network.
      order: 'pre',
      sequential: true,
      handler() {
        for (const file of files) {
          const path = join(outDir, file.fileName);
          // A name carries a digest: what is there is the same.
          if (existsSync(path)) continue;
          mkdirSync(dirname(path), { recursive: true });
          writeFileSync(path, file.type === 'chunk' ? file.code : file.source);
        }
      },
    },
  };
}
