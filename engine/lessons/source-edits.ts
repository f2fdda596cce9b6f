// SPDX-License-Identifier: MIT
import type { Sources } from '../core-edit/types.ts';
import type { SourceEdit } from './types.ts';

/**
 * The texts of the files that edits of the core's source change; null if a place is not there once.
 *
 * @param sources texts by their path, as they are now
 */
export function editSources(sources: Sources, edits: readonly SourceEdit[]): Record<string, string> | null {
  const changed = new Map<string, string>();
  for (const { file, find, put } of edits) {
    const text = changed.get(file) ?? (Object.hasOwn(sources, file) ? sources[file]! : '');
    const [before, after, ...more] = text.split(find);
    if (after === undefined || more.length > 0) return null;
    changed.set(file, `${before}${put}${after}`);
  }
  return Object.fromEntries(changed);
}
