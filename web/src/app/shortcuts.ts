// SPDX-License-Identifier: MIT
import { takesText } from './receive.ts';
import type { App } from './app.svelte.ts';
import { openFile } from './files.ts';

/** The keys of the page, for the overlay that lists them. */
export const SHORTCUTS: readonly [keys: string, what: string][] = [
  ['Ctrl K', 'all commands'],
  ['← →', 'earlier or later step, outside of fields'],
  ['Home End', 'first or last step, in the timeline'],
  ['Enter', 'edit the step, or unfold a repeated one, in the timeline'],
  ['Alt ← →', 'move the step, in the timeline'],
  ['Delete', 'remove the step, in the timeline'],
  ['↑ ↓', 'next or previous block, in a number field; with Shift one byte'],
  ['Alt ↓', 'interesting values of a field'],
  ['Escape', 'give up what was typed; leave the document editor'],
  ['Ctrl Z', 'undo any change'],
  ['Ctrl Shift Z', 'redo'],
  ['Ctrl S', 'share'],
  ['Ctrl O', 'open a file'],
  ['N', 'how numbers are written, outside of fields'],
  ['?', 'these keys'],
];

/** Handles a key of the whole page; true if it was one. */
export function shortcut(app: App, event: KeyboardEvent): boolean {
  if (event.defaultPrevented || app.selection.overlay !== null || app.selection.check !== null) return false;
  const control = event.ctrlKey || event.metaKey;
  const key = event.key.toLowerCase();
  const actions: Record<string, () => void> = control
    ? {
        k: () => app.selection.open('commands'),
        z: () => (event.shiftKey ? app.document.redo() : app.document.undo()),
        y: () => app.document.redo(),
        s: () => app.selection.open('share'),
        o: () => void openFile(app),
      }
    : takesText(event.target) || event.altKey
      ? {}
      : { n: () => app.view.cycleNotation(), '?': () => app.selection.open('shortcuts') };
  const action = Object.hasOwn(actions, key) ? actions[key] : undefined;
  if (!action) return false;
  event.preventDefault();
  action();
  return true;
}
