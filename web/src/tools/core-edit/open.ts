// SPDX-License-Identifier: MIT
import type { CheckId } from '#engine/kernel/checks.ts';
import type { App } from '../../app/app.svelte.ts';
import type { CoreEditStore } from './store.svelte.ts';

/** An action on the edit before the view shows it. */
type Wish = (edit: CoreEditStore) => void;

/** The actions of an app that wait for the core's source. */
export class Wishes {
  list: Wish[] = [];
}

/** Opens the core's source, which loads now and not before; then the action runs. */
export function openCoreEdit(app: App, wish: Wish): void {
  app.of(Wishes).list.push(wish);
  app.tools.open('core-edit');
  // If this fails, the view that opens says so.
  prepareCoreEdit(app).catch(() => {});
}

/**
 * Loads the source and the edit that was kept, and runs the waiting actions.
 * @throws Error whose message is a sentence, if the source does not load
 */
export async function prepareCoreEdit(app: App): Promise<void> {
  const { loadSources } = await import('./sources.ts');
  await loadSources();
  const { CoreEditStore } = await import('./store.svelte.ts');
  for (const wish of app.of(Wishes).list.splice(0)) wish(app.of(CoreEditStore));
}

/** Drops the waiting actions. */
export function dropWishes(app: App): void {
  app.of(Wishes).list = [];
}

/** Opens the core's source where a check is made. */
export function editCheck(app: App, check: CheckId): void {
  openCoreEdit(app, (edit) => edit.texts.openCheck(check));
}
