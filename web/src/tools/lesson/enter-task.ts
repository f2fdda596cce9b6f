// SPDX-License-Identifier: MIT
import { tick } from 'svelte';
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
  // Another question: form and text begin at their tops again, and the first field to edit is in view.
  for (const part of ['main > .server', '#app > .beside']) document.querySelector(part)?.scrollTo(0, 0);
  void tick().then(() => {
    const server = document.querySelector('main > .server');
    const field = server?.querySelector('.asked');
    if (server && field && getComputedStyle(server).overflowY !== 'visible')
      field.scrollIntoView({ block: 'nearest' });
  });
  // Whoever came by an address may have the list open.
  if (app.tools.isOpen(list)) app.tools.close(list);
}
