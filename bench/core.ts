// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './root.ts';

/** A build of the core, compiled; throws if `npm run build:core` was not run. */
export function readCore(revision: string, build: 'fast' | 'map' | 'trace'): WebAssembly.Module {
  return new WebAssembly.Module(readFileSync(join(ROOT, 'build/core', `${revision}.${build}.wasm`)));
}
