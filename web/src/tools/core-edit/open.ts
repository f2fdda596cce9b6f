// SPDX-License-Identifier: MIT
import type { CheckId } from '#engine/kernel/checks.ts';
import type { App } from '../../app/app.svelte.ts';
import type { coreEdit } from './store.svelte.ts';

/** What is to be done with the edit before the view shows it. */
type Wish = (edit: typeof coreEdit) => void;

let wishes: Wish[] = [];

/** Opens the core's source. All of it loads now, and not before; then the wish is granted. */
export function openCoreEdit(app: App, wish: Wish): void {
  wishes.push(wish);
  app.selection.open('edit');
  // Where this fails the view that opens says so.
  prepareCoreEdit().catch(() => {});
}

/**
 * Loads the source and the edit that was kept, and grants what was wished.
 * @throws Error whose message is a sentence, if the source does not load
 */
export async function prepareCoreEdit(): Promise<void> {
  const { loadSources } = await import('./sources.ts');
  await loadSources();
  const { coreEdit } = await import('./store.svelte.ts');
  for (const wish of wishes.splice(0)) wish(coreEdit);
}

/** Nobody waits for the source any more. */
export function dropWishes(): void {
  wishes = [];
}

/** Opens the core's source where a check is made. */
export function editCheck(app: App, check: CheckId): void {
  app.openCheck(null);
  openCoreEdit(app, (edit) => edit.texts.openCheck(check));
}
