// SPDX-License-Identifier: MIT
import { FILE_HEADERS_ONLY, formatPatch, structuredPatch, type StructuredPatch } from 'diff';
import type { Sources } from './types.ts';

/** Unchanged lines around each change, as `git diff` has them. */
const CONTEXT = 3;

/**
 * The files that differ, as one unified diff that `git apply` and `patch -p1` take at the root of the project.
 * '' if none differs. A file that is left out of `edited` is as it was shipped.
 */
export function makeDiff(shipped: Sources, edited: Sources): string {
  const patches = Object.keys(edited)
    .filter((path) => shipped[path] !== undefined && shipped[path] !== edited[path])
    .sort()
    .map((path) => patchOf(path, shipped[path]!, edited[path]!));
  return patches.length === 0 ? '' : formatPatch(patches, FILE_HEADERS_ONLY);
}

const patchOf = (path: string, before: string, after: string): StructuredPatch =>
  structuredPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, { context: CONTEXT });

/** How many lines a diff changes: of each stretch of changed lines the longer side. */
export function changedLines(diff: string): number {
  let changed = 0;
  let [gone, come] = [0, 0];
  for (const line of [...diff.split('\n'), '']) {
    if (/^(---|\+\+\+) /.test(line)) continue;
    if (line.startsWith('-')) gone++;
    else if (line.startsWith('+')) come++;
    else if (!line.startsWith('\\')) {
      changed += Math.max(gone, come);
      [gone, come] = [0, 0];
    }
  }
  return changed;
}
