// SPDX-License-Identifier: MIT
import type { App } from './app.svelte.ts';

/**
 * A text that was pasted or dropped on the page: a patch is shown at once, since that takes the place of
 * nothing; with anything else the dialog says what it would become.
 */
export async function receive(app: App, text: string): Promise<void> {
  const { looksLikePatch, readPatch } = await import('#engine/import/patch.ts');
  if (looksLikePatch(text) && !text.includes('iomap-playground card')) {
    const patch = await readPatch(text);
    if (patch.ok) return showPatch(app, patch);
  }
  app.mail.offer(text);
  app.selection.open('paste');
}

/** Shows a patch in the place of the columns. */
export function showPatch(app: App, patch: Parameters<App['mail']['showPatch']>[0]): void {
  app.selection.open(null);
  app.mail.showPatch(patch);
}

/** Whether keys and pasted text belong to the element: a field, or an editor that makes its own. */
export const takesText = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest(
    'input, textarea, select, [contenteditable]:not([contenteditable=false]), [role=textbox], .monaco-editor',
  ) !== null;
