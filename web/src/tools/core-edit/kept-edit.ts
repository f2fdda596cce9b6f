// SPDX-License-Identifier: MIT
import type { CoreEdit } from '#engine/core-edit/types.ts';
import { readSession, writeSession } from '../../boot/storage.ts';

const KEY = 'core-edit';

/** Keeps the edit of this tab for a reload; null forgets it. */
export function keepEdit(edit: CoreEdit | null): void {
  writeSession(KEY, edit && JSON.stringify({ revision: edit.revision, diff: edit.diff }));
}

/** The edit that this tab has; null if there is none. */
export function keptEdit(): CoreEdit | null {
  try {
    const kept = JSON.parse(readSession(KEY) ?? 'null') as Partial<CoreEdit> | null;
    if (typeof kept?.revision !== 'string' || typeof kept.diff !== 'string' || kept.diff === '') return null;
    return { revision: kept.revision, diff: kept.diff };
  } catch {
    return null;
  }
}
