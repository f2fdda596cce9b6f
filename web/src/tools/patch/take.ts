// SPDX-License-Identifier: MIT
import { looksLikePatch, readPatches } from '#engine/import/patch.ts';
import type { App } from '../../app/app.svelte.ts';
import { PatchStore } from './patch-store.svelte.ts';

/** Shows patches at once, since that replaces nothing. Resolves to whether the text was one. */
export async function take(app: App, text: string): Promise<boolean> {
  if (!looksLikePatch(text) || text.includes('iomap-playground card')) return false;
  const read = await readPatches(text);
  if (read.ok) app.of(PatchStore).show(read.patches, text);
  return read.ok;
}
