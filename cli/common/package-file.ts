// SPDX-License-Identifier: MIT
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** From the folder of this source file, of the bundled program, and of one of its chunks. */
const ROOTS = ['..', '../..', '../../..'];

/**
 * The path of a file or folder of this package, wherever the program runs from; null if it is not there.
 * @param path relative to the folder of package.json
 */
export function packageFile(path: string): string | null {
  const here = dirname(fileURLToPath(import.meta.url));
  return ROOTS.map((root) => join(here, root, path)).find((candidate) => existsSync(candidate)) ?? null;
}
