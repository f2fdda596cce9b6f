// SPDX-License-Identifier: MIT
import { readFile } from 'node:fs/promises';
import { packageFile } from './package-file.ts';

/** Which build of the core: `trace` explains, `fast` only decides. */
type CoreBuild = 'trace' | 'fast';

/** Compiled once, however many scenarios a command runs. */
const compiled = new Map<string, Promise<WebAssembly.Module>>();

/** The compiled core of a revision; throws an Error that says what to do if it was not built. */
export function loadCore(revision: string, build: CoreBuild): Promise<WebAssembly.Module> {
  const file = `build/core/${revision}.${build}.wasm`;
  const module = compiled.get(file) ?? compile(file);
  compiled.set(file, module);
  return module;
}

async function compile(file: string): Promise<WebAssembly.Module> {
  const path = packageFile(file);
  if (path === null) throw new Error(`${file} is missing. In a clone, npm run build:core makes it.`);
  return WebAssembly.compile(await readFile(path));
}
