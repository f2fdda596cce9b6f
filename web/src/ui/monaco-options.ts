// SPDX-License-Identifier: MIT
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

/** The part of an editor that continuing in it needs. */
interface Goable {
  getModel(): { getPositionAt(offset: number): Place } | null;
  setSelection(range: {
    startLineNumber: number;
    startColumn: number;
    endLineNumber: number;
    endColumn: number;
  }): void;
  revealLineInCenter(line: number): void;
  focus(): void;
}

/** The caret that stood in the plain field stands in the editor, with the focus. */
export function goOnAt(editor: Goable, { start, end }: Caret): void {
  const model = editor.getModel();
  if (!model) return;
  const [from, to] = [model.getPositionAt(start), model.getPositionAt(end)];
  editor.setSelection({
    startLineNumber: from.lineNumber,
    startColumn: from.column,
    endLineNumber: to.lineNumber,
    endColumn: to.column,
  });
  editor.revealLineInCenter(from.lineNumber);
  editor.focus();
}
