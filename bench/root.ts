// SPDX-License-Identifier: MIT
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository, wherever the bundler put this code. */
export const ROOT = rootFrom(dirname(fileURLToPath(import.meta.url)));

function rootFrom(folder: string): string {
  if (existsSync(join(folder, 'asconfig.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder)
    throw new Error('the bench runs in a clone of the repository: asconfig.json is not found');
  return rootFrom(parent);
}
