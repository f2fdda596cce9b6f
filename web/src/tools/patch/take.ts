// SPDX-License-Identifier: MIT
import type { App } from '../../app/app.svelte.ts';
import { PatchStore } from './patch-store.svelte.ts';

/**
 * Shows patches at once, since that replaces nothing. Resolves to whether the text is dealt with: it was one, or the
 * reader cancelled, or pasted something else meanwhile.
 */
export async function take(app: App, text: string): Promise<boolean> {
  const outcome = await app.reading.read('patches', text);
  // Why it could not be read is told where the text is shown.
  if (!outcome.ok) return outcome.why === null;
  if (outcome.reading) app.of(PatchStore).show(outcome.reading, text);
  return outcome.reading !== null;
}
