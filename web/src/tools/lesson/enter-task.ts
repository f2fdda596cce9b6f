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
  // Another question: form and text begin at their tops again.
  for (const part of ['main > .server', '#app > .beside']) document.querySelector(part)?.scrollTo(0, 0);
  // Whoever came by an address may have the list open.
  if (app.tools.isOpen(list)) app.tools.close(list);
}
