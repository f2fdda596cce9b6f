// SPDX-License-Identifier: MIT
import type { App } from '../../app/app.svelte.ts';

/**
 * A panel shows another task: its store enters it. Call it in an effect, untracked.
 * @param list the tool that lists such tasks
 */
export function enterTask(
  app: App,
  store: { enter: (subject: string) => void },
  subject: string,
  list: string,
): void {
  store.enter(subject);
  // Another question: the form begins at its top again.
  document.querySelector('main > .server')?.scrollTo(0, 0);
  // Whoever came by an address may have the list open.
  if (app.tools.isOpen(list)) app.tools.close(list);
}
