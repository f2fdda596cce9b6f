// SPDX-License-Identifier: MIT
import { readFile } from 'node:fs/promises';
import { packageFile } from './package-file.ts';

/** Which build of the core: `trace` explains, `fast` only decides. */
type CoreBuild = 'trace' | 'fast';

/** The compiled core of a revision; throws an Error that says what to do if it was not built. */
export async function loadCore(revision: string, build: CoreBuild): Promise<WebAssembly.Module> {
  const file = `build/core/${revision}.${build}.wasm`;
  const path = packageFile(file);
  if (path === null) throw new Error(`${file} is missing. In a clone, npm run build:core makes it.`);
  return WebAssembly.compile(await readFile(path));
}
