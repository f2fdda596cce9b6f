// SPDX-License-Identifier: MIT
// Lists what is bundled, and writes the notices. Vite's own `build.license` leaves out what only a worker bundles;
// here each bundle, of the page and of every worker, has a plugin that notes the modules of its chunks.
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { VENDORED, objection, readNotice } from '../licences.mjs';

/** @typedef {import('../licences.mjs').Notice} Notice */
/** @typedef {Notice & { bundles: string[] }} Bundled */
/** @typedef {import('vite').Plugin} Plugin */

const NODE_MODULES = '/node_modules/';
const WIDTH = [28, 28, 26];

/** The helpers that the bundler itself puts in, by the prefix of their module's id. */
const HELPERS = /** @type {const} */ ([
  ['\0rolldown/', 'rolldown'],
  ['\0vite/', 'vite'],
]);

/**
 * The folder of the package that a module is of, as readNotice() takes it; null for a module of our own or of no package.
 * @param {string} id the module's id: a path with slashes, perhaps with a query
 * @param {string} root the folder of our package.json
 */
export function packageFolder(id, root) {
  const helper = HELPERS.find(([prefix]) => id.startsWith(prefix));
  if (helper) return `${root}${NODE_MODULES}${helper[1]}`;
  const at = id.lastIndexOf(NODE_MODULES);
  if (at < 0) return null;
  const modules = id.slice(0, at + NODE_MODULES.length);
  const rest = id.slice(modules.length);
  const [scope = '', name = ''] = rest.split('/');
  const folder = modules + (scope.startsWith('@') ? `${scope}/${name}` : scope);
  const vendored = VENDORED.find(({ inside }) => rest.startsWith(`${inside}/`));
  if (vendored?.copyOf === undefined) return vendored ? modules + vendored.inside : folder;
  // npm puts it inside the package if another version is wanted elsewhere.
  const own = `${folder}${NODE_MODULES}${vendored.copyOf}`;
  return existsSync(own) ? own : modules + vendored.copyOf;
}

/**
 * Whether a module of our own is under the GPL: its text has no place in a bundle of MIT code.
 * @param {string} id
 */
function isGpl(id) {
  const path = id.replace(/[?#].*$/s, '');
  if (id.includes('\0') || !/\.(ts|js|mjs|svelte|css)$/.test(path)) return false;
  return /SPDX-License-Identifier: GPL/.test(readFileSync(path, 'utf8').slice(0, 200));
}

/**
 * Vite plugins for one build. `page` goes among its plugins, `worker` makes one for each worker's bundle.
 * The build fails if a package may not be where it is, or if a module under the GPL is bundled.
 * @param {{ file: string, title: string, root: string, main: string }} options the name of the file of notices, what
 *   its first line says, the folder of our package.json, and the name of the bundle that is not a worker's
 */
export function thirdPartyNotices({ file, title, root, main }) {
  /** @type {Map<string, Set<string>>} the bundles that hold it, by the folder of the package */
  const holders = new Map();

  /** @param {string} bundle @param {string} id */
  const note = (bundle, id) => {
    const folder = packageFolder(id, root);
    if (folder === null && isGpl(id))
      throw new Error(`${id} is under the GPL and was bundled into ${bundle}`);
    if (folder !== null) holders.set(folder, (holders.get(folder) ?? new Set()).add(bundle));
  };

  /** @param {string | null} name @returns {Plugin} */
  const collector = (name) => {
    let bundle = name ?? '';
    return {
      name: 'third-party-notices',
      apply: 'build',
      buildStart({ input }) {
        // A worker's bundle is called like the one file that it begins with.
        if (name === null) bundle = basename(String(Object.values(input)[0])).replace(/\.[^.]+$/, '');
      },
      renderChunk(_, { modules }) {
        for (const [id, { renderedLength }] of Object.entries(modules))
          // Of a style sheet nothing is left in the chunk: it became an asset.
          if (renderedLength > 0 || /\.css($|\?)/.test(id)) note(bundle, id.replaceAll('\\', '/'));
        return null;
      },
    };
  };

  return {
    /** @type {Plugin} */
    page: {
      ...collector(main),
      generateBundle() {
        const found = [...holders].map(([folder, bundles]) => ({
          bundles: [...bundles].sort(),
          ...readNotice(folder),
        }));
        const objections = found.map((one) => objection(one, one.bundles)).filter((why) => why !== null);
        if (objections.length > 0) throw new Error(objections.join('\n'));
        this.emitFile({ type: 'asset', fileName: file, source: printNotices(title, found) });
      },
    },
    worker: () => collector(null),
  };
}

/**
 * The notices as text: a table of the packages, then the texts of each.
 * @param {string} title
 * @param {Bundled[]} found
 */
export function printNotices(title, found) {
  const key = (/** @type {Bundled} */ { name, version }) => `${name} ${version}`;
  const all = found.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
  /** @param {string[]} cells */
  const row = (cells) =>
    cells
      .map((cell, i) => cell.padEnd(WIDTH[i] ?? 0))
      .join('  ')
      .trimEnd();
  const table = [
    row(['Package', 'Version', 'Licence', 'Bundled into']),
    ...all.map(({ name, version, licence, bundles }) => row([name, version, licence, bundles.join(', ')])),
  ];
  const texts = all.map(({ texts, ...one }) =>
    texts
      .map(
        ({ file, text }) => `${'-'.repeat(78)}\n${key(/** @type {Bundled} */ (one))}: ${file}\n\n${text}\n`,
      )
      .join('\n'),
  );
  return `${title}\n\n${table.join('\n')}\n\n${texts.join('\n')}`;
}
