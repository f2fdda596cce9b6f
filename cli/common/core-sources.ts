// SPDX-License-Identifier: MIT
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sources } from '#engine/core-edit/types.ts';
import { packageFile } from './package-file.ts';

/**
 * The source of the core as it was shipped, by path: read from the package's assembly/, not bundled, since its
 * licence is not the program's. Throws an Error that says so if it is not there.
 */
export async function shippedSources(): Promise<Sources> {
  const folder = packageFile('assembly/index.ts') && packageFile('assembly');
  if (folder === null) throw new Error('assembly/ is missing: the package is not whole');
  const paths = (await readdir(folder, { recursive: true })).filter((path) => /(?<!\.d)\.ts$/.test(path));
  const texts = paths
    .sort()
    .map(async (path) => [
      `assembly/${path.replaceAll('\\', '/')}`,
      await readFile(join(folder, path), 'utf8'),
    ]);
  return Object.fromEntries(await Promise.all(texts)) as Sources;
}
