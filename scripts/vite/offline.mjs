// SPDX-License-Identifier: MIT
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { oneText } from './one-text.mjs';

/** Where the list of files is put into the service worker. */
const PLACE = /self\.__WB_MANIFEST/;

/** Too large to keep for somebody who may never edit the core: the compiler, and what completes its language. */
const LEFT_OUT = /^assets\/(asc|compiler\.worker|ts\.worker)-/;
/** Only a host, or nobody, reads them. */
const NOT_OF_THE_PAGE = /^(sw(-off)?\.js|build-id\.txt)$|\.map$/;
/** Their names contain a digest. */
const NAMED_BY_CONTENT = /^assets\/.+-[\w-]{8}\.\w+$/;

/**
 * What the service worker keeps: `url` relative to the page, `revision` a digest of the file, null where its name has
 * one.
 * @param {string} folder the finished build
 * @returns {{ url: string, revision: string | null }[]}
 */
export function offlineFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name).slice(folder.length).replaceAll('\\', '/').replace(/^\//, ''),
    )
    .filter((file) => !LEFT_OUT.test(file) && !NOT_OF_THE_PAGE.test(file))
    .sort()
    .map((url) => ({
      url,
      revision: NAMED_BY_CONTENT.test(url)
        ? null
        : createHash('sha256')
            .update(readFileSync(join(folder, url)))
            .digest('hex')
            .slice(0, 16),
    }));
}

/**
 * A Vite plugin that puts two service workers beside the page: `sw.js`, and `sw-off.js` for a host that wants none any
 * more. They are classic scripts, since not every browser takes modules for that.
 * @param {{ root: string, outDir: string, notices: () => import('vite').Plugin }} options the folder of the page's
 *   sources, where the build goes, and who notes what is bundled
 * @returns {import('vite').Plugin}
 */
export function offline({ root, outDir, notices }) {
  const entries = { 'sw.js': 'service-worker', 'sw-off.js': 'switched-off' };
  /** @type {Record<string, string>} */
  const code = {};
  return {
    name: 'offline',
    apply: 'build',
    // Before the list of what is bundled is written.
    async buildStart() {
      for (const [file, name] of Object.entries(entries))
        code[file] = await oneText({ root, notices }, `src/offline/${name}.ts`, 'worker');
    },
    closeBundle() {
      const list = JSON.stringify(offlineFiles(outDir));
      for (const [file, text] of Object.entries(code))
        writeFileSync(
          join(outDir, file),
          text.replace(PLACE, () => list),
        );
    },
  };
}
