// SPDX-License-Identifier: MIT
import { looksLikePatch, readPatch } from '#engine/import/patch.ts';
import type { App } from '../../app/app.svelte.ts';
import { PatchStore } from './patch-store.svelte.ts';

/** Shows a patch at once, since that replaces nothing. Resolves to whether the text was a patch. */
export async function take(app: App, text: string): Promise<boolean> {
  if (!looksLikePatch(text) || text.includes('iomap-playground card')) return false;
  const patch = await readPatch(text);
  if (patch.ok) app.of(PatchStore).show(patch);
  return patch.ok;
}
