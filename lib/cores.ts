// SPDX-License-Identifier: MIT
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { REVISIONS, type Revision } from '#engine/kernel/features.ts';

/** From the folder of this source file, of the built library, and of one of its chunks. */
const ROOTS = ['..', '../..', '../../..'];
const loaded = new Map<string, WebAssembly.Module>();

/** The core of a revision that explains its verdicts, which lies beside the library. Compiled once. */
export function coreOf(revision: Revision): WebAssembly.Module {
  if (!REVISIONS.includes(revision))
    throw new RangeError(`there is no revision ${String(revision)}: ${REVISIONS.join(', ')}`);
  let core = loaded.get(revision);
  if (core === undefined) {
    const file = `build/core/${revision}.trace.wasm`;
    const here = dirname(fileURLToPath(import.meta.url));
    const path = ROOTS.map((root) => join(here, root, file)).find((candidate) => existsSync(candidate));
    if (path === undefined) throw new Error(`${file} is missing: the package is not whole`);
    core = new WebAssembly.Module(readFileSync(path));
    loaded.set(revision, core);
  }
  return core;
}
