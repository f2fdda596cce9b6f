// SPDX-License-Identifier: MIT
// Which build this is: the version, and a digest of every file that a build is made of. It needs no git, so a clone,
// an archive and a copy of the same files have the same id.
//
//   node scripts/build-id.mjs    prints the id of this tree
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Files and folders. What a build does not contain, like the tests and docs, leaves the id as it is. */
const MADE_OF = [
  'LICENSE',
  'LICENSES',
  'asconfig.json',
  'assembly',
  'cli',
  'engine',
  'lib',
  'examples',
  'exercises',
  'lessons',
  'package-lock.json',
  'package.json',
  'scripts',
  'vite.config.ts',
  'vite.node.config.ts',
  'web',
];

/**
 * The files at a path, which is a file or a folder: sorted, with slashes, relative to `root`.
 * @param {string} root
 * @param {string} path
 * @returns {string[]}
 */
export function filesAt(root, path) {
  if (!statSync(join(root, path)).isDirectory()) return [path];
  return readdirSync(join(root, path))
    .sort()
    .flatMap((name) => filesAt(root, `${path}/${name}`));
}

/**
 * The id of a source tree, like `0.1.0+1f0c2a9b`.
 * @param {string} [root] the folder of package.json
 */
export function buildId(root = ROOT) {
  const hash = createHash('sha256');
  for (const path of MADE_OF.flatMap((part) => filesAt(root, part)))
    if (!path.endsWith('.test.ts'))
      hash
        .update(`${path}\0`)
        .update(readFileSync(join(root, path)))
        .update('\0');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return `${version}+${hash.digest('hex').slice(0, 8)}`;
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url))
  console.log(buildId());
