// SPDX-License-Identifier: MIT
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Which build of the core: `trace` explains, `fast` only decides. */
type CoreBuild = 'trace' | 'fast';

/** From the folder of the bundled program, of one of its chunks, and of this source file. */
const FOLDERS = ['../core', '../../core', '../build/core'];

/** The compiled core of a revision; throws an Error that says what to do if it was not built. */
export async function loadCore(revision: string, build: CoreBuild): Promise<WebAssembly.Module> {
  const here = dirname(fileURLToPath(import.meta.url));
  const file = `${revision}.${build}.wasm`;
  const path = FOLDERS.map((folder) => join(here, folder, file)).find((candidate) => existsSync(candidate));
  if (path === undefined)
    throw new Error(`build/core/${file} is missing. In a clone, npm run build:core makes it.`);
  return WebAssembly.compile(await readFile(path));
}
