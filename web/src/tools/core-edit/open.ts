// SPDX-License-Identifier: MIT
import type { CheckId } from '#engine/kernel/checks.ts';
import type { App } from '../../app/app.svelte.ts';

/** Opens the core's source where a check is made. All of it loads now, and not before. */
export async function editCheck(app: App, check: CheckId): Promise<void> {
  const { coreEdit } = await import('./store.svelte.ts');
  app.openCheck(null);
  coreEdit.texts.openCheck(check);
  app.selection.open('edit');
}
