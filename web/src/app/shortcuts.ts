// SPDX-License-Identifier: MIT
import { takesText } from './receive.ts';
import type { App } from './app.svelte.ts';
import { openFile } from './files.ts';
import { toolOfKey } from './tool.ts';

/** The keys of the page beside those that open a tool, for the overlay that lists them. */
export const PAGE_KEYS: readonly [keys: string, what: string][] = [
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
  ['Ctrl O', 'open a file'],
  ['N', 'how numbers are written, outside of fields'],
];

/** Handles a key of the whole page; true if it was one. */
export function shortcut(app: App, event: KeyboardEvent): boolean {
  if (event.defaultPrevented || app.tools.over !== null) return false;
  const control = event.ctrlKey || event.metaKey;
  const key = event.key.toLowerCase();
  const typing = takesText(event.target);
  const actions: Record<string, () => void> = control
    ? {
        z: () => (event.shiftKey ? app.document.redo() : app.document.undo()),
        y: () => app.document.redo(),
        o: () => void openFile(app),
      }
    : typing || event.altKey
      ? {}
      : { n: () => app.view.cycleNotation() };
  const tool = toolOfKey(app.tools.all, event, typing);
  const action = tool
    ? () => app.tools.open(tool.id)
    : Object.hasOwn(actions, key)
      ? actions[key]
      : undefined;
  if (!action) return false;
  event.preventDefault();
  action();
  return true;
}
