// SPDX-License-Identifier: MIT

/** A selection in a text, by its characters. */
export interface Caret {
  start: number;
  end: number;
}

/** Where the reader is in a plain field inside an element; null if the focus is elsewhere. */
export function caretIn(element: HTMLElement): Caret | null {
  const field = document.activeElement;
  if (!(field instanceof HTMLTextAreaElement) || !element.contains(field)) return null;
  return { start: field.selectionStart, end: field.selectionEnd };
}
