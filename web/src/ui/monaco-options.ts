// SPDX-License-Identifier: MIT
import { difference } from '#engine/scenario/difference.ts';
import type { Caret } from './caret.ts';

/** While one of these shows, Escape is its key, and does not leave the editor. */
export const ESCAPE_LEAVES =
  '!suggestWidgetVisible && !findWidgetVisible && !editorHoverVisible && !markersNavigationVisible && !renameInputVisible && !editorHasMultipleSelections && !inSnippetMode';

/** What every editor of the page has in common. */
export const editorOptions = () => ({
  automaticLayout: true,
  fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--mono'),
  fontSize: 12.5,
  lineNumbersMinChars: 3,
  minimap: { enabled: false },
  scrollBeyondLastLine: false,
  // A condition, or a note, must be seen whole.
  wordWrap: 'on' as const,
  fixedOverflowWidgets: true,
  renderLineHighlight: 'line' as const,
  stickyScroll: { enabled: false },
  // Characters are the author's: an ambiguous one in a title is not an error.
  unicodeHighlight: { ambiguousCharacters: false },
});

interface Place {
  lineNumber: number;
  column: number;
}

/** The part of a model that comparing it with a text needs. */
interface Readable {
  getValue(): string;
  getPositionAt(offset: number): Place;
}

/** A stretch of text, as Monaco has it. */
interface Stretch {
  startLineNumber: number;
  startColumn: number;
  endLineNumber: number;
  endColumn: number;
}

function stretchOf(model: Pick<Readable, 'getPositionAt'>, start: number, end: number): Stretch {
  const [from, to] = [model.getPositionAt(start), model.getPositionAt(end)];
  return {
    startLineNumber: from.lineNumber,
    startColumn: from.column,
    endLineNumber: to.lineNumber,
    endColumn: to.column,
  };
}

/** The edit that makes a model read as `text`: the stretch that differs, so that cursor and folds stay. Null if none is needed. */
export function editTo(model: Readable, text: string): { range: Stretch; text: string } | null {
  const shown = model.getValue();
  if (shown === text) return null;
  const { start, removed, inserted } = difference(shown, text);
  return { range: stretchOf(model, start, start + removed.length), text: inserted };
}

/** The part of an editor that continuing in it needs. */
interface Goable {
  getModel(): { getPositionAt(offset: number): Place } | null;
  setSelection(range: Stretch): void;
  revealLineInCenter(line: number): void;
  focus(): void;
}

/** The caret that stood in the plain field stands in the editor, with the focus. */
export function goOnAt(editor: Goable, { start, end }: Caret): void {
  const model = editor.getModel();
  if (!model) return;
  const caret = stretchOf(model, start, end);
  editor.setSelection(caret);
  editor.revealLineInCenter(caret.startLineNumber);
  editor.focus();
}
