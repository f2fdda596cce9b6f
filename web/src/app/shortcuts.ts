// SPDX-License-Identifier: MIT
import { takesText } from './receive.ts';
import type { App } from './app.svelte.ts';
import { openFile } from './files.ts';
import { pressOf, toolOfKey } from './tool.ts';

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

/** What the keys of the whole page do beside opening a tool. A tool cannot have one of them: it would take it away. */
export const PAGE_ACTIONS: Readonly<Record<string, (app: App, event: KeyboardEvent) => void>> = {
  'ctrl z': ({ document }, { shiftKey }) => (shiftKey ? document.redo() : document.undo()),
  'ctrl y': ({ document }) => document.redo(),
  'ctrl o': (app) => void openFile(app),
  n: ({ view }) => view.cycleNotation(),
};

/** Handles a key of the whole page; true if it was one. */
export function shortcut(app: App, event: KeyboardEvent): boolean {
  if (event.defaultPrevented || app.tools.over !== null) return false;
  const press = pressOf(event, takesText(event.target));
  const tool = toolOfKey(app.tools.all, press);
  const own = press !== null && Object.hasOwn(PAGE_ACTIONS, press) ? PAGE_ACTIONS[press] : undefined;
  const action = tool ? () => app.tools.open(tool.id) : own;
  if (!action) return false;
  event.preventDefault();
  action(app, event);
  return true;
}
