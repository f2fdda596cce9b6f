// SPDX-License-Identifier: MIT
import type { App } from './app.svelte.ts';

/**
 * A text that was pasted or dropped on the page: a tool may take it at once; with anything else the dialog says
 * what it would become.
 */
export async function receive(app: App, text: string): Promise<void> {
  if (text.trim() === '') {
    app.notices.show('That text is only white space.', { kind: 'warning', about: 'file' });
    return;
  }
  for (const { takes } of app.tools.all) if (takes && (await (await takes()).take(app, text))) return;
  app.tools.open('paste', text);
}

/** Whether keys and pasted text belong to the element: a field, or an editor that makes its own. */
export const takesText = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest(
    'input, textarea, select, [contenteditable]:not([contenteditable=false]), [role=textbox], .monaco-editor',
  ) !== null;
